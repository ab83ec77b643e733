"""English wordings of plain states: what somebody does not drink or smoke, their family, their body, their experience.

Examples: "I don't drink or smoke", "I'm divorced", "my son is seven", "my back hurts when I sit". As in
`patterns_en_sure`, their readings are used as they are, without the classifier.
"""

from penchant.agent.statements.patterns_en_sure import sure_pattern
from penchant.agent.statements.wordings import AM, HAVE, HAVE_ADV, Pattern

_VICES = r"(?:drink|smoke|vape|gamble)"
#: The end of the clause, or the word that begins the next one.
_END = r"(?=\s*(?:$|[,.;:!–—(]|\s-\s|\s(?:and|but|so|because|since|as(?!\s+an?\b)|any\s?more|at\s+all|either|tho|though|lol|tbh|now)\b))"
_QUITE = r"(?:(?:recently|newly|happily|now|currently|still|also|fully|completely|partially|partly|very|quite|both|finally|semi[\s-])\s*)*"
_MARITAL = r"(?:single|married|divorced|widowed|engaged(?!\s+in)|retired|unemployed|self[\s-]employed|childless|child[\s-]free)"
SENSES = r"(?:deaf|blind|colou?r[\s-]?blind|hard\s+of\s+hearing|dyslexic|autistic|epileptic|asthmatic|diabetic|disabled|bipolar|bilingual|anaemic|anemic|visually\s+impaired|neurodivergent|hypermobile|ambidextrous|left[\s-]handed)"
#: Ailments and conditions that last, by name.
CONDITIONS = (
    r"(?:an?\s+)?(?:(?:mild|severe|chronic|bad|type\s+(?:1|2|one|two)|early|late-stage)\s+)?(?:asthma|eczema|diabetes|arthritis|migraines|epilepsy|anxiety|adhd|add|autism|insomnia|psoriasis|tinnitus|hay\s?fever|high\s+blood\s+pressure|dementia|alzheimer['’]?s"
    r"|parkinson['’]?s|dyslexia|dyspraxia|down['’]?s?\s+syndrome|cerebral\s+palsy|multiple\s+sclerosis|scoliosis|(?:c(?:o)?eliac|crohn['’]?s|kidney|heart|lung)\s+disease|heart\s+condition|hearing\s+loss|sensory\s+issues|reflux|vertigo|ptsd|ocd|copd|ibs|lupus|anaemia|anemia)"
)
_KIN = r"(?:(?:\w+\s+)?(?:daughters?|sons?|kids?|child(?:ren)?|bab(?:y|ies)|toddlers?|twins)|wife|husband|partner|girlfriend|boyfriend|spouse|mother|father|mum|mom|dad|sister|brother|grandmother|grandfather|grandma|grandpa)"
_AGE = r"(?:(?:about|almost|nearly|only|now|already|turning)\s+)?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:(?:,\s+|\s+(?:and|&)\s+)\d{1,2}){0,3}(?:[\s-](?:years?|months?|weeks?)(?:[\s-]old)?)?"
BODY = r"(?:back|neck|knees?|hips?|shoulders?|wrists?|ankles?|elbows?|feet|foot|hands?|fingers?|joints|eyes|legs?|head|stomach|skin)"
_HOME = r"(?:house|home|flat|apartment|cottage|cabin|farm|plot\s+of\s+land|boat|camper\s?van|motorhome|caravan|condo|holiday\s+home)"
_RELATIVES = r"(?:an?|one|two|three|four|five|six|seven|eight|\d+|no)\s+(?:[\w-]+\s+){0,2}?(?:(?:half[\s-]?|step)?(?:brothers?|sisters?|siblings?)|(?:step|grand)?(?:sons?|daughters?|kids|child(?:ren)?)|boys|girls|twins|husband|wife|nephews?|nieces?)"
_YEARS = r"(?:(?:over|about|almost|nearly|more\s+than|around)\s+)?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|\d+)\+?\s+years?['’]?"

#: What the body finds hard, in verbs that are no work with a thing: "trouble falling asleep", not "trouble logging in".
_BODILY = r"(?:falling\s+asleep|staying\s+(?:asleep|awake|focus+ed|still)|(?:sleep|walk|hear|see|stand|sitt|climb|concentrat|focus+|breath|swallow|chew|lift|bend|digest|remember|balanc|gripp|kneel|reach|hold)ing)"
_HARD = r"(?:(?:a\s+lot\s+of\s+|serious\s+|real\s+|some\s+|great\s+)?(?:trouble|difficulty|difficulties|problems)|a\s+(?:really\s+|very\s+)?hard\s+time)"
_BORN = r"(?:(?:my|our|an?|another|the)\s+(?:[\w-]+\s+){0,3}?(?:baby|child|kid|boy|girl|son|daughter|grandchild)|twins|triplets)"
#: What somebody has done for long, behind "I've"; not their job or home, which is read elsewhere.
_DONE = r"(?:worked(?=\s+(?:from\s+home|nights|remotely|part[\s-]time|shifts|freelance)\b)|cycled|played|run|swum|sung|danced|painted|volunteered|coached|collected|knitted|sewn|grown|baked|brewed|commuted|walked|practi[sc]ed|meditated|eaten|drunk|worn|driven|ridden|kept|written|skied|climbed|gardened|fished|prayed|followed)"
_FOR_LONG = r"(?:(?:ever\s+)?since\b|for\s+(?:(?:about|over|almost|nearly|more\s+than|the\s+(?:past|last))\s+)?(?:(?:[\w-]+\s+){0,2}(?:years|decades)|ages|a\s+decade)\b|all\s+my\s+life\b)"

