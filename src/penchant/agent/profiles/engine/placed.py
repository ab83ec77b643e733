"""From events to places in the taxonomy: arithmetic on ids for whatever is about an item; words only where they are sure of themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.arrays import Flags, Floats, Ints
from penchant.store.event_columns import EventColumns


@dataclass(frozen=True)
class Placed:
    """Where the n events of some columns belong. Line j: event `rows[j]` (ascending) belongs to place `places[j]`, an
    index into `ids`, with responsibility `shares[j]`.

    `strange` (n,): about an item of the catalogue that no theme holds; `unknown` (n,): about an item that is not in the catalogue, and
    without words.
    """

    ids: tuple[str, ...]
    rows: Ints
    places: Ints
    shares: Floats
    strange: Flags
    unknown: Flags


def place_events(columns: EventColumns, taxonomy: Taxonomy, worded: Mapping[str, str | None]) -> Placed:
    """`worded`: the id of the topic or subtopic that each text is about; None, or left out: of none that can be told."""
    different = list(dict.fromkeys(columns.items))
    number = {item: at for at, item in enumerate(different)}
    item = np.fromiter(map(number.__getitem__, columns.items), np.int64, len(columns))
    known = np.array([name in taxonomy.item_rows for name in different], bool)
    in_catalogue = known[item] if len(item) else np.zeros(0, bool)
    rows, places, shares, lines_of_item = _lines(taxonomy, ["" if name is None else name for name in different], item)
    spoken = _spoken(columns.words, worded, in_catalogue)
    ids = tuple(theme.id for theme in taxonomy.themes)
    own = {place: len(ids) + at for at, place in enumerate(dict.fromkeys(spoken.values()))}
    if spoken:
        rows = np.concatenate([rows, np.fromiter(spoken, np.int64, len(spoken))])
        places = np.concatenate([places, np.array([own[place] for place in spoken.values()], np.int64)])
        shares = np.concatenate([shares, np.ones(len(spoken))])
        by_row = np.argsort(rows, kind="stable")
        rows, places, shares = rows[by_row], places[by_row], shares[by_row]
    silent = np.ones(len(columns), bool)
    silent[list(columns.words)] = False
    about = np.array([name is not None for name in columns.items], bool)
    return Placed((*ids, *own), rows, places, shares, in_catalogue & ~lines_of_item, about & ~in_catalogue & silent)


def _lines(taxonomy: Taxonomy, names: Sequence[str], item: Ints) -> tuple[Ints, Ints, Floats, Flags]:
    """Lines of events about items (positions in `names`), by row; and which events have any."""
    of, themes, weights = taxonomy.assignments(names)
    counts = np.bincount(of, minlength=len(names)) if len(names) else np.zeros(0, np.int64)
    first = np.cumsum(counts) - counts
    per_event = counts[item]
    rows = np.repeat(np.arange(len(item)), per_event)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(per_event) - per_event, per_event)
    line = np.repeat(first[item], per_event) + within
    return rows, themes[line].astype(np.int64), weights[line].astype(np.float64), per_event > 0


def _spoken(words: Mapping[int, str], worded: Mapping[str, str | None], in_catalogue: Flags) -> dict[int, str]:
    """The place of every event that has words, is not about an item of the catalogue and is about something, by row, ascending."""
    sure = ((row, worded.get(text)) for row, text in sorted(words.items()) if not in_catalogue[row])
    return {row: place for row, place in sure if place is not None}
