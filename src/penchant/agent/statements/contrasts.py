"""Divides an English clause that states two opposite things, the second one with words left out.

- Something excepted: "I like tea but not coffee" is also "I don't like coffee", and so is "all hot drinks except coffee".
- Something liked that the body does not bear: "I love dogs but I'm allergic to them" is also "I'm allergic to dogs".

Each part is returned in full, at the position where it would begin, so that the thing it names stands where it stands
in the clause.
"""

import re
from collections.abc import Iterator

from penchant.agent.statements.patterns_en_self_descriptions import NATION
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
_WRITER = r"(?:(?:and|but|so|well|honestly|personally)[,\s]+)?(?:i|we)"
_HOW = r"(?:(?:really|absolutely|mostly|generally|usually|quite|do|just|also|still|always|often|truly|only)\s+){0,2}"
_TASTE = r"(?:like|love|enjoy|adore)"
_DOING = r"(?:eat|drink|watch|read|wear|use|buy|play|listen\s+to|cook\s+with)"
#: What is no other thing: a time, a manner, a part of the thing ("not their price"), or a kind of it.
_NO_THING = (
    r"(?!(?:when\w*|if|unless|as|at|in|on|for|with\w*|from|to|by|about|near|too|so|very|that|this|these|those|it|them|him|her|you|always|often|every\w*|all|much|many|enough|really|because|since|necessarily|exactly|today|tonight|yet|now"
    r"|any\w*|an?|my|your|i|we|only|just|sure|going|been|quite|both|more|less|most|until|while|before|after|during|what|how|where|who|ones?"
    r"|alone|together|here|there|again|early|late|his|her|its|their|your|(?!(?:jelly|family|italy|july|lily|holly|butterfly|assembly)\b)\w+ly(?=[.!]*$)"
    r"|the\s+(?:[\w-]+\s+)?(?:kinds?|types?|sorts?|ones?|version|part|way|others?|same|idea|price|whole|first|last|next))\b)"
)
_LIKES_OR_DOES = (
    rf"(?P<front>{_WRITER}(?:(?:['’]?m|['’]re|\s+am|\s+are)\s+{_HOW}(?P<am>into|fond\s+of|keen\s+on|(?:a\s+)?(?:big\s+)?fans?\s+of)"
    rf"|\s+{_HOW}(?:{_TASTE}|(?P<does>{_DOING})|can\s+(?P<can>eat|drink|have)))"
)
_NO_IDEA = (
    r"\s+(?:thanks?|thank|ideas?|one|more|longer|matter|time|way|luck|doubt|problems?|need|reason|clue|point|chance"
    r"|money|room|space|big|real)\b"
)
_EXCEPT = lazy(
    rf"{_LIKES_OR_DOES}\s+(?P<thing>[^,.;:!?]{{2,50}}?))"
    rf",?\s+but\s+(?:{_HOW}(?:definitely\s+|certainly\s+)?not|never|no(?!{_NO_IDEA}))\s+(?:so\s+much\s+|of\s+|on\s+)?(?P<other>{_NO_THING}\w[^,.;:!?]{{1,50}})[.!]*$",
    _I,
)
#: An exception to all things of a kind: "every kind of music except country".
_ALL_EXCEPT = lazy(
    rf"{_LIKES_OR_DOES}\s+(?P<thing>(?:all|every|most)\s+[^,.;:!?]{{2,50}}?)),?\s+(?:except(?:\s+for)?|apart\s+from|other\s+than|save\s+for|bar)\s+(?P<other>{_NO_THING}\w[^,.;:!?]{{1,50}})[.!]*$",
    _I,
)
#: Something given up, and what is chosen in its place: "I've gone off coffee, mint tea it is".
_CHOSEN = lazy(
    rf"(?P<front>{_WRITER}(?:['’]ve|\s+have|['’]m|\s+am)?\s+(?:\w+ly\s+|just\s+)?(?:gone\s+off|gave\s+up|given\s+up|quit|stopped|cut\s+out|done\s+with|off)\s+[^,.;:!?]{{2,40}}?)"
    r"\s*[,;–—-]+\s*(?:so\s+|then\s+)?(?P<other>(?!(?:this|that|what|how|so|as)\b)\w[\w\s'’-]{1,30}?)\s+it\s+is\b",
    _I,
)
#: Something that is liked in spite of what is said before: "I'm lactose intolerant but cheese is worth it".
_WORTH_IT = lazy(
    r"(?P<front>(?:i['’]?m|i|we)\s[^;:!?]{3,80}?),?\s+(?:but|though|yet)\s+(?P<rest>(?!(?:it|this|that|they)\b)(?:[\w'’-]+\s+){1,3}?(?:is|are)\s+(?:\w+\s+)?worth\s+it)[.!]*$",
    _I,
)
#: A quality of the thing that is named after "not": "spicy but not greasy food".
_QUALITY = lazy(
    r"(?:\w+y|(?!fish\b|shellfish\b|swordfish\b)\w+(?:ish|ful|less|ous|ed|al|ic|ive|ant|ent)|hot|cold|warm|cool|sweet|sour|bitter|strong|mild|light|dark|red|white|black|green|blue|big|small|large|short|long|thin|thick|soft|hard|loud|quiet|old|new|modern|fresh|raw|slow|fast|simple|plain|rich|dense|cheap|bold|bright)",
    _I,
)
#: A language, which somebody does not read or speak and has nothing against.
_LANGUAGE = lazy(rf"{NATION}[.!]*", _I)
#: A thing at hand, before a part of it: "the plot but not the ending".
_AT_HAND = lazy(r"(?:the|this|that|these|those|your)\s|.*\byou\b", _I)
_PART = lazy(r"the\s", _I)
#: Who does not bear something, and what it does to them.
_BEAR = (
    r"(?:i['’]?m|i\s+am|we['’]re|we\s+are)\s+(?:\w+ly\s+|very\s+|so\s+)?(?:allergic|intolerant|hypersensitive)\s+to|(?:i|we)\s+(?:just\s+|sadly\s+)?(?:can['’]?t|cannot|can\s+not)\s+(?:eat|drink|have|tolerate|digest|stomach)"
    r"|(?:i|we)\s+react\s+badly\s+to"
)
_HARMS = (
    r"(?:(?:always\s+|really\s+)?makes?\s+me\s+(?:sneeze|wheeze|itch|ill|sick|unwell|bloated|nauseous)|gives?\s+me\s+(?:an?\s+)?(?:terrible\s+|bad\s+)?(?:migraines?|headaches?|hives|heartburn|(?:a\s+)?rash(?:es)?|indigestion|stomach\s?aches?|palpitations)"
    r"|(?:doesn['’]?t|don['’]?t|do\s+not|does\s+not)\s+agree\s+with\s+me|upsets?\s+my\s+stomach|triggers?\s+my\s+\w+)"
)
_NOT_BORNE = lazy(
    rf"(?P<front>{_WRITER}(?:['’]d)?\s+{_HOW}(?:{_TASTE}|miss)\s+(?:(?:to\s+have|having|eating|drinking)\s+)?(?P<thing>(?!(?:it|them|this|that|these|those|to)\b)[^,.;:!?]{{2,40}}?))"
    rf"(?:,?\s+(?:but|yet|although|(?:even\s+)?though)|\s+[-–—]+)\s+(?:sadly,?\s+|unfortunately,?\s+)?(?:(?P<bear>{_BEAR})\s+(?:it|them)|(?:it|they)\s+(?P<harms>{_HARMS}))(?=\s*(?:$|[,.;!]|\s(?:and|so|these|any|at\s+all)\b))",
    _I,
)


