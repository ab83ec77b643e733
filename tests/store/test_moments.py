"""Times are read by stated rules; what fits none of them is refused with the cure, and never becomes a morning of 1970."""

import shlex
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.errors import UsageError
from penchant.store.moments import (
    AMBIGUOUS_DATE,
    EARLIEST,
    LATEST,
    UNKNOWN_DATE_FORM,
    Times,
    checked_formats,
    parse_moment,
    parse_point_in_time,
    zone_named,
)

T = datetime(2020, 7, 5, 10, 30, tzinfo=UTC)
BERLIN = Times(zone_named("Europe/Berlin"))


@pytest.mark.parametrize(
    "written",
    [
        *("2020-07-05T10:30:00Z", "2020-07-05 12:30:00+02:00", "2020-07-05 10:30:00 UTC", "2020-07-05 10:30:00 +0000"),
        *(1593945000, 1593945000.0, "1593945000", 1593945000000, 1593945000000000, "1593945000000000000", "1.593945e9"),
        *(
            "2020-07-05T10:30:00z",
            "2020-07-05 10:30:00.000 Z",
            "Sun, 05 Jul 2020 10:30:00 GMT",
            "5 Jul 2020 10:30:00 +0000",
        ),
        *("Sun Jul 05 2020 12:30:00 GMT+0200 (CEST)", "Sun Jul 05 10:30:00 +0000 2020"),
        T,
    ],
)
def test_one_moment_is_read_in_every_common_form(written: object) -> None:
    assert parse_moment(written) == T


@pytest.mark.parametrize("written", [20200705, "20200705", "2020-07-05", date(2020, 7, 5), 20200705.0])
def test_a_date_needs_a_zone_and_is_its_midnight_there(written: object) -> None:
    with pytest.raises(ValueError, match="zone"):
        parse_moment(written)
    assert BERLIN.read(written) == datetime(2020, 7, 4, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        *("2020/07/05 12:30", "2020/7/5 12:30:00 PM", "2020.07.05 12:30", "2020-7-5T12:30", "2020年7月5日 12:30"),
        *("Jul 5, 2020, 12:30:00\u202fPM", "July 5, 2020 12:30", "2020/07/05 10:30Z", "2020/7/5 18:30 +08:00"),
        *("2020-07-05 10:30:00.000 +0000 UTC", "Sunday, July 5, 2020 at 10:30:00\u202fAM UTC"),
        *("Sun, Jul 5, 2020, 12:30 PM", "Sun., Jul. 5, 2020 12:30", "2020年7月5日 中午12:30", "2020/7/5 下午 12:30"),
    ],
)
def test_a_time_that_begins_with_its_year_or_names_its_month_is_read(written: str) -> None:
    assert BERLIN.read(written) == T


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("5/7/2020", "%d/%m/%Y or %m/%d/%Y"),
        ("05.07.2020 10:30", "'%d.%m.%Y %H:%M' or '%m.%d.%Y %H:%M'"),
        ("7-5-20", "%d-%m-%y or %m-%d-%y"),
    ],
)
def test_a_date_that_may_begin_with_day_or_month_is_refused_with_the_forms_of_its_own(written: str, forms: str) -> None:
    with pytest.raises(ValueError, match=f"{AMBIGUOUS_DATE} {forms}$"):
        BERLIN.read(written)
    for form in forms.split(" or "):
        assert Times(UTC, checked_formats(shlex.split(form))).read(written)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("13/7/2020", "%d/%m/%Y"),
        ("12/25/2020", "%m/%d/%Y"),
        ("25.12.2020 8:05", "'%d.%m.%Y %H:%M'"),
        ("12/25/20, 8:05:09 PM", "'%m/%d/%y, %I:%M:%S %p'"),
        ("25-12-40", "%d-%m-%y"),
        ("20-07-05", "%d-%m-%y or %y-%m-%d"),
    ],
)
def test_a_date_of_few_readings_is_refused_with_the_forms_that_read_it(written: str, form: str) -> None:
    with pytest.raises(ValueError, match=f"{UNKNOWN_DATE_FORM} {form}$"):
        BERLIN.read(written)
    for pattern in form.split(" or "):
        assert Times(UTC, checked_formats(shlex.split(pattern))).read(written)


@pytest.mark.parametrize("written", ["13/25/2020", "32.1.2020"])
def test_a_date_that_fits_no_form_is_no_time(written: str) -> None:
    with pytest.raises(ValueError, match="is not a time: give ISO 8601"):
        BERLIN.read(written)


def test_hours_are_read_with_the_part_of_the_day_in_chinese() -> None:
    at = {
        f"{part}{hour}": BERLIN.read(f"2020年7月5日 {part}{hour}:05").astimezone(BERLIN.zone).hour
        for part, hour in (("下午", 8), ("上午", 8), ("凌晨", 0), ("上午", 12), ("中午", 1), ("晚上", 11), ("早上", 7))
    }

    assert list(at.values()) == [20, 8, 0, 0, 13, 23, 7]
    for unclear in ("晚上12:05", "中午11:05", "下午13:05"):
        with pytest.raises(ValueError, match="is not a time"):
            BERLIN.read(f"2020年7月5日 {unclear}")


