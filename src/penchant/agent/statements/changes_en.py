"""English wordings that end an earlier statement.

These are a replacement ("I switched from A to B", "I used to run, now I swim"), a new value of something a person has
one of at a time (a home, a diet, a favourite player), and the wish to forget something.
"""

import re
from typing import NamedTuple

from penchant.agent.statements.wordings import Kind
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
_X = r"[\w\s'’-]{2,40}"
_WE = r"\b(?:i|we)(?:['’]ve|\s+have)?\s+(?:just\s+|recently\s+|finally\s+|now\s+)?"
_NOW = r"(?:now|nowadays|these\s+days|lately|currently|today)"
_GONE = r"(?:sold|left|quit|dropped|gave\s+up|given\s+up|got\s+rid\s+of|gave\s+away|ditched|cancelled|canceled)"
_DOING = r"(?:drive|use|play|own|ride|drink|eat|wear|read|watch|learn|work\s+(?:at|for|as)|live\s+in|learning|studying|driving|using|playing|working\s+(?:at|for|as)|living\s+in)"
_SWITCHED = (
    lazy(
        rf"{_WE}(?:switched|moved|changed|gone|converted|went|migrated|upgraded|downgraded|transitioned)\s+(?:over\s+)?from\s+(?P<old>{_X}?)\s+to\s+(?P<new>{_X})", _I
    ),
    lazy(rf"{_WE}(?:replaced|substituted)\s+(?P<old>{_X}?)\s+(?:with|by)\s+(?P<new>{_X})", _I),
    lazy(
        rf"{_WE}(?:swapped|traded(?:\s+in)?|exchanged|ditched)\s+(?P<old>{_X}?)\s+for\s+(?!good\b|now\b|ever\b|a\s+while\b)(?P<new>{_X})", _I
    ),
    lazy(
        rf"{_WE}(?:switched|converted|gone\s+over|changed|migrated|moved\s+on)\s+to\s+(?P<new>{_X})", _I
    ),
)  # fmt: skip
#: One thing given up and another taken up, in one sentence.
_TAKEN_UP = lazy(
    rf"{_WE}{_GONE}\s+(?:(?:the|my|our)\s+)?(?P<old>{_X}?)(?:,\s*(?:and\s+|so\s+|but\s+)?|;\s*|\s+(?:and|but)\s+)"
    rf"(?=[^.!?]{{0,60}}\b{_NOW}\b)(?:{_NOW},?\s+)?(?:(?:i|we)(?:['’]m|['’]re|\s+am|\s+are)?\s+)?(?:{_NOW}\s+)?(?P<verb>{_DOING})\s+(?P<new>{_X})",
    _I,
)
#: Something that is no longer done, and the only thing done now.
_ONLY = lazy(
    rf"\b(?:i|we)\s+(?:(?:don['’]?t|do\s+not)\s+(?P<verb>\w+)\s+(?P<old>{_X}?)\s+any\s?(?:more|longer)|no\s+longer\s+(?P<verb2>\w+)\s+(?P<old2>{_X}?)),?\s+(?:but\s+)?(?:only|just)\s+(?P<new>{_X})",
    _I,
)
#: What held before, and what holds now.
_USED_TO = lazy(
    r"(?:^|\b(?:i|we)\s+)(?:used\s+to|once|formerly|previously)\s+(?P<old>[\w\s'’-]{2,60}?)(?:,|;|\s+[-–—]+|\s+but|\s+and)"
    rf"(?:\s+(?:but|and|so))?\s+{_NOW},?\s+(?=(?:i|i['’]\w+|we|it['’]s|it\s+is|my)\b)",
    _I,
)
_OLD_VERB = lazy(
    r"(?:(?:really|absolutely|always|mostly|mainly|only|just)\s+)*(?:(?:love|like|enjoy|adore|prefer|eat|drink|play|watch|read|have|own|use|wear|go|drive|ride|smoke|collect|listen|study|learn|swear|take|do|buy|loved|liked|enjoyed|preferred)\s+(?:to\s+|by\s+)?"
    r"|(?:be|was|were)\s+(?:(?:really|so|very|more)\s+)*(?:a\s+|an\s+|into\s+|obsessed\s+with\s+|on\s+)?|live\s+in\s+|work\s+(?:as|at|for|in)\s+)(?:(?:a|an|the|my)\s+)?",
    _I,
)
_IT_IS = lazy(r"(?:it['’]s|it\s+is)\s+(?:all\s+|mostly\s+|only\s+|just\s+)*(?:about\s+)?(?=\w)", _I)
#: In a sentence about the present: something that is replaced.
_IN_PLACE = lazy(rf"\b(?:instead\s+of|rather\s+than)\s+(?:the\s+|my\s+)?(?P<old>{_X}?)(?=\s+(?:{_NOW}|i|we)\b|[,.!]|$)", _I)  # fmt: skip
_ABOUT_NOW = lazy(rf"\b{_NOW}\b", _I)


