"""Reads how users judge what a list or an answer showed them: like, dislike, rating, opening, taking or leaving.

When a text offers several things side by side ("the salad sounds perfect, the others don't work for me"), only
explicit judgements count: by name, by place, or as "the others". Questions and conditions judge nothing, and what is
judged both ways is left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from penchant.agent.chat.answers import Shown
from penchant.agent.chat.references import DIGITS_ZH, Items, is_only_a_reference, is_pointing, place_in
from penchant.agent.chat.user_words import GENERIC, NEAR, Clause, clauses, listed, stem, words_of
from penchant.characters import HAN, IDEOGRAPH, has_han
from penchant.store.importing.transcripts import Judgement
from penchant.store.plain import squeezed

_I = re.IGNORECASE
_VERBS = {outcome: frozenset(listed("reactions", outcome)) for outcome in ("liked", "disliked")}
"""Verbs of judgement, which count with the user as their subject."""
_JUDGING = frozenset().union(*_VERBS.values())
_OF_ONE = frozenset(listed("reactions", "of_one"))
"""Words that begin the object of a verb, or follow it, where the object is something shown or a part of it."""
_HOW_MUCH = frozenset(listed("reactions", "how_much"))
_JUDGED_ZH = re.compile(rf"(?:喜欢|讨厌|爱看|爱吃|爱听)([{HAN}《》]{{1,12}})")
_OF_ONE_ZH = ("这", "那", "它", "第", "的", "《", "了", "吗", "呢", "啊")
_ADJECTIVES = {outcome: frozenset(listed("reactions", f"{outcome}_it_is")) for outcome in ("liked", "disliked")}
_SAID_OF_IT = frozenset(listed("reactions", "said_of_it"))
_OPENED = frozenset(listed("reactions", "opened"))
_WISHES = frozenset(listed("reactions", "wishes"))
_SUBJECTS = frozenset(listed("reactions", "subjects"))
_ZH = {outcome: listed("reactions", f"{outcome}_zh") for outcome in ("disliked", "liked")}
_OPENED_ZH = listed("reactions", "opened_zh")
_WISHES_ZH = listed("reactions", "wishes_zh")
_NUMBER_WORDS = {word: number for number, word in enumerate(listed("references", "numbers"), start=1)}
_STARS = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s?(?:stars?\b|/\s?\d{1,3}\b|out\sof\b|points?\b|星|分|颗星)")
_STARS_ZH = re.compile(r"([一二两三四五六七八九十])(?:颗星|星|分)")
#: A condition; not a title ("If Beale Street Could Talk"), "even if", "if a bit long", nor 要是 in 主要是.
_SUPPOSES = re.compile(
    r"^\W*(?:(?:and|only|or|so|but)\s+)?(?:[Ii]f(?!(?:\s+[A-Z][\w'’]*){3})|[Uu]nless)\b"
    r"|(?<!even)(?<!as)\s(?:if\s+(?:it|it['’]\w+|they|they['’]\w+|there|the|you|we|he|she|that|this|these|those|my|i(?!['’]m\s+honest|\s+(?:remember|may|am\s+honest)))"
    r"|unless)\b|(?<!不)如果|(?<![主只需重想])要是|除非"
)
_TITLE_ZH = re.compile(r"《[^《》]{1,60}》")
#: Words that take or leave one of several things; they judge it only where a choice was offered.
_UNWANTED = re.compile(
    r"(?:\b(?:not|never|no|cannot|dont|doesnt|cant|wont|isnt|arent)\b|n['’]t\b)(?:\s+\S+){0,4}?\s+(?:works?|for\s+(?:me|us)|my|like|love|fan|into|keen|appeal|suit"
    r"|want|care|sounds?|good|great|right|fit|thanks|do|eat|have|interested|convinced)\b"
    r"|^\s*(?:not|no)\s+(?:the|a|an|that)\b|\b(?:hate|dislike|boring|too\s+\w+|rather\s+not|skip|pass\s+on|hard\s+pass|no\s+thanks|put\s+me\s+off|(?:are|is)\s+out)\b"
    rf"|不行|不合适|不适合|不要|不喜欢|不爱|不想|不太|不考虑|算了|没兴趣|不感兴趣|太[{HAN}]{{1,2}}了",
    _I,
)
_WANTED = re.compile(
    r"\b(?:sounds?|looks?|seems?|is|are|was|were|be|works?|['’]s)\s+(?:\w+\s+){0,2}?(?:perfect(?:ly)?|great|good|lovely|nice|ideal|amazing|delicious|wonderful|fantastic"
    r"|fun|right|best|tempting|awesome|fine|brilliant|for\s+(?:me|us))\b|['’]s\s+perfect\b"
    r"|\b(?:i['’]ll|i\s+will|ill|let['’]?s|we['’]ll|i['’]d)\s+(?:\w+\s+)?(?:take|go|have|do|try|choose|pick|get|book|love|like|watch|read|order)\b"
    r"|\b(?:i|we)\s+(?:really\s+|quite\s+|do\s+)?(?:like|love|choose|pick|prefer|want)\b|^\s*(?:perfect|great|yes|love)\b"
    r"|不错|很好|挺好|再好不过|完美|很棒|太棒|真棒|就要|就选|我选|我要|喜欢|可以|正合适|很合适|很适合|正好",
    _I,
)  # fmt: skip
#: Asks to take something that was shown off the list: "remove the second one", "I don't want it", 「第二个不要」. Nothing else
#: follows it in the clause: "hide it from my wife" and "drop me a line about it" ask for something else.
_LIST = r"(?:the|this|that|my|your)\s+(?:list|page|results?|recommendations?|suggestions?)"
_AFTERWARDS = rf"(?:[\s,]+(?:please|then|now|too|again|anymore|any\s+more|instead|thanks|for\s+me|(?:from|off|on|in)\s+{_LIST}))*+\W*$"
_TAKEN_OFF = re.compile(
    r"^\W*(?:(?:please|and|but|so|then|ok(?:ay)?|no|just|can\s+you|could\s+you|you\s+can)[\s,]+)*+"
    r"(?:(?:remove|hide|drop|delete|skip|ditch|lose|get\s+rid\s+of|take\s+(?:away|out|off)|leave\s+out)\s+(?P<thing>[^,;]{2,40}?)"
    r"|(?:take|leave)\s+(?P<between>[^,;]{2,40}?)\s+(?:away|out|off))"
    rf"(?:\s+(?:of\s+)?{_LIST})?{_AFTERWARDS}"
    rf"|\b(?:i|we)\s+(?:really\s+)?(?:do\s+not|don['’]?t)\s+(?:want|need)\s+(?P<unwanted>[^,;]{{2,40}}?){_AFTERWARDS}",
    _I,
)
_REMOVE_ZH = r"(?:去掉|删掉|删除|删了|拿掉|移除|去除|换掉)"
_FROM_LIST_ZH = r"(?:从?(?:列表|清单|推荐)(?:里面?|中)?的?)?"
_TAKEN_OFF_ZH = re.compile(
    r"^\W*(?:请|麻烦|帮我|给我|你?能不能|可以|那|就|把|将)*+"
    rf"(?:{_REMOVE_ZH}{_FROM_LIST_ZH}(?P<thing>\S{{1,10}}?)|{_FROM_LIST_ZH}(?P<moved>\S{{1,10}}?)(?:从(?:列表|清单|推荐)(?:里面?|中)?)?(?:给我|都|也)?{_REMOVE_ZH}"
    r"|(?:我|真的|也|就|再)*+不(?:想)?要(?P<unwanted>\S{1,10}?)|(?P<left>\S{1,10}?)(?:我|也|就|都)*不(?:想)?要)(?:了|吧|啦|谢谢)*+\W*$"
)
#: Takes something that was shown, and nothing else follows: "I'll take the second one", 「我要第二个」; and leaves it: "not this one".
_TAKES = re.compile(
    r"^\W*(?:(?:please|and|but|so|then|ok(?:ay)?|no|yes|just)[\s,]+)*+(?:(?:i|we)(?:['’]ll|\s+will|(?:['’]d|\s+would)(?=\s+(?:rather|prefer|go\s|like\s+to)))?\s+(?:(?:just|rather|really|like\s+to)\s+)*(?:take|want|choose|pick|go\s+(?:with|for)|prefer|(?<!\bi\s)(?<!\bwe\s)(?:have|get|buy))"
    rf"|(?:give|get)\s+me|let['’]?s\s+(?:take|go\s+(?:with|for)))\s+(?P<thing>[^,;]{{2,40}}?){_AFTERWARDS}",
    _I,
)
_TAKES_ZH = re.compile(
    r"^\W*(?:那|就|我|还是|想|请|给|帮)*+(?:要|选|买|拿|换成|改成)了?(?P<thing>[^，。！？\s]{1,10}?)(?:吧|啦|了|好了|谢谢)*+\W*$"
)
_LEAVES = re.compile(rf"^\W*(?:no,?\s+)?not\s+(?P<thing>[^,;]{{2,40}}?){_AFTERWARDS}", _I)


@dataclass(frozen=True)
class Reaction:
    """A judgement in the user's own words. `outcome`: liked, disliked, clicked or rated:N; `item`: the item, if clear."""

    outcome: str
    item: Shown | None


