"""What an English sentence states, by grammar: kind, polarity, strictness, scope and the subject as a whole phrase."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from penchant.agent.statements.changes_en import Replacement, in_place_of, outgrown, switched, taken_up, thing_now
from penchant.agent.statements.forgetting_en import BEFORE_FORGOTTEN, FORGET, OF_BODY
from penchant.agent.statements.patterns_en import FORMER, IN_FRONT, PATTERNS
from penchant.agent.statements.patterns_en_idioms import IDIOMS
from penchant.agent.statements.patterns_en_sure import SURE
from penchant.agent.statements.sentences import CHANGED, ELSEWHERE, IN_FRONT_OF, ClauseReading
from penchant.agent.statements.slots_en import NO_TASTE, slot_in, slot_of
from penchant.agent.statements.wordings_en import Kind, Pattern, Wordings

_I = re.IGNORECASE
#: Wordings that are sure of themselves, and all others.
_CERTAIN, _STATING = Wordings((*IDIOMS, *SURE)), Wordings(PATTERNS)
#: What begins a new clause: the subject ends before it.
_CLAUSE = re.compile(
    r"\s*[;:()\[\]]|\s+[-–—]+\s+|[–—]|\s*\.{2,}|[.!?。！？]+[\"'”’)\]]*\s*$"
    r"|,?\s+(?:because|'cause|cause|since|although|though|whereas|unless|except|provided|otherwise|due\s+to|thanks\s+to|so\s+that|so\s+(?:i|we|please|can|my|it|no|don['’]?t|that|parks|long|much|any|the)\b|so$"
    r"|as\s+(?:i|it|they|we|my|that)\b|and\s+(?:there(?=['’]s|\s+(?:is|are))|i|i['’]m|we|my|it|they|he|she|so|therefore|please|can|am|do|don['’]?t|never|always|would|prefer|love|hate|avoid|need|that|this|usually|tend|cannot|can['’]?t|will|won['’]?t|am|refuse|enjoy|find|take|observe|work\s+(?:as|at|for|from)|study\s+at|speak|own)\b"
    r"|or\s+(?:i|else)\b|(?:before|after|until|once|by\s+the\s+time)\s+(?:i|we|my|our)\b|but\b|yet\b|rather\s+than|instead\s+of|compared\s+to|as\s+opposed\s+to|in\s+case|even\s+(?:if|though|when)|not\s+even|no\s+matter|if\b|unlike|regardless|(?:which|where|who)\s+(?:i|is|are|makes?|helps?|means|suits)\b|for\s+(?:health|religious|ethical|medical|environmental|personal|safety|moral)\s+reasons|to\s+(?:stay|keep|reduce|save|help|protect|relieve|lower|manage|maintain)\s+(?:my|fit|healthy|in\s+shape|me|on|the|active))\b"
    r"|,\s*(?=(?:i|i['’]m|i['’]ve|i['’]d|we|my|it|they|this|that|these|those|you|he|she|what|which|who|where|when|while|can|could|do|does|is|are|so|then|please|thanks|sorry|not|no|never|especially|particularly|even|ever|for|with|due|if|as|since|after|before|to|in|on|at|too|though|honestly|every\s+time|always|just|only|often|usually|making|leading|making|causing|mainly|mostly|plus|give|show|recommend|suggest|both|because|rather|whether|such\s+as|like|including|otherwise|except|big|much|far|doctor|thank|hence|therefore|all|any|or\s+so|and\s+(?:i|it|my|we|so|that|please|am))\b)",
    _I,
)
_LASTS = re.compile(
    r"\s+(?:(?:at\s+least\s+|about\s+)?(?:once|twice|\w+\s+times)\s+(?:a|per)\s+(?:day|week|month|year)|since\s+(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:19|20)\d\d|childhood|forever|school|college|university)|as\s+a\s+(?:kid|child|boy|girl|teenager|teen|student|baby)|(?:\w+\s+)?(?:years|months|weeks|days|a\s+(?:year|month|week))\s+ago|(?:last|this)\s+(?:week|weekend|month|year|spring|summer|autumn|fall|winter)|for\s+good|since\s+then|eventually|some\s?day|one\s+day|at\s+last|at\s+some\s+point|a\s+lot|very\s+much|so\s+much|at\s+all|any\s?more|any\s+longer|no\s+more|these\s+days|nowadays|right\s+now|at\s+the\s+moment|lately|recently|too|either|as\s+well|though|please|in\s+general|in\s+particular|completely|altogether|entirely|all\s+the\s+time|most\s+of\s+the\s+time|"
    r"every\s+time|always|personally|honestly|again|ever|for\s+me|to\s+me|with\s+me|like\s+crazy|like\s+hell|above\s+all|more\s+than\s+anything(?:\s+else)?|most\s+of\s+all|the\s+most|best|(?:when|where|if)ever\s+(?:i\s+can|possible|i\s+get\s+the\s+chance)|if\s+possible|when\s+possible|when\s+i\s+can|where\s+possible|if\s+i\s+can(?:\s+help\s+it)?|"
    r"from\s+now\s+on|if\s+it\s+can\s+be\s+helped|like\s+the\s+plague|at\s+all\s+costs?|to\s+anything\s+else|over\s+the\s+usual\s+alternatives|through\s+and\s+through|with\s+a\s+(?:ten|ten-|10)[\s-]?foot\s+pole|rain\s+or\s+shine|come\s+rain\s+or\s+shine|for\s+the\s+life\s+of\s+me|to\s+save\s+my\s+life|on\s+principle|any\s+day(?:\s+of\s+the\s+week)?|day\s+in\s+day\s+out|by\s+trade|by\s+profession|quickly|easily|now|today|so\s+far|overall|and\s+everything|or\s+so|lol|haha|tbh|imo|ngl|here|here\s+we\s+go|anyway|really|badly|either\s+way|whatsoever|full\s+stop|period|instead|once\s+more|then|still|to\s+be\s+honest|more\s+and\s+more|out\s+of\s+my\s+diet)$",
    _I,
)
_SCOPE_AT_END = re.compile(
    r"\s+((?:when|while|whenever)\s+(?:(?:i['’]m|i\s+am|we['’]re|we\s+are|i|we|it['’]s|it\s+comes\s+to|the\s+weather|the\s+kids)\s+)?[\w'’\s-]{3,50}|for\s+(?:work|travel|school|business|lunch|dinner|breakfast|long\s+trips|everyday\s+use|the\s+office|holidays|my\s+commute|gaming|exercise|weekends)"
    r"|at\s+(?:home|work|night|school|the\s+gym|the\s+office|the\s+weekend|weekends|parties|dinner|breakfast|bedtime|university)|on\s+(?:weekdays|weekends?|holidays?|vacation|trips|long\s+flights|the\s+road|my\s+commute|planes|weeknights|work\s+days|rainy\s+days|flights|sundays|saturdays|fridays|mondays)"
    r"|in\s+(?:the\s+)?(?:mornings?|evenings?|afternoons?|summer|winter|spring|autumn|the\s+car|the\s+bedroom|the\s+kitchen|bed|restaurants|public|company)|before\s+(?:bed|work|breakfast|exams)|after\s+(?:work|dinner|lunch|midnight|\w+\s+(?:pm|o['’]clock))|during\s+(?:the\s+)?(?:week|day|summer|winter|work|exams?|lent|ramadan|meetings|holidays))$",
    _I,
)
_SCOPE_IN_FRONT = re.compile(
    r"^(?:and\s+|also\s+)?((?:when(?:ever)?|while)\s+(?:i['’]m\s+|i\s+am\s+|we['’]re\s+|it\s+comes\s+to\s+|i\s+|we\s+|at\s+)?[\w'’\s-]{3,40}|(?:for|at|on|during|after|before|in)\s+(?:the\s+|my\s+)?[\w'’-]+(?:\s+[\w'’-]+){0,2}),\s+(?=(?:i|i['’]m|i['’]d|we|my|please|never|don)\b)|^((?:when\s+(?:it\s+comes\s+to\s+)?[\w'’-]+(?:\s+[\w'’-]+)?)|(?:for|at|during)\s+(?:work|travel|home|school|business|breakfast|lunch|dinner|university|uni|night|trips|holidays|the\s+office)|on\s+(?:weekends|weekdays|holiday|vacation|trips|long\s+flights))\s+(?=(?:i|i['’]m|i['’]d|we)\b)",
    _I,
)
_COMPARED = re.compile(
    r"\s+(?:over|than|instead\s+of|rather\s+than|as\s+opposed\s+to|compared\s+to)\s|(?<!ing)(?<!\bgo)(?<!\bhow)(?<!\bgoing)(?<!^to)\s+to\s+(?!the\s+(?:gym|beach|cinema|office)|\w+\s+(?:alone|outdoors))",
    _I,
)
_LEAD = re.compile(
    r"^(?:(?:a|an|the|any|some|all|of|that|to|more|both|anything\s+like|things\s+like|certain|bit\s+of\s+a|lot\s+of)\s+)+(?=\w)",
)
_PLAIN = re.compile(r"(?:an?|some|any)\s+(?=\w)(?!(?:bit|few|little|lot|couple|while)\b)|go(?:ing)?\s+(?=\w+ing\b)", _I)
_SINCE = re.compile(
    r"\s+(?:(?:in|since|last|this|back\s+in)\s+(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:19|20)\d\d"
    r"|spring|summer|autumn|winter|month|week|year))$",
    _I,
)
_KEEPS_ARTICLE = re.compile(
    r"^the\s+(?:sims|beatles|office|wire|hague|netherlands|bronx|who|cure|smiths|crown|alps|same)\b", _I
)
_LOOSE_END = re.compile(
    r"(?:\s+(?:a|an|the|of|to|for|with|in|on|at|by|from|and|or|but|that|which|who|as|than|because|so|if|when|is|are|was|be|my|your|their|very|really|about|into|over|i|we|also|just|not|too|more|['’]))+$",
    _I,
)
#: Verbs that are another with the word behind them, and times that are told by where they are spent.
_PHRASAL = re.compile(
    r"\b(?:stay(?:ing)?|eat(?:ing)?|din(?:e|ing)|sleep(?:ing)?|liv(?:e|ing)|work(?:ing)?|hang(?:ing)?|go(?:ing)?|dress(?:ing)?|log(?:ging)?|show(?:ing)?|stand(?:ing)?|hik(?:e|ing)|walk(?:ing)?|join(?:ing)?)\s+(?:in|over|on|by)$",
    _I,
)
_TIMES = re.compile(
    r"\b(?:evenings?|nights?|mornings?|afternoons?|days?|weekends?|walks?|drives?|rides?|dinners?|breakfasts?|time|hours?|moments?)$", _I
)  # fmt: skip
#: Subjects that point at something else: what is meant stands elsewhere, mostly in the conversation.
POINTS_ELSEWHERE = re.compile(
    r"^(?:number\s+\w+|(?:the\s+)?(?:left|right|middle|top|bottom)\s+one|(?:(?:any|none|all|some|most|both|either|neither)\s+)?of\s+(?:these|those|them|this|that|it)\b.*|it|this|that|these|those|them|him|her|you|me|us|one|he|she|they|some|any|both|either|neither|so|not|how|what|why|when\s+that|so\s+far|(?:the|my|your|this|that|these|those)\s+(?:first|second|third|last|other|previous|next|next|latter|former|new|current|idea|answer|version|option|draft|one|way\s+you|tone|ending|title|suggestion|code|result|format|style\s+of\s+(?:this|that)|paragraph|sentence|error|question|message|output|response|approach)s?\b.*"
    r"|(?:your(?!\s+(?:answers|replies|responses|explanations)\b)|this|that|these|those)\s+.+|option\s+\w+|version\s+\w+|(?:some|more)\s+help.*|(?:to\s+)?(?:hear|know|see|ask|return|cancel|order|book|reserve|report|say|thank|complain|apologi[sz]e|understand)\b.*|(?:a|an)\s+(?:question|problem|issue|idea|feeling|bug|meeting|friend|colleague|list|dataset|function|table|file|error|answer|minute|moment|look|summary|refund|recipe|quick.*|poem.*|title.*)\b.*|help\b.*)$",
    _I,
)


def phrase(text: str, start: int, end: int, *, compared: bool = False) -> tuple[int, int, str | None]:
    """The subject that begins at `start` of `text`, at most to `end`: its bounds (equal where there is none) and its scope.

    `compared`: what it is preferred to is left out.
    """
    if compared and (other := _COMPARED.search(text, start, end)):
        end = other.start()
    piece = text[start:end]
    boundary = _CLAUSE.search(piece)
    while boundary and boundary.start() == 0 and boundary.end() < len(piece):
        start += boundary.end()
        piece = text[start:end]
        boundary = _CLAUSE.search(piece)
    if boundary:
        end = start + boundary.start()
    end = _before_comma(text, start, end)
    scope: str | None = None
    while True:
        piece = text[start:end].rstrip(" \t,.!?;:\"”'’…~")
        end = start + len(piece)
        found = _LASTS.search(piece)
        scoped = None if found else _SCOPE_AT_END.search(piece)
        if scoped:
            scope = scope or scoped[1]
            head = piece[: scoped.start()]
            named = start > 0 and head.strip()[:1].isupper()
            if (len(head.split()) < 2 and not head.endswith("s") and not named) or _TIMES.search(head):
                break  # "drive at night" is one thing, and so is "quiet evenings at home"
        if not (found or scoped):
            break
        end = start + (found or scoped).start()  # type: ignore[union-attr]
    if (loose := _LOOSE_END.search(text[start:end])) and not _PHRASAL.search(text[start:end]):
        end = start + loose.start()
    piece = text[start:end]
    stripped = len(piece) - len(piece.lstrip(" \t,.;:\"“”'‘’-–—"))
    start += stripped
    lead = _LEAD.match(text[start:end])
    if lead and not _KEEPS_ARTICLE.match(text[start:end]):
        start += lead.end()
    return start, max(start, end), scope


def named_plainly(text: str, start: int, end: int) -> int:
    """Where a subject begins without its article and without "go": "iPhone", "camping in Norway"."""
    found = _PLAIN.match(text, start, end)
    return found.end() if found and found.end() < end and not _KEEPS_ARTICLE.match(text[start:end]) else start


def without_time(text: str, start: int, end: int) -> int:
    """Where a subject ends without the time since when it holds: "coffee" of "coffee in March"."""
    found = _SINCE.search(text, start, end)
    return found.start() if found and found.start() > start else end


def front_scope(text: str) -> tuple[str | None, int]:
    """A scope that stands in front ("When travelling, I …"), and where the rest begins."""
    found = _SCOPE_IN_FRONT.match(text)
    return ((found[1] or found[2]), found.end()) if found else (None, 0)


def _before_comma(text: str, start: int, end: int) -> int:
    """Commas join lists and adjectives; at any other the subject ends."""
    first = text.find(",", start, end)
    if first < 0:
        return end
    rest = text[first + 1 : end]
    parts = [part.strip() for part in rest.split(",")]
    listed = all(0 < len(part.split()) <= 5 for part in parts) and (
        parts[-1].startswith(("and ", "or ")) or " and " in f" {parts[-1]}" or " or " in f" {parts[-1]}"
    )
    head = text[start:first].split()
    adjectives = bool(head) and len(head) <= 3 and not head[-1].endswith("s") and len(parts[0].split()) >= 2
    if listed or (adjectives and len(parts[0].split()) <= 7):
        return end if listed or len(parts) == 1 else first + 1 + len(rest.split(",")[0])
    return first


_SPLIT = re.compile(
    r";\s+|\s+[-–—]+\s+|,?\s+(?:but|yet)\s+(?=(?:i|i['’]\w+|we|my|it|please|not|don['’]?t|never|hate|love|can['’]?t|these|now)\b)|,?\s+(?:and|so|because|since|although|though|while|whereas|as)\s+(?=(?:i|i['’]\w+|we|my|please|never|don['’]?t)\s)|,\s+(?=(?:i|i['’]m|i['’]ve|i['’]d|we|please|my)\s)",
    _I,
)
_OPENING = re.compile(
    r"^(?:(?:(?:yes|no|yeah|now|nope)(?=[,!.])|if\s+it['’]s\s+up\s+to\s+me|given\s+(?:a|the)\s+choice|in\s+my\s+(?:book|opinion|view)|between\s+us|if\s+you\s+ask\s+me|honestly\?|hi|hey|hello|well|ok|okay|so|also|and|but|oh|um|hmm|btw|by\s+the\s+way|just\s+so\s+you\s+know|fyi|note\s+that|please\s+note\s+that|remember\s+that|please\s+remember\s+(?:that\s+)?|keep\s+in\s+mind\s+(?:that\s+)?|for\s+the\s+record|actually|honestly|to\s+be\s+honest|tbh|personally|frankly|in\s+general|generally"
    r"|as\s+you\s+(?:may\s+|might\s+)?know|you\s+should\s+know\s+(?:that\s+)?|i\s+should\s+(?:mention|say|add|note)\s+(?:that\s+)?|i\s+(?:must|have\s+to)\s+(?:admit|say|confess)\s*,?\s*(?:that\s+)?|i\s+(?:think|guess|feel\s+like|suppose|believe)\s+(?=i\b)|i['’]ve\s+(?:come\s+to\s+realise|realised|realized|found|learnt|noticed)\s+(?:that\s+)?(?=i\b)|it\s+turns\s+out\s+(?:that\s+)?|turns\s+out|one\s+thing|first|second|sorry|ugh|lately|these\s+days|nowadays|recently|over\s+the\s+years|for\s+(?:health|religious|ethical|medical|environmental|personal|moral|family)\s+reasons|no\s+thanks|no\s+way|as\s+always|in\s+fact|of\s+course|obviously|unfortunately|sadly|luckily)\b[,:;.!\s-]*){1,6}",
    _I,
)
STRICT = re.compile(
    r"\b(?:allerg\w+|anaphyla\w+|intoleran\w+|c(?:o)?eliac|never|only|exclusively|strict(?:ly)?|severe(?:ly)?|must(?:\s+be|\s+have|n['’]t|\s+not)?|under\s+no\s+circumstances|absolutely\s+(?:no|not|never|must)|no\s+way|non-?negotiable|deal-?breaker|refuse|forbid\w*|religio(?:n|us)|faith|halal|kosher|vegans?|vegetarians?|pescatarians?"
    r"|doctor['’]?s?|medical|can['’]?t\s+(?:eat|have|drink|tolerate|digest)|cannot\s+(?:eat|have|drink|tolerate|digest)|don['’]?t\s+eat|do\s+not\s+eat|don['’]?t\s+drink\s+alcohol|phobia|recovering|insist|won['’]?t|boycott|gluten[\s-]free|nut[\s-]free|dairy[\s-]free|keto|low-sodium|muslim|jew(?:ish)?|hindu|jain|without\s+exception|at\s+all\s+costs|diabetic|hives|acute|terrified|requires?|not\s+allowed|don['’]?t\s+(?:ever\s+)?(?:recommend|suggest|show|send))\b",
    _I,
)
_ONLY_A_LITTLE = re.compile(
    r"\b(?:never\s+(?:liked|been|enjoyed|understood|cared|seen)|only\s+(?:recently|just|on\s+weekends)|can\s+only\s+say|not\s+only|if\s+only)\b",
    _I,
)
#: Kinds that the bare words "I have", "I'm", "I go" only suggest.
_WEAK = frozenset({"habit", "fact", "goal"})
_NO_LONGER = re.compile(
    r"\b(?:no\s+longer|not\s+any\s?more|any\s?more\b|any\s+longer|not\s+\w+\s+(?:of\s+)?(?:it\s+)?any\s?more|gone\s+off)\b",
    _I,
)

_ENDED = re.compile(
    r"\b(?:i|we)\b[^.!?]{0,40}(?:\bno\s+longer\b|(?:n['’]t|\bnot)\b[^.!?]{0,60}\bany\s?(?:more|longer)\b)", _I
)


#: What only says that something is so no longer: "now I don't".
_DENIED = re.compile(
    r"(?:i|we)\s+(?:just\s+|really\s+)?(?:don['’]?t|do\s+not|can['’]?t|cannot|won['’]?t|never|no\s+longer|haven['’]?t)\b",
    _I,
)


def read(sentence: str) -> list[ClauseReading]:
    """Every statement the sentence may hold, in order; none where no pattern matches."""
    return list(_read(sentence))


@lru_cache(256)
def _read(sentence: str) -> Sequence[ClauseReading]:
    if forgotten := _forgotten(sentence):
        return [forgotten]
    if change := taken_up(sentence):
        return [_changed(change, sentence, sentence, (0, len(sentence)), None, strict=False)._replace(sure=True)]
    if certain := _certain(sentence):
        return [certain, *_beside(certain, sentence)]
    if now := _now(sentence):
        return [now]
    found: list[ClauseReading] = []
    for start, end in clauses(sentence):
        found += _in_clause(sentence, start, end)
    firm = [reading for reading in found if not reading.weak]
    return _distinct(firm or found)


def _beside(certain: ClauseReading, sentence: str) -> Iterator[ClauseReading]:
    """What other clauses firmly state beside it."""
    for start, end in clauses(sentence):
        if not start <= certain.start < end:
            yield from (reading for reading in _in_clause(sentence, start, end) if not reading.weak)


def _certain(sentence: str) -> ClauseReading | None:
    """What a wording states that is read across clauses and needs no further judgement."""
    opening = _OPENING.match(sentence)
    start = opening.end() if opening else 0
    for at, match in _CERTAIN.matches(sentence[start:]):
        reading = _of(
            _CERTAIN.patterns[at], match, sentence, (start, len(sentence)), None, strict=bool(STRICT.search(sentence))
        )
        if reading is not None and reading.sure:
            return reading
    return None


def _now(sentence: str) -> ClauseReading | None:
    """What is so now in a sentence that also says what was so once ("I used to run, now I swim")."""
    change = outgrown(sentence)
    if change is None:
        return None
    start = change.start
    if (at := thing_now(sentence, start)) is not None:
        first, last, _ = phrase(sentence, at, len(sentence))
        if last > first:
            return ClauseReading("prefer", "like", first, last, replaces=change.old, sure=True, pattern=CHANGED)
        return None
    reading = next(_in_clause(sentence, start, len(sentence)), None)
    if reading is None:
        return _unread_now(change, sentence)
    if reading.refers or reading.retracts or reading.pattern == ELSEWHERE or reading.polarity == "dislike":
        return None
    return reading._replace(replaces=change.old, weak=False, sure=True)


def _unread_now(change: Replacement, sentence: str) -> ClauseReading | None:
    """What is done now in words that no pattern knows; the end of what was where they only deny that ("now I don't")."""
    if change.old and _DENIED.match(sentence, change.start):
        at = sentence.index(change.old)
        return ClauseReading("like", "like", at, at + len(change.old), retracts=True, sure=True, pattern=CHANGED)
    verb = re.compile(r"(?:i|we)\s+(?:just\s+|mostly\s+|only\s+)*(?=\w)", _I).match(sentence, change.start)
    first, last, _ = phrase(sentence, verb.end(), len(sentence)) if verb else (0, 0, None)
    if first >= last:
        return None
    return ClauseReading("habit", "like", first, last, replaces=change.old, sure=True, pattern=CHANGED)


def _changed(
    change: Replacement, clause: str, sentence: str, bounds: tuple[int, int], scope: str | None, *, strict: bool
) -> ClauseReading:
    """What took the place of something, in the clause at `bounds`."""
    first, last, _ = phrase(sentence, bounds[0] + change.start, bounds[1])
    slot = slot_in(sentence[first:last]) or slot_in(clause)
    fact = bool(slot) or change.verb is not None
    unliked = slot in NO_TASTE or change.verb is not None
    kind: Kind = "fact" if fact else "prefer"
    return ClauseReading(
        kind, None if unliked else "like", first, last, scope, strict, slot=slot, replaces=change.old, sure=change.verb is not None, pattern=CHANGED
    )  # fmt: skip


def is_past(sentence: str) -> bool:
    """Whether the sentence is about what its writer does no longer, or asks to forget it."""
    return bool(FORMER.search(sentence) or FORGET.match(sentence) or _ENDED.search(sentence))


def end_of_forgotten(sentence: str) -> int:
    """Where in a sentence that asks to forget something its next clause begins; its length where there is none, or nothing to forget.

    What stands there is told on without the rest ("forget that I like coffee, I only drink tea now").
    """
    forgotten = _forgotten(sentence)
    if forgotten is None:
        return len(sentence)
    return next((start for start, _ in clauses(sentence) if start >= forgotten.end), len(sentence))


def clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of the sentence begin and end; each may state something of its own."""
    start = 0
    for cut in _SPLIT.finditer(sentence):
        if cut.start() - start >= 4:
            yield start, cut.start()
            start = cut.end()
    yield start, len(sentence)


