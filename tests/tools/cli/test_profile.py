"""`penchant update`, `profile` and `onboard`, as a person uses them."""

import importlib.util
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Run = Callable[..., Result]
Ask = Callable[..., Any]
TASTES = {"jazz": "Music", "opera": "Music", "tent": "Outdoors", "cake": "Food"}
ITEMS = [
    {"item_id": f"{word}{n}", "title": f"{word} {word} number {n}", "categories": [[topic, word.title()]]}
    for word, topic in TASTES.items()
    for n in range(5)
]


def lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def bought(word: str, first_day: int, count: int = 5, user: str = "ada") -> list[dict[str, Any]]:
    return [
        {
            "user_id": user,
            "type": "purchase",
            "item_id": f"{word}{n % 5}",
            "at": f"2024-03-{first_day + n:02}T08:00:00Z",
        }
        for n in range(count)
    ]


@pytest.fixture
def shop(ask: Ask) -> Ask:
    """A catalogue, and Ada, who bought jazz and then tents."""
    ask("items", "import", "-", stdin=lines(ITEMS))
    ask("events", "import", "-", stdin=lines([*bought("jazz", 1), *bought("tent", 11)]))
    ask("update", "ada")
    return ask


def leaves(profile: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waiting = list(profile["interests"])
    while waiting:
        node = waiting.pop(0)
        waiting += node["children"]
        if not node["children"]:
            yield node


def labels(profile: dict[str, Any]) -> dict[str, str]:
    return {node["label"]: node["status"] for node in leaves(profile)}


def test_the_same_behaviour_shows_the_same_bytes_in_any_order_and_any_batches(
    ask: Ask, penchant: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = [*bought("jazz", 1), *bought("tent", 11), *bought("cake", 14), *bought("jazz", 20, 3)]
    shuffled = events * 2
    random.Random(7).shuffle(shuffled)
    shown = []
    for name, batches in {"one": [events], "three": [shuffled[start::3] for start in range(3)]}.items():
        monkeypatch.setenv("PENCHANT_HOME", str(tmp_path / name))
        ask("items", "import", "-", stdin=lines(ITEMS))
        for batch in batches:
            ask("events", "import", "-", stdin=lines(batch))
        ask("update", "--all")
        shown.append(penchant("profile", "show", "ada", "--json").stdout)
    assert shown[0] == shown[1]


def test_an_edit_outlives_later_behaviour_and_can_be_taken_back(shop: Ask, penchant: Run) -> None:
    jazz = next(node["label"] for node in leaves(shop("profile", "show", "ada")) if node["path"][0] == "Music")
    assert shop("profile", "edit", "ada", "rename", jazz, "Bebop")["text"] == "Bebop"
    shop("profile", "edit", "ada", "pin", "Bebop")
    shop("events", "import", "-", stdin=lines([*bought("jazz", 20), *bought("cake", 25)]))
    shop("update", "ada")
    assert labels(shop("profile", "show", "ada"))["Bebop"] == "pinned"
    shop("profile", "undo", "ada")
    assert labels(shop("profile", "show", "ada"))["Bebop"] == "active"
    shop("profile", "undo", "ada")
    assert "Bebop" not in labels(shop("profile", "show", "ada"))
    nothing = penchant("profile", "undo", "ada")
    assert (nothing.exit_code, nothing.stderr.count("\n")) == (1, 1)


def test_a_stated_dislike_is_shown_as_one(shop: Ask) -> None:
    shop("profile", "edit", "ada", "state", "opera", "dislike")
    [opera] = [node for node in leaves(shop("profile", "show", "ada")) if node["label"] == "opera"]
    assert (opera["polarity"], opera["source"], opera["label_source"], opera["confidence"]) == (
        "dislike",
        "stated",
        "user",
        1.0,
    )


def test_a_taste_is_stated_in_a_sentence_too(shop: Ask) -> None:
    shop("profile", "edit", "ada", "state", "opera", "I hate opera")
    shop("profile", "edit", "ada", "state", "tents", "nights outside, all summer")
    stated = {node["label"]: node["polarity"] for node in leaves(shop("profile", "show", "ada"))}
    assert (stated["opera"], stated["tents"]) == ("dislike", "like")


def test_a_profile_shows_what_was_known_at_any_moment(shop: Ask) -> None:
    early = shop("profile", "show", "ada", "--at", "2024-03-07")
    assert [node["label"] for node in early["interests"]] == ["Music"]
    assert (early["as_of"], early["n_events"]) == ("2024-03-07T00:00:00Z", 5)


def test_history_and_diff_tell_what_changed(shop: Ask) -> None:
    shop("events", "import", "-", stdin=lines(bought("cake", 20)))
    shop("update", "ada")
    versions = shop("profile", "history", "ada")["versions"]
    assert [
        (version["version"], version["kind"], version["events_new"], version["status"]) for version in versions
    ] == [
        (1, "update", 10, "ok"),
        (2, "update", 5, "ok"),
    ]
    change = shop("profile", "diff", "ada", "--from", "1", "--to", "2")
    assert (change["from_version"], change["to_version"], change["events"]) == (1, 2, 5)
    assert change["appeared"][0]["path"] == ["Food"]
    assert {entry["path"][0] for entry in change["changed"]} == {"Music", "Outdoors"}


def test_a_record_goes_out_and_comes_back_elsewhere_as_it_was(
    shop: Ask, penchant: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop("profile", "edit", "ada", "pin", "Music")
    before = penchant("profile", "show", "ada", "--json").stdout
    file = tmp_path / "ada.json"
    assert shop("profile", "export", "ada", "-o", str(file)) == {
        "file": str(file),
        "user_id": "ada",
        "events": 10,
        "versions": 2,
    }
    monkeypatch.setenv("PENCHANT_HOME", str(tmp_path / "elsewhere"))
    shop("profile", "import", str(file))
    assert penchant("profile", "show", "ada", "--json").stdout == before
    assert shop("profile", "export", "ada") == json.loads(file.read_text())
    again = shop("profile", "import", str(file))
    assert (again["n_events"], again["version"]) == (10, 2)


def test_an_export_that_does_not_fit_on_the_disk_leaves_the_old_one(
    shop: Ask, penchant: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "ada.json").write_text("the good one")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("penchant.store.private_files.os.fsync", full)
    result = penchant("profile", "export", "ada", "-o", str(folder / "ada.json"))

    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: no room left to write {folder / 'ada.json'}: ")
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("ada.json", "the good one")]


def test_what_is_no_record_is_refused_in_one_line(shop: Ask, penchant: Run, tmp_path: Path) -> None:
    record = shop("profile", "export", "ada")
    record["versions"][0]["state"] = "AAAA"
    (tmp_path / "damaged.json").write_text(json.dumps(record))
    (tmp_path / "other.json").write_text("{}")
    for name in ("damaged.json", "other.json", "missing.json"):
        refused = penchant("profile", "import", name)
        assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)


def test_a_newcomer_starts_from_what_they_declare_and_from_a_friend(shop: Ask) -> None:
    profile = shop("onboard", "bo", "--interest", "opera singing", "--friend", "ada")
    sources = {node["label"]: (node["source"], node["evidence_count"]) for node in leaves(profile)}
    assert sources["opera singing"] == ("stated", 0)
    assert ("inferred", 0) in sources.values()
    assert abs(sum(node["strength"] for node in profile["interests"]) - 1) < 1e-9


@pytest.mark.parametrize(
    "arguments",
    [
        ("update", "ada", "--all"),
        ("profile", "edit", "ada", "praise", "Music"),
        ("profile", "edit", "ada", "rename", "Music"),
        ("onboard", "bo"),
        ("onboard", "bo", "--attribute", "age"),
    ],
)
def test_what_cannot_be_understood_ends_with_exit_code_2(penchant: Run, arguments: tuple[str, ...]) -> None:
    refused = penchant(*arguments)
    assert (refused.exit_code, refused.stdout) == (2, "")


@pytest.mark.skipif(importlib.util.find_spec("ray") is not None, reason="Ray is installed")
def test_the_engine_ray_says_what_to_install(penchant: Run) -> None:
    refused = penchant("update", "--all", "--engine", "ray")
    assert refused.exit_code == 2
    assert "penchant[ray]" in refused.stderr


def test_a_friend_without_a_profile_is_told_to_lend_nothing_yet(penchant: Run) -> None:
    result = penchant("onboard", "bo", "--friend", "ghost")

    assert result.exit_code == 0
    assert "ghost has no profile yet" in result.stderr


def test_an_update_counts_only_the_profiles_that_were_updated(shop: Ask, penchant: Run) -> None:
    alone, beside = penchant("update", "ghost", "--json"), penchant("update", "ada", "ghost", "--json")

    assert (alone.exit_code, beside.exit_code) == (1, 1)
    assert alone.stderr.splitlines() == [
        "Error: 1 of 1 profiles were not updated (ghost): see `degraded` for why; nothing is lost"
    ]
    assert beside.stderr.splitlines()[0] == "1 profile updated"
    assert "user 'ghost' is unknown" in json.loads(alone.stdout)["users"][0]["degraded"][0]["reason"]


def times(value: Any) -> Iterator[str]:
    """Every text in a document that is a time."""
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from times(part)


def test_json_has_one_form_of_times(shop: Ask, tmp_path: Path) -> None:
    lists = tmp_path / "lists.jsonl"
    shop("recommend", "--all", "-o", str(lists))
    shop("tenant", "create", "acme")
    shop("tenant", "export", "acme", "-o", str(tmp_path / "acme.zip"))
    documents = [
        shop("profile", "history", "ada"),
        shop("profile", "show", "ada"),
        shop("taxonomy", "show"),
        shop("tenant", "list"),
        json.loads(lists.read_text().splitlines()[0]),
        json.loads(zipfile.ZipFile(tmp_path / "acme.zip").read("manifest.json")),
    ]

    found = [list(times(document)) for document in documents]

    assert all(found)
    assert [time for some in found for time in some if not time.endswith("Z")] == []


def test_an_id_that_begins_with_a_hyphen_goes_behind_two_of_them(penchant: Run) -> None:
    penchant("events", "add", "--user", "-1", "--type", "search", "--text", "lamps")

    refused, understood = penchant("events", "list", "-1"), penchant("events", "list", "--json", "--", "-1")

    assert refused.exit_code == 2 and "Put `--` before an id that begins with a hyphen" in refused.stderr
    assert understood.exit_code == 0 and "lamps" in understood.stdout


def test_a_record_is_read_behind_a_byte_order_mark(ask: Callable[..., Any], tmp_path: Path) -> None:
    ask("events", "add", "--user", "ada", "--type", "search", "--text", "tea", "--at", "2025-05-10")
    ask("update", "ada")
    ask("profile", "export", "ada", "-o", "ada.json")
    written = (tmp_path / "ada.json").read_text("utf-8")
    (tmp_path / "marked.json").write_text("\ufeff" + written, encoding="utf-8")
    ask("erase", "ada", "--yes")

    assert ask("profile", "import", "marked.json")["user_id"] == "ada"
    assert ask("events", "list", "ada")["events"] == json.loads(written)["events"]
