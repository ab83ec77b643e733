"""Explanations written by a language model: it gets a closed set of facts for a whole list in one call, and its text is checked against
them.

Every sentence that says more than the facts is dropped; if nothing is left, the item's reason is written by rule. The model's
citations are not trusted: a reason cites those of its own facts that the model named, and those that its words come from.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from penchant.agent.llm.model import LanguageModel, token_counter
from penchant.agent.llm.structured_output import Completion, complete
from penchant.agent.recommend.explanations.facts import Fact, closed_facts
from penchant.agent.recommend.explanations.rule_explainer import Explained, Explainer, Facts, RuleExplainer, by_rule
from penchant.agent.recommend.explanations.verification import verify
from penchant.network.deadline import remaining, time_limit
from penchant.prompts.budget import batches
from penchant.prompts.contexts import Explain, PromptItem
from penchant.prompts.fence import neutralise
from penchant.prompts.locales import Translator
from penchant.prompts.remarks import remark
from penchant.prompts.render import render
from penchant.prompts.replies import ExplainedReply, explain_reply
from penchant.store.receipt import Degraded, Usage
from penchant.store.recommendation import Explanation

if TYPE_CHECKING:
    from penchant.settings import Settings

STEP = "explain"
#: Items in one call: a whole list of usual length for a server, where each call costs money. A local call is free, and a model small enough
#: to run locally confuses the items of a list: with five at once, three of five reasons were about another item (Qwen2.5-Coder 1.5 B).
ITEMS_PER_CALL, ITEMS_PER_LOCAL_CALL = 10, 1
SENTENCES = 2
TITLE_LENGTH = 120
#: Tokens of a reply for each item and for the rest of the reply, and of a prompt without its facts.
ITEM_REPLY, ANY_REPLY, FRAME = 90, 40, 320
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"«])|(?<=[。！？])(?!$)")
_FENCES = str.maketrans({"«": "“", "»": "”"})


@dataclass(frozen=True)
class _Batch:
    """The content of one call: some items of the list, and the facts about each of them."""

    listed: tuple[Facts, ...]
    closed: tuple[tuple[Fact, ...], ...]

    @property
    def facts(self) -> list[Fact]:
        """Every fact once, in the order of numbering. Titles are left out: they stand beside the facts of each item."""
        return list(dict.fromkeys(fact for facts in self.closed for fact in facts if fact.cite.item_field != "title"))


def open_explainer(model: LanguageModel | None, settings: "Settings") -> Explainer:
    """Return the best explainer for `model`. A model too small to write without inventing writes no sentences."""
    if model is None or model.profile.tier != "name":
        return RuleExplainer()
    return LlmExplainer(model, settings)


class LlmExplainer:
    """Has one language model write the reasons. Thread-safe if the model is."""

    def __init__(self, model: LanguageModel, settings: "Settings") -> None:
        self.model, self.settings = model, settings
        self.count = token_counter(model)

    def explain(self, listed: Sequence[Facts], language: str) -> Explained:
        """Return one explanation for each item; by rule where the model's text is not supported by the facts."""
        explanations: list[Explanation] = []
        usage, degraded = Usage(), list[Degraded]()
        with time_limit(self.settings.recommend.llm_seconds):
            for batch in self._batches(listed, language):
                done = self._ask(batch, language) if remaining() > 0 else self._too_late()
                usage += done.usage
                degraded += done.degraded
                explanations += _checked(batch, done.value, language)
        by_rules = sum(explanation.source == "rule" for explanation in explanations)
        why = "; ".join(dict.fromkeys(step.reason for step in degraded)) or remark("not_in_facts")
        lost = (
            (Degraded(step=STEP, reason=remark("reasons_by_rule", count=by_rules, all=len(listed), why=why)),)
            if by_rules
            else ()
        )
        return Explained(tuple(explanations), usage, lost)

    def _too_late(self) -> Completion[ExplainedReply]:
        seconds = self.settings.recommend.llm_seconds
        return Completion(None, degraded=(Degraded(step=STEP, reason=remark("no_time_left", seconds=f"{seconds:g}")),))

    def _batches(self, listed: Sequence[Facts], language: str) -> Iterator[_Batch]:
        """Split the list into as few calls as the model's context allows."""
        closed = [tuple(closed_facts(facts, language)) for facts in listed]
        each = max((sum(self.count(fact.text) + 4 for fact in facts) for facts in closed), default=1)
        room = (self.model.profile.context_tokens - FRAME - ANY_REPLY) // (each + ITEM_REPLY)
        most = ITEMS_PER_LOCAL_CALL if self.model.profile.provider == "local" else ITEMS_PER_CALL
        for part in batches(len(listed), max(1, min(most, room))):
            yield _Batch(tuple(listed[part]), tuple(closed[part]))

    def _ask(self, batch: _Batch, language: str) -> Completion[ExplainedReply]:
        if not batch.facts:
            nothing = remark("only_titles_known")
            return Completion(None, degraded=(Degraded(step=STEP, reason=nothing),))
        context = Explain(tuple(_listed(batch)))
        user = batch.listed[0].live.user_id
        return complete(
            self.model,
            render(STEP, language, context, user_id=user, folder=self.settings.prompts),
            explain_reply(items=len(batch.listed), facts=len(batch.facts)),
            max_tokens=ANY_REPLY + ITEM_REPLY * len(batch.listed),
            language=language,
        )


