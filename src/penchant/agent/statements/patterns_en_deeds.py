"""What English speakers do, mean to do and never do: "I make a point of …", "Every morning I …", "I aspire to …", "There's no way I'm …".

As in `patterns_en_sure`: what they read stands as it is; the classifier is not asked. The verb belongs to the subject where it says more
than that a thing is eaten, bought or used.
"""

from penchant.agent.statements.patterns_en_sure import _sure
from penchant.agent.statements.wordings_en import AM, HAVE, I, Pattern, V

_OF_ITSELF = r"(?!(?:this|that|these|those|it|you|your|his|her|him|them|their|what|if|why|both|all|one)\b)"
#: Of the moment, or of the work at hand.
_NOT_NOW = r"(?![^.!?]*\b(?:today|tonight|tomorrow|yesterday|right\s+now|just\s+now|here|null|(?:this|these)(?!\s+(?:year|way))|the\s+(?:file|page|script|app|form|printer|deadline)|(?:error|script|code|server|click|button|password)s?|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?!\s+(?:mornings|evenings|afternoons|nights|lunch\w*))|next\s+week)\b)"
#: Verbs of what happens to one, is thought or felt, and no deed.
NO_DEED = (
    r"(?:know|remember|understand|get|have|see|saw|said|say|think|thought|hear|heard|got|win|won|seem|feel|felt|reali[sz]e|find|found|manage|receive|need|can|could|want|wanted|like|liked|enjoy|love|loved|hate|prefer|avoid|dislike|fear|dread|been|be|am|is|was|had|did|made|went|came|knew|told|asked|meant|mean|expect|imagine|really|tire|stop|fail|learn"
    r"|learnt|tried|finish|succeed|lose|lost|miss|forget|forgot|regret|mind|hesitate|complain|believe|doubt|wonder|notice|care|trust|seen|read\s+that|wish|hope|plan|would|will|should|must|may|might|do\s+n|don|gave|took|bought|left|ran|began|start|end|keep|try|tend|make\s+(?:sure|it)|go\s+wrong|fall|fell|wake|struggle|suffer|crave|wind|appreciate|value|adore|cherish|mix\s+up|confuse|misspell|mispronounce|agree|disagree|wonder|refuse|skip|look\s+forward|let\s+you|want\s+to|quite|ever|also|just|only|always|usually|use\s+to|used|\w{3,}ed)\b"
)
_A_DEED = rf"(?=(?!{NO_DEED})[a-z]{{2,}}\s)"
_AT_TIMES = (
    r"(?:(?:every|each)\s+(?:single\s+|other\s+|second\s+|weekday\s+)?(?:morning|evening|night|day|afternoon|week|weekend|month|year|spring|summer|autumn|fall|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:\s+(?:morning|evening|afternoon|night))?|most\s+(?:mornings|evenings|nights|days|weekends|afternoons|weeks|(?:mon|tues|wednes|thurs|fri|satur|sun)days)"
    r"|(?:on|in)\s+(?:most\s+)?(?:weekdays|weekends|weeknights|(?:the\s+)?(?:mornings?|evenings?|afternoons)|summer|winter|spring|autumn|(?:mon|tues|wednes|thurs|fri|satur|sun)days|workdays|holidays|rainy\s+days|my\s+days\s+off|my\s+(?:free|spare)\s+time)|at\s+(?:weekends|night|lunchtime|the\s+weekend)"
    r"|(?:once|twice|(?:two|three|four|five|six|several|a\s+few)\s+times)\s+(?:a|per|each|every)\s+(?:day|week|month|year|fortnight)|(?:before|after|during)\s+(?:bed|work|breakfast|lunch|dinner|school|sleeping|class|meals|my\s+(?:shift|commute|run))(?:,?\s+(?=i\s+(?:always|usually|often|generally|like\s+to|take|go|walk|do|read|write)\b)))"
)
_AS_EVER = (
    r"(?:(?:always|usually|often|mostly|normally|generally|typically|religiously|still|like\s+to|tend\s+to|also)\s+)?"
)
_CAREFUL = (
    r"(?:tend|try(?:\s+(?:hard|my\s+best))?|choose|like|aim|make\s+sure|take\s+care|am\s+careful|do\s+my\s+(?:best|utmost)|make\s+(?:an?|every)\s+(?:\w+\s+)?(?:effort|point)|go\s+out\s+of\s+my\s+way|prefer|vowed|resolved|swore|promised\s+myself|learned|learnt|made\s+up\s+my\s+mind|have\s+(?:chosen|decided|vowed|resolved|promised\s+myself|learn(?:ed|t)|sworn|made\s+up\s+my\s+mind)"
    r"|['’]ve\s+(?:chosen|decided|vowed|resolved|promised\s+myself|learn(?:ed|t)|sworn|made\s+up\s+my\s+mind)|['’]m\s+(?:careful|determined|trying|resolved)|am\s+(?:determined|trying|resolved))"
)
_KEEP_OFF = r"(?:avoid|steer\s+(?:well\s+)?clear\s+of|stay\s+(?:well\s+)?(?:away\s+from|clear\s+of|off|out\s+of)|keep\s+(?:well\s+)?(?:away\s+from|clear\s+of|off)|refrain\s+from|abstain\s+from|shun)"
_WHO = r"(?:\b(?:i|we)(?=\s|['’]))\s*"
_MY_AIM = r"\b(?:my|our)\s+(?:(?:main|big|biggest|long-?term|short-?term|ultimate|current|personal|next|only|one|lifelong|greatest|secret|new\s+year['’]?s?|fitness|career|life|financial)\s+){0,2}(?:goal|aim|ambition|dream|objective|target|resolution|mission|plan)s?(?:\s+(?:for|this|in)\s+(?!(?:today|tomorrow|tonight|now|(?:the|this)\s+(?:week|weekend|morning|afternoon|evening))\b)[\w\s]{2,25}?)?\s+(?:is|are|has\s+always\s+been)\s+(?:to\s+)?"
DEEDS_DONE: tuple[Pattern, ...] = (
    # never done
    _sure("avoid", "-", rf"(?:^|\b)(?:never(?:\s+in\s+my\s+life|\s+again|\s+ever)?|on\s+no\s+account|under\s+no\s+circumstances|at\s+no\s+point|in\s+no\s+way|no\s+way|not\s+in\s+a\s+million\s+years)\s+(?:will|would|shall|do|am|could|can)\s+(?:i|we)\s+(?:ever\s+|be\s+(?=\w+ing))?{_NOT_NOW}(?!(?:forget|understand|know|be\s+able|finish|get|have)\b)(?:(?:eat|drink|use|buy|wear|touch|smoke)\s+(?=(?:an?|any|the)?\s*\w))?{_OF_ITSELF}"),
    _sure("avoid", "-", rf"\b(?:there(?:['’]?s|\s+is)\s+)?(?:absolutely\s+)?no\s+way\s+(?:that\s+)?(?:i['’]?m|i\s+am|i['’]ll|i\s+will|i\s+would|i['’]d|i\s+could)\s+(?:ever\s+|going\s+to\s+|gonna\s+)?{_NOT_NOW}(?!(?:finish\w*|get\w*|mak\w+|be|being|manag\w+|fit\w*|understand\w*|pass\w*|know\w*|letting|losing|pay\w*\s+(?:for\s+)?(?:this|that))\b){_OF_ITSELF}"),
    _sure("avoid", "-", rf"\byou(?:['’](?:ll|d)\s+never|\s+(?:will|would)\s+never|\s+won['’]?t(?:\s+ever)?)\s+(?:catch|find|see)\s+me\s+(?:dead\s+)?(?=(?:in|at|on|near)\s+(?:an?\s|\w+s\b)|\w+ing\b)(?!(?:complaining|crying|saying|giving\s+up|again|losing|using\s+(?:this|that))\b){_NOT_NOW}"),
    _sure("avoid", "-", rf"{I}(?:wouldn['’]?t|would\s+not|would\s+never|could\s+never)\s+(?:ever\s+)?(?:dream\s+of|consider|think\s+of|even\s+consider|contemplate)\s+{_NOT_NOW}{_OF_ITSELF}"),
    _sure("avoid", "-", rf"(?:{AM})(?:never\s+(?:ever\s+)?(?:again\s+)?(?:going\s+to|gonna)\s+(?:be\s+(?=\w+ing\b))?(?!(?:{NO_DEED}))|never\s+(?:ever\s+)?(?=(?!(?:going|sure|being|getting|having|feeling)\b)\w+ing\s)){_NOT_NOW}{_OF_ITSELF}"),
    _sure("avoid", "-", rf"{_WHO}{V}{_CAREFUL}\s+(?:(?:not|never)\s+to|to\s+(?:not|never))\s+(?:ever\s+)?(?:(?:eat|drink|have|use|wear|buy|attend|visit|go\s+to|watch)\s+(?=\w)|be\s+(?=(?:in|at|on|around)\s))?(?!(?:say|answer|disclose|go\b(?!\s+to)|be\b(?!\s+\w+ed)|worry|cry|panic|laugh|think|reply|lose|miss|forget|disturb|bother|disappoint|accept\s+the|take\s+the|buy\s+the)\b){_NOT_NOW}{_OF_ITSELF}"),
    _sure("avoid", "-", rf"{_WHO}{V}{_CAREFUL}\s+to\s+{_KEEP_OFF}\s+{_NOT_NOW}{_OF_ITSELF}"),
    _sure("avoid", "-", rf"{I}(?:(?:categorically|deliberately|consciously|flatly|intentionally|consistently|purposely|invariably|strictly|always|usually|generally|simply|normally|typically|equally|mostly|actively|absolutely|steadfastly|also)\s+){{1,2}}(?:avoid|shun|boycott|refuse\s+to|steer\s+clear\s+of|stay\s+away\s+from|abstain\s+from|refrain\s+from|opt\s+out\s+of)\s+{_OF_ITSELF}"),
    _sure("avoid", "-", rf"{I}(?:opt\s+out\s+of|keep\s+(?:my|our)\s+distance\s+from|stay\s+out\s+of|draw\s+the\s+line\s+at|give\s+a\s+wide\s+berth\s+to|have\s+sworn\s+off|swore\s+off|have\s+no\s+truck\s+with|say\s+no\s+to|do\s+without|have\s+turned\s+my\s+back\s+on)\s+(?!(?:the|this|these|your)\b){_OF_ITSELF}"),
    _sure("avoid", "-", r"\b(?:my|our)\s+(?:(?:strict|personal|only|one|number\s+one|golden|house)\s+)*(?:rules?|policy|principle)\s+(?:is|are)(?:\s+that)?:?\s+(?:absolutely\s+)?(?:no|never|not\s+to|to\s+(?:never|avoid)|(?:that\s+)?i\s+(?:never|don['’]?t))\s+"),
    _sure("avoid", "-", r"^(?:please[,\s]+)?(?:absolutely\s+|strictly\s+)?no\s+(?P<s>(?!(?:need|problem|worries|idea|thanks|more|offen[cs]e|doubt|one|way|matter|wonder|rush|reply|answer|explanations?|links?|emojis?)\b)\w[\w\s'’-]{2,50}?),?\s+(?:please,?\s+ever|ever(?:,?\s+please)?|for\s+me,?\s+(?:ever|please|thanks))\b"),
    _sure("avoid", "-", rf"{I}{V}(?:don['’]?t|do\s+not|can['’]?t|won['’]?t|never|cannot|will\s+not)\s+(?:want|eat|have|tolerate|buy|wear|use|drink|watch|read|like)\s+(?P<s>(?:anything|any\s+\w+|food|products?|things?|clothes|meals?)\s+(?:with|containing|made\s+(?:of|with|from)|that\s+(?:contains?|has|have)|based\s+on)\s+\w[\w\s'’-]{{1,40}}?)(?=\s*(?:$|[,.;!?]|\s(?:because|as|since|so|in\s+it)\b))"),
    _sure("avoid", "-", rf"{I}(?:(?:do|will|would|can)\s+not|don['’]?t|won['’]?t)\s+(?:under\s+any\s+circumstances|ever|on\s+any\s+account|as\s+a\s+(?:rule|matter\s+of\s+principle)|on\s+principle|generally|normally|usually|typically)\s+{_NOT_NOW}(?:(?:eat|drink|use|buy|wear|touch)\s+(?=\w)|{_A_DEED}){_OF_ITSELF}"),
    _sure("avoid", "-", rf"{I}never\s+(?:have|did)\s+and\s+(?:i\s+)?never\s+will\s+(?:(?:eat|drink|use|buy|wear|touch)\s+)?{_OF_ITSELF}"),
    _sure("avoid", "-", rf"\b(?:(?:i|we)\s+(?:{V})(?:want|need|have|like|wish|would\s+(?:like|prefer))|(?:i|we)['’]d\s+(?:like|prefer))\s+to\s+{_KEEP_OFF}\s+(?!the\b){_NOT_NOW}{_OF_ITSELF}"),
    _sure("avoid", "-", rf"\b(?:i|we)(?:['’]d|\s+would)\s+(?:much\s+)?(?:rather|sooner)\s+(?:always\s+)?{_KEEP_OFF}\s+(?!the\b){_NOT_NOW}{_OF_ITSELF}"),
    _sure("avoid", "-", rf"{I}(?:won['’]?t|will\s+not|will\s+never|would\s+never|wouldn['’]?t)\s+be\s+(?:seen|caught)\s+(?:dead\s+)?(?:in|at|with|on|near)\s+{_OF_ITSELF}"),
    _sure("avoid", "-", rf"{I}could\s+never\s+(?:ever\s+)?(?![^.!?,]*\bwithout\b)(?!(?:resist|go|live|decide|choose|thank|afford|bring|get|be|do|stand|bear|eat\s+enough|have|tell|say|see|imagine\s+(?:my\s+)?life)\b){_NOT_NOW}(?:(?:eat|drink|use|buy|wear)\s+(?=\w)|{_A_DEED}){_OF_ITSELF}"),
    _sure("avoid", "-", rf"{I}(?:wouldn['’]?t|would\s+not|would\s+never)\s+(?:ever\s+)?want\s+to\s+(?!(?:bother|miss|lose|disturb|hurt|offend|be\s+(?:rude|a\s+bother)|go\s+without)\b){_NOT_NOW}{_OF_ITSELF}"),
    _sure("avoid", "-", rf"(?:{I}{V}|{HAVE})(?:gave|given)\s+(?P<s>(?!(?:it|this|that|them|you|him|her|me|my|the|up)\b)\w[\w\s'’-]{{1,30}}?)\s+up(?=\s*(?:$|[,.;!?]|\s(?:for|because|after|in|last|years?|when|ages|two|three|a\s)\b))"),
    _sure("avoid", "-", rf"{I}{V}(?:turn\s+down|pass\s+on|opt\s+out\s+of)\s+(?!the\b)(?=[\w'’-]+(?:s\b|\s+(?:with|that|of|in)\b|\s+\w+s\b)){_NOT_NOW}{_OF_ITSELF}"),
    # done again and again
    _sure("habit", "+", rf"{I}{V}(?:make\s+a\s+(?:point|habit)\s+of|have\s+(?:got\s+)?(?:a|the)\s+habit\s+of|have\s+made\s+a\s+habit\s+of)\s+(?!(?:not|never|avoiding|skipping)\b)(?=\w+ing\b)"),
    _sure("habit", "+", rf"^{_AT_TIMES},?\s+(?:i|we)\s+{_AS_EVER}{_NOT_NOW}{_A_DEED}{_OF_ITSELF}"),
    _sure("habit", "+", rf"^(?:as\s+a\s+rule,?\s+)?(?:i|we)\s+(?:always|usually|normally|typically|generally|tend\s+to|regularly|routinely|habitually|religiously)\s+{_NOT_NOW}(?!\w+\s+(?:this|that|it|them|you|your|an?\s+(?:error|warning|message))\b){_A_DEED}(?!(?:ask|insist|choose|pick|opt|lean|gravitate|favou?r|require|check\s+(?:that|for)|go\s+for|stick|rely|depend|demand|request|limit|restrict|log|click|enjoy|stay\s+away|steer|abstain|refrain|shun|say\s+no|order)\b)"),
    _sure("habit", "+", r"\b(?:my|our)\s+(?:(?:morning|evening|daily|nightly|weekend|weekly|bedtime|sunday|usual|workout|skincare)\s+){0,2}(?:routine|ritual|habit|custom|tradition)\s+(?:is|involves|includes|consists\s+of)\s+(?:to\s+)?(?!(?:not|broken|ruined)\b)"),
    _sure("habit", "+", rf"^(?:i|we)\s+{_NOT_NOW}(?=(?!{NO_DEED})[a-z]+\s+(?:my|our|the)\s+\w+\s+by\s+\w+ing\b)"),
    # what one means to do
    _sure("goal", "+", rf"{I}{V}(?:aspire|long|yearn|dream|intend|am\s+determined|am\s+resolved)\s+(?:to|of|about)\s+(?:one\s+day\s+|someday\s+|finally\s+|eventually\s+)?{_NOT_NOW}(?!(?:to\s+)?(?:quit|stop|stopping|quitting|giv\w+\s+up|cut\w*|reduc\w+|limit\w*|wean\w*|kick\w*|not|never|avoid|know|ask)\b){_OF_ITSELF}"),
    _sure("goal", "+", rf"(?:{HAVE}|\b(?:i|we)\s+)(?:made\s+up\s+my\s+mind|resolved|vowed|promised\s+myself|committed(?:\s+myself)?|set\s+(?:myself\s+)?(?:a|the|an)\s+(?:\w+\s+)?(?:goal|target|aim|challenge|resolution)|made\s+it\s+my\s+(?:goal|mission|aim))\s+(?:of|to)\s+(?!(?:to\s+)?(?:quit|stop|stopping|quitting|giv\w+\s+up|cut\w*|reduc\w+|limit\w*|wean\w*|kick\w*|not|never|avoid)\b){_NOT_NOW}{_OF_ITSELF}"),
    _sure("goal", "+", rf"\bit(?:['’]?s|\s+is|\s+has\s+(?:always\s+)?been)\s+(?:always\s+been\s+)?my\s+(?:\w+\s+)?(?:dream|goal|aim|ambition|wish|mission|hope)\s+to\s+{_NOT_NOW}(?!(?:to\s+)?(?:quit|stop|stopping|quitting|giv\w+\s+up|cut\w*|reduc\w+|limit\w*|wean\w*|kick\w*|not|never|avoid)\b){_OF_ITSELF}"),
    _sure("goal", "+", rf"\b(?:one\s+day|some\s?day|eventually)\s+i(?:['’]ll|['’]d|\s+(?:want|hope|plan|will|would|wish))\s+(?:really\s+)?(?:like\s+|love\s+)?(?:to\s+)?{_NOT_NOW}(?!(?:not|never|be\s+(?:back|late))\b){_OF_ITSELF}"),
    _sure("goal", "+", rf"{_MY_AIM}{_NOT_NOW}(?!(?:to\s+)?(?:quit|stop|stopping|quitting|giv\w+\s+up|cut\w*|reduc\w+|limit\w*|wean\w*|kick\w*|not|never|avoid|that|what|why|get\s+(?:this|it|the))\b){_OF_ITSELF}"),
    _sure("goal", "+", rf"{AM}{V}(?:(?:striving|aiming|determined|resolved|training|saving(?:\s+up)?|studying|on\s+a\s+mission)\s+(?:to|for)|working\s+(?:hard\s+)?(?:to|towards?)|focused\s+on|in\s+the\s+process\s+of)\s+(?:become\s+)?{_NOT_NOW}(?!(?:to\s+)?(?:quit|stop|stopping|quitting|giv\w+\s+up|cut\w*|reduc\w+|limit\w*|wean\w*|kick\w*|not|never|avoid|the|my|an?\s+(?:presentation|paper|report|essay|project|talk|script|slide)|home(?:work)?|this|on|in|at|as|from)\b){_OF_ITSELF}(?=\w)"),
)  # fmt: skip
