"""English wordings that people often type to an assistant.

Examples: "I'm a tea person", "what I want from a holiday is …", "tastes like soap to me". Also likes and dislikes
whose subject comes last: "I take no pleasure in X", "the less X the better", "my comfort food is X". As in
`patterns_en_sure`, their readings are used as they are, without the classifier. What follows the match is the
subject, up to the end of its clause.
"""

from penchant.agent.statements.patterns_en_sure import CLAUSE_END, SUBJECT, sure_pattern
from penchant.agent.statements.wordings import AM, BAD, GOOD, HAVE, HAVE_ADV, INTENSIFIER, OF_LIFE_NOW, I, Pattern, V

#: Features that a place or a thing must have, or lack, for the writer.
_FITTED = (
    r"(?:(?:wheelchair|step|pet|dog|cat|kid|child|family|baby|gluten|dairy|nut|lactose|egg|sugar|alcohol|scent|fragrance|perfume|smoke|allergy|stair|pork|meat|latex|wool)[\s-](?:accessible|free|friendly)"
    r"|large[\s-]print|ground[\s-]floor|hypoallergenic|cruelty[\s-]free|left[\s-]handed|noise[\s-]proof|soundproof)"
)
#: Things that the assistant is asked to make or find, which are not part of the writer's life.
_ASKED_FOR = r"(?:ideas?|recipes?|suggestions?|tips?|designs?|templates?|logos?|names?|lists?|guides?|plans?|code|themes?|texts?|menus?)"
_LESS = (
    r"(?:cut(?:ting)?\s+(?:down|back)\s+on|cut(?:ting)?\s+out|(?:eat|drink|buy|us|watch|smok)(?:e|ing)?\s+less|spend(?:ing)?\s+less\s+time\s+(?:on|in)|stay(?:ing)?\s+off|lay(?:ing)?\s+off"
    r"|go(?:ing)?\s+easy\s+on|wean(?:ing)?\s+(?:myself\s+)?off)"
)
#: Things that are made shorter or cheaper for the task at hand.
_WORK = r"(?:the|this|that|these|those|your|it|word|words|costs?|time|text|code|bugs?|errors?|size|memory|loading|queries|latency|length|duplicates?)\b"
_TRAIT = (
    r"(?:good|bad|nice|kind|shy|busy|calm|quiet|private|patient|simple|normal|weird|strange|horrible|terrible|changed|different|new|old|young|young[a-z]*|tall|short|small|lucky|happy|sad|lonely|smart|stupid|dumb|single|free|real|rich|poor|wise|tired|sick|certain"
    r"|very|people|better|worse|\w+(?:ive|ful|ous|able|ible|ed|less|ical|est))"
)
#: Things that exist only once, so that "the" does not refer to something shown or named.
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
#: Occupations and roles in life.
ROLE = (
    r"(?:student|nurse|midwife|teacher|doctor|dentist|paramedic|carer|therapist|physio\w*|engineer|developer|programmer|designer|architect|writer|author|journalist|translator|lawyer|accountant|librarian|scientist|researcher|photographer|musician|painter|chef|cook|baker|barista|waiter|waitress"
    r"|farmer|gardener|carpenter|electrician|plumber|mechanic|builder|driver|pilot|courier|soldier|firefighter|vet|freelancer|pensioner|retiree|mum|mom|dad|mother|father|grandmother|grandfather|widow(?:er)?|night\s+owl|early\s+bird|introvert|extrovert|insomniac)"
)
EVERYDAY: tuple[Pattern, ...] = (
    sure_pattern("fact", "0", r"^(?:lifelong\s+|strict\s+|proud\s+)?(?P<s>vegan|vegetarian|pescatarian|c(?:o)?eliac|diabetic|teetotal(?:ler)?|muslim|night\s+owl|early\s+bird|left-hander)\s+here\b"),
    sure_pattern("fact", "0", rf"{AM}(?:now\s+|currently\s+|still\s+)?an?\s+(?P<s>(?!(?:good|bad|great|terrible|better)\b)(?:(?!(?:not|very)\b)[\w-]+\s+){{0,2}}?{ROLE}(?:\s+of\s+\w+)?(?:\s+(?:in|at|from)\s+(?!(?:the\s+moment|present|least|need|charge|training|heart|home|my\s+\w+ties|search|love)\b)[\w'’-]+(?:\s+(?!(?:and|so|but|with|who|on|for|or|now|i|we|looking|working)\b)[\w'’-]+){{0,2}})?)(?=\s*(?:$|[,.;!?]|\s(?:and|so|but|in|at|by|working|now|looking)\b))"),
    sure_pattern("goal", "-", rf"(?:{I}{V}(?:need|have|want|ought|must|should)|\b(?:i|we)(?:['’]d|\s+would)\s+(?:really\s+)?(?:like|love))\s+(?:to\s+)?(?:{V})(?:stop|quit|give\s+up)\s+(?P<s>(?!(?:receiving|getting|paying|being|seeing|having|using\s+(?:this|the))\b)\w{{2,}}ing\b[\w\s'’-]{{0,30}}?){CLAUSE_END}"),
    sure_pattern("like", "+", rf"^(?:(?:absolutely|completely|totally|so|really|quite)\s+)?(?:mad|crazy|nuts|wild|bonkers|obsessed|passionate)\s+(?:about|for|over|with)\s+{_NOT_THIS}{SUBJECT}{_LATELY}"),
    sure_pattern("like", "+", rf"^(?:i\s+|i['’]?ve\s+)?(?:just|recently|finally|only\s+just)\s+(?:got(?:ten)?|getting)\s+into\s+(?!(?:the|my|an?|his|her|your|it|this|that|bed|trouble|uni\w*|college|work|town|fights?)\b){SUBJECT}{_LATELY}"),
    sure_pattern("like", "+", rf"^you\s+(?:just\s+|really\s+)?can['’]?t\s+go\s+wrong\s+with\s+{SUBJECT}(?:,?\s+(?:as\s+far\s+as\s+i['’]?m\s+concerned|imo|if\s+you\s+ask\s+me|in\s+my\s+(?:book|opinion)))"),
    sure_pattern("dislike", "-", rf"\bthere(?:['’]?s|\s+is)\s+nothing\s+(?:worse|more\s+(?:annoying|boring|irritating|disgusting|depressing|tedious))\s+than\s+(?!when\b){SUBJECT}{CLAUSE_END}"),
    sure_pattern("require", "+", rf"{I}{V}need\s+(?!{_MENDED}){SUBJECT}\s+(?:in\s+order\s+)?to\s+(?:fall\s+asleep|sleep|work|focus|concentrate|function|relax|think|write|read|study|paint|draw|eat|drive|understand\s+[\w\s]{3,20}?|learn|wake\s+up|get\s+going|feel\s+(?:safe|calm|at\s+home))(?=\s*(?:$|[,.;!?]|\s(?:at|in|so|and)\b))"),
    sure_pattern("dislike", "-", rf"(?:^|{I}{V})(?:can['’]?t|cannot)\s+(?:{V})deal\s+with\s+{_NOT_THIS}(?!(?:the|my|a|an)\b){SUBJECT}{CLAUSE_END}"),
    sure_pattern("dislike", "-", r"^(?:ew+|yuck|ugh|bleh|nah|nope|yikes)[,!.\s]+(?P<s>(?!(?:this|that|it|no|the|my|your|you|i)\b)[\w][\w\s'’-]{1,40}?)[,.!\s]+(?:hard\s+(?:no|pass)|no\s+thanks?|no\s+way|gross|not\s+for\s+me|just\s+no)\b"),
    sure_pattern("dislike", "-", rf"{AM}(?:just\s+|really\s+|honestly\s+)?not\s+(?:very\s+)?much\s+of\s+an?\s+(?P<s>[\w'’-]+(?:\s+[\w'’-]+)?){CLAUSE_END}"),
    sure_pattern("like", "+", rf"^what\s+(?:always\s+|really\s+)?{_CHEERS}(?:\s+(?:in|on|after|during)\s+[\w\s'’]{{2,25}}?)?\s+(?:is|are)\s+{_NOT_THIS}{SUBJECT}{CLAUSE_END}"),
    sure_pattern("dislike", "-", rf"^what\s+(?:always\s+|really\s+)?{_DISTURBS}(?:\s+(?:most|the\s+most))?\s+(?:is|are)\s+(?!(?:that|when|how|if)\b){_NOT_THIS}{SUBJECT}{CLAUSE_END}"),
    sure_pattern("like", "+", rf"{_OPEN}\s+is\s+(?:life|bae|my\s+life|my\s+religion|my\s+jam)(?=\s*(?:$|[,.;!]))"),
    sure_pattern("fact", "0", rf"^(?:my|our)\s+{_KIN}\s+and\s+(?:i|me)\s+are\s+(?:both\s+|all\s+)?(?P<s>{_BOUND_BY}){CLAUSE_END}"),
    sure_pattern("require", "+", rf"^(?:wherever|anywhere|whatever|any\s+\w+|every\s+\w+)\s+(?:i|we)\s+(?:stay|go|eat|live|rent|book|buy|wear|use|choose|watch|read)(?:\s+(?:in|at))?,?\s+(?:it\s+)?(?:has|needs?|must)\s+(?:to\s+)?(?:be|have|come\s+with|include|offer)\s+{SUBJECT}{CLAUSE_END}"),
    sure_pattern("like", "+", rf"{_ONE_THING}(?:could\s+(?:eat|drink|do|watch|read|play|listen\s+to)|love|like|enjoy|adore|can['’]?t\s+(?:live|do)\s+without){_IT_IS}{SUBJECT}{CLAUSE_END}"),
    sure_pattern("dislike", "-", rf"{_ONE_THING}(?:hate|can['’]?t\s+stand|dislike|avoid|don['’]?t\s+(?:like|eat)){_IT_IS}{SUBJECT}{CLAUSE_END}"),
    sure_pattern("like", "+", rf"\bi(?:['’]?ve|\s+have)\s+(?:re-?)?(?:watched|read|seen|played|listened\s+to)\s+{_NOT_THIS}{SUBJECT}\s+(?:like\s+|about\s+|at\s+least\s+|probably\s+|over\s+|more\s+than\s+)?{_MANY}\s+times\b"),
    sure_pattern("require", "+", rf"{I}{V}(?:can['’]?t|cannot)\s+(?:work|sleep|cook|study|travel|live|function|focus|concentrate|start\s+(?:my|the)\s+day)\s+without\s+{_NOT_THIS}{SUBJECT}{CLAUSE_END}"),
    sure_pattern("fact", "0", r"\b(?:i|we)(?:['’]?ve|\s+have)?\s+(?:just\s+|recently\s+|finally\s+)?(?:adopted|rescued)\s+(?P<s>(?:an?|two|three)\s+(?!(?:\w+\s+)?(?:policy|approach|framework|strategy|method|system|standard|style|routine|habit)\b)[\w\s'’-]{2,30}?)(?=\s*(?:$|[,.!?;]|\s(?:from|and|so|last|this|in|named|called)\b))"),
    sure_pattern("fact", "0", rf"^(?:my|our)\s+{_ROOM}\s+(?:is|faces)\s+(?:only\s+|quite\s+|very\s+|pretty\s+)?(?P<s>(?:north|south|east|west)(?:[\s-]?facing)?|tiny|on\s+the\s+\w+\s+floor|\d+\s*(?:m2|sqm|square\s+\w+))(?=\s*(?:$|[,.;]|\s(?:and|so)\b))"),
    sure_pattern("dislike", "-", rf"{_OPEN}\s+(?:is|was|are|were)\s+(?:\w+ly\s+|by\s+far\s+)?the\s+worst(?:\s+\w+){{0,2}}?\s+{_EVER}"),
    sure_pattern("like", "+", rf"{_OPEN}\s+(?:is|was|are|were)\s+(?:\w+ly\s+|by\s+far\s+)?the\s+best\s+(?:thing|hobby|food|drink|sport|snack|dessert|cuisine|genre|band|game|drug|invention)s?\s+(?:\w+\s+)?{_EVER}"),
    sure_pattern("like", "+", rf"{_OPEN}\s+(?:always\s+|really\s+|just\s+|usually\s+)?helps?\s+me\s+(?:to\s+)?{_HELPED}\b"),
    sure_pattern("like", "+", rf"{I}{V}can['’]?t\s+(?:get\s+{_NOT_THIS}(?P<s>[\w][\w\s'’-]{{1,40}}?)\s+out\s+of\s+my\s+(?:head|mind)|stop\s+(?:eating|drinking|listening\s+to|watching|reading|playing|baking|cooking|knitting|buying)\s+{_NOT_THIS}(?P<t>[\w][\w\s'’-]{{1,40}}?){CLAUSE_END})"),
    sure_pattern("fact", "0", rf"{AM}{V}(?:nearly\s+|partially\s+|half\s+)?(?P<s>(?:deaf|blind|hard\s+of\s+hearing|paraly[sz]ed|numb)\s+(?:in|on)\s+(?:my\s+)?(?:left|right|one)\s+\w+){CLAUSE_END}"),
    sure_pattern("require", "+", rf"{I}{V}need\s+(?P<s>{_FITTED}\s+(?!{_ASKED_FOR}\b)[\w'’-]+(?:\s+(?!{_ASKED_FOR}\b)[\w'’-]+)?)(?=\s*(?:$|[,.;:!?–—(]|\s(?:because|as|since|so|wherever|whenever|everywhere)\b))"),
    sure_pattern("like", "+", rf"(?:{AM}|{HAVE}(?:always\s+)?(?:been|stayed|remained)\s+|{I}(?:always\s+)?(?:stay|remain)\s+){V}(?:loyal|faithful|devoted)\s+to\s+(?!(?:my|the|his|her|him|them|you|god)\b){SUBJECT}(?=\s*(?:$|[,.;!?]|\s(?:since|for|ever|as|when|and)\b))"),
    *(sure_pattern("goal", "-", rf"{start}{V}(?:(?:trying|attempting|starting|hoping|working\s+hard)\s+to\s+)?(?:really\s+)?{_LESS}\s+(?!{_WORK}|the\b|my\s+(?:essay|text|code|report|bill)){SUBJECT}{CLAUSE_END}") for start in ("^", AM, HAVE + r"been\s+")),
    sure_pattern("like", "+", rf"{AM}(?:(?:very\s+much|definitely|totally|always|really|just|such|kind\s+of|kinda)\s+){{0,2}}(?:more\s+of\s+)?an?\s+(?:big\s+|huge\s+|total\s+|real\s+)?(?P<s>(?!{_TRAIT}\s)[a-z'’-]+(?:\s+(?!{_TRAIT}\s)[a-z'’-]+)?)\s+(?:person|lover|nut)(?=\s*(?:$|[,.;:!?–—(]|\s(?:through|than|tbh|myself|so|and|but|at|lol|all)\b))"),
    sure_pattern("like", "+", r"^(?:definitely|totally|very\s+much|more\s+of|100%|total|big|huge)\s+(?:an?\s+)?(?P<s>(?!" + _TRAIT + r"\s)[a-z'’-]+)\s+person(?=\s*(?:$|[,.;!?]|\s(?:here|tbh|than|myself)\b))"),
    sure_pattern("habit", "+", rf"^(?:when(?:ever)?|while|every\s+time|each\s+time)\s+i\s?{_DOING}(?:\s+[\w'’]+){{0,3}}?,?\s+i\s+{_AGAIN}(?={_TAKE}\s+{_NO_THING}){SUBJECT}{CLAUSE_END}"),
    sure_pattern("require", "+", rf"^what\s+i\s+(?:really\s+|always\s+|mostly\s+|usually\s+)?(?:look\s+for|want|need|expect|value|care\s+about)(?:\s+most)?\s+(?:in|from|out\s+of)\s+(?!(?:this|that|the|your)\b)[\w\s'’-]{{2,30}}?\s+(?:is|are)\s+(?!(?:to|that|for|what|how|whether)\b){SUBJECT}{CLAUSE_END}"),
    sure_pattern("like", "+", rf"^what\s+i\s+(?:really\s+|always\s+|most\s+)?(?:miss|love|enjoy|like|appreciate)(?:\s+(?:most|best|the\s+most))?(?:\s+(?:in|about|on)\s+(?!(?:this|that|the|your)\b)[\w\s'’-]{{2,30}}?)?\s+(?:is|are)\s+(?!(?:to|that|for|what|how|when|your|this)\b){SUBJECT}{CLAUSE_END}"),
    *(sure_pattern("like", "+", rf"{start}{V}(?:been\s+)?{V}(?:on|going\s+through|having)\s+(?:an?|my)\s+{_SPELL}(?:(?:massive|huge|big|serious|real|total|proper|right|bit\s+of\s+an?|little)\s+)?(?P<s>(?!phase|kick)[\w'’-]+(?:\s+[\w'’-]+){{0,2}}?)\s+(?:kick|phase|binge|craze)(?=\s*(?:$|[,.;!?]|\s(?:lately|recently|these|since|for|at|right|again|this|now)\b))") for start in ("^", AM, HAVE)),
    sure_pattern("like", "+", rf"{I}(?:used\s+to|once)\s+{V}(?:hated?|disliked?|loathed?|avoid(?:ed)?|despised?|not\s+(?:like|eat|drink)|can['’]?t\s+stand)\s+{SUBJECT}\s*(?:,|;|\s-|\bbut\b|,\s*but)\s+(?:but\s+|and\s+)?(?:now|these\s+days|nowadays|lately)\s*,?\s+(?:(?:i|we)\s?(?:actually\s+|even\s+|happily\s+|always\s+|really\s+)?{_TAKES_NOW}|(?:it['’]s|they['’]re)\s+my\s+fav)"),
    sure_pattern("dislike", "-", rf"{I}(?:used\s+to|once)\s+{V}(?:loved?|liked?|enjoy(?:ed)?|adored?|eat|drink|watch|play)\s+{SUBJECT}\s*(?:,|;|\s-|\bbut\b|,\s*but)\s+(?:but\s+|and\s+)?(?:now|these\s+days|nowadays|lately)\s*,?\s+(?:i|we)\s+(?:just\s+|actually\s+|really\s+)?{_LEAVES_NOW}"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:can['’]?t|cannot|couldn['’]?t)\s+be\s+(?:bothered|arsed|fussed)\s+with\s+(?!(?:this|that|it|the|your|these|those)\b){SUBJECT}{CLAUSE_END}"),
    *(sure_pattern("dislike", "-", rf"{start}(?:absolutely\s+|really\s+)?(?:no|zero)\s+(?:patience|tolerance|appetite)\s+(?:for|with)\s+(?!(?:this|that|it|the|your|you)\b){SUBJECT}{CLAUSE_END}") for start in ("^", HAVE, I + V + r"have\s+")),
    sure_pattern("dislike", "-", rf"{_OPEN}\s+(?:just\s+|really\s+|always\s+|only\s+)?(?:tastes?|smells?)\s+(?:exactly\s+)?(?:like|of)\s+{_BAD_TASTE}\s+(?:to|for)\s+me\b"),
    sure_pattern("fact", "0", rf"(?:^|\bi\s+(?:was|got|have\s+been)\s+|\bi['’]?ve\s+been\s+)(?:got\s+|been\s+|was\s+)?(?:just\s+|recently\s+|finally\s+)?(?:re)?diagnosed\s+(?:with|as\s+having)\s+(?:an?\s+)?{SUBJECT}(?=\s*(?:$|[,.;:!?]|\s(?:last|this|in|at|a\s+\w+\s+ago|two|three|years|months|recently|when|and|so|but|by|as)\b))"),
    sure_pattern("goal", "+", rf"\b(?:i|we)\s+(?:really\s+|both\s+|all\s+)?(?:want|hope|plan|intend|wanna)\s+(?:to\s+)?go\s+(?P<s>(?!shopping|looking|checking)[\w-]+(?:\s+hopping)?ing\s+(?:in|to|through|across|around|on|along)\s+[\w\s]{{2,30}}?|island\s+hopping\s+in\s+\w+)\s+{_SEASON}"),
    sure_pattern("goal", "+", rf"\bmy\s+(?:big\s+|main\s+|only\s+)?(?:plan|goal|aim|resolution|ambition|dream|target)\s+for\s+(?:this\s+year|next\s+year|the\s+year|\d{{4}}|the\s+summer|retirement|life)\s+is\s+(?:to\s+)?{SUBJECT}{CLAUSE_END}"),
    sure_pattern("like", "+", rf"{I}{V}(?:love|adore|enjoy)\s+{_THE_ONE}{CLAUSE_END}"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:hate|detest|loathe|dislike|can['’]?t\s+stand)\s+{_THE_ONE}{CLAUSE_END}"),
)  # fmt: skip


#: The beginning of a thing that was not shown or named before.
_A_THING = r"(?!(?:this|that|these|those|it|the|you|your|his|her|him|them|their|my|our|me|us|what|when|if|how|why|both|all|one|today|tomorrow|now|another|here|there)\b)(?![^.!?,;]*\b(?:(?:this|these)(?!\s+(?:way|year|kind|sort))|your|yours|you\s+(?:sent|gave|wrote|made|said))\b)"
_OF_ITSELF = r"(?!(?:this|that|these|those|it|you|your|his|her|him|them|their|what|if|why|both|all|one)\b)(?![^.!?,;]*\b(?:(?:this|these)(?!\s+(?:way|year|kind|sort))|your)\b)"
_NONE = r"(?:absolutely\s+)?(?:no|zero|little|very\s+little|hardly\s+any|not\s+much|precious\s+little)"
_BEST = r"(?:perfect|ideal|dream|favou?rite|idea\s+of\s+(?:an?\s+)?(?:perfect|ideal|good|great|dream))"
_TIME = r"(?:evening|day|weekend|holiday|vacation|date|night|morning|meal|breakfast|sunday|saturday|lunch|dinner|trip|afternoon|summer|winter|break|snack|party|friday)"
_FEEL = r"(?:happy|happiest|at\s+peace|at\s+ease|at\s+home|most\s+(?:\w+)|truly\s+(?:alive|myself|happy|free)|alive|myself|free|content|in\s+my\s+element|calm)"
_CHORE = r"(?:clean\s+(?:the|my)\s+\w+|scrub\s+\w+(?:\s+\w+)?|do\s+(?:my|the)\s+(?:taxes|dishes|laundry|ironing)|go\s+to\s+the\s+dentist|stay\s+(?:at\s+)?home|sit\s+in\s+traffic|watch\s+(?:paint|grass)\s+\w+|do\s+nothing|sleep\s+on\s+the\s+floor|walk\s+(?:home\s+)?in\s+the\s+rain|have\s+a\s+tooth\s+pulled|read\s+the\s+phone\s+book|be\s+(?:alone|bored|unemployed))"
SUBJECT_LAST: tuple[Pattern, ...] = (
    # disliked
    sure_pattern("dislike", "-", rf"{I}{V}(?:take|find|get|draw|derive|see|have|feel)\s+{_NONE}\s+(?:real\s+|true\s+)?(?:joy|pleasure|delight|enjoyment|satisfaction|fun|comfort|charm|appeal|beauty|patience|tolerance|use|point|value|sense|merit|attraction|love|sympathy|desire|appetite|enthusiasm|interest)\s+(?:whatsoever\s+)?(?:in|from|out\s+of|for|with|of|at|to)\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:don['’]?t|do\s+not|never|can['’]?t|cannot|didn['’]?t|hardly)\s+{V}(?:take|find|get|draw|derive|see|have|feel)\s+(?:any|much|the|a\s+lot\s+of|the\s+slightest)\s+(?:joy|pleasure|delight|enjoyment|satisfaction|fun|comfort|charm|appeal|beauty|patience|use|value|attraction|desire|appetite|enthusiasm|interest)\s+(?:in|from|out\s+of|for|with|of|at|to)\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:have\s+|['’]ve\s+)?never\s+{V}(?:got(?:ten)?|understood|seen|saw|grasped|felt|found)\s+(?:the\s+)?(?:appeal|point|hype|attraction|charm|fuss|fascination|magic)\s+(?:of|in|around|about|with|over)\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:don['’]?t|do\s+not|can['’]?t|cannot|fail\s+to)\s+{V}(?:get|understand|see|grasp)\s+(?:the\s+)?(?:appeal|hype|attraction|charm|fascination)\s+(?:of|in|around|about|with)\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:take\s+issue|have\s+(?:a\s+(?:real\s+|big\s+|serious\s+)?(?:problem|bone\s+to\s+pick)|(?:real\s+|big\s+)?issues)|can['’]?t\s+be\s+doing|have\s+never\s+got(?:ten)?\s+on|don['’]?t\s+(?:really\s+)?(?:get\s+on|get\s+along|vibe|click))\s+with\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"(?:^|{I}{V})(?:hate|loathe|detest|dislike|can['’]?t\s+stand|resent|despise|can['’]?t\s+bear)\s+it\s+(?:so\s+much\s+)?when(?:ever)?\s+(?!(?:this|that|it|you|the|my|he|she|they|i|we|excel|word|outlook|windows|chrome|google|python|git\w*)\b)"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:take\s+(?:offen[cs]e|exception|umbrage)\s+(?:at|to)|have\s+(?:trouble|difficulty|a\s+hard\s+time)\s+(?:enjoying|liking|appreciating|putting\s+up\s+with))\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"\b(?:i|we)(?:['’]d|\s+would)\s+(?:\w+ly\s+)?(?:hate|loathe|dread|detest)\s+(?:to|having\s+to|the\s+idea\s+of)?\s*(?!(?:bother|be\s+an?\b|see\s+(?:it|you|him|her)|say|lose|miss|ask|interrupt|waste)\b){_A_THING}"),
    sure_pattern("like", "+", rf"\bmy\s+heart\s+(?:leaps|sings|skips\s+a\s+beat|melts|belongs\s+to|beats\s+for)\s+(?:(?:when(?:ever)?\s+i\s+(?:see|hear|find)|at\s+(?:the\s+\w+\s+of)?|for)\s+)?{_A_THING}"),
    sure_pattern("like", "+", rf"{I}(?:(?:would|could|will|can)\s+)?(?:never|rarely|seldom|hardly\s+ever)\s+(?:pass\s+up|turn\s+down|say\s+no\s+to|skip|miss|refuse|decline|go\s+without|tire\s+of|get\s+(?:tired|enough|bored)\s+of)\s+(?:on\s+)?(?:a\s+chance\s+(?:to|for)\s+)?(?!(?:the|a\s+(?:deadline|payment|bill|beat|word|day|call|meeting|class))\b){_A_THING}"),
    sure_pattern("like", "+", rf"{HAVE_ADV}(?:(?:always|recently|long|really|just|completely|totally)\s+){{0,2}}(?:had\s+an?\s+(?:(?:real|strong|great|deep|huge|big|special|lifelong|soft|secret|bit\s+of\s+a)\s+){{0,2}}(?:fascination|love|passion|weakness|thing|soft\s+spot|spot|fondness|obsession|crush|interest|affinity)\s+(?:with|for|in)|fallen\s+(?:head\s+over\s+heels\s+)?(?:in\s+love\s+with|for)|developed\s+an?\s+(?:\w+\s+)?(?:love|passion|taste|obsession|interest|liking)\s+(?:for|with|in)|acquired\s+a\s+taste\s+for)\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:hate|detest|loathe|despise|dislike|can['’]?t\s+stand|can['’]?t\s+bear)\s+(?=(?:being|having|getting|feeling)\s+(?!(?:an?\s+(?:bother|pain|nuisance)|so|that\s+guy|to|this|you|it|the\s+one|rude|difficult)\b)\w){_A_THING}"),
    sure_pattern("dislike", "-", rf"{HAVE_ADV}(?:(?:always|long|really|also|secretly)\s+){{0,2}}been\s+(?:\w+ly\s+)?(?:afraid|scared|terrified|frightened|wary|suspicious|sceptical|skeptical|repulsed|disgusted|annoyed|bored|put\s+off|turned\s+off)\s+(?:of|by)\s+{_A_THING}(?!the\s+(?:service|delivery|app)\b)"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:don['’]?t|do\s+not|never)\s+{V}feel\s+(?:comfortable|at\s+ease|safe|right|good\s+about)\s+(?=\w+ing\b){_A_THING}"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:cringe|shudder|wince|groan|roll\s+my\s+eyes)\s+(?:at|when\s+i\s+(?:see|hear|read))\s+(?:the\s+(?:mere\s+)?(?:thought|sight|sound|idea)\s+of\s+)?{_A_THING}"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:can['’]?t|cannot|could\s+never|can\s+never|couldn['’]?t|never\s+could)\s+{V}(?:get\s+used\s+to|warm\s+(?:up\s+)?to|get\s+(?:excited\s+about|behind|on\s+with)|take\s+to|relate\s+to|connect\s+with|bring\s+myself\s+to\s+(?:like|enjoy|eat|drink|wear|watch|use|buy)|be\s+bothered\s+with|understand\s+the\s+(?:appeal|hype|fuss)\s+(?:of|about|around|over))\s+{_A_THING}(?!the\b)"),
    sure_pattern("dislike", "-", r"^the\s+(?:less|fewer)\s+(?P<s>(?!(?:i|we|you|he|she|they|it|said|time|money)\b)\w[\w\s'’-]{1,50}?),?\s+the\s+(?:better|happier|merrier)\b"),
    sure_pattern("dislike", "-", r"^if\s+i\s+never\s+(?:\w+\s+){1,3}?(?:another|any|an?)\s+(?P<s>\w[\w\s'’-]{1,40}?),?\s+(?:again\b|it(?:['’]ll|\s+will)\s+be\s+too\s+soon)"),
    sure_pattern("dislike", "-", rf"(?:^|\b(?:i|we)(?:['’]d)?\s+)(?:would\s+)?(?:much\s+|honestly\s+|far\s+)?(?:rather|sooner)\s+{_CHORE}\s+than\s+(?:have\s+to\s+)?"),
    sure_pattern("dislike", "-", rf"^(?:what|the\s+(?:one\s+)?thing)\s+(?:that\s+)?i\s+(?:(?:really|actually|truly|do|most|always|just|absolutely|simply)\s+){{0,2}}(?:can['’]?t\s+(?:stand|bear|abide|stomach)|cannot\s+(?:stand|bear)|hate|loathe|despise|detest|dislike|dread|(?:don['’]?t|do\s+not)\s+(?:like|enjoy))(?:\s+(?:(?:the\s+)?most|more\s+than\s+anything))?(?:\s+(?:about|in|at)\s+[\w\s'’]{{2,30}}?)?\s+(?:is|are)\s+{_OF_ITSELF}"),
    sure_pattern("dislike", "-", r"^(?:(?:definitely|really|so|just|honestly|totally)\s+)?not\s+(?:really\s+|exactly\s+)?(?:my\s+(?:thing|cup\s+of\s+tea|style|jam|scene|vibe|idea\s+of\s+fun)|for\s+me|a\s+fan):\s+"),
    sure_pattern("dislike", "-", rf"^(?:my|our)\s+(?:(?:biggest|worst|greatest|main|number\s+one|personal|absolute)\s+){{0,2}}(?:turn-?offs?|pet\s+(?:peeves?|hates?)|nightmares?|bugbears?|icks?|idea\s+of\s+(?:hell|torture|a\s+nightmare))(?:\s+(?:in|with|at|when|about|on)\s+[\w\s'’]{{2,40}}?)?\s+(?:is|are|has\s+always\s+been)\s+{_OF_ITSELF}"),
    sure_pattern("dislike", "-", rf"(?:{AM}|{HAVE}(?:become|grown|got(?:ten)?)\s+){V}(?:(?:sick(?:\s+and\s+tired)?|weary|tired|fed\s+up|bored)(?:\s+(?:to\s+(?:death|tears|the\s+back\s+teeth|my\s+stomach)|stiff|rigid|silly|senseless))?)\s+(?:of|with|by)\s+{_A_THING}(?!(?:being|waiting|trying|having|getting|feeling|fixing)\b)"),
    sure_pattern("dislike", "-", rf"{HAVE_ADV}{V}(?:had\s+(?:quite\s+)?(?:my\s+fill|enough|it)|lost\s+(?:all\s+|any\s+)?(?:interest|patience|appetite|enthusiasm|taste|love))\s+(?:of|with|in|for)\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"\b(?:i|we)(?:['’]m|['’]re|\s+am|\s+are|\s+was|\s+were|['’]ve|\s+have)\s+never\s+(?:been\s+)?(?:really\s+|much\s+|particularly\s+|that\s+|very\s+|so\s+)?(?:into|fond\s+of|keen\s+on|big\s+on|an?\s+(?:\w+\s+)?(?:fan|lover|friend)\s+of|one\s+for|much\s+(?:of\s+a\s+fan\s+of|for)|crazy\s+about|interested\s+in|drawn\s+to|attracted\s+to|enthusiastic\s+about|partial\s+to)\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"(?:^|\b(?:i|we)\s+)can['’]?t\s+say\s+(?:that\s+)?(?:i['’]?m|i\s+am|we['’]re)\s+(?:\w+ly\s+|very\s+|much\s+of\s+)?(?:an?\s+(?:\w+\s+)?fan\s+of|fond\s+of|keen\s+on|into|(?:crazy|mad|wild|nuts|passionate|enthusiastic)\s+about|big\s+on)\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"(?:^|\b)there(?:['’]?s|\s+is)\s+nothing\s+(?:(?:that\s+)?i\s+(?:hate|dislike|loathe|detest|dread)\s+(?:more|as\s+much)|(?:that\s+)?(?:annoys|irritates|bores|disgusts|stresses)\s+me\s+(?:more|as\s+much))\s+(?:than|as)\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"(?:{I}{V}(?:would\s+)?find|{HAVE}{V}found)\s+(?P<s>(?!(?:this|that|it|your|the|these|those|my|his|her|myself)\b)\w[\w\s'’-]{{1,70}}?)\s+(?:(?!only\b|early\b)\w+ly\s+)?{INTENSIFIER}(?:{BAD}|embarrassing|awkward|silly|stupid|dumb|smug|twee|weird|messy|fiddly|cumbersome|bewildering|alienating|unhygienic|unsafe|ridiculous|laughable|overpriced|inconvenient)(?=\s*(?:$|[,.;!?]|\s(?:because|as|since|and|so|to\s+me)\b))"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:like|love|enjoy|want|eat|drink|use|watch|read|play|trust|care\s+for|am\s+(?:into|fond\s+of|keen\s+on))\s+neither\s+{_OF_ITSELF}"),
    sure_pattern("like", "+", rf"(?:{AM}|\b(?:i|we)(?:['’]ve|\s+have)\s+been\s+){V}(?:(?:thoroughly|absolutely|massively)\s+)?(?:enjoying|loving|adoring)\s+(?!{OF_LIFE_NOW}|(?:it|this|that|these|those|them|your?|how|the\s+(?:day|sun|weather|ride|chat|conversation|app|result|answer|idea|view))\b)"),
    sure_pattern("like", "+", r"^(?:for\s+me,?\s+(?:the|my)|my|the(?=[^.!?]*\sfor\s+me\s+(?:is|are)\b))\s+(?:very\s+)?(?:best|nicest|favou?rite|ideal|perfect|loveliest|happiest|finest|greatest)\s+(?:[\w'’-]+\s+){1,3}?(?:for\s+me\s+)?(?:is|are)\s+(?P<s>(?:the\s+|an?\s+)?(?:ones?|those|kind|sort)\s+(?:where|that|which|with|without|when|in\s+which)\s+\w[^.!?;,]{2,80})"),
    sure_pattern("prefer", "+", rf"{AM}{V}(?:better|happier|more\s+(?:comfortable|productive|at\s+home))\s+(?:off\s+)?(?:with|in|at|on)\s+(?P<s>(?!(?:it|this|that|them)\b)\w[\w\s'’-]{{1,50}}?)\s+than\s+(?:with\s+|in\s+|at\s+|on\s+)?\w"),
    sure_pattern("dislike", "-", r"\bi(?:['’]ve|\s+have|\s+was|\s+got|['’]ve\s+been|\s+have\s+been)\s+(?:been\s+)?put\s+(?:right\s+)?off\s+(?P<s>(?!(?:by|until|till|when|it|this|that|them|the)\b)\w[\w\s'’-]{1,40}?)(?:\s+for\s+(?:life|good|ever))?\s+(?:by|when|after|ever\s+since)\b"),
    sure_pattern("dislike", "-", rf"\b(?:i|we)(?:['’]ve|\s+have)?\s+(?:(?:really|honestly|just|still)\s+)*(?:(?:never|don['’]?t|do\s+not|can['’]?t|cannot)\s+(?:really\s+|quite\s+)?(?:seen|see|understood|understand|got|get)|fail\s+to\s+(?:see|understand))\s+what\s+(?:people|everyone|everybody|anyone|anybody|others|folk|they\s+all)\s+(?:sees?|likes?|loves?|finds?)\s+(?:in\s+|about\s+)?{_A_THING}"),
    sure_pattern("dislike", "-", rf"{I}(?:(?:really|honestly|just)\s+)*(?:don['’]?t|do\s+not|never)\s+(?:really\s+|much\s+)?rate(?:d)?\s+(?!(?:this|that|it|the|your|my)\b){_A_THING}"),
    sure_pattern("goal", "+", r"\bi(?:\s+keep|['’]ve\s+been|\s+have\s+(?:always\s+|long\s+)?been)\s+meaning\s+to\s+(?:(?:finally|properly|actually)\s+)?(?!(?:ask|tell|say|call|ring|reply|thank|write\s+to|send|mention|return|order|fix|try\s+(?:it|this))\b)"),
    sure_pattern("dislike", "-", r"^neither\s+(?:(?:my|our)\s+[\w\s'’-]{2,30}?\s+nor\s+(?:i|(?:my|our)\s+[\w'’-]+)|of\s+us)\s+(?:(?:really|particularly|much|ever|can|could|has\s+ever|have\s+ever)\s+)*(?:like|love|enjoy|eat|drink|watch|fancy|stand|bear|stomach|care\s+for|liked|enjoyed)s?\s+(?!(?:this|that|the|it|them|these|those|your)\b)"),
    sure_pattern("dislike", "-", r"^neither\s+(?P<s>(?!(?:of|is|one|option|the)\b)\w[\w\s'’-]{1,40}?\s+nor\s+\w[\w\s'’-]{1,40}?)\s+(?:really\s+|particularly\s+)?(?:interests?|appeals?\s+to|excites?|works?\s+for|suits?|does\s+(?:it|anything)\s+for|do\s+(?:it|anything)\s+for|(?:is|are)\s+(?:my\s+thing|for))\s+(?:me|us)\b"),
    sure_pattern("avoid", "-", rf"{I}{V}find\s+myself\s+(?:\w+\s+){{0,2}}?(?:avoiding|skipping|steering\s+clear\s+of|staying\s+away\s+from)\s+{_A_THING}"),
    sure_pattern("dislike", "-", r"^it['’]?s\s+(?P<s>(?!(?:the\s+way|you|your|this|that)\b)\w[\w\s'’-]{2,60}?)\s+(?:that\s+)?i\s+(?:really\s+|absolutely\s+|just\s+)?(?:can['’]?t\s+(?:stand|bear|abide)|hate|dislike|loathe|detest|avoid)\b"),
    sure_pattern("like", "+", r"^the\s+(?:more)\s+(?P<s>(?!(?:i|we|you|he|she|they|it|the)\b)\w[\w\s'’-]{1,50}?),?\s+the\s+(?:better|merrier|happier\s+i)\b"),
    sure_pattern("dislike", "-", rf"\b(?:my|our)\s+idea\s+of\s+an?\s+(?:bad|terrible|awful|boring|wasted|miserable|horrible|dreadful|ruined)\s+\w+\s+(?:is|involves|includes)\s+{_OF_ITSELF}"),
    sure_pattern("dislike", "-", rf"\bthere(?:['’]?s|\s+is)\s+(?:just\s+|really\s+|absolutely\s+)?nothing\s+(?:\w+\s+)?(?:appealing|attractive|fun|enjoyable|relaxing|nice|good|interesting|romantic|charming)\s+(?:(?:to|for)\s+me\s+)?about\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"\bmy\s+(?:stomach|skin|blood|hair|toes|teeth)\s+(?:turns|churns|crawls|boils|curls?|stands\s+on\s+end|itch)\s+(?:at|when(?:ever)?\s+i\s+(?:see|hear|smell|think\s+of))\s+(?:the\s+(?:mere\s+)?thought\s+of\s+)?{_OF_ITSELF}"),
    sure_pattern("dislike", "-", rf"{I}{V}(?:hate|dislike|loathe|detest)\s+nothing\s+(?:more|as\s+much)\s+(?:than|as)\s+{_A_THING}"),
    sure_pattern("dislike", "-", rf"^(?:oh,?\s+)?how\s+(?:much\s+)?i\s+(?:hate|loathe|detest|dread)\s+{_A_THING}"),
    # liked
    sure_pattern("like", "+", rf"{I}{V}(?:love|like|enjoy|want)\s+nothing\s+(?:more|better|as\s+much)\s+(?:than|as)\s+{_A_THING}"),
    sure_pattern("like", "+", rf"{I}{V}(?:like|love|enjoy)\s+(?P<s>(?!(?:it|this|that|them|you|the|your|option|version|to)\b)\w[\w\s'’-]{{1,50}}?)\s+(?:(?:the\s+)?(?:best|most)|above\s+all(?:\s+else)?){CLAUSE_END}"),
    sure_pattern("like", "+", rf"^(?:oh,?\s+)?how\s+(?:much\s+)?i\s+(?:love|adore|enjoy)\s+{_OF_ITSELF}"),
    sure_pattern("like", "+", rf"\b(?:i|we)(?:['’]d|\s+(?:would|could|will))\s+(?:happily\s+|gladly\s+|probably\s+)?(?:watch|read|eat|drink|listen\s+to|play|buy|wear)\s+(?P<s>(?:anything|any\s+\w+)\s+(?:with|by|about|from|that|containing|set|made|involving)\s+(?!(?:you|this)\b)\w[\w\s'’-]{{1,50}}?){CLAUSE_END}"),
    sure_pattern("like", "+", rf"{I}{V}find\s+(?P<s>(?!(?:this|that|it|your|the(?!\s+(?!page|end|last|first|ending)\w+\s+of\b)|these|those|my|his|her|myself)\b)\w[\w\s'’-]{{1,70}}?)\s+(?:to\s+be\s+)?(?!more\b|better\b|easier\b|far\b|much\b)(?:(?!only\b|early\b)\w+ly\s+)?{INTENSIFIER}(?!more\b|better\b|easier\b|far\b){GOOD}(?=\s*(?:$|[,.;!?]|\s(?:because|as|since|and|so|to\s+me)\b))"),
    sure_pattern("like", "+", rf"(?:^|\b)(?:there(?:['’]?s|\s+is)\s+nothing|nothing)\s+(?:quite\s+|in\s+the\s+world\s+)?(?:like|beats|tops|compares\s+to|comes\s+close\s+to)\s+{_A_THING}(?!the\b)"),
    sure_pattern("like", "+", rf"(?:^|\b)nothing\s+(?:else\s+)?(?:calms|relaxes|soothes|cheers|delights|pleases|excites|comforts|makes|lifts|recharges|grounds|gives|inspires|thrills|moves|satisfies|restores|warms)\s+(?:me|my\s+\w+)(?:\s+[\w]+){{0,3}}?\s+(?:quite\s+)?(?:like|more\s+than|as\s+much\s+as|than)\s+{_A_THING}"),
    sure_pattern("like", "+", rf"{I}{V}(?:could|can)\s+(?:(?:happily|easily|gladly|cheerfully|quite)\s+){{0,2}}(?:spend|pass|waste|lose|while\s+away)\s+(?:(?:whole\s+|entire\s+)?(?:hours|days|evenings|weekends|ages)|all\s+(?:day|night|weekend|evening)|an?\s+(?:whole|entire)\s+\w+|my\s+(?:(?:whole|entire)\s+)?(?:life|weekends?|days?|evenings))\s+(?:just\s+)?(?:in\s+|on\s+|at\s+|with\s+)?{_A_THING}"),
    sure_pattern("like", "+", rf"^(?:my|our)\s+(?:idea\s+of\s+(?:fun|heaven|bliss|happiness|relaxation|paradise)|{_BEST}\s+{_TIME}|happy\s+place|(?:guilty|greatest|biggest|simple)\s+pleasure|(?:biggest\s+|great\s+|secret\s+|one\s+|real\s+)?(?:weakness|weak\s+spot|passion|joy|indulgence|vice|treat|love|hobby)|jam|thing|drug\s+of\s+choice)\s+(?:is|are|has\s+always\s+been|have\s+always\s+been|would\s+be|involves|includes)\s+(?:definitely\s+|just\s+|simply\s+|always\s+|probably\s+|still\s+)?(?:for\s+)?{_OF_ITSELF}(?!(?:not|in|at|on)\b)"),
    sure_pattern("like", "+", rf"{AM}{V}(?:all\s+(?:for|about)|head\s+over\s+heels\s+(?:for|with|in\s+love\s+with)|a\s+(?:real\s+|total\s+|complete\s+)?(?:glutton|sucker|devotee)\s+(?:for|of)|enamou?red\s+(?:of|with|by)|besotted\s+with|smitten\s+(?:with|by)|(?:wild|mad|crazy|nuts|bonkers|passionate)\s+about|enthralled\s+by|mesmeri[sz]ed\s+by|enchanted\s+by|in\s+awe\s+of|charmed\s+by|infatuated\s+with|in\s+love\s+with|hooked\s+on|addicted\s+to|obsessed\s+with|captivated\s+by|fascinated\s+(?:by|with)|thrilled\s+by|devoted\s+to)\s+{_A_THING}"),
    sure_pattern("like", "+", rf"{AM}{V}an?\s+(?:avid|keen|passionate|enthusiastic|devoted|dedicated|serious|amateur|lifelong|voracious|eager|big|huge|regular)\s+(?:reader|listener|watcher|player|collector|follower|student|viewer|consumer|drinker|eater|maker|grower|buyer|user)\s+of\s+{_A_THING}"),
    sure_pattern("like", "+", rf"(?:{AM}|{I}{V}feel\s+){V}{_FEEL}\s+(?:when(?:ever)?\s+(?:i['’]?m\s+|i\s+am\s+)?|while\s+|surrounded\s+by\s+|among\s+)(?=\w+ing\b|\w+s\b){_A_THING}"),
    sure_pattern("like", "+", rf"{I}{V}(?:light\s+up|get\s+(?:giddy|goosebumps|butterflies|so\s+happy|weak\s+knees)|smile|melt|perk\s+up|swoon)\s+(?:when(?:ever)?|every\s+time|each\s+time)\s+(?:i\s+(?:see|hear|smell|taste|find|get|eat|spot)|there(?:['’]s|\s+is|\s+are))\s+{_A_THING}"),
    sure_pattern("like", "+", rf"{HAVE_ADV}{V}(?:an?\s+)?(?:(?:great|deep|much|real|huge|strong|special|lifelong|genuine|enormous|soft|particular|big|a\s+lot\s+of|so\s+much)\s+){{0,2}}(?:affection|love|passion|fondness|thing|crush|weakness|spot|admiration|appreciation|obsession|enthusiasm)\s+(?:for|with)\s+{_A_THING}"),
    sure_pattern("like", "+", rf"{I}{V}(?:warm\s+to|go\s+(?:crazy|wild|nuts|weak\s+at\s+the\s+knees|gaga)\s+(?:for|over)|melt\s+for|am\s+here\s+for|never\s+tire\s+of|can(?:\s+never|['’]?t\s+ever|not)\s+(?:have|get|read|eat|drink)\s+(?:too\s+much|too\s+many|enough)(?:\s+of)?|can['’]?t\s+(?:go\s+a\s+(?:day|week)\s+without|imagine\s+(?:my\s+)?(?:life|a\s+day|a\s+\w+)\s+without|get\s+through\s+(?:the|a)\s+\w+\s+without|get\s+enough\s+of|resist|live\s+without|do\s+without)|revel\s+in|relish|delight\s+in|really\s+dig|(?:keep|always)\s+(?:coming|going)\s+back\s+to|swear\s+by|live\s+for)\s+(?!(?:an?|one|two|three|\d+)\s+(?:week|month|year|day|while)s?\b){_A_THING}"),
    sure_pattern("like", "+", rf"^(?:honestly\s+|just\s+|simply\s+|literally\s+)?can['’]?t\s+(?:get\s+enough\s+of|live\s+without|resist|do\s+without)\s+{_A_THING}"),
    sure_pattern("like", "+", rf"^(?:the\s+)?(?:(?:one\s+)?(?:thing|part|bit|kind\s+of\s+\w+|type\s+of\s+\w+|sort\s+of\s+\w+)|what)\s+(?:that\s+)?i\s+(?:(?:really|truly|most|always|just|actually|particularly|especially)\s+){{0,2}}(?:love|enjoy|like|look\s+forward\s+to|adore|cherish|treasure|appreciate)\s*(?:(?:the\s+)?(?:most|best)\s*)?(?:(?:about|at|in|on|of)\s+(?!(?:this|that|these|your|the)\b)[\w\s'’]{{2,30}}?)?\s*(?:is|are)\s+{_OF_ITSELF}"),
    sure_pattern("like", "+", r"^give\s+me\s+(?P<s>(?!(?:the|your|it|that|this|these|some|\d+)\b)\w[\w\s'’-]{2,60}?)(?:\s+over\s+[\w\s'’-]{2,40}?)?\s+(?:and\s+i(?:['’]?m|\s+am|['’]ll\s+be)\s+(?:perfectly\s+|totally\s+|instantly\s+)?(?:happy|content|good|sold|set|fine|yours|in\s+heaven|a\s+happy|there)|any\s+(?:day|night|time|evening)|every\s+time)\b"),
    sure_pattern("like", "+", r"^(?:among|of|out\s+of)\s+(?:all\s+(?:the\s+)?)?[\w\s]{3,25}?,?\s+(?P<s>(?!(?:i|we|you)\b)\w[\w\s'’-]{1,40}?)\s+(?:is|are)\s+(?:the\s+ones?|my\s+fav\w*|what)\b"),
    sure_pattern("like", "+", rf"^(?:(?:definitely|totally|so|right\s+up\s+my\s+(?:street|alley))\s+)?(?:my\s+(?:thing|jam|cup\s+of\s+tea)|(?:major\s+|big\s+)?weakness(?:es)?|guilty\s+pleasures?|obsessed\s+with):?\s+(?!is\b|are\b){_A_THING}"),
    sure_pattern("like", "+", rf"(?:^|{I})(?:take|find|get|derive|draw)\s+(?:(?:a\s+lot\s+of|so\s+much|great|real|immense|deep|enormous|such|huge|much)\s+){{0,2}}(?:joy|pleasure|delight|enjoyment|satisfaction|happiness|comfort|peace|pride|solace)\s+(?:in|from|out\s+of)\s+{_A_THING}"),
    sure_pattern("prefer", "+", rf"{I}(?:always|usually|generally|invariably|consistently|typically|mostly|normally|tend\s+to)\s+(?:choose|pick|opt\s+for|go\s+(?:for|with)|select|favou?r|stick\s+(?:to|with)|lean\s+towards?|gravitate\s+(?:to|towards?)|take(?=\s+(?:the\s+)?\w+\s+\w+\s+(?:over|instead|rather)\b))\s+(?!(?:not|the\s+(?:first|second|third|last|other|same|cheapest)|to\s+(?:not|avoid))\b){_A_THING}"),
    sure_pattern("prefer", "+", rf"{AM}{V}(?:(?:far|much|way|a\s+lot)\s+)?(?:happier|better\s+off|more\s+(?:comfortable|relaxed|productive|at\s+ease|at\s+home|into|drawn\s+to|interested\s+in|partial\s+to))\s+(?:(?:with|in|on|when|by|at)\s+)?{_A_THING}(?=[^.!?,;]{{2,60}}\s(?:than|rather\s+than)\s)"),
    sure_pattern("prefer", "+", rf"{I}(?:always|usually|often|inevitably|invariably|generally|mostly)\s+(?:end\s+up|find\s+myself|wind\s+up)\s+(?:choosing|picking|ordering|buying|reaching\s+for|going\s+for|drawn\s+to|coming\s+back\s+to|returning\s+to|watching|reading|playing)\s+{_A_THING}"),
    sure_pattern("prefer", "+", rf"{I}{V}(?:prefer|favou?r)\s+(?![^.!?]*\b(?:today|tonight|tomorrow|this\s+time|(?:first|second|third|last)\s+one)\b){_A_THING}(?!the\b|option\b|version\b|not\b|to\s+(?:not|avoid|stay|steer|skip|keep|do\s+without)\b)(?=to\s+\w+\s|[^.!?,;]{{2,60}}\s(?:to|over|rather\s+than|instead\s+of|than)\s)"),
    sure_pattern("prefer", "+", rf"\b(?:i['’]ll|i\s+will|we['’]ll)\s+(?:always\s+|usually\s+|gladly\s+)?(?:choose|pick|take|go\s+(?:for|with))\s+{_A_THING}(?!the\s+\w+\s+one\b)(?=[^.!?,;]{{2,50}}\s(?:over|rather\s+than|instead\s+of)\s)"),
    sure_pattern("prefer", "+", r"^(?:for|to)\s+me,?\s+(?P<s>(?!(?:this|that|it|the)\b)\w[\w\s'’-]{1,40}?)\s+(?:always\s+|easily\s+)?(?:wins?|beats?|trumps?|tops?|comes?\s+(?:first|before))\b"),
    sure_pattern("prefer", "+", rf"{HAVE_ADV}(?:always\s+|long\s+|generally\s+)?(?:leaned|leant|gravitated|tended)\s+(?:more\s+)?(?:towards?|to)\s+{_A_THING}(?!\w+\s+to\b)"),
    sure_pattern("prefer", "+", rf"^(?:if\s+(?:i\s+(?:can|could|may|get\s+to)\s+(?:choose|pick)|i\s+have\s+(?:the|a)\s+choice|given\s+(?:a|the)\s+choice|it\s+were\s+up\s+to\s+me|it['’]?s\s+up\s+to\s+me)|given\s+(?:the|a)\s+choice),?\s+(?:i(?:['’]ll|['’]d|\s+would|\s+will)?\s+(?:always\s+|usually\s+)?(?:go\s+(?:for|with)|take|pick|choose|opt\s+for|have)\s+|it['’]?s\s+|always\s+)?{_A_THING}(?P<s>(?!(?:i|we|it['’]?s|most|many|some|people|anyone)\b)\w[\w\s'’-]{{1,50}}?)(?=\s*(?:$|[.,!;]|\s(?:over|every\s+time|always|any\s+day|rather|instead|beats)\b))"),
    sure_pattern("prefer", "+", rf"^(?:better|rather)\s+(?P<s>\w[\w\s'’-]{{2,50}}?)\s+than\s+[\w\s'’-]{{2,40}}?(?:,?\s+(?:for\s+me|any\s+day|always|if\s+you\s+ask\s+me|imo)){CLAUSE_END}"),
    sure_pattern("prefer", "+", rf"\b(?:my|our)\s+(?:(?:clear|strong|general|personal|usual)\s+)*preference\s+(?:goes\s+to|lies\s+with|is\s+(?:always\s+)?(?:for|to)|tends\s+towards?)\s+{_A_THING}"),
    sure_pattern("prefer", "+", rf"\b(?:my|our)\s+(?:(?:first|usual|natural|preferred|default|number\s+one)\s+)+(?:choice|option|pick)(?:\s+(?:for|of|in)\s+[\w\s]{{2,25}}?)?\s+(?:is|are|would\s+be|has\s+always\s+been)\s+(?:always\s+)?{_A_THING}"),
)  # fmt: skip
