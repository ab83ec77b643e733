"""`penchant events`: the ledger of behaviour."""

import shlex
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from penchant.errors import NotFoundError, UsageError
from penchant.tools.cli.errors import fail, in_plain_words
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
from penchant.tools.cli.options import AsJson, At, Files, User, examples, user_id
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.session import open_agent, words_of

if TYPE_CHECKING:
    from penchant.store.event import Event

app = typer.Typer(
    help="The ledger: what users did.",
    epilog=examples("penchant events import events.jsonl.gz"),
    no_args_is_help=True,
)


@app.command(
    "import",
    epilog=examples(
        "penchant events import events.jsonl.gz",
        "cat today.jsonl | penchant events import -",
        "penchant events import conversations.json --user ada",
        "penchant events import chat.txt --user ada --speaker 'Ada Lovelace' --zone Europe/London",
        "penchant events import ratings.csv --type rating --columns item_id=movieId,value=rating,at=timestamp",
        "penchant events import orders.csv --columns user_id=Customer,at=Date --date-format %d.%m.%Y --zone Europe/Berlin",
    ),
)
def import_(
    files: Files,
    *,
    user: Annotated[
        str | None,
        typer.Option(
            "--user", metavar="U", help="The user of rows and chat transcripts that name none.", parser=user_id
        ),
    ] = None,
    event_type: Annotated[
        str | None, typer.Option("--type", metavar="T", help="The type of rows that name none: rating, view …")
    ] = None,
    speaker: Annotated[
        str | None,
        typer.Option(
            "--speaker", metavar="NAME", help="The user's name in a chat between people; without it, their id."
        ),
    ] = None,
    columns: Columns = None,
    delimiter: Delimiter = None,
    date_format: DateFormat = None,
    zone: Zone = None,
    encoding: Encoding = None,
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Import behaviour or chat transcripts.

    Invalid rows are set aside with line and reason; events that were sent twice count once. Of a chat with an
    assistant (ChatGPT, Claude, Open WebUI, Gemini, LangChain, AI SDK, OpenAI messages) or between people (WhatsApp,
    LINE, Telegram, Slack, Discord, Messenger, Instagram, Matrix, Google Chat) only the user's own messages count.
    """
    agent = open_agent()
    read = partial(
        agent.import_events,
        user_id=user,
        options=options_of(columns, delimiter, date_format, zone, encoding, event_type=event_type, speaker=speaker),
    )
    import_files(files, read, settings=agent.settings, as_json=as_json, strict=strict)


@app.command(
    epilog=examples(
        "penchant events add --user ada --type purchase --item 22423",
        'penchant events add --user ada --type search --text "cake stand" --at 2011-03-01T10:00:00Z',
    )
)
def add(
    *,
    user: Annotated[str, typer.Option("--user", metavar="U", help="Who did it.", show_default=False)],
    type_: Annotated[
        str,
        typer.Option("--type", metavar="T", help="What was done: view, click, search, purchase …", show_default=False),
    ],
    item: Annotated[str | None, typer.Option("--item", metavar="I", help="The item_id it was done to.")] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="S", help="Search words or a message.")] = None,
    at: At = None,
    value: Annotated[float | None, typer.Option("--value", metavar="N", help="Rating, seconds or quantity.")] = None,
    as_json: AsJson = False,
) -> None:
    """Record one event of a user.

    It happened now, unless --at is given.
    """
    agent = open_agent()
    event = _event(user_id=user, type=type_, item_id=item, text=text, at=at or agent.clock.now(), value=value)
    observed = agent.observe([event])
    if observed.withheld:
        fail(f"nothing was written down: `penchant consent {shlex.quote(user)} grant profile` allows it")
    if as_json:
        return show_json({**observed.model_dump(), "event": event.model_dump(mode="json")})
    phrase = "event_known" if observed.duplicate else "event_added"
    return show(words_of(agent)(phrase, event=event.event_id, user=shlex.quote(user)))


@app.command("list", epilog=examples("penchant events list ada --limit 50"))
def list_(
    user: User,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many, newest first.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List what a user did, newest first."""
    agent = open_agent()
    events = agent.recent_events(user, limit)
    if not events:
        raise NotFoundError(f"no behaviour of user {user!r} is known: import it with `penchant events import FILE`")
    if as_json:
        return show_json({"user_id": user, "events": [event.model_dump(mode="json") for event in events]})
    from penchant.tools.cli.rendering.tables import events_table

    touched = sorted({event.item_id for event in events if event.item_id})
    titles = {item_id: item.title for item_id, item in agent.items(touched).items()}
    return show(events_table(events, titles, words_of(agent), agent.zone_of(user)))


@app.command(
    "remove",
    epilog=examples("penchant events remove ada e-51c0b2", "penchant events remove ada 536365-21730 536365-22752"),
)
def remove(
    user: User,
    event_ids: Annotated[
        list[str],
        typer.Argument(
            metavar="EVENT...", help="The event_ids, as `penchant events list` shows them.", show_default=False
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Remove events of a user.

    The profile, the versions that include them and the item models change accordingly. If one of the events does not
    exist, nothing is removed.
    """
    agent = open_agent()
    removed = agent.remove_events(user, event_ids)
    if as_json:
        return show_json({"user_id": user, "removed": removed})
    return show(words_of(agent)("events_removed", count=removed, user=user))


@app.command(
    "correct",
    epilog=examples("penchant events correct ada e-51c0b2 --type purchase --item 22423 --at 2011-03-01T10:00:00Z"),
)
def correct(
    user: User,
    event_id: Annotated[str, typer.Argument(metavar="EVENT", help="The event_id.", show_default=False)],
    *,
    type_: Annotated[str | None, typer.Option("--type", metavar="T", help="What was really done.")] = None,
    item: Annotated[str | None, typer.Option("--item", metavar="I", help="The item it was done to.")] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="S", help="Search words or a message.")] = None,
    at: At = None,
    value: Annotated[float | None, typer.Option("--value", metavar="N", help="Rating, seconds or quantity.")] = None,
    as_json: AsJson = False,
) -> None:
    """Correct an event; what is not given stays."""
    agent = open_agent()
    known = agent.event(user, event_id)
    given = {"type": type_, "item_id": item, "text": text, "at": at, "value": value}
    event = _event(**known.model_dump() | {name: value for name, value in given.items() if value is not None})
    agent.correct_event(event)
    if as_json:
        return show_json({"user_id": user, "event": event.model_dump(mode="json")})
    return show(words_of(agent)("event_corrected", event=event_id, user=user))


def _event(**fields: Any) -> "Event":
    from pydantic import ValidationError

    from penchant.store.event import Event

    try:
        return Event(**fields)
    except ValidationError as error:
        first = error.errors()[0]
        option = str(first["loc"][0] if first["loc"] else "event").removesuffix("_id")
        if first["type"] == "missing":
            raise UsageError(f"--{option} is empty: give a value") from None
        raise UsageError(f"--{option} is not usable: {in_plain_words(first)}") from None