class Replacement(NamedTuple):
    """A change: the thing named from `start` of the sentence on replaced `old` (None where the old one is not named).

    `verb`: the verb before the new thing, if any.
    """

    old: str | None
    start: int
    verb: str | None = None


def activity_replacement(sentence: str) -> Replacement | None:
    """Return the change in "I gave up A and took up B" and the like; None where only one of the two is named."""
    if taken := _TAKEN_UP.search(sentence):
        return Replacement(taken["old"], taken.start("new"), taken["verb"].split()[0].casefold())
    if only := _ONLY.search(sentence):
        return Replacement(only["old"] or only["old2"], only.start("new"))
    return None


def direct_replacement(clause: str) -> Replacement | None:
    """Return the change in "I switched from A to B" and the like, or None."""
    found = next((match for regex in _SWITCHED if (match := regex.search(clause))), None)
    return Replacement(found.groupdict().get("old"), found.start("new")) if found else None


def former_habit_replacement(sentence: str) -> Replacement | None:
    """Return the change in "I used to A, now I B"; None where only one of the two is named."""
    found = _USED_TO.search(sentence)
    if found is None:
        return None
    verb = _OLD_VERB.match(sentence, found.start("old"), found.end("old"))
    start = verb.end() if verb and verb.end() < found.end("old") else found.start("old")
    return Replacement(sentence[start : found.end("old")], found.end())


def start_of_current_subject(sentence: str, start: int) -> int | None:
    """Return where the subject begins after "it's all" at `start`; None where that wording is not there."""
    found = _IT_IS.match(sentence, start)
    return found.end() if found else None


def replaced_activity(sentence: str) -> str | None:
    """Return the activity that the sentence says is replaced by another one ("instead of driving"), or None."""
    found = _IN_PLACE.search(sentence) if _ABOUT_NOW.search(sentence) else None
    return found["old"] if found else None


