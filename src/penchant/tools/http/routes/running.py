"""Health, readiness and metrics of the service."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy import text

from penchant.errors import PenchantError
from penchant.store.schema import REVISION
from penchant.tools.http.access import caller_with
from penchant.tools.http.context import Agent
from penchant.tools.http.problems import detail_for_caller
from penchant.tools.warming import LOADING

router = APIRouter(tags=["running"])


class Alive(BaseModel):
    """The process answers."""

    status: str = Field("alive", examples=["alive"])


class Ready(BaseModel):
    """The parts that requests need, each with `ok` or what is wrong."""

    status: str = Field(examples=["ready"])
    database: str = Field(examples=["ok"])
    index: str = Field(examples=["ok"])
    migrations: str = Field(examples=["ok"])
    models: str = Field(
        description="Of items, texts and messages: `being loaded` after a start; what went wrong, where requests load them themselves",
        examples=["ok"],
    )


@router.get("/livez")
async def alive() -> Alive:
    """Answer that the process runs; uses no disk and no thread."""
    return Alive(status="alive")


@router.get("/readyz", response_model=Ready, responses={503: {"model": Ready}})
def ready(agent: Agent, request: Request) -> Response:
    """Check that the database and the index answer, that the tables are of this version, and that the models for the
    first list are loaded.
    """
    found = {"database": "ok", "index": "ok", "migrations": "ok"}
    try:
        with agent.services.database.read() as connection:
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if revision != REVISION:
            found["migrations"] = f"the tables are at {revision}, this version wants {REVISION}: restart the service"
    except PenchantError as error:
        found["database"] = detail_for_caller(request.state.request_id, error)
    try:
        agent.count_items()
    except PenchantError as error:
        found["index"] = detail_for_caller(request.state.request_id, error)
    models = request.app.state.warm_up.state
    well = all(value == "ok" for value in found.values()) and models != LOADING
    found["models"] = models
    return JSONResponse({"status": "ready" if well else "not ready", **found}, 200 if well else 503)


@router.get("/metrics", dependencies=[caller_with("read", everybody=True, tenants=True)], response_class=Response)
def metrics(request: Request, agent: Agent) -> Response:
    """Return metrics for Prometheus."""
    request.app.state.metrics.open_tenants.set(request.app.state.installations.open_tenants)
    return Response(request.app.state.metrics.text(agent), media_type="text/plain; version=0.0.4; charset=utf-8")
