"""Encodes a user's state as bytes and decodes it without loss: a JSON head, then the arrays in native layout. Versioned."""

import dataclasses
import struct
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from penchant.agent.profiles.engine.signals import RatingScale
from penchant.agent.profiles.engine.state import NodeEvidence, Occasion, OwnTheme, State, WaitingEvent
from penchant.arrays import Flags, Floats
from penchant.errors import CorruptError
from penchant.store.statement import Polarity, Statement

WHOLE = 1_000_000


def millionths(shares: Floats, whole: int = WHOLE) -> list[int]:
    """Return integers that sum to `whole`, in proportion to `shares` (n,), by largest remainder; ties go to the earlier row."""
    if len(shares) == 0:
        return []
    total = float(shares.sum())
    exact = shares / total * whole if total > 0 else np.full(len(shares), whole / len(shares))
    # Round first, so that the last bits of a sum, which depend on the machine, cannot move a millionth.
    exact = np.round(exact, 3)
    floor = np.floor(exact).astype(np.int64)
    missing = whole - int(floor.sum())
    order = np.argsort(-(exact - floor), kind="stable")
    floor[order[: max(missing, 0)]] += 1
    for row in order[::-1]:
        if missing >= 0:
            break
        if floor[row] > 0:
            floor[row] -= 1
            missing += 1
    return [int(value) for value in floor]


class Muting(NamedTuple):
    """The user's wish that a node and everything below it is muted, or no longer muted. `path`: its labels from the topic down."""

    node: str
    path: tuple[str, ...]
    is_muted: bool


@dataclass(frozen=True)
class LiveInterests:
    """The n leaves of one user's tree, strongest first; row i of every field belongs to the same leaf.

    `ids`, `labels`, `paths`: as in the `Profile` (`paths` without repeated labels); `nodes`: ids from the topic down, those of the
    taxonomy where the node is in it. `vectors`: shape (n, d), unit rows. `p`: shape (n,), the probability that the next event is
    about the leaf; sums to 1 (to 0 for an empty profile). `liking`: shape (n,), the Beta posterior P(like). `muted`, `pinned`,
    `stated`: shape (n,). `evidence`: the ids of the most recent events of each leaf, newest first; `acted`: shape (n,), whether any
    of them is about an item. `statements`: the user's statements that are in force. `muting`: the nodes that cause `muted`, in the
    order in which the user set them; if an item lies under two of them, the later one applies.
    """

    user_id: str
    version: int
    as_of: datetime
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]
    vectors: NDArray[np.float32]
    p: Floats
    liking: Floats
    muted: Flags
    pinned: Flags
    stated: Flags
    acted: Flags
    evidence: tuple[tuple[str, ...], ...]
    nodes: tuple[tuple[str, ...], ...] = field(default=())
    n_events: int = 0
    statements: tuple[Statement, ...] = ()
    muting: tuple[Muting, ...] = ()

    @property
    def polarity(self) -> tuple[Polarity, ...]:
        """`dislike` for each leaf with `liking` below ½, else `like`."""
        return tuple("dislike" if liking < 0.5 else "like" for liking in self.liking)

    @property
    def appetite(self) -> Floats:
        """Shape (n,), the weights for recommendation: p if liked, -p if disliked, 0 if muted."""
        signed = np.where(self.liking < 0.5, -self.p, self.p)
        return np.where(self.muted, 0.0, signed)


MAGIC = b"PNC3"
FIRST_MAGICS = (b"PNC1", b"PNC2")
"""States from the first version of Penchant: they contain groups of the user's behaviour instead of places of a taxonomy."""
HEAD_EXPANSION = 3
"""Approximate ratio of the size of a head to its compressed size."""
MOST_COMPRESSED = 64 * 1024
"""The size in bytes from which a head is stored as it is: decompressing takes an eighth of the first read of a large profile."""
_ARRAYS = (
    "trust", "first_seen", "last_seen", "counts", "attention", "opinion", "touched", "total", "circumstances", "personal",
)  # fmt: skip
_EVIDENCE = ("node", "at", "weights")
_OCCASION = ("rows", "attention", "opinion", "log_likelihood")
_PLAIN = ("at", "last_id", "n_events", "assigned", "unexplained", "unplaced", "ids", "contexts", "recent", "total_at")


