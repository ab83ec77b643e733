"""How times are written on the command line, and where output goes."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import typer
from typer.testing import Result

from penchant.tools.cli.options import moment
from penchant.tools.cli.output import show, show_json
from penchant.tools.cli.progress import progress


@pytest.mark.parametrize(
    "text",
    ["2011-03-01", "2011-03-01T00:00:00Z", "2011-03-01T08:00:00+08:00", "2011-03-01 00:00:00+00:00", "1298937600"],
)
def test_a_moment_can_be_written_in_several_ways(text: str) -> None:
    assert moment(text) == datetime(2011, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "now", "2011-13-01", "2011-03-01T10:00", "nan", "inf", "1e300", "0001-01-01T00:00:00+14:00", "٢٠١١-03-01"],
)
def test_what_is_no_moment_is_refused_with_the_way_to_write_one(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="write 2011-03-01"):
        moment(text)


def test_json_keeps_chinese_readable(capsys: pytest.CaptureFixture[str]) -> None:
    show_json({"label": "家居"})

    assert capsys.readouterr().out == '{\n  "label": "家居"\n}\n'


def test_json_refuses_what_json_cannot_say() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        show_json({"strength": float("nan")})


def test_a_string_is_shown_and_not_read_as_markup(capsys: pytest.CaptureFixture[str]) -> None:
    show("[bold]cat[/bold] [/nonsense]")

    assert capsys.readouterr().out == "[bold]cat[/bold] [/nonsense]\n"


def test_short_work_prints_no_progress_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("items", "bytes") as on_progress:
        on_progress(1, 2)

    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_long_work_prints_lines_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("penchant.tools.cli.progress.LINE_SECONDS", 0.0)
    for silent in (False, True):
        with progress("items.csv", "bytes", silent=silent) as update:
            update(1, 3)
            update(3, 3)

    assert capsys.readouterr().err == "items.csv: 33 %\nitems.csv: 100 %\n"


def test_progress_shows_rate_and_time_left_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    with progress("items", "bytes") as on_progress:
        for done in range(0, 2_000_001, 500_000):
            on_progress(done, 2_000_000)

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "items" in captured.err
    assert "100%" in captured.err
    assert "/s" in captured.err
    assert "0:00:0" in captured.err


def test_no_color_is_respected(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from penchant.tools.cli.rendering.printable import text

    monkeypatch.setenv("FORCE_COLOR", "1")
    show(text("loud", "red"))
    monkeypatch.setenv("NO_COLOR", "1")
    show(text("quiet", "red"))

    loud, quiet = capsys.readouterr().out.splitlines()
    assert loud.startswith("\x1b[")
    assert "loud" in loud
    assert quiet == "quiet"


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("items latest -k abc", "Invalid value for '-k': 'abc' is not a whole number"),
        ("recommend ada -k 1.5", "Invalid value for '-k': '1.5' is not a whole number"),
        ("items popular --days soon", "Invalid value for '--days': 'soon' is not a number"),
        ("serve --port 0", "Invalid value for '--port': '0' is too small: give at least 1"),
        ("serve --workers 65", "Invalid value for '--workers': '65' is too large: give at most 64"),
        ("events add --user ada --type rating --value nan", "--value is not usable: 'nan' is not a number that"),
    ],
)
def test_a_wrong_number_is_refused_in_plain_words(penchant: Callable[..., Result], command: str, message: str) -> None:
    result = penchant(*command.split())

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Error: {message}" in result.stderr
