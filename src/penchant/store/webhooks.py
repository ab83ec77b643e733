"""Webhooks and the queue of their messages: every message is stored until it has been delivered or given up.

A message is queued in the transaction of the change it reports (`announce`), so it is sent if and only if the change
was stored. A sender takes a message by compare-and-swap; if the sender dies, the message is taken again a minute
later, so a message may arrive twice, with the same id. The data of a message is deleted as soon as it has been
delivered or given up.
"""

import base64
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from pydantic import BaseModel, Field
from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from penchant.errors import Cure, NotFoundError, UsageError
from penchant.store.announcements import LEASE, WebhookEvent, announce, give_up_old
from penchant.store.clock import Clock, written_moment
from penchant.store.database import Database
from penchant.store.erasures import refuse_erased
from penchant.store.schema import webhook_deliveries, webhooks

Status = Literal["waiting", "delivered", "failed"]
SECRET = "whsec_"
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3_600, 14_400, 43_200))
"""The pause after each failure. A message that fails after the last one is given up."""
SEE_WEBHOOKS = Cure(("webhook", "list"), "names them")


class Webhook(BaseModel):
    """An address that receives messages. `events`: the kinds of messages it receives."""

    id: str
    url: str
    events: list[WebhookEvent]
    created_at: datetime


class NewWebhook(Webhook):
    """A new webhook: the only time that `secret` is shown."""

    secret: str = Field(description="The secret for signing messages, as in Standard Webhooks")


class Delivery(BaseModel):
    """A message and its state. `answer`: the last HTTP status; `error`: why the last attempt failed; `next_at`: when it is
    tried again, None where it has ended.
    """

    id: str
    webhook_id: str
    event: WebhookEvent
    user_id: str | None = None
    status: Status
    attempts: int
    answer: int | None = None
    error: str | None = None
    created_at: datetime
    next_at: datetime | None
    finished_at: datetime | None = None


class WebhookMessage(BaseModel):
    """A message that is to be sent now."""

    delivery: Delivery
    url: str
    secret: str
    data: dict[str, Any]

    @property
    def body(self) -> dict[str, Any]:
        """The JSON body that is sent."""
        return {"type": self.delivery.event, "timestamp": written_moment(self.delivery.created_at), "data": self.data}


