"""Finds the user's own words in a message.

Quotations, reports, texts to translate and the words of invented characters are not statements of the user about
themself. They are blanked or left out, in messages of any length. Precision comes first: if a message is mostly material
for a task ("translate this: …"), none of it counts.
"""

import re
from collections.abc import Iterator

from penchant.agent.statements import corrections, reading_en, reading_zh
from penchant.agent.statements.changes_en import FORGET
from penchant.agent.statements.clause_punctuation import COLON, is_label, own_side_of_colon
from penchant.agent.statements.following_requests import FICTION, blanked_in, without_mails, without_requested_text
from penchant.agent.statements.omitted_words import with_omitted_subject, without_fillers
from penchant.agent.statements.own_words_zh import ASKS_ZH, OTHERS_ZH, RHETORICAL_ZH
from penchant.agent.statements.patterns_en_idioms import UNEXPECTED_DISLIKE, UNEXPECTED_TASTE
from penchant.agent.statements.patterns_en_sure import NOT_FOR_ME
from penchant.agent.statements.sentences import BLANK, Sentence, blanked, is_chinese, sentences
from penchant.agent.statements.temporary_clauses import lasting_spans
from penchant.characters import HAN, is_japanese
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
FIRST_PERSON = lazy(r"\b(?:i|i['’](?:m|ve|d|ll)|im|ive|my|me|we|we['’](?:re|ve|d)|our|us)\b", _I)
SHORT_FORM = lazy(
    r"^(?:please\s+)?(?:never|don['’]?t|do\s+not|always|no|only|avoid|not|can['’]?t|cannot|hate|love|big|huge|adore|keep|call|answer|from\s+now|forget|remove|stop|allergic|(?:vegan|vegetarian|pescatarian|coeliac|celiac|diabetic)(?=\s*(?:$|[,.;:!–—-]|\s(?:here|and|since|for|so|but|household|family|by)\b))|under\s+no|been|obsessed|addicted|hooked|fan|quit|gave\s+up|cut\s+out|swore|given\s+up|currently|trying\s+to|(?:planning|aiming|determined|working|practi[sc]ing|studying)\s+(?:to|for|on|towards?|how)|saving\s+(?:up\s+)?for|learning|training|scared|terrified|strict(?:ly)?|team|proud|total|lifelong|would\s+(?:rather|sooner|never)|rather|as\s+(?:an?|someone|somebody)|being|having|born|grew\s+up|raised|hoping\s+(?:to|for)|aiming\s+for|looking\s+to|try(?:na|ing\s+2)|wanna|gonna|would\s+(?:(?:really|dearly|so|happily|gladly)\s+)?(?:love|like|live|eat|hate)|(?!(?:same|is|are|it|there|what|how|any\w*|no|over|right|from|in|up|down|out|near|come|get|been|click|see|look|you|u|nobody|nothing|everything|all|thanks)\b)[\w'’-]+(?:\s+[\w'’-]+){0,4}?\s+here(?=\s*(?:$|[,.;!–-]))|preparing|recovering|diagnosed|single|new\s+to|based|works?\s+for\s+me|hard\s+(?:pass|no)|give\s+me|team|nothing\s+(?:beats|with)|anything\s+but|anyone\s+else)\b|\b(?:over\s+\w+,\s+always)\b", _I
)  # fmt: skip
ASKS_EN = lazy(
    r"[?？]|^(?:teach|guess|quiz|let\s+me|what(?!\s+(?:i['’]?m|i\s+am|we['’]?re|we\s+are)\s+(?:\w+\s+){1,4}?(?:is|are)\s+(?!it\b)|\s+makes\s+[^?]+?\s(?:for\s+(?:me|us)\s+)?is\s|\s+i\s+(?:[\w'’]+\s+){0,2}(?:enjoy|like|love|adore|hate|dislike|loathe|detest|despise|dread|cherish|treasure|stand|bear|abide|stomach|need|value|miss|appreciate|look\s+for|(?:want|expect)(?=\s+(?:in|from|out)\b))\b|\s+(?:\w+\s+){0,2}?\w+s\s+(?:most\s+)?(?:to\s+|for\s+)?(?:me|my)\b[^?]*\s(?:is|are)\s)|which|who|where(?!\s+possible\b)|when(?!\s+(?:i|we|it\s+comes|given|possible|in\s+doubt|\w+ing)\b)|why|how|do|does|did|is|are|was|were|am(?=\s+i\b)|(?:can|could|should|would|will|may|shall)(?!['’]?t|\s+(?:(?:really|dearly|so|very\s+much|quite)\s+)?(?:rather|sooner|not|never|always|only|honestly|happily|gladly|cheerfully|easily|live|love|like|prefer|hate)\b(?!\s+(?:you|it|that|the|this)\b[^.!]*\?))|have\s+you|tell\s+me|give\s+me(?=\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|some|a\s+few|a\s+list|examples|reasons|ideas|names|tips)\b)|give\s+me(?!.*\b(?:over|rather\s+than|instead\s+of|any\s+\w+)\b)(?!.*\band\s+i(?:['’]?m|\s+am|\s+can|\s+could|['’]ll)\b)|(?:please\s+)?(?:find|write|explain|list|translate|summari[sz]e|compare|plan|create|draft|prepare|suggest|recommend|check|help|remind)(?![^?]*\b(?:always|only|never|nothing|without|from\s+now\s+on|in\s+future|every\s+time|whenever|each\s+time)\b)|show\s+me|recommend|suggest|find|list|explain|write|help|compare|name|describe|make(?!\s+sure)|plan|create|generate|draft|calculate|convert|summari[sz]e|translate)\b", _I
)  # fmt: skip
#: Rhetorical questions: "who doesn't love snow", "what's the point of golf".
RHETORICAL_EN = lazy(
    r"^(?:who\s+(?:doesn['’]?t|wouldn['’]?t|could(?:n['’]?t)?|can|even|on\s+earth|in\s+their\s+right\s+mind)\s+(?:\w+\s+){0,2}?(?:love|like|enjoy|adore|want|resist|say\s+no\s+to)s?\b"
    r"|what['’]?s\s+not\s+to\s+(?:love|like)\b|(?:oh,?\s+)?how\s+(?:much\s+)?i\s+(?:love|adore|enjoy|hate|loathe|detest|dread)\b(?!.*\byou)|how\s+(?:can|could)\s+any(?:one|body)\s+(?:not\s+)?(?:love|like|hate|stand)\b"
    r"|what['’]?s\s+(?:up\s+)?with\s+all\s+th|(?:am\s+i|surely\s+i['’]?m\s+not)\s+the\s+only\s+(?:one|person)\s+(?:who|that)\s+(?:\w+\s+)?(?:loves?|likes?|enjoys?|hates?|dislikes?|loathes?|prefers?|can['’]?t\s+(?:stand|bear)|doesn['’]?t\s+(?:like|enjoy)))",
    _I,
)
#: Standing instructions for how to answer.
LASTING_WISH = r"^(?![^.!]*\?)(?:please\s+)?(?:when(?:ever)?|every\s+time|each\s+time|any\s?time)\s+(?:you|i)\s+[^,.!?]{2,40},\s*(?:please\s+)?(?:always\s+)?(?:use|write|answer|reply|include|add|give|keep|stick|put|show|explain|make|skip|leave)\b|^(?![^.!]*\?)(?:please\s+)?(?:always\s+)?(?:use|write|answer|reply|include|add|give|keep|put|show|explain)\b[^.!?]{2,60}?\s(?:when(?:ever)?\s+(?:you|i)|every\s+time|each\s+time)\b"
DIRECTIVE = lazy(
    r"^(?:please\s+)?(?:give|send|show|write|tell|make|keep)\b(?!\s+(?:me\s+|us\s+)?(?:what|which|who|where|why|how|whether|if)\b)[^.!?]{2,60}?\b(?:from\s+now\s+on|in\s+(?:the\s+)?future|going\s+forward|every\s+time)\b|^(?:please\s+)?(?:do\s+not|don['’]?t|never|stop)\s+(?:ever\s+)?(?:recommend|suggest|show|send|offer|give|include|serve)|"
    + LASTING_WISH,
    _I,
)
#: The beginning of a doctor's advice to the writer, which is a statement about the writer.
ADVICE_TO_WRITER = lazy(
    r"^(?:(?:my|the)\s+)?(?:\w+\s+)?(?:doctors?|dentist|dietiti?c?ian|physio\w*|therapist|gp|cardiologist|consultant|dermatologist|surgeon|specialist|midwife|nurse|allergist|nutritionist)\s+(?:has\s+|have\s+|had\s+|recently\s+)?"
    r"(?:told|wants|said|says|advised|advises|asked|banned|forbade|forbidden|ordered|put|took|taken|diagnosed|warned)\s+(?:no\s|i\b|me\b)",
    _I,
)
#: Sentences that do not name their writer, nor merely leave out the "I": tasks, code, names of things.
IMPERSONAL_EN = lazy(
    r"^(?:\W*$|[\W_]*[<>{}#/`$]|(?:[\w'’-]+\s+){0,3}?(?:pros\s+and\s+cons|prompts?|recipes?|ideas|tips|guide|summary|overview|difference|list|homework|essay|itinerary|checklist|template|alternatives|comparison)\s+(?:of|for|on|to|between|with|about)\b|(?:he|she|they|you(?!['’]ll|\s+(?:can|had))|there(?!['’]s\s+(?:nothing|just)|\s+is\s+nothing)|this|that|these|those|(?!(?:my|our|who|what)\b)\w+\s+(?:avoids|loves|likes|hates|prefers|enjoys|dislikes|refuses|wants|eats|drinks)|his|her|their|its?|let['’]?s|people|everyone|nobody|thanks?|thank|hi|hey|hello|ok|okay|yes|no|yeah|add|book|order|open|play|set|turn|fix|remind|translate|act|pretend|try|go|next|sorry)\b)",
    _I,
)
#: Introductory phrases that state nothing themselves.
PREAMBLE_EN = lazy(
    r"(?:(?:(?:just\s+)?(?:so\s+)?you\s+(?:should|must|need\s+to|might\s+want\s+to|may\s+want\s+to|ought\s+to)\s+know(?:\s+that)?|(?:i\s+should|let\s+me|i\s+must|i\s+have\s+to)\s+(?:mention|add|say|admit|warn\s+you|tell\s+you|point\s+out)(?:\s+that)?|(?:please\s+)?(?:remember|note|keep\s+in\s+mind|bear\s+in\s+mind|don['’]?t\s+forget|be\s+aware|understand)(?:(?:\s+that)?(?=\s+i\b)|\s+that(?=\s[^?]*\b(?:me|my|us|our)\b))|(?:just\s+)?fyi|for\s+(?:context|what\s+it['’]s\s+worth)|(?:just\s+)?(?:so\s+you\s+know|for\s+your\s+information)|never\s+thought\s+i['’]?d\s+say\s+(?:it|this)|i\s+know\s+it['’]?s\s+\w+|call\s+me\s+(?:(?:an?\s+)?[\w-]+(?:\s+(?!but\b)[\w-]+)?(?=\s*,?\s+but\b)|crazy|weird|old[\s-]fashioned|boring|picky|silly|lazy|mad|basic|sentimental|strange)|say\s+what\s+you\s+(?:want|like)|don['’]?t\s+get\s+me\s+wrong|no\s+offen[cs]e|(?:not\s+that\s+i\b[^,.!?]{3,60}|(?:i['’]ve(?:\s+got)?|i\s+have|i['’]ve\s+honestly)\s+nothing\s+against\s+[^,.!?]{2,40}?|no\s+(?:disrespect|shade)\s+to\s+[^,.!?]{2,40}?)(?=,?\s+but\b)|(?:as\s+)?much\s+as\s+(?:i|we)\s+(?:\w+ly\s+)?(?:love|like|enjoy|adore|admire|respect|appreciate)\s+[^,.!?]{2,60}?(?=,?\s+(?:i|we)(?:['’]\w+)?\s)|(?:al|even\s+)?though\s+(?!(?:i|we|my|our|i['’]\w+)\s)[^,.!?]{3,80}(?=,\s)"
    r"|(?:i['’]?m\s+)?not\s+(?:gonna|going\s+to)\s+lie|you\s+know\s+what|guess\s+what|(?:quick\s+)?update|(?:i['’]?m\s+)?not\s+ashamed\s+to\s+(?:say|admit)|guilty\s+as\s+charged|where(?:ver)?\s+possible|(?:ok|okay|right|well|hey|hi|hiya|yo|hello|oh|so|look|listen|(?:good\s+)?(?:morning|evening|afternoon))|ngl|tbh|honestly|you(?:['’]d|\s+would)\s+be\s+(?:surprised|amazed)\s+(?:at\s+)?how\s+(?:much|often)|you\s+wouldn['’]?t\s+believe\s+how\s+much|unpopular\s+opinion|hot\s+take|fun\s+fact|true\s+story|confession(?:\s+time)?)\s*(?:[,:;!.–-]+\s*|\s+(?=i\b|but\b)|(?<=\bthat)\s+)(?:but\s+)?){1,3}",
    _I,
)
#: A condition that only introduces a statement: "If you need a hint, I'm into pens".
INTRODUCTORY_CONDITION = lazy(r"if\s+you(?:['’]re|\s+\w+)\b[^,?]{0,60},\s+(?=i(?:['’]m|['’]ve)?\s)", re.IGNORECASE)
#: References to something that was shown or named before, which are no lasting subjects.
REFERENCE_EN = lazy(
    rf"(?:both|all|either|neither)\s*[.!]*$|the\s+(?:first|second|third|last|other|former|latter|previous|next)(?:\s+(?:ones?|two|options?|version|draft))?\s*$|(?:of\s+)?(?:these|those)(?:\s+(?:ones?|two|three|options?))?\s*$|of\s+(?:these|those|them)\b|(?:左|右|上|下|中间)[边面]?(?:那|这|的)|[这那上前后](?:[几两三些]|面)[个款件种首部本家条双]?|[这那]样$|[两三几]个$|[一二三四五六\d]号$|[新旧](?:版本?|网站|界面|系统|设计)$|number\s+\w+$|(?:包装|物流|服务员?|客服|快递|速度|房间|前台|态度|分量|做工|尺码|想法|方案|颜色|款式|标题|回答|语气|设计|初稿|终稿|原稿|原版|初版|新版|旧版)$|[^和与、或跟及]{{0,6}}[那这][件个款双条瓶支首张部本台把套间辆版种份段篇幅稿]$|[那这][件款双条瓶支首张部本台把套间辆个][{HAN}]",
    re.IGNORECASE,
)
#: The place where a sentence about somebody else turns to its writer: "my wife loves it, but I hate …".
CONTRAST_EN = lazy(
    r"(?:[,;]\s+|\s+[-–—]\s+|\s+)(?:but|whereas|while|yet|though|and)\s+(?:honestly\s+|personally\s+|me\s*,\s*)?(?=(?:i|i['’]\w+|im|ive)\s)|[,;]\s+(?:me\s*,\s*|personally\s*,?\s*)?(?=(?:i|i['’]\w+|im|ive)\s)|,?\s+so\s+(?=we\s+(?:can['’]?t|cannot)\s+(?:have|keep)\s[^.!?]*\b(?:in\s+(?:the|our)\s+(?:house|home|flat|kitchen)|at\s+home)\b)",
    _I,
)
OWN_SUBJECT_EN = lazy(
    r"^(?:\W*(?:and|but|so|also|well|hi|hey|ok|okay|oh|actually|honestly|personally|btw)\W+)*(?:i|i['’]\w+|im|my|we|we['’]\w+|as|being|living|with|because|for|when(?:ever)?|while|on|at|in|before|after|during|since|every|each|most|once|twice|since|given|to\s+this\s+day|[\w'’-]+(?:\s+[\w'’-]+){0,4}?\s+here(?=\s*[,;.–-]))\b",
    _I,
)
OTHERS_EN = lazy(
    r"^(?:\W*(?:and|but|so|also|well|actually)\W+)*(?:(?:all|most|both|half)\s+(?:my|our)\s+(?:\w+\s+)?(?:friends|colleagues|mates|relatives|neighbou?rs|sisters|brothers|cousins|students|customers|guests)|(?:one|some|two|half|most|many|all|a\s+friend|friends?|someone|somebody)\s+of\s+(?:my|our)(?!\s+(?:\w+\s+)?(?:dreams?|goals?|aims?|ambitions?|aspirations?|wishes|plans?|passions?|hobbies|interests|favou?rites?|pleasures|joys|fears|habits|rituals|rules|principles|priorities|requirements|resolutions))|(?:my|our|a|the|his|her|their|your)\s+(?:(?:best|old|new|little|older|younger|big|former)\s+)?(?:friend|roommate|flatmate|housemate|colleague|coworker|co-worker|boss|manager|sister|brother|mother(?!\s+tongue)|mom|mum|dad|father|grandma|grandpa|grandmother|grandfather|aunt|uncle|cousin|nephew|niece"
    r"|neighbou?r|teacher|professor|client|customer|student|guest|girlfriend|boyfriend|gf|bf|bff|bestie|hubby|nan|gran|granny|grandad|sis|bro|husband|wife|partner|fianc[eé]e?|parents|in-laws|team|company|landlord|doctor|user|users|customers|guests|readers|class|brother-in-law|mother-in-law|ex|crush|date|buddy|mate)s?(?:['’]s\s+\w+)?|he|she|they|people|everyone|everybody|no\s+one\s+(?:in|at|of|from)\s+(?:my|our)|nobody(?!\s+(?:could|can|would|will)\s+(?:ever\s+)?\w+\s+me\b|\s+in\s+(?:my|our)\s+\w+\s+(?:can|could|will|would)\s)|someone|somebody|you(?!(?:['’]?(?:ll|d)|\s+(?:will|won['’]?t|could(?:n['’]?t)?|can(?:['’]?t)?|would(?:n['’]?t)?))\s+(?:[\w'’]+\s+){0,4}?me\b))(?:['’]\w+)?\s+(?!and\s+(?:i|me)\b)", _I
)  # fmt: skip
OTHERS_TASTE_EN = lazy(
    r"\b(?:who|that)\s+(?:\w+\s+)?(?:loves?|likes?|hates?|prefers?|enjoys?|can['’]?t|doesn['’]?t|don['’]?t|never|only|is|are|has)\b", _I
)  # fmt: skip
FOR_SOMEBODY = lazy(
    r"^(?!(?:i['’]?m|i\s+am|we['’]re)\s+(?:\w+\s+)?(?:learning|studying|saving|training|living|based)|(?:i|we)\s+(?:\w+\s+)?(?:moved|live|left|quit|gave\s+up)\b|(?:i|we)\s+(?:\w+\s+)?(?:(?:(?:do|try)\s+(?:my|our)\s+best\s+|try\s+)?(?:to\s+)?(?:avoid|refuse|insist|steer\s+clear|stay\s+away|keep\s+away)|(?:never|only|don['’]?t)\s+(?:buy|eat|use|cook|let|allow|accept|own))\b).*\b(?:for|to)\s+(?:my|a|an|the|our|his|her|someone|somebody)\b\s*(?:\w+\s+){0,2}?(?:friend|roommate|flatmate|colleague|boss|sister|brother|mother|mom|mum|dad|father|grandma|grandpa|aunt|uncle|cousin|nephew|niece|neighbou?r|teacher|client|customer|guests?|girlfriend|boyfriend|husband|wife|partner|parents|in-laws|son|daughter|kid|boy|girl|someone|somebody|man|woman|person|child|group)\b", _I
)  # fmt: skip
#: Words before a person or thing in the writer's life: every statement about it concerns the writer.
PERSON_CLOSE_TO_WRITER = lazy(
    r"(?:i|we)(?:['’]ve|\s+(?:have|take\s+care\s+of|look\s+after|care\s+for|live\s+with|own))\s(?![^.!?]*\bwho\s+(?:loves|likes|hates|prefers|enjoys))",
    _I,
)
CHILD_TASTE_EN = lazy(
    r"^my\s+(?:\w+\s+)?(?:daughter|son|kid|kids|child|children|baby|dog|cat)\s+(?:\w+\s+)?(?:would|loves?|likes?|hates?|prefers?|enjoys?|doesn['’]?t|don['’]?t|can['’]?t|cannot|wants?|needs\s+an?|never|always|won|(?:is|are)\s+(?:\w+\s+)?(?:terrified|afraid|scared|frightened|obsessed|crazy|into|keen|fond|engaged\s+in|interested|bored|excited|fascinated|upset|busy))\b",
    _I,
)
#: Separators of names in a list.
LIST_SEPARATOR = lazy(
    rf"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+|、|(?<=[{HAN}])(?:或者?|[和与])(?=[{HAN}])",
    _I,
)
#: Also what is denied after something else: 「不抽烟也§不喝酒§不熬夜」; not 「加不加」.
DENIED_LIST_SEPARATOR = lazy(
    rf"(?<=[{HAN}])(?<![打熬化加追骑坐开吃喝抽看玩用去买穿养])(?:也|又|还|更|、也?)?不(?:[吃喝抽看玩碰用去买穿养吸](?![起了得到完下惯出])|(?=[打熬烫化加赌嫖泡蹦追骑坐开]))(?=[{HAN}])"
    rf"|\s*,?\s+nor\s+|{LIST_SEPARATOR.pattern}",
    _I,
)
#: Names of a single thing that contain such a separator.
SINGLE_NAME = lazy(
    r"\b(?:fish\s+and\s+chips|mac(?:aroni)?\s+and\s+cheese|rock\s+(?:and|&)\s+roll|black\s+and\s+white|drum\s+and\s+bass|arts\s+and\s+crafts|gin\s+and\s+tonic|ham\s+and\s+cheese|salt\s+and\s+pepper|bed\s+and\s+breakfast"
    r"|hide\s+and\s+seek|peanut\s+butter\s+and|dungeons\s+(?:and|&)|pros\s+and\s+cons|bread\s+and\s+butter|bacon\s+and\s+eggs|cream\s+and\s+sugar|rhythm\s+and|r\s*&\s*b|step\s+by|between|both|with|in|of|for|that|who|about|which|from|without|on|at|by|to|where|made)\b|和(?:平|服|风|解|好|睦|谐|声|牛|田|面|尚|弦|果子|善)|[温暖缓柔饱调中祥平随]和|搭配", _I
)  # fmt: skip


