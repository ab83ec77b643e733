"""Being forgotten: every row, every vector, every byte; and what others are shown afterwards is what they would have been shown anyway."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from erasing_agent import STEPS, erased_until
from filled_homes import Filled
from long_tests import long_except
from other_process import killed_in_another_process
from small_shop import NOON, bought, customers, installation
from small_world import WordEmbedder

from penchant.agent.app.services import Services
from penchant.agent.interest_agent import InterestAgent
from penchant.agent.statements.listener import DetectedStatements
from penchant.errors import NotFoundError
from penchant.settings import LlmSettings, Settings
from penchant.store.clock import FixedClock
from penchant.store.event import Event
from penchant.store.interactions import Interactions
from penchant.store.ledger import Ledger
from penchant.store.readings import StoredReading
from penchant.store.receipt import EraseReceipt, Usage
from penchant.store.recommendations import Feedback, Recommendations
from penchant.store.usage import UsageLog

ADA = "ada-7c1f"
SECRET = "my secret is a banana submarine"
UNUSED = ("access_tokens", "audit_log", "idempotency_keys", "jobs", "webhook_deliveries")
"""Places that nothing is put into here: what a server stores."""


def live(agent: InterestAgent, clock: FixedClock, home: Path) -> None:
    """All that can be left behind: behaviour, words, edits, consents, lists, feedback, cost, a row set aside, a friend."""
    messages = [
        Event(user_id=ADA, type="message", text=SECRET, at=clock.now() - timedelta(days=3)),
        Event(user_id=ADA, type="message", text=f"I love opera. {SECRET}", at=clock.now() - timedelta(days=2)),
        Event(user_id=ADA, type="search", text="banana submarine " * 30, at=clock.now() - timedelta(days=1)),
    ]
    agent.observe([*messages, *(bought(ADA, f"i{8 * n}", clock, n + 1) for n in range(5))])
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
    portrait = StoredReading(
        version=agent.profile(ADA).version, as_of=clock.now(), language="en", portrait="They like banana submarines."
    )
    assert agent.services.readings.add(ADA, portrait)
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
            "readings": 1,
            "edits": 3,
            "statements": 3,
            **dict.fromkeys(UNUSED, 0),
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
    assert min(count for place, count in receipt.found.items() if place not in UNUSED) > 0
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
    for either in (agent, without):
        either.update()

    others = [f"u{user:02}" for user in range(1, 21)]
    assert [agent.profile(user).interests for user in others] == [without.profile(user).interests for user in others]
    lists = [[opened.recommend(user, 5) for user in others] for opened in (agent, without)]
    assert [[row.items for row in rows] for rows in lists[:1]] == [[row.items for row in rows] for rows in lists[1:]]


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

    class ErasedWhileDetecting:
        def process(self, spoken: Mapping[str, Sequence[Event]]) -> DetectedStatements:
            agent.erase(ADA)
            return DetectedStatements()

    agent.services.built["listener"] = ErasedWhileDetecting()

    [receipt] = agent.update(ADA).users

    assert (receipt.version, receipt.status) == (0, "failed")
    assert "has been erased in the meantime" in receipt.degraded[0].reason
    assert set(agent.erase(ADA).found.values()) == {0}


DOUBLES = Path(__file__).parents[2] / "doubles"


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(DOUBLES), *sys.path])} | more


class Interrupting(WordEmbedder):
    """Does something of its own when it is asked to embed this word."""

    def __init__(self, word: str, then: Callable[[], object]) -> None:
        self.word, self.then = word, then

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        if any(self.word in text for text in texts):
            self.then()
        return super().embed(texts)

    def embed_query(self, text: str) -> np.ndarray:
        if self.word in text:
            self.then()
        return super().embed_query(text)


def interrupted(home: Path, clock: FixedClock, word: str) -> InterestAgent:
    """An agent during whose work with `word` another process erases Ada."""
    other = installation(home, clock)
    bare = Interrupting(word, lambda: other.erase(ADA))
    settings = Settings(home=home, llm=LlmSettings(provider="none"))
    return InterestAgent(Services(settings, clock=clock, given={"bare_embedder": bare}))


def rows_of_ada(agent: InterestAgent) -> dict[str, int]:
    from penchant.store.erase import count_rows

    with agent.services.database.read() as connection:
        return {place: count for place, count in count_rows(connection, ADA).items() if count}


UNDER_WAY: dict[str, Callable[[InterestAgent], object]] = {
    "a list": lambda agent: agent.recommend(ADA, 3, query="banana opera"),
    "a beginning": lambda agent: agent.onboard(ADA, ["banana opera"]),
}


@pytest.mark.parametrize("work", UNDER_WAY)
def test_what_is_under_way_when_its_user_is_erased_leaves_nothing(home: Path, clock: FixedClock, work: str) -> None:
    seller = installation(home, clock)
    seller.observe([*customers(clock), *(bought(ADA, f"i{8 * n}", clock, n + 1) for n in range(4))])
    seller.update()
    agent = interrupted(home, clock, "banana")

    with suppress(NotFoundError):  # where there was still something to write
        UNDER_WAY[work](agent)

    assert rows_of_ada(agent) == {}
    assert agent.services.embedder.count(["banana opera"]) == 0  # type: ignore[attr-defined]
    assert holding(home, ADA, "banana") == []
    assert agent.recommend("u01", 3).items


def test_an_update_under_way_fails_for_the_erased_user_alone(home: Path, clock: FixedClock) -> None:
    agent = interrupted(home, clock, "banana")
    messages = [Event(user_id=ADA, type="message", text="banana opera", at=clock.now())]
    agent.observe([*customers(clock)[:12], *messages])

    receipts = {row.user_id: row for row in agent.update().users}

    assert receipts.pop(ADA).status == "failed"
    assert {row.status for row in receipts.values()} == {"ok"}
    assert rows_of_ada(agent) == {}
    assert holding(home, ADA, "banana") == []


def rows_of(users: Sequence[str], count: int, kind: str = "view") -> list[dict[str, Any]]:
    return [
        {"user_id": users[n % len(users)], "type": kind, "item_id": f"i{n % 40}", "at": 1_700_000_000 + n}
        for n in range(count)
    ]


def test_an_import_under_way_leaves_out_the_erased_user_and_keeps_every_other_row(
    home: Path, clock: FixedClock, tmp_path: Path
) -> None:
    agent, other = installation(home, clock), installation(home, clock)
    good, bad = rows_of(["bob", ADA, "carl"], 12_000), rows_of(["bob", ADA], 10_000, "boo")
    file = tmp_path / "events.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for pair in zip(good, bad, strict=False) for row in pair))
    erased: list[EraseReceipt] = []

    def erase_after_the_first_batch(done: int, total: int) -> None:
        if not erased:
            erased.append(other.erase(ADA))

    receipt = agent.import_events(file, erase_after_the_first_batch)

    assert receipt.lines == receipt.accepted + receipt.duplicate + receipt.quarantined == 20_000
    assert erased[0].residue == 0 < erased[0].found["quarantine"]
    assert {user: agent.services.ledger.count(user) for user in (ADA, "bob", "carl")} == {
        ADA: 0,
        "bob": 3334,
        "carl": 3333,
    }
    assert holding(home, ADA) == []
    assert receipt.quarantine_file is not None
    set_aside = [json.loads(line) for line in Path(receipt.quarantine_file).read_text().splitlines()]
    assert sum('"bob"' in row["raw"] for row in set_aside) == 5_000
    assert agent.erase(ADA).found["quarantine"] == 0


def test_erasing_somebody_leaves_the_piped_import_of_another_process_alone(home: Path, clock: FixedClock) -> None:
    agent = installation(home, clock)
    agent.observe([bought("bob", "i1", clock, 1)])
    rows = rows_of(["carl", "dora", "bob"], 12)
    command = [sys.executable, "-m", "penchant.tools.cli", "events", "import", "-", "--json"]
    environ = environment(PENCHANT_HOME=str(home), PENCHANT_LLM__PROVIDER="none")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environ) as importing:
        assert importing.stdin is not None and importing.stdout is not None
        importing.stdin.write(json.dumps(rows[0]) + "\n" * 200_000)  # more than a pipe holds: it is being read
        importing.stdin.flush()
        receipt = agent.erase("bob")
        importing.stdin.write("".join(json.dumps(row) + "\n" for row in rows[1:]))
        importing.stdin.close()
        answer = json.loads(importing.stdout.read())

    assert (answer["lines"], answer["accepted"], receipt.residue) == (12, 12, 0)
    assert "an import that is being read" in " ".join(receipt.notes)
    assert list(home.glob("stdin-*")) == []


def test_two_users_erased_at_once_are_both_gone(home: Path, clock: FixedClock) -> None:
    agents = [installation(home, clock) for _ in range(2)]
    for turn in range(5):
        users = [f"anton-{turn}", f"berta-{turn}"]
        agents[0].observe([bought(user, f"i{n}", clock, n) for user in users for n in range(3)])
        agents[0].update(*users)
        receipts: dict[str, EraseReceipt] = {}

        def erase(agent: InterestAgent, user: str, into: dict[str, EraseReceipt] = receipts) -> None:
            into[user] = agent.erase(user)

        threads = [threading.Thread(target=erase, args=pair) for pair in zip(agents, users, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert {user: (row.residue, row.found["ledger"]) for user, row in receipts.items()} == dict.fromkeys(
            users, (0, 3)
        )
    assert agents[0].verify().findings == []
    assert holding(home, "anton-4", "berta-4") == []


def before_an_erasure(home: Path) -> None:
    """Customers, Ada who has said something, and Bob who has bought something, all with profiles."""
    clock = FixedClock(NOON)
    with installation(home, clock) as agent:
        agent.observe([*customers(clock), Event(user_id=ADA, type="message", text=SECRET, at=clock.now())])
        agent.observe([bought("bob", "i3", clock, 1)])
        agent.update()


@pytest.mark.parametrize("step", long_except("erase_rows", STEPS))
def test_an_erasure_killed_at_any_step_is_finished_by_erasing_the_same_user_again(
    home: Path, clock: FixedClock, filled: Filled, step: str
) -> None:
    agent = installation(filled(home, before_an_erasure), clock)
    killed_in_another_process(erased_until, home, ADA, step)

    assert agent.erase("bob").residue == 0  # somebody else, meanwhile
    if step not in ("end", "empty_log"):
        assert f"an erasure was cut off, or is under way: run `penchant erase` for user {ADA!r}" in str(
            agent.verify().findings
        )

    assert agent.erase(ADA).residue == 0
    assert (agent.verify().findings, rows_of_ada(agent), holding(home, ADA, "bob", "banana")) == ([], {}, [])


def test_an_erasure_that_was_cut_off_long_ago_is_finished_by_that_of_anybody(home: Path, clock: FixedClock) -> None:
    agent = installation(home, clock)
    agent.observe([bought(ADA, "i1", clock, 1), bought("bob", "i3", clock, 1)])
    agent.services.erasures.begin(ADA)
    clock.advance(timedelta(minutes=11))

    agent.erase("bob")

    assert (rows_of_ada(agent), agent.verify().findings, holding(home, ADA)) == ({}, [], [])


class InterruptedLedger(Ledger):
    """Lets another process do something once everybody's behaviour is read, and before anything is made of it."""

    then: Callable[[], object] | None = None

    def interactions(self, *arguments: Any, **named: Any) -> Interactions:
        read = super().interactions(*arguments, **named)
        then, self.then = self.then, None
        if then is not None:
            then()
        return read


