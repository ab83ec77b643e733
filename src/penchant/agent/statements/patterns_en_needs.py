"""How English speakers put what must be so: "Everything I wear has to be …", "The only bread I eat is …", "Without X I can't …".

As in `patterns_en_sure`: what they read stands as it is; the classifier is not asked.
"""

from penchant.agent.statements.patterns_en_sure import _END, _sure
from penchant.agent.statements.wordings_en import AM, I, Pattern, V

#: What is made or mended with an assistant, and not lived with.
_WORK = (
    r"(?:cells?|rows?|columns?|images?|lines?|words?|buttons?|texts?|paragraphs?|website|site|apps?|pages?|logo|code|programs?|scripts?|functions?|essays?|papers?|letters?|emails?|resume|cv|cover\s+letter|presentation|slides?|reports?|speech|story|poem|song|files?|data|tables?|charts?|graphs?|quer(?:y|ies)|bot|server|titles?|names?|numbers?|values?|fields?|inputs?|outputs?"
    r"|questions?|results?|version|title|draft|thesis|query|report|order|orders|delivery|refund|money|account|password|package|parcel|photo|photos|picture|video|flight\s+(?:changed|moved)|son|daughter|kids?|children|wife|husband|boss|manager|team|users?|customers?|students?|characters?|company|boss|team|teacher|professor|school|bank\s+account)"
)
_MINE = rf"(?:(?:everything|anything|whatever|everyone|anyone)|(?:every|each|any|all)\s+(?:of\s+)?(?:my\s+|our\s+|the\s+)?(?!{_WORK}\b)[\w-]+(?:\s+(?!{_WORK}\b)[\w-]+)?)"
_MUST = r"(?:has|have|needs?|must|ought|should)\s+(?:to\s+)?"
_BE = r"(?:be\s+|have\s+|come\s+with\s+|contain\s+|include\s+|offer\s+)?"
_DONE = r"(?!(?:(?:be\s+)?(?:finished|changed|cancell?ed|done|fixed|repaired|submitted|sent|ready|replaced|removed|moved|updated|returned|paid|signed|approved|renewed|delivered|back|in\s+by|checked|rewritten|uploaded)|do|go|wait|leave|call|pay)\b)"
_NOT_NOW = r"(?![^.!?]*\b(?:today|tonight|tomorrow|yesterday|by\s+(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|then)|right\s+now|this\s+time)\b)"
_OF_ITSELF = r"(?!(?:this|that|these|those|it|you|your|his|her|him|them|their|what|if|why|both|all|one|to|how)\b)"
_KEPT = r"(?:eat|drink|buy|use|wear|read|watch|touch|give(?:\s+(?:my|our)\s+\w+)?|trust|tolerate|enjoy|like|accept|allow|own|consider|stay\s+(?:in|at)|listen\s+to|play|cook(?:\s+with)?|take|order|visit|fly\s+with|shop\s+(?:at|in)|follow|keep|sleep\s+(?:in|on)|date|invest\s+in|spend\s+money\s+on)"
_CAN = r"(?:can['’]?t|cannot|won['’]?t|don['’]?t|never|refuse|will\s+not|couldn['’]?t)"
NEEDED: tuple[Pattern, ...] = (
    _sure("require", "+", rf"^(?:for\s+me,?\s+)?{_MINE}\s+(?:(?:that\s+)?(?:i|we)\s+[\w\s'’]{{2,25}}?|(?:in|on|for)\s+(?:my|our)\s+[\w\s'’]{{2,20}}?)\s+{_MUST}{_BE}{_DONE}{_NOT_NOW}{_OF_ITSELF}"),
    _sure("require", "+", rf"^(?:all\s+(?:of\s+)?)?(?:my|our)\s+(?!{_WORK}\b)[\w-]+(?:\s+(?!{_WORK}\b|(?:has|have|needs?|must|should)\b)[\w-]+){{0,2}}?\s+(?:must|has\s+to|have\s+to|needs?\s+to)\s+(?:always\s+)?{_DONE}(?:be|have|come\s+with|include|contain|offer|(?=(?:speak|understand|allow|accept|fit|last|smell|taste|feel|match|support|serve|stay|run)\s))\s*{_DONE}{_NOT_NOW}{_OF_ITSELF}"),
    _sure("require", "+", rf"^the\s+only\s+(?!(?:thing|error|problem|issue|question|way|reason|time|one|difference)\b)[\w\s'’-]{{2,30}}?\s+(?:that\s+)?(?:i|we)\s+(?:ever\s+|will\s+|can\s+|would\s+|really\s+)?{_KEPT}\s+(?:is|are)\s+{_OF_ITSELF}"),
    _sure("require", "+", rf"^without\s+(?:an?\s+|my\s+)?(?P<s>(?!(?:this|that|it|you|the|him|her)\b)\w[\w\s'’-]{{1,50}}?),?\s+(?:i|we)\s+(?:simply\s+|just\s+|really\s+)?{_CAN}\s+(?!(?:log|open|see|access|load|click|submit|know|understand|find|finish|install|run|say|tell)\b)\w"),
    _sure("require", "+", rf"(?:{I}{V}(?:will\s+|can\s+)?|\b(?:i|we)['’]ll\s+)(?:rent|eat|drink|buy|use|wear|read|watch|accept|date|hire|trust|stay\s+(?:in|at)|book|order|listen\s+to|cook\s+with|choose|pick|consider|tolerate|invest\s+in|own|support|fly|shop\s+(?:at|in))\s+(?:only|exclusively|solely|nothing\s+but)\s+{_OF_ITSELF}"),
    _sure("require", "+", rf"\b(?:i|we)(?:['’]ll|\s+will|['’]d|\s+would|\s+can)?\s+(?:ever\s+)?only\s+(?:ever\s+)?(?!stay\s+(?:for|until|till)\b)(?=(?:(?<!we only )accept|date|hire|trust|sign|consider|invest\s+in|own|support|sleep|work|live|stay|donate|apply|adopt|marry|rent|shop|cook|bake|play|train|commute|travel|attend|vote|subscribe|hike|swim|run|write\s+(?:with|in|by)|bank)\s)(?:consider\s+|accept\s+|trust\s+|own\s+|stay\s+(?:in|at)\s+)?{_NOT_NOW}{_OF_ITSELF}(?!(?:from\s+home\s+today|here|there|the\s+(?:first|last))\b)"),
    _sure("require", "+", rf"{I}always\s+(?:ask\s+for|insist\s+(?:on|that)|demand|request|look\s+for|check\s+(?:that|for)|make\s+sure\s+(?:that\s+)?(?:there(?:['’]?s|\s+is|\s+are)\s+|i\s+have\s+|it\s+has\s+)?|need|require|expect)\s+(?!(?:help|the\s+(?:error|update)|updates|errors|bugs)\b){_OF_ITSELF}"),
    _sure("require", "+", r"^as\s+long\s+as\s+(?:it|they|there|the\s+\w+)(?:['’]?s|['’]re|\s+is|\s+are|\s+has|\s+have|\s+comes?\s+with)\s+(?:an?\s+)?(?P<s>(?!(?:raining|sunny|not|ok|okay|possible|going|working|true|clear|legal|still|here|there)\b)\w[\w\s'’-]{1,40}?),?\s+(?:i['’]?m\s+(?:\w+\s+)?(?:happy|fine|good|ok|okay|in|easy|satisfied|content)|i['’]ll\s+(?:eat|take|try|be\s+(?:happy|fine))|anything|i\s+(?:don['’]?t\s+(?:mind|care)|like\s+it|eat\s+it)|any\s+\w+)\b"),
    _sure("require", "+", rf"\b(?:happy|fine|good|ok(?:ay)?|easy|don['’]?t\s+(?:mind|care)|eat\s+anything|whatever|anything|any\s+\w+)\b[\w\s,'’]{{0,30}}?\s+(?:as|so)\s+long\s+as\s+(?:it|they|there|the\s+\w+)(?:['’]?s|['’]re|\s+is|\s+are|\s+has|\s+have|\s+comes?\s+with)\s+(?!(?:not|ok|okay|possible|going|working|true|clear|correct|right|done|by|short|long)\b){_OF_ITSELF}"),
    _sure("require", "+", rf"\bit(?:['’]?s|\s+is)?\s+(?:(?:very|really|so|extremely|absolutely|deeply|quite)\s+)?(?:matters|important|essential|crucial|vital|key)\s+(?:(?:a\s+lot|very\s+much|greatly|deeply)\s+)?(?:to|for)\s+(?:me|us)\s+(?:that|to\s+have|to)\s+(?!(?:know|understand|get|finish|say|be\s+clear)\b){_NOT_NOW}{_OF_ITSELF}"),
    _sure("require", "+", rf"^what\s+(?:matters|counts)\s+(?:(?:the\s+)?most\s+)?(?:to|for)\s+(?:me|us)(?:\s+(?:in|about|when|with)\s+[\w\s'’]{{2,30}}?)?\s+(?:is|are)\s+(?!(?:that\s+you|whether|how)\b){_OF_ITSELF}"),
    _sure("require", "+", rf"{I}{V}(?:set|place|put|lay)\s+(?:(?:a\s+lot\s+of|great|much|huge|high|enormous)\s+)?(?:store|value|importance|emphasis|stock|weight)\s+(?:by|on|in)\s+{_OF_ITSELF}"),
    _sure("require", "+", rf"{I}{V}(?:want|need|expect|require|like|prefer)\s+(?P<s>(?:(?:every|each)\s+(?:single\s+)?|any\s+|all\s+(?:of\s+)?(?:my\s+|our\s+)?|my\s+|our\s+)(?!{_WORK}\b)[\w-]+(?:\s+(?!{_WORK}\b)[\w-]+)?\s+(?:to\s+(?:be|have|list|come|include|contain|offer|show|use|last|start|work|fit|taste|feel|look|stay)\s+|without\s+|shown\s+|served\s+|made\s+(?:of|with|from)\s+|free\s+(?:of|from)\s+|black\b|hot\b|cold\b|spicy\b|plain\b|quiet\b|simple\b|strong\b|well\s+done\b|rare\b|crispy\b|organic\b)[\w\s'’-]{{0,40}}?)(?=\s*(?:$|[,.;!?]|\s(?:because|as|since|so)\b))"),
    _sure("require", "+", rf"{I}{V}(?:want|need|accept|use|wear|tolerate|settle\s+for)\s+nothing\s+(?:but|less\s+than|other\s+than|except)\s+{_OF_ITSELF}"),
    _sure("require", "+", rf"^(?:all|the\s+one\s+thing|the\s+only\s+thing)\s+i\s+(?:ask|want|need|require|expect|insist\s+on|look\s+for)(?:\s+(?:of|for|from|in)\s+[\w\s'’]{{2,30}}?)?\s+is\s+(?!(?:this|that\s+you|to\s+know)\b){_OF_ITSELF}"),
    _sure("require", "+", rf"^(?:my|our)\s+(?:only|one|main|first|single|most\s+important|sole)\s+(?:condition|requirement|criterion|demand|must-have|request)(?:\s+(?:for|in|of|about)\s+[\w\s'’]{{2,30}}?)?\s+is\s+(?!(?:this|that\s+you)\b){_OF_ITSELF}"),
    _sure("require", "+", rf"{AM}{V}(?:adamant|strict|uncompromising|inflexible|firm|particular|fussy|picky)\s+(?:about|on|when\s+it\s+comes\s+to)\s+(?!the\s+(?:color|font)\b){_OF_ITSELF}"),
    _sure("require", "+", rf"{I}{V}(?:need|require|must\s+have)\s+(?P<s>(?!(?:to|this|that|it|you|your|the|help)\b)\w[\w\s'’-]{{2,60}}?),?\s+(?:otherwise|or\s+else|or)\s+(?:i|my|the\s+(?:kids|baby|dog))\b"),
    _sure("require", "+", rf"{I}{V}(?:{_CAN})\s+{V}(?:consider|rent|buy|take|book|choose|accept|stay\s+(?:in|at)|look\s+at|move\s+into)\s+(?:an?\s+|any\s+)?(?!(?:the|this|that|it)\b)[\w-]+(?:\s+[\w-]+)?\s+without\s+{_OF_ITSELF}(?!\w+ing\b)"),
    _sure("require", "+", rf"{I}{V}(?:make\s+sure|insist|see\s+to\s+it)\s+(?:that\s+)?(?P<s>(?:every|each|all|any|my|our|there(?:['’]s|\s+is)\s+always)\s+(?!{_WORK}\b)\w[\w\s'’-]{{2,60}}?){_END}"),
    _sure("require", "+", rf"{I}(?:{_CAN})\s+(?:enjoy|fall\s+asleep|sleep|work|concentrate|relax|focus|function|live|cook|study|travel)\s+(?:properly\s+|well\s+)?(?:if\s+there\s+is\s+no|unless\s+(?:there\s+is|i\s+have|i['’]ve\s+got|it['’]s))\s+(?:an?\s+)?{_OF_ITSELF}"),
)  # fmt: skip