def reactions(message: str, items: Items) -> list[Reaction]:
    """Return every judgement of an item in the message, in order, each once.

    A clause that names no item is about the only item the message names, or else the only one there is, unless it is
    about a kind of thing ("I don't like horror"). "It" means the item named before it in the message, if there is one.
    """
    found = list[tuple[Clause, str | None, Shown | None]]()
    for clause in clauses(message):
        named_before = next((item for _, _, item in reversed(found) if item), None)
        meant = _meant(clause, items)
        is_focus = _is_reference_only(clause.raw) and meant == items.only_candidate
        found.append((clause, outcome_in(clause), (named_before or meant) if is_focus else meant))
    named = {item.item_id: item for _, _, item in found if item is not None}
    only = next(iter(named.values())) if len(named) == 1 else None if named else items.only_candidate
    judged = [
        Reaction(outcome, item or (None if _is_about_a_kind(clause) or _takes_off(clause) or _takes(clause) else only))
        for clause, outcome, item in found
        if outcome is not None
    ]
    return [each for at, each in enumerate(judged) if each not in judged[:at]]


def _is_about_a_kind(clause: Clause) -> bool:
    """Return whether what is judged is a kind of thing: named with "a" or without an article, "this" or "its"."""
    if has_han(clause.text):
        found = _JUDGED_ZH.search(clause.text)
        return found is not None and not any(mark in found[1] for mark in _OF_ONE_ZH)
    at = next((at for at, word in enumerate(clause.words) if word in _JUDGING), None)
    if at is None:
        return False
    thing = [word for word in clause.words[at + 1 :] if word not in _HOW_MUCH]
    return bool(thing) and thing[0] not in _OF_ONE and not {"it", "them", "this", "that"} & set(thing)


