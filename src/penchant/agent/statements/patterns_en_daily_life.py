"""English wordings about daily life: what affects the writer's body or sleep, their role, possessions and routines.

Examples: "X brings me out in hives", "my skin can't take X"; "mum of two here", "I have two rescue greyhounds"; "I visit my
aunt every other Saturday", "you'll find me knitting"; "it's high time I learnt to …"; "I live half an hour from …". As in
`patterns_en_sure`, their readings are used as they are, without the classifier.
"""

from penchant.agent.statements.patterns_en_everyday import ROLE
from penchant.agent.statements.patterns_en_sure import CLAUSE_END, sure_pattern
from penchant.agent.statements.patterns_en_verdicts import AN_ACTIVITY, NO_ACTIVITY, NOT_TEMPORARY, UNDERSTOOD_ALONE
from penchant.agent.statements.wordings import AM, HAVE, I, Pattern, V

#: A subject that is new: excludes, at its beginning, references to something shown or mentioned before.
NEW_SUBJECT = (
    r"(?!(?:the\s+(?!(?:smell|scent|taste|sound|sight|feel|thought)\b)|this|that|these|those|it|its|your|my|our|his|her|their|he|she|they|you|we|i|i['’]\w+|there|here|what|which|who|why|how|if|when|does|do|is|are|can|could"
    r"|something|someone|nothing|everything|somebody|work|today|yesterday|tomorrow|which|whose|a\s+\w+\s+(?:just|once))\b)"
)
_X = rf"^(?:honestly,?\s+|sadly,?\s+|unfortunately,?\s+|apparently,?\s+|even\s+)?{NEW_SUBJECT}(?P<s>\w[\w\s'’&/-]{{1,60}}?)\s+(?:(?:always|really|just|often|usually|still|tends?\s+to|can|also|invariably|instantly|only)\s+)*"
_BODY = (
    r"(?:skin|ears?|eyes?|nose|throat|tongue|lips|mouth|face|neck|hands?|fingers|arms|feet|legs|knees?|back|hips?|stomach|tummy|guts?|belly|bowels|head|teeth|gums|scalp|chest|lungs?|heart|joints|sinuses|digestion"
    r"|insides|body|system|blood\s+pressure|blood\s+sugar)"
)
_AILMENT = r"(?:asthma|eczema|hay\s?fever|allerg(?:y|ies)|migraines?|headaches?|reflux|ibs|gout|rosacea|psoriasis|tinnitus|anxiety|sciatica|arthritis|epilepsy|vertigo|acne|sinuses|cough|nerves)"
_ACHES = (
    r"(?:itch\w*|swell(?:\s+up)?|burn|sting|ache|hurt|tingle|water|run|stream|close\s+up|blow\s+up|bleed|peel|crack|throb|spin|pound|race|cramp(?:\s+up)?|bloat|churn|turn|flare(?:\s+up)?|play\s+up|seize\s+up|rebel|go\s+(?:red|numb|blotchy|puffy)"
    r"|feel\s+(?:sick|bloated|raw|awful|tight|itchy|sore))"
)
_UNWELL = r"(?:itch\w*|sneeze|wheeze|cough|gag|retch|vomit|throw\s+up|choke|sweat|faint|swell\s+up|break\s+out|come\s+out\s+in|(?:feel\s+|get\s+)?(?:(?:really|so|quite|very|violently|physically|properly)\s+)*(?:sick|ill|dizzy|drowsy|faint|bloated|nauseous|jittery|queasy|breathless|woozy|light-?headed|poorly|itchy|wired|shaky))"
_GIVES = r"(?:(?:an?|the|awful|terrible|bad|horrible|thumping|splitting|pounding|instant|dreadful|crippling)\s+)*(?:headaches?|migraines?|hives|rash(?:es)?|spots|cramps|heartburn|wind|indigestion|palpitations|runs|diarrh\w+|nightmares|stomach\s?aches?|tummy\s?aches?|sore\s+throat|acid\s+reflux|insomnia|acne|hiccups|blisters|vertigo|motion\s+sickness|back\s?ache|jitters|shakes|eczema|asthma)"
_NO_CURE = r"(?!(?:to|help|surgery|an?\s+(?:operation|rest|break|scan|doctor|wash|massage|check\w*|plaster|cut|trim|good|bit)|rest|time|replac\w+|repair\w*|fixing|seeing|more\s+time|looking|\w+ing|attention)\b)"
_SINCE = r"(?:\s+(?:since|after|at\s+night|these\s+days|any\s?more|now|well|very\s+well)\b)?"
#: Who somebody is, in a few words before "here".
_WHO = (
    r"(?:(?:single|divorced|widowed|new|busy|tired|broke|retired|first-time|part-time|full-time|lifelong|recovering|proud|strict|former|trainee|junior|senior|expectant|stay-at-home|working|long-time|night-shift|type\s+(?:1|2|one|two))\s+)*"
    rf"(?:{ROLE}|parent|nan|gran|grandad|carer|caregiver|vegan|vegetarian|pescatarian|c(?:o)?eliac|diabetic|epileptic|asthmatic|insomniac|teetotal(?:ler)?|muslim|night\s+owl|early\s+bird|left-?hander|lefty|wheelchair\s+user|redhead|expat|immigrant|refugee|renter|homeowner|beginner|retiree|divorcee|amputee)"
)
_HOME = r"(?:kitchen|flat|apartment|house|home|garden|balcony|bathroom|bedroom|yard|terrace|living\s+room|studio|hallway|attic|patio|shed|garage)"
_SIZED = (
    r"(?:(?:about|roughly|only|just|barely|hardly|literally|basically|no|not\s+much|slightly|around|pretty\s+much|maybe|some)\s+)*(?:the\s+size\s+of\s+an?|(?:bigger|larger|smaller|wider)\s+than\s+an?|as\s+(?:big|small|wide|large|tiny|narrow)\s+as\s+an?|an?\s+(?:glorified\s+)?(?:cupboard|shoebox|closet|corridor|postage\s+stamp|matchbox|galley|cubbyhole|broom\s+cupboard)"
    r"|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)\s+(?:square|sq|m2|metres?|meters?|feet|foot|by)\b)"
)
_HOW_OFTEN = (
    r"(?:(?:every|each)\s+(?:single\s+|other\s+|second\s+|third\s+|weekday\s+)?(?:morning|evening|night|day|afternoon|week|weekend|month|year|spring|summer|autumn|winter|fortnight|lunchtime|christmas|easter|term|season|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:\s+(?:morning|evening|afternoon|night))?"
    r"|most\s+(?:mornings|evenings|nights|days|weekends|afternoons|weeks|(?:mon|tues|wednes|thurs|fri|satur|sun)days)|(?:once|twice|(?:two|three|four|five|six|several|a\s+few)\s+times)\s+(?:a|per|each|every)\s+(?:day|week|month|year|fortnight)|(?:a|two|three|four|five|six)\s+(?:days|nights|mornings|evenings)\s+a\s+week|without\s+fail|like\s+clockwork|religiously|come\s+rain\s+or\s+shine|all\s+(?:year(?:\s+round)?|summer|winter))"
)
#: Excludes verbs of what is done once or to a thing at hand, and of what merely happens.
_ONCE = r"(?!(?:arrive|leave|land|start|finish|fly|return|depart|come|check|pay|owe|receive|click|press|open|log|restart|reboot|type|enter|refresh|call|phone|email|text|ask|report|complain|wait|lose|miss|want|need|see|get|hear|crash|fail|charge|feel|dream|cry|argue|fight|suffer|struggle|worry|panic)\b)"
#: A time that recurs: excludes single times such as "on Sunday", but not "each Sunday".
RECURRING = r"(?![^.!?]*\b(?:today|tonight|tomorrow|yesterday|right\s+now|just\s+now|here|(?:this|these)(?!\s+(?:year|way))|the\s+(?:file|page|script|app|form|printer|deadline)|(?:error|script|code|server|click|button|password)s?|(?:on|next|last|by|until)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day|next\s+week)\b)"
_PETS = (
    r"(?:dogs?|cats?|puppy|puppies|kittens?|rabbits?|hamsters?|guinea\s+pigs?|parrots?|budgies?|hens?|chickens?|ducks?|geese|goats?|sheep|pon(?:y|ies)|horses?|donkeys?|tortoises?|snakes?|geckos?|ferrets?|rats|goldfish|bees|pigs?|alpacas?|cows|quails?"
    r"|greyhounds?|whippets?|lurchers?|spaniels?|collies?|terriers?|labradors?|retrievers?|poodles?|dachshunds?|beagles?|husk(?:y|ies)|alsatians?|boxers?|pugs?|corgis?|mongrels?|staffies?|schnauzers?|siamese|maine\s+coons?|tabb(?:y|ies)|moggies?)"
)
_COUNT = r"(?:an?|two|three|four|five|six|seven|eight|\d+|a\s+(?:pair|couple)\s+of|some|several)"
_LACKED = r"(?:car|bike|passport|driving\s+licen[cs]e|licen[cs]e|garden|balcony|oven|freezer|fridge|microwave|dishwasher|washing\s+machine|dryer|tv|television|telly|smartphone|phone|computer|laptop|printer|bath|bathtub|lift|kitchen|garage|kids|children|siblings|pets|credit\s+card|bank\s+account|air\s?con(?:ditioning)?|central\s+heating|internet|wifi|degree|savings|pension)"
#: Features of the body that require special things.
_BUILT = r"(?:left[\s-]?handed|a\s+left[\s-]?(?:y|hander)|lefty|(?:very\s+|quite\s+|really\s+)?(?:tall|short|petite|short-sighted|long-sighted|deaf|blind|colou?r-?blind|dyslexic|diabetic|pregnant|bald|plus[\s-]size|hard\s+of\s+hearing)|\d['’]\d+[\"”]?|six\s+foot\s+\w+|allergic\s+to\s+[\w\s]{2,20}?)"
_PARTS = r"(?:(?:very|really|quite)\s+)?(?:wide|narrow|big|small|flat|sensitive|dry|oily|fair|curly|fine|thick|weak|bad|arthritic|short|long)\s+(?:feet|skin|hair|hands|legs|arms|knees?|eyes|wrists|shoulders|back|hips)"
_PART = r"(?:hands?|fingers|wrists?|elbows?|shoulders?|neck|spine|back|hips?|knees?|ankles?|feet|foot|toes|legs?|arms?|ears?|eyes?|jaw)"
_ILLNESS = (
    r"(?:hay\s?fever|asthma|eczema|psoriasis|rosacea|(?:type\s+\w+\s+)?diabetes|epilepsy|arthritis|ibs|crohn['’]?s|c(?:o)?eliac\s+disease|endometriosis|pcos|tinnitus|dyslexia|dyspraxia|adhd|autism|ocd|insomnia|narcolepsy|glaucoma|cataracts|scoliosis|sciatica|fibromyalgia|lupus|gout|acid\s+reflux|high\s+blood\s+pressure|high\s+cholesterol|osteoporosis|flat\s+feet|poor\s+eyesight"
    r"|an?\s+(?:stutter|stammer|lisp|pacemaker|stoma|heart\s+condition|prosthe\w+(?:\s+\w+)?|hearing\s+aid|(?:bad|weak|dodgy|bionic)\s+(?:back|knee|hip|heart|shoulder|ankle|wrist|stomach))|sensitive\s+(?:skin|teeth|eyes|stomach))"
)
#: Excludes, after "must have", a guess about what was done.
_DONE = r"(?!(?:been|gone|got|gotten|had|made|left|lost|put|sent|seen|taken|thrown|done|said|read|hit|cut|set|run|come|become|begun|slept|kept|fallen|broken|written|eaten|drunk|forgot\w*|mis\w+|\w+ed)\b)"
STOP = r"(?=\s*(?:$|[,.;!–—(]|\s(?:so|and|because|since|as|before|after|at|on|in|with|to|even|whatever|but\s+(?:never|not|only))\b))"

