"""`penchant doctor`: what is in force, and whether it works."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Run = Callable[..., Result]
Ask = Callable[..., Any]
PARTS = ["home", "disk", "database", "embedder", "catalogue", "vocabulary", "model", "tokenizer"]


def test_a_sound_installation_passes_every_check(ask: Ask) -> None:
    answer = ask("doctor")

    assert answer["ok"] is True
    assert [(check["name"], check["ok"], check["fix"]) for check in answer["checks"]] == [
        (part, True, None) for part in PARTS
    ]


def test_every_setting_is_listed_with_where_it_came_from(ask: Ask, home: Path, tmp_path: Path) -> None:
    (home / "penchant.toml").write_text('lang = "en"\n[llm]\ntimeout_seconds = 9\n')
    (tmp_path / "mine.toml").write_text('lang = "zh"\n')

    listed = ask("--config", str(tmp_path / "mine.toml"), "doctor")["settings"]
    settings = {setting["name"]: (setting["value"], setting["origin"]) for setting in listed}

    assert settings["lang"] == ("zh", str(tmp_path / "mine.toml"))
    assert settings["llm.timeout_seconds"] == (9, str(home / "penchant.toml"))
    assert settings["llm.provider"] == ("none", "environment")
    assert settings["embedding.provider"] == ("minilm", "default")


@pytest.mark.parametrize(
    ("variable", "instead"),
    [
        ("PENCHANT_LAGN", "PENCHANT_LANG"),
        ("PENCHANT_LLM_MODEL", "PENCHANT_LLM__…"),
        ("PENCHANT_EMBEDDER", "PENCHANT_EMBEDDING__…"),
    ],
)
def test_a_misspelt_variable_is_refused_and_told_how_it_is_written(
    penchant: Run, monkeypatch: pytest.MonkeyPatch, variable: str, instead: str
) -> None:
    monkeypatch.setenv(variable, "zh")
    result = penchant("items", "count")

    assert result.exit_code == 2 and variable in result.stderr and f"use {instead}" in result.stderr


@pytest.mark.parametrize("variable", ["PENCHANT_SERVICE_HOST", "PENCHANT_PORT_8765_TCP_ADDR", "PENCHANT_VERSION"])
def test_variables_that_a_cluster_or_an_image_sets_stop_nothing(
    penchant: Run, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "10.0.0.1")

    assert penchant("items", "count").exit_code == 0


@pytest.mark.parametrize("variable", ["PENCHANT_HOME", "PENCHANT_LANG", "PENCHANT_STORE__URL", "PENCHANT_CHROMA__URL"])
def test_an_empty_variable_is_not_set(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv(variable, "")

    assert ask("items", "count") == {"count": 0}
    settings = {setting["name"]: setting["origin"] for setting in ask("doctor")["settings"]}
    assert settings[variable.removeprefix("PENCHANT_").lower().replace("__", ".")] == "default"
    assert not (tmp_path / "penchant.db").exists(), "state must not lie where one happens to stand"


def test_a_tilde_in_the_home_is_the_user_s_own_folder(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "ada"))
    monkeypatch.setenv("PENCHANT_HOME", "~/shop")
    (tmp_path / "ada" / "shop").mkdir(parents=True)
    (tmp_path / "ada" / "shop" / "penchant.toml").write_text('lang = "zh"\n')

    settings = {setting["name"]: setting["value"] for setting in ask("doctor")["settings"]}

    assert (settings["home"], settings["lang"]) == (str(tmp_path / "ada" / "shop"), "zh")
    assert not (tmp_path / "~").exists()


def test_secrets_are_not_shown(penchant: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENCHANT_LLM__API_KEY", "sk-open-sesame")
    monkeypatch.setenv("PENCHANT_STORE__URL", "postgresql+psycopg://ada:sesame@localhost:1/none")

    for shown in (penchant("doctor"), penchant("doctor", "--json")):
        assert "sesame" not in shown.stdout
        assert "postgresql+psycopg://ada:***@localhost:1/none" in shown.stdout


def test_what_fails_says_how_to_mend_it_and_the_rest_is_still_tried(
    penchant: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENCHANT_STORE__URL", "mysql://localhost/x")

    result = penchant("doctor", "--json")
    answer = json.loads(result.stdout)

    assert (result.exit_code, answer["ok"]) == (1, False)
    failed, catalogue = [check for check in answer["checks"] if not check["ok"]]
    assert (failed["name"], catalogue["name"]) == ("database", "catalogue")  # the catalogue is recorded there
    assert "use sqlite:///" in failed["fix"]


def test_a_home_that_cannot_be_written_is_found_out(
    penchant: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PENCHANT_HOME", str(tmp_path / "file"))

    result = penchant("doctor")

    assert result.exit_code == 1
    assert "set PENCHANT_HOME to a folder you may write to" in " ".join(result.stdout.split())
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("lang = ", "penchant.toml cannot be read"),
        ('lang = "fr"', "setting 'lang' is not usable"),
        ("colour = 1", "colour"),
    ],
)
def test_settings_that_cannot_be_used_are_named(penchant: Run, home: Path, content: str, message: str) -> None:
    (home / "penchant.toml").write_text(content)

    result = penchant("doctor")

    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


UNTRUSTED = 'lang = "zh"\nprompts = "templates"\n[llm]\nprovider = "openai"\nbase_url = "http://127.0.0.1:9/v1"\n'


def test_settings_in_the_working_directory_are_not_read_and_doctor_says_so(
    penchant: Run, ask: Ask, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-never-to-be-sent")
    (tmp_path / "penchant.toml").write_text(UNTRUSTED)

    result = penchant("doctor")
    answer = ask("doctor")

    assert f"{tmp_path / 'penchant.toml'} is not read: name it with `penchant --config`" in result.stderr.replace(
        "\n", " "
    )
    settings = {setting["name"]: setting["value"] for setting in answer["settings"]}
    assert (settings["lang"], settings["prompts"], settings["llm.base_url"]) == ("en", None, None)
    assert "is not read" in next(check["found"] for check in answer["checks"] if check["name"] == "home")


@pytest.mark.parametrize("way", ["option", "environment", "home"])
def test_settings_that_somebody_asked_for_are_read(
    ask: Ask, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    file = tmp_path / "penchant.toml" if way != "home" else home / "work" / "penchant.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text('lang = "zh"\n')
    monkeypatch.chdir(file.parent)
    if way == "environment":
        monkeypatch.setenv("PENCHANT_CONFIG", str(file))

    answer = ask(*(["--config", str(file)] if way == "option" else []), "doctor")

    assert [setting["value"] for setting in answer["settings"] if setting["name"] == "lang"] == ["zh"]


def test_a_settings_file_that_is_not_there_is_told(penchant: Run, tmp_path: Path) -> None:
    result = penchant("--config", str(tmp_path / "none.toml"), "items", "count")

    assert result.exit_code == 2
    assert "there is no settings file" in result.stderr
