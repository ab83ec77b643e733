"""`eval`: every system on the same questions, and nothing known of the answers."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from evaluation_data import WordEmbedder, events, write
from long_tests import long_except

from penchant.agent.recommend.models import ItemModels
from penchant.errors import UsageError
from penchant.store.event import DEFAULT_WEIGHTS
from penchant.tools.evaluation.baselines import GRID
from penchant.tools.evaluation.dataset import Log
from penchant.tools.evaluation.evaluate import VARIANTS, EvaluationSetting, evaluate, learn_from, prepare
from penchant.tools.evaluation.protocol import ProtocolName, Split, split
from penchant.tools.evaluation.report import EvalReport
from penchant.tools.evaluation.source import read
from penchant.tools.evaluation.systems import Penchant, System

SYSTEMS = [
    "penchant",
    "penchant-no-decay",
    "penchant-flat",
    "penchant-content",
    "popularity",
    "recent-popularity",
    "ease",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "made", events())


def run(folder: Path, protocol: ProtocolName = "global-time", **options: Any) -> EvalReport:
    options = {"systems": SYSTEMS} | options
    return evaluate(folder, WordEmbedder(), DEFAULT_WEIGHTS, protocol=protocol, **options)


def accuracy(report: EvalReport) -> dict[str, dict[str, object]]:
    """Everything that is not a time."""
    return {name: result.model_dump(exclude={"ms_p50", "ms_p95"}) for name, result in report.systems.items()}


def test_every_system_of_the_contract_is_measured(folder: Path) -> None:
    report = run(folder, systems=None)
    assert list(report.systems) == [*VARIANTS, *GRID]
    assert set(report.significance) == set(report.systems) - {"penchant"}
    assert set(report.systems["ease"].model_dump()) >= {
        "ndcg@10", "map@10", "hr@10", "mrr", "recall@50", "coverage", "gini", "ild", "calibration_js", "ms_p50", "ms_p95",
    }  # fmt: skip


@pytest.mark.parametrize("protocol", long_except("leave-last-out", ["global-time", "leave-last-out"]))
def test_shuffling_everything_after_the_split_changes_no_score(tmp_path: Path, protocol: ProtocolName) -> None:
    history = events()
    original = prepared(write(tmp_path / "plain", history), protocol)
    hidden = np.flatnonzero(~original.asked.known)
    order = np.random.default_rng(3).permutation(hidden)
    moved = {int(row): original.log.events[other].item_id for row, other in zip(hidden, order, strict=True)}
    shuffled = [
        event.model_copy(update={"item_id": moved.get(row, event.item_id)})
        for row, event in enumerate(original.log.events)
    ]
    assert [event.item_id for event in shuffled] != [event.item_id for event in original.log.events]
    other = prepared(write(tmp_path / "shuffled", shuffled), protocol)
    assert answers(other, original.asked) == answers(original, original.asked)


def prepared(folder: Path, protocol: ProtocolName) -> EvaluationSetting:
    return prepare(
        read(folder, WordEmbedder()),
        WordEmbedder(),
        DEFAULT_WEIGHTS,
        protocol=protocol,
        share=0.8,
        progress=lambda *_: None,
    )


def answers(setting: EvaluationSetting, asked: Split) -> dict[str, list[list[int]]]:
    """What every system lists for the users asked about, with weights and settings learnt from `setting`."""
    tuned = learn_from(setting).tuned
    world = setting.world(setting.asked)
    models = ItemModels.fit(world.space, world.behaviour, tuned.penalty)
    systems: dict[str, System] = {
        name: Penchant(world, models, setting.interests, tuned, **options) for name, options in VARIANTS.items()
    }
    systems |= {name: GRID[name][0](world, GRID[name][1][0]) for name in GRID}
    everything = np.ones(len(world.space), bool)
    return {name: [system.order(case, everything).tolist() for case in asked.cases] for name, system in systems.items()}


def test_the_last_event_of_a_user_reaches_no_model(tmp_path: Path) -> None:
    history = events()
    source = read(write(tmp_path / "plain", history), WordEmbedder())
    log = Log.of(source.events, source.space, DEFAULT_WEIGHTS)
    asked = split(log, "leave-last-out", 0.8)
    assert asked.cases
    for case in asked.cases:
        rows = log.by_user[case.user]
        hidden = rows[~asked.known[rows]]
        assert len(hidden) == 1
        assert (log.items[hidden[0]], log.at[hidden[0]]) == (case.chosen[0], log.at[rows].max())


def test_nothing_known_is_later_than_the_split(folder: Path) -> None:
    source = read(folder, WordEmbedder())
    log = Log.of(source.events, source.space, DEFAULT_WEIGHTS)
    asked = split(log, "global-time", 0.8)
    assert {case.at for case in asked.cases} == {asked.cases[0].at}
    assert log.at[asked.known].max() < asked.cases[0].at <= log.at[~asked.known].min()
    for case in asked.cases:
        had = log.items[log.by_user[case.user][asked.known[log.by_user[case.user]]]]
        assert not set(case.chosen) & set(had.tolist())


def test_weights_start_from_nothing_not_from_defaults_found_on_other_data(folder: Path) -> None:
    learnt = learn_from(prepared(folder, "leave-last-out")).tuned
    assert learnt.beta["query"] == 0.0  # nobody asked for anything, so nothing could be learnt of it


def test_only_the_candidates_of_the_file_are_ranked(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "candidates.txt"
    file.write_text("u0\ttea-1 tea-2 lamp-3\nu1\tbook-1\n", "utf-8")
    report = run(folder, "leave-last-out", candidates_file=file)
    assert report.n_users == 2
    assert all(result.hr_10 == 1.0 and result.ndcg_10 >= 1 / np.log2(5) for result in report.systems.values())


@pytest.mark.long
def test_weights_are_learnt_from_the_question_of_the_file_but_not_from_its_answers(tmp_path: Path) -> None:
    folder, file = write(tmp_path / "many", events(120, 6)), tmp_path / "candidates.txt"
    asked = prepared(folder, "leave-last-out").asked.cases
    systems, space = ["penchant", "ease"], read(folder, WordEmbedder()).space
    whole = run(folder, "leave-last-out", systems=systems)
    others = {f"u{user}": [f"{kind}-{user % 12}" for kind in ("tea", "lamp", "toy")] for user in range(120)}
    names = Log.of(events(120, 6), space, DEFAULT_WEIGHTS).user_ids
    answers = {names[case.user]: space.ids[case.chosen[0]] for case in asked}
    reports = []
    for give_away in (False, True):
        listed = {user: [*items, *([answers[user]] if give_away else [])] for user, items in others.items()}
        file.write_text("".join(f"{user}\t{' '.join(items)}\n" for user, items in listed.items()), "utf-8")
        reports.append(run(folder, "leave-last-out", systems=systems, candidates_file=file))
    assert reports[0].tuned.beta != whole.tuned.beta
    assert reports[0].tuned == reports[1].tuned and accuracy(reports[0]) == accuracy(reports[1])


@pytest.mark.long
def test_fewer_users_are_always_the_same_ones(folder: Path) -> None:
    first, again = (run(folder, users=10) for _ in range(2))
    assert first.n_users == 10
    assert accuracy(first) == accuracy(again)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"share": 1.5}, "--split must lie between 0 and 1"),
        ({"systems": ["oracle"]}, "unknown system 'oracle'"),
    ],
)
def test_what_cannot_be_asked_says_so(folder: Path, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        run(folder, **options)


def test_a_folder_without_events_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no items file"):
        run(tmp_path)


def test_a_candidates_line_without_a_tab_is_named(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "candidates.txt"
    file.write_text("u0 tea-1\n", "utf-8")
    with pytest.raises(UsageError, match=r"candidates.txt:1: expected user_id, a tab"):
        run(folder, candidates_file=file)
