"""What a person has one of at a time, in English: a home, a diet, a favourite player. A new one ends the old."""

import re

from penchant.agent.statements.wordings_en import Kind

_I = re.IGNORECASE
#: What one moves to and lives in; one also moves to a new phone. Who writes no capitals names places without.
_PLACE = (
    r"(?:(?-i:[A-Z])|(?:the|an?|my|our)\s+(?:[\w-]+\s+){0,2}?(?:countryside|country|city|town|village|coast|seaside|sea|suburbs?|mountains|capital|north|south|east|west"
    r"|flat|apartment|house|home|place|studio|farm|island|neighbou?rhood|district|dorm)\b)"
)
_SLOTS = (
    ("home", re.compile(rf"\b(?:live\s+(?:in|on|at|near)\b|moved\s+(?:back\s+)?to\s+{_PLACE}|moved\s+from\s+{_PLACE})", _I)),
    ("home", re.compile(r"^[^A-Z]{0,80}\bi(?:['’]ve)?\s+(?:just\s+|recently\s+|now\s+)?moved\s+(?:back\s+)?to\s+(?!(?:an?|the|my|our|using|only|more|less)\s)[a-z]{3,}")),
    ("job", re.compile(r"\b(?:work\s+as|i['’]m\s+an?\s+\w+\s+by\s+(?:trade|profession))\b", _I)),
    ("diet", re.compile(r"\b(?:vegans?|vegetarians?|pescatarians?|flexitarians?|keto|paleo|omnivore|plant-based|carnivore|\w+\s+diet)\b", _I)),
    ("name", re.compile(r"\b(?:call\s+me|my\s+name\s+is)\b", _I)),
    ("age", re.compile(r"\bi(?:['’]m|\s+am|(?:['’]ve)?\s+(?:just\s+)?turned)\s+(?:now\s+|already\s+)?\d{1,2}(?:\s+years?\s+old)?(?=\s*(?:$|[.,!;]|now\s*(?:$|[.,!;]|and\b|so\b|but\b)|years?\s*(?:$|[.,!;]|old\b)))", _I)),
    ("employer", re.compile(r"\bwork(?:ing)?\s+(?:at|for)\s+(?-i:[A-Z])", _I)),
    ("relationship", re.compile(r"\b(?:i['’]m|i\s+am|i\s+got|i['’]ve\s+(?:just\s+)?got(?:ten)?)\s+(?:newly\s+|happily\s+|recently\s+|now\s+)?(?:single|married|divorced|engaged|widowed)\b", _I)),
)  # fmt: skip
#: What one has one of and yet neither likes nor dislikes.
NO_TASTE = ("home", "job", "employer", "age", "relationship", "name")


def slot_of(named: str | None, clause: str, kind: Kind) -> str | None:
    """`named`: what a person has one of: "budget", or with a taste "player" (the favourite one)."""
    if named and named.strip():
        what = " ".join(named.casefold().split())
        return what if kind == "fact" else f"favourite {what}"
    return slot_in(clause)


def slot_in(clause: str) -> str | None:
    """What a clause tells of that one has one of at a time; None where it tells of no such thing."""
    return next((name for name, regex in _SLOTS if regex.search(clause)), None)
