"""Tables of consents, erasures, verifications and the audit log."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from penchant.agent.privacy.consent import PurposeStanding
from penchant.agent.profiles.replay import Verification
from penchant.prompts.locales import Translator
from penchant.store.audit import AuditEntry
from penchant.store.receipt import EraseReceipt
from penchant.tools.cli.rendering.printable import text
from penchant.tools.cli.rendering.tables import plain_table
from penchant.tools.cli.rendering.tree import day

MAX_USERS_NAMED = 5


def consent_table(purposes: Sequence[PurposeStanding], words: Translator) -> Table:
    """Return one row per purpose: whether it is allowed, since when, and what it means."""
    table = plain_table(*(words(name) for name in ("purpose", "allowed", "since", "means")))
    for standing in purposes:
        answer = Text(words("yes"), style="green") if standing.granted else Text(words("no"), style="bold red")
        table.add_row(standing.purpose, answer, day(standing.since), text(words(f"purpose_{standing.purpose}"), "dim"))
    return table


def erase_table(receipt: EraseReceipt, words: Translator) -> list[Table | Text]:
    """Return what was found and removed in each place, and what the second search still found."""
    numbers = (words("found"), words("removed"))
    table = plain_table(words("place"), *numbers, right=numbers)
    for place, found in receipt.found.items():
        table.add_row(place, f"{found:,}", f"{receipt.removed[place]:,}")
    style = "bold red" if receipt.residue else "bold green"
    verdict = text(words("residue", count=receipt.residue), style)
    return [table, *(text(note, "magenta") for note in receipt.notes), verdict]


def verification(found: Verification, words: Translator) -> list[Text]:
    """Return every finding, then the verdict."""
    lines = [text(finding, "red") for finding in found.findings]
    for difference in found.differences:
        lines += [text(f"{difference.user_id}: {what}", "red") for what in difference.what]
    if found.behind:
        named = ", ".join(found.behind[:MAX_USERS_NAMED]) + (", ..." if len(found.behind) > MAX_USERS_NAMED else "")
        lines.append(text(words("behind", users=named), "magenta"))
    if found.profiles:
        lines.append(text(words("rebuilt", identical=found.identical, profiles=found.profiles)))
    verdict = ("adds_up", "bold green") if found.ok else ("does_not_add_up", "bold red")
    return [*lines, text(words(verdict[0]), verdict[1])]


def audit_table(entries: Sequence[AuditEntry], words: Translator) -> Table:
    """Return one row per call: time, caller, action, user and status."""
    table = plain_table(*(words(name) for name in ("time", "caller", "call", "user", "status")))
    for entry in entries:
        table.add_row(day(entry.at), *map(text, (entry.caller, entry.action, entry.user_id or "", str(entry.status))))
    return table
