"""Finds the bounds of English subjects as whole phrases in their clause.

A subject has no words that only surround it, and has what belongs to it: its verb ("bake bread", "pay off a loan"),
the rest of its noun ("aisle seat"), what a number counts ("200 dollars a month"). If something is given up, the
subject is that thing ("sugar").
"""

import re

from penchant.agent.statements.clause_punctuation import FINITE
from penchant.agent.statements.grammar_words import OPEN, words
from penchant.agent.statements.wordings import ADVERB, BAD, GOOD, Kind
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
#: Begins a new clause; the subject ends before it.
_CLAUSE = lazy(
    r"\s*(?:[;()\[\]]|(?<!\d):|:(?!\d))|\s+[-–—]+\s+|[–—]|\s*[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]|\s*\.{2,}|[.!?。！？]+[\"'”’)\]]*\s*$"
    r"|[\s,]+(?:lol|lmao|haha+|btw|tbh)\s+|,?\s+(?:because|'cause|cause|cuz|coz|cos|bc|given\s+(?:the|a)\s+choice|given\s+that|seeing\s+(?:as|that)|considering|as\s+(?=(?:they|there|he|she|you|its)\b)|since|although|though|whereas|unless|except|provided|otherwise|due\s+to|owing\s+to|what\s+with|thanks\s+to|now\s+that|given\s+(?:my|our|the\s+\w+|how|what)\b(?!\s+choice)|so\s+that|so\s+(?:i|we|you|he|she|they|pls|plz|please|can|could|my|our|your|it|no|do|does|don['’]?t|is|are|that|this|these|parks|long|much(?!\s+\w)|any\w*|something|the|not|nothing|none|add|show|give|find|skip|leave|make|sort|filter|keep|use|put|cross|take|rewrite|redo|maybe|probably|what|which|where|when|how|who|only|just|there)\b|so$|so\s+(?:the\s+)?(?:\w+\s+){1,2}?(?:has|have|is|are|needs?|must|can)\s|now\s+(?=with\b)"
    r"|as\s+(?:i|it|they|we|my|that)\b|and\s+(?:live\s+(?:in|on|at|with|near|by|alone)|(?:have|has)\s+(?:been|an?|always|no|had|done|got)|doubt|hope|think|know|hardly|rarely|seldom|nobody|nothing|should|could|might|must|get|got|went|had|was|were|did|haven['’]?t|wouldn['’]?t|couldn['’]?t|probably|generally|honestly|frankly|nor|neither|thus|hence|also|then|just\s+(?:have|eat|drink|go|do|get|use|wait)|only|as|if|since|when|what|how|who|run|read|keep|plan|want|feel|contribute|collect|still|even|equally|try|go|always|accept|travel|write|grow|make|photograph|never|would|do\s+not|there(?=['’]s|\s+(?:is|are))|i|i['’]m|ive|im|id|we|my|it|they|he|she|so|therefore|please|can|am|do|don['’]?t|never|always|would|prefer|love|hate|avoid|need|that|this|usually|tend|cannot|can['’]?t|will|won['’]?t|am|refuse|enjoy|find|take|observe|intend|have\s+(?:\w+\s+){1,3}left|work\s+(?:as|at|for|from)|study\s+at|speak|own)\b"
    r"|or\s+(?:i|else)\b|(?:before|after|until|once|by\s+the\s+time)\s+(?:i|we|my|our)\b|but\b(?!\s+(?:better|\w+er)\s+\w)|yet\b|rather\s+than|instead\s+of|compared\s+(?:to|with)|as\s+opposed\s+to|as\s+against|in\s+case|even\s+(?:if|though|when)|not\s+even|no\s+matter|again\s+(?:after|since|following)\b|if\b|unlike|regardless|(?:for|on)\s+(?:\w+\s+){0,2}(?:reasons|grounds)|in\s+order\s+(?:not\s+)?to|so\s+as\s+(?:not\s+)?to|out\s+of\s+(?:principle|habit|respect|conviction|fear|spite|curiosity|necessity)|for\s+the\s+sake\s+of|for\s+fear\s+of|for\s+my\s+(?:own\s+)?(?:sanity|health|sleep|skin|back|stomach|peace\s+of\s+mind|well-?being|mental\s+health|blood\s+pressure|knees|heart|safety|sake|good)|after\s+(?:what|that|years\s+of|decades\s+of|months\s+of|(?:all\s+)?these\s+years|too\s+many|one\s+too\s+many|getting|having|being|losing|seeing|reading|hearing|becoming|moving|turning|falling|watching\s+my|(?:an?|the|my|our|her|his|that|last|two|three|several)\s+(?:[\w'’-]+\s+){0,3}?(?:accidents?|experiences?|incidents?|illness|operation|surgery|diagnosis|spell|crash|fall|bout|scare|episode|attacks?|burn-?out|divorce|break-?up|injur(?:y|ies)|stroke|pregnanc(?:y|ies)|scandal|birth|fiasco|disaster|bankruptcy|death)\b)|(?:since|following)\s+(?:an?|the|my|our)\b|as\s+a\s+(?:\w+\s+)?(?:rule|matter\s+of)\b|as\s+of\s+(?:late|now|today)|on\s+(?:the\s+)?(?:advice|orders|instructions|recommendation|account|principle)\b|on\s+(?:doctor['’]?s?|my\s+\w+['’]s|medical)\s+(?:orders?|advice)|by\s+order\s+of|at\s+(?:the\s+)?(?:request|insistence|urging)\s+of|at\s+my\s+(?:age|time\s+of\s+life)|in\s+(?:my\s+(?:old\s+age|twenties|thirties|forties|fifties|sixties|youth|book|opinion|experience|view|eyes|case|humble\s+opinion)|all\s+honesty|any\s+(?:way,?\s+)?shape\s+or\s+form|the\s+course\s+of\b)|in\s+other\s+words|for\s+(?:the\s+rest\s+of\s+my|the\s+foreseeable|(?:many|several|over|about|around|nearly|almost|more\s+than|at\s+least|the\s+(?:last|past)|\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|a\s+(?:good\s+)?(?:few|couple\s+of|decade|year|month|long))\s+(?:or\s+\w+\s+|\w+\s+|so\s+)?(?:years?|months?|decades?|weeks?|time|while|now)|years|ages|decades|reasons?\b|one\s+reason|fear\b|ethical|moral)|with\s+(?:every\s+(?:fib(?:re|er)|bone|ounce|breath|cell|passing)|all\s+my|my\s+(?:whole|entire)|(?:great\s+|real\s+|pure\s+|much\s+|the\s+utmost\s+)?(?:joy|pleasure|gusto|relish|delight|abandon|enthusiasm|glee|devotion)\b|age\b|(?:a|the)\s+(?:\w+\s+)?(?:passion|vengeance)\b|the\s+(?:passing\s+)?(?:years|passage)|the\s+exception|no\s+exceptions?|conviction)|to\s+(?:bits|pieces|the\s+moon|death|put\s+it\s+mildly|my\s+(?:bones|core|shame|surprise|dismay))\b|by\s+(?:a\s+(?:mile|long\s+(?:way|chalk|shot))|far\b)|no\s+(?:exceptions?|contest|question|doubt|ifs)\b|hands\s+down|above\s+(?:all|everything)\b|more\s+than\s+anything|first\s+and\s+foremost|without\s+(?:fail|question|doubt|hesitation)|when(?:ever)?\s+(?:i|we)\s+(?:can|could)\b|when(?:ever)?\s+i\s+(?:get|am\s+given|have)\s+(?:a\s+say|the\s+(?:chance|choice|option)|a\s+choice)|(?:whenever|everywhere|wherever|anywhere|whatever|however\s+\w+)\s+(?:i|it|there|we|they|the|happens|anyone)\b|every\s+chance\s+i|of\s+(?:an?\s+(?:evening|morning|sunday|saturday|weekend)|late)\b|this\s+time\s+round|because\s+of|on\s+account\s+of|ever\s+since|without\s+exception|(?:in|on|at|for|with|to)\s+(?:every|each|any|all\s+the)\s+(?:[\w-]+\s+){1,2}(?:that\s+)?(?:i|we|you)\s+\w+|(?:in|round|around)\s+(?:this|our)\s+(?:house|household|family|home)|on\s+(?:my|our)\s+days?\s+off|by\s+now|come\s+what\s+may|or\s+(?=i\b|it\b)|thanks\s+to|from\s+years\s+of|to\s+(?:stay|keep|reduce|save|help|protect|relieve|lower|manage|maintain)\s+(?:my|fit|healthy|in\s+shape|me|on|the|active))\b"
    r"|,\s*(?=(?:the\s+(?:\w+er|more|less)\s+the|remind|something|esp|mostly|tell|send|find|make|add|sort|swap|skip|leave|plan|list|help|pls|plz|any|got|nothing|anything|maybe|perhaps|nobody|no\s+one|everyone|everybody|everything|learn(?:ed|t)\s+(?:that|it)|rain\s+or|there\s+and\s+back|what['’]?s|living\s+(?:in|on|with|near)|weird|strange|silly|crazy|funny\s+i|roughly|about\s+(?:once|twice|\d)|around\s+\d|say|mind\s+you|full\s+stop|period|hands|every|each|once|twice|three\s+times|preferably|ideally|at|until|till|now|still|gave|got|did|had|have|gently|slowly|steadily|properly|seriously|frankly|personally|obviously|sadly|unfortunately|nothing\s+(?:fancy|special|more|else)|first|haven['’]?t|hasn['’]?t|won['’]?t|don['’]?t|doesn['’]?t|didn['’]?t|can['’]?t|couldn['’]?t|nor|neither|regardless|if|been|being|having|hence|whatever|wherever|whenever|no\s+matter|year|day|come|crowds(?!\s*(?:,|and\b|or\b|$))|\d|got|must|i|i['’]m|i['’]ve|i['’]d|we|my|it|they|this|that|these|those|you|he|she|what|which|who|where|when|while|can|could|do|does|is|are|so|then|please|thanks|sorry|not|no|never|especially|particularly|even|ever|for|with|due|if|as|since|after|before|to|in|on|at|too|though|honestly|every\s+time|always|just|only|often|usually|making|leading|causing|makes?\s+(?:me|my)|gives?\s+(?:me|my)|upsets?\s+(?:me|my)|keeps?\s+me|mainly|mostly|plus|give|show|recommend|suggest|both|because|rather|whether|such\s+as|like|including|otherwise|except|big|much|far|doctor|thank|hence|therefore|all|any|or\s+so|and\s+(?:i|it|my|we|so|that|please|am))\b)",
    _I,
)
#: A comma, except in a number.
_COMMA = lazy(r",(?!\d{3}\b)")
_LASTS = lazy(
    r"\s+(?:(?:at\s+least\s+|about\s+)?(?:once|twice|\w+\s+times)\s+(?:a|per)\s+(?:day|week|month|year)|since\s+(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:19|20)\d\d|childhood|forever|school|college|university)|as\s+a\s+(?:kid|child|boy|girl|teenager|teen|student|baby)|(?:(?:many|some|several|a\s+few|a\s+couple\s+of|two|three|four|five|six|seven|eight|nine|ten|\d+|twenty|thirty)\s+)?(?:years|months|weeks|days|a\s+(?:year|month|week))\s+ago|(?:last|this)\s+(?:week|weekend|month|year|spring|summer|autumn|fall|winter)|for\s+good|first\s+thing(?:\s+in\s+the\s+(?:morning|day))?|last\s+thing(?:\s+at\s+night)?|since\s+then|eventually|some\s?day|one\s+day|at\s+last|at\s+some\s+point|a\s+lot|with\s+a\s+(?:passion|vengeance)|very\s+much|so\s+much|(?:that\s+|very\s+)?(?:much|often)|as\s+(?:much|often|far|little|few)\s+as\s+(?:possible|i\s+can)|at\s+all|any\s?more|any\s+longer|no\s+more|these\s+days|nowadays|right\s+now|at\s+the\s+moment|lately|recently|too|either|as\s+well|though|please|pls|plz|in\s+general|in\s+particular|completely|altogether|entirely|all\s+the\s+time|most\s+of\s+the\s+time|"
    r"every\s+(?:single\s+)?time|(?:nine|ninety(?:-nine)?|99|9|eight)\s+times\s+out\s+of\s+(?:ten|10|a\s+hundred|100)|always|personally|honestly|again|ever|for\s+me|to\s+me|with\s+me|like\s+crazy|like\s+hell|above\s+all|more\s+than\s+anything(?:\s+else)?|most\s+of\s+all|the\s+most|best|(?:when|where|if)ever\s+(?:i\s+can|possible|i\s+get\s+the\s+chance)|if\s+possible|when\s+possible|when\s+i\s+can|where\s+possible|if\s+i\s+can(?:\s+help\s+it)?|"
    r"from\s+now\s+on|if\s+it\s+can\s+be\s+helped|like\s+the\s+plague|at\s+all\s+costs?|to\s+anything\s+else|over\s+the\s+usual\s+alternatives|through\s+and\s+through|with\s+a\s+(?:ten|ten-|10)[\s-]?foot\s+pole|rain\s+or\s+shine|come\s+rain\s+or\s+shine|for\s+the\s+life\s+of\s+me|to\s+save\s+my\s+life|on\s+principle|any\s+day(?:\s+of\s+the\s+week)?|day\s+in\s+day\s+out|by\s+trade|by\s+profession|quickly|easily|now|today|so\s+far|overall|and\s+everything|or\s+so|for\s+(?:lent|ramadan|advent|(?:dry\s+)?january|the\s+(?:summer|winter|holidays))|lol|haha|tbh|imo|ngl|fyi|btw|rn|atm|fr|here|here\s+we\s+go|anyway|really|badly|either\s+way|whatsoever|full\s+stop|period|instead|once\s+more|then|still|to\s+be\s+(?:honest|fair|frank)(?:\s+with\s+you)?|more\s+and\s+more|out\s+of\s+my\s+diet)$",
    _I,
)
_SCOPE_AT_END = lazy(
    r"\s+((?:when|while|whenever)\s+(?!(?:they|he|she|you|people|someone|everyone)\b)(?:(?:i['’]m|i\s+am|we['’]re|we\s+are|i|we|it['’]s|it\s+comes\s+to|the\s+weather|the\s+kids)\s+)?[\w'’\s-]{3,50}|for\s+(?:work|travel|school|business|lunch|dinner|breakfast|long\s+trips|everyday\s+use|the\s+office|holidays|my\s+commute|gaming|exercise|weekends)"
    r"|at\s+(?:home|work|night|school|the\s+gym|the\s+office|the\s+weekend|weekends|parties|dinner|breakfast|bedtime|university)|on\s+(?:weekdays|weekends?|holidays?|vacation|trips|long\s+flights|the\s+road|my\s+commute|planes|weeknights|work\s+days|rainy\s+days|flights|sundays|saturdays|fridays|mondays)"
    r"|in\s+(?:the\s+)?(?:mornings?|evenings?|afternoons?|summer|winter|spring|autumn|the\s+car|the\s+bedroom|the\s+kitchen|bed|restaurants|public|company)|before\s+(?:bed|work|breakfast|exams)|after\s+(?:work|dinner|lunch|midnight|\w+\s+(?:pm|o['’]clock))|during\s+(?:the\s+)?(?:week|day|summer|winter|work|exams?|lent|ramadan|meetings|holidays))$",
    _I,
)
_SCOPE_IN_FRONT = lazy(
    r"^(?:and\s+|also\s+)?((?:when(?:ever)?|while)\s+(?:i['’]m\s+|i\s+am\s+|we['’]re\s+|it\s+comes\s+to\s+|i\s+|we\s+|at\s+)?[\w'’\s-]{3,40}|(?:for|at|on|during|after|before|in)\s+(?:the\s+|my\s+)?[\w'’-]+(?:\s+[\w'’-]+){0,2}),\s+(?=(?:i|i['’]m|i['’]d|we|my|please|never|don)\b)|^((?:when\s+(?:it\s+comes\s+to\s+)?[\w'’-]+(?:\s+[\w'’-]+)?)|(?:when(?:ever)?|before|after|once|while)\s+(?:i|we)\s+(?:[\w'’-]+\s+){1,4}?[\w'’-]+|(?:for|at|during)\s+(?:work|travel|home|school|business|breakfast|lunch|dinner|university|uni|night|trips|holidays|the\s+office)|on\s+(?:weekends|weekdays|holiday|vacation|trips|long\s+flights))\s+(?=(?:i|i['’]m|i['’]d|we)\b)",
    _I,
)
_COMPARED = lazy(
    r"\s+(?:over|(?<!\bmore\s)(?<!\bless\s)(?<!er\s)than|instead\s+of|rather\s+than|as\s+opposed\s+to|compared\s+to)\s|(?<!ing)(?<!\bgo)(?<!\bhow)(?<!\bgoing)(?<!^to)\s+to\s+(?!the\s+(?:gym|beach|cinema|office)|\w+\s+(?:alone|outdoors))|\s+than\s+(?=an?\s+(?:[\w'’-]+\s+)?\w+er\b)|\s+to\s+(?=(?!bring|sing|ring|swing|cling|spring|string)\w+ing\b)",
    _I,
)
#: What a relative clause denies: "friends who don't talk much".
_DENIED_AT_END = lazy(r"\s(?:that|who|which|where)\s(?:\w+\s)?(?:\w+n['’]?t|never|not|hardly)\s(?:\w+\s){1,2}(?:much|often|a\s+lot|too\s+much|so\s+much|at\s+all|any\s?more)$", _I)  # fmt: skip
#: Begins a place or time that is compared: "films at home rather than in a cinema".
_WHERE = lazy(r"(?:in|at|on|by|from|with|during|before|after)\s", _I)
_LEAD = lazy(
    r"^(?:(?:a|an|the|any|some|all|of|that|to|more(?!\s+than\b)|both|(?:have\s+)?anything\s+to\s+do\s+with|anything\s+like|things\s+like|certain|bit\s+of\s+a|lot\s+of|is|are|was|(?:would|has\s+to|have\s+to)\s+be|got|(?:me|us)\s+(?:to|from)|consider(?=\s+\w+ing\b))\s+)+(?=\w)",
)
_PLAIN = lazy(
    r"(?:an?|some|any)\s+(?=\w)(?!(?:bit|few|little|lot|couple|while)\b)|go(?:ing)?\s+(?=\w+ing\b)|(?:gonna|wanna)\s+(?=\w)",
    _I,
)
_SINCE = lazy(
    r"\s+(?:(?:in|since|last|this|back\s+in)\s+(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:19|20)\d\d"
    r"|spring|summer|autumn|winter|month|week|year))$",
    _I,
)
#: The deadline of a goal.
BY_WHEN = lazy(
    r"\s+(?:one\s+day|some\s?day|(?:this|next)\s+(?:spring|summer|autumn|fall|winter|week|month|year)|in\s+(?:the\s+)?(?:spring|summer|autumn|fall|winter|new\s+year)"
    r"|(?:in|within|over)\s+(?:the\s+next\s+)?(?:(?:an?|few|two|three|four|five|six|ten|\d+|couple\s+of)\s+)?(?:days?|weeks?|months?|years?)|by\s+(?:my|our)\s+(?:\w+['’]s\s+)?\w+"
    r"|by\s+(?:next\s+\w+|the\s+(?:end\s+of\s+(?:the\s+)?\w+|age\s+of\s+\w+)|(?:the\s+)?(?:spring|summer|autumn|fall|winter|new\s+year)|christmas|easter|january|february|march|april|may|june|july|august|september|october|november|december|(?:19|20)\d\d)"
    r"|(?:by\s+the\s+time|before)\s+i(?:['’]m|\s+am|\s+turn|\s+hit|\s+reach|\s+die)(?:\s+[\w-]+)?|before\s+(?:the\s+)?(?:spring|summer|autumn|fall|winter|christmas|easter|new\s+year)|when\s+i\s+(?:retire|am\s+older|grow\s+up))(?=\s*(?:$|[,.;:!?]|\s(?:so|and|but|because|or|to)\b))",
    _I,
)
#: Where and when something is done, as part of it: "check email on weekends".
_WHERE_AND_WHEN = lazy(
    r"(?:at|on|in|before|after|during)\s|for\s+(?:breakfast|lunch|dinner)|(?:when|while)\s+\w+ing\b", _I
)
#: Words before an activity that is preferred.
_RATHER = lazy(r"\b(?:rather|sooner|prefer\s+to)\s+$", _I)
_ONLY = lazy(r"\bonly\s+(?:\w+\s+)?$", _I)
_RELATIVE = lazy(r"\s(?:(?:that|which|who|where)\s|(?!evening|morning|wedding|spring|shopping|swimming|running|sitting|living|dining)\w{3,}ing(?:\s|$))", _I)  # fmt: skip
_ACTIVITY = lazy(r"(?!(?:evening|morning|nothing|anything|everything|something|spring|string|ceiling|building|wedding|king|ring|thing)\b)\w+ing\b", _I)  # fmt: skip
_KEEPS_ARTICLE = lazy(
    r"^(?:any|all|some|every)\s+[\w'’-]+\s+(?:that|which|who|with|of|from|on|made|shown|containing|served|to)\b|^the\s+(?:sims|beatles|office|wire|hague|netherlands|bronx|who|cure|smiths|crown|alps|same)\b",
    _I,
)
_LOOSE_END = lazy(
    r"(?:\s+(?:a|an|the|of|to|for|with|in|on|at|by|from|and|or|but|that|which|who|as|than|because|so|if|when|is|are|was|be|my|your|their|very|really|about|into|over|i|we|also|just|not|too|(?<!\ba\sbit\s)(?<!\ba\slittle\s)(?<!\ba\slot\s)more|['’]))+$",
    _I,
)
#: Verbs that mean something else with the word after them, and "nights in".
_PHRASAL = lazy(
    r"\b(?:stay(?:ing)?|eat(?:ing)?|din(?:e|ing)|sleep(?:ing)?|liv(?:e|ing)|work(?:ing)?|hang(?:ing)?|go(?:ing)?|dress(?:ing)?|log(?:ging)?|show(?:ing)?|stand(?:ing)?|hik(?:e|ing)|walk(?:ing)?|join(?:ing)?|roll(?:ing)?|com(?:e|ing)|drag(?:ging)?|settl(?:e|ing)|drop(?:ping)?|drift(?:ing)?|nights?)\s+(?:in|over|on|by)$",
    _I,
)
#: A preposition that ends an infinitive or a relative clause: "room to stand up in", "two friends who waffle on".
_STRANDED = lazy(
    r"\b(?:(?:to|can|could|must)\s+\w+(?:\s+(?:up|down|out|back|away))?|(?:where|that|which|who|whom)\s(?:[\w'’-]+\s+){1,5}?\w+)\s+(?:in|on|with|at|for|from|into|over|about|off|by|to)$"
    r"|\b(?:put|take|turn|switch|get|bring|leave|have|try|with)\w*\s+(?:(?:the|my|a|an|our|some|all|both)\s+)?(?:[\w'’-]+\s+){1,2}(?:in|on|over)$",
    _I,
)
_TIMES = lazy(
    r"\b(?:evenings?|nights?|mornings?|afternoons?|days?|weekends?|walks?|drives?|rides?|dinners?|breakfasts?|time|hours?|moments?)(?=$|\s+(?:with|in|on|by|through|along)\s)", _I
)  # fmt: skip
#: Verbs whose object stands before their particle: "cut sugar out".
_SEPARABLE = lazy(
    r"\b(?:cut(?:ting)?|giv(?:e|en|ing)|gave|leav(?:e|ing)|left|rul(?:ed?|ing)|phas(?:ed?|ing)|cross(?:ed|ing)?)\s+$",
    _I,
)
_PARTICLE = lazy(r"\s+(?:up|out|off)$", _I)
#: A particle without its verb, and the verb before it.
_PARTICLE_FIRST = lazy(r"(?:out|up|off|away|back)(?=\s*(?:$|[.,;!?]|\s))", _I)
_PARTED = lazy(r"\b(?!(?:to|of|is|am|are|be|been|not|never|n['’]t|really|just|very|i|we)\s)[a-z]{2,}\s+$", _I)
#: Marks at the end; a mark for inches is none: 6'4".
_MARKS_AT_END = lazy(r"(?:(?<!\d['’]\d)(?<!\d['’]1\d)[\"”]|[ \t,.!?;:'’…~])*+$")
#: Begins a reason, before which there is no subject: "I refuse to fly § because of …".
_REASON = lazy(r"(?:because|'?cause|cuz|due\s+to|owing\s+to|on\s+account\s+of|thanks\s+to)\b", _I)
#: Subjects that refer to something named elsewhere, mostly in the conversation.
POINTS_ELSEWHERE = lazy(
    r"^(?:number\s+\w+|(?:the\s+)?(?:left|right|middle|top|bottom)\s+one|(?:(?:any|none|all|some|most|both|either|neither)\s+)?of\s+(?:these|those|them|this|that|it)\b.*|it|this|that|these|those|them|him|her|you|me|us|one|he|she|they|some|any|both|either|neither|so|not|how|what|why|when\s+that|so\s+far|(?!your\s+(?:answers|replies|responses|explanations)\b)(?:the|my|your|this|that|these|those)\s+(?:first|second|third|last|other|previous|next|next|latter|former|new|current|idea|answer|version|option|draft|one|way\s+you|tone|ending|title|suggestion|code|result|format|style\s+of\s+(?:this|that)|paragraph|sentence|error|question|message|output|response|approach)s?\b.*"
    r"|(?:your(?!\s+(?:answers|replies|responses|explanations)\b)|this|that|these|those)\s+.+|option\s+\w+|version\s+\w+|(?:some|more)\s+help.*|(?:to\s+)?(?:hear|know|see|ask|return|cancel|order|book|reserve|report|say|thank|complain|apologi[sz]e|understand)\b.*|(?:a|an)\s+(?:question|problem|issue|idea|feeling|bug|meeting|friend|colleague|list|dataset|function|table(?!\s+(?:away|by|near|next|at|outside|inside|for|with|in)\b)|file|error|answer|minute|moment|look|summary|refund|recipe|quick.*|poem.*|title.*)\b.*|help\b.*)$",
    _I,
)


