"""English wordings of what people must not or will not have, and of facts about them: data for `patterns_en`.

The former are tried before all other patterns, the latter after them.
"""

from penchant.agent.statements.wordings import ADJ, AM, CANT, DONT, HAVE, I, Pattern, V, signed_pattern

#: Goes on after "given up": what is given up, not an own piece of work or a thing at hand ("on my novel", "on the website").
_UP_ON = r"(?:\s+on(?!\s+(?:my|our|the|this|that|these|those|it|him|her|them|you|us|\w+ing\s+to)\b))?(?!\s+on\b)"
#: Attempts, which end once and say nothing of the thing: "stopped trying to log in".
_ATTEMPT = r"(?:trying|waiting|looking|hoping|planning|asking|searching)\b"

AVOIDED: tuple[Pattern, ...] = (
    # allergies and intolerances
    signed_pattern("avoid", "-", rf"{AM}{V}(?:allergic|intolerant|hypersensitive)\s+to\s+"),
    signed_pattern(
        "avoid", "-", rf"{AM}{V}(?P<s>(?:lactose|gluten|dairy|fructose|histamine|egg|soy|wheat|nut)[\s-]intolerant)\b"
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{HAVE}{V}(?:a\s+|an\s+)?{ADJ}(?:allergy|intolerance|aversion|hypersensitivity|reaction)\s+to\s+",
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{HAVE}{V}(?:a\s+|an\s+)?(?:(?:severe|bad|serious|mild|strong|terrible|life-threatening|nasty|known|slight|deadly|lifelong|very|really|pretty|extremely|horrible)\s+){{0,5}}(?P<s>[\w-]+(?:\s+[\w-]+)?\s+(?:allergy|allergies|intolerance|sensitivity))\b",
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{HAVE}{V}(?:a\s+|an\s+)?(?:(?:severe|bad|serious|mild|multiple|several|food|various)\s+){{0,5}}(?P<s>(?:c(?:o)?eliac(?:\s+disease)?|food\s+allergies|allergies))\b(?:\s+to\s+(?P<t>.*))?",
    ),
    signed_pattern(
        "avoid",
        "-",
        r"\b(?P<s>[\w][\w\s,'’-]{1,50}?)\s+(?:makes?|make)\s+me\s+(?:break\s+out|sick|ill|gag|nauseous|throw\s+up|itch|swell|sneeze|bloated|queasy|dizzy|retch)\b",
    ),
    signed_pattern(
        "avoid",
        "-",
        r"\bmy\s+(?:body|stomach|gut|skin|system|digestion|back|religion|faith|doctor)\s+(?:just\s+|really\s+)?(?:can['’]?t|cannot|doesn['’]?t|does\s+not|won['’]?t)\s+(?:handle|tolerate|take|digest|allow|permit|like|let\s+me\s+(?:eat|have|drink)|agree\s+with|process|cope\s+with)\s+",
    ),
    signed_pattern(
        "avoid",
        "-",
        r"\bmy\s+(?:doctor|dentist|dietitian|gp|physio\w*|therapist)\s+(?:has\s+)?(?:told|advised|asked|warned|ordered)\s+me\s+(?:to\s+(?:avoid|cut\s+out|stay\s+(?:off|away\s+from)|stop|give\s+up|limit|reduce|stop\s+eating)|not\s+to\s+(?:eat|have|drink)?|off)\s*",
    ),
    signed_pattern(
        "dislike",
        "-",
        r"^(?P<s>[\w][\w\s,'’-]{1,60}?)\s+(?:just\s+|really\s+|always\s+|simply\s+)?(?:does\s+not|doesn['’]?t|do\s+not|don['’]?t|never)\s+(?:\w+\s+)?(?:agree\s+with|appeal\s+to|sit\s+well\s+with|suit|work\s+for|interest|excite|do\s+it\s+for|speak\s+to)\s+(?:me|us|my)\b",
    ),
    # a diet
    signed_pattern(
        "require",
        "+",
        rf"{I}{V}(?:follow|keep\s+to|stick\s+to|maintain|adhere\s+to|observe|eat|live\s+on|stay\s+on|have|am\s+on|practi[sc]e)\s+(?:a\s+|an\s+|my\s+|to\s+a\s+)?(?:(?:very|strict|strictly|fully|mostly)\s+){{0,5}}(?P<s>[\w-]+(?:[\s-][\w-]+){{0,2}}\s+(?:diet|lifestyle|way\s+of\s+eating))\b",
    ),
    signed_pattern(
        "require",
        "+",
        rf"{AM}{V}on\s+(?:a\s+|an\s+|the\s+)?(?:(?:very|strict|strictly)\s+){{0,5}}(?P<s>[\w-]+(?:[\s-][\w-]+){{0,2}}\s+diet)\b",
    ),
    signed_pattern("require", "+", r"\bmy\s+diet\s+is\s+(?:strictly\s+|completely\s+|fully\s+|entirely\s+|mostly\s+)?"),
    signed_pattern(
        "require",
        "+",
        rf"{I}{V}(?:keep|eat|observe)\s+(?:strictly\s+|strict\s+|only\s+)?(?P<s>kosher|halal|plant-based|vegan|vegetarian|gluten-free|sugar-free|keto|paleo|low-carb)\b",
    ),
    signed_pattern(
        "fact",
        "+",
        rf"(?:{AM}|{HAVE}been\s+){V}(?:a\s+|an\s+)?(?:(?:lifelong|committed|devoted|proud|dedicated|fairly|new|recent|former\s+meat-eater\s+turned)\s+){{0,5}}(?P<s>(?:(?:strict|practi[sc]ing|observant|ethical|devout|orthodox|raw)\s+)?(?:vegans?|vegetarians?|pescatarians?|pescetarian|flexitarians?|muslim|jewish|jew|hindu|buddhist|christian|catholic|sikh|jain|celiac|coeliac|teetotal(?:er|ler)?|halal|kosher|keto|paleo|gluten-free|dairy-free|sugar-free|plant-based))\b",
    ),
    # refused
    signed_pattern(
        "require",
        "+",
        rf"{I}(?:won['’]?t|will\s+not|can['’]?t|never|don['’]?t)\s+(?:buy|take|get|book|use|eat|rent)\s+[\w\s]{{1,20}}?\s+without\s+",
    ),
    signed_pattern(
        "dislike", "-", rf"{I}{V}(?:would\s+)?prefer\s+(?:not|never)\s+to\s+(?:(?:be|attend|visit|go\s+to)\s+(?=\w))?"
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"{I}{V}(?:would\s+)?prefer\s+to\s+(?:avoid|stay\s+away\s+from|steer\s+clear\s+of|skip|not|stay\s+clear\s+of|keep\s+away\s+from|do\s+without|limit|minimi[sz]e)\s+",
    ),
    signed_pattern(
        "dislike",
        "-",
        r"\b(?:i['’]d|i\s+would|we['’]d|we\s+would)\s+(?:much\s+|far\s+)?(?:rather|sooner|prefer)\s+(?:not|to\s+not|not\s+to)\s+(?:(?:be|see|hear|get|have|watch|eat|be\s+shown)\s+(?=\w))?",
    ),
    signed_pattern(
        "dislike",
        "-",
        r"\b(?:i['’]d|i\s+would|we['’]d)\s+(?:like|prefer|rather|love)\s+(?:to\s+)?(?:avoid|stay\s+away\s+from|steer\s+clear\s+of|skip|cut\s+out|keep\s+away\s+from)\s+",
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{I}{V}(?:to\s+)?(?:avoid|shun|boycott|steer\s+(?:well\s+)?clear\s+of|stay\s+(?:well\s+|far\s+)?(?:away|clear|off)\s+(?:from|of)?|stay\s+off|keep\s+(?:well\s+|far\s+)?(?:away|clear)\s+(?:from|of)|keep\s+off|shy\s+away\s+from|refrain\s+from|abstain\s+from|refuse\s+to|refuse|reject|decline|skip(?!\s+(?:to|ahead|straight|over)\b)|limit|pass\s+on|opt\s+out\s+of|give\s+(?P<g>[\w\s'’-]{{2,40}}?)\s+a\s+wide\s+berth|run\s+from|hide\s+from|back\s+away\s+from|do\s+without|minimi[sz]e|restrict|ban)\s+(?:eating\s+|buying\s+|using\s+)?",
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{AM}{V}(?:trying\s+(?:hard\s+)?to\s+)?(?:avoid(?:ing)?|cut(?:ting)?\s+(?:back|down)\s+on|cut(?:ting)?\s+out|stay(?:ing)?\s+(?:away\s+from|off|clear\s+of)|steering\s+clear\s+of|giving\s+up|quitting|boycotting|off|against|opposed\s+to|trying\s+not\s+to|not\s+allowed\s+to\s+(?:eat|have|drink)|not\s+supposed\s+to\s+(?:eat|have|drink)|forbidden\s+(?:to\s+eat|from)|done\s+with)\s+",
    ),
    signed_pattern("avoid", "-", r"\b(?:i['’]m|i\s+am|we['’]re)\s+cutting\s+(?P<s>[\w\s'’-]{2,40}?)\s+out\s+of\b"),
    signed_pattern(
        "avoid",
        "-",
        rf"{HAVE}{V}(?:stopped\s+(?:eating|drinking|using|buying|watching|going\s+to)?|given\s+up{_UP_ON}|cut\s+out|quit|sworn\s+off|cut\s+back\s+on|cut\s+down\s+on|gone\s+off|decided\s+(?:not|never)\s+to|decided\s+against|eliminated|ditched)(?!\s*{_ATTEMPT})\s*",
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{I}{V}(?:gave\s+up{_UP_ON}|swore\s+off|quit|stopped\s+(?:eating|drinking|using|buying|watching|going\s+to|smoking|wearing)|cut\s+out)\s+(?!{_ATTEMPT})",
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{I}{V}(?:only\s+)?(?:{DONT}|{CANT}|won['’]?t|will\s+not|will\s+never|must\s+not|may\s+not|do\s+not\s+ever|hardly\s+ever|rarely|seldom|no\s+longer|am\s+not\s+allowed\s+to|would\s+never|would\s+not|wouldn['’]?t|shouldn['’]?t)\s+{V}(?:ever\s+|really\s+|even\s+)?(?:want\s+to\s+)?(?:eat|drink|have\s+any|have\s+anything\s+with|consume|touch|smoke|wear|buy|use|watch|read|visit|go\s+near|go\s+to|go\s+on|go\s+for|shop\s+at|shop\s+in|order|cook\s+with|ingest|digest|pay\s+for|choose|pick|play|listen\s+to|attend|participate\s+in|take\s+part\s+in|stay\s+in|stay\s+at|fly|travel\s+by|take|support|accept|allow|consider|purchase|recommend|do\s+business\s+with|keep|put|add|rent|work\s+on|work\s+(?=(?:weekends|nights|late)\b)|handle|cope\s+with|deal\s+with|process|take\s+in|do|gamble|swear|eat\s+out)\s+(?:any\s+)?",
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{I}{V}(?:{DONT}|won['’]?t|will\s+not|will\s+never|do\s+not\s+ever|don['’]?t\s+ever|hardly\s+ever|rarely|seldom|no\s+longer|would\s+never|would\s+not|wouldn['’]?t)\s+{V}(?:ever\s+)?(?![^.!?,]*\bwithout\b)(?=(?:book|fly\s+with|lend|borrow|answer|share|sign|check|date|invest|give|donate|post|upload|lease|hire|mix|subscribe|tip|haggle|iron|bleach|microwave|fry|set\s+foot|step\s+(?:in|into|on)|work\s+(?:for|with|past|after)|discuss|talk\s+about|bet|swim|ski|camp|dance|sing|hitchhike|download|pay|adopt|sleep|walk|ride|travel|shop|argue|vote|plan|leave|let|bring|carry|store|hunt|fish|dine|text|call|marry|gamble)\s)(?!(?:give\s+(?:a|up|me|in)|let\s+(?:me|it|you|the)|leave\s+(?:me|it|the)|call\s+(?:it|me)|pay\s+(?:attention|for\s+it)|bring\s+it|share\s+(?:your|the)|answer\s+(?:the|my|this|your)|plan\s+to|work\s+with\s+(?:this|my|the)|check\s+the|sleep\s+(?:well|at\s+all|enough))\b)",
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{I}(?:(?:would|will|do)\s+)?never\s+(?:ever\s+)?(?![^.!?,]*\bwithout\b)(?=(?!(?:know|remember|understand|get|have|see|saw|said|say|think|thought|hear|heard|got|win|won|seem|feel|felt|reali[sz]e|find|found|manage|receive|need|can|could|want|like|enjoy|love|been|be|was|had|did|made|went|came|knew|told|asked|meant|mean|expect|imagine|really|tire|stop|fail|learnt?|tried|finish|succeed|lose|lost|miss|forget|forgot|regret|mind|hesitate|complain|believe|doubt|gave|took|bought|left|ran|began|pass|turn|skip|refuse|care|trust|met|read\s+that|\w{{3,}}ed)\b)[a-z]+\s)(?:(?:eat|drink|use|buy|wear|touch|watch|read|play|smoke)\s+(?:any\s+)?)?",
    ),
    signed_pattern("avoid", "-", r"\b(?:i['’]d|we['’]d)\s+(?:never|not\s+ever)\s+"),
    signed_pattern("avoid", "-", rf"{I}(?:will|would|shall|can)\s+under\s+no\s+circumstances\s+(?:ever\s+)?"),
    signed_pattern(
        "avoid", "-", r"\bunder\s+no\s+circumstances\s+(?:will|would|do|can|should)\s+(?:i|we|you)\s+(?:ever\s+)?"
    ),
    signed_pattern(
        "avoid",
        "-",
        r"^(?:please[,\s]+)?(?:do\s+not|don['’]?t|never|stop)\s+(?:ever\s+)?(?:again\s+)?(?:recommend(?:ing)?|suggest(?:ing)?|show(?:ing)?|send(?:ing)?|offer(?:ing)?|give|giving|include|serve|bring\s+up|push|pitch)\s+(?:me\s+|us\s+|to\s+me\s+)?(?:any\s+|more\s+|to\s+)?",
    ),
    signed_pattern(
        "avoid",
        "-",
        r"^(?:please\s+)?(?:absolutely\s+)?no\s+(?:more\s+)?(?P<s>[\w][\w\s'’-]{1,40}?)\s+(?:for\s+(?:me|us)\b|in\s+(?:anything|my|what)\b|,?\s*please\b)",
    ),
    signed_pattern("avoid", "-", r"^please\s+(?:leave|keep)\s+(?P<s>[\w\s'’-]{2,40}?)\s+out\s+of\b"),
    signed_pattern("avoid", "-", rf"{I}{V}(?:{CANT})\s+{V}have\s+(?:any\s+)?"),
    signed_pattern("avoid", "-", rf"{I}{V}make\s+a\s+point\s+of\s+(?:not|never|avoiding)\s+"),
    signed_pattern(
        "avoid",
        "-",
        r"^(?P<s>(?!my\b)[\w][\w\s,'’-]{1,50}?)\s+(?:is|are)\s+(?:out(?!\s+of)|off\s+the\s+(?:table|menu)|off\s+limits|a\s+(?:big\s+)?no-no|forbidden)\b",
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{I}get\s+(?:\w+\s+){{0,2}}(?:cramps|hives|headaches?|migraines?|rash(?:es)?|bloated|heartburn|nausea|itchy)\s+(?:from|when\s+i\s+(?:eat|drink|have|touch|smell))\s+",
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{I}(?:break\s+out\s+in\s+hives|feel\s+sick|get\s+sick|swell\s+up)\s+(?:from|when\s+i\s+(?:eat|drink|have|touch))\s+",
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{I}{V}(?:say\s+no\s+to|draw\s+the\s+line\s+at|keep\s+(?P<s>[\w\s'’-]{{2,30}}?)\s+out\s+of|go\s+out\s+of\s+my\s+way\s+to\s+avoid|do\s+everything\s+i\s+can\s+to\s+avoid|make\s+sure\s+to\s+avoid|make\s+sure\s+(?:that\s+)?there\s+is\s+never|try\s+not\s+to)\s+",
    ),
    signed_pattern("avoid", "-", r"\bmy\s+(?:faith|religion)\s+forbids\s+"),
    signed_pattern(
        "dislike",
        "-",
        rf"{AM}{V}not\s+(?:willing|prepared|the\s+type|the\s+sort|one)\s+to\s+(?:put\s+up\s+with\s+|accept\s+)?",
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"{I}get\s+(?:no|little|zero)\s+(?:enjoyment|pleasure|joy|satisfaction)\s+(?:from|out\s+of|in)\s+",
    ),
    signed_pattern(
        "dislike",
        "-",
        rf"{I}{V}(?:find\s+(?:no|little)\s+(?:joy|pleasure)\s+in|don['’]?t\s+find\s+any\s+(?:joy|pleasure)\s+in|shudder\s+at\s+(?:the\s+thought\s+of)?|feel\s+out\s+of\s+place\s+(?:in|at)|cringe\s+at|recoil\s+from|have\s+had\s+enough\s+of|draw\s+back\s+from)\s+",
    ),
    signed_pattern(
        "dislike",
        "-",
        r"\bit\s+(?:really\s+|always\s+)?(?:bothers|annoys|irritates|stresses|frustrates|upsets|bugs|scares)\s+me\s+(?:out\s+)?(?:when|if|that|to)\s+",
    ),
    signed_pattern("dislike", "-", r"\bi['’]d\s+be\s+(?:miserable|unhappy|lost|terrified)\s+(?:on|in|at|with)\s+"),
    signed_pattern(
        "dislike",
        "-",
        r"\b(?:count\s+me\s+out\s+of|you['’]ll\s+never\s+(?:catch|find|see)\s+me\s+(?:at|in|on|with)?)\s+",
    ),
    signed_pattern("dislike", "-", rf"{HAVE}had\s+(?:enough\s+of|it\s+(?:up\s+to\s+here\s+)?with)\s+"),
    signed_pattern("like", "+", rf"{I}{V}(?:can['’]?t|cannot)\s+do\s+without\s+"),
    signed_pattern(
        "like",
        "+",
        rf"{I}(?:never|don['’]?t\s+ever)\s+(?:get\s+tired|tire|get\s+bored|get\s+enough|say\s+no)\s+(?:of|to)\s+|\bi['’]ll\s+never\s+say\s+no\s+to\s+",
    ),
    signed_pattern(
        "like",
        "+",
        r"\bi\s+could\s+(?:eat|drink|listen\s+to|watch|read|play|talk\s+about|live\s+on|look\s+at)\s+(?P<s>[\w][\w\s'’-]{1,50}?)\s+(?:all\s+day|every\s+day|for\s+hours|forever|all\s+night|any\s+time)\b",
    ),
    signed_pattern(
        "like",
        "+",
        r"\bmy\s+(?:\w+\s+)?(?:hobby|hobbies|passions?|happy\s+place|guilty\s+pleasure|interests|great\s+love|obsession)\s+(?:is|are|include|includes)\s+|\bmy\s+(?:heart\s+belongs\s+to|taste\s+runs\s+to)\s+",
    ),
    signed_pattern(
        "like",
        "+",
        rf"{I}(?:get|derive|draw)\s+(?:my\s+energy|(?:a\s+lot\s+of\s+|so\s+much\s+|great\s+)?(?:joy|pleasure|satisfaction|energy|comfort|inspiration))\s+(?:from|out\s+of)\s+",
    ),
    signed_pattern(
        "prefer",
        "+",
        rf"{I}{V}(?:respond\s+(?:well|best)\s+to|do\s+(?:better|best|well)\s+(?:with|in)|retain\s+more\s+(?:when|from|with)|get\s+more\s+out\s+of|work\s+better\s+(?:with|in|when)|learn\s+better\s+(?:with|from|through|by))\s+",
    ),
    signed_pattern(
        "require",
        "+",
        rf"{I}{V}(?:hold\s+out\s+for|won['’]?t\s+settle\s+for\s+(?:anything\s+)?less\s+than|set\s+great\s+store\s+by|place\s+(?:a\s+)?(?:high\s+value|great\s+importance)\s+on|make\s+sure\s+that|always\s+check\s+that)\s+",
    ),
    signed_pattern(
        "avoid",
        "-",
        rf"{I}{V}(?:(?:have|need)\s+to|must|should)\s+(?:avoid|stay\s+(?:away\s+from|clear\s+of|off)|steer\s+clear\s+of|keep\s+(?:away\s+from|off)|limit|watch\s+out\s+for|cut\s+(?:out|down\s+on|back\s+on)|be\s+(?:\w+\s+)?careful\s+(?:with|about|around)|go\s+easy\s+on)\s+",
    ),
    signed_pattern(
        "require",
        "+",
        rf"{I}(?:can|may|will)\s+only\s+(?=\w)(?!(?:log|see|open|access|get|find|select|click|save|say|hope|guess|assume|imagine|be|type|view|enter)\b)",
    ),
    signed_pattern("require", "+", rf"{AM}only\s+comfortable\s+(?:in|with|at|when)\s+"),
    signed_pattern("require", "+", rf"{I}exclusively\s+(?=\w)"),
    signed_pattern("require", "+", r"\bmy\s+(?:doctor|dietitian|trainer)\s+has\s+(?:put\s+)?me\s+on\s+(?:a\s+|an\s+)?"),
    signed_pattern("require", "+", rf"{I}feel\s+strongly\s+about\s+"),
    signed_pattern(
        "dislike",
        "-",
        r"^(?P<s>[\w][\w\s,'’-]{1,50}?)\s+(?:goes|go)\s+against\s+my\s+(?:values|principles|beliefs|taste|religion)\b",
    ),
    signed_pattern(
        "dislike",
        "-",
        r"^(?P<s>[\w][\w\s,'’-]{1,50}?)\s+(?:makes?|make)\s+it\s+(?:impossible|hard|difficult)\s+for\s+me\s+to\b",
    ),
)


FACTS: tuple[Pattern, ...] = (
    signed_pattern("fact", "0", rf"{AM}{V}(?:allergic|diabetic)\b(?=\s*$)"),
    signed_pattern(
        "fact",
        "0",
        rf"{I}{V}(?:suffer\s+from|live\s+with|deal\s+with|struggle\s+with|was\s+diagnosed\s+with|have\s+been\s+diagnosed\s+with|got\s+diagnosed\s+with)\s+",
    ),
    signed_pattern(
        "fact",
        "0",
        rf"{I}{V}get\s+(?:really\s+|very\s+|so\s+|quite\s+)?(?P<s>seasick|carsick|airsick|motion\s+sick(?:ness)?|travel\s?sick|homesick|altitude\s+sickness|cold|migraines?|sunburnt|vertigo|dizzy)\b",
    ),
    signed_pattern(
        "fact",
        "0",
        r"\b(?:i|we)\s+(?:just\s+|recently\s+|currently\s+|now\s+){0,5}(?:moved\s+(?:from\s+(?P<from>[\w\s]{2,30}?)\s+)?(?:back\s+)?to|live\s+(?:in|on|at|near|by|with|alone\s+with|alone\s+in)|work\s+(?:as|in|for|at)|study|speak|own|drive|grew\s+up\s+in|come\s+from|share\s+(?:a\s+\w+\s+)?with|raise)\s+",
    ),
    signed_pattern(
        "fact",
        "0",
        r"\b(?:i|we)(?:['’]ve|\s+have)\s+(?:just\s+|recently\s+|finally\s+|now\s+|since\s+){0,3}(?:moved|relocated)\s+(?:from\s+(?P<from>[\w\s]{2,30}?)\s+)?(?:back\s+)?to\s+",
    ),
    signed_pattern("fact", "0", rf"{I}(?:just\s+|recently\s+|finally\s+)?got\s+(?P<s>married|divorced|engaged)\b"),
    signed_pattern("fact", "0", rf"{I}(?=(?:don['’]?t|do\s+not)\s+(?:have|own|speak|drive)\s)"),
    signed_pattern(
        "fact",
        "0",
        rf"{I}(?=(?:can['’]?t|cannot)\s+(?:drive|swim|cook|ride\s+a\s+bike|read\s+music|stand\s+for\s+long|lift\s+heavy\s+\w+|walk\s+far|hear\s+well|see\s+well|sleep)\b)",
    ),
    signed_pattern(
        "fact",
        "0",
        r"\bmy\s+(?P<slot>budget(?:\s+for\s+[\w\s]{2,20}?)?|name|phone|car|skin|hair|eyes?|knees?|teeth|feet|ears|nails|wrists?|shoulders?|hips?|ankles?|lungs?|stomach|heart|neck|hands|legs|height|waist|religion|faith|apartment|flat|house|home|eyesight|hearing|job|native\s+language|mother\s+tongue|shoe\s+size|time\s+zone|kitchen|balcony|laptop|computer|bike)\s+(?:is|are)\s+",
    ),
    signed_pattern(
        "fact",
        "0",
        r"\bmy\s+(?:\w+\s+)?(?:daughter|son|kid|kids|child|children|baby|twins|toddler|dog|cat|dogs|cats|puppy|kitten|rabbit|parrot|horse)\s+(?:is|are|has|have|gets?|can['’]?t)\s+",
    ),
    signed_pattern(
        "fact",
        "0",
        rf"{HAVE}(?!(?:(?:just|already|never|been)\s+)?(?:\w+ed\s+(?:the|this|that|your|it|by|twice|to)|read|seen|had|lost|forgotten|broken|got\s+to|to\s)\b)",
    ),
    signed_pattern("fact", "0", rf"{AM}{V}(?:a\s+|an\s+|the\s+|from\s+|originally\s+from\s+|on\s+)?"),
)