#: Begins a home; one also moves to a new phone. For texts without capitals, the second pattern for "home" finds the place.
_PLACE = (
    r"(?:(?-i:[A-Z])|(?:the|an?|my|our)\s+(?:[\w-]+\s+){0,2}?(?:countryside|country|city|town|village|coast|seaside|sea|suburbs?|mountains|capital|north|south|east|west"
    r"|flat|apartment|house|home|place|studio|farm|island|neighbou?rhood|district|dorm)\b)"
)
_SLOTS = (
    ("home", lazy(rf"\b(?:live\s+(?:in|on|at|near)\b|moved\s+(?:back\s+)?to\s+{_PLACE}|moved\s+from\s+{_PLACE})", _I)),
    ("home", lazy(r"^[^A-Z]{0,80}\bi(?:['’]ve)?\s+(?:just\s+|recently\s+|now\s+)?moved\s+(?:back\s+)?to\s+(?!(?:an?|the|my|our|using|only|more|less)\s)[a-z]{3,}")),
    ("job", lazy(r"\b(?:work\s+as|i['’]m\s+an?\s+\w+\s+by\s+(?:trade|profession))\b", _I)),
    ("diet", lazy(r"\b(?:vegans?|vegetarians?|pescatarians?|flexitarians?|keto|paleo|omnivore|plant-based|carnivore|\w+\s+diet)\b", _I)),
    ("name", lazy(r"\b(?:call\s+me|my\s+name\s+is)\b", _I)),
    ("age", lazy(r"\bi(?:['’]m|\s+am|(?:['’]ve)?\s+(?:just\s+)?turned)\s+(?:now\s+|already\s+)?\d{1,2}(?:\s+years?\s+old)?(?=\s*(?:$|[.,!;]|now\s*(?:$|[.,!;]|and\b|so\b|but\b)|years?\s*(?:$|[.,!;]|old\b)))", _I)),
    ("employer", lazy(r"\bwork(?:ing)?\s+(?:at|for)\s+(?-i:[A-Z])", _I)),
    ("relationship", lazy(r"\b(?:i['’]m|i\s+am|i\s+got|i['’]ve\s+(?:just\s+)?got(?:ten)?)\s+(?:newly\s+|happily\s+|recently\s+|now\s+)?(?:single|married|divorced|engaged|widowed)\b", _I)),
)  # fmt: skip
#: Slots whose value says nothing about a taste.
SLOTS_WITHOUT_TASTE = ("home", "job", "employer", "age", "relationship", "name")


def slot_of(named: str | None, clause: str, kind: Kind) -> str | None:
    """Return the slot of a statement, or None.

    `named`: what a person has one of at a time: "budget", or for a taste "player" (the favourite player). Favourite films
    are several, and another one ends none of them.
    """
    if named and named.strip():
        what = " ".join(named.casefold().split())
        if kind == "fact":
            return what
        several = what.endswith("s") and f"{what} are " in " ".join(clause.casefold().split())
        return None if several else f"favourite {what}"
    return slot_in(clause)


def slot_in(clause: str) -> str | None:
    """Return the slot of what a clause says a person has one of at a time, or None."""
    return next((name for name, regex in _SLOTS if regex.search(clause)), None)


FORGET = lazy(
    r"^(?:please\s+|you\s+can\s+|could\s+you\s+|can\s+you\s+)?(?:(?:forget|never\s?mind|delete|remove|drop|erase|scratch|ignore|unlearn|disregard)(?:\s+(?:the\s+(?:fact|note|part|thing))?(?:\s*(?:that|about))?)?|(?:don['’]?t|do\s+not|no\s+need\s+to|stop)\s+(?:remember(?:ing)?|note|save|store|keep|saving|storing)(?:\s+(?:the\s+fact\s+)?that)?)\s+(?P<rest>(?:about\s+)?(?:(?:everything|anything|all|what(?:ever)?)\s+(?:that\s+)?(?=(?:i|we)\b[^.!?]{0,40}\babout\s+\w))?(?:(?:me|my)\s+)?(?:that\s+)?(?:i|i['’]m|i['’]ve|my|we)\b.*)",
    _I,
)
#: Words before what is to be forgotten that are not part of it.
BEFORE_FORGOTTEN = lazy(
    r"^(?:about\s+)?(?:(?:everything|anything|all|what(?:ever)?)\s+)?(?:that\s+)?(?:(?:i|we)(?:['’]ve|\s+have)?\s+(?:\w+\s+)?(?:said|say|told\s+you|mentioned|wrote|claimed)\s+"
    r"(?:(?:to\s+you\s+)?(?:earlier\s+|before\s+)?about\s+(?:my\s+|me\s+)?|(?:that\s+)?(?=i\b|i['’]|we\b|my\b)))?",
    _I,
)  # fmt: skip
#: "My nut allergy" is an allergy to nuts.
OF_BODY = lazy(r"(?P<what>[\w\s-]+?)[\s-]+(?:allergy|allergies|intolerance|sensitivity)", _I)