_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」", "『": "』", "‘": "’"}
#: A text between straight single quotation marks, which are apostrophes elsewhere: from a colon or the start of a line to its end.
_SINGLE_QUOTED = lazy(r"(?m)(?:^|:)[ \t]*(?P<text>'(?=\w)[^\n]{40,4000}')[ \t]*$")
#: The longest quotation, in characters, that stays as a title if it has no first person.
_MAX_TITLE = 40
_MAX_QUOTE = 4_000
_FIRST_PERSON = lazy(r"\b(?:i|i['’](?:m|ve|d|ll)|me|my|we|our)\b|我|咱", _I)
#: A task on a text; the rest of the message is its material.
_TEXT_TASK = lazy(
    r"\b(?:translat(?:e|ion)\b|proofread\b|paraphrase\b|rephrase\b|transcribe\b|spell-?check\b|conjugate\b|back-?translate\b"
    r"|(?:summari[sz]e|rewrite|reword|correct|fix|improve|edit|check|polish|shorten|simplify|analy[sz]e|classify|continue|finish|complete|explain|grade|review|parse|tag|extract)"
    r"\s+(?:(?:the\s+)?(?:grammar|spelling|punctuation|tone|sentiment|style|wording)|(?:this|that|the|these|my|following|below|above)\s*(?:following\s+|short\s+)?"
    r"(?:text|sentences?|paragraph|passage|essay|e-?mail|letter|draft|message|poem|story|article|note|review|quote|bio|tweet|post|comment|diary|lyrics|phrase|line|speech|statement|reply|:))"
    r"|(?:make|turn|put)\s+(?:this|that|it|these|the|my)\b[^.!?\n]{0,40}\b(?:sentence|text|email|letter|passive|active|formal|polite|politer|past tense|question|into)\b"
    r"|how\s+(?:do|would|can|to)\s+(?:you\s+|i\s+|we\s+)?(?:say|write|spell|pronounce)\b|what\s+does\s+(?!(?:that|this|it)\s+mean\s+(?:for|if|when)\b)[^.!?\n]{1,80}\bmean\b|what(?:['’]s|\s+is)\s+the\s+\w+\s+(?:for|word|translation)\b"
    r"|(?:use|put)\s+[^.!?\n]{1,60}\bin\s+a\s+sentence\b|sentiment\s+of\b|is\s+this\s+(?:sentence|grammatical|correct)\b|(?:who|what)\s+am\s+i\s*\?)"
    r"|翻译|译成|译为|润色|改写|把[^，。]{1,12}[改写换调]得|我想改[短长简得成]|讲一下思路|改成[^，。]{0,6}(?:说法|语气|句)|仿写|造句|造一?个句子|病句|(?<![新旧写])语法(?!糖|树)|(?<![别用文少])缩写(?!变量|名|词太)|扩写|续写|用[^，。\s]{1,4}(?:语|文)(?:怎么|如何)?(?:说|讲|写)|(?:英文|英语|日语|法语|德语|韩语|中文)(?:怎么|如何)(?:说|讲|写)"
    r"|(?<![有没])(?:什么|啥)意思|什么梗|这个梗|出自[哪什]|什么修辞|近义词|反义词|情感分析|分析(?:一下)?(?:这|下面|情感)|英译中|中译英|判断[^，。]{0,6}(?:情感|正负|情绪)|(?:总结|概括|归纳|精简|检查|修改|改)(?:一下)?(?:这|下面|以下|上面)(?![段个些]?(?:代码|函数|脚本|程序|项目|方法|类))|请?概括|念一遍|接龙|原文|委婉的?说法|换一?[个种]?(?:说法|措辞)|有(?:何|什么|啥)(?:差别|区别)|[”\"]太(?:生硬|绕|啰嗦|直白?|官方)",
    _I,
)
_HYPOTHETICAL = lazy(
    r"^(?:(?:and|but|so|ok|okay|well|now|what)[,\s]+){0,4}(?:if(?!\s+you\s+(?:(?:ever\s+)?(?:need|want|must\s+know|wonder|are\s+(?:wondering|curious|looking)|were\s+wondering|have\s+to\s+know)|['’]re\s+(?:wondering|curious|looking))\b[^,?]{0,60},\s+i(?:['’]m|['’]ve)?\s|\s+(?:it(?:['’]s|\s+(?:has|involves|contains))|it\s+(?:doesn['’]?t|isn['’]?t|hasn)|there(?:['’]?s|\s+are|\s+is(?:n['’]t)?|\s+aren['’]t)|(?:a|the|an)\s+\w+\s+(?:has|have|is|doesn|isn)|possible|i\s+can(?!['’]?t|not)\b|i\s+have\s+(?:the\s+choice|to\s+(?:choose|pick))|i\s+had\s+to\s+(?:choose|pick)))|suppose|supposing|imagine|assume|assuming|say|let['’]?s\s+(?:say|assume|pretend|imagine)|hypothetically|what\s+if|in\s+case|unless\s+(?:i|you|we|he|she)|were\s+i|had\s+i|even\s+if|(?:no\s+(?:idea|clue)|not\s+sure|dunno)\s+(?:if|whether)\s+(?:i|we|it|that|this)\b(?![^.!?]*[,;]))\b"
    r"|\bin\s+(?:my|a|the|this|last\s+night['’]?s)\s+(?:\w+\s+)?dreams?\b(?!\s+(?:home|house|kitchen|job|world|life|garden)\b)|\b(?:i|we)(?:['’]d|\s+had)?\s+(?:just\s+)?dream(?:t|ed)\s+(?:last\s+night\s+)?(?:that\s+)?(?:i|we)\b|\b(?:had|have)\s+an?\s+(?:\w+\s+)?(?:dream|nightmare)\s+(?:where|that|in\s+which|about)\b"
    r"|\b(?:i\s+wish(?!\s+to\b)|(?<!lying\s)if\s+i\s+(?:were|was|had(?!\s+to\s+(?:choose|pick))|liked|loved|hated|could(?!\s*[.!]*$)|did|only|didn['’]t|couldn['’]t|wanted|preferred)|as\s+(?:if|though)\s+i)\b"
    r"|^(?:(?:如果|要是)(?!(?:我)?(?:非?要|非得|让我|必须|只能|可以|能|有得|有的|一定要)[^，。]{0,5}(?:选|挑|二选一))|假如|假设|假定|倘使|就当|权当|若(?!论|干|要说|说)|倘若|万一|设想|比如说?我|要不)|如果我(?!(?:非?要|必须|只能|可以|能)[^，。]{0,4}[选挑])|假如我|要是我(?!(?:非?要|必须|只能|可以|能)[^，。]{0,4}[选挑])|假设我|万一我|希望(?:我|自己)(?:也|能|会|可以|更|真的?){0,2}(?:喜欢|爱|讨厌|不怕|不爱)|但愿我",
    _I,
)
_REPORTED = lazy(
    r"\b(?:(?:he|she|they|who|someone|somebody|people|everyone|\w+)\s+(?:once\s+|always\s+|just\s+|also\s+)?(?:said|says|(?:(?<=he\s)|(?<=they\s))(?:told|asked)|(?:told|asked)(?!\s+(?:in|by|from|through|with|over|as|backwards)\b)|tells|wrote|writes|claims|claimed|thinks|mentioned|replied|answered|texted|insists|swears(?!\s+by\b)|sings(?!\W*$)|used\s+to\s+say)"
    r"(?:\s+(?:me|us|him|her|them|that|to\s+me)){0,3}\s*[,:]?\s*(?:that\s+)?)|,\s*(?:said|says|cried|replied|whispered|shouted|answered)\s+(?:the|an?|he|she)\b|\b(?:he|she|they|who|(?:my|the|a|our|his|her|this|that)\s+(?!(?:money|time|energy|salary|wages?|cash|story|song|saying|heart|mind)\b)\w+)(?:\s+(?:goes|went)|(?:\s+(?:is|was|were|are)|['’](?:s|re))\s+(?:all\s+)?like)\s*,(?=\s*i\b)|\b(?:according\s+to|rumou?r\s+has\s+it|the\s+\w+\s+(?:says?|goes|reads?|states?)|as\s+the\s+\w+\s+goes|it\s+says)\b"
    r"|(?:^|[^我])(?:(?<![来实白诚真小传学短])(?<!瞒你)(?<!得不)说(?!我[^，。]{1,6}也)(?:过)?|写道|(?<![要若果])问道?|告诉我|跟我说|跟我讲|唱|回复说|表示|觉得|认为)\s*[:：,，]?\s*(?=我)|有人说(?!话)|听说|据说|(?<![有无没看背写听记])歌词|书上说|网上说|人家说",
    _I,
)
#: Ironic praise: "just great, another price rise, lucky me".
_IRONY = lazy(
    r"^(?:呵呵|嚯|是是是|好好好|行行行|对对对|(?:可)?真(?:会|行|有你的|能耐)|好家伙|(?:哇塞?|哇哦|真棒|太好了|太棒了|绝了|厉害了|恭喜|谢谢(?:你|您|啊)?|感谢)[啊呀了]?[，,！!](?:又|还|怎么又|居然|我(?:就|最|可太)))|又[^，。]{1,8}[，,！!](?:我)?(?:可太|真是|最)(?:喜欢|爱|享受|开心|棒|好)"
    r"|真(?:是|该|得)(?:我的福气|谢谢(?:你|您)|要?好好?谢谢)|(?:(?:最|可太|太|天生|就是)(?:爱|喜欢|享受|期待)|爱[死惨炸])[^，。]{0,16}(?:停电|堵车|[早晚]高峰|[值上][大]?夜班|半夜|被叫|加班|涨价|排队|延误|晚点|迟到|催(?:我|稿)|挨骂|罚款|罚单|停车费|背锅|改需求|降薪|裁员|bug|宕机|卡顿|故障|重启)[^，。]{0,4}(?:了呢|呢|了|$)|爱[死惨]?了?[这那](?:破|鬼|烂|狗屁|该死的|倒霉|糟心的?)(?:天气?|地方|班|工作|路|系统|网|车|日子|会)|多好[啊呀哇][，,！!](?:又|还)|[，,]多么(?:美[妙好]|幸福|充实|快乐|棒)的(?:一天|人生|周末|早[晨上]|生活|假期)"
)
#: The options of a multiple-choice question.
_OPTIONS = lazy(r"(?:^|[\s：:，,。])A[\s.、．:：)）][^A-D]{1,24}[\s，,;；。]?B[\s.、．:：)）]")
#: Words that show, anywhere in a sentence, that it is not the writer's own.
_NOT_OWN = lazy(
    r"\bin\s+(?:the|my|this)\s+story\b|^(?:有?专家|有?研究|报道|新闻|资料|统计|调查|营养师|科学家|网上|网友|老师|老一辈|长辈|书上)[^，。我]{0,4}(?:说|建议|认为|表明|显示|发现|指出|称)|俗话说|常言道|老话说|古人[云说]|古语|谚语|\bsaid\s+(?:nobody|no\s?one)\b|\bas\s+the\s+(?:song|saying|line|poem)\s+goes\b",
    _I,
)
#: The place where the writer speaks after other people's words: "they call me mad but I love …".
_CHANGE_TO_WRITER = lazy(
    r"(?:,\s*|\s+)but\s+(?:honestly\s+|personally\s+)?(?=i\s)|[，,](?:(?:但是?|可是?|不过|而)(?=我)|(?=我(?:就|偏|却|还是|反正|是?真的?)(?:是|就)?不?(?:爱|喜欢|讨厌|怕)))",
    _I,
)
#: Colloquial ways to report somebody else's words.
_COLLOQUIAL_REPORT = lazy(
    r"\w(?:\s+(?:goes|went)|(?:\s+(?:is|was|were|are)|['’](?:s|re))\s+(?:all\s+)?like)\s*,\s*(?=i\b)", _I
)
_OWN_REPORT = lazy(r"^(?:i|we)\s+(?:\w+\s+)?(?:said|say|told|tell|mentioned|think|claimed|wrote)\b", _I)
#: Sarcastic phrases.
_SARCASTIC_PHRASE = lazy(
    r"^(?:oh|ah|wow|well|yay)[,\s]+(?:(?:how|just|that['’]s)\s+)*(?:great|brilliant|wonderful|fantastic|marvell?ous|perfect|lovely|joy|super|fabulous|terrific|excellent)(?=\W*(?:$|[,.!:;–-]|\s(?:another|more|now|the|it|my|that|just|yet|an?)\b))"
    r"|^(?:great|brilliant|wonderful|fantastic|perfect|lovely|super)[,.!]\s+(?:just\s+(?:great|perfect|what)|(?:yet\s+)?another|more)\b"
    r"|^(?:yeah|yes|yep|sure|right|oh)[,.\s]+(?:(?:right|sure|yeah|yes)[,.\s]+)?(?:because|cause|cos|['’]cause)\s|\bbecause\s+nothing\s+says\b"
    r"|\b(?:just|exactly)\s+what\s+i(?:['’]ve)?\s+(?:(?:always|really)\s+)?(?:needed|wanted)(?:\s+(?:today|right\s+now))?\W*$|^just\s+what\s+i\s+(?:always\s+|really\s+)?(?:wanted|needed)\b|\blove\s+(?:that|this)\s+for\s+me\b",
    _I,
)
#: Beginnings of comments in code.
COMMENTS = ("<!--", "//", "/*", "#!")


