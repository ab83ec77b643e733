"""A list in another language than the installation's names interests as the profile does in that language."""

from pathlib import Path

from penchant import Event, InterestAgent, Item
from penchant.characters import Language
from penchant.settings import LlmSettings, Settings


def test_reasons_call_interests_by_their_names_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    titles = [
        f"{kind} candle {size}" for kind in ("beeswax", "scented", "pillar") for size in ("small", "large", "tall")
    ]
    languages: tuple[Language, ...] = ("en", "zh")
    with InterestAgent.open(Settings(home=tmp_path, llm=LlmSettings(provider="none"))) as agent:
        agent.add_items([Item(item_id=f"c{at}", title=title) for at, title in enumerate(titles)])
        agent.observe(
            [
                Event(user_id="u", type="purchase", item_id=f"c{at}", at=f"2026-05-0{at + 1}T09:00:00Z")
                for at in range(4)
            ]
        )
        agent.update("u")
        topic = {language: agent.profile("u", lang=language).interests[0].label for language in languages}

        reasons = {language: agent.recommend("u", 3, lang=language).items[0].explanation.text for language in languages}

    assert topic == {"en": "Home & Garden", "zh": "家居与园艺"}
    assert {language: topic[language] in reasons[language] for language in languages} == {"en": True, "zh": True}, (
        reasons
    )
