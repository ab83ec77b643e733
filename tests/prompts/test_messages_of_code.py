"""Messages whose English text cannot be written from the catalogue, because another package or a lower layer writes it: the code is
run that writes each, and what it writes is a phrase of the catalogue.
"""

import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, get_args

import pytest
from pydantic import BaseModel, Field, ValidationError

from penchant import InterestAgent, Settings
from penchant.errors import OPERATOR_CAN_FIX, SEE_EVERYONE, NotFoundError, PenchantError, without_commands
from penchant.prompts.locales import Translator, names_of_phrases
from penchant.prompts.remarks import remark_in
from penchant.store.access_tokens import AccessTokens, Scope
from penchant.store.clock import FixedClock
from penchant.store.consents import PURPOSES
from penchant.store.database import Database
from penchant.store.durations import parse_duration
from penchant.store.jobs import Jobs

ROOT = Path(__file__).parents[2] / "src" / "penchant"
SCOPES = ", ".join(get_args(Scope))
MEANING = Translator("zh", "remarks")("meaning_recommend")


class Form(BaseModel):
    """One field for every kind of fault that a form of a page can have."""

    number: float = 0.5
    integer: int = 1
    at_most: Annotated[int, Field(le=9)] = 1
    below: Annotated[int, Field(lt=9)] = 1
    at_least: Annotated[int, Field(ge=1)] = 1
    above: Annotated[int, Field(gt=0)] = 1
    too_short: Annotated[str, Field(min_length=1)] = "x"
    too_long: Annotated[str, Field(max_length=3)] = ""
    required: int


class Sources:
    """What the messages come from: an installation with one user who allows no recommendations, and its tables."""

    def __init__(self, agent: InterestAgent, database: Database, clock: FixedClock) -> None:
        self.agent, self.tokens, self.jobs = agent, AccessTokens(database, clock), Jobs(database, clock)
        agent.revoke("ada", "recommend")


@pytest.fixture
def sources(home: Path, database: Database, clock: FixedClock) -> Iterator[Sources]:
    with InterestAgent.open(Settings(home=home, llm={"provider": "none"}), clock=clock) as agent:
        yield Sources(agent, database, clock)


Case = tuple[Callable[[Sources], Any], dict[str, object]]


def _form(**fields: object) -> Callable[[Sources], Any]:
    return lambda _: Form.model_validate({"required": 1} | fields)


#: The name of each phrase, what writes its English text, and the values in it.
MESSAGES: dict[str, Case] = {
    "no_scope": (lambda by: by.tokens.create([]), {"scopes": SCOPES}),
    "other_scope": (lambda by: by.tokens.create(["root"]), {"scope": "root", "scopes": SCOPES}),
    "no_admin_for_one_user": (lambda by: by.tokens.create(["admin"], user_id="ada"), {}),
    "no_token": (lambda by: by.tokens.revoke("t-0"), {"token": "'t-0'"}),
    "no_job": (lambda by: by.jobs.get("j-0"), {"job": "'j-0'"}),
    "no_length_of_time": (lambda _: parse_duration("soon"), {"text": "'soon'"}),
    "item_unchanged": (lambda by: by.agent.hide_items(["tea"]), {"item": "'tea'"}),
    "not_allowed": (
        lambda by: by.agent.recommend("ada"),
        {"user": "'ada'", "purpose": "'recommend'", "meaning": MEANING},
    ),
    "see_everyone": (
        lambda _: str(NotFoundError("why", SEE_EVERYONE)),
        {"why": "why", "command": "`penchant profile list`"},
    ),
    "by_others": (lambda _: without_commands("why: `penchant profile list` says more"), {"why": "why"}),
    "no_method": (lambda _: HTTPStatus.METHOD_NOT_ALLOWED.phrase, {}),
    "meaning_profile": (lambda _: PURPOSES["profile"], {}),
    "meaning_recommend": (lambda _: PURPOSES["recommend"], {}),
    "meaning_llm": (lambda _: PURPOSES["llm"], {}),
    "fault_number": (_form(number="x"), {}),
    "fault_integer": (_form(integer="x"), {}),
    "fault_at_most": (_form(at_most=10), {"limit": 9}),
    "fault_below": (_form(below=9), {"limit": 9}),
    "fault_at_least": (_form(at_least=0), {"limit": 1}),
    "fault_above": (_form(above=0), {"limit": 0}),
    "fault_too_short_one": (_form(too_short=""), {}),
    "fault_too_long": (_form(too_long="long"), {"count": 3}),
    "fault_required": (lambda _: Form.model_validate({}), {}),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_that_other_code_writes_is_read_in_the_reader_s_language(name: str, sources: Sources) -> None:
    written, values = MESSAGES[name]

    assert remark_in("zh", _text(written, sources)) == Translator("zh", "remarks")(name, **values)


def test_every_other_remark_is_written_from_the_catalogue_by_its_name() -> None:
    texts = [path.read_text("utf-8") for path in ROOT.rglob("*.py")]
    writers = [
        text for text in texts if re.search(r"^from penchant\.prompts\.remarks import .*\bremark\b", text, re.MULTILINE)
    ]
    by_name = {name for text in writers for name in re.findall(r'"(\w+)"', text)}

    assert {name for name, _ in names_of_phrases("remarks")} - by_name == MESSAGES.keys()


def _text(written: Callable[[Sources], Any], sources: Sources) -> str:
    """Return a message as the page of a problem gets it."""
    try:
        return str(written(sources))
    except ValidationError as error:
        return str(error.errors()[0]["msg"])
    except PenchantError as error:
        return without_commands(str(error)).removesuffix(f": {OPERATOR_CAN_FIX}")
