"""Who the writer says they are in front of something else: "As a vegetarian, I avoid …", 「作为老师，怎么……」.

Behind it stands what they say, which does not take its place. Where a question stands there, it is told for the answer's sake: only what
binds its writer whatever is asked (a diet, a faith, what the body does not do) is a statement.
"""

import re
from collections.abc import Iterator

from penchant.agent.statements.patterns_en import IN_FRONT
from penchant.agent.statements.phrases_en import phrase
from penchant.agent.statements.sentences import IN_FRONT_OF, ClauseReading, is_chinese
from penchant.agent.statements.slots_en import slot_in
from penchant.agent.statements.wordings_en import Polarity

_I = re.IGNORECASE
#: What binds its writer whatever is asked.
_BINDING = re.compile(
    r"\b(?:vegans?|vegetarians?|pescatarians?|flexitarian|c(?:o)?eliacs?|diabetics?|lactose|gluten|halal|kosher|muslims?|jew(?:ish)?|hindus?|jain|sikh|mormon|teetotal\w*|non-?drinker|recovering|allerg\w+|intolerant|wheelchair|deaf|blind"
    r"|colou?r-?blind|autistic|dyslexic|asthmatic|epileptic|pregnant|breastfeeding|left-?hand(?:er|ed)|insomniac|adhd|disab\w+|amputee|single\s+(?:mum|mom|dad|parent|mother|father)|hard\s+of\s+hearing)\b",
    _I,
)
_BINDING_ZH = re.compile(
    r"素食|吃素|纯素|糖尿病|过敏|乳糜泻|穆斯林|回民|佛教|基督|孕妇|残障|残疾|聋|盲|色弱|左撇子|高血压|痛风|患者|单亲"
)
_ASKS = re.compile(r"^\W*(?:what|which|who|whom|whose|where|when|why|how|can|could|should|would|will|do|does|did|is|are|am|may|might|must\s+i|any)\b", _I)  # fmt: skip
_AS_ZH = re.compile(r"^(?:作为|身为)(?:一?[个名位])?[^，。！？,]{1,14}[，,]")
_ASKS_ZH = re.compile(r"怎么|如何|什么|哪|吗|呢|为什么|能不能|可不可以|应不应该|该不该|要不要|多少|几")
#: A taste that is put as what somebody is like: read as a taste.
_TASTE = re.compile(
    r"\b(?:someone|somebody|person)\s+(?:who|that)\s+(?!(?:is|has)\b)|\b(?:fan|lover|admirer|devotee)\s+of\s|\s(?:lover|fan|addict|nerd|geek|enthusiast|buff|fanatic|aficionado)\b",
    _I,
)
#: What somebody has or lives with, as the cause of what they say.
_CAUSE = re.compile(r"(?:because\s+of|due\s+to)\s+my\s|living\s+in\s|having\s+an?\s", _I)
#: Whom or what somebody lives with, which bears on whatever is asked.
_LIVED_WITH = re.compile(
    r"with\s+(?:an?|my|our|two|three|four|\d)\s+(?:[\w-]+\s+){0,2}?(?:toddlers?|bab(?:y|ies)|newborn|kids?|children|twins|dogs?|cats?|puppy|(?:bad|weak|arthritic|sore|broken)\s+\w+|allergy|allergies|budget)(?:\s+(?:at\s+home|in\s+the\s+house))?$",
    _I,
)
_OF_WRITER = re.compile(r"(?:i|i['’]\w+|im|ive|we|my)\b", _I)


def only_for_the_answer(sentence: str) -> bool:
    """Whether it says who asks, and nothing that binds them: "As a developer, how do I centre a div?"."""
    if is_chinese(sentence):
        front = _AS_ZH.match(sentence)
        return bool(front and _ASKS_ZH.search(sentence, front.end()) and not _BINDING_ZH.search(front.group()))
    found = IN_FRONT.match(sentence)
    if found is None or not found["s"] or _TASTE.search(found.group()):
        return False
    return bool(_ASKS.match(sentence[found.end() :])) and not _BINDING.search(found["s"])


def read(sentence: str, *, goes_on: bool) -> Iterator[ClauseReading]:
    """Who the writer is, as a statement of its own; `goes_on`: what stands behind it states something too."""
    found = IN_FRONT.match(sentence)
    if (
        found is None
        or is_chinese(sentence)
        or not (found["s"] or _CAUSE.match(sentence) or _LIVED_WITH.match(found.group().rstrip(" ,")))
        or _TASTE.search(found.group())
    ):
        return
    name = "s" if found["s"] else "t"
    binds = bool(_BINDING.search(found[name]))
    asked = binds and bool(_ASKS.match(sentence[found.end() :]))
    heard = asked or bool(_LIVED_WITH.match(found.group().rstrip(" ,")))
    if not heard and not (goes_on and _OF_WRITER.match(sentence, found.end())):
        return
    first, last, _ = phrase(sentence, found.start(name), found.end(name))
    if first < last:
        diet = slot_in(sentence[: found.end()])
        polarity: Polarity | None = "like" if diet == "diet" else None
        yield ClauseReading("fact", polarity, first, last, strict=binds, slot=diet, sure=True, pattern=IN_FRONT_OF)
