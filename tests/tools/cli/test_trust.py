"""`penchant consent`, `erase`, `verify` and `audit`."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rule_agent import rule_agent
from typer.testing import Result

from penchant.store.event import Event

Run = Callable[..., Result]
Ask = Callable[..., Any]
SAID = {"user_id": "ada", "type": "message", "at": "2026-02-01T10:00:00Z", "text": "a secret about zeppelins"}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which Ada has said something that has been folded into a profile: made once, copied for each test."""
    home = tmp_path_factory.mktemp("lived") / "home"
    agent = rule_agent(home)
    agent.observe([Event.model_validate(SAID)])
    agent.update("ada")
    agent.services.database.close()
    return home


@pytest.fixture
def ada(lived: Path, home: Path) -> None:
    """The home of this test is one in which Ada has a profile."""
    shutil.copytree(lived, home, dirs_exist_ok=True)


def test_consent_shows_what_stands_since_when_and_what_it_means(ask: Ask) -> None:
    record = ask("consent", "ada", "revoke", "llm")

    assert [
        (purpose["purpose"], purpose["granted"], purpose["since"] is not None) for purpose in record["purposes"]
    ] == [
        ("profile", True, False),
        ("recommend", True, False),
        ("llm", False, True),
    ]
    assert record == ask("consent", "ada", "show")
    assert [(purpose["purpose"], purpose["granted"]) for purpose in record["history"]] == [("llm", False)]


def test_no_purpose_means_all_of_them(ask: Ask) -> None:
    assert {purpose["granted"] for purpose in ask("consent", "ada", "revoke")["purposes"]} == {False}
    assert {purpose["granted"] for purpose in ask("consent", "ada", "grant")["purposes"]} == {True}


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", ["llm", "no", "let a language model read"]), ("zh", ["llm", "否", "允许语言模型阅读"])],
)
def test_people_read_their_consents_in_their_language(
    penchant: Run, monkeypatch: pytest.MonkeyPatch, language: str, expected: list[str]
) -> None:
    monkeypatch.setenv("PENCHANT_LANG", language)
    penchant("consent", "ada", "revoke", "llm")

    [row] = [row for row in penchant("consent", "ada", "show").stdout.splitlines() if row.startswith("llm")]

    assert all(part in row for part in expected)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("revoke", "marketing"), "use one of profile, recommend, llm"),
        (("ponder",), "'ponder' is not one of 'grant', 'revoke', 'show'"),
    ],
)
def test_what_cannot_be_allowed_is_refused(penchant: Run, arguments: tuple[str, ...], message: str) -> None:
    result = penchant("consent", "ada", *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


@pytest.mark.usefixtures("ada")
def test_a_revocation_is_in_force_for_the_next_command(penchant: Run) -> None:
    penchant("consent", "ada", "revoke", "recommend", "--json")
    penchant("consent", "ada", "revoke", "profile", "--json")

    refused = penchant("recommend", "ada")
    unheard = penchant("events", "add", "--user", "ada", "--type", "view", "--item", "x")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "`penchant consent ada grant recommend` allows it" in refused.stderr
    assert (unheard.exit_code, unheard.stdout) == (1, "")
    assert "`penchant consent ada grant profile` allows it" in unheard.stderr


@pytest.mark.usefixtures("ada")
def test_nobody_is_erased_by_mistake(penchant: Run, ask: Ask) -> None:
    result = penchant("erase", "ada")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "say `penchant erase ada --yes`" in result.stderr
    assert len(ask("events", "list", "ada")["events"]) == 1


@pytest.mark.usefixtures("ada")
def test_erasing_tells_what_was_removed_where_and_leaves_no_byte(ask: Ask, penchant: Run, home: Path) -> None:
    receipt = ask("erase", "ada", "--yes")

    assert receipt["removed"] == receipt["found"]
    assert {place: receipt["found"][place] for place in ("ledger", "profile_versions", "vectors")} == {
        "ledger": 1,
        "profile_versions": 1,
        "vectors": 1,
    }
    assert {"recommendations", "feedback", "edits", "consents", "usage", "caches"} <= receipt["found"].keys()
    assert receipt["residue"] == 0
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path for path in files if b"zeppelin" in path.read_bytes() or b'"ada"' in path.read_bytes()] == []
    assert penchant("profile", "show", "ada").exit_code == 1
    shown = penchant("erase", "ada", "--yes")
    assert (shown.exit_code, shown.stdout.splitlines()[-1]) == (0, "Residue: 0")


