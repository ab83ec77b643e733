"""Experiments: some users get one setting, some another, and the difference is measured."""

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
    """The newest first, each with what is known by now."""

    data: list[ExperimentResult]


@router.get("/experiments", dependencies=[caller_with("read", everybody=True)])
def list_experiments(agent: Agent) -> ExperimentList:
    """Every experiment, with the rate of each variant and differences that may be looked at as often as one likes."""
    return ExperimentList(data=agent.stats().experiments)


@router.post("/experiments", status_code=201, dependencies=ADMIN)
def start_experiment(body: NewExperiment, agent: Agent) -> Experiment:
    """Assign users to variants from now on."""
    return agent.start_experiment(body.name, body.variants)


@router.post("/experiments:stop", dependencies=ADMIN)
def stop_experiment(agent: Agent) -> Experiment:
    """Give everybody the setting in force again."""
    return agent.stop_experiment()


@router.get("/users/{user}/experiment", dependencies=[caller_with("read")])
def get_exposure(user: User, agent: Agent) -> Exposure:
    """The variant that a user gets in the experiment that is running."""
    return agent.exposure(user)
