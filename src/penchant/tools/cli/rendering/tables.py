"""Tables of receipts, users, events and items."""

from collections.abc import Sequence
from datetime import UTC, tzinfo

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from penchant.prompts.locales import Translator
from penchant.prompts.remarks import receipt_in, remark_in, step_in_words
from penchant.store.event import Event
from penchant.store.item import Item
from penchant.store.receipt import Degraded, ImportReceipt, UpdateReceipt, UserSummary, UserUpdate
from penchant.store.recommendation import ItemList
from penchant.tools.cli.rendering.printable import text
from penchant.tools.cli.rendering.tree import day

NARROW = 8
"""A terminal with fewer characters for each column shows no table."""
STATUS_STYLES = {"ok": "green", "degraded": "magenta", "failed": "bold red"}


class PlainTable(Table):
    """A table without a frame. On a terminal too narrow for its columns, the cells of a row stand below one another."""

    def __init__(self, *, show_header: bool = True) -> None:
        super().__init__(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0), show_header=show_header)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width >= NARROW * len(self.columns):
            yield from super().__rich_console__(console, options)
            return
        for row in zip(*(column.cells for column in self.columns), strict=True):
            for column, cell in zip(self.columns, row, strict=True):
                heading = Text(f"{column.header}  " if column.header else "", style="bold")
                shown = cell if isinstance(cell, Text) else Text(str(cell))
                if shown.plain:
                    yield Text.assemble(heading, shown)
            yield Text()


def plain_table(*columns: str, right: Sequence[str] = ()) -> Table:
    """Return a table without a frame; columns named in `right` are aligned to the right."""
    table = PlainTable()
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return table


def import_table(receipts: Sequence[ImportReceipt], words: Translator) -> list[Table | Text]:
    """Return the counts of every file, the reasons for rows set aside, and the time taken."""
    counts = [words(name) for name in ("lines", "accepted", "duplicate", "quarantined")]
    table = plain_table(words("file"), *counts, right=counts)
    for receipt in receipts:
        numbers = (receipt.lines, receipt.accepted, receipt.duplicate, receipt.quarantined)
        table.add_row(text(receipt.file), *(f"{number:,}" for number in numbers))
    lines = sum(receipt.lines for receipt in receipts)
    seconds = sum(receipt.seconds for receipt in receipts)
    timing = Text(words("seconds", lines=f"{lines:,}", seconds=f"{seconds:.1f}"), style="dim")
    return [table, *_reasons(receipts, words), timing]


def _reasons(receipts: Sequence[ImportReceipt], words: Translator) -> list[Text]:
    lines = []
    for receipt in (receipt_in(words.language, receipt) for receipt in receipts):
        lines += [text(note, "magenta") for note in receipt.notes]
        lines += [
            text(words("lines_because", lines=f"{count:,}", reason=reason), "red")
            for reason, count in receipt.reasons.items()
        ]
        if receipt.quarantine_file:
            lines.append(text(words("set_aside", file=receipt.quarantine_file), "dim"))
    return lines


def update_table(receipt: UpdateReceipt, words: Translator) -> list[Table | Text]:
    """Return what an update did for every user."""
    numbers = [words(name) for name in ("version", "new", "assigned", "pooled", "named", "llm_use")]
    table = plain_table(words("user"), *numbers, words("status"), right=numbers)
    for user in receipt.users:
        table.add_row(*_update_row(user, words))
    notes = dict.fromkeys((note.step, note.reason) for user in receipt.users for note in user.degraded)
    return [table, *degraded_lines([Degraded(step=step, reason=reason) for step, reason in notes], words)]


def _update_row(user: UserUpdate, words: Translator) -> list[Text]:
    cells = [
        user.user_id,
        str(user.version),
        f"{user.events_new:,}",
        f"{user.assigned:,}",
        f"{user.pooled:,}",
        f"{user.label_source.llm} + {user.label_source.rule}",
        f"{user.llm.calls} / {user.llm.prompt_tokens + user.llm.completion_tokens:,}",
    ]
    return [*map(text, cells), Text(words(f"status_{user.status}"), style=STATUS_STYLES[user.status])]


def degraded_lines(degraded: Sequence[Degraded], words: Translator) -> list[Text]:
    """Return one line per degraded step, with the reason."""
    return [text(f"! {degraded_in_words(note, words)}", "magenta") for note in degraded]


def degraded_in_words(note: Degraded, words: Translator) -> str:
    """Return the name of a degraded step with the reason."""
    language = words.language
    return words("degraded", step=step_in_words(note.step, language), reason=remark_in(language, note.reason))


def users_table(users: Sequence[UserSummary], words: Translator) -> Table:
    """Return the table of `profile list`."""
    numbers = [words("version"), words("events")]
    table = plain_table(words("user"), *numbers, words("updated"), right=numbers)
    for user in users:
        table.add_row(text(user.user_id), str(user.version), f"{user.events:,}", day(user.updated_at))
    return table


def events_table(events: Sequence[Event], titles: dict[str, str], words: Translator, zone: tzinfo = UTC) -> Table:
    """Return events with the titles of their items, and their times in `zone`."""
    table = plain_table(*(words(name) for name in ("time", "type", "item", "value", "says", "event")))
    for event in events:
        item = titles.get(event.item_id or "", event.item_id or "")
        value = "" if event.value is None else f"{event.value:g}"
        cells = (day(event.at.astimezone(zone)), event.type, item, value, event.said()[:80], event.event_id)
        table.add_row(*map(text, cells))
    return table


def item_table(item: Item, words: Translator) -> Table:
    """Return all fields of an item."""
    table = PlainTable(show_header=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    rows = {
        "item": item.item_id,
        "title": item.title,
        "description": item.description,
        "categories": "; ".join(" > ".join(path) for path in item.categories),
        "tags": ", ".join(item.tags),
        "domain": item.domain,
        "attributes": ", ".join(f"{name}: {value}" for name, value in item.attributes.items()),
        "created": day(item.created_at) if item.created_at else None,
        "link": item.url,
        "available": None if item.available else words("no"),
        "expires": day(item.expires_at) if item.expires_at else None,
    }
    for name, value in rows.items():
        if value:
            table.add_row(words(name), text(value))
    return table


def item_list_table(listed: ItemList, words: Translator) -> Table | Text:
    """Return items by rank, each with the reason for its place."""
    if not listed.items:
        return Text(words("no_items_fit"))
    scores = [words("sum")] if listed.kind == "similar" else []  # what others did and dates are stated by the reasons
    table = plain_table("", words("item"), words("title"), *scores, words("reason"), right=["", *scores])
    for row in listed.items:
        score = [f"{row.score:.3f}"] * len(scores)
        table.add_row(str(row.rank), *map(text, (row.item_id, row.title, *score, row.why)))
    return table
