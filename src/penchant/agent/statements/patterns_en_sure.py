"""English wordings that alone determine the kind, the polarity and the subject of a statement.

They are exceptions, conditions, comparisons, rhetorical questions, and former tastes. Their readings
are used as they are, without the classifier.
"""

import re

from penchant.agent.statements.wordings import I, Kind, Pattern, Polarity, V
from penchant.lazy_patterns import lazy

TAKE = (
    r"(?:eat|drink|have|watch|read|play|wear|use|buy|like|love|enjoy|listen\s+to|do|take|book|order|try|go\s+for|touch|cook"
    r"|stay\s+in|stay\s+at|fly)"
)
_NOT = r"(?:don['’]?t|do\s+not|won['’]?t|will\s+not|never|can['’]?t|cannot|wouldn['’]?t|refuse\s+to)"
_BUT = r"(?:except(?:\s+for)?|but|bar|minus|apart\s+from|other\s+than|besides|save\s+for|aside\s+from)"
SUBJECT = r"(?P<s>[\w][\w\s'’/-]{1,50}?)"
#: The subject of an exception, which is not a part of a document that is being worked on.
_X = (
    r"(?P<s>(?!the\b|this\b|that\b|these\b|those\b|pages?\b|chapters?\b|parts?\b"
    r"|sections?\b|steps?\b|questions?\b|one\b|it\b|you\b|mine\b|option\b)[\w][\w\s'’/-]{1,50}?)"
)
CLAUSE_END = r"(?=\s*(?:$|[,.;:!?–—(]|\s-\s))"
_NOW_NOT = (
    r"(?:over\s+(?:it|that|them)|past\s+(?:it|that)|done\s+with\s+(?:it|that|them)|outgrown\s+(?:it|that|them)|(?:not|don['’]?t|can['’]?t|doesn['’]?t)\s+[\w\s]{0,20}?any\s?more"
    r"|no\s+longer\b|(?:hate|dislike|can['’]?t\s+stand|don['’]?t\s+(?:like|enjoy)|sick\s+of|tired\s+of|bored\s+(?:of|by|with)|fed\s+up\s+with)\s+(?:it|them|that)\b|(?:it|they|that)\s+(?:just\s+)?(?:bores?|annoys?|tires?|irritates?|exhausts?|drains?|stress(?:es)?|depress(?:es)?|scares?|leaves?|makes?|gives?|wears?|puts?|gets?|drives?|does\s+nothing\s+for|do\s+nothing\s+for)\s+me(?!\s+(?:happy|smile|joy|laugh|even))"
    r"|find\s+(?:it|that|them)\s+(?:just\s+|so\s+|too\s+|really\s+|a\s+bit\s+)*(?:exhausting|boring|dull|tedious|stressful|tiring|pointless|annoying|overrated|childish|too\s+\w+)|too\s+much\s+for\s+me|gone\s+off\s+(?:it|them|that)|lost\s+(?:all\s+)?interest|couldn['’]?t\s+care\s+less|can['’]?t\s+be\s+bothered|not\s+(?:so\s+much|for\s+me)\b)"
)

#: Something that others suggest and the writer does not want: "they say I should try yoga but it's not for me".
NOT_FOR_ME = lazy(
    r"\b(?:try|tried|trying|do|doing|into|loves?|suggest(?:s|ed)?|recommend(?:s|ed)?|about)\s+(?P<s>[\w][\w\s'’-]{1,30}?),?\s+but\s+(?:(?:honestly|tbh|frankly|to\s+be\s+honest|personally)[,\s]+)?"
    r"(?:it|that|they)(?:(?:['’]?s|\s+is|['’]re|\s+are)\s+(?:just\s+|really\s+|so\s+)?not\s+(?:really\s+|exactly\s+)?(?:for\s+me|my\s+(?:thing|cup\s+of\s+tea|style|jam))|\s+(?:just\s+|really\s+)?(?:doesn['’]?t|don['’]?t)\s+(?:really\s+)?(?:interest|appeal\s+to|excite|work\s+for|do\s+(?:it|anything|much)\s+for)\s+me|\s+(?:just\s+|really\s+)?(?:bores?\s+me|leaves?\s+me\s+cold))\b",
    re.IGNORECASE,
)


