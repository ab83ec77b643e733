"""Less plain English wordings of what people do regularly, what they intend to do, and how they live.

Examples: "Mondays are when I …", "you'll find me knitting"; "I'm hell-bent on …", "it's high time I learnt to …"; "I
live half an hour from …". As in `patterns_en_sure`, their readings are used as they are, without the classifier.
"""

from penchant.agent.statements.patterns_en_sure import sure_pattern
from penchant.agent.statements.patterns_en_verdicts import NAMED_ALONE, NO_DEED, NOT_OF_NOW
from penchant.agent.statements.wordings import AM, HAVE, I, Pattern, V

_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends|weekdays|weeknights|mornings|evenings|afternoons|nights)"
)
_TIMES = rf"(?:(?:my|our|most|all\s+my)\s+)?(?:{_DAY}(?:\s+(?:and\s+{_DAY}|mornings?|evenings?|afternoons?|nights?))?|(?:lunch|coffee)\s+breaks?|holidays|days\s+off|summers|winters|lunch\s+hours?|commutes?)"
_WHEN = rf"(?:(?:on|in|during|at|come)\s+)?(?:(?:most|every|each|all|any\s+given|of\s+an?|the)\s+)?(?:single\s+|other\s+|second\s+)?(?:{_DAY}|morning|evening|afternoon|night|day|week|weekend|month|year|spring|summer|autumn|fall|winter|christmas|january|february|march|april|may|june|july|august|september|october|november|december|lunch(?:time|break)?|bedtime)(?:\s+(?:mornings?|evenings?|afternoons?|nights?))?"
ACTIVITY = rf"(?=(?!{NO_DEED})[a-z]{{2,}}\b)"
#: Excludes what is asked, felt or done for the task at hand, which is no goal.
_TASK = r"(?!(?:ask|tell|say|know|thank|hear|see\s+(?:if|what|how)|talk\s+to\s+you|check|return|cancel|order|book|reply|message|write\s+to|complain|mention|apologi[sz]e|point\s+out|be\s+(?:rude|a\s+pain|funny|difficult|honest)|offend|bother|get\s+(?:this|it|you|home|going)|go\s+(?:home|to\s+bed)|leave|left|went|got|call|called|had\s+a\s+(?:word|chat)|finish\s+(?:this|the|it)|buy\s+(?:it|this|the)|lunch|dinner)\b)"
_LESS = r"(?!(?:to\s+)?(?:quit|stop|stopping|quitting|giv\w+\s+up|cut\w*|reduc\w+|limit\w*|wean\w*|kick\w*|not|never|avoid)\b)"
_AIM = rf"{NOT_OF_NOW}{_TASK}{_LESS}{NAMED_ALONE}"

