"""What the evidence of an account was about, in words."""

from datetime import timedelta
from pathlib import Path

import pytest
from small_shop import NOON, installation

from penchant.store.clock import FixedClock
from penchant.store.event import Event
from penchant.store.recommendation import Contribution
from penchant.tools.accounts import cited_titles

LONG = "Which green tea is best in the evening, and how long should it draw in the pot?"


@pytest.mark.parametrize(
    ("lang", "search", "message"),
    [
        ("en", "search “green tea”", "message “Which green tea is best in the evening, and how long should…”"),
        ("zh", "搜索“green tea”", "消息“Which green tea is best in the evening, and how long should…”"),
    ],
)
def test_evidence_is_named_by_its_item_or_by_its_words(home: Path, lang: str, search: str, message: str) -> None:
    events = [
        Event(user_id="zed", type="search", text="green tea", at=NOON - timedelta(days=3), event_id="e1"),
        Event(user_id="zed", type="message", text=LONG, at=NOON - timedelta(days=2), event_id="e2"),
        Event(user_id="zed", type="click", item_id="i6", at=NOON - timedelta(days=1), event_id="e3"),
        Event(user_id="zed", type="click", item_id="unknown", at=NOON, event_id="e4"),
    ]
    with installation(home, FixedClock(NOON)) as agent:
        agent.observe(events)
        parts = [Contribution(signal="content", evidence=("e1", "e2", "e3", "e4"), value=1.0)]
        about = cited_titles(agent, "zed", parts, lang)
    assert about == {"e1": search, "e2": message, "e3": "tea pot number 6", "e4": "unknown"}
