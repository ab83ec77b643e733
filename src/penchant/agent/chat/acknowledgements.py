"""What an answer says of a statement that was written down: what was meant, and what is no longer so."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from penchant.agent.chat.own_word import Stance
from penchant.agent.chat.toolbox import told_by_rule
from penchant.agent.statements.changes_en import FORGET
from penchant.agent.statements.reading_zh import FORGET as FORGET_ZH
from penchant.prompts.locales import Translator

_ALLERGY_BEFORE = re.compile(
    r"(?:allergic|allerg(?:y|ies))\s+to\s+(?P<rest>[^.;!?]*)|对(?P<zh>[^。；！？]*?)过敏", re.IGNORECASE
)
_TURNS = re.compile(r"\b(?:i|we|my|never|don['’]?t|can['’]?t|but)\b|我|但|不", re.IGNORECASE)
_NAMED_BY_IT = re.compile(r"(?:allerg(?:y|ies)|intolerance|intolerant|sensitivity|过敏|不耐受?)$", re.IGNORECASE)


def acknowledged(stance: Stance, result: Mapping[str, Any], language: str) -> str:
    """One line. `result`: of the edit that kept it, or why nothing was kept."""
    say = Translator(language, "chat")
    if stance.retracts and result.get("error"):
        return say("not_known" if FORGET.match(stance.text) or FORGET_ZH.match(stance.text) else "nothing_ended")
    if "error" in result:
        return told_by_rule("edit_interest", {}, result, language)
    return "\n".join(
        [*_stated(stance, result, say), *(say("noted_ended", text=text) for text in result.get("ended", ()))]
    )


def _stated(stance: Stance, result: Mapping[str, Any], say: Translator) -> Iterator[str]:
    """What stands from now on; nothing where a word only ends another."""
    if stance.retracts:
        return
    name = _phrase(stance)
    what = stance.label[:1].lower() + stance.label[1:]
    values = {"what": what, "many": "yes" if what.endswith("s") else "no", "text": stance.text}
    if stance.whom:
        whose = stance.whom.removeprefix("for ").partition(" ")[2] or stance.whom.removeprefix("为")
        yield say("noted_for", who=whose, noted=say(name, **values))
    elif name == "is_taste":
        yield say(
            "noted", stance=say("not_like" if stance.polarity == "dislike" else "like"), interest=result["interest"]
        )
    else:
        yield say("noted_need", noted=say(name, **values)) if name != "noted_words" else say(name, **values)


def _phrase(stance: Stance) -> str:
    """How what is stated is named: as an allergy, as what must not be, by the sentence, or as a taste."""
    if stance.kind == "avoid" and stance.strict:
        if _NAMED_BY_IT.search(stance.label):
            return "is_need"
        return "is_allergy" if _is_allergy(stance) else "is_avoided"
    if stance.whom:
        return "is_need"
    return "is_taste" if stance.is_taste else "noted_words"


def _is_allergy(stance: Stance) -> bool:
    """Whether the sentence says so of this very thing, and not of another one in it."""
    for found in _ALLERGY_BEFORE.finditer(stance.text):
        named = found["rest"] or found["zh"] or ""
        before, known, _ = named.casefold().partition(stance.label.casefold())
        if known and not _TURNS.search(before):
            return True
    return bool(re.search(re.escape(stance.label) + r"(?:严重|会)?过敏", stance.text))
