"""English first-person clauses that hold only for the moment, or state nothing: data for `temporary_clauses`."""

from penchant.agent.statements.wordings import TemporaryClause, TemporaryClauses, joined

#: How young somebody was.
_CHILD = r"(?:(?:only|just|about)\s+)?(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|(?:an?\s+)?(?:\w+\s+)?(?:child|kid|boy|girl|toddler|teenager|schoolboy|schoolgirl)|(?:\w+\s+)?(?:little|small|younger|young))(?:\s+years?\s+old)?"

#: At the start of a sentence.
AT_START: tuple[TemporaryClause, ...] = (
    TemporaryClause(
        "no preference",
        "Either is fine with me",
        r"(?:either|both|any|neither|whichever|whatever|anything|all)(?:\s+(?:one|ones|option|options|way|day|time|of\s+\w+|you\s+\w+))*"
        r"\s+(?:is|are|will\s+be|would\s+be|works?|will\s+do|would\s+(?:do|work)|suits?)\s*(?:(?:totally|perfectly|absolutely|just|completely)\s+)*(?:fine|ok|okay|good|great|me|for\s+me|by\s+me)\b"
        r"(?![^.!?]*\b(?:as\s+long\s+as|so\s+long\s+as|but|except|provided|if|unless)\b)",
    ),
    TemporaryClause(
        "a childhood taste",
        "When I was five I hated spinach",
        rf"(?:when|while|as)\s+i\s+was\s+{_CHILD},?\s+i\s+(?:(?:used\s+to|always|really|absolutely|just)\s+)*(?:hated?|loved?|liked?|adored?|disliked?|enjoyed?|loathed?|preferred|couldn['’]t\s+(?:stand|bear)|never\s+(?:liked|ate))\b"
        r"(?![^.!?]*(?:\b(?:still|now|ever\s+since|to\s+this\s+day|these\s+days|today)\b|(?:[,;]|\s(?:and|but|so))\s+i\b))",
    ),
    TemporaryClause(
        "something to leave out of the answer",
        "No emojis please",
        r"(?:please\s+)?(?:no|without|avoid)\s+(?:emojis?|bullet\s*points?|jargon|markdown|headings?|headlines?|tables?|preamble|introductions?|explanations?|fluff|filler|links|adjectives|adverbs|citations?|disclaimers?|hashtags)\b"
        r"(?![^.!?]*\b(?:always|every|ever|from\s+now|in\s+(?:the\s+)?future|when\s+(?:i|you)|(?:with|to)\s+me|in\s+(?:any\s+of\s+)?your\s+(?:(?!last\b)\w+\s+)?(?:repl(?:y|ies)|answers?|responses?|messages?))\b)[^.!?]*",
    ),
    TemporaryClause(
        "a practice at the writer's workplace",
        "In our office we only use Macs",
        r"(?:in|at)\s+(?:our|my|the)\s+(?:\w+\s+)?(?:office|company|firm|team|department|lab|agency|organi[sz]ation|shop|store|school|class),?\s+we\b[^.!?]*",
    ),
    TemporaryClause(
        "the goal of the current task",
        "My goal is to get this script to run",
        r"my\s+(?:goal|aim|plan|task)\s+is\s+to\s+(?:\w+\s+){1,3}?(?:this|these|the\s+(?:file|script|code|page|mail|email|report|data))\s+(?!year|month|summer|winter|spring|autumn)\w",
    ),
    TemporaryClause(
        "the form of the answer",
        "Answer in short sentences and never use bullet points",
        r"(?:please\s+)?(?:answer|respond|reply|write|explain|format|summari[sz]e)\s+(?!me\b|to\s+me\b)(?:\w+\s+){0,2}?(?:in|with|using|only|yes|as|like)\s"
        r"(?![^.!?]*\b(?:always|every|whenever|from\s+now|in\s+(?:the\s+)?future|going\s+forward|when\s+(?:i|you)|(?:with|to)\s+me)\b)[^.!?]*",
    ),
    TemporaryClause(
        "a user story of software development",
        "As a customer, I want filters so that I can find shoes",
        r"as\s+an?\s+[\w\s]{2,30},?\s+i\s+want\b.*\bso\s+(?:that|i\s+can)\b",
    ),
    TemporaryClause("an opinion of people", "I think people love a bargain", r"i\s+think\s+(?:people|everyone|we)\b"),
    TemporaryClause(
        "an action done once",
        "I tried the new bakery",
        r"i\s+(?:just\s+)?(?:tried|made|cooked|baked|ordered|used|wore|bought|read|watched)\s+(?:the|this|that|your"
        r"|it)\b(?!.*\b(?:hate|love|like|never|always|don['’]?t|every|each|daily|weekly|nightly|once|twice|mornings?"
        r"|evenings|weekends|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b)",
    ),
    TemporaryClause(
        "a slogan on a product",
        "I love cats mug",
        r"i\s+(?:love|hate|like|heart)\s+(?!.*\b(?:an?|my|the|your|this|that|these|those|every|any|our"
        r"|some)\b).*\b(?:t-?shirt|mug|hoodie|cap|poster|sticker|necklace|tote(?:\s+bag)?|keyring|magnet"
        r"|badge)(?:\s+size\s+\w+)?\s*$",
    ),
    TemporaryClause(
        "a current event with the writer's thing or animal",
        "My printer is broken",
        r"my\s+(?:\w+\s+){1,2}(?:is|are|keeps?|got|was|were|has\s+been|have\s+been)\s+(?:\w+\s+)?(?:cancell?ed|delayed|stolen|rejected|declined|postponed|rescheduled|overbooked|diverted|making|not\s+working|broken|frozen|crashing|overheating"
        r"|blinking|beeping|leaking|barking|crying|sleeping|coming|dead|stuck|asleep|hurting|aching|sore|swollen|killing\s+me|out(?=\s*(?:$|[.,!;])))\b",
    ),
    TemporaryClause(
        "a recurring fault of the writer's thing",
        "My phone keeps crashing",
        r"my\s+(?:\w+\s+){1,2}keeps?\s+\w+ing\b",
    ),
    TemporaryClause(
        "a place where the writer can be reached",
        "You can find me on the forum",
        r"you(?:['’]ll|\s+will|\s+can)\s+(?:find|see|reach|contact)\s+me\s+(?:on|at|in|under|via|by|here"
        r"|there)\b(?![^.!?]*\b(?:every|most|always|usually|often)\b)",
    ),
    TemporaryClause(
        "instructions for handling a thing",
        "Milk must be kept cold",
        r"(?!(?:my|our|i|we|all|every\w*|any\w*|whatever|food|hotels?|meals?|rooms?)\b)\w[\w'’-]*(?:\s+[\w'’-]+)?\s+(?:must|should|shall|has\s+to|have\s+to|needs?\s+to)\s+(?:not\s+|always\s+|never\s+)?be\s+(?:kept|eaten|worn|paid|\w{3,}ed)\b(?![^.!?]{0,60}\b(?:me|my|us|our)\b)",
    ),
    TemporaryClause(
        "a mood",
        "I'm so tired today",
        r"(?!give\s+me\b|any(?:thing|\s+\w+)\s+(?:by|from|about|with)\b)(?:[^,.]{0,30}?,?\s+(?:and|but)?\s*)?i(?:['’]?m|\s+am|\s+feel)\s+(?:so\s+|a\s+bit\s+|really\s+|very\s+|just\s+"
        r"|all\s+|pretty\s+|super\s+|kinda\s+)*(?:fine|good|well|ok|okay|tired|hungry|bored|sad|happy|busy|late|ready"
        r"|back|home|done|here|sorry|confused|stuck|cold|hot|sick|sleepy|thirsty|starving|freezing|lost|exhausted|curious|excited|great"
        r"|alright)(?:\s+(?:now|today|right\s+now|again|tonight|lol|haha|thanks))?(?:[,.]?\s*(?:how\s+are\s+you"
        r"|and\s+you|you|thanks|thank\s+you))?[\s.!?…]*$",
    ),
    TemporaryClause(
        "an opinion of an offer",
        "The salad sounds perfect",
        r"the\s+[\w'’-]+(?:\s+[\w'’-]+){0,3}?\s+(?:sounds?|looks?|seems?)\s+(?:\w+\s+){0,2}?(?:perfect|great|good|nice"
        r"|lovely|fine|delicious|best|ideal|tempting)\b",
    ),
    TemporaryClause(
        "an approval",
        "Looks good to me",
        r"(?:(?:it|that|this)(?:['’]s)?\s+)?(?:looks?|sounds?|seems?|works?|fine|good|great|ok(?:ay)?|perfect|all\s+good)\s+(?:\w+\s+)?"
        r"(?:by|for|to|with)\s+(?:me|us)\s*[.!]*$",
    ),
    TemporaryClause("a search", "gluten free cake near me", r"[\w\s'’&-]{3,50}\s(?:near|around|close\s+to)\s+me$"),
    TemporaryClause(
        "an opinion of the present thing",
        "The coat is too heavy for me",
        r"(?:the|this|that|these|those)\s+(?:\w+\s+){1,3}?(?:is|are|was|were)\s+(?:\w+\s+)?too\s+\w+\s+for\s+(?:me|us)\b"
        r"|(?:it|this|that)(?:['’]?s|\s+(?:is|was))\s+(?:(?:way|far|much|a\s+bit|just)\s+)?too\s+\w+\b",
    ),
)
#: Clauses in which the writer says "I" or "we".
OF_WRITER: tuple[TemporaryClause, ...] = (
    TemporaryClause(
        "a thing that the writer wants to get rid of",
        "I have a bike to sell",
        r"i\s+have\s+(?!(?:\w+\s+)?(?:decided|vowed|promised|sworn|learnt|learned|resolved)\b)[\w\s]{2,25}?\s+to\s+(?:trade|sell|recycle|donate|give\s+away|get\s+rid\s+of|ship|deliver|collect|pick\s+up|return|exchange|swap|merge|sort|fix|finish|write|send|submit"
        r"|review|translate)\b",
    ),
    TemporaryClause(
        "the food in the kitchen",
        "I have two eggs, what can I cook",
        r"i(?:['’]ve\s+got|\s+(?:only\s+)?have)\s+(?:only\s+)?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|some|leftover|a\s+few"
        r"|half)\s+[\w\s]{2,30}?,\s*(?:(?:what|how)\s+(?:can|could|should|do)\s+i\s+(?:bake|cook|make|do\s+with)\b|(?:\w+\s+)?(?:ideas?|recipes?|dinner|lunch|breakfast|anything|any\s+\w+)\s*\?)",
    ),
    TemporaryClause(
        "a loss",
        "I've lost my keys",
        r"(?:i|we)(?:['’]ve|\s+have)\s+(?:just\s+|recently\s+)?lost\s+(?:my|our|the)\s+(?:baby|keys?|wallet|phone"
        r"|password|receipt|card|way|luggage|tickets?|passport|bag|glasses|dog|cat)\b",
    ),
    TemporaryClause(
        "a sum in arithmetic",
        "I have 12 apples and eat 3, how many are left",
        r"(?:i|we)\s+(?:have|had|buy|bought|got|get|take|pick)\s+(?:\d+|two|three|four|five|six"
        r"|ten)\s[^?]{2,80}?\bhow\s+(?:many|much)\b",
    ),
    TemporaryClause(
        "the steps taken so far",
        "I've already contacted the shop",
        r"(?:i['’]ve|we['’]ve|(?:i|we)\s+have)\s+(?:already\s+|just\s+)?(?:been\s+(?:charged|(?:told"
        r"|asked)(?!\s+(?:by\s+(?:\w+\s+){1,3}?)?(?:(?:that\s+)?i\b|(?:not|never)\s+to|no\b|to\s+(?:avoid|cut|stay|keep"
        r"|limit|reduce|stop|quit|give|eat|drink|lose|watch|never|not|skip|take|follow)\b))|waiting|on\s+hold|trying(?!\s+to\s+(?:eat|drink|cut|quit|reduce|lose|learn|get\s+(?:fit|better|into)|save|stop|limit|use\s+less|spend\s+less|avoid|give\s+up|become|read\s+more|sleep|live)\b)"
        r"|billed|blocked|logged)|never\s+(?:used|tried|played)|(?:read|checked|restarted|tried|watched|seen|used"
        r"|contacted|emailed|called|paid|sent|ordered|received)\s+(?:the|this|that|your|it|everything|restarting|calling"
        r"|twice|(?-i:[A-Z]\w+\b))(?![^.!?,;]{0,60}\b(?:every|each|daily|weekly|since|times)\b))",
    ),
    TemporaryClause(
        "a complaint about a program",
        "I hate when Excel turns things into dates",
        r"i\s+(?:\w+\s+)?hate\s+(?:it\s+)?when\s+(?:excel|word|outlook|windows|chrome|google|python|git\w*|it|this|that|you|my\s+(?:computer|phone|laptop|mac|pc|printer|browser)|the\s+(?:app|page|site|build|code|program|browser|system))\b",
    ),
    TemporaryClause(
        "a thing just eaten, seen or bought",
        "I just had the best ramen of my life",
        r"(?:i|we)\s+just\s+(?:had|ate|finished|watched|read|saw|bought|made|cooked|ordered|booked)\b",
    ),
    TemporaryClause(
        "an action just done, or never done",
        "I've just watched Dune",
        r"(?:i|we)(?:['’]ve|\s+have)\s+(?:just\s+(?:had|eaten|finished|watched|read|seen|come|left|landed|arrived|got\s+(?:back|home|here|in|up|off|to|my|the)|gotten|woken|woke|parked|boarded|checked\s+(?:in|out)|sat|dropped|spilled|spilt|broken|realised|realized|noticed|heard|missed|run|sent|paid|ordered|booked|been\s+(?:to|told|given|charged))"
        r"|never\s+(?:seen(?!\s+the)|been\s+to|met|heard\s+of|visited))\b",
    ),
    TemporaryClause(
        "a wish about the assistant's action",
        "I would prefer it if you called",
        r"i(?:['’]d|\s+would)\s+(?:really\s+)?(?:love|like|appreciate)\s+(?:it\s+)?if\s+(?:we|you)\b(?!\s+(?:\w+\s+)?(?:avoid|never|don['’]?t|didn['’]?t|not|leave|left|stop)\w*\b)"
        r"|i\s+(?:would\s+)?prefer\s+(?:that\s+|if\s+)?(?:we|you|it)\b(?!\s+when\s+(?!you\b))(?!\s+(?:if\s+you\s+)?(?:avoid|never|don['’]?t"
        r"|didn['’]?t|did\s+not|do\s+not|not|leave|left|stop)\b)",
    ),
    TemporaryClause(
        "the writer's current place",
        "I'm currently in Berlin",
        r"i(?:['’]?m|\s+am)\s+(?:currently|now|just)\s+in\s+(?-i:[A-Z][a-z])",
    ),
    TemporaryClause(
        "the writer's current spot",
        "I'm at the station",
        r"i['’]?m\s+at\s+(?:the\s|\w+\s+\d|work\b|home\s+(?:now|today|alone|sick)\b|(?-i:[A-Z][a-z]))",
    ),
    TemporaryClause("the writer's organisation", "I'm Anna from accounts", r"i['’]?m\s+(?-i:[A-Z][a-z]+)\s+from\s"),
    TemporaryClause(
        "something that is used up",
        "I've run out of coffee",
        r"(?:i|we)(?:['’]ve|\s+have)\s+(?:just\s+|completely\s+|nearly\s+)?run\s+out\s+of\s+(?!(?:patience|time\s+for|love)\b)",
    ),
    TemporaryClause(
        "a confusion of two things",
        "I always get these two mixed up",
        r"(?:i|we)\s+(?:\w+\s+)?(?:get|mix|confuse)\s+(?:these|those|them|the\s+two)\b",
    ),
    TemporaryClause(
        "the first half of a correction",
        "I'm not just tired, I'm hungry",
        r"(?:i['’]?m|i\s+am)\s+not\s+(?:just|only|merely|simply)\s+[^,;.!?]{3,40}[,;]\s+(?:but\s+)?(?=i\b)",
    ),
    TemporaryClause(
        "an application to become something",
        "I'd like to become a member",
        r"(?:i|we)(?:['’]d|\s+would)\s+(?:like|love)\s+to\s+(?:become|be)\s+(?:an?\s+)?(?:\w+\s+)?(?:members?|subscribers?|customers?|sellers?|resellers?|affiliates?)\b",
    ),
    TemporaryClause(
        "an action done once with somebody",
        "My sister and I parted ways at the station",
        r"i\s+(?<=and\s[iI]\s)(?:parted|met|argued|fought|fell\s+out|spoke|talked|laughed|chatted|waited|arrived)\b[^.!?]{0,20}\b(?:at|in|on|about|over|outside|yesterday|last|earlier|today)\b",
    ),
    TemporaryClause(
        "a reminder",
        "I call my aunt on Saturday, remind me",
        r"(?:i|we)\s(?![^.!?]{0,60}\b(?:every|each|always|usually)\b)[^.!?;,]{3,60}[,;–-]\s*(?:and\s+|so\s+)?(?:please\s+|can\s+you\s+|could\s+you\s+)?(?:remind|wake)\s+me\b",
    ),
    TemporaryClause(
        "a current feeling",
        "I'm gutted",
        r"(?:i['’]?m|i\s+am|we['’]?re|we\s+are)\s+(?:(?:so|a\s+bit|really|very|just|absolutely|totally|completely|pretty|utterly|quite|rather|well|proper)\s+)*"
        r"(?:all\s+(?:ears|set|yours|done|good|in\b)|over\s+the\s+moon|on\s+cloud\s+nine|gutted|chuffed|freezing|boiling|starving|famished|parched|knackered|shattered|wrecked|exhausted|buzzing|stoked|livid|fuming|speechless|heartbroken|devastated|thrilled|delighted|relieved|soaked|drenched|hungover|dying)"
        r"(?!\s+(?:by|of|with|for|to|about|whenever|when|every|each|in\s+(?:summer|winter)|all\s+(?:day|winter|summer|year))\b)\b",
    ),
    TemporaryClause(
        "a former belief",
        "I always thought whales were fish",
        r"i\s+(?:always|once|used\s+to|had)\s+(?:thought|think|believed?|assumed?|wondered|wanted\s+to\s+(?:ask|know))\b"
        r"|(?:i|we)\s+(?:\w+\s+)?like\s+to\s+(?:think|believe|imagine|pretend|suppose)\s+(?:that\s|so\b|(?:of\s+)?(?:i|we|you|he|she|it|they|my|our|me|us|myself|ourselves)\b|(?:i|we|it|they|you)['’])",
    ),
    TemporaryClause(
        "a correction of a word",
        "I meant the other one",
        r"i\s+meant\b|(?:i|we)(?:['’]ve|\s+have)?\s+changed\s+(?:my|our)\s+mind\b",
    ),
    TemporaryClause("an appetite", "I feel like soup", r"(?:i|we)\s+(?:suddenly\s+|kinda\s+|just\s+)?feel\s+like\s"),
    TemporaryClause("a craving", "I'm craving salt", r"(?:i['’]?m|i\s+am|we['’]re)\s+(?:\w+\s+)?craving\b"),
    TemporaryClause(
        "a thing that the writer looks for",
        "I'm after a used bike",
        r"(?:i['’]?m|i\s+am|we['’]re|we\s+are)\s+(?:after|hunting\s+for|shopping\s+for|on\s+the\s+lookout\s+for"
        r"|in\s+the\s+market\s+for)\s+(?:an?|some|new|used|cheap)\b",
    ),
    TemporaryClause(
        "trouble with a page",
        "I keep getting an error",
        r"(?:i|we)\s+(?:always|usually|often|still|keep|have\s+to)\s+(?:\w+\s+){0,2}?(?:log(?:ging)?\s+(?:in|back)|click"
        r"|refresh|reload|retype|re-?enter|(?:get(?:ting)?|see(?:ing)?)\s+(?:an?|the|this)\s+(?:\w+\s+)?(?:error|warning|message|spinner|popup|prompt|blank)"
        r"|getting\s+(?:logged|kicked|signed|disconnected|redirected|timed|locked)\s)|(?:i|we)\s+(?:get|see)\s+(?:an?|the|this)\s+(?:\w+\s+){0,2}?(?:error|warning|spinner|popup|prompt|blank\s+(?:page|screen))\b",
    ),
    TemporaryClause(
        "a denial of knowledge",
        "I never said I like golf",
        r"(?:i|we)\s+(?:never|didn['’]?t|did\s+not|don['’]?t|do\s+not)\s+(?:say|said|claim(?:ed)?|mean|meant"
        r"|know\s+(?:if|whether|what|where|how|why|the|my)|think(?!\s+(?:very\s+)?(?:much|highly)\s+of)"
        r"|believe\s+(?:that|you|it|this)|remember|recall|understand|care\s+(?:if|whether|what)|see\s+(?:why|how))\b",
    ),
    TemporaryClause(
        "an undecided choice",
        "I can't decide whether I prefer Rome or Florence",
        r"(?:i|we)\s+(?:\w+\s+)?(?:can['’]?t|cannot|couldn['’]?t)\s+(?:decide|choose|tell|say|figure\s+out|make\s+up\s+(?:my|our)\s+minds?)\s+(?:if|whether|between|which|what)\b[^.!?]*",
    ),
    TemporaryClause(
        "a habit that fails this time",
        "I usually pay by card but it's declined",
        r"(?:i|we)\s+(?:always|usually|normally|often)\s+[^.!?]{3,60}?(?:,|\s+but|\s+and)\s+[^.!?]*\b(?:declined|rejected|gr[ea]yed\s+out|not\s+working|stopped\s+working|failing|failed|refused|unavailable|missing|(?:doesn['’]?t|won['’]?t|can['’]?t|isn['’]?t)\s+(?:work|load|open|show|appear|connect|go\s+through|working|loading|showing))\b",
    ),
    TemporaryClause(
        "a doubt",
        "I'm not sure I like it",
        r"(?:i['’]m|i\s+am)\s+not\s+(?:sure|certain|saying|asking|convinced)\b",
    ),
    TemporaryClause(
        "a possibility",
        "I might try golf",
        r"(?<!where\s)(?<!that\s)(?<!which\s)(?<!thing\s)(?:i|we)\s+(?:might|may|could\s+(?:try|be|use|go|have)|guess\s+\w|wonder|doubt|refuse\s+to\s+believe|bet"
        r"|suppose)\b",
    ),
    TemporaryClause(
        "a request to the assistant",
        "I need ideas for a birthday party",
        r"(?:i|we)(?:['’]d\s+(?:like|love|appreciate|welcome)|\s+(?:(?:just|really|only|also|still|would)\s+)?(?:need|want|like|love|appreciate|welcome))\s+"
        r"(?:(?:some|a|an|any|your|more|a\s+few|\d+|two|three|four|five|six|ten|good|new|quick|short|simple|brief|nice|fresh|detailed|easy)\s+){0,4}"
        r"(?:ideas?|tips?|advice|suggestions?|recommendations?|help|hints?|inspiration|examples?|summary|outline|overview|list|draft"
        r"|template|translation|recipes?|itinerary|synonyms?|explanation|caption|slogan|presents?|gifts?|titles?|picture|photo|image|directions|quote|refund|replacement|receipt|copy|lift|taxi|guide|comparison|worksheet|checklist|cover\s+letter)\b"
        r"(?![^.!?]*\b(?:always|every|whenever|wherever|only|each)\b)",
    ),
    TemporaryClause(
        "a current activity",
        "I'm trying to choose a name for my kitten",
        r"(?:i['’]?m|i\s+am|we['’]?re|we\s+are)\s+(?:\w+\s+)?trying\s+to\s+(?:learn\s+(?:why|what|whether|if|how\s+(?:this|the|that))\b|choose|pick|decide|fix|log|install|open|understand|figure|book"
        r"|order|return|connect|download|upload|send|reach|set\s+up|remember|solve|debug|convert|calculate"
        r"|get\s+(?:a\s+refund|in\s+touch|hold|through|this|it\b|my(?!\s+(?:\w+\s+){0,2}?(?:cholesterol|weight|sleep|licen[cs]e|degree|blood\s+pressure|finances|life|diet|fitness|spanish|french|german|english)\b))|find\s+(?:a|an|the|my|out)\b|write\s+(?:this|the|an?\s+(?:e-?mail|essay|letter|report)))\b",
    ),
    TemporaryClause(
        "a wish for handling the present thing",
        "I'd prefer to pick it up in store",
        r"(?:i|we)(?:['’]d|\s+would)\s+(?:prefer\s+to|rather|like\s+to|love\s+to|sooner)\s+(?:not\s+)?\w+\s+(?:(?:up|out|off|in)\s+)?"
        r"(?:it|this|that|them|my\s+(?:phone|e-?mail|address|number|name|details|card))\b",
    ),
    TemporaryClause(
        "a plan that was considered",
        "I thought about getting a dog",
        r"(?:i|we)\s+(?:\w+\s+)?(?:thought\s+(?:about|of)|considered|(?:was|were)\s+(?:just\s+)?thinking\s+(?:about|of))\s+(?:an?\b|the\b|\w+ing\b|some)",
    ),
    TemporaryClause(
        "an opinion of one occasion",
        "I didn't like the breakfast",
        r"(?:i|we)\s+(?:(?:really|just|also)\s+)?(?:(?:didn['’]?t|did\s+not)\s+(?:really\s+|much\s+)?(?:like|enjoy|love|care\s+for)|liked|loved|enjoyed|hated"
        r"|disliked)\s+(?:the|this|that|your)\s+(?:\w+\s+)?(?:breakfast|lunch|dinner|food|meal|dish|soup|room|view|service|staff|film|movie|book|episode"
        r"|series|ending|plot|hotel|place|party|trip|tour|concert|show|game|performance|talk|gift|present|colou?r|taste|smell|sequel|finale)\b",
    ),
    TemporaryClause(
        "an attachment",
        "I've attached a photo",
        r"(?:i|we)(?:['’]ve|\s+have)?\s+(?:just\s+|already\s+)?(?:attached|uploaded|pasted|enclosed|forwarded)\b",
    ),
    TemporaryClause(
        "a courtesy",
        "I hate to bother you",
        r"i\s+(?:really\s+)?(?:hate|don['’]?t\s+(?:want|like|mean))\s+(?:to\s+(?:be|bother|ask|complain|nag|interrupt|say|admit|break|sound|bring)|being)"
        r"\s+(?:an?\s+)?(?:bother|pain|nuisance|you|this|it|rude|that\s+guy|annoying|difficult|pushy)\b",
    ),
    TemporaryClause(
        "something that never arrived",
        "I never heard back",
        r"(?:i|we)\s+never\s+(?:heard|received|got(?!\s+(?:the\s+(?:appeal|point|hype|attraction|charm)|into|on\s+with|along|used)))\b",
    ),
    TemporaryClause(
        "a complaint",
        "I've never been so disappointed",
        r"(?:i|we)(?:['’]ve|\s+have)\s+never\s+been\s+(?:so|this|more|as)\b",
    ),
    TemporaryClause(
        "a current task",
        "I'm comparing two bikes",
        r"(?:i['’]?m|i\s+am|we['’]?re|we\s+are)\s+(?:(?:just|currently|still|now|already)\s+)?(?:comparing|checking|calling|waiting|standing|sitting|leaving|choosing"
        r"|wondering|asking|testing|editing|reviewing|translating|packing|hosting|ordering|returning|designing|drafting|filling|updating|installing|debugging"
        r"|heading|arranging|throwing|helping\s+(?:my|a)|reading\s+(?:(?:the|this|your)\b|(?-i:[A-Z]))|writing\s+(?:an?\s+(?!book|novel|memoir)|the\s|this\s|to\s)"
        r"|making\s+(?:an?|the)\s|preparing\s+(?:an?|the|dinner|lunch)\s|staying\s+(?:at|in|with|near)\s|flying\s+to\s|driving\s+to\s)",
    ),
    TemporaryClause(
        "praise or blame of the assistant",
        "I love how quick you are",
        r"(?:i|we)\s+(?:\w+\s+)?(?:love|like|hate|appreciate|dislike)\s+(?:how|the\s+way)\s+[^.!?,]{0,20}?\b(?:you|you['’]\w+|this|that)\b",
    ),
    TemporaryClause(
        "a feeling about one thing",
        "I'm nervous about tomorrow's interview",
        r"(?:i['’]?m|i\s+am|we['’]?re)\s+(?:\w+\s+)?(?:nervous|worried|excited|anxious|annoyed|angry|sad|happy|stressed|sorry)\s+(?:about|with|at|for|that)\s+"
        r"(?:the|this|that|my|our|your|tomorrow|tonight|today|next|how)\b",
    ),
    TemporaryClause(
        "the writer's current spot in a building",
        "I'm on platform four",
        r"(?:i['’]?m|i\s+am|we['’]?re)\s+(?:(?:now|still|already)\s+)?(?:(?:on|in)\s+(?:platform|gate|row|seat|line|queue|bus|train|room)\b"
        r"|(?:on|in)\s+(?:the|a)\s+(?:\w+\s+)?(?:queue|line|train|bus|plane|car|taxi|lobby|room|shop|store|office|kitchen|bath|bathroom|hospital|airport|station|meeting"
        r"|gym|library|park|supermarket|cinema|mood|hurry)\b)",
    ),
    TemporaryClause(
        "a place for a while",
        "I'm in Zurich at the moment",
        r"(?:i['’]?m|i\s+am|we['’]?re|we\s+are)\s+(?:back\s+|over\s+)?in\s+(?-i:[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?)"
        r"(?<!peace)(?<!Club)(?<!Party)(?<!Union)(?<!Scouts)(?<!Army)(?<!Navy)(?<!Mensa)(?:[,.!]*$|[,;]|\s+(?:until|till|for|from|on|this|next|today|tonight|tomorrow|now|right\s+now|at\s+the\s+moment|with|and|to\s+(?:see|visit))\b)",
    ),
)
#: Anywhere in a sentence.
ANYWHERE: tuple[TemporaryClause, ...] = (
    TemporaryClause(
        "a temporary possession",
        "I have a voucher",
        r"\b(?:(?:i|we)(?:['’]ve\s+got|\s+have(?:\s+got)?|\s+got)|(?:and|but)\s+have)\s+(?:an?|my|some|another|two|three"
        r"|\d+)\s+(?:\w+\s+)?(?:voucher|coupon|discount(?:\s+code)?|gift\s+card|promo\s+code|receipt|appointment|date"
        r"|meeting|exam|test|quiz|interview|deadline|flight|question|problem|issue|bug|error|draft|suggestion|complaint"
        r"|request|reservation|booking|minutes?|hours?)s?\b(?!\s+(?:allerg|intoleran|sensitiv|phobia|anxiety|disorder"
        r"|aversion|syrup))",
    ),
    TemporaryClause("standing up", "I can't stand up", r"\bcan['’]?t\s+stand\s+(?:up|on|straight)\b"),
    TemporaryClause(
        "an absence of trouble", "I have no trouble with the app", r"\bhave\s+no\s+(?:trouble|problems?|issues?)\b"
    ),
    TemporaryClause(
        "the remainder in arithmetic",
        "How many apples are left",
        r"\bhow\s+(?:many|much)\b[^?]{0,80}?\b(?:left|remain\w*|total|altogether)\b",
    ),
    TemporaryClause(
        "a complaint",
        "I'm not happy with the delivery",
        r"\bnot\s+(?:at\s+all\s+|very\s+|really\s+)?(?:happy|satisfied|impressed)\s+with\s+(?:the|your|this|my\s+order)\b",
    ),
    TemporaryClause("an experiment", "As an experiment I eat at six", r"\bas\s+an\s+experiment\b"),
    TemporaryClause("a short illness", "I've been coughing", r"\bbeen\s+(?:sick|ill|coughing|sneezing|stuck|busy)\b"),
    TemporaryClause(
        "an opinion of several offers",
        "The others don't work for me",
        r"\bthe\s+(?:others?|rest|(?:first|second|third|fourth|last|other|previous)(?:\s+(?:ones?|two|three|options?"
        r"|suggestion|version|place|hotel))?)\s+(?:\w+\s+)?(?:sounds?|looks?|seems?|works?|don['’]?t|doesn['’]?t"
        r"|do(?:es)?\s+not|is|are|isn['’]?t|aren['’]?t|won['’]?t|would)\b",
    ),
)
ENGLISH = TemporaryClauses(joined(AT_START), joined(OF_WRITER, r"\b(?=[iw])"), joined(ANYWHERE))
