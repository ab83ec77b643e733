"""Messages that ask for nothing that a catalogue has: a text to be written or translated, a sum, a report of what somebody else says."""

import re

_I = re.IGNORECASE
_POLITE = (
    r"^(?:(?:hi|hello|hey|please|kindly|(?:can|could|would|will)\s+you"
    r"|help\s+me(?:\s+to)?|i\s+(?:need|want)\s+you\s+to)\b[,\s]*){0,4}"
)
_A_TEXT = (
    r"(?:poem|essay|letter|e-?mail|story|song|speech"
    r"|text|message|summary|report|post|paragraph|limerick|haiku|script|function|program|code|regex|query|cv|resume|toast|review)s?"
)
_WORK = re.compile(
    rf"{_POLITE}(?:translate\s+(?!(?:apps?|devices?|books?)\b)\S|(?:proofread|summari[sz]e|paraphrase|rewrite|debug)\s+\S"
    rf"|(?:write|compose|draft|make\s+up)\s+(?:me\s+|us\s+)?(?:an?|some|my|the)?\s*(?:[\w-]+\s+){{0,3}}?{_A_TEXT}\b"
    r"|(?:calculate|compute)\s+\S|solve\s+(?:this|the\s+equation|for\s+\w+|\d)|(?:write|fix)\s+(?:me\s+)?(?:some\s+|the\s+|my\s+)?code\b"
    r"|convert\s+\d|explain\s+(?:to\s+me\s+)?(?:how|what)\s+(?!.*\b(?:you|me|my|this|that|it|these|those|list)\b))",
    _I,
)
_SUM = re.compile(
    r"^(?:how\s+much\s+(?:is|are|makes?)|what(?:['’]s|\s+is|\s+are)|calculate)\s+\d{1,20}(?:[.,]\d{1,20})?\s?"
    r"(?:times|plus|minus|x|divided\s+by|multiplied\s+by|percent\s+of|%\s+of|to\s+the\s+power|[*+/÷×^-])\s?\d{1,20}(?:[.,]\d{1,20})?\W*$"
    r"|^\d{1,20}(?:\.\d{1,20})?\s?(?:加上?|减去?|乘以?|除以|[*+/÷×-])\s?\d{1,20}(?:\.\d{1,20})?\s?(?:等于|是)?(?:多少|几)?\W*$",
    _I,
)
_WORK_ZH = re.compile(
    r"^(?:请|麻烦|你?能不能|能否|能|可以|你|帮我|给我|一下){0,6}(?:把.{1,60}?)?"
    r"(?:翻译(?!机|器|笔|棒|书|官|软件|类|小说|文学|作品|词典|耳机)|译成|写一?(?:首|篇|封|段)|计算(?!机|器)|算一?下|写(?:一?段)?代码|润色|改写)"
)
_SOMEBODY = r"^(?:my|our)\s+(?:[\w-]+\s+){0,2}?[\w-]+\s+"
_REPORT = re.compile(
    rf"{_SOMEBODY}(?:always\s+|just\s+)?(?:says?|said|told\s+\w+|tells\s+\w+|thinks?|claims?|mentioned)\s+(?:that\s+)?(?:she|he|they)\s+(?:really\s+|absolutely\s+)?"
    r"(?:hates?|loves?|likes?|dislikes?|enjoys?|adores?|can['’]?t\s+stand|(?:does|do)n['’]?t\s+like)\s"
    rf"|{_SOMEBODY}(?:really\s+|absolutely\s+)?(?:hates|dislikes|loathes|can['’]?t\s+stand)\s",
    _I,
)
_REPORT_ZH = re.compile(
    r"^我的?(?:朋友|同事|同学|邻居|室友|老板|哥哥?|弟弟?|姐姐?|妹妹?|爸爸?|妈妈?)(?:说|告诉我|觉得)[他她](?:很|最|非常|特别)?(?:不?喜欢|不?爱|讨厌|恨)"
    r"|^我的?(?:朋友|同事|同学|邻居|室友|老板)(?:很|最|非常|特别)?(?:讨厌|恨|不喜欢)"
)
_WANTED = re.compile(
    r"\b(?:recommend\w*|suggest\w*|gifts?|presents?|buy|find|search|show|give|need\w*|want\w*|looking|something|anything|ideas?|which|what|should|so|for\s+(?:her|him|them|me))\b"
    r"|推荐|介绍|礼物|送|买|找|需要|想要|适合|什么|哪|来[点些]|给[他她]",
    _I,
)
_IN_FRONT = re.compile(r"^\W+")
_MORE_BEHIND = re.compile(r"[,;:.!，；：。！]\s?\w|[?？]")


def asks_for_nothing_here(message: str) -> bool:
    """Whether the message surely asks for nothing of a catalogue; where it may be a wish, it does not. `message`: single spaces."""
    message = _IN_FRONT.sub("", message)
    if _SUM.search(message):
        return True
    if _REPORT.search(message) or _REPORT_ZH.search(message):
        return not (_WANTED.search(message) or _MORE_BEHIND.search(message))
    return bool(_WORK.search(message) or _WORK_ZH.search(message)) and not _WISHED.search(message)


_WISHED = re.compile(r"\b(?:recommend|suggest|gifts?|presents?|buy|show\s+me|find\s+me)\b|推荐|礼物|想买", _I)
"""What makes a wish of a message beside such a request."""
