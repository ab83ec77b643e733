"""`penchant items`: the catalogue."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from penchant.errors import NotFoundError
from penchant.prompts.locales import Translator
from penchant.tools.cli.importing import (
    Columns,
    DateFormat,
    Delimiter,
    Encoding,
    Strict,
    Zone,
    import_files,
    options_of,
)
from penchant.tools.cli.options import AsJson, Files, examples
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.progress import progress
from penchant.tools.cli.session import open_agent, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from penchant.agent.interest_agent import InterestAgent
    from penchant.store.receipt import ImportReceipt
    from penchant.store.recommendation import ItemList

ItemCount = Annotated[int, typer.Option("-k", help="How many.")]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="EXPR",
        help="Only items such as category=Kitchen or attributes.price<20; may be given again.",
    ),
]
Domain = Annotated[str | None, typer.Option("--domain", metavar="D", help="Only items of this domain.")]
app = typer.Typer(
    help="The catalogue: what can be recommended.",
    epilog=examples("penchant items import items.jsonl.gz"),
    no_args_is_help=True,
)


@app.command(
    "import",
    epilog=examples(
        "penchant items import items.jsonl.gz more.csv",
        "penchant items import books.csv --columns item_id=ISBN,title=Name",
        "zcat all.gz | penchant items import -",
    ),
)
def import_(
    files: Files,
    *,
    columns: Columns = None,
    delimiter: Delimiter = None,
    date_format: DateFormat = None,
    zone: Zone = None,
    encoding: Encoding = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="The files are the whole catalogue: what they lack is hidden until it is back."),
    ] = False,
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Import items into the catalogue.

    Invalid rows are set aside with line and reason; unchanged items cost nothing.
    """
    agent = open_agent()
    present: set[str] = set()
    read = partial(
        agent.import_items, options=options_of(columns, delimiter, date_format, zone, encoding), present=present
    )
    import_files(
        files,
        read,
        settings=agent.settings,
        as_json=as_json,
        strict=strict,
        finish=partial(_hide_missing, agent, present) if replace else None,
    )


def _hide_missing(
    agent: "InterestAgent", present: set[str], receipts: "Sequence[ImportReceipt]"
) -> dict[str, int | str]:
    """Hide the items that the files lack. Hide nothing where a row without a readable item_id was set aside, because it
    may be any of them, or where no row could be used, because then the files are no catalogue.
    """
    lines = sum(receipt.lines for receipt in receipts)
    used = sum(receipt.accepted + receipt.duplicate for receipt in receipts)
    if not used or any(receipt.unnamed for receipt in receipts):
        unnamed = any(receipt.unnamed for receipt in receipts)
        phrase = "files_empty" if not lines else "rows_without_item" if unnamed else "no_row_used"
        return {"hidden": 0, "nothing_was_hidden_because": Translator(agent.settings.lang, "cli")(phrase)}
    return {"hidden": len(agent.hide_missing_items(present))}


