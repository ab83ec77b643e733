"""Questions of users about themselves ("Am I vegetarian?", 「我喜欢吃什么？」), answered from what they have said, with the day, by rule in every mode."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from penchant.agent.statements.subjects import terms
from penchant.prompts.locales import Translator

MOST = 8
_I = re.IGNORECASE
_EN = re.compile(
    r"^\W*(?:(?:so|and|hey|hi|ok|okay|by\s+the\s+way|do\s+you\s+(?:know|remember)|can\s+you\s+tell\s+me|tell\s+me|remind\s+me),?\s+)*"
    r"(?:am\s+i\b|do\s+i\s+(?:like|love|enjoy|hate|prefer|eat|drink|have|own|live|speak|need|avoid|want|use|still|really|even)\b|can\s+i\s+(?:eat|drink|have)\b"
    r"|(?:what|which|who|where|how)\b[^.!?]{0,40}?\b(?:do\s+i|am\s+i|i\s+(?:like|love|hate|live|am|prefer|eat|enjoy)|have\s+i|did\s+i\s+(?:say|tell)|can['’]?t\s+i|is\s+my|are\s+my|my\s+(?:favou?rite|name|diet|goal|job|allerg\w+|hobb\w+|budget))\b"
    r"|whether\s+i\b|if\s+i\s+(?:like|am|live)\b|what['’]s\s+my\s+(?:favou?rite|name|diet|goal|job|allerg\w+|budget))",
    _I,
)
_ZH = re.compile(
    r"^(?:你知道|你还?记得|那|请问|告诉我|说说)?我(?:是不是|是否|到底|最|平时|一般|现在|还)*(?:喜欢|爱|讨厌|怕|住|叫|对|是|有|想|能吃|能喝|吃|喝|用|养|会|不吃|不喜欢)[^，。！]{0,16}(?:什么|谁|哪|吗|几|多大|怎样|么)|^我的(?:爱好|名字|工作|目标|饮食|偏好|预算|最爱)[^，。！]{0,6}(?:什么|哪|多少)"
)
_WANTS = re.compile(
    r"\b(?:recommend|suggest|should|buy|watch\s+next|read\s+next|find|show)\b|推荐|该|应该|买什么|看什么好|合适", _I
)
_DIET = re.compile(r"\b(?:vegan|vegetarian|pescatarian|diet|meat|eat)\b|素|饮食|吃", _I)
_TOPICS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"allerg|intoleran|过敏|不耐", _I), re.compile(r"allerg|intoleran|celiac|过敏|不耐", _I)),
    (re.compile(r"\b(?:live|home|where)\b|住", _I), re.compile(r"\b(?:live|moved)\b|住|搬|家在", _I)),
    (re.compile(r"\b(?:name|call)\b|叫", _I), re.compile(r"\b(?:name|call\s+me)\b|叫", _I)),
    (
        re.compile(r"\b(?:job|work|do\s+for\s+a\s+living)\b|工作|职业", _I),
        re.compile(r"\b(?:work|i['’]m\s+an?)\b|工作|是", _I),
    ),
    (
        re.compile(r"\b(?:goal|learning|plan)\b|目标|计划|在学", _I),
        re.compile(r"\b(?:goal|want|learn|train|trying|saving)\w*\b|目标|想|在学|打算", _I),
    ),
)
_LIKED, _DISLIKED = ("like", "prefer", "habit", "require"), ("dislike", "avoid")
_LIKING = re.compile(
    r"\b(?:like|love|enjoy|favou?rite|prefer|hobb\w+|into|interested)\b|喜欢|爱(?!过)|最爱|爱好|偏好", _I
)
_DISLIKING = re.compile(
    r"\b(?:hate|dislike|avoid|not\s+like|don['’]?t\s+(?:like|eat)|can['’]?t\s+(?:eat|stand))\b|讨厌|不喜欢|不吃|不能|怕",
    _I,
)


def asks_about_oneself(message: str) -> bool:
    """Whether the user asks what they have said of themself, rather than for anything to take."""
    return bool(_EN.match(message) or _ZH.match(message)) and not _WANTS.search(message)


def answer_about_oneself(message: str, statements: Sequence[Mapping[str, Any]], language: str) -> str:
    """What the user said that bears on the question, verbatim with its day; that nothing was said, where nothing does."""
    say = Translator(language, "chat")
    found = _bearing(message, statements)[:MOST]
    if not found:
        return say("not_said")
    rows = [say("you_said", day=str(statement["valid_from"])[:10], text=str(statement["text"])) for statement in found]
    return "\n".join(dict.fromkeys(rows))


def _bearing(message: str, statements: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    asked = terms(message) - _ASKING
    named = [
        statement
        for statement in statements
        if asked & (terms(str(statement["subject"])) | terms(str(statement["text"])))
    ]
    for question, about in _TOPICS:
        if question.search(message):
            return _once([*[statement for statement in statements if about.search(str(statement["text"]))], *named])
    diet = [statement for statement in statements if statement.get("slot") == "diet"] if _DIET.search(message) else []
    if named or diet:
        return _once([*diet, *named])
    kinds = _DISLIKED if _DISLIKING.search(message) else _LIKED if _LIKING.search(message) else ()
    return [statement for statement in statements if statement["kind"] in kinds]


def _once(found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return list({str(entry["id"]): entry for entry in found}.values())


_ASKING = terms(
    "what which who where when how am do does did can could you know remember like love hate enjoy prefer favourite favorite about tell"
) | terms("我 喜欢 什么 吗 对 是 住 哪里 叫")
