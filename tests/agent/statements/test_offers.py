"""What a user takes of what an assistant offered counts for what was offered, by the catalogue's own items where it has them."""

import json
from pathlib import Path

from rule_agent import rule_agent

from penchant import Item


def test_a_dish_that_was_taken_and_one_that_was_turned_down_are_behaviour_towards_those_dishes(tmp_path: Path) -> None:
    agent = rule_agent(tmp_path / "home")
    agent.add_items(
        [
            Item(item_id="d1", title="Greek Salad", description="feta, olives, tomatoes"),
            Item(item_id="d2", title="Beef Burger", description="with fries"),
            Item(item_id="d3", title="Lentil Soup"),
        ]
    )
    talk = {
        "messages": [
            {"role": "user", "content": "What could I have for lunch?"},
            {"role": "assistant", "content": "How about:\n1. Greek salad: fresh\n2. Beef burger\n3. Lentil soup"},
            {"role": "user", "content": "The salad sounds perfect, the others don't work for me."},
        ],
        "created_at": "2026-01-01T12:00:00Z",
    }
    path = tmp_path / "talk.jsonl"
    path.write_text(json.dumps(talk), encoding="utf-8")

    agent.import_events(path, user_id="ada")
    agent.update("ada")

    assert {(event.type, event.item_id) for event in agent.events("ada") if event.item_id} == {
        ("like", "d1"),
        ("skip", "d2"),
        ("skip", "d3"),
    }
    assert agent.profile("ada").statements == ()
    agent.close()
