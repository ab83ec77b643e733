"""Whether the right statement holds after a change of mind: 60 pairs a language, some across the two.

`python benchmarks/statement_changes.py [--errors]`.

A pair is right when exactly what is written beside it holds: each subject within what was read (or the other way round), and of its sign.
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from penchant.agent.statements.book import current, digest, settled
from penchant.agent.statements.detection import StatementDetector
from penchant.store.statement import Statement

FOLDER = Path(__file__).parent / "statement_gold"
SIGNS = {"+": ("like",), "-": ("dislike",), "=": (None, "like")}
START = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="show the pairs that are wrong")
    asked = parser.parse_args()
    detector = StatementDetector()
    for language in ("en", "zh"):
        lines = (FOLDER / f"{language}_changes.txt").read_text("utf-8").splitlines()
        pairs = [[part.strip() for part in line.split("|")] for line in lines if line and not line.startswith("#")]
        held = [held_after(detector, before, after) for before, after, _ in pairs]
        right = [is_right(statements, wanted) for statements, (_, _, wanted) in zip(held, pairs, strict=True)]
        print(
            f"{language}: the right one holds after {sum(right)} of {len(pairs)} changes of mind, {sum(right) / len(pairs):.3f}"
        )
        for statements, pair, fine in zip(held, pairs, right, strict=True):
            if asked.errors and not fine:
                print(f"    {' | '.join(pair)} → {[(one.kind, one.subject, one.polarity) for one in statements]}")


def held_after(detector: StatementDetector, *messages: str) -> list[Statement]:
    """What holds after these messages, a day apart."""
    found = [
        Statement(
            id=digest(str(day), message, one.subject, one.kind),
            kind=one.kind,
            subject=one.subject,
            polarity=one.polarity,
            strict=one.strict,
            scope=one.scope,
            text=one.text,
            valid_from=START + timedelta(days=day),
            slot=one.slot,
            replaces=one.replaces,
            retracts=one.retracts,
        )
        for day, message in enumerate(messages)
        for one in detector.detect(message)
    ]
    return current(settled(found))


def is_right(statements: Sequence[Statement], wanted: str) -> bool:
    """Whether exactly the wanted subjects hold."""
    rest = list(statements)
    for expected in filter(None, (part.strip() for part in wanted.split(";"))):
        fitting = [
            one
            for one in rest
            if one.polarity in SIGNS[expected[0]] and _meet(one.subject.casefold(), expected[1:].casefold())
        ]
        if not fitting:
            return False
        rest = [one for one in rest if one not in fitting]
    return not rest


def _meet(subject: str, expected: str) -> bool:
    return expected in subject or subject in expected


if __name__ == "__main__":
    main()
