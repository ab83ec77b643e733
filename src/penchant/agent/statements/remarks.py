"""Reads what writers remark about themselves beside something else: a question, a request, or another statement.

- A reason or remark beside a question or request: "Since I adore hydrangeas, which ones …", "Which ones should we skip,
  given that I can't stand golf?".
- An introduction, in which the writer says who they are: "As a vegetarian, I avoid …", 「作为老师，怎么……」. Where a
  question follows, it is a statement only if it is relevant to every question (a diet, a faith, a condition of the body).
- A need that is added to another statement: "I'm vegetarian and allergic to peanuts", 「我有痛风，所以不能喝啤酒」.
"""

import re
from collections.abc import Iterator

from penchant.agent.statements import phrases_en, reading_zh
from penchant.agent.statements.changes_en import slot_in
from penchant.agent.statements.own_words import LIST_SEPARATOR
from penchant.agent.statements.own_words_zh import OTHERS_ZH
from penchant.agent.statements.patterns_en import INTRODUCTION
from penchant.agent.statements.phrases_en import phrase
from penchant.agent.statements.sentences import INTRODUCED, ClauseReading, is_chinese
from penchant.agent.statements.wordings import Polarity
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
_WRITER = r"(?:(?:i|i['’]\w+|im|ive|we|we['’]\w+)\s|my\s)"
_FULLY = r"(?:\s+(?:the\s+fact\s+)?that|\s+as|\s+how)?"
_MINDING = (
    rf"(?:given|considering|knowing|seeing|bearing\s+in\s+mind|keeping\s+in\s+mind|taking\s+into\s+account|granted|in\s+light\s+of\s+the\s+fact){_FULLY}"
    r"|now\s+that|in\s+view\s+of\s+the\s+fact\s+that"
)
_ASKING = r"(?:what|which|who|where|when|why|how|any|is|are|do|does|did|can|could|should|would|will|shall|may|has|have|got|give|show|tell|recommend|suggest|please|help|find|plan|list|name|pick|make|write|ideas?)\b"
#: A reason before a question.
_REASON_BEFORE = lazy(rf"\W*(?:(?:so|and|but|hey|hi|ok|okay|well)[,\s]+)*(?:since|because|as|{_MINDING})\s+(?={_WRITER})(?P<remark>[^?]{{6,120}}?),\s+(?:so\s+|then\s+)?(?={_ASKING})", _I)  # fmt: skip
#: Goes on after a clause with the writer's own reason: "Bacon is out § because I'm Jewish".
OWN_REASON = lazy(r"[,\s]*(?:because|since|as|'?cause|cuz)\s+(?:i|i['’]\w+|my|we|we['’]\w+|our)\s", _I)
#: A single act of the past, with its time: "I ran a marathon in 2019"; not the beginning or end of something that lasts.
PAST_ACT = lazy(
    r"(?:and\s+)?(?:i|we)\s+(?!(?:\w+ed\s+to|stopped|started|adopted|moved|retired|turned|switched|learned|loved|liked|hated|enjoyed|developed|joined|converted"
    r"|graduated|married|preferred|detested|adored|decided|changed|opened|founded|launched|lost\s+my|relocated|emigrated|swapped|replaced|downsized|trained|qualified)\b)"
    r"(?:\w+ed|ran|read|broke|saw|did|ate|drank|wrote|made|met|flew|drove|rode|swam|won|built|sang|spent|fell|taught)\s"
    r"(?![^.!?]*\b(?:since|still|now|ever|every|so|but|because|never)\b)[^.!?,;]*?"
    r"\b(?:in\s+(?:19|20)\d\d|last\s+(?:year|month|week|spring|summer|autumn|winter)|(?:a|two|three|four|five|six|ten|twenty|\d+)\s+(?:years?|months?|weeks?)\s+ago)\W*$",
    _I,
)
#: A job, a home or another state of the past that is over, since its end or length is named: "I worked at Google from 2012 to 2016".
PAST_PERIOD = lazy(
    r"(?:and\s+)?(?:(?:i|we)\s+|(?=worked|lived|taught|studied))(?:once\s+|also\s+|previously\s+)?(?:worked|lived|taught|studied|served|played|ran|owned|had|managed|was|were|spent|interned|volunteered|rented|trained|coached|wrote|went\s+to)\s"
    r"(?![^.!?]*\b(?:since|still\s+(?:do|am|have|is|live|work|play)|now|ever|today|currently|until\s+recently)\b)(?![^.!?]*\s(?:and|but)\s+(?:i|i['’]\w+|we|love|hate|prefer|am|have|like)\b)[^.!?;]*?"
    r"\b(?:from\s+(?:\w+\s+)?(?:19|20)\d\d\s+(?:to|until|till)|(?:from\s+)?(?:19|20)\d\d\s?[-–—]\s?(?:19|20)?\d\d|between\s+(?:19|20)\d\d\s+and|(?:until|till)\s+(?:\w+\s+)?(?:(?:19|20)\d\d|last\s+\w+|i\s+\w+)"
    r"|(?:in|during|back\s+in)\s+(?:the\s+)?(?:(?:19|20)?\d0s|(?:eighties|nineties|seventies|noughties)|my\s+(?:teens|twenties|thirties|youth|childhood|student\s+days|student\s+years))"
    r"|for\s+(?:(?:about|over|almost|nearly|more\s+than)\s+)?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|several|many|a\s+few|a\s+couple\s+of|\d+)\s+(?:years?|months?|decades?|summers?|winters?|seasons?)|as\s+a\s+(?:child|kid|teenager|student)|when\s+i\s+was\s+(?:an?\s+)?\w+)\b",
    _I,
)
_TASTE = r"(?:love|adore|enjoy|prefer|favou?r|like(?!\s+to\s+(?:know|get|have|see))|can['’]?t\s+(?:stand|bear)|hate|loathe|detest)"
_CUSTOM = r"(?:usually|typically|normally|generally|always|mostly|mainly|only|never|often|tend\s+to|rarely|almost\s+always|hardly\s+ever|exclusively|regularly)"
#: A reason or remark after a question or request.
_REMARK_AFTER = lazy(
    rf"(?:[,;]?\s+(?:and\s+|but\s+)?(?:please\s+)?(?:keep\s+in\s+mind|bear\s+in\s+mind|remember|note|mind\s+you)\s+(?:that\s+)?(?={_WRITER})"
    rf"|[,;:–—]?\s+(?:-+\s+)?(?:(?:i\s+)?(?:forgot\s+to|should\s+(?:probably\s+)?|meant\s+to|must)\s+(?:say|mention|add|tell\s+you)(?:\s+that)?|should\s+have\s+(?:said|mentioned)|oh\s+and|btw|also|{_MINDING}|since|because)\s+(?={_WRITER})|,\s+(?:as|but|and|though|although|while|whereas|only)\s+(?={_WRITER})(?!(?:i|we)\s+(?:don['’]?t\s+)?(?:want|need|have)\s+(?:to\b|an?\b|any\w*|it\b|no\b|only\b))"
    rf"|(?<!\basks)(?<!\bask)(?<!\basked)(?<!\bknow)(?<!\bwonder)(?<!\btell)(?<!\bsee)(?<!\bme)(?<!\bsure)(?<!\bsay)(?<!\bcare),?\s+if\s+(?=(?:i|we)\s+(?:(?:really|generally|usually|absolutely|mostly|strongly|much|always|also|actually|typically|normally|just)\s+){{0,2}}{_TASTE}\s)"
    rf"|,?\s+when\s+(?=(?:i|we)\s+{_CUSTOM}\s))(?P<remark>[^?]{{6,160}})(?:\?|$)"
    rf"|(?:[,;:–—]\s+|\s+[-–—]+\s+)(?={_WRITER}[^?]*$)(?P<rest>[^?]+)$",
    _I,
)


