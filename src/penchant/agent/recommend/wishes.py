"""Reads wishes: what is wanted, and what is to be avoided ("something for a flight, nothing violent", 「不含坚果的零食」)."""

import re

from penchant.characters import HAN
from penchant.lazy_patterns import lazy

MAX_WISH = 4_000
"""How many characters of a wish are read."""
_I = re.IGNORECASE
_AVOID = lazy(
    r"(?:[,，;；]\s*)?\b(?:but\s+)?(?:nothing|no|not(?!\s+(?:only|just|yet|sure)\b)|without|except|anything\s+but|avoid(?:ing)?)\s+"
    r"(?:too\s+|any\s+|anything\s+|an?\s+|so\s+)*(?P<en>[a-z][a-z -]{2,40}?)(?=[,.;!?]|\s+(?:and|but|please)\b|$)"
    rf"|[,，;；]?\s*(?:不要|别(?:太|给我)?|不想(?:看|要)?|(?<!有)没有|不含|除了)(?:太|有|任何)?(?P<zh>[{HAN}]{{1,10}}?)(?:的(?=[{HAN}])|(?:的|内容|片|类)*(?=[，。,.;；!！?？]|$))",
    _I,
)  # fmt: skip
WISH_WORDS = lazy(
    r"^\W*what\s+(?:do|would|can|could|else\s+(?:do|would))\s+you\s+(?:recommend|suggest)\b|^\W*what\s+(?:should|could|can)\s+i\s+(?:buy|get|watch|read|try|listen\s+to|choose|pick)(?:\s+next)?\b(?!\s+(?:for|to|with|about|if|when|from)\b)|^\W*(?:(?:please|can|could|would|will)\s+)?(?:you\s+)?(?:recommend|suggest|give|show|get)\s+(?:me\s+)?(?:an?\s+|some\s+|something\s+)?|^\W*(?:i(?:['’]?d|\s+would)?\s+(?:want|need|like)\s+)(?:an?\s+|some\s+)?"
    r"|^\W*(?:有什么(?:可以|值得|好)?推荐|(?:我)?(?:该|可以)?[买看听读]什么好)(?:的|吗|呢)*(?=$|[？?。！!])|^\W*(?:请|帮我|给我)*(?:推荐|来)(?:一些|几个|一下|点|个)?|^\W*我?(?:想要|想看|想买|需要)(?:一些|点|个)?",
    _I,
)
ANYTHING = lazy(
    r"(?:something|anything|some|stuff|things?|items?)(?:\s+(?:new|nice|good|else))?(?:\s+for\s+(?:me|us|myself))?|for\s+(?:me|us|myself)|东西|内容|别的|什么(?:东西|好(?:的|东西)?)?(?:吧|呢|吗)?",
    _I,
)
_ENDS = " ,.;!?，。；！？"
#: Words at the end of a wish that are no part of it: behind a comma, or last in what begins as a request.
_POLITE_END = lazy(r"(?:^|,\s*)(?:please|pls|thanks|thank\s+you)$|(?:^|[，,]\s*)(?:谢谢|拜托)(?:了|你|您)?$", _I)
_POLITE_LAST = lazy(r"\s(?:please|pls|thanks)$|(?<![叫说写着])(?:谢谢|拜托)(?:了|你|您)?$", _I)


def split_wish(message: str) -> tuple[str, str]:
    """Return a wish without the words around it, and what it excludes, joined by commas."""
    message = " ".join(message[:MAX_WISH].split())
    avoided = [found["en"] or found["zh"] for found in _AVOID.finditer(message)]
    wish = " ".join(WISH_WORDS.sub("", _AVOID.sub(" ", message)).split()).strip(_ENDS)
    wish = _POLITE_END.sub("", wish).strip(_ENDS)
    wish = _POLITE_LAST.sub("", wish).strip(_ENDS) if WISH_WORDS.search(message) else wish
    return "" if ANYTHING.fullmatch(wish) else wish, ", ".join(word.strip() for word in avoided)


def split_query(query: str) -> tuple[str, str]:
    """Split a query in the same way, unless it may be a name: "no bake cookies" excludes nothing."""
    wanted, avoided = split_wish(query)
    if not avoided or (not wanted and query.casefold().startswith("no ") and " " in avoided):
        return query, ""
    return wanted, avoided
