"""Signing in with a token, choosing a language, and the stylesheet."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from penchant.characters import LANGUAGES
from penchant.prompts.locales import Translator
from penchant.tools.http.access import COOKIE
from penchant.tools.http.pages.rendering import LANGUAGE_COOKIE, language_of, page, redirect, stylesheet
from penchant.tools.http.problems import ProblemError

router = APIRouter(include_in_schema=False)
YEAR = 365 * 86_400


Back = Annotated[str, Query(max_length=2_000, description="The page to continue with")]


@router.get("/login")
def sign_in_page(request: Request, back: Back = "/") -> HTMLResponse:
    """Show the form for a token."""
    return page(request, "login.html.j2", back=back)


@router.post("/login")
def sign_in(
    request: Request,
    token: Annotated[str, Form(max_length=4_096)] = "",
    back: Annotated[str, Form(max_length=2_000)] = "/",
) -> Response:
    """Keep the token in a cookie that scripts cannot read and other sites cannot send. Where it is not valid, ask for it
    again.
    """
    client = request.client.host if request.client else None
    try:
        request.app.state.gatekeeper.caller(token.strip(), client)
    except ProblemError as error:
        if error.status != 401:
            raise
        wrong = Translator(language_of(request), "pages")("wrong_token")
        return page(request, "login.html.j2", status=error.status, notice=wrong, back=back)
    response = redirect(_here(back))
    # This header of a proxy can be forged, but forging it only limits the sender's own cookie to https.
    secure = "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))
    response.set_cookie(COOKIE, token.strip(), httponly=True, samesite="strict", secure=secure, path="/")
    return response


@router.post("/logout")
def sign_out() -> RedirectResponse:
    """Delete the cookie with the token."""
    response = redirect("/login")
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/language/{code}")
def choose_language(code: str, back: Back = "/") -> RedirectResponse:
    """Show pages in another language from now on."""
    response = redirect(_here(back))
    if code in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, code, max_age=YEAR, httponly=True, samesite="lax", path="/")
    return response


@router.get("/static/page.css")
def css() -> Response:
    """Return the stylesheet."""
    return Response(stylesheet(), media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


def _here(path: str) -> str:
    """Return `path` where it leads to a page of this service, else `/`."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
