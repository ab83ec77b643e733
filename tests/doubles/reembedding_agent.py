"""A catalogue that is embedded again until the process is killed, before or after a step (work for `killed_in_another_process`)."""

import itertools
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


def embedded_again_until(home: Path, step: str, number: int, when: str, die: Callable[[], None]) -> None:
    """Embed everything again, and go no further than to the beginning or the end of the so-manieth call of the step."""
    settings = Settings(home=home)
    setattr(reembedding, step, _ending(getattr(reembedding, step), number, when, die))
    reembedding.reembed_catalogue(
        settings, NewEmbedder(), Revisions(Database.open(f"sqlite:///{home / 'penchant.db'}"))
    )


def _ending(step: Callable[..., Any], number: int, when: str, die: Callable[[], None]) -> Callable[..., Any]:
    calls = itertools.count(1)

    def wrapped(*arguments: Any, **named: Any) -> Any:
        is_last = next(calls) == number
        if is_last and when == "before":
            die()
        result = step(*arguments, **named)
        if is_last:
            die()
        return result

    return wrapped
