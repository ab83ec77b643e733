"""One shop for all report tests, a browser that refuses the network, and pages on disk."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from report_shop import open_shop

from penchant.agent.interest_agent import InterestAgent
from penchant.tools.report import write_report

CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    """The shop of `report_shop`, made once: reports change nothing in it."""
    return open_shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="session")
def page_of(shop: InterestAgent, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Where the report of a user is, with these options: each is written once."""

    @cache
    def written(user: str, **options: Any) -> Path:
        return write_report(shop, user, tmp_path_factory.mktemp("page") / f"{user}.html", **options)

    return written


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real Chromium, headless. Not for longer than the tests of one file: while it is open, Playwright's loop runs in this thread."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()