STATES: tuple[Pattern, ...] = (
    sure_pattern("avoid", "-", rf"\b(?:i|we)\s+(?:really\s+|just\s+|also\s+|personally\s+)?(?:don['’]?t|do\s+not|never|no\s+longer)\s+(?:ever\s+)?(?P<s>{_VICES}(?:(?:,\s+|\s+or\s+|,\s+or\s+|\s+and\s+){_VICES}){{0,2}}){_END}"),
    sure_pattern("habit", "+", rf"\bi\s+(?:still\s+|also\s+|do\s+)?(?P<s>smoke|vape){_END}"),
    sure_pattern("fact", "0", rf"(?<!maybe\s)(?<!guess\s)(?<!think\s)(?<!perhaps\s){AM}{_QUITE}(?P<s>{_MARITAL}|{SENSES}){_END}(?!,?\s+(?:but|or)\s+(?:i\s+)?(?:can['’]?t|cannot|don['’]?t|is)\s)"),
    sure_pattern("fact", "0", rf"\b(?:my|our)\s+(?P<s>{_KIN}\s+(?:is|are)\s+{_QUITE}{_MARITAL}){_END}"),
    sure_pattern("fact", "0", rf"\b(?:my|our)\s+(?P<s>{_KIN}\s+(?:is|are)\s+{_AGE})(?=\s*(?:$|[,.;:!–—(]|\s(?:and(?!\s+not\b)|but|so|now|years|months)\b))"),
    sure_pattern("fact", "0", rf"\bmy\s+(?P<s>(?:(?:lower|upper|left|right)\s+)?{BODY}\s+(?:(?:always|often|usually|constantly|regularly)\s+)?(?:hurts?|aches?|swells?(?:\s+up)?|cramps?(?:\s+up)?|acts?\s+up|flares?\s+up|gets?\s+(?:really\s+|very\s+)?(?:sore|stiff|numb|swollen|itchy|dry))\s+(?:when(?:ever)?|if|after|from|every|all\s+the\s+time)\b(?:\s+(?!(?:today|yesterday|this|that|your?|(?<=after\s)i)\b)[\w'’-]+){{0,8}}?){_END}"),
    sure_pattern("fact", "0", rf"{HAVE}(?P<s>{_RELATIVES}(?:(?:,\s+(?:and\s+)?|\s+and\s+){_RELATIVES}){{0,3}}){_END}"),
    sure_pattern("fact", "0", rf"\b(?:i|we)\s+(?:\w+ly\s+)?(?P<s>(?:don['’]?t|do\s+not|can['’]?t|cannot|never\s+learn(?:ed|t)\s+(?:how\s+)?to)\s+(?:drive|swim|cook|cycle|ski|ride\s+a\s+bike)){_END}(?!\s+(?:today|tonight))"),
    sure_pattern("fact", "0", rf"\b(?:my|our)\s+(?P<s>(?:{_HOME}|kitchen|building|bathroom|office|garden|balcony|car|phone|laptop|town|village)\s+(?:doesn['’]?t|does\s+not)\s+have\s+(?:an?|any)\s+[\w\s'’-]{{2,30}}?){_END}"),
    sure_pattern("fact", "0", rf"\b(?:i|we)\s+(?:(?:freelance|moonlight)\s+as\s+(?:an?\s+)?(?P<s>\w[\w\s'’-]{{2,40}}?)|work\s+(?P<t>(?:freelance|part[\s-]time|full[\s-]time|nights|weekends|shifts)\s+as\s+(?:an?\s+)?\w[\w\s'’-]{{2,40}}?)){_END}"),
    sure_pattern("fact", "0", rf"{HAVE_ADV}(?:always\s+)?(?P<s>{_HARD}\s+(?:with\s+)?{_BODILY}(?:\s+(?!(?:this|that|your?|today|right)\b)[\w'’-]+){{0,5}}?){_END}"),
    sure_pattern("fact", "0", rf"{AM}{_QUITE}(?P<s>(?:expecting|having)\s+{_BORN}(?:\s+(?:in|this|next|any|soon)\b(?:\s+\w+){{0,2}})?){_END}"),
    sure_pattern("habit", "+", rf"\b(?:i|we)(?:['’]ve|\s+have)\s+(?:always\s+|mostly\s+)?(?P<s>{_DONE}\s+(?!(?:this|that|these|it|the\s+(?:app|game|level))\b)[\w\s'’-]{{2,40}}?)\s+{_FOR_LONG}"),
    sure_pattern("like", "+", rf"\bi(?:['’]d|\s+would)\s+(?:honestly\s+|happily\s+|gladly\s+)?(?:kill|die|sell\s+my\s+soul|cross\s+(?:town|the\s+city|oceans))\s+for\s+(?:some\s+|an?\s+)?(?P<s>(?=(?:really\s+)?(?:good|decent|proper|real|fresh|great|perfect|authentic|well[\s-]made|home[\s-]?made|warm|\w+['’]s|my\s+\w+['’]s)\s)(?![^.!?]*\b(?:now|today|tonight)\b)\w[\w\s'’-]{{2,40}}?){_END}"),
    sure_pattern("require", "+", r"^(?:for\s+me\s+)?(?:it['’]?s\s+)?(?P<s>(?!(?:all|it|this|that|now|here|one|something|little|next|two|how|what|double)\b)\w[\w\s'’-]{2,30}?)\s+or\s+nothing(?:\s+(?:for|with)\s+me)?(?=\s*(?:$|[.!]))"),
    sure_pattern("dislike", "-", r"^(?P<s>(?!(?:this|that|these|those|it|they|the|your?|my|his|her)\b)\w[\w\s'’-]{2,50}?)\s+(?:is|are)\s+(?:(?:absolutely|completely|totally|pretty\s+much|just)\s+)?(?:useless|worthless|pointless)\s+(?:to|for)\s+(?:me|us)(?!\s+(?:without|unless|if)\b)"),
    sure_pattern("fact", "0", rf"\bi\s+(?:also\s+|really\s+|just\s+)?(?P<s>get\s+(?:car|sea|motion|travel|altitude|plane)[\s-]?sick){_END}"),
    sure_pattern("fact", "0", r"\b(?:i|we)\s+(?:(?:ca|wo)n['’]?t|cannot|do(?:n['’]?t|\s+not)\s+want\s+to)\s+(?:go\s+(?:over|above|higher\s+than)|spend\s+more\s+than|pay\s+more\s+than|exceed)\s+(?P<s>[$€£]?\s?\d[\d,.]*\d?k?(?:\s+(?:euros?|pounds?|dollars?|quid|francs?|rupees?|yen))?(?:\s+(?:a|per)\s+(?:day|night|week|month|year|person|head))?)(?=\s*(?:$|[.,;!?]|\s(?:in|on|for|so|and|but|because|if)\b))"),
    sure_pattern("fact", "0", rf"{HAVE}(?P<s>never\s+(?:had|owned)\s+(?:an?|any|my\s+own)\s+(?!(?:\w+\s+)?(?:problems?|issues?|reasons?|chance|trouble|experiences?|idea|complaints?|such|better|worse|good|bad)\b)[\w\s'’-]{{2,30}}?){_END}"),
    sure_pattern("fact", "0", rf"{HAVE}(?P<s>{_YEARS}\s+(?:of\s+)?(?:(?:work|professional|teaching|management|industry)\s+)?experience(?:\s+(?:in|as|with|of)\s+(?!(?:this|that|it)\b)[\w'’&/-]+(?:\s+[\w'’&/-]+){{0,4}}?)?){_END}"),
    sure_pattern("fact", "0", rf"\b(?:i|we)(?:['’]ve|\s+have)?\s+(?:just|recently|finally)\s+(?:bought|adopted|got)\s+(?P<s>(?:an?|our|my)\s+(?:[\w-]+\s+){{0,2}}?(?:{_HOME}|puppy|dog|kitten|cat)){_END}"),
    sure_pattern("goal", "+", rf"\b(?:i|we)(?:['’]d|\s+would)?\s+(?:really\s+|also\s+|eventually\s+)?(?:want|hope|plan|intend|like|love)\s+to\s+(?:eventually\s+|one\s+day\s+|finally\s+)?(?P<s>(?:buy|build|own|renovate)\s+(?:an?|our|my)\s+(?:[\w-]+\s+){{0,2}}?{_HOME}(?:\s+(?:in|by|near|on|with|abroad)\s+[\w\s'’-]{{2,30}}?)?){_END}"),
    sure_pattern("require", "+", r"\b(?:i|we)\s+(?:really\s+|always\s+)?(?:want|like|need|prefer)\s+(?P<s>(?:my|your|all)\s+(?:answers|replies|responses|explanations)\s+(?:to\s+be\s+)?(?!(?:to|in\s+this|for\s+this)\b)\w[\w\s'’-]{2,40}?)(?=\s*(?:$|[,.;!]))"),
)  # fmt: skip
