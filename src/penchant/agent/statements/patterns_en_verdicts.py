"""What English speakers say of a thing that stands first: "X makes my day", "X is the bane of my life", "X suits me better than Y".

As in `patterns_en_sure`: what they read stands as it is; the classifier is not asked.
"""

from penchant.agent.statements.patterns_en_sure import _sure
from penchant.agent.statements.wordings_en import _BAD, _GOOD, _INTENS, Pattern

_NOT_FIRST = (
    r"(?!(?:the\s+(?!(?:smell|scent|taste|sound|sight|feel|feeling|texture|thought|idea|look|noise)\s+of\b)|an?\s+(?:friend|colleague|man|woman|user|guy)\b|(?:this|that|these|those|it|its|your|his|her|their|my|our|he|she|they|you|we|i|i['’]\w+|there|here|what|which|who|why|how|when|where|if|as|because|since|although|though|while|one|ones|some|all|most|both|none|mine|yours"
    r"|everything|nothing|something|someone|everyone|everybody|nobody|does|do|is|are|was|can|could|should|would|will|please|no|not|yes|and|but|so|or|let|thanks|maybe|perhaps|today|yesterday|tomorrow|guess|mum|mom|dad|grandma|grandpa|people\s+(?:say|think))\b))"
)
_FRONT = r"^(?:(?:for|to)\s+me,?\s+|i\s+(?:honestly\s+|really\s+|just\s+)?(?:think|feel|find|must\s+say|have\s+to\s+say)\s+(?:that\s+)?|(?:imo|tbh|ngl|lol|sorry\s+but|among\s+\w+\s+\w+),?\s+)?"
#: What is spoken of, before the verb.
_X = rf"{_FRONT}{_NOT_FIRST}(?P<s>\w[\w\s'’&/-]{{1,70}}?)\s+"
#: Nothing in the clause turns it round.
_UNDENIED = r"^(?![^,.!?]*\b(?:rarely|hardly|barely|seldom|never(?!\s+(?:fails?|gets?))|not|no\s+longer|scarcely)\b)(?![^,.!?]*n['’]t\b)"
_VERY = r"(?:(?:really|just|always|simply|honestly|absolutely|totally|truly|definitely|still|never\s+fails?\s+to|quite|so|such|only|often|usually|kinda|literally|by\s+far|easily|also|hands\s+down|most\s+definitely|certainly|clearly|rather|very\s+much|actually|basically|pretty\s+much|deeply|utterly|completely|seriously|genuinely)\s+){0,3}"
#: Before what the writer thinks of it.
_OPINION = r"^(?:i\s+(?:honestly\s+|really\s+|just\s+|personally\s+)?(?:think|find|feel)\s+(?:that\s+)?|(?:imo|in\s+my\s+(?:opinion|view|book)),?\s+|(?:to|for)\s+me,?\s+)"
_IS = r"(?:is|are|has\s+(?:always\s+)?been|have\s+(?:always\s+)?been|will\s+always\s+be|remains?)\s+"
_STOP = r"(?=\s*(?:$|[,.;:!?–—(]|\s(?:because|since|so|and|but|as|when|lol|tbh|honestly|every|any|in|at|on|for\s+me|to\s+me|i\b)\b))"
_ME = r"(?:me|us)\b"
_JOY = r"(?:joys?|pleasures?|passions?|loves?|hobb(?:y|ies)|pastimes?|delights?|treats?|indulgences?|comforts?|interests?|weaknesses|obsessions?|fav(?:ou?rite)?s?|things?|happy\s+places|rituals|escapes)"
_FINE = r"(?:(?:great(?:est)?|favou?rite|fav|biggest|best|main|few|true|little|simple|absolute|all-time|guilty|real|purest|deepest|sweetest|top|most\s+\w+)\s+)"
_WHERE = r"(?:\s+(?:in|on|at|to|for|when|while|about|of|during)\s[\w\s'’]{2,40}?)?"
LIKED_IS = (
    rf"(?:one|two|some|two\s+or\s+three)\s+of\s+(?:(?:my|our|life['’]?s)\s+(?:{_FINE}{{0,2}}{_JOY}|{_FINE}{{1,2}}(?:ways|parts|sorts|kinds|types)?\s*[\w\s]{{0,25}}?)|the\s+(?:great(?:est)?|true|simple|little|few)\s+(?:joys|pleasures)){_WHERE}"
    rf"|my\s+(?:personal\s+|own\s+|idea\s+of\s+(?:\w+\s+){{0,2}}?)?{_FINE}{{0,2}}(?:jam|thing|weakness|happy\s+place|happy\s+pill|guilty\s+pleasure|comfort\s+(?:food|zone|read|watch)|passion|first\s+love|cup\s+of\s+tea|bag|pride\s+and\s+joy|great\s+love|love|kryptonite|vice|joy|obsession|escape|therapy|medicine|meditation|addiction|heaven|paradise|bliss|element|vibe|style|forte|fun|everything|soul\s+food|sanctuary|refuge|treat|hobby|pleasure)"
    rf"|(?:right\s+)?up\s+my\s+(?:alley|street)|(?:pure|sheer|absolute|total)\s+(?:bliss|joy|heaven|magic|happiness|pleasure|delight|perfection|gold)|bliss|heaven|unbeatable|unmissable|irresistible\s+to\s+{_ME}|hard\s+to\s+beat|the\s+best(?:\s+(?:thing|food|drink|feeling|way\s+to\s+\w+)(?:\s+(?:ever|in\s+the\s+world|on\s+earth|there\s+is))?)?"
    rf"|(?:food|balm|good|music)\s+(?:for|to)\s+my\s+(?:soul|ears|heart)|(?:therapy|therapeutic|heaven|magic|irresistible|meditative|sacred)\s+(?:for|to)\s+{_ME}|what\s+(?:i\s+(?:love|live\s+for|enjoy|like)(?:\s+(?:most|best|the\s+most))?|makes\s+me\s+(?:happy|happiest|tick|smile)|keeps\s+me\s+(?:sane|going|happy))|(?:how|where|when)\s+i\s+(?:unwind|relax|recharge|feel\s+(?:happiest|most\s+\w+|at\s+home|alive)|de-?stress|switch\s+off|am\s+happiest)"
    r"|the\s+one\s+(?:thing\s+)?i\s+(?:love|return\s+to|come\s+back\s+to|go\s+back\s+to|can['’]?t\s+resist|always\s+\w+)(?:\s+(?:to|most|the\s+most))?"
)
LIKED_DOES = (
    rf"(?:has|have)\s+(?:always\s+|long\s+)?(?:fascinated|charmed|captivated|delighted|intrigued|inspired|enchanted|attracted|appealed\s+to|excited|interested|soothed|calmed|comforted|moved|thrilled)\s+{_ME}|(?:makes?|made)\s+(?:my\s+(?:day|week|morning|heart\s+\w+)|{_ME}\s+(?:very\s+|so\s+|really\s+|truly\s+)?(?:happy|smile|feel\s+(?:alive|good|great|at\s+home|calm|better)|grin|laugh|swoon|melt|giddy))|wins?\s+(?:{_ME}\s+over|my\s+heart)(?:\s+every\s+time)?|(?:does|do|work)s?\s+(?:wonders|the\s+trick|it)\s+for\s+{_ME}"
    rf"|(?:speaks?|appeals?|calls?)\s+to\s+{_ME}|(?:fascinates?|captivates?|enchants?|delights?|enthralls?|intrigues?|moves?|thrills?|charms?|soothes?|calms?|relaxes|excites?|inspires?|grounds?|recharges?|energi[sz]es?)\s+{_ME}(?:\s+(?:like\s+nothing\s+else|no\s+end|endlessly|every\s+time|down))?"
    rf"|(?:brings?|gives?)\s+{_ME}\s+(?:so\s+much\s+|such\s+|great\s+|a\s+lot\s+of\s+|real\s+|immense\s+|pure\s+|a\s+(?:real\s+)?sense\s+of\s+|much\s+)?(?:joy|peace|comfort|happiness|pleasure|calm|energy|satisfaction|a\s+(?:kick|thrill|buzz))|fills?\s+{_ME}\s+with\s+(?:joy|wonder|delight|happiness|peace|awe|energy)|(?:melts?|warms?|captured?|lifts?|touch(?:es)?)\s+my\s+(?:heart|soul|spirits?|mood)"
    rf"|(?:helps?|lets?)\s+{_ME}\s+(?:to\s+)?(?:unwind|relax|recharge|switch\s+off|de-?stress|sleep|focus)|hits?\s+the\s+spot|gets?\s+my\s+vote|makes?\s+life\s+worth\s+living|holds?\s+a\s+special\s+place\s+in\s+my\s+heart|has\s+my\s+heart|have\s+my\s+heart|never\s+gets?\s+old(?:\s+for\s+{_ME})?"
)
DISLIKED_IS = (
    rf"(?:the\s+bane\s+of\s+my\s+(?:life|existence)|my\s+(?:(?:personal|absolute|biggest|worst|number\s+one|sworn|mortal|arch)[\s-]?){{0,2}}(?:nemesis|enem(?:y|ies)|bugbears?|pet\s+(?:hates?|peeves?)|idea\s+of\s+(?:hell|torture|a\s+nightmare|purgatory)|nightmares?|turn-?offs?|hell|fear|icks?)|(?:not|hardly|never)\s+(?:really\s+|exactly\s+|quite\s+|at\s+all\s+)?(?:to\s+my\s+(?:taste|liking)|my\s+(?:thing|idea\s+of\s+(?:fun|a\s+good\s+\w+)|favou?rites?|vibe|speed|bag|scene|style|jam|cup\s+of\s+tea|forte|kind\s+of\s+\w+)|for\s+{_ME}|something\s+i\s+(?:\w+\s+)?(?:enjoy|like|want|do|go\s+for|care\s+for|seek))"
    rf"|nothing\s+(?:for\s+{_ME}|i\s+(?:enjoy|like|would\s+\w+))|(?:lost|wasted)\s+on\s+{_ME}|an?\s+(?:(?:big|huge|major|real|total|complete|absolute|definite|massive|instant|hard|firm)\s+)*(?:turn-?off|no-?go|nightmare|torture|no|pain|horror|bore|pet\s+peeve|ordeal|chore)\s+(?:for|from|to)\s+{_ME}|(?:anathema|abhorrent|repellent|repugnant|torture|agony|torment|hell|a\s+torment|a\s+torture|a\s+horror|unbearable|intolerable|insufferable|off-?putting|alien)\s+(?:to|for)\s+{_ME}|(?:pure|sheer|absolute)\s+(?:torture|hell|misery|agony)|the\s+worst(?:\s+thing)?(?:\s+(?:ever|in\s+the\s+world))?)"
)
DISLIKED_DOES = (
    rf"(?:(?:has|have)\s+(?:always\s+|long\s+)?(?:bored|annoyed|irritated|scared|repelled|disgusted|terrified|frightened|bothered|frustrated|depressed|left\s+me\s+cold|put\s+me\s+off)(?:\s+{_ME})?|makes?\s+{_ME}\s+(?:switch\s+off|tune\s+out|zone\s+out|lose\s+interest|roll\s+my\s+eyes|fall\s+asleep|change\s+the\s+channel|turn\s+(?:it\s+)?off|leave\s+the\s+room)|leaves?\s+{_ME}\s+(?:cold|unmoved|indifferent|flat)|falls?\s+flat\s+(?:for|with|on)\s+{_ME}|(?:puts?|turns?)\s+{_ME}\s+off(?!\s+(?:to|the)\s)|does\s+nothing\s+for\s+{_ME}|do\s+nothing\s+for\s+{_ME}|rubs?\s+{_ME}\s+(?:up\s+)?the\s+wrong\s+way|(?:gets?|grates?)\s+on\s+(?:my\s+(?:\w+\s+)?nerves|{_ME})|drives?\s+{_ME}\s+(?:\w+\s+)?(?:mad|crazy|nuts|insane|bonkers|bananas|up\s+the\s+wall|round\s+the\s+bend|to\s+despair|away)|tests?\s+my\s+patience|makes?\s+my\s+(?:skin\s+crawl|blood\s+boil|stomach\s+(?:turn|churn)|eyes\s+(?:roll|glaze\s+over|water)|toes\s+curl|head\s+(?:spin|hurt))|(?:turns?|churns?)\s+my\s+stomach"
    rf"|makes?\s+{_ME}\s+(?:want\s+to\s+(?:disappear|scream|leave|run|cry|hide|vomit|throw\s+up|die|flee|quit)|cringe|shudder|gag|wince|(?:feel\s+)?(?:(?:so|very|really|deeply|a\s+bit|quite)\s+)?(?:ill|sick|queasy|uncomfortable|uneasy|anxious|nauseous|claustrophobic|trapped|stressed|miserable|sad|angry|irritable|tense|awkward|sleepy|depressed))|(?:has|have)\s+never\s+(?:really\s+)?(?:appealed\s+to|interested|excited|tempted|attracted|spoken\s+to|worked\s+for|clicked\s+with|impressed|done\s+(?:it|anything|much)\s+for)\s+{_ME}|(?:holds?|has|have)\s+(?:no|little|zero)\s+(?:appeal|interest|charm|attraction|allure|magic)\s+(?:for|to)\s+{_ME}"
    rf"|(?:bores?|annoys?|irritates?|exhausts?|drains?|repels?|repulses?|disgusts?|appals?|enrages?|infuriates?|depresses|stresses|tires?|scares?|terrif(?:y|ies)|frustrates?|overwhelms?|bugs?|unsettles?|sickens?|disturbs?|wears?|weary)\s+{_ME}(?:\s+(?:out|down|off|to\s+(?:tears|death|no\s+end|sleep|bits)|no\s+end|senseless|stiff|silly|endlessly|immensely|greatly|a\s+lot|so\s+much))?|keeps?\s+{_ME}\s+(?:awake|up(?:\s+(?:all|at)\s+night)?(?!\s+[\w\s]*best\b)|from\s+sleeping)|gives?\s+{_ME}\s+(?:(?:a|an|the|such|terrible|bad|awful|instant)\s+){{0,3}}(?:headaches?|migraines?|creeps|willies|ick|heebie-?jeebies|anxiety|nightmares|rash|hives|stress|stomach\s+ache|nausea|shivers|chills|pain)|(?:sounds?|looks?|seems?|feels?)\s+(?:awful|terrible|horrible|dreadful|boring|exhausting|like\s+(?:hell|torture|a\s+nightmare))\s+to\s+{_ME})"
)
PREFERRED_DOES = (
    rf"(?:(?:suits?|fits?|serves?|appeals?\s+to|agrees?\s+with|pleases?)\s+{_ME}\s+(?:far\s+|much\s+|way\s+|a\s+lot\s+|a\s+little\s+)?(?:better|more|best)|(?:works?|is|are|feels?|goes\s+down)\s+(?:far\s+|much\s+|way\s+|a\s+lot\s+)?(?:better|best|easier|nicer)\s+(?:for|to|with)\s+{_ME}|(?:beats?|trumps?|tops?|outdoes)\s+(?!everything\s+today)[\w\s'’-]{{2,50}}?,?\s+(?:for\s+me|any\s+(?:day|time)|every\s+time|always|if\s+you\s+ask\s+me|in\s+my\s+(?:book|opinion|view)|hands\s+down|to\s+me)"
    r"|(?:is|are)\s+(?:always\s+|still\s+|usually\s+)?(?:what\s+i\s+(?:\w+\s+)?(?:prefer|choose|pick|go\s+for|favou?r)|my\s+(?:(?:clear|strong|first|usual|general|natural|personal)\s+)?(?:preference|first\s+choice|choice|go-to|default|pick|preferred\s+\w+)|preferable\s+(?:to|for)\s+me))"
)
#: What is needed, before "is a must".
NEEDED_IS = (
    rf"(?:an?\s+)?(?:absolute(?:ly)?\s+|total\s+)?(?:(?:must(?:-haves?)?|non-?negotiables?|essential|indispensable|vital|crucial|a\s+(?:hard|strict|firm)\s+(?:requirement|condition)|mandatory|obligatory|required)(?:\s+(?:for|to|with|by)\s+{_ME}|\s+(?:in|at|on|when|wherever|whenever|if|for)\s+(?:[\w'’]+\s+){{0,3}}?(?:my|our|i|we)\b[\w\s'’]{{0,30}}?)|non-?negotiable)"
    r"|(?:my|our)\s+(?:(?:top|main|first|number\s+one|absolute|highest|biggest)\s+){1,2}(?:priority|requirement|condition|criterion)|(?:my|our)\s+(?:bottom|red)\s+line|where\s+i\s+won['’]?t\s+compromise|something\s+i\s+(?:insist\s+on|won['’]?t\s+compromise\s+on|can['’]?t\s+(?:compromise\s+on|do\s+without|live\s+without)|refuse\s+to\s+compromise\s+on)"
)
VERDICTS: tuple[Pattern, ...] = (
    _sure("require", "+", rf"^(?:an?\s+|any\s+)?\w[\w\s'’-]{{1,30}}?\s+without\s+(?P<s>\w[\w\s'’-]{{1,50}}?)\s+(?:is|are)\s+(?:\w+\s+)?(?:an?\s+(?:\w+\s+)?(?:deal-?breaker|no-?go|no)(?:\s+(?:for|to)\s+{_ME})?|out(?:\s+for\s+{_ME})?|not\s+for\s+{_ME}|(?:useless|worthless|no\s+good|out\s+of\s+the\s+question|unacceptable|no\s+use|pointless|unthinkable|not\s+an\s+option)\s+(?:for|to)\s+{_ME}|out\s+of\s+the\s+question|unthinkable){_STOP}"),
    _sure("dislike", "-", rf"{_X}{_IS}{_VERY}{DISLIKED_IS}{_STOP}"),
    _sure("dislike", "-", rf"{_X}(?:isn['’]?t|aren['’]?t|is\s+not|are\s+not|was\s+never|has\s+never\s+been|have\s+never\s+been|ain['’]?t)\s+{_VERY}(?:really\s+|exactly\s+)?(?:to\s+my\s+(?:taste|liking)|my\s+(?:thing|idea\s+of\s+(?:fun|a\s+good\s+\w+)|favou?rites?|vibe|speed|bag|scene|style|jam|cup\s+of\s+tea|forte|kind\s+of\s+\w+)|for\s+{_ME}|something\s+i\s+(?:\w+\s+)?(?:enjoy|like|want|do|go\s+for|care\s+for))"),
    _sure("dislike", "-", rf"{_X}(?:tends?\s+to\s+|can\s+|will\s+)?{_VERY}{DISLIKED_DOES}{_STOP}"),
    _sure("dislike", "-", rf"{_X}(?:{_VERY})(?:doesn['’]?t|don['’]?t|does\s+not|do\s+not|didn['’]?t\s+ever|never)\s+(?:\w+ly\s+)?(?:appeals?\s+to|interests?|excites?|speaks?\s+to|do(?:es)?\s+(?:it|anything|much|a\s+thing)\s+for|works?\s+for|moves?|attracts?|tempts?|suits?|agrees?\s+with|sits?\s+well\s+with|impress(?:es)?|clicks?\s+with|resonates?\s+with)\s+{_ME}"),
    _sure("prefer", "+", rf"{_X}{_VERY}{PREFERRED_DOES}"),
    _sure("require", "+", rf"{_X}{_IS}{_VERY}(?:{NEEDED_IS}){_STOP}"),
    _sure("require", "+", rf"{_FRONT}(?P<s>(?:no|a\s+lack\s+of|lack\s+of|missing)\s+\w[\w\s'’-]{{1,50}}?)\s+(?:is|are)\s+{_VERY}an?\s+(?:\w+\s+)?deal-?breakers?\b"),
    _sure("require", "+", rf"^(?:an?\s+|any\s+)?\w[\w\s'’-]{{1,40}}?\s+(?:is|are)\s+(?:out\s+of\s+the\s+question|no\s+(?:good|use)\s+(?:to|for)\s+{_ME}|not\s+an\s+option|a\s+no-?go|out|useless\s+(?:to|for)\s+{_ME}|unacceptable)\s+(?:unless|if)\s+(?:it|they|there|we|i)\s+(?:has|have|is|are|comes?\s+with|offers?|includes?|can|doesn['’]?t\s+have|don['’]?t\s+have|lacks?)\s+(?P<s>\w[\w\s'’-]{{1,60}}?)(?=\s*(?:$|[.,;!?]))"),
    _sure("avoid", "-", rf"{_X}{_IS}the\s+(?:only|one|kind\s+of|sort\s+of|last)\s+\w+(?:\s+\w+)?\s+(?:that\s+)?i\s+(?:\w+ly\s+)?(?:avoid|can['’]?t\s+(?:stand|bear)|hate|dislike|skip|loathe|refuse\s+to\s+\w+|won['’]?t\s+\w+|never\s+\w+){_STOP}"),
    _sure("like", "+", rf"{_X}{_IS}the\s+(?:only|one|kind\s+of|sort\s+of)\s+\w+(?:\s+\w+)?\s+(?:that\s+)?i\s+(?:(?:really|truly|actually|ever)\s+)?(?:enjoy|love|like|adore|can['’]?t\s+live\s+without){_STOP}"),
    _sure("dislike", "-", rf"{_OPINION}{_NOT_FIRST}(?P<s>\w[\w\s'’&/-]{{1,60}}?)\s+(?:is|are)\s+{_VERY}{_INTENS}(?:{_BAD}|trash|rubbish|garbage|crap|junk|a\s+(?:\w+\s+)?waste\s+of\s+\w+|nonsense|a\s+scam|a\s+disgrace|the\s+worst|awful|terrible){_STOP}"),
    _sure("like", "+", rf"{_OPINION}(?![^,.!?]*\b(?:not|never|hardly|n['’]t|if|would|could)\b){_NOT_FIRST}(?P<s>\w[\w\s'’&/-]{{1,60}}?)\s+(?:is|are)\s+{_VERY}(?!more\b|better\b|easier\b|far\b|useful|practical|helpful|interesting\b){_INTENS}(?:{_GOOD}|the\s+best|heavenly|perfect|underrated){_STOP}"),
    _sure("like", "+", rf"{_UNDENIED}{_X[1:]}{_IS}{_VERY}(?:{LIKED_IS}){_STOP}"),
    _sure("like", "+", rf"{_UNDENIED}{_X[1:]}(?:tends?\s+to\s+|can\s+)?{_VERY}(?:{LIKED_DOES}){_STOP}"),
)  # fmt: skip
