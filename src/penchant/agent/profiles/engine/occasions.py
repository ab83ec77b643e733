"""The mixture of half-lives, computed over the occasions of many users at once.

Masses do not depend on trust, so they are computed first, one step per row for all rows together; then the predictions of every
expert for all events at once; then the trust, one step per user for all users together. Every sum is added term by term in canonical
order, so that the same behaviour gives the same bits, whatever the batches and the other users in them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.engine.dynamics import (
    EXPERTS,
    PRIOR_STRENGTHS,
    SECONDS_PER_DAY,
    even_trust,
    learn,
    likelihood,
)
from penchant.agent.profiles.engine.personal import Claim, PersonalThemes, ThemelessItem
from penchant.agent.profiles.engine.state import State, WaitingEvent
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.arrays import Flags, Floats, Ints
from penchant.store.event_columns import EventColumns


@dataclass(frozen=True)
class PlacedEvents:
    """The places of the n events of some columns. Line j: event `rows[j]` (ascending) belongs to place `places[j]`, an index into `ids`,
    with responsibility `shares[j]`.

    `themeless` (n,): the event is about an item of the catalogue without a theme; `unknown` (n,): it is about an item that is not in
    the catalogue, and has no text.
    """

    ids: tuple[str, ...]
    rows: Ints
    places: Ints
    shares: Floats
    themeless: Flags
    unknown: Flags


def place_events(columns: EventColumns, taxonomy: Taxonomy, text_places: Mapping[str, str | None]) -> PlacedEvents:
    """Return the places of events. `text_places`: the id of the topic or subtopic of each text; None or missing if it is uncertain."""
    different = list(dict.fromkeys(columns.items))
    number = {item: at for at, item in enumerate(different)}
    item = np.fromiter(map(number.__getitem__, columns.items), np.int64, len(columns))
    known = np.array([name in taxonomy.item_rows for name in different], bool)
    in_catalogue = known[item] if len(item) else np.zeros(0, bool)
    rows, places, shares, lines_of_item = _lines(taxonomy, ["" if name is None else name for name in different], item)
    spoken = _spoken(columns.words, text_places, in_catalogue)
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
    return PlacedEvents(
        (*ids, *own), rows, places, shares, in_catalogue & ~lines_of_item, about & ~in_catalogue & silent
    )


def _lines(taxonomy: Taxonomy, names: Sequence[str], item: Ints) -> tuple[Ints, Ints, Floats, Flags]:
    """Return the lines of events about items (positions in `names`), by row; and which events have a line."""
    of, themes, weights = taxonomy.assignments(names)
    counts = np.bincount(of, minlength=len(names)) if len(names) else np.zeros(0, np.int64)
    first = np.cumsum(counts) - counts
    per_event = counts[item]
    rows = np.repeat(np.arange(len(item)), per_event)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(per_event) - per_event, per_event)
    line = np.repeat(first[item], per_event) + within
    return rows, themes[line].astype(np.int64), weights[line].astype(np.float64), per_event > 0


def _spoken(words: Mapping[int, str], text_places: Mapping[str, str | None], in_catalogue: Flags) -> dict[int, str]:
    """Return the place of each event that has a text with a place and is not about an item of the catalogue, by row, ascending."""
    sure = ((row, text_places.get(text)) for row, text in sorted(words.items()) if not in_catalogue[row])
    return {row: place for row, place in sure if place is not None}


@dataclass(frozen=True)
class Lines:
    """Evidence in the order in which it becomes known: shape (L,) each.

    `row`: the event with which the line becomes known; `event`: the event itself (-1: one of an earlier update, in `carried` by
    line); the two differ for events that waited in the pool. `node`: index among all nodes of all users. `when`: Unix seconds.
    `share`: the node's responsibility; `signals` (L, 3): its share of the event's evidence.
    """

    row: Ints
    event: Ints
    node: Ints
    when: Floats
    share: Floats
    signals: Floats
    carried: Mapping[int, WaitingEvent] = field(default_factory=dict)

    @property
    def in_time(self) -> NDArray[np.bool_]:
        """Whether each line is known with the event itself (L,)."""
        return np.asarray(self.row == self.event)


def lines_of(
    states: Sequence[State],
    columns: EventColumns,
    placed: PlacedEvents,
    signals: Floats,
    *,
    themeless_items: Mapping[str, ThemelessItem],
    min_cosine: float,
) -> tuple[Lines, list[list[str]]]:
    """Return the evidence of the events in `columns`, and the ids of each user's new nodes, in order of first appearance."""
    owner = columns.owner
    claims = _claims(states, columns, placed, signals, themeless_items=themeless_items, min_cosine=min_cosine)
    ids = [*placed.ids, *dict.fromkeys(claim.node for claim in claims)]
    number = {name: at for at, name in enumerate(ids)}
    row = np.concatenate([placed.rows, np.array([claim.row for claim in claims], np.int64)])
    place = np.concatenate([placed.places, np.array([number[claim.node] for claim in claims], np.int64)])
    event = np.concatenate([placed.rows, np.array([claim.event_row for claim in claims], np.int64)])
    when = np.concatenate([columns.at[placed.rows], np.array([claim.event.at for claim in claims], np.float64)])
    share = np.concatenate([placed.shares, np.ones(len(claims))])
    waited = np.array([claim.event.signals for claim in claims], np.float64).reshape(-1, 3)
    parts = np.concatenate([signals[placed.rows] * placed.shares[:, None], waited])
    order = np.argsort(row, kind="stable")
    node, new = _numbered(states, owner[row[order]], place[order], number)
    carried = {
        int(line): claims[source - len(placed.rows)].event
        for line, source in enumerate(order.tolist())
        if claims and event[source] < 0
    }
    return Lines(row[order], event[order], node, when[order], share[order], parts[order], carried), new


