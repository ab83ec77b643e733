"""Finds where a question or request begins that follows a statement, and where a requested text or a pasted mail begins.

Examples: "dentists terrify me, how do I get through this", "big on strong tea so which brand", "small talk drains me, can
you write the e-mail". A requested story, letter or code is not about the writer; the words before it may be. Nor is a mail
of somebody that is pasted.
"""

import re
from collections.abc import Iterator

from penchant.agent.statements.sentences import BLANK, Sentence, is_chinese
from penchant.characters import HAN
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
#: Emoji.
_EMOJI = r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\s\u200d\ufe0f\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]*+"
#: Separators of clauses: a punctuation mark, an emoji, a laugh or a polite word.
_SEPARATOR = (
    rf"(?:\s*[,;:.–—)]+\s+|\s+-+\s+|\s*{_EMOJI}|[\s,]+(?:lol|lmao|haha\w*|tbh|btw|pls|plz|please|thanks|thx)[\s,.!]+)"
)
_LED = r"(?:(?:and|so|but|then|anyway|also|well|ok|okay|btw|pls|plz|please|hence|now|plus)[\s,]+)*"
#: Beginnings of questions: auxiliaries before what is asked about, and question words.
_NO_THING = (
    r"(?!(?:all|always|my|mine|not|never|what|why|how|been|too|so|just|because|since|more|one|still|nothing|no)\b)"
)
_WHO = r"(?:i|you|we|it|there|they|he|she|the|this|that|these|those|an?|any\w*|some\w*|my|our)\b"
_AUX = rf"(?:(?:is|are|does|do)\s+{_NO_THING}(?=\w+\s+\w|it\b)|(?:can|could|should|would|will|has|have|did|was|were|may|shall)\s+{_WHO})"
_WH = (
    r"(?:what(?!\s+(?:i|we|a|an)\b|\s+with\b)|who(?!\s+(?:i|we)\b)|whose|why|how(?!\s+(?:i|we|ever)\b)"
    r"|which(?!\s+(?:i|we|is\s+why|means|makes|i['’]\w+)\b)|where(?=\s+(?:is|are|can|could|do|does|should|would|will|to|from|else|in)\b|['’]?s\b)"
    r"|when(?=\s+(?:is|are|can|could|do|does|should|will)\b|['’]s\b))\b"
)
_TELL = r"(?:(?:give|show|tell|send|find|text|email|help|make|teach|remind)\s+(?:me|us)|recommend|suggest)\b"
_REQUEST = (
    r"(?:suggestions?|ideas?|tips|show\s+(?:the|only|just)|find\s+(?:a|an|the|some|something)"
    r"|any(?!\s+(?:more|other\s+way|longer|day|time)\b|\s+[\w'’-]+(?:\s+[\w'’-]+){0,2}\s+(?:must|has\s+to|have\s+to|needs?\s+to|should|will\s+do|goes|suits|works|is\s+(?:fine|ok|okay|good))\b)"
    r"|got\s+any|(?:plan|list|sort|filter|rewrite|redo|fix|cross|forget\s+about|compare|translate|explain|swap|replace|take)\s+(?:the|those|these|it|them|that|this|me|out|a|an|my|for|by)|rewrite|redo"
    r"|(?:ask|check|look)\s+(?:me|if|whether)|(?:need|want)\s+(?:ideas|tips|help|advice|suggestions|recommendations|recs)|something\s+(?:with|without|for|like|else)|(?:more|best|good|other)\s+(?:of|ones?|options?|ideas?)\b)\b"
)
_ASKS = lazy(
    rf"(?:{_SEPARATOR}{_LED}|\s+(?:so|but)\s+{_LED})(?=(?:{_WH}|{_AUX}|{_TELL}|{_REQUEST}))|\s+and\s+{_LED}(?=(?:{_WH}|(?:can|could|do|would|will)\s+you\b|{_TELL}))",
    _I,
)
#: A question of a few words without a verb, with a question mark at the end.
_VERBLESS_QUESTION = lazy(
    rf"(?:{_SEPARATOR}|\s+so\s+){_LED}(?=(?!(?:i|we|i['’]\w+|my|or|and|though|too\s*\?|right|correct|true|yes|no|yeah|eh|huh|innit|ok|okay|remember|see|get\s+it|is\s+(?:it|that|he|she)|isn['’]?t|doesn['’]?t|aren['’]?t|don['’]?t)\b)[\w'’£$€-]+(?:\s+[\w'’£$€-]+){{0,7}}\s*\?+[\s)]*$)",
    _I,
)
#: Greetings and fillers before a question, which are no clause.
_GREETING = lazy(r"(?:ok|okay|hi|hey|hello|yes|no|so|well|please|sorry|thanks|thank\s+you|\W)*$", _I)
#: The fewest characters that a statement before a question has.
MIN_LENGTH = 6
#: A statement that begins like a question: "what I favour is linen", "where I live, in the hills, …".
LIKE_QUESTION = lazy(
    r"(?:what|who|when)\s+(?:(?:really|always|most|usually)\s+)*(?:(?:i|we)(?:['’]d)?\s|\w+s\s+(?:me|my)\s)[^?]*?\s(?:is|are)\s[^?]+(?:$|[.!?]\s|,\s)|where\s+(?:i|we)\s+live[,\s]",
    _I,
)


