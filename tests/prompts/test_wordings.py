"""What a person reads, in both languages, to the letter: reasons, dates, labels, and how a conversation is told to a model."""

from datetime import UTC, datetime

import numpy as np
import pytest
from inline_snapshot import snapshot

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.recommend.explanations.rule_explainer import Facts, by_rule
from penchant.agent.recommend.explanations.why_not import event_on_day, gone
from penchant.agent.taxonomy.categories import place_label
from penchant.store.event import Event, EventType
from penchant.store.item import Item
from penchant.store.ledger import ItemEvent
from penchant.store.recommendation import Contribution
from penchant.tools.report.phrases import Phrases

BOUGHT = datetime(2026, 5, 3, tzinfo=UTC)
LATER = datetime(2026, 12, 24, tzinfo=UTC)
ITEMS = {name: Item(item_id=name, title=name.upper()) for name in ("pot", "mug", "lamp")}
TYPES = [*EventType, "wished"]
LANGUAGES = ("en", "zh")


def reason(first: Event, second: Event | None, language: str) -> str:
    """Why the lamp, after one event or two."""
    events = {event.event_id: event for event in (first, second) if event is not None}
    live = LiveInterests(
        user_id="ada", version=1, as_of=LATER, ids=("n1",), labels=("Pots",), paths=(("Kitchen", "Pots"),),
        vectors=np.ones((1, 1), np.float32), p=np.ones(1), liking=np.ones(1), muted=np.zeros(1, bool), pinned=np.zeros(1, bool),
        stated=np.zeros(1, bool), acted=np.ones(1, bool), evidence=(tuple(events),),
    )  # fmt: skip
    parts = [Contribution(signal="content", interest_id="n1", evidence=(name,), value=1.0) for name in events]
    return by_rule(Facts(ITEMS["lamp"], 1, parts, live, events, ITEMS), language).text


