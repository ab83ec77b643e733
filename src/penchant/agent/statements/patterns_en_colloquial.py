"""English wordings as people type them to an assistant: short verdicts, limits, and what they have finished with.

Examples: "Blue is my colour", "nothing over fifty euros", "I'm done with Netflix". As in `patterns_en_sure`, their
readings are used as they are, without the classifier.
"""

from penchant.agent.statements.patterns_en_sure import CLAUSE_END, sure_pattern
from penchant.agent.statements.patterns_en_word_order import FIRST_WORD, WORD
from penchant.agent.statements.wordings import AM, Pattern

_THING = rf"(?P<s>{FIRST_WORD}{WORD}(?:\s+{WORD}){{0,6}}?)"
_LEAD = r"^(?:(?:you\s+know\s+what|guess\s+what|turns\s+out|ok(?:ay)?|well|actually|honestly|update|whatever\s+you\s+(?:suggest|recommend|find|pick|choose|show\s+me))[,:!]?\s+)?"
_NUMBER = r"(?:[$€£¥]\s?\d[\d,.]*k?|\d[\d,.]*k?|(?:an?|one|two|three|four|five|six|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:one\s+|two\s+|three\s+|five\s+|an?\s+)?(?:hundred|thousand))(?:[\s-](?:five|hundred|thousand))?)"
_UNIT = r"(?:\s*(?:euros?|dollars?|pounds?|quid|bucks|usd|eur|gbp|francs?|kr|rupees?|yen|yuan|[$€£%]|litres?|liters?|kilos?|kg|grams?|inch(?:es)?|cm|mm|met(?:re|er)s?|hours?|minutes?|calories|kcal|pages?|watts?))"
#: What something at hand is called, of which one is done for now.
_WORK = r"(?:(?:the|my|our|this|that|these|those|your|it|them|all|him|her|you|everything|work|school|classes?|exams?|homework|chores|lunch|dinner|breakfast|shopping|packing|chapters?|parts?|steps?|pages?|questions?|levels?|phase|section|round|today|part)\b)"

COLLOQUIAL: tuple[Pattern, ...] = (
    # liked
    sure_pattern("like", "+", rf"{_LEAD}{_THING}\s+(?:has|have)\s+(?:(?:really|slowly|definitely|completely)\s+)*(?:grown\s+on\s+me|won\s+me\s+over){CLAUSE_END}"),
    sure_pattern("like", "+", rf"^(?:give\s+me\s+)?(?:anything|any\s+\w+)\s+(?:by|from|about|with|set\s+in)\s+(?P<s>(?!(?:you|me|us|him|her|them|it|this|that)\b)\w[\w\s'’.-]{{1,40}}?)(?:\s+in\s+(?:it|them))?,?\s+(?:and\s+)?i(?:['’]m|\s+am)\s+(?:\w+\s+)?(?:happy|in(?!\s+(?:my|the|an?)\b)|sold|there|content|hooked|all\s+ears){CLAUSE_END}"),
    sure_pattern("like", "+", rf"^(?P<s>(?:[a-z]+\s+)?[a-z]+)\s+(?:is|are)\s+(?:so\s+|totally\s+|just\s+|definitely\s+)?my\s+colou?rs?{CLAUSE_END}"),
    sure_pattern("like", "+", r"^(?P<s>(?!(?:it|this|that|they|these|those)\b)[\w'’-]+(?:\s+[\w'’-]+){0,2}?)\s+(?:is|are)\s+(?:so\s+|totally\s+|always\s+|definitely\s+|absolutely\s+)?worth\s+it" + CLAUSE_END),
    # refused
    sure_pattern("avoid", "-", rf"{AM}(?:so\s+|totally\s+|completely\s+|finally\s+|officially\s+)*done\s+with\s+(?!{_WORK})(?P<s>\w[\w\s'’-]{{2,30}}?){CLAUSE_END}"),
    sure_pattern("avoid", "-", rf"{_LEAD}nothing\s+(?:with|containing|made\s+with)\s+(?:any\s+)?(?P<s>(?!(?:it|this|that|the|your|my)\b)\w[\w\s'’-]{{1,30}}?)\s+in\s+(?:it|them)(?:,?\s+please)?{CLAUSE_END}"),
    sure_pattern("avoid", "-", r"\b(?:i|we)\s+(?:(?:just|simply|really|also)\s+)?(?:never|don['’]?t|do\s+not|won['’]?t|refuse\s+to)\s+(?:ever\s+)?(?:buy|order|get|shop)\s+(?:(?:anything|things|stuff)\s+from|from)\s+(?P<s>(?!(?:an?|the|this|that|these|those|it|you|here|there|abroad|my|your|credit|sale|impulse|sundays?|weekends?|time|first|people|someone|strangers)\b)[\w'’&.-]+(?:\s+(?!(?:for|in|when|if|because|unless|on|at|to)\b)[\w'’&.-]+){0,2}?)" + CLAUSE_END),
    # limits
    sure_pattern("require", "+", r"^(?![^.!?]*\bfor\s+this\b)(?:please\s+)?(?:always\s+)?(?:keep|make)\s+(?P<s>(?:(?:your|all|the)\s+)?(?:answers|replies|responses|explanations)\s+\w[\w\s'’-]{2,40}?)(?=\s*(?:$|[.,;!]|\s(?:when|if|in|for|please|because|since|as|so|and)\b))"),
    sure_pattern("avoid", "-", rf"{_LEAD}nothing\s+(?P<s>(?:over|above|under|below|more\s+than|less\s+than|longer\s+than|bigger\s+than|heavier\s+than)\s+{_NUMBER}{_UNIT}?(?:\s+(?:a|per)\s+\w+)?)(?:,?\s+(?:please|thanks))?{CLAUSE_END}"),
    sure_pattern("require", "+", rf"^(?:it|they|anything|everything|whatever\s+it\s+is)\s+(?:has|have|needs?)\s+to\s+(?:be|weigh|cost)\s+(?P<s>(?:under|below|over|above|at\s+(?:most|least)|(?:no\s+)?(?:more|less|longer|bigger|heavier)\s+than|within)\s+{_NUMBER}{_UNIT})(?=\s*(?:$|[.,;!]|\sor\b|\sto\b|\sbecause\b|\sfor\b))"),
    sure_pattern("require", "+", r"\b(?:everything|anything|whatever|all\s+(?:the\s+)?(?:food|meals?))\s+(?:that\s+)?(?:i|we)\s+(?:\w+\s+)?(?:cook|make|eat|buy|bake|wear|use|order|drink|read|watch)\s+(?:has\s+(?:got\s+)?to|must|needs\s+to)\s+be\s+(?P<s>(?!(?:done|finished|ready|here|sent|paid|\w+ed)\b)\w[\w\s'’-]{2,40}?)" + CLAUSE_END),
    sure_pattern("require", "+", rf"\b(?:i|we)\s+(?:really\s+|always\s+)?need\s+(?:everything|all\s+(?:my|the)\s+\w+)\s+in\s+(?P<s>(?:large|big|bigger|plain|simple|easy|bold|high)\s+(?:print|letters|type|text|font|english|language|contrast)){CLAUSE_END}"),
)  # fmt: skip
