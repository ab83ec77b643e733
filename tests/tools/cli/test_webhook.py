"""`penchant webhook`: what cannot be done is said, with the command that helps."""

from collections.abc import Callable
from typing import Any


def test_a_webhook_that_there_is_not_has_no_log_and_cannot_be_removed(penchant: Callable[..., Any]) -> None:
    for command in ("deliveries", "remove"):
        refused = penchant("webhook", command, "w-nope")
        complaint = " ".join(refused.output.split())
        assert (refused.exit_code != 0, "no webhook 'w-nope': `penchant webhook list` names them" in complaint) == (
            True,
            True,
        )
    assert penchant("webhook", "deliveries").exit_code == 0
