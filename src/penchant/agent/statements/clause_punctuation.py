"""Divides sentences at punctuation marks between clauses: at commas that join two clauses, and at colons.

Examples: "I love tea, hate coffee", "I love summer, winter is not for me": each clause is read by itself. "Note: I'm
vegan", "Need a plan: I want to run a marathon": one side of a colon is the writer's own words; what follows a colon is
mostly a text that was announced.
"""

import re
from collections.abc import Iterable, Iterator

from penchant.agent.statements.sentences import ClauseReading, Sentence
from penchant.characters import HAN
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
#: A clause of its own, by its verb: "new clothes feel wasteful", "should have the money by summer".
FINITE = lazy(
    r"(?:way|much|far|a\s+(?:lot|bit)|so|too|very)\s+\w|(?:(?!(?:that|which|who|whose|where|when|if|as|and|or|but|to)\b)[\w'’-]+\s+){0,4}?(?:is|are|was|were|has|have|had|should|can|could|will|would|may|might|must|feels?|seems?|tastes?|(?:is|are|do|does|can|could|would|should|wo)n['’]?t|can['’]?t)\b",
    _I,
)
COLON = lazy(rf"[:：](?=\s|[{HAN}“\"]|$)")
_FIRST_PERSON = lazy(r"\b(?:i|i['’](?:m|ve|d|ll)|me|my|we|our)\b|我|咱", _I)
#: Labels for something about oneself.
_OWN_LABEL = lazy(
    r"^(?:before\s+(?:we|you|i)\s+\w[\w\s'’-]{0,50}|first\s+(?:off|things\s+first|of\s+all)|note|nb|ps|p\.s\.?|fyi|reminder|remember|context|background|about\s+me|fun\s+fact|update|important|edit|preferences?|my\s+(?!(?:\w+\s+)?(?:essay|story|novel|speech|song|letter|paragraph|character|text|poem|email|hero|teacher|book|script|article|friend|brother|sister|mother|mom|mum|dad|father|boss|wife|husband|son|daughter)\b)[\w\s]{2,30}|diet|allergies|allergy|doctor['’]?s\s+orders|(?:my\s+|our\s+|this\s+year['’]?s\s+|new\s+year['’]?s?\s+|life\s+|long-term\s+|big\s+)?(?:goals?|resolutions?|dream|bucket\s+list|plan|hobby|hobbies)(?:\s+of\s+(?:mine|ours))?(?:\s+for\s+[\w\s]{2,16})?|on\s+my\s+bucket\s+list|fav(?:ou?rite)?\s+\w+|also|ask\s+any(?:one|body)\b[^:]{0,30}|any(?:one|body)\s+who\s+knows\s+me[^:]{0,20}|one\s+(?:more\s+)?thing"
    r"|for\s+(?:the\s+)?future(?:\s+reference)?|going\s+forward|one\s+last\s+thing|personal\s+note|good\s+to\s+know|small\s+note|for\s+context|just\s+so\s+you\s+know|for\s+the\s+record|confession|disclaimer|to\s+be\s+clear|(?:(?:just\s+)?an?\s+)?(?:quick\s+|little\s+)?(?:note|heads[\s-]?up|reminder|warning)(?:\s+before\s+[^:]{1,50})?|btw|long\s+story\s+short|in\s+short|bottom\s+line|please|honestly|(?:i|we)['’\s][^:]{2,60}|some\s+(?:info|facts|things)\s+about\s+me|likes|dislikes|hobbies|budget"
    r"|备注|(?:个人|本人|我的?)?(?:习惯|喜好|口味|偏好|过敏史|病史|过敏原|雷点|雷区|底线|原则)|注意|提醒|说明|补充|个人情况|关于我|背景|忌口|爱好|预算|我[^：:]{0,14}|另外|对了|顺便|其实|ps)$",
    _I,
)
#: A verdict or rule of the writer before what it is about; below, an aim and an opinion.
_VERDICT_BEFORE_COLON = lazy(
    r"^(?:(?:definitely|really|so|just|honestly|totally)\s+)?not\s+(?:really\s+|exactly\s+)?(?:my\s+(?:thing|cup\s+of\s+tea|style|jam|scene|vibe|idea\s+of\s+fun)|for\s+me)$"
    r"|^(?:my|our)\s+(?:only\s+|one\s+|strict\s+)*(?:rule|policy)(?:\s+is)?$",
    _I,
)
_AIM_BEFORE_COLON = lazy(
    r"^(?:我)?(?:今年|新年)?(?:给自己)?(?:(?:立|定|许|设|下)(?:了|下)?(?:一?个)?(?:小)?|新年|今年的?|年度|小)?\s?(?:flag|目标|愿望|心愿|任务|计划)(?:立|定)?[了好下]*(?:很|非常|就)?(?:明确|清晰|简单|一个)?$"
    r"|^(?:我)?[^，。]{0,8}?(?:就|只有?|唯一的?|第一)一?[个点条]?(?:要求|条件|原则|底线|标准)(?:就)?(?:一[个条点])?(?:是)?$|^(?:我)?有(?:一?个)?[^，。]{0,4}?(?:毛病|坏习惯|怪癖|癖好)$",
    _I,
)
_OPINION = lazy(
    r"^(?!(?:here|he|she|they|you|the|this|that|it|mum|mom|dad)\b)(?!.*\b(?:says?|said|goes|reads?|writes?|starts?|wrote|replied|asked|told|example|quote|translate|sentence|text|caption|lyrics|bio|letter|essay|draft|post|speech|profile|message|line|title|write|fix|correct)\b)[\w\s'’-]{2,40}\s(?:beats?|over|is|are|isn['’]?t|aren['’]?t|wins?|rules?|sucks?)\b[\w\s'’-]{0,25}$",
    _I,
)
#: Ends an announcement of something about oneself: "it confirmed what I knew: …".
_ANNOUNCED = lazy(
    r"\b(?:i\s+(?:\w+\s+)?(?:knew|know|realised|realized|learnt|learned|noticed)|(?:one|a)\s+thing|thing\s+(?:to|you\s+should)\s+know)$", _I
)  # fmt: skip
#: Words for texts and speech, which is then what follows the colon.
_OF_TEXT = r"(?:says?|said|goes|reads?|writes?|wrote|replied|asked|told|tells|words?|phrases?|titles?|captions?|sentences?|repl(?:y|ies)|answers?|lines?|quotes?|bio|slogans?|lyrics|text|e-?mails?|messages?|letter|translat\w+|poems?|jokes?|songs?|rhymes?|posts?|status|reviews?|examples?|wording|grammar|essay|speech|profile|spelling|rephras\w+|errors?|output|following|this|that|it|code|story|toast|vows?)"
#: A request before the statement that it is based on; below, a clause of the writer before its reasons.
_ASKED_FIRST = lazy(rf"^(?!.*\b{_OF_TEXT}\b)(?:(?:need|want|looking\s+for|after|help|advice|question|quick\s+(?:one|question)|(?:any\s+)?(?:ideas|tips|suggestions|recs?|recommendations))\b)", _I
)  # fmt: skip
_REASONED = lazy(
    rf"^(?!.*\b{_OF_TEXT}\b)(?!(?:he|she|they|you)\b)(?=[^:]*\b(?:(?:i|we)\s+\w|(?:for|to)\s+(?:me|us)\b))(?:when(?:ever)?|wherever|if|at|on|in|for|as|with|because|since|[\w'’-]+(?:\s+[\w'’-]+){{0,4}}\s+(?:is|are))\s[^:]{{8,100}}$", _I)  # fmt: skip


