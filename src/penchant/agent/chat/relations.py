"""Recognises the people around the user whom a text mentions, by their relation ("my daughter", 「我老婆」) or name."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from penchant.characters import HAN

_I = re.IGNORECASE
#: Words for one relation, in English and in Chinese.
_RELATIONS: tuple[tuple[str, str], ...] = (
    (r"(?:step)?daughters?|(?:little\s+)?girls?", "女儿|闺女"),
    (r"(?:step)?sons?|(?:little\s+)?boys?", "儿子"),
    (
        r"wife|missus|(?:other|better)\s+half|partner|spouse|fianc[eé]e?|girlfriend",
        "老婆|妻子|爱人|媳妇|太太|老伴|女朋友|女友|伴侣",
    ),
    (
        r"husband|hubby|(?:other|better)\s+half|partner|spouse|fianc[eé]e?|boyfriend",
        "老公|丈夫|爱人|先生|老伴|男朋友|男友|伴侣",
    ),
    (
        r"kids?|child(?:ren)?|bab(?:y|ies)|toddlers?|twins?|little\s+ones?|eldest|oldest|youngest|middle\s+(?:one|child)|year-old",
        "孩子们?|小孩|宝宝|宝贝|娃|双胞胎|老[大二三四幺]|[大二小]宝",
    ),
    (r"mother|mom|mum|mothers?-in-law|parents?", "妈妈?|母亲|婆婆|岳母|父母|爸妈"),
    (r"father|dad|fathers?-in-law|parents?", "爸爸?|父亲|公公|岳父|父母|爸妈"),
    (r"grand(?:ma|mother|pa|father|parents?)|nan(?:na)?|granny", "奶奶|爷爷|外婆|外公|姥姥|姥爷"),
    (r"sisters?", "姐姐|妹妹|姐妹"),
    (r"brothers?", "哥哥|弟弟|兄弟"),
    (r"aunts?|uncles?|cousins?|nieces?|nephews?", "姑姑|阿姨|叔叔|舅舅|侄女|侄子|外甥女?|表[姐妹哥弟]|堂[姐妹哥弟]"),
    (r"friends?|roommates?|flatmates?|housemates?|colleagues?|boss|neighbou?rs?", "朋友|室友|同事|老板|邻居"),
    (r"family", "家人"),
)
_CHILDREN = next(row for row in _RELATIONS if "孩子" in row[1])
"""Daughters and sons are children too."""
RELATION = "|".join(english for english, _ in _RELATIONS)
RELATION_ZH = "|".join(chinese for _, chinese in _RELATIONS)
MY = rf"(?:my|our)\s+(?:(?!(?:is|are|has|does|for|and|to)\b)[\w'’-]+\s+){{0,2}}?(?P<relation>{RELATION})\b"
MY_ZH = rf"(?:我们?|咱们?|俺)(?:家)?(?:的)?[大小二]?(?P<relation>{RELATION_ZH})"
NAME = r"(?P<name>(?-i:[A-Z])[\w'’-]+)"


class RelatedPerson(NamedTuple):
    """A person around the user; the pattern `named` finds them in what the user has said."""

    named: re.Pattern[str]

    def is_mentioned_in(self, statement: Mapping[str, Any]) -> bool:
        """Return whether the statement is about this person."""
        return bool(
            self.named.search(str(statement["text"])) or self.named.search(_person_in_scope(statement.get("scope")))
        )

    def is_named_in(self, text: str) -> bool:
        """Return whether the text says the name of this person ("my daughter Mia", 「我女儿叫小米」)."""
        return bool(re.search(rf"(?:{self.named.pattern})(?:{_CALLED})", text, _I))


_CALLED = (
    r",?\s+(?:is\s+|(?:is\s+)?(?:named|called)\s+)?(?-i:[A-Z])\w|['’]s\s+name\b|的?名字|叫"
    rf"|(?![对不是喜会有能吃也很最爱讨今现的])[{HAN}]{{2,3}}(?=[对不是喜会有能今])"
)


def by_relation(relation: str) -> RelatedPerson:
    """Return the person with this relation to the user, to be found by any word for it in either language."""
    words = [
        (english, chinese)
        for english, chinese in _RELATIONS
        if re.fullmatch(english, relation, _I) or re.fullmatch(chinese, relation)
    ]
    if re.fullmatch(_CHILDREN[0], relation, _I) or re.fullmatch(_CHILDREN[1], relation):
        words += _RELATIONS[:2]
    english, chinese = ("|".join(column) for column in zip(*words, strict=True))
    return RelatedPerson(
        re.compile(
            rf"\b(?:my|our)\s+(?:[\w'’-]+\s+){{0,3}}?(?:{english})\b|(?:我|咱|俺|^)[^，。！？]{{0,3}}(?:{chinese})", _I
        )
    )


def by_name(name: str) -> RelatedPerson:
    """Return the person with this name."""
    return RelatedPerson(re.compile(rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name), _I))


def person_in(text: str) -> RelatedPerson | None:
    """Return the first person whom a text mentions by their relation to the user, or None."""
    found = re.search(MY, text, _I) or re.search(MY_ZH, text)
    return by_relation(found["relation"]) if found else None


def part_about_user(text: str) -> str:
    """Return a sentence without what it says about people around the user: "My sister's a vegan but I eat meat"."""
    return _OF_OTHERS.sub(" ", text)


_OF_OTHERS = re.compile(
    rf"(?:^|[,;.!?]\s*|\b(?:but|and|because|since)\s+){MY}[^,;.!?]*?(?=[,;.!?]|\bbut\b|\b(?:and|so)\s+i\b|$)"
    rf"|{MY_ZH.replace('relation', 'relation2')}[^，,。！？；]*",
    _I,
)


def only_about_user(statements: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the statements that concern only the user."""
    return [each for each in statements if not _person_in_scope(each.get("scope"))]


def _person_in_scope(scope: Any) -> str:
    """Return the person in a scope ("for my son", 「为儿子」) as text to be searched; empty for any other scope."""
    text = str(scope or "")
    if text.startswith("为"):
        return text[1:]
    return text if re.match(r"for (?:my|our)\b", text) else ""
