"""The lists of everybody in one file: whole, resumable, and the same as each user is given alone."""

import json
import os
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filled_homes import Filled
from pyarrow import parquet
from small_shop import installation, profiled

from penchant.agent.interest_agent import InterestAgent
from penchant.errors import StoreError, UsageError
from penchant.store.clock import FixedClock

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def agent(tmp_path: Path, filled: Filled) -> InterestAgent:
    return installation(filled(tmp_path / "home", profiled), FixedClock(NOW))


def rows(path: Path) -> dict[str, list[str]]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len({line["user_id"] for line in lines}) == len(lines)
    return {line["user_id"]: [item["item_id"] for item in line["items"]] for line in lines}


def test_everybody_gets_the_list_they_would_get_alone(agent: InterestAgent, tmp_path: Path) -> None:
    agent.revoke("u03", "recommend")
    progress: list[tuple[int, int]] = []
    receipt = agent.recommend_all(
        tmp_path / "lists.jsonl", 5, where=["domain=shop"], on_progress=lambda *so_far: progress.append(so_far)
    )
    written = rows(tmp_path / "lists.jsonl")
    assert (receipt.users, receipt.listed, receipt.withheld, len(written)) == (21, 20, 1, 20)
    assert "u03" not in written
    assert progress[-1] == (20, 21)
    for user in ("u00", "u07"):
        assert written[user] == [row.item_id for row in agent.recommend(user, 5, llm=False).items]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "lists.jsonl"]


def stopped_on_the_way(agent: InterestAgent, path: Path) -> None:
    """Begin the lists of everybody, and stop after eight users."""

    class Stopped(Exception):
        pass

    def stop(done: int, _: int) -> None:
        if done == 8:
            raise Stopped

    with pytest.raises(Stopped):
        agent.recommend_all(path, 5, on_progress=stop)


def test_a_run_that_was_stopped_goes_on_where_it_was(agent: InterestAgent, tmp_path: Path) -> None:
    path = tmp_path / "lists.jsonl"
    stopped_on_the_way(agent, path)
    assert not path.exists()
    part = tmp_path / "lists.jsonl.part"
    part.write_bytes(part.read_bytes()[:-20])  # as a kill leaves it
    receipt = agent.recommend_all(path, 5)
    assert 0 < receipt.resumed < 8
    assert (receipt.listed, len(rows(path))) == (21, 21)


def test_a_run_that_goes_on_leaves_out_who_has_withdrawn_or_was_erased_since(
    agent: InterestAgent, tmp_path: Path
) -> None:
    path = tmp_path / "lists.jsonl"
    stopped_on_the_way(agent, path)
    withdrawn, erased, *others = rows(tmp_path / "lists.jsonl.part")
    agent.revoke(withdrawn, "recommend")
    agent.erase(erased)
    receipt = agent.recommend_all(path, 5)
    assert (receipt.users, receipt.listed, receipt.withheld, receipt.resumed) == (20, 19, 1, len(others))
    assert len(rows(path)) == 19
    assert not {withdrawn, erased} & set(rows(path))


