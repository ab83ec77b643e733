"""`penchant demo`: the main job on bundled data, told as a story."""

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import note, show, show_json
from penchant.tools.cli.progress import progress

if TYPE_CHECKING:
    from penchant.tools.cli.story import Story
    from penchant.tools.rendering.words import Words


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=examples("penchant demo", "penchant demo --fast"))(demo)


def demo(
    fast: Annotated[bool, typer.Option("--fast", help="Rules alone, and fewer customers: under 30 seconds.")] = False,
    as_json: AsJson = False,
) -> None:
    """The main job on real purchases.

    Imports a bundled sample of a gift shop, builds a customer's profile in spring, moves on to Christmas, shows what rose and what faded,
    recommends, and explains. It keeps to a home of its own; a second run is quick.
    """
    from functools import partial

    from penchant.tools.cli.story import open_story
    from penchant.tools.rendering.words import Words

    started = time.perf_counter()
    story = open_story(partial(progress, silent=as_json), fast=fast)
    words = Words(story.agent.parts.settings.lang)
    if as_json:
        return show_json(_told(story))
    _load(story, words)
    _live(story, words)
    _recommend(story, words)
    return note(words("demo_took", seconds=f"{time.perf_counter() - started:.0f}"))


def _load(story: "Story", words: "Words") -> None:
    from penchant.tools.rendering.tables import import_table
    from penchant.tools.rendering.tree import day

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
            first=day(customer.first),
            last=day(customer.last),
        )
    )


def _live(story: "Story", words: "Words") -> None:
    from penchant.tools.rendering.changes import Changes
    from penchant.tools.rendering.tables import update_table
    from penchant.tools.rendering.tree import ProfileTree, day

    _step(words("step_spring", at=day(story.plot.spring)))
    show(*update_table(story.update(story.plot.spring), words), "")
    spring = story.profile(story.plot.spring)
    show(ProfileTree(spring))
    _step(words("step_christmas", at=day(story.plot.christmas)))
    show(*update_table(story.update(story.plot.christmas), words), "")
    christmas = story.profile(story.plot.christmas)
    show(ProfileTree(christmas))
    _step(words("step_changes"))
    show(Changes(spring, christmas, words))


def _recommend(story: "Story", words: "Words") -> None:
    from penchant.tools.rendering.recommendations import ItemAccount, RecommendationList

    labels = {node.id: node.label for node in story.profile(story.plot.christmas).walk()}
    _step(words("step_recommend"))
    recommendation = story.recommend()
    show(RecommendationList(recommendation, labels, words))
    _step(words("step_explain"))
    show(ItemAccount(story.explain(recommendation), labels, words), "")
    commands = [
        f"export PENCHANT_HOME={story.home}",
        f"penchant profile show {story.plot.customer}",
        "penchant profile list",
    ]
    show(words("demo_home", home=story.home), *(f"  $ {command}" for command in commands))


def _told(story: "Story") -> dict[str, Any]:
    """The whole story as data."""
    plot = story.plot
    receipts = story.load()
    updates = [story.update(moment) for moment in (plot.spring, plot.christmas)]
    recommendation = story.recommend()
    return {
        "home": str(story.home),
        "customer": plot.customer,
        "imports": [receipt.model_dump(mode="json") for receipt in receipts],
        "updates": [receipt.model_dump(mode="json") for receipt in updates],
        "spring": story.profile(plot.spring).model_dump(mode="json"),
        "christmas": story.profile(plot.christmas).model_dump(mode="json"),
        "recommendation": recommendation.model_dump(mode="json"),
        "explanation": story.explain(recommendation).model_dump(mode="json"),
    }


def _step(title: str) -> None:
    from rich.rule import Rule
    from rich.text import Text

    show("", Rule(Text(title, style="bold"), align="left", style="dim"), "")