def test_models_fitted_while_somebody_was_erased_serve_nobody(home: Path, clock: FixedClock) -> None:
    other = installation(home, clock)
    other.observe([*customers(clock), *(bought(ADA, f"i{n}", clock, n + 1) for n in range(9))])
    other.update()
    settings = Settings(home=home, llm=LlmSettings(provider="none"))
    ledger = InterruptedLedger(other.services.database, other.services.consents)
    agent = InterestAgent(Services(settings, clock=clock, embedder=other.embedder, given={"ledger": ledger}))
    ledger.then = lambda: other.erase(ADA)

    agent.recommend("u01", 3)

    anew = installation(home, clock)
    for asked in (agent, other, anew):
        at = asked.services.model_store.current(clock.now(), 50.0).at
        assert len(at) == len(ledger.interactions())  # one row per event that is left, none of Ada's


def test_forgetting_leaves_what_another_process_is_writing_alone(home: Path, clock: FixedClock) -> None:
    agent = installation(home, clock)
    agent.observe([*customers(clock), bought(ADA, "i1", clock, 1)])
    agent.update()
    agent.recommend("u01", 3)
    writing = home / "models" / "7-abc.part"
    writing.mkdir()
    (writing / "shared.npy").write_bytes(b"half")

    agent.erase(ADA)

    assert [path.name for path in (home / "models").iterdir()] == ["7-abc.part"]
    assert (writing / "shared.npy").exists()
