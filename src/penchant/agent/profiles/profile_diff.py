"""What changed between two versions of a profile."""

from pydantic import BaseModel

from penchant.store.profile import Interest, Profile, Status
from penchant.store.statement import Polarity

LEAST_CHANGE = 0.000_001


class Change(BaseModel):
    """A node that is in both versions, with its values before and after."""

    id: str
    path: tuple[str, ...]
    before_path: tuple[str, ...]
    before: float
    after: float
    polarity: tuple[Polarity, Polarity]
    status: tuple[Status, Status]


class Entry(BaseModel):
    """A node that is in only one of the two versions."""

    id: str
    path: tuple[str, ...]
    strength: float


class ProfileDiff(BaseModel):
    """The result of `profile diff`; every list has the largest change first."""

    user_id: str
    from_version: int
    to_version: int
    events: int
    appeared: list[Entry]
    vanished: list[Entry]
    changed: list[Change]


def diff(before: Profile, after: Profile) -> ProfileDiff:
    """Compare two versions of a profile node by node, by id."""
    old, new = {node.id: node for node in before.walk()}, {node.id: node for node in after.walk()}
    changed = [_change(old[key], node) for key, node in new.items() if key in old and _differs(old[key], node)]
    return ProfileDiff(
        user_id=after.user_id,
        from_version=before.version,
        to_version=after.version,
        events=after.n_events - before.n_events,
        appeared=_entries(new, old),
        vanished=_entries(old, new),
        changed=sorted(changed, key=lambda change: (-abs(change.after - change.before), change.path)),
    )


def _entries(mine: dict[str, Interest], others: dict[str, Interest]) -> list[Entry]:
    own = [Entry(id=node.id, path=node.path, strength=node.strength) for key, node in mine.items() if key not in others]
    return sorted(own, key=lambda entry: (-entry.strength, entry.path))


def _differs(old: Interest, new: Interest) -> bool:
    moved = (old.path, old.polarity, old.status) != (new.path, new.polarity, new.status)
    return moved or abs(old.strength - new.strength) >= LEAST_CHANGE


def _change(old: Interest, new: Interest) -> Change:
    return Change(
        id=new.id,
        path=new.path,
        before_path=old.path,
        before=old.strength,
        after=new.strength,
        polarity=(old.polarity, new.polarity),
        status=(old.status, new.status),
    )
