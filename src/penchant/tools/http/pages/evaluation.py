"""The page "Evaluation": how lists are received, the setting in force and what `tune` found, and A/B tests."""

import re
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from pydantic import BeforeValidator
from starlette.responses import HTMLResponse, RedirectResponse

from penchant.agent.recommend.blocks import FEATURES
from penchant.errors import UsageError
from penchant.prompts.locales import Translator, signal_in_words
from penchant.prompts.remarks import remark
from penchant.tools.http.access import caller_with
from penchant.tools.http.context import Agent
from penchant.tools.http.pages.rendering import language_of, page, redirect

router = APIRouter(include_in_schema=False)
READ = [caller_with("read", everybody=True)]
ADMIN = [caller_with("admin", everybody=True)]
TESTS = "/evaluation#tests"


def _number(text: str) -> str | None:
    """Return the number that a form holds as text, None where its field was left empty. Raises `ValueError`."""
    if text.strip() and not re.fullmatch(r"(\d{1,10}(\.\d{0,10})?|\.\d{1,10})", text.strip()):
        raise ValueError(remark("fault_rule"))
    return text.strip() or None


Rule = Annotated[float | None, Form(), BeforeValidator(_number)]
"""A number from a form; empty where the rule stays as it is."""


@router.get("/evaluation", dependencies=READ)
def evaluation(request: Request, agent: Agent) -> HTMLResponse:
    """Show how lists are received, the weights and list rules in force, the last result of `tune`, and all A/B tests."""
    language, stats, tests = language_of(request), agent.stats(), agent.experiments()
    shown: dict[str, Any] = {
        "reception": stats.recommendations,
        "last": agent.last_tune(),
        "weights": [(name, FEATURES[name], value) for name, value in agent.list_weights().items()],
        "rules": agent.list_rules(),
        "tests": list(zip(tests, stats.experiments, strict=True)),
        "running": bool(tests) and tests[0].stopped_at is None,
    }
    shown |= {"stats": Translator(language, "stats"), "tuning": Translator(language, "cli")}
    return page(request, "evaluation.html.j2", **shown, signal=partial(signal_in_words, language=language))


@router.get("/experiments", dependencies=READ)
def experiments() -> RedirectResponse:
    """Lead from the earlier address of the A/B tests to where they are now."""
    return redirect(TESTS)


@router.post("/experiments", dependencies=ADMIN)
def start_experiment(
    agent: Agent,
    name: Annotated[str, Form(max_length=64)],
    share: Annotated[float, Form(gt=0, lt=100)] = 50.0,
    calibration: Rule = None,
    diversity: Rule = None,
    cap: Rule = None,
    freshness: Rule = None,
) -> RedirectResponse:
    """Give `share` per cent of the users other list rules from now on."""
    given = {"calibration": calibration, "diversity": diversity, "cap": cap, "freshness": freshness}
    rules = {rule: value for rule, value in given.items() if value is not None}
    if not rules:
        raise UsageError(remark("experiment_no_change"))
    agent.start_experiment(name, {"current": {"share": 100 - share}, "changed": {"share": share} | rules})
    return redirect(TESTS)


@router.post("/experiments/stop", dependencies=ADMIN)
def stop_experiment(agent: Agent) -> RedirectResponse:
    """Give all users the current settings again."""
    agent.stop_experiment()
    return redirect(TESTS)
