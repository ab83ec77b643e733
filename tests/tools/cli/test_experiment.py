"""`penchant experiment`: begun, asked about, judged and ended from the command line."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., Any]


def test_an_experiment_from_beginning_to_end(ask: Ask, penchant: Callable[..., Any]) -> None:
    begun = ask("experiment", "start", "mixed-lists", "--variant", "as-is=1", "--variant", "mixed=3,diversity=0.3")
    assert begun["variants"]["mixed"] | {"share": 3.0, "diversity": 0.3} == begun["variants"]["mixed"]
    assert ask("experiment", "assign", "ada") == ask("experiment", "assign", "ada")
    assert [result["name"] for result in ask("stats")["experiments"]] == ["mixed-lists"]
    assert "Experiment mixed-lists" in penchant("stats").stdout
    assert ask("experiment", "stop")["stopped_at"]
    listed = ask("experiment", "list")["experiments"]
    assert [(row["name"], row["stopped_at"] is None) for row in listed] == [("mixed-lists", False)]
    assert "share=3 diversity=0.3" in penchant("experiment", "list").stdout


def test_what_is_no_variant_says_how_one_is_written(penchant: Callable[..., Any]) -> None:
    refused = penchant("experiment", "start", "x", "--variant", "a", "--variant", "b=1")
    assert refused.exit_code == 2
    assert "write NAME=SHARE" in refused.output
    alone = penchant("experiment", "start", "a", "--variant", "x=1")
    assert (alone.exit_code != 0, "compares 2 to 8 variants" in " ".join(alone.output.split())) == (True, True)
    unknown = penchant("experiment", "start", "a", "--variant", "x=1", "--variant", "y=1,colour=2")
    assert "variant 'y' cannot have 'colour'" in " ".join(unknown.output.split())
    twice = penchant("experiment", "start", "a", "--variant", "x=1", "--variant", "x=2")
    assert (twice.exit_code, "two variants are called 'x'" in " ".join(twice.output.split())) == (2, True)
    assert penchant("experiment", "assign", "ada").exit_code == 1
