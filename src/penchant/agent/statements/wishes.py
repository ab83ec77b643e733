"""What is wanted just now, and what is not: "something for a flight, nothing violent", 「不含坚果的零食」."""

import re

from penchant.characters import HAN

MAX_WISH = 4_000
"""Characters of a wish that are read."""
_I = re.IGNORECASE
_AVOID = re.compile(
    r"(?:[,，;；]\s*)?\b(?:but\s+)?(?:nothing|no|not(?!\s+(?:only|just|yet|sure)\b)|without|except|anything\s+but|avoid(?:ing)?)\s+"
    r"(?:too\s+|any\s+|anything\s+|an?\s+|so\s+)*(?P<en>[a-z][a-z -]{2,40}?)(?=[,.;!?]|\s+(?:and|but|please)\b|$)"
    rf"|[,，;；]?\s*(?:不要|别(?:太|给我)?|不想(?:看|要)?|(?<!有)没有|不含|除了)(?:太|有|任何)?(?P<zh>[{HAN}]{{1,10}}?)(?:的(?=[{HAN}])|(?:的|内容|片|类)*(?=[，。,.;；!！?？]|$))",
    _I,
)  # fmt: skip
WISH_WORDS = re.compile(
    r"^\W*what\s+(?:do|would|can|could|else\s+(?:do|would))\s+you\s+(?:recommend|suggest)\b|^\W*what\s+(?:should|could|can)\s+i\s+(?:buy|get|watch|read|try|listen\s+to|choose|pick)(?:\s+next)?\b(?!\s+(?:for|to|with|about|if|when|from)\b)|^\W*(?:(?:please|can|could|would|will)\s+)?(?:you\s+)?(?:recommend|suggest|give|show|get)\s+(?:me\s+)?(?:an?\s+|some\s+|something\s+)?|^\W*(?:i(?:['’]?d|\s+would)?\s+(?:want|need|like)\s+)(?:an?\s+|some\s+)?"
    r"|^\W*(?:有什么(?:可以|值得|好)?推荐|(?:我)?(?:该|可以)?[买看听读]什么好)(?:的|吗|呢)*(?=$|[？?。！!])|^\W*(?:请|帮我|给我)*(?:推荐|来)(?:一些|几个|一下|点|个)?|^\W*我?(?:想要|想看|想买|需要)(?:一些|点|个)?",
    _I,
)
ANYTHING = re.compile(
    r"(?:something|anything|some|stuff|things?|items?)(?:\s+(?:new|nice|good|else))?|东西|内容|别的", _I
)


def wanted_and_avoided(message: str) -> tuple[str, str]:
    """A wish without the words around it, and what it excludes, its names joined by commas."""
    message = " ".join(message[:MAX_WISH].split())
    avoided = [found["en"] or found["zh"] for found in _AVOID.finditer(message)]
    wish = " ".join(WISH_WORDS.sub("", _AVOID.sub(" ", message)).split()).strip(" ,.;!?，。；！？")
    return "" if ANYTHING.fullmatch(wish) else wish, ", ".join(word.strip() for word in avoided)


def query_and_avoided(query: str) -> tuple[str, str]:
    """The same of a query that may be a name: "no bake cookies" excludes nothing."""
    wanted, avoided = wanted_and_avoided(query)
    if not avoided or (not wanted and query.casefold().startswith("no ") and " " in avoided):
        return query, ""
    return wanted, avoided
