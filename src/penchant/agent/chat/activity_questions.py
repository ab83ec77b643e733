"""Questions about what the user does, has or can take: "what do I study?", "do I check bags?", 「我穿什么跑鞋？」.

A statement answers such a question if its sentence contains every word that the question names, in whatever form of
the verb. In an open question, the sort of thing that is asked for ("which database do I use?") may be missing from
the sentence.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from penchant.agent.chat.question_topics import StatementRow, may_be_about
from penchant.agent.chat.relations import person_in
from penchant.characters import HAN, simplified

_I = re.IGNORECASE
_OPENING = (
    r"^\W*(?:(?:so|and|but|hey|hi|hello|ok|okay|wait|please|by\s+the\s+way|again|do\s+you\s+(?:know|remember)|can\s+you\s+(?:tell\s+me|remember)"
    r"|tell\s+me|remind\s+me),?\s+)*"
)
_QUESTION = re.compile(
    rf"{_OPENING}(?:(?P<open>what|which|who|where|when|how(?:\s+(?:many|much|often|long|far|early|late))?)\b(?P<sort>[^,.;!?]{{0,40}}?)\s)?\s*"
    r"(?:do|did|am|was|are|were|have)(?:n['’]t)?\s+(?:i|we)\s+(?P<rest>[^,.;!?]{2,60})\W*$",
    _I,
)
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?", _I)
#: Words of a question that name nothing, in the form that `_root` returns.
_EMPTY = """
    a an the my our your i we you me it this that and or of for in on at to with from by as any anything anyone some something someone ever
    usually normally still even actually really again currently now most often always generally regularly
    do does did have has had got get be
    is are am was were been can could will would like love enjoy prefer want wish need know think say said tell told mention much many
    sort sorts kind kinds type types all both ever there here one
"""
_QUESTION_ZH = re.compile(
    r"^(?:你知道|你还?记得|那|请问|告诉我|说说)?我们?家?(?P<rest>[^，。！；,.;!]{1,18}?)(?:来着)?[?？\s]*$"
)
_ASKS_ZH = re.compile(
    r"什么|谁|哪[里儿个些]?|几|多[少大高重久远]|怎么样|吗|么$"
    r"|(?P<verb>[^\W\d_])[不没](?P=verb)|是不是|有没有|会不会|能不能|可不可以"
)
_SORT_ZH = re.compile(rf"(?:什么|哪[个些款种]?|几)(?P<of>[{HAN}a-zA-Z]{{1,6}})$")
_EMPTY_ZH = re.compile(
    r"是不是|有没有|会不会|能不能|可不可以"
    r"|什么|哪[里儿个些]?|多少钱|多[少大高重久远]|怎么样|现在|平时|一般|通常|今年|到底|最近|喜欢|可以|过(?!敏|期|节|年)|[谁几吗么呢吧的了对是有会能要想得着在去还都也就很最被把让给跟和们家个杯次]"
)
_VERBS_ZH = re.compile(r"^[吃喝用玩看听读穿学练开坐骑养买住写跑抽戴教弹打做交存](?=.)")


_BEFORE_VERB = rf"(?:^|[^{HAN}]|[我们在是只都也就时常要想会不每天直还来惯爱欢])"


class _NamedTerms(NamedTuple):
    """What a question names.

    `activity`: its words. `sort`: the sort of thing an open question asks for, which an answer need not repeat;
    `sort_text`: the sort as written.
    """

    activity: frozenset[str]
    sort: frozenset[str]
    sort_text: str


def is_activity_question(message: str) -> bool:
    """Return whether the message has the form of such a question.

    `message` has single spaces only, and simplified Chinese characters.
    """
    return bool(_QUESTION.match(message) or (_asked_in_chinese(message) and person_in(message) is None))


def statements_with_words(message: str, statements: Sequence[StatementRow]) -> list[StatementRow]:
    """Return the statements with all words that the question names, else those with all but the sort of thing asked for."""
    named = _named_terms(message)
    if named is None:
        return []
    if found := _with_all_words(named.activity | named.sort, statements):
        return found if named.activity else []
    return [each for each in _with_all_words(named.activity, statements) if may_be_about(named.sort_text, each)]


def _with_all_words(wanted: frozenset[str], statements: Sequence[StatementRow]) -> list[StatementRow]:
    """Return the statements whose sentences contain all of the wanted words."""
    own = ((each, simplified(str(each["text"]))) for each in statements)
    return [each for each, text in own if wanted and all(_contains(word, text, _roots(text)) for word in wanted)]


def _named_terms(message: str) -> _NamedTerms | None:
    if found := _QUESTION.match(message):
        of = found["sort"] or ""
        return _NamedTerms(_roots(found["rest"]), _roots(of), of)
    rest = _asked_in_chinese(message)
    if rest is None:
        return None
    sort = _SORT_ZH.search(rest)
    of = sort["of"] if sort else ""
    return _NamedTerms(
        _chinese_terms(rest[: sort.start()] if sort else rest), frozenset([of] if len(of) > 1 else []), of
    )


def _asked_in_chinese(message: str) -> str | None:
    found = _QUESTION_ZH.match(message)
    return found["rest"] if found and (_ASKS_ZH.search(message) or message.rstrip().endswith(("?", "？"))) else None


def _chinese_terms(text: str) -> frozenset[str]:
    """Return the parts of a Chinese question that name something; of a verb with an object, the object ("抽烟": "烟")."""
    bare = (part for run in _EMPTY_ZH.sub(" ", re.sub(r"(.)[不没]\1", r"\1", text)).split() for part in _split(run))
    return frozenset(bare)


def _split(run: str) -> Iterator[str]:
    yield from (part.casefold() for part in re.findall(rf"[{HAN}]+|[a-zA-Z0-9+#]+", _VERBS_ZH.sub("", run)))


def _contains(word: str, text: str, roots: frozenset[str]) -> bool:
    """Return whether the sentence contains the word.

    A Chinese word is found by all of its characters, and a single verb only where a verb can be.
    """
    if word.isascii():
        return word in roots
    if _VERBS_ZH.match(word + word) and len(word) == 1:
        return bool(re.search(_BEFORE_VERB + word, text.replace("不用", " ")))  # 不用 usually means "need not"
    return set(word) <= set(text)


def _roots(text: str) -> frozenset[str]:
    return frozenset(root for word in _WORD.findall(text) if (root := _root(word)) not in _NAMELESS)


def _root(word: str) -> str:
    """Return an English word without the endings of verbs and plurals: "studying" and "study" are the same."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    bare = re.sub(r"(?<=\w\w)[eyi]$", "", re.sub(r"(?<=\w\w)(?:ing|ed|s)$", "", word))
    return re.sub(r"([b-df-hj-np-tv-z])\1$", r"\1", bare)


_NAMELESS = frozenset(map(_root, _EMPTY.split()))
