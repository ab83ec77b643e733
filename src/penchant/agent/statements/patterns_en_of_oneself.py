"""What English writers say of themselves in passing: what they live with and work on, what they do how often, what they mean to do one day,
and what they make of things in a word ("X... bleh").

As in `patterns_en_sure`: what they read stands as it is; the classifier is not asked.
"""

from penchant.agent.statements.patterns_en_at_length import _TEST
from penchant.agent.statements.patterns_en_sure import _sure
from penchant.agent.statements.patterns_en_turned import _FIRST, _HOW, _LAST, _WORD
from penchant.agent.statements.patterns_en_verdicts import _NOT_OF_NOW, NO_DEED
from penchant.agent.statements.wordings import AM, HAVE, I, Pattern, V

_PET = r"(?:dog|cat|puppy|kitten|rabbit|bunny|hamster|parrot|budgie|horse|pony|tortoise|guinea\s+pig|ferret|goldfish|labrador|husky|poodle|terrier)"
_KIN = r"(?:son|daughter|baby|wife|husband|partner|girlfriend|boyfriend|twins|kids|boys|girls|child|toddler|fianc[eé]e?|little\s+one)"
_ROOM = r"(?:house|home|flat|apartment|building|kitchen|garden|room|bathroom|place|village|street|office|studio|household|family|car|street|town)"
_TECH = r"(?:windows|mac(?:\s?os|book)?|linux|ubuntu|debian|fedora|arch|android|ios|iphone|ipad|pixel|galaxy|chromebook|raspberry|postgres\w*|mysql|mongodb|sqlite|oracle|python|java|kotlin|swift|rust|golang|go|php|ruby|rails|django|react|vue|angular|laravel|node|typescript|kubernetes|docker|aws|azure|gcp|terraform|jira|slack|teams|notion|excel|sap|salesforce|shopify|wordpress|figma|gitlab|github|vim|emacs|vs\s?code|intellij)"
_AT_WORK = r"(?:at\s+(?:work|our\s+(?:company|office|school|shop|place)|my\s+(?:company|office|school|job))|in\s+(?:my|our)\s+(?:team|company|office|lab|department)|for\s+(?:work|everything))"
_NUMBER = r"(?:\d+(?:[.,]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|half\s+an?|a\s+couple\s+of|a\s+few)"
_SPAN = r"(?:minutes?|mins?|hours?|hrs?|days?|evenings?|nights?)"
_OFTEN = (
    r"(?:(?:every|each)\s+(?:single\s+|other\s+|second\s+|third\s+)?(?:morning|evening|night|day|afternoon|week|weekend|month|year|spring|summer|autumn|fall|winter|weekday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:\s+(?:morning|evening|afternoon|night))?"
    rf"|(?:once|twice|{_NUMBER}\s+times|{_NUMBER}\s+(?:days|nights|mornings|evenings))\s+(?:a|per|every|each)\s+(?:day|week|month|year|fortnight)|daily|nightly|weekly|monthly|most\s+(?:days|mornings|evenings|nights|weekends)|on\s+(?:weekdays|weekends|(?:mon|tues|wednes|thurs|fri|satur|sun)days|(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+(?:mornings|evenings|nights|afternoons))|at\s+(?:the\s+)?weekends)"
)
_SUM = rf"(?:{_NUMBER}\s+(?!(?:times|days|minutes?|percent)\b)(?:[\w'’-]+\s+){{1,3}}?(?:a|per|each|every)\s+(?:day|week|month|night|morning))"
_TOLD_TO = r"(?!(?:take|apply|use|water|repeat|give|feed|do|eat|drink|mix|stir|clean|wash|brush|how|what|is|are|can|at|pay|paid|charged|open|only|up)\b)"
_WISH = rf"(?:{I}{V}(?:want|hope|plan|intend|wish|aim|need|wanna|have\s+decided|decided)\s*(?:to\s+)?|\b(?:i|we)(?:['’]d|\s+would|\s+should)\s+(?:(?:really|very\s+much|dearly|so|also)\s+)*(?:like|love|want)\s+(?:very\s+much\s+)?to\s+|{AM}{V}(?:trying|hoping|looking|planning|aiming|determined|keen|desperate|working\s+hard|going|hell-bent)\s+to\s+|(?:{AM}{V}|^)gonna\s+|{AM}{V}tryna\s+|{HAVE}{V}(?:been\s+)?(?:meaning|wanting|trying|hoping|planning)\s+to\s+|{HAVE}{V}always\s+wanted\s+to\s+)"
_NOT_THE_TASK = r"(?:essay|text|code|cv|resume|letter|draft|paragraph|script|query|email|answer|site|page|report|photo|image|picture|prompt)"
_AMBITION = (
    rf"(?:learn\s+(?!(?:more\b|about\b|why|what|whether|if\b|how\s+(?:this|that|it|the|you)|from\b|it\b|this\b|the\b(?!\s+(?:piano|guitar|violin|drums|ukulele|cello|flute|harp|saxophone|trumpet|tango|basics\s+of))|your\b))(?:(?:how\s+)?to\s+)?\w|become\s+(?:an?\s|fluent|better|more|fitter|vegan|vegetarian|self)|master\s+(?!(?:the|this|that)\b)\w|retire|emigrate|lose\s+(?:weight|some\s+weight|\d|ten|twenty|a\s+few|my\s+(?:belly|tummy))|gain\s+(?:weight|muscle|\d)|put\s+on\s+(?:weight|muscle)|save\s+(?:up|money|for|\W?\d)|move\s+(?:abroad|(?:to|into)\s+(?!(?:the|this|that|my|your|another|page|step)\b))|run\s+(?:an?|my|the)\s+(?!(?:test|script|query|check|code|command|job|program)\b)|climb\s|study\s+(?!(?:this|the|it|for\s+my\s+\w+\s+tomorrow)\b)|improve\s+(?:my|our)\s+(?!(?:\w+\s+)?{_NOT_THE_TASK}\b)"
    rf"|get\s+(?:better\s+at|into\s+(?!(?:this|that|it|the|my|trouble)\b)|fit|fitter|healthier|stronger|in\s+shape|out\s+of\s+debt|my\s+(?:\w+\s+){{0,2}}?(?:licen[cs]e|degree|diploma|certificate|sleep|cholesterol|weight|life|finances|black\s+belt)|rid\s+of\s+my\s+(?:\w+\s+){{0,2}}?(?:debts?|loan|belly|acne|accent|fear|stutter))|build\s+(?:muscle|up\s+my|my\s+own|an?\s+(?:house|cabin|treehouse|boat|guitar|business|company))|write\s+an?\s+(?:novel|book|memoir|screenplay|musical)|start\s+(?:an?\s+|my\s+own\s+|our\s+own\s+)(?:\w+\s+){{0,2}}?(?:business|company|family|blog|podcast|channel|garden|shop|band|charity|farm|bakery|caf[eé])|open\s+(?:an?|my\s+own|our\s+own)\s+(?:\w+\s+){{0,2}}?(?:shop|caf[eé]|bakery|restaurant|studio|bar|gallery|guesthouse|salon)|adopt\b|have\s+(?:an?\s+baby|kids|children)|buy\s+(?:an?|our|my)\s+(?:first\s+|own\s+|little\s+|small\s+)*(?:house|flat|home|boat|farm|campervan|motorbike|place)"
    r"|see\s+the\s+(?:northern|world|pyramids|cherry)|visit\s+(?:all|every)|travel\s+(?:the\s+world|around|more)|(?:eat|drink|smoke|spend|work|fly|drive|read|sleep|cook|exercise|walk|sit|worry|waste|use)\s+(?:(?:a\s+lot|a\s+bit|much|far|even)\s+)?(?:less|more|fewer|better|healthier)(?!\s+(?:than|about|of|on|reviews?|details?|info\w*|posts?|articles?|examples?|from|like|time\s+to)\b)|cut\s+(?:down|back|out)|be\s+(?:able\s+to\s+(?:speak|play|swim|run|cook|ride|drive|dance|sing|touch|lift|walk|sew|dive|ski|skate|paint|draw|do|hold\s+a|have\s+a\s+conversation|understand\s+(?!(?:this|that|the|it|your?)\b)|read\s+(?!(?:this|that|the|it|your?|my)\b))|debt\s+free|fit|fluent|an?\s+better|more\s+\w+)|live\s+(?:off|abroad|in|by)|walk\s+the\s|swim\s+the\s|own\s+an?\s|grow\s+(?:my|our)\s+own|switch\s+careers?|change\s+careers?|go\s+(?:vegan|freelance|vegetarian|back\s+to\s+(?:school|uni\w*|college)|self-employed)"
    rf"|pay\s+off\s+(?:my|our)|pass\s+(?:my|the|an?)\s+(?:[\w'’-]+\s+){{0,3}}?{_TEST}|finish\s+(?:my|our)\s+(?:degree|thesis|phd|novel|studies|dissertation|masters|book)|do\s+an?\s+(?:phd|masters?|marathon|triathlon|handstand|pull-?up)|take\s+up\s+\w|get\s+(?:an?\s+)?(?:dog|puppy|kitten|tattoo|promotion)|train\s+as|qualify\s+as|retrain\s+as|break\s+the\s+habit|hike\s+the|cycle\s+(?:across|around|to)|sail\s+(?:around|across|the)|trace\s+my|downsize|declutter|foster)"
)
_GREAT = r"(?:amazing|great|good|alive|wonderful|fantastic|at\s+home|at\s+peace|calm(?:er)?|relaxed|happ(?:y|ier)|better|safe|strong|energi[sz]ed|refreshed|like\s+(?:a\s+(?:king|queen|kid|child)|myself))"
_BLEH = r"(?:bleh|yuck|yuk|ugh+|eww+|blegh|blech|gross|urgh|bah|no\s+thanks?|hard\s+pass|just\s+no|nope|shudder)"
_SPOILS = r"(?:ruins?|spoils?|kills?|wrecks?|puts?\s+me\s+off)"

