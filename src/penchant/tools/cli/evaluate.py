"""`penchant eval`: measures quality beside baselines."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from penchant.errors import UsageError
from penchant.prompts.locales import Translator
from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import console, show, show_json
from penchant.tools.cli.session import open_agent, words_of

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="A folder with items.* and events.*, as for import.", show_default=False)
]
Protocol = Literal["leave-last-out", "global-time", "stream"]
Task = Literal["recommend", "forecast", "tree"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "eval",
        epilog=examples(
            "penchant eval data/ml-100k",
            "penchant eval data/shop --protocol global-time --users 500",
            "penchant eval data/shop --task tree --gold gold.jsonl",
        ),
    )(evaluate)


def evaluate(
    folder: Folder,
    *,
    protocol: Annotated[Protocol, typer.Option("--protocol", help="Which choices are asked about.")] = "leave-last-out",
    split: Annotated[
        float, typer.Option("--split", help="Share of the events before the split (global-time, stream).")
    ] = 0.8,
    candidates: Annotated[
        Path | None,
        typer.Option("--candidates", metavar="FILE", help="Lines `user_id<TAB>item item ...`: rank these only."),
    ] = None,
    task: Annotated[Task, typer.Option("--task", help="What is measured.")] = "recommend",
    gold: Annotated[
        Path | None,
        typer.Option("--gold", metavar="FILE", help="For `tree`: where items belong, one JSON object a line."),
    ] = None,
    users: Annotated[int | None, typer.Option("--users", metavar="N", min=1, help="Ask about at most N users.")] = None,
    no_llm: Annotated[
        bool, typer.Option("--no-llm", help="Rank by rules alone; the model is not even measured.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure quality beside baselines, leak-free.

    Nothing after the split reaches any system; the settings of every baseline are tuned on the same part before it. Nothing is imported.
    """
    agent = open_agent()
    if task == "forecast":
        return _forecast(folder, users, as_json)
    if task == "tree":
        return _tree(folder, gold, users, no_llm=no_llm, as_json=as_json)
    from penchant.tools.evaluation.evaluate import evaluate as measure

    with _steps(words_of(agent), as_json) as on_progress:
        report = measure(
            folder,
            agent.embedder,
            agent.event_weights,
            protocol=protocol,
            share=split,
            candidates_file=candidates,
            users=users,
            opinion=None if no_llm else agent.recommender.reranker,
            on_progress=on_progress,
        )
    if as_json:
        return show_json(report)
    from penchant.tools.cli.rendering.evaluation import report_table

    return show(*report_table(report, Translator(agent.settings.lang, "cli")))


def _forecast(folder: Path, users: int | None, as_json: bool) -> None:
    from penchant.tools.evaluation.forecast import evaluate_forecast

    agent = open_agent()
    with _steps(words_of(agent), as_json) as on_progress:
        on_progress("forecast", 0, 0)
        report = evaluate_forecast(folder, agent.embedder, users)
    if as_json:
        return show_json(report)
    from penchant.tools.cli.rendering.evaluation import forecast_table

    return show(*forecast_table(report, Translator(agent.settings.lang, "cli")))


def _tree(folder: Path, gold: Path | None, users: int | None, *, no_llm: bool, as_json: bool) -> None:
    from penchant.tools.evaluation.tree_task import evaluate_tree

    if gold is None:
        raise UsageError("--task tree needs --gold FILE: a line for each item with its item_id, topics and subtopics")
    agent = open_agent()
    services = agent.services
    with _steps(words_of(agent), as_json) as on_progress:
        on_progress("tree", 0, 0)
        report = evaluate_tree(
            folder,
            gold,
            services.item_embedder,
            agent.event_weights,
            vocabulary=services.vocabulary,
            labeler=None if no_llm else services.taxonomy_reader,
            users=users,
        )
    if as_json:
        return show_json(report)
    from penchant.tools.cli.rendering.evaluation import tree_tables

    return show(*tree_tables(report, Translator(agent.settings.lang, "cli")))


@contextmanager
def _steps(words: Translator, silent: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show on stderr what is being measured and how far it is; nothing where `silent`."""
    if silent:
        yield lambda _what, _done, _total: None
        return
    with console(stderr=True).status("...") as status:

        def show_step(what: str, done: int, total: int) -> None:
            phrase = f"progress_{what.replace(' ', '_')}"  # names of systems have no phrase
            name = words(phrase) if phrase in words else what
            status.update(f"{name}  {done:,}/{total:,}" if total else name)

        yield show_step