def phrase(text: str, start: int, end: int, *, compared: bool = False) -> tuple[int, int, str | None]:
    """Return the bounds and the scope of the subject that begins at `start` of `text` and ends by `end`.

    The bounds are equal where there is no subject. `compared`: leave out what it is preferred to.
    """
    other = _comparison(text, start, end) if compared else None
    where = bool(other and _WHERE.match(text, other.end()))
    end = other.start() if other else end
    piece = text[start:end]
    boundary = _CLAUSE.search(piece)
    while boundary and boundary.start() == 0 and boundary.end() < len(piece) and not _REASON.match(piece):
        start += boundary.end()
        piece = text[start:end]
        boundary = _CLAUSE.search(piece)
    if boundary:
        end = start + boundary.start()
    end = _before_comma(text, start, end)
    scope: str | None = None
    while True:
        end = start + _MARKS_AT_END.search(text[start:end]).start()  # type: ignore[union-attr]
        piece = text[start:end]
        found = None if _DENIED_AT_END.search(piece) else _LASTS.search(piece)
        scoped = None if found or where else _SCOPE_AT_END.search(piece)
        if scoped:
            scope = scope or scoped[1]
            head = piece[: scoped.start()]
            named = start > 0 and head.strip()[:1].isupper()
            if (len(head.split()) < 2 and not head.endswith("s") and not named) or _TIMES.search(head):
                break  # "drive at night" is one thing, and so is "quiet evenings at home"
            if _RELATIVE.search(head) and scoped[1].startswith(("when ", "while ")):
                break  # "people who clap when the plane lands"
        if not (found or scoped):
            break
        end = start + (found or scoped).start()  # type: ignore[union-attr]
    end = _before_particle(text, start, end)
    piece = text[start:end]
    if (loose := _LOOSE_END.search(piece)) and not _PHRASAL.search(piece) and not _STRANDED.search(piece):
        end = start + loose.start()
    piece = text[start:end]
    stripped = len(piece) - len(piece.lstrip(" \t,.;:\"“”'‘’-–—"))
    start += stripped
    lead = _LEAD.match(text[start:end])
    if lead and not _KEEPS_ARTICLE.match(text[start:end]):
        start += lead.end()
    return _with_particle(text, start), max(start, end), scope


