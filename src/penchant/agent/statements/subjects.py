"""Decides whether two statements have the same subject, by word stems in English, in Chinese and across both.

"black coffee", "drinking black coffee" and 「黑咖啡」 are the same; "black coffee" is within "coffee". No embedder is
used, so that the result is the same on every installation.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from penchant.agent.statements.phrases_en import BY_WHEN, FREQUENCY
from penchant.characters import IDEOGRAPHS, simplified
from penchant.lazy_patterns import lazy

Terms = frozenset[str]
_WORD = lazy(r"[a-z0-9]+(?:['’][a-z]+)?", re.IGNORECASE)
_LONGEST = 6
#: Words that do not identify a subject.
_LIGHT = frozenset(
    """
    a an the my our your his her their its of for to in on at with and or from by as that which who is are be am was any some all more most
    very really i me we us it them this these those so too also just only not no never do does doing have has having go going goes get
    getting eat eating eats drink drinking drinks watch watching play playing plays use using uses wear wearing read reading listen
    listening buy buying make making take taking see seeing try trying attend attending visit visiting cook keep new kind type sort things
    thing stuff anything everything something style person fan fans lover music genre diet food foods films film movies movie shows show
    games game books book anymore much lot such like learn learning study studying
    """.split()  # noqa: SIM905
)
#: Chinese verbs and prepositions before a subject.
_BEFORE = lazy(
    r"^(?:在|去|看|吃|喝|穿|坐|用|玩|听|做|打|学|逛|下|弹|踢|滑|爬|刷|住在?|养|读|写|骑|练|抽|买|怕|敢|再|喂)+(?=.)"
)
_FILLER_HAN = frozenset("的了着过和与及吃喝看听用玩做去坐穿住养读写乐片剧类味")
#: Synonyms: "word in the text" = "word it counts as".
_SAME = dict(
    pair.split("=")
    for pair in """
    movies=film movie=film films=film soccer=football coriander=cilantro aubergine=eggplant photos=photography photographs=photography
    bicycle=bike bicycles=bike cycling=bike biking=bike hikes=hiking hike=hiking runs=running run=running jogging=running scary=horror
    driving=drive
    flying=plane fly=plane planes=plane airplanes=plane flights=plane sweets=sweet sweetened=sweet smoke=smoking cigarettes=smoking
    booze=alcohol drinking=alcohol beers=beer automobile=car veggie=vegetarian plant-based=vegan television=tv coding=programming
    swim=swimming ski=skiing camp=camping travelling=travel traveling=travel pup=dog nuts=nut crowded=crowd crowds=crowd noisy=noise
    loud=noise sci=scifi fi=scifi color=colour colors=colour colours=colour
    """.split()  # noqa: SIM905
)


#: Words before the thing that a habit is about.
_DOES = lazy(
    r"^(?:eat|drink|crave|have|watch|read|play|collect|wear|use|listen\s+to|eating|drinking|having|watching|reading|playing|collecting|wearing|using|listening\s+to)\s+(?:(?:an?|the|some)\s+)?(?=\w)",
    re.IGNORECASE,
)


#: Words around what is done: that one can or tends to do it, how often roughly, and at what age.
_BEFORE_DEED = lazy(r"^(?:(?:can|could|tend\s+to|try\s+to|do(?=\s+[a-z]+(?:\s|$)))\s+)+(?!not\b)(?=\w)", re.IGNORECASE)
_BEHIND_DEED = lazy(
    r"\s+(?:maybe|perhaps|about|roughly|around|usually|only|all\s+(?:day|night|the\s+time)"
    r"|at\s+(?:the\s+age\s+of\s+)?(?:\d\d|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:-\w+)?))$",
    re.IGNORECASE,
)
#: Words before the device or shop that alone is used: "on my Kobo".
_ON_MINE = lazy(r"^(?:on|with|from|at|in)\s+(?:my|our)\s+(?=\w)", re.IGNORECASE)


def thing_done(subject: str) -> str:
    """Return what a habit or goal is about, without its time: "green tea" of "drink green tea every morning"."""
    deed = _BEFORE_DEED.sub("", _BEHIND_DEED.sub("", without_times(subject)))
    return _DOES.sub("", deed, count=1) or subject


def label_of(subject: str, *, done: bool) -> str:
    """Return what an interest in the subject is called. `done`: the subject is an activity."""
    return thing_done(subject) if done else _ON_MINE.sub("", subject)


def without_times(subject: str) -> str:
    """Return what is done, without how often and by when: "drink green tea" of "drink green tea every morning"."""
    return FREQUENCY.sub("", BY_WHEN.sub("", subject)) or subject


@lru_cache(4096)
def terms(subject: str) -> Terms:
    """Return the stems that identify a subject; Chinese words in English where the word list has them."""
    found = set(_english(FREQUENCY.sub("", BY_WHEN.sub("", subject)) or subject))
    for run in IDEOGRAPHS.findall(subject):
        found |= set(_chinese(run))
    return frozenset(found)


def is_same_subject(first: str, other: str) -> bool:
    """Return whether both subjects name the same thing."""
    ours, theirs = terms(first), terms(other)
    return bool(ours) and ours == theirs


def within(narrow: str, broad: str) -> bool:
    """Return whether `narrow` is the same as `broad` or a kind of it ("black coffee" of "coffee")."""
    ours, theirs = terms(narrow), terms(broad)
    return bool(theirs) and theirs <= ours


def stem(word: str) -> str:
    """Return an English word without its plural; the same for different forms and synonyms of one thing."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    if word in _SAME:
        return _SAME[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "oes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(4096)
def head_word(subject: str) -> str | None:
    """Return the last word of a subject, which names its category ("seat" of "window seats"); None if it is the only word."""
    if IDEOGRAPHS.search(subject):
        heads = subject.rsplit("的", 1)
        if len(heads) == 2 and heads[1]:
            return heads[1]
        return subject[-1] if len(subject) >= 3 else None
    words = [stem(word) for word in _WORD.findall(subject)]
    return words[-1] if len(words) >= 2 else None


@lru_cache(4096)
def gloss(text: str) -> str:
    """Return the English of a Chinese text, word by word; empty where the word list has none of its words."""
    found = [word for run in IDEOGRAPHS.findall(text) for word in _chinese(run) if word.isascii()]
    return " ".join([*_WORD.findall(text), *found])


def _english(subject: str) -> Iterator[str]:
    words = [word.casefold() for word in _WORD.findall(subject.replace("hot pot", "hotpot"))]
    heavy = [word for word in words if word not in _LIGHT] or words
    yield from (_SAME.get(stem(word), stem(word)) for word in heavy)


def _chinese(run: str) -> Iterator[str]:
    """Yield the meanings of a run of Chinese, longest words first; words not in the list stay as they are."""
    known, at, unknown = _word_list(), 0, ""
    run = simplified(run)
    stripped = _BEFORE.sub("", run)
    run = stripped if run not in known else run
    while at < len(run):
        size = next((size for size in range(min(_LONGEST, len(run) - at), 0, -1) if run[at : at + size] in known), 0)
        if size:
            yield from known[run[at : at + size]]
            yield from _rest(unknown)
            unknown, at = "", at + size
        else:
            unknown, at = unknown + run[at], at + 1
    yield from _rest(unknown)


def _rest(unknown: str) -> Iterator[str]:
    rest = "".join(character for character in unknown if character not in _FILLER_HAN)
    if rest:
        yield rest


@cache
def _word_list() -> dict[str, tuple[str, ...]]:
    lines = files(__package__).joinpath("bilingual.txt").read_text("utf-8").splitlines()
    pairs = [line.split(" ", 1) for line in lines if line and not line.startswith("#")]
    return {word: tuple(_english(meaning)) for word, meaning in pairs}
