"""MCP at `/mcp` in the same process and with the same tokens: a token of one user reaches only that user."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from mcp.server.auth.provider import AccessToken as McpToken
from mcp.server.transport_security import TransportSecuritySettings

from penchant.agent.interest_agent import InterestAgent
from penchant.store.access_tokens import Scope as TokenScope
from penchant.tools.http.access import Caller, Gatekeeper
from penchant.tools.http.problems import ProblemError
from penchant.tools.mcp.access import ALL_USERS, SCOPE, bearer_auth
from penchant.tools.mcp.server import build_server

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from mcp.server.mcpserver import MCPServer
    from starlette.types import ASGIApp, Receive, Scope, Send

PATH = "/mcp"
SCOPES: tuple[TokenScope, ...] = ("read", "write", "recommend")
"""The scopes that a caller needs: all of them, because all tools are offered together."""
_UNCHECKED = TransportSecuritySettings(enable_dns_rebinding_protection=False)
"""The gate has checked host and origin already."""
_agent: ContextVar[InterestAgent | None] = ContextVar("penchant_agent", default=None)
"""The agent of the tenant that the current request is about; None for the service's own."""
_state: ContextVar[dict[str, Any] | None] = ContextVar("penchant_request", default=None)
"""The state of the current request, from which the audit log is written."""


def _note(asked: str, user: str | None) -> None:
    state = _state.get()
    if state is not None:
        state["does"] = f"{PATH} {asked}"
        state["about"] = () if user is None else (user,)


class TokenVerifier:
    """Checks tokens for the MCP server."""

    def __init__(self, gatekeeper: Gatekeeper) -> None:
        self.gatekeeper = gatekeeper

    async def verify_token(self, token: str) -> McpToken | None:
        """Return the token with the user it is limited to, if any; None where it is not valid or lacks `read`, `write`
        or `recommend`.
        """
        from anyio.to_thread import run_sync

        try:
            caller = await run_sync(self.gatekeeper.caller, token, None)
        except ProblemError:
            return None
        if _lacking(caller):
            return None
        scopes = [SCOPE] if caller.user_id is not None else [SCOPE, ALL_USERS]
        return McpToken(token=token, client_id=caller.id, scopes=scopes, subject=caller.user_id)


class McpMount:
    """An ASGI application that serves MCP: without tokens as long as none exists (the gate then lets only this machine
    in), otherwise with tokens.
    """

    def __init__(
        self, agent: InterestAgent, gatekeeper: Gatekeeper, url: str, model_limiter: "CapacityLimiter"
    ) -> None:
        self.gatekeeper = gatekeeper
        self._servers = (
            build_server(agent, note=_note, model_limiter=model_limiter),
            build_server(
                agent,
                token_verifier=TokenVerifier(gatekeeper),
                auth=bearer_auth(url),
                agent_of=lambda: _agent.get() or agent,
                note=_note,
                model_limiter=model_limiter,
            ),
        )
        self._open, self._guarded = (
            _application(server, agent.settings.serve.max_body_bytes) for server in self._servers
        )

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        caller = scope["state"].get("caller")
        _refuse(scope["method"], caller)
        local, installation = caller is not None and caller.id == "local", scope["state"].get("installation")
        token, state = _agent.set(None if installation is None else installation.agent), _state.set(scope["state"])
        try:
            path = {"path": PATH, "raw_path": PATH.encode()}  # `/mcp/` would be answered with a redirection
            await (self._open if local else self._guarded)({**scope, **path}, receive, send)
        finally:
            _agent.reset(token)
            _state.reset(state)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the MCP servers; requests are accepted inside this context."""
        async with AsyncExitStack() as stack:
            for server in self._servers:
                await stack.enter_async_context(server.session_manager.run())
            yield


def _application(server: "MCPServer", most: int) -> "ASGIApp":
    return server.streamable_http_app(
        stateless_http=True, json_response=True, transport_security=_UNCHECKED, max_request_body_size=most
    )


def _lacking(caller: Caller) -> list[str]:
    """Return the scopes that MCP needs and the caller does not have."""
    return [scope for scope in SCOPES if not caller.allows(scope)]


def _refuse(method: str, caller: Caller | None) -> None:
    """Raise `ProblemError` 405 for a GET, 403 where the token lacks scopes. There are no sessions, so a GET stream would
    only occupy one of the concurrent requests for as long as its client stays connected.
    """
    if method == "GET":
        raise ProblemError(405, "this endpoint has no event stream: send each MCP message as a POST", {"Allow": "POST"})
    if caller is not None and (lacking := _lacking(caller)):
        raise ProblemError(403, f"this token lacks {', '.join(lacking)}: MCP needs one with {', '.join(SCOPES)}")
