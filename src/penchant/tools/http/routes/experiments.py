"""Experiments: users are assigned to variants of the settings, and the differences are measured."""

from fastapi import APIRouter
from pydantic import BaseModel

from penchant.agent.recommend.experiments import Experiment, ExperimentResult
from penchant.store.recommendation import Exposure
from penchant.tools.http.access import caller_with
from penchant.tools.http.bodies import NewExperiment
from penchant.tools.http.context import Agent, User

router = APIRouter(prefix="/v1", tags=["lists"])
ADMIN = [caller_with("admin", everybody=True)]


class ExperimentList(BaseModel):
    """All experiments, newest first, each with its results so far."""

    data: list[ExperimentResult]


@router.get("/experiments", dependencies=[caller_with("read", everybody=True)])
def list_experiments(agent: Agent) -> ExperimentList:
    """List every experiment with the rate of each variant. The differences stay valid however often one looks at them."""
    return ExperimentList(data=agent.stats().experiments)


@router.post("/experiments", status_code=201, dependencies=ADMIN)
def start_experiment(body: NewExperiment, agent: Agent) -> Experiment:
    """Assign users to variants from now on."""
    return agent.start_experiment(body.name, body.variants)


@router.post("/experiments:stop", dependencies=ADMIN)
def stop_experiment(agent: Agent) -> Experiment:
    """Give all users the current settings again."""
    return agent.stop_experiment()


@router.get("/users/{user}/experiment", dependencies=[caller_with("read")])
def get_exposure(user: User, agent: Agent) -> Exposure:
    """Return the variant that a user gets in the running experiment."""
    return agent.exposure(user)