#: A condition for what is asked for: "What can I cook, if I don't eat meat?".
_CONDITION = lazy(
    r"^(?:what|which|where|how)\b[^?]{0,60}\b(?:cook|eat|order|bake|drink|buy|make|suggest|recommend|use|wear|pick|choose|watch|read|play|visit|invest|stay|plant|worth|best|good|suits?|safe|help|work)\b[^?]{0,60}?,?\s+if\s+"
    r"(?P<part>(?:i|we)\s+(?:avoid|(?:don['’]?t|do\s+not)\s+(?:eat|drink|like|use|wear|own|drive|have)|can['’]?t\s+(?:eat|drink|stand|have)|never|only\s+(?:eat|drink|use|wear)|(?:have|suffer\s+from)\s+(?:(?:bad|severe|chronic|mild)\s+)?(?:asthma|eczema|hay\s?fever|diabetes|arthritis|migraines|ibs|epilepsy|tinnitus|insomnia|adhd|dyslexia|an?\s+(?:bad|weak)\s+\w+|an?\s+(?:\w+\s+)?allergy)|am\s+(?:an?\s+)?(?:strict\s+)?(?:allergic|vegan|vegetarian|lactose|gluten|c(?:o)?eliac|diabetic|pregnant|left-handed|colou?r-?blind))\b[^?]{0,80})\?*$",
    _I,
)