def _in_clause(sentence: str, start: int, end: int) -> Iterator[ClauseReading]:
    clause = sentence[start:end]
    opening = _OPENING.match(clause)
    start += opening.end() if opening else 0
    scope, skipped = front_scope(sentence[start:end])
    start += skipped
    if front := IN_FRONT.match(sentence[start:end]):
        name = "s" if front["s"] else "t"
        first, last, _ = phrase(sentence, start + front.start(name), start + front.end(name))
        if last > first:
            clause = sentence[start : start + front.end()]
            diet = slot_in(clause)
            yield ClauseReading("fact", "like" if diet == "diet" else None, first, last, None, bool(STRICT.search(clause)), slot=diet, pattern=IN_FRONT_OF)  # fmt: skip
        start += front.end()
    clause = sentence[start:end]
    strict = bool(STRICT.search(_ONLY_A_LITTLE.sub("", clause)))
    if change := switched(clause):
        yield _changed(change, clause, sentence, (start, end), scope, strict=strict)
        return
    if former := FORMER.search(clause):
        first, last, _ = phrase(sentence, start + former.end(), end)
        if last > first:
            yield ClauseReading("like", "like", first, last, scope, retracts=True, pattern=CHANGED)
        return
    for at, match in sorted(_STATING.matches(clause), key=lambda entry: entry[1].start()):
        reading = _of(PATTERNS[at], match, sentence, (start, end), scope, strict=strict)
        if reading is not None:
            yield reading
            return


