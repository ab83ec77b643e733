"""Whether the user asked for it: nothing is changed on the word of a model, or of a text the model has read.

Models can be talked into calling tools by what they read, so every call that changes something must find its reason in what the user said.
"""

import re
from collections.abc import Mapping
from typing import Any

from penchant.agent.profiles.readers.stances import own_words, stances, supports
from penchant.store.profile import Polarity

_FLAG = re.IGNORECASE
_FILLER = (
    r"(?:(?:please|completely|all|any|every|everything|anything|the|of|about|that|which|whole|entire|you|know|knew|have|has|stored|learnt"
    r"|learned|info\w*|data|and)\s+){0,9}"
)
_FORGET = re.compile(
    rf"\b(?:forget|erase|delete|remove|wipe|destroy)\s+{_FILLER}"
    r"(?:me\b(?!\s+\w+ing\b)|my\s+(?:(?:whole|entire|own|personal|user)\s+)*(?:data|profile|account|history|information|records?)\b|(?:all|everything)(?:\s+of\s+(?:it|that))?\W*$)"
    r"|(?:忘记|忘掉|忘了|删除|删掉|抹去|清除|清空|销毁)(?:掉)?(?:所有|全部|一切)?(?:关于|有关)?我(?:的?(?:所有|全部|一切)?(?:数据|资料|画像|信息|记录|账号|历史|一切)?)(?:吧|了)?\s*(?:$|[。！!，,.；;])"
    r"|(?:把|将)?(?:所有|全部|一切)?(?:关于|有关)?我的?(?:所有|全部|一切)?(?:数据|资料|画像|信息|记录|账号|历史)(?:都|全|全都|全部)?(?:给我)?(?:删除|删掉|删了|清除|清空|抹去|销毁|忘掉|忘记)(?:掉|了|吧)*\s*(?:$|[。！!，,.；;])",
    _FLAG | re.MULTILINE,
)
_NOT = re.compile(
    r"\b(?:do|did)\s+you\s+$|\b(?:don['’]?t|do\s+not|never|not\s+to|without)\s+(?:\w+\s+){0,2}$|(?:不要|别|不用|请勿)$",
    _FLAG,
)
_EDIT = re.compile(
    r"\b(?:pin|unpin|mute|unmute|hide|show|keep|rename|call|remove|delete|drop|forget|ignore|stop|wrong|correct|not\s+me|fix|change|less|more|again)\b"
    r"|置顶|屏蔽|取消|隐藏|恢复|保留|改名|改成|叫做|删除|删掉|去掉|移除|忽略|停止|不对|错了|修改|更正|少|多",
    _FLAG,
)
_REACTED = re.compile(
    r"\b(?:like[ds]?|love[ds]?|enjoy\w*|hate[ds]?|dislike[ds]?|bought|clicked|opened|saw|watched|read|rate[ds]?|stars?|great|good|bad|boring|awful"
    r"|terrible|perfect|nice|not\s+for\s+me)\b|\d\s*/\s*\d|喜欢|爱|讨厌|不错|很好|好看|难看|无聊|买了|看了|点了|评分|分|星",
    _FLAG,
)
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|ok(?:ay)?|sure|please\s+do|do\s+it|go\s+ahead|right|好的?|是的?|对|可以|行|嗯)\W*(?:please|吧)?\W*$",
    _FLAG,
)
_FIRST_PERSON = re.compile(r"\b(?:i|me|my|mine|i['’]?(?:m|ve|d|ll))\b|我|咱", _FLAG)
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")


def asks_to_be_forgotten(message: str) -> bool:
    """Whether the user, in their own words and not in a quotation, asks that what is known of them be deleted."""
    words = own_words(message)
    found = _FORGET.search(words)
    return found is not None and not _NOT.search(words[: found.start()])


def why_not(name: str, arguments: Mapping[str, Any], message: str, before: str = "") -> str | None:
    """Why a call that changes something is not what the user asked for; None when it is.

    `before`: what was said just before (their message and the answer): it counts when `message` is a bare "yes".
    """
    said = f"{before}\n{message}" if _YES.match(message) else message
    match name:
        case "forget_user":
            return (
                None if asks_to_be_forgotten(message) else "the user did not ask, in their own words, to be forgotten"
            )
        case "edit_interest":
            return _why_no_edit(arguments, said)
        case "give_feedback":
            return None if _REACTED.search(own_words(said)) else "the user has not said how they took an item"
    quoted = [value for value in _texts(arguments) if mentions(said, value)]
    return None if quoted else "nothing of it is in the user's own words"


def mentions(said: str, name: str) -> bool:
    """Whether a word of `name` (its first letters, so that "thriller" finds "thrillers"), or two characters of Chinese, was said."""
    text = own_words(said).casefold()
    if any("\u3400" <= character <= "\u9fff" for character in name):
        pairs = [name[at : at + 2] for at in range(len(name) - 1)] or [name]
        return any(pair in text for pair in pairs)
    stems = [word[: max(4, len(word) - 3)] for word in _WORD.findall(name.casefold())]
    return any(re.search(rf"(?<!\w){re.escape(stem)}", text) for stem in stems)


def _why_no_edit(arguments: Mapping[str, Any], said: str) -> str | None:
    interest = str(arguments.get("interest", ""))
    if not mentions(said, interest):
        return f"the user did not mention {interest!r}: ask them first, or name it in their words"
    if arguments.get("action") == "state":
        polarity: Polarity = "dislike" if arguments.get("text") == "dislike" else "like"
        return (
            None
            if _states(said, interest, polarity)
            else f"the user did not say that they {polarity} {interest!r}, not as a lasting taste"
        )
    return None if _EDIT.search(own_words(said)) else "the user did not ask to change their profile"


def _states(said: str, interest: str, polarity: Polarity) -> bool:
    """A stance the rules can read, or else words of the first person that the rules do not contradict."""
    read = [stance for stance in stances(said) if mentions(stance.label, interest) or mentions(interest, stance.label)]
    if read:
        return any(stance.polarity == polarity for stance in read)
    word = next((word for word in _WORD.findall(interest) if mentions(said, word)), interest)
    sentence = next((one for one in re.split(r"[.!?。！？\n]", said) if mentions(one, word)), "")
    return bool(_FIRST_PERSON.search(sentence)) and supports(sentence, _verbatim(sentence, word), polarity) is not None


def _verbatim(sentence: str, word: str) -> str:
    found = re.search(re.escape(word[: max(4, len(word) - 3)]) + r"\w*", sentence, _FLAG)
    return found.group() if found else word


def _texts(arguments: Any) -> list[str]:
    if isinstance(arguments, str):
        return [arguments]
    parts = arguments.values() if isinstance(arguments, Mapping) else arguments if isinstance(arguments, list) else ()
    return [text for part in parts for text in _texts(part)]
