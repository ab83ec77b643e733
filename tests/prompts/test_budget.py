"""What stays when a prompt weighs too much."""

from hypothesis import given
from hypothesis import strategies as st

from penchant.prompts.budget import OVERHEAD, batches, fit

ROWS = st.lists(st.lists(st.text("ab", min_size=1, max_size=8), min_size=1, max_size=6), max_size=12)


def tokens(rows: list[tuple[str, ...]]) -> int:
    return sum(len(text) + OVERHEAD for row in rows for text in row)


@given(ROWS, st.integers(0, 400))
def test_the_most_telling_texts_stay_and_the_room_is_kept(rows: list[list[str]], room: int) -> None:
    fitting = fit(rows, room, len)
    assert all(tuple(row[: len(chosen)]) == chosen and chosen for row, chosen in zip(rows, fitting, strict=True))
    assert tokens(fitting) <= max(room, tokens([tuple(row[:1]) for row in rows]))


def test_with_room_for_all_nothing_is_trimmed() -> None:
    assert fit([["a", "b"], ["c"]], 100, len) == [("a", "b"), ("c",)]


def test_every_group_loses_its_last_text_before_any_loses_its_second() -> None:
    rows = [["a1", "a2", "a3"], ["b1", "b2", "b3"]]
    assert fit(rows, 4 * (2 + OVERHEAD), len) == [("a1", "a2"), ("b1", "b2")]


@given(st.integers(0, 500), st.integers(1, 40))
def test_batches_cover_everything_once_in_as_few_as_possible(total: int, per_batch: int) -> None:
    slices = batches(total, per_batch)
    assert [place for batch in slices for place in range(total)[batch]] == list(range(total))
    assert len(slices) == -(-total // per_batch)
    assert all(0 < batch.stop - batch.start <= per_batch for batch in slices)