#: Questions about the assistant, and pronouns for somebody who was mentioned before.
_ABOUT_ASSISTANT = lazy(
    r"^(?:(?:so|and|but|btw|by\s+the\s+way|hey|hi)[,\s]+){0,3}(?:do|did|are|have|were)\s+you\s+(?!know\b|have\s+(?:a|an|any|some)\b|sure|able|think)|^(?:what|which|who)(?:['’]s|\s+\w+){1,3}\s+(?:your|you)\s+(?:favou?rite|like|love|prefer|enjoy|hate)"
    r"|^你(?:自己)?(?:最)?(?:喜欢|爱|讨厌|怕|吃|会不会喜欢|觉得自己)",
    _I,
)
_THIRD_PERSON = lazy(r"\b(?:he|him|his|she|her|they|them|their)\b|他|她", _I)
_ASKS = lazy(
    r"[?？]\s*$|^\W*(?:(?:what|which|how|where|who|why|when)\s+(?:do|does|did|can|could|should|would|is|are|was|were)|(?:can|could|should|would|do|does|is|are)\s+(?:i|you|we|there|it|they))\b",
    re.IGNORECASE,
)
#: The most words of a mere exclamation, which may be meant: "Oh great, thanks!"
_EXCLAMATION = 3
#: Praise, which is sarcastic beside a sarcastic sentence.
_PRAISES = lazy(r"\b(?:love|adore|enjoy|favou?rite|thrilled|so\s+much\s+fun|can['’]?t\s+wait)\b", _I)
#: The sign "/s", which says that the text before it is sarcastic.
_SARCASM_SIGN = lazy(r"(?:^|\s)/s(?:arc(?:asm|astic)?)?\W*$", _I)