@pytest.mark.usefixtures("ada")
def test_verify_finds_a_sound_store_sound(ask: Ask, penchant: Run) -> None:
    answer = ask("verify", "--rebuild")

    assert (answer["ok"], answer["findings"], answer["profiles"], answer["identical"]) == (True, [], 1, 1)
    assert penchant("verify").stdout == "No problems found.\n"


@pytest.mark.usefixtures("ada")
def test_verify_names_what_does_not_add_up(penchant: Run, home: Path) -> None:
    with sqlite3.connect(home / "penchant.db") as database:
        database.execute("UPDATE profile_versions SET version = 3")
        database.execute("UPDATE profile_heads SET version = 2")

    result = penchant("verify", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["findings"] == [
        "profile_heads row 1 refers to a row of profile_versions that does not exist",
        "user 'ada' has 1 profile versions numbered 3 to 3: some are missing",
        "the newest profile version of user 'ada' is 3, its head says 2",
    ]


@pytest.mark.usefixtures("ada")
def test_verify_rebuild_finds_a_profile_that_does_not_follow_from_the_ledger(penchant: Run, home: Path) -> None:
    """The ledger is changed under the profile: what was said is something else now."""
    with sqlite3.connect(home / "penchant.db") as database:
        database.execute("UPDATE events SET text = 'walking boots and tents'")

    result = penchant("verify", "--rebuild")

    assert result.exit_code == 1
    assert "ada: " in result.stdout
    assert "0 of 1 profile rebuilt" in result.stdout


def test_a_damaged_database_is_told_with_what_to_do(penchant: Run, home: Path) -> None:
    (home / "penchant.db").write_bytes(b"not a database at all" * 100)

    result = penchant("verify")

    assert result.exit_code == 1
    assert "restore it from a backup, or move it away" in result.stderr
    assert "Traceback" not in result.output


@pytest.fixture
def watched(home: Path) -> None:
    """A home whose service has been asked about two users."""
    agent = rule_agent(home)
    for seq, user in enumerate(("ada", "bob"), 1):
        action = "GET /v1/users/{user}/profile"
        agent.services.audit_log.add("t-1", action, user_id=user, status=200, request_id=f"q-{seq}")
    agent.close()


@pytest.mark.usefixtures("watched")
def test_the_audit_log_is_listed_for_all_or_for_one(ask: Ask) -> None:
    assert [entry["user_id"] for entry in ask("audit")["entries"]] == ["bob", "ada"]
    assert all(entry["at"].endswith("Z") for entry in ask("audit")["entries"])
    assert [entry["user_id"] for entry in ask("audit", "--limit", "1")["entries"]] == ["bob"]
    [entry] = ask("audit", " ada ")["entries"]
    assert set(entry) == {"seq", "at", "caller", "action", "user_id", "status", "request_id"}
    assert entry["caller"] == "t-1"


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize(("language", "columns", "empty"), [("en", "Caller", "No call"), ("zh", "调用者", "服务尚未")])
def test_people_read_the_audit_log_in_their_language(
    penchant: Run, monkeypatch: pytest.MonkeyPatch, language: str, columns: str, empty: str
) -> None:
    monkeypatch.setenv("PENCHANT_LANG", language)

    shown = penchant("audit", "ada").stdout

    assert columns in shown
    assert "GET /v1/users/{user}/profile" in shown
    assert empty in penchant("audit", "nobody").stdout