def leading_reason(text: str) -> tuple[int, int] | None:
    """Return the bounds of the reason before a question ("Since I adore hydrangeas, which ones …"), or None."""
    found = _REASON_BEFORE.match(text)
    return found.span("remark") if found else None


#: A remark in brackets beside a question.
_IN_BRACKETS = lazy(rf"\((?P<part>{_WRITER}[^()?]{{6,120}})\)", _I)


def trailing_remark(text: str) -> tuple[int, int] | None:
    """Return the bounds of a remark after or within a question or request ("…, but I don't eat meat"), or None."""
    if condition := _CONDITION.match(text):
        return condition.span("part")
    if bracketed := _IN_BRACKETS.search(text):
        return bracketed.span("part")
    found = _REMARK_AFTER.search(text)
    if found is None:
        return None
    return found.span("remark") if found["remark"] else found.span("rest")


#: Words that begin a question or request after a statement.
_REQUEST_WORDS = (
    r"what|which|who|where|when|why|how|any|give\s+me|show\s+me|tell\s+me|recommend|suggest|please|help|find|got"
)
#: A relative clause, after which a question may follow.
_RELATIVE_CLAUSE = lazy(r"(?:which|who|where|when)\b", _I)
_NEW_CLAUSE = lazy(rf"(?:[,;:.–—]\s+(?:and\s+|so\s+|but\s+)?|\s+(?:so|but)\s+)(?=(?:{_REQUEST_WORDS}|is|are|do|does|did|can|could|should|would|will)\b)", _I)  # fmt: skip
_TAIL_QUESTION = lazy(
    rf"(?:[,;:.–—-]\s+(?:and\s+|so\s+|but\s+)?|\s+(?:and|so|but)\s+)(?=(?:{_REQUEST_WORDS}|is|are|do|does|did|can|could|should|would|will)\b)"
    rf"|\s+(?=(?:{_REQUEST_WORDS})\b)|\s+(?=(?:is|are|do|does|did|can|could|should|would|will)\s+(?:i|you|we|it|there|they|that|this|the)\b)", _I
)  # fmt: skip

#: A question without a verb: "I'm in Leeds a lot, good quiet pubs there?".
_WITHOUT_A_VERB = lazy(r",\s+(?=(?!(?:[\w'’-]+\s+)*(?:or|it|this|that)\b)(?:[\w'’-]+\s+){3,8}[\w'’-]+\?$)", _I)


def question_start(text: str, least: int) -> int | None:
    """Return where a question begins after a statement, not before `least`; None where none does."""
    found = _TAIL_QUESTION.search(text, least) or _WITHOUT_A_VERB.search(text, least)
    if found is None:
        return None
    behind = _NEW_CLAUSE.search(text, found.end()) if _RELATIVE_CLAUSE.match(text, found.end()) else None
    spaced = text[found.start() : found.end()].isspace()
    return behind.start() if behind and spaced else found.start()


