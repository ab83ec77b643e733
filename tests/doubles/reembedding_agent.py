"""Embeds a catalogue again, stops before or after the named step and waits there to be killed (run by test_index): home, step, number."""

import itertools
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from small_world import WordEmbedder

from penchant.settings import Settings
from penchant.store import reembedding
from penchant.store.database import Database
from penchant.store.revisions import Revisions


class NewEmbedder(WordEmbedder):
    """The same vectors under another name."""

    name = "new"


def stopping(step: Callable[..., Any], calls: int, *, before: bool) -> Callable[..., Any]:
    numbers = itertools.count(1)

    def wrapped(*arguments: Any, **named: Any) -> Any:
        stop = next(numbers) == calls
        result = None if stop and before else step(*arguments, **named)
        if stop:
            print("here", flush=True)
            time.sleep(300)
        return result

    return wrapped


def main(home: Path, step: str, calls: int, when: str) -> None:
    settings = Settings(home=home)
    setattr(reembedding, step, stopping(getattr(reembedding, step), calls, before=when == "before"))
    reembedding.reembed_catalogue(
        settings, NewEmbedder(), Revisions(Database.open(f"sqlite:///{home / 'penchant.db'}"))
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4])