DAILY_LIFE: tuple[Pattern, ...] = (
    sure_pattern("avoid", "-", rf"{_X}(?:makes?|gets?|leaves?)\s+my\s+{_BODY}\s+(?:{_ACHES}|(?:itchy|sore|red|raw|puffy|swollen|dry|bloated|blotchy))\b"),
    sure_pattern("avoid", "-", rf"(?:^|\b)i\s+(?:\w+ly\s+|always\s+)?(?:{_UNWELL}|go\s+into\s+(?:anaphylactic\s+)?shock|get\s+(?:hives|an?\s+(?:\w+\s+)?(?:rash|migraine|headache|reaction)|migraines|cramps)|can['’]?t\s+breathe|end\s+up\s+in\s+(?:hospital|a&e|the\s+er))\s+(?:[\w'’-]+\s+){{0,3}}?(?:if|when(?:ever)?|every\s+time|as\s+soon\s+as)\s+i\s+(?:so\s+much\s+as\s+|even\s+)?(?:eat|drink|have|touch|smell|wear|swallow|taste|go\s+near|come\s+into\s+contact\s+with)\s+(?!(?:it|this|that|them|too\s+(?:much|many)|the|a\s+lot)\b)"),
    sure_pattern("avoid", "-", rf"{_X}(?:makes?|leaves?)\s+me\s+(?:{_UNWELL}|bloated|wheezing|sneezing|itching|covered\s+in|feeling\s+(?:sick|ill|bloated))\b{NOT_TEMPORARY}"),
    sure_pattern("avoid", "-", rf"\b(?:i|we)\s+(?:\w+\s+)?(?:carry|keep)\s+(?:(?:an?|my|two)\s+)?(?:epi-?pens?|auto-?injectors?|adrenaline|antihistamines)\s+(?:with\s+me\s+|on\s+me\s+)?(?:because\s+of|due\s+to|for|against)\s+(?:my\s+)?(?P<s>\w[\w\s'’-]{{2,40}}?){CLAUSE_END}"),
    sure_pattern("avoid", "-", rf"\b(?:i|we)\s+(?:try\s+to\s+|have\s+to\s+|must\s+)?(?:limit|restrict|ration)\s+(?:my\s+|our\s+)?(?P<s>(?!(?:myself|ourselves|it|this|that|the)\b)\w[\w\s'’-]{{2,40}}?)\s+to\s+(?:\w+\s+){{1,3}}?(?:an?|per|each|every)\s+(?:day|week|month|year){CLAUSE_END}"),
    sure_pattern("avoid", "-", rf"{_X}gives?\s+me\s+{_GIVES}\b"),
    sure_pattern("avoid", "-", rf"{_X}(?:brings?|breaks?)\s+me\s+(?:right\s+|straight\s+)?out\b"),
    sure_pattern("avoid", "-", rf"{_X}(?:sets?\s+off|triggers?|aggravates?|worsens?|plays?\s+(?:merry\s+)?(?:havoc|hell)\s+with|messes?\s+(?:up|with)|wrecks?|ruins?|upsets?|irritates?|inflames?|disagrees?\s+with|bothers?|wreaks?\s+havoc\s+(?:on|with))\s+my\s+(?:{_AILMENT}|{_BODY}|sleep|night|nights|mood|concentration)\b"),
    sure_pattern("avoid", "-", rf"{_X}(?:disagrees?\s+with\s+me|blows?\s+me\s+up|doubles?\s+me\s+up|keeps?\s+me\s+(?:up\s+(?:all\s+night|half\s+the\s+night|at\s+night)|awake)|goes?\s+straight\s+through\s+me|lies?\s+heavy\s+on\s+my\s+\w+|makes?\s+me\s+ill)\b"),
    sure_pattern("avoid", "-", rf"^my\s+(?:\w+\s+)?{_BODY}\s+(?:(?:just|really|simply)\s+)?(?:can['’]?t|cannot|won['’]?t|will\s+not|doesn['’]?t|does\s+not|don['’]?t|no\s+longer)\s+(?:(?:really|quite|any\s+longer)\s+)?(?:takes?|tolerates?|handles?|copes?\s+with|stands?|agrees?\s+with|processe?s?|digests?|puts?\s+up\s+with|likes?|accepts?)\s+{NEW_SUBJECT}(?P<s>\w[\w\s'’&/-]{{1,50}}?){_SINCE}{CLAUSE_END}"),
    sure_pattern("avoid", "-", rf"^my\s+(?:\w+\s+)?{_BODY}\s+(?:rejects|reacts?\s+(?:badly\s+|terribly\s+)?to|hates?|rebels?\s+(?:at|against)|protests?\s+(?:at|against)|objects?\s+to|swells?\s+up\s+(?:from|with))\s+{NEW_SUBJECT}(?P<s>\w[\w\s'’&/-]{{1,50}}?){_SINCE}{CLAUSE_END}"),
    sure_pattern("require", "+", rf"^my\s+(?:\w+\s+)?(?:{_BODY}|faith|religion|condition|size|job|diet|allergies|allergy|eyesight|height|disability|commute)\s+(?:needs?|requires?|demands?|calls?\s+for)\s+{_NO_CURE}(?P<s>\w[\w\s'’&/-]{{1,50}}?){CLAUSE_END}"),
    sure_pattern("fact", "0", rf"^(?:i['’]m\s+)?(?P<s>{_WHO}(?:\s+(?:of|with|to)\s+(?:an?\s+)?[\w-]+(?:\s+\w+)?)?)\s+here(?=\s*(?:$|[,.;!:–-]|\s(?:so|and|with|looking|what|where|which|how|any|who)\b))"),
    sure_pattern("fact", "0", rf"^(?:my|our)\s+(?:\w+\s+)?{_HOME}\s+(?:is|are)\s+(?P<s>{_SIZED}[\w\s'’-]{{0,30}}?){CLAUSE_END}"),
    sure_pattern("fact", "0", rf"\b(?:i|we)(?:['’]ve(?:\s+got)?|\s+have(?:\s+got)?|\s+own|\s+keep)\s+(?P<s>{_COUNT}\s+(?:(?!for\b)[\w-]+\s+){{0,3}}?{_PETS}(?:\s+(?:with|who(?:['’]s|\s+(?:is|has|needs|can['’]?t|eats|only|won['’]?t)))\s+[\w\s'’-]{{2,30}}?(?=\s*(?:$|[,.;:!?])))?)(?=\s*(?:$|[,.;:!–—(]|\s(?:at\s+home|named|called|so|and|who|that|in\s+the\s+(?:house|garden)|already)\b))"),
    sure_pattern("fact", "0", rf"\b(?:i|we)\s+(?:haven['’]?t\s+got|have\s+not\s+got|(?:have(?:\s+got)?|own)(?=\s+no\s)|don['’]?t\s+possess|do\s+not\s+possess|lack)\s+(?P<s>(?:no\s+|an?\s+|any\s+)?(?:proper\s+|full\s+|valid\s+)?{_LACKED}){CLAUSE_END}"),
    sure_pattern("require", "+", rf"(?:(?:{AM}{_BUILT}|{HAVE}{_PARTS}|\bi\s+wear\s+(?:hearing\s+aids|glasses|bifocals|contact\s+lenses|a\s+(?:brace|prosthe\w+))),?\s+so)\s+i\s+(?:(?:really|always|only|usually)\s+)?(?:need|require|want|have\s+to\s+have|buy|wear)\s+(?!(?:to|help|advice|your|this|that|it|some\s+(?:help|advice|tips))\b){RECURRING}(?P<s>\w[\w\s'’&/-]{{2,60}}?){CLAUSE_END}"),
    sure_pattern("require", "+", rf"{I}(?:(?:always|only|do)\s+)?(?:want|need|expect|like)\s+{NEW_SUBJECT}{RECURRING}(?P<s>\w[\w\s'’&/-]{{2,40}}?)\s+(?:in|from|out\s+of|with)\s+(?:my|an?|any|every|all)\s+[\w\s]{{3,25}}?\s+or\s+(?:else\s+)?(?:i(?:['’]ll)?|it['’]s|they['’]re)\s+(?!(?:can|could|need|want)\b)"),
    sure_pattern("like", "+", rf"{AM}(?:all\s+|both\s+)?(?:huge|big|massive|total|serious|proper|real|such|complete)\s+(?P<s>(?!(?:good|nice|happy|old|busy|young|tired|lovely|lucky)\b)[\w'’-]+(?:\s+[\w'’-]+){{0,2}}?)\s+(?:people|folk|nuts|fiends|nerds|geeks|addicts)(?=\s*(?:$|[,.;!–—]|\s(?:in|over|here|so|and|at|round)\b))"),
    sure_pattern("like", "+", rf"\bi\s?['’]?(?:m|am)\s+(?:(?:so|totally|lowkey|kinda|really|completely|absolutely)\s+)*(?:obsessed\s+w/?|(?:hooked|addicted|obsessed)\s+2|in\s+luv\s+w(?:ith)?)\s+(?P<s>(?!(?:this|that|it|the|u|you)\b)\w[\w\s'’&/-]{{2,50}}?){CLAUSE_END}"),
    sure_pattern("require", "+", rf"{I}(?:(?:simply|really|always)\s+)?must\s+(?:always\s+)?have\s+{_DONE}{NEW_SUBJECT}{RECURRING}(?P<s>\w[\w\s'’&/-]{{2,40}}?)(?=\s*(?:$|[,.;!–—]|\s(?:where|when|wherever|whenever|while|at\s+(?:night|work|home)|in\s+(?:the|my)\s+\w+|or|to)\b))"),
    sure_pattern("require", "+", rf"{I}(?:only\s+)?(?:want|need|expect|accept)\s+{NEW_SUBJECT}{RECURRING}(?!(?:my|an?)\s+(?:money|refund|replacement|answer|apology|reply|new\s+one)\b)(?P<s>\w[\w\s'’&/-]{{3,50}}?),?\s+(?:full\s+stop|period|end\s+of(?:\s+story)?|no\s+(?:exceptions|compromises?|ifs|two\s+ways)|as\s+a\s+(?:general\s+)?rule|always|without\s+exception)\b"),
    sure_pattern("require", "+", rf"^{NEW_SUBJECT}(?P<s>\w[\w'’-]*(?:\s+[\w'’-]+){{0,3}}?)\s+only,?\s+(?:please|thanks|for\s+me)(?:,|;|\s-|\s+(?:as|because|since))\s+(?=(?:i|i['’]\w+|my|we|our)\b)"),
    sure_pattern("fact", "0", rf"\b(?:i|we|both\s+my\s+kids|my\s+(?:kids|daughter|son|wife|husband|partner))\s*(?:have|has|['’]ve(?:\s+got)?|suffer(?:s)?\s+(?:badly\s+)?from)\s+(?:(?:really|very|quite|pretty)\s+)?(?:(?:bad|severe|chronic|mild|terrible|awful)\s+)?(?P<s>{_ILLNESS}(?:\s+in\s+(?:my|both(?:\s+my)?|one)\s+(?:\w+\s+)?{_PART})?+){STOP}"),
    sure_pattern("fact", "0", rf"\b(?:i|we)\s*(?:have|['’]ve(?:\s+got)?)\s+(?P<s>{_COUNT}\s+(?:\w+\s+)?(?:kids|children|boys|girls|daughters|sons|toddlers)\s+(?:under|over|aged|below)\s+[\w\s]{{1,15}}?){STOP}"),
    sure_pattern("goal", "+", r"\b(?:i|we)(?:['’]d|\s+would)\s+(?:really\s+)?(?:like|love)\s+to\s+(?P<s>get\s+(?:the|my|our)\s+(?:whole\s+|entire\s+)?(?:family|kids|children|household|daughters?|sons?)\s+(?:into\s+(?!(?:bed|the\s+car|town|school)\b)[\w\s'’-]{3,30}?|off\s+(?:screens|their\s+\w+|sugar|meat)|\w{3,}ing))(?=\s*(?:$|[,.;!]|\s(?:so|and|but|more)\b))"),
    sure_pattern("goal", "+", rf"\b(?:i|we)(?:['’]d|\s+would)\s+(?:really\s+)?(?:like|love)\s+to\s+(?:(?:really|properly|finally)\s+)?(?:understand|know|appreciate|master|get\s+to\s+grips\s+with)\s+{NEW_SUBJECT}(?!(?:about|more)\b){RECURRING}(?P<s>\w[\w\s'’-]{{2,30}}?)\s+(?:properly|inside\s+out|in\s+depth|really\s+well|by\s+heart|like\s+the\s+back\s+of\s+my\s+hand)\b"),
    sure_pattern("avoid", "-", rf"^(?:i|we)\s+(?:don['’]?t|do\s+not|never)\s+(?P<s>(?:cook|work|drive|shop|eat|drink|exercise|study|iron|clean|train|socialise|socialize|travel|bake|run)\s+(?:on|at|in|before|after|during)\s+(?:the\s+)?(?:weekdays|weekends?|weeknights|workdays|night|(?:mon|tues|wednes|thurs|fri|satur|sun)days|mornings?|evenings?|winter|summer|noon|breakfast|work|dark|midnight|lent|ramadan|the\s+week)){CLAUSE_END}"),
    sure_pattern("habit", "+", rf"^(?:(?:actually|now|these\s+days|nowadays|ok|well|so)[,\s]+){{0,2}}(?:i|we)\s+(?:(?:do|now|can|actually)\s+)?(?:eat|drink|smoke|wear|cook\s+with)\s+{NEW_SUBJECT}(?P<s>\w[\w\s'’-]{{1,30}}?)\s+again(?:\s+(?:now|these\s+days|lately))?{CLAUSE_END}"),
    sure_pattern("habit", "+", rf"^(?:as\s+a\s+(?:general\s+)?rule|as\s+a\s+matter\s+of\s+(?:course|routine|habit)|more\s+often\s+than\s+not|nine\s+times\s+out\s+of\s+ten|most\s+of\s+the\s+time|by\s+habit|ordinarily|customarily|on\s+the\s+whole),?\s+(?:i|we)\s+(?={_ONCE})(?={AN_ACTIVITY}){RECURRING}(?P<s>[a-z][\w\s'’/-]{{3,60}}?){CLAUSE_END}"),
    sure_pattern("habit", "+", rf"^(?:i|we)\s+(?:customarily|invariably|ordinarily|as\s+a\s+rule|by\s+habit|almost\s+always|nearly\s+always|for\s+the\s+most\s+part|without\s+exception|habitually)\s+(?={_ONCE})(?={AN_ACTIVITY}){RECURRING}(?P<s>[a-z][\w\s'’/-]{{3,60}}?){CLAUSE_END}"),
    sure_pattern("habit", "+", rf"^(?:as\s+a\s+rule,?\s+)?(?:i|we|my\s+(?:wife|husband|partner|family|sister|brother|daughter|son|mum|dad)\s+and\s+i)\s+(?:(?:always|usually|still|mostly|normally|generally|typically|customarily|religiously|like\s+to)\s+)?(?={_ONCE})(?={AN_ACTIVITY})(?!(?:spend|spent|have|take)\s+(?:most|all|every|each|many|my|half)\b){RECURRING}(?!\w+\s+(?:this|that|it|them|you|your|an?\s+(?:error|warning|message))\b)(?P<s>[a-z][\w\s'’/-]{{3,60}}?),?\s+{_HOW_OFTEN}{STOP}"),
    sure_pattern("habit", "+", rf"(?:{HAVE}|{I}{V})(?:made\s+it\s+(?:a\s+rule|a\s+habit|my\s+(?:rule|habit|custom|practice))|make\s+it\s+(?:a\s+rule|my\s+(?:rule|habit|business|practice))|make\s+it\s+a\s+habit)\s+to\s+(?!(?:not|never|avoid|skip)\b){NOT_TEMPORARY}"),
    sure_pattern("habit", "+", rf"^(?:for\s+as\s+long\s+as\s+i\s+can\s+remember|for\s+(?:the\s+(?:last|past)\s+)?(?:many|several|\w+)\s+(?:years|decades)(?:\s+now)?|since\s+(?:i\s+was\s+\w+|childhood|i\s+retired|my\s+\w+)|ever\s+since\s+[\w\s]{{3,25}}?),?\s+(?:i|we)(?:['’]ve|\s+have)\s+(?:always\s+)?(?!(?:been|had|wanted|dreamt|dreamed|not|never|hoped|waited|tried|loved|hated|liked|avoided|preferred|lived|worked|known)\b)(?P<s>\w{{2,}}(?:ed|en|nt|un|um|pt|ne|ade|old|ung|ght|ept|ead|id)\s+[\w\s'’/-]{{3,60}}?){CLAUSE_END}"),
)  # fmt: skip


