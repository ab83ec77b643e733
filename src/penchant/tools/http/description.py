"""What OpenAPI says beyond what FastAPI reads off the routes: how callers show who they are."""

from typing import Any

from fastapi import FastAPI

SCHEME = "token"
UNGUARDED = ("/livez", "/readyz")
"""Routes that are answered without a token."""


def describe(app: FastAPI) -> None:
    """Have `/openapi.json` name the bearer token, so that generated clients and consoles send one."""
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