class Webhooks:
    """The webhooks of one installation. Thread-safe; several processes may share the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock

    def add(self, url: str, events: Sequence[str]) -> NewWebhook:
        """Add a webhook for these events (none named: for all). Raises `UsageError` for an unknown event."""
        known = get_args(WebhookEvent)
        unknown = [event for event in events if event not in known]
        if unknown:
            raise UsageError(f"{', '.join(unknown)}: events are {', '.join(known)}")
        webhook = NewWebhook(
            id="w-" + secrets.token_hex(6),
            url=url,
            events=[event for event in known if not events or event in events],
            created_at=self.clock.now(),
            secret=SECRET + base64.b64encode(secrets.token_bytes(32)).decode(),
        )
        with self.database.write() as connection:
            connection.execute(insert(webhooks), webhook.model_dump(exclude={"id"}) | {"webhook_id": webhook.id})
        return webhook

    def remove(self, webhook_id: str) -> Webhook:
        """Delete a webhook and its log. Raises `NotFoundError`."""
        with self.database.write() as connection:
            row = _row_of_webhook(connection, webhook_id)
            connection.execute(delete(webhook_deliveries).where(webhook_deliveries.c.webhook_id == webhook_id))
            connection.execute(delete(webhooks).where(webhooks.c.webhook_id == webhook_id))
        return _webhook(row)

    def deliveries(
        self, webhook_id: str | None = None, *, limit: int = 100, after: tuple[datetime, str] | None = None
    ) -> list[Delivery]:
        """Return the log, newest first.

        `after`: only entries behind this moment and id in that order. Raises `NotFoundError`.
        """
        table = webhook_deliveries.c
        query = select(webhook_deliveries).order_by(table.created_at.desc(), table.delivery_id.desc()).limit(limit)
        if webhook_id is not None:
            query = query.where(table.webhook_id == webhook_id)
        with self.database.read() as connection:
            if webhook_id is not None:
                _row_of_webhook(connection, webhook_id)
            if after is not None:
                at, delivery_id = after
                same = and_(table.created_at == at, table.delivery_id < delivery_id)
                query = query.where(or_(table.created_at < at, same))
            return [_delivery(row) for row in connection.execute(query)]

    def announce_drift(self, user_id: str, version: int, drift: Sequence[Mapping[str, Any]]) -> None:
        """Queue messages that a user's interests have begun to drift. Raises `ErasedError`."""
        with self.database.write() as connection:
            refuse_erased(connection, self.database, user_id)
            data = {"user_id": user_id, "version": version, "drift": [dict(change) for change in drift]}
            announce(connection, self.clock.now(), "drift", [(user_id, data)])

    def due(self) -> bool:
        """Return whether a message is due now."""
        with self.database.read() as connection:
            query = select(webhook_deliveries.c.delivery_id).where(_is_due(self.clock.now())).limit(1)
            return connection.execute(query).first() is not None

    def take(self, leave: Collection[str] = ()) -> WebhookMessage | None:
        """Return the message that has been due longest, reserved for this sender for a minute; None if none is due.

        `leave`: ids of webhooks whose messages are not taken.
        """
        now, table = self.clock.now(), webhook_deliveries.c
        due = and_(_is_due(now), table.webhook_id.not_in(sorted(leave)))
        joined = webhook_deliveries.join(webhooks, webhooks.c.webhook_id == table.webhook_id)
        query = select(webhook_deliveries, webhooks.c.url, webhooks.c.secret).select_from(joined)
        with self.database.read() as connection:
            if connection.execute(select(table.delivery_id).where(due).limit(1)).first() is None:
                return None
        with self.database.write_in_turn() as connection:
            row = connection.execute(query.where(due).order_by(table.next_at).limit(1)).one_or_none()
            if row is None:
                return None
            taken = update(webhook_deliveries).where(table.delivery_id == row.delivery_id)
            connection.execute(taken.values(attempts=row.attempts + 1, next_at=now + LEASE))
        delivery = _delivery(row).model_copy(update={"attempts": row.attempts + 1})
        return WebhookMessage(delivery=delivery, url=row.url, secret=row.secret, data=row.data or {})

    def list(self) -> list[Webhook]:
        """Return all webhooks, oldest first."""
        query = select(webhooks).order_by(webhooks.c.created_at, webhooks.c.webhook_id)
        with self.database.read() as connection:
            return [_webhook(row) for row in connection.execute(query)]

    def mark_delivered(self, delivery: Delivery, answer: int) -> None:
        """Record that the message was delivered."""
        self._end(delivery, {"status": "delivered", "answer": answer, "error": None})

    def mark_failed(self, delivery: Delivery, error: str, answer: int | None = None) -> None:
        """Record that the message was not delivered: it is tried again later, or given up after the last pause."""
        if delivery.attempts > len(PAUSES):
            self._end(delivery, {"status": "failed", "answer": answer, "error": error[:500]})
            return
        later = self.clock.now() + PAUSES[delivery.attempts - 1] * (0.75 + 0.5 * secrets.randbelow(1_000) / 1_000)
        values = {"next_at": later, "answer": answer, "error": error[:500]}
        with self.database.write() as connection:
            connection.execute(_update_of_waiting(delivery).values(**values))

    def _end(self, delivery: Delivery, values: Mapping[str, Any]) -> None:
        now = self.clock.now()
        with self.database.write() as connection:
            connection.execute(_update_of_waiting(delivery).values(**values, data=None, finished_at=now))
            give_up_old(connection, now)


def _is_due(now: datetime) -> Any:
    return and_(webhook_deliveries.c.status == "waiting", webhook_deliveries.c.next_at <= now)


def _update_of_waiting(delivery: Delivery) -> Any:
    return update(webhook_deliveries).where(
        webhook_deliveries.c.delivery_id == delivery.id, webhook_deliveries.c.status == "waiting"
    )


def _row_of_webhook(connection: Connection, webhook_id: str) -> Any:
    """Return the row of a webhook. Raises `NotFoundError`."""
    row = connection.execute(select(webhooks).where(webhooks.c.webhook_id == webhook_id)).one_or_none()
    if row is None:
        raise NotFoundError(f"no webhook {webhook_id!r}", SEE_WEBHOOKS)
    return row


def _webhook(row: Any) -> Webhook:
    return Webhook(id=row.webhook_id, url=row.url, events=row.events, created_at=row.created_at)


def _delivery(row: Any) -> Delivery:
    values = dict(row._mapping)
    if values["status"] != "waiting":  # the row keeps the time, by which old rows are removed
        values["next_at"] = None
    return Delivery(id=values["delivery_id"], **{name: values[name] for name in Delivery.model_fields if name != "id"})
