"""Webhooks: addresses that are notified of events, and the deliveries to them."""

from fastapi import APIRouter
from pydantic import BaseModel

from penchant.store.webhooks import Delivery, NewWebhook, Webhook
from penchant.tools.http.access import caller_with, shown_once
from penchant.tools.http.bodies import Page, WebhookWishes
from penchant.tools.http.context import Agent
from penchant.tools.http.paging import Cursor, Limit, decoded_time, page, place_in_time

router = APIRouter(prefix="/v1/webhooks", tags=["trust"], dependencies=[caller_with("admin", everybody=True)])


class WebhookList(BaseModel):
    """All webhooks, without their secrets."""

    data: list[Webhook]


@router.get("")
def list_webhooks(agent: Agent) -> WebhookList:
    """List all webhooks."""
    return WebhookList(data=agent.services.webhooks.list())


@router.post("", status_code=201, dependencies=[shown_once("secret")])
def add_webhook(body: WebhookWishes, agent: Agent) -> NewWebhook:
    """Add an address to notify; only this answer shows the secret of the signature."""
    return agent.add_webhook(body.url, *body.events)


@router.delete("/{webhook_id}")
def remove_webhook(webhook_id: str, agent: Agent) -> Webhook:
    """Remove a webhook; nothing more is sent to it."""
    return agent.services.webhooks.remove(webhook_id)


@router.get("/{webhook_id}/deliveries")
def list_deliveries(webhook_id: str, agent: Agent, limit: Limit = 100, cursor: Cursor = None) -> Page[Delivery]:
    """List the messages of a webhook, newest first."""
    found = agent.services.webhooks.deliveries(webhook_id, limit=limit + 1, after=decoded_time(cursor))
    return page(found, limit, lambda delivery: place_in_time(delivery.created_at, delivery.id))
