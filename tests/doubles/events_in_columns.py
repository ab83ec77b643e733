"""Events in memory as the columns that are read of the database."""

import json
from collections.abc import Iterable

from penchant.store.event import Event
from penchant.store.event_columns import MICROS, EventColumns, from_rows


def columns_of(events: Iterable[Event], seq: int = 0) -> EventColumns:
    """The events as columns, with numbers from `seq` + 1 on."""
    ordered = sorted(events, key=lambda event: (event.user_id, event.at, event.event_id))
    users = list(dict.fromkeys(event.user_id for event in ordered))
    rows = [
        (
            event.user_id,
            seq + number,
            event.event_id,
            round(event.at.timestamp() * MICROS),
            event.type,
            event.item_id,
            event.value,
            event.text,
            json.dumps(event.context) if event.context else None,
            event.media.model_dump_json() if event.media else None,
        )
        for number, event in enumerate(ordered, 1)
    ]
    return from_rows(users, rows)
