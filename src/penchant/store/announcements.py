"""Queues webhook messages in the transaction of the change they report: both are stored, or neither."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, and_, delete, insert, select, update

from penchant.store.schema import webhook_deliveries, webhooks

MESSAGE_LIFETIME = timedelta(days=30)
"""How long a message waits to be sent, and how long the log lists finished ones."""
LEASE = timedelta(minutes=1)
"""How long a message is reserved for the sender that took it."""
WebhookEvent = Literal["profile.updated", "drift", "erased", "job.failed"]


def announce(
    connection: Connection, at: datetime, event: WebhookEvent, about: Iterable[tuple[str | None, Mapping[str, Any]]]
) -> None:
    """Queue a message for every webhook that subscribes to `event`, in this transaction.

    `about`: the user a message concerns (None: no user) and its data, for each message.
    """
    rows = connection.execute(select(webhooks.c.webhook_id, webhooks.c.events))
    wanted = [row.webhook_id for row in rows if event in row.events]
    if not wanted:
        return
    messages = [
        {
            "delivery_id": "d-" + secrets.token_hex(8),
            "webhook_id": webhook_id,
            "event": event,
            "user_id": user_id,
            "data": dict(data),
            "status": "waiting",
            "attempts": 0,
            "created_at": at,
            "next_at": at,
        }
        for user_id, data in about
        for webhook_id in wanted
    ]
    if messages:
        connection.execute(insert(webhook_deliveries), messages)
        give_up_old(connection, at)


def give_up_old(connection: Connection, now: datetime) -> None:
    """Give up messages that have been due for `MESSAGE_LIFETIME`, and delete those that ended as long ago.

    Messages stay due that long if no process sends any.
    """
    table, before = webhook_deliveries.c, now - MESSAGE_LIFETIME
    kept_waiting = and_(table.status == "waiting", table.next_at < before)
    why = f"not sent within {MESSAGE_LIFETIME.days} days: is `penchant serve` running?"
    values = {"status": "failed", "error": why, "data": None, "finished_at": now}
    connection.execute(update(webhook_deliveries).where(kept_waiting).values(**values))
    # the condition on next_at follows from the one on finished_at, but has an index
    ended = and_(table.status.in_(["delivered", "failed"]), table.next_at < before + LEASE)
    connection.execute(delete(webhook_deliveries).where(ended, table.finished_at < before))