def _meant(clause: Clause, items: Items) -> Shown | None:
    """Return the item of a clause: the one in its heading ("Greek salad: love it"), or one that it names or points to."""
    return (None if _is_reference_only(clause.heading) else items.find(clause.heading)) or items.find(clause.raw)


def _is_reference_only(text: str) -> bool:
    """Return whether a text points at something ("it", 「这个」) without naming its place in a list."""
    return is_pointing(text) and place_in(text) is None


def outcome_in(clause: Clause) -> str | None:
    """Return the judgement in a clause; None where it asks, supposes, wishes, or judges nothing."""
    if clause.asks or _supposes(clause.text):
        return None
    rating = _rating(clause)
    if rating is not None:
        return f"rated:{rating:g}"
    if _takes_off(clause) or _takes(clause):
        return "disliked" if _takes_off(clause) else "liked"
    return _outcome_zh(clause.text) if has_han(clause.text) else _outcome_en(clause)


def _takes_off(clause: Clause) -> bool:
    """Return whether a clause asks to take something off the list that it only points to: "remove the second one"."""
    patterns = (_TAKEN_OFF_ZH,) if has_han(clause.text) else (_TAKEN_OFF, _LEAVES)
    return any(_is_of_reference(pattern.search(clause.text)) for pattern in patterns)


def _takes(clause: Clause) -> bool:
    """Return whether a clause takes something that it only points to: "I'll take the second one"."""
    return _is_of_reference((_TAKES_ZH if has_han(clause.text) else _TAKES).search(clause.text))


def _is_of_reference(found: re.Match[str] | None) -> bool:
    return found is not None and any(is_only_a_reference(name) for name in found.groupdict().values() if name)


def is_choice_only(message: str) -> bool:
    """Return whether a message does nothing but take and leave what it only points to."""
    found = clauses(message)
    return bool(found) and all(not clause.asks and (_takes(clause) or _takes_off(clause)) for clause in found)


