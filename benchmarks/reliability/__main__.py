"""Check every line of the report of faults in the first version: python -m benchmarks.reliability [--source CHECKOUT]
[LINE…]

Each probe uses only public interfaces (commands, `InterestAgent`, tools, the MCP server), in a process and a home of
its own, so that the same probe runs against another checkout of Penchant: `--source` names it. Prints for each the
line and `right`, `wrong` with what was observed, or `-` where that version has no interface to check it with. Exits
with 1 where anything is wrong.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 1_500


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument(
        "lines", nargs="*", help="numbers of lines (4) or single probes (4b); all of them by default"
    )
    arguments.add_argument("--source", type=Path, default=ROOT, help="another checkout to try")
    arguments.add_argument("--probe", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    return run_probe(given.probe) if given.probe else run_all(given.lines, given.source.resolve())


def run_probe(name: str) -> int:
    """Run one probe in this process and return 0 for right, 1 for wrong, 2 for not drivable, 3 where the probe itself
    failed.
    """
    from benchmarks.reliability import access, bounds, conversation, dying, erasing, losing, probing

    from penchant.errors import PenchantError

    assert all((access, bounds, conversation, dying, erasing, losing))
    with probing.temporary() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        try:
            probing.PROBES[name].run(home)
        except (probing.WrongError, PenchantError) as error:
            return end_with(1, str(error))
        except probing.NotDrivableError as error:
            return end_with(2, str(error))
        except Exception as error:  # noqa: BLE001 - reported as a failed probe
            return end_with(3, f"{type(error).__name__}: {error}")
        return end_with(0, probing.PROBES[name].claim)


def end_with(code: int, text: str) -> int:
    print(f"{code} {' '.join(text.split())[:260]}", flush=True)
    os._exit(code)  # even if threads are still running


def names(source: Path) -> list[str]:
    """Return the names of all probes, found in the text of the modules, because nothing of Penchant may be imported
    here.
    """
    found = [
        name
        for path in Path(__file__).parent.glob("*.py")
        for name in re.findall(r'^@probe\("(\w+)"', path.read_text(), re.M)
    ]
    return sorted(found, key=lambda name: (int(re.sub(r"\D", "", name)), name))


def run_all(lines: list[str], source: Path) -> int:
    wanted = [name for name in names(source) if not lines or name in lines or re.sub(r"\D", "", name) in lines]
    verdicts = {0: "right", 1: "wrong", 2: "-", 3: "failed"}
    counted = dict.fromkeys(verdicts.values(), 0)
    for name in wanted:
        begun = time.perf_counter()
        code, text = ran(name, source)
        counted[verdicts[code]] += 1
        print(f"{name:>4} {verdicts[code]:6} {time.perf_counter() - begun:4.0f} s  {text}", flush=True)
    print(", ".join(f"{count} {verdict}" for verdict, count in counted.items()))
    return int(bool(counted["wrong"] or counted["failed"]))


def ran(name: str, source: Path) -> tuple[int, str]:
    """Return exit code and message of one probe against a checkout. A probe whose process hangs has shown a fault."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("PENCHANT_", "OPENAI_"))}
    environ["PYTHONPATH"] = os.pathsep.join([str(source / "src"), str(ROOT)])
    command = [sys.executable, "-m", "benchmarks.reliability", "--probe", name]
    try:
        done = subprocess.run(
            command, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return 1, f"no end within {SECONDS} s"
    last = (done.stdout.strip().splitlines() or [""])[-1]
    if re.match(r"[0-3] ", last):
        return int(last[0]), last[2:]
    return 3, f"the probe ended with {done.returncode}: {' '.join(done.stderr.split())[-200:]}"


if __name__ == "__main__":
    sys.exit(main())