#: Diets, faiths and conditions, which are relevant to every question.
_ALWAYS_RELEVANT = lazy(
    r"\b(?:vegans?|vegetarians?|pescatarians?|flexitarian|c(?:o)?eliacs?|diabetics?|lactose|gluten|halal|kosher|muslims?|jew(?:ish)?|hindus?|jain|sikh|mormon|teetotal\w*|non-?drinker|recovering|allerg\w+|intolerant|wheelchair|deaf|blind"
    r"|colou?r-?blind|autistic|dyslexic|asthmatic|epileptic|pregnant|breastfeeding|left-?hand(?:er|ed)|insomniac|adhd|disab\w+|amputee|single\s+(?:mum|mom|dad|parent|mother|father)|hard\s+of\s+hearing)\b",
    _I,
)
#: Businesses for people with such a need, which do not say that the writer has it.
_BUSINESS = lazy(
    r"\s(?:restaurants?|shops?|caf[eé]s?|bakery|bakeries|food|brands?|business|compan(?:y|ies)|stores?|magazines?|blogs?|hotels?)\b",
    _I,
)
_ALWAYS_RELEVANT_ZH = lazy(
    r"素食|吃素|纯素|糖尿病|过敏|乳糜泻|穆斯林|回民|佛教|基督|孕妇|残障|残疾|聋|盲|色弱|左撇子|高血压|痛风|患者|单亲"
)
_ASKS = lazy(r"^\W*(?:what|which|who|whom|whose|where|when|why|how|can|could|should|would|will|do|does|did|is|are|am|may|might|must\s+i|any)\b", _I)  # fmt: skip
_AS_ZH = lazy(r"^(?:作为|身为)(?:一?[个名位])?[^，。！？,]{1,14}[，,]")
_ASKS_ZH = lazy(r"怎么|如何|什么|哪|吗|呢|为什么|能不能|可不可以|应不应该|该不该|要不要|多少|几")
#: A taste that is worded as a trait ("a tea lover"); other patterns read it as a taste.
_TASTE_AS_TRAIT = lazy(
    r"\b(?:someone|somebody|person)\s+(?:who|that)\s+(?!(?:is|has)\b)|\b(?:fan|lover|admirer|devotee)\s+of\s|\s(?:lover|fan|addict|nerd|geek|enthusiast|buff|fanatic|aficionado)\b",
    _I,
)
#: Something that the writer has or lives with, as the cause of what they say.
_CAUSE = lazy(r"(?:because\s+of|due\s+to)\s+my\s|living\s+in\s|having\s+an?\s", _I)
#: Whom or what the writer lives with, which is relevant to every question.
_LIVED_WITH = lazy(
    r"with\s+(?:an?|my|our|two|three|four|\d)\s+(?:[\w-]+\s+){0,2}?(?:toddlers?|bab(?:y|ies)|newborn|kids?|children|twins|dogs?|cats?|puppy|(?:bad|weak|arthritic|sore|broken)\s+\w+|allergy|allergies|budget)(?:\s+(?:at\s+home|in\s+the\s+house))?$",
    _I,
)
_OF_WRITER = lazy(r"(?:i|i['’]\w+|im|ive|we|my)\b", _I)


#: Asks what anybody would do: "As a vegan, what would one eat in Japan?".
_OF_ANYBODY = lazy(
    r"\b(?:do(?:es)?|would|can|could|should|might)\s+(?:one|people|someone|somebody)\b(?!.*\b(?:i|me|my)\b)", _I
)