def choice_in(clause: Clause) -> bool | None:
    """Return whether a clause takes (True) or leaves (False) something that was offered; None where it does neither."""
    if clause.asks or _supposes(clause.text):
        return None
    if _UNWANTED.search(clause.text):
        return False
    judged = {"liked": True, "disliked": False}.get(outcome_in(clause) or "")
    if judged is not None:
        return judged
    return True if _WANTED.search(clause.text) else None


def _supposes(text: str) -> bool:
    return bool(_SUPPOSES.search(_TITLE_ZH.sub(" ", text)))


def _rating(clause: Clause) -> float | None:
    if found := _STARS.search(clause.text):
        return float(found[1])
    if found := _STARS_ZH.search(clause.text):
        return float(DIGITS_ZH[found[1]])
    words, is_rated = clause.words, False
    for at, word in enumerate(words):
        if word.isdecimal() or word in _NUMBER_WORDS:
            starred = words[at + 1 : at + 2] in (["stars"], ["star"]) or words[at + 1 : at + 3] == ["out", "of"]
            if starred or (is_rated and words[at - 1 : at] != ["number"]):
                return float(word) if word.isdecimal() else float(_NUMBER_WORDS[word])
        is_rated = is_rated or word in ("rate", "rated")
    return None


def _outcome_en(clause: Clause) -> str | None:
    words = clause.words
    for at, word in enumerate(words):
        before = words[max(0, at - NEAR) : at]
        if not _WISHES.isdisjoint(before):
            continue
        for outcome, verbs in _VERBS.items():
            if word in verbs and set(words[:at][-NEAR:]) <= _SUBJECTS:
                return _opposite(outcome) if clause.negated(at) else outcome
        for outcome, adjectives in _ADJECTIVES.items():
            if word in adjectives and _is_judgement(words, at):
                return _opposite(outcome) if clause.negated(at) else outcome
        if word in _OPENED and set(before) <= _SUBJECTS:
            return "clicked"
    return "disliked" if _not_for_me(words) else None


def _is_judgement(words: list[str], at: int) -> bool:
    """Return whether an adjective is said of something ("the second is great"), not in a wish ("something good")."""
    return at == 0 or bool(set(words[:at]) & _SAID_OF_IT)


def _not_for_me(words: list[str]) -> bool:
    return any(words[at : at + 3] == ["not", "for", "me"] for at in range(len(words) - 2))


def _opposite(outcome: str) -> str:
    return "disliked" if outcome == "liked" else "liked"


def _outcome_zh(text: str) -> str | None:
    if any(wish in text for wish in _WISHES_ZH):
        return None
    if any(mark in text for mark in _OPENED_ZH):
        return "clicked"
    return next((outcome for outcome, marks in _ZH.items() if any(mark in text for mark in marks)), None)


MAX_OFFERS, MAX_ANSWER = 12, 4_000
"""The most entries of a list that is a choice among a few, and the most characters that are read of either text."""
MIN_NAMED_SHARE = 0.5
"""The share of an offer's distinctive words that must be in a clause for the offer to be meant."""
_ENTRY = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,2}[.)、:：])\s*(?!\s)(?P<entry>[^\n]{2,300})$", re.MULTILINE)
_BOLD = re.compile(r"^\*\*(?P<name>[^*\n]{2,60})\*\*")
_NAME_ENDS = re.compile(r"\s*[:：(（，。—–]|\s-\s|,\s|\.\s|[.!?？！]?$")
_SIDE_BY_SIDE = re.compile(
    r"\b(?:how\s+about|what\s+about|there(?:['’]s|\s+is|\s+are)|you\s+(?:could|can|might)\s+(?:have|try|take|see|watch|read|visit|order)"
    r"|options?(?:\s+are)?:|choose\s+between|would\s+you\s+(?:like|prefer))\s+(?P<en>[^.?!\n:]{5,200})[.?!]"
    r"|(?:可以|推荐|要不要|不如|有)(?:选择?|试试|吃|喝|看|去)?[:：]?(?P<zh>[^。？！?!\n:：]{3,100})[。？！?!]",
    _I,
)
_BETWEEN = re.compile(rf",\s*(?:or\s+|and\s+)?|\s+or\s+|、|，|还是|或者?|和(?=[{HAN}]{{2}})")
_ARTICLE = re.compile(r"^(?:an?|the|some|or|and)\s+", _I)
_OTHERS = re.compile(
    r"\b(?:others?|(?:the|all)\s+rest|other\s+(?:two|three|four|ones?|options?))\b|其他|其它|其余|别的|另外[几两三]", _I
)
_NONE = re.compile(r"\b(?:none|neither)\b|(?:都|全)(?:不(?!错)|没(?!问题))", _I)
_ALL = re.compile(
    r"\b(?:both|all)\s+(?:of\s+(?:them|these|those)\s+)?(?:sound|look|seem|are|work)|(?:两个|三个)?都(?:不错|很好|可以|喜欢|行)",
    _I,
)
_LIGHT = GENERIC | {"at", "with", "to", "by", "from", "style"}


