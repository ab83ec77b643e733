"""Tables of `penchant eval`."""

from rich.table import Table
from rich.text import Text

from penchant.prompts.locales import Translator
from penchant.tools.cli.rendering.printable import text
from penchant.tools.cli.rendering.tables import plain_table
from penchant.tools.evaluation.forecast import ForecastReport
from penchant.tools.evaluation.report import EvalReport, SystemResult
from penchant.tools.evaluation.tree_task import TreeReport

METRICS = {
    "nDCG@10": "ndcg_10",
    "MAP@10": "map_10",
    "HR@10": "hr_10",
    "MRR": "mrr",
    "R@50": "recall_50",
    "cover": "coverage",
    "Gini": "gini",
    "ILD": "ild",
    "JS": "calibration_js",
}


def report_table(report: EvalReport, words: Translator) -> list[Table | Text]:
    """Return the systems by nDCG@10, best first, each with ratio and p-value of the difference to `penchant`."""
    columns = [*METRICS, "ms p50", "ms p95", "x", "p"]
    table = plain_table(words("system"), *columns, right=columns)
    for name, result in sorted(report.systems.items(), key=lambda pair: -pair[1].ndcg_10):
        significance = report.significance.get(name)
        ratio = f"{significance.ratio:.2f}" if significance and significance.ratio is not None else ""
        style = "bold" if name == "penchant" else "dim" if name.startswith("penchant-") else ""
        table.add_row(
            text(name), *_numbers(result), ratio, f"{significance.p:.3f}" if significance else "", style=style
        )
    facts = words("eval_facts", dataset=report.dataset, protocol=report.protocol, users=f"{report.n_users:,}")
    return [text(facts, "bold"), table, text(words("eval_legend"), "dim")]


def _numbers(result: SystemResult) -> list[str]:
    quality = [f"{getattr(result, field):.4f}" for field in METRICS.values()]
    return [*quality, f"{result.ms_p50:.1f}", f"{result.ms_p95:.1f}"]


def forecast_table(report: ForecastReport, words: Translator) -> list[Table | Text]:
    """Return the log-loss of the systems, best first."""
    columns = [words("log_loss"), words("event_by_event")]
    table = plain_table(words("system"), *columns, right=columns)
    apart = report.event_by_event.model_dump() if report.event_by_event else {}
    for name, loss in sorted(report.log_loss.model_dump().items(), key=lambda pair: pair[1]):
        beside = f"{apart[name]:.4f}" if name in apart else "-"
        table.add_row(text(name), f"{loss:.4f}", beside, style="bold" if name == "penchant" else "")
    facts = words("forecast_facts", dataset=report.dataset, users=f"{report.n_users:,}", events=f"{report.n_events:,}")
    return [text(facts, "bold"), table]


def tree_tables(report: TreeReport, words: Translator) -> list[Table | Text]:
    """Return the share of right places beside the two baselines, then by stated confidence."""
    levels = [words("topic"), words("subtopic"), words("macro_topic"), words("macro_subtopic")]
    table = plain_table("", *levels, right=levels)
    for name, right in (("tree", report), ("item_alone", report.item_alone), ("majority", report.majority)):
        numbers = (right.topic, right.subtopic, right.macro_topic, right.macro_subtopic)
        style = "bold" if name == "tree" else ""
        table.add_row(text(words(f"of_{name}")), *(f"{number:.3f}" for number in numbers), style=style)
    columns = [words("stated_confidence"), words("part_right"), words("events")]
    sure = plain_table(words("level"), *columns, right=columns)
    for row in report.by_confidence:
        sure.add_row(text(words(row.level)), f"{row.stated:.2f}", f"{row.right:.2f}", f"{row.events:,}")
    facts = words("forecast_facts", dataset=report.dataset, users=f"{report.n_users:,}", events=f"{report.n_events:,}")
    return [text(facts, "bold"), table, sure]
