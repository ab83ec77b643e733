"""Webhooks: who is told what happens here, and what became of each message."""

from fastapi import APIRouter
from pydantic import BaseModel

from penchant.store.webhooks import Delivery, NewWebhook, Webhook
from penchant.tools.http.access import caller_with, shown_once
from penchant.tools.http.bodies import Page, WebhookWishes
from penchant.tools.http.context import Agent
from penchant.tools.http.paging import Cursor, Limit, decoded_time, page, place_in_time

router = APIRouter(prefix="/v1/webhooks", tags=["trust"], dependencies=[caller_with("admin", everybody=True)])


class WebhookList(BaseModel):
    """Every webhook, without its secret."""

    data: list[Webhook]


@router.get("")
def list_webhooks(agent: Agent) -> WebhookList:
    """Where what is told."""
    return WebhookList(data=agent.services.webhooks.list())


@router.post("", status_code=201, dependencies=[shown_once("secret")])
def add_webhook(body: WebhookWishes, agent: Agent) -> NewWebhook:
    """Tell an address of what happens; this is the only time that the secret for the signature is shown."""
    return agent.add_webhook(body.url, *body.events)


@router.delete("/{webhook_id}")
def remove_webhook(webhook_id: str, agent: Agent) -> Webhook:
    """Tell it nothing more."""
    return agent.services.webhooks.remove(webhook_id)


@router.get("/{webhook_id}/deliveries")
def list_deliveries(webhook_id: str, agent: Agent, limit: Limit = 100, cursor: Cursor = None) -> Page[Delivery]:
    """Its messages, the newest first."""
    found = agent.services.webhooks.deliveries(webhook_id, limit=limit + 1, after=decoded_time(cursor))
    return page(found, limit, lambda delivery: place_in_time(delivery.created_at, delivery.id))
