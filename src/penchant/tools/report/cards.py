"""Recommendations as cards: reasons with linked citations, and the contributions to each score."""

import re
from collections.abc import Mapping, Sequence

from penchant.store.item import Item
from penchant.store.profile import Interest
from penchant.store.recommendation import Citation, Contribution, Explanation, Recommendation, RecommendedItem
from penchant.tools.accounts import by_cause
from penchant.tools.report.context import OTHER, Card, Part, ReportBranch, ReportSpan, Strand
from penchant.tools.report.event_texts import EventTexts
from penchant.tools.report.phrases import Phrases

_SENTENCE = re.compile(r"(?<=[.。])\s*")
STRANDS = 5
SAFE_URL = re.compile(r"https?://", re.IGNORECASE)


class Cards:
    """Builds the cards of one user's list. `nodes`: the nodes of the profile by id, with the labels that are shown."""

    def __init__(
        self,
        nodes: Mapping[str, Interest],
        branches: Mapping[str, ReportBranch],
        texts: EventTexts,
        items: Mapping[str, Item],
        say: Phrases,
    ) -> None:
        self.nodes, self.branches, self.texts, self.items, self.say = nodes, branches, texts, items, say

    def build(self, recommendation: Recommendation) -> tuple[Card, ...]:
        """Return one card per item, in the order of the list."""
        return tuple(self._card(item) for item in recommendation.items)

    def _card(self, item: RecommendedItem) -> Card:
        explanation = item.explanation
        reason, cites = self._linked(_without_counterfactual(explanation, self._label(explanation)), explanation.cites)
        parts = tuple(map(self._part, by_cause(item.contributions)))
        url = known.url if (known := self.items.get(item.item_id)) else None
        return Card(
            item_id=item.item_id,
            title=item.title,
            url=url if url and SAFE_URL.match(url) else None,
            rank=item.rank,
            score=item.score,
            reason=reason,
            cites=cites,
            source=explanation.source,
            strands=self._strands(parts),
            parts=parts,
            without=self._counterfactual(explanation, item.rank),
            without_rank=explanation.counterfactual.rank if explanation.counterfactual else None,
        )

    def _part(self, given: Contribution) -> Part:
        node = self.nodes.get(given.interest_id or "")
        branch = self.branches.get(given.interest_id or "")
        return Part(
            signal=given.signal,
            interest_id=given.interest_id,
            label=node.label if node else None,
            colour=branch.colour if branch else OTHER,
            value=given.value,
            evidence=given.evidence,
        )

    def _strands(self, parts: Sequence[Part]) -> tuple[Strand, ...]:
        """Return the parts summed by interest, the largest first. Small ones are joined, so that the bar stays readable."""
        sums: dict[tuple[str, str | None, int], float] = {}
        for part in parts:
            key = (part.label or self.say.signal(part.signal), part.interest_id, part.colour)
            sums[key] = sums.get(key, 0.0) + part.value
        ordered = sorted(sums, key=lambda key: (-abs(sums[key]), key[0]))
        leading = ordered if len(ordered) <= STRANDS + 1 else ordered[:STRANDS]
        strands = [Strand(label=key[0], interest_id=key[1], colour=key[2], value=sums[key]) for key in leading]
        if rest := ordered[len(leading) :]:
            label = self.say("smaller_parts", count=len(rest))
            total = sum(sums[key] for key in rest)
            strands.append(Strand(label=label, interest_id=None, colour=OTHER, value=total, rest=len(rest)))
        return tuple(strands)

    def _linked(self, text: str, cites: Sequence[Citation]) -> tuple[tuple[ReportSpan, ...], tuple[ReportSpan, ...]]:
        """Return the reason with a link at every citation it names, and the citations that it does not name."""
        places: list[tuple[int, int, str]] = []
        named = []
        for cite in cites:
            for words, link in self._names(cite):
                at = text.find(words)
                taken = any(at < end and start < at + len(words) for start, end, _ in places)
                if at >= 0 and not taken:
                    places.append((at, at + len(words), link))
                    break
            else:
                named += self._names(cite)[-1:]
        return _cut(text, sorted(places)), tuple(ReportSpan(text=words, href=link or None) for words, link in named)

    def _names(self, cite: Citation) -> list[tuple[str, str]]:
        """Return the texts by which a reason may name the citation, the longest first, each with its link; the last is
        the name used on the page.
        """
        if cite.event_id is not None:
            event, text = self.texts.get(cite.event_id), self.texts.cite(cite.event_id)
            return (
                [(self.texts.about(event), f"#{text.anchor}"), (text.text, f"#{text.anchor}")] if event and text else []
            )
        if cite.interest_id is not None:
            node, branch = self.nodes.get(cite.interest_id), self.branches.get(cite.interest_id)
            if not node or not branch:
                return []
            return [(" › ".join(node.path), f"#{branch.anchor}"), (node.label, f"#{branch.anchor}")]
        return [(self.say("item_fact", field=cite.item_field), "")]

    def _label(self, explanation: Explanation) -> str:
        node = self.nodes.get(explanation.counterfactual.without_interest) if explanation.counterfactual else None
        return node.label if node else ""

    def _counterfactual(self, explanation: Explanation, rank: int) -> ReportSpan | None:
        if explanation.counterfactual is None or explanation.counterfactual.rank <= rank:
            return None
        branch = self.branches.get(explanation.counterfactual.without_interest)
        label = self._label(explanation) or explanation.counterfactual.without_interest
        text = self.say("without", label=label, rank=explanation.counterfactual.rank)
        return ReportSpan(text=text, href=f"#{branch.anchor}" if branch else None)


def _without_counterfactual(explanation: Explanation, label: str) -> str:
    """Return the reason without a last sentence that states the counterfactual, because the card shows that on a line of
    its own.
    """
    sentences = _SENTENCE.split(explanation.text.strip())
    sentences = [sentence for sentence in sentences if sentence]
    if explanation.counterfactual is None or len(sentences) < 2:
        return explanation.text
    last = sentences[-1]
    if label and label in last and str(explanation.counterfactual.rank) in last:
        return explanation.text[: explanation.text.rindex(last)].rstrip()
    return explanation.text


def _cut(text: str, places: Sequence[tuple[int, int, str]]) -> tuple[ReportSpan, ...]:
    spans, done = [], 0
    for start, end, link in places:
        spans += [ReportSpan(text=text[done:start]), ReportSpan(text=text[start:end], href=link)]
        done = end
    return tuple(span for span in [*spans, ReportSpan(text=text[done:])] if span.text)
