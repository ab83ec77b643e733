"""Divides an English sentence whose clauses share the writer as their grammatical subject.

Examples: "I live in Oslo and love skiing", "I'm 45, married and live in Bristol", "I'm a nurse who hates mornings". Each
clause after the first is returned with the writer in front of it ("I love skiing"), at the position where these words
would begin, so that what follows them stands where it stands in the sentence.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from penchant.agent.statements.patterns_en_self_descriptions import INSTRUMENT
from penchant.agent.statements.patterns_en_states import CONDITIONS, SENSES
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
_HOW = (
    r"(?:(?:also|now|really|just|still|mostly|mainly|usually|generally|normally|sometimes|often|always|currently|then|absolutely|totally"
    r"|kinda|therefore|instead|rarely|never|only|both|so|truly|particularly|especially|strongly|much)\s+){0,2}"
)
#: A sentence about the writer, which begins with them; then one that goes on with their taste: "I'm a nurse, § love tea and …".
_WRITER_FIRST = lazy(
    r"(?:(?:hi|hey|hello|so|well|ok|okay|also|and|but|honestly|actually|personally|currently|basically|btw|fyi)\b[\s,!.]*){0,3}"
    r"(?:(?:i|we|im|ive)\s+|i['’](?:m|ve|d|ll)\s+|we['’](?:re|ve|d|ll)\s+|my\s+(?:wife|husband|partner)\s+and\s+i\s+)",
    _I,
)
_TASTE_FIRST = lazy(r"(?:really\s+|absolutely\s+)?(?:love|hate|adore|enjoy|dislike|can['’]?t\s+stand)\s", _I)
_TASTES = (
    r"(?:love|like|hate|adore|dislike|detest|loathe|despise|enjoy|prefer|avoid|dread|can['’]?t\s+(?:stand|bear|eat|drink|have|tolerate|get\s+enough\s+of)"
    r"|cannot\s+(?:stand|bear|eat|drink)|(?:don['’]?t|do\s+not)\s+(?:really\s+|even\s+)?(?:like|enjoy|eat|drink|care\s+for|own|have|drive|smoke|watch|use|wear)"
    r"|would\s+(?:love|like)\s+to|['’]d\s+(?:love|like)\s+to)\s+(?!(?:it|them|that|this|him|her|you|one|those|these|to\s+(?:know|see|hear))\b)\w"
)
#: What is named in passing: the thing at hand, not what somebody does in general.
_AT_HAND = r"(?:the|it|them|this|that|these|those|my|your|his|her|our|their|an?|some)\b"
#: What people do, in words that can hardly be nouns.
_DOINGS = (
    r"(?:(?:want|hope|plan|intend)\s+to\s+\w|live\s+(?:in|on|at|with|near|alone|by)\b|work\s+(?:as|at|in|for|from|with|remotely|part|full|night|nights|shifts|freelance|weekends)\b"
    r"|have\s+(?:an?|two|three|four|five|six|my\s+own|no|\d+|\w+\s+(?:allergy|allergies|kids|children|skin|hair|feet|hands|knees|eyesight))\b|own\s+(?:an?|two|three|my)\b"
    r"|drive\s+an?\s|speak\s+[A-Z]|go\s+(?:to|for|on|swimming|running|climbing|hiking|cycling|dancing|skiing|fishing)\s?|volunteer\s+\w|commute\b|teach\s+\w"
    r"|do\s+(?:yoga|pilates|judo|karate|crossfit|weights|boxing|ballet|tai\s+chi|gymnastics|ceramics|pottery|martial\s+arts)\b"
    rf"|play\s+(?:{INSTRUMENT}\b|(?!{_AT_HAND})\w+)|(?:study|collect)\s+(?!{_AT_HAND})\w"
    r"|follow\s+an?\s"
    r"|bike\s+(?:to|everywhere)|cycle\s+(?:to|everywhere)|spend\s+(?:my|most|every|all|a\s+lot)\b|wear\s+(?!it\b|them\b)\w|meditate\b|(?:eat|drink|watch|read|use)\s+(?:only|mostly|mainly|a\s+lot\s+of)\b|suffer\s+from\b|need\s+(?!to\b|some\b|it\b)\w)"
)
#: What people do again and again, in verbs that are seldom nouns: "I'm a Muslim and § pray five times a day".
_HABITS = (
    r"(?<=and\s)(?:(?:pray|cook|bake|knit|sew|paint|sketch|draw|read|write|sing|swim|cycle|hike|climb|ski|jog|meditate|journal|volunteer|coach|brew|grow|raise|feed|eat|drink|sleep|nap|stretch|lift|train|listen|commute|travel|walk|visit|call)"
    r"\s+(?![^.!?]*\b(?:it|them|this|that|these|those|him|her|you)\b)\w)"
)
#: Something of one's own as one likes it, and the same before another: "my coffee black § and my eggs runny".
_MINE_FIRST = lazy(rf"(?P<lead>(?:i|we)\s+{_HOW}(?:like|love|prefer|take|drink|eat|want)\s+)my\s+\w+\s+\w", _I)
_AND_MINE = lazy(r"(?:,\s+(?:and\s+)?|\s+and\s+)(?P<mine>(?=my\s+\w+\s+\w))", _I)
#: A verb behind a word for how often, and not what happens to somebody: "I run it and usually § get an error".
_ROUTINELY = r"(?:almost\s+)?(?:always|usually|never|only|often|rarely|mostly|normally|generally|regularly)\s+(?!(?:get|see|receive|find|lose|fail|hit|been|be|am|is|are|have|has|had|in|on|at|for|the|an?|when|if|because|so|for|to|from|with|about|by|after|before|on|ever)\b|\w+(?:ed|ing)\b)[a-z]+\s+\w"
#: The rest of a clause about a single occasion: "§ drive a long way on Saturday".
_ON_OCCASION = lazy(
    r"(?!(?:love|like|hate|adore|prefer|live|have|own)\b)[a-z]+\s[^.!?;]{0,60}?\b(?:today|tonight|tomorrow|yesterday|right\s+now"
    r"|(?:this|next)\s+(?:morning|afternoon|evening|week\w*|month|\w+day)|(?:on|by|until)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b(?!\s+(?:morning|afternoon|evening|night)s)",
    _I,
)
#: The joint before another verb of the writer, who is not named again.
_AND_DO = lazy(
    rf"(?:,\s+(?:and\s+|but\s+|so\s+)?|\s+(?:and|but|yet)\s+)(?P<do>(?={_HOW}(?:{_TASTES}|{_DOINGS})|{_HABITS}|{_ROUTINELY}))",
    _I,
)
#: The same before another thing that the writer is: "I'm 45, § married and …".
_AND_AM = lazy(
    r"(?:,\s+(?:and\s+|but\s+)?|\s+(?:and|but)\s+)(?P<be>(?=(?:also\s+|now\s+|currently\s+|both\s+)?(?:married|single|divorced|widowed|retired|unemployed|self-employed|pregnant|diabetic|coeliac|celiac|vegan|vegetarian"
    r"|pescatarian|left-handed|colou?r-?blind|dyslexic|autistic|deaf|lactose[\s-]intolerant|allergic\s+to\s+(?!(?:it|them|that|this)\b)|(?:afraid|scared|terrified)\s+of\s+(?!(?:it|them)\b)|into\s+(?!it\b|them\b)\w|on\s+an?\s+(?:[\w-]+\s+){0,2}(?:diet|budget)"
    r"|from\s+[A-Z]|based\s+in\s|living\s+in\s|working\s+(?:as|in|at|for)\s|learning\s+\w|studying\s+\w|training\s+for\s|saving\s+(?:up\s+)?for\s"
    r"|an?\s+(?:[\w-]+\s+){0,3}(?:\w+(?:er|or|ist|ian|ant|ent|nurse|chef|cook|pilot|vet|mum|mom|dad|father|mother|parent|clerk|expat|freelancer|vegan|vegetarian|introvert|extrovert|muslim|christian|buddhist|jew|hindu)\b))))",
    _I,
)
_DOES = (
    r"(?:loves|likes|hates|enjoys|adores|dislikes|prefers|avoids|lives|works|plays|collects|speaks|has|can['’]?t\s+(?:stand|bear|eat)|does(?:n['’]?t|\s+not)\s+(?:like|eat|drink|own|drive|have)"
    r"|never\s+[a-z]+s|is(?=\s+(?:allergic\s+to|afraid\s+of|scared\s+of|terrified\s+of|into|on\s+an?\s)))\b"
)
#: What people have for long, with its number, and ailments.
_OWNED = (
    r"(?:an?|two|three|four|five|six|\d+)\s+(?:[\w-]+\s+){0,3}?(?:dogs?|cats?|kids?|children|sons?|daughters?|brothers?|sisters?|rabbits?|horses?|hamsters?|parrots?|loans?|mortgages?|cars?|bikes?|degrees?"
    r"|allergy|allergies|husband|wife|boat|house|flat|apartment|garden|puppy|kitten|bab(?:y|ies)|toddlers?|twins|tattoos?|knees?|back|hip|shoulder)\b"
)
#: The same before another thing that the writer has: "I have a dog § and two cats".
_AND_HAVE = lazy(rf"(?:,\s+(?:and\s+)?|\s+and\s+)(?P<have>(?=(?:{_OWNED}|{CONDITIONS})\s*(?:$|[,.;!]|and\b)))", _I)
_I_HAVE = lazy(rf"[^,.!?;]{{0,20}}?\b(?:i|we)(?:['’]ve(?:\s+got)?|\s+have(?:\s+got)?)\s+(?:{_OWNED}|{CONDITIONS})", _I)
#: What the writer says of themself as of somebody: "I'm a nurse § who hates mornings", "… § and plays the harp".
_WHO_DOES = lazy(rf"\s+(?:who|that)\s+{_HOW}(?P<does>{_DOES})(?!\s+(?:it|them|that|this|him|her|you|and|or)\b)", _I)
_AND_DOES = lazy(
    rf"(?:,\s+(?:and\s+|but\s+)?|\s+(?:and|but)\s+){_HOW}(?P<does>{_DOES})(?!\s+(?:it|them|that|this|him|her|you|and|or)\b)",
    _I,
)
#: The person that the writer says they are, in front of "who"; nobody and nothing that belongs to that person.
_I_AM_A = lazy(
    r"[^,.!?;]{0,20}?\b(?:i['’]?m|i\s+am)\s+(?:(?:also|just|basically)\s+)?(?:an?|the\s+(?:kind|sort|type)\s+of|one\s+of\s+those)\s(?![^,.!?;]*\b(?:of(?!\s+(?:two|three|four|five|six|\d)\b)|(?:with|for|to|and|at|in|on|from|by)\s+(?:an?|my|our|the|people|someone|anyone|somebody|kids|children|students|(?-i:[A-Z])\w*)\b))[^,.!?;]{2,50}$",
    _I,
)
#: Somebody else, who may be the grammatical subject of the next verb, and other words after which a verb is not the writer's.
_NOT_OF_WRITER = lazy(
    r"\b(?:who|whose|which|that|he|she|they|you|people|everyone|someone|if|when|whenever|while|because|since|as|unless|where|why|how|what|said|says|think|thinks|told|asked|help|let|make|made|whether)\b",
    _I,
)
#: A verb before another one that has no "I": "I want to live by the sea § and work remotely".
_INFINITIVE = lazy(
    r"\b(?:(?:want|wants|wanted|like|love|need|have|hope|hoping|plan|planning|try|trying|going|able|decided|prefer|hate|used|started|learn|learning|aim|aiming|intend|would|wish|meant|supposed|about|ready)\s+to|can|could|will|would|may|might|should|must|shall|i['’]ll|we['’]ll|i['’]d|we['’]d|tend\s+to)\s+\w",
    _I,
)
_TASTE_NEXT = lazy(rf"{_HOW}(?!would|['’]d){_TASTES}", _I)
#: What the writer is; neither what they are not nor what they do with other people or things: "I'm drawing a cat, a father and …".
_I_AM = lazy(
    r"[^,.!?;]{0,20}?\b(?:i['’]?m|i\s+am|we['’]re|we\s+are)\s+(?:(?:currently|just|also|still|now|really|only)\s+)*"
    r"(?!(?:not|never|no|with|(?!(?:living|working|learning|studying|training|saving|expecting|outgoing|easygoing)\b(?!\s+with\b))\w+ing)\b)",
    _I,
)
#: Verbs of the third person that are not the form after "I" with an "s".
_AFTER_I = {"has": "have", "is": "am", "doesn't": "don't", "doesn’t": "don't", "does": "do"}
_MIN_LENGTH = 6
#: A need that is a request, unless it follows from what its writer is: "I'm bored and § need ideas", "I'm deaf and need captions".
_NEED = lazy(r"need\s+(?!an?\s|my\s)", _I)
_LASTING_STATE = lazy(rf"\b{SENSES}$", _I)
_LEADS = {"do": "I ", "be": "I'm ", "have": "I have "}


class _Joint(NamedTuple):
    """Where a clause ends and where the rest of the next one begins, in front of which `lead` stands."""

    end: int
    rest: int
    lead: str


def shared_clauses(piece: str, before: str) -> list[tuple[int, str]]:
    """Return the offset and the text of each clause whose grammatical subject is the writer, in order.

    `before`: what stands in front of the piece in its sentence.
    Each text ends as it does in `piece`; `offset` is where it would begin there. The piece itself where it is one clause.
    """
    if not _WRITER_FIRST.match(piece) and not (_TASTE_FIRST.match(piece) and _WRITER_FIRST.match(before)):
        return [(0, piece)]
    joints = [
        _Joint(0, 0, ""),
        *(list(_of_ones_own(piece)) or _as_somebody(piece) or _joints(piece)),
        _Joint(len(piece), 0, ""),
    ]
    return [
        (joint.rest - len(joint.lead), joint.lead + piece[joint.rest : following.end])
        for joint, following in pairwise(joints)
    ]


def _joints(piece: str) -> Iterator[_Joint]:
    """Yield the joints before what else the writer does or is, as long as nobody else and no condition is named."""
    begun = 0
    found = [*_AND_DO.finditer(piece), *(_AND_AM.finditer(piece) if _I_AM.match(piece) else ())]
    found += _AND_HAVE.finditer(piece) if _I_HAVE.match(piece) else ()
    for joint in sorted(found, key=lambda each: each.start()):
        does = "do" in joint.re.groupindex
        if joint.start() - begun < _MIN_LENGTH or _NOT_OF_WRITER.search(piece, 0, joint.start()):
            continue
        if does and _ON_OCCASION.match(piece, joint.end()):
            continue
        if does and _NEED.match(piece, joint.end()) and not _LASTING_STATE.search(piece, begun, joint.start()):
            continue
        if does and _INFINITIVE.search(piece, begun, joint.start()) and not _TASTE_NEXT.match(piece, joint.end()):
            continue
        yield _Joint(joint.start(), joint.end(), _LEADS[next(iter(joint.re.groupindex))])
        begun = joint.end()


def _of_ones_own(piece: str) -> Iterator[_Joint]:
    """Yield the joints before other things of the writer's: "I like my coffee black § and my eggs runny"."""
    front = _MINE_FIRST.match(piece)
    if front is None or _NOT_OF_WRITER.search(piece, front.end()):
        return
    for joint in _AND_MINE.finditer(piece, front.end()):
        yield _Joint(joint.start(), joint.end(), front["lead"])


def _as_somebody(piece: str) -> list[_Joint]:
    """Return the joints before what the writer does, told of the person they say they are: "a nurse who hates mornings"."""
    first = _WHO_DOES.search(piece)
    if first is None or not _I_AM_A.match(piece[: first.start()]):
        return []
    found = [first, *_AND_DOES.finditer(piece, first.end())]
    return [_Joint(each.start(), each.end("does"), _after_i(each["does"])) for each in found]


def _after_i(verb: str) -> str:
    """Return "I" with a verb of the third person, which ends where it ended: "I hate " of "hates"."""
    head, _, rest = verb.partition(" ")
    bare = _AFTER_I.get(head.casefold()) or (head if head.casefold().startswith(("can", "never")) else head[:-1])
    rest = rest[:-1] if head.casefold() == "never" else rest
    return f"I {f'{bare} {rest}'.strip():<{len(verb)}}"
