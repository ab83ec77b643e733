"""Nobody is served what must be forgotten: not by another agent, another process, or in another language."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filled_homes import Filled
from recommend_shop import WordEmbedder

from penchant import Event, InterestAgent, Item, Settings
from penchant.settings import Language
from penchant.store.clock import FixedClock

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FRUITS = ("apple", "pear", "plum", "cherry", "quince", "fig")


def opened(home: Path) -> InterestAgent:
    settings = Settings(home=home, llm={"provider": "none"})
    return InterestAgent.open(settings, embedder=WordEmbedder(), clock=FixedClock(NOW))


def jams(home: Path) -> None:
    """Ada alone has bought figs with cherries; bob has bought cherries."""
    with opened(home) as agent:
        agent.add_items([Item(item_id=name, title=f"{name} jam", categories=[["Jam"]]) for name in FRUITS])
        bought = [("ada", "cherry"), ("ada", "fig"), ("bob", "cherry"), ("cleo", "pear"), ("cleo", "plum")]
        agent.observe(
            [
                Event(user_id=user, type="purchase", item_id=item, at=NOW - timedelta(days=9, hours=-hour))
                for hour, (user, item) in enumerate(bought)
            ]
        )
        agent.update()


@pytest.fixture
def home(tmp_path: Path, filled: Filled) -> Path:
    return filled(tmp_path, jams)


@pytest.fixture
def reading(home: Path) -> Iterator[InterestAgent]:
    with opened(home) as agent:
        yield agent


def in_another_agent(home: Path, call: str) -> None:
    with opened(home) as agent:
        exec(f"agent.{call}", {"agent": agent})


def in_another_process(home: Path, call: str) -> None:
    program = f"""
import sys
sys.path[:0] = {[str(Path(__file__).parent), str(Path(__file__).parents[2] / "doubles")]!r}
from pathlib import Path
from test_caches import opened
with opened(Path({str(home)!r})) as agent:
    agent.{call}
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


ELSEWHERE = pytest.mark.parametrize(
    "elsewhere", [in_another_agent, in_another_process], ids=["another agent", "another process"]
)
LANGUAGE = pytest.mark.parametrize("lang", ["en", "zh"])


def co_use(agent: InterestAgent, lang: Language) -> float:
    """How much others' choices speak for figs in bob's list."""
    listed = agent.recommend("bob", 6, lang=lang, llm=False)
    [figs] = [row for row in listed.items if row.item_id == "fig"]
    return sum(part.value for part in figs.contributions if part.signal in ("collaborative", "popularity"))


@ELSEWHERE
@LANGUAGE
@pytest.mark.parametrize("call", ["erase('ada')", "revoke('ada', 'profile')"], ids=["erased", "revoked"])
def test_models_of_items_learnt_from_somebody_who_is_gone_serve_nobody(
    home: Path, reading: InterestAgent, elsewhere: Callable[[Path, str], None], lang: Language, call: str
) -> None:
    before = co_use(reading, lang)

    elsewhere(home, call)

    assert co_use(reading, lang) < before


@ELSEWHERE
@LANGUAGE
def test_an_edit_made_elsewhere_shows_at_the_next_read(
    home: Path, reading: InterestAgent, elsewhere: Callable[[Path, str], None], lang: Language
) -> None:
    topic = reading.profile("bob", lang=lang).interests[0]

    elsewhere(home, f"edit('bob', 'mute', {topic.id!r})")

    assert reading.profile("bob", lang=lang).interests[0].status == "muted"


@ELSEWHERE
@LANGUAGE
def test_an_item_that_arrives_elsewhere_can_be_recommended_at_once(
    home: Path, reading: InterestAgent, elsewhere: Callable[[Path, str], None], lang: Language
) -> None:
    reading.recommend("bob", 6, lang=lang, llm=False)

    elsewhere(home, "add_items([__import__('penchant').Item(item_id='medlar', title='medlar jam')])")

    assert "medlar" in {row.item_id for row in reading.recommend("bob", 10, lang=lang, llm=False).items}


@ELSEWHERE
@LANGUAGE
def test_an_update_elsewhere_shows_at_the_next_read(
    home: Path, reading: InterestAgent, elsewhere: Callable[[Path, str], None], lang: Language
) -> None:
    before = reading.profile("bob", lang=lang).version
    reading.observe([Event(user_id="bob", type="purchase", item_id="plum", at=NOW - timedelta(days=1))])

    elsewhere(home, "update('bob')")

    assert reading.profile("bob", lang=lang).version == before + 1


@ELSEWHERE
def test_vectors_of_somebodys_words_are_gone_for_everybody(
    home: Path, reading: InterestAgent, elsewhere: Callable[[Path, str], None]
) -> None:
    reading.observe([Event(user_id="ada", type="message", text="I love medlars", at=NOW)])
    reading.update("ada")

    elsewhere(home, "erase('ada')")

    assert [user.user_id for user in reading.users()] == ["bob", "cleo"]
    assert reading.erase("ada").found["vectors"] == 0


def test_every_cache_is_registered(reading: InterestAgent) -> None:
    reading.recommend("bob", llm=False)

    assert set(reading.services.caches.names) >= {"models of items"}