def _without_sarcasm(found: list[Sentence]) -> list[Sentence]:
    """Return the sentences without sarcastic ones, with the praise that follows, and without those marked by "/s" at or after their end."""
    marks = [bool(_SARCASM_SIGN.search(each.text)) for each in found]
    alone = [bool(_SARCASM_SIGN.fullmatch(each.text.strip())) for each in found]
    mocks = [bool(_SARCASTIC_PHRASE.search(each.text)) for each in found]
    names = [mock and len(each.text.split()) > _EXCLAMATION for mock, each in zip(mocks, found, strict=True)]
    left = zip(found, marks, [*alone[1:], False], mocks, [False, *names[:-1]], strict=True)
    return [each for each, *reasons, mocked in left if not any(reasons) and not (mocked and _PRAISES.search(each.text))]


def own_sentences(message: str) -> list[Sentence]:
    """Return the sentences of `message` in which the user may be speaking about themself, in order."""
    text = _without_quotations(without_mails(blanked(message)))
    found = sentences(text)
    if text.lstrip().startswith(COMMENTS) or is_japanese(text):
        return []
    if not found or _is_transcript(text) or any(_TEXT_TASK.search(each.text) for each in found):
        return []
    parts_found: list[Sentence] = []
    for read in _without_sarcasm(found):
        if _is_rhetorical(read.text) and _asks_for_something(found):
            continue
        sentence, goes_on = without_requested_text(read)
        if sentence is None:
            break
        own = _own_part(sentence)
        parts = [] if own is None else list(_lasting_parts(with_omitted_subject(without_fillers(own))))
        parts_found += map(without_fillers, parts)
        if not goes_on or (not parts and sentence.text.rstrip().endswith((":", "："))):
            break  # what follows is the text asked for, or what was announced
    return parts_found