def _listed(batch: _Batch) -> Iterator[PromptItem]:
    """Yield each item with its facts beside it, which a small model needs; a fact about several items is written with the first of them."""
    numbers = {fact: number for number, fact in enumerate(batch.facts, 1)}
    length = 0
    for facts, own in zip(batch.listed, batch.closed, strict=True):
        numbered = [fact for fact in own if fact in numbers]
        new = [fact for fact in numbered if numbers[fact] > length]
        also = tuple(numbers[fact] for fact in numbered if numbers[fact] <= length)
        length += len(new)
        title = neutralise(facts.item.title, TITLE_LENGTH)
        yield PromptItem(title, tuple((numbers[fact], neutralise(fact.text)) for fact in new), also)


def _checked(batch: _Batch, reply: ExplainedReply | None, language: str) -> list[Explanation]:
    """Return, for each item of the batch, the supported part of the model's text, or the explanation by rule."""
    by_position = {reason.item - 1: reason for reason in reply.reasons} if reply else {}
    offered = batch.facts
    checked = []
    for position, (facts, closed) in enumerate(zip(batch.listed, batch.closed, strict=True)):
        reason = by_position.get(position)
        cited = [offered[number - 1] for number in reason.cites] if reason else []
        written = supported(reason.text, cited, closed, language) if reason else None
        checked.append(_written(written, facts) if written else by_rule(facts, language))
    return checked


def supported(
    text: str, cited: Sequence[Fact], allowed: Sequence[Fact], language: str
) -> tuple[str, tuple[Fact, ...]] | None:
    """Return the sentences of `text` that the facts in `allowed` support, and the facts they rest on; None if none is left."""
    backed, rests_on = [], [fact for fact in cited if fact in allowed]
    sentences = [part.strip() for part in _SENTENCE.split(" ".join(text.translate(_FENCES).split())) if part.strip()]
    for sentence in sentences[:SENTENCES]:
        verdict = verify(sentence, allowed, language)
        if verdict.fault is None:
            backed.append(sentence)
            rests_on += [allowed[position] for position in sorted(verdict.rests_on)]
    if not backed:
        return None
    return Translator(language, "reasons")("between_sentences").join(backed), tuple(dict.fromkeys(rests_on))


def _written(written: tuple[str, tuple[Fact, ...]], facts: Facts) -> Explanation:
    text, rests_on = written
    cites = list(dict.fromkeys(fact.cite for fact in rests_on))
    return Explanation(text=text, source="llm", cites=cites, counterfactual=facts.counterfactual)
