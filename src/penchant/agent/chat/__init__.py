"""The agent loop: a user talks to their own profile, and a language model (or rules, where it cannot) answers with tools."""
