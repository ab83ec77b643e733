"""An installation at work that says after every batch how far it is (run, and killed, by test_killed): home, action, file."""

import sys
from pathlib import Path

from rule_agent import rule_agent
from small_world import START, WordEmbedder

from penchant.agent.interest_agent import InterestAgent


def installation(home: Path) -> InterestAgent:
    """Words as directions, no language model, a clock that stands still."""
    return rule_agent(home, at=START, embedder=WordEmbedder())


def main(home: Path, action: str, file: Path) -> None:
    agent = installation(home)

    def tell(done: int, total: int) -> None:
        print(done, total, flush=True)

    match action:
        case "items":
            print(agent.import_items(file, tell).model_dump_json())
        case "update":
            print(agent.update(on_progress=tell).model_dump_json())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
