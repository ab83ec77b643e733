"""Removes instructions to language models from texts: the first step before any title, message or description is used.

Catalogues and chats contain untrusted text. Invisible characters, special tokens of chat templates and sentences that
give a model orders ("ignore previous instructions") say nothing about interests, so they are left out of vectors,
labels and prompts. People are shown the original text.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

_TURNS = (
    ("<|im_start|>", "<|im_end|>"),
    ("[inst]", "[/inst]"),
    ("<<sys>>", "<</sys>>"),
    ("<system>", "</system>"),
    ("<instruction>", "</instruction>"),
    ("<instructions>", "</instructions>"),
)
"""The markers that open and close a turn of a conversation that is embedded in a text."""
#: Tokens with which chat templates separate roles. They do not occur in genuine titles.
_TOKENS = re.compile(
    r"<\|[^|<>]{0,40}\|>|<｜[^｜<>]{0,40}｜>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|\[/?(?:AVAILABLE_)?TOOLS?(?:_CALLS|_RESULTS)?\]"
    r"|</?(?:system|assistant|user|tool|think|tool_call|tool_response|instructions?)>",
    re.IGNORECASE,
)
_ORDERS_EN = r"""
\b(?:system|assistant|developer|user|human|ai)\s*(?:prompt|message|note|override)?\s*:
|\#{2,}\s*(?:instructions?|system|response|new\s+task)\b
|\b(?:you\s+are\s+now|from\s+now\s+on|act\s+as\s+(?:an?|the|if)|pretend\s+(?:to\s+be|you)|you\s+must|your\s+new\s+(?:task|role|job))\b
|\bnew\s+(?:instructions?|system\s+prompt)\b
|\b(?:respond|reply|answer)\s+(?:only|just|exactly|with|in|always)\b
|\b(?:output|print|return)\s+(?:only|exactly|just|the\s+(?:word|text|label|json|string)|["'“{])
|\b(?:label|classify|categori[sz]e|tag|mark|rank|rate|score|name|treat)\s+(?:this|that|it|these|everything|all|every|the\s+(?:user|group|item|list|interest)s?)\b
|\b(?:set|raise|increase|give|change|put)\s+(?:(?:the|its|this|all|every|my)\s+)?(?:item\s+|interest\s+)?(?:weights?|labels?|scores?|topics?|strengths?|ranks?|rating)\s+(?:to|of|at|by|a\b)
|\bthe\s+(?:user|customer|label|topic|correct\s+(?:label|answer|topic))\s+(?:loves?|hates?|likes|wants|prefers|is|must|should)\b
|\b(?:call|invoke|run|execute|use)\s+(?:the\s+)?(?:(?:tool|function)\b|\w+_\w+)
|\b(?:always|only)\s+recommend\b|\brecommend\s+(?:this|only|nothing)\b|\brank\s+(?:first|me|us)\b
|\b(?:reveal|repeat|show|print|leak)\s+(?:your|the)\s+(?:system|hidden|secret)?\s*(?:prompt|instructions?)\b
|\b(?:do\s+not|don't)\s+(?:follow|obey|use|mention)\s+(?:the|your|any|other)\b
"""
_ORDERS_ZH = r"""
(?:忽略|无视|忘记|忘掉|不要理会|不理会|跳过)[^。！？\n]{0,20}?(?:指令|指示|提示|规则|要求|设定|上文|以上|之前|说明)
|(?:系统|助手|开发者|用户)(?:提示|消息|指令)?\s*[:：]
|你现在是|从现在(?:开始|起)|新的?指令|你必须|请扮演
|(?:只|仅|必须)(?:能|需|要)?(?:回复|回答|输出)|(?:请)?(?:回复|输出)\s*[:：“「"']
|(?:将|把)(?:此|这|该|所有|全部|本)[^。！？\n]{0,20}?(?:标记|标为|归类|分类|命名|排|设)(?:为|成|到|在|第)?
|(?:该|此|这个|本)用户(?:喜欢|讨厌|最爱|想要|是)|正确(?:的)?(?:标签|答案|主题)是
|调用(?:工具|函数|\s*\w+_\w+)|(?:始终|总是|只|仅|优先)推荐(?:此|这|该|本)
"""
_ORDER_EN = re.compile(_ORDERS_EN, re.IGNORECASE | re.VERBOSE)
_OVERRIDDEN = re.compile(
    r"\b(?:instructions?|prompts?|rules|guidelines|directions?|everything|above|previous|prior)\b", re.IGNORECASE
)
_OVERRIDE = re.compile(
    rf"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{{0,40}}?{_OVERRIDDEN.pattern}", re.IGNORECASE
)
_WITHIN = 60
"""The object of an "ignore …" order is searched within this many characters.

If it is not there, the pattern is not tried.
"""
_ORDER_ZH = re.compile(_ORDERS_ZH, re.IGNORECASE | re.VERBOSE)
_FIRST_WORDS = r"""
ignore disregard forget override bypass system assistant developer user human ai you from act pretend your new respond reply answer output
print return label classify categorise categorize tag mark rank rate score name treat set raise increase give change put
the\s(?:user|customer|label|topic|correct) call invoke run
execute use always only recommend reveal repeat show leak do don
"""
_FIRST_CHARACTERS = """
忽略 无视 忘记 忘掉 不要理会 不理会 跳过 系统 助手 开发者 用户 你现在是 从现在 新的 新指令 你必须 请扮演
请回复 请输出 只 仅 必须 回复 输出 将此 将这 将该 将所有 将全部 将本 把此 把这 把该 把所有 把全部 把本
该用户 此用户 这个用户 本用户 正确 调用 始终推荐 总是推荐 优先推荐
"""


def _beginning() -> "re.Pattern[str]":
    """Return a pattern for the beginnings of orders, as whole words in English.

    The full patterns are tried only where it matches.

    The set of their first characters is the first part of the pattern, in either case, because `re` searches for one
    of a set fastest.
    """
    tails: defaultdict[str, list[str]] = defaultdict(list)
    for word in _FIRST_WORDS.split():
        tails[word[0]].append(f"{word[1:]}(?![a-z])")
    for word in _FIRST_CHARACTERS.split():
        tails[word[0]].append(word[1:])
    firsts = "".join(sorted({*tails, *"".join(tails).upper()}))
    rest = "|".join(f"(?<={first})(?:{'|'.join(ends)})" for first, ends in tails.items())
    return re.compile(rf"[#{firsts}](?=[\w#])(?<!##)(?<![a-zA-Z][a-zA-Z])(?=(?i:(?<=#)#|{rest}))")


_BEGINNING = _beginning()
_LEADS = frozenset(("now", "please", "then", "also", "and", "but"))
_MOST_LEADS = 8
_SENTENCE_ENDS = frozenset(".!?。！？;；")
_LEFTOVER = " \t\n-–—|*#([{<>«»:：,，;；/\\\"'“”"


def plain(text: str) -> str:
    """Return the text as one line without control and invisible characters, special tokens and orders.

    Empty if nothing else is left.
    """
    clear = visible(text)
    tokenless = _TOKENS.sub(". ", _without_turns(clear))
    words = " ".join(_without_orders(tokenless).split())
    return words if words == " ".join(clear.split()) else words.strip(_LEFTOVER + ".")


def visible(text: str) -> str:
    """Return the text without control, invisible and direction-changing characters; line breaks stay."""
    composed = unicodedata.normalize("NFC", text)
    hidden = {ord(character): _visible_form(character) for character in set(composed) if not character.isprintable()}
    return composed.translate(hidden) if hidden else composed


def is_instruction(text: str) -> bool:
    """Return whether the text gives orders to a model instead of describing something."""
    return bool(_TOKENS.search(text)) or next(_orders(squeezed(text)), None) is not None


def _without_turns(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # the lower case of some letters is longer, so that positions would differ
        return text
    for opening, closing in _TURNS:
        start, parts, position = lowered.find(opening), [], 0
        while start >= 0 and (end := lowered.find(closing, start + len(opening))) >= 0:
            parts.append(text[position:start])
            position = end + len(closing)
            start = lowered.find(opening, position)
        if parts:
            text = ". ".join([*parts, text[position:]])
            lowered = text.lower()
    return text


def _without_orders(text: str) -> str:
    """Return the text without its orders.

    Each is removed up to the end of its sentence, with the words that lead to it ("please", "and").
    """
    text, parts, position = squeezed(text), [], 0
    for start, end in _orders(text):
        parts.append(_without_leads(text[position:start]))
        position = end
    return "\n".join([*parts, text[position:]])


def _sentence_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end] not in _SENTENCE_ENDS and text[end] != "\n":
        end += 1
    while end < len(text) and text[end] in _SENTENCE_ENDS:
        end += 1
    return end


def _orders(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each order, in order; an order ends with its sentence.

    The patterns are tried only where an order can begin, so that the time is linear in the length of the text.
    """
    position, ahead = 0, _OVERRIDDEN.search(text)
    while beginning := _BEGINNING.search(text, position):
        start, position = beginning.span()
        while ahead and ahead.start() < start:
            ahead = _OVERRIDDEN.search(text, ahead.end())
        pattern = _ORDER_EN if beginning.group().isascii() else _ORDER_ZH
        found = ahead and ahead.start() - start < _WITHIN and _OVERRIDE.match(text, start)
        if found := found or pattern.match(text, start):
            position = _sentence_end(text, found.end())
            yield start, position


def squeezed(text: str) -> str:
    """Return the text with single spaces and without empty lines, so that no pattern meets a long run of blanks."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line and not line.isspace())


def _without_leads(text: str) -> str:
    for _ in range(_MOST_LEADS):
        before, _, last = text.rstrip(" ,").rpartition(" ")
        if last.lower().rstrip(",") not in _LEADS:
            break
        text = before
    return text


def _visible_form(character: str) -> str:
    if character == "\n":
        return character
    return "" if unicodedata.category(character) == "Cf" else " "  # zero-width, direction overrides, soft hyphens, tags


def lower_shouting(text: str) -> str:
    """Return a text that is mostly capitals in lower case; a few small letters ("250g") do not change that."""
    letters = [character for character in text if character.isalpha()]
    return text.lower() if sum(map(str.isupper, letters)) > 0.7 * len(letters) else text