def test_a_full_disk_takes_no_row_of_an_earlier_run(
    agent: InterestAgent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, part = tmp_path / "lists.jsonl", tmp_path / "lists.jsonl.part"
    stopped_on_the_way(agent, path)
    before = rows(part)
    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", _written_in_part)
        full.setattr(Path, "replace", _written_in_part)
        with pytest.raises(StoreError, match="no room left to write"):
            agent.recommend_all(path, 5)
    assert rows(part) == before
    assert sorted(left.name for left in tmp_path.iterdir()) == ["home", part.name, f"{part.name}.json"]
    assert agent.recommend_all(path, 5).resumed == 8


def _written_in_part(path: Path, data: bytes | Path) -> None:
    if isinstance(data, bytes):
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
    raise OSError(28, "No space left on device")


def test_the_rows_of_an_earlier_run_are_not_all_in_memory(agent: InterestAgent, tmp_path: Path) -> None:
    path, part = tmp_path / "lists.jsonl", tmp_path / "lists.jsonl.part"
    stopped_on_the_way(agent, path)
    gone = json.dumps({"user_id": "gone", "items": ["x" * 10_000]}).encode() + b"\n"
    part.write_bytes(part.read_bytes() + gone * 3_000)
    tracemalloc.start()
    try:
        assert agent.recommend_all(path, 5).resumed == 8
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert "gone" not in rows(path)


def test_who_withdraws_or_is_erased_during_a_run_is_in_no_file_and_no_list(
    agent: InterestAgent, tmp_path: Path
) -> None:
    path = tmp_path / "lists.jsonl"

    def leave(done: int, _: int) -> None:
        if done == 3:  # the lists of u00 to u02 are written, those of u10 and u11 are not
            agent.erase("u01")
            agent.erase("u10")
            agent.revoke("u02", "recommend")
            agent.revoke("u11", "recommend")

    receipt = agent.recommend_all(path, 5, on_progress=leave)
    assert (receipt.users, receipt.listed, receipt.withheld) == (21, 17, 4)
    assert not {"u01", "u02", "u10", "u11"} & set(rows(path))
    assert len(rows(path)) == 17
    assert [agent.services.recommendations.for_user(user) for user in ("u01", "u10")] == [[], []]


def test_the_rules_of_a_request_hold_for_the_lists_of_everybody(agent: InterestAgent, tmp_path: Path) -> None:
    path, pinned = tmp_path / "lists.jsonl", agent.latest_items(1).items[0].item_id
    with pytest.raises(UsageError, match="is not a filter"):
        agent.recommend_all(path, 3, where=["nonsense"])
    assert [each.name for each in tmp_path.iterdir()] == ["home"]
    agent.recommend_all(path, 3, pin=[pinned], cap=["domain=1"])
    for user, items in rows(path).items():
        assert items == [
            row.item_id for row in agent.recommend(user, 3, llm=False, pin=[pinned], cap=["domain=1"]).items
        ]
    assert any(items[0] == pinned for items in rows(path).values())


def test_rows_that_an_earlier_day_left_behind_are_not_kept(agent: InterestAgent, tmp_path: Path) -> None:
    path, part = tmp_path / "lists.jsonl", tmp_path / "lists.jsonl.part"
    terms = tmp_path / "lists.jsonl.part.json"

    def copy_terms(*_: int) -> None:
        asked.append(terms.read_text("utf-8"))

    asked: list[str] = []
    agent.recommend_all(path, 5, on_progress=copy_terms)
    resumed = []
    for hours in (0.5, 2):
        part.write_bytes(path.read_bytes())
        terms.write_text(asked[0], "utf-8")
        written = time.time() - hours * 3600
        os.utime(part, (written, written))
        resumed.append(agent.recommend_all(path, 5).resumed)
    assert resumed == [21, 0]


def test_another_request_starts_anew(agent: InterestAgent, tmp_path: Path) -> None:
    path = tmp_path / "lists.jsonl"
    agent.recommend_all(path, 5)
    path.rename(tmp_path / "lists.jsonl.part")
    (tmp_path / "lists.jsonl.part.json").write_text("{}")
    receipt = agent.recommend_all(path, 7)
    assert (receipt.resumed, {len(items) for items in rows(path).values()}) == (0, {7})


def test_parquet_holds_the_same_rows(agent: InterestAgent, tmp_path: Path) -> None:
    agent.recommend_all(tmp_path / "lists.jsonl", 4)
    agent.recommend_all(tmp_path / "lists.parquet", 4)
    table = parquet.read_table(tmp_path / "lists.parquet").to_pylist()
    assert {row["user_id"]: [item["item_id"] for item in row["items"]] for row in table} == rows(
        tmp_path / "lists.jsonl"
    )


def test_a_file_of_no_known_kind_is_refused(agent: InterestAgent, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no format"):
        agent.recommend_all(tmp_path / "lists.txt")
    with pytest.raises(UsageError, match="cannot be written"):
        agent.recommend_all(tmp_path / "nowhere" / "lists.jsonl")
