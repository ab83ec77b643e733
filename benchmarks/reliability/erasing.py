"""Lines 13 to 16: erasures that report `residue: 0` and leave something behind."""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.reliability.probing import (
    bought,
    cli,
    holding,
    item,
    killed_at_write,
    must_work,
    opened,
    probe,
    says,
    shop,
    wrong_if,
)

from penchant import InterestAgent, Settings
from penchant.errors import NotFoundError, PenchantError

SECRET = "banana-submarine"


def set_aside(home: Path, *rows: str, user: str | None = None) -> InterestAgent:
    """Import rows that no import can use, so that they are in the quarantine, and return the agent."""
    file = home.parent / "bad.jsonl"
    file.write_text("".join(row + "\n" for row in rows), encoding="utf-8")
    agent = opened(home)
    receipt = agent.import_events(file, user_id=user)
    wrong_if(receipt.quarantined != len(rows), f"{receipt.quarantined} of {len(rows)} rows are set aside")
    return agent


def wrong_if_left(agent: InterestAgent, home: Path, user: str, *needles: str) -> None:
    receipt = agent.erase(user)
    wrong_if(receipt.residue, f"residue {receipt.residue}")
    left = holding(home, *needles)
    wrong_if(left, f"residue 0, and {', '.join(left[:3])} still holds {needles[0]!r}")


@probe("13a", "a row set aside goes with its user wherever the id stands in it")
def id_at_the_end(home: Path) -> None:
    row = json.dumps({"text": SECRET, "context": {"x": "y" * 3_000}, "type": "boo", "at": 1, "user_id": "ada"})
    agent = set_aside(home, row, json.dumps({"user_id": "bob", "type": "boo", "at": 1}))
    wrong_if_left(agent, home, "ada", SECRET)


@probe("13b", "a row with U+2028 in it goes whole, and no other is torn")
def line_separator(home: Path) -> None:
    rows = [
        json.dumps({"user_id": user, "type": "boo", "text": f"one\u2028{word}", "at": 1}, ensure_ascii=False)
        for user, word in (("ada", SECRET), ("bob", "kept-for-bob"))
    ]
    agent = set_aside(home, *rows)
    wrong_if_left(agent, home, "ada", SECRET)
    wrong_if(not holding(home / "quarantine", "kept-for-bob"), "bob's row is gone too")


@probe("13c", "a transcript set aside under `--user` goes with that user")
def transcript_of_ada(home: Path) -> None:
    chat = {"messages": [{"role": "assistant", "content": f"You told me of the {SECRET}"}]}
    agent = set_aside(home, json.dumps(chat), user="ada")
    wrong_if_left(agent, home, "ada", SECRET)


@probe("13d", "a quarantine file that is cut inside a character stops no erasure")
def cut_quarantine(home: Path) -> None:
    rows = [json.dumps({"user_id": "ada", "type": "boo", "text": "é" * 40, "at": 1}, ensure_ascii=False)] * 2
    agent = set_aside(home, *rows)
    for path in (home / "quarantine").iterdir():
        path.write_bytes(path.read_bytes()[:-10] + "é".encode()[:1])
    try:
        receipt = agent.erase("ada")
    except Exception as error:  # noqa: BLE001 - reported
        wrong_if(True, f"erase fails: {type(error).__name__}: {error}")
    wrong_if(receipt.residue, f"residue {receipt.residue}")


class ErasingEmbedder:
    """An embedder that has another agent erase the user when it is asked to embed a certain word."""

    def __init__(self, home: Path, user: str) -> None:
        self.inner, self.erase = opened(home), opened(home)
        self.user, self.erased = user, 0
        self.name, self.dimensions = "erasing", 8

    def embed(self, texts: Any) -> Any:
        if any(SECRET in text for text in texts) and not self.erased:
            self.erased = 1
            self.erase.erase(self.user)
        rows = np.array(
            [[float(hash(text) >> shift & 15) + 1 for shift in range(0, 32, 4)] for text in texts], np.float32
        )
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_query(self, text: str) -> Any:
        return self.embed([text])[0]


UNDER_WAY: dict[str, Callable[[InterestAgent], Any]] = {
    "a list": lambda agent: agent.recommend("ada", 3, query=SECRET),
    "an update": lambda agent: agent.update("ada"),
    "a beginning": lambda agent: agent.onboard("ada", [SECRET]),
}


