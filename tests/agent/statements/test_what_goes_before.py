"""What stands beside a statement, before or behind it, is not taken for its subject."""

import pytest

from penchant.agent.statements.detection import StatementDetector

DETECTOR = StatementDetector()


@pytest.mark.parametrize(
    ("message", "statements"),
    [
        ("I work night shifts, so morning events don't work for me.", [("dislike", "morning events")]),
        ("We live upstairs, so heavy sofas don't suit us.", [("dislike", "heavy sofas")]),
        ("I have severe claustrophobia", [("fact", "severe claustrophobia")]),
        ("I dislike coriander with a passion.", [("dislike", "coriander")]),
        ("我有恐高症。", [("fact", "恐高症")]),
        ("我从来不喝咖啡，一喝就睡不着。", [("avoid", "咖啡")]),
        ("我最怕坐飞机，一坐就吐", [("dislike", "坐飞机")]),
    ],
)
def test_only_the_thing_itself_is_stated(message: str, statements: list[tuple[str, str]]) -> None:
    assert [(each.kind, each.subject) for each in DETECTOR.detect(message)] == statements
