"""Pages for those who run the service, but for the first one and the evaluation."""

import json
import shlex
from collections.abc import Sequence
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse

from penchant.agent.app.self_test import SettingInForce, settings_in_force
from penchant.agent.app.tenants import TenantSettings
from penchant.errors import PenchantError
from penchant.store.catalogue import HIDDEN
from penchant.store.durations import parse_duration
from penchant.store.identifiers import id_argument
from penchant.store.item import Item
from penchant.tools.http.access import caller_with, shown_once
from penchant.tools.http.audited_users import set_audited_users
from penchant.tools.http.context import Agent, ItemId, installation_of
from penchant.tools.http.pages.rendering import language_of, page, redirect
from penchant.tools.http.paths import part
from penchant.tools.http.problems import problem_of
from penchant.tools.http.routes_for_commands import for_callers

router = APIRouter(include_in_schema=False)
READ = [caller_with("read", everybody=True)]
WRITE = [caller_with("write", everybody=True)]
ADMIN = [caller_with("admin", everybody=True)]
SIMILAR = 12
ROWS = 50
Text = Annotated[str, Query(max_length=500)]


@router.get("/people", dependencies=READ)
def people(request: Request, agent: Agent, q: Text = "", after: Text = "") -> HTMLResponse:
    """List all users, by id."""
    rows = [row for row in agent.users() if q.casefold() in row.user_id.casefold() and row.user_id > after]
    following = rows[ROWS - 1].user_id if len(rows) > ROWS else None
    return page(request, "people.html.j2", users=rows[:ROWS], next=following, q=q)


@router.get("/taxonomy", dependencies=READ)
def taxonomy(request: Request, agent: Agent) -> HTMLResponse:
    """Show topics, subtopics and themes, and how many users are interested in each."""
    found = agent.taxonomy(users=True, lang=language_of(request))
    return page(request, "taxonomy.html.j2", taxonomy=found if found["items"] else None)


@router.get("/taxonomy/{node_id:path}", dependencies=WRITE)
def taxonomy_node(node_id: str, request: Request, agent: Agent) -> HTMLResponse:
    """Show one node of the taxonomy with forms to correct it."""
    return page(request, "node.html.j2", node=agent.taxonomy_node(node_id, lang=language_of(request)))


@router.post("/taxonomy/{node_id:path}", dependencies=WRITE)
def correct_taxonomy(
    node_id: str,
    request: Request,
    agent: Agent,
    action: Annotated[str, Form(max_length=20)],
    value: Annotated[str, Form(max_length=256)],
) -> RedirectResponse:
    """Rename a node, move a theme, or merge it into another one, permanently."""
    agent.correct_taxonomy(node_id, action, value, lang=language_of(request))
    return redirect("/taxonomy", "taxonomy-correct")


@router.get("/catalogue", dependencies=READ)
def catalogue(request: Request, agent: Agent, q: Text = "", after: Text = "") -> HTMLResponse:
    """List items by id, or search them by meaning."""
    if q:
        found = [item for item, _ in agent.search_items(q, ROWS)]
        notice = agent.unread_query(q, lang=language_of(request))
        return _shelf(request, agent, found, None, q=q, after="", notice=notice)
    rows = agent.list_items(ROWS + 1, after=after or None)
    following = rows[ROWS - 1].item_id if len(rows) > ROWS else None
    return _shelf(request, agent, rows[:ROWS], following, q=q, after=after)


def _shelf(request: Request, agent: Agent, items: Sequence[Item], following: str | None, **asked: Any) -> HTMLResponse:
    withdrawn = agent.withdrawn_items([item.item_id for item in items])
    hidden = {item_id for item_id, how in withdrawn.items() if how == HIDDEN}
    columns: dict[str, Any] = {
        "priced": any("price" in item.attributes for item in items),
        "categorised": any(item.categories for item in items),
    }
    return page(request, "catalogue.html.j2", items=items, next=following, hidden=hidden, **columns, **asked)


@router.get("/catalogue/{item_id:path}/similar", dependencies=READ)
def similar(item_id: ItemId, request: Request, agent: Agent) -> HTMLResponse:
    """Show the items most similar to one, and why."""
    found = agent.similar_items(item_id, SIMILAR, lang=language_of(request))
    return page(request, "similar.html.j2", item=agent.items([item_id])[item_id], found=found)


@router.post("/catalogue/{item_id:path}", dependencies=WRITE)
def hide_or_show(
    item_id: ItemId,
    agent: Agent,
    available: Annotated[Literal["yes", "no"], Form()],
    q: Annotated[str, Form(max_length=500)] = "",
    after: Annotated[str, Form(max_length=500)] = "",
) -> RedirectResponse:
    """Take an item off every list, or put it back, and return to the same part of the catalogue."""
    (agent.unhide_items if available == "yes" else agent.hide_items)([item_id])
    shown = urlencode({name: value for name, value in (("q", q), ("after", after)) if value})
    return redirect(f"/catalogue{'?' + shown if shown else ''}#item-{part(item_id)}")


