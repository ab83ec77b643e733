"""Measure contexts for an assistant: 60 statements and 300 other messages of one user, and a question related to each
statement.

`python benchmarks/context.py [--misses]` prints for how many of the 60 questions a context of 200 tokens contains the
related statement, and how long that took. Statements and questions are in `statement_gold/questions.txt`; the other
messages are requests from the sentences that the classifier is trained on.
"""

import argparse
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from penchant import Event, InterestAgent
from penchant.agent.statements.sentences import is_chinese
from penchant.settings import LlmSettings, Settings

HERE = Path(__file__).parent
OTHERS, BUDGET = 300, 200
START = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--misses", action="store_true", help="show every question whose statement is not in its context"
    )
    asked = parser.parse_args()
    pairs = [line.split(" | ") for line in _lines(HERE / "statement_gold" / "questions.txt")]
    agent = InterestAgent.open(Settings(home=Path(tempfile.mkdtemp()), llm=LlmSettings(provider="none")))
    agent.observe(_events([statement for statement, _ in pairs]))
    agent.update("ada")
    heard = {each.text for each in agent.profile("ada").statements}
    agent.context("ada", BUDGET, query="what now?")  # loads the models
    seconds, missed, used = [], [], time.process_time()
    for statement, question in pairs:
        started = time.perf_counter()
        text = agent.context("ada", BUDGET, query=question).text
        seconds.append(time.perf_counter() - started)
        if statement not in text:
            missed.append((statement, question))
    used = (time.process_time() - used) / len(pairs)
    agent.close()
    print(f"{len(pairs)} statements of one user, {len(heard)} heard, among {OTHERS} other messages; {BUDGET} tokens")
    print(f"  in the context of its question: {1 - len(missed) / len(pairs):.3f}")
    for name, across in (("  same language", False), ("  across languages", True)):
        of = [pair for pair in pairs if (is_chinese(pair[0]) != is_chinese(pair[1])) is across]
        print(f"{name}: {1 - sum(tuple(pair) in missed for pair in of) / len(of):.3f} of {len(of)}")
    median, most = 1000 * np.median(seconds), 1000 * np.quantile(seconds, 0.95)
    print(f"  milliseconds: median {median:.1f}, 95 % {most:.1f}; of processor {1000 * used:.1f}")
    for statement, question in missed if asked.misses else ():
        print(f"    {'' if statement in heard else 'not heard: '}{statement} | {question}")


def _events(statements: list[str]) -> list[Event]:
    """Return the statements spread evenly among the other messages, one message an hour."""
    sentences = HERE.parent / "scripts" / "statement_sentences"
    others = _lines(sentences / "en_requests.txt")[: OTHERS // 2]
    others += _lines(sentences / "zh_requests.txt")[: OTHERS - len(others)]
    step = len(others) // len(statements)
    texts = [
        text for at, statement in enumerate(statements) for text in (statement, *others[at * step : (at + 1) * step])
    ]
    return [
        Event(user_id="ada", type="message", text=text, at=START + timedelta(hours=hour), event_id=f"m-{hour}")
        for hour, text in enumerate(texts)
    ]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]


if __name__ == "__main__":
    main()