def is_question_context(sentence: str) -> bool:
    """Return whether the writer says who they are only to explain their question: "As a developer, how do I centre a div?"."""
    if is_chinese(sentence):
        front = _AS_ZH.match(sentence)
        return bool(front and _ASKS_ZH.search(sentence, front.end()) and not _ALWAYS_RELEVANT_ZH.search(front.group()))
    found = INTRODUCTION.match(sentence)
    if found is None or not found["s"] or _TASTE_AS_TRAIT.search(found.group()):
        return False
    asked = _ASKS.match(sentence[found.end() :])
    return bool(asked) and not (_is_always_relevant(found["s"]) and not _OF_ANYBODY.search(sentence, found.end()))


def _is_always_relevant(who: str) -> bool:
    return bool(_ALWAYS_RELEVANT.search(who)) and not _BUSINESS.search(who)


def read_introduction(sentence: str, *, goes_on: bool) -> Iterator[ClauseReading]:
    """Yield a reading of the introduction in which the writer says who they are ("As a vegetarian, …"), if there is one.

    `goes_on`: the words after the introduction state something too.
    """
    found = INTRODUCTION.match(sentence)
    if (
        found is None
        or is_chinese(sentence)
        or not (found["s"] or _CAUSE.match(sentence) or _LIVED_WITH.match(found.group().rstrip(" ,")))
        or _TASTE_AS_TRAIT.search(found.group())
    ):
        return
    name = "s" if found["s"] else "t"
    binds = _is_always_relevant(found[name])
    asked = binds and bool(_ASKS.match(sentence[found.end() :]))
    is_relevant = asked or bool(_LIVED_WITH.match(found.group().rstrip(" ,")))
    if not is_relevant and not (goes_on and _OF_WRITER.match(sentence, found.end())):
        return
    first, last, _ = phrase(sentence, found.start(name), found.end(name))
    if first < last:
        diet = slot_in(sentence[: found.end()])
        polarity: Polarity | None = "like" if diet == "diet" else None
        yield ClauseReading("fact", polarity, first, last, strict=binds, slot=diet, sure=True, pattern=INTRODUCED)