def _is_rhetorical(text: str) -> bool:
    return bool(RHETORICAL_EN.match(text) or RHETORICAL_ZH.match(text))


def _asks_for_something(found: list[Sentence]) -> bool:
    """Return whether a sentence asks for something, so that a rhetorical question only introduces it.

    An example is "Who doesn't love pizza? Write a tagline around that.".
    """
    return any(
        not _is_rhetorical(each.text)
        and (FICTION.search(each.text) or (ASKS_ZH if is_chinese(each.text) else ASKS_EN).search(each.text))
        for each in found
    )


#: An activity that the writer denies, which shows no attention to it: "we don't own a car".
_DENIED_ACTIVITY = lazy(
    r"\b(?:i|we)\s+(?:don['’]?t|do\s+not|never)\s+(?:really\s+|even\s+|usually\s+)?(?:own|drive|eat|drink|smoke|use|like|enjoy|watch|play|read|do|have|care|follow|cook|wear)\b|我们?(?:从来?|都|也)?(?:没有?|不)(?:吃|喝|看|玩|用|开|养|买|喜欢|抽|穿|听)",
    re.IGNORECASE,
)
#: A fact about the writer's body, birth or home, which shows no attention to anything: "I weigh 90 kg".
_FACT_OF_PERSON = lazy(
    r"\W*(?:(?:i|we)\s+(?:weigh|was\s+born|were\s+born|grew\s+up|come\s+from|live(?:d)?\s+(?:in|near|on|at|with)|moved\s+to)\b|(?:i['’]?m|i\s+am)\s+(?:from|based\s+in|originally\s+from|\d)"
    r"|my\s+(?:name|age|height|weight|birthday|(?:shoe|shirt|dress|trouser)\s+size|wife|husband|partner|family|parents)\s+(?:is|are)\s)",
    re.IGNORECASE,
)
#: Drinking or smoking without a thing, which shows attention to none: "I smoke" is no interest in smoked fish.
BARE_VICE = r"(?:drink|smoke|vape|gamble)"
_BARE_VICES = lazy(
    rf"\W*(?:i|we)\s+(?:\w+ly\s+|sometimes\s+|often\s+|still\s+|also\s+|do\s+|both\s+)*{BARE_VICE}(?:(?:,|\s+and|\s+or)\s+{BARE_VICE})*"
    r"(?:\s+(?:\w+ly|a\s+(?:lot|bit|little)|too(?:\s+much)?|sometimes|often|every\s+\w+|(?:on|at)\s+(?:weekends?|parties)))*\W*$"
    r"|\W*(?:我|我们)?(?:也|都|会|偶尔|经常|常|平时|有时候?|一直|每天|爱|喜欢|还)*(?:抽烟|吸烟|喝酒|饮酒|酗酒|赌博)(?:(?:也|还|和|、)?(?:抽烟|吸烟|喝酒|饮酒|赌博))*\W*$",
    re.IGNORECASE,
)
#: Animals that somebody has, which show attention to what animals need; an illness or a home that somebody has shows none.
_HAS_ANIMALS = lazy(
    r"\b(?:i|we)(?:['’]ve\s+got|\s+have|\s+own|\s+keep)\s+(?!no\b)(?:[\w-]+\s+){0,4}?(?:dogs?|cats?|pupp(?:y|ies)|kittens?|rabbits?|hamsters?|parrots?|horses?|pon(?:y|ies)|hens?|goldfish)\b"
    r"|(?<![没不])(?:有|养)[^，。]{0,8}?(?:猫|狗|兔|仓鼠|鹦鹉|鱼|龟|鸡|马)",
    re.IGNORECASE,
)


