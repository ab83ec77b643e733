"""Calls to servers: limits in time and size, redirects, and error bodies. All packages may import this one."""