@app.command("show", epilog=examples("penchant items show 22423"))
def show_one(
    item_id: Annotated[str, typer.Argument(metavar="ID", help="The item_id in the catalogue.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Show everything the catalogue has about one item."""
    agent = open_agent()
    item = next(iter(agent.items([item_id]).values()), None)
    if item is None:
        raise NotFoundError(f"no item {item_id!r} in the catalogue: import it with `penchant items import FILE`")
    if as_json:
        return show_json(item)
    from penchant.tools.cli.rendering.tables import item_table

    return show(item_table(item, Translator(agent.settings.lang, "cli")))


Ids = Annotated[list[str], typer.Argument(metavar="ID", help="The item_id in the catalogue.", show_default=False)]


@app.command(epilog=examples("penchant items hide 22423 85123"))
def hide(item_ids: Ids, as_json: AsJson = False) -> None:
    """Leave items out of every list.

    They stay hidden until `penchant items unhide`, even when they are imported again. What users did with them still
    counts.
    """
    agent = open_agent()
    _show_changed(agent, "hidden", "items_hidden", agent.hide_items(item_ids), as_json=as_json)


@app.command(epilog=examples("penchant items unhide 22423"))
def unhide(item_ids: Ids, as_json: AsJson = False) -> None:
    """Recommend hidden items again."""
    agent = open_agent()
    _show_changed(agent, "unhidden", "items_unhidden", agent.unhide_items(item_ids), as_json=as_json)


@app.command(epilog=examples("penchant items remove 22423"))
def remove(item_ids: Ids, as_json: AsJson = False) -> None:
    """Remove items from the catalogue.

    What users did with them still counts and is explained; importing them again brings them back.
    """
    agent = open_agent()
    _show_changed(agent, "removed", "items_removed", agent.remove_items(item_ids), as_json=as_json)


def _show_changed(agent: "InterestAgent", what: str, phrase: str, changed: list[str], *, as_json: bool) -> None:
    if as_json:
        return show_json({what: changed})

    return show(Translator(agent.settings.lang, "cli")(phrase, count=len(changed)))


@app.command(epilog=examples("penchant items count"))
def count(as_json: AsJson = False) -> None:
    """Print how many items the catalogue has."""
    agent = open_agent()
    known = agent.count_items()
    if as_json:
        return show_json({"count": known})

    return show(Translator(agent.settings.lang, "cli")("items_known", count=f"{known:,}"))


@app.command(epilog=examples("penchant items reembed"))
def reembed(as_json: AsJson = False) -> None:
    """Embed the whole catalogue again.

    Needed once after the embedder was changed; the old vectors are used until it has finished.
    """
    agent = open_agent()
    with progress(words_of(agent)("progress_items"), "items", silent=as_json) as on_progress:
        items = agent.reembed(on_progress)
    if as_json:
        return show_json({"reembedded": items})

    return show(Translator(agent.settings.lang, "cli")("items_known", count=f"{items:,}"))


@app.command(
    epilog=examples("penchant items similar 22423", "penchant items similar 22423 -k 5 --where 'attributes.price<20'")
)
def similar(
    item_id: Annotated[str, typer.Argument(metavar="ID", help="The item_id in the catalogue.", show_default=False)],
    k: ItemCount = 10,
    where: Where = None,
    domain: Domain = None,
    as_json: AsJson = False,
) -> None:
    """List similar items, by content and by who chose them, with reasons."""
    agent = open_agent()
    _show_list(agent, agent.similar_items(item_id, k, where=where or (), domain=domain), as_json)


@app.command(epilog=examples("penchant items popular", "penchant items popular --days 7 --domain retail"))
def popular(
    days: Annotated[
        float | None, typer.Option("--days", metavar="N", help="Within so many days; by default ever.")
    ] = None,
    k: ItemCount = 10,
    where: Where = None,
    domain: Domain = None,
    as_json: AsJson = False,
) -> None:
    """List the items chosen most often."""
    agent = open_agent()
    _show_list(agent, agent.popular_items(k, days=days, where=where or (), domain=domain), as_json)


@app.command(epilog=examples("penchant items latest", "penchant items latest -k 5 --where category=Kitchen"))
def latest(k: ItemCount = 10, where: Where = None, domain: Domain = None, as_json: AsJson = False) -> None:
    """List the newest items.

    By their created_at; then those without a date, in the order of their import.
    """
    agent = open_agent()
    _show_list(agent, agent.latest_items(k, where=where or (), domain=domain), as_json)


def _show_list(agent: "InterestAgent", listed: "ItemList", as_json: bool) -> None:
    if as_json:
        return show_json(listed)
    from penchant.tools.cli.rendering.tables import degraded_lines, item_list_table

    words = Translator(agent.settings.lang, "cli")
    short = [listed.fewer] if listed.fewer and agent.count_items() else []
    return show(item_list_table(listed, words), *short, *degraded_lines(listed.degraded, words))
