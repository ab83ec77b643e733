"""English wordings for a lasting taste, need, habit, goal or fact about oneself: data for `reading_en`.

Each entry has a kind, a polarity and a pattern. What follows the match is the subject, unless the pattern names it
(`s`). Of several matches, the one that begins first is used; of those, the one listed first. Every pattern is tried
on one sentence of bounded length, and its repetitions are bounded.
"""

import re

from penchant.agent.statements.patterns_en_constraints import AVOIDED, FACTS
from penchant.agent.statements.wordings import (
    ADJ,
    ADVERB,
    AM,
    BAD,
    CANT,
    DONT,
    GOOD,
    HATE,
    HAVE,
    HAVE_ADV,
    INTENSIFIER,
    LIKE,
    NOT,
    NOT_DONE_ONCE,
    I,
    Pattern,
    V,
    signed_pattern,
)
from penchant.lazy_patterns import lazy

PATTERNS: tuple[Pattern, ...] = (
    *AVOIDED,
    # dislikes
    signed_pattern("dislike", "-", rf"{I}{V}{HATE}\s+(?:it\s+when\s+)?"),
    signed_pattern(
        "dislike",
        "-",
        rf"{I}{V}(?:{CANT}|{NOT})\s+{V}(?:stand|bear|abide|stomach|tolerate|handle|take|put\s+up\s+with|face|endure|get\s+(?:on(?:\s+board)?|along)\s+with|warm\s+to|gel\s+with|get\s+(?:excited|enthusiastic)\s+about|deal\s+with|cope\s+with|concentrate\s+(?:in|with)|relax\s+(?:in|on|with)|sleep\s+(?:in|on|with)|focus\s+(?:in|with)|watch)\s+",
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"^(?:honestly,?\s+|personally,?\s+|sorry,?\s+|ugh,?\s+)?(?:{CANT}\s+(?:stand|bear|abide)|hate|not\s+(?:really\s+)?(?:a\s+)?(?:big\s+|huge\s+)?(?:fan\s+of|into|keen\s+on|big\s+on)|don['’]?t\s+like|never\s+liked)\s+",
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"{I}{V}(?:{DONT}|no\s+longer|didn['’]?t|have\s+never|never)\s+{V}(?:(?:like|love|enjoy)\s+(?:it\s+when|how|the\s+way)|like|love|enjoy|got\s+(?:really\s+)?into|warm(?:ed)?\s+to|took\s+to|got\s+(?:on\s+with|the\s+(?:hype|appeal|point)\s+(?:of|around|about))|care\s+(?:much\s+)?(?:for|about)|fancy|appreciate|trust|see\s+the\s+(?:point|appeal)\s+(?:of|in)|get\s+the\s+(?:hype|appeal)\s+(?:of|around|about)|believe\s+in|value|think\s+(?:very\s+)?(?:much|highly)\s+of|find\s+(?P<n>[\w\s'’-]{{2,60}}?)\s+(?:appealing|interesting|enjoyable|helpful|useful|comfortable|fun|attractive|engaging)|feel\s+(?:comfortable|safe|at\s+ease|at\s+home)\s+(?:in|with|on|around|at)|get\s+much\s+out\s+of|have\s+(?:the\s+)?(?:patience|stomach|time|interest|energy|appetite|tolerance)\s+(?:for|in))\s*(?:to\s+)?",
    ),
    signed_pattern("dislike", "-", rf"{HAVE}{V}(?:hated|disliked|detested|loathed|dreaded|despised)\s+"),
    signed_pattern("avoid", "-", rf"{HAVE}{V}avoided\s+"),
    signed_pattern("prefer", "+", rf"{HAVE}{V}preferred\s+"),
    signed_pattern(
        "dislike",
        "-",
        rf"{HAVE}{V}never\s+(?:really\s+)?(?:liked|enjoyed|loved|been\s+(?:a\s+(?:\w+\s+)?fan\s+of|into|able\s+to\s+(?:enjoy|stand|stomach|get\s+into)|one\s+for|interested\s+in|keen\s+on|fond\s+of|comfortable\s+(?:with|in|on))|cared\s+for|understood\s+the\s+(?:appeal|point)\s+of|seen\s+the\s+(?:appeal|point)\s+(?:of|in)|got(?:ten)?\s+into)\s+",
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"{AM}{V}(?:not|never|no)\s+{V}(?:(?:a|an|one)\s+)?(?:\w+\s+)?(?:fan\s+of|lover\s+of|into|keen\s+on|big\s+on|interested\s+in|one\s+for|fond\s+of|comfortable\s+(?:with|in|on|around|at|when|being)|attracted\s+to|drawn\s+to|enthusiastic\s+about|crazy\s+about|partial\s+to|a\s+believer\s+in|happy\s+(?:with|in|about)|fussed\s+about|bothered\s+about|good\s+with|in\s+favou?r\s+of|cut\s+out\s+for|impressed\s+by)\s+",
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"{AM}{V}(?:averse\s+to|put\s+off\s+by|turned\s+off\s+by|bothered\s+by|annoyed\s+by|irritated\s+by|distracted\s+by|easily\s+(?:distracted|overwhelmed|irritated|bored)\s+by|overwhelmed\s+by|tired\s+of|sick\s+of|fed\s+up\s+with|bored\s+(?:of|with|by)|weary\s+of|over(?=\s)|wary\s+of|skeptical\s+(?:of|about)|sceptical\s+(?:of|about)|suspicious\s+of|uncomfortable\s+(?:with|in|around|at|on|when)|uneasy\s+(?:with|in|around|at|on|about)|nervous\s+(?:about|around|in|on)|anxious\s+(?:about|around|in|on)|hopeless\s+(?:with|at)|disgusted\s+by|repulsed\s+by|grossed\s+out\s+by|disturbed\s+by|(?:scared|afraid|frightened|terrified|fearful|petrified)\s+(?:of|by)|claustrophobic\s+in|prone\s+to|no\s+fan\s+of|intimidated\s+by|frustrated\s+(?:by|with)|disappointed\s+by|opposed\s+to|sensitive\s+to(?!\s+(?:the|my)\s+needs))\s+",
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"{HAVE}{V}(?:a\s+|an\s+)?{ADJ}(?:aversion|dislike|hatred|distaste|fear|phobia|dread|distrust|loathing|disdain|resistance|objection)\s+(?:to|of|for|towards?)\s+",
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"{HAVE_ADV}{V}(?:zero|no|little|absolutely\s+no|very\s+little|not\s+much|hardly\s+any|no\s+real|never\s+had\s+(?:any|much)|lost\s+(?:all\s+)?|low)\s*(?:interest|patience|tolerance|desire|time|use|appetite|stomach|love|sympathy|enthusiasm|passion)\s+(?:in|for|with|of|to)\s+",
    ),
    signed_pattern("dislike", "-", rf"{HAVE}{V}(?:a\s+)?(?:hard|difficult|tough|bad|rough)\s+time\s+(?:with\s+)?"),
    signed_pattern(
        "dislike",
        "-",
        rf"{HAVE}{V}had\s+(?:\w+\s+)?(?:bad|terrible|negative|awful|poor|unpleasant)\s+experiences?\s+(?:with|on|at|in)\s+",
    ),
    signed_pattern(
        "dislike", "-", rf"{I}{V}(?:have\s+|had\s+)(?:bad|terrible|negative|awful)\s+experiences?\s+with\s+"
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"{I}{V}(?:would\s+)?find\s+(?P<s>(?!it\s|myself\b)[\w][\w\s,'’-]{{1,80}}?)\s+{INTENSIFIER}{BAD}\b",
    ),
    signed_pattern(
        "dislike", "-", rf"{I}{V}find\s+it\s+{INTENSIFIER}{BAD}\s+(?:to\s+\w+\s+)?(?:when|if|to|in|with)?\s*"
    ),
    signed_pattern(
        "like",
        "+",
        rf"{I}{V}find\s+(?P<s>(?!it\s|myself\b)[\w][\w\s,'’-]{{1,80}}?)\s+(?:to\s+be\s+)?{INTENSIFIER}{GOOD}\b",
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"{I}{V}(?:get|feel|become|grow|am|end\s+up)\s+{INTENSIFIER}(?:overwhelmed|bored|stressed(?:\s+out)?|anxious|nervous|uncomfortable|uneasy|claustrophobic|frustrated|irritated|annoyed|drained|exhausted|dizzy|lost|tired|distracted|restless|impatient|trapped|unsafe|self-conscious|scared|awkward|nauseous)\s+(?:quickly\s+|easily\s+|very\s+|fast\s+|stiff\s+|silly\s+|to\s+(?:death|tears)\s+){{0,5}}(?:by|in|with|around|on|at|when|from|of|during|watching|if|while|about)\s+",
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"{I}{V}(?:lose\s+interest|zone\s+out|lose\s+focus|lose\s+patience|fall\s+asleep|switch\s+off|suffer)\s+(?:fast\s+|quickly\s+|easily\s+)?(?:in|with|during|at|when|on)\s+",
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"{I}{V}(?:struggle)\s+(?:to\s+(?:stay\s+\w+|concentrate|focus|enjoy|relax|engage|follow|keep\s+up|cope|connect|learn)\s+)?(?:with|in|during|at|on|from|when|through)?\s*",
    ),
    signed_pattern(
        "dislike",
        "-",
        r"^(?P<s>[\w][\w\s,'’-]{1,60}?)\s+(?:is|are)\s+(?:really\s+|just\s+|definitely\s+|so\s+|absolutely\s+|simply\s+|not\s+really\s+|a\s+(?:real\s+)?)*(?:not\s+(?:really\s+|exactly\s+)?(?:my\s+(?:thing|cup\s+of\s+tea|style|jam|scene)|for\s+me)|my\s+idea\s+of\s+(?:hell|torture|a\s+nightmare)|my\s+worst\s+nightmare|(?:huge\s+|big\s+|major\s+|complete\s+|total\s+)?(?:turn-?offs?|no-?go|pet\s+peeves?|deal[\s-]?breakers?)\s+for\s+me|torture\s+for|lost\s+on\s+me|a\s+nightmare\s+for\s+me|too\s+[\w-]+\s+for\s+(?:me|us|my\s+taste)|out\s+(?:of\s+the\s+question\s+)?for\s+me)\b",
    ),
    signed_pattern(
        "dislike",
        "-",
        r"^(?P<s>[\w][\w\s,'’-]{1,60}?)\s+(?:aren['’]?t|isn['’]?t|are\s+not|is\s+not|has\s+never\s+been|have\s+never\s+been)\s+(?:really\s+|exactly\s+)?(?:my\s+(?:thing|cup\s+of\s+tea|style|jam|scene)|for\s+me|something\s+i\s+enjoy)\b",
    ),
    signed_pattern(
        "dislike",
        "-",
        r"^(?:to\s+be\s+honest,?\s+|honestly,?\s+|personally,?\s+|frankly,?\s+)?(?P<s>(?!nothing|there|what|who|this|that|it\b)[\w][\w\s,'’-]{1,60}?)\s+(?:really\s+|just\s+|always\s+|simply\s+|tends?\s+to\s+|often\s+|can\s+){0,5}(?:annoys?|bores?|irritates?|exhausts?|drains?|overwhelms?|scares?|terrif(?:y|ies)|frustrates?|disgusts?|bothers?|stress(?:es)?|depress(?:es)?|distracts?|freaks?|wears?|turns?|ruins?|puts?|keeps?|leaves?|gives?|drives?|makes?|tires?)\s+(?:a\s+(?:holiday|trip|meal|day|film)\s+for\s+)?me\s*(?:out|off|down|cold|up\s+at\s+night|crazy|mad|nuts|(?:really\s+|so\s+|very\s+|feel\s+){0,5}(?:anxious|nervous|uneasy|uncomfortable|sad|angry|stressed|claustrophobic|dizzy|nauseous|tired|cringe|jumpy|sleepy|miserable)|(?:a\s+|the\s+)?(?:headaches?|migraines?|creeps|anxiety|nightmares|rash)|to\s+(?:sleep|no\s+end|death|tears|bits)|no\s+end|a\s+lot|so\s+much|$|[.,!;]|because|so\s+(?:i|we|please|no|don)\b)",
    ),
    signed_pattern(
        "dislike", "-", r"^(?P<s>[\w][\w\s,'’-]{1,60}?)\s+(?:do|does)\s+(?:absolutely\s+)?nothing\s+for\s+me\b"
    ),
    signed_pattern(
        "dislike",
        "-",
        r"\b(?:the\s+last\s+thing\s+i\s+want\s+(?:\w+\s+){0,3}is|nothing\s+annoys\s+me\s+more\s+than|what\s+i\s+(?:(?:really|actually|truly|do|most|always|just)\s+){0,3}(?:hate|dislike|can['’]?t\s+stand|don['’]?t\s+like)\s+(?:(?:the\s+)?most\s+)?(?:is|are)|my\s+(?:biggest\s+)?pet\s+peeves?\s+(?:is|are)|i\s+could\s+never\s+live\s+with)\s+",
    ),
    # needs
    signed_pattern(
        "require",
        "+",
        rf"{I}{V}(?:will\s+|would\s+|can\s+)?only\s+(?:ever\s+)?(?:use|wear|buy|read|eat|stay\s+(?:in|at)|drink|listen\s+to|watch|go\s+for|go\s+to|consider|choose|shop\s+(?:at|for|in)|travel|fly|play|accept|work|want|take|like|enjoy|cook\s+with|cook|purchase|support|follow|trust|book|attend|do|pick|sleep|order|drive|adopt|consume)\s+",
    ),
    signed_pattern("require", "+", rf"{I}{V}(?:stick|keep)\s+(?:strictly\s+)?to\s+"),
    signed_pattern("require", "+", rf"{I}{V}exclusively\s+(?:use|wear|buy|read|eat|drink|watch|shop\s+at)\s+"),
    signed_pattern(
        "require",
        "+",
        rf"{I}{V}(?:will\s+)?(?:need|require|insist\s+on|demand|must\s+have\s+(?=(?:a|an|my|at|some|no|two|good|full)\b)|rely\s+on|depend\s+on|prioriti[sz]e|look\s+for|seek(?:\s+out)?|care\s+(?:a\s+lot\s+)?about|expect|base\s+my\s+choices\s+on)\s+",
    ),
    signed_pattern("require", "+", r"\b(?:i['’]d|i['’]ll)\s+(?:also\s+|always\s+)?need\s+"),
    signed_pattern(
        "require",
        "+",
        rf"{I}(?:{CANT}|won['’]?t|could\s+never)\s+(?:work|live|sleep|function|travel|survive|go\s+anywhere|eat|buy\s+[\w\s]{{1,20}}?|leave\s+the\s+house|cook)\s+without\s+",
    ),
    signed_pattern(
        "require",
        "+",
        r"\b(?:it['’]s|it\s+is)\s+(?:really\s+|very\s+|so\s+|extremely\s+|absolutely\s+)?(?:important|essential|crucial|vital|key|a\s+must)\s+(?:to|for)\s+(?:me|us)\s+(?:that\s+|to\s+)?(?:i\s+can\s+have\s+)?",
    ),
    signed_pattern("require", "+", r"\bit\s+is\s+essential\s+that\s+"),
    signed_pattern("require", "+", r"\bit\s+has\s+to\s+be\s+"),
    signed_pattern(
        "require",
        "+",
        r"^(?:for\s+(?:me|us),?\s+)(?P<s>[\w][\w\s,'’-]{1,60}?)\s+(?:is|are|comes?|matters?)\s+(?:first|non-?negotiable|essential|a\s+must|everything|more\s+than|important|key|the\s+most\s+important)\b",
    ),
    signed_pattern(
        "require",
        "+",
        r"^(?P<s>(?!it\b|that\b|this\b)[\w][\w\s,'’-]{1,60}?)\s+(?:is|are)\s+(?:an?\s+)?(?:absolute(?:ly)?\s+|really\s+|very\s+|so\s+|always\s+)?(?:must(?:-have)?s?|non-?negotiable|deal[\s-]?breakers?|essential|a\s+top\s+priority|my\s+(?:top|number\s+one|first|main)\s+priority|(?:very\s+)?important\s+(?:to|for)|crucial\s+(?:to|for)|what\s+i\s+look\s+for|what\s+matters|vital|key\s+for\s+me)\b",
    ),
    signed_pattern(
        "require",
        "+",
        r"\b(?:what\s+matters\s+(?:most\s+)?to\s+me|what\s+i\s+look\s+for|my\s+(?:top|main|first)\s+priority|all\s+i\s+care\s+about|the\s+most\s+important\s+thing\s+for\s+me)\s+(?:[\w\s]{1,30}?\s+)?is\s+",
    ),
    signed_pattern(
        "require",
        "+",
        rf"^(?:all\s+)?(?:of\s+)?(?:my|our)\s+[\w\s]{{2,25}}?\s+(?:has|have|needs?|must|needs\s+to)\s+(?:to\s+)?(?:be|have|come\s+with|include)\s+{NOT_DONE_ONCE}",
    ),
    signed_pattern("require", "+", rf"{I}need\s+(?:all\s+)?my\s+[\w\s]{{2,20}}?\s+to\s+be\s+"),
    signed_pattern(
        "require", "+", rf"{AM}{V}(?:particular\s+about|picky\s+about|fussy\s+about|strict\s+about|choosy\s+about)\s+"
    ),
    signed_pattern("require", "+", rf"{I}want\s+(?P<s>[\w\s'’-]{{3,50}}?),\s+always\b"),
    signed_pattern(
        "require",
        "+",
        r"^(?:please\s+)?(?:always\s+)?(?:call\s+me(?!\s+(?:an?|maybe|tomorrow|back|later|when|at|crazy|old|if|\w+ing)\b)|answer\s+me\s+in|reply\s+to\s+me\s+in|address\s+me\s+as|(?<=always\s)(?:answer|reply)\s+in)\s+",
    ),
    signed_pattern(
        "require",
        "+",
        r"^(?:please\s+)?always\s+(?:answer|reply|respond|give|write|use|include|show|tell|speak|send|address|explain|recommend|suggest)\s+(?:me\s+|to\s+me\s+)?(?:in\s+|with\s+)?",
    ),
    signed_pattern(
        "require", "+", r"^(?:please\s+)?(?:from\s+now\s+on|in\s+future|going\s+forward),?\s+(?:please\s+)?"
    ),
    signed_pattern(
        "require",
        "+",
        r"^(?:please\s+)?(?:give|send|show|write|tell)\s+(?:me\s+|us\s+)?(?P<s>[\w][\w\s'’-]{2,40}?)\s+(?:from\s+now\s+on|in\s+(?:the\s+)?future|going\s+forward|every\s+time)\b",
    ),
    signed_pattern(
        "require",
        "+",
        r"^(?:please\s+)?(?:always\s+)?keep\s+(?P<s>(?:(?:your|all)\s+)?(?:answers|replies|responses|explanations)\s+[\w][\w\s'’-]{1,40})",
    ),
    # preferences
    signed_pattern("prefer", "+", rf"{I}{V}(?:would\s+|['’]d\s+)?{V}(?:prefer|favou?r)\s+(?:it\s+when\s+|when\s+)?"),
    signed_pattern(
        "prefer",
        "+",
        r"\b(?:i['’]d|we['’]d)\s+(?:always\s+|much\s+|far\s+){0,5}(?:prefer|rather|sooner|pick|choose|go\s+for|take)\s+(?:have\s+)?",
    ),
    signed_pattern(
        "prefer",
        "+",
        r"\b(?:i|we)\s+would\s+(?:always\s+|much\s+|far\s+){0,5}(?:rather|sooner|pick|choose|go\s+for|take)\s+(?:have\s+)?",
    ),
    signed_pattern(
        "prefer", "+", rf"{HAVE}{V}(?:a\s+|an\s+)?{ADJ}(?:preference|liking|inclination)\s+(?:for|towards?)\s+"
    ),
    signed_pattern(
        "prefer",
        "+",
        r"\bmy\s+(?:personal\s+|strong\s+|general\s+)?preference\s+(?:is|has\s+always\s+been|would\s+be|leans)\s+(?:for\s+|towards?\s+|to\s+)?",
    ),
    signed_pattern(
        "prefer",
        "+",
        rf"{I}{V}(?:opt\s+for|go\s+for|choose|pick|lean\s+(?:more\s+)?towards?|gravitate\s+(?:more\s+)?towards?|stick\s+with|go\s+with|incline\s+towards?|select)\s+",
    ),
    signed_pattern("prefer", "+", rf"{AM}{V}(?:inclined|partial)\s+(?:to|towards?)\s+"),
    signed_pattern("prefer", "+", rf"{AM}{V}(?:more\s+of\s+|much\s+more\s+of\s+)(?:a\s+|an\s+)?"),
    signed_pattern("prefer", "+", r"\bi['’]ll\s+take\s+(?P<s>[\w\s'’-]{2,40}?)\s+(?:any\s+day|over)\b"),
    signed_pattern(
        "prefer",
        "+",
        r"^(?P<s>[\w][\w\s'’-]{1,40}?)\s+over\s+(?P<o>[\w][\w\s'’-]{1,40}?)(?:\s+for\s+me|,\s+(?:always|every\s+time|any\s+day))",
    ),
    signed_pattern(
        "prefer", "+", r"^(?P<s>(?=[A-Za-z]{3})[\w][\w\s'’-]{1,40}?)\s*>{1,3}\s*(?P<o>[A-Za-z]{3}[\w\s'’-]{0,40})[.!]*$"
    ),
    signed_pattern(
        "prefer", "+", rf"{I}{V}(?:like|enjoy|love)\s+(?P<s>[\w][\w\s'’-]{{1,50}}?)\s+(?:better|more)\s+than\s+"
    ),
    # likes
    signed_pattern(
        "like",
        "+",
        r"\bmy\s+(?:(?:all-time|absolute|personal|current|number\s+one|new|very|other|main|top|two|three|four|five|\d)\s+){0,5}(?:fave?|favou?rite)s?\s+(?P<slot>[\w\s'’-]{1,40}?)\s+(?:is|are|has\s+(?:always\s+)?been|would\s+be|will\s+always\s+be)\s+(?:definitely\s+|still\s+|now\s+|probably\s+|always\s+)?",
    ),
    signed_pattern(
        "like",
        "+",
        r"\bmy\s+(?:fav|favou?rite)\s+(?P<slot>[\w\s'’-]{1,30}?)\s+(?:has\s+)?(?:recently\s+)?changed(?:\s+to|[,;]?\s+(?:and\s+)?(?:now\s+)?(?:it['’]s|it\s+is)(?:\s+now)?)\s+",
    ),
    signed_pattern("like", "+", r"\bmy\s+(?:go-to|comfort)\s+(?P<slot>[\w\s'’-]{1,30}?)\s+(?:is|are)\s+"),
    signed_pattern(
        "like",
        "+",
        r"^(?P<s>(?!what|which|who|where|it\b|that\b|this\b)[\w][\w\s,'’-]{1,60}?)\s+(?:is|are|has\s+(?:always\s+)?been|will\s+always\s+be|has\s+become)\s+(?:totally\s+|absolutely\s+|still\s+|definitely\s+|one\s+of\s+|by\s+far\s+){0,5}(?:my\s+(?:\w+\s+)?(?:(?:great|big|biggest|absolute|true|all-time|new|main|real|guilty|lifelong)\s+){0,5}(?:fav(?:ou?rites?)?(?P<slot>\s+[\w\s]{1,25})?|passion|hobby|thing|jam|obsession|weakness|comfort\s+food|happy\s+place|love|pleasure|idea\s+of\s+(?:a\s+)?(?:perfect|good|great|heaven|fun)|life)|life\s+for\s+me|what\s+keeps\s+me)\b",
    ),
    signed_pattern(
        "like",
        "+",
        r"^(?P<s>[\w][\w\s,'’-]{1,60}?)\s+(?:always\s+|really\s+|just\s+|still\s+){0,5}(?:makes?|brings?|relax(?:es)?|fascinates?|inspires?|calms?|energi[sz]es?|excites?|soothes?|delights?|comforts?|have\s+fascinated|has\s+fascinated)\s+me\s*(?:(?:really\s+|so\s+|very\s+){0,5}(?:happy|smile|laugh|joy|relaxed|calm|feel\s+(?:alive|calm|at\s+home|good|better))|$|[.,!;]|ever|down|so\s+much|a\s+lot)",
    ),
    signed_pattern("like", "+", rf"{I}{V}{LIKE}\s+(?:it\s+when\s+|how\s+|the\s+way\s+|going\s+to\s+)?"),
    signed_pattern(
        "like",
        "+",
        rf"{I}{V}(?:can['’]?t|cannot)\s+(?:get\s+enough\s+of|resist|live\s+without|do\s+without|say\s+no\s+to|go\s+without)\s+",
    ),
    signed_pattern(
        "like",
        "+",
        rf"{I}{V}(?:live\s+for(?!\s+(?:(?:an?|one|two|three|\d+)\s+(?:week|month|year|day|while)|now\b|the\s+moment))|swear\s+by|thrive\s+(?:in|on|with)|geek\s+out\s+(?:over|about)|nerd\s+out\s+(?:over|about)|look\s+forward\s+to|believe\s+in|delight\s+in|take\s+(?:great\s+|a\s+lot\s+of\s+)?(?:pleasure|joy|delight|pride)\s+in|get\s+(?:so\s+|really\s+|very\s+)?(?:excited|enthusiastic)\s+(?:about|by|over)|get\s+a\s+lot\s+(?:of\s+joy\s+)?out\s+of|find\s+joy\s+in|find\s+comfort\s+in|unwind\s+with|relax\s+(?:with|by)|wind\s+down\s+with|feel\s+(?:most\s+)?(?:at\s+home|alive|energi[sz]ed|happiest|comfortable|safe|inspired)\s+(?:by|in|with|on|when|at)?|learn\s+best|work\s+best|concentrate\s+best|am\s+at\s+my\s+best|focus\s+best|do\s+my\s+best\s+(?:work|thinking))\s+(?:with\s+|through\s+|from\s+|by\s+|in\s+)?",
    ),
    signed_pattern(
        "like",
        "+",
        rf"(?:{AM}|{HAVE}(?:{ADVERB}\s+){{0,3}}(?:been|become|grown)\s+){V}(?:(?:a|an|the)\s+)?(?:(?:big|huge|massive|real|total|great|lifelong|avid|bit\s+of\s+a|longtime|long-time|complete|die-?hard|hard-?core|keen|passionate|enormous|true|such\s+a)\s+){{0,5}}(?:fan\s+of|lover\s+of|enthusiast\s+of|believer\s+in|sucker\s+for|admirer\s+of|follower\s+of|supporter\s+of|advocate\s+(?:of|for)|into|fond\s+of|keen\s+on|crazy\s+about|mad\s+about|nuts\s+about|obsessed\s+(?:with|by)|hooked\s+on|addicted\s+to|passionate\s+about|enthusiastic\s+about|drawn\s+to|attracted\s+to|fascinated\s+(?:by|with)|interested\s+in|intrigued\s+by|captivated\s+by|in\s+love\s+with|big\s+on|all\s+about|committed\s+to|dedicated\s+to|devoted\s+to|happiest|at\s+my\s+(?:happiest|best|most\s+productive)|comfortable\s+with)\s+(?:of\s+)?",
    ),
    signed_pattern(
        "like",
        "+",
        rf"(?:{AM}|\bi\s+consider\s+myself\s+|\bi['’]d\s+(?:describe|call)\s+myself\s+(?:as\s+)?){V}(?:a\s+|an\s+)?(?P<s>(?!not\b)[\w\s'’-]{{2,50}}?(?:\s+(?:person|lover|fan|enthusiast|nut|geek|nerd|addict|buff|fanatic|junkie|nerd|watcher|aficionado|collector|guy|girl|kind\s+of\s+person|birdwatcher)|\bbirdwatcher|\bbookworm|\bfoodie|\bcinephile|\baudiophile))\b",
    ),
    signed_pattern(
        "like",
        "+",
        rf"{HAVE}{V}(?:always\s+)?(?:loved|liked|enjoyed|adored|been\s+really\s+enjoying|been\s+enjoying|been\s+loving)\s+",
    ),
    signed_pattern(
        "like",
        "+",
        rf"{HAVE}{V}(?:a\s+|an\s+)?(?:(?:real|great|deep|huge|big|strong|soft|special|lifelong|bit\s+of\s+a|particular|keen|genuine|growing|sweet|profound)\s+){{0,5}}(?:passion|love|interest|soft\s+spot|spot|weakness|thing|appreciation|fondness|fascination|obsession|enthusiasm|admiration|taste|craving|affinity|respect|affection|tooth)\s+(?:for|in|with|of)\s+",
    ),
    signed_pattern("like", "+", r"^(?:big|huge|massive)\s+fan\s+of\s+"),
    signed_pattern("like", "+", r"^(?:honestly,?\s+)?(?:just\s+)?(?:love|loving|adore|enjoy)\s+"),
    signed_pattern(
        "like",
        "+",
        r"\b(?:nothing\s+beats|there(?:['’]s|\s+is)\s+nothing\s+(?:i\s+(?:like|love)\s+(?:more|better)\s+than|better\s+than|like)|if\s+there\s+is\s+one\s+thing\s+i\s+love,?\s+it(?:['’]s|\s+is)|what\s+i\s+(?:(?:really|actually|truly|do|most|especially|always|still)\s+){0,3}(?:enjoy|like|love|adore)\s+(?:(?:the\s+)?most\s+|best\s+|more\s+)?(?:is|are))\s+",
    ),
    signed_pattern("like", "+", r"^give\s+me\s+(?P<s>[\w][\w\s'’-]{2,80}?)\s+(?:and\s+i['’]m|any\s+day|over)\b"),
    signed_pattern("like", "+", r"\bthere\s+is\s+something\s+about\s+(?P<s>[\w][\w\s'’-]{2,60}?)\s+that\b"),
    signed_pattern(
        "like",
        "+",
        rf"{HAVE}{V}(?:come|started|begun|grown|learned|learnt)\s+to\s+(?:really\s+)?(?:love|like|enjoy|appreciate|adore)\s+",
    ),
    # goals
    signed_pattern(
        "goal",
        "-",
        rf"{AM}{V}(?:trying|working|planning|aiming|hoping|determined)\s+(?:hard\s+)?(?:to\s+|on\s+)(?:cut(?:ting)?\s+(?:down|back)\s+on|cut(?:ting)?\s+out|quit(?:ting)?|stop(?:ping)?|give\s+up|giving\s+up|reduc(?:e|ing)|spend\s+less\s+(?:time\s+)?on|eat\s+less|drink\s+less|limit(?:ing)?|use\s+less)\s+",
    ),
    signed_pattern(
        "goal",
        "-",
        rf"{I}{V}(?:(?:want|need|have|hope|wish|plan|intend)\s+to|should|must)\s+{V}(?:cut\s+(?:down|back)\s+on|cut\s+out|quit|stop|give\s+up|reduce|spend\s+less\s+(?:time\s+)?on|eat\s+less|drink\s+less|limit|use\s+less)\s+",
    ),
    signed_pattern(
        "goal",
        "+",
        rf"{AM}{V}(?:trying|working\s+(?:hard\s+)?|planning|aiming|hoping|determined|preparing|getting\s+ready|gearing\s+up|learning|looking|saving\s+(?:up\s+)?|training|studying|practising|practicing)\s+(?:how\s+)?(?:to|for|towards?)\s+(?:learn\s+(?:how\s+)?to\s+)?",
    ),
    signed_pattern(
        "goal",
        "+",
        rf"{AM}{V}(?:learning|studying|working\s+(?:on|towards?)|focusing\s+on|saving\s+up\s+for|practising|practicing)\s+",
    ),
    signed_pattern("goal", "+", rf"{I}{V}(?:want|hope|aim|intend|plan|wish)\s+to\s+(?:learn\s+(?:how\s+)?)?(?:to\s+)?"),
    signed_pattern(
        "goal",
        "+",
        r"\b(?:one\s+of\s+)?my\s+(?:\w+\s+)?(?:goals?|dreams?|aims?|ambitions?|resolutions?|objective|targets?)\s+(?:this\s+year\s+|for\s+[\w\s]{2,20}?\s+)?(?:is|are)\s+(?:to\s+)?",
    ),
    signed_pattern(
        "goal", "+", r"\bi['’]d\s+(?:love|like)\s+to\s+(?:learn\s+how\s+to|learn\s+to|become|be\s+able\s+to|master)\s+"
    ),
    signed_pattern(
        "goal",
        "+",
        rf"{HAVE}{V}(?:set\s+myself\s+the\s+goal\s+of|decided\s+to|made\s+it\s+my\s+goal\s+to|started\s+(?:learning|training\s+for|saving\s+for))\s+",
    ),
    signed_pattern("avoid", "-", rf"{I}{CANT}\s+(?:afford|justify\s+buying)\s+"),
    # habits
    signed_pattern(
        "habit",
        "+",
        rf"{I}(?:have\s+)?{V}(?:(?:play|collect|brew|grow|knit|paint|drink|eat|watch|read|listen\s+to|wear|use|draw|code\s+in|program\s+in|drive|buy|start\s+(?:every|my|the)\s+\w+\s+with)\s+|(?=(?:practi[sc]e|meditate|swim|run|jog|cycle|commute|cook|bake|work\s+out|volunteer|work\s+(?:from|night|nights|remotely|shifts|part|evenings|weekends|late)|shop|travel|go|do|take|get\s+up|wake\s+up|spend|train|garden|camp|hike|ski|surf|sail|fish|sew|write|split|unwind|relax|exercise|pay|order|walk|sleep|stay\s+up|prepare|make|have(?!\s+(?:to|a|an|no|zero|any|little)\b))\b))",
    ),
    signed_pattern(
        "habit",
        "+",
        rf"{HAVE}{V}been\s+(?:playing|learning|doing|practi[sc]ing|collecting|using|training|working|running|studying|cycling|following|eating|going\s+to|making|watching)\s+",
    ),
    signed_pattern("habit", "+", rf"{HAVE}{V}used\s+"),
    signed_pattern(
        "habit",
        "+",
        r"^(?:every|on(?!\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+(?:i|we)\b)|each|in)\s+[\w\s]{2,25}?,?\s+(?:i|we)\s+(?:always\s+|usually\s+|like\s+to\s+)?(?:have\s+|go\s+|do\s+|love\s+)?",
    ),
    *FACTS,
)
#: An introduction that is a statement itself: "As a vegetarian, …", "With my bad knees I …".
INTRODUCTION = lazy(
    r"^(?:(?:as|being)\s+(?:a\s+|an\s+|someone\s+(?:who\s+(?:is\s+|has\s+)?|with\s+)|somebody\s+with\s+|the\s+)?(?P<s>(?!(?:little\s+|young\s+)?(?:child|kid|boy|girl|teenager|teen|baby|youngster)\b|you\b|always\b|(?:someone\s+who\s+)?(?:has\s+)?never\s+been\b|(?:someone\s+|somebody\s+)?new\s+to\b|for\b|i\b|it\b|a\b|an\b|the\b|soon\b|far\b|long\b|well\b|much\b|often\b|usual\b|said\b|(?:large\s+)?language\s+model|ai\b|chatbot|user\b|(?:adult|human|person|rule|result|reminder|follow-?up|matter|whole|consequence|side\s+note|last\s+resort|joke|thank|thanks|bonus|start|starter|test|treat|favou?r|gift|present|surprise|way|means|backup|compromise|first\s+step)\b|(?:(?:total|complete|absolute|mere|first-time)\s+)?(?:beginner|newbie|novice|newcomer|rookie|amateur|first-timer|tourist|visitor|customer)\b)[\w][\w\s'’-]{2,50}?)(?:,\s+(?=\S)|,?\s*$|\s+(?=(?:i|we|what|which|where|how)\s))"
    r"|(?:because\s+of|due\s+to|given|with|living\s+in|having)\s+(?:my\s+|a\s+|an\s+)?(?P<t>(?!(?:that|how|what)\b|the\s+choice|a\s+choice|choice)[\w][\w\s'’-]{2,50}?),?\s*(?:$|\s(?=(?:i|i['’]\w+|we)\b)))",
    re.IGNORECASE,
)
#: An earlier taste that no longer holds; nothing new is stated.
FORMER_TASTE = lazy(
    rf"{I}used\s+to\s+(?:really\s+|also\s+)?(?=(?:smoke|drink|vape|gamble)(?:,|\s+(?:but|and|until|till|a\s+lot|heavily|when|every|like)\b))|{I}(?:used\s+to|once|formerly|previously)\s+(?:really\s+|absolutely\s+|always\s+)?(?P<verb>love|like|enjoy|adore|hate|dislike|avoid|prefer|eat|drink|play|watch|read|be|live|have|own|use|wear|work|go|smoke|collect|drive|loved|liked|hated|preferred|enjoyed)\s+"
    r"|\bi\s+(?:was\s+once|used\s+to\s+be)\s+",
    re.IGNORECASE,
)
