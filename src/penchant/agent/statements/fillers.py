"""Removes the fillers that people put around a statement: "ugh i hate mushrooms lol", 「我从来不做攻略哈哈」.

A "no" that answers somebody ("no i dont eat meat") does not negate what follows, and a laugh at the end is not part
of a subject.
"""

import re

from penchant.agent.statements.sentences import Sentence
from penchant.characters import HAN
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
_WRITER = r"(?:i|we|im|ive|id|i['’]\w+|we['’]\w+)\b"
#: Verbs of an answer to an offer, which says what is wanted now.
_FOR_NOW = r"\s+(?:(?:do\s+not|don['’]?t|really|just|only)\s+){0,2}(?:want|need|have|wish|mean|think|know)\b"
_IN_FRONT = lazy(
    r"(?:(?:ugh+|eww*|bruh+|bro|dude|omg|omfg|lol|lmao|haha\w*|hehe\w*|yeah+|yea|yep|yup|ya|nah+|low-?key|high-?key|ngl|tbh|imh?o|fwiw|pl[sz](?=\s+(?:always|never|only|no|don|do)\b)|um+|uh+|hmm+)\s+"
    rf"|(?:no+|nope|yes|ok|okay|well|sorry|please)\s+(?:no\s+)?(?:not\s+)?(?:(?:this|that)\s+one\s+)?(?={_WRITER})(?!{_WRITER}{_FOR_NOW}))+(?=\w)",
    _I,
)
_AT_END = lazy(
    r"(?:[\s,]+(?:lol|lmao|rofl|xd+|haha\w*|hehe\w*|btw|by\s+the\s+way|tho|tbh|ngl|fr|imo|imho|fyi|rn|so+\s+(?:bad|badly)|soo+\s+much)\b[\s.!?,)]*)+$",
    _I,
)
_IN_FRONT_ZH = lazy(rf"(?:(?:哈{{2,}}|嘻{{2,}}|呜{{2,}}|哎呀?|唉|诶|嗯+|额|呃)[，,\s]*)+(?=[{HAN}])")
_AT_END_ZH = lazy(
    r"[～~，,\s]*(?:哈{2,}|嘻{2,}|呵{2,}|呜{2,}|嘤{2,}|h{3,}|233+|xd+|orz|㗎|喔|噢|耶)+[～~！!。.\s]*$", _I
)
#: Emoji and hearts.
_PICTURES = lazy(r"[\s\u200d\ufe0f\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]+$")


def end_without_fillers(text: str, end: int) -> int:
    """Return where `text[:end]` ends without a laugh or another filler."""
    found = _AT_END.search(text, 0, end)
    return found.start() if found and found.start() > 0 else end


def without_fillers(sentence: Sentence) -> Sentence:
    """Return the sentence without the fillers around it; unchanged if no word would be left."""
    text = _PICTURES.sub("", sentence.text)
    text = _AT_END_ZH.sub("", _AT_END.sub("", text)) or text
    text = _PICTURES.sub("", text)
    front = _IN_FRONT.match(text) or _IN_FRONT_ZH.match(text)
    begin = front.end() if front else 0
    if (begin == 0 and len(text) == len(sentence.text)) or not any(map(str.isalpha, text[begin:])):
        return sentence
    return Sentence(text[begin:], sentence.start + begin, sentence.start + len(text), sentence.whole)