OF_ONESELF: tuple[Pattern, ...] = (
    # what one lives with and works on
    _sure("fact", "0", rf"\b(?:my|our)\s+(?:\w+\s+)?(?:{_PET}|{_KIN})(?:['’]?s\s+name\s+is|\s+is\s+(?:called|named)|\s+are\s+(?:called|named))\s+(?P<s>\w+(?:\s+and\s+\w+)?)(?=\s*(?:$|[,.;!?(]|\s(?:and|so|he|she|but)\b))"),
    _sure("fact", "0", r"\b(?:my|our)\s+name\s+is\s+(?!(?:on|not|wrong|misspelled)\b)(?P<s>\w+)(?=\s*(?:$|[,.;!?]))"),
    _sure("fact", "0", rf"\bthere(?:['’]?s|\s+is|\s+are|['’]re)\s+(?P<s>(?:no|an?|only|two|three)\s+(?:[\w'’-]+\s+){{0,3}}?[\w'’-]+)\s+(?:in|at|on)\s+(?:my|our)\s+(?:\w+\s+)?{_ROOM}\b"),
    _sure("fact", "0", rf"{I}{V}(?:use|run|work\s+(?:with|in|on)|have|deploy\s+(?:to|on))\s+(?!(?:it|this|that|the|a|an|you|your)\b)(?P<s>[\w.+#'’-]+(?:\s+[\w.+#'’-]+){{0,3}}?)\s+{_AT_WORK}(?=\s*(?:$|[,.;!?]|\s(?:and|so|but|to|for|because)\b))"),
    _sure("fact", "0", rf"(?:{AM}|\b(?:i|we)\s+(?:am\s+|are\s+)?){V}(?:stuck\s+(?:on|with)|running|working\s+(?:on|with)|using|on)\s+(?:an?\s+|my\s+)?(?P<s>(?:old\s+|new\s+)?{_TECH}(?:\s+(?:[a-z]?\d[\w.]*|pro|air|mini|lts|with\s+\w+|phone|tablet|laptop|pi|box|server))*)(?=\s*(?:$|[,.;!?(]|\s(?:and|so|but|at|here|if|for|on|btw|rn)\b))"),
    _sure("fact", "0", rf"^(?:running|on|using)\s+(?:an?\s+|my\s+)?(?P<s>(?:old\s+|new\s+)?{_TECH}(?:\s+(?:[a-z]?\d[\w.]*|pro|air|mini|lts|phone|tablet|laptop|pi|box|server|on\s+an?\s+[\w\s]{{2,20}}?|with\s+\w+))*)(?=\s*(?:$|[,.;!?(]|\s(?:and|so|but|here|btw|rn)\b))"),
    _sure("fact", "0", rf"^use\s+(?P<s>{_TECH}(?:\s+[\w.]+)?)\s+(?:btw|by\s+the\s+way|here|myself|at\s+work)\b"),
    _sure("fact", "0", rf"(?:{AM})(?P<s>(?:\d['’]\s?\d{{1,2}}[\"”']?|\d\s*(?:ft|foot|feet)(?:\s+\d{{1,2}})?|\d[.,]\d{{2}}\s*m|1\d\d\s*cm|(?:four|five|six)\s+(?:foot|feet)(?:\s+\w+)?))(?=\s*(?:$|[,.;!?]|\s(?:and|so|but|tall|with)\b))"),
    _sure("fact", "0", rf"{I}{V}(?:only\s+)?(?:have|got)\s+(?:only\s+)?(?P<s>{_NUMBER}\s+{_SPAN}\s+(?:a|per|each|every)\s+(?:day|week|morning|night))(?=\s*(?:$|[,.;!?]|\s(?:and|so|but|to|for)\b))"),
    _sure("fact", "0", r"^(?:sorry,?\s+)?\w+\s+(?P<s>(?:is\s+not|isn['’]?t|is)\s+my\s+(?:first|native|second|mother|third)\s+(?:language|tongue))\b"),
    _sure("fact", "0", r"\bmy\s+(?:mother|mum|native|first)\s+(?:tongue|language)\s+is\s+(?P<s>\w+)"),
    _sure("fact", "0", r"^(?:speaking\s+as|being|coming\s+from|as)\s+(?P<s>an?\s+(?:single\s+|new\s+|working\s+|busy\s+|proud\s+)?(?:father|mother|mum|mom|dad|parent|grandmother|grandfather|gran|pensioner|widow(?:er)?)\s+of\s+(?:\w+)(?:\s+\w+)?)(?=\s*(?:$|[,.;]))"),
    _sure("fact", "0", r"^where\s+(?:i|we)\s+live(?:\s+is)?[,\s(–-]+(?:in\s+)?(?P<s>(?!(?:there|it|the|you|people|is|we|i|no\w*|everything|everyone|nothing)\b)\w[\w'’-]*(?:\s+[\w'’-]+){0,3}?)(?=\s*[,.;)–-])"),
    _sure("fact", "0", r"\b(?:i|we)\s+(?:home-?school|foster|look\s+after|care\s+for|am\s+raising|are\s+raising|['’]m\s+raising|take\s+care\s+of)\s+(?P<s>(?:my|our|an?|two|three|four)\s+\w[\w\s'’-]{1,40}?)(?=\s*(?:$|[,.;!?]|\s(?:and|so|but|at|because|full)\b))"),
    # what one does, and how often
    _sure("habit", "+", rf"(?:^|[,;.]\s+|\b(?:and|but|so|because|since|as)\s+)(?:i|we)\s+{V}{_NOT_OF_NOW}(?P<s>(?!{NO_DEED})(?!(?:work|live|teach|study|take|pay)\b)[a-z]{{2,}}(?:\s+(?!(?:it|this|that|them|these|you|your|the\s+(?:page|app|site|error))\b)[\w'’&-]+){{0,7}}?\s+(?:{_OFTEN}|(?<=\s){_SUM}))(?=\s*(?:$|[,.;:!?]|\s(?:and|so|but|with|for|before|after|because|at|in|to|since|when|while|which)\b))"),
    _sure("habit", "+", rf"(?:^|[,;.]\s+|\b(?:and|but|so|because|since|as)\s+)(?:i|we)\s+{V}{_NOT_OF_NOW}(?P<s>(?!{NO_DEED})[a-z]{{2,}}\s+{_SUM})(?=\s*(?:$|[,.;:!?]|\s(?:and|so|but|because)\b))"),
    _sure("habit", "+", rf"^(?:{AM}\s*(?:in|at|down|off)\s+(?:the\s+)?)?(?P<s>{_TOLD_TO}{_FIRST}{_WORD}(?:\s+{_WORD}){{0,2}}?\s+(?:once|twice|{_NUMBER}\s+(?:times|days|nights|mornings|evenings))\s+(?:a|per)\s+(?:week|month|day))(?=\s*(?:$|[,.;!]))"),
    _sure("habit", "+", rf"{AM}\s*(?:in|at|down|off)\s+(?:the\s+)?(?P<s>(?:gym|pool|office|track|studio|library|market|allotment|club)\s+{_OFTEN})"),
    _sure("habit", "+", rf"{AM}{V}used\s+to\s+(?P<s>\w+ing\s+\w[\w\s'’:-]{{1,40}}?){_LAST}"),
    _sure("habit", "+", r"^(?:my|our)\s+(?:mornings|evenings|weekends|sundays|saturdays|lunch\s+breaks?|commute|friday\s+nights|sunday\s+mornings|days\s+off)\s+(?:is|are|consists?\s+of|means?)\s+(?:usually\s+|mostly\s+|always\s+|all\s+about\s+|just\s+)?(?!(?:free|busy|full|too|so|very|long|boring|quiet|ruined|short|stressful|booked)\b)(?P<s>\w[\w\s'’,&-]{2,50}?)(?=\s*(?:$|[.;!?]|,\s+(?:so|what|any|which|how)\b))"),
    # what one means to do one day
    _sure("goal", "+", rf"{_WISH}{V}{_NOT_OF_NOW}(?P<s>{_AMBITION}[\w\s'’&/.£$€+-]{{0,60}}?){_LAST}"),
    _sure("goal", "+", rf"(?:{AM}|^){V}dreaming\s+(?:of|about)\s+(?:one\s+day\s+)?(?P<s>(?!(?:it|this|that|you)\b)(?:\w+ing\s+|an?\s+|my\s+)\w[\w\s'’-]{{1,50}}?)(?:\s+(?:some\s?day|one\s+day))?{_LAST}"),
    # what one makes of things
    _sure("like", "+", rf"^(?P<s>{_FIRST}{_WORD}(?:\s+{_WORD}){{0,5}}?)\s+{_HOW}makes?\s+me\s+feel\s+(?:so\s+|really\s+|absolutely\s+|very\s+|like\s+)*{_GREAT}\b"),
    _sure("dislike", "-", rf"^(?P<s>{_FIRST}{_WORD}(?:\s+{_WORD}){{0,5}}?)\s+(?:really\s+|always\s+|just\s+|completely\s+|totally\s+)*{_SPOILS}\s+(?:[\w'’-]+\s+){{1,3}}?for\s+(?:me|us)\b"),
    _sure("dislike", "-", rf"^(?P<s>{_FIRST}{_WORD}(?:\s+{_WORD}){{0,3}}?)\s*(?:\.{{2,}}|…|,|\s–|:|\s-|(?<=\w))\s*{_BLEH}(?=\s*(?:$|[,.!;…]))"),
    _sure("dislike", "-", rf"^{_BLEH}[,!.…\s]+(?P<s>(?!(?:this|that|it|no|the|my|your|you|i|i['’]\w+|we|what|why|how|not|so|another)\b){_WORD}(?:\s+{_WORD}){{0,3}}?)(?=\s*(?:$|[,.!;]))"),
    _sure("dislike", "-", rf"^(?:(?:honestly|sorry|tbh)[,\s]+)?(?P<s>{_FIRST}{_WORD}(?:\s+{_WORD}){{0,4}}?)\s+(?:is|are)\s+(?:the\s+devil|the\s+worst|evil|pure\s+evil|torture|a\s+nightmare|hell|agony|misery|a\s+misery|a\s+pain|unbearable|awful|horrible|terrible|dreadful|exhausting)\s+(?:for|to)\s+(?:me|us)\b"),
    _sure("dislike", "-", rf"^(?P<s>{_FIRST}{_WORD}(?:\s+{_WORD}){{0,3}}?)\s+(?:is|are)\s+(?:the\s+devil|(?:pure\s+)?evil|satan|the\s+work\s+of\s+the\s+devil){_LAST}"),
    _sure("dislike", "-", rf"{AM}\s*no\s+(?:great\s+|big\s+|real\s+)?(?:friend|fan|lover|admirer)\s+of\s+(?!(?:this|that|these|it|yours?)\b)(?P<s>\w[\w\s'’-]{{1,50}}?){_LAST}"),
    _sure("like", "+", rf"(?:{AM}|\bam\s+i\s+)(?:definitely\s+|totally\s+|just\s+)?(?:the|one\s+of\s+those|that|an?)\s+(?:only\s+one|type|kind|sort|weirdo|weird\s+one|odd\s+one|person|people|someone|guy|girl|woman|man|one)(?:\s+of\s+(?:person|guy|girl))?\s+(?:who|that)\s+{_HOW}(?:loves?|adores?|enjoys?|likes?)\s+(?!(?:this|that|it|to\s+(?:know|ask))\b)(?P<s>\w[\w\s'’-]{{1,50}}?){_LAST}"),
    _sure("dislike", "-", rf"(?:{AM}|\bam\s+i\s+)(?:definitely\s+|totally\s+|just\s+)?(?:the|one\s+of\s+those|that|an?)\s+(?:only\s+one|type|kind|sort|weirdo|weird\s+one|odd\s+one|person|people|someone|guy|girl|woman|man|one)(?:\s+of\s+(?:person|guy|girl))?\s+(?:who|that)\s+{_HOW}(?:hates?|dislikes?|loathes?|detests?|can['’]?t\s+(?:stand|bear)|doesn['’]?t\s+(?:like|enjoy)|don['’]?t\s+(?:like|enjoy)|finds?\s+no\s+joy\s+in)\s+(?!(?:this|that|it)\b)(?P<s>\w[\w\s'’-]{{1,50}}?){_LAST}"),
    _sure("avoid", "-", rf"{I}{V}(?:ditched|binned|dumped|swore\s+off|kicked|cut\s+out|quit|gave\s+up|got\s+rid\s+of)\s+(?!(?:it|this|that|them|my\s+job|him|her|the|on|trying|looking)\b)(?P<s>\w[\w\s'’-]{{1,30}}?)\s+(?:(?:many\s+|two\s+|three\s+|some\s+|a\s+few\s+|\d+\s+)?(?:years?|months?|weeks?|ages)\s+ago|last\s+(?:year|month|summer|winter|spring|autumn)|for\s+good|in\s+(?:\d{{4}}|january|february|march|april|may|june|july|august|september|october|november|december))\b"),
    _sure("avoid", "-", rf"\b(?:i|we)(?:['’]d|\s+would)\s+(?:really\s+|much\s+)?(?:prefer|rather|like)\s+(?:not\s+to|not|to\s+not)\s+(?:have|eat|drink|use|get|see|be\s+served)\s+(?:any\s+)?(?!(?:it|this|that|them|to|you|an?\s+(?:call|answer))\b)(?P<s>\w[\w\s'’-]{{1,40}}?)(?:\s+(?:in\s+(?:it|there|that|mine|my\s+\w+)|on\s+(?:it|mine|my\s+\w+)))?{_LAST}"),
)  # fmt: skip
