"""A user's state as bytes and back, exactly: a compressed JSON head, then the arrays as they are in memory. Versioned."""

import dataclasses
import json
import struct
import zlib
from typing import Any

import numpy as np
import orjson

from penchant.agent.profiles.engine.signals import RatingScale, Signal
from penchant.agent.profiles.engine.state import Evidence, Leaf, Pooled, State
from penchant.errors import CorruptError

MAGIC = b"PNC2"
_ARRAYS = ("trust", "mass", "halves", "weights", "touched", "unit", "pool_vectors")
_PLAIN = ("dimensions", "at", "last_id", "n_events", "assigned", "unexplained", "unplaced", "recent")


def encode(state: State) -> bytes:
    """The state as bytes; equal states give equal bytes."""
    head: dict[str, Any] = {name: getattr(state, name) for name in _PLAIN}
    head["ratings"] = dataclasses.astuple(state.ratings)
    head["leaves"] = [_pack(leaf) for leaf in state.leaves]
    head["pool"] = [tuple(event) for event in state.pool]
    arrays = {name: np.ascontiguousarray(getattr(state, name)) for name in _ARRAYS}
    head["arrays"] = [(name, array.dtype.str, array.shape) for name, array in arrays.items()]
    text = zlib.compress(json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode(), 6)
    return b"".join([MAGIC, struct.pack("<I", len(text)), text, *(array.tobytes() for array in arrays.values())])


def decode(data: bytes) -> State:
    """The inverse of `encode`. Raises `CorruptError`."""
    if data[:4] != MAGIC:
        raise CorruptError(
            "a stored profile is of another format: `penchant update USER` makes it anew from the ledger"
        )
    try:
        (size,) = struct.unpack_from("<I", data, 4)
        head = orjson.loads(zlib.decompress(data[8 : 8 + size]))
        state = _fill(head)
        _read_arrays(state, head["arrays"], data, 8 + size)
    except (ValueError, KeyError, TypeError, struct.error, zlib.error) as error:
        raise CorruptError(
            f"a stored profile cannot be read ({error}): `penchant verify --rebuild` says what else is wrong"
        ) from None
    return state


def _pack(leaf: Leaf) -> list[Any]:
    columns = list(zip(*leaf.evidence, strict=True))
    terms = [list(leaf.terms), list(leaf.terms.values())]
    return [
        leaf.id,
        leaf.key,
        leaf.texts,
        leaf.items,
        leaf.first_seen,
        leaf.last_seen,
        leaf.count,
        columns,
        terms,
        leaf.contexts,
        leaf.absorbed,
    ]


def _unpack(packed: list[Any]) -> Leaf:
    leaf_id, key, texts, items, first, last, count, columns, terms, contexts, absorbed = packed
    evidence = list(map(Evidence._make, zip(*columns, strict=True)))
    words = dict(zip(*terms, strict=True))
    return Leaf(leaf_id, key, tuple(texts), tuple(items), first, last, count, evidence, words, contexts, absorbed)


def _fill(head: dict[str, Any]) -> State:
    state = State(**{name: head[name] for name in _PLAIN})
    state.ratings = RatingScale(*head["ratings"])
    state.leaves = [_unpack(packed) for packed in head["leaves"]]
    state.pool = [
        Pooled(event_id, item_id, at, Signal(*said), text, tuple(contexts))
        for event_id, item_id, at, said, text, contexts in head["pool"]
    ]
    return state


def _read_arrays(state: State, layout: list[Any], data: bytes, offset: int) -> None:
    for name, kind, shape in layout:
        dtype = np.dtype(kind)
        count = int(np.prod(shape))
        setattr(state, name, np.frombuffer(data, dtype, count, offset).reshape(shape).copy())
        offset += count * dtype.itemsize
    if offset != len(data):
        raise CorruptError(
            "a stored profile ends too early or too late: `penchant verify --rebuild` says what else is wrong"
        )
