"""Completes short sentences: removes fillers, and restores the grammatical subject "I" that people omit.

Examples: "ugh i hate mushrooms lol", 「我从来不做攻略哈哈」; "really love sourdough", "got two cats", "nurse in Leeds here". A
"no" that answers somebody ("no i dont eat meat") does not negate what follows. A sentence without "I" is read as if it
began with the omitted words: all patterns for "I love …" also match "love …".
"""

import re
from collections.abc import Sequence

from penchant.agent.statements.sentences import Sentence
from penchant.agent.statements.wordings import OF_LIFE_NOW
from penchant.characters import HAN
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
_HOW = r"(?:(?:really|just|so|very|absolutely|totally|completely|definitely|honestly|personally|actually|simply|still|also|always|usually|normally|mostly|currently|now|kinda|literally|truly|quite|rather|pretty|do|both|too|seriously|utterly|even|mainly|particularly|generally|sadly|finally|already|only)\s+)*+"
#: Words after which "love" is part of a title, not a verb: "Love Island", "Love Actually".
_OF_TITLE = r"(?:island|actually)\b"
_THAT = r"(?:it|this|that|these|those|them|your?|you|him|her|how|the\s+(?:answer|idea|first|second|last|new|way|look|sound))\b"
_TASTE = rf"(?:lo+ve|adore|hate|loathe|detest|despise|dislike|enjoy|prefer|favour|favor|fancy|dread|crave|appreciate|worship|cherish)\s+(?!{_OF_TITLE}|{_THAT})"
_DONE = r"(?:(?:really|even|usually|particularly|personally|much|actually|always|ever)\s+)?(?:like|love|enjoy|eat|drink|care|want|have|own|drive|smoke|watch|wear|trust|understand|get|fancy|mind|believe|live|speak|cook|buy|need|travel|fly|go|work|play|sleep|do|touch|read|take|miss|been|liked|loved|enjoyed|had|got|owned|touched|eaten|drunk|tried\s+to|learned|learnt|understood|cared|worn|skip|saw|felt|found|see\s+the\s+point|celebrate|shop|order|tire|stay)"
_DENIED = rf"(?:(?:don['’]?t|do\s+not|never(?!\s+mind\b)|no\s+longer|didn['’]?t|haven['’]?t|hardly(?:\s+ever)?|rarely|seldom|scarcely|barely)\s+(?!{_DONE}\s+(?:it|this|that|them|me|the\s+(?:link|page|button|app))\b){_DONE}|(?:can['’]?t|cannot|couldn['’]?t|could\s+not)\s+(?:stand|bear|abide|live|do\s+without|go\s+without|resist|get\s+enough|sleep|work|eat|drink|have|tolerate|digest|stomach|handle|cope|deal|function|survive|drive|swim|cook|afford|say\s+no)|(?:won['’]?t|wouldn['’]?t)\s+(?:ever\s+)?(?:eat|drink|wear|use|buy|touch|watch|go|have|do|fly|stay|read|play|book|say\s+no|dream|be\s+without))\b(?!\s+(?:it|this|that|them)\b)"
_OFTEN = r"(?:usually|normally|generally|typically|tend\s+to|mostly|often)\s+(?!(?:the|a|an|it|this|that|not|there|you|they|people|i)\b)\w"
_WISH = r"(?:would\s+(?:(?:much|far|always|really|so|dearly|quite)\s+)*(?:love|like|rather|sooner|prefer|never|hate|choose)|could\s+(?:never|happily|easily|do\s+without|live\s+(?:on|without)|eat|drink|watch|listen)|wanna|want\s+to|need\s+to|hope\s+to|plan\s+to|intend\s+to|aim\s+to|used\s+to|tend\s+to|try\s+to\s+(?:avoid|eat|stay|keep|buy|limit)|refuse\s+to|swear\s+by|live\s+for|swear\s+off|get\s+(?:a\s+kick|so\s+much|bored|anxious|nervous|sick|scared|migraines|headaches|hives)|have\s+to\s+(?:avoid|eat|have|watch)|suffer\s+from|need\s+(?!help|it|this|that|the|some|you|an?\s+(?:hand|quick|new|plumber|refund|doctor|taxi|gift|break|favou?r))\w)\b"
_PAST = r"(?:quit|gave\s+up|given\s+up|cut\s+out|cut\s+down|swore\s+off|stopped\s+\w+ing|started\s+\w+ing|switched\s+(?:to|from)|went\s+(?:vegan|vegetarian|off|sober|gluten)|grew\s+up|moved\s+(?:to|from)|live\s+in|live\s+with|live\s+on|work\s+(?:as|in|at|from|nights|shifts|for)|study\s+\w|speak\s+\w|drive\s+an?|own\s+an?|ride\s+an?|play\s+the|was\s+(?:born|raised|diagnosed)|am\s+(?!i\b)\w|have\s+(?:(?:an?|two|three|four|no|only|only\s+an?|both|severe|bad|really|very|type)\s+)(?!(?:nice|good|great|lovely|look|go|seat|try|bite|laugh|safe|drink|rest|question|problem|issue|meeting|minute|quick|cold|headache|think)\b)\w)\b"
_GOT = r"got\s+(?!(?:it|to|back|home|here|there|lost|stuck|any|the|this|that|some|your|rid|up|in|out|me|new|one|an?\s+(?:\w+\s+)?(?:question|problem|issue|meeting|minute|second|call|email|message|letter|moment|error|refund|tip|reply|notification|warning|sec|parcel|delivery|ticket))\b)\w"
_DOING = r"(?:(?:looking|hoping|planning|trying|aiming|learning|wanting|struggling|preparing|working\s+hard)\s+to|thinking\s+(?:of|about)\s+(?:getting|becoming|learning|starting|moving|buying|adopting|going\s+(?:vegan|back|freelance))|dreaming\s+(?:of|about)|saving\s+(?:up\s+)?(?:for|to)|training\s+for|studying\s+(?:for|to|at|law|medicine|\w+ing)|working\s+(?:as|towards?|on\s+(?:my|getting|becoming|improving))|living\s+(?:in|with|on|alone)|learning\s+\w|giving\s+up|cutting\s+(?:out|down|back)|running\s+(?-i:[A-Z])|gonna\s+(?!be\b|go\b|need\b|have\b|take\b|try\s+(?:it|that)\b)\w+|going\s+to\s+(?:learn|become|run|start|quit|move|train|build|write|study|lose|save)|getting\s+(?:serious|into|married|ready)|following\s+(?:an?|the)|avoiding|boycotting|steering\s+clear|staying\s+(?:away|off)|keeping\s+(?:off|away)|raising|recovering\s+from)\b"
_BEING = (
    r"(?:(?:allergic|intolerant|sensitive|addicted|partial|new|loyal|used|averse|opposed|drawn)\s+to|(?:obsessed|fed\s+up|done|over\s+it|besotted|in\s+love)\s+with|(?:scared|afraid|terrified|fond|sick|tired|bored|wary|not\s+fond|petrified|a\s+fan|part)\s+of(?!\s+the\s+dark\b)|(?:mad|crazy|nuts|wild|passionate|picky|fussy|excited)\s+about|(?:keen|hooked|big|sold|on\s+the\s+lookout)\s+on|(?:based|born|raised|interested|living)\s+in|(?:into|over|so\s+over)\s+(?!(?:this|that|it|the)\b)\w|(?:lactose|gluten)[\s-]intolerant|gluten[\s-]free\b|(?:vegan|vegetarian|pescatarian|diabetic|c(?:o)?eliac|pregnant|retired|autistic|dyslexic|colou?r-?blind|left-?handed|widowed|divorced|married|self-employed|unemployed|asthmatic|deaf)(?=\s*(?:$|[,.;:!–-]|\s(?:and|but|so|since|for|here|with|now|in|by|these)\b))"
    r"|not\s+(?:really\s+|so\s+|very\s+|too\s+|that\s+|at\s+all\s+|exactly\s+|much\s+of\s+)*(?:into|keen|fond|big\s+on|an?\s+(?:\w+\s+){0,2}(?:fan|person|lover)|one\s+for|interested\s+in|comfortable|eating|drinking|doing|buying|used\s+to|crazy\s+about)|(?:no|(?:a\s+)?(?:big|huge|massive|total|avid|lifelong|long-?time|real|proper|die-?hard)(?:\s+(?:big|huge|old|real))?)\s+(?:fan|lover|friend|believer)\s+of|more\s+of\s+an?|more\s+an?|always\s+up\s+for|up\s+for\s+an?|off\s+(?:sugar|meat|dairy|caffeine|alcohol|gluten|carbs|bread|coffee)\b)"
)
_FAN = (
    rf"(?:(?:really|so|just|thoroughly|absolutely|totally|massively|currently|def\w*|such|still|honestly)\s+){{1,2}}(?:(?:(?:enjoying|loving)\s+(?!{OF_LIFE_NOW})|(?:into|addicted\s+to|hooked\s+on)\s+)(?!(?:it|this|that|these|those|them|your?|the\s+(?:answer|idea|new|look))\b)\w"
    r"|an?\s+(?:(?:big|huge|massive)\s+)?(?:fan\s+of|sucker\s+for)\s)"
)
_WHO = (
    r"(?:(?:complete|total|absolute|full-?time|part-?time|freelance|retired|trainee|junior|senior|single|proud|strict|first-?year|second-?year|phd|uni|university|medical|law|nursing|busy|broke|working|new|soon-to-be|stay-at-home|lifelong|recovering)\s+)*+"
    r"(?:beginner|newbie|student|nurse|teacher|mum|mom|dad|mother|father|parent|pensioner|developer|engineer|freelancer|carer|chef|lawyer|doctor|midwife|vegan|vegetarian|pescatarian|c(?:o)?eliac|diabetic|introvert|night\s+owl|insomniac|alcoholic|backpacker|farmer|gardener|writer|librarian|paramedic|electrician|plumber|driver|translator)\s+(?:at|in|of|with|from|by|to|and|on)\b(?!(?:\s+\w+){1,2}\s+here\b)"
)
_OWN = r"(?:budget|skin|hair|diet|goal|dream|ambition|aim|shift\s+pattern|native\s+language|mother\s+tongue|first\s+language|job|hometown|shoe\s+size|height|favou?rite\s+[\w\s]{3,20}?|fave\s+\w+|biggest\s+(?:fear|dream|goal)|dream\s+job)\s+(?:is|are)\s"
#: The words that people omit, each with the pattern of what follows them.
_OMITTED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (words, lazy(rf"{_HOW}{behind}" if adverbs else behind, _I))
    for words, behind, adverbs in (
        ("I've ", rf"(?:{_GOT}|been\s+(?!(?:there|to\s+the|waiting|told|a\s+while|on\s+hold|charged|trying\s+to\s+(?:reach|call|log))\b)\w|never\s+(?:been|liked|loved|enjoyed|understood|cared|had|got)\b)", True),
        ("I ", _TASTE, True),
        ("I ", _DENIED, True),
        ("I ", _OFTEN, False),
        ("I ", _WISH, True),
        ("I ", _PAST, True),
        ("I'm ", _DOING, True),
        ("I'm ", _BEING, True),
        ("I'm ", _FAN, False),
        ("I'm a ", _WHO, False),
        ("My ", _OWN, False),
    )
)  # fmt: skip
#: Words that may come before the omitted words.
_WORDS_BEFORE = lazy(
    r"(?:(?:yes|yeah|yep|no|nah|nope|hi|hey|hello|hiya|ok|okay|well|oh|ooh|omg|wow|sorry|tbh|honestly|personally|ngl|btw|lol|thanks|thank\s+you|good\s+morning|and|but|so|also|anyway|right|actually)\b[\s,!.:–-]+){0,3}",
    _I,
)
#: Refers to something that was named before: "never liked them".
_REFERS = lazy(r"(?:[\w'’]+\s+){1,4}?(?:it|them|those|that|these|this)\b", _I)
#: A first clause that asks.
_ASKED = lazy(r"[^,;.!–—]*\?")


