"""Nobody is served what must be forgotten: not by another agent, another process, or in another language."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from filled_homes import Filled
from jam_shop import NOW, call, jams, opened
from long_tests import long_except
from other_process import in_another_process

from penchant import Event, InterestAgent
from penchant.settings import Language


@pytest.fixture
def home(tmp_path: Path, filled: Filled) -> Path:
    return filled(tmp_path, jams)


@pytest.fixture
def reading(home: Path) -> Iterator[InterestAgent]:
    with opened(home) as agent:
        yield agent


ELSEWHERE = pytest.mark.parametrize(
    "elsewhere", [call, partial(in_another_process, call)], ids=["another agent", "another process"]
)
LANGUAGE = pytest.mark.parametrize("lang", long_except("en", ["en", "zh"]))


def co_use(agent: InterestAgent, lang: Language) -> float:
    """How much others' choices speak for figs in bob's list."""
    listed = agent.recommend("bob", 6, lang=lang, llm=False)
    [figs] = [row for row in listed.items if row.item_id == "fig"]
    return sum(part.value for part in figs.contributions if part.signal in ("collaborative", "popularity"))


@ELSEWHERE
@LANGUAGE
@pytest.mark.parametrize("code", ["erase('ada')", "revoke('ada', 'profile')"], ids=["erased", "revoked"])
def test_models_of_items_learnt_from_somebody_who_is_gone_serve_nobody(
    home: Path, reading: InterestAgent, elsewhere: Callable[[Path, str], None], lang: Language, code: str
) -> None:
    before = co_use(reading, lang)

    elsewhere(home, code)

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
@LANGUAGE
def test_behaviour_that_arrives_elsewhere_counts_in_the_next_list(
    home: Path, reading: InterestAgent, elsewhere: Callable[[Path, str], None], lang: Language
) -> None:
    before = co_use(reading, lang)
    at = (NOW - timedelta(days=1)).isoformat()
    bought = [
        {"user_id": user, "type": "purchase", "item_id": item, "at": at} for user in "def" for item in ("cherry", "fig")
    ]

    elsewhere(home, f"observe({bought!r})")

    assert co_use(reading, lang) > before


@ELSEWHERE
@LANGUAGE
def test_a_setting_tuned_elsewhere_is_in_force_for_the_next_list(
    home: Path, reading: InterestAgent, elsewhere: Callable[[Path, str], None], lang: Language
) -> None:
    before = co_use(reading, lang)
    weights = {signal: 2 * weight for signal, weight in reading.services.recommender.tuned().beta.items()}

    elsewhere(home, f"services.documents.put('tuned', {{'beta': {weights!r}}})")

    assert co_use(reading, lang) == pytest.approx(2 * before)


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
