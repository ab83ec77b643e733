"""Lasting statements that users make about themselves: found in their messages, and updated when they change."""
