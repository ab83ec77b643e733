"""Penchant as an MCP server: the registry's capabilities as tools, profiles and items as resources, one prompt."""
