"""What a user says outright about their own taste, by rule: "I'm off thrillers", 「别再给我推荐恐怖片」.

Careful rather than complete: a statement needs the first person, a verb of taste and an object, in one clause, not negated, not asked, not
wished, not quoted. What someone else likes, what was once liked and what an assistant said states nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from penchant.agent.profiles.readers.stance_patterns import (
    ALLERGIC_ZH,
    ASKS,
    FORMER,
    LEADING,
    NEGATED,
    OBJECT_ENDS,
    OTHERS_TASTE,
    OTHERS_WORDS,
    PRONOUN,
    QUOTED,
    RULES,
    SENTENCE,
)
from penchant.prompts.replies import check_label
from penchant.store.statement import Polarity

MAX_REMARK = 4_000
MAX_OBJECT_WORDS = 6


@dataclass(frozen=True)
class Stance:
    """A stated like or dislike. `span` is verbatim in the remark; `polarity` None: the clause takes a stance back or states none."""

    label: str
    polarity: Polarity | None
    span: str


def own_words(remark: str) -> str:
    """The remark with everything blanked (same length) that is not the user's own: pasted assistant turns, quotations."""
    blanked = OTHERS_WORDS.sub(lambda match: " " * len(match.group()), remark[:MAX_REMARK])
    return QUOTED.sub(lambda match: " " * len(match.group()), blanked)


def stances(remark: str) -> list[Stance]:
    """Every like and dislike stated in `remark`, in order."""
    return [stance for stance in _all_stances(remark) if stance.polarity]


def stance_at(remark: str, span: str) -> Stance | None:
    """What the rules make of the place where `span` stands; None when they have nothing to say about it."""
    place = remark.find(span)
    for stance in _all_stances(remark):
        start = remark.find(stance.span)
        if start < place + len(span) and place < start + len(stance.span):
            return stance
    return None


def supports(remark: str, span: str, polarity: Polarity) -> str | None:
    """The verbatim words of `remark` behind a model's claim that the user states `polarity` in `span`; None when they do not say so.

    The words must be the user's own, about themself, not asked, and not negated into something else.
    """
    words = own_words(remark)
    loosely = r"\s+".join(re.escape(word) for word in span.split())
    found = re.search(loosely, words, re.IGNORECASE) if loosely else None
    if found is None:
        return None
    sentence = next((one.group() for one in SENTENCE.finditer(words) if one.start() <= found.start() < one.end()), "")
    verbatim = remark[found.start() : found.end()]
    stance = stance_at(remark, verbatim)
    if stance is not None:
        return verbatim if stance.polarity == polarity else None
    negated_like = polarity == "like" and NEGATED.search(sentence)
    return None if ASKS.search(sentence) or OTHERS_TASTE.search(sentence) or negated_like else verbatim


def _all_stances(remark: str) -> list[Stance]:
    found: list[Stance] = []
    words = own_words(remark)
    for sentence in SENTENCE.finditer(words):
        if not ASKS.search(sentence.group()):
            found += _in_sentence(remark[sentence.start() : sentence.end()], sentence.group())
    return found


def _in_sentence(original: str, sentence: str) -> Iterator[Stance]:
    """`sentence` is `original` with others' words blanked: rules read the one, spans are cut from the other."""
    former = FORMER.search(sentence)
    once = _object(sentence, former.end())[0] if former else ""
    for match in ALLERGIC_ZH.finditer(sentence):
        liked = "感兴趣" in match[2] and "不" not in match[2]
        yield from _stated(match[1], "like" if liked else "dislike", match.group())
    position = 0
    while (hit := _next_match(sentence, position)) is not None:
        polarity, match = hit
        target, end = _object(sentence, match.end())
        position = max(end, match.end())
        span = original[match.start() : end].strip()
        if polarity is None:
            yield Stance("", None, span or match.group())
        elif PRONOUN.match(target):
            yield from _stated(once, polarity, span)
        else:
            yield from _stated(target, polarity, span)


def _next_match(sentence: str, position: int) -> tuple[Polarity | None, re.Match[str]] | None:
    hits = [(polarity, match) for polarity, pattern in RULES if (match := pattern.search(sentence, position))]
    return min(hits, key=lambda hit: hit[1].start(), default=None)


def _object(sentence: str, start: int) -> tuple[str, int]:
    """What is liked or disliked, and where it ends."""
    end = OBJECT_ENDS.search(sentence, start)
    stop = end.start() if end else len(sentence)
    return sentence[start:stop].strip(), stop


def _stated(target: str, polarity: Polarity, span: str) -> Iterator[Stance]:
    parts = re.split(r"\s+(?:and|or)\s+|、", target)
    for part in parts if all(len(part.split()) <= 3 for part in parts) else [target]:
        name = LEADING.sub("", part.strip())
        try:
            label = check_label(" ".join(name.split()[:MAX_OBJECT_WORDS]))
        except ValueError:
            continue
        yield Stance(label[:1].upper() + label[1:], polarity, span)
