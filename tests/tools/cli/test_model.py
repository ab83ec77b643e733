"""`penchant model check` where there is no model to speak of, and what `penchant stats` tells of those that were asked."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from model_server import answers, fails, serving
from typer.testing import Result

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.llm.model import Generation, Prompt
from penchant.agent.llm.scripted_model import ScriptedModel
from penchant.settings import LlmSettings, Settings
from penchant.store.clock import FixedClock
from penchant.store.receipt import Usage

Run = Callable[..., Result]
Ask = Callable[..., Any]
FIRST = datetime(2026, 3, 1, 12, tzinfo=UTC)


def on_server(monkeypatch: pytest.MonkeyPatch, url: str, **settings: str) -> None:
    for name, value in {"provider": "openai", "model": "tiny", "base_url": url, **settings}.items():
        monkeypatch.setenv(f"PENCHANT_LLM__{name.upper()}", value)


@pytest.mark.parametrize("as_json", [False, True])
def test_a_check_that_nobody_answers_fails_in_one_line_and_tells_what_it_found(
    penchant: Run, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    with serving(fails(401, "no such key")) as server:
        on_server(monkeypatch, server.url)
        result = penchant("model", "check", *["--json"] * as_json)

    assert (result.exit_code, len(server.bodies)) == (1, 1)
    assert result.stderr.startswith("Error: tiny is of no use here (") and result.stderr.count("\n") == 1
    assert "PENCHANT_LLM__API_KEY" in result.stderr and "penchant model list" in result.stderr
    if as_json:
        found = json.loads(result.stdout)
        assert (found["tier"], found["settings"], len(found["faults"])) == ("none", {"llm.provider": "none"}, 1)
    else:
        assert "answered 401" in result.stdout and "use it as" not in result.stdout


def test_a_model_that_answers_and_knows_nothing_is_of_no_use(penchant: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answers("I would rather not.")) as server:
        on_server(monkeypatch, server.url)
        result = penchant("model", "check", "--groups", "1", "--json")

    found = json.loads(result.stdout)
    assert (result.exit_code, found["tier"], found["json_valid"]) == (1, "none", {"right": 0, "asked": 2})
    assert result.stderr.startswith("Error: tiny is of no use here (")


@pytest.fixture
def asked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home in which a model was asked for Ada on two days, for Bob on one, and for nobody."""
    clock = FixedClock(FIRST)
    model = ScriptedModel(
        lambda prompt: Generation("fine", usage=Usage(calls=1, prompt_tokens=1000, completion_tokens=20))
    )
    agent = InterestAgent.open(Settings(home=home), clock=clock, model=model)
    for days, step, user in ((0, "explain", "ada"), (0, "rerank", None), (1, "explain", "ada"), (1, "explain", "bob")):
        clock.advance(FIRST + timedelta(days=days) - clock.now())
        assert agent.model is not None
        agent.model.generate(Prompt("s", "u", step, user))
    agent.services.database.close()
    monkeypatch.setenv("PENCHANT_LLM__PRICE_PER_MILLION_INPUT", "2")
    monkeypatch.setenv("PENCHANT_LLM__PRICE_PER_MILLION_OUTPUT", "10")


def spent(calls: int, **key: Any) -> dict[str, Any]:
    cost = pytest.approx(calls * 0.0022)
    return {
        **key,
        "calls": calls,
        "repairs": 0,
        "prompt_tokens": 1000 * calls,
        "completion_tokens": 20 * calls,
        "cost": cost,
    }


@pytest.mark.usefixtures("asked")
def test_what_models_cost_is_told_by_step_day_and_user_at_the_prices_of_the_settings(ask: Ask) -> None:
    answer = ask("stats")

    assert answer["llm"] == [spent(3, step="explain", model="scripted"), spent(1, step="rerank", model="scripted")]
    assert answer["llm_by_day"] == [spent(2, day="2026-03-02"), spent(2, day="2026-03-01")]
    assert answer["llm_by_user"][0] == spent(2, user_id="ada") and answer["llm_users"] == 2
    assert [usage["user_id"] for usage in answer["llm_by_user"]] == ["ada", None, "bob"]


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("language", "step", "words"),
    [("en", "explain", ["Day", "User", "no user"]), ("zh", "解释", ["日期", "用户"])],
    ids=["en", "zh"],
)
def test_people_read_what_models_cost_in_three_tables(
    penchant: Run, monkeypatch: pytest.MonkeyPatch, language: str, step: str, words: list[str]
) -> None:
    monkeypatch.setenv("PENCHANT_LANG", language)
    shown = penchant("stats").stdout

    rows = [line.split() for line in shown.splitlines()]
    assert [step, "scripted", "3", "0", "3,000", "60", "0.0066"] in rows
    assert ["2026-03-02", "2", "0", "2,000", "40", "0.0044"] in rows
    assert ["ada", "2", "0", "2,000", "40", "0.0044"] in rows
    assert [word for word in words if word not in shown] == []


def test_of_many_users_the_tables_show_those_who_took_most(home: Path, penchant: Run) -> None:
    agent = InterestAgent.open(
        Settings(home=home, llm=LlmSettings(provider="none")), model=ScriptedModel(*["fine"] * 12)
    )
    for number in range(12):
        assert agent.model is not None
        agent.model.generate(Prompt("s", "u" * 90 * number, "explain", f"user-{number}"))
    agent.services.database.close()
    shown = penchant("stats").stdout

    assert "user-11" in shown and "user-1 " not in shown and "2 more users: --json" in shown
