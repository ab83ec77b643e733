"""What one makes of what was named just before: "snow? I adore it", "I've tried it and I don't like it", 「爵士乐听着舒服，我很喜欢」."""

import re
from typing import NamedTuple

from penchant.agent.statements.spans import Span
from penchant.agent.statements.wordings_en import Polarity

_I = re.IGNORECASE
_THEM = r"(?:it|them|those|that|this|these)"
_WRITER = r"(?:\b(?:i|we)\s+(?:(?:really|just|absolutely|also|do|still|even|totally|actually)\s+){0,3}|^)"
_END = r"(?=\s*(?:$|[,.!;]|\s(?:so|actually|too|a\s+lot|at\s+all|now|though|anymore|either)\b))"
_EN: tuple[tuple[Polarity, re.Pattern[str]], ...] = (
    (
        "dislike",
        re.compile(
            rf"{_WRITER}(?:(?:hated?|dislike|loathe|detest|despise|can['’]?t\s+(?:stand|bear)|cannot\s+(?:stand|bear)"
            rf"|(?:don['’]?t|didn['’]?t|never|do\s+not)\s+(?:really\s+|ever\s+|even\s+)?(?:liked?|loved?|enjoy(?:ed)?))\s+{_THEM}"
            rf"|find\s+{_THEM}\s+(?:so\s+|really\s+|a\s+bit\s+)?(?:boring|dull|annoying|tedious|gross|disgusting|pointless|stressful|overrated|exhausting)){_END}",
            _I,
        ),
    ),
    (
        "like",
        re.compile(
            rf"{_WRITER}(?:(?:lo+ve|like|enjoy|adore|can['’]?t\s+get\s+enough\s+of)\s+{_THEM}"
            rf"|find\s+{_THEM}\s+(?:so\s+|really\s+)?(?:fascinating|relaxing|soothing|great|fun|wonderful|interesting|beautiful)){_END}",
            _I,
        ),
    ),
)
_ZH: tuple[tuple[Polarity, re.Pattern[str]], ...] = (
    (
        "dislike",
        re.compile(
            r"(?:^|[，,\s])(?:但|可|所以)?我?(?:真的?|实在|最|特别|很|都|就|一点都?|也){0,3}(?:不(?:太|怎么)?(?:喜欢|爱)|讨厌|烦|恨|受不了|接受不了)(?:它|这个|这些|死了|了)?(?=$|[，。！,!])"
        ),
    ),
    (
        "like",
        re.compile(
            r"(?:^|[，,\s])(?:反而|甚至|但|可|而且|所以)?(?:还|是)?我?(?:还|是|真的?|实在|最|特别|很|挺|蛮|超|都|就|也|可){0,3}(?:喜欢|爱|享受)(?:的|它|这个|这些|死了)?(?=$|[，。！,!])"
        ),
    ),
)


class Pointing(NamedTuple):
    """A clause `text[start:end]` that says which way a taste goes and leaves to another what it is for."""

    polarity: Polarity
    span: Span


def pointing(text: str, *, chinese: bool) -> Pointing | None:
    """The clause of `text` that points at what another one names; None where there is none, or no other."""
    for polarity, regex in _ZH if chinese else _EN:
        found = regex.search(text)
        if found and len(text) - len(found.group()) > 3:
            return Pointing(polarity, Span(*found.span()))
    return None
