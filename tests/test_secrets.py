"""No secret is shown: by value where we know it, by its looks where we do not."""

from pathlib import Path

import pytest
from processor_time import seconds
from pydantic import SecretStr

from penchant.errors import ModelRefused, PenchantError
from penchant.secrets import MASK, mask, register_secrets
from penchant.settings import LlmSettings, Settings, StoreSettings
from penchant.store.receipt import Degraded

KEY = "Zq7planted0key-4711"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Incorrect API key provided: sk-proj-abc123XYZ.", "Incorrect API key provided: ***"),
        ("postgresql+psycopg://ada:pa@s/s:w@db:5432/x is down", "postgresql+psycopg://ada:***@db:5432/x is down"),
        ("Authorization: Bearer abc.def-ghi", "Authorization: Bearer ***"),
        ('{"api_key": "0123456789", "model": "m"}', '{"api_key": "***", "model": "m"}'),
        ("GET /v1?x=1&access_token=0123456789&k=2", "GET /v1?x=1&access_token=***&k=2"),
        ("host=db password=s3cret99 user=ada", "host=db password=*** user=ada"),
        ("X-Api-Key: 0123456789ab", "X-Api-Key: ***"),
        ("token eyJhbGciOiJI.eyJzdWIiOiIx.c2ln here", "token *** here"),
        ("key AIzaSyA-1234567890_abc and ghp_0123456789abcdef", "key *** and ***"),
    ],
)
def test_what_looks_like_a_secret_is_taken_out(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "http://localhost:8000/v1 does not answer: is the server running?",
        "1,200 tokens read, 30 written; the reply stopped at max_tokens=256",
        "set PENCHANT_LLM__API_KEY (or OPENAI_API_KEY): llm.api_key is missing",
        "no item 'sk-1' in the catalogue",
        "user 'ada@example.org' wrote to bob@example.org about risk-taking-and-more",
        "用户没有允许 'profile'",
    ],
)
def test_what_is_no_secret_stays_as_it_is(text: str) -> None:
    assert mask(text) == text


def test_a_secret_in_force_is_known_by_value_whole_and_cut(tmp_path: Path) -> None:
    Settings(home=tmp_path, llm=LlmSettings(api_key=SecretStr(KEY)))
    Settings(home=tmp_path, store=StoreSettings(url="postgresql://ada:Tr%40vel-99-x@db/x"))

    assert mask(f"wrong key {KEY}!") == f"wrong key {MASK}!"
    assert mask(f"wrong key {KEY[:10]}…99, {KEY}") == f"wrong key {MASK}, {MASK}"
    assert mask("the password Tr@vel-99-x was refused") == "the password *** was refused"


def test_the_key_of_the_environment_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "Env1ronment-key")
    assert mask("bad key Env1ronment-key") == "bad key ***"


def test_ordinary_words_are_no_secrets() -> None:
    register_secrets(["penchant", "short"])
    assert mask("run `penchant update` in short") == "run `penchant update` in short"


def test_every_error_and_every_receipt_is_masked() -> None:
    text = "401: key sk-abcdefgh1234 is unknown"
    errors: list[PenchantError] = [PenchantError(text), ModelRefused(text, "llm.api_key")]

    assert {str(error) for error in errors} == {"401: key *** is unknown"}
    assert Degraded(step="read", reason=text).reason == "401: key *** is unknown"


@pytest.mark.parametrize(
    "piece", ["://a:", "sk-", "Bearer ", "password=", "eyJaaaaaaaa.", "a-", "token:", '"', "api_key=\\", "x_y-"]
)
def test_a_long_text_of_nasty_pieces_is_masked_at_once(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert seconds(0.2, mask, text) < 0.2
