"""Where in a question or a request its writer says something of themself: "Since I adore hydrangeas, which ones …", "Which ones should we
skip, given that I can't stand golf?"."""

import re

_I = re.IGNORECASE
_WRITER = r"(?:(?:i|i['’]\w+|im|ive|we|we['’]\w+)\s|my\s)"
_FULLY = r"(?:\s+(?:the\s+fact\s+)?that|\s+as|\s+how)?"
_MINDING = (
    rf"(?:given|considering|knowing|seeing|bearing\s+in\s+mind|keeping\s+in\s+mind|taking\s+into\s+account|granted|in\s+light\s+of\s+the\s+fact){_FULLY}"
    r"|now\s+that|in\s+view\s+of\s+the\s+fact\s+that"
)
_ASKING = r"(?:what|which|who|where|when|why|how|any|is|are|do|does|did|can|could|should|would|will|shall|may|has|have|got|give|show|tell|recommend|suggest|please|help|find|plan|list|name|pick|make|write|ideas?)\b"
#: What is told in front, for the sake of what is asked behind it.
_IN_FRONT = re.compile(rf"\W*(?:(?:so|and|but|hey|hi|ok|okay|well)[,\s]+)*(?:since|because|as|{_MINDING})\s+(?={_WRITER})(?P<told>[^?]{{6,120}}?),\s+(?:so\s+|then\s+)?(?={_ASKING})", _I)  # fmt: skip
_TASTE = r"(?:love|adore|enjoy|prefer|favou?r|like(?!\s+to\s+(?:know|get|have|see))|can['’]?t\s+(?:stand|bear)|hate|loathe|detest)"
_CUSTOM = r"(?:usually|typically|normally|generally|always|mostly|mainly|only|never|often|tend\s+to|rarely|almost\s+always|hardly\s+ever|exclusively|regularly)"
#: What is told behind what is asked.
_BEHIND = re.compile(
    rf"(?:[,;]?\s+(?:and\s+|but\s+)?(?:please\s+)?(?:keep\s+in\s+mind|bear\s+in\s+mind|remember|note|mind\s+you)\s+(?:that\s+)?(?={_WRITER})"
    rf"|[,;:–—]?\s+(?:-+\s+)?(?:{_MINDING}|since|because)\s+(?={_WRITER})|,\s+(?:as|but|and|though|although|while|whereas|only)\s+(?={_WRITER})(?!(?:i|we)\s+(?:don['’]?t\s+)?(?:want|need|have)\s+(?:to\b|an?\b|any\w*|it\b|no\b|only\b))"
    rf"|(?<!\basks)(?<!\bask)(?<!\basked)(?<!\bknow)(?<!\bwonder)(?<!\btell)(?<!\bsee)(?<!\bme)(?<!\bsure)(?<!\bsay)(?<!\bcare),?\s+if\s+(?=(?:i|we)\s+(?:(?:really|generally|usually|absolutely|mostly|strongly|much|always|also|actually|typically|normally|just)\s+){{0,2}}{_TASTE}\s)"
    rf"|,?\s+when\s+(?=(?:i|we)\s+{_CUSTOM}\s))(?P<told>[^?]{{6,160}})(?:\?|$)"
    rf"|(?:[,;:–—]\s+|\s+[-–—]+\s+)(?={_WRITER}[^?]*$)(?P<rest>[^?]+)$",
    _I,
)


#: What is told as a condition of what is to be found: "What can I cook, if I don't eat meat?".
_IF = re.compile(
    r"^(?:what|which|where|how)\b[^?]{0,60}\b(?:cook|eat|order|bake|drink|buy|make|suggest|recommend|use|wear|pick|choose|watch|read|play|visit|invest|stay|plant)\b[^?]{0,60}?,?\s+if\s+"
    r"(?P<part>(?:i|we)\s+(?:avoid|(?:don['’]?t|do\s+not)\s+(?:eat|drink|like|use|wear|own|drive|have)|can['’]?t\s+(?:eat|drink|stand|have)|never|only\s+(?:eat|drink|use|wear)|am\s+(?:an?\s+)?(?:strict\s+)?(?:allergic|vegan|vegetarian|lactose|gluten|c(?:o)?eliac|diabetic|pregnant|left-handed|colou?r-?blind))\b[^?]{2,80})\?*$",
    _I,
)


def told_in_front(text: str) -> tuple[int, int] | None:
    """What stands before the question that it is told for ("Since I adore hydrangeas, which ones …")."""
    found = _IN_FRONT.match(text)
    return found.span("told") if found else None


def told_behind(text: str) -> tuple[int, int] | None:
    """What stands behind the question or request that it is told for ("…, but I don't eat meat")."""
    if condition := _IF.match(text):
        return condition.span("part")
    found = _BEHIND.search(text)
    if found is None:
        return None
    return found.span("told") if found["told"] else found.span("rest")