def _claims(
    states: Sequence[State],
    columns: EventColumns,
    placed: PlacedEvents,
    signals: Floats,
    *,
    themeless_items: Mapping[str, ThemelessItem],
    min_cosine: float,
) -> list[Claim]:
    """Return which personal themes the events without a theme belong to. Changes pools and personal themes in the states."""
    claims: list[Claim] = []
    for user, state in enumerate(states):
        rows = columns.rows(user)
        themeless = rows.start + np.flatnonzero(placed.themeless[rows])
        if len(themeless):
            themes = PersonalThemes.of(state)
            claims += themes.claim(
                [(int(row), _waiting(columns, int(row), signals)) for row in themeless], themeless_items, min_cosine
            )
            themes.put(state)
    return claims


def _waiting(columns: EventColumns, row: int, signals: Floats) -> WaitingEvent:
    attention, liked, disliked = signals[row].tolist()
    item = columns.items[row]
    return WaitingEvent(columns.ids[row], item or "", float(columns.at[row]), attention, liked, disliked)


def _numbered(
    states: Sequence[State], owner: Ints, place: Ints, number: dict[str, int]
) -> tuple[Ints, list[list[str]]]:
    """Return the index of each line's node among all nodes of all users, and each user's new ids. `number`: of every place, by id."""
    known = [number.setdefault(name, len(number)) for state in states for name in state.ids]
    counts = [len(state.ids) for state in states]
    keys = np.concatenate([np.repeat(np.arange(len(states)), counts), owner]) * len(number)
    keys += np.concatenate([np.array(known, np.int64), place])
    different, first, which = np.unique(keys, return_index=True, return_inverse=True)
    ranked = np.lexsort((first, different // len(number)))
    position = np.empty(len(ranked), np.int64)
    position[ranked] = np.arange(len(ranked))
    fresh = different[ranked[first[ranked] >= len(known)]]
    names = list(number)
    new: list[list[str]] = [[] for _ in states]
    for user, code in zip((fresh // len(number)).tolist(), (fresh % len(number)).tolist(), strict=True):
        new[user].append(names[code])
    return position[which[len(known) :]], new


SESSION_SECONDS = 6 * 3_600.0
"""Events of one session form one occasion for at most this long."""


@dataclass(frozen=True)
class Occasions:
    """The occasions of some users, by user, then by time. If a state has a current occasion, it is the user's first.

    `owner`, `at`, `closed` (o,): the user's index, the start in Unix seconds, and whether a later occasion follows; `of_event` (n,):
    the occasion of each event; `first`, `open` (users,): the first and the last occasion of each user (`open` is -1 without any);
    `sessions`: session names by occasion.
    """

    owner: Ints
    at: Floats
    closed: Flags
    of_event: Ints
    first: Ints
    open: Ints
    sessions: dict[int, str]

    @classmethod
    def of(cls, states: Sequence[State], columns: EventColumns, owner: Ints) -> "Occasions":
        """Return the occasions of the events in `columns`, together with the current ones of the states."""
        session = _sessions(columns)
        begins = _begins(states, columns, owner, session)
        resumed = np.array([state.n_events > 0 for state in states], np.int64)
        begun = np.bincount(owner[begins], minlength=len(states))
        counts = resumed + begun
        first = np.cumsum(counts) - counts
        of_event = np.cumsum(begins) - 1 + np.cumsum(resumed)[owner]
        at = np.zeros(int(counts.sum()))
        at[of_event[begins]] = columns.at[begins]
        sessions = {int(of_event[row]): name for row, name in session.items() if begins[row]}
        for user in np.flatnonzero(resumed).tolist():
            at[first[user]] = states[user].occasion.at
            if (name := states[user].occasion.session) is not None:
                sessions[int(first[user])] = name
        last = first + counts - 1
        closed = np.ones(len(at), bool)
        closed[last[counts > 0]] = False
        whose = np.repeat(np.arange(len(states)), counts)
        return cls(whose, at, closed, of_event, first, np.where(counts > 0, last, -1), sessions)


def _sessions(columns: EventColumns) -> dict[int, str]:
    """Return the session of each event that names one, by row."""
    named = ((row, context.get("session")) for row, context in columns.contexts.items())
    return {row: str(name) for row, name in named if name not in (None, "")}


def _begins(states: Sequence[State], columns: EventColumns, owner: Ints, session: dict[int, str]) -> Flags:
    """Return which events begin an occasion (n,)."""
    at = columns.at
    first = np.append(True, owner[1:] != owner[:-1])
    begins = first | np.append(True, at[1:] != at[:-1])
    for user, state in enumerate(states):
        rows = columns.rows(user)
        if rows.start < rows.stop and state.n_events and at[rows.start] == state.occasion.at:
            begins[rows.start] = False
    with_sessions = {int(owner[row]) for row in session} | {
        user for user, state in enumerate(states) if state.occasion.session is not None
    }
    for user in with_sessions:
        _by_session(states[user], at, begins, session, columns.rows(user))
    return np.asarray(begins)


def _by_session(state: State, at: Floats, begins: Flags, session: dict[int, str], rows: slice) -> None:
    """Set `begins` for one user with sessions, event by event."""
    since, name = (state.occasion.at, state.occasion.session) if state.n_events else (-np.inf, None)
    for row in range(rows.start, rows.stop):
        own = session.get(row)
        same = own is not None and own == name and at[row] - since <= SESSION_SECONDS
        begins[row] = not (same or at[row] == since)
        if begins[row]:
            since, name = float(at[row]), own


@dataclass(frozen=True)
class RowUpdates:
    """What occasions add to rows (the nodes of all users, one after another), by row, then by occasion: shape (T,) each.

    `row`, `occasion`: indices; `adds` (T, C): what is added, as of the occasion's time; `closed`: whether the occasion is over, so
    that the addition is final.
    """

    row: Ints
    occasion: Ints
    adds: Floats
    closed: Flags


def bring_forward(mass: Floats, touched: Floats, updates: RowUpdates, at: Floats, half_lives: Floats) -> Floats:
    """Return what each row contains when its occasion begins (T, C). Changes `mass` (G, C) and `touched` (G,) in place.

    `at`: when each occasion began (Unix seconds); `half_lives` (C,): of the columns, in days.
    """
    before = np.empty_like(updates.adds)
    counts = np.bincount(updates.row, minlength=len(mass))
    starts = np.cumsum(counts) - counts
    order = np.argsort(-counts, kind="stable")
    counts = counts[order]
    for step in range(int(counts.max(initial=0))):
        rows = order[: int(np.searchsorted(-counts, -step, side="left"))]
        update = starts[rows] + step
        now = at[updates.occasion[update]]
        elapsed = np.maximum(now - touched[rows], 0.0) / SECONDS_PER_DAY
        brought = mass[rows] * np.exp2(-elapsed[:, None] / half_lives)
        before[update] = brought
        closed = updates.closed[update]
        mass[rows[closed]] = (brought + updates.adds[update])[closed]
        touched[rows[closed]] = now[closed]
    return before


def predicted(mass: Floats, total: Floats, prior: Floats) -> Floats:
    """Return the probability of each event under every expert: shape (n, H, P). `mass` (n, H): of the event's place; `total` (n,
    H): all attention; `prior` (n,): ρ.

    With three of four events about the place, a stronger prior keeps the expert nearer to ρ:

    >>> predicted(np.full((1, 6), 3.0), np.full((1, 6), 4.0), np.array([0.5]))[0, 0].round(2).tolist()
    [0.7, 0.62, 0.55, 0.51]
    """
    rho = prior[:, None, None]
    return np.asarray((mass[..., None] + PRIOR_STRENGTHS * rho) / (total[..., None] + PRIOR_STRENGTHS))


def advance_trust(trust: Floats, owner: Ints, log_likelihood: Floats, learnt: Floats) -> Floats:
    """Return the trust after every occasion (o, H, P). Changes `trust` (users, H, P) in place.

    `owner` (o,): index of the user, ascending, each user's occasions in order; `log_likelihood` (o, H, P) and `learnt` (o,): the arguments
    of `likelihood`. An occasion with no learnt event changes nothing.
    """
    after = np.empty((len(owner), *EXPERTS))
    likelihoods = likelihood(log_likelihood, learnt)
    counts = np.bincount(owner, minlength=len(trust))
    starts = np.cumsum(counts) - counts
    order = np.argsort(-counts, kind="stable")
    counts = counts[order]
    for step in range(int(counts.max(initial=0))):
        users = order[: int(np.searchsorted(-counts, -step, side="left"))]
        at = starts[users] + step
        wiser = learn(trust[users], likelihoods[at], _EVEN)
        trust[users] = np.where((learnt[at] > 0)[:, None, None], wiser, trust[users])
        after[at] = trust[users]
    return after


def sums(index: Ints, weights: Floats, count: int) -> Floats:
    """Return the sums (count, …) of `weights` (n, …) by `index` (n,), added term by term in order."""
    if not len(weights):
        return np.zeros((count, *weights.shape[1:]))
    flat = weights.reshape(len(weights), -1)
    columns = [np.bincount(index, column, minlength=count) for column in np.ascontiguousarray(flat.T)]
    return np.asarray(np.stack(columns, axis=1).reshape(count, *weights.shape[1:]), np.float64)


_EVEN = even_trust()
