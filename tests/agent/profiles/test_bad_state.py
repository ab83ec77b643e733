"""One user's unreadable profile is that user's trouble, and nobody else's."""

from pathlib import Path

import pytest
from small_shop import bought, customers, installation

from penchant.errors import CorruptError
from penchant.store.clock import FixedClock

BAD = "zoe"


@pytest.mark.parametrize("state", [b"", b"PNCH garbage", b"\x00" * 64], ids=["empty", "garbage", "zeros"])
def test_an_unreadable_state_fails_for_its_user_alone(home: Path, clock: FixedClock, state: bytes) -> None:
    agent = installation(home, clock)
    agent.observe([*customers(clock), *(bought(BAD, f"i{n}", clock, n + 1) for n in range(4))])
    agent.update()
    with agent.services.database.write() as connection:
        connection.exec_driver_sql("UPDATE profile_versions SET state = ? WHERE user_id = ?", (state, BAD))
    agent.observe([bought(user, "i7", clock, 0) for user in (BAD, "u01", "u02")])

    receipts = {row.user_id: row for row in agent.update().users}

    assert {user for user, row in receipts.items() if row.status == "failed"} <= {BAD}
    assert (receipts["u01"].status, receipts["u01"].events_new) == ("ok", 1)
    assert agent.recommend("u01", 3).items
    assert agent.erase("u02").residue == 0
    agent.revoke("u03", "profile")
    if receipts[BAD].status == "failed":
        with pytest.raises(CorruptError):
            agent.profile(BAD)
        assert BAD in str(agent.verify(rebuild=True).model_dump())
    assert agent.erase(BAD).residue == 0