def judgements(answer: str, reply: str) -> list[Judgement]:
    """Return what a reply says about the things that an answer offered, in the order of the offers; usually nothing."""
    names = offers(answer)
    if not names:
        return []
    verdicts: dict[str, set[bool]] = {}
    named: set[str] = set()
    others: set[bool] = set()
    for clause in clauses(squeezed(reply[:MAX_ANSWER])):
        liked = False if _NONE.search(clause.text) and not clause.asks else choice_in(clause)
        meant = _meant_offers(clause.heading, names) or _meant_offers(clause.raw, names)
        named.update(meant)
        if liked is None:
            continue
        if not meant and _OTHERS.search(f"{clause.heading} {clause.raw}"):
            others.add(liked)
        for name in meant:
            verdicts.setdefault(name, set()).add(liked)
    verdicts |= {name: others for name in names if others and named and name not in named}
    sure = {name: found for name, found in verdicts.items() if len(found) == 1}
    return [Judgement(name, next(iter(sure[name]))) for name in names if name in sure]


def offers(answer: str) -> list[str]:
    """Return the names of what an answer offers: the entries of its list, or alternatives in a sentence.

    Empty where it offers fewer than two or more than `MAX_OFFERS`.
    """
    answer = squeezed(answer[:MAX_ANSWER])
    listed = [_name(match["entry"]) for match in _ENTRY.finditer(answer)]
    if not listed and (found := _SIDE_BY_SIDE.search(answer)):
        listed = [_ARTICLE.sub("", part.strip()) for part in _BETWEEN.split(found["en"] or found["zh"])]
    names = list(dict.fromkeys(name for name in listed if 2 <= len(name) <= 60))
    return names if 2 <= len(names) <= MAX_OFFERS else []


def _name(entry: str) -> str:
    """Return the name in an entry of a list, without what is said about it."""
    if bold := _BOLD.match(entry):
        return bold["name"].strip(" :：")
    end = _NAME_ENDS.search(entry)
    return _ARTICLE.sub("", entry[: end.start() if end else len(entry)].strip(' *_"“”'))


def _meant_offers(clause: str, names: Sequence[str]) -> list[str]:
    """Return the offers that a clause is about."""
    place = place_in(clause)
    if place is not None:
        return [names[place]] if -len(names) <= place < len(names) else []
    if named := [name for name, share in zip(names, _shares(clause, names), strict=True) if share >= MIN_NAMED_SHARE]:
        return named
    if _OTHERS.search(clause):
        return []
    return list(names) if _NONE.search(clause) or _ALL.search(clause) else []


def _shares(clause: str, names: Sequence[str]) -> Iterator[float]:
    """Yield for each offer the share of its distinctive words that are in the clause, 0 to 1.

    Two adjacent Chinese characters in common are enough for 1.
    """
    written = _terms(clause)
    terms = [_terms(name) for name in names]
    for own in terms:
        alone = {term for term in own if sum(term in other for other in terms) == 1}
        shared = alone & written
        yield 1.0 if any(map(IDEOGRAPH.match, shared)) else len(shared) / len(alone) if alone else 0.0


def _terms(text: str) -> set[str]:
    """Return stems of words, and pairs of Chinese characters."""
    words = [word for word in words_of(text) if not has_han(word)]
    pairs = {
        text[at : at + 2] for at in range(len(text) - 1) if IDEOGRAPH.match(text, at) and IDEOGRAPH.match(text, at + 1)
    }
    return pairs | {stem(word) for word in words if word not in _LIGHT}