_ADDED_NEED = lazy(
    r"\b(?:i['’]m|i\s+am|im|i)\s+(?P<between>[^.!?;:]{2,80}?),?\s+(?:and|but)\s+(?:am\s+)?(?:also\s+|\w+ly\s+)?"
    r"(?:(?:allergic|intolerant|hypersensitive)\s+to|(?:never|don['’]?t|do\s+not|can['’]?t|cannot|must\s+not)\s+(?:eat|drink))\s+(?:any\s+)?(?P<rest>.+)",
    re.IGNORECASE,
)
#: An allergy that is named after something else: "I have a flight tomorrow and a nut allergy".
_ADDED_ALLERGY = lazy(
    r"\b(?:i|we)(?:['’]ve|\s+have)\s+(?:got\s+)?(?P<between>[^.!?;:]{2,80}?),?\s+and\s+(?:also\s+)?an?\s+(?:(?:severe|serious|bad|strong|mild|slight)\s+)?(?P<rest>(?:[\w-]+\s+){1,2}?(?:allergy|intolerance))\b",
    re.IGNORECASE,
)
_NEEDED = r"(?:allerg\w+|intoleran\w+|c(?:o)?eliac|vegan|vegetarian|muslim|jewish|hindu|jain|sikh|mormon|teetotal|sober|diabet\w+|pregnant|breastfeeding|halal|kosher|keto|blood\s+thinners|medication|reflux|recovering)"
#: A requirement that follows from a need: "I'm coeliac, it has to be gluten-free".
_RESULTING_REQUIREMENT = lazy(
    rf"^(?=[^.!?]*\b(?:i|i['’]m|im|we|we['’]re|my)\b)[^.!?]*\b{_NEEDED}\b[^.!?,;]{{0,40}}[,;–-]\s+(?:so\s+)?(?:it|everything|they|all\s+of\s+it|food)\s+(?:has|have|needs?|must)\s+(?:to\s+)?be\s+(?P<rest>\w[\w\s'’-]{{1,30}}?)\s*(?=$|[,.!;])",
    re.IGNORECASE,
)
#: Up to four words that may name what is excluded: no words of certainty, amount or duration, nothing medical, and no clause.
_NO_THING = (
    r"(?:(?:more\s+)?(?:problems?|ideas?|thanks|worries|worry|needs?|jok\w+|kidding|doubts?|serious\w*|really|lies?|lying|offen[cs]e|cap|matter|wonder|surprises?|big\s+deal|exceptions?|excuses?|way|one|longer|rush|hurry"
    r"|pressure|harm|luck|chances?|shame|questions?|comments?|answers?|insulin|meds|medicines?|medication|pills?|symptoms?|complications?|reactions?|side\s+effects?|diagnosis|treatments?|issues?|trouble|bother|fuss|biggie"
    r"|debate|argument|contest|regrets?|plans?|clue|preference|limits?|restrictions?)\b)"
)
_WORD = r"(?!(?:yet|needed|required|necessary|is|are|was|were|will|can|could|would|should|but|so|now|either|here|there|though|about|i|we|you|it|that|far|wanted)\b)\w[\w'’-]*"
_THINGS = rf"(?!{_NO_THING}){_WORD}(?:\s+{_WORD}){{0,3}}?"
#: An exclusion that follows from a need: "we're teetotal, no wine please".
_RESULTING_EXCLUSION = lazy(
    rf"^(?=[^.!?]*\b(?:i|i['’]m|im|we|we['’]re|my)\b)(?=[^.!?]*\b{_NEEDED}\b)"
    rf"[^.!?]{{4,80}}?(?:\s+so|[,;–-])\s+(?:so\s+)?(?:absolutely\s+|please\s+)?no\s+(?P<rest>{_THINGS})(?:\s+(?:for\s+(?:me|us)|(?:on|in)\s+(?:the|my|our)\s+\w+|please|thanks))*\s*(?=$|[.,!;])",
    re.IGNORECASE,
)
#: Beginnings of what no need excludes: a day or meal, and something mentioned before ("the results are out").
_NEVER_EXCLUDED = r"(?:(?:and|but|the|my|our|your|this|that|next|last)\b|(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|(?:today|tomorrow|tonight|weekends?|mornings?|evenings?|breakfast|lunch|dinner)\b)"
#: An exclusion that names the excluded thing first: "we keep kosher, so shellfish is out".
_EXCLUSION_AFTER_THING = lazy(
    rf"^(?=[^.!?]*\b(?:i|i['’]m|im|we|we['’]re|my)\b)(?=[^.!?]*\b{_NEEDED}\b)"
    rf"[^.!?]{{4,80}}?(?:\s+so|,?\s+which\s+means|[,;–-])\s+(?:so\s+)?(?P<rest>(?!{_NEVER_EXCLUDED}){_THINGS})\s+(?:is|are|has\s+to\s+be|must\s+be)\s+(?:(?:completely|strictly|absolutely|totally|all|always|of\s+course)\s+)*"
    r"(?:out|off\s+(?:the\s+(?:table|menu|list|cards)|limits)|not\s+(?:allowed|an\s+option)|forbidden|banned|(?:a\s+)?no-?(?:no|go))(?=\s*(?:$|[,.;!])|\s+(?:for\s+(?:me|us)|at\s+home|here)\b)",
    re.IGNORECASE,
)
#: Words that show that the text in between is about somebody else, or that nothing is stated.
_ABOUT_OTHERS = lazy(
    rf"\b(?:my|he|she|they|you|who|whose|if|whether|not\s+(?:an?\s+)?{_NEEDED}|friends?|know|think|said|told)\b",
    re.IGNORECASE,
)

