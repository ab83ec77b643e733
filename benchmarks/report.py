"""Measure a report of 200 interests and 5,000 events, by rules alone: building it, and opening it in a browser.

Building is compared with reading the profile and the list, which it needs; opening with an empty page that has
Plotly's script.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from penchant.agent.interest_agent import InterestAgent
from penchant.settings import Settings
from penchant.store.clock import FixedClock
from penchant.store.event import Event
from penchant.store.item import Item
from penchant.tools.report import write_report
from penchant.tools.report.build import build
from penchant.tools.report.page import html

NOW = datetime(2026, 6, 1, tzinfo=UTC)
INTERESTS, EACH, DIMENSIONS, ROUNDS = 360, 14, 384, 3
"""Of 360 groups of similar items the engine makes about 200 interests."""
SHELVES = 20


class Directions:
    """An embedder that maps "w17 …" to the direction of w17 with a little noise: as many clear interests as needed."""

    name, dimensions = "directions", DIMENSIONS

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        seeds = [int.from_bytes(word.encode()[-6:], "big") for word in (text.split(maxsplit=1)[0], text)]
        near, noise = (np.random.default_rng(seed).normal(size=DIMENSIONS) for seed in seeds)
        vector = near + 0.3 * noise
        return np.asarray(vector / np.linalg.norm(vector), np.float32)


def items() -> Iterator[Item]:
    for interest in range(INTERESTS):
        shelf = f"Topic {interest % SHELVES}", f"Shelf {interest}"
        for number in range(5):
            yield Item(
                item_id=f"{interest}-{number}",
                title=f"w{interest} thing with a usual title no {number}",
                categories=(shelf,),
            )


def events() -> Iterator[Event]:
    total = INTERESTS * EACH
    for number in range(total):
        interest, copy = number % INTERESTS, number // INTERESTS
        at = NOW - timedelta(days=50 * (total - number) / total)
        yield Event(user_id="ada", type="purchase", item_id=f"{interest}-{copy % 4}", at=at)


class Spent(NamedTuple):
    """Median seconds: wall-clock, and processor time of this process (more reliable on a busy machine)."""

    wall: float
    cpu: float


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> Spent:
    """Return the time that `work` takes."""
    spent = []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        spent.append((time.perf_counter() - wall, time.process_time() - cpu))
    return Spent(*map(median, zip(*spent, strict=True)))


def made(agent: InterestAgent, folder: Path) -> None:
    """Print the cost of building."""
    report = build(agent, "ada", at=NOW)
    leaves = sum(not node.children for node in report.profile.walk())
    print(f"{leaves} interests, {report.evidence.known:,} events")
    base = timed(lambda: (agent.profile("ada", at=NOW), agent.recommend("ada", 10, at=NOW)))
    moments = [*report.changes.moments]
    steps = {
        "profile and list alone": base,
        f"the topics through time ({len(moments)} profiles)": timed(lambda: agent.timeline("ada", moments)),
        "the page of a report (Jinja2)": timed(lambda: html(report)),
        "report --slim, in all": timed(lambda: write_report(agent, "ada", folder / "slim.html", at=NOW, slim=True)),
        "report, in all": timed(lambda: write_report(agent, "ada", folder / "full.html", at=NOW)),
    }
    for name, spent in steps.items():
        print(f"  {name:40} {spent.wall * 1000:7.0f} ms  {spent.cpu * 1000:7.0f} ms CPU  {spent.cpu / base.cpu:5.1f} x")
    for name in ("slim", "full"):
        print(f"  {name}.html: {(folder / f'{name}.html').stat().st_size / 1000:,.0f} kB")


def opened(folder: Path) -> None:
    """Print how long Chromium takes to load each page."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return print("  Chromium is not installed: opening is not measured")
    from playwright.sync_api import sync_playwright
    from plotly.offline import get_plotlyjs

    (folder / "bare.html").write_text(f"<!doctype html><title>bare</title><script>{get_plotlyjs()}</script>", "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        base = 0.0
        for name in ("bare", "slim", "full"):
            spent = []
            for _ in range(ROUNDS):
                page = browser.new_page()
                page.goto((folder / f"{name}.html").as_uri())
                spent.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
                page.close()
            base = base or median(spent)
            print(
                f"  {name}.html opens in {median(spent):8.0f} ms   {median(spent) / base:5.1f} x Plotly's script alone"
            )
        browser.close()
    return None


def main() -> None:
    """Measure building and opening."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings.load(
            home=folder / "home", llm={"provider": "none"}, store={"url": None}, chroma={"url": None}
        )
        agent = InterestAgent.open(settings, clock=FixedClock(NOW), embedder=Directions())
        agent.add_items(list(items()))
        agent.observe(list(events()))
        agent.update("ada", at=NOW)
        made(agent, folder)
        opened(folder)


if __name__ == "__main__":
    main()
