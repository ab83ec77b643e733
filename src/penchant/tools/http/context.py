"""What routes share: the agent that a request is about, and answers that are serialised only once.

Dependencies are coroutines, because FastAPI runs every other dependency in the thread pool.
"""

import re
from collections.abc import Callable
from functools import partial, wraps
from inspect import Parameter, Signature, iscoroutinefunction, signature
from typing import Annotated, Any, TypeVar

from anyio.to_thread import run_sync
from fastapi import Depends, Header, Path, Query, Request, Response
from pydantic import BaseModel

from penchant.agent.interest_agent import InterestAgent
from penchant.errors import NotFoundError
from penchant.settings import Language
from penchant.store.identifiers import id_argument
from penchant.tools.http.problems import ProblemError
from penchant.tools.http.tenants import OpenTenant, OpenTenants

T = TypeVar("T")


def agent_of(request: Request) -> InterestAgent:
    """Return the agent of the installation that the caller reaches: the service's own or their tenant's."""
    return installation_of(request).agent


def installation_of(request: Request) -> OpenTenant:
    """Return the installation that the caller reaches: the agent with its job worker and webhook sender."""
    installation: OpenTenant | None = getattr(request.state, "installation", None)
    installations: OpenTenants = request.app.state.installations
    return installation or installations.own


def as_json(answer: BaseModel, headers: dict[str, str] | None = None) -> Response:
    """Return a JSON response. The answer has the type that its route declares, so FastAPI need not validate it again."""
    return Response(answer.model_dump_json(by_alias=True), headers=headers, media_type="application/json")


def of_known(agent: InterestAgent, user: str, rows: list[T]) -> list[T]:
    """Return the rows of a user; where there are none, raise `NotFoundError` unless anything is known of the user."""
    if not rows:
        agent.profile(user)
    return rows


async def _agent(request: Request) -> InterestAgent:
    return agent_of(request)


NO_BREAK = r"[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*"
VISIBLE = r"[^\s\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]"
ANY_ID = {"pattern": f"^{NO_BREAK}{VISIBLE}{NO_BREAK}$"}
"""The pattern of ids for the documentation only: `id_argument` checks ids, with error messages of our own."""
UserPart = Annotated[
    str, Path(max_length=256, description="The application's id of the user", json_schema_extra=ANY_ID)
]
ItemPart = Annotated[str, Path(description="The item_id in the catalogue", json_schema_extra=ANY_ID)]


async def _item_id(item_id: ItemPart) -> str:
    return id_argument(item_id, "item_id")


async def _user(user: UserPart) -> str:
    return id_argument(user)


Agent = Annotated[InterestAgent, Depends(_agent)]
ItemId = Annotated[str, Depends(_item_id)]
User = Annotated[str, Depends(_user)]
Lang = Annotated[Language | None, Query(description="Language of labels and reasons")]
IfMatch = Annotated[str | None, Header(description="The ETag of the profile that the change is based on")]
PRECONDITION_FAILED = 412
_TAG = r'(?:W/)?"[^"]*"'
_TAGS = re.compile(rf"\s*{_TAG}(?:\s*,\s*{_TAG})*\s*")


def named_version(if_match: str | None, version: int | None) -> int | None:
    """Return the profile version that `If-Match` names, or None where it names none. `version`: the newest version; None
    where there is no profile.

    Raises `ProblemError` 400 where the header is not a list of ETags, 412 where none of them is of the newest
    version.
    """
    if if_match is None:
        return None
    if if_match.strip() != "*" and not _TAGS.fullmatch(if_match):
        raise ProblemError(
            400, "If-Match is not a list of ETags: send the ETag of the profile unchanged, with its quotes"
        )
    if version is None:
        raise ProblemError(PRECONDITION_FAILED, "there is no profile of this user: leave If-Match out")
    if if_match.strip() == "*":
        return None
    if not any(tag.startswith(f'"{version}-') for tag in re.findall(r'"[^"]*"', if_match)):
        raise ProblemError(
            PRECONDITION_FAILED, f"the profile is at version {version} now: read it again before changing it"
        )
    return version


async def _version_check(user: User, agent: Agent, if_match: IfMatch = None) -> Callable[..., object] | None:
    return None if if_match is None else partial(check_version, agent, user, if_match)


def unless_changed(endpoint: Callable[..., Any], target: Callable[..., object] | None = None) -> Callable[..., Any]:
    """Have a route refuse a change that is based on any profile version but the newest. This is checked once the whole
    request is known to be valid, which no dependency can wait for.

    `target`: takes the values of the endpoint and raises `NotFoundError` where what it changes does not exist. That is
    the answer then, whatever version the change is based on (RFC 9110, 13.2.1).
    """

    @wraps(endpoint)
    async def checked(*, check: Callable[..., object] | None, **values: Any) -> Any:
        if check is not None:
            await run_sync(partial(check, partial(target, **values) if target else None))
        if iscoroutinefunction(endpoint):
            return await endpoint(**values)
        return await run_sync(partial(endpoint, **values))

    parameters = signature(endpoint).parameters.values()
    own = Parameter("check", Parameter.KEYWORD_ONLY, annotation=Annotated[Any, Depends(_version_check)])
    checked.__signature__ = Signature([*parameters, own])  # type: ignore[attr-defined]
    return checked


def check_version(
    agent: InterestAgent, user: str, if_match: str | None, target: Callable[[], object] | None
) -> int | None:
    """Return the profile version that `If-Match` names, as `named_version` does. Where it is refused, `target` is called
    first, which raises `NotFoundError` where what is to be changed does not exist.
    """
    try:
        return named_version(if_match, _version(agent, user))
    except ProblemError as error:
        if target is not None and error.status == PRECONDITION_FAILED:
            target()
        raise


def _version(agent: InterestAgent, user: str) -> int | None:
    try:
        return agent.profile(user).version
    except NotFoundError:
        return None
