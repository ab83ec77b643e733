"""How people ask in English that one thing they said be forgotten: data for `reading_en`."""

import re

_I = re.IGNORECASE
FORGET = re.compile(
    r"^(?:please\s+|you\s+can\s+|could\s+you\s+|can\s+you\s+)?(?:(?:forget|delete|remove|drop|erase|scratch|ignore|unlearn|disregard)(?:\s+(?:the\s+(?:fact|note|part|thing))?(?:\s*(?:that|about))?)?|(?:don['’]?t|do\s+not|no\s+need\s+to|stop)\s+(?:remember(?:ing)?|note|save|store|keep|saving|storing)(?:\s+(?:the\s+fact\s+)?that)?)\s+(?P<rest>(?:about\s+)?(?:(?:me|my)\s+)?(?:that\s+)?(?:i|i['’]m|my|we)\b.*)",
    _I,
)
#: What stands before what is to be forgotten, and is none of it.
BEFORE_FORGOTTEN = re.compile(
    r"^(?:about\s+)?(?:that\s+)?(?:(?:i|we)\s+(?:\w+\s+)?(?:said|say|told\s+you|mentioned|wrote|claimed)\s+(?:that\s+)?(?=i\b|i['’]|we\b|my\b))?", _I
)  # fmt: skip
#: "My nut allergy" is an allergy to nuts.
OF_BODY = re.compile(r"(?P<what>[\w\s-]+?)[\s-]+(?:allergy|allergies|intolerance|sensitivity)", _I)