def request_starts(text: str) -> Iterator[int]:
    """Yield each position where a question or request may begin after a clause that may be a statement."""
    for found in (
        *_ASKS.finditer(text, MIN_LENGTH),
        *_VERBLESS_QUESTION.finditer(text, MIN_LENGTH),
    ):
        if not _GREETING.match(text[: found.start()]):
            yield found.start()


def first_request_start(text: str) -> int | None:
    """Return where the first question or request begins after a clause that may be a statement; None without one."""
    return min(request_starts(text), default=None)


#: A role to play or a text to invent: whatever follows are a character's words.
FICTION = lazy(
    r"\b(?:role-?\s?play|pretend|imagine|act\s+(?:as|like)|play\s+the\s+(?:part|role)|you\s+are\s+(?:a|an|now|the)|take\s+on\s+the\s+role|in\s+character|persona)\b"
    r"|(?<!learn to )(?<!learn how to )(?<!love to )(?<!want to )(?<!hope to )(?<!goal is to )(?<!ambition to )(?<!ambition is to )(?<!like to )(?<!trying to )(?<!going to )(?<!gonna )(?<!wanna )(?<!decided to )(?<!determined to )(?<!dreamed to )(?<!planning to )(?<!plan to )(?<!dream is to )(?<!aspire to )(?<!hoping to )(?<!intend to )(?<!aim is to )(?<!plan is to )(?<!aiming to )\b(?:write|compose|draft|create|generate|invent|tell|make\s+up|continue|give\s+me|come\s+up\s+with)\b[^.!?\n]{0,60}\b(?:story|tale|novel|chapter|scene|dialogue|conversation|monologue|script|screenplay|play|poem|haiku|limerick|sonnet"
    r"|song|lyrics|rap|character|joke|speech|diary|letter|e-?mail|message|text|tweet|post|review|caption|bio|profile|blog|article|essay|ad|slogan|testimonial|cover\s+letter|sentences|examples?|quotes?|paragraph|toast|card)\b"
    r"|\b(?:in|of|for|to)\s+(?:my|the|a|this|our)\s+(?:story|novel|script|song|poem|film|movie|game|play|book|fanfic|screenplay|essay|text)\b.{0,40}\b(?:says?|thinks?|narrator|hero|character|queen|king|detective|villain|is|admits?)\b"
    r"|\b(?:let['’]?s|shall\s+we|can\s+we|(?:do\s+you\s+)?(?:wanna|want\s+to))\s+(?:play|do)\s+(?:an?\s+)?(?:(?:round|game)\s+of\s+)?(?:twenty\s+questions|20\s+questions|charades|i\s+spy|hangman|riddles?|would\s+you\s+rather|trivia|guessing|guess\s+who|make[\s-]believe|a\s+game\s+(?:where|in\s+which))|^(?:riddle\b|guess\s+(?:who|what)\s+i\s+am)"
    r"|\bfor\s+example\s*:|\bas\s+an\s+example\b|\bthe\s+(?:sentence|phrase|word|example|quote|(?<!draw the )(?<!drew the )line|lyric|speaker|narrator|character|hero|heroine|protagonist)\b"
    r"|扮演|演(?:一下|一段|一个|个)|假装|想象(?:一下)?(?:我|你|自己)|角色(?:扮演|设定|卡|名)|(?:什么|个|新|的)角色$|饰演|主角|主人公|主语|反派|(?:^|帮我|帮忙|请|给我|替我|你|能不能|想让你)(?:写|编|讲|创作|生成|来)(?![^，。！？\n]{0,6}(?:时候?|的时候|完|里)[，,])(?:一?[个篇首段份条则封张句]|个|篇|首|段)?[^，。！？\n]{0,16}(?:故事|小说|诗|歌(?!手)|歌词|对话|剧本|台词|文案|朋友圈|作文|日记|信|邮件|评论|简历|介绍|广告语?|标语|口号|寓言|童话|神话|独白|顺口溜|贺词|情书|检讨|笑话|演讲|留言|微博|小红书|人物|角色|段子|文章)"
    r"|来段|为题|第一人称|启事|[用成写]文言文|模仿|你(?:现在)?是(?:一[个名位只]|个|我的)|我是[^，。]{1,10}[，,]你(?:是|来|就|演|当|扮|做)|你(?:是|来当|演|当|扮)[^，。]{1,10}[，,]我(?:是|来当|演|当|扮)|^(?:从前|很久很?久?以前|古时候)|有个故事|故事背景|甲[:：说]|乙[:：说]",
    _I,
)
#: A letter or code, which is not about the writer.
_LETTER_OR_CODE = lazy(
    r"^\s*(?://|/\*|<!--|#!|echo\s+[\"']|git\s+(?:commit|push|log)\b)|^\s*(?:dear\s+(?:sir|madam|mr|ms|mrs|dr|hiring|team|all|colleagues?)\b|to\s+whom\s+it\s+may|尊敬的|敬爱的)|^\s*(?:import\s+\w+\s+as|from\s+\w+\s+import|#include|select\s+.+\s+from)\b|^\s*(?:const|let|var|def|import|function|public|return|print)\s*[\w(]+\s*[=({]|;\s*//",
    _I,
)
#: Texts that people need for themselves, unlike stories.
_PERSONAL_TEXT = lazy(r"\b(?:e-?mail|message|letter|text|reply|note|review|card|speech|profile|bio|post|toast)\b", _I)