_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends|weekdays|weeknights|mornings|evenings|afternoons|nights)"
)
_TIMES = rf"(?:(?:my|our|most|all\s+my)\s+)?(?:{_DAY}(?:\s+(?:and\s+{_DAY}|mornings?|evenings?|afternoons?|nights?))?|(?:lunch|coffee)\s+breaks?|holidays|days\s+off|summers|winters|lunch\s+hours?|commutes?)"
_WHEN = rf"(?:(?:on|in|during|at|come)\s+)?(?:(?:most|every|each|all|any\s+given|of\s+an?|the)\s+)?(?:single\s+|other\s+|second\s+)?(?:{_DAY}|morning|evening|afternoon|night|day|week|weekend|month|year|spring|summer|autumn|fall|winter|christmas|january|february|march|april|may|june|july|august|september|october|november|december|lunch(?:time|break)?|bedtime)(?:\s+(?:mornings?|evenings?|afternoons?|nights?))?"
ACTIVITY = rf"(?=(?!{NO_ACTIVITY})[a-z]{{2,}}\b)"
#: Excludes what is asked, felt or done for the task at hand, which is no goal.
_TASK = r"(?!(?:ask|tell|say|know|thank|hear|see\s+(?:if|what|how)|talk\s+to\s+you|check|return|cancel|order|book|reply|message|write\s+to|complain|mention|apologi[sz]e|point\s+out|be\s+(?:rude|a\s+pain|funny|difficult|honest)|offend|bother|get\s+(?:this|it|you|home|going)|go\s+(?:home|to\s+bed)|leave|left|went|got|call|called|had\s+a\s+(?:word|chat)|finish\s+(?:this|the|it)|buy\s+(?:it|this|the)|lunch|dinner)\b)"
_LESS = r"(?!(?:to\s+)?(?:quit|stop|stopping|quitting|giv\w+\s+up|cut\w*|reduc\w+|limit\w*|wean\w*|kick\w*|not|never|avoid)\b)"
_AIM = rf"{NOT_TEMPORARY}{_TASK}{_LESS}{UNDERSTOOD_ALONE}"