def is_label(lead: str) -> bool:
    """Return whether the text before a colon only announces a statement of the writer about themself."""
    return bool(_OWN_LABEL.match(lead))


def own_side_of_colon(sentence: Sentence, colon: re.Match[str]) -> Sentence | None:
    """Return the side of the colon that is in the writer's own words: the whole sentence if both are, None if neither is."""
    text = sentence.text
    lead, rest = text[: colon.start()].strip(), text[colon.end() :].lstrip()
    if _OWN_LABEL.match(lead) or _ANNOUNCED.search(lead):  # "Note: I'm vegan" is about what follows
        return (
            sentence
            if _FIRST_PERSON.match(lead) and not _ANNOUNCED.search(lead)
            else _rest_after(sentence, colon.end())
        )
    if _ASKED_FIRST.match(lead) and _FIRST_PERSON.match(rest):
        return _rest_after(sentence, colon.end())
    if _REASONED.match(lead):
        return Sentence(text[: colon.start()], sentence.start, sentence.start + colon.start())
    thinks = (
        _AIM_BEFORE_COLON.match(lead)
        or _VERDICT_BEFORE_COLON.match(lead)
        or (_OPINION.match(lead) and _FIRST_PERSON.match(rest))
    )
    return sentence if thinks else None


def _rest_after(sentence: Sentence, at: int) -> Sentence:
    """Return the part of the sentence that begins with the next word after `at`."""
    rest = sentence.text[at:].lstrip()
    shift = len(sentence.text) - len(rest)
    return Sentence(rest, sentence.start + shift, sentence.end)


