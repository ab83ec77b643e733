"""The part of the OpenAPI document that FastAPI cannot read off the routes: how callers authenticate."""

from typing import Any

from fastapi import FastAPI

SCHEME = "token"
UNGUARDED = ("/livez", "/readyz")
"""Routes that need no token."""


def describe(app: FastAPI) -> None:
    """Add the bearer token to `/openapi.json`, so that generated clients and consoles send one."""
    made_by_routes = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_tokens(made_by_routes())
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _with_tokens(schema: dict[str, Any]) -> dict[str, Any]:
    schema.setdefault("components", {})["securitySchemes"] = {
        SCHEME: {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of this service (`penchant token create`), or a signed one of the identity provider in its settings. "
            "Without any token there is, only this machine is answered, and needs none.",
        }
    }
    schema["security"] = [{SCHEME: []}]
    for path in UNGUARDED:
        for operation in schema["paths"][path].values():
            operation["security"] = []
    return schema
