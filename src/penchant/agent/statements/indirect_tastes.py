"""Tastes that are stated indirectly, by double denial or about something named just before.

Examples: "can't say I hate snow" is a liking; "snow? I adore it", 「爵士乐？我很喜欢」. For denials, words that reverse a
sentence before its only word of taste are counted. Without such a word, with several, or with a simple denial, the
classifier decides alone.
"""

import re
from typing import NamedTuple

from penchant.agent.statements.sentences import ClauseReading
from penchant.agent.statements.spans import Span
from penchant.agent.statements.wordings import Kind, Polarity
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
#: The most characters between words that reverse a taste and the taste itself.
_MAX_DISTANCE = 48
_TASTE_EN = lazy(
    r"\b(?:(?P<like>loved?|enjoy(?:ed)?|adored?|fans?(?=\s)|fond(?=\s)|keen(?=\s)|(?:crazy|wild|thrilled|enthusiastic)\s+about|interested|care\s+(?:much\s+)?for"
    r"|my\s+(?:thing|cup\s+of\s+tea|favou?rite|jam|scene)|(?<=\bi\s)liked?|(?<=\bwe\s)liked?|(?<=n['’]t\s)liked?|(?<=nt\s)liked?|(?<=not\s)like|(?<=really\s)liked?|(?<=even\s)likes?|(?<=\bto\s)like)"
    r"|(?P<dislike>hated?|disliked?|detest|loathe|despise|opposed\s+to|averse\s+to|(?<=['’]m\s)against|(?<=\bim\s)against|(?<=\bam\s)against|(?<=not\s)against|resist|bored\s+(?:of|by|with)|objections?\s+to|say\s+no\s+to))\b",
    _I,
)
_TURNS_EN = lazy(
    r"\b(?:not(?!\s+(?:only|just|gonna|going|ashamed|afraid|embarrassed|sure)\b)|never(?!\s+thought)|no(?!\s+(?:i|i['’]\w+|im|we|thanks|one|doubt|matter|wonder|longer|offen[cs]e|joke|secret))|nothing|hardly|cannot|lying|opposite\s+of|far\s+from"
    r"|anything\s+but|who(?=\s+(?:on\s+earth|even|can|could|in\s+their|doesn|wouldn))|aint|dont|doesnt|didnt|cant|couldnt|wont|wouldnt|isnt|arent|wasnt|\w+n['’]t)\b(?!\s+(?:suggest|recommend|show|send|give|offer)\b)",
    _I,
)
#: Explicit denials, of which one is enough.
_DENIED_EN = lazy(
    r"\b(?:can['’]?t|cannot|can\s+not|couldn['’]?t)\s+say|\blying\b|\bwouldn['’]?t\s+(?:exactly\s+|really\s+)?(?:say|call)|\bnot\s+that\s+i\b|\bhardly\b|\bfar\s+from\b|\banything\s+but\s+(?:a|an|fond|keen)\b"
    r"|\bopposite\s+of\b|\bnot\s+exactly\b|\bwho\s+(?:on\s+earth|even)\b",
    _I,
)
_CUT_EN = lazy(r"[,;:.!?]|\s(?:but|because|although|though|know\s+why)\s", _I)
_TASTE_ZH = lazy(r"(?P<like>喜欢|(?<![可恋])爱(?!好|人|情|国)|感兴趣)|(?P<dislike>讨厌|反感|排斥|厌恶|拒绝|抗拒)")
_TURNS_ZH = lazy(
    r"不是|并不|从不|绝不|毫不|谈不上|说不上|算不上|称不上|不敢说|没有|从没|没|(?<!不得)不(?!得不|管|论|过)|谁(?=会|能|不)|哪有人|哪会"
)
_DENIED_ZH = lazy(r"谈不上|说不上|算不上|称不上|不敢说|不能说|谁(?:会|能)|哪会|是(?:假的|骗人的|骗你的|假话)")
_UNTRUE_ZH = lazy(r"是(?:假的|骗人的|骗你的|假话)")
_CUT_ZH = lazy(r"[，,；;。！？!?\s]")