def attention_text(message: str) -> str:
    """Return the parts of `message` that show what its writer pays attention to.

    Without code, quotations, the text that a task is about, the past, questions about the assistant, sentences about
    somebody else, and statements: a statement counts as such while it holds, and not also as attention.
    """
    text = _without_quotations(without_mails(blanked(message)))
    others = False
    for sentence in sentences(text):
        if _TEXT_TASK.search(sentence.text) and (colon := COLON.search(text, sentence.start)):
            text = text[: colon.end()]
            break
        others = _is_about_others(sentence.text) or (others and bool(_THIRD_PERSON.search(sentence.text)))
        if others or _shows_no_attention(sentence.text):
            text = text[: sentence.start] + BLANK * len(sentence.text) + text[sentence.end :]
    return text.replace(BLANK, " ").strip()


def _is_about_others(sentence: str) -> bool:
    if is_chinese(sentence):
        return bool(OTHERS_ZH.match(sentence))
    return bool((OTHERS_EN.match(sentence) or FOR_SOMEBODY.search(sentence)) and not ADVICE_TO_WRITER.match(sentence))


def _shows_no_attention(sentence: str) -> bool:
    """Return whether the sentence shows no attention.

    That is a sentence about the past, a supposition, a denied activity, a statement, or a question about the assistant.
    """
    reading = reading_zh if is_chinese(sentence) else reading_en
    if reading.is_past(sentence) or _ABOUT_ASSISTANT.match(sentence):
        return True
    if _ASKS.search(sentence):
        return False
    if any(regex.search(sentence) for regex in (_HYPOTHETICAL, _DENIED_ACTIVITY)):
        return True
    if _FACT_OF_PERSON.match(sentence) or _BARE_VICES.match(sentence):
        return True
    if _HAS_ANIMALS.search(sentence) and all(each.kind == "fact" for each in reading.read(sentence)):
        return False
    return any(not each.weak or each.slot or (each.sure and each.kind == "fact") for each in reading.read(sentence))


