"""Finds stories, letters and code that a message asks for or consists of.

What follows them is not about the writer; what stands before them may be ("small talk drains me, can you write the
e-mail").
"""

import re

from penchant.agent.statements.asked_behind import start_of_asking
from penchant.agent.statements.sentences import Sentence, is_chinese
from penchant.lazy_patterns import lazy

_I = re.IGNORECASE
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
_MATERIAL = lazy(
    r"^\s*(?://|/\*|<!--|#!|echo\s+[\"']|git\s+(?:commit|push|log)\b)|^\s*(?:dear\s+(?:sir|madam|mr|ms|mrs|dr|hiring|team|all|colleagues?)\b|to\s+whom\s+it\s+may|尊敬的|敬爱的)|^\s*(?:import\s+\w+\s+as|from\s+\w+\s+import|#include|select\s+.+\s+from)\b|^\s*(?:const|let|var|def|import|function|public|return|print)\s*[\w(]+\s*[=({]|;\s*//",
    _I,
)
#: Texts that people need for themselves, unlike stories.
_OF_DAILY_LIFE = lazy(r"\b(?:e-?mail|message|letter|text|reply|note|review|card|speech|profile|bio|post|toast)\b", _I)


def before_text_asked_for(sentence: Sentence) -> tuple[Sentence | None, bool]:
    """Return what stands before a text that is asked for, if anything, and whether what follows is still the writer's."""
    asked_for = FICTION.search(sentence.text) or _MATERIAL.search(sentence.text)
    if asked_for is None:
        return sentence, True
    asks = None if is_chinese(sentence.text) else start_of_asking(sentence.text)
    if asks is None or not _OF_DAILY_LIFE.search(sentence.text, asks):
        return None, False
    if FICTION.search(sentence.text, 0, asks) or _MATERIAL.search(sentence.text, 0, asks):
        return None, False
    return Sentence(sentence.text[:asks], sentence.start, sentence.start + asks, sentence.whole), False