@router.get("/jobs", dependencies=READ)
def jobs(request: Request, agent: Agent, still: Annotated[bool, Query()] = False) -> HTMLResponse:
    """List the newest jobs; while one of them has not ended, the page renews itself, unless it should stay `still`."""
    newest = agent.services.jobs.list(limit=ROWS)
    renewed = not still and not all(job.ended for job in newest)
    return page(request, "jobs.html.j2", renewed=renewed, jobs=newest)


@router.post("/jobs/{job_id}/cancel", dependencies=WRITE)
def cancel_job(job_id: str, agent: Agent) -> RedirectResponse:
    """End a job; what it has saved stays."""
    agent.services.jobs.cancel(job_id)
    return redirect("/jobs")


@router.post("/update", dependencies=WRITE)
def update_everybody(request: Request, agent: Agent) -> RedirectResponse:
    """Queue an update of all profiles."""
    agent.services.jobs.add("update")
    installation_of(request).runner.wake()
    return redirect("/jobs")


@router.get("/running", dependencies=ADMIN)
def running(
    request: Request, agent: Agent, user: Text = "", before: Annotated[int | None, Query(ge=0, le=10**18)] = None
) -> HTMLResponse:
    """Show tokens, the audit log (of one user or of all, before one of its lines) and the settings in force."""
    return _running(request, agent, user=user.strip(), before=before)


@router.post("/tokens", dependencies=[*ADMIN, shown_once("token")])
def make_token(
    request: Request,
    agent: Agent,
    scope: Annotated[list[str] | None, Form()] = None,
    user: Annotated[str, Form(max_length=256)] = "",
    expires: Annotated[str, Form(max_length=20)] = "",
    note: Annotated[str, Form(max_length=200)] = "",
) -> HTMLResponse:
    """Create a token and show it, this once."""
    token = agent.services.access_tokens.create(
        scope or [],
        user_id=id_argument(user) if user.strip() else None,
        expires_in=parse_duration(expires) if expires.strip() else None,
        note=note.strip() or None,
    )
    return _running(request, agent, new_token=token.token)


@router.post("/tokens/{token_id}/revoke", dependencies=ADMIN)
def revoke_token(token_id: str, agent: Agent) -> RedirectResponse:
    """Revoke a token."""
    agent.services.access_tokens.revoke(token_id)
    return redirect("/running")


@router.get("/try", dependencies=[caller_with("recommend", everybody=True)])
def try_it(
    request: Request,
    agent: Agent,
    user: Text = "",
    k: Annotated[int, Query(ge=1, le=50)] = 5,
    query: Text = "",
    where: Text = "",
) -> HTMLResponse:
    """Show a form for a list, the request it makes and its answer."""
    form = {"user": user, "k": k, "query": query, "where": where}
    if not user:
        return page(request, "try.html.j2", form=form, curl=None)
    set_audited_users(request, user)
    body: dict[str, Any] = {"k": k} | ({"query": query} if query else {}) | ({"where": [where]} if where else {})
    body["lang"] = language_of(request)
    service = f"{request.url.scheme}://{request.url.netloc}"
    url = f"{service}/v1/users/{part(user)}/recommendations"
    headers = "-H 'Authorization: Bearer …' -H 'Content-Type: application/json'"
    sent = shlex.quote(json.dumps(body, ensure_ascii=False))
    curl = f"curl -X POST {shlex.quote(url)} \\\n  {headers} \\\n  -d {sent}"
    arguments = "".join(f", {name}={value!r}" for name, value in body.items())
    python = (
        f"from penchant.client import PenchantClient\n\nwith PenchantClient({service!r}, token='pt_…') as client:\n"
        f"    print(client.recommend({user!r}{arguments}))"
    )
    try:
        listed = agent.recommend(id_argument(user), llm=False, **body)
        answer = for_callers(listed).model_dump(mode="json")
    except PenchantError as error:
        answer = json.loads(bytes(problem_of(request.state.request_id, error).body))
    shown = json.dumps(answer, ensure_ascii=False, indent=2)
    return page(request, "try.html.j2", form=form, curl=curl, python=python, answer=shown)


def _running(
    request: Request, agent: Agent, *, user: str = "", before: int | None = None, new_token: str | None = None
) -> HTMLResponse:
    lines = agent.services.audit_log.list(user or None, limit=ROWS + 1, before=before)
    return page(
        request,
        "running.html.j2",
        here="/running" if request.method == "POST" else None,
        now=agent.clock.now(),
        tenant=request.state.caller.tenant,
        tokens=agent.services.access_tokens.list(),
        new_token=new_token,
        audit=lines[:ROWS],
        audit_user=user,
        older=lines[ROWS - 1].seq if len(lines) > ROWS else None,
        settings=_settings(request, agent),
    )


def _settings(request: Request, agent: Agent) -> list[SettingInForce]:
    """Return the settings in force. A tenant gets only those that a tenant can set, because the others describe the
    shared machine.
    """
    found = settings_in_force(agent.settings)
    if request.state.caller.tenant is None:
        return found
    return [setting for setting in found if setting.name.partition(".")[0] in TenantSettings.model_fields]
