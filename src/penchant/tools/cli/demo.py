"""`penchant demo`: the main job on bundled data, printed step by step."""

import os
import shlex
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from penchant.prompts.locales import Translator
from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import note, show, show_json
from penchant.tools.cli.progress import progress
from penchant.tools.cli.session import open_agent, words_of

if TYPE_CHECKING:
    from datetime import datetime

    from penchant.store.profile import Profile
    from penchant.tools.cli.story import Demonstration


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=examples("penchant demo", "penchant demo --fast", "penchant demo --remove"))(demo)


def demo(
    fast: Annotated[bool, typer.Option("--fast", help="Rules alone, without a language model.")] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove the demo shop that the first page of the service has loaded.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Run the main job on real purchases.

    Imports a bundled sample of a gift shop, builds a customer's profile in spring, moves on to Christmas, shows what
    rose and what faded, recommends, explains, and writes a report. It uses a home of its own; a second run is quick.

    With `--remove`, the customers and items of the sample are removed from your own installation; what you have imported
    yourself stays.
    """
    if remove:
        return _remove(as_json)
    from functools import partial

    from penchant.tools.cli.story import open_story

    started = time.perf_counter()
    story = open_story(partial(progress, silent=as_json), fast=fast)
    words = Translator(story.agent.settings.lang, "cli")
    if as_json:
        return show_json(_as_json(story))
    _load(story, words)
    _live(story, words)
    _recommend(story, words)
    _report(story, words)
    return note(words("demo_took", seconds=f"{time.perf_counter() - started:.0f}"))


def _load(story: "Demonstration", words: "Translator") -> None:
    from penchant.tools.cli.rendering.tables import import_table

    _step(words("step_load"))
    show(*import_table(story.load(), words))
    _step(words("step_customer"))
    customer = story.customer()
    show(
        words(
            "customer",
            user=customer.user_id,
            countries=words("list_separator").join(customer.countries),
            orders=customer.orders,
            events=customer.events,
            first=customer.first.date(),
            last=customer.last.date(),
        ),
        words("favourites", titles=words("list_separator").join(customer.favourites)),
    )


def _live(story: "Demonstration", words: "Translator") -> None:
    from penchant.tools.cli.rendering.changes import ChangeTable

    spring = _read(story, story.plot.spring, "step_spring", words)
    show("", words("tree_legend"))
    christmas = _read(story, story.plot.christmas, "step_christmas", words)
    _step(words("step_changes"))
    show(ChangeTable(spring, christmas, words))


def _read(story: "Demonstration", at: "datetime", step: str, words: "Translator") -> "Profile":
    from penchant.tools.cli.rendering.tables import update_table
    from penchant.tools.cli.rendering.tree import ProfileTree, day

    _step(words(step, at=day(at)))
    customer, others = story.update(at)
    show(*update_table(customer, words), words("company", count=len(others.users)), "")
    profile = story.profile(at)
    show(ProfileTree(profile))
    return profile


def _recommend(story: "Demonstration", words: "Translator") -> None:
    from penchant.tools.accounts import cited_titles
    from penchant.tools.cli.rendering.recommendations import ItemAccount, RecommendationList

    labels = {node.id: node.label for node in story.profile(story.plot.christmas).walk()}
    _step(words("step_recommend"))
    recommendation = story.recommend()
    show(RecommendationList(recommendation, labels, words))
    _step(words("step_explain"))
    explanation = story.explain(recommendation)
    show(
        ItemAccount(
            explanation, labels, words, cited_titles(story.agent, story.plot.customer, explanation.contributions)
        )
    )


def _report(story: "Demonstration", words: "Translator") -> None:
    _step(words("step_report"))
    typer.echo(words("report_is", file=story.report()) + "\n")
    program = _program()
    commands = [
        f"export PENCHANT_HOME={shlex.quote(str(story.home))}",
        f"{program} profile show {story.plot.customer} --at 2011-08-01",
        f"{program} recommend {story.plot.customer} --at 2011-12-10 --query {shlex.quote('a present for a gardener')}",
        f"{program} profile list",
        f"{program} serve",
    ]
    # Not wrapped, so that paths and commands can be copied.
    typer.echo("\n".join([words("demo_home", home=story.home), *(f"  $ {command}" for command in commands)]))


def _program() -> str:
    """Return how to call this program again: by name where the shell would find it, else by path."""
    found, called = shutil.which("penchant"), Path(sys.argv[0])
    if called.name == "__main__.py":
        return "python -m penchant"
    if not called.is_file() or (found and Path(found).resolve() == called.resolve()):
        return "penchant"
    return shlex.quote(os.path.relpath(called))


def _as_json(story: "Demonstration") -> dict[str, Any]:
    """Return the results of all steps as JSON values."""
    from dataclasses import asdict

    plot = story.plot
    imports = story.load()
    updates = [receipt for moment in (plot.spring, plot.christmas) for receipt in story.update(moment)]
    recommendation = story.recommend()
    customer = asdict(story.customer())
    return {
        "home": str(story.home),
        "customer": customer | {name: customer[name].isoformat() for name in ("first", "last")},
        "imports": [receipt.model_dump(mode="json") for receipt in imports],
        "updates": [user.model_dump(mode="json") for receipt in updates for user in receipt.users],
        "spring": story.profile(plot.spring).model_dump(mode="json"),
        "christmas": story.profile(plot.christmas).model_dump(mode="json"),
        "recommendation": recommendation.model_dump(mode="json"),
        "explanation": story.explain(recommendation).model_dump(mode="json"),
        "report": str(story.report()),
    }


def _remove(as_json: bool) -> None:
    """Remove the sample from the configured installation and show what was removed, and who stays."""
    from penchant.tools.sample import SampleRemoval, remove_sample

    agent = open_agent()
    words = words_of(agent)
    with progress(words("progress_removal"), "users", silent=as_json) as on_progress:
        removal = remove_sample(agent, on_progress)
    if as_json:
        return show_json(removal)
    if removal == SampleRemoval():
        return show(words("demo_absent"))
    show(words("demo_removed", users=removal.users_erased, items=removal.items_deleted))
    if removal.users_remaining:
        show(words("demo_users_remaining", users=words("list_separator").join(removal.users_remaining)))
    return None


def _step(title: str) -> None:
    from rich.rule import Rule
    from rich.text import Text

    show("", Rule(Text(title, style="bold"), align="left", style="dim"), "")
