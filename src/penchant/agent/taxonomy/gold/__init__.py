"""A gold set: groups of titles, searches, headlines and messages, each with its correct topics, in two halves.

`seen` is for choosing constants and wording. `unseen` is for reporting only: nothing may be tuned on it.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from penchant.settings import Language

Half = Literal["seen", "unseen"]


@dataclass(frozen=True)
class GoldGroup:
    """Texts that belong together; each of `topics` (ids of the built-in vocabulary) is a correct answer."""

    id: str
    lang: Language
    topics: tuple[str, ...]
    texts: tuple[str, ...]


@lru_cache(maxsize=2)
def gold_groups(half: Half) -> tuple[GoldGroup, ...]:
    """Return one half of the gold set: English and Chinese groups in equal parts, each covering all topics."""
    lines = files(__package__).joinpath(f"{half}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return tuple(GoldGroup(row["id"], row["lang"], tuple(row["topics"]), tuple(row["texts"])) for row in rows)
