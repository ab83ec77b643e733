"""Keys of a home that are rotated until the process is killed after some batches (work for `killed_in_another_process`)."""

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from rule_agent import rule_agent
from sqlalchemy import Connection

from penchant.store import key_rotation
from penchant.store.database import Database


def rotated_for(home: Path, batches: int, die: Callable[[], None]) -> None:
    """Rotate the keys, and go no further than to the end of so many batches."""
    write, number = Database.write, itertools.count(1)

    def counted(database: Database) -> AbstractContextManager[Connection]:
        if next(number) > batches:
            die()
        return write(database)

    key_rotation.BATCH = 2
    with rule_agent(home) as agent:
        agent.services.database.close()
        Database.write = counted  # type: ignore[method-assign,assignment]
        agent.rotate_keys()
