"""Tables of `penchant tune`."""

from rich.table import Table
from rich.text import Text

from penchant.agent.recommend.blocks import FEATURES
from penchant.agent.recommend.tuning.setting import LlmWeight, Tuned, TuneReport
from penchant.prompts.locales import Translator, signal_in_words
from penchant.tools.cli.rendering.printable import text
from penchant.tools.cli.rendering.tables import plain_table

RULES = ("calibration", "diversity", "cap")


def tune_tables(report: TuneReport, words: Translator) -> list[Table | Text]:
    """Return the decisions with gains and intervals, then every weight and list rule before and after."""
    tuned = report.tuned
    facts = words("tune_facts", choices=f"{tuned.choices:,}", seconds=f"{report.seconds:.1f}")
    decided = plain_table("", words("gain"), words("interval"), words("decision"), right=[words("gain")])
    decided.add_row(words("weights"), *_decision(tuned.gain, tuned.interval, not tuned.unchanged, words))
    decided.add_row(words("rules"), *_decision(tuned.rules_gain, tuned.rules_interval, report.new_rules, words))
    if tuned.llm is not None:
        decided.add_row(*_model(tuned.llm, words))
    return [text(facts, "bold"), decided, _setting(report.before, tuned, words)]


def _decision(gain: float, interval: tuple[float, float], new: bool, words: Translator) -> tuple[str, str, str]:
    low, high = interval
    return f"{gain:+.4f}", f"{low:+.4f} … {high:+.4f}", words("replaced" if new else "stays")


def _model(llm: LlmWeight, words: Translator) -> tuple[Text, str, str, str]:
    low, high = llm.interval
    decision = words("earned", weight=f"{llm.weight:.3g}") if llm.weight else words("earned_nothing")
    return text(llm.model), f"{llm.gain:+.4f}", f"{low:+.4f} … {high:+.4f}", decision


def _setting(before: Tuned, after: Tuned, words: Translator) -> Table:
    columns = [words("before"), words("after")]
    table = plain_table(words("setting"), words("signal"), *columns, right=columns)
    for name, signal in FEATURES.items():
        old, new = before.beta.get(name, 0.0), after.beta.get(name, 0.0)
        if old or new:
            table.add_row(
                text(name),
                signal_in_words(signal, words.language),
                f"{old:g}",
                f"{new:g}",
                style="" if old != new else "dim",
            )
    for name in RULES:
        old, new = getattr(before.rules, name), getattr(after.rules, name)
        table.add_row(text(name), words("rules"), f"{old:g}", f"{new:g}", style="" if old != new else "dim")
    return table