def _of(
    pattern: Pattern,
    match: re.Match[str],
    sentence: str,
    bounds: tuple[int, int],
    scope: str | None,
    *,
    strict: bool,
) -> ClauseReading | None:
    """What a pattern that matched within the clause at `bounds` makes of it."""
    start, end = bounds
    groups = match.groupdict()
    name = next((name for name in ("t", "s", "n", "g", "p") if groups.get(name)), None)
    if name:
        first, last, inner = phrase(sentence, start + match.start(name), start + match.end(name))
    else:
        first, last, inner = phrase(sentence, start + match.end(), end, compared=pattern.kind == "prefer")
    subject = sentence[first:last]
    if not any(map(str.isalnum, subject)) or len(subject) < 2:
        return None
    clause = sentence[start:end]
    slot = slot_of(groups.get("slot"), clause, pattern.kind)
    points = bool(
        POINTS_ELSEWHERE.match(sentence[start + match.end() : end].strip(" .!?,") if not name else subject)
    ) or bool(POINTS_ELSEWHERE.match(subject))
    if points and _NO_LONGER.search(clause):
        return ClauseReading(pattern.kind, pattern.polarity, first, first, refers=True, pattern=pattern.number)
    if points:
        return ClauseReading(pattern.kind, pattern.polarity, first, last, weak=True, pattern=ELSEWHERE)
    replaces = in_place_of(clause) if pattern.polarity != "dislike" else None
    return ClauseReading(
        pattern.kind, pattern.polarity, first, last, scope or inner, strict, slot=slot, replaces=replaces, weak=pattern.kind in _WEAK and not strict, sure=pattern.sure, pattern=pattern.number
    )  # fmt: skip


