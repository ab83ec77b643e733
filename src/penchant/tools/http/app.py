"""The application: routes, MCP and pages of one agent behind one gate."""

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

from anyio.to_thread import run_sync
from fastapi import Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from penchant import __version__
from penchant.agent.app.scheduled_work import JobError, JobRunner, Progress
from penchant.agent.interest_agent import InterestAgent
from penchant.store.event import parse_moment
from penchant.store.jobs import Job
from penchant.tools.http.access import Gatekeeper, check_caller
from penchant.tools.http.demo_shop import LOADING, REMOVAL, load_demo_shop, remove_demo_shop
from penchant.tools.http.description import describe
from penchant.tools.http.gate import Gate
from penchant.tools.http.limiters import Limiters
from penchant.tools.http.mcp_mount import McpMount
from penchant.tools.http.metrics import Metrics
from penchant.tools.http.pages import evaluation, operators, overview, persons, session
from penchant.tools.http.paths import restore_slashes
from penchant.tools.http.problem_handlers import add_handlers
from penchant.tools.http.problems import MCP, MEDIA_TYPE, Problem
from penchant.tools.http.routes import (
    behaviour,
    catalogue,
    experiments,
    lists,
    profiles,
    running,
    talk,
    taxonomy,
    tenants,
    trust,
    webhooks,
    work,
)
from penchant.tools.http.routes_for_commands import reasons_by_route
from penchant.tools.http.streams import Slots
from penchant.tools.http.tenants import OpenTenants
from penchant.tools.warming import WarmUp

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

DESCRIPTION = """Living, explainable interest profiles: behaviour in; a tree of interests, lists and true reasons out.

Show a token as `Authorization: Bearer …`. Send `Idempotency-Key` with a POST that may be repeated.
Errors are problem details (RFC 9457)."""
_PROBLEM = {"application/json": {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}, MEDIA_TYPE: {}}
ERRORS: dict[int | str, dict[str, Any]] = {
    # Only one status names the model, the others refer to its schema: FastAPI builds a validator for each model per route.
    status: {"description": text, "content": _PROBLEM} | ({"model": Problem} if status == 422 else {})
    for status, text in {
        400: "The body cannot be read",
        401: "No valid token",
        403: "Not allowed: the token's scope or user, or the user's consent",
        404: "Unknown",
        409: "Another request was first, or the Idempotency-Key came with another body",
        412: "The profile has changed since",
        413: "The body is too large",
        415: "The body is of a type, or packed in a way, that is not read here",
        421: "Not a host of this server",
        422: "The request is wrong: `errors` says where",
        429: "Too many requests are being answered: try again after `Retry-After`",
        503: "Something it stands on does not answer: try again after `Retry-After`",
    }.items()
}
ROUTERS = (
    catalogue,
    taxonomy,
    behaviour,
    profiles,
    lists,
    experiments,
    work,
    talk,
    trust,
    tenants,
    webhooks,
    running,
    session,
    overview,
    evaluation,
    operators,
    persons,
)


def create_app(agent: InterestAgent, url: str = "http://127.0.0.1:8000", *, warm: bool = False) -> ASGIApp:
    """Build the service over `agent`. `url`: its public address, given to MCP clients that ask. `warm`: after the start,
    load in the background what the first list and the first message need.
    """
    settings, metrics = agent.settings.serve, Metrics()
    gatekeeper = Gatekeeper(agent.services.access_tokens, agent.settings.jwt)
    installations = OpenTenants(agent, _runner, settings.open_tenants)
    limiters, warm_up = Limiters(settings), WarmUp(agent)
    mcp = McpMount(agent, gatekeeper, url, limiters.models)
    app = FastAPI(
        title="Penchant",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        responses=ERRORS,
        dependencies=[Depends(restore_slashes)],
        redirect_slashes=False,
        lifespan=_lifespan(mcp, installations, warm_up if warm else None),
    )
    app.state.metrics, app.state.installations, app.state.gatekeeper = metrics, installations, gatekeeper
    app.state.limiters, app.state.warm_up = limiters, warm_up
    app.state.followers = Slots(max(1, settings.max_requests // 2))
    add_handlers(app, check_caller)
    routers = [catalogue.list_router, *(module.router for module in ROUTERS)]
    for router in routers:
        app.include_router(router)
    describe(app)
    app.state.routes = [route for router in routers for route in router.routes]
    gate = Gate(_dispatch(app, mcp), installations, settings, gatekeeper, metrics, routes=app.state.routes)
    return _with_cors(settings.origins, gate) if settings.origins else gate


def _with_cors(origins: Sequence[str], gate: Gate) -> ASGIApp:
    """Wrap the gate with CORS for pages of these origins. It stands outside of the gate because browsers send the
    preflight request without a token, and because a page must be able to read refusals of the gate too.
    """
    return CORSMiddleware(
        gate,
        allow_origins=origins,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=[
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "Mcp-Protocol-Version",
        ],
        expose_headers=["ETag", "Idempotent-Replay", "Location", "Retry-After", "X-Request-Id"],
    )


def _dispatch(app: ASGIApp, mcp: McpMount) -> ASGIApp:
    """Send requests for the MCP path to MCP, all others to the routes."""

    async def dispatched(scope: "Scope", receive: "Receive", send: "Send") -> None:
        is_mcp = scope["type"] == "http" and scope["path"] in MCP
        await (mcp if is_mcp else app)(scope, receive, send)

    return dispatched


def _runner(agent: InterestAgent) -> JobRunner:
    def update(job: Job, on_progress: Progress) -> Mapping[str, Any]:
        at, users = job.arguments.get("at"), job.arguments.get("user_ids", ())
        named = [job.user_id] if job.user_id is not None else users
        receipt = agent.update(*named, at=None if at is None else parse_moment(at), on_progress=on_progress)
        return _result(receipt.model_dump(mode="json"))

    def load_demo(_: Job, on_progress: Progress) -> Mapping[str, Any]:
        return _result(load_demo_shop(agent, on_progress))

    def remove_demo(_: Job, on_progress: Progress) -> Mapping[str, Any]:
        return remove_demo_shop(agent, on_progress)

    return JobRunner(agent.services.jobs, {"update": update, LOADING: load_demo, REMOVAL: remove_demo})


def _result(receipt: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result of a job that updates users, as JSON values. Raises `JobError` where no user could be updated."""
    result = dict(reasons_by_route(receipt))
    if result["users"] and all(user["status"] == "failed" for user in result["users"]):
        reasons = [note["reason"] for user in result["users"] for note in user["degraded"]]
        raise JobError("; ".join(dict.fromkeys(reasons)), result)
    return result


def _lifespan(mcp: McpMount, installations: OpenTenants, warm_up: WarmUp | None) -> Any:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        logging.getLogger("penchant.http").info("serving")
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(mcp.running())
            installations.start()
            if warm_up is not None:
                warm_up.start()
            try:
                yield
            finally:
                if warm_up is not None:
                    await run_sync(warm_up.stop)
                await run_sync(installations.stop)

    return lifespan