def denied_polarity(text: str, *, chinese: bool) -> Polarity | None:
    """Return the polarity that denials give the only taste in `text`; None where they do not decide it."""
    taste, turns, denied, cut = (
        (_TASTE_ZH, _TURNS_ZH, _DENIED_ZH, _CUT_ZH) if chinese else (_TASTE_EN, _TURNS_EN, _DENIED_EN, _CUT_EN)
    )
    found = list(taste.finditer(text))
    if not found or len({bool(match["like"]) for match in found}) > 1:
        return None
    word = found[0]
    cuts = (match.end() for match in cut.finditer(text, 0, word.start()))
    start = max(*cuts, word.start() - _MAX_DISTANCE, 0)
    before = text[start : word.start()]
    count = len(turns.findall(before)) + (chinese and bool(_UNTRUE_ZH.search(text)))
    rest = text[start:] if chinese else before
    decides = count >= 2 or (count == 1 and (not word["like"] or bool(denied.search(rest))))
    if not decides:
        return None
    return "like" if bool(word["like"]) == (count % 2 == 0) else "dislike"


#: Beginnings of an activity that is hardly ever done.
_DENIED_ACTIVITY = lazy(
    r"(?:hardly(?:\s+ever)?|rarely(?:\s+ever)?|seldom|scarcely(?:\s+ever)?|barely(?:\s+ever)?|almost\s+never|next\s+to\s+never|very\s+(?:rarely|seldom)|no\s+longer|don['’]?t|do\s+not|never(?![^.!?]*\b(?:without|fail|miss|skip)\b))\s+(?=\w)",
    _I,
)


#: Beginnings of something that is avoided: "stay clear of spas".
_AVOIDED_ACTIVITY = lazy(
    r"(?:avoid(?:ing)?|dodg(?:e|ing)|shun(?:ning)?|sidestep(?:ping)?|swerv(?:e|ing)|(?:stay|steer|keep)(?:ing)?\s+(?:well\s+)?(?:away\s+from|clear\s+of|out\s+of)|(?:stay|keep|lay)(?:ing)?\s+off"
    r"|(?:refrain|abstain|hold\s+back|shy\s+away|back\s+away|look\s+away|keep\s+my\s+distance)(?:ing)?\s+from|pass(?:ing)?\s+on|opt(?:ing)?\s+out\s+of)\s+(?=\w)",
    _I,
)
_DENIED_BEFORE_ACTIVITY = lazy(rf"\b(?:i|we)\s+(?:\w+ly\s+)?{_DENIED_ACTIVITY.pattern[:-6]}$", _I)

#: Ends what the verb behind it denies: "sequels rarely § do it for me".
_DENIED_AT_END = lazy(
    r"\s+(?:rarely|seldom|hardly(?:\s+ever)?|never|don['’]?t|doesn['’]?t|didn['’]?t|no\s+longer)$", _I
)

#: Verbs of omission, which a denial turns into a habit: something never missed is always done.
_OMISSION = lazy(r"(?:miss|skip|fail|go\s+without|forget)\b", _I)


def as_denied(text: str, reading: ClauseReading) -> ClauseReading | None:
    """Return the reading as a dislike if its English subject begins with a denial ("hardly ever read the news"), else None.

    The denial may also stand directly before the activity ("I rarely cook from scratch"), or end the subject.
    """
    done = reading.kind == "habit" and not _OMISSION.match(text, reading.start)
    if done and _DENIED_BEFORE_ACTIVITY.search(text, 0, reading.start):
        return reading._replace(polarity="dislike")
    if kept_off := reading.polarity == "like" and _AVOIDED_ACTIVITY.match(text, reading.start, reading.end):
        return reading._replace(kind="avoid", polarity="dislike", start=kept_off.end())
    if reversed_by := reading.polarity == "like" and _DENIED_AT_END.search(text, reading.start, reading.end):
        return reading._replace(kind="dislike", polarity="dislike", end=reversed_by.start())
    found = _DENIED_ACTIVITY.match(text, reading.start, reading.end)
    if found is None:
        return None
    kind: Kind = "dislike" if reading.kind == "like" else reading.kind
    return reading._replace(kind=kind, polarity="dislike", start=found.end())


