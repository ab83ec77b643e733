"""Finds the topics of the vocabulary that a question is about: "what do I like to read", 「我用什么电脑」."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from penchant.prompts.vocabulary import Vocabulary

#: A statement as the tools return it.
StatementRow = Mapping[str, Any]
_I = re.IGNORECASE
#: Topics of the vocabulary that a question asks about: "what do I like to read", 「我喜欢听什么」.
_FIELDS = {
    topic: re.compile(asked, _I)
    for topic, asked in {
        "music-audio": r"\b(?:music|songs?|bands?|singers?|listen\w*)\b|音乐|歌|听",
        "books-literature": r"\b(?:books?|novels?|authors?|read(?:ing)?|literature)\b|书|小说|读",
        "movies-tv": r"\b(?:films?|movies?|series|tv|shows?|watch\w*)\b|电影|片|剧|节目",
        "video-games": r"\b(?:video\s+)?games?\b|游戏",
        "games-puzzles": r"\b(?:board\s+)?games?\b|桌游|游戏",
        "food-drink": r"\b(?:food|eat\w*|drinks?|drinking|cuisines?|dish(?:es)?|meals?|snacks?)\b|[吃喝]|菜|饮料|零食",
        "sports-fitness": r"\b(?:sports?|exercises?|workouts?)\b|运动|健身|球",
        "fashion-accessories": r"\b(?:clothes|clothing|wear\w*|fashion|style)\b|穿|衣服",
        "travel": r"\b(?:travel\w*|destinations?|countries|hotels?|accommodation|places?\s+to\s+stay|holidays?|vacations?)\b"
        r"|旅[游行]|去哪|酒店|住什么",
        "technology-computing": r"\b(?:computers?|laptops?|databases?|ides?|editors?|languages?|software|apps?|tools?|browsers?)\b"
        r"|电脑|笔记本|数据库|编辑器|语言|框架|软件|应用|工具|浏览器|系统",
        "electronics-gadgets": r"\b(?:phones?|mobiles?|tablets?|cameras?|headphones?|earphones?|consoles?|devices?|computers?|laptops?)\b"
        r"|手机|平板|相机|耳机|电脑|主机|设备",
        "automotive": r"\b(?:cars?|drive|motorbikes?|vehicles?)\b|车",
        "careers-education": r"\b(?:subjects?|majors?|degrees?|courses?|school|college|university|languages?)\b|专业|学校|大学|课程|语言",
        "pets": r"\b(?:pets?|animals?)\b|宠物|动物",
    }.items()
}


def topics_asked(message: str) -> set[str]:
    """Return the topics that a question asks about, by its words; only topics of the bundled vocabulary are known."""
    return {topic for topic, asked in _FIELDS.items() if asked.search(message)}


def of_topics(topics: set[str], statements: Sequence[StatementRow]) -> list[StatementRow]:
    """Return the statements of these topics; where there are none, likes and dislikes without a known topic."""
    return certainly_of_topics(topics, statements) or [
        each for each in statements if each["kind"] in ("like", "dislike") and _topic(each) is None
    ]


def certainly_of_topics(topics: set[str], statements: Sequence[StatementRow]) -> list[StatementRow]:
    """Return the statements that are known to be of these topics."""
    return [each for each in statements if _topic(each) in topics]


def may_be_about(message: str, statement: StatementRow) -> bool:
    """Return whether a statement may be of the topics that a question asks about; False where it asks about none.

    A statement without a known topic may be of any.
    """
    topics = topics_asked(message)
    return bool(topics) and _topic(statement) in (None, *topics)


def _topic(statement: StatementRow) -> str | None:
    return Vocabulary.load().topic_id(statement.get("place"))