def _forgotten(sentence: str) -> ClauseReading | None:
    """ "Forget that I like Rust": what is to be forgotten, as a reading that only ends."""
    asked = FORGET.match(sentence)
    if not asked:
        return None
    offset = asked.start("rest")
    rest = BEFORE_FORGOTTEN.sub("", asked["rest"])
    offset += len(asked["rest"]) - len(rest)
    inner = next(iter(_in_clause(rest, 0, len(rest))), None)
    if inner is None:
        words = re.match(r"^(?:my\s+|(?:i|we)\s+(?:\w+\s+)?)", rest, _I)
        first, last, _ = phrase(rest, words.end() if words else 0, len(rest))
        inner = ClauseReading("like", None, first, last)
    if of_body := OF_BODY.fullmatch(rest, inner.start, inner.end):
        inner = inner._replace(kind="avoid", polarity="dislike", end=of_body.end("what"))
    if POINTS_ELSEWHERE.match(rest[inner.start : inner.end]) or re.match(
        r"(?:previous|last|first|earlier)\b|message|question", rest[inner.start : inner.end], _I
    ):
        return None
    return inner._replace(start=offset + inner.start, end=offset + inner.end, retracts=True, weak=False)


def _distinct(readings: list[ClauseReading]) -> list[ClauseReading]:
    distinct: list[ClauseReading] = []
    for reading in readings:
        if not any(reading.start < other.end and other.start < reading.end for other in distinct):
            distinct.append(reading)
    return distinct
