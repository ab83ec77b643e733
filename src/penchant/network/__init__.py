"""Talking to servers: limits in time and size, redirects, and what servers complain of. Stands below every room."""
