"""Protocol `stream`: everything before a choice may be used, and nothing from it on."""

import gzip
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from evaluation_data import START, WordEmbedder, events, items, write

from penchant.agent.recommend.models import ItemModels
from penchant.agent.recommend.tuning.setting import Tuned
from penchant.store.event import DEFAULT_WEIGHTS, Event
from penchant.tools.evaluation.baselines import GRID
from penchant.tools.evaluation.evaluate import EvaluationSetting, evaluate, prepare
from penchant.tools.evaluation.protocol import Case
from penchant.tools.evaluation.source import read
from penchant.tools.evaluation.systems import Penchant, System


def prepared(folder: Path) -> EvaluationSetting:
    return prepare(
        read(folder, WordEmbedder()),
        WordEmbedder(),
        DEFAULT_WEIGHTS,
        protocol="stream",
        share=0.7,
        progress=lambda *_: None,
    )


def answers(setting: EvaluationSetting, until: float) -> dict[tuple[str, Case], list[int]]:
    """What each system lists for the choices before `until`, with the settings that ship."""
    found: dict[tuple[str, Case], list[int]] = {}
    for part in setting.parts:
        world = setting.world(part)
        models = ItemModels.fit(world.space, world.behaviour, 200.0)
        systems: dict[str, System] = {"penchant": Penchant(world, models, setting.interests, Tuned())}
        systems |= {name: GRID[name][0](world, GRID[name][1][0]) for name in ("recent-popularity", "ease", "als")}
        for case in part.cases:
            if case.at < until:
                allowed = world.allowed(case)
                found |= {(name, case): system.order(case, allowed).tolist() for name, system in systems.items()}
    return found


def test_nothing_from_a_choice_on_reaches_its_list(tmp_path: Path) -> None:
    history = events()
    original = prepared(write(tmp_path / "plain", history))
    until = float(np.median([case.at for part in original.parts for case in part.cases]))
    later = [event for event in history if event.at.timestamp() >= until]
    chance = np.random.default_rng(2)
    moved = {
        event.event_id: later[row].item_id for event, row in zip(later, chance.permutation(len(later)), strict=True)
    }
    other = [event.model_copy(update={"item_id": moved.get(event.event_id, event.item_id)}) for event in history]
    assert other != history
    first = answers(original, until)
    assert len(first) > 40
    assert answers(prepared(write(tmp_path / "moved", other)), until) == first


def test_fits_see_what_lies_before_their_part_and_users_what_lies_before_the_choice(tmp_path: Path) -> None:
    setting = prepared(write(tmp_path / "plain", events()))
    log = setting.log
    assert len(setting.parts) > 1
    for part in setting.parts:
        first = min(case.at for case in part.cases)
        assert log.at[part.known].max() < first
        for case in part.cases:
            rows = part.history(log, case)
            assert len(rows) > 0
            assert log.at[rows].max() < case.at
            assert not set(case.chosen) & set(log.items[rows].tolist())
    [fold] = setting.folds
    assert max(case.at for case in fold.cases) < min(case.at for case in setting.parts[0].cases)


def test_items_born_after_the_split_take_part_from_then_on_and_are_counted_apart(tmp_path: Path) -> None:
    folder = write(tmp_path / "news", events())
    born = START + timedelta(days=90)
    with gzip.open(folder / "items.jsonl.gz", "at") as file:
        file.write(items()[0].model_copy(update={"item_id": "late", "created_at": born}).model_dump_json() + "\n")
    more = [
        Event(user_id=f"u{user}", type="click", item_id="late", at=born + timedelta(hours=user + 1))
        for user in range(6)
    ]
    with gzip.open(folder / "events.jsonl.gz", "at") as file:
        file.writelines(event.model_dump_json() + "\n" for event in more)
    setting = prepared(folder)
    late = setting.source.space.position["late"]
    seen = {
        bool(setting.world(part).allowed(case)[late])
        for part in setting.parts
        for case in part.cases
        if case.at < born.timestamp()
    }
    assert seen == {False}
    report = evaluate(
        folder, WordEmbedder(), DEFAULT_WEIGHTS, protocol="stream", share=0.7, systems=["recent-popularity"]
    )
    assert report.new_items is not None
    assert report.new_items.choices >= 6
    assert report.new_items.ndcg_10["penchant"] > 0
    assert report.n_choices > report.n_users


@pytest.mark.parametrize("users", [3, 8])
def test_a_sample_is_of_users_with_all_their_choices(tmp_path: Path, users: int) -> None:
    folder = write(tmp_path / "plain", events())
    report = evaluate(
        folder, WordEmbedder(), DEFAULT_WEIGHTS, protocol="stream", share=0.7, systems=["popularity"], users=users
    )
    assert (report.n_users, report.n_choices >= users) == (users, True)
