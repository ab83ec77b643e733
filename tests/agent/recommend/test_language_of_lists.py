"""A list in another language than the installation's names interests as the profile does in that language."""

from pathlib import Path

from rule_agent import rule_agent

from penchant import Event
from penchant.characters import Language


def test_reasons_call_interests_by_their_names_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    titles = [
        f"{kind} candle {size}" for kind in ("beeswax", "scented", "pillar") for size in ("small", "large", "tall")
    ]
    languages: tuple[Language, ...] = ("en", "zh")
    with rule_agent(tmp_path, titles) as agent:
        agent.observe(
            [
                Event(user_id="u", type="purchase", item_id=f"i{at}", at=f"2026-05-0{at + 1}T09:00:00Z")
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
