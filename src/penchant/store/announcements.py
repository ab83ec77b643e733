"""Writing down what webhooks are to be told, in the transaction of what has happened: told exactly where it has."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, select

from penchant.store.schema import webhook_deliveries, webhooks

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
