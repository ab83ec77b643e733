"""What a sentence says of the interest it is kept with, and not of the other things it names."""

from pathlib import Path

import pytest
from small_world import World


@pytest.mark.parametrize(
    ("label", "sentence", "kind", "polarity"),
    [
        ("tea", "I love coffee but I hate tea.", "dislike", "dislike"),
        ("coffee", "I love coffee but I hate tea.", "like", "like"),
        ("tea", "I love coffee but I hate herbal tea.", "dislike", "dislike"),
        ("opera", "dislike", None, "dislike"),
    ],
)
def test_kind_and_polarity_of_an_edit_come_from_what_is_said_of_its_interest(
    tmp_path: Path, label: str, sentence: str, kind: str | None, polarity: str
) -> None:
    world = World(f"sqlite:///{tmp_path / 'a.db'}")

    details = world.profile_editor.edit("ada", "state", label, sentence).details

    assert (details.get("kind"), details["polarity"]) == (kind, polarity)


def test_a_label_holds_no_character_that_a_database_cannot_store(tmp_path: Path) -> None:
    world = World(f"sqlite:///{tmp_path / 'a.db'}")

    assert world.profile_editor.edit("ada", "state", "te\0a \ud800").text == "tea \ufffd"
