"""English wordings with an unusual word order: the subject of the statement comes first or last.

Examples: "blue cheese I adore", "it's the drums that I love", "what I favour is linen", "trains are what I'd choose".
Also short wordings of exclusions and requirements, and comparisons that begin with the subject. As in
`patterns_en_sure`, their readings are used as they are, without the classifier.
"""

from penchant.agent.statements.patterns_en_sure import sure_pattern
from penchant.agent.statements.wordings import Pattern

_END = r"(?=\s*(?:$|[,.;:!?–—(]|\s-\s|\s(?:so|because|and|but|since|as|at\s+all|though|anymore|any\s+more|lol|haha|tbh|when|for)\b))"
HOW = r"(?:(?:really|truly|absolutely|just|simply|always|still|honestly|do|so|totally|also|most|personally|usually|generally|definitely|rather|quite|actually|now|normally|basically|particularly|genuinely|completely)\s+){0,3}"
#: A word of a name: no verb, no conjunction, no reference to what was shown before.
WORD = r"(?!(?:is|are|was|were|am|be|been|has|have|had|do|does|did|than|because|when|while|if|that|which|what|how|where|who|why|or|but|so|i|we|you|he|she|they|it|can|could|will|would|should|must|may|might|not|no|never|says?|said|think|know|please|there)\b)[\w'’&/-]+"
FIRST_WORD = r"(?!(?:this|that|these|those|it|its|one|all|both|everything|anything|nothing|something|everyone|some|my|your|his|her|their|our|the\s+(?:thing|things|one|ones|bit|part|only|last|first|best|worst|way|other|same|reason|more|less|song|film|book|answer|code|page|app|site)|and|so|also|yes|no|ok|okay|well|oh|thanks|hi|hey|only|just|even|especially|in|on|at|for|with|from|to|of|as|like|a\s+(?:bit|lot|few)|how|here|now|then|sorry|maybe|perhaps|honestly|make|give|show|find|write|play|tell|use|add|take|put|get|let|send|recommend|suggest|list|order|buy|book)\b)"
#: The subject at the beginning of a clause, of up to seven words.
_THING = rf"(?P<s>(?:anything\s+(?:with|by|from|in|made|like)\s+|{FIRST_WORD}){WORD}(?:\s+{WORD}){{0,6}}?)"
_CLAUSE = r"(?:^|[,;.]\s+(?:(?:but|and|though|while)\s+)?|\s(?:but|whereas|though|while)\s+)"
_I = r",?\s+(?:i|we)(?:['’]d|['’]ll|['’]ve|\s+would|\s+will|\s+could|\s+can|\s+have|\s+shall)?\s+"
_LOVE = r"(?:lo+ve|adore|worship|enjoy|treasure|cherish|devour|relish)"
_CANT = r"(?:can['’]?t|cannot|can\s+not|couldn['’]?t|could\s+never)"
_DONT = r"(?:don['’]?t|do\s+not|won['’]?t|will\s+not|never|no\s+longer|can['’]?t|cannot)"
_TAKE = r"(?:eat|drink|buy|use|touch|wear|watch|read|do|take|order|play|have|cook|smoke|visit|book|go\s+near|go\s+to|eat\s+any\s+of)"
_LOATHE = r"(?:hate|detest|loathe|despise|dislike|dread)"
_SHUN = r"(?:avoid|skip|leave\s+out|leave\s+alone|steer\s+clear\s+of|stay\s+(?:away|clear|well\s+away)\s+(?:from|of)|keep\s+(?:away|off|clear)(?:\s+(?:from|of))?|refuse|boycott|banned|cut\s+out|given\s+up|gave\s+up|quit|sworn\s+off|stopped\s+(?:eating|drinking|buying|using)|shun|do\s+without|go\s+without|pass\s+on)(?:\s+from\s+my\s+\w+)?(?:\s+completely|\s+altogether)?"
_ENJOYED = r"(?:all\s+(?:day|night)|for\s+(?:hours|days|ever)|forever|every\s+(?:single\s+)?(?:day|night|week|meal)|day\s+and\s+night|until\s+i\s+\w+|any\s?(?:day|time)|by\s+the\s+\w+)"
_PICK = r"(?:choose|pick|go\s+for|go\s+with|take|prefer|favou?r|opt\s+for|reach\s+for|buy|order)"
_WHAT = (
    r"(?:what|the\s+(?:one\s+|only\s+)?(?:thing|bit|part|sort|kind|one|stuff|food|sport|music|place|\w+)(?:\s+that)?)"
)
_ABOUT = r"(?:\s+(?:most|the\s+most|best|more|above\s+all))?(?:\s+(?:in|about|at|on|of|with|for|when)\s+(?!(?:this|that|these|those|your|it|the\s+(?:new|last|first|second))\b)(?:an?\s+|the\s+|my\s+)?[\w'’-]+(?:\s+[\w'’-]+){0,2}?)?"
_IS = r"\s+(?:is|are|['’]s|would\s+be|has\s+to\s+be|must\s+be)\s+(?:(?:definitely|always|really|probably|just|certainly|still|simply|when)\s+)?"
_NAMED = r"(?P<s>(?!(?:that|this|these|those|it|how|what|why|when|if|whether|not|to\s+(?:know|see|say|ask|get|find|have|be)|your?|the\s+(?:order|receipt|password|number|file|code|refund|address|date|second|first|last|one|fact))\b)\w[\w\s'’&/-]{1,60}?)"
LAST_WORD = r"(?=\s*(?:$|[,.;:!?–—(]|\s-\s|\s(?:so|because|but|since|lol|haha|tbh|funnily|i)\b))"
_FREE = r"(?:(?:gluten|sugar|dairy|nut|peanut|lactose|fragrance|cruelty|alcohol|soy|egg|wheat|meat|caffeine|fat|latex|perfume|paraben|gelatine?|salt|plastic|smoke|allergen|oil|carb|sulphite)s?[\s-]free|(?:dog|pet|child|kid|family|wheelchair|baby|pushchair|beginner|budget|eco|cat)[\s-](?:friendly|accessible|safe|proof)|step[\s-]free|vegan|vegetarian|halal|kosher|organic|waterproof|cordless|wireless|washable|machine[\s-]washable|unscented|non-?alcoholic|decaf|hypoallergenic|fair[\s-]?trade|second[\s-]?hand|plant[\s-]based|unsweetened|refundable|accessible|low[\s-](?:in\s+\w+|fat|carb|salt|sugar|sodium|fodmap))"
_MUST = r"(?:must|has\s+(?:got\s+)?to|have\s+(?:got\s+)?to|needs?\s+to|['’]s\s+got\s+to|gotta|should\s+always)\s+be"
_FOOD = r"(?!(?:idea|way|problem|worries|thanks|need|doubt|clue|rush|matter|wonder|point|chance|use|sense|one|reason|question|offen[cs]e|more|longer|explanations?|emojis?|bullet\w*|jargon|markdown|tables?|intro\w*|links?|code|comments?|fluff|quotes?|preamble|lists?|answer\w*|reply)\b)"

