"""`penchant eval` and `penchant tune`: what machines read, and what people see."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evaluation_data import events, write
from typer.testing import Result

from penchant.tools.evaluation import baselines

Run = Callable[..., Result]
Ask = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data set, and baselines of one setting each: how they are tuned is not what is looked at here."""
    small_grid = {name: (builder, grid[:1]) for name, (builder, grid) in baselines.GRID.items()}
    monkeypatch.setattr("penchant.tools.evaluation.evaluate.GRID", small_grid)
    return write(tmp_path / "made", events(users=12, each=8))


def test_a_report_for_machines_holds_every_system_and_metric_and_nothing_else(penchant: Run, folder: Path) -> None:
    result = penchant("eval", str(folder), "--protocol", "global-time", "--split", "0.7", "--no-llm", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    assert (report["dataset"], report["protocol"], report["tuned"]["llm"]) == ("made", "global-time", None)
    assert set(report["systems"]) == {
        "penchant", "penchant-no-decay", "penchant-flat", "penchant-content", "popularity", "recent-popularity", "itemknn",
        "ease", "als", "bpr", "bm25",
    }  # fmt: skip
    assert set(report["systems"]["bm25"]) == {
        "ndcg@10", "map@10", "hr@10", "mrr", "recall@50", "coverage", "gini", "ild", "calibration_js", "ms_p50", "ms_p95",
        "setting",
    }  # fmt: skip


def test_a_report_for_people_is_a_table_with_every_system(penchant: Run, folder: Path) -> None:
    shown = penchant("eval", str(folder), "--users", "5").stdout
    assert "made, leave-last-out, 5 users" in shown
    assert all(name in shown for name in ("nDCG@10", "penchant-no-decay", "recent-popularity", "ms p95"))


def test_a_catalogue_too_small_to_calibrate_on_is_evaluated_with_care(ask: Ask, folder: Path) -> None:
    half = gzip.decompress((folder / "items.jsonl.gz").read_bytes()).splitlines(keepends=True)[::2]
    (folder / "items.jsonl.gz").write_bytes(gzip.compress(b"".join(half)))
    report = ask("eval", str(folder), "--users", "4")
    assert (len(half) < 50, report["systems"]["penchant"]["ms_p50"] > 0) == (True, True)


def test_candidates_are_all_that_is_ranked(ask: Ask, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "candidates.tsv"
    file.write_text("u1\ttea-1 lamp-2\nu2\tbook-3\n", "utf-8")
    report = ask("eval", str(folder), "--candidates", str(file))
    assert report["n_users"] == 2
    assert {result["hr@10"] for result in report["systems"].values()} == {1.0}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["eval", "nowhere"], "nowhere is not a folder"),
        (["eval", "made", "--split", "1"], "--split must lie between 0 and 1"),
        (["tune"], "tuning needs at least 200 events"),
    ],
)
def test_what_cannot_be_measured_says_why_in_a_line(
    penchant: Run, folder: Path, arguments: list[str], message: str
) -> None:
    result = penchant(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_tuning_says_what_was_gained_how_sure_it_is_and_what_is_in_force(ask: Ask, penchant: Run, folder: Path) -> None:
    data = write(folder, events(users=30))
    ask("items", "import", str(data / "items.jsonl.gz"))
    ask("events", "import", str(data / "events.jsonl.gz"))
    report = ask("tune", "--users", "15")
    low, high = report["tuned"]["interval"]
    assert low <= report["tuned"]["gain"] <= high
    assert report["tuned"]["unchanged"] == (low <= 0)
    assert (report["tuned"]["beta"] == report["before"]["beta"]) == report["tuned"]["unchanged"]
    shown = penchant("tune", "--users", "15").stdout
    assert all(text in shown for text in ("95 % interval", "list rules", "calibration", "ease_recent"))


def test_a_gold_file_that_cannot_be_read_is_named_with_what_to_give(
    penchant: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "wide.jsonl").write_bytes("{}".encode("utf-16"))
    why = {"folder": "Is a directory", "wide.jsonl": "it is not UTF-8 text", "missing": "No such file or directory"}
    for name, reason in why.items():
        result = penchant("eval", ".", "--task", "tree", "--gold", name)
        shown = f"the gold file {name} cannot be read ({reason}): give a file with a line of JSON for each item"

        assert (result.exit_code, shown in " ".join(result.stderr.split())) == (2, True), result.stderr
