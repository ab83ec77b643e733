"""English idioms, whose meaning differs from that of their single words: "I'd rather eat my shoe than …".

Another example is "few things please me as much as …". Their readings are used as they are, without the classifier.
"""

import re

from penchant.agent.statements.patterns_en_sure import CLAUSE_END, SUBJECT, TAKE, sure_pattern
from penchant.agent.statements.wordings import AM, I, Kind, Pattern, V
from penchant.lazy_patterns import lazy

_PROPER = r"(?P<s>(?!(?:i|we|i['’]\w+|the|this|that|these|those|it|its|he|she|they|you|your|his|her|there|here|what|which|who|mine|yours|one|option)\b)[\w][\w\s,'’-]{1,50}?)"
_VERB = rf"(?:(?:{TAKE[3:-1]}|use|go\s+to|go\s+on|be\s+at|be\s+in|sit\s+through|see|attend|visit|spend\s+time\s+(?:at|in|with)|listen\s+to)\s+)?(?:another\s+|one\s+more\s+|any\s+more\s+)?"
_TORMENT = (
    r"(?:eat\s+(?:my|a|an)\s+(?:\w+\s+)?(?:shoes?|hat|socks?|foot|arm|hand|worms?|bug|brick)|chew\s+(?:\w+\s+){0,2}(?:glass|foil|arm\s+off)|walk\s+(?:barefoot\s+)?(?:on|over|through)\s+(?:\w+\s+){0,2}(?:glass|fire|coals|lego|nails)|watch\s+(?:paint|grass)\s+(?:dry|grow)"
    r"|(?:stick|poke|gouge|stab|gnaw|saw|cut|pull|rip|bite)\s+(?:out\s+)?(?:\w+\s+){0,5}?(?:pins?|needles?|forks?|eyes?(?:\s+out)?|arm(?:\s+off)?|leg(?:\s+off)?|teeth(?:\s+out)?|tongue(?:\s+off)?|hair(?:\s+out)?|eyes?\s+with\s+\w+)|die|starve|go\s+(?:hungry|naked|thirsty|barefoot|to\s+(?:the\s+dentist|prison))|have\s+(?:a\s+root\s+canal|(?:my\s+)?(?:wisdom\s+)?(?:teeth|tooth|toenails?)\s+(?:pulled|out|drilled|removed))|(?:lick|swallow|drink)\s+(?:a\s+|the\s+)?(?:\w+\s+)?(?:battery|pavement|floor|bleach|gravel|sand|bathwater|ditch\s*water)|crawl\s+[\w\s]{2,25}?|break\s+(?:a\s+leg|my\s+\w+)|listen\s+to\s+nails\s+on\s+a\s+\w+|sit\s+in\s+traffic(?:\s+for\s+\w+(?:\s+\w+)?)?|do\s+my\s+tax(?:es|\s+return)|set\s+myself\s+on\s+fire|jump\s+(?:off|out)[\w\s]{2,20}?|sleep\s+on\s+the\s+(?:street|floor))"
)
_DID_NOT_THINK = r"\bi\s+(?:didn['’]?t|did\s+not|never|wouldn['’]?t\s+have)\s+(?:really\s+)?(?:think|thought|expect(?:ed)?|imagined?|believed?|guessed)\s+(?:that\s+)?(?:i['’]?d|i\s+would|to|myself)\s+(?:ever\s+)?"
#: Something that the writer likes without having expected it; the words of doubt do not count.
UNEXPECTED_TASTE = lazy(
    rf"{_DID_NOT_THINK}(?:like|love|enjoy|adore|(?:end\s+up\s+)?(?:liking|loving|enjoying)|be\s+(?:so\s+)?(?:into|fond\s+of|a\s+fan\s+of)|get\s+(?:so\s+)?(?:into|hooked\s+on)|fall\s+for)\s+"
    rf"{SUBJECT},?\s+(?:but|yet|and\s+yet|now)\b[^.!?]{{0,40}}?\b(?:i\s+(?:\w+\s+)?do|i\s+did|i\s+(?:\w+\s+)?love|here\s+(?:i\s+am|we\s+are)|loving|hooked|converted|obsessed|can['’]?t\s+get\s+enough|turns\s+out\s+i\s+do)\b",
    re.IGNORECASE,
)
_MISSED = r"(?:miss|skip|give\s+up|(?:go|live|be)\s+without)"
#: Something that the writer hates without having expected it.
UNEXPECTED_DISLIKE = lazy(
    rf"{_DID_NOT_THINK}(?:(?:end\s+up\s+)?(?:hat(?:e|ing)|dislik(?:e|ing)|loath(?:e|ing))|get\s+(?:sick|tired|bored)\s+of)\s+{SUBJECT},?\s+(?:but|yet|and\s+yet|now)\s+(?:i\s+(?:\w+\s+)?do|i\s+am|here\s+(?:i\s+am|we\s+are)|turns\s+out\s+i\s+do|it\s+happened){CLAUSE_END}",
    re.IGNORECASE,
)
_NOT_ME = (
    r"(?:(?:it|they|that)\s+(?:just\s+|really\s+|honestly\s+)?(?:bores?\s+me|leaves?\s+me\s+cold|does\s+nothing\s+for\s+me|do\s+nothing\s+for\s+me|annoys?\s+me|is\s+not\s+for\s+me)"
    r"|i\s+(?:just\s+|really\s+|honestly\s+|personally\s+|simply\s+)?(?:can['’]?t\s+(?:stand|bear|get\s+into|see\s+(?:it|the\s+appeal))|couldn['’]?t\s+(?:get\s+into|finish|care\s+less)|could\s+never\s+get\s+into|hate|dislike|loathe|detest|don['’]?t(?:\s+(?:like|enjoy|get|see|understand|care\s+for))?\b|do\s+not\s+(?:like|enjoy|get|see)|never\s+(?:liked|got|understood|warmed)|find\s+(?:it|them)\s+(?:so\s+|a\s+bit\s+|really\s+)?(?:vile|dull|boring|awful|tedious|bland|disgusting|gross|overrated|unbearable|horrible)))"
)
#: Something that others like and the writer does not.
UNSHARED_TASTE = lazy(
    rf"^(?:i\s+know\s+)?(?:everyone|everybody|people|they\s+all|the\s+whole\s+world|(?:all\s+)?my\s+[\w\s]{{2,20}}?)\s+(?:\w+ly\s+|all\s+|always\s+|seems?\s+to\s+|keeps?\s+){{0,2}}(?:(?:raves?|raving|goes\s+on|go\s+on|bangs?\s+on|(?:is|are)\s+(?:crazy|mad|nuts|wild|obsessed))\s+(?:about|over|with)|loves?|likes?|adores?|enjoys?|swears?\s+by|praises?|recommends?)\s+(?!(?:it|them|that|this)\b){SUBJECT}\s*(?:,|\s+-|\s+–)?\s+(?:but\s+|yet\s+|and\s+)?{_NOT_ME}(?=\s*(?:(?:it|them|that|those)\b)?\s*(?:$|[.,!;]|at\s+all|though|myself|\w+\s+me\b))",
    re.IGNORECASE,
)
_ASKED = r"^(?:(?:oh|well|so|and)[,\s]+)?(?P<s>(?!(?:what|which|who|where|when|why|how|do|does|did|is|are|was|can|could|should|would|will|any|really|right|ok|okay|yes|no|you|i|we|it|this|that|another|more|sure|ready|serious|seriously|hungry|tired|free|done|problems?|questions?|refund|returns?|receipt|hello|hey|anyone|anything|honestly|guess|bag|bags|gift\s?wrap\w*|delivery|drinks?|dessert|starters?|help|sugar|milk|seconds|anything|coffee|tea)\b)[\w][\w\s'’&-]{2,40}?)\?\s+"
_JUDGED = r"(?=\s*(?:$|[,.!;]))"
_NO = r"(?:no[,\s]+(?:thank\s+you|thanks|ta|way)|(?:i['’]ll\s+|big\s+|hard\s+)?pass|not\s+on\s+your\s+life|count\s+me\s+out|never\s+again|hell\s+no|enough\s+already|never\s+got\s+(?:it|them)|not\s+(?:for\s+me|my\s+(?:thing|cup\s+of\s+tea)|a\s+fan)|hard\s+pass|never\s+liked\s+(?:it|them)|yuck|gross|(?:i\s+)?(?:really\s+|just\s+)?(?:can['’]?t\s+stand|hate|loathe|detest|don['’]?t\s+like)\s+(?:it|them|that|those))"
_YES = r"(?:count\s+me\s+in|(?:oh\s+)?yes[,\s]+(?:please|always)|yum(?:my)?|(?:yes[,\s]+)?(?:i\s+)?(?:really\s+|just\s+|absolutely\s+)?(?:love|adore)\s+(?:it|them|that|those))"
#: A question that the writer immediately answers with a verdict.
VERDICT_ON_QUESTION = lazy(rf"{_ASKED}(?:{_NO}|{_YES}){_JUDGED}", re.IGNORECASE)
#: A question about two things that the writer immediately answers: "Tea or coffee? Tea, always".
IMMEDIATE_CHOICE = lazy(
    r"^(?:(?:so|ok|okay)[,\s]+)?(?!(?:what|which|is|are|do|does|will|can|should|would|could|red|blue|black|white|yes|right|left|now|more|today|true|buy|rent|you|me|this|that)\b)(?P<a>[\w'’-]+(?:\s+[\w'’-]+){0,2}?)\s+(?:or|vs\.?|versus|over)\s+(?P<b>[\w'’-]+(?:\s+[\w'’-]+){0,2}?)\?\s+(?:(?:always|definitely|easily|it['’]s|has\s+to\s+be|give\s+me|i(?:['’]d|['’]m)?\s+(?:\w+\s+)?(?:prefer|pick|take|choose|go\s+(?:for|with)|say|team))\s+)?(?P<s>(?P=a)|(?P=b))\b(?!\s+(?:is|are|has|have|costs?|was)\b)(?!\s*\?)",
    re.IGNORECASE,
)
_NAMED = r"^(?:(?:oh|well|so|and|ugh|ew|yuck|mmm?|ah)[,\s]+)?(?P<s>(?!(?:the|my|your|this|that|these|those|his|her|their|our|i|we|it|he|she|they|you|there|thanks?|thank|hi|hello|hey|ok|okay|yes|no|sure|great|done|sorry|got|here|what|who|why|how)\b)[\w'’&-]+(?:\s+(?!(?:is|are|was|were|has|have|had|do|does|did|will|can)\b)[\w'’&-]+){0,4})[.…]+\s+"
#: The name of something, immediately followed by a verdict.
VERDICT_ON_NAME = lazy(rf"{_NAMED}(?:{_NO}|{_YES}){_JUDGED}", re.IGNORECASE)
#: What the writer liked best before, and what they like best now.
FAVOURITE_NOW = lazy(
    r"^my\s+favou?rite\s+(?P<slot>[\w\s'’-]{1,30}?)\s+(?:used\s+to\s+be|was(?:\s+always)?)\s+[^,.;!?]{2,40}[,.;]\s+(?:but\s+)?(?:now(?:adays)?|these\s+days|lately)[,\s]+(?:it['’]?s|it\s+is)\s+(?P<s>\w[\w\s'’.-]{1,40}?)(?=\s*(?:$|[.,;!]))",
    re.IGNORECASE,
)
IMMEDIATE_VERDICTS = (VERDICT_ON_QUESTION, VERDICT_ON_NAME, IMMEDIATE_CHOICE, FAVOURITE_NOW)
_MONEY = r"(?P<s>(?:(?:about|around|roughly|up\s+to|at\s+most|no\s+more\s+than|maximum|max|under|below|less\s+than)\s+)?(?:[$€£¥]\s?\d[\d,.]*k?|(?:(?:an?|one|two|three|four|five|six|eight|nine)\s+)?(?:ten|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)(?:[\s-](?:five|hundred|thousand))?\s+(?:euros?|dollars?|pounds?|quid|bucks)|\d[\d,.]*k?\s?(?:euros?|dollars?|pounds?|quid|bucks|usd|eur|gbp|francs?|kr(?:oner|onor)?|rupees?|yen|[$€£]))(?:\s+(?:a|per|each)\s+(?:day|week|month|year|head|person|night|piece))?)"
_ABOUT = r"(?:(?:only|maybe|some|just|strictly|currently)\s+){0,2}"
_BUDGET = (
    rf"(?:{I}{V}(?:can|could)\s+(?:only\s+)?(?:spend|afford|pay|go\s+up\s+to)\s+{_ABOUT}|{I}{V}(?:can['’]?t|cannot|won['’]?t|don['’]?t\s+want\s+to|do\s+not\s+want\s+to)\s+(?:spend|pay|go|afford)\s+(?:any\s+)?(?:more\s+than|over|above|beyond|higher\s+than)\s+"
    rf"|\b(?:my|our)\s+(?:\w+\s+)?(?:limit|maximum)(?:\s+for\s+[\w\s]{{2,25}}?)?(?:\s+(?:is|would\s+be)|:)\s+{_ABOUT})"
)
#: Something that the writer does or likes because of somebody else.
ADOPTED_TASTE = lazy(
    rf"^(?!.*\b(?:but|until|though|quit|stopped|gave\s+up|hated?|never|no\s+longer)\b)(?:(?:my|an?|our)\s+[\w'’\s-]{{2,25}}?|he|she|they)\s+(?:got\s+me\s+(?:into|hooked\s+on)(?!\s+(?:(?:\w+\s+)?(?:trouble|debt|mess|fights?|hospital|prison|jail)|this|that|it|a|the)\b)|introduced\s+me\s+to|turned\s+me\s+on(?:to|\s+to))\s+{SUBJECT}(?:,?\s+(?:and|so)\s+(?:now\s+)?i(?:['’]?m|\s)[^.!?]*)?{CLAUSE_END}",
    re.IGNORECASE,
)
_IT = r"(?:it|them|that|those)\b"
_VERY = r"(?:(?:actually|really|just|absolutely|even|totally|secretly)\s+){0,2}"
_LIFE = (
    r"(?:lose\s+(?:\w+\s+){1,3}|(?:lower|raise|boost|strengthen|control|manage|rebuild)\s+my\s+(?!(?:code|bill|file|essay|account|price|score|rates?)\b)|build\s+up\s+(?:an?|my|some)\s|play\s+(?:the|an?)\s+(?:piano|guitar|cello|violin|drums|flute|ukulele|harp|banjo|trumpet|saxophone|accordion|organ|clarinet)\b|pay\s+(?:off|down)\s+(?!this|the\s+invoice)|drink\s+(?:more|less)\s|walk\s+(?:more|the\s+camino|\d|every|ten|the\s+whole|to\s+work)|cycle\s+(?:across|to|around|from|the)|climb\s+(?!the\s+stairs)|hike\s+|visit\s+(?:every|all)\s|see\s+(?:the\s+(?:northern|world|aurora)|every\s)|adopt\s+(?:a|an|two)\s+(?!policy|approach|framework)|have\s+(?:children|kids|a\s+(?:child|baby|family|garden))|raise\s+(?:my|our|a\s)|build\s+(?:my|our)\s+own|buy\s+(?:a|our|my)\s+(?:first\s+|own\s+|small\s+)?(?:house|flat|home|cottage|boat|farm|apartment|condo|van|plot)|own\s+(?:a|my)\s|go\s+(?:back\s+to\s+(?:university|school|college|uni)|vegan|vegetarian|plant-based|zero|freelance|part-time)|finish\s+(?:my\s+)?(?:degree|phd|studies|thesis)|graduate|qualify\s+(?:as|for)|switch\s+(?:careers?|jobs)|change\s+(?:careers?|jobs)|find\s+(?:a\s+(?:new\s+|better\s+)?(?:job|partner)|true\s+love)|start\s+(?:a\s+family|over|my\s+own)|settle\s+(?:down|in)|travel\s+(?:the|around|more|to\s+(?:every|all))|sail\s|swim\s+(?:the|across|a\s)|break\s+(?:my|the)\s+(?:\w+\s+)?habit|overcome\s+my|conquer\s+my|master\s+(?!the\s+(?:branch|file))|improve\s+my\s+(?!(?:essay|code|cv|resume|text|paragraph|letter|website|draft)\b)|reduce\s+my\s+(?!(?:code|bill|file)\b)|break\s+the\s+habit|declutter|downsize|simplify\s+my|grow\s+my\s+own|publish\s+(?:a|my)\s+(?:\w+\s+)?(?:book|novel|memoir|album|poetry)|volunteer|wake\s+up\s+(?:earlier|early|at)|get\s+up\s+(?:earlier|early|at)|go\s+to\s+bed\s+earlier|spend\s+(?:less|more)\s+(?:time\s+)?(?:on|with|in)|make\s+(?:new|more)\s+friends|meet\s+new|give\s+up\s+(?!on\b)|meditate|exercise\s+(?:more|regularly|daily)|save\s+up\s+for|gain\s+(?!access|entry|admin)|put\s+on\s+(?!hold|the\b|this\b)|save\s+(?!(?:this|the|it|as|for\s+later|changes|items?|(?:an?|my)\s+(?:file|draft|copy|item|work|files|changes|cart|list|progress|settings))\b)"
    r"|learn\s+(?!more\s+about|about|if|how\s+(?:this|that|the|it)|(?:what|why|which|when|where|who|whether|your|this|that|its)\b|(?:the|a)\s+(?!piano|guitar|cello|violin|drums|flute|ukulele|harp|banjo|trumpet|saxophone|basics|language|new\s+language|instrument))"
    r"|speak\s+(?!to\b|with\b)|become\s+(?!(?:a\s+)?(?:\w+\s+)?(?:member|subscriber|seller|vip|reseller|affiliate|host|premium)\b)"
    r"|be\s+(?:able\s+to\s+(?=(?:speak|swim|hike|ski|dance|climb|afford|hold\s+a\s+conversation|do\s+(?:a\s+|\d+\s+)?(?:handstand|pull-?ups?|push-?ups?|splits?)|run\s+(?:a\s+)?(?:marathon|mile|race|\d))\b)|fluent|fit|free\s+(?:of|from)|debt|healthier|a\s+better)"
    r"|get\s+(?:fit|fitter|better(?=\s+at\b|$)|fluent|into\s+(?!my\s+account|the\b)|in\s+shape|stronger|healthier)|run\s+(?:a|my)\s+(?:[\w-]+\s+)?(?=marathon|half|race|triathlon|ultra|mile|\d|business|shop|company|caf|bakery|farm)"
    r"|write\s+a\s+(?:book|novel)(?!\s+(?:review|report|summary|description))|read\s+more(?=\s*$|\s+(?:books|novels|poetry|fiction|non-?fiction|classics|often|in\s+\w+|this\s+year|every)\b)|eat\s+(?:more|less|better|health)|sleep\s+(?:more|better|earlier)|cook\s+more"
    r"|move\s+to\s+(?!the\b|this\b|checkout|step|page|next|another\s+(?:step|page|topic))|(?:open|start)\s+(?:a|my)\s+(?:own\s+)?(?:\w+\s+){0,2}?(?=(?:bakery|caf[eé]|shop|bookshop|store|restaurant|studio|bar|pub|gallery|business|company|school|gym|hotel|brewery|bistro|clinic|family|blog|garden|podcast|band|charity|career|farm|channel|hobby|newsletter|startup|start-up|choir|allotment|new\s+life)\b)"
    r"|(?:get\s+rid\s+of|clear|pay\s+down)\s+my\s+(?:debts?|loans?|acne|belly|overdraft|clutter)\b|quit\s+(?!(?:the|this|that|your|my\s+(?:subscription|plan|trial|session))\b)|live\s+(?:in|by|abroad)|retire(?=\s*$|\s+(?:early|at|by|before|in|to|abroad|soon|young|comfortably|someday)\b))"
)
_AND_THEN = r"(?=\s*(?:$|[,.;:!?–—(]|\s-\s)|\s(?:when|once|after|because|so(?!\s+\w+ly\b)|while|since|but|(?:over|in|within)\s+the\s+next)\s)"
#: Verbs after "someone who …", where the writer says they are such a person.
_ONE_WHO: tuple[tuple[Kind, str, str], ...] = (
    ("like", "+", r"(?:loves?|likes?|enjoys?|adores?)"),
    (
        "dislike",
        "-",
        r"(?:hates?|dislikes?|detests?|loathes?|can['’]?t\s+(?:stand|bear)|(?:doesn['’]?t|does\s+not|don['’]?t)\s+(?:like|enjoy|care\s+for))",
    ),
    ("prefer", "+", r"prefers?"),
    (
        "avoid",
        "-",
        r"(?:avoids?|never\s+(?:eats?|drinks?|buys?|uses?|watches)|(?:doesn['’]?t|does\s+not|don['’]?t|can['’]?t)\s+(?:eat|drink|use|buy))",
    ),
)
IDIOMS: tuple[Pattern, ...] = (
    sure_pattern("prefer", "+", IMMEDIATE_CHOICE.pattern),
    sure_pattern("like", "+", FAVOURITE_NOW.pattern),
    sure_pattern(
        "avoid",
        "-",
        rf"\b(?:i|we)(?:['’]d|\s+would)?\s+(?:\w+ly\s+)?(?:prefer|like|appreciate)\s+(?:it\s+)?(?:if|that)\s+you\s+(?:would\s+)?(?:avoid(?:ed)?|left\s+out|leave\s+out|(?:never|don['’]?t|didn['’]?t|do\s+not|did\s+not|stop(?:ped)?)\s+(?:ever\s+)?(?:suggest|recommend|show|use|include|add|put|serve|offer|send|give)(?:ed|d|ing)?)\s+(?:me\s+|us\s+|any\s+)*{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "goal",
        "+",
        rf"{AM}{V}(?:trying|hoping|planning|aiming|determined|working\s+hard)\s+to\s+(?:finally\s+)?(?P<s>{_LIFE}[\w\s'’-]{{0,45}}?){_AND_THEN}",
    ),
    sure_pattern(
        "fact",
        "0",
        r"^(?:my|our)\s+(?:\w+\s+)?(?:daughters?|sons?|kids?|child|children|baby|twins|toddler|girls|boys)(?:['’]s|\s+is|\s+are|\s+(?:just\s+)?turned)\s+(?:now\s+|nearly\s+|almost\s+|only\s+|about\s+)?(?P<s>(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen)(?:\s+and\s+\w+)?(?:\s+(?:years?|months?|weeks?)(?:\s+old)?)?)(?=\s*(?:$|[,.;!]|\s(?:and|so|now)\b))",
    ),
    sure_pattern(
        "fact",
        "0",
        rf"^(?:my|our)\s+(?:\w+\s+)?(?:kitchen|flat|apartment|house|home|garden|balcony|bathroom|yard|building)\s+(?:only\s+)?has\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "avoid",
        "-",
        rf"^{_PROPER}\s+(?:always\s+|really\s+|usually\s+)?(?:upsets?|irritates?|hurts?|inflames?)\s+my\s+(?:stomach|tummy|gut|skin|digestion|throat|eyes)\b",
    ),
    sure_pattern(
        "like", "+", rf"\bmy\s+(?:\w+\s+){{0,2}}(?:faves?|favs?|favou?rites?)\s+(?:is|are)\s+{SUBJECT}{CLAUSE_END}"
    ),
    sure_pattern(
        "fact",
        "0",
        rf"^(?:(?:the|my|our)\s+)?(?P<slot>budget)\s*(?:(?:for|on)\s+[^,.;!?]{{2,40}}?\s+)?(?:is|:|=|of|would\s+be)?\s*{_ABOUT}{_MONEY}",
    ),
    sure_pattern(
        "goal",
        "+",
        rf"{AM}{V}(?:learning|practi[sc]ing|studying)\s+(?:how\s+)?(?:to\s+play\s+)?(?:the\s+)?(?P<s>(?:\w+\s+)?(?:piano|guitar|cello|violin|viola|ukulele|drums|flute|saxophone|trumpet|harp|banjo|accordion|clarinet|harmonica|mandolin))\b",
    ),
    sure_pattern(
        "fact",
        "0",
        r"\b(?:i|we)\s+(?:still\s+|just\s+|never\s+learnt\s+so\s+)?(?P<s>(?:can['’]?t|cannot)\s+(?:drive|swim|cook|ski|ride\s+(?:a\s+)?(?:bike|horse)|read\s+music))(?=\s*(?:$|[.,;!]|\s(?:and|so|because|but|or|to\s+save)\b))",
    ),
    sure_pattern(
        "fact",
        "0",
        r"^(?:i['’]?m|i\s+am)\s+(?:now\s+|already\s+)?(?P<s>(?:1[2-9]|[2-9]\d)(?:\s+years\s+old)?)(?:\s+now)?(?=\s*(?:$|[.,!]|\sand\b))",
    ),
    sure_pattern(
        "fact",
        "0",
        rf"{I}(?P<s>(?:don['’]?t|do\s+not)\s+(?:have|own)\s+an?\s+(?:car|freezer|oven|microwave|dishwasher|garden|balcony|television|tv|smartphone|driving\s+licen[cs]e|licen[cs]e|credit\s+card|bathtub|blender|fridge|washing\s+machine|bike|computer|laptop|kitchen|dryer|lift|elevator|garage|grill|stove|basement|printer|desk|smartphone|scale|mixer|food\s+processor|degree|passport|visa|sibling|partner|pet)|(?:don['’]?t|do\s+not)\s+have\s+(?:any\s+)?(?:air\s+conditioning|central\s+heating|wifi\s+at\s+home|internet\s+at\s+home|(?:kids|children|siblings|pets|savings|insurance)(?:\s+of\s+(?:my|our)\s+own)?))(?=\s*(?:$|[,.;:!?–—(]|\s(?:and|so|but|because|since)\b))",
    ),
    sure_pattern("avoid", "-", rf"{I}never\s+(?P<s>fly|drive|smoke|gamble|eat\s+out)(?=\s*(?:$|[.,;!]))"),
    sure_pattern(
        "fact",
        "0",
        rf"\b(?:i|we)(?:['’]ve\s+got|\s+have)\s+(?P<s>(?:an?|two|three|four|five)\s+(?:(?:[\w-]+-year-old|little|young|teenage|newborn|rescue)\s+){{0,2}}(?:daughters?|sons?|kids?|children|child|baby|babies|toddlers?|cats?|dogs?|rabbits?|parrots?|stepchildren|grandchildren)(?:\s+(?:with|who(?:['’]s|\s+(?:is|has|needs|can['’]?t|eats|only|won['’]?t)))\s+[\w\s'’-]{{2,30}}?)?){CLAUSE_END}",
    ),
    sure_pattern("require", "+", rf"{I}{V}(?:only\s+)?want\s+{SUBJECT}\s+only\b"),
    sure_pattern(
        "require",
        "+",
        rf"^(?:and\s+|so\s+)?(?:all|every|any)\s+(?:the\s+)?(?:recipes?|meals?|dish(?:es)?|foods?|snacks?|hotels?|restaurants?|places?|clothes|shoes)\s+(?:must|has\s+to|have\s+to|needs?\s+to)\s+be\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "require",
        "+",
        rf"{I}{V}(?:need|require|want|must\s+have)\s+(?:an?\s+)?{SUBJECT}\s+(?:(?:wherever|whenever|every\s+time|each\s+time|everywhere)\s+(?:i|we)\b|everywhere\b)",
    ),
    sure_pattern(
        "require",
        "+",
        rf"^(?:(?:so|and|please)[,\s]+)*only\s+(?:ever\s+)?(?:suggest|recommend|show|give|send|offer|pick)\s+(?:me\s+|us\s+)?(?!(?:me|us)\b|(?:the\s+(?:second|third|fourth|fifth|next)|(?:second|third|fourth|fifth|next)\s+(?:ones?|two|three|four|five|ten|\d+))\b|(?:the\s+)?(?:results?|rows?|lines?|entries|columns?|files?|first|last|top|data|names?|countries|titles?|code|one|two|three|\d+)\b){SUBJECT}(?:\s+(?:to|for)\s+(?:me|us))?(?:,?\s+please)?{CLAUSE_END}",
    ),
    sure_pattern(
        "like",
        "+",
        rf"^it['’]?s\s+{SUBJECT}\s+(?:that\s+)?(?:i|we)\s+(?:like|love|enjoy|prefer)\s+(?:best|most|the\s+most|more)\b",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"\b(?:i|we)(?:['’]ve|\s+have)\s+gone\s+(?:right|completely|totally|rather|quite)\s+off\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"{AM}(?:just\s+|really\s+|definitely\s+)?not\s+(?:really\s+)?(?:an?|much\s+of\s+an?)\s+(?:big\s+|huge\s+|great\s+|real\s+)?(?P<s>(?!(?:good|bad|nice|violent|rich|religious|young|old|patient|creative|social|kind)\b)[\w\s'’-]{{2,30}}?)\s+(?:person|lover|enthusiast){CLAUSE_END}",
    ),
    sure_pattern(
        "fact",
        "0",
        rf"{AM}{V}(?P<s>expecting\s+(?:(?:a|our|my|another|twins|triplets)\s*)+(?:\w+\s+)?(?:baby|child|kid|twins|girl|boy|daughter|son)?){CLAUSE_END}",
    ),
    *(
        sure_pattern(
            kind,
            sign,
            rf"^(?:as|being|i['’]?m|i\s+am)\s+(?:someone|somebody|a\s+person|the\s+(?:kind|type|sort)\s+of\s+person)\s+(?:who|that)\s+{V}{verb}\s+{SUBJECT}(?=\s*(?:,|\.|!|;|$|\s[-–—]))",
        )
        for kind, sign, verb in _ONE_WHO
    ),
    sure_pattern(
        "avoid",
        "-",
        rf"^(?:please[,\s]+)?(?:nothing|no\s+\w+)\s+(?:with|containing|made\s+(?:of|with|from))\s+{SUBJECT}(?:,?\s+please)?\s*[,;–-]+\s*(?:because\s+|as\s+|since\s+)?i(?:['’]m|\s)",
    ),
    sure_pattern(
        "like",
        "+",
        rf"^{_PROPER}\s+(?:really\s+|always\s+|still\s+)?means?\s+(?:the\s+world|everything|a\s+(?:lot|great\s+deal)|so\s+much)\s+to\s+(?:me|us)\b",
    ),
    sure_pattern(
        "like",
        "+",
        rf"\bthere(?:['’]?s|\s+is)\s+(?:just\s+|really\s+)?something\s+about\s+{SUBJECT}\s+(?:that\s+)?i\s+{_VERY}(?:love|like|adore|enjoy)\b",
    ),
    sure_pattern(
        "like",
        "+",
        rf"\b(?:i['’]d|i\s+would)\s+be\s+(?:\w+\s+)?(?:lost|nothing|miserable|useless|unbearable)\s+without\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern("like", "+", ADOPTED_TASTE.pattern),
    sure_pattern(
        "dislike",
        "-",
        rf"\bmy\s+least\s+fav(?:ou?rite)?\s+[\w\s'’-]{{1,40}}?\s+(?:is|are|was|were|has\s+(?:always\s+)?been)\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"^(?:honestly,?\s+)?{_PROPER}\s+(?:is|are|feels?|looks?|tastes?)\s+[^,.;!?]{{2,40}}[,;–-]+\s*(?:and\s+|so\s+|but\s+)?i\s+{_VERY}(?:hate|loathe|detest|dislike|can['’]?t\s+(?:stand|bear)|don['’]?t\s+like)\s+{_IT}",
    ),
    sure_pattern(
        "like",
        "+",
        rf"^(?:honestly,?\s+)?{_PROPER}\s+(?:is|are|feels?|looks?|tastes?|helps?\s+me|keeps?\s+me|makes?\s+me)\s+[^,.;!?]{{2,40}}?(?:[,;–-]+\s*(?:and\s+|so\s+|but\s+)?|\s+and\s+)i\s+{_VERY}(?:love|adore|enjoy|like)\s+{_IT}",
    ),
    sure_pattern(
        "like",
        "+",
        rf"\bi\s+(?:don['’]?t|do\s+not)\s+mind\s+{SUBJECT}(?:\s+at\s+all)?[,;–-]+\s*(?:in\s+fact,?\s+|quite\s+the\s+(?:opposite|contrary),?\s+)?i\s+{_VERY}(?:love|like|enjoy|adore)\s+{_IT}",
    ),
    sure_pattern("like", "+", rf"^(?:(?:honestly|personally|for\s+me)[?,:]*\s+)?{_PROPER}\s+all\s+the\s+way\b"),
    sure_pattern(
        "like",
        "+",
        rf"{I}(?:can\s+|could\s+)?never\s+(?:say\s+no\s+to|get\s+(?:tired|enough)\s+of|tire\s+of)\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "like",
        "+",
        rf"\b(?:i['’]d|i\s+(?:would|could))\s+(?:happily\s+|gladly\s+)?(?:eat|drink|watch|read|listen\s+to|play|wear)\s+{SUBJECT}\s+(?:every\s+(?:single\s+)?(?:day|night|meal)|all\s+day|for\s+(?:breakfast|the\s+rest\s+of\s+my\s+life))(?:\s+if\s+i\s+could)?{CLAUSE_END}",
    ),
    sure_pattern(
        "require",
        "+",
        rf"{I}{V}(?:can['’]?t|cannot|could\s+never|won['’]?t|don['’]?t|do\s+not|never|wouldn['’]?t)\s+{V}(?:buy|take|book|read|watch|eat|enjoy|sleep|leave|go|travel|start|drink|cook|use|rent|stay|wear|order)\b[\w\s'’-]{{0,25}}?\s+without\s+(?!(?:me|you|him|her|it|them|a\s+doubt)\b|(?:feeling|getting|being|having|becoming|going|\w+ing(?=\s+\w)|crying|choking|laughing|vomiting|itching|coughing|sneezing|checking|asking|looking|knowing|thinking|reading)\b){SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "avoid",
        "-",
        rf"^(?:please[,\s]+)?(?:never|don['’]?t|do\s+not)\s+(?:ever\s+)?(?:include|put|add|use)\s+(?:any\s+)?{SUBJECT}\s+(?:in|on|to|into)\s+(?:my|the|any|anything|our|what)\b",
    ),
    sure_pattern(
        "avoid",
        "-",
        rf"^(?:(?:my|the)\s+)?(?:\w+\s+)?(?:doctor|dentist|dietitian|gp|cardiologist|allergist|nutritionist)\s+(?:has\s+)?(?:says?|said|told\s+me|ordered|wants)\s+(?:that\s+)?(?:no(?:\s+more)?|to\s+(?:avoid|cut\s+out|stay\s+off))\s+{SUBJECT}(?:\s+(?:with|because|due|for|on|while)\b[^.!?]*)?{CLAUSE_END}",
    ),
    sure_pattern(
        "goal",
        "+",
        rf"{I}(?:{V}(?:want|hope|aim|intend|plan)\s+to|(?:['’]d|would)\s+(?:really\s+)?(?:love|like)\s+to)\s+(?:finally\s+|one\s+day\s+)?(?P<s>{_LIFE}[\w\s'’-]{{0,45}}?){_AND_THEN}",
    ),
    sure_pattern(
        "goal",
        "+",
        rf"\b(?:i['’]d|we['’]d)\s+(?:really\s+)?(?:love|like)\s+to\s+(?:finally\s+|one\s+day\s+)?(?P<s>{_LIFE}[\w\s'’-]{{0,45}}?){_AND_THEN}",
    ),
    sure_pattern("fact", "0", rf"{_BUDGET}{_MONEY}"),
    sure_pattern(
        "fact",
        "0",
        rf"\b(?:i|we)(?:['’]ve\s+got|\s+have(?:\s+got)?)\s+{_ABOUT}{_MONEY}\s+(?:to\s+spend|for\s+(?!sale\b|free\b)\w)",
    ),
    sure_pattern("dislike", "-", rf"{_ASKED}{_NO}{_JUDGED}"),
    sure_pattern("dislike", "-", rf"{_NAMED}{_NO}{_JUDGED}"),
    sure_pattern("like", "+", rf"{_NAMED}{_YES}{_JUDGED}"),
    sure_pattern("like", "+", rf"{_ASKED}{_YES}{_JUDGED}"),
    sure_pattern(
        "like",
        "+",
        rf"^(?:most\s+\w+[,\s]+)?you(?:['’]ll|\s+will|\s+can)\s+(?:always\s+|usually\s+|often\s+|mostly\s+)?(?:find|catch|see)\s+me\s+(?:(?:at|in)\s+(?=[\w\s'’-]{{2,40}}\s(?:on\s+\w+days?|every|most)\b)|(?=\w+ing\b))(?!(?:waiting|sitting|standing|being|having|getting|looking|going|coming|leaving|crying|starting|trying)\b){SUBJECT}(?:\s+(?:on\s+\w+days?|every\s+\w+|most\s+\w+))?{CLAUSE_END}",
    ),
    # disliked more than anything
    sure_pattern(
        "dislike",
        "-",
        rf"(?:^(?:honestly,?\s+)?|\b(?:i|we)(?:['’]d)?\s+)(?:would\s+)?(?:much\s+|honestly\s+|genuinely\s+|literally\s+)?(?:rather|sooner)\s+{_TORMENT}\s+than\s+(?!{_MISSED}|(?:not|disappoint|stop|quit|let|hurt|betray|be)\b)(?:have\s+to\s+)?{_VERB}{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "like",
        "+",
        rf"(?:^(?:honestly,?\s+)?|\b(?:i|we)(?:['’]d)?\s+)(?:would\s+)?(?:much\s+|honestly\s+|genuinely\s+|literally\s+)?(?:rather|sooner)\s+{_TORMENT}\s+than\s+(?:have\s+to\s+)?{_MISSED}\s+(?:an?\s+|my\s+|the\s+)?{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"^you(?:['’](?:ll|d)\s+never|\s+would\s+never|['’]ll\s+not|\s+will\s+(?:never|not)|\s+won['’]?t(?:\s+ever)?)\s+(?:(?:catch|find|see)\s+me\s+(?:dead\s+)?(?:at|in|on|near|inside|eating|wearing|watching|drinking|using|reading|playing)|get\s+me\s+to\s+(?:eat|wear|watch|drink|try|touch|go\s+to))\s+(?!(?:(?:the|my|your|this|that|here|there|it|time|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?\b)|[^.!?,]{{0,40}}\b(?:tomorrow|today|tonight|next|this|until)\b){SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"{I}{V}(?:wouldn['’]?t|would\s+not)\s+(?:be\s+(?:seen|caught)\s+dead\s+(?:in|at|with|on)|touch)\s+{SUBJECT}(?:\s+with\s+a\s+[\w\s-]+?)?{CLAUSE_END}",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"{I}(?:can|could)\s+(?:(?:happily|easily|gladly|certainly|well|quite)\s+){{0,2}}(?:do|live)\s+without\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"\bthe\s+(?:very\s+|mere\s+)?(?:thought|idea|sight|prospect)\s+of\s+(?:going\s+to\s+|eating\s+|drinking\s+)?{SUBJECT}\s+(?:just\s+|always\s+|really\s+|alone\s+)?(?:makes?\s+(?:me\s+(?:cringe|shudder|gag|sick|ill|queasy|nervous|anxious|want\s+to\s+\w+)|my\s+\w+\s+\w+)|(?:fills|horrifies|terrifies|scares|disgusts|bores|exhausts|puts|gives|turns)\s+(?:me|my)\b)",
    ),
    sure_pattern(
        "dislike",
        "-",
        rf"^(?:(?:sorry|honestly|imo|tbh|personally|i\s+think|i\s+find|to\s+me|for\s+me|hot\s+take|ugh|yuck)[,:\s]+)*(?:but\s+)?{_PROPER}\s+(?:is|are|tastes?|smells?)\s+(?:so\s+|just\s+|truly\s+|really\s+|absolutely\s+|simply\s+|honestly\s+|utterly\s+|plain\s+)*(?:disgusting|revolting|vile|gross|repulsive|an\s+(?:abomination|insult)|a\s+(?:crime|travesty|(?:complete\s+|total\s+)?waste\s+of\s+(?:a\s+)?(?:\w+\s+)?\w+)|the\s+(?:worst|devil))(?=\s*(?:$|[.!,;]|\s(?:to|against|imo|tbh|for\s+me)\b))",
    ),
    # what others like and the writer does not
    sure_pattern("dislike", "-", UNSHARED_TASTE.pattern),
    # liked more than anything
    sure_pattern(
        "like",
        "+",
        rf"^(?:there(?:['’]?s|\s+is|\s+are)\s+)?(?:few\s+things|hardly\s+(?:anything|a\s+thing)|very\s+little|not\s+much|nothing(?:\s+else)?)\s+(?:(?:that\s+)?(?:i|we)\s+(?:like|love|enjoy|adore)\s+(?:more|better|as\s+much)\s+(?:than|as)|(?:please|make|relax|cheer|excite|delight|calm|comfort)s?\s+me\s+(?:\w+\s+){{0,3}}?(?:as|like|more\s+than)(?:\s+much\s+as)?|(?:i['’]d|we['’]d|i\s+would)\s+rather\s+(?:do\s+than|{TAKE}\s+than)|beats?|tops?|compares?\s+(?:to|with))\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern("like", "+", UNEXPECTED_TASTE.pattern),
    sure_pattern("dislike", "-", UNEXPECTED_DISLIKE.pattern),
    sure_pattern(
        "like",
        "+",
        rf"^(?:what\s+)(?:really\s+|always\s+)?(?:makes\s+(?:me\s+(?:(?:really\s+|truly\s+)?happy|smile)|my\s+(?:day|week))|gets\s+me\s+(?:going|excited)|relaxes\s+me|calms\s+me(?:\s+down)?|cheers\s+me\s+up|keeps\s+me\s+(?:sane|going))\s+(?:the\s+)?(?:most\s+)?(?:is|are)\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "like",
        "+",
        rf"^you\s+can\s+(?:always\s+|easily\s+)?(?:win\s+me\s+over|tempt\s+me|bribe\s+me|buy\s+me|make\s+me\s+happy|cheer\s+me\s+up)\s+with\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "goal",
        "+",
        rf"\b(?:i['’]d|we['’]d|(?:i|we)\s+would)\s+(?:really\s+|just\s+)?(?:love|like)\s+to\s+(?!book\b|order\b|return\b|cancel\b|know\b|buy\b|pay\b|change\b|get\s+a\s+refund|speak\s+to\b|talk\s+to\b)(?:learn\s+(?=to\s))?{SUBJECT}\s+(?:before\s+i\b|by\s+(?:the\s+(?:time|age|end)|next)\b|one\s+day|some\s?day|this\s+year|next\s+year|in\s+my\s+life|eventually|at\s+some\s+point)",
    ),
    # standing instructions for answers
    sure_pattern(
        "require",
        "+",
        rf"^(?:please\s+)?(?:when(?:ever)?|every\s+time|each\s+time|any\s?time)\s+(?:you|i)\s+[^,.!?]{{2,40}},\s*(?:please\s+)?(?:always\s+)?(?:use|write(?:\s+(?:it|them))?(?:\s+in)?|(?:answer|reply)(?:\s+me)?(?:\s+in)?|include|add|give(?:\s+(?:me|it|them))?|put(?:\s+in)?|show(?:\s+me)?|explain(?:\s+(?:it|things|everything))?|stick\s+to)\s+{SUBJECT}(?:,?\s+(?:from\s+now\s+on|in\s+future|every\s+time|always|please))*{CLAUSE_END}",
    ),
    sure_pattern(
        "require",
        "+",
        rf"^(?:please\s+)?(?:always\s+)?(?:explain|write|show|give|answer|put)\s+(?:me\s+)?(?:(?:things?|it|everything|them|code|answers?)\s+)?(?:in\s+)?{SUBJECT}\s+(?:when(?:ever)?|every\s+time|each\s+time)\s+(?:you|i)\s",
    ),
    sure_pattern(
        "require",
        "+",
        rf"^(?:please\s+)?(?:from\s+now\s+on|in\s+(?:the\s+)?future|going\s+forward),?\s+(?:please\s+)?(?:always\s+)?(?:give|send|show|tell|write|use|answer|reply|respond|explain|include|add|put|address|recommend|suggest|call)\s+(?:(?:me|us|it|them|things|everything)\s+)?(?:(?:in|with|as)\s+)?{SUBJECT}(?:,?\s+(?:always|please))*{CLAUSE_END}",
    ),
    sure_pattern(
        "require",
        "+",
        rf"{I}{V}(?:won['’]?t|wouldn['’]?t|don['’]?t|do\s+not|will\s+not|never|can['’]?t)\s+{V}(?:consider|buy|take|book|accept|want|stay\s+(?:in|at)|use|rent|look\s+at)\s+[\w\s'’-]{{2,25}}?\s+(?:with\s+)?(?:less|fewer|lower)\s+than\s+{SUBJECT}{CLAUSE_END}",
    ),
    sure_pattern(
        "like",
        "+",
        rf"^(?:even\s+[\w\s]{{3,30}}?,?\s+)?{_PROPER}\s+(?:still\s+|always\s+)?gives?\s+me\s+(?:goosebumps|chills|butterflies|life|joy|energy|peace)\b",
    ),
    sure_pattern(
        "habit",
        "+",
        r"\b(?:i['’]ve|we['’]ve|(?:i|we)\s+have)\s+been\s+(?P<s>(?!waiting|trying|looking|having|getting|feeling|wondering|thinking|meaning|using|asking|calling|living|working\s+(?:on|at|for|as)|suffering|following|dealing|struggling|avoiding)\w+ing(?:\s+(?!for\b|since\b|every\b|three\b|two\b|four\b|five\b|once\b|twice\b|a\s+few\s+times)[\w'’-]+){0,4}?)\s+(?:(?:for\s+(?:\w+\s+){1,2}(?:years?|months?|decades?)|for\s+years)|since\b|every\s+\w+|(?:once|twice|\w+\s+times)\s+(?:a|per)\s+\w+|daily|weekly)",
    ),
    # habits, by how often
    sure_pattern(
        "habit",
        "+",
        r"\b(?:i|we)(?:['’]ve|\s+have)\s+(?:always\s+)?(?:read|played|worn|eaten|drunk|used|watched|cooked|baked|run|swum|practi[sc]ed|visited)\s+(?:the\s+|an?\s+)?(?P<s>[\w][\w\s'’-]{1,40}?)\s+(?:every|each)\s+(?:single\s+)?(?:day|night|morning|evening|week|weekend|month|year|summer|winter)\b",
    ),
    sure_pattern(
        "habit",
        "+",
        rf"^(?:(?:usually|normally|generally)[,\s]+)?(?:i|we|my\s+(?:wife|husband|partner|family|kids|girlfriend|boyfriend)\s+and\s+i)\s+{V}(?!make\s+a\s+point\b)(?=(?:order|eat|have|cook|bake|go|play|do|visit|attend|watch|read|swim|run|jog|cycle|walk|practi[sc]e|train|meditate|volunteer|host|make|knit|paint|draw|sing|dance|hike|climb|garden|sew)\s)(?P<s>(?:have\s+(?!an?\s+(?:meeting|appointment|exam|test|deadline|call|question|problem|issue|headache)\b)|do\s+|eat\s+|watch\s+|read\s+|play\s+|attend\s+|order\s+)?(?!(?:an?\s+)?(?:error|warning|bug|message|this|that|these|it|them|to|not|the\s+same)\b)[\w][\w\s'’-]{{1,40}}?)\s+(?:about\s+|around\s+|at\s+least\s+|roughly\s+)?(?:(?:once|twice|(?:two|three|four|five|six|several|a\s+few|\d)\s+times)\s+(?:a|per|every)\s+(?:day|week|month|year|fortnight)|every\s+(?:single\s+|other\s+|second\s+)?(?:day|week|month|year|night|morning|evening|weekend|summer|winter|spring|autumn|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:on\s+|most\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)days|most\s+(?:days|evenings|mornings|weekends|nights)|each\s+(?:day|week|month|year|summer|winter|morning|evening)|daily|weekly)(?=\s*(?:$|[.,!;]|\s(?:with|at|in|and|because|before|after)\b))",
    ),
)