#: A clause about the writer, without a condition and without other people.
_FIRST = lazy(
    r"(?:(?:honestly|actually|personally|well|so|and|but|ok|okay|hi|hello|hey)[,\s]+)*(?:i|we|im|ive|i['’]\w+|we['’]\w+|my|our|love|hate|adore|not|never|no|don['’]?t|can['’]?t|[\w\s'’-]{3,40}\s(?:is|are)\s+my)\b"
    r"(?!.*\b(?:who|whose|people|someone|somebody|anyone|if|when|whenever|while|than|said|says|told|think|asked)\b)",
    _I,
)
_HOW = r"(?:(?:really|absolutely|just|also|totally|still|usually|generally|mostly|always|but|and|though|simply|honestly)\s+)*"
#: A taste without its grammatical subject: "hate coffee", "not a cat person".
ELLIPTIC = (
    rf"{_HOW}(?:(?:love|hate|adore|loathe|detest|dislike|despise|avoid|can['’]?t\s+(?:stand|bear|eat|drink|have|do|handle|take)|cannot\s+(?:stand|bear|eat)"
    r"|(?:don['’]?t|do\s+not|won['’]?t|never)\s+(?:like|enjoy|eat|drink|watch|wear|use|read|listen\s+to|care\s+for|touch|do))\s+(?!(?:it|them|that|this|him|her|to\s+(?:see|hear|know))\b)\w"
    r"|allergic\s+to\s+\w|not\s+(?:really\s+|so\s+|too\s+|much\s+of\s+)*(?:an?\s+(?:\w+\s+)?(?:fan|lover|person)\b|into\s+\w|keen\s+on\s+\w|fond\s+of\s+\w))"
)
ELLIPTIC_TASTE = lazy(ELLIPTIC, _I)
_NAME = (
    r"(?!(?:i|we|it|that|this|these|those|they|he|she|you|which|who|what|where|there|here|and|or|so|because|even|the|one|both|all|none|my|our"
    r"|your|please)\b)(?:an?\s+)?[\w'’-]+(?:\s+[\w'’-]+){0,3}?"
)
_ME = r"(?:me|us)\b"
#: Another thing, with the writer's judgement of it.
_VERDICT = (
    rf"(?:but\s+|and\s+|though\s+|while\s+|whereas\s+)?{_NAME}\s+(?:(?:just|really|always|also)\s+)?(?:(?:is|are|isn['’]?t|aren['’]?t)\s+(?:just\s+|really\s+|so\s+|too\s+|way\s+|very\s+|a\s+bit\s+|kinda\s+|pretty\s+|absolutely\s+)*"
    r"(?:not|no|my|for\s+me|boring|dull|gross|disgusting|awful|terrible|horrible|overrated|annoying|exhausting|stressful|scary|loud|noisy|bland|meh|hell|torture|the\s+(?:best|worst)|better|worse|nicer|great|amazing|lovely|fine|ok|okay|hard|too|off\s+limits|out|a\s+no)\b"
    rf"|(?:make|give|bore|scare|stress|drain|annoy|drive|tire|wear|freak|creep|terrif(?:y|ie)|disgust|irritate|depress|overwhelm|upset|put|leave|bother|bug|kill|suit)s?(?:es)?\s+{_ME}|(?:do|does)(?:n['’]?t|\s+not)\s+(?:agree|work|do\s+it|suit|appeal|interest)\b"
    r"|not\s+(?:so\s+much|really|at\s+all|for\s+me)\s*\W*$)"
)
_SECOND = lazy(rf",\s+(?=(?:{ELLIPTIC}|{_VERDICT}))", _I)
#: Joins a clause with a grammatical subject of its own to the one before.
CLAUSE_CONJUNCTION = lazy(
    r";\s+|,\s+(?:and|but|while|whereas|yet|so|though)\s+(?:so\s+)?|\s+(?:but|while|whereas)\s+", _I
)
_MIN_CLAUSE_LENGTH = 6


_RELATIVE = lazy(r"\w\s+(?:that|who|which|whose|where)\s", _I)


def has_relative_clause(piece: str, readings: Iterable[ClauseReading]) -> bool:
    """Return whether a reading that is not weak has a subject with a relative clause: "people who talk over a film".

    Its words about others lower the odds that the classifier gives, though the taste is as plain as without them.
    """
    firm = (each for each in readings if not each.weak and each.pattern >= 0 and each.kind != "require")
    return any(_RELATIVE.search(piece, each.start, each.end) for each in firm)


def split_at_commas(text: str, pieces: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each clause within these pieces of an English sentence, splitting at commas that join clauses."""
    for start, end in pieces:
        begin = start
        while (cut := _SECOND.search(text, begin + _MIN_CLAUSE_LENGTH, end)) and _FIRST.match(
            text[begin : cut.start()]
        ):
            yield begin, cut.start()
            begin = cut.end()
        yield begin, end
