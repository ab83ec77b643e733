"""English as it is typed to an assistant every day: "I'm a tea person", "what I want from a holiday is …", "tastes like soap to me".

As in `patterns_en_sure`: what they read stands as it is; the classifier is not asked.
"""

from penchant.agent.statements.patterns_en_sure import _END, _S, _sure
from penchant.agent.statements.wordings_en import AM, HAVE, I, Pattern, V

#: What a place or a thing is to have, or to be without, for whoever asks.
_FITTED = (
    r"(?:(?:wheelchair|step|pet|dog|cat|kid|child|family|baby|gluten|dairy|nut|lactose|egg|sugar|alcohol|scent|fragrance|perfume|smoke|allergy|stair|pork|meat|latex|wool)[\s-](?:accessible|free|friendly)"
    r"|large[\s-]print|ground[\s-]floor|hypoallergenic|cruelty[\s-]free|left[\s-]handed|noise[\s-]proof|soundproof)"
)
#: What the assistant is to make or find, and nothing that is lived with.
_ASKED_FOR = r"(?:ideas?|recipes?|suggestions?|tips?|designs?|templates?|logos?|names?|lists?|guides?|plans?|code|themes?|texts?|menus?)"
_LESS = (
    r"(?:cut(?:ting)?\s+(?:down|back)\s+on|cut(?:ting)?\s+out|(?:eat|drink|buy|us|watch|smok)(?:e|ing)?\s+less|spend(?:ing)?\s+less\s+time\s+(?:on|in)|stay(?:ing)?\s+off|lay(?:ing)?\s+off"
    r"|go(?:ing)?\s+easy\s+on|wean(?:ing)?\s+(?:myself\s+)?off)"
)
#: What is made shorter or cheaper for the work at hand.
_WORK = r"(?:the|this|that|these|those|your|it|word|words|costs?|time|text|code|bugs?|errors?|size|memory|loading|queries|latency|length|duplicates?)\b"
_TRAIT = (
    r"(?:good|bad|nice|kind|shy|busy|calm|quiet|private|patient|simple|normal|weird|strange|horrible|terrible|changed|different|new|old|young|young[a-z]*|tall|short|small|lucky|happy|sad|lonely|smart|stupid|dumb|single|free|real|rich|poor|wise|tired|sick|certain"
    r"|very|people|better|worse|\w+(?:ive|ful|ous|able|ible|ed|less|ical|est))"
)
#: What there is one of for everybody, so that "the" says nothing of one that was shown or named.
_THE_ONE = (
    r"(?P<s>the\s+(?:(?:beach|sea|seaside|ocean|mountains|outdoors|countryside|woods|desert|opera|theat(?:re|er)|ballet|cinema|circus|gym|cold|heat|sun|snow|rain|dark)"
    r"|(?:smell|scent|sound|taste|feel)\s+of\s+(?!(?:this|that|it|the|your|my|these|those|an?)\b)[\w'’-]+(?:\s+[\w'’-]+)?))"
)
_DOING = (
    r"(?:cook|clean|drive|travel|work\s+out|exercise|study|run|jog|commute|relax|iron|paint|garden|fly|bake|write|draw|code|hike|(?:can['’]?t|cannot)\s+(?:sleep|focus)|wake\s+up|(?:get|come)\s+home"
    r"|['’]m\s+(?:\w+\s+)?\w+|am\s+(?:\w+\s+)?\w+|m\s+\w+)"
)
_TAKE = r"(?:put\s+on|listen\s+to|read|watch|play|drink|eat|bake|cook|wear|order|go\s+for|reach\s+for)"
_AGAIN = r"(?:always\s+|usually\s+|often\s+|mostly\s+|like\s+to\s+|love\s+to\s+|tend\s+to\s+|just\s+)?"
_NO_THING = r"(?!(?:to|this|that|the\s+(?:wrong|error|same)|it|them|you|your|an?\s+error|what|how)\b)"
_THEM = r"(?:it|them|that|those)\b"
_TAKES_NOW = (
    r"(?:(?:eat|drink|watch|read|play|wear|use|buy|cook|order|put|have|do|make|crave|go|listen\s+to|swear\s+by)\s+" + _THEM + r"|(?:can['’]?t|couldn['’]?t)\s+(?:live|do|be)\s+without\s+" + _THEM + r"|(?:['’]?m|am)\s+(?:\w+\s+)?(?:hooked\s+on|addicted\s+to|obsessed\s+with|into)\s+" + _THEM + r")"
)  # fmt: skip
_LEAVES_NOW = (
    r"(?:avoid|skip|leave|refuse|never\s+\w+|(?:can['’]?t|won['’]?t|don['’]?t)\s+(?:even\s+)?(?:eat|drink|watch|stand|touch|wear|use|play|read))\s+"
    + _THEM
)
_BAD_TASTE = r"(?:soap|cardboard|gas|petrol|feet|dirt|mud|medicine|chalk|tar|glue|plastic|rubber|sawdust|sick|vomit|dishwater|toothpaste|wet\s+dog|perfume|metal|ash(?:es)?|grass|(?:old\s+|dirty\s+|sweaty\s+)?socks|garbage|rubbish|poison|sand|cough\s+(?:syrup|medicine)|air\s+freshener|nail\s+polish|bile)"
_OPEN = r"^(?P<s>(?!(?:this|that|these|those|it|the|my|your|his|her|why|what|how|if|when|does|do|is|i|we|you|he|she|they|there|everything|nothing|something)\b)\w[\w'’-]*(?:\s+[\w'’-]+){0,3}?)"
_SPELL = r"(?!(?:an?\s+)?(?:bad|rough|hard|tough|difficult|weird|lonely|first|last|final|next|early|late|new|busy|test(?:ing)?|planning|design|this|that)\b)"
_SEASON = r"(?:this|next)\s+(?:spring|summer|autumn|fall|winter|year)\b"
_HELPED = r"(?:concentrate|focus|relax|sleep|unwind|calm\s+down|think|wake\s+up|switch\s+off|de-?stress|fall\s+asleep|clear\s+my\s+head|recharge|cope|breathe|wind\s+down|stay\s+(?:sane|calm|awake))"
_NOT_THIS = r"(?!(?:this|that|these|those|it|the\s+(?:page|app|site|error|code)|you|your|him|her|them)\b)"
_KIN = r"(?:wife|husband|partner|girlfriend|boyfriend|fianc[eé]e?|family|kids|roommate|flatmate|sister|brother)"
_BOUND_BY = r"(?:vegans?|vegetarians?|pescatarians?|c(?:o)?eliac|gluten[\s-]free|lactose\s+intolerant|diabetic|muslim|jewish|hindu|teetotal(?:lers)?|sober|early\s+(?:risers|birds)|night\s+owls|allergic\s+to\s+[\w\s]{2,25}?)"
_MANY = r"(?:\d{2,}|ten|a\s+dozen|twenty|thirty|forty|fifty|(?:a|about\s+a)\s+(?:hundred|thousand|million)|countless|so\s+many|too\s+many|god\s+knows\s+how\s+many)"
_ROOM = r"(?:flat|apartment|house|room|garden|balcony|kitchen|bedroom|office|bathroom|terrace|yard|studio)"
_EVER = r"(?:i['’]?ve\s+ever|i\s+have\s+ever|i\s+ever|ever\b|in\s+the\s+world)"
_ONE_THING = r"^if\s+there(?:['’]?s|\s+is)\s+(?:one|any)\s+\w+\s+i\s+"
_IT_IS = r"[^.!?,]{0,30},?\s+it(?:['’]?s|\s+is|\s+has\s+to\s+be|\s+would\s+be)\s+"
_LATELY = r"(?=\s*(?:$|[,.;:!?–—(]|\s(?:at|lately|right|these|recently|and|since|this)\b))"
_MENDED = r"(?:(?:some\s+|an?\s+|more\s+)?(?:\w+\s+)?(?:help|advice|tips?|ideas?|ways?|apps?|plans?|recipes?|something|things?|tricks?|time|minutes?|hours?)\b)"
_CHEERS = r"(?:gets\s+me\s+(?:out\s+of\s+bed|going|through)|keeps\s+me\s+(?:sane|going|motivated|happy)|cheers\s+me\s+up|(?:relaxes|calms)\s+me|makes\s+me\s+(?:happy|smile|tick|feel\s+(?:alive|good|at\s+home)))"
_DISTURBS = r"(?:(?:annoys|bugs|bothers|stresses|irritates|disgusts)\s+me|drives\s+me\s+(?:mad|crazy|nuts|insane|up\s+the\s+wall))"
#: What people are by trade or by place in life.
_ROLE = (
    r"(?:student|nurse|midwife|teacher|doctor|dentist|paramedic|carer|therapist|physio\w*|engineer|developer|programmer|designer|architect|writer|author|journalist|translator|lawyer|accountant|librarian|scientist|researcher|photographer|musician|painter|chef|cook|baker|barista|waiter|waitress"
    r"|farmer|gardener|carpenter|electrician|plumber|mechanic|builder|driver|pilot|courier|soldier|firefighter|vet|freelancer|pensioner|retiree|mum|mom|dad|mother|father|grandmother|grandfather|widow(?:er)?|night\s+owl|early\s+bird|introvert|extrovert|insomniac)"
)
EVERYDAY: tuple[Pattern, ...] = (
    _sure("fact", "0", r"^(?:lifelong\s+|strict\s+|proud\s+)?(?P<s>vegan|vegetarian|pescatarian|c(?:o)?eliac|diabetic|teetotal(?:ler)?|muslim|night\s+owl|early\s+bird|left-hander)\s+here\b"),
    _sure("fact", "0", rf"{AM}(?:now\s+|currently\s+|still\s+)?an?\s+(?P<s>(?!(?:good|bad|great|terrible|better)\b)(?:(?!(?:not|very)\b)[\w-]+\s+){{0,2}}?{_ROLE}(?:\s+of\s+\w+)?)(?=\s*(?:$|[,.;!?]|\s(?:and|so|but|in|at|by|working|now)\b))"),
    _sure("goal", "-", rf"{I}{V}(?:need|have|want|ought|must|should)\s+(?:to\s+)?(?:{V})(?:stop|quit|give\s+up)\s+(?P<s>(?!(?:receiving|getting|paying|being|seeing|having|using\s+(?:this|the))\b)\w{{2,}}ing\b[\w\s'’-]{{0,30}}?){_END}"),
    _sure("like", "+", rf"^(?:(?:absolutely|completely|totally|so|really|quite)\s+)?(?:mad|crazy|nuts|wild|bonkers|obsessed|passionate)\s+(?:about|for|over|with)\s+{_NOT_THIS}{_S}{_LATELY}"),
    _sure("like", "+", rf"^(?:i\s+|i['’]?ve\s+)?(?:just|recently|finally|only\s+just)\s+(?:got(?:ten)?|getting)\s+into\s+(?!(?:the|my|an?|his|her|your|it|this|that|bed|trouble|uni\w*|college|work|town|fights?)\b){_S}{_LATELY}"),
    _sure("like", "+", rf"^you\s+(?:just\s+|really\s+)?can['’]?t\s+go\s+wrong\s+with\s+{_S}(?:,?\s+(?:as\s+far\s+as\s+i['’]?m\s+concerned|imo|if\s+you\s+ask\s+me|in\s+my\s+(?:book|opinion)))"),
    _sure("dislike", "-", rf"\bthere(?:['’]?s|\s+is)\s+nothing\s+(?:worse|more\s+(?:annoying|boring|irritating|disgusting|depressing|tedious))\s+than\s+(?!when\b){_S}{_END}"),
    _sure("require", "+", rf"{I}{V}need\s+(?!{_MENDED}){_S}\s+(?:in\s+order\s+)?to\s+(?:fall\s+asleep|sleep|work|focus|concentrate|function|relax|think|wake\s+up|get\s+going|feel\s+(?:safe|calm|at\s+home))(?=\s*(?:$|[,.;!?]|\s(?:at|in|so|and)\b))"),
    _sure("dislike", "-", rf"(?:^|{I}{V})(?:can['’]?t|cannot)\s+(?:{V})deal\s+with\s+{_NOT_THIS}(?!(?:the|my|a|an)\b){_S}{_END}"),
    _sure("dislike", "-", r"^(?:ew+|yuck|ugh|bleh|nah|nope|yikes)[,!.\s]+(?P<s>(?!(?:this|that|it|no|the|my|your|you|i)\b)[\w][\w\s'’-]{1,40}?)[,.!\s]+(?:hard\s+(?:no|pass)|no\s+thanks?|no\s+way|gross|not\s+for\s+me|just\s+no)\b"),
    _sure("dislike", "-", rf"{AM}(?:just\s+|really\s+|honestly\s+)?not\s+(?:very\s+)?much\s+of\s+an?\s+(?P<s>[\w'’-]+(?:\s+[\w'’-]+)?){_END}"),
    _sure("like", "+", rf"^what\s+(?:always\s+|really\s+)?{_CHEERS}(?:\s+(?:in|on|after|during)\s+[\w\s'’]{{2,25}}?)?\s+(?:is|are)\s+{_NOT_THIS}{_S}{_END}"),
    _sure("dislike", "-", rf"^what\s+(?:always\s+|really\s+)?{_DISTURBS}(?:\s+(?:most|the\s+most))?\s+(?:is|are)\s+(?!(?:that|when|how|if)\b){_NOT_THIS}{_S}{_END}"),
    _sure("like", "+", rf"{_OPEN}\s+is\s+(?:life|bae|my\s+life|my\s+religion|my\s+jam)(?=\s*(?:$|[,.;!]))"),
    _sure("fact", "0", rf"^(?:my|our)\s+{_KIN}\s+and\s+(?:i|me)\s+are\s+(?:both\s+|all\s+)?(?P<s>{_BOUND_BY}){_END}"),
    _sure("require", "+", rf"^(?:wherever|anywhere|whatever|any\s+\w+|every\s+\w+)\s+(?:i|we)\s+(?:stay|go|eat|live|rent|book|buy|wear|use|choose|watch|read)(?:\s+(?:in|at))?,?\s+(?:it\s+)?(?:has|needs?|must)\s+(?:to\s+)?(?:be|have|come\s+with|include|offer)\s+{_S}{_END}"),
    _sure("like", "+", rf"{_ONE_THING}(?:could\s+(?:eat|drink|do|watch|read|play|listen\s+to)|love|like|enjoy|adore|can['’]?t\s+(?:live|do)\s+without){_IT_IS}{_S}{_END}"),
    _sure("dislike", "-", rf"{_ONE_THING}(?:hate|can['’]?t\s+stand|dislike|avoid|don['’]?t\s+(?:like|eat)){_IT_IS}{_S}{_END}"),
    _sure("like", "+", rf"\bi(?:['’]?ve|\s+have)\s+(?:re-?)?(?:watched|read|seen|played|listened\s+to)\s+{_NOT_THIS}{_S}\s+(?:like\s+|about\s+|at\s+least\s+|probably\s+|over\s+|more\s+than\s+)?{_MANY}\s+times\b"),
    _sure("require", "+", rf"{I}{V}(?:can['’]?t|cannot)\s+(?:work|sleep|cook|study|travel|live|function|focus|concentrate|start\s+(?:my|the)\s+day)\s+without\s+{_NOT_THIS}{_S}{_END}"),
    _sure("fact", "0", r"\b(?:i|we)(?:['’]?ve|\s+have)?\s+(?:just\s+|recently\s+|finally\s+)?(?:adopted|rescued)\s+(?P<s>(?:an?|two|three)\s+(?!(?:\w+\s+)?(?:policy|approach|framework|strategy|method|system|standard|style|routine|habit)\b)[\w\s'’-]{2,30}?)(?=\s*(?:$|[,.!?;]|\s(?:from|and|so|last|this|in|named|called)\b))"),
    _sure("fact", "0", rf"^my\s+{_ROOM}\s+(?:is|faces)\s+(?:only\s+|quite\s+|very\s+|pretty\s+)?(?P<s>(?:north|south|east|west)(?:[\s-]?facing)?|tiny|on\s+the\s+\w+\s+floor|\d+\s*(?:m2|sqm|square\s+\w+))(?=\s*(?:$|[,.;]|\s(?:and|so)\b))"),
    _sure("dislike", "-", rf"{_OPEN}\s+(?:is|was|are|were)\s+(?:\w+ly\s+|by\s+far\s+)?the\s+worst(?:\s+\w+){{0,2}}?\s+{_EVER}"),
    _sure("like", "+", rf"{_OPEN}\s+(?:is|was|are|were)\s+(?:\w+ly\s+|by\s+far\s+)?the\s+best\s+(?:thing|hobby|food|drink|sport|snack|dessert|cuisine|genre|band|game|drug|invention)s?\s+(?:\w+\s+)?{_EVER}"),
    _sure("like", "+", rf"{_OPEN}\s+(?:always\s+|really\s+|just\s+|usually\s+)?helps?\s+me\s+(?:to\s+)?{_HELPED}\b"),
    _sure("like", "+", rf"{I}{V}can['’]?t\s+(?:get\s+{_NOT_THIS}(?P<s>[\w][\w\s'’-]{{1,40}}?)\s+out\s+of\s+my\s+(?:head|mind)|stop\s+(?:eating|drinking|listening\s+to|watching|reading|playing|baking|cooking|knitting|buying)\s+{_NOT_THIS}(?P<t>[\w][\w\s'’-]{{1,40}}?){_END})"),
    _sure("fact", "0", rf"{AM}{V}(?:nearly\s+|partially\s+|half\s+)?(?P<s>(?:deaf|blind|hard\s+of\s+hearing|paraly[sz]ed|numb)\s+(?:in|on)\s+(?:my\s+)?(?:left|right|one)\s+\w+){_END}"),
    _sure("require", "+", rf"{I}{V}need\s+(?P<s>{_FITTED}\s+(?!{_ASKED_FOR}\b)[\w'’-]+(?:\s+(?!{_ASKED_FOR}\b)[\w'’-]+)?)(?=\s*(?:$|[,.;:!?–—(]|\s(?:because|as|since|so|wherever|whenever|everywhere)\b))"),
    _sure("like", "+", rf"(?:{AM}|{HAVE}(?:always\s+)?(?:been|stayed|remained)\s+|{I}(?:always\s+)?(?:stay|remain)\s+){V}(?:loyal|faithful|devoted)\s+to\s+(?!(?:my|the|his|her|him|them|you|god)\b){_S}(?=\s*(?:$|[,.;!?]|\s(?:since|for|ever|as|when|and)\b))"),
    *(_sure("goal", "-", rf"{start}{V}(?:(?:trying|attempting|starting|hoping|working\s+hard)\s+to\s+)?(?:really\s+)?{_LESS}\s+(?!{_WORK}|the\b|my\s+(?:essay|text|code|report|bill)){_S}{_END}") for start in ("^", AM, HAVE + r"been\s+")),
    _sure("like", "+", rf"{AM}(?:(?:very\s+much|definitely|totally|always|really|just|such|kind\s+of|kinda)\s+){{0,2}}(?:more\s+of\s+)?an?\s+(?:big\s+|huge\s+|total\s+|real\s+)?(?P<s>(?!{_TRAIT}\s)[a-z'’-]+(?:\s+(?!{_TRAIT}\s)[a-z'’-]+)?)\s+(?:person|lover|nut)(?=\s*(?:$|[,.;:!?–—(]|\s(?:through|than|tbh|myself|so|and|but|at|lol|all)\b))"),
    _sure("like", "+", r"^(?:definitely|totally|very\s+much|more\s+of|100%|total|big|huge)\s+(?:an?\s+)?(?P<s>(?!" + _TRAIT + r"\s)[a-z'’-]+)\s+person(?=\s*(?:$|[,.;!?]|\s(?:here|tbh|than|myself)\b))"),
    _sure("habit", "+", rf"^(?:when(?:ever)?|while|every\s+time|each\s+time)\s+i\s?{_DOING}(?:\s+[\w'’]+){{0,3}}?,?\s+i\s+{_AGAIN}(?={_TAKE}\s+{_NO_THING}){_S}{_END}"),
    _sure("require", "+", rf"^what\s+i\s+(?:really\s+|always\s+|mostly\s+|usually\s+)?(?:look\s+for|want|need|expect|value|care\s+about)(?:\s+most)?\s+(?:in|from|out\s+of)\s+(?!(?:this|that|the|your)\b)[\w\s'’-]{{2,30}}?\s+(?:is|are)\s+(?!(?:to|that|for|what|how|whether)\b){_S}{_END}"),
    _sure("like", "+", rf"^what\s+i\s+(?:really\s+|always\s+|most\s+)?(?:miss|love|enjoy|like|appreciate)(?:\s+(?:most|best|the\s+most))?(?:\s+(?:in|about|on)\s+(?!(?:this|that|the|your)\b)[\w\s'’-]{{2,30}}?)?\s+(?:is|are)\s+(?!(?:to|that|for|what|how|when|your|this)\b){_S}{_END}"),
    *(_sure("like", "+", rf"{start}{V}(?:been\s+)?{V}(?:on|going\s+through|having)\s+(?:an?|my)\s+{_SPELL}(?:(?:massive|huge|big|serious|real|total|proper|right|bit\s+of\s+an?|little)\s+)?(?P<s>(?!phase|kick)[\w'’-]+(?:\s+[\w'’-]+){{0,2}}?)\s+(?:kick|phase|binge|craze)(?=\s*(?:$|[,.;!?]|\s(?:lately|recently|these|since|for|at|right|again|this|now)\b))") for start in ("^", AM, HAVE)),
    _sure("like", "+", rf"{I}(?:used\s+to|once)\s+{V}(?:hated?|disliked?|loathed?|avoid(?:ed)?|despised?|not\s+(?:like|eat|drink)|can['’]?t\s+stand)\s+{_S}\s*(?:,|;|\s-|\bbut\b|,\s*but)\s+(?:but\s+|and\s+)?(?:now|these\s+days|nowadays|lately)\s*,?\s+(?:(?:i|we)\s?(?:actually\s+|even\s+|happily\s+|always\s+|really\s+)?{_TAKES_NOW}|(?:it['’]s|they['’]re)\s+my\s+fav)"),
    _sure("dislike", "-", rf"{I}(?:used\s+to|once)\s+{V}(?:loved?|liked?|enjoy(?:ed)?|adored?|eat|drink|watch|play)\s+{_S}\s*(?:,|;|\s-|\bbut\b|,\s*but)\s+(?:but\s+|and\s+)?(?:now|these\s+days|nowadays|lately)\s*,?\s+(?:i|we)\s+(?:just\s+|actually\s+|really\s+)?{_LEAVES_NOW}"),
    _sure("dislike", "-", rf"{I}{V}(?:can['’]?t|cannot|couldn['’]?t)\s+be\s+(?:bothered|arsed|fussed)\s+with\s+(?!(?:this|that|it|the|your|these|those)\b){_S}{_END}"),
    *(_sure("dislike", "-", rf"{start}(?:absolutely\s+|really\s+)?(?:no|zero)\s+(?:patience|tolerance|appetite)\s+(?:for|with)\s+(?!(?:this|that|it|the|your|you)\b){_S}{_END}") for start in ("^", HAVE, I + V + r"have\s+")),
    _sure("dislike", "-", rf"{_OPEN}\s+(?:just\s+|really\s+|always\s+|only\s+)?(?:tastes?|smells?)\s+(?:exactly\s+)?(?:like|of)\s+{_BAD_TASTE}\s+(?:to|for)\s+me\b"),
    _sure("fact", "0", rf"(?:^|\bi\s+(?:was|got|have\s+been)\s+|\bi['’]?ve\s+been\s+)(?:got\s+|been\s+|was\s+)?(?:just\s+|recently\s+|finally\s+)?(?:re)?diagnosed\s+(?:with|as\s+having)\s+(?:an?\s+)?{_S}(?=\s*(?:$|[,.;:!?]|\s(?:last|this|in|at|a\s+\w+\s+ago|two|three|years|months|recently|when|and|so|but|by|as)\b))"),
    _sure("goal", "+", rf"\b(?:i|we)\s+(?:really\s+|both\s+|all\s+)?(?:want|hope|plan|intend|wanna)\s+(?:to\s+)?go\s+(?P<s>(?!shopping|looking|checking)[\w-]+(?:\s+hopping)?ing\s+(?:in|to|through|across|around|on|along)\s+[\w\s]{{2,30}}?|island\s+hopping\s+in\s+\w+)\s+{_SEASON}"),
    _sure("goal", "+", rf"\bmy\s+(?:big\s+|main\s+|only\s+)?(?:plan|goal|aim|resolution|ambition|dream|target)\s+for\s+(?:this\s+year|next\s+year|the\s+year|\d{{4}}|the\s+summer|retirement|life)\s+is\s+(?:to\s+)?{_S}{_END}"),
    _sure("like", "+", rf"{I}{V}(?:love|adore|enjoy)\s+{_THE_ONE}{_END}"),
    _sure("dislike", "-", rf"{I}{V}(?:hate|detest|loathe|dislike|can['’]?t\s+stand)\s+{_THE_ONE}{_END}"),
)  # fmt: skip
