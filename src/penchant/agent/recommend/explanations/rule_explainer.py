"""Why this item, by rule: one or two sentences over facts only: the user's own evidence with its dates, the interest, what would change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol

import numpy as np

from penchant.agent.profiles.engine.codec import LiveInterests
from penchant.agent.recommend.others import LATELY_DAYS, Others
from penchant.prompts.locales import Translator
from penchant.store.event import Event, EventType
from penchant.store.item import Item
from penchant.store.receipt import Degraded, Usage
from penchant.store.recommendation import Citation, Contribution, Counterfactual, Explanation, Signal

DEEDS_EN: dict[str, str] = {
    EventType.PURCHASE: "bought", EventType.VIEW: "viewed", EventType.CLICK: "clicked", EventType.RATING: "rated",
    EventType.LIKE: "liked", EventType.SAVE: "saved", EventType.CART: "put in your cart", EventType.SHARE: "shared",
    EventType.FOLLOW: "followed", EventType.DWELL: "spent time on",
}  # fmt: skip
DEEDS_ZH: dict[str, str] = {
    EventType.PURCHASE: "购买了", EventType.VIEW: "浏览了", EventType.CLICK: "点击了", EventType.RATING: "评价了",
    EventType.LIKE: "喜欢了", EventType.SAVE: "收藏了", EventType.CART: "加购了", EventType.SHARE: "分享了",
    EventType.FOLLOW: "关注了", EventType.DWELL: "细看了",
}  # fmt: skip
NAMED = 2


@dataclass(frozen=True)
class Facts:
    """Everything a reason may rest on: the item, its contributions, the tree, and the user's events and their items by id. `others`: counts
    what others did, when it is to be told."""

    item: Item
    rank: int
    contributions: Sequence[Contribution]
    live: LiveInterests
    events: Mapping[str, Event]
    items: Mapping[str, Item]
    counterfactual: Counterfactual | None = None
    others: Callable[[], Others] = Others

    @cached_property
    def speaking(self) -> list[Contribution]:
        """The contributions a reason may rest on."""
        return speaking(self.contributions, self.live)

    @cached_property
    def leading(self) -> str | None:
        """The interest that carries most of the score."""
        return leading_interest(self.speaking)


@dataclass(frozen=True)
class Explained:
    """The reasons of a list, in its order; what a model used for them, and what it could not do."""

    explanations: tuple[Explanation, ...]
    usage: Usage = field(default_factory=Usage)
    degraded: tuple[Degraded, ...] = ()


class Explainer(Protocol):
    """Whoever finds the words."""

    def explain(self, listed: Sequence[Facts], language: str) -> Explained:
        """One explanation for each item of a list, in `en` or `zh`."""
        ...


class RuleExplainer:
    """Words by rule: always at hand, always true."""

    def explain(self, listed: Sequence[Facts], language: str) -> Explained:
        return Explained(tuple(by_rule(facts, language) for facts in listed))


def by_rule(facts: Facts, language: str) -> Explanation:
    """Names the interest and the evidence that weigh most; where nothing personal speaks, the signal that does."""
    events = telling_events(facts)
    path = leading_path(facts)
    sentences, cites = [], []
    if events:
        shared = _through_others(facts)
        sentences.append(_as_others(events, facts, language) if shared else _because(events, facts, path, language))
        cites += [Citation(event_id=event.event_id) for event in events]
    else:
        signal = strongest_signal(facts.speaking)
        if path is not None and signal == "content":
            sentences.append(_fits(path, language))
        elif signal is not None and (sentence := lead(signal, facts, language)) is not None:
            sentences.append(sentence)
            cites.append(Citation(item_field="item_id"))
    if path is not None:
        cites.append(Citation(interest_id=path[0]))
    if facts.counterfactual is not None and facts.counterfactual.rank > facts.rank:
        sentences.append(_would_be(facts, language))
    text = ("" if language == "zh" else " ").join(sentences) or _nothing(language)
    return Explanation(text=text, source="rule", cites=cites, counterfactual=facts.counterfactual)


def _through_others(facts: Facts) -> bool:
    """Whether the leading interest speaks for the item through what others chose, more than through what the item is like."""
    total = {"content": 0.0, "collaborative": 0.0}
    for part in facts.speaking:
        if part.interest_id == facts.leading and part.signal in total:
            total[part.signal] += part.value
    return total["collaborative"] > total["content"] and facts.others().together > 0


def lead(signal: Signal, facts: Facts, language: str) -> str | None:
    """What a signal alone says for an item: of others, how many; None where there is nobody."""
    if signal not in ("trending", "popularity", "collaborative"):
        return Translator(language, "reasons")(signal)
    others = facts.others()
    if signal == "collaborative":
        return _also_chosen(others.together, language)
    return _chosen_by_others(others.lately if signal == "trending" else others.ever, signal == "trending", language)


def _also_chosen(people: int, language: str) -> str | None:
    say = Translator(language, "reasons")
    if people < 2:
        return say("also_chosen_by_one") if people else None
    return say("also_chosen", people=f"{people:,}")


def _chosen_by_others(count: int, lately: bool, language: str) -> str | None:
    say, days = Translator(language, "reasons"), f"{LATELY_DAYS:g}"
    if count < 2:
        once = say("lately_chosen_once", days=days) if lately else say("chosen_once")
        return once if count else None
    times = f"{count:,}"
    return say("lately_chosen_times", count=times, days=days) if lately else say("chosen_times", count=times)


def speaking(contributions: Sequence[Contribution], live: LiveInterests) -> list[Contribution]:
    """All but those of disliked interests: being unlike what is disliked adds to a score, but nobody is told it is their interest."""
    disliked = {live.ids[leaf] for leaf in np.flatnonzero(live.liking < 0.5)}
    return [part for part in contributions if part.interest_id not in disliked]


def leading_interest(contributions: Sequence[Contribution]) -> str | None:
    """The interest that carries most of the score; None where none speaks for it."""
    total: dict[str, float] = {}
    for part in contributions:
        if part.interest_id is not None:
            total[part.interest_id] = total.get(part.interest_id, 0.0) + part.value
    best = max(total, key=lambda name: (total[name], name), default=None)
    return best if best is not None and total[best] > 0 else None


def telling_events(facts: Facts) -> list[Event]:
    """The events that say most for the item, one for each thing they are about, at most `NAMED`; all of the leading interest, if any."""
    leading = facts.leading
    weight: dict[str, float] = {}
    for part in facts.speaking:
        if len(part.evidence) == 1 and part.value > 0 and leading in (None, part.interest_id):
            weight[part.evidence[0]] = weight.get(part.evidence[0], 0.0) + part.value
    chosen: dict[str, Event] = {}
    for event_id in sorted(weight, key=lambda name: (-weight[name], name)):
        event = facts.events.get(event_id)
        if event is not None and event.item_id in facts.items and event.item_id != facts.item.item_id:
            chosen.setdefault(str(event.item_id), event)
        if len(chosen) == NAMED:
            break
    return list(chosen.values())


def leading_path(facts: Facts) -> tuple[str, tuple[str, ...]] | None:
    name = facts.leading
    return None if name is None else (name, facts.live.paths[facts.live.ids.index(name)])


def strongest_signal(contributions: Sequence[Contribution]) -> Signal | None:
    total: dict[Signal, float] = {}
    for part in contributions:
        total[part.signal] = total.get(part.signal, 0.0) + part.value
    best = max(total, key=lambda name: total[name], default=None)
    return best if best is not None and total[best] > 0 else None


def _because(events: Sequence[Event], facts: Facts, path: tuple[str, tuple[str, ...]] | None, language: str) -> str:
    if language == "zh":
        return f"因为您{_deeds_zh(events, facts)}" + (f"（兴趣：{' › '.join(path[1])}）。" if path else "。")
    return f"You {_deeds_en(events, facts)}" + (f", part of your interest in {' › '.join(path[1])}." if path else ".")


def _as_others(events: Sequence[Event], facts: Facts, language: str) -> str:
    """What the item is not like in itself is not called part of an interest."""
    if language == "zh":
        return f"您{_deeds_zh(events, facts)}；与您选择相同的其他人也选择了它。"
    return f"You {_deeds_en(events, facts)}; others who chose what you chose also chose it."


def _deeds_en(events: Sequence[Event], facts: Facts) -> str:
    """What was done twice or on one day is said once."""
    phrases = []
    for place, event in enumerate(events):
        before, after = events[:place], events[place + 1 :]
        what = _title(event, facts, "en") if before and before[-1].type == event.type else deed(event, facts, "en")
        on = f" on {day(event.at, 'en')}"
        same = after and after[0].type == event.type and day(after[0].at, "en") == day(event.at, "en")
        phrases.append(what if same else what + on)
    return " and ".join(phrases)


def _deeds_zh(events: Sequence[Event], facts: Facts) -> str:
    text = ""
    for place, event in enumerate(events):
        last = events[place - 1] if place else None
        same = last is not None and last.type == event.type and day(last.at, "zh") == day(event.at, "zh")
        text += (
            f"和{_title(event, facts, 'zh')}"
            if same
            else f"{'，' * bool(place)}{day(event.at, 'zh')}{deed(event, facts, 'zh')}"
        )
    return text


def deed(event: Event, facts: Facts, language: str) -> str:
    """What the user did with what."""
    did = DEEDS_ZH.get(event.type, "选择了") if language == "zh" else DEEDS_EN.get(event.type, "chose")
    return did + ("" if language == "zh" else " ") + _title(event, facts, language)


def _title(event: Event, facts: Facts, language: str) -> str:
    """What an event is about; a rating with its number."""
    title = f"“{facts.items[str(event.item_id)].title}”"
    if event.type != EventType.RATING or event.value is None:
        return title
    return f"{title}（{event.value:g}分）" if language == "zh" else f"{title} {event.value:g}"


def day(at: datetime, language: str) -> str:
    return f"{at.year}年{at.month}月{at.day}日" if language == "zh" else f"{at.day} {at:%B %Y}"


def _fits(path: tuple[str, tuple[str, ...]], language: str) -> str:
    return Translator(language, "reasons")("fits", place=" › ".join(path[1]))


def _would_be(facts: Facts, language: str) -> str:
    assert facts.counterfactual is not None
    missing, rank = facts.counterfactual.without_interest, facts.counterfactual.rank
    label = facts.live.labels[facts.live.ids.index(missing)]
    return Translator(language, "reasons")("would_be", label=label, rank=rank)


def _nothing(language: str) -> str:
    return Translator(language, "reasons")("nothing")
