"""Ids have one form at every way in, so that nobody sees the things of somebody with a similar name."""

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from penchant.errors import UsageError
from penchant.store.event import Event
from penchant.store.identifiers import MAX_ID, id_argument, normal_id, normalises_ids

SPACES = st.text(" \t\n\u00a0\u3000\ufeff\u200b", max_size=3)


@given(st.text(), SPACES, SPACES)
def test_every_spelling_of_an_id_is_one_id_or_refused(text: str, before: str, after: str) -> None:
    try:
        normal = normal_id(text)
    except ValueError:
        return
    assert normal_id(normal) == normal
    assert normal_id(f"{before}{text}{after}") == normal
    assert normal_id(unicodedata.normalize("NFD", text)) == normal
    assert 1 <= len(normal) <= MAX_ID
    assert not {"\n", "\r", "\0", "\u2028", "\u0085"} & set(normal)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("sam ", "sam"),
        (" sam", "sam"),
        ("José", unicodedata.normalize("NFC", "José")),
        (17850, "17850"),
        (17850.0, "17850"),
        (1.5, "1.5"),
        ("17850.0", "17850.0"),
        ("a b", "a b"),
        ("用户 一", "用户 一"),
    ],
)
def test_ids_are_read_as_people_mean_them(written: object, normal: str) -> None:
    assert normal_id(written) == normal


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "\u200b",
        "a\nb",
        "a\x00b",
        "a\u2028b",
        "x" * 257,
        10**300,
        float("nan"),
        float("inf"),
        True,
        None,
        "\ud800",
    ],
)
def test_what_is_no_id_is_refused_with_what_to_do(written: object) -> None:
    with pytest.raises(UsageError, match=r"^user_id .*(give|leave|longer than 256)"):
        id_argument(written)


def test_methods_receive_ids_in_their_normal_form() -> None:
    @normalises_ids
    class Recorder:
        def one(self, user_id: str, item_id: str = "i", *, note: str = "") -> list[object]:
            return [user_id, item_id, note]

        def many(self, *user_ids: str, item_ids: tuple[str, ...] = ()) -> list[object]:
            return [user_ids, item_ids]

    recorder = Recorder()

    assert recorder.one("sam ", item_id=" b1", note=" n ") == ["sam", "b1", " n "]
    assert recorder.many(" a", "b ", item_ids=("c ",)) == [("a", "b"), ["c"]]
    with pytest.raises(UsageError, match="user_id"):
        recorder.one("a\nb")


@pytest.mark.parametrize(("field", "value"), [("valeu", 3), ("userid", "x"), ("", 1)])
def test_a_field_nobody_knows_is_refused_by_its_name(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=rf"there is no field '{field}'.*context"):
        Event.model_validate({"user_id": "ada", "type": "view", "at": datetime(2026, 1, 1, tzinfo=UTC), field: value})


def test_the_field_that_was_meant_is_named() -> None:
    with pytest.raises(ValidationError, match="did you mean 'value'"):
        Event(user_id="ada", type="rating", at=datetime(2026, 1, 1, tzinfo=UTC), valeu=3)  # type: ignore[call-arg]


@pytest.mark.parametrize("value", [1.7e308, -1.7e308, 1e13, float("inf"), float("nan")])
def test_numbers_are_bounded(value: float) -> None:
    with pytest.raises(ValidationError):
        Event(user_id="ada", type="rating", at=datetime(2026, 1, 1, tzinfo=UTC), value=value)


@given(
    st.dictionaries(
        st.text(max_size=5),
        st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=12),
    )
)
def test_any_context_is_kept_as_it_can_be_read_back_or_refused(context: dict[str, object]) -> None:
    try:
        event = Event(user_id="ada", type="view", at=datetime(2026, 1, 1, tzinfo=UTC), context=context)
    except ValidationError:
        return
    assert Event.model_validate_json(event.model_dump_json()) == event
    assert event.event_id.startswith("e-")
