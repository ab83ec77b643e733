"""Queues messages for webhooks in the transaction of what they tell of: never one without the other."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, and_, delete, insert, select, update

from penchant.store.schema import webhook_deliveries, webhooks

REMEMBERED = timedelta(days=30)
"""How long a message waits to be sent, and how long the log keeps what has ended."""
LEASE = timedelta(minutes=1)
"""How long a message is its sender's alone."""
WebhookEvent = Literal["profile.updated", "drift", "erased", "job.failed"]


def announce(
    connection: Connection, at: datetime, event: WebhookEvent, about: Iterable[tuple[str | None, Mapping[str, Any]]]
) -> None:
    """Write a message down for every webhook that wants it, in this transaction.

    `about`: whose each is (None: nobody's), and what it says.
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
    """Give up what has been due for `REMEMBERED` (nobody may be sending at all), and forget what ended as long ago."""
    table, before = webhook_deliveries.c, now - REMEMBERED
    kept_waiting = and_(table.status == "waiting", table.next_at < before)
    why = f"not sent within {REMEMBERED.days} days: is `penchant serve` running?"
    values = {"status": "failed", "error": why, "data": None, "finished_at": now}
    connection.execute(update(webhook_deliveries).where(kept_waiting).values(**values))
    ended = and_(table.status.in_(["delivered", "failed"]), table.next_at < before + LEASE)  # for the sake of the index
    connection.execute(delete(webhook_deliveries).where(ended, table.finished_at < before))
