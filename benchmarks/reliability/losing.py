"""Lines 17 to 21: faults that lose data."""

import gzip
import json
import resource
import signal
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.reliability.probing import (
    CLI,
    bought,
    child,
    cli,
    environment,
    item,
    killed_at_write,
    must_work,
    opened,
    probe,
    says,
    shop,
    wrong_if,
)


def row(number: int, **more: Any) -> dict[str, Any]:
    """Return a row of a file of events."""
    return {"user_id": f"u{number % 7}", "type": "view", "item_id": f"i{number}", "at": 1_700_000_000 + number, **more}


def receipt_of(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Return the receipt of an import of one file, whatever its exit code."""
    try:
        found = json.loads(done.stdout)
    except ValueError:
        wrong_if(True, f"no receipt, exit {done.returncode}: {done.stderr.strip()[-160:]}")
    return dict(found["files"][0] if "files" in found else found)


def adds_up(receipt: dict[str, Any]) -> bool:
    return bool(receipt["lines"] == receipt["accepted"] + receipt["duplicate"] + receipt["quarantined"])


@probe("17a", "erasing anybody leaves the piped import of another process alone")
def piped_import(home: Path) -> None:
    agent = opened(home)
    agent.observe([bought("bob", 1)])
    rows = [json.dumps(row(number)) + "\n" for number in range(12)]
    command = [*CLI, "events", "import", "-", "--json"]
    with subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, text=True, env=environment(home)) as importing:
        assert importing.stdin is not None
        importing.stdin.write(
            rows[0] + "\n" * 200_000
        )  # more than a pipe can buffer, so the import has started to read
        importing.stdin.flush()
        agent.erase("bob")
        output, errors = importing.communicate("".join(rows[1:]), timeout=900)
    done = subprocess.CompletedProcess(command, importing.returncode, output, errors)
    wrong_if(receipt_of(done)["accepted"] != 12, f"{receipt_of(done)['accepted']} of 12 rows are accepted")
    there = sum(len(opened(home).events(f"u{n}")) for n in range(7))
    wrong_if(there != 12, f"12 rows are said to be accepted, {there} are there")


@probe("17b", "erasing anybody leaves the quarantine file of a running import whole")
def quarantine_under_way(home: Path) -> None:
    agent, other = opened(home), opened(home)
    other.observe([bought("ada", 1)])
    file = home.parent / "bad.jsonl"
    file.write_text(
        "".join(
            json.dumps(row(number, type="boo", user_id="ada" if number % 2 else "bob")) + "\n"
            for number in range(10_000)
        )
    )
    erased: list[Any] = []

    def erase_in_the_middle(done: int, total: int) -> None:
        if not erased and done > total / 4:
            erased.append(other.erase("ada"))

    receipt = agent.import_events(file, erase_in_the_middle)
    wrong_if(not erased, "nothing was erased in the middle")
    rows = Path(str(receipt.quarantine_file)).read_text().splitlines()
    bobs = sum("bob" in line for line in rows)
    wrong_if(bobs != 5_000, f"{receipt.quarantined} rows are said to be set aside; of bob's 5,000 {bobs} are")


@probe("18a", "a quote that is never closed costs one row")
def open_quote(home: Path) -> None:
    file = home.parent / "items.csv"
    lines = [f"i{n},{chr(34) if n == 548 else ''}jazz {n}\n" for n in range(2_000)]
    file.write_text("item_id,title\n" + "".join(lines))
    receipt = receipt_of(cli(home, "items", "import", str(file), "--json"))
    wrong_if(
        receipt["lines"] < 1_990, f"of 2,000 rows {receipt['lines']} are accounted for, {receipt['accepted']} accepted"
    )
    wrong_if(receipt["accepted"] < 1_990 or not adds_up(receipt), f"{receipt['accepted']} of 2,000 rows are accepted")


@probe("18b", "a cut archive gives every row that can be unpacked")
def cut_archive(home: Path) -> None:
    whole = gzip.compress("".join(json.dumps(row(n)) + "\n" for n in range(20_000)).encode())
    cut = whole[: int(len(whole) * 0.6)]
    file = home.parent / "events.jsonl.gz"
    file.write_bytes(cut)
    there = zlib.decompressobj(31).decompress(cut).count(b"\n")
    receipt = receipt_of(cli(home, "events", "import", str(file), "--json"))
    wrong_if(receipt["accepted"] < there, f"{there} whole rows are in the archive, {receipt['accepted']} are accepted")


@probe("18c", "a table of one row without a header is not `empty`")
def table_without_header(home: Path) -> None:
    file = home.parent / "events.csv"
    file.write_text("ada,view,i1,2026-01-05T12:00:00Z\n")
    done = cli(home, "events", "import", str(file), "--json")
    wrong_if(done.returncode == 0 and receipt_of(done)["lines"] == 0, "exit 0, and the row is in no count")


WORK = """
import collections, time
agent = opened(Path(sys.argv[1]))
errors, until, calls = collections.Counter(), time.time() + 40, 0
while time.time() < until:
    calls += 1
    try:
        if calls % 3 == 0: agent.observe([bought(f"p{sys.argv[2]}", calls % 36, days=calls / 50)])
        if sys.argv[2] == "0": agent.add_items([item(100 + calls)])
        agent.recommend("u0")
    except Exception as error: errors[type(error).__name__] += 1
print(json.dumps({"calls": calls, "errors": errors}))
"""


@probe("19", "lists of several processes on one home do not fail")
def lists_of_processes(home: Path) -> None:
    shop(home, users=6, items=900)
    working = [child(home, WORK, str(number)) for number in range(4)]
    found = [
        json.loads(process.communicate(timeout=900)[0] or '{"calls": 0, "errors": {"died": 1}}') for process in working
    ]
    failed = [account["errors"] for account in found if account["errors"]]
    wrong_if(failed, f"of {sum(account['calls'] for account in found)} lists failed: {failed}")


@probe("20", "an item whose category changes reaches the profiles, and verify --rebuild passes")
def changed_item(home: Path) -> None:
    agent = shop(home, users=1)
    agent.add_items([item(n).model_copy(update={"categories": [["Zeppelins"]]}) for n in range(36)])
    agent.update()
    labels = [node.label for node in agent.profile("u0").walk()]
    wrong_if("Zeppelins" not in labels, f"the profile still has {labels[:4]}")
    wrong_if(not agent.verify(rebuild=True).ok, "verify --rebuild fails")


@probe("21a", "an export that finds the disk full leaves the good file as it is")
def full_disk(home: Path) -> None:
    shop(home).observe([says("u0", f"I read {number} {'books ' * 900}") for number in range(400)])
    good = home.parent / "u0.json"
    must_work(cli(home, "profile", "export", "u0", "-o", str(good)), "`profile export`")
    before = good.read_bytes()
    wrong_if(len(before) < 1_500_000, f"the export is too small for this, {len(before)} bytes")
    done = _with_small_files(lambda: cli(home, "profile", "export", "u0", "-o", str(good)))
    wrong_if(done.returncode == 0, "the export was not stopped")
    wrong_if(good.read_bytes() != before, f"the good file is cut: {good.stat().st_size} of {len(before)} bytes")


def _with_small_files(run: Callable[[], subprocess.CompletedProcess[str]]) -> subprocess.CompletedProcess[str]:
    """Run with a limit of 1 MB for files that child processes write, as if the disk were full. (Python ignores SIGXFSZ.)"""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        return run()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@probe("21b", "an import of a profile that is stopped half way keeps every version")
def stopped_profile_import(home: Path) -> None:
    agent = opened(home)
    agent.add_items([item(n) for n in range(36)])
    for version in range(7):
        agent.observe([bought("ada", 5 * version + n, days=version) for n in range(5)])
        agent.update("ada")
    versions = len(agent.history("ada"))
    record = home.parent / "record.json"
    must_work(cli(home, "profile", "export", "ada", "-o", str(record)), "`profile export`")
    for step in range(2, 40, 3):
        folder = home.parent / f"home-{step}"
        folder.mkdir()
        stopped = killed_at_write(
            folder,
            f"from penchant.tools.cli import main\nsys.argv = ['penchant', 'profile', 'import', {str(record)!r}]\nmain()",
            step,
        )
        must_work(cli(folder, "profile", "import", str(record)), f"`profile import` after a kill at write {step}")
        there = len(opened(folder).history("ada"))
        wrong_if(there < versions, f"killed at write {step} and run again: {there} of {versions} versions")
        if not stopped:
            return