def _with_particle(text: str, start: int) -> int:
    """Return where a subject begins: with its verb if it would begin with that verb's particle ("eat out")."""
    verb = _PARTED.search(text, 0, start) if _PARTICLE_FIRST.match(text, start) else None
    return verb.start() if verb else start


def _comparison(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the words that begin what a preference is compared to; None without any."""
    return next((each for each in _COMPARED.finditer(text, start, end) if not _is_destination(text, start, each)), None)


def _before_particle(text: str, start: int, end: int) -> int:
    """Return where an object ends that stands between its verb and the verb's particle ("cut § out")."""
    particle = _PARTICLE.search(text, start, end) if _SEPARABLE.search(text, 0, start) else None
    return particle.start() if particle else end


def _is_destination(text: str, start: int, found: re.Match[str]) -> bool:
    """Return whether "to" names the destination of a preferred activity ("walk to the shops"), and makes no comparison."""
    rather = _RATHER.search(text, 0, start) or text.startswith("to ", start)
    return bool(rather) and found.group().strip() == "to" and not _ACTIVITY.match(text, found.end())


def without_article(text: str, start: int, end: int) -> int:
    """Return where a subject begins without its article, "go" and "gonna": "iPhone", "camping in Norway"."""
    found = _PLAIN.match(text, start, end)
    return found.end() if found and found.end() < end and not _KEEPS_ARTICLE.match(text[start:end]) else start


def without_time(text: str, start: int, end: int) -> int:
    """Return where a subject ends without the time since when it holds: "coffee" of "coffee in March"."""
    found = _SINCE.search(text, start, end)
    return found.start() if found and found.start() > start else end


def with_deadline(text: str, end: int, limit: int) -> int:
    """Return where a goal ends: with its deadline ("run a marathon by May")."""
    found = BY_WHEN.match(text, end, limit)
    return found.end() if found else end


def with_scope(text: str, start: int, end: int, scope: str | None, kind: Kind, *, named: bool = False) -> int:
    """Return where an activity, or something against, ends with its place and time: "check email on weekends".

    `named`: a pattern says where it ends.
    """
    behind = end + (6 if text.startswith(" more ", end) else 1)
    rather = bool(_RATHER.search(text, 0, start)) or (kind == "require" and bool(_ONLY.search(text, 0, start)))
    if scope is None or not text.startswith(scope, behind) or not _WHERE_AND_WHEN.match(scope):
        return end
    whole = (
        named
        or bool(_RELATIVE.search(text, start, end))
        or kind in ("avoid", "dislike", "habit", "goal")
        or rather
        or bool(_ACTIVITY.match(text, start, end))
    )
    return behind + len(scope) if whole else end


def front_scope(text: str) -> tuple[str | None, int]:
    """Return a scope at the beginning ("When travelling, I …"), and where the rest begins; None and 0 without one."""
    found = _SCOPE_IN_FRONT.match(text)
    return ((found[1] or found[2]), found.end()) if found else (None, 0)


def _before_comma(text: str, start: int, end: int) -> int:
    """Return where the subject ends: before a comma, unless the comma joins a list or adjectives."""
    comma = _COMMA.search(text, start, end)
    if comma is None:
        return end
    first = comma.start()
    parts = [part.strip() for part in text[first + 1 : end].split(",")]
    listed = all(0 < len(part.split()) <= 5 for part in parts) and (
        parts[-1].startswith(("and ", "or ")) or " and " in f" {parts[-1]}" or " or " in f" {parts[-1]}"
    )
    head = text[start:first].split()
    adjectives = bool(head) and len(head) <= 3 and not head[-1].endswith("s") and len(parts[0].split()) >= 2
    if listed or (adjectives and len(parts[0].split()) <= 7 and not FINITE.match(parts[0])):
        return end if listed or len(parts) == 1 else text.index(",", first + 1)
    return first


_PREPOSITION = lazy(
    r"(?:to|until|till|on|in|at|with|for|by|from|into|onto|after|before|without|through|around|along)\s", _I
)
_AGENT = lazy(
    rf"\b(?:i|we)\s+(?:{ADVERB}\s+|never\s+|rarely\s+|do\s+|can\s+){{0,4}}|\b(?:want|hope|plan|aim|intend|wish|trying|hoping|planning|aiming|determined|decided|dream\s+is|goal\s+is|plan\s+is)\s+to\s+",
    _I,
)
#: Verbs that are not part of what is done.
_LIGHT_VERB = lazy(
    r"(?:have\s+(?:been|had|got|to|always|never)|has|am|are|be|been|get|want|need|like|love|own|try|would|could|will|used|live|tend|know|prefer|plan|intend|aim|hope)\b",
    _I,
)
#: Text before what is only the end of a noun: "a bowl of porridge with § seeds".
_BEFORE_END_OF_NOUN = lazy(r"\w\s+\w+\s+(?:of|with|from|about)\s+(?:(?:an?|the|my)\s+)?$", _I)
_MARKS = lazy(r"[,;:.!?]")
_GOES_ON = lazy(
    r"\s+(?:a|an|the|my|our|into|to|in|on|at|with|for|from|before|after|during|till?|until|\d+|more|less|better)\s", _I
)
_LEADS_TO = lazy(r"\s(?:for|to|into|with|on)\s+(?:(?:an?|the)\s+)?$", _I)
_OWNED = lazy(r"(?:my|our)\s", _I)
#: Begins how something is done, which is not what is done.
_MANNER = lazy(r"(?:together|alone|out|in|early|late|outdoors|indoors|outside|inside|abroad|away|less|more|slowly|quietly|mostly)\b", _I)  # fmt: skip
_AGENT_AND_VERB = lazy(rf"^$|\b(?:i|we)(?:['’]ve)?\s+(?:{ADVERB}\s+|been\s+){{0,4}}$", _I)
#: How often or at what hour something is done.
FREQUENCY = lazy(
    r"(?:,?\s+(?:(?:once|twice|(?:two|three|four|five|six|several|\d+)\s+times)(?:\s+(?:a|per|every|each)\s+\w+)?"
    r"|(?:every|each)\s+(?:single\s+|other\s+|second\s+|third\s+|fourth\s+)?(?:\w+day\s+)?(?:day|night|morning|evening|afternoon|week|weekend|month|year|summer|winter|spring|autumn|\w+day)"
    r"|(?:\w+\s+)?(?:days|nights|mornings|evenings)\s+a\s+week|daily|weekly|nightly|monthly|most\s+(?:days|mornings|evenings|nights|weekends)|on\s+(?:weekdays|weekends|(?:mon|tues|wednes|thurs|fri|satur|sun)days(?:(?:,|\s+and)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)days)*|the\s+(?:first|last|second)\s+\w+day\s+of\s+(?:the|each|every)\s+month)"
    r"|at\s+(?:weekends|night|dawn|\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]m)?)|on\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+(?:morning|evening|afternoon|night)s?|in\s+(?:spring|summer|autumn|winter|the\s+(?:mornings?|evenings?|afternoons?))"
    r"|before\s+(?:bed(?:time)?|work|school|breakfast|lunch|dinner|dawn|sunrise|noon)|after\s+(?:work|school|breakfast|lunch|dinner|dark))(?![\w'’-])){1,3}",
    _I,
)
PLACE_OR_TIME = lazy(
    r"\s+(?:in|on|at|behind|after|before|from|during|over|for|by|near|under|within|while|when|until|along|around)\s", _I
)
#: Beginnings of a wish to have less of something.
ABANDONING = lazy(
    r"(?:to\s+)?(?:quit(?:ting)?|stop(?:ping)?|(?:be|being|get|getting)\s+rid\s+of|break(?:ing)?\s+(?:the\s+habit\s+of|(?=my\s+\w+\s+habit\b))|ditch(?:ing)?|lay(?:ing)?\s+off|(?:get|getting|come|coming)\s+off(?!\s+the\s)|let(?:ting)?\s+go\s+of|giv(?:e|ing)\s+up|cut(?:ting)?\s+(?:down|back)\s+on|cut(?:ting)?\s+out|reduc(?:e|ing)|limit(?:ing)?|wean(?:ing)?\s+(?:myself|ourselves)\s+off"
    r"|(?:(?:eat|drink|watch|buy|smok|do|us|wast|hav)(?:e|ing)?|go(?:ing)?\s+to)\s+(?:less|fewer)|spend(?:ing)?\s+less(?:\s+(?:time|money))?(?:\s+on)?|kick(?:ing)?|(?:get(?:ting)?\s+(?:over|past)|overcom(?:e|ing)|conquer(?:ing)?|beat(?:ing)?|shak(?:e|ing)\s+off)(?=\s+(?:(?:my|this|an?|the)\s+)?(?:[\w'’-]+\s+){0,2}?(?:fears?|phobias?|anxiety|addiction|habit|shyness|insomnia|nerves|dread|procrastination)\b))\s+(?:(?:eating|drinking)\s+)?(?=\w)",
    _I,
)
#: Words that are not part of the noun before them: judgements, times, places and fillers.
_NO_NOUN = lazy(
    rf"(?:whatsoever|{BAD}|{GOOD}|\w+ly|alone|together|outdoors|indoors|outside|inside|abroad|upstairs|nowadays|once|twice|tonight|home|well|even|still|now|then|instead|anyway|though|lol|haha|tbh|imo|ngl|btw|thanks|thx|cheers|yeah|ok|full|part|bad|good|right|wrong|worse|best|worst|me|got|came|went|said|asked|recommend|suggest|rn|atm|due|owing|thanks|according|regardless|compared|depending)\b",
    _I,
)
_NEXT_WORD = lazy(r"\s+([A-Za-z][\w'’-]*)")
#: Begins a clause that only says why, when or where, or a request after a statement.
_SUBORDINATE_CLAUSE = lazy(
    r",?\s+(?:(?:because(?:\s+of)?|due\s+to|owing\s+to|since|although|though|whereas|now\s+that|so\s+that|instead\s+of|rather\s+than|even\s+(?:if|though|when)|everywhere|wherever|whenever|whatever|as\s+soon\s+as|by\s+the\s+time|unless|until|once)\s|(?:before|after|when|while|if)\s+(?:i|we|it|the|my)\b"
    r"|and\s+(?:(?:would|i['’]?d|could)\s+(?:like|love|appreciate|welcome|do\s+with|use)|(?:am|i['’]?m)\s+(?:\w+\s+)?(?:looking|wondering|after|hoping\s+you)|(?:need|want)\s+(?:some|an?|ideas|tips|help)\b))",
    _I,
)
_BOUND = lazy(r"\s*(?:$|[,.;:!?)–—]|-\s)")
_EACH = lazy(r"\s+(?:a|per|an|each)\s+(?:day|week|month|year|head|person|night|piece|pop|hour)\b", _I)
#: The most nouns by which a noun is extended.
MAX_ADDED_NOUNS = 2
#: The fewest words of a clause that states something.
MIN_CLAUSE_WORDS = 3
#: Ends a wish to do more of something: "read more".
_MORE_AT_END = lazy(r"\s+(?:a\s+(?:lot|bit)\s+|much\s+|far\s+)?(?:more|better|healthier|smarter)(?:\s+often)?(?=\s*(?:$|[,.;!?]))", _I)  # fmt: skip
#: The most words of a habit or goal; from a longer one, places and times are left out.
MAX_ACTIVITY_WORDS = 9
#: The most words that a verb before its object has.
MAX_VERB_WORDS = 3
#: The same with another object and a preposition: "block out my mornings for".
MAX_WORDS_BEFORE_OBJECT = 5


def subordinate_clause(text: str) -> int | None:
    """Return where a clause of reason, time or place begins, after three or more words; None without one."""
    found = _SUBORDINATE_CLAUSE.search(text)
    return found.start() if found and len(text[: found.start()].split()) >= MIN_CLAUSE_WORDS else None


def activity_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the activity that `text[start:end]` is part of.

    Its verb is included unless it is a general one such as "do" or "have"; the words after it are included where the
    activity is otherwise only a verb.
    """
    agents = [found.end() for found in _AGENT.finditer(text, 0, start) if found.end() <= start]
    verb = text[agents[-1] : start] if agents else ""
    light = _LIGHT_VERB.match(verb)
    most_words = MAX_WORDS_BEFORE_OBJECT if _LEADS_TO.search(verb) else MAX_VERB_WORDS
    if _BEFORE_END_OF_NOUN.search(verb) and not _MARKS.search(verb):
        start = agents[-1] + (light.end() if light else 0)
        start += len(text[start:]) - len(text[start:].lstrip())
    elif 0 < len(verb.split()) <= most_words and not _MARKS.search(verb):
        bare = not light or any(needs.match(text, start, end) for needs in (_PREPOSITION, _OWNED, _MANNER))
        start = agents[-1] if bare else start
    if " " not in text[start:end] and _GOES_ON.match(text, end):
        _, end, _ = phrase(text, start, len(text))
    return start, with_frequency(text, start, end, len(text))


def with_frequency(text: str, start: int, end: int, limit: int) -> int:
    """Return where an activity ends, its frequency included: "go for a run every day"."""
    found = FREQUENCY.match(text, end, limit)
    is_activity = _AGENT_AND_VERB.search(text, 0, start) or _ACTIVITY.match(text, start)
    return max(end, shortened(text, start, found.end(), MAX_ACTIVITY_WORDS)) if found and is_activity else end


def activity_end(text: str, start: int, end: int, limit: int, kind: Kind) -> int:
    """Return where a habit or goal ends: after its frequency, "more" or its deadline, but before most places and times."""
    if kind == "habit":
        return shortened(text, start, with_frequency(text, start, end, limit), MAX_ACTIVITY_WORDS)
    if kind != "goal":
        return end
    if more := _MORE_AT_END.match(text, end, limit):
        return more.end()
    return shortened(text, start, with_deadline(text, end, limit), MAX_ACTIVITY_WORDS)


def shortened(text: str, start: int, end: int, most: int) -> int:
    """Return where an activity ends when the last of its places and times are left out until it has `most` words."""
    while len(text[start:end].split()) > most:
        cuts = [cut.start() for cut in PLACE_OR_TIME.finditer(text, start, end)]
        cuts = [cut for cut in cuts if len(text[start:cut].split()) >= MIN_CLAUSE_WORDS]
        if not cuts:
            break
        end = cuts[-1]
    return end


def abandoned(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the bounds of the thing that somebody wishes to give up, without by when; None where there is no such wish."""
    if not (found := ABANDONING.match(text, start, end)):
        return None
    deadline = BY_WHEN.search(text, found.end(), end)
    return found.end(), deadline.start() if deadline else end


def noun_phrase_end(text: str, start: int, end: int) -> int:
    """Return where the noun phrase that begins with `text[start:end]` ends: before a grammar word, or with its clause."""
    classed = {word.start: word.kind for word in words(text, chinese=False)}
    last = end
    for _ in range(MAX_ADDED_NOUNS):
        found = _NEXT_WORD.match(text, last)
        if found is None or classed.get(found.start(1)) != OPEN or _NO_NOUN.match(text, found.start(1)):
            break
        last = found.end()
    following = _NEXT_WORD.match(text, last)
    ends = _BOUND.match(text, last) or (following and classed.get(following.start(1)) in ("case", "mark", "prefer"))
    if not ends:
        last = end
    each = _EACH.match(text, last) if any(map(str.isdigit, text[start:last])) else None
    return each.end() if each else last