def contrasted_clauses(piece: str) -> list[tuple[int, str]]:
    """Return the offset and the text of each part; the piece itself where it states no two opposite things."""
    return _excepted(piece) or list(_not_borne(piece)) or _chosen(piece) or [(0, piece)]


def _excepted(piece: str) -> list[tuple[int, str]]:
    """Return what is liked or done, and what is not; an empty list where nothing is excepted."""
    found = _EXCEPT.match(piece) or _ALL_EXCEPT.match(piece)
    if found is None or _is_same_thing(found["thing"], found["other"]):
        return []
    if found["does"] == "read" and _LANGUAGE.fullmatch(found["other"]):
        return []
    denial = f"I can't {found['can']} " if found["can"] else f"I don't {found['does'] or 'like'} "
    return [(0, found["front"]), _completed(denial, piece, found.start("other"))]


def _is_same_thing(thing: str, other: str) -> bool:
    """Return whether both are about one thing: two qualities of it, or a thing at hand and a part of it."""
    two_qualities = bool(_QUALITY.fullmatch(thing)) and " " in other
    return two_qualities or bool(_AT_HAND.match(thing) and _PART.match(other))


def _not_borne(piece: str) -> Iterator[tuple[int, str]]:
    """Yield what is liked, and that the writer does not bear it; nothing where that is not said."""
    found = _NOT_BORNE.match(piece)
    if found is None:
        return
    yield 0, found["front"]
    if found["bear"]:
        yield _completed(f"{found['bear']} ", found["front"], found.start("thing"))
    else:
        yield found.start("thing"), f"{found['thing']} {found['harms']}"


def _chosen(piece: str) -> list[tuple[int, str]]:
    """Return what is given up, or not borne, and what is preferred now or all the same; an empty list where nothing is chosen."""
    if worth := _WORTH_IT.match(piece):
        return [(0, worth["front"]), (worth.start("rest"), worth["rest"])]
    if (found := _CHOSEN.match(piece)) is None:
        return []
    return [(0, found["front"]), _completed("I prefer ", piece[: found.end("other")], found.start("other"))]


def _completed(words: str, text: str, at: int) -> tuple[int, str]:
    """Return where a clause would begin that has `words` before the rest of `text` from `at` on, and the clause."""
    return at - len(words), words + text[at:]