@pytest.mark.parametrize(
    "written", ["2020/13/05", "2020/2/30", "2020/7/5 25:00", "2020/7/5 13:00 PM", "Foo 5, 2020", "Marble 5, 2020"]
)
def test_a_time_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        BERLIN.read(written)


def test_a_number_that_a_spreadsheet_has_shortened_is_no_time() -> None:
    with pytest.raises(ValueError, match="save that column as text"):
        parse_moment("1.59E+09")


@pytest.mark.parametrize(
    "written",
    [
        45123.5,
        "45123.5",
        0,
        1,
        -1,
        123456,
        "1e300",
        2020,
        99999999,
        1e25,
        10**400,
        float("nan"),
        "1969-01-01T00:00:00Z",
    ],
)
def test_a_number_that_is_no_likely_time_is_refused_with_the_cure(written: object) -> None:
    with pytest.raises(ValueError, match="--date-format"):
        parse_moment(written)


@pytest.mark.parametrize(
    ("pattern", "written", "moment"),
    [
        ("%d.%m.%Y %H:%M", "05.07.2020 12:30", T),
        ("%Y%m%d", 20200705, datetime(2020, 7, 4, 22, tzinfo=UTC)),
        ("excel", 44017.520833333336, T),
        ("excel", "44017,5208333333", T),
        ("unix", 1593945000, T),
        ("unix-ms", "1593945000000", T),
        ("%d/%b/%Y:%H:%M:%S %z", "05/Jul/2020:10:30:00 +0000", T),
    ],
)
def test_a_named_form_is_read_as_named(pattern: str, written: object, moment: datetime) -> None:
    times = Times(zone_named("Europe/Berlin"), checked_formats([pattern]))

    assert times.read(written) == moment
    with pytest.raises(ValueError, match="is not a time written as"):
        times.read("soon")


@pytest.mark.parametrize("pattern", ["", "%", "year", "%H:%M", "%d.%m.", "%Q"])
def test_a_form_that_reads_no_date_is_refused_at_once(pattern: str) -> None:
    with pytest.raises(UsageError, match="does not match any date"):
        checked_formats([pattern])


@pytest.mark.parametrize("name", ["Middle/Earth", "", "../../etc/passwd", "+99:00", "x\0"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="not a time zone"):
        zone_named(name)


def test_a_day_with_the_name_of_its_month_needs_a_zone_too() -> None:
    with pytest.raises(ValueError, match="zone"):
        parse_moment("05 Jul 2020, 12:30")
    assert BERLIN.read("05 Jul 2020, 12:30") == BERLIN.read("Sunday, 5 Jul 2020 12:30") == T


def test_zones_are_named_or_counted() -> None:
    offsets = [
        zone_named(name).utcoffset(datetime(2020, 7, 5))
        for name in ("Asia/Shanghai", "+08:00", "UTC+8", "+8", "-0330", "UTC")
    ]

    assert offsets == [*4 * [timedelta(hours=8)], -timedelta(hours=3, minutes=30), timedelta()]


@given(
    st.one_of(st.text(), st.floats(), st.integers(), st.datetimes(), st.dates(), st.none(), st.binary()),
    st.sampled_from([Times(), BERLIN, Times(UTC, any_year=True), Times(UTC, ("excel", "%d.%m.%Y"))]),
)
def test_anything_is_a_time_in_utc_or_a_plain_refusal(written: object, times: Times) -> None:
    try:
        moment = times.read(written)
    except ValueError as error:
        assert str(error)
        return
    assert moment.tzinfo is UTC
    assert times.any_year or EARLIEST <= moment < LATEST


def test_a_date_is_its_midnight_in_utc_and_a_wrong_one_is_quoted_as_it_was_sent() -> None:
    assert parse_point_in_time("2026-11-30") == datetime(2026, 11, 30, tzinfo=UTC)
    with pytest.raises(ValueError, match=r"^'2026-02-30' is not a time"):
        parse_point_in_time("2026-02-30")


def test_a_named_format_of_some_dates_leaves_iso_dates_readable() -> None:
    times = Times(UTC, checked_formats(["%d/%m/%Y"]))

    assert times.read("3/4/2026") == datetime(2026, 4, 3, tzinfo=UTC)
    assert times.read("2026-04-05") == datetime(2026, 4, 5, tzinfo=UTC)
    assert times.read("2026-04-05T10:00:00+02:00") == datetime(2026, 4, 5, 8, tzinfo=UTC)
    for strange in ("4/13/2026", "2026/04/05", "5 Jul 2020 10:30:00", "20260405", "2026-04-05 soon"):
        with pytest.raises(ValueError, match="is not a time written as %d/%m/%Y"):
            times.read(strange)


def test_a_named_format_that_begins_with_the_year_is_the_only_order_of_a_date() -> None:
    with pytest.raises(ValueError, match="is not a time written as %Y-%d-%m"):
        Times(UTC, checked_formats(["%Y-%d-%m"])).read("2026-04-13")
