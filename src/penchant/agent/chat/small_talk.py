"""Recognises small talk and questions about the world: thanks, goodbyes, jokes, "how are you", pasted code.

Only what is certainly not a wish is small talk: a message that names something to have, or asks for anything, is not.
"""

import re
from typing import Literal

Talk = Literal["thanks", "bye", "greeting", "nothing"]
_I = re.IGNORECASE
_THANKS_WORDS = (
    r"(?:many\s+|a\s+lot\s+of\s+)?(?:thanks|thank\s+you|thank\s+u|thx|ty|cheers|much\s+appreciated)"
    r"(?:\s+(?:so\s+much|very\s+much|a\s+lot|a\s+million|again|you|anyway|for\s+(?:that|this|everything|(?:all\s+)?(?:your"
    r"|the)\s+(?:help|tips?|suggestions?|recommendations?))))*"
)
_BYE_WORDS = (
    r"(?:good\s?bye|bye(?:[\s-]bye)?|see\s+(?:you|ya)(?:\s+(?:later|soon|tomorrow|around|next\s+time))?|cya|take\s+care"
    r"|good\s+night|nighty?\s+night"
    r"|have\s+a\s+(?:nice|good|great|lovely)\s+(?:day|evening|night|weekend|one)|talk\s+(?:to\s+you\s+)?(?:later|soon)|later"
    r"|ciao|that['’]?s\s+(?:all|it)(?:\s+for\s+(?:now|today))?)"
)
_FINE_WORDS = (
    r"(?:no|nope|nah|yes|yeah|yep|ok(?:ay)?|okey|alright|all\s+right|great|perfect|cool|nice|awesome|sure|fine|got\s+it|good"
    r"|wonderful|lovely|amazing|right|hm+|wow|oh|ah"
    r"|i['’]?m\s+(?:good|fine|done|all\s+set)|i\s+am\s+(?:good|fine|done)|never\s?mind|forget\s+(?:about\s+)?it|not\s+(?:now"
    r"|today|really)|maybe\s+later"
    r"|that['’]?s\s+(?:great|perfect|fine|ok(?:ay)?|good|nice|funny|hilarious|enough)|(?:very|so)\s+(?:helpful|kind"
    r"|nice)(?:\s+of\s+you)?|(?:ha)+h?|lol|lmao|rofl|haha\w*|hehe\w*"
    r"|you(?:['’]?re|\s+are)\s+(?:so\s+|very\s+|really\s+|just\s+|pretty\s+)*(?:hilarious|funny|great|the\s+best|awesome"
    r"|amazing|kind|nice|helpful|welcome|smart|clever|cute|sweet|silly|useless|stupid|annoying|weird|crazy)"
    r"|(?:good|nice|great)\s+(?:job|work|\w?one|talk|bot)|well\s+done|i\s+(?:love|like|hate)\s+you|sorry|my\s+bad"
    r"|no\s+(?:problem|worries))"
)
_NAMED_BESIDE = r"(?:\s+(?:mate|dear|friend|buddy|bot|man|penchant|guys|all|then|now|for\s+now|today|please))?"
_PIECE = rf"(?:{_THANKS_WORDS}|{_BYE_WORDS}|{_FINE_WORDS}){_NAMED_BESIDE}"
_ALL_TALK = re.compile(rf"\W*{_PIECE}(?:[\s,.!;:–-]+(?:and\s+|but\s+)?{_PIECE}){{0,5}}\W*", _I)
_THANKS = re.compile(rf"\b{_THANKS_WORDS}", _I)
_BYE = re.compile(rf"\b(?:{_BYE_WORDS})\b", _I)
_PIECE_ZH = (
    r"(?:不用了?|不要了|不了|没事了?|没关系|好的?吧?|嗯+|行吧?|可以了?|非常感谢|十分感谢|感谢你?|多谢|谢谢(?:你|您|啦|了)*"
    r"|谢了|拜拜|再见|回头见|明天见|晚安|下次见|先这样吧?|就这样吧?|算了吧?"
    r"|哈+|呵呵|嘻嘻|你真(?:逗|好|棒|可爱|有趣|搞笑|厉害|聪明|笨)|太(?:好|棒|逗|有趣|搞笑|厉害)了|真(?:好|棒|不错)|辛苦了?"
    r"|抱歉|对不起|我(?:走|下)了|了|啦|哦|呀|啊|吧)"
)
_ALL_TALK_ZH = re.compile(rf"\W*{_PIECE_ZH}(?:[\s，,。.！!～~]*{_PIECE_ZH}){{0,6}}\W*")
_THANKS_ZH = re.compile(r"谢|感谢|辛苦")
_BYE_ZH = re.compile(r"拜拜|再见|回头见|明天见|晚安|下次见|先这样|就这样|我(?:走|下)了")
_TO_YOU = re.compile(
    r"^\W*(?:(?:hi|hello|hey|so|and|well|please|ok(?:ay)?|can|could|will|would|you)\b[,\s]*){0,4}(?:tell\s+(?:me|us)\s+(?:an?"
    r"|another|some)\s+(?:\w+\s+){0,2}?(?:jokes?|riddles?|fun\s+facts?|stor(?:y|ies))\b[^.!?]*"
    r"|(?:sing|dance|rap)(?:\s+(?:me|us|for\s+me))?(?:\s+a\s+song)?|make\s+me\s+laugh|how\s+are\s+(?:you|things"
    r"|u)(?:\s+(?:doing|today|feeling|now|this\s+\w+))*|how(?:['’]?s|\s+is)\s+it\s+going|how\s+do\s+you\s+(?:do"
    r"|feel)(?:\s+today)?"
    r"|how\s+was\s+your\s+\w+|what['’]?s\s+up|(?:who|what)\s+are\s+you|are\s+you\s+(?:an?\s+)?(?:human|robot|bot|ai|real"
    r"|person|chatgpt|alive|ok(?:ay)?|there|sure)(?:\s+\w+)?|what(?:['’]?s|\s+is)\s+your\s+(?:name|age|favou?rite\s+\w+)"
    r"|do\s+you\s+(?:love|like)\s+me|i(?:['’]m|\s+am)\s+(?:bored|tired|sad|happy|lonely|back|here|home)|who\s+(?:made|built"
    r"|created)\s+you|where\s+are\s+you(?:\s+from)?)\W*$",
    _I,
)
_TO_YOU_ZH = re.compile(
    r"^(?:请|那|嗨|你好|您好|嘿)?[，,]?(?:给我|跟我)?(?:你们?|您)?(?:今天|最近|现在|还)?(?:过得|感觉|心情)?(?:怎么样|好吗"
    r"|还好吗|如何|在吗|是谁|几岁|叫什么(?:名字)?|是机器人吗|是人吗|吃了吗|在干(?:嘛|什么|吗))(?:呀|啊|呢|了)?\W*$"
    r"|^(?:请|能|可以|你|给我|给|跟我|再|来)*(?:讲|说|来)(?:一?个|点|些)?(?:笑话|段子|故事|谜语)(?:吧|吗|呗|听听|给我听"
    r"|呢)*\W*$|^(?:唱|跳)(?:一?[首个支段])?(?:歌|舞)(?:吧|呗)?\W*$"
)
_WORLD = re.compile(
    r"^\W*(?:(?:so|hey|and|please|do\s+you\s+know|can\s+you\s+tell\s+me|tell\s+me)\b[,\s]*)*(?:what(?:['’]?s|\s+is|\s+are"
    r"|\s+was)\s+(?:the\s+)?(?:capital|population|currency|president|prime\s+minister|king|queen|flag|time\s+zone|distance"
    r"|square\s+root|speed|boiling\s+point|area|gdp|temperature|weather|meaning|definition|date|time|height|length)"
    r"\b(?:\s+(?:of|in|from|between|now|today|tomorrow|is\s+it|outside|like)\b[^.!]*)?|who\s+(?:invented|discovered|founded"
    r"|(?:is|was)\s+the\s+(?:first|president|king|queen|prime\s+minister|pope|ceo))\b[^.!]*"
    r"|(?:when|where)\s+(?:did|was|were|is|are)\s+(?-i:(?!I\b)[A-Z])[^.!]*"
    r"|how\s+(?:far|tall|high|deep|big|heavy|fast)\s+(?:is|are|away)\s+(?:the\s+(?!\w+\s*\?)"
    r"|(?-i:[A-Z]))[^.!]*|what\s+year\b[^.!]*"
    r"|what\s+time\s+is\s+it\b[^.!]*|is\s+it\s+(?:going\s+to\s+)?rain\w*\b[^.!]*|how\s+many\s+(?:people|countries|planets|days"
    r"|legs|states|continents|miles|kilomet\w+)\b[^.!]*|why\s+is\s+the\s+(?:sky|sea|grass|sun|moon)\b[^.!]*)\W*$",
    _I,
)
_WORLD_ZH = re.compile(
    r"^(?:请问|你知道)?[^，。！？?]{1,12}(?:的首都|的人口|的面积|的总统|的国王)(?:是|有|在)?(?:什么|哪里|哪儿|哪|多少|多大"
    r"|谁)?\W*$|^(?:请问)?(?:今天|明天|现在|后天)?(?:天气|几点|星期几|几号|气温)[^，。！]{0,6}\W*$"
    r"|^(?:是)?谁(?:发明|发现|创立|写)了?[^，。！]{1,12}\W*$|^[^，。！？?]{1,10}(?:有多高|有多远|有多大|是哪一?年)[^，。！]{0,6}\W*$"
)
_CODE = re.compile(
    r"^\s*(?:def\s+\w+\s*\(|class\s+\w+[\s(:{]|import\s+(?:[\w.]+(?:\s+as\s+\w+)?;?\s*$|.*\sfrom\s+['\"])|from\s+[\w.]+\s+import\s|#include\s*[<\"]"
    r"|(?:public|private|static)\s+\w+\s+\w+|function\s+\w*\s*\(|(?:const|let|var)\s+\w+\s*=|SELECT\s.+\sFROM\s|"
    r"(?:for|while|if)\s*\(.*\)\s*\{|print(?:ln|f)?\s*\(|console\.|<\?php|<!DOCTYPE|<html|<div|\{\s*\"|Traceback\s\(most|```)",
)
_CODE_LINE = re.compile(
    r"[{};]\s*$|^\s*(?:return|else|elif|try|except|end|fi|done)\b|\w+\(.*\)\s*;?$|=>|\s==\s|\w\s*[+*/-]?=\s*\w"
)
_WISHED = re.compile(
    r"\b(?:recommend|suggest|gifts?|presents?|buy|sell|price|cost|stock|catalogue|show\s+me|find|need|want|looking|books?"
    r"|films?|movies?|something|anything)\b|推荐|礼物|想买|多少钱|找|想要|书|电影",
    _I,
)


def small_talk(message: str) -> Talk | None:
    """Return which kind of small talk the whole message is, or None where it may ask for something.

    `message` has single spaces only.
    """
    if _ALL_TALK.fullmatch(message) or _ALL_TALK_ZH.fullmatch(message):
        if _BYE.search(message) or _BYE_ZH.search(message):
            return "bye"
        return "thanks" if _THANKS.search(message) or _THANKS_ZH.search(message) else "nothing"
    talks = any(regex.match(message) for regex in (_TO_YOU, _TO_YOU_ZH, _WORLD, _WORLD_ZH))
    return "nothing" if talks and not _WISHED.search(message) else None


def is_code(message: str) -> bool:
    """Return whether the message is only pasted code: its first line begins like code, and all others are code as well."""
    lines = [line for line in message.splitlines() if line.strip()]
    if not lines or not _CODE.match(lines[0]):
        return False
    rest = lines[1:] if len(lines) > 1 else [lines[0]]
    return all(_CODE_LINE.search(line) or _CODE.match(line) for line in rest) or lines[0].startswith("```")