def with_omitted_subject(sentence: Sentence) -> Sentence:
    """Return the sentence with its omitted subject ("I", "I'm", "My"), or unchanged where nothing was omitted.

    The text is longer by the added words, and `start` is earlier by their length.
    """
    start = _WORDS_BEFORE.match(sentence.text).end()  # type: ignore[union-attr]
    words = _omitted_words(sentence.text, start)
    if words is None or _ASKED.match(sentence.text, start) or _REFERS.match(sentence.text, start):
        return sentence
    return Sentence(words + sentence.text[start:], sentence.start + start - len(words), sentence.end, sentence.whole)


def _omitted_words(text: str, start: int, table: Sequence[tuple[str, re.Pattern[str]]] = _OMITTED) -> str | None:
    return next((words for words, behind in table if behind.match(text, start)), None)


_WRITER = r"(?:i|we|im|ive|id|i['’]\w+|we['’]\w+)\b"
#: Verbs of an answer to an offer, which says what is wanted now.
_FOR_NOW = r"\s+(?:(?:do\s+not|don['’]?t|really|just|only)\s+){0,2}(?:want|need|have|wish|mean|think|know)\b"
_FILLER_IN_FRONT = lazy(
    r"(?:(?:ugh+|eww*|bruh+|bro|dude|omg|omfg|lol|lmao|haha\w*|hehe\w*|yeah+|yea|yep|yup|ya|nah+|low-?key|high-?key|ngl|tbh|imh?o|fwiw|pl[sz](?=\s+(?:always|never|only|no|don|do)\b)|um+|uh+|hmm+)\s+"
    rf"|(?:no+|nope|yes|ok|okay|well|sorry|please)\s+(?:no\s+)?(?:not\s+)?(?:(?:this|that)\s+one\s+)?(?={_WRITER})(?!{_WRITER}{_FOR_NOW}))+(?=\w)",
    _I,
)
_AT_END = lazy(
    r"(?:[\s,]+(?:lol|lmao|rofl|xd+|haha\w*|hehe\w*|btw|by\s+the\s+way|tho|tbh|ngl|fr|imo|imho|fyi|rn|so+\s+(?:bad|badly)|soo+\s+much)\b[\s.!?,)]*)+$",
    _I,
)
_IN_FRONT_ZH = lazy(rf"(?:(?:哈{{2,}}|嘻{{2,}}|呜{{2,}}|哎呀?|唉|诶|嗯+|额|呃)[，,\s]*)+(?=[{HAN}])")
_AT_END_ZH = lazy(
    r"[～~，,\s]*(?:哈{2,}|嘻{2,}|呵{2,}|呜{2,}|嘤{2,}|h{3,}|233+|xd+|orz|㗎|喔|噢|耶)+[～~！!。.\s]*$", _I
)
#: Emoji and hearts.
_EMOJI = lazy(r"[\s\u200d\ufe0f\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]+$")


def end_before_fillers(text: str, end: int) -> int:
    """Return where `text[:end]` ends without the fillers at its end, such as "lol"."""
    found = _AT_END.search(text, 0, end)
    return found.start() if found and found.start() > 0 else end


def without_fillers(sentence: Sentence) -> Sentence:
    """Return the sentence without the fillers at its beginning and end; unchanged if no word would remain."""
    text = _EMOJI.sub("", sentence.text)
    text = _AT_END_ZH.sub("", _AT_END.sub("", text)) or text
    text = _EMOJI.sub("", text)
    front = _FILLER_IN_FRONT.match(text) or _IN_FRONT_ZH.match(text)
    begin = front.end() if front else 0
    if (begin == 0 and len(text) == len(sentence.text)) or not any(map(str.isalpha, text[begin:])):
        return sentence
    return Sentence(text[begin:], sentence.start + begin, sentence.start + len(text), sentence.whole)
