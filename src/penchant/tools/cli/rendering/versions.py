"""Tables of the versions of a profile and of the changes between two of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from penchant.prompts.locales import Translator
from penchant.store.clock import written_moment
from penchant.tools.cli.rendering.printable import text
from penchant.tools.cli.rendering.tables import plain_table
from penchant.tools.cli.rendering.tree import day

if TYPE_CHECKING:
    from penchant.agent.profiles.profile_diff import ProfileDiff
    from penchant.store.profiles import ProfileVersion

SHOWN = 20


def version_facts(version: "ProfileVersion") -> dict[str, Any]:
    """Return a version as JSON values: times, kind, and the counts of its receipt."""
    counted = ("events_new", "assigned", "pooled", "groups_named", "label_source", "llm", "degraded", "status")
    facts = {
        "version": version.version,
        "as_of": written_moment(version.as_of),
        "created_at": written_moment(version.created_at),
    }
    return facts | {"kind": version.kind} | {name: version.receipt.get(name) for name in counted}


def versions_table(versions: Sequence["ProfileVersion"], words: Translator) -> Table:
    """Return the table of `profile history`, oldest first."""
    numbers = [words(name) for name in ("version", "new", "assigned", "pooled", "named")]
    table = plain_table(numbers[0], words("as_of"), words("made_by"), *numbers[1:], words("updated"), right=numbers)
    for version in versions:
        counts = [version.receipt.get(name, 0) for name in ("events_new", "assigned", "pooled", "groups_named")]
        kind = words(f"kind_{version.kind}")
        table.add_row(
            str(version.version), day(version.as_of), kind, *(f"{n:,}" for n in counts), day(version.created_at)
        )
    return table


def diff_table(change: "ProfileDiff", words: Translator) -> list[Table | Text]:
    """Return the table of `profile diff`: new, vanished and changed interests, the largest change first."""
    facts = words("diff_facts", before=change.from_version, after=change.to_version, events=f"{change.events:,}")
    numbers = [words(name) for name in ("before", "after", "change")]
    table = plain_table(words("interest"), *numbers, right=numbers)
    for entry in change.appeared[:SHOWN]:
        table.add_row(text(" > ".join(entry.path), "green"), "", _part(entry.strength), words("appeared"))
    for entry in change.vanished[:SHOWN]:
        table.add_row(text(" > ".join(entry.path), "red"), _part(entry.strength), "", words("vanished"))
    for moved in change.changed[:SHOWN]:
        path = " > ".join(moved.path) + _other_changes(moved, words)
        table.add_row(text(path), _part(moved.before), _part(moved.after), f"{100 * (moved.after - moved.before):+.1f}")
    nothing = not (change.appeared or change.vanished or change.changed)
    return [Text(facts, style="dim"), Text(words("nothing_changed")) if nothing else table]


def _other_changes(moved: Any, words: Translator) -> str:
    """Return changes other than of the strength: path, polarity, status."""
    parts = [f"< {' > '.join(moved.before_path)}"] if moved.before_path != moved.path else []
    parts += [f"{moved.polarity[0]} → {moved.polarity[1]}"] if moved.polarity[0] != moved.polarity[1] else []
    parts += [f"{moved.status[0]} → {moved.status[1]}"] if moved.status[0] != moved.status[1] else []
    return f"  ({'; '.join(parts)})" if parts else ""


def _part(strength: float) -> str:
    return f"{strength * 100:.1f} %"
