"""The service over HTTP: routes, tokens, pages, jobs and MCP in one application."""
