"""The pages of one user: for those who run the service, and for the user themself."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from penchant.agent.interest_agent import InterestAgent
from penchant.errors import ConsentError, NotFoundError
from penchant.prompts.locales import signal_in_words
from penchant.prompts.remarks import remark
from penchant.settings import Language
from penchant.store.consents import Purpose
from penchant.store.jobs import Job
from penchant.store.labels import merge_repeated_labels
from penchant.store.profile import Interest, Profile
from penchant.tools.accounts import by_cause, cited_titles
from penchant.tools.http.access import Caller, caller_with
from penchant.tools.http.audited_users import set_audited_users
from penchant.tools.http.context import Agent, User
from penchant.tools.http.limiters import ModelLimiter
from penchant.tools.http.pages.rendering import language_of, page, redirect
from penchant.tools.http.paths import part
from penchant.tools.http.problems import ProblemError
from penchant.tools.http.stating import record_statements
from penchant.tools.http.waiting import queued
from penchant.tools.list_order import order_note

router = APIRouter(include_in_schema=False)
READ, WRITE = [caller_with("read")], [caller_with("write")]
LISTS = [*READ, caller_with("recommend")]
"""What shows a list of a user, or the reasons for it, needs both scopes."""
LISTED, SHOWN_PARTS = 10, 20
"""How many items the list of a user has; how many contributions the page about one item shows."""
LONGEST_WAIT = 10.0
"""How many seconds a page waits for an update."""


async def _own(request: Request) -> str:
    caller: Caller = request.state.caller
    if caller.user_id is None:
        raise ProblemError(404, remark("own_page_only"))
    set_audited_users(request, caller.user_id)
    return caller.user_id


Own = Annotated[str, Depends(_own)]


@router.get("/me", dependencies=READ)
def own_page(user: Own, request: Request, agent: Agent) -> Response:
    """Show the caller what the service thinks they like."""
    return _person(request, agent, user)


@router.get("/people/{user}", dependencies=READ)
def person(user: User, request: Request, agent: Agent) -> Response:
    """Show one user."""
    return _person(request, agent, user)


@router.get("/people/{user}/report", dependencies=LISTS)
def report(user: User, request: Request, agent: Agent) -> HTMLResponse:
    """Show the whole report as one self-contained page."""
    from penchant.tools.report.write import content

    page = content(agent, user, lang=language_of(request), slim=True, llm=False, corrected_at=_base(user))
    # The report contains its own policy, with hashes of its scripts and styles.
    return HTMLResponse(
        page, headers={"Content-Security-Policy": "default-src 'self' 'unsafe-inline' data:; frame-ancestors 'none'"}
    )


@router.get("/people/{user}/export", dependencies=READ)
def export(user: User, agent: Agent) -> Response:
    """Return the user's whole record as a file."""
    headers = {"Content-Disposition": 'attachment; filename="penchant-profile.json"'}
    return Response(
        agent.export_profile(user).model_dump_json(indent=2), media_type="application/json", headers=headers
    )


@router.get("/people/{user}/why/{item_id:path}", dependencies=LISTS)
async def why(user: User, item_id: str, request: Request, agent: Agent, limiter: ModelLimiter) -> HTMLResponse:
    """Show why one item is recommended, or why not."""
    return await run_sync(_why, user, item_id, request, agent, limiter=limiter)


def _why(user: str, item_id: str, request: Request, agent: InterestAgent) -> HTMLResponse:
    lang = language_of(request)
    explained = agent.explain(user, item_id, lang=lang)
    labels = {node.id: node.label for node in agent.profile(user, lang=lang).walk()}
    titles = cited_titles(agent, user, explained.contributions, lang)
    parts = by_cause(explained.contributions)
    shown, rest = parts[:SHOWN_PARTS], parts[SHOWN_PARTS:]
    rows = [
        {
            "signal": signal_in_words(part.signal, lang),
            "interest": labels.get(part.interest_id or ""),
            "value": part.value,
            "about": list(dict.fromkeys(titles.get(event, event) for event in part.evidence)),
        }
        for part in shown
    ]
    left = {"count": len(rest), "value": sum(part.value for part in rest)}
    return page(request, "why.html.j2", base=_base(user), explained=explained, parts=rows, rest=left)


@router.post("/people/{user}/interests/{node:path}", dependencies=WRITE)
def edit(
    user: User,
    node: str,
    agent: Agent,
    action: Annotated[str, Form()],
    text: Annotated[str | None, Form(max_length=120)] = None,
) -> RedirectResponse:
    """Mute, pin, rename or remove an interest. `text`: its new name."""
    agent.edit(user, action, node, text)
    return redirect(_base(user), f"interests-{action}")


@router.post("/people/{user}/undo", dependencies=WRITE)
def undo(user: User, agent: Agent) -> RedirectResponse:
    """Take back the newest edit of an interest."""
    agent.undo(user)
    return redirect(_base(user), "interests-undo")


