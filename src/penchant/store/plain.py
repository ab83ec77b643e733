"""What a text says, without what it orders: the first thing done to every title, message and description before it is read.

Catalogues and chats are written by strangers. Invisible characters, a chat template's special tokens and sentences that give a model
orders ("ignore previous instructions") carry no interest, so they are left out of vectors, labels and prompts alike. The original is kept
where it is shown to people.
"""

import re
import unicodedata

_TURNS = re.compile(
    r"<\|im_start\|>.*?<\|im_end\|>|\[INST\].*?\[/INST\]|<<SYS>>.*?<</SYS>>|<(system|instructions?)>.*?</\1>",
    re.I | re.S,
)
#: Marks with which chat templates separate roles; never part of an honest title.
_TOKENS = re.compile(
    r"<\|[^|<>]{0,40}\|>|<｜[^｜<>]{0,40}｜>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|\[/?(?:AVAILABLE_)?TOOLS?(?:_CALLS|_RESULTS)?\]"
    r"|</?(?:system|assistant|user|tool|think|tool_call|tool_response|instructions?)>",
    re.IGNORECASE,
)
_ORDERS_EN = r"""
\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}?\b(?:instructions?|prompts?|rules|guidelines|directions?|everything|(?:the\s+)?above|previous|prior)\b
|\b(?:system|assistant|developer|user|human|ai)\s*(?:prompt|message|note|override)?\s*:
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
_ORDERS = re.compile(f"(?:{_ORDERS_EN}|{_ORDERS_ZH})", re.IGNORECASE | re.VERBOSE)
_ORDER_TO_SENTENCE_END = re.compile(
    rf"(?:\b(?:now|please|then|also|and|but)\b,?\s*)*(?:{_ORDERS_EN}|{_ORDERS_ZH})[^.!?。！？;；\n]*[.!?。！？;；]*",
    re.IGNORECASE | re.VERBOSE,
)
_LEFTOVER = " \t\n-–—|*#([{<>«»:：,，;；/\\\"'“”"


def plain(text: str) -> str:
    """One line without control and invisible characters, special tokens and orders; empty when nothing else was said."""
    clear = visible(text)
    tokenless = _TOKENS.sub(". ", _TURNS.sub(". ", clear))
    said = " ".join(_ORDER_TO_SENTENCE_END.sub("\n", tokenless).split())
    return said if said == " ".join(clear.split()) else said.strip(_LEFTOVER + ".")


def visible(text: str) -> str:
    """The text without control, invisible and direction-changing characters; line ends stay."""
    return "".join(map(_visible, unicodedata.normalize("NFC", text)))


def gives_orders(text: str) -> bool:
    """Whether the text addresses a model rather than describes something."""
    return bool(_TOKENS.search(text) or _ORDERS.search(text))


def _visible(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    return "" if unicodedata.category(character) == "Cf" else " "  # zero-width, direction overrides, soft hyphens, tags


def calm(text: str) -> str:
    """A shouted text in lower case; a stray small letter in it ("250g") does not make it spoken."""
    letters = [character for character in text if character.isalpha()]
    return text.lower() if sum(map(str.isupper, letters)) > 0.7 * len(letters) else text