def _without_quotations(text: str) -> str:
    """Return the text with quoted clauses blanked; short titles in quotation marks stay."""
    for found in _SINGLE_QUOTED.finditer(text):
        text = blanked_in(text, *found.span("text"))
    at = 0
    while at < len(text):
        closer = _QUOTES.get(text[at])
        end = text.find(closer, at + 1, at + _MAX_QUOTE) if closer else -1
        if end < 0 or (text[at] == "‘" and at > 0 and text[at - 1].isalnum()):
            at += 1
            continue
        inner = text[at + 1 : end]
        if len(inner) > _MAX_TITLE or _FIRST_PERSON.search(inner):
            text = blanked_in(text, at, end + 1)
        at = end + 1
    return text


def _is_transcript(text: str) -> bool:
    """Return whether two or more lines begin with a speaker's name, as in a conversation that was pasted."""
    speakers = 0
    for line in text.split("\n"):
        lead = COLON.search(line[:30])
        speakers += lead is not None and lead.end() < len(line) and len(line[: lead.start()].split()) <= 2
    return speakers >= 2 and not any(is_label(line.split(":")[0].strip()) for line in text.split("\n")[:3])


def _own_part(sentence: Sentence) -> Sentence | None:
    """Return the part of the sentence that is the user's own words; None if there is none."""
    text = sentence.text
    if colon := COLON.search(text):
        part = own_side_of_colon(sentence, colon)
        if part is not sentence:
            return None if part is None else _own_part(part)
    if BLANK in text and _REPORTED.search(text.replace(BLANK, " ")):
        return None
    if NOT_FOR_ME.search(text) or _is_literal(text):
        return sentence
    own = _CHANGE_TO_WRITER.search(text)
    if own is None or not _REPORTED.search(text, 0, own.end()):
        return None
    return _own_part(Sentence(text[own.end() :], sentence.start + own.end(), sentence.end))


