"""`penchant taxonomy`: builds and shows topics, subtopics and themes of the catalogue."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from penchant.prompts.locales import Translator
from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import console, show, show_json
from penchant.tools.cli.session import open_agent

if TYPE_CHECKING:
    from rich.tree import Tree

app = typer.Typer(
    help="Topics, subtopics and themes of the catalogue.",
    epilog=examples("penchant taxonomy show"),
    no_args_is_help=True,
)


@app.command(epilog=examples("penchant taxonomy build", "penchant taxonomy build --json"))
def build(as_json: AsJson = False) -> None:
    """Build the taxonomy of the whole catalogue anew.

    The first update does it by itself, and any update once a tenth of the catalogue is new.
    """

    agent = open_agent()
    with console(stderr=True).status("…"):
        receipt = agent.build_taxonomy()
    if as_json:
        return show_json(receipt)
    say = Translator(agent.settings.lang, "cli")
    return show(say("taxonomy_built", version=receipt["version"], themes=f"{receipt.get('themes', 0):,}"))


@app.command("show", epilog=examples("penchant taxonomy show", "penchant taxonomy show --users --json"))
def show_(
    users: Annotated[
        bool, typer.Option("--users", help="With how many users care for each node (at least 5).")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print topics, subtopics and themes with their items."""
    agent = open_agent()
    found = agent.taxonomy(users=users)
    return show_json(found) if as_json else show(_tree(found, agent.settings.lang))


@app.command(epilog=examples("penchant taxonomy diff", "penchant taxonomy diff --from 1 --to 3"))
def diff(
    from_: Annotated[int | None, typer.Option("--from", metavar="V", min=0, help="By default the one before.")] = None,
    to: Annotated[int | None, typer.Option("--to", metavar="V", min=1, help="By default the newest.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed from one version to another."""

    agent = open_agent()
    found = agent.taxonomy_diff(from_, to)
    if as_json:
        return show_json(found)
    say = Translator(agent.settings.lang, "cli")
    numbers = {name: len(found[name]) for name in ("added", "removed", "renamed", "moved")}
    lines = [say("taxonomy_diff", before=found["before"], after=found["after"], **numbers)]
    lines += [f"  + {' › '.join(change['after'])}" for change in found["added"]]
    lines += [f"  - {' › '.join(change['before'])}" for change in found["removed"]]
    both = (*found["renamed"], *found["moved"])
    lines += [f"  ~ {' › '.join(change['before'])} → {' › '.join(change['after'])}" for change in both]
    return show("\n".join(lines))


def _tree(found: dict[str, Any], language: str) -> "Tree":
    from rich.text import Text
    from rich.tree import Tree

    say = Translator(language, "cli")

    def line(node: dict[str, Any]) -> Text:
        numbers = say("taxonomy_items", count=f"{node['items']:,}")
        if node.get("users"):
            numbers += ", " + say("taxonomy_users", count=f"{node['users']:,}")
        return Text.assemble(node["label"], "  ", (numbers, "dim"))

    root = Tree(Text(say("taxonomy_facts", version=found["version"], items=f"{found['items']:,}")))
    for topic in found["topics"]:
        branch = root.add(line(topic))
        for subtopic in topic["subtopics"]:
            below = branch.add(line(subtopic))
            for theme in subtopic["themes"]:
                below.add(line(theme))
    return root
