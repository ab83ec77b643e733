"""Tables of `penchant tune`."""

from rich.table import Table
from rich.text import Text

from penchant.agent.recommend.tuning.setting import LlmWeight, TuneReport
from penchant.prompts.locales import Translator, signal_in_words
from penchant.tools.cli.rendering.printable import text
from penchant.tools.cli.rendering.tables import plain_table


def tune_tables(report: TuneReport, words: Translator) -> list[Table | Text]:
    """Return the decisions with gains and intervals, then every weight and list rule before and after."""
    tuned = report.tuned
    facts = words("tune_facts", choices=f"{tuned.choices:,}", seconds=f"{report.seconds:.1f}")
    decided = plain_table("", words("gain"), words("interval"), words("decision"), right=[words("gain")])
    decided.add_row(words("weights"), *_decision(tuned.gain, tuned.interval, not tuned.unchanged, words))
    decided.add_row(words("rules"), *_decision(tuned.rules_gain, tuned.rules_interval, report.new_rules, words))
    if tuned.llm is not None:
        decided.add_row(*_model(tuned.llm, words))
    return [text(facts, "bold"), decided, _setting(report, words)]


def _decision(gain: float, interval: tuple[float, float], new: bool, words: Translator) -> tuple[str, str, str]:
    low, high = interval
    return f"{gain:+.4f}", f"{low:+.4f} … {high:+.4f}", words("replaced" if new else "stays")


def _model(llm: LlmWeight, words: Translator) -> tuple[Text, str, str, str]:
    low, high = llm.interval
    decision = words("earned", weight=f"{llm.weight:.3g}") if llm.weight else words("earned_nothing")
    return text(llm.model), f"{llm.gain:+.4f}", f"{low:+.4f} … {high:+.4f}", decision


def _setting(report: TuneReport, words: Translator) -> Table:
    columns = [words("before"), words("after")]
    table = plain_table(words("setting"), words("signal"), *columns, right=columns)
    for name, signal, old, new in report.values():
        kind = words("rules") if signal is None else signal_in_words(signal, words.language)
        table.add_row(text(name), kind, f"{old:g}", f"{new:g}", style="" if old != new else "dim")
    return table