def _is_literal(text: str) -> bool:
    """Return whether the writer means the sentence literally: without irony, supposition or a report of others."""
    if _asks_to_forget(text) or UNEXPECTED_TASTE.search(text) or UNEXPECTED_DISLIKE.search(text):
        return True
    if _IRONY.search(text) or _OPTIONS.search(text):
        return False
    if _HYPOTHETICAL.search(text) or _NOT_OWN.search(text):
        return False
    reported = _REPORTED.search(text)
    return not reported or bool(_OWN_REPORT.match(text)) or not _is_reported_of_others(text)


def _lasting_parts(sentence: Sentence) -> Iterator[Sentence]:
    """Yield the lasting parts of the sentence; all of it if its wording alone shows that it lasts."""
    text = sentence.text
    meant = NOT_FOR_ME.search(text) or _asks_to_forget(text) or any(corrections.read(text))
    if meant or UNEXPECTED_TASTE.search(text) or UNEXPECTED_DISLIKE.search(text):
        yield sentence
        return
    for start, end in lasting_spans(text):
        last = sentence.start + end if end < len(text) else sentence.end
        yield Sentence(text[start:end], sentence.start + start, last, sentence.whole)


def _asks_to_forget(text: str) -> bool:
    return bool(FORGET.match(text) or reading_zh.FORGET.match(text))


def _is_reported_of_others(text: str) -> bool:
    """Return whether the reported words are somebody else's; a doctor's advice to the user counts as the user's own."""
    if is_chinese(text):
        return not re.search(r"(?:^|[，,；;])(?:我的?)?(?:医生|大夫|营养师|牙医|体检(?:报告)?)", text)
    return bool(_COLLOQUIAL_REPORT.search(text)) or not re.match(
        r"^(?:(?:my|the)\s+)?(?:doctor|dentist|dietitian|physio\w*|therapist|gp)\b|^(?:i|we)\b", text, _I
    )