ROUTINES: tuple[Pattern, ...] = (
    # habits
    sure_pattern("habit", "+", rf"^(?:on\s+)?{_TIMES}\s+(?:is|are)\s+(?:always\s+|usually\s+|generally\s+)?(?:when\s+|(?:the|my|our)\s+(?:day|days|time|night|nights|evening|morning)\s+(?:when\s+|that\s+|on\s+which\s+)?|(?:the\s+)?(?:one\s+)?(?:day|time)\s+(?:when\s+|that\s+)?)(?:i|we)\s+(?:always\s+|usually\s+|like\s+to\s+)?(?!(?:feel|hate|miss|dread|need|want|get|have|hand|find|leave|move|fly|start|finish|see|submit|am|was|can|will)\b)"),
    sure_pattern("habit", "+", rf"^{_TIMES}\s+(?:is|are)\s+(?:always\s+|usually\s+|strictly\s+)?(?:(?:reserved|set\s+aside|made)\s+for|spent|for|given\s+over\s+to|dedicated\s+to|devoted\s+to|sacred\s+to)\s+(?![^.!?]*,)(?!(?:me|you|us|them|the|sleep)\b)"),
    sure_pattern("habit", "+", rf"^{_WHEN},?\s+(?:you(?:['’]ll|\s+will|\s+can)|people)\s+(?:usually\s+|always\s+|often\s+|generally\s+)?find\s+me\s+(?=\w+ing\b|in\b|at\b|on\b|out\b|down\b|with\b|up\b)"),
    sure_pattern("habit", "+", r"\b(?:i|we)\s+can\s+(?:usually|always|often|generally|mostly|reliably)\s+be\s+(?:found|seen|spotted)\s+(?=\w+ing\b|in\b|at\b|on\b|out\b|down\b|with\b|up\b)"),
    sure_pattern("habit", "+", rf"^(?:i|we)\s+(?:(?:usually|always|generally|still|tend\s+to|like\s+to|mostly)\s+)?spend\s+(?:(?:most|all|many|half|every|each)\s+(?:of\s+)?)?(?:my\s+|our\s+|the\s+)?(?:free\s+|spare\s+)?(?:{_DAY}|days?|time|holidays?|summers?|winters?|hours|lunch\s+(?:hours?|breaks?))\s+(?=(?:in|at|on|out|by|with|up|down|among)\s|\w+ing\b)(?!(?:in|at|on|with)\s+(?:this|that|it|you)\b)(?!waiting|debugging|trying|wondering)"),
    sure_pattern("habit", "+", rf"^come\s+(?:the\s+)?(?:{_DAY}|spring|summer|autumn|winter|christmas|easter|january|february|march|april|may|june|july|august|september|october|november|december|bedtime|rain\s+or\s+shine),?\s+(?:i|we)(?:['’]ll)?\s+(?:always|usually|invariably|like\s+to|tend\s+to)\s+{ACTIVITY}"),
    sure_pattern("habit", "+", r"^for\s+(?:as\s+long\s+as\s+(?:i|we)\s+can\s+remember|years(?:\s+now)?|decades|(?:\w+\s+){1,3}years(?:\s+now)?),?\s+(?:i|we)(?:['’]ve|\s+have)\s+(?:always\s+)?(?=(?:gone|spent|kept|made|eaten|drunk|worn|run|sung|read|written|taken|ridden|swum|grown|baked|walked|cooked|played|collected|cycled|driven|slept|danced|painted|volunteered|celebrated|been\s+\w+ing)\s)(?:been\s+)?"),
    sure_pattern("habit", "+", rf"^(?:i|we)\s+(?:(?:usually|always|generally|normally|still|tend\s+to|like\s+to|mostly)\s+)?(?=(?:get\s+up|wake\s+up|rise|go\s+to\s+(?:bed|sleep)|turn\s+in|get\s+out\s+of\s+bed|am\s+up|am\s+in\s+bed)\s+(?:at|before|by|around|about|with)\s+(?!(?:the\s+)?(?:alarm|noise)\b))(?:am\s+)?{NOT_TEMPORARY}"),
    sure_pattern("habit", "+", r"^(?P<s>(?!(?:this|that|the|your|his|her)\b)\w[\w\s'’-]{2,40}?)\s+(?:is|are)\s+(?:a|our|my)\s+(?:standing|family|weekly|daily|nightly|sunday|friday|saturday|morning|evening|bedtime|yearly|annual|sacred|beloved|christmas)\s+(?:tradition|ritual|routine|habit|custom|fixture)"),
    sure_pattern("habit", "+", rf"^(?:usually|normally|mostly|typically|generally|most\s+of\s+the\s+time|more\s+often\s+than\s+not|nine\s+times\s+out\s+of\s+ten),?\s+(?:i|we)\s+(?:just\s+)?{NOT_TEMPORARY}{ACTIVITY}(?!(?:ask|insist|choose|pick|opt|lean|gravitate|favou?r|require|go\s+for|stick|rely|depend|demand|order|avoid|refuse|log|click|get)\b)(?!\w+\s+(?:this|that|it|them|you|your)\b)"),
    sure_pattern("habit", "+", rf"^i['’]?m\s+(?:usually\s+|always\s+)?(?=(?:up|out\s+of\s+bed|in\s+bed|asleep|awake)\s+(?:at|by|before)\s+(?!the\b)){NOT_TEMPORARY}(?=[^.!?]*\b(?:every|each|most|always|usually|daily|days|mornings|nights|weekdays|weekends)\b)"),
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