ROUTINES: tuple[Pattern, ...] = (
    # habits
    sure_pattern("habit", "+", rf"^(?:on\s+)?{_TIMES}\s+(?:is|are)\s+(?:always\s+|usually\s+|generally\s+)?(?:when\s+|(?:the|my|our)\s+(?:day|days|time|night|nights|evening|morning)\s+(?:when\s+|that\s+|on\s+which\s+)?|(?:the\s+)?(?:one\s+)?(?:day|time)\s+(?:when\s+|that\s+)?)(?:i|we)\s+(?:always\s+|usually\s+|like\s+to\s+)?(?!(?:feel|hate|miss|dread|need|want|get|have|hand|find|leave|move|fly|start|finish|see|submit|am|was|can|will)\b)"),
    sure_pattern("habit", "+", rf"^{_TIMES}\s+(?:is|are)\s+(?:always\s+|usually\s+|strictly\s+)?(?:(?:reserved|set\s+aside|made)\s+for|spent|for|given\s+over\s+to|dedicated\s+to|devoted\s+to|sacred\s+to)\s+(?![^.!?]*,)(?!(?:me|you|us|them|the|sleep)\b)"),
    sure_pattern("habit", "+", rf"^{_WHEN},?\s+(?:you(?:['’]ll|\s+will|\s+can)|people)\s+(?:usually\s+|always\s+|often\s+|generally\s+)?find\s+me\s+(?=\w+ing\b|in\b|at\b|on\b|out\b|down\b|with\b|up\b)"),
    sure_pattern("habit", "+", r"\b(?:i|we)\s+can\s+(?:usually|always|often|generally|mostly|reliably)\s+be\s+(?:found|seen|spotted)\s+(?=\w+ing\b|in\b|at\b|on\b|out\b|down\b|with\b|up\b)"),
    sure_pattern("habit", "+", rf"^(?:i|we)\s+(?:(?:usually|always|generally|still|tend\s+to|like\s+to|mostly)\s+)?spend\s+(?:(?:most|all|many|half|every|each)\s+(?:of\s+)?)?(?:my\s+|our\s+|the\s+)?(?:free\s+|spare\s+)?(?:{_DAY}|days?|time|holidays?|summers?|winters?|hours|lunch\s+(?:hours?|breaks?))\s+(?=(?:in|at|on|out|by|with|up|down|among)\s|\w+ing\b)(?!(?:in|at|on|with)\s+(?:this|that|it|you)\b)(?!waiting|debugging|trying|wondering)"),
    sure_pattern("habit", "+", rf"^come\s+(?:the\s+)?(?:{_DAY}|spring|summer|autumn|winter|christmas|easter|january|february|march|april|may|june|july|august|september|october|november|december|bedtime|rain\s+or\s+shine),?\s+(?:i|we)(?:['’]ll)?\s+(?:always|usually|invariably|like\s+to|tend\s+to)\s+{ACTIVITY}"),
    sure_pattern("habit", "+", r"^for\s+(?:as\s+long\s+as\s+(?:i|we)\s+can\s+remember|years(?:\s+now)?|decades|(?:\w+\s+){1,3}years(?:\s+now)?),?\s+(?:i|we)(?:['’]ve|\s+have)\s+(?:always\s+)?(?=(?:gone|spent|kept|made|eaten|drunk|worn|run|sung|read|written|taken|ridden|swum|grown|baked|walked|cooked|played|collected|cycled|driven|slept|danced|painted|volunteered|celebrated|been\s+\w+ing)\s)(?:been\s+)?"),
    sure_pattern("habit", "+", rf"^(?:i|we)\s+(?:(?:usually|always|generally|normally|still|tend\s+to|like\s+to|mostly)\s+)?(?=(?:get\s+up|wake\s+up|rise|go\s+to\s+(?:bed|sleep)|turn\s+in|get\s+out\s+of\s+bed|am\s+up|am\s+in\s+bed)\s+(?:at|before|by|around|about|with)\s+(?!(?:the\s+)?(?:alarm|noise)\b))(?:am\s+)?{NOT_OF_NOW}"),
    sure_pattern("habit", "+", r"^(?P<s>(?!(?:this|that|the|your|his|her)\b)\w[\w\s'’-]{2,40}?)\s+(?:is|are)\s+(?:a|our|my)\s+(?:standing|family|weekly|daily|nightly|sunday|friday|saturday|morning|evening|bedtime|yearly|annual|sacred|beloved|christmas)\s+(?:tradition|ritual|routine|habit|custom|fixture)"),
    sure_pattern("habit", "+", rf"^(?:usually|normally|mostly|typically|generally|most\s+of\s+the\s+time|more\s+often\s+than\s+not|nine\s+times\s+out\s+of\s+ten),?\s+(?:i|we)\s+(?:just\s+)?{NOT_OF_NOW}{ACTIVITY}(?!(?:ask|insist|choose|pick|opt|lean|gravitate|favou?r|require|go\s+for|stick|rely|depend|demand|order|avoid|refuse|log|click|get)\b)(?!\w+\s+(?:this|that|it|them|you|your)\b)"),
    sure_pattern("habit", "+", rf"^i['’]?m\s+(?:usually\s+|always\s+)?(?=(?:up|out\s+of\s+bed|in\s+bed|asleep|awake)\s+(?:at|by|before)\s+(?!the\b)){NOT_OF_NOW}(?=[^.!?]*\b(?:every|each|most|always|usually|daily|days|mornings|nights|weekdays|weekends)\b)"),
    # goals
    sure_pattern("goal", "+", rf"\b(?:(?:i|we)(?:['’]d|\s+would)\s+(?:\w+\s+)?(?:love|like|want)|(?:i|we)\s+want|there(?:['’]s|\s+is)\s+nothing\s+i['’]?d\s+(?:love|like|rather\s+do))\s+(?:nothing\s+)?(?:more|better|so\s+much)\s+(?:than|as)\s+to\s+{_AIM}"),
    sure_pattern("goal", "+", rf"{AM}{V}(?:(?:hell-?\s?bent|bent|intent|dead\s+set|set)\s+on\s+(?=\w+ing\b)|out\s+to\s+|on\s+course\s+to\s+|on\s+a\s+quest\s+to\s+|gunning\s+for\s+|working\s+(?:my\s+way\s+)?(?:up\s+)?towards?\s+|itching\s+to\s+|dying\s+to\s+|desperate\s+to\s+|keen\s+to\s+(?=(?:learn|become|get\s+(?:better|fit|into)|improve|start|take\s+up|try)\b))(?:become\s+)?{_AIM}"),
    sure_pattern("goal", "+", rf"\b(?:i|we)\s+(?:really\s+|fully\s+|still\s+|do\s+)?(?:mean|intend)\s+to\s+(?:finally\s+|really\s+)?{_AIM}"),
    sure_pattern("goal", "+", rf"(?:{HAVE}|\b(?:i|we)\s+)(?:promised|told|sworn\s+to|swore\s+to)\s+(?:myself|ourselves|my\s+\w+)\s+(?:that\s+)?(?:i\s+will|i['’]ll|i['’]d|i\s+would|we['’]ll|to)\s+(?:finally\s+|one\s+day\s+)?{_AIM}"),
    sure_pattern("goal", "+", rf"\bit(?:['’]?s|\s+is)\s+(?:high|about|well\s+past)\s+time\s+(?:that\s+)?i\s+(?:finally\s+)?{_AIM}"),
    sure_pattern("goal", "+", rf"\b(?:my|our)\s+(?:heart|sights?|mind|eyes?)\s+(?:is|are)\s+(?:\w+\s+)?set\s+on\s+{_AIM}|\b(?:i|we)(?:['’]ve|\s+have)\s+(?:got\s+)?(?:set\s+)?my\s+(?:heart|sights?|mind)\s+(?:set\s+)?on\s+{_AIM}"),
    sure_pattern("goal", "+", rf"^fingers\s+crossed\s+(?:that\s+)?i(?:['’]ll|\s+will|\s+can)\s+(?:finally\s+)?{_AIM}"),
    sure_pattern("goal", "+", rf"{I}{V}have\s+every\s+intention\s+of\s+{_AIM}|\bit(?:['’]?s|\s+is)\s+my\s+(?:firm\s+)?intention\s+to\s+{_AIM}"),
    sure_pattern("goal", "+", rf"\bi(?:['’]ve|\s+have)\s+(?:(?:always|long|secretly|really|desperately|often|been)\s+){{0,2}}(?:wanted|longed|hoped|dreamt|dreamed|wished|wanting|hoping|itching|dying|longing|aching|planning|meaning)\s+(?:to|of)\s+(?:finally\s+|one\s+day\s+)?(?!(?:be|have)\s+(?:a\s+)?(?:\w+\s+)?(?:seen|told|wrong|right)\b){_AIM}"),
    sure_pattern("goal", "+", rf"\b(?:(?:on|top\s+of|next\s+on|first\s+on)\s+my\s+bucket\s+list(?:\s+(?:is|are)|\s*:)|my\s+bucket\s+list\s+(?:includes?|has))\s+(?:to\s+)?{_AIM}"),
    sure_pattern("goal", "+", r"^(?P<s>(?!(?:this|that|it|what|the\s+(?:next|first|last))\b)\w[\w\s'’-]{2,50}?)\s+(?:is|are|has\s+(?:always\s+)?been)\s+(?:\w+\s+)?(?:(?:at\s+the\s+)?top\s+of|(?:still\s+|next\s+|high\s+)?on)\s+my\s+(?:bucket\s+list|list\s+of\s+(?:goals|dreams))"),
    sure_pattern("goal", "+", rf"{AM}{V}(?:studying|working|training|saving|practi[sc]ing|preparing|revising|rehearsing|grafting)\s+(?:really\s+|very\s+|so\s+)?(?:hard|flat\s+out|day\s+and\s+night|like\s+(?:mad|crazy)|steadily|away|for\s+months)\s+(?:to|for|towards?)\s+(?:be\s+able\s+to\s+|pass\s+)?{_AIM}"),
    # how somebody lives
    sure_pattern("fact", "0", r"^(?:and\s+|but\s+|so\s+)?(?:i|we)\s+(?:currently\s+|now\s+|also\s+)?teach\s+(?!(?:myself|him|her|them|you|people|my|our|kids\s+to|the)\b)(?=\w)"),
    sure_pattern("fact", "0", rf"{HAVE}(?:absolutely\s+|literally\s+)?(?P<s>no\s+(?:sense\s+of\s+\w+|car|oven|garden|balcony|freezer|dishwasher|microwave|tv|television|bath(?:tub)?|kids|children|siblings|pets|licen[cs]e|driving\s+licen[cs]e|degree|savings|pension|fixed\s+address|(?:formal\s+|prior\s+|programming\s+|musical\s+|cooking\s+)?(?:training|experience|background|education|qualifications)|(?:outdoor|outside|storage)\s+space|smartphone|credit\s+card|washing\s+machine|lift|central\s+heating|gall\s*bladder|thyroid|spleen|teeth))\b(?!\s+(?:to\s+speak\s+of\s+the|today|tonight))"),
    sure_pattern("fact", "0", r"^(?:and\s+|but\s+)?(?:i|we)\s+(?:currently\s+|now\s+)?live\s+(?P<s>(?:(?:about|around|roughly|just|only|some|over|less\s+than|more\s+than|a\s+good)\s+)?(?:half\s+an\s+hour|an\s+hour|(?:\w+|\d+)\s+(?:minutes?|hours?|miles?|kilomet(?:re|er)s?|km|blocks?|streets?|stops?)|miles|hours|a\s+stone['’]s\s+throw|a\s+(?:short|long)\s+(?:walk|drive)|walking\s+distance|next\s+(?:door\s+)?to|above|over|opposite|behind|under|below|between|right\s+(?:by|on|next\s+to|above)|close\s+to|far\s+from|up\s+(?:a|the)|at\s+the\s+(?:top|end|foot|edge))\s+(?!(?:you|it|them|this)\b)\w[\w\s'’-]{1,50}?)(?=\s*(?:$|[,.;!?]|\s(?:so|hence|and|but|which|because)\b))"),
    sure_pattern("fact", "0", r"^(?:and\s+|but\s+)?(?:i|we)\s+(?:\w+\s+)?(?:earn|make|take\s+home|bring\s+home|live\s+on|get\s+by\s+on)\s+(?P<s>(?:(?:about|around|roughly|just|only|some|over|less\s+than|under|barely|a\s+bit\s+over)\s+)?(?:[$€£]\s?\d[\d,.]*k?|\d[\d,.]*k?|\w+(?:\s+\w+)?\s+(?:hundred|thousand|grand|k))(?:\s+(?:pounds|euros|dollars|quid))?(?:\s+(?:a|per|each)\s+(?:day|week|month|year))?)(?=\s*(?:$|[,.;!?]|\s(?:after|before|net|gross|so|and|but)\b))"),
)  # fmt: skip
