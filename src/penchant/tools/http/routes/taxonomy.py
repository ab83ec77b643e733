"""The taxonomy: read, and corrected by people; corrections apply to every version built later."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from penchant.settings import Language
from penchant.tools.http.access import caller_with
from penchant.tools.http.bodies import TaxonomyCorrection
from penchant.tools.http.context import Agent

router = APIRouter(prefix="/v1/taxonomy", tags=["catalogue"])
READ = [caller_with("read", everybody=True)]
WRITE = [caller_with("write", everybody=True)]
Node = Annotated[str, Path(max_length=256, description="The id of a topic, subtopic or theme")]


class CorrectionTarget(BaseModel):
    """A node that a theme can be moved to or merged into."""

    id: str
    label: str
    topic: str | None = Field(None, description="The label of the topic that a subtopic stands under")


class TaxonomyNode(BaseModel):
    """A topic, subtopic or theme. A theme also has its subtopic, and where it can be moved to."""

    id: str
    level: Literal["topic", "subtopic", "theme"]
    label: str
    subtopic: str | None = Field(None, description="The id of the subtopic that a theme stands under")
    subtopics: list[CorrectionTarget] = Field(
        default_factory=list, description="Subtopics that a theme can be moved to"
    )
    themes: list[CorrectionTarget] = Field(default_factory=list, description="Themes that a theme can be merged into")


class Corrected(BaseModel):
    """A correction, and the first version of the taxonomy that contains it."""

    id: str = Field(examples=["gifts"])
    action: Literal["rename", "move", "merge"]
    value: str = Field(examples=["Presents"])
    version: int = Field(examples=[3])


@router.get("", dependencies=READ)
def get_taxonomy(agent: Agent, users: bool = False, lang: Language | None = None) -> dict[str, Any]:
    """Return topics, subtopics and themes; with `users`, also how many users are interested in each (null below five)."""
    return agent.taxonomy(users=users, lang=lang)


@router.get("/{node}", dependencies=READ)
def get_node(node: Node, agent: Agent, lang: Language | None = None) -> TaxonomyNode:
    """Return one node and the corrections that are possible."""
    found = agent.taxonomy_node(node, lang=lang)
    places = found.pop("places", {}).items()
    subtopics = [CorrectionTarget(id=id_, label=label, topic=topic) for topic, below in places for id_, label in below]
    themes = [CorrectionTarget(id=id_, label=label) for id_, label in found.pop("others", ())]
    return TaxonomyNode(**found, subtopics=subtopics, themes=themes)


@router.patch("/{node}", dependencies=WRITE)
def correct_node(node: Node, body: TaxonomyCorrection, agent: Agent) -> Corrected:
    """Rename a node, move a theme to another subtopic, or merge it into another theme, permanently."""
    version = agent.correct_taxonomy(node, body.action, body.value, lang=body.lang)
    return Corrected(id=node, action=body.action, value=body.value, version=version)
