"""Being forgotten: every row, every vector, every byte; and what others are shown afterwards is what they would have been shown anyway."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from small_shop import bought, customers, installation

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.profiles.readers.reader import ReadReply, ReadRequest
from penchant.store.clock import FixedClock
from penchant.store.event import Event
from penchant.store.receipt import EraseReceipt, Usage
from penchant.store.recommendations import Feedback, Recommendations
from penchant.store.usage import UsageLog

ADA = "ada-7c1f"
SECRET = "my secret is a banana submarine"


def live(agent: InterestAgent, clock: FixedClock, home: Path) -> None:
    """All that can be left behind: behaviour, words, edits, consents, lists, feedback, cost, a row set aside, a friend."""
    said = [
        Event(user_id=ADA, type="message", text=SECRET, at=clock.now() - timedelta(days=3)),
        Event(user_id=ADA, type="message", text=f"I love opera. {SECRET}", at=clock.now() - timedelta(days=2)),
        Event(user_id=ADA, type="search", text="banana submarine " * 30, at=clock.now() - timedelta(days=1)),
    ]
    agent.observe([*said, *(bought(ADA, f"i{8 * n}", clock, n + 1) for n in range(5))])
    agent.update()
    agent.edit(ADA, "state", "banana submarine", "like")
    agent.onboard(ADA, ["submarines of bananas"], {"town": "Bananaville"})
    agent.onboard("u00", friends=[ADA])
    agent.update()
    recommendation = agent.recommend(ADA, 3, query="banana submarine")
    lists = Recommendations(agent.services.database)
    lists.save(recommendation)
    given = recommendation.recommendation_id
    lists.add_feedback(Feedback(user_id=ADA, item_id="i1", outcome="clicked", at=clock.now(), recommendation_id=given))
    UsageLog(agent.services.database).add(clock.now().date(), "ask", ADA, "m", Usage(calls=2, prompt_tokens=9))
    agent.grant(ADA, "llm")
    bad = home.parent / "bad.jsonl"
    bad.write_text(
        f'{{"user_id":"{ADA}","type":"boo","at":1,"text":"{SECRET}"}}\n{{"user_id":"bob","type":"boo","at":1}}\n'
    )
    agent.import_events(bad)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def lived(home: Path, clock: FixedClock, store_url: str) -> Iterator[InterestAgent]:
    """Ada among 21 others, who all have profiles."""
    agent = installation(home, clock, None if store_url.startswith("sqlite") else store_url)
    agent.observe(customers(clock))
    live(agent, clock, home)
    yield agent
    agent.services.database.close()


def holding(home: Path, *needles: str) -> list[str]:
    """Files that hold any of these words in their bytes."""
    files = [path for path in sorted(home.rglob("*")) if path.is_file()]
    forms = [form for needle in needles for form in (needle.encode(), needle.encode("utf-16-le"))]
    return [str(path.relative_to(home)) for path in files if any(form in path.read_bytes() for form in forms)]


def test_an_erased_user_is_in_no_place_and_in_no_byte(lived: InterestAgent, home: Path) -> None:
    if lived.services.database.is_sqlite:
        assert holding(home, ADA, "banana")  # the search below can find something

    receipt = lived.erase(ADA)

    assert receipt.model_copy(update={"notes": []}) == EraseReceipt(
        user_id=ADA,
        found={
            "ledger": 8,
            "profile_versions": receipt.found["profile_versions"],
            "profile_heads": 1,
            "edits": 4,
            "names": receipt.found["names"],
            "recommendations": 1,
            "feedback": 1,
            "consents": 1,
            "usage": 1,
            "friends": 1,
            "vectors": receipt.found["vectors"],
            "quarantine": 1,
            "population": receipt.found["population"],
            "caches": receipt.found["caches"],
        },
        removed=receipt.found,
        residue=0,
    )
    assert min(receipt.found.values()) > 0
    assert holding(home, ADA, "banana", "Banana") == []
    assert lived.verify(rebuild=True).ok
    assert [total.usage for total in UsageLog(lived.services.database).totals()] == [Usage(calls=2, prompt_tokens=9)]


def test_erasing_again_finds_nothing(lived: InterestAgent) -> None:
    lived.erase(ADA)

    again = lived.erase(ADA)

    assert (set(again.found.values()), set(again.removed.values()), again.residue) == ({0}, {0}, 0)
    assert ADA not in [summary.user_id for summary in lived.users()]


def test_what_others_are_shown_is_as_if_the_erased_user_had_never_been(
    home: Path, tmp_path: Path, clock: FixedClock
) -> None:
    agent = installation(home, clock)
    agent.observe(customers(clock))
    live(agent, clock, home)
    agent.erase(ADA)
    without = installation(tmp_path / "without", clock)
    without.observe(customers(clock))
    without.update()
    for one in (agent, without):
        one.update()

    others = [f"u{user:02}" for user in range(1, 21)]
    assert [agent.profile(user).interests for user in others] == [without.profile(user).interests for user in others]
    lists = [[one.recommend(user, 5) for user in others] for one in (agent, without)]
    assert [[row.items for row in told] for told in lists[:1]] == [[row.items for row in told] for told in lists[1:]]


def test_an_erasure_that_was_cut_off_is_finished_by_the_next(
    home: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = installation(home, clock)
    agent.observe([*customers(clock), Event(user_id=ADA, type="message", text=SECRET, at=clock.now())])
    agent.update()
    monkeypatch.setattr("penchant.agent.app.erasure.Eraser._forget_caches", _cut_off)
    with pytest.raises(KeyboardInterrupt):
        agent.erase(ADA)
    monkeypatch.undo()

    assert "an erasure was cut off" in " ".join(agent.verify().findings)
    assert agent.erase(ADA).removed["caches"] > 0
    assert (agent.verify().findings, holding(home, ADA, "banana")) == ([], [])


def test_what_a_killed_import_left_of_its_input_goes_too(home: Path, clock: FixedClock) -> None:
    agent = installation(home, clock)
    (home / "stdin-x7").mkdir()
    (home / "stdin-x7" / "stdin.jsonl").write_text(f'{{"user_id":"{ADA}"}}')

    assert agent.erase(ADA).residue == 0
    assert holding(home, ADA) == []


def _cut_off(*_: object) -> int:
    raise KeyboardInterrupt


def test_an_update_that_was_under_way_does_not_bring_an_erased_user_back(home: Path, clock: FixedClock) -> None:
    agent = installation(home, clock)
    agent.observe([Event(user_id=ADA, type="message", text=SECRET, at=clock.now())])
    reading = agent.services.reader

    class ErasedWhileReading:
        def read(self, requests: Sequence[ReadRequest]) -> list[ReadReply]:
            agent.erase(ADA)
            return reading.read(requests)

    agent.services.built["reader"] = ErasedWhileReading()

    [receipt] = agent.update(ADA).users

    assert (receipt.version, receipt.status) == (0, "failed")
    assert "has been erased meanwhile" in receipt.degraded[0].reason
    assert set(agent.erase(ADA).found.values()) == {0}
