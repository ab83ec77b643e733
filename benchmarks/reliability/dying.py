"""Lines 1 to 6: crashes, and faults that affect all users."""

import json
import sqlite3
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from benchmarks.reliability.probing import (
    KINDS,
    START,
    child,
    cli,
    completion,
    item,
    model_at,
    must_work,
    opened,
    probe,
    says,
    send,
    serving,
    shop,
    wrong_if,
)
from pydantic import ValidationError

from penchant import Event
from penchant.errors import PenchantError


@probe("1", "one message and a naming model in process are an update like any other")
def one_message(home: Path) -> None:
    must_work(
        cli(home, "events", "add", "--user", "ada", "--type", "message", "--text", "tea and a book"), "events add"
    )
    done = cli(home, "update", "ada", env={"PENCHANT_LLM__PROVIDER": "local", "PENCHANT_LLM__TIER": "name"})
    must_work(done, "`update` with the embedded model and tier=name")


def filled(schema: Any, root: Any) -> Any:
    """Return a value that fits a schema, with one entry in every list."""
    if not isinstance(schema, dict):
        return None
    if "$ref" in schema:
        return filled(root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root)
    if choices := schema.get("enum") or schema.get("anyOf") or schema.get("oneOf"):
        return filled(choices[0], root) if isinstance(choices[0], dict) else choices[0]
    kind = schema.get("type")
    if kind == "object":
        return {name: filled(part, root) for name, part in schema.get("properties", {}).items()}
    if kind == "array":
        return [filled(schema["items"], root)]
    return {"integer": schema.get("minimum", 0), "number": 0.5, "boolean": True}.get(str(kind), "Garden")


def fitting(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    """Answer with a reply that has an entry in every list, also in those about messages."""
    schema = ((body.get("response_format") or {}).get("json_schema") or {}).get("schema") or {}
    send(handler, 200, completion({"content": json.dumps(filled(schema, schema))}))


def nested(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    send(handler, 200, completion({"content": '{"groups": ' + "[" * 5_000}))


@probe("2a", "a reply that fills what was not asked about is read, or told as lost")
def reply_about_nothing(home: Path) -> None:
    _update_survives(home, fitting)


@probe("2b", "a reply of 5,000 nested brackets is read, or told as lost")
def nested_reply(home: Path) -> None:
    _update_survives(home, nested)


def _update_survives(home: Path, play: Any) -> None:
    agent = shop(home, users=0)
    agent.observe([Event(user_id="ada", type="purchase", item_id=f"i{n}", at=START) for n in range(24)])
    with serving(play) as server:
        done = cli(home, "update", "ada", "--json", env=model_at(server.url))
        must_work(done, "`update`")
        [row] = json.loads(done.stdout)["users"]
        wrong_if(row["status"] == "failed", f"the update is failed: {row['degraded']}")
        wrong_if(row["events_new"] != row["assigned"] + row["pooled"], "the receipt does not add up")
        wrong_if(not server.asked, "the model was never asked")


@probe("3", "two huge ratings are refused, or harm nobody")
def huge_ratings(home: Path) -> None:
    agent = shop(home)
    try:
        agent.observe([Event(user_id="ada", type="rating", item_id=f"i{n}", at=START, value=1.7e308) for n in range(2)])
    except (PenchantError, ValidationError):
        wrong_if(agent.events("ada"), "refused, and yet written down")
    receipts = agent.update().users
    wrong_if(any(row.status == "failed" for row in receipts), "an update fails for " + str(receipts[0].degraded))
    agent.recommend("u0")
    agent.grant("u0")
    wrong_if(agent.erase("u1").residue, "an erasure leaves something")
    wrong_if(not agent.verify().ok, "verify finds something")
    if agent.events("ada"):
        agent.profile("ada")


IMPORT = """
agent = opened(Path(sys.argv[1]))
first = int(sys.argv[2])
for start in range(first, first + 240, 8):
    agent.add_items([item(number) for number in range(start, start + 8)])
"""


@probe("4a", "two imports at once leave a sound index")
def imports_at_once(home: Path) -> None:
    for turn in range(5):
        folder = home / str(turn)
        folder.mkdir()
        opened(folder).add_items([item(900_000)])
        importing = [child(folder, IMPORT, str(first)) for first in (0, 1_000)]
        ended = [(process.communicate(timeout=900)[1], process.returncode) for process in importing]
        for errors, code in ended:
            wrong_if(code, f"an import ends with {code}: {errors.strip().splitlines()[-1:]}")
        agent = opened(folder)
        wanted = [f"i{first + number}" for first in (0, 1_000) for number in range(240)]
        wrong_if(len(agent.items(wanted)) != 480, f"{480 - len(agent.items(wanted))} of 480 items are missing")
        for kind in KINDS:
            wrong_if(len(agent.search_items(kind, 60)) != 60, "a search does not find what is there")


@probe("4b", "verify notices an index that lacks vectors")
def broken_index(home: Path) -> None:
    agent = shop(home, users=1)
    agent.search_items("jazz", 3)
    del agent
    with sqlite3.connect(home / "chroma" / "chroma.sqlite3") as database:
        removed = database.execute("DELETE FROM embeddings_queue WHERE id IN ('i3', 'i4')").rowcount
    wrong_if(removed != 2, "the index could not be broken")
    done = cli(home, "verify", "--json")
    wrong_if(done.returncode == 0, "verify says that all is well")


@probe("5", "a text that repeats a word costs no more than any other")
def exploding_text(home: Path) -> None:
    agent = opened(home)
    seconds = []
    for user, text in (("ada", "I like tea. " * 1_500), ("bob", "and " * 5_000), ("cleo", "I like " + "and " * 4_900)):
        agent.observe([says(user, text)])
        begun = time.process_time()
        agent.update(user)
        seconds.append(time.process_time() - begun)
    wrong_if(max(seconds[1:]) > seconds[0] + 4, f"updates take {seconds[1]:.1f} and {seconds[2]:.1f} s of processor")


REEMBED = """
import os
from chromadb.api.client import Client
from chromadb import Collection
left = [int(sys.argv[2])]
def counting(owner, name):
    whole = getattr(owner, name)
    def call(*arguments, **named):
        done = whole(*arguments, **named)
        left[0] -= 1
        if left[0] < 0: os._exit(9)
        return done
    setattr(owner, name, call)
agent = opened(Path(sys.argv[1]))
agent.items(["i0"])
for name in ("delete_collection", "create_collection", "get_or_create_collection"): counting(Client, name)
for name in ("add", "upsert", "modify"): counting(Collection, name)
agent.reembed()
"""


@probe("6", "embedding again, killed at any step and run again, loses nothing")
def killed_reembedding(home: Path) -> None:
    wanted = [f"i{n}" for n in range(36)]
    for step in range(12):
        folder = home / str(step)
        folder.mkdir()
        shop(folder, users=0)
        process = child(folder, REEMBED, str(step))
        process.communicate(timeout=900)
        if process.returncode != 9:
            wrong_if(process.returncode, f"reembed ends with {process.returncode}")
            return
        must_work(cli(folder, "items", "reembed"), f"`items reembed` after a kill at step {step}")
        there = len(opened(folder).items(wanted))
        wrong_if(there != 36, f"killed at step {step} and run again: {there} of 36 items are left")
