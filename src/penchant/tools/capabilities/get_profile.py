"""Returns the tree of interests."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from penchant.agent.interest_agent import InterestAgent
from penchant.settings import Language
from penchant.store.labels import without_repeated_labels
from penchant.store.moments import POINT_IN_TIME, PointInTime
from penchant.store.profile import Interest, Profile
from penchant.tools.arguments import Detail, ForUser
from penchant.tools.registry import capability
from penchant.tools.sizes import Short, Shortening

MOST_LEAVES = 40
MOST_IN_TEXT = 12
"""How many interests the text contains at least, even where the structured result has fewer."""
TOKENS = 1_400
VERSIONS = (
    *((1_000, 20), (1_000, 5), (100, 3), (60, 2), (40, 1), (30, 1), (20, 1), (14, 1)),
    *((10, 1), (10, 0), (7, 0), (5, 0), (3, 0), (1, 0), (0, 0)),
)
"""How many of the strongest interests are included, and how many event ids for each, from the fullest version to the
shortest.
"""
USUAL = {"trend": "steady", "status": "active", "polarity": "like", "source": "inferred", "lent": False}
"""Usual values of an interest, which are left out of results."""


class GetProfile(ForUser):
    """The user, the time and the depth of the tree."""

    at: PointInTime | None = Field(None, description=f"As of this time: {POINT_IN_TIME}.")
    depth: int | None = Field(None, ge=1, le=8, description="Number of levels: 1 is topics only.")
    lang: Language | None = Field(None, description="Language of the labels.")
    detail: Detail = "brief"


def _brief(profile: Profile) -> Mapping[str, Any]:
    leaves = _leaves(profile)
    shown = leaves[:MOST_LEAVES]
    brief = {
        "as_of": profile.as_of.date().isoformat(),
        "events": profile.n_events,
        "interests": [_brief_interest(node) for node in shown],
    }
    statements = [
        statement.model_dump(mode="json", include=STATEMENT_FIELDS)
        for statement in profile.statements[:MOST_STATEMENTS]
    ]
    if statements:
        brief["statements"] = statements
    if reading := _reading(profile, {node.id for node in shown}):
        brief["reading"] = reading
    return brief | ({"left_out": len(leaves) - len(shown)} if len(leaves) > len(shown) else {})


def _reading(profile: Profile, shown: set[str]) -> dict[str, Any] | None:
    """Return the language model's portrait of the user and its reading of the `shown` interests; None where there is
    none.
    """
    if profile.reading is None:
        return None
    labels = {node.id: node.label for node in profile.walk()}
    interests = [
        {"interest": labels[leaf.id], "kind": leaf.kind} | ({"narrower": leaf.label} if leaf.label else {})
        for leaf in profile.reading.interests
        if leaf.id in shown and leaf.id in labels
    ]
    return {"by": profile.reading.model, "portrait": profile.reading.portrait, "interests": interests}


def _leaves(profile: Profile) -> list[Interest]:
    """Return the interests without children, strongest first."""
    return sorted((node for node in profile.walk() if not node.children), key=lambda node: -node.strength)


def _brief_interest(node: Interest) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "interest": " > ".join(without_repeated_labels(node.path)),
        "percent": round(100 * node.strength, 1),
        "signs": node.evidence_count,
    }
    return fields | {name: mark for name, mark in _marks(node).items() if name in ("trend", "status", "polarity")}


def _marks(node: Interest) -> dict[str, Any]:
    marks = {name: getattr(node, name) for name, usual in USUAL.items() if getattr(node, name) != usual}
    return marks | {"mixed": True} if node.is_mixed else marks


def _versions(profile: Profile) -> Iterator[Short]:
    leaves = _leaves(profile)
    for most, events in VERSIONS:
        shown = leaves[:most]
        wanted = {node.id for node in shown}
        nodes = [short_node for node in profile.interests if (short_node := _short_node(node, wanted, events))]
        content = profile.model_dump(mode="json", include={"user_id", "version", "as_of", "language", "n_events"})
        statements = [
            statement.model_dump(mode="json", include=STATEMENT_FIELDS)
            for statement in profile.statements[: min(most, MOST_STATEMENTS)]
        ]
        content |= {"statements": statements, "interests": nodes, "left_out": len(leaves) - len(shown)}
        if profile.reading:
            read = tuple(leaf for leaf in profile.reading.interests if leaf.id in wanted)
            content["reading"] = profile.reading.model_copy(update={"interests": read}).model_dump(mode="json")
        yield Short(content, _lines(profile, leaves, most))


def _short_node(node: Interest, wanted: set[str], events: int) -> dict[str, Any] | None:
    """Return a node with its wanted descendants and at most `events` event ids; None where no node of its branch is
    wanted.
    """
    children = [short for child in node.children if (short := _short_node(child, wanted, events))]
    if not children and node.id not in wanted:
        return None
    numbers = {name: round(getattr(node, name), 3) for name in ("strength", "share", "confidence")}
    return {
        **node.model_dump(include={"id", "label", "level", "path"}),
        **numbers,
        **_marks(node),
        "evidence": list(node.evidence[:events]),
        "children": children,
    }


def _lines(profile: Profile, leaves: list[Interest], most: int) -> str:
    """Return the profile as text: one line per branch, with its strongest interests, their strength in percent and their
    marks.
    """
    shown = leaves[: max(most, MOST_IN_TEXT) if most else 0]
    branches: dict[str, list[str]] = {}
    for node in shown:
        marks = "".join(f" {mark}" for name, mark in _marks(node).items() if name in ("trend", "status", "polarity"))
        marks += " mixed" if node.is_mixed else ""
        branches.setdefault(" > ".join(without_repeated_labels(node.path)[:-1]), []).append(
            f"{node.label} {100 * node.strength:.1f}%{marks}"
        )
    rows = [f"{branch}: {', '.join(nodes)}" if branch else ", ".join(nodes) for branch, nodes in branches.items()]
    rows += [
        f'said on {statement.valid_from:%Y-%m-%d}: "{statement.text}"'
        for statement in profile.statements[: min(most, MOST_STATEMENTS)]
    ]
    rest = [f"{len(leaves) - len(shown)} weaker interests are left out"] if len(leaves) > len(shown) else []
    head = [f"{profile.user_id}, {profile.n_events} events, as of {profile.as_of:%Y-%m-%d}"]
    if profile.reading and profile.reading.portrait:
        head.append(f"portrait by a language model ({profile.reading.model}): {profile.reading.portrait}")
    return "\n".join([*head, *rows, *rest])


MOST_STATEMENTS = 12
STATEMENT_FIELDS = {"id", "kind", "subject", "polarity", "strict", "scope", "text", "valid_from", "slot"}
SHORT = Shortening(_versions, lambda profile: TOKENS)


@capability(title="Read a profile", brief=_brief, read_only=True, short=SHORT)
def get_profile(agent: InterestAgent, arguments: GetProfile) -> Profile:
    """The user's interests as a tree (topic, subtopic, interest) with strength, trend and the behaviour behind each.

    Use it when the user asks what is known about them, or before editing an interest (it has the names and ids). To personalise an answer
    use get_context.
    """
    profile = agent.profile(arguments.user_id, at=arguments.at, lang=arguments.lang)
    return profile if arguments.depth is None else profile.pruned(arguments.depth)
