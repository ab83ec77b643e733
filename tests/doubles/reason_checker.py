"""An independent look at reasons: it shares no code with the verifier, and knows only the ledger, the catalogue and the tree.

Every citation must exist and belong to the user; every number, every capitalised word and every month must stand in what is cited or in the
item itself; what is in quotation marks must be somebody's title or label, to the letter.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from penchant.store.event import Event
from penchant.store.item import Item
from penchant.store.recommendation import Explanation

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ANYBODYS_WORDS = {
    "You",
    "Your",
    "I",
    "We",
    "Our",
    "It",
    "This",
    "The",
    "A",
    "An",
    "As",
    "Since",
    "Because",
    "Without",
    "Given",
    "With",
    "Both",
}


@dataclass(frozen=True)
class Known:
    """All that is known of one user: events by id, items by id, and the path of every interest by its id."""

    events: Mapping[str, Event]
    items: Mapping[str, Item]
    paths: Mapping[str, Sequence[str]]


def faults(explanation: Explanation, item: Item, known: Known) -> list[str]:
    """What is cited and does not exist, or is said and does not stand in what is cited."""
    sources, months, found = [item.title], set[str](), list[str]()
    for cite in explanation.cites:
        if cite.event_id is not None:
            event = known.events.get(cite.event_id)
            if event is None:
                found.append(f"cites event {cite.event_id!r}, which the user does not have")
            else:
                sources += [known.items[str(event.item_id)].title, f"{event.at.year} {event.at.month} {event.at.day}"]
                months.add(MONTHS[event.at.month - 1])
        elif cite.interest_id is not None:
            path = known.paths.get(cite.interest_id)
            sources += path or []
            found += [] if path else [f"cites interest {cite.interest_id!r}, which the user does not have"]
        else:
            value = getattr(item, str(cite.item_field), None)
            sources += [str(value)]
            found += [] if value else [f"cites field {cite.item_field!r}, which the item does not have"]
    if explanation.source == "rule" and explanation.counterfactual:
        sources += [
            str(explanation.counterfactual.rank),
            *known.paths.get(explanation.counterfactual.without_interest, []),
        ]
    text = _COUNTED_OTHERS.sub("", explanation.text) if explanation.source == "rule" else explanation.text
    return found + list(_unsupported(text, " ".join(sources), months))


_COUNTED_OTHERS = re.compile(r"\b[\d,]+ (?=other people who chose)|(?<=chosen it )[\d,]+ times")
"""What rules count of others; `test_others` checks the numbers."""


def _unsupported(text: str, source: str, months: set[str]) -> list[str]:
    numbers = set(re.findall(r"\d+", source))
    words = set(re.findall(r"[a-z]+", source.lower()))
    found = [f"number {number}" for number in re.findall(r"\d+", text) if number not in numbers]
    found += [f"month {month}" for month in MONTHS if re.search(rf"\b{month}\b", text) and month not in months]
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        for word in re.findall(r"\b[A-Z][A-Za-z]+\b", sentence):
            fine = (
                word in ANYBODYS_WORDS or word in months or word.lower() in words or word.lower().rstrip("s") in words
            )
            first = sentence.lstrip('“"').startswith(word) and not word.isupper()
            found += [] if fine or first else [f"name {word}"]
    return found + [
        f"quotation {text!r}" for text in re.findall(r"“(.+?)”", text) if text.lower() not in source.lower()
    ]