@probe("14", "what is under way while its user is erased leaves nothing")
def work_in_flight(home: Path) -> None:
    for name, work in UNDER_WAY.items():
        folder = home / name.replace(" ", "-")
        folder.mkdir()
        embedder = ErasingEmbedder(folder, "ada")
        agent = InterestAgent.open(Settings(home=folder, llm={"provider": "none"}), embedder=embedder)
        agent.add_items([item(n) for n in range(36)])
        agent.observe([bought("ada", n) for n in range(6)])
        agent.update()
        agent.observe([says("ada", f"I love {SECRET}.")])
        with suppress(PenchantError):
            work(agent)
        wrong_if(not embedder.erased, f"nobody was erased during {name}")
        left = {
            place: count
            for place, count in agent.erase("ada").found.items()
            if count and place not in ("caches", "population")
        }
        wrong_if(left, f"{name} under way has written {left}")


@probe("15a", "an imported profile takes the names in it along, and erasing its user takes them away")
def names_of_a_record(home: Path) -> None:
    source, target = home / "source", home / "target"
    source.mkdir()
    target.mkdir()
    agent = shop(source, users=1)
    agent.observe([says("ada", f"I love {SECRET} races.") for _ in range(1)] + [bought("ada", n) for n in range(6)])
    agent.update()
    agent.edit("ada", "state", f"{SECRET} races", "like")
    record = home.parent / "ada.json"
    must_work(cli(source, "profile", "export", "ada", "-o", str(record)), "`profile export`")
    must_work(cli(target, "profile", "import", str(record)), "`profile import`")
    wrong_if_left(opened(target), target, "ada", SECRET, SECRET.title(), SECRET.capitalize(), SECRET.replace("-", " "))


@probe("15b", "a forged record renames nothing of anybody else")
def forged_record(home: Path) -> None:
    agent = shop(home, users=2)
    twin = [
        event.model_copy(update={"user_id": "twin", "event_id": f"twin-{event.item_id}"})
        for event in agent.events("u0")
    ]
    agent.observe(twin)
    agent.update()
    before = [node.label for node in agent.profile("twin").walk()]
    record = home.parent / "u0.json"
    must_work(cli(home, "profile", "export", "u0", "-o", str(record)), "`profile export`")
    record.write_text(json.dumps(forged(json.loads(record.read_text()))).replace('"u0"', '"mallory"'))
    cli(home, "profile", "import", str(record))
    profile = opened(home).profile("twin")
    after = [node.label for node in profile.walk()]
    wrong_if(after != before, f"another user's interests are called {after[:3]} now")
    titles = [item.title for item in opened(home).items([f"i{n}" for n in range(36)]).values()]
    wrong_if("Forged" in titles, "items of the catalogue have other titles now")


def forged(node: Any) -> Any:
    """Return the record with every label and title replaced."""
    if isinstance(node, list):
        return [forged(part) for part in node]
    if not isinstance(node, dict):
        return node
    better = {"source": "llm"} if "label" in node and "source" in node else {}
    return {
        key: "Forged" if key in ("label", "title") and value else forged(value) for key, value in node.items()
    } | better


@probe("16a", "two users erased at once are both gone")
def two_at_once(home: Path) -> None:
    agents = [opened(home), opened(home)]
    for turn in range(10):
        users = [f"anton-{turn}", f"berta-{turn}"]
        agents[0].observe([bought(user, n) for user in users for n in range(3)])
        agents[0].update(*users)
        failures: list[str] = []

        def erase(agent: InterestAgent, user: str, into: list[str] = failures) -> None:
            try:
                if agent.erase(user).residue:
                    into.append(f"{user}: residue")
            except Exception as error:  # noqa: BLE001 - reported
                into.append(f"{type(error).__name__}: {str(error)[:80]}")

        threads = [threading.Thread(target=erase, args=pair) for pair in zip(agents, users, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        wrong_if(failures, f"round {turn + 1}: {failures}")


ERASE = """
agent = opened(Path(sys.argv[1]))
agent.erase("ada")
"""


@probe("16b", "an erasure killed at any step is known of until it is finished")
def killed_erasure(home: Path) -> None:
    for step in range(14):
        folder = home / str(step)
        folder.mkdir()
        agent = shop(folder, users=2)
        agent.observe([bought("ada", n) for n in range(6)])
        agent.update()
        if not killed_at_write(folder, ERASE, step):
            return
        is_begun = not opened(folder).verify().ok
        agent.erase("u0")
        agent = opened(folder)
        left = bool(agent.events("ada")) or known(agent)
        wrong_if(
            is_begun and left and agent.verify().ok,
            f"killed at write {step}, then somebody else was erased: data of ada are there, and verify says all is well",
        )
        wrong_if(agent.erase("ada").residue, "erasing again leaves something")


def known(agent: InterestAgent) -> bool:
    """Return whether ada has a profile."""
    try:
        agent.profile("ada")
    except NotFoundError:
        return False
    return True
