"""What is stored of each node besides its masses: the number of events, first and last time, circumstances, ids of the newest events;
and keywords.

    w(k|i) = P(I_i | k) = P(k|i) P(i) / (P(k|i) P(i) + P(k|¬i) P(¬i))

by Bayes over decayed counts, Laplace-smoothed. A word that all interests share gets a low weight, however
frequent.
"""

import math
import re
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.occasions import Lines, sums
from penchant.agent.profiles.engine.signals import ATTENTION, DISLIKED
from penchant.agent.profiles.engine.state import EVIDENCE_KEPT, FIXED_CONTEXTS, NodeEvidence, Nodes, State
from penchant.arrays import Floats
from penchant.characters import HAN, IDEOGRAPHS
from penchant.errors import UsageError
from penchant.store.event_columns import EventColumns
from penchant.store.profile import Keyword, construct_all

SHRINKAGE = 8.0
"""The evidence, in events, that a circumstance needs to count as much as the overall interests."""
_BANDS = ("night", "morning", "afternoon", "evening")
_DAYS = ("weekday", "weekend")
_NAMED = ("device", "place")
FIXED = (*(f"hour:{band}" for band in _BANDS), *(f"day:{day}" for day in ("weekday", "weekend")))
GIFT = "gift:yes"
"""The circumstance of an event that was marked as a gift."""
MAX_NAME = 40


