"""`penchant webhook`: addresses that are notified of events over HTTP."""

from typing import Annotated

import typer

from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import note, show, show_json, show_table
from penchant.tools.cli.session import open_agent, words_of

app = typer.Typer(
    help="Addresses that are notified over HTTP.",
    epilog=examples("penchant webhook add https://shop.example/penchant --event erased"),
    no_args_is_help=True,
)


@app.command(
    epilog=examples("penchant webhook add https://shop.example/penchant --event profile.updated --event erased")
)
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where messages are sent.", show_default=False)],
    event: Annotated[
        list[str] | None,
        typer.Option(
            "--event", metavar="E", help="profile.updated, drift, erased or job.failed; all where none is named."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Add an address that is notified of events.

    `penchant serve` sends the messages, signed according to Standard Webhooks; the secret is shown now and never
    again. An address in a private network is refused unless `serve.private_webhooks` allows it.
    """
    webhook = open_agent().add_webhook(url, *(event or ()))
    if as_json:
        return show_json(webhook)
    note(f"{webhook.id}: {', '.join(webhook.events)}")
    return show(webhook.secret)


@app.command("list", epilog=examples("penchant webhook list"))
def list_(as_json: AsJson = False) -> None:
    """List all webhooks with their events."""
    agent = open_agent()
    found, words = agent.services.webhooks.list(), words_of(agent)
    if as_json:
        return show_json({"webhooks": [webhook.model_dump(mode="json") for webhook in found]})
    rows = ((webhook.id, webhook.url, " ".join(webhook.events)) for webhook in found)
    return show_table([words(column) for column in ("webhook", "address", "messages")], rows)


@app.command(epilog=examples("penchant webhook remove w-0f3c9a2b41d7"))
def remove(
    webhook_id: Annotated[str, typer.Argument(metavar="ID", help="As `penchant webhook list` prints it.")],
    as_json: AsJson = False,
) -> None:
    """Remove a webhook and the log of its messages."""
    agent = open_agent()
    removed = agent.services.webhooks.remove(webhook_id)
    if as_json:
        return show_json(removed)
    return show(words_of(agent)("webhook_removed", webhook=removed.id))


@app.command(epilog=examples("penchant webhook deliveries", "penchant webhook deliveries w-0f3c9a2b41d7"))
def deliveries(
    webhook_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Of this webhook only.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many, newest first.")] = 100,
    as_json: AsJson = False,
) -> None:
    """List messages and what became of them, newest first."""
    agent = open_agent()
    found, words = agent.services.webhooks.deliveries(webhook_id, limit=limit), words_of(agent)
    if as_json:
        return show_json({"deliveries": [delivery.model_dump(mode="json") for delivery in found]})
    rows = (
        (
            f"{delivery.created_at:%Y-%m-%d %H:%M:%S}",
            *(delivery.webhook_id, delivery.event, words(f"delivery_status_{delivery.status}")),
            *(str(delivery.attempts), delivery.error or "-"),
        )
        for delivery in found
    )
    columns = ("time", "webhook", "message", "status", "attempts", "reason")
    return show_table([words(column) for column in columns], rows)