def encode(state: State) -> bytes:
    """Return the state as bytes; equal states give equal bytes."""
    head: dict[str, Any] = {name: getattr(state, name) for name in _PLAIN}
    head["ratings"] = dataclasses.astuple(state.ratings)
    head["own"] = [[name, *own] for name, own in state.own.items()]
    head["evidence"] = [state.evidence.ids, state.evidence.items]
    head["pool"] = [tuple(event) for event in state.pool]
    occasion = state.occasion
    head["occasion"] = [occasion.at, occasion.session, occasion.learnt]
    arrays = [getattr(state, name) for name in _ARRAYS]
    arrays += [getattr(state.evidence, name) for name in _EVIDENCE]
    arrays += [getattr(occasion, name) for name in _OCCASION]
    head["arrays"] = [(array.dtype.str, array.shape) for array in arrays]
    text = orjson.dumps(head, option=orjson.OPT_SORT_KEYS)
    if len(text) < MOST_COMPRESSED:
        text = zlib.compress(text, 1)
    body = (np.ascontiguousarray(array).tobytes() for array in arrays)
    return b"".join([MAGIC, struct.pack("<I", len(text)), text, *body])


def decode(data: bytes) -> State:
    """Return the state that `encode` wrote. Raises `CorruptError`."""
    if data[:4] != MAGIC:
        raise CorruptError("a stored profile is of another format: `penchant update USER` rebuilds it from the ledger")
    try:
        (size,) = struct.unpack_from("<I", data, 4)
        text = data[8 : 8 + size]
        is_plain = text.startswith(b"{")  # compressed data never starts with it
        head = orjson.loads(text if is_plain else zlib.decompress(text, bufsize=HEAD_EXPANSION * size + 1))
        arrays = _arrays(head["arrays"], data, 8 + size)
        state = State(**{name: head[name] for name in _PLAIN}, **dict(zip(_ARRAYS, arrays, strict=False)))
        rest = arrays[len(_ARRAYS) :]
        ids, items = head["evidence"]
        state.evidence = NodeEvidence(rest[0], ids, items, rest[1], rest[2])
        at, session, learnt = head["occasion"]
        state.occasion = Occasion(at, session, rest[3], rest[4], rest[5], rest[6], learnt)
        state.ratings = RatingScale(*head["ratings"])
        state.own = {name: OwnTheme(tuple(texts), place) for name, texts, place in head["own"]}
        state.pool = [WaitingEvent(*event) for event in head["pool"]]
        _check(state)
    except (ValueError, KeyError, TypeError, struct.error, zlib.error) as error:
        raise CorruptError(f"a stored profile cannot be read ({error}): run `penchant verify --rebuild`") from None
    return state


def is_of_first_version(data: bytes) -> bool:
    """Return whether these bytes are a state from the first version of Penchant, which must be built anew from the ledger."""
    return data[:4] in FIRST_MAGICS


def _arrays(layout: list[Any], data: bytes, offset: int) -> list[Any]:
    found = []
    for kind, shape in layout:
        dtype = np.dtype(kind)
        count = int(np.prod(shape))
        found.append(np.frombuffer(data, dtype, count, offset).reshape(shape).copy())
        offset += count * dtype.itemsize
    if offset != len(data):
        raise ValueError("it has the wrong length")
    return found


def _check(state: State) -> None:
    """Raise `ValueError` for a state that no fold can produce, so that readers need not handle it."""
    count = len(state.ids)
    if not count == len(state.attention) == len(state.opinion) == len(state.touched) == len(state.circumstances):
        raise ValueError("its parts do not match")
    if not all(np.isfinite(array).all() for array in (state.attention, state.opinion, state.total, state.trust)):
        raise ValueError("it has invalid numbers")
