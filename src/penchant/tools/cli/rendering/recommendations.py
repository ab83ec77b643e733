"""Lists and single items with the contributions to their scores."""

from collections.abc import Mapping
from datetime import datetime

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from penchant.prompts.locales import Translator, signal_in_words
from penchant.store.recommendation import (
    Contribution,
    Counterfactual,
    ItemExplanation,
    Recommendation,
    RecommendedItem,
)
from penchant.tools.accounts import by_cause, by_signal
from penchant.tools.cli.rendering.marks import Marks, marks_for
from penchant.tools.cli.rendering.printable import printable, text
from penchant.tools.cli.rendering.tables import degraded_lines, plain_table
from penchant.tools.cli.rendering.tree import day
from penchant.tools.list_order import order_note

UNKNOWN_USER = "recommend"
"""The degraded step that means that the user is unknown."""
FILTERS = ("where", "domain", "fresh_only", "exclude", "avoid", "cap")
"""The rules of a request that may leave nothing to list."""
BAR = 6
SHOWN_EVIDENCE = 2
SHOWN_PARTS = 10
SHOWN_SIGNALS = 4
Labels = Mapping[str, str]
"""Labels by interest id, or texts by event id."""


class RecommendationList:
    """A recommendation as a numbered list: title, reason, and the largest signals of the score. `at`: the time of the
    list, in the zone in which it is shown; default that of the profile. `has_items`: whether the catalogue has any
    items.
    """

    def __init__(
        self,
        recommendation: Recommendation,
        labels: Labels,
        words: Translator,
        at: datetime | None = None,
        has_items: bool = True,
    ) -> None:
        self.recommendation, self.labels, self.words = recommendation, labels, words
        self.at, self.has_items = at or recommendation.as_of, has_items

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        given, marks = self.recommendation, marks_for(console)
        heading = Text(self.words("recommended_for", user=given.user_id), style="bold")
        yield heading.append(f"  {day(self.at)}", style="not bold dim")
        if not given.items:
            yield Text(self.words(self._nothing()))
        most = max(
            (abs(value) for item in given.items for value in by_signal(item.contributions).values()), default=1.0
        )
        for item in given.items:
            yield from self._item(item, most or 1.0, marks)
        if given.fewer and given.available:
            yield text(given.fewer, "dim")
        if note := order_note(given, self.words.language):
            yield Text(note, style="dim")
        yield from _degraded(given, self.words)

    def _nothing(self) -> str:
        """Return the name of the phrase that says why the list is empty."""
        if not self.has_items:
            return "no_catalogue"
        if self.recommendation.after is not None:
            return "no_more_pages"
        asked = self.recommendation.asked
        return "nothing_qualifies" if any(map(asked.get, FILTERS)) else "nothing_to_recommend"

    def _item(self, item: RecommendedItem, most: float, marks: Marks) -> RenderResult:
        title = Text(f"{item.rank:>3}. ", style="dim")
        yield title.append(printable(item.title), style="not dim bold").append(
            f"  {item.score:.3f}", style="not bold dim"
        )
        yield Padding(text(item.explanation.text), (0, 0, 0, 5))
        if item.explanation.counterfactual and item.explanation.source != "rule":  # texts by rule already contain it
            yield Padding(_counterfactual_text(item.explanation.counterfactual, self.labels, self.words), (0, 0, 0, 5))
        bars = Text("", style="dim")
        for signal, value in [*by_signal(item.contributions).items()][:SHOWN_SIGNALS]:
            bars.append(f"{signal_in_words(signal, self.words.language)} ")
            bars.append(marks.bar(abs(value) / most, BAR).rstrip(), style="red" if value < 0 else "not dim cyan")
            bars.append(f" {value:+z.3f}   ")
        yield Padding(bars, (0, 0, 0, 5))


class ItemAccount:
    """Why an item is recommended, or why not. `about`: texts of the events in the evidence; an event without one is
    shown by its id.
    """

    def __init__(
        self, explanation: ItemExplanation, labels: Labels, words: Translator, about: Labels | None = None
    ) -> None:
        self.explanation, self.labels, self.words, self.about = explanation, labels, words, about or {}

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        explanation, words = self.explanation, self.words
        yield text(f"{explanation.title} ({explanation.item_id})", "bold")
        place = "number" if explanation.rank is not None else "not_ranked"
        yield Text(words(place, rank=explanation.rank, score=f"{explanation.score:.3f}"), style="dim")
        if explanation.why:
            yield text(explanation.why)
        if explanation.explanation.counterfactual and explanation.explanation.source != "rule":
            yield _counterfactual_text(explanation.explanation.counterfactual, self.labels, words)
        if explanation.why_not:
            yield Text(words("why_not"), style="bold")
            yield from (Padding(text(f"- {reason}"), (0, 0, 0, 2)) for reason in explanation.why_not)
        yield self._contributions()
        yield from _degraded(explanation, words)

    def _contributions(self) -> Table:
        words = self.words
        columns = [words(name) for name in ("signal", "through", "adds", "evidence")]
        table = plain_table(*columns, right=[words("adds")])
        parts = by_cause(self.explanation.contributions)
        for part in parts[:SHOWN_PARTS]:
            through = text(self.labels.get(part.interest_id, part.interest_id)) if part.interest_id else Text()
            if part.evidence and not part.interest_id:
                through = Text(words("no_single_interest"), style="dim")
            table.add_row(
                signal_in_words(part.signal, words.language),
                through,
                f"{part.value:+z.4f}",
                text(self._evidence_text(part), "dim"),
            )
        if rest := parts[SHOWN_PARTS:]:
            table.add_row(words("other_parts", count=len(rest)), "", f"{sum(part.value for part in rest):+z.4f}", "")
        table.add_row(words("sum"), "", f"{self.explanation.score:+z.4f}", "", style="bold")
        return table

    def _evidence_text(self, part: Contribution) -> str:
        named = list(dict.fromkeys(self.about.get(event, event) for event in part.evidence))
        more = self.words("and_more", count=len(named) - SHOWN_EVIDENCE) if len(named) > SHOWN_EVIDENCE else ""
        return self.words("list_separator").join(named[:SHOWN_EVIDENCE]) + more


def _degraded(answer: Recommendation | ItemExplanation, words: Translator) -> list[Text]:
    """Return one line per degraded step of an answer; first that the user is unknown."""
    others = [note for note in answer.degraded if note.step != UNKNOWN_USER]
    unknown = [text("! " + words("nobody_known", user=answer.user_id), "magenta")]
    return [*(unknown if len(others) < len(answer.degraded) else []), *degraded_lines(others, words)]


def _counterfactual_text(counterfactual: Counterfactual, labels: Labels, words: Translator) -> Text:
    interest = labels.get(counterfactual.without_interest, counterfactual.without_interest)
    return text(words("without", interest=interest, rank=counterfactual.rank), "dim")