WORD_ORDER: tuple[Pattern, ...] = (
    # the subject first, and the writer's judgement after it
    sure_pattern("like", "+", rf"{_CLAUSE}{_THING}{_I}{HOW}(?:{_LOVE}|can['’]?t\s+(?:get\s+enough\s+of|resist|live\s+without)|(?:eat|drink|listen\s+to|watch|read|play|do|have)\s+{_ENJOYED}){_END}"),
    sure_pattern("like", "+", rf"^(?P<s>anything\s+(?:with|by|from|made\s+of)\s+{WORD}(?:\s+{WORD}){{0,4}}?)(?:,)?\s+(?:i|we)(?:['’]ll|\s+will)\s+(?:happily\s+|gladly\s+|always\s+)?(?:eat|drink|devour|read|watch|play|buy|wear|listen\s+to){_END}"),
    sure_pattern("like", "+", rf"{_CLAUSE}{_THING},?\s+(?:now\s+)?(?:that|those|them|it)\s+i\s+{HOW}{_LOVE}{_END}"),
    sure_pattern("dislike", "-", rf"{_CLAUSE}{_THING}{_I}{HOW}(?:{_LOATHE}|{_CANT}\s+(?:stand|bear|abide|stomach|look\s+at|listen\s+to|watch|face|take|tolerate)|{_DONT}\s+(?:really\s+|particularly\s+)?(?:like|enjoy|care\s+for|get\s+on\s+with)|never\s+liked|do\s+without){_END}"),
    sure_pattern("avoid", "-", rf"{_CLAUSE}{_THING}{_I}{HOW}(?:{_DONT}\s+(?:ever\s+)?{_TAKE}(?:\s+(?:at\s+all|any\s?more|ever|again))?|{_SHUN}){_END}"),
    sure_pattern("like", "+", rf"{_CLAUSE}{_THING}\s+(?:has|have)\s+(?:really\s+|slowly\s+|definitely\s+|completely\s+)*(?:grown\s+on\s+me|won\s+me\s+over){_END}"),
    # judged by "is the … that I …" and the like
    sure_pattern("like", "+", rf"{_CLAUSE}{_THING}\s+(?:is|are)\s+(?:the\s+(?:one|thing|only\s+thing)|what|something)\s+(?:that\s+)?i\s+{HOW}(?:{_LOVE}|like|live\s+for|look\s+forward\s+to|crave|miss|feel\s+(?:best|happiest|most\s+\w+)(?:\s+in)?)(?:\s+(?:most|best|the\s+most|more\s+than\s+\w+))?{_END}"),
    sure_pattern("like", "+", rf"{_CLAUSE}{_THING}\s+(?:is|are)\s+what\s+(?:{HOW})(?:gets?\s+me\s+(?:{HOW})(?:excited|going|out\s+of\s+bed)|keeps?\s+me\s+(?:sane|going|happy)|makes?\s+me\s+(?:{HOW})(?:happy|happiest|smile|tick)|i['’]m\s+(?:{HOW})(?:into|about|crazy\s+about|mad\s+about|passionate\s+about)){_END}"),
    sure_pattern("dislike", "-", rf"{_CLAUSE}{_THING}\s+(?:is|are)\s+(?:the\s+(?:one|thing|only\s+thing)|what|something)\s+(?:that\s+)?i\s+{HOW}(?:{_LOATHE}|{_CANT}\s+(?:stand|bear|abide|stomach)|{_DONT}\s+(?:like|enjoy|want)|struggle\s+with|could\s+do\s+without)(?:\s+(?:most|the\s+most))?{_END}"),
    sure_pattern("avoid", "-", rf"{_CLAUSE}{_THING}\s+(?:is|are)\s+(?:the\s+(?:one|thing|only\s+thing)|what|something)\s+(?:that\s+)?i\s+{HOW}(?:{_SHUN}|{_DONT}\s+(?:ever\s+)?{_TAKE}){_END}"),
    sure_pattern("prefer", "+", rf"{_CLAUSE}{_THING}\s+(?:is|are)\s+(?:the\s+(?:one|thing)|what)\s+(?:that\s+)?i(?:['’]d|\s+would|['’]ll)?\s+{HOW}{_PICK}\b"),
    sure_pattern("like", "+", rf"\bit['’]?s\s+(?:just\s+|really\s+|only\s+)?{_THING}\s+(?:that\s+|which\s+)?i\s+{HOW}(?:{_LOVE}|live\s+for|am\s+(?:fond\s+of|into|after|mad\s+about)|['’]m\s+(?:fond\s+of|into|mad\s+about))(?:\s+(?:most|best|the\s+most|(?:about|in|at|of)\s+\w+(?:\s+\w+){{0,2}}?))?{_END}"),
    sure_pattern("dislike", "-", rf"\bit['’]?s\s+(?:just\s+|really\s+|only\s+)?{_THING}\s+(?:that\s+|which\s+)?i\s+{HOW}(?:{_LOATHE}|{_CANT}\s+(?:stand|bear)|{_DONT}\s+(?:like|enjoy))(?:\s+(?:most|the\s+most|(?:about|in|at|of)\s+\w+(?:\s+\w+){{0,2}}?))?{_END}"),
    sure_pattern("avoid", "-", rf"\bit['’]?s\s+(?:just\s+|really\s+|only\s+)?{_THING}\s+(?:that\s+|which\s+)?i\s+{HOW}(?:{_SHUN}|{_DONT}\s+{_TAKE}){_END}"),
    sure_pattern("prefer", "+", rf"\bit['’]?s\s+(?:just\s+|really\s+)?{_THING}\s+(?:that\s+)?i(?:['’]d|\s+would)?\s+{HOW}(?:prefer|favou?r|choose){_END}"),
    # the subject last
    sure_pattern("dislike", "-", rf"(?:^|[,;.]\s+|\bbut\s+){_WHAT}\s+i\s+{HOW}(?:{_LOVE}|like|enjoy|value|look\s+forward\s+to)\s+(?:the\s+)?least{_ABOUT}{_IS}{_NAMED}{LAST_WORD}"),
    sure_pattern("like", "+", rf"(?:^|[,;.]\s+|\bbut\s+){_WHAT}\s+i\s+{HOW}(?:{_LOVE}|like|look\s+forward\s+to){_ABOUT}{_IS}{_NAMED}{LAST_WORD}"),
    sure_pattern("dislike", "-", rf"(?:^|[,;.]\s+|\bbut\s+){_WHAT}\s+i\s+{HOW}(?:{_LOATHE}|{_CANT}\s+(?:stand|bear|abide)|{_DONT}\s+(?:like|enjoy)){_ABOUT}{_IS}{_NAMED}{LAST_WORD}"),
    sure_pattern("dislike", "-", rf"(?:^|[,;.]\s+|\bbut\s+)what\s+{HOW}(?:puts\s+me\s+off|puts\s+me\s+to\s+sleep|annoys\s+me|bothers\s+me|irritates\s+me|bugs\s+me|bores\s+me|drives\s+me\s+\w+|stresses\s+me(?:\s+out)?|gets\s+on\s+my\s+nerves|turns\s+me\s+off|winds\s+me\s+up){_ABOUT}{_IS}{_NAMED}{LAST_WORD}"),
    sure_pattern("prefer", "+", rf"(?:^|[,;.]\s+|\bbut\s+)what\s+i(?:['’]d|\s+would)?\s+{HOW}(?:prefer|favou?r|go\s+for|choose){_ABOUT}{_IS}{_NAMED}{LAST_WORD}"),
    sure_pattern("avoid", "-", rf"(?:^|[,;.]\s+|\bbut\s+){_WHAT}\s+i\s+{HOW}(?:{_SHUN}|{_DONT}\s+{_TAKE}){_ABOUT}{_IS}{_NAMED}{LAST_WORD}"),
    sure_pattern("goal", "+", rf"^(?:what|the\s+(?:one\s+)?thing)\s+i\s+(?:really\s+|most\s+|truly\s+)?want\s+(?:most|more\s+than\s+anything|this\s+year|in\s+life|most\s+of\s+all)\s+is\s+(?P<s>(?:to\s+)?\w[\w\s'’-]{{2,60}}?){LAST_WORD}"),
    sure_pattern("dislike", "-", rf"^(?:honestly,?\s+)?(?:there['’]?s\s+)?nothing['’]?s?\s+(?:is\s+)?worse\s+(?:for\s+me\s+|to\s+me\s+)?than\s+(?!(?:this|that|when)\b)(?P<s>\w[\w\s'’-]{{1,40}}?){LAST_WORD}"),
    sure_pattern("dislike", "-", rf"\bit\s+(?:really\s+|always\s+|just\s+|so\s+)*(?:gets\s+on\s+my\s+nerves|annoys\s+me|bugs\s+me|bothers\s+me|irritates\s+me|pisses\s+me\s+off|winds\s+me\s+up|does\s+my\s+head\s+in|grates\s+on\s+me|infuriates\s+me)\s+(?:when|if|how|that)\s+(?!(?:this|that|it|you|the\s+(?:app|site|page))\b)(?P<s>\w[\w\s'’-]{{3,60}}?){LAST_WORD}"),
    sure_pattern("like", "+", rf"{_CLAUSE}{_THING}\s+(?:really\s+|just\s+|always\s+|definitely\s+)*(?:does\s+it\s+for\s+me|do\s+it\s+for\s+me|floats?\s+my\s+boat|hits?\s+the\s+spot|gets?\s+me\s+every\s+time)\b"),
    # what is left out, in a few words
    sure_pattern("avoid", "-", r"^(?:i['’]m\s+)?(?:giving|i\s+give|i\s+always\s+give|i\s+tend\s+to\s+give|i\s+usually\s+give|i\s+generally\s+give)\s+(?!(?:it|this|that|them|you)\b)(?P<s>\w[\w\s'’-]{1,50}?)\s+(?:an?\s+(?:wide\s+berth|miss|pass|swerve|body\s+swerve)|the\s+(?:cold\s+shoulder|swerve))\b"),
    sure_pattern("avoid", "-", rf"^(?:please\s+)?(?:absolutely|strictly)\s+no\s+{_FOOD}(?P<s>\w[\w'’-]*(?:\s+(?:and|or|with|in|on)?\s*[\w'’-]+){{0,4}}?)(?:\s+(?:for\s+(?:me|us)|please|ever|whatsoever|at\s+all|thanks))*\s*[.!]*$"),
    sure_pattern("avoid", "-", r"^(?:please\s+)?(?:skip|leave\s+out|avoid|exclude)\s+(?P<s>any(?:thing|\s+\w+)\s+(?:with|containing|that\s+(?:has|contains)|made\s+(?:of|from|with))\s+\w[\w\s'’-]{1,40}?)(?=\s*(?:$|[,.;!?]))"),
    sure_pattern("avoid", "-", rf"^(?:please\s+)?(?:leave\s+out|leave\s+off|hold|skip)\s+(?:the\s+|all\s+|any\s+)?{_FOOD}(?P<s>(?!(?:this|that|it|part|rest|first|last|second|intro\w*|details?|line|step|question|chapter)\b)\w[\w'’-]*(?:\s+[\w'’-]+){{0,3}}?),?\s+(?:always|every\s+time|as\s+(?:always|usual|ever))\b"),
    sure_pattern("avoid", "-", rf"^(?:i\s+)?(?:make|made|have\s+made)\s+it\s+a\s+(?:\w+\s+)?rule\s+(?:not|never)\s+to\s+(?:(?:buy|eat|drink|use|order|shop)\s+(?:from\s+|at\s+)?)?(?!(?:be|get|give|say|answer)\b)(?P<s>\w[\w\s'’-]{{1,50}}?){LAST_WORD}"),
    sure_pattern("avoid", "-", rf"^(?:on\s+no\s+account|under\s+no\s+circumstances)\s+(?:should\s+you\s+|may\s+you\s+)?(?:book|give|send|show|recommend|suggest|serve|offer|put|seat|find)\s+(?:me|us)\s+(?:in\s+|on\s+)?(?!(?:this|that|it)\b)(?P<s>\w[\w\s'’-]{{2,60}}?){LAST_WORD}"),
    sure_pattern("avoid", "-", r"^(?:please\s+)?keep\s+(?!(?:it|this|that|them|me|you|the|your|my|everything)\b)(?P<s>\w[\w.'’-]*(?:\s+[\w'’-]+){0,2}?)\s+(?:out\s+of\s+(?:it|this|that|my\s+\w+|the\s+\w+|everything)|away\s+from\s+(?:me|my\s+\w+))\b"),
    sure_pattern("avoid", "-", rf"\bi\s+(?:must|may|should)\s+not\s+(?:have|eat|drink|touch|take|use)\s+(?!(?:it|this|that|them|the|been|an?\s+\w+$|forgotten)\b)(?P<s>\w[\w\s'’-]{{1,40}}?){LAST_WORD}"),
    sure_pattern("avoid", "-", r"^i\s+haven['’]?t\s+(?:touched|eaten|drunk|bought|worn|smoked|had)\s+(?!(?:it|this|that|them|the|your|my|any\s+(?:luck|reply|time)|time|anything|breakfast|lunch|dinner)\b)(?:any\s+|an?\s+)?(?P<s>\w[\w\s'’-]{1,40}?)\s+(?:since\b|in\s+(?:\w+\s+)?(?:years|ages|decades|months)|for\s+(?:\w+\s+)?(?:years|ages|decades|months))"),
    sure_pattern("avoid", "-", r"^(?:please\s+)?(?:do\s+not|don['’]?t|never)\s+(?:ever\s+)?(?:use|speak|talk|write)\s+(?:in\s+|any\s+)?(?!(?:this|that|it|like|about|so)\b)(?P<s>\w[\w\s'’-]{1,30}?)\s+(?:with|to|for)\s+me(?=\s*(?:$|[,.;!]|\splease\b))"),
    sure_pattern("avoid", "-", rf"^(?:please\s+)?(?:do\s+not|don['’]?t|never)\s+(?:ever\s+)?(?:book|put|seat|place)\s+(?:me|us)\s+(?:on\s+|with\s+|in\s+|into\s+|at\s+|near\s+)?(?!(?:this|that|it|through|down|off|the|there|here|back|up)\b)(?P<s>(?:an?\s+)?\w[\w\s'’-]{{1,40}}?)(?:\s+(?:again|ever|please|ever\s+again))*{LAST_WORD}"),
    sure_pattern("avoid", "-", rf"\b(?:i|we)\s+{HOW}(?:go|do|make\s+do|live|get\s+by)\s+(?:entirely\s+)?without\s+(?!(?:it|this|that|you|saying|saving|an?\s+(?:doubt|problem|hitch))\b)(?P<s>\w[\w\s'’-]{{1,40}}?){LAST_WORD}"),
    sure_pattern("avoid", "-", rf"\b(?:i['’]?m|i\s+am|we['’]?re|we\s+are)\s+not\s+(?:doing|eating|drinking|buying|wearing|smoking|touching)\s+(?:any\s+)?(?!(?:it|this|that|the|well|good|great|fun|anything\s+(?:today|tonight|special)|anything$|much|so|any|my|your|enough|very|too|ok|fine|badly)\b)(?P<s>\w[\w\s'’-]{{1,30}}?)(?:\s+(?:or\s+any\s+of\s+that|any\s?more|these\s+days|at\s+the\s+moment|for\s+now|again|ever))*{LAST_WORD}"),
    sure_pattern("habit", "+", rf"\b(?:i|we)\s+(?:almost\s+|hardly\s+ever\s+|really\s+)?never\s+(?:miss|skip)\s+(?!(?:it|this|that|you|him|her|them|the\s+(?:point|chance|deadline))\b)(?P<s>\w[\w\s'’-]{{1,40}}?){LAST_WORD}"),
    # required
    sure_pattern("require", "+", r"^(?:for|in)\s+my\s+(?:job|work|trade|line\s+of\s+work|profession)\s+(?:i|we)\s+(?:need|require|have\s+to\s+(?:wear|have)|must\s+(?:wear|have))\s+(?!(?:to|help|some|this|that|you)\b)(?P<s>\w[\w\s'’-]{2,40}?)(?=\s*(?:$|[,.;!?]))"),
    sure_pattern("require", "+", r"\bi\s+(?:can['’]?t|cannot|couldn['’]?t)\s+(?:do\s+(?:anything|a\s+thing)|get\s+(?:through\s+the\s+day|anything\s+done)|manage|survive|face\s+the\s+day)\s+without\s+(?!(?:it|this|that|you|your)\b)(?P<s>(?:an?\s+|my\s+)?\w[\w\s'’-]{1,40}?)(?=\s*(?:$|[,.;!?]))"),
    sure_pattern("require", "+", rf"^(?:(?:it|they|everything|food|all\s+of\s+it)\s*)?{_MUST}\s+(?:(?:absolutely|strictly|completely|always|fully|100%|totally)\s+)?(?P<s>{_FREE}(?:\s+(?:and|or)\s+{_FREE})?){LAST_WORD}"),
    sure_pattern("require", "+", rf"^(?:strictly|only|exclusively)\s+(?P<s>{_FREE}(?!\s+(?:options?|please\s+reply)\b)(?:\s+[\w'’-]+){{0,3}}?)(?:\s+(?:for\s+(?:me|us)|here|please|in\s+(?:my|our|this)\s+\w+))*{LAST_WORD}"),
    sure_pattern("require", "+", rf"^(?P<s>{_FREE}(?:\s+[\w'’-]+){{0,2}}?)\s+only(?=\s*(?:$|[,.;!]|\s(?:or|please|for\s+(?:me|us)|because|since)\b))"),
    sure_pattern("require", "+", r"^(?:my|our)\s+(?:one|only|main|first|single)\s+(?:condition|requirement|demand|must|must-have|rule|wish)(?:\s+(?:for|in|of|with|about)\s+[\w\s'’-]{2,30}?)?\s*[:–—-]\s*(?!(?:no|never|not)\b)(?P<s>\w[\w\s'’-]{2,50}?)(?=\s*(?:$|[,.;!?]))"),
    sure_pattern("require", "+", r"^(?:nothing|no\s+\w+)\s+(?:goes|gets|comes|ends\s+up|makes\s+it)\s+(?:in|into|on|onto|past)\s+(?:my|our)\s+(?:[\w'’-]+\s+){1,3}?unless\s+(?:it['’]?s|it\s+is|they['’]re|it\s+has)\s+(?:an?\s+)?(?P<s>\w[\w\s'’-]{2,40}?)(?=\s*(?:$|[,.;!?]))"),
    sure_pattern("require", "+", r"^(?:my|our)\s+(?:family|household|home|kids?|wife|husband|diet|religion|faith|job|back|body|condition)\s+(?:requires?|demands?)\s+(?:an?\s+)?(?P<s>(?!(?:more|some|help|attention)\b)\w[\w\s'’-]{2,40}?)(?=\s*(?:$|[,.;!?]))"),
    sure_pattern("require", "+", r"\b(?:it['’]?s|it\s+is)\s+(?:really\s+|absolutely\s+|very\s+|so\s+)?(?:vital|essential|crucial|important|imperative|key)(?:\s+(?:for|to)\s+(?:me|us))?\s+that\s+(?:i\s+(?:always\s+)?(?:get|have)\s+|there['’]?s\s+(?:an?\s+)?|there\s+is\s+(?:an?\s+)?)?(?!(?:you|this|that|it|we|they|the\s+(?:order|file|report|package|email))\b)(?P<s>\w[\w\s'’-]{2,50}?)(?=\s*(?:$|[,.;!?]|\sso\b))"),
    sure_pattern("require", "+", r"^(?:just|only)\s+(?P<s>(?!(?:one|two|three|a\s+(?:few|little|bit|quick)|some|the|this|that|these|it|you|because|yes)\b)\w[\w\s'’-]{2,40}?)\s+for\s+(?:me|us)(?=\s*(?:$|[,.;!]|\s(?:please|thanks|because|nothing|i)\b))"),
    sure_pattern("require", "+", r"^without\s+(?:an?\s+)?(?P<s>(?!(?:it|this|that|further|doubt|a\s+doubt|you|your|help|the)\b)\w[\w\s'’-]{2,40}?),?\s+(?:i|we)(?:['’]m|\s+am|['’]re|\s+are)?\s+(?:just\s+|simply\s+|really\s+)?(?:can['’]?t|cannot|can\s+not|couldn['’]?t|not\s+able|unable|won['’]?t|don['’]?t|not\s+going)\b"),
    # preferred, with the subject in front
    sure_pattern("prefer", "+", rf"^(?!(?:what|which|who|how|if)\b)(?P<s>{FIRST_WORD}{WORD}(?:\s+{WORD}){{0,3}}?)\s+(?:for\s+(?:me|us)\s+(?:rather\s+than|over|instead\s+of|not)|(?:rather\s+than|over|instead\s+of|and\s+not|not)\s+(?!(?:the|this|that)\b)[\w'’-]+(?:\s+[\w'’-]+){{0,3}}?,?\s+for\s+(?:me|us))\b"),
    sure_pattern("prefer", "+", rf"(?:^|[,;.]\s+|\bbut\s+)(?:(?:for|to)\s+(?:me|us),?\s+)?{_THING}\s+(?:beats?|trumps?|wins?\s+(?:out\s+)?over|is\s+(?:preferable|superior)\s+to|are\s+(?:preferable|superior)\s+to|is\s+(?:nicer|better|easier|kinder|more\s+\w+)\s+than|are\s+(?:nicer|better|easier|more\s+\w+)\s+than)\s+(?!(?:this|that|the\s+(?:other|first|second|last)|it)\b)[\w'’-]+(?:\s+[\w'’-]+){{0,3}}?\s+(?:for|to|with)\s+(?:me|us|my\s+\w+)\b"),
    sure_pattern("prefer", "+", rf"^to\s+(?:me|my\s+mind|my\s+taste),?\s+{_THING}\s+(?:is|are)\s+(?:(?:much|far|always|simply)\s+)?(?:preferable|superior|nicer|better|more\s+\w+)\s+(?:to|than)\b"),
    sure_pattern("prefer", "+", rf"\bi\s+{HOW}find\s+(?!(?:it|this|that|the\s+(?:first|second|last|new|old))\b)(?P<s>\w[\w\s'’-]{{1,40}}?)\s+(?:much\s+|far\s+|way\s+|a\s+lot\s+|so\s+much\s+)?(?:nicer|better|easier|tastier|comfier|prettier|kinder|simpler|cosier|calmer|funnier|more\s+(?!than\b)\w+)\s+(?:to\s+\w+\s+)?than\b"),
    sure_pattern("prefer", "+", r"^(?:i\s+would\s+|i['’]d\s+|would\s+)?(?:much\s+)?(?:sooner|rather)\s+(?:have\s+|get\s+|take\s+)?(?!(?:not|i|we|you|it|this|that)\b)(?P<s>(?:an?\s+)?\w[\w\s'’-]{1,40}?)\s+than\b"),
    sure_pattern("prefer", "+", r"^(?:please\s+)?let\s+me\s+have\s+(?!(?:it|this|that|the)\b)(?P<s>\w[\w\s'’-]{1,40}?)\s+(?:instead\s+of|rather\s+than|over)\b"),
    sure_pattern("prefer", "+", r"\bi['’]?d\s+(?:always\s+|rather\s+|much\s+sooner\s+)?take\s+(?!(?:it|this|that|the\s+(?:first|second|last|other))\b)(?P<s>\w[\w\s'’-]{1,40}?)\s+(?:over|instead\s+of|rather\s+than)\b"),
    sure_pattern("prefer", "+", rf"\b(?:i['’]?m|i\s+am|i\s+feel)\s+(?:much\s+|far\s+|way\s+|a\s+lot\s+|always\s+)?(?:happier|better\s+off|more\s+comfortable|more\s+at\s+(?:home|ease))\s+(?:with|in|on|using)\s+(?!(?:it|this|that|the\s+(?:first|second|last|new))\b)(?P<s>\w[\w\s'’-]{{1,40}}?)(?:\s+(?:than|over|rather\s+than|instead\s+of)\b|{LAST_WORD})"),
    sure_pattern("prefer", "+", r"\b(?:it['’]?s|it\s+is)\s+(?:(?:much|far|way|a\s+lot)\s+)?(?:easier|nicer|better|more\s+(?:comfortable|pleasant|natural))\s+for\s+(?:me|us)\s+(?:to\s+(?:read|use|have|get|work\s+with|eat|take|follow)\s+)?(?P<s>\w[\w\s'’-]{1,40}?)\s+(?:than|instead\s+of|rather\s+than)\b"),
    sure_pattern("prefer", "+", r"\bit\s+is\s+for\s+me\s+(?:more\s+\w+|better|nicer|easier)\s+(?P<s>\w[\w\s'’-]{1,30}?)\s+than\b"),
    sure_pattern("prefer", "+", rf"\b(?:i\s+like|i\s+enjoy)\s+(?P<s>(?!(?:it|this|that|them|the|your)\b)\w[\w\s'’-]{{1,40}}?)\s+(?:far\s+|much\s+|way\s+|a\s+lot\s+)?(?:better|more){LAST_WORD}"),
)  # fmt: skip