_BODY_ZH = (
    r"(?:糖尿病|痛风|高血压|高血脂|脂肪肝|胃炎|胃溃疡|肠胃炎|乳糜泻|蚕豆病|湿疹|哮喘|结石|贫血|过敏|不耐受|怀孕|备孕|哺乳|坐月子|吃素|素食者?|纯素|信佛|佛教徒|回民|穆斯林|轮椅|戒酒|手术|牙套|残疾"
    r"|(?:肠胃|胃|腰|腿脚?|脚|膝盖|眼睛|肝|肾|心脏|肺|牙|皮肤|嗓子)[^，。！？,]{0,3}?(?:不好|不行|不便|有问题|敏感|弱|差)|对[^，。！？,]{1,8}?敏感)"
)
_SO_ZH = rf"^(?:因为|由于)?(?:我|本人)(?!们?(?:的|家|有个)?(?:朋友|同事|妈|爸))[^，。！？,!?]*?{_BODY_ZH}[^，。！？,!?]{{0,6}}[，,](?:我)?(?:所以|因此|因而|平时|现在|就|一直|都|只好|也|是){{0,3}}"
_THING_ZH = r"(?P<s>(?!什么|哪|多|少|太|点|医院|药|注意|问|的$)[^，。！？,.!?；;：:吗]{1,14}?)(?=$|[，。！？,.!?；;])"
#: Something that a condition of the body or a faith forbids; below, something that it requires.
_FORBIDS_ZH = lazy(
    rf"{_SO_ZH}(?:(?:不能|不可以|不许|不敢|没法|不)(?:再)?(?:吃|喝|碰|沾|用|抽|闻)|(?:得|要)?忌口?|(?:得|要|必须)避开)(?:任何)?{_THING_ZH}"
)
_ASKS_FOR_ZH = lazy(rf"{_SO_ZH}(?:必须要?|只能|只|一定[要得]|需要|得)(?:是|吃|喝|用|住|选|坐|穿|去)(?:点)?{_THING_ZH}")
_SUPPOSED_ZH = lazy(r"如果|要是|假如|万一|是不是|会不会|吗")


def read_added_needs(sentence: str) -> list[ClauseReading]:
    """Return the needs that the sentence adds to another statement; an empty list for a question or a supposition."""
    return list(_read_zh(sentence) if is_chinese(sentence) else _read_en(sentence))


def _read_zh(sentence: str) -> Iterator[ClauseReading]:
    if _SUPPOSED_ZH.search(sentence) or OTHERS_ZH.match(sentence):
        return
    if found := _FORBIDS_ZH.match(sentence):
        start, end = reading_zh.phrase(sentence, *found.span("s"))
        yield ClauseReading("avoid", "dislike", start, end, strict=True, sure=True)
    elif found := _ASKS_FOR_ZH.match(sentence):
        start, end = reading_zh.phrase(sentence, *found.span("s"))
        yield ClauseReading("require", "like", start, end, strict=True, sure=True)


def _read_en(sentence: str) -> Iterator[ClauseReading]:
    excluded = _RESULTING_EXCLUSION.match(sentence) or _EXCLUSION_AFTER_THING.match(sentence)
    if excluded and not _ABOUT_OTHERS.search(sentence, 0, excluded.start("rest")):
        start, end, scope = phrases_en.phrase(sentence, excluded.start("rest"), excluded.end("rest"))
        if start < end:
            yield ClauseReading("avoid", "dislike", start, end, scope, strict=True, sure=True)
    if needed := _RESULTING_REQUIREMENT.match(sentence):
        start, end, scope = phrases_en.phrase(sentence, needed.start("rest"), needed.end("rest"))
        if start < end:
            yield ClauseReading("require", "like", start, end, scope, strict=True, sure=True)
    found = _ADDED_NEED.search(sentence) or _ADDED_ALLERGY.search(sentence)
    if (
        found is None
        or _ABOUT_OTHERS.search(found["between"])
        or sentence[: found.start()].casefold().strip() in ("if", "am")
    ):
        return
    start, end, scope = phrases_en.phrase(sentence, found.start("rest"), found.end("rest"))
    subject = sentence[start:end]
    if (
        start < end
        and not phrases_en.POINTS_ELSEWHERE.match(subject)
        and any(map(str.isalnum, LIST_SEPARATOR.sub("", subject)))
    ):
        yield ClauseReading("avoid", "dislike", start, end, scope, strict=True, sure=True)
