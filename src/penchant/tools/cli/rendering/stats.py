"""Tables of `penchant stats`."""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from penchant.agent.app.usage_statistics import Spent, Stats
from penchant.agent.recommend.experiments import ExperimentResult
from penchant.agent.recommend.feedback import Reception, SuccessRate
from penchant.agent.recommend.interleave import Comparison
from penchant.prompts.locales import Translator, signal_in_words
from penchant.prompts.remarks import step_in_words
from penchant.tools.cli.rendering.printable import printable, text
from penchant.tools.cli.rendering.tables import plain_table

MOST_INTERESTS, MOST_DAYS, MOST_USERS = 20, 14, 10


def stats_tables(stats: Stats, words: Translator) -> list[Table | Text]:
    """Return the tables of `penchant stats`."""
    lists, own = stats.recommendations, Translator(words.language, "stats")
    shown: list[Table | Text] = [
        Text(own("lists", lists=f"{lists.lists:,}", heard=f"{lists.lists_with_feedback:,}")),
    ]
    if lists.lists_with_feedback:
        signals = [(text(signal_in_words(name, words.language)), signal) for name, signal in lists.by_signal.items()]
        interests = [(text(signal.label), signal) for signal in lists.by_interest[:MOST_INTERESTS]]
        shown += [_reception("everything", [(Text(""), lists)], own), Text("")]
        shown += [_reception("by_signal", signals, own), Text("")]
        shown += [_reception("by_interest", interests, own), Text("")]
    shown += [_comparisons(stats.comparisons, own), Text("")] if stats.comparisons else []
    for result in stats.experiments:
        shown += [_experiment(result, own), Text("")]
    return shown + (list(_model_tables(stats, own)) if stats.llm else [])


def _reception(named: str, rows: Sequence[tuple[Text, Reception]], words: Translator) -> Table:
    numbers = [words(name) for name in ("seen", "click_through", "judged", "satisfaction")]
    table = plain_table(words(named), *numbers, right=numbers)
    for name, reception in rows:
        table.add_row(name, *_cells(reception.click_through), *_cells(reception.satisfaction))
    return table


def _comparisons(found: Sequence[Comparison], words: Translator) -> Table:
    numbers = [words(name) for name in ("wins_a", "wins_b", "ties", "p")]
    table = plain_table(words("versions"), *numbers, right=numbers)
    for comparison in found:
        p = "–" if comparison.p is None else f"{comparison.p:.3f}"
        table.add_row(
            f"{comparison.a} / {comparison.b}",
            *(f"{count:,}" for count in (comparison.wins_a, comparison.wins_b, comparison.ties)),
            p,
        )
    return table


def _experiment(result: ExperimentResult, words: Translator) -> Table:
    """Return a row per variant: its rate, and the difference to the first, both with 95 % intervals that hold at every
    look.
    """
    numbers = [words(name) for name in ("users", "given", "taken", "rate", "difference", "p")]
    table = plain_table(printable(f"{words('experiment')} {result.name}"), *numbers, right=numbers)
    differences = {difference.variant: difference for difference in result.differences}
    for variant in result.variants:
        rate = _interval(variant.rate, variant.low, variant.high)
        counts = [f"{count:,}" for count in (variant.users, variant.lists, variant.taken)]
        found = differences.get(variant.variant)
        difference = "" if found is None else _interval(found.difference, found.low, found.high, sign="+")
        p = "" if found is None else "–" if found.p is None else f"{found.p:.3f}"
        table.add_row(text(variant.variant), *counts, rate, difference, p)
    return table


def _interval(value: float | None, low: float | None, high: float | None, sign: str = "") -> str:
    if value is None:
        return "–"
    bounds = "" if low is None or high is None else f" ({low:{sign}.1%} – {high:{sign}.1%})"
    return f"{value:{sign}.1%}{bounds}"


def _cells(rate: SuccessRate) -> Iterator[str]:
    yield f"{rate.total:,}"
    if rate.rate is None or rate.low is None or rate.high is None:
        yield "–"
    else:
        yield f"{rate.rate:.0%} ({rate.low:.0%} – {rate.high:.0%})"


def _model_tables(stats: Stats, words: Translator) -> Iterator[Table | Text]:
    """Yield the cost of models by step, by day and by user."""
    yield _table_of_usage(
        ("step", "model"),
        [([text(step_in_words(use.step, words.language)), text(use.model)], use) for use in stats.llm],
        words,
    )
    yield Text("")
    yield _table_of_usage(("day",), [([Text(use.day.isoformat())], use) for use in stats.llm_by_day[:MOST_DAYS]], words)
    yield from _more("more_days", len(stats.llm_by_day) - MOST_DAYS, words)
    yield Text("")
    shown = stats.llm_by_user[:MOST_USERS]
    yield _table_of_usage(("user",), [([text(use.user_id or words("nobody"))], use) for use in shown], words)
    yield from _more("more_users", stats.llm_users - sum(use.user_id is not None for use in shown), words)


def _more(named: str, count: int, words: Translator) -> Iterator[Text]:
    if count > 0:
        yield Text(words(named, count=f"{count:,}"), style="dim")


def _table_of_usage(named: Sequence[str], rows: Sequence[tuple[Sequence[Text], Spent]], words: Translator) -> Table:
    numbers = [words(name) for name in ("calls", "repairs", "tokens_in", "tokens_out", "cost")]
    table = plain_table(*(words(name) for name in named), *numbers, right=numbers)
    for names, use in rows:
        amounts = (use.calls, use.repairs, use.prompt_tokens, use.completion_tokens)
        table.add_row(*names, *(f"{amount:,}" for amount in amounts), f"{use.cost:.4f}")
    return table