def event(number: int, kind: str, item: str, at: datetime, value: float | None = None) -> Event:
    return Event.model_construct(user_id="ada", event_id=f"e{number}", type=kind, item_id=item, at=at, value=value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_has_words_for_every_kind_of_event_and_for_one_that_settings_added(language: str) -> None:
    value = {EventType.RATING: 4.5}
    texts = {str(kind): reason(event(1, kind, "pot", BOUGHT, value.get(kind)), None, language) for kind in TYPES}

    assert texts == SINGLE[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kinds", "second_day"),
    [
        (("purchase", "purchase"), BOUGHT),
        (("purchase", "purchase"), LATER),
        (("rating", "rating"), LATER),
        (("view", "rating"), BOUGHT),
    ],
)
def test_two_events_are_told_in_one_sentence(language: str, kinds: tuple[str, str], second_day: datetime) -> None:
    ratings = [4.0 if kind == "rating" else None for kind in kinds]
    text = reason(
        event(1, kinds[0], "pot", BOUGHT, ratings[0]), event(2, kinds[1], "mug", second_day, ratings[1]), language
    )

    assert text == PAIRS[language][kinds, second_day.month]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_keeps_an_item_off_is_told_with_its_day(language: str) -> None:
    events = [ItemEvent(f"e{at}", "pot", kind, int(BOUGHT.timestamp() * 1e6), 3.5) for at, kind in enumerate(TYPES)]
    texts = {str(event.type): event_on_day(language, event, UTC) for event in events}

    assert texts == KEPT_OFF[language]
    assert event_on_day(language, events[TYPES.index(EventType.RATING)], UTC, refused=True) == RATED_LOW[language]
    assert gone(language, LATER.timestamp(), UTC, "") == ENDED[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_of_a_report_are_written_in_full_and_for_lists(language: str) -> None:
    phrases = Phrases(language)
    days = [datetime(2026, month, 1 + month, tzinfo=UTC) for month in range(1, 13)]

    assert [phrases.day(at) for at in days] == IN_FULL[language]
    assert [phrases.short_day(at) for at in days] == IN_LISTS[language]


def test_a_theme_called_by_its_place_is_parted_from_its_detail_as_each_language_does() -> None:
    place = place_label({"en": "Kitchen", "zh": "厨房"}, "Enamel")

    assert place == snapshot({"en": "Kitchen: Enamel", "zh": "厨房：Enamel"})
    assert place_label(place, "Red") == snapshot({"en": "Kitchen: Enamel, Red", "zh": "厨房：Enamel、Red"})


SINGLE = snapshot(
    {
        "en": {
            "view": "You viewed “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "click": "You clicked “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "search": "You chose “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "like": "You liked “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "save": "You saved “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "cart": "You put “POT” in the cart on 3 May 2026, part of your interest in Kitchen › Pots.",
            "purchase": "You bought “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "rating": "You rated “POT” 4.5 on 3 May 2026, part of your interest in Kitchen › Pots.",
            "dwell": "You spent time on “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "share": "You shared “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "follow": "You followed “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "message": "You chose “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "skip": "You skipped “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "hide": "You hid “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "dislike": "You disliked “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "return": "You returned “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
            "wished": "You chose “POT” on 3 May 2026, part of your interest in Kitchen › Pots.",
        },
        "zh": {
            "view": "因为您2026年5月3日浏览了“POT”（兴趣：Kitchen › Pots）。",
            "click": "因为您2026年5月3日点击了“POT”（兴趣：Kitchen › Pots）。",
            "search": "因为您2026年5月3日选择了“POT”（兴趣：Kitchen › Pots）。",
            "like": "因为您2026年5月3日喜欢了“POT”（兴趣：Kitchen › Pots）。",
            "save": "因为您2026年5月3日收藏了“POT”（兴趣：Kitchen › Pots）。",
            "cart": "因为您2026年5月3日加购了“POT”（兴趣：Kitchen › Pots）。",
            "purchase": "因为您2026年5月3日购买了“POT”（兴趣：Kitchen › Pots）。",
            "rating": "因为您2026年5月3日评价了“POT”（4.5分）（兴趣：Kitchen › Pots）。",
            "dwell": "因为您2026年5月3日细看了“POT”（兴趣：Kitchen › Pots）。",
            "share": "因为您2026年5月3日分享了“POT”（兴趣：Kitchen › Pots）。",
            "follow": "因为您2026年5月3日关注了“POT”（兴趣：Kitchen › Pots）。",
            "message": "因为您2026年5月3日选择了“POT”（兴趣：Kitchen › Pots）。",
            "skip": "因为您2026年5月3日跳过了“POT”（兴趣：Kitchen › Pots）。",
            "hide": "因为您2026年5月3日隐藏了“POT”（兴趣：Kitchen › Pots）。",
            "dislike": "因为您2026年5月3日不喜欢“POT”（兴趣：Kitchen › Pots）。",
            "return": "因为您2026年5月3日退回了“POT”（兴趣：Kitchen › Pots）。",
            "wished": "因为您2026年5月3日选择了“POT”（兴趣：Kitchen › Pots）。",
        },
    }
)
PAIRS = snapshot(
    {
        "en": {
            (
                ("purchase", "purchase"),
                5,
            ): "You bought “POT” and “MUG” on 3 May 2026, part of your interest in Kitchen › Pots.",
            (
                ("purchase", "purchase"),
                12,
            ): "You bought “POT” on 3 May 2026 and “MUG” on 24 December 2026, part of your interest in Kitchen › Pots.",
            (
                ("rating", "rating"),
                12,
            ): "You rated “POT” 4 on 3 May 2026 and “MUG” 4 on 24 December 2026, part of your interest in Kitchen › Pots.",
            (
                ("view", "rating"),
                5,
            ): "You viewed “POT” on 3 May 2026 and rated “MUG” 4 on 3 May 2026, part of your interest in Kitchen › Pots.",
        },
        "zh": {
            (("purchase", "purchase"), 5): "因为您2026年5月3日购买了“POT”和“MUG”（兴趣：Kitchen › Pots）。",
            (
                ("purchase", "purchase"),
                12,
            ): "因为您2026年5月3日购买了“POT”，2026年12月24日购买了“MUG”（兴趣：Kitchen › Pots）。",
            (
                ("rating", "rating"),
                12,
            ): "因为您2026年5月3日评价了“POT”（4分），2026年12月24日评价了“MUG”（4分）（兴趣：Kitchen › Pots）。",
            (
                ("view", "rating"),
                5,
            ): "因为您2026年5月3日浏览了“POT”，2026年5月3日评价了“MUG”（4分）（兴趣：Kitchen › Pots）。",
        },
    }
)
KEPT_OFF = snapshot(
    {
        "en": {
            "view": "You looked at it on 3 May 2026.",
            "click": "You looked at it on 3 May 2026.",
            "search": "You chose it on 3 May 2026.",
            "like": "You liked it on 3 May 2026.",
            "save": "You saved it on 3 May 2026.",
            "cart": "You put it in the cart on 3 May 2026.",
            "purchase": "You bought it on 3 May 2026.",
            "rating": "You rated it on 3 May 2026 with 3.5.",
            "dwell": "You looked at it on 3 May 2026.",
            "share": "You shared it on 3 May 2026.",
            "follow": "You followed it on 3 May 2026.",
            "message": "You chose it on 3 May 2026.",
            "skip": "You skipped it on 3 May 2026.",
            "hide": "You hid it on 3 May 2026.",
            "dislike": "You disliked it on 3 May 2026.",
            "return": "You returned it on 3 May 2026.",
            "wished": "You chose it on 3 May 2026.",
        },
        "zh": {
            "view": "您在2026年5月3日看过它。",
            "click": "您在2026年5月3日看过它。",
            "search": "您在2026年5月3日选择了它。",
            "like": "您在2026年5月3日喜欢了它。",
            "save": "您在2026年5月3日收藏了它。",
            "cart": "您在2026年5月3日加购了它。",
            "purchase": "您在2026年5月3日购买了它。",
            "rating": "您在2026年5月3日评价了它（3.5分）。",
            "dwell": "您在2026年5月3日看过它。",
            "share": "您在2026年5月3日分享了它。",
            "follow": "您在2026年5月3日关注了它。",
            "message": "您在2026年5月3日选择了它。",
            "skip": "您在2026年5月3日跳过了它。",
            "hide": "您在2026年5月3日隐藏了它。",
            "dislike": "您在2026年5月3日不喜欢它。",
            "return": "您在2026年5月3日退回了它。",
            "wished": "您在2026年5月3日选择了它。",
        },
    }
)
RATED_LOW = snapshot(
    {
        "en": "You rated it on 3 May 2026 with 3.5, below your usual.",
        "zh": "您在2026年5月3日评价了它（3.5分），低于您平时的评分。",
    }
)
ENDED = snapshot({"en": "It has not been offered since 24 December 2026.", "zh": "它自2026年12月24日起不再提供。"})
IN_FULL = snapshot(
    {
        "en": [
            "2 January 2026",
            "3 February 2026",
            "4 March 2026",
            "5 April 2026",
            "6 May 2026",
            "7 June 2026",
            "8 July 2026",
            "9 August 2026",
            "10 September 2026",
            "11 October 2026",
            "12 November 2026",
            "13 December 2026",
        ],
        "zh": [
            "2026年1月2日",
            "2026年2月3日",
            "2026年3月4日",
            "2026年4月5日",
            "2026年5月6日",
            "2026年6月7日",
            "2026年7月8日",
            "2026年8月9日",
            "2026年9月10日",
            "2026年10月11日",
            "2026年11月12日",
            "2026年12月13日",
        ],
    }
)
IN_LISTS = snapshot(
    {
        "en": [
            "2 Jan 2026",
            "3 Feb 2026",
            "4 Mar 2026",
            "5 Apr 2026",
            "6 May 2026",
            "7 Jun 2026",
            "8 Jul 2026",
            "9 Aug 2026",
            "10 Sep 2026",
            "11 Oct 2026",
            "12 Nov 2026",
            "13 Dec 2026",
        ],
        "zh": [
            "2026-01-02",
            "2026-02-03",
            "2026-03-04",
            "2026-04-05",
            "2026-05-06",
            "2026-06-07",
            "2026-07-08",
            "2026-08-09",
            "2026-09-10",
            "2026-10-11",
            "2026-11-12",
            "2026-12-13",
        ],
    }
)
