"""What stands behind each node besides its masses: how many events, when, in what circumstances, and the newest of them by id."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from penchant.agent.profiles.engine.keywords import fixed_contexts, named_contexts
from penchant.agent.profiles.engine.occasions import Lines, sums
from penchant.agent.profiles.engine.signals import ATTENTION, DISLIKED
from penchant.agent.profiles.engine.state import EVIDENCE_KEPT, FIXED_CONTEXTS, NodeEvidence, Nodes, State
from penchant.arrays import Floats
from penchant.store.event_columns import EventColumns

LEAST_WEIGHT = 0.05
CONTEXTS_KEPT = 24


def add_details(states: Sequence[State], nodes: Nodes, columns: EventColumns, lines: Lines) -> None:
    """Add what `lines` say to `nodes` and `states`, in place."""
    if not len(lines.row):
        return
    np.minimum.at(nodes.first_seen, lines.node, lines.when)
    np.maximum.at(nodes.last_seen, lines.node, lines.when)
    nodes.counts += np.bincount(lines.node, minlength=len(nodes.counts))
    weight = _weights(lines)
    nodes.circumstances = _with_fixed(nodes.circumstances, columns, lines, weight)
    if columns.contexts:
        _add_named(states, nodes, columns, lines, weight)
    _add_events(states, nodes, columns, lines)


def _add_events(states: Sequence[State], nodes: Nodes, columns: EventColumns, lines: Lines) -> None:
    """The newest events of every node, of those that were kept and those that are new."""
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
    """Ids and items of the events of all lines."""
    ids = np.array([*columns.ids, None], object)[lines.event].tolist()
    items = np.array([*columns.items, None], object)[lines.event].tolist()
    for line, waited in lines.carried.items():
        ids[line], items[line] = waited.event_id, waited.item_id
    return ids, items


def _weights(lines: Lines) -> Floats:
    strongest = np.maximum(lines.signals[:, ATTENTION], lines.signals[:, DISLIKED])
    return np.asarray(np.maximum(strongest, LEAST_WEIGHT * lines.share))


def _with_fixed(circumstances: Floats, columns: EventColumns, lines: Lines, weight: Floats) -> Floats:
    """`circumstances` (G, 6) with those of the lines; who waited in the pool is known by the hour alone."""
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
    """Evidence by named circumstance, of the few events that have any."""
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
