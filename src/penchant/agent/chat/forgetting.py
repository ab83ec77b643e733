"""Finds what the user asks to forget of what they have said: "stop remembering my budget", 「忘记我说过不吃辣」.

The statements that are meant are found by their kind (budget, job, pets …), by their subject, and by the person they
are about. Where none is found, nothing is removed, and the most similar stored statement is named.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from penchant.agent.chat.relations import only_about_user, person_in
from penchant.agent.chat.statement_answers import is_of_kind, kinds_in, mentions_any, named_terms
from penchant.agent.statements.subjects import Terms, terms

_I = re.IGNORECASE
_POLITE = (
    r"^\W*(?:(?:please|ok|okay|actually|now|hey|and|so|can|could|would|will|you|kindly|just|i\s+(?:want|need|would\s+like)\s+you\s+to"
    r"|i['’]d\s+like\s+you\s+to|go\s+ahead\s+and)[,\s]+)*"
)
_KEEPING = r"(?:remember(?:ing)?|not(?:e|ing)|sav(?:e|ing)|stor(?:e|ing)|keep(?:ing)?(?:\s+track\s+of)?)\b"
_WHAT = r"\s+(?P<what>[^.!?\n]{2,200})\W*$"
_NO_LONGER = re.compile(rf"{_POLITE}(?:don['’]?t|do\s+not|stop|no\s+need\s+to)\s+{_KEEPING}{_WHAT}", _I)
_FORGET = re.compile(rf"{_POLITE}(?:forget|unlearn)\b{_WHAT}", _I)
_DELETE = re.compile(rf"{_POLITE}(?:delete|erase|remove|drop|scratch|disregard|wipe|clear|take\s+back)\b{_WHAT}", _I)
_SAYING = (
    r"\b(?:i|we)(?:['’]ve|\s+have|\s+had)?\s+(?:\w+\s+)?(?:said|told\s+you|say|tell\s+you|mentioned|wrote|stated)\b"
)
_SAID = re.compile(rf"{_SAYING}|\bmy\s+statements?\b|\bthe\s+(?:fact|thing|part)\s+(?:that|about)\b", _I)
_OWN = re.compile(r"\b(?:my|i|i['’]m|i['’]ve|our|we)\b", _I)
_OF_A_LIST = re.compile(
    r"\b(?:from|off|in|on)\s+(?:\w+\s+){0,2}(?:lists?|pages?|results?|recommendations?|suggestions?|cart|basket|order|wishlist)\b",
    _I,
)
_NOTHING = re.compile(
    r"(?:about\s+)?(?:it|that|this|them|everything|all(?:\s+of\s+(?:it|that))?|the\s+\w+\s+ones?)", _I
)
_NOISE = re.compile(
    rf"{_SAYING}|\b(?:everything|anything|all|what|whatever|the\s+fact|the\s+thing|statements?|preference|info(?:rmation)?)\b",
    _I,
)
_VERBS_ZH = r"(?:忘记|忘掉|忘了|删除|删掉|删了|抹掉|清除|去掉)"
_FORGET_ZH = re.compile(
    rf"^(?:请|麻烦|你|可以|能不能|帮我|快){{0,4}}(?:{_VERBS_ZH}|(?:别|不要|不用|别再|不要再)(?:再)?(?:记住|记着|记得|记))(?P<what>[^。！？\n]{{2,80}}?)(?:吧|了)?\W*$"
    rf"|^(?:请|麻烦|你|可以|能不能|帮我){{0,4}}(?:把|(?=我(?:之前|以前)?说过的))(?P<moved>[^。！？\n]{{1,80}}?){_VERBS_ZH}(?:吧|了)?\W*$"
)
_OWN_ZH = re.compile(r"我|关于|说过|告诉过")
_NOISE_ZH = re.compile(
    r"我?(?:之前|以前|刚才|曾经|刚刚|上次)?(?:跟你|对你|和你)?(?:说过?|告诉过?你?|提过?到?)"
    r"|关于|有关|一切|所有|任何|那些|这件|那件|事情?|的话|信息|情况|内容"
)
#: Expressions for the last statement, whatever it was.
_LAST = re.compile(
    r"(?:(?:the\s+)?(?:last|latest|most\s+recent)\s+(?:thing|statement|sentence|message|fact)s?\b(?:\s+(?:that\s+)?(?:i|you)\b.*)?"
    r"|what\s+i(?:['’]ve)?\s+(?:just|last)\s+(?:said|told\s+you|wrote|mentioned)(?:\s+last)?)"
    r"|我?(?:刚才|刚刚|刚|上次|最后|上一[句条])(?:跟你|对你)?(?:说|告诉你|讲|提)?(?:过|到)?的?(?:那?[句条件]?(?:话|事|内容)?)?",
    _I,
)
_TAKEN_BACK = re.compile(
    r"\W*+(?:(?:no|wait|sorry|oops|actually|hmm|oh|ok|okay|please|can\s+you|could\s+you)[,\s]+)*(?:"
    r"(?:i(?:['’]d\s+like\s+to|\s+want\s+to|['’]ll)?\s+)?take\s+(?:it|that|this|what\s+i\s+(?:just\s+)?said)\s+back"
    r"|(?:undo|cancel|revert|scratch|strike)\s+(?:it|that|this|the\s+last\s+(?:one|thing))"
    r"|i\s+did(?:n['’]?t|\s+not)\s+(?:really\s+)?mean\s+(?:it|that)"
    r")(?:\s+please|[,\s]+sorry)?\W*"
    r"|\W*+(?:不对|等等|抱歉|对不起|不好意思|哦|那)?[，,\s]*+(?:我)?(?:要|想)?(?:"
    r"收回|撤回|撤销|收回(?:刚才)?(?:这|那)?(?:句)?(?:的)?话|(?:把)?(?:刚才|刚刚)(?:说)?的(?:那?句?话?)?(?:收回|撤回|撤销|作废|不算(?:数)?)"
    r"|当我没说(?:过)?|取消(?:刚才|刚刚)(?:说)?的"
    r")(?:吧|了)?\W*",
    _I,
)
_EVERYTHING = re.compile(
    rf"(?:everything|all|anything|whatever)(?:\s+that)?\s+{_SAYING}(?:\s+(?:to\s+)?you|\s+so\s+far|\s+before)*+"
    r"|(?=.{0,20}(?:都|全|一切|所有|统统))(?:所有|全部|一切)?我?(?:之前|以前)?(?:跟你|对你|和你)?(?:说|讲|告诉)过?你?的?(?:话|内容|东西|事情?|信息)?"
    r"(?:都|全部?|一切|所有|统统)*+(?:的?(?:话|内容|东西|事情?|信息))?",
    _I,
)
_DIET = re.compile(r"\bdiet\w*\b|饮食|忌口", _I)


class Forgetting(NamedTuple):
    """A request to forget something, in the user's words.

    `sure`: it certainly refers to something they have said and is not just an expression. `just_said`: it refers to
    whatever they said just before.
    """

    what: str
    sure: bool
    just_said: bool = False


def forgetting_in(message: str) -> Forgetting | None:
    """Return what the message asks to forget of what the user has said, or None. `message` has single spaces only."""
    if _TAKEN_BACK.fullmatch(message):
        return Forgetting("", sure=True, just_said=True)
    if found := _FORGET_ZH.match(message):
        what = found["what"] or found["moved"]
        return Forgetting(what, bool(_OWN_ZH.search(what)))
    if found := _NO_LONGER.match(message):
        return Forgetting(found["what"], sure=True)
    for regex, is_enough in ((_FORGET, _OWN), (_DELETE, _SAID)):
        if (found := regex.match(message)) and not _OF_A_LIST.search(message) and not _NOTHING.fullmatch(found["what"]):
            what = found["what"]
            is_fact = what.casefold().startswith("my ") and bool(kinds_in(what) or _DIET.search(what))
            if regex is _FORGET or _SAID.search(what) or is_fact:
                return Forgetting(what, is_fact or bool(is_enough.search(what)))
    return None


def statements_to_forget(what: str, statements: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the statements that are to be forgotten."""
    if _LAST.fullmatch(what.strip()):
        return sorted(statements, key=lambda each: str(each["valid_from"]))[-1:]
    somebody = person_in(what)
    pool = [each for each in statements if somebody.is_mentioned_in(each)] if somebody else only_about_user(statements)
    rest = _NOISE_ZH.sub(" ", _NOISE.sub(" ", somebody.named.sub(" ", what) if somebody else what))
    if _DIET.search(rest):
        return [each for each in pool if each.get("slot") == "diet"]
    kinds = kinds_in(rest)
    wanted = named_terms(rest, kinds)
    of_kind = [each for each in pool if any(is_of_kind(kind, each) or each.get("slot") in kind.slot for kind in kinds)]
    if not wanted:
        return of_kind if kinds else pool if somebody else []
    named = _named(wanted, pool)
    return [each for each in named if each in of_kind] or named


def is_everything(what: str) -> bool:
    """Return whether everything that the user has said is to be forgotten."""
    return _EVERYTHING.fullmatch(what.strip()) is not None


def _named(wanted: Terms, pool: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the statements whose subject contains all words that are named.

    Without one, those whose sentence contains them all; without one, those whose whole subject is among the words.
    """
    subjects = [(each, terms(str(each["subject"]))) for each in pool]
    named = [each for each, subject in subjects if wanted <= subject]
    named = named or [each for each in pool if all(mentions_any(frozenset((word,)), each) for word in wanted)]
    return named or [each for each, subject in subjects if subject and subject <= wanted]


def most_similar(what: str, statements: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the statement most similar to what was named, or None where nothing is stored."""
    words, kinds = terms(what), kinds_in(what)

    def likeness(each: Mapping[str, Any]) -> tuple[bool, int, float]:
        text = str(each["text"])
        shared = len(words & (terms(text) | terms(str(each["subject"]))))
        return any(is_of_kind(kind, each) for kind in kinds), shared, SequenceMatcher(None, what, text).ratio()

    return max(statements, key=likeness, default=None)
