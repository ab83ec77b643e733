"""Rendering of pages: one template environment, one language per request, and no data but what a template is given."""

from functools import cache, partial
from importlib.resources import files
from typing import Any, get_args

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse, RedirectResponse

from penchant.prompts.locales import Translator
from penchant.prompts.remarks import remark_in
from penchant.settings import Language
from penchant.store.access_tokens import Scope
from penchant.tools.http.access import COOKIE, Caller
from penchant.tools.http.context import agent_of
from penchant.tools.http.paths import part, sent_path
from penchant.tools.http.preferences import preferred_language

LANGUAGE_COOKIE = "penchant_language"
LANGUAGES: tuple[Language, ...] = get_args(Language)
NAVIGATION: tuple[tuple[str, str, Scope], ...] = (
    ("/", "overview", "read"),
    ("/people", "people", "read"),
    ("/taxonomy", "taxonomy", "read"),
    ("/catalogue", "catalogue", "read"),
    ("/evaluation", "evaluation", "read"),
    ("/jobs", "jobs", "read"),
    ("/running", "running", "admin"),
    ("/try", "try", "recommend"),
)
"""Address, name and scope of every page of those who run the service."""
RENEWED_SECONDS = 5
"""How often a page renews itself that shows the progress of a job."""


def language_of(request: Request) -> Language:
    """Return the language chosen on a page before, else the known one that the browser prefers, else that of the settings."""
    default, chosen = agent_of(request).settings.lang, request.cookies.get(LANGUAGE_COOKIE)
    wanted = chosen or request.headers.get("accept-language", "")
    return preferred_language(wanted, LANGUAGES, default)


def page(
    request: Request, name: str, *, status: int = 200, here: str | None = None, renewed: bool = False, **values: Any
) -> HTMLResponse:
    """Return a page from the template `name`. `here`: the address of this page with GET; None for the requested address,
    or `/` for a form. `renewed`: whether it renews itself every few seconds.
    """
    current = here or (sent_path(request.scope) if request.scope["method"] == "GET" else "")
    here = here or (sent_path(request.scope) if request.scope["method"] == "GET" else "/")
    caller: Caller | None = getattr(request.state, "caller", None)
    everybodys = caller if caller is not None and caller.user_id is None else None
    say, done = Translator(language_of(request), "pages"), request.query_params.get("done", "")
    shared = {
        "say": say,
        "remark": partial(remark_in, say.language),
        "may": caller.allows if caller is not None else lambda _scope: False,
        "done": done if f"done_{done.replace('-', '_')}" in say else "",
        "nav": [
            (path, name) for path, name, scope in NAVIGATION if everybodys is not None and everybodys.allows(scope)
        ],
        "here": here,
        "current": current.partition("?")[0],
        "signed_in": COOKIE in request.cookies,
        "notice": None,
        "renewed": renewed,
    }
    headers = {"Refresh": str(RENEWED_SECONDS)} if renewed else None
    return HTMLResponse(_environment().get_template(name).render(shared | values), status, headers)


def redirect(path: str, done: str | None = None) -> RedirectResponse:
    """Redirect to another page after a form. `done`: the message shown there; its first part names the section that
    shows it, as in `interests-mute`.
    """
    if done is None:
        return RedirectResponse(path, 303)
    return RedirectResponse(f"{path}{'&' if '?' in path else '?'}done={done}#{done.partition('-')[0]}", 303)


@cache
def stylesheet() -> bytes:
    """Return the stylesheet of all pages."""
    return (files(__package__) / "static" / "page.css").read_bytes()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=select_autoescape(default_for_string=True, default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["part"] = part
    return environment
