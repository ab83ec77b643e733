"""Whatever the description of the service allows, and much that it does not, gets an answer that it names, and never a fault of ours.

`PENCHANT_TEST_SCHEMA_SECONDS` says for how long it is tried, and `PENCHANT_TEST_SCHEMA_SEED` with what.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from penchant import InterestAgent

SETTINGS = Path(__file__).with_name("schemathesis.toml")
"""Which answers are right although a check would take them for faults, and why."""
SERIALIZERS = Path(__file__).with_name("lines_of_json.py")
SECONDS = int(os.environ.get("PENCHANT_TEST_SCHEMA_SECONDS", "180"))
SEED = os.environ.get("PENCHANT_TEST_SCHEMA_SEED", "1")


@pytest.mark.long
@pytest.mark.timeout(500 + SECONDS)
def test_every_answer_is_one_that_is_documented(address: str, agent: InterestAgent, tmp_path: Path) -> None:
    token = agent.services.access_tokens.create(["admin"]).token
    done = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(SETTINGS)),
            *("run", f"{address}/openapi.json", "-H", f"Authorization: Bearer {token}"),
            *("--max-examples", str(max(3, SECONDS // 30)), "--max-time", str(SECONDS), "--seed", SEED),
            *("--continue-on-failure", "--request-timeout", "60", "--no-color", "--suppress-health-check", "all"),
        ],
        cwd=tmp_path,
        env=os.environ | {"SCHEMATHESIS_HOOKS": str(SERIALIZERS)},
        capture_output=True,
        text=True,
        timeout=400 + SECONDS,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr
    assert "Tested: 5" in done.stdout
