"""What is reckoned for all nodes of a tree at once is what reckoning them one by one gives."""

from datetime import UTC, datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from penchant.agent.profiles.engine.dynamics import _DAYS, TIMESCALES, decay, effective_half_life
from penchant.agent.profiles.engine.rows import NodeRow
from penchant.agent.profiles.engine.state import NodeEvidence
from penchant.agent.profiles.engine.tree import interests, outline
from penchant.agent.profiles.engine.weights import Weights
from penchant.store.profile import MAX_EVIDENCE_SHOWN, Interest, Keyword, construct_all

PLACES = st.lists(st.tuples(*(st.sampled_from("abc"),) * 3), min_size=1, max_size=8, unique=True)
MOMENTS = st.lists(st.lists(st.integers(0, 40), max_size=30, unique=True), min_size=8, max_size=8)


def _row(place: tuple[str, ...], evidence: slice) -> NodeRow:
    ids = tuple("".join(place[: level + 1]) for level in range(len(place)))
    masses = np.ones(TIMESCALES)
    return NodeRow("theme", place, ids, ("rule",) * 3, np.zeros(2, np.float32), (), masses, np.zeros((2, 2)), evidence)


def _tree(rows: list[NodeRow], p: list[float], evidence: NodeEvidence) -> tuple[Interest, ...]:
    share, table = np.array(p) / sum(p), np.ones((len(rows), TIMESCALES))
    opinions = np.ones((len(rows), 2))
    weights = Weights(table, share, share, share, table, opinions, share, share, np.ones((TIMESCALES, 4)))
    return interests(rows, weights, evidence, at=0.0)


def _evidence(places: list[tuple[str, ...]], moments: list[list[int]]) -> tuple[list[NodeRow], NodeEvidence]:
    """Rows with events, some of which are evidence of several: an event is named by its moment, or by its node as well."""
    rows, ids, times = [], list[str](), list[int]()
    for place, own in zip(places, moments, strict=False):
        rows.append(_row(place, slice(len(ids), len(ids) + len(own))))
        ids += [f"e{at}" if at % 2 else f"e{at}{''.join(place)}" for at in sorted(own)]
        times += sorted(own)
    empty = np.zeros(len(ids), np.int64)
    return rows, NodeEvidence(empty, ids, [None] * len(ids), np.array(times, float), empty.astype(float))


@given(PLACES, MOMENTS)
def test_a_branch_shows_the_newest_events_below_it_each_once(
    places: list[tuple[str, ...]], moments: list[list[int]]
) -> None:
    rows, evidence = _evidence(places, moments)

    for topic in _tree(rows, [1.0] * len(rows), evidence):
        below = [
            at for row in rows if row.path[0] == topic.label for at in range(len(evidence.ids))[row.evidence][-20:]
        ]
        newest = sorted(sorted(below), key=lambda at: -evidence.at[at])
        assert topic.evidence == tuple(dict.fromkeys(evidence.ids[at] for at in newest))[:MAX_EVIDENCE_SHOWN]


@given(PLACES, st.lists(st.integers(1, 3), min_size=8, max_size=8))
def test_siblings_stand_by_strength_and_then_by_name(places: list[tuple[str, ...]], strengths: list[int]) -> None:
    rows, evidence = _evidence(places, [[] for _ in places])

    tree = _tree(rows, [float(strength) for strength in strengths[: len(rows)]], evidence)

    for siblings in (tree, *(node.children for topic in tree for node in topic.walk())):
        assert list(siblings) == sorted(siblings, key=lambda node: (-node.strength, node.path, node.id))


def test_a_branch_shows_the_keywords_of_its_strongest_children_in_their_order() -> None:
    rows, evidence = _evidence([("a", "b", name) for name in "xy"], [[], []])
    for row, words in zip(rows, (("tea", "cup"), ("tea", "pot")), strict=True):
        row.words, row.weight = [(word, 0.5) for word in words], 1.0

    (topic,) = _tree(rows, [0.6, 0.4], evidence)

    strong, weak = ([word.term for word in theme.keywords] for theme in topic.children[0].children)
    assert [word.term for word in topic.keywords] == list(dict.fromkeys([*strong, *weak]))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=9))
def test_an_outline_lists_under_every_node_the_rows_at_and_below_it(places: list[tuple[str, ...]]) -> None:
    rows = [_row(place[: 1 + index % 2], slice(0, 0)) for index, place in enumerate(places)]

    nodes = outline(rows)

    for node, start, size in zip(range(len(nodes.ids)), nodes.starts.tolist(), nodes.sizes.tolist(), strict=True):
        below = [index for index, row in enumerate(rows) if nodes.ids[node] in row.ids]
        assert nodes.members[start : start + size].tolist() == below


@given(
    st.lists(
        st.lists(st.sampled_from([0.0, 0.0, 1e-9, 0.25, 0.5, 1.0]), min_size=TIMESCALES, max_size=TIMESCALES),
        max_size=9,
    )
)
def test_half_of_a_weight_has_faded_on_the_first_day_with_less_than_half_left(masses: list[list[float]]) -> None:
    parts = np.array(masses, float).reshape(-1, TIMESCALES)

    for own, days in zip(parts, effective_half_life(parts).tolist(), strict=True):
        left = [float((own * decay(float(day))).sum()) for day in _DAYS]
        expected = [float(day) for day, mass in zip(_DAYS, left, strict=True) if mass < 0.5 * own.sum()]
        assert days == (expected[0] if expected else np.inf)


def test_instances_made_together_are_those_that_are_made_one_by_one() -> None:
    seen = datetime(2026, 1, 1, tzinfo=UTC)
    nodes = [
        Interest(
            id=f"n{n}", label="tea", level=1, path=("tea",), strength=0.5, share=0.5, confidence=0.1, first_seen=seen
        )
        for n in range(3)
    ]
    columns = {name: [getattr(node, name) for node in nodes] for name in Interest.model_fields}

    together = construct_all(Interest, columns)

    assert together == nodes
    assert [node.model_dump_json() for node in together] == [node.model_dump_json() for node in nodes]
    assert construct_all(Keyword, {"term": [], "weight": []}) == []
