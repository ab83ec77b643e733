"""Whatever the description of the service allows, and much that it does not, gets an answer that it names, and never a fault of ours."""

import subprocess
import sys
from pathlib import Path

import pytest

from penchant import InterestAgent

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "missing_required_header",
    "ignored_auth",
)
"""Not among them: those that take every refusal of a well-formed value (a cursor of ours, an id with a control character) for a fault."""


@pytest.mark.timeout(600)
def test_every_answer_is_one_that_is_documented(address: str, agent: InterestAgent, tmp_path: Path) -> None:
    token = agent.services.access_tokens.create(["admin"]).token
    done = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("schemathesis")), "run", f"{address}/openapi.json"),
            *("-H", f"Authorization: Bearer {token}", "--checks", ",".join(CHECKS)),
            *("--phases", "examples,coverage,fuzzing", "--max-examples", "3", "--max-time", "100"),
            *("--generation-deterministic", "--continue-on-failure", "--request-timeout", "60", "--no-color"),
            *("--suppress-health-check", "all"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr
    assert "not_a_server_error" in CHECKS and "Tested: 5" in done.stdout
