"""Penchant as an MCP server: capabilities as tools, profiles and items as resources, and one prompt."""