_THEM = r"(?:it|them|those|that|this|these)"
_WRITER = r"(?:(?<!\bor\s)\b(?:i|we)\s+(?:(?:really|just|absolutely|also|do|still|even|totally|actually)\s+){0,3}|^)"
_END = r"(?=\s*(?:$|[,.!;]|\s(?:so|actually|too|a\s+lot|at\s+all|now|though|anymore|either|every\s+time|whenever|always|these\s+days)\b))"
_EN: tuple[tuple[Polarity, re.Pattern[str]], ...] = (
    (
        "dislike",
        lazy(
            rf"{_WRITER}(?:(?:hated?|dislike|loathe|detest|despise|dread|resent|can['’]?t\s+(?:stand|bear)|cannot\s+(?:stand|bear)"
            rf"|skip|avoid|boycott|(?:steer|stay|keep)\s+(?:clear\s+of|away\s+from)|(?:don['’]?t|never|won['’]?t|can['’]?t)\s+(?:ever\s+)?(?:eat|drink|buy|touch|wear|watch)|(?:don['’]?t|didn['’]?t|never|do\s+not)\s+(?:really\s+|ever\s+|even\s+)?(?:liked?|loved?|enjoy(?:ed)?))\s+{_THEM}"
            rf"|find\s+{_THEM}\s+(?:so\s+|really\s+|a\s+bit\s+)?(?:boring|dull|annoying|tedious|gross|disgusting|pointless|stressful|overrated|exhausting)){_END}",
            _I,
        ),
    ),
    (
        "like",
        lazy(
            rf"{_WRITER}(?:(?:lo+ve|like|enjoy|adore|can['’]?t\s+get\s+enough\s+of)\s+{_THEM}"
            rf"|find\s+{_THEM}\s+(?:so\s+|really\s+)?(?:fascinating|relaxing|soothing|great|fun|wonderful|interesting|beautiful)){_END}",
            _I,
        ),
    ),
)
_ZH: tuple[tuple[Polarity, re.Pattern[str]], ...] = (
    (
        "dislike",
        lazy(
            r"(?:^|[，,\s])(?:但|可|所以)?我?(?:真的?|实在|最|特别|很|都|就|一点儿?[都也]?|完全|根本|并|打心[眼底]里?|也){0,3}(?:不(?:太|怎么|是很)?(?:喜欢|爱|中意|待见|感冒|感兴趣|享受|欣赏|认可|习惯)|讨厌|烦|恨|受不了|接受不了|抵触|反感|排斥|嫌弃|无感)(?:它|这个|这些|死了|了)?(?=$|[，。！,!])"
        ),
    ),
    (
        "like",
        lazy(
            r"(?:^|[，,\s])(?:反而|甚至|但|可|而且|所以)?(?:还|是)?我?(?:还|是|真的?|实在|最|特别|很|挺|蛮|超|都|就|也|可){0,3}(?:喜欢|爱(?:吃|喝|看|听|玩|去)?|享受|中意|迷|稀罕)(?:的|它|这个|这些|死了)?(?=$|[，。！,!])"
            r"|(?:^|[，,\s])我?(?:最|就|都|只|一般|总|永远)*(?:馋|好|吃|认|爱|喜欢|挑|选|买|用)(?:这个|这口|这一口|这套|这一套|这味儿?|这种|这类)(?:的)?(?=$|[，。！,!])"
        ),
    ),
)


class BackReference(NamedTuple):
    """A clause `text[start:end]` that states the polarity of a taste whose subject is in another clause."""

    polarity: Polarity
    span: Span


#: Words before a clause that holds only if a need is not met, or hardly ever.
_IF_NOT = lazy(
    r"\b(?:otherwise|or\s+else|or|less|least|hardly|barely|rarely|seldom)[,\s]+$|(?:不然|否则|要不)的?话?[，,\s]*$", _I
)


def back_reference(text: str, *, chinese: bool) -> BackReference | None:
    """Return the clause of `text` that states a taste about something named in another clause ("I hate it"), or None."""
    for polarity, regex in _ZH if chinese else _EN:
        found = regex.search(text)
        if found and len(text) - len(found.group()) > 3 and not _IF_NOT.search(text, 0, found.start()):
            return BackReference(polarity, Span(*found.span()))
    return None