@router.post("/people/{user}/statements", dependencies=WRITE)
async def state(
    user: User, agent: Agent, limiter: ModelLimiter, text: Annotated[str, Form(max_length=500)]
) -> RedirectResponse:
    """Record a statement of the user about themself."""
    found = await run_sync(record_statements, agent, user, text, limiter=limiter)
    return redirect(_base(user), "statements-add" if found else "statements-unheard")


@router.post("/people/{user}/statements/{statement_id}/remove", dependencies=WRITE)
def take_back(user: User, statement_id: str, agent: Agent) -> RedirectResponse:
    """Take a statement back, permanently."""
    agent.remove_statement(user, statement_id)
    return redirect(_base(user), "statements-remove")


@router.post("/people/{user}/update", dependencies=WRITE)
async def update(user: User, request: Request) -> RedirectResponse:
    """Update the profile now."""
    job = await queued(request, user, {}, LONGEST_WAIT)
    return redirect(_base(user), f"profile-{_outcome(job)}")


@router.post("/people/{user}/consents", dependencies=WRITE)
def consents(user: User, agent: Agent, purpose: Annotated[list[Purpose] | None, Form()] = None) -> RedirectResponse:
    """Record what the user allows from now on."""
    standing = {each.purpose: each.granted for each in agent.consent(user).purposes}
    granted = [name for name in standing if name in (purpose or []) and not standing[name]]
    revoked = [name for name in standing if name not in (purpose or []) and standing[name]]
    if granted:
        agent.grant(user, *granted)
    if revoked:
        agent.revoke(user, *revoked)
    return redirect(_base(user), "consents-save")


@router.post("/people/{user}/erase", dependencies=WRITE)
def erase(user: User, request: Request, agent: Agent, confirm: Annotated[str, Form()]) -> Response:
    """Erase everything about the user, once they have typed their id."""
    if confirm.strip() != user:
        return redirect(_base(user), "erase-wrong")
    return page(request, "erased.html.j2", receipt=agent.erase(user))


def _outcome(job: Job) -> str:
    """Return how an update ended; `withheld` where the user has not allowed to learn from their behaviour."""
    notes = [note["step"] for user in (job.result or {}).get("users", ()) for note in user["degraded"]]
    return "queued" if not job.ended else "withheld" if "consent" in notes else job.status


def _person(request: Request, agent: Agent, user: str) -> HTMLResponse:
    caller: Caller = request.state.caller
    lang, own = language_of(request), caller.user_id is not None
    profile, known = _profile(agent, user, lang, or_empty=own)
    shown, may_list = merge_repeated_labels(profile), caller.allows("recommend")
    listed, no_list = (
        _listed(agent, profile, lang) if may_list else (None, "own_no_list_scope" if own else "no_list_scope")
    )
    return page(
        request,
        "person.html.j2",
        user=user,
        base=_base(user),
        own=own,
        known=known,
        profile=shown,
        opened=_opened(shown),
        marks=_marks,
        listed=listed,
        why_no_list=no_list,
        statements=agent.statements(user, lang=lang).statements if known else [],
        consents=agent.consent(user),
    )


def _profile(agent: Agent, user: str, lang: Language, *, or_empty: bool) -> tuple[Profile, bool]:
    """Return the profile, and whether anything is known about the user. `or_empty`: an empty profile instead of
    `NotFoundError`.
    """
    try:
        return agent.profile(user, lang=lang), True
    except NotFoundError:
        if not or_empty:
            raise
        return Profile(user_id=user, version=0, as_of=agent.clock.now(), language=lang, n_events=0), False


def _listed(agent: Agent, profile: Profile, lang: Language) -> tuple[dict[str, Any] | None, str]:
    """Return the list; where there is none, None and the phrase that says why."""
    try:
        recommendation = agent.recommend(profile.user_id, LISTED, llm=False, lang=lang)
    except ConsentError:
        return None, "no_list_allowed"
    except NotFoundError:
        return None, "no_list"
    return recommendation.model_dump() | {"order_note": order_note(recommendation, lang)}, "no_list"


def _opened(profile: Profile) -> set[str]:
    """Return the ids of the interests whose narrower ones are in sight: the strongest, and those with one below that was
    muted or pinned by itself. With all of them in sight, the list would be far from the interests that change it.
    """
    strongest = {node.id for node in profile.interests[:1]}
    return strongest | {
        node.id
        for node in profile.walk()
        if any(below.status not in ("active", node.status) for child in node.children for below in child.walk())
    }


def _marks(node: Interest) -> list[str]:
    marks: list[str] = [node.status] if node.status != "active" else []
    marks += [node.trend] if node.trend != "steady" else []
    return marks + (["dislike"] if node.polarity == "dislike" else []) + (["stated"] if node.source == "stated" else [])


def _base(user: str) -> str:
    return f"/people/{part(user)}"
