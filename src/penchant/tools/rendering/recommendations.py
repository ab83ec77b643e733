"""Lists and single items with the account of their scores."""

from collections.abc import Mapping, Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from penchant.store.recommendation import (
    Contribution,
    Counterfactual,
    ItemExplanation,
    Recommendation,
    RecommendedItem,
    Signal,
)
from penchant.tools.rendering.marks import Marks, marks_for
from penchant.tools.rendering.printable import printable, text
from penchant.tools.rendering.tables import degraded_lines, plain_table
from penchant.tools.rendering.tree import day
from penchant.tools.rendering.words import Words

BAR = 6
SHOWN_EVIDENCE = 3
Labels = Mapping[str, str]
"""Interest id to label."""


class RecommendationList:
    """A recommendation as a numbered list: title, reason, and which signals made the score."""

    def __init__(self, recommendation: Recommendation, labels: Labels, words: Words) -> None:
        self.recommendation, self.labels, self.words = recommendation, labels, words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        given, marks = self.recommendation, marks_for(console)
        heading = Text(self.words("recommended_for", user=given.user_id), style="bold")
        yield heading.append(f"  {day(given.as_of)}", style="not bold dim")
        if not given.items:
            yield Text(self.words("nothing_to_recommend"))
        most = max(
            (abs(value) for item in given.items for value in by_signal(item.contributions).values()), default=1.0
        )
        for item in given.items:
            yield from self._item(item, most or 1.0, marks)
        yield from degraded_lines(given.degraded, self.words)

    def _item(self, item: RecommendedItem, most: float, marks: Marks) -> RenderResult:
        title = Text(f"{item.rank:>3}. ", style="dim")
        yield title.append(printable(item.title), style="not dim bold").append(
            f"  {item.score:.3f}", style="not bold dim"
        )
        yield Padding(text(item.explanation.text), (0, 0, 0, 5))
        if item.explanation.counterfactual:
            yield Padding(_without(item.explanation.counterfactual, self.labels, self.words), (0, 0, 0, 5))
        bars = Text("", style="dim")
        for signal, value in by_signal(item.contributions).items():
            bars.append(f"{self.words(signal)} ")
            bars.append(marks.bar(abs(value) / most, BAR).rstrip(), style="red" if value < 0 else "not dim cyan")
            bars.append(f" {value:+.3f}   ")
        yield Padding(bars, (0, 0, 0, 5))


def by_signal(contributions: Sequence[Contribution]) -> dict[Signal, float]:
    """The score by signal, largest part first; parts that change nothing are left out."""
    sums: dict[Signal, float] = {}
    for contribution in contributions:
        sums[contribution.signal] = sums.get(contribution.signal, 0.0) + contribution.value
    return {signal: value for signal, value in sorted(sums.items(), key=lambda pair: -abs(pair[1])) if value}


class ItemAccount:
    """Why, or why not, one item."""

    def __init__(self, explanation: ItemExplanation, labels: Labels, words: Words) -> None:
        self.explanation, self.labels, self.words = explanation, labels, words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        told, words = self.explanation, self.words
        yield text(f"{told.title} ({told.item_id})", "bold")
        place = "number" if told.rank is not None else "not_ranked"
        yield Text(words(place, rank=told.rank, score=f"{told.score:.3f}"), style="dim")
        yield text(told.explanation.text)
        if told.explanation.counterfactual:
            yield _without(told.explanation.counterfactual, self.labels, words)
        if told.why_not:
            yield Text(words("why_not"), style="bold")
            yield from (Padding(text(f"- {reason}"), (0, 0, 0, 2)) for reason in told.why_not)
        yield self._contributions()

    def _contributions(self) -> Table:
        words = self.words
        columns = [words(name) for name in ("signal", "through", "adds", "evidence")]
        table = plain_table(*columns, right=[words("adds")])
        for part in sorted(self.explanation.contributions, key=lambda part: -abs(part.value)):
            if part.value:
                through = self.labels.get(part.interest_id or "", part.interest_id or "")
                evidence = " ".join(part.evidence[:SHOWN_EVIDENCE])
                table.add_row(words(part.signal), text(through), f"{part.value:+.4f}", text(evidence, "dim"))
        return table


def _without(told: Counterfactual, labels: Labels, words: Words) -> Text:
    interest = labels.get(told.without_interest, told.without_interest)
    return text(words("without", interest=interest, rank=told.rank), "dim")
