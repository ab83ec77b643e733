"""A process that rotates the keys of a home and is killed after some batches: `python rotating_agent.py HOME BATCHES`."""

import itertools
import os
import signal
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection

from penchant import InterestAgent, Settings
from penchant.store import key_rotation
from penchant.store.database import Database

if __name__ == "__main__":
    write, number, most = Database.write, itertools.count(1), int(sys.argv[2])

    def counted(database: Database) -> AbstractContextManager[Connection]:
        """As `write`, so many times; then the process dies."""
        if next(number) > most:
            os.kill(os.getpid(), signal.SIGKILL)
        return write(database)

    key_rotation.BATCH = 2
    with InterestAgent.open(Settings(home=Path(sys.argv[1]), llm={"provider": "none"})) as agent:
        agent.services.database.close()
        Database.write = counted  # type: ignore[method-assign,assignment]
        agent.rotate_keys()
