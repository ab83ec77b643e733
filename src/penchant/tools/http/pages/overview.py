"""The first page: figures of everything at a glance."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from penchant.agent.app.usage_statistics import spent_by_day
from penchant.prompts.remarks import remark_in, step_in_words
from penchant.settings import Language
from penchant.store.jobs import Job
from penchant.tools.http.access import caller_with
from penchant.tools.http.context import Agent, installation_of
from penchant.tools.http.demo_shop import demo_shop, queue_demo_shop, queue_removal
from penchant.tools.http.pages.rendering import language_of, page, redirect

router = APIRouter(include_in_schema=False)
MOVING = 6
"""How many rising and how many fading nodes the page shows, and how many degraded steps."""


@router.get("/", dependencies=[caller_with("read")])
def overview(request: Request, agent: Agent, still: Annotated[bool, Query()] = False) -> Response:
    """Show figures of everything at a glance; the token of a user leads to their own page. While the demo shop is being
    loaded or removed, the page renews itself, unless it should stay `still`.
    """
    caller = request.state.caller
    if caller.user_id is not None:
        return RedirectResponse("/me", 303)
    jobs, items = agent.services.jobs.counts(), agent.count_items()
    events, demo = agent.services.ledger.count(), demo_shop(agent)
    figures = [
        ("events", f"{events:,}"),
        ("people", f"{agent.services.profiles.count_users():,}"),
        ("items", f"{items:,}"),
        ("jobs_waiting", f"{jobs.get('queued', 0) + jobs.get('running', 0):,}"),
        ("jobs_failed", f"{jobs.get('failed', 0):,}"),
    ]
    newest = agent.services.jobs.list(limit=8)
    spent = spent_by_day(agent.services.usage, agent.settings.llm)[:14]
    moving = agent.taxonomy_trends(lang=language_of(request))
    trends = {way: [row for row in moving if row[2] == way][:MOVING] for way in ("rising", "fading")}
    empty = not items and not events and demo.status not in ("loading", "removing")
    shown: dict[str, Any] = {"figures": figures, "empty": empty, "demo": demo, "spent": spent, "jobs": newest}
    shown |= {"trends": trends, "degraded": _degraded(newest, language_of(request))}
    renewed = demo.status in ("loading", "removing") and not still
    return page(request, "overview.html.j2", renewed=renewed, **shown)


@router.post("/demo", dependencies=[caller_with("write", everybody=True)])
def load_demo(request: Request) -> RedirectResponse:
    """Queue loading the demo shop, where it is offered, and show its progress."""
    queue_demo_shop(installation_of(request))
    return redirect("/")


@router.post("/demo/remove", dependencies=[caller_with("write", everybody=True)])
def remove_demo(request: Request) -> RedirectResponse:
    """Queue removing the demo shop, where it is loaded, and show its progress."""
    queue_removal(installation_of(request))
    return redirect("/")


def _degraded(jobs: Sequence[Job], language: Language) -> list[tuple[str, str, int]]:
    """Return step, reason and count of what these jobs could not do as configured, the most frequent first."""
    users = [user for job in jobs for user in (job.result or {}).get("users", ())]
    notes = Counter((note["step"], note["reason"]) for user in users for note in user.get("degraded", ()))
    return [
        (step_in_words(step, language), remark_in(language, reason), count)
        for (step, reason), count in notes.most_common(MOVING)
    ]