def sure_pattern(kind: Kind, sign: str, pattern: str) -> Pattern:
    polarity: dict[str, Polarity | None] = {"+": "like", "-": "dislike", "0": None}
    return Pattern(kind, polarity[sign], pattern, sure=True)


#: Begins an aim that lasts longer than a moment.
_AIM = (
    r"(?=(?:(?:learn|become|master|retire|lose|gain|save|move|run\s+an?|climb|study|improve|train|build|write\s+an?|be\s+an?|own|visit|travel)\s"
    r"|(?:quit|stop|start)\s+\w+ing\b|be\s+(?:fit|healthy|vegan|fluent)|get\s+(?:fit|fitter|healthy|healthier|in\s+shape|better\s+at|into\s+(?!this|that|it)\w+)))"
)

SURE: tuple[Pattern, ...] = (
    sure_pattern(
        "goal", "+", rf"\b(?:i|we)\s+(?:really\s+|just\s+|so\s+)*wanna\s+{_AIM}(?:learn\s+(?=how\b))?(?:how\s+to\s+)?"
    ),
    sure_pattern("dislike", "-", NOT_FOR_ME.pattern),
    # too much of a burden, and hardly liked
    sure_pattern(
        "dislike",
        "-",
        r"^(?P<s>(?!it\b|that\b|this\b|these\b|those\b|you\b|there\b|they\b)\w[\w'’-]*(?:\s+[\w'’-]+){0,3}?)\s+(?:is|are)\s+(?:just\s+|way\s+|far\s+|really\s+)*"
        r"too\s+much\s+(?:work|trouble|effort|hassle|bother|stress|drama|fuss|faff|maintenance|upkeep)\s+for\s+(?:me|us)\b",
    ),
    sure_pattern(
        "dislike",
        "-",
        r"^(?:but\s+)?(?P<s>(?!it\b|that\b|this\b|these\b|those\b|you\b|there\b|they\b|maybe\b|probably\b|why\b|i\b|we\b)\w[\w'’-]*(?:\s+[\w'’-]+){0,2}?),?\s+not\s+so\s+much\W*$",
    ),
    # outgrown, and grown fond of
    sure_pattern(
        "dislike",
        "-",
        rf"{I}(?:used\s+to|once)\s+{V}(?:love|like|enjoy|adore|loved|liked|enjoyed|adored|be\s+(?:really\s+|so\s+)?(?:into|obsessed\s+with|a\s+(?:\w+\s+)?fan\s+of))\s+{SUBJECT}\s*(?:,|\bbut\b|,\s*but)\s+[^.!?]{{0,40}}?\b{_NOW_NOT}",
    ),
    sure_pattern(
        "like",
        "+",
        rf"{I}(?:used\s+to|once)\s+{V}(?:hate|dislike|loathe|avoid|despise|hated|disliked|can['’]?t\s+stand)\s+{SUBJECT}\s*(?:,|\bbut\b|,\s*but)\s+[^.!?]{{0,30}}?\b(?:love|like|enjoy|adore|can['’]?t\s+get\s+enough\s+of)\s+(?:it|them|that)\b",
    ),
    sure_pattern(
        "avoid",
        "-",
        r"\bi\s+(?:don['’]?t|do\s+not)\s+(?!know|think|understand|see|need|have|want|remember|get|care|work|feel|believe|live|trust|like|love|enjoy|use|hear|do\b|it\b)(?P<s>\w{3,}(?:\s+\w+){0,2}?)\s+any\s?(?:more|longer)\b",
    ),
    # none more, and hard not to
    sure_pattern(
        "like",
        "+",
        rf"^(?:it['’]?s|it\s+is)\s+(?:\w+\s+)?(?:hard|impossible|difficult)\s+not\s+to\s+(?:love|like|enjoy|adore)\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "like",
        "+",
        rf"\b(?:it\s+would\s+be\s+a\s+lie|i['’]d\s+be\s+lying)\s+(?:to\s+say|if\s+i\s+said)\s+(?:that\s+)?i\s+(?:don['’]?t|didn['’]?t)\s+(?:love|like|enjoy|adore)\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"\bi\s+(?:wasn['’]?t|was\s+not|am\s+not|was\s+never)\s+(?:very\s+|really\s+|too\s+|that\s+)?(?:impressed\s+(?:by|with)|taken\s+with|convinced\s+by|won\s+over\s+by|wowed\s+by)\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "like",
        "+",
        rf"^(?:honestly,?\s+|for\s+me,?\s+)?(?:it['’]?s\s+|it\s+is\s+)?(?:really\s+)?(?:(?:hard|tough|difficult)\s+to\s+beat|you\s+(?:just\s+)?can['’]?t\s+beat|(?:just\s+)?can['’]?t\s+beat)\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "like",
        "+",
        rf"\b(?:there['’]?s|there\s+is|there\s+will\s+always\s+be)\s+(?:always\s+)?a\s+(?:\w+\s+)?(?:place|spot|corner)\s+in\s+my\s+heart\s+for\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "like",
        "+",
        r"^(?P<s>(?!it\b|that\b|this\b|he\b|she\b|they\b|you\b|what\b|who\b)[\w][\w\s,'’-]{1,50}?)(?<!,)\s+(?:(?:always|really|just|still)\s+)*(?:keeps?\s+me\s+(?:going|sane|happy|young|grounded|motivated|company)|gets?\s+me\s+(?:going|out\s+of\s+bed|through\s+(?:the|my|long|every)\s)|cheers?\s+me\s+up|picks?\s+me\s+up|(?:has|have)\s+become\s+(?:something\s+of\s+|a\s+bit\s+of\s+|a\s+(?:real\s+)?|quite\s+)?an?\s*obsession)",
    ),
    sure_pattern(
        "dislike",
        "-",
        r"^(?P<s>(?!it\b|that\b|this\b|he\b|she\b|they\b|you\b|what\b|who\b)[\w][\w\s,'’-]{1,50}?)\s+(?:(?:always|really|just)\s+)*makes?\s+(?:my\s+(?:knees\s+(?:shake|weak)|skin\s+crawl|stomach\s+(?:turn|churn)|head\s+(?:hurt|spin|ache)|heart\s+(?:race|sink)|blood\s+boil|eyes\s+water|teeth\s+(?:hurt|itch)|toes\s+curl|hair\s+stand)|me\s+(?:cringe|shudder|want\s+to\s+(?:scream|leave|run|cry|hide)))",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"\bit\s+(?:really\s+|always\s+|just\s+)?(?:drives|makes|sends)\s+me\s+(?:absolutely\s+|completely\s+)?(?:mad|crazy|nuts|insane|furious|angry|up\s+the\s+wall|round\s+the\s+bend|sad|uncomfortable|nervous|anxious)\s+(?:when|if|how|that)\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "like",
        "+",
        r"^(?:(?:big|huge|massive|lifelong|total|avid|proud|die-?hard|longtime)\s+)+(?P<s>(?!fans?\b)[\w][\w\s'’-]{1,40}?)\s+(?:(?:fan|lover|nerd|geek|enthusiast|buff|fanatic)(?:\s+(?:here|since|for|of)\b|\s*(?:$|[,.!;]))|(?:person|people|family|household|house)\s+here\b)",
    ),
    sure_pattern(
        "like",
        "+",
        rf"^if\s+there['’]?s\s+(?:one|any|a)\s+\w+\s+(?:that\s+)?i\s+(?:really\s+|absolutely\s+)?(?:love|like|adore|can['’]?t\s+resist|enjoy),?\s+(?:it['’]?s|it\s+is)\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"\bi(?:['’]ve|\s+have)?\s+(?:never\s+understood|don['’]?t\s+(?:get|understand)|can['’]?t\s+understand|fail\s+to\s+(?:see|understand))\s+why\s+(?:people|anyone|anybody|everyone|everybody)\s+(?:\w+\s+)?(?:likes?|loves?|enjoys?|watch(?:es)?|plays?|buys?|eats?|drinks?|reads?|wears?|wants?)\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"{I}{V}(?:get|become|feel)\s+{V}(?:cranky|grumpy|tense|jumpy|antsy|moody|furious|upset|resentful|panicky|twitchy|livid)\s+(?:when|if|whenever|around|about|at)\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "avoid",
        "-",
        rf"{I}{V}(?:don['’]?t|do\s+not|never|won['’]?t)\s+{V}let\s+{SUBJECT}\s+(?:in|into|near|on|onto|inside|anywhere)\b",
    ),
    sure_pattern("avoid", "-", rf"{I}{V}make\s+a\s+point\s+of\s+(?:not|never)\s+{SUBJECT}{CLAUSE_END}"),
    # rhetorical questions
    sure_pattern(
        "like",
        "+",
        rf"^(?:but\s+|i\s+mean,?\s+)?who\s+(?:doesn['’]?t|wouldn['’]?t|does\s+not)\s+(?:just\s+|really\s+)?(?:love|like|enjoy|adore|want(?!\s+(?:to\s+(?:be|have|get)|money|a\s+free)\b))\s+{SUBJECT}(?:\s+from\s+[\w\s]+)?{CLAUSE_END}",
    ),
    sure_pattern(
        "like",
        "+",
        rf"^(?:but\s+)?(?:who\s+(?:can|could)\s+(?:ever\s+|possibly\s+)?(?:resist|say\s+no\s+to)|what['’]?s\s+not\s+to\s+(?:love|like)\s+about|how\s+(?:can|could)\s+(?:anyone|anybody|you)\s+not\s+(?:love|like))\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"^(?:who\s+(?:even|on\s+earth|in\s+their\s+right\s+mind)\s+(?:likes?|loves?|enjoys?|wants?)|why\s+(?:does|would)\s+anyone\s+(?:like|love|enjoy|want))\s+{SUBJECT}{CLAUSE_END}",
    ),
    # what the writer is, and how they judge things
    sure_pattern(
        "like",
        "+",
        rf"^(?:as|being)\s+an?\s+(?:(?:big|huge|massive|lifelong|total|real|avid)\s+)*(?:fan|lover|admirer)\s+of\s+{SUBJECT}(?=\s*(?:,|$)|\s+(?:i|i['’]\w+|we|what|which|where)\b)",
    ),
    sure_pattern(
        "like",
        "+",
        rf"^(?:as|being)\s+an?\s+(?:(?:big|huge|massive|lifelong|total|real|avid)\s+)*{SUBJECT}\s+(?:lover|fan|addict|nerd|geek|enthusiast|buff|fanatic|freak|nut|aficionado)\b",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"^(?:(?:honestly|personally|imo|tbh|sorry\s+but|i\s+think|i\s+find)[,\s]+)*{SUBJECT}\s+(?:is|are)\s+(?:so\s+|very\s+|way\s+|massively\s+|really\s+|just\s+|totally\s+|completely\s+){{0,3}}(?:over-?rated|over-?hyped)\b",
    ),
    sure_pattern(
        "require",
        "+",
        rf"\b(?:so|that\s+makes\s+me|makes\s+me)\s+(?:i['’]?m\s+|i\s+am\s+)?(?:an?\s+)?(?P<s>pescatarian|pescetarian|vegetarian|vegan|flexitarian)(?:,?\s+(?:i\s+(?:guess|suppose|think)|now|then|basically))?{CLAUSE_END}",
    ),
    # exceptions
    sure_pattern("require", "+", rf"{I}{V}{_NOT}\s+{V}{TAKE}\s+anything\s+(?:else\s+)?{_BUT}\s+{_X}{CLAUSE_END}"),
    sure_pattern("require", "+", rf"{I}{V}{TAKE}\s+(?:nothing|no\s+\w+)\s+(?:else\s+)?{_BUT}\s+{_X}{CLAUSE_END}"),
    sure_pattern(
        "avoid",
        "-",
        rf"{I}(?:['’]ll\s+)?{V}(?:will\s+|can\s+|could\s+)?{TAKE}\s+(?:pretty\s+much\s+|almost\s+|basically\s+|just\s+about\s+)?(?:everything|anything|all(?:\s+\w+){{0,3}}|most(?:\s+\w+){{0,3}}|any(?:\s+\w+){{1,3}})\s*,?\s+(?:{_BUT}|just\s+not|only\s+not)\s+{_X}{CLAUSE_END}",
    ),
    sure_pattern(
        "avoid",
        "-",
        rf"\bi['’]ll\s+{TAKE}\s+(?:everything|anything)\s*,?\s+(?:{_BUT}|just\s+not)\s+{_X}{CLAUSE_END}",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"^(?:(?:please|pls|ok|yes|honestly)[,\s]+)?(?:(?:everything|anything|any\s+\w+)\s+)(?:is\s+(?:fine|ok|okay|good)\s+)?{_BUT}\s+{_X}(?:\s+is\s+(?:fine|ok|okay|good)(?:\s+(?:by|with)\s+me)?)?(?:[\s,]+please)?{CLAUSE_END}",
    ),
    # conditions
    sure_pattern(
        "require",
        "+",
        rf"{I}{V}{_NOT}\s+[\w\s'’]{{2,40}}?\s+unless\s+(?:it|they|there|the\s+\w+)(?:['’]?s|['’]re|\s+is|\s+are|\s+has|\s+have|\s+comes\s+with)\s+(?!to\b|absolutely\b|really\b|necessary\b|an?\s+(?:emergency|must)\b)(?:a\s+|an\s+)?{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "require",
        "+",
        rf"^unless\s+(?:it|they|there|the\s+\w+)(?:['’]?s|['’]re|\s+is|\s+are|\s+has|\s+have)\s+(?:a\s+|an\s+)?{SUBJECT},?\s+(?:i|we|it['’]s)\s+(?:can['’]?t|cannot|won['’]?t|don['’]?t|couldn['’]?t|not?\b|refuse|will\s+not)",
    ),
    sure_pattern(
        "require",
        "+",
        rf"^if\s+(?:it|they|there|a\s+\w+|the\s+\w+)(?:['’]?s|\s+is|\s+are|\s+has|\s+have|\s+had)\s+no\s+{SUBJECT},?\s+(?:i\b|i['’]?m|we\b|we['’]re|no\s+deal|count\s+me\s+out|forget\s+it)",
    ),
    sure_pattern(
        "require",
        "+",
        rf"^if\s+(?:it|they|a\s+\w+|the\s+\w+|there)\s+(?:doesn['’]?t|don['’]?t|isn['’]?t|aren['’]?t|hasn['’]?t)\s+(?:have\s+|come\s+with\s+|offer\s+|got\s+)?(?:any\s+|a\s+|an\s+)?{SUBJECT},?\s+(?:i\b|i['’]?m|we\b|no\s+deal|count\s+me\s+out|forget\s+it)",
    ),
    sure_pattern("require", "+", rf"^no\s+{SUBJECT}\s*,\s*no\s+(?:deal|thanks|way|booking)\b"),
    sure_pattern(
        "require",
        "+",
        rf"{I}{V}{_NOT}\s+[\w\s'’]{{2,40}}?\s+(?:that|which|who)\s+(?:doesn['’]?t|don['’]?t|isn['’]?t|aren['’]?t|hasn['’]?t(?=\s+(?:got|an?|any)\b)|lacks?|has\s+no|have\s+no)\s+(?:have\s+|offer\s+|serve\s+|allow\s+|come\s+with\s+|got\s+)?(?:any\s+|an?\s+)?{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "avoid",
        "-",
        rf"{I}{V}(?:don['’]?t|do\s+not|never|won['’]?t)\s+{V}(?:{TAKE[3:-1]}|use)\s+{SUBJECT}\s+unless\s+(?:i|we)\s+(?:have\s+to|must|need\s+to|can['’]?t\s+avoid\s+it|absolutely|really)",
    ),
    sure_pattern(
        "avoid",
        "-",
        r"\b(?:i|we)(?:['’]d|\s+would|\s+will|['’]ll)\s+never\s+(?:ever\s+|again\s+)?(?!say\b|have\b|refuse|miss\b|give\s+up|stop\b|turn\s+down|pass\s+up|get\s+(?:tired|bored|enough)|tire\b|have\s+thought|guess|forget|know|understand|be\s+able|live\s+without|go\s+without|like\b|love\b|enjoy\b)(?P<s>\w[\w\s'’-]{2,50}?)(?=\s*(?:$|[,.;:!?–—(]|\s(?:again|because|since|if|when|unless|without)\b))",
    ),
    # comparisons
    sure_pattern(
        "prefer",
        "+",
        r"^(?:honestly,?\s+|for\s+me,?\s+)?(?P<s>(?!i\b|we\b|i['’])[\w][\w'’-]*(?:\s+[\w'’-]+){0,4}?)(?:\s+wins?(?:\s+out)?)?\s+over\s+(?P<o>[\w][\w\s'’-]{1,40}?),?\s+(?:any\s?(?:day|time)|always|every\s+time|all\s+(?:day|the\s+way)|for\s+me|if\s+you\s+ask\s+me)\b",
    ),
    sure_pattern(
        "prefer",
        "+",
        r"^(?:honestly,?\s+|for\s+me,?\s+|to\s+me,?\s+|imo\s+|in\s+my\s+(?:book|opinion|view),?\s+)?(?P<s>(?!nothing|what|that|it\b|this|both\b|[\w\s]*\bbut\s)[\w][\w\s'’-]{1,40}?)\s+(?:always\s+|totally\s+|easily\s+)?(?:beats|beat|trumps?)\s+(?P<o>[\w][\w\s'’-]{1,40}?),?\s+(?:any\s?(?:day|time)|every\s+time|always|if\s+you\s+ask\s+me|for\s+me|imo|hands\s+down|in\s+my\s+(?:book|opinion))\b",
    ),
    sure_pattern(
        "prefer",
        "+",
        r"(?:^|\b(?:i|we)\s+|\b(?:i|we)['’]?d\s+)(?:would\s+)?(?:much\s+|far\s+|always\s+)?(?:rather|sooner)\s+(?!not\b|we\b|you\b|it\b|i\b|he\b|she\b|they\b|have\s+(?:it|the\s+\w+\s+(?:one|version)))(?P<s>[\w][\w\s'’-]{1,50}?)\s+(?:than|over|instead\s+of)\s",
    ),
    sure_pattern(
        "prefer",
        "+",
        r"\bbetween\s+[\w\s'’-]{1,30}?\s+(?:and|or)\s+[\w\s'’-]{1,30}?,?\s+(?:i(?:['’]d|['’]ll)?\s+(?:would\s+|will\s+|always\s+|usually\s+)*(?:choose|pick|take|prefer|go\s+for|go\s+with)|it['’]?s(?:\s+always)?|definitely|always)\s+(?P<s>[\w][\w\s'’-]{1,30}?)(?=\s+(?:every\s+time|any\s+day|always|for\s+me)|[,.!]|$)",
    ),
    sure_pattern(
        "prefer",
        "+",
        r"\bif\s+i\s+ha(?:d|ve)\s+to\s+(?:choose|pick)[^,]{0,50}?,?\s+(?:i['’]d\s+(?:choose|pick|take|say|go\s+(?:for|with))|it['’]?s|it(?:['’]d|\s+would)\s+(?:have\s+to\s+)?be|definitely)\s+(?:always\s+|definitely\s+)?(?P<s>[\w][\w\s'’-]{1,30}?)(?=\s+(?:every\s+time|any\s+day|always|for\s+me)|[,.!]|$)",
    ),
)