def without_requested_text(sentence: Sentence) -> tuple[Sentence | None, bool]:
    """Return the part of the sentence before a requested text, if any, and whether the next sentences are the writer's own.

    The next sentences are the writer's own only where no text is requested.
    """
    requested = FICTION.search(sentence.text) or _LETTER_OR_CODE.search(sentence.text)
    if requested is None:
        return sentence, True
    asks = None if is_chinese(sentence.text) else first_request_start(sentence.text)
    if asks is None or not _PERSONAL_TEXT.search(sentence.text, asks):
        return None, False
    if FICTION.search(sentence.text, 0, asks) or _LETTER_OR_CODE.search(sentence.text, 0, asks):
        return None, False
    return Sentence(sentence.text[:asks], sentence.start, sentence.start + asks, sentence.whole), False


#: The lines above the text of a mail. Below: the line from which on a message is a mail of somebody: a sender (beside a subject, or an
#: address), "On Monday, Ada wrote:", or the mark of a forwarded mail.
_MAIL_HEAD = lazy(
    r"\s*(?:(?:(?:from|to|subject|sent|date|cc|fwd|re):|(?:发件人|寄件人|收件人|主题)[:：])[^\n]*\n\s*)+", _I
)
_HEAD_LINE = r"(?:subject|sent|date|cc|bcc|betreff|gesendet|datum|主题|发送时间|日期)[ \t]?[:：]"
_SENDER, _SUBJECT = (
    r"[ \t]*+(?:from|von|发件人|寄件人)[ \t]?[:：]",
    r"[ \t]*+(?:subject|sent|betreff|gesendet|主题|发送时间)[ \t]?[:：]",
)
_MAIL_OF_OTHER = lazy(
    rf"\A\s*+{_SENDER}[^\n]*+\n[ \t]*+{_HEAD_LINE}|^{_SENDER}[^\n@]{{0,200}}(?:@[^\n]*+\n|\n(?:[^\n]{{1,200}}\n){{0,3}}?{_SUBJECT})"
    rf"|^{_SUBJECT}[^\n]*+\n(?:[^\n]{{1,200}}\n){{0,3}}?{_SENDER}|^(?:on|am)\b[^\n]{{3,160}}\n?[^\n]{{0,80}}\b(?:wrote|schrieb[^\n]{{0,60}})[ \t]?:[ \t\r]*+$|^[^\n]{{2,120}}写道[：:][ \t\r]*+$"
    r"|^[-_ \t]{2,}(?:(?:original|forwarded)\s+message|原始邮件|转发(?:的)?邮件)\b|^begin\s+forwarded\s+message\b",
    _I | re.MULTILINE,
)
#: A sender alone above the text, as in a note of one's own; not the first field of a form ("From: Leeds", "To: York").
_NOTE_HEAD = lazy(rf"\A\s*+{_SENDER}[^\n]*+\n(?![ \t]*+[^\W\d][^\W\d \n]{{0,15}}+[ \t]?[:：])", _I)
#: The first line of a letter to whoever serves its writer, which is the writer's own: "Dear shop,", 「客服您好：」.
_TO_WHO_SERVES = lazy(
    rf"\A\s*+(?:(?:dear|hi|hello|hey)\s(?:[\w&'’.-]+[ ]){{0,3}}?(?:\w*(?:shop|store|market)|team|support|(?:customer[ ])?(?:services?|care)|staff|restaurant|caf[eé]"
    rf"|hotel|library|concierge|help[ -]?desk)|(?:亲爱的|尊敬的|敬爱的)?[{HAN}]{{0,4}}(?:客服|店家|店主|店长|商家|卖家|掌柜的?|团队|商店|书店|小店|平台|助手|管家|工作人员)[，,]?(?:[你您]们?好)?)"
    r"[ \t]?[,!:，：！][ \t\r]*+$",
    _I | re.MULTILINE,
)
#: Asks to do something with a mail or letter, which then is that of somebody.
_ASKS_OF_MAIL = lazy(
    r"\b(?:answer|reply|replies|respond|response|write\s+back|forward(?:ed)?|draft|template|example)\b"
    r"|\b(?:this|the\s+following)\s+(?:e-?mail|mail|letter|message|note|text|customer|complaint|request|guest|client)\b|\b(?:he|she|they)\s+(?:wrote|writes|sent)\b"
    r"|回复|回信|怎么回|转发|[这下](?:封|面|位|条)|模板|例文|[他她]写",
    _I,
)
#: The first and last lines of a letter: a greeting by name, and a name after the regards.
_LETTER_BEGINS = lazy(
    rf"^[ \t]*+(?:(?:[Dd]ear|[Hh]i|[Hh]ello|[Hh]ey|Liebe[r]?|Hallo)\s(?!(?:There|All|Everyone|Assistant|Penchant|Claude|Chat|GPT|Gemini|Bot|AI)\b)(?:[A-Z][\w.'’-]*+[ ]?){{1,3}}|(?:亲爱的|尊敬的|敬爱的)[{HAN}]{{1,8}}|[{HAN}]{{1,4}}(?:先生|女士|老师|经理|同学)?[，,]?[你您]好)[ \t]?[,!:，：！][ \t\r]*+$",
    re.MULTILINE,
)
_LETTER_ENDS = lazy(
    rf"^[ \t]*+(?:(?:[Bb]est|[Kk]ind(?:est)?|[Ww]arm(?:est)?|[Mm]any|[Yy]ours|[Ss]incerely|[Rr]egards|[Tt]hanks|[Cc]heers|[Ll]ove|[Tt]ake care|[Ss]ee you|Viele|Liebe|Grüße|LG)(?:[ ][a-zA-Zü]+){{0,3}}[,.!]?|此致|敬礼|祝[{HAN}]{{1,8}}[！!。]?|谢谢[！!。]?)[ \t\r]*+\n\s*+(?:敬礼[！!。]?\s*+)?(?:[A-Z][\w.'’-]*+(?:[ ][A-Z][\w.'’-]*+){{0,2}}|[{HAN}]{{1,4}})[ \t\r]*+$",
    re.MULTILINE,
)


def without_mails(text: str) -> str:
    """Return the text with mails and letters of somebody blanked, and of the writer's own the lines above its text.

    A note under a sender's name alone, and a letter to a shop, are the writer's own unless something is asked of them.
    """
    is_asked_of = bool(_ASKS_OF_MAIL.search(text))
    if found := _MAIL_OF_OTHER.search(text) or (_NOTE_HEAD.match(text) if is_asked_of else None):
        text = blanked_in(text, found.start(), len(text))
    if (greeting := _TO_WHO_SERVES.match(text)) and not is_asked_of:
        return blanked_in(text, 0, greeting.end())
    begins = _LETTER_BEGINS.search(text)
    ends = [found.end() for found in _LETTER_ENDS.finditer(text, begins.end())] if begins else []
    if begins and ends:
        text = blanked_in(text, begins.start(), ends[-1])
    head = _MAIL_HEAD.match(text)
    return blanked_in(text, 0, head.end() if head else 0)


def blanked_in(text: str, start: int, end: int) -> str:
    """Return the text with its characters from `start` to `end` blanked, except line breaks."""
    return text[:start] + "".join("\n" if c == "\n" else BLANK for c in text[start:end]) + text[end:]
