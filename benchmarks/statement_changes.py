"""Measure whether the right statement holds after a change of mind: about 80 pairs per language, some across both.

`python benchmarks/statement_changes.py [--errors]`.

A pair is right when exactly the subjects written beside it hold: each contained in what was read (or the other way
round), with the right polarity.
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from penchant.agent.statements.detection import StatementDetector
from penchant.agent.statements.supersession import in_force, mark_superseded
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
        standing = [held_after(detector, before, after) for before, after, _ in pairs]
        right = [is_right(statements, wanted) for statements, (_, _, wanted) in zip(standing, pairs, strict=True)]
        print(
            f"{language}: the right one holds after {sum(right)} of {len(pairs)} changes of mind, {sum(right) / len(pairs):.3f}"
        )
        for statements, pair, fine in zip(standing, pairs, right, strict=True):
            if asked.errors and not fine:
                print(
                    f"    {' | '.join(pair)} → {[(statement.kind, statement.subject, statement.polarity) for statement in statements]}"
                )


def held_after(detector: StatementDetector, *messages: str) -> list[Statement]:
    """Return the statements that hold after these messages, a day apart."""
    found = [
        statement.statement(str(day), START + timedelta(days=day))
        for day, message in enumerate(messages)
        for statement in detector.detect(message)
    ]
    return in_force(mark_superseded(found))


def is_right(statements: Sequence[Statement], wanted: str) -> bool:
    """Return whether exactly the wanted subjects hold."""
    rest = list(statements)
    for expected in filter(None, (part.strip() for part in wanted.split(";"))):
        fitting = [
            statement
            for statement in rest
            if statement.polarity in SIGNS[expected[0]] and _meet(statement.subject.casefold(), expected[1:].casefold())
        ]
        if not fitting:
            return False
        rest = [statement for statement in rest if statement not in fitting]
    return not rest


def _meet(subject: str, expected: str) -> bool:
    return expected in subject or subject in expected


if __name__ == "__main__":
    main()
