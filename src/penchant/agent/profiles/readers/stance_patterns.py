"""How people say in English and in Chinese that they like or dislike something, and how they take it back: data for `stances`."""

import re

from penchant.store.statement import Polarity

_VERY = r"(?:(?:really|truly|absolutely|just|also|still|so|totally|always|quite|simply|do|definitely|actually|now|am|'m)\s+)*"
_I = r"\bi(?:\s+|(?=['’]m\b))"
_AM = rf"(?:{_I}(?:am|['’]m)\s+{_VERY})"
_NO = r"(?:don['’]?t|do\s+not|never|no\s+longer|can['’]?t|cannot|can\s+not|didn['’]?t|doesn['’]?t)"
# First match wins: what takes a stance back stands before what takes one.
_EN: tuple[tuple[Polarity | None, str], ...] = (
    (None, rf"{_I}(?:\w+\s+)?{_NO}\s+{_VERY}(?:hate|dislike|mind|detest|say|said|think|love|know)"),
    (
        None,
        rf"\b(?:not|never|don['’]?t)\s+(?:that|say|said|mean|think|believe)\b[^.!?]*?{_I}{_VERY}(?:{_NO}\s+)?(?:love|like|hate|dislike)",
    ),
    (
        None,
        rf"{_I}(?:used\s+to|once|would|['’]d|might|may|could|should)\s+(?:\w+\s+)?(?:love|like|enjoy|hate|prefer|dislike)",
    ),
    (None, rf"{_AM}not\s+(?:(?:saying|sure)\b|(?:\w+\s+)?(?:sick|tired|done|off|allergic|against)\b)"),
    (None, rf"\bif\s+{_I}{_VERY}\w+"),
    ("dislike", rf"{_I}{_VERY}(?:hate|dislike|detest|loathe|despise|avoid)\s+"),
    (
        "dislike",
        rf"{_I}(?:really\s+|just\s+)?{_NO}\s+{_VERY}(?:like|enjoy|want(?:\s+to\s+(?:see|read|watch|buy|hear))?|stand|bear|care\s+for|need)\s+",
    ),
    (
        "dislike",
        rf"{_AM}(?:no\s+longer|not|never)\s+(?:\w+\s+)?(?:into|interested\s+in|fond\s+of|keen\s+on|an?\s+(?:\w+\s+)?fan\s+of)\s+",
    ),
    (
        "dislike",
        rf"{_AM}(?:sick\s+of|tired\s+of|fed\s+up\s+with|bored\s+(?:of|with)|done\s+with|through\s+with|over|off|allergic\s+to|against)\s+",
    ),
    ("dislike", r"\b(?:not\s+(?:\w+\s+)?(?:an?\s+)?(?:\w+\s+)?(?:fan\s+of|into|keen\s+on))\s+"),
    (
        "dislike",
        r"\b(?:stop|quit)\s+(?:showing|sending|recommending|suggesting|giving)\s+(?:me\s+)?(?:any\s+|more\s+)*",
    ),
    (
        "dislike",
        r"\b(?:don['’]?t|do\s+not|never)\s+(?:show|send|recommend|suggest|give)\s+(?:me\s+)?(?:any\s+|more\s+)*",
    ),
    ("dislike", r"(?:^[ \t]*|(?<=[,;]\s)|\bplease,?\s+)no\s+more\s+"),
    ("like", rf"{_I}{_VERY}(?:love|like|enjoy|adore|prefer|collect)\s+"),
    (
        "like",
        rf"{_AM}(?:into|(?:fond|an?\s+(?:\w+\s+)?(?:fan|lover))\s+of|crazy\s+about|mad\s+about|obsessed\s+with|keen\s+on|interested\s+in|passionate\s+about|hooked\s+on)\s+",
    ),
    ("like", r"\bmy\s+fav(?:ou?rite)?(?:\s+\w+){0,2}\s+(?:is|are)\s+"),
)
_ADV_ZH = r"(?:真的|真|很|非常|特别|超级|超|最|一直|都|也|就|还是|比较|更|其实|现在|已经|实在|从来|平时|最近|尤其)*"
_ZH: tuple[tuple[Polarity | None, str], ...] = (
    (None, rf"我(?:{_ADV_ZH})(?:并?不|没有?|从不)(?:是|算)?(?:不|很|太|特别)?(?:讨厌|反感|不喜欢|厌恶)"),
    (None, r"我(?:以前|曾经?|过去|小时候|原来|本来|之前)[^，。！？,.!?]{0,4}(?:喜欢|爱|讨厌)"),
    (None, rf"(?:如果|要是|假如)我{_ADV_ZH}(?:喜欢|讨厌|爱)"),
    (
        "dislike",
        rf"我{_ADV_ZH}(?:并?不(?:太|怎么|再|是很)?(?:喜欢|爱|想(?:再)?(?:看到?|听|买|吃|要|读|玩|收到))|讨厌|反感|厌恶|厌倦了?|受不了|烦透了?|看腻了?|吃腻了?|听腻了?|戒了)",
    ),
    ("dislike", r"(?:请)?(?:不要|别|不用|停止)(?:再)?(?:给我|向我|跟我)?(?:推荐|推送|推|看到?|发)(?:任何|更多|什么)?"),
    ("dislike", r"(?<![他她它们人])(?:不想|不要|不用)(?:再)?(?:看到?|听|买|收到)(?:任何|更多)?"),
    ("like", rf"我{_ADV_ZH}(?:喜欢|热爱|喜爱|爱|迷上了?|钟爱|偏爱|痴迷于?|着迷于?)(?:的是)?"),
    ("like", r"我最(?:喜欢|爱)的[^，。！？,.!?]{0,6}是"),
)
_FLAG = re.IGNORECASE
RULES = [(polarity, re.compile(pattern, _FLAG)) for polarity, pattern in (*_EN, *_ZH)]
ALLERGIC_ZH = re.compile(
    rf"我?{_ADV_ZH}对([^，。！？,.!?\s]{{1,12}}?)(过敏|没(?:有)?兴趣|不感兴趣|(?:很|非常|特别)?感兴趣)"
)
SENTENCE = re.compile(r"[^.!?。！？;；\n]+[.!?。！？;；]*")
OTHERS_WORDS = re.compile(
    r"^[ \t]*(?:assistant|system|bot|ai|chatgpt|claude|model|tool|助手|系统|机器人|客服)\s*[:：].*?"
    r"(?=^[ \t]*(?:user|me|human|用户|我)\s*[:：]|\Z)",
    _FLAG | re.MULTILINE | re.DOTALL,
)
QUOTED = re.compile(r"\"[^\"\n]*\"|“[^“”\n]*”|「[^「」\n]*」|『[^『』\n]*』|^[ \t]*>.*$", re.MULTILINE)
OBJECT_ENDS = re.compile(
    r"\s+(?:because|but|since|when|while|if|so|although|though|except|unless|anymore|any\s+more|lately|recently|these\s+days|right\s+now|now|too|as\s+well|please|for|at\s+all|a\s+lot|very\s+much|and\s+(?:i|my|the\s+\w+\s+is|it|we))\b"
    r"|[,，。.!！?？;；:：\n()（）\"“”]|[—–]|\s-\s|(?:但是?|因为|所以|不过|而且|和我|了$|啊|吧|呢|哦|的时候)",
    _FLAG,
)
PRONOUN = re.compile(
    r"^(?:it|them|that|this|those|these|him|her|you|things?|to|how|what|the\s+(?:idea|way|fact)|它们?|这个?|那个?|这些|那些|什么|你|他们?|她们?)\b|^(?:它|这|那|什么|你|他|她)",
    _FLAG,
)
LEADING = re.compile(
    r"^(?:(?:the|a|an|any|all|some|more|most|to\s+see|watching|reading|seeing|playing|listening\s+to)\s+(?=\S)|(?:看|听|吃|买|读|玩|任何)\s*(?=\S))",
    _FLAG,
)
ASKS = re.compile(r"[?？]\s*$|^\s*(?:do|does|did|should|would|could|what|which|why|how|am)\s+i\b", _FLAG)
FORMER = re.compile(
    rf"(?:{_I}used\s+to\s+(?:really\s+)?(?:love|like|enjoy)|我(?:以前|曾经?|过去|原来|之前){_ADV_ZH}(?:喜欢|爱)(?:看|听)?)\s*",
    _FLAG,
)
NEGATED = re.compile(
    r"\b(?:not|no|never|none|without|hate|dislike|stop|avoid|off|against)\b|n['’]t\b|[不没别]|讨厌|反感|过敏", _FLAG
)
OTHERS_TASTE = re.compile(
    r"\b(?!i\b)\w+\s+(?:really\s+|also\s+)?(?:loves|hates|likes|enjoys|prefers|adores|dislikes|wants)\b|\b(?:they|you|we|people|kids|friends)\s+(?:love|hate|like|enjoy|prefer)\b"
    r"|(?:我(?:的)?(?:妈妈?|爸爸?|老婆|老公|丈夫|妻子|女儿|儿子|孩子|朋友|同事|奶奶|爷爷|姐姐?|弟弟?|哥哥?|妹妹?|女友|男友)|他们?|她们?|你们?|大家)[^，。！？]{0,6}(?:喜欢|讨厌|爱|想要)",
    _FLAG,
)