def fixed_contexts(at: Floats, contexts: Mapping[int, Mapping[str, Any]]) -> NDArray[np.int64]:
    """Return the columns (n, 2) of `FIXED` for events at these times (Unix seconds, UTC): hour band and kind of day. `contexts`: by row,
    contexts that may give an `hour` of their own.
    """
    days, seconds = np.divmod(at, 86_400.0)
    bands = (seconds // 21_600.0).astype(np.int64)
    for row, context in contexts.items():
        hour = context.get("hour")
        if isinstance(hour, int | float) and math.isfinite(hour):
            bands[row] = int(hour) % 24 // 6
    weekend = (days.astype(np.int64) + 3) % 7 >= 5
    return np.stack([bands, len(_BANDS) + weekend], axis=1)


def named_contexts(context: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the named circumstances of an event, such as `device:phone`."""
    named = [f"{name}:{context[name]}"[:MAX_NAME] for name in _NAMED if context.get(name)]
    return (*named, GIFT) if context.get("gift") else tuple(named)


def circumstances(asked: Mapping[str, str]) -> tuple[str, ...]:
    """Return the requested circumstances: `hour` (0-23), `day` (`weekday` or `weekend`), `device`, `place`. Raises `UsageError`."""
    return tuple(_circumstance(name, str(value)) for name, value in asked.items())


def _circumstance(name: str, value: str) -> str:
    if name == "hour" and value.isdecimal() and len(value) <= 2 and int(value) < 24:
        return _band(int(value))
    if name == "day" and value in _DAYS:
        return f"day:{value}"
    if name in _NAMED and value:
        return f"{name}:{value}"[:MAX_NAME]
    raise UsageError(
        f"{name}={value} is not a circumstance: use hour=0 to 23, day=weekday or day=weekend, device=NAME or place=NAME"
    )


def _band(hour: int) -> str:
    return f"hour:{_BANDS[hour // 6]}"


def contextual(p: Floats, counts: Sequence[Mapping[str, float]], circumstances: Sequence[str]) -> Floats:
    """Return p_i(c) (n,): p adjusted by the evidence for each circumstance c in turn, shrunk towards p,

    p_i(c) = (n_ic + β p_i) / (Σ_j n_jc + β), β = 8 events. The sum stays that of `p`.
    """
    for name in circumstances:
        seen = np.array([leaf.get(name, 0.0) for leaf in counts])
        p = (seen + SHRINKAGE * p) / (seen.sum() + SHRINKAGE) if p.sum() > 0 else p
    return p


SHOWN = 6
SMOOTHING = 0.5
MAX_TERMS = 40
_WORD = re.compile(rf"[^\W\d_]{{3,}}|[{HAN}]+")
_STOP_WORDS = """
the and for with from your you this that are was has have not but all its our out per set pack box into over under about than
what when who how why can will just get let one two three too very more most some any other also
"""
_STOP = frozenset(_STOP_WORDS.split())


def terms(text: str) -> list[str]:
    """Return the distinct words of a text, in order: three letters or more, without stop words; for Chinese, pairs of characters."""
    found: dict[str, None] = {}
    for run in _WORD.findall(text.lower()):
        for chinese in IDEOGRAPHS.findall(run):
            found.update(dict.fromkeys(chinese[i : i + 2] for i in range(max(len(chinese) - 1, 1))))
        found.update(dict.fromkeys(word for word in IDEOGRAPHS.split(run) if len(word) >= 3 and word not in _STOP))
    return list(found)[:MAX_TERMS]


def keywords(words: Sequence[Sequence[tuple[str, float]]], weights: Sequence[float]) -> list[tuple[Keyword, ...]]:
    """Return the most distinctive terms of each interest: those with the highest weight times frequency. `words`: the distinct terms of
    each interest, with their shares of its `weights`.
    """
    ends = list(accumulate(map(len, words), initial=0))
    listed = list(chain.from_iterable(words))
    if not listed:
        return [()] * len(words)
    spelt = [term for term, _ in listed]
    ids = {word: number for number, word in enumerate(sorted(set(spelt)))}
    of = np.fromiter(map(ids.__getitem__, spelt), np.intp, len(spelt))
    row = np.repeat(np.arange(len(words)), np.diff(ends))
    seen = np.fromiter([share for _, share in listed], np.float64, len(listed)) * np.array(weights)[row]
    weight = _weights(seen, row, of)
    # Round, so that the order is the same on machines whose products differ in the last bits.
    best = np.lexsort((of, -(seen * weight).round(9), row))
    shown = best[np.arange(len(best)) - np.array(ends)[row] < SHOWN]
    best_words = construct_all(
        Keyword, {"term": [spelt[at] for at in shown.tolist()], "weight": weight[shown].round(4).tolist()}
    )
    bounds = np.searchsorted(row[shown], np.arange(len(ends))).tolist()
    return [tuple(best_words[start:end]) for start, end in pairwise(bounds)]


def _weights(seen: Floats, row: NDArray[np.intp], of: NDArray[np.intp]) -> Floats:
    """Return w(k|i) for each (interest, term) that occurs. `seen`: its count; `row`: of the interest; `of`: the number of the term; all
    (n,).
    """
    everywhere, own = np.bincount(of, seen), np.bincount(row, seen)
    total, spread = everywhere.sum() or 1.0, SMOOTHING * len(everywhere)
    for_it = (own / total) / (own + spread)
    against = (1.0 - own / total) / (total - own + spread)
    likely = (seen + SMOOTHING) * for_it[row]
    both = likely + (everywhere[of] - seen + SMOOTHING) * against[row]
    return np.asarray(np.divide(likely, both, out=np.ones_like(likely), where=both > 0.0))


LEAST_WEIGHT = 0.05
CONTEXTS_KEPT = 24


def add_details(states: Sequence[State], nodes: Nodes, columns: EventColumns, lines: Lines) -> None:
    """Add the details of `lines` to `nodes` and `states`, in place."""
    if not len(lines.row):
        return
    np.minimum.at(nodes.first_seen, lines.node, lines.when)
    np.maximum.at(nodes.last_seen, lines.node, lines.when)
    nodes.counts += np.bincount(lines.node, minlength=len(nodes.counts))
    weight = _weights_of_lines(lines)
    nodes.circumstances = _with_fixed(nodes.circumstances, columns, lines, weight)
    if columns.contexts:
        _add_named(states, nodes, columns, lines, weight)
    _add_events(states, nodes, columns, lines)


def _add_events(states: Sequence[State], nodes: Nodes, columns: EventColumns, lines: Lines) -> None:
    """Update the newest events of every node, from the stored ones and the new ones."""
    evidence = [state.evidence for state in states]
    starts = nodes.starts[:-1]
    ids, items = _named(columns, lines)
    node = np.concatenate([*(own.node + start for own, start in zip(evidence, starts, strict=True)), lines.node])
    order = np.argsort(node, kind="stable")
    ends = np.searchsorted(node[order], np.arange(len(nodes.counts)), side="right")
    newest = order[ends[node[order]] - np.arange(len(order)) <= EVIDENCE_KEPT]
    signed = lines.signals[:, ATTENTION] - lines.signals[:, DISLIKED]
    at = np.concatenate([*(own.at for own in evidence), lines.when])[newest]
    weights = np.concatenate([*(own.weights for own in evidence), signed])[newest]
    ids = np.array([*chain.from_iterable(own.ids for own in evidence), *ids], object)[newest].tolist()
    items = np.array([*chain.from_iterable(own.items for own in evidence), *items], object)[newest].tolist()
    node = node[newest]
    bounds = np.searchsorted(node, nodes.starts)
    for user, state in enumerate(states):
        own = slice(int(bounds[user]), int(bounds[user + 1]))
        state.evidence = NodeEvidence(node[own] - starts[user], ids[own], items[own], at[own], weights[own])


def _named(columns: EventColumns, lines: Lines) -> tuple[list[str], list[str | None]]:
    """Return the event id and the item of each line."""
    ids = np.array([*columns.ids, None], object)[lines.event].tolist()
    items = np.array([*columns.items, None], object)[lines.event].tolist()
    for line, waited in lines.carried.items():
        ids[line], items[line] = waited.event_id, waited.item_id
    return ids, items


def _weights_of_lines(lines: Lines) -> Floats:
    strongest = np.maximum(lines.signals[:, ATTENTION], lines.signals[:, DISLIKED])
    return np.asarray(np.maximum(strongest, LEAST_WEIGHT * lines.share))


def _with_fixed(circumstances: Floats, columns: EventColumns, lines: Lines, weight: Floats) -> Floats:
    """Return `circumstances` (G, 6) with those of the lines added. For events that waited in the pool only the time is known."""
    own = {}
    if any("hour" in context for context in columns.contexts.values()):
        timely = np.flatnonzero(lines.in_time).tolist()
        own = {line: columns.contexts.get(int(lines.event[line]), {}) for line in timely}
    where = fixed_contexts(lines.when, own)
    count = len(circumstances) * FIXED_CONTEXTS
    index = np.concatenate([np.arange(count), (lines.node[:, None] * FIXED_CONTEXTS + where).ravel()])
    added = np.concatenate([circumstances.ravel(), np.repeat(weight, 2)])
    return sums(index, added, count).reshape(-1, FIXED_CONTEXTS)


def _add_named(states: Sequence[State], nodes: Nodes, columns: EventColumns, lines: Lines, weight: Floats) -> None:
    """Add the evidence of the few events with named circumstances."""
    names = {row: named for row, context in columns.contexts.items() if (named := named_contexts(context))}
    for line in np.flatnonzero(lines.in_time & np.isin(lines.event, list(names))) if names else ():
        user = int(np.searchsorted(nodes.starts, lines.node[line], side="right")) - 1
        state = states[user]
        node = state.ids[int(lines.node[line] - nodes.starts[user])]
        for name in names[int(lines.event[line])]:
            at_node = state.contexts.setdefault(node, {})
            at_node[name] = at_node.get(name, 0.0) + float(weight[line])
            state.contexts[node] = _most(at_node)


def _most(counts: dict[str, float]) -> dict[str, float]:
    if len(counts) <= 2 * CONTEXTS_KEPT:
        return counts
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:CONTEXTS_KEPT])
