"""Compare re-ranking by one letter with the same model writing out the list: python benchmarks/rerank.py [--model
FILE.gguf] [--lists 5]

Each list has 20 items of the bundled gift shop, one of which the customer bought next. Every way sees every list in
both orders, and the mean counts. Written lists must be complete, so that a model that stops early gains nothing: as
numbers, which is the shortest form, or as titles. The longest common prefix of two prompts is read once, as in the
product.
"""

import argparse
import gzip
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penchant.agent.llm.factory import open_model
from penchant.agent.llm.model import LanguageModel
from penchant.agent.recommend.llm_rerank import LETTERS, RECENT, shortened_titles
from penchant.prompts.contexts import Rerank
from penchant.prompts.fence import Trusted
from penchant.prompts.prompt import Prompt
from penchant.prompts.render import render
from penchant.prompts.replies import rank_reply, schema_of
from penchant.settings import Settings

CANDIDATES = 20


@dataclass(frozen=True)
class Ballot:
    """The customer's last purchases, newest first, and 20 candidates of which they bought number `truth` next."""

    recent: tuple[str, ...]
    candidates: tuple[str, ...]
    truth: int


def main() -> None:
    """Print time, tokens and quality of each way."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", help="a GGUF file (by default the embedded model)")
    parser.add_argument("--lists", type=int, default=5)
    parser.add_argument(
        "--letter-lists", type=int, help="so many for the letter alone, which is quick: its quality, better told"
    )
    options = parser.parse_args()
    patient = {"timeout_seconds": 3_600, "total_timeout_seconds": 3_600}
    settings = Settings.load(llm={"provider": "local", "model": options.model, **patient})
    model = open_model(settings)
    assert model is not None
    drawn = ballots(max(options.lists, options.letter_lists or 0))
    by_letter(model, drawn[0].recent, drawn[0].candidates)  # loads the model
    ways: dict[str, Callable[..., tuple[list[float], int]]] = {
        "one letter": by_letter,
        "numbers written out": by_numbers,
        "titles written out": by_titles,
    }
    print(f"{model.profile.model}: {options.lists} lists of {CANDIDATES}, each in two orders (chance: nDCG@10 .227)")
    base: Cost | None = None
    if options.letter_lists:
        print(f"  one letter, {len(drawn)} lists: nDCG@10 {measure(model, by_letter, drawn).quality:.3f}")
    for name, way in ways.items():
        found = measure(model, way, drawn[: options.lists])
        base = base or found
        print(
            f"  {name:20s} {found.wall:7.2f} s a list ({found.wall / base.wall:5.2f} x)   "
            f"{found.cpu:7.2f} CPU s ({found.cpu / base.cpu:5.2f} x)   {found.tokens:4d} tokens written   nDCG@10 {found.quality:.3f}",
            flush=True,
        )


@dataclass(frozen=True)
class Cost:
    """The mean cost of one list. `wall`: seconds; `cpu`: processor seconds of all threads, which other work hardly
    changes; `tokens`: written tokens; `quality`: nDCG@10.
    """

    wall: float
    cpu: float
    tokens: int
    quality: float


def measure(model: LanguageModel, way: Callable[..., tuple[list[float], int]], drawn: Sequence[Ballot]) -> Cost:
    """Return the mean cost per list of this way."""
    written, quality = 0, []
    started = time.perf_counter(), time.process_time()
    for ballot in drawn:
        forward, first = way(model, ballot.recent, ballot.candidates)
        backward, second = way(model, ballot.recent, ballot.candidates[::-1])
        written += first + second
        quality.append(ndcg(np.array(forward) + np.array(backward)[::-1], ballot.truth))
    wall, cpu = time.perf_counter() - started[0], time.process_time() - started[1]
    return Cost(wall / len(drawn), cpu / len(drawn), written // len(drawn), float(np.mean(quality)))


def ndcg(scores: NDArray[np.float64], truth: int) -> float:
    """Return nDCG@10 of the one true candidate. Where it ties with others, as when a model just counts to twenty, the
    mean over the tied ranks.
    """
    better, alike = int((scores > scores[truth]).sum()), int((scores == scores[truth]).sum())
    return float(np.mean([1 / np.log2(rank + 2) if rank < 10 else 0.0 for rank in range(better, better + alike)]))


def by_letter(model: LanguageModel, recent: Sequence[str], candidates: Sequence[str]) -> tuple[list[float], int]:
    """Rank in the product's way."""
    marks = LETTERS[: len(candidates)]
    choice = model.choose(prompt(recent, candidates, marks, as_json=False), marks)
    return list(choice.log_probabilities), choice.usage.completion_tokens


def by_numbers(model: LanguageModel, recent: Sequence[str], candidates: Sequence[str]) -> tuple[list[float], int]:
    """Rank by having the model write `{"order":[3,17,…]}` with all numbers."""
    schema = schema_of(rank_reply(candidates=len(candidates)))
    schema["properties"]["order"] |= {"minItems": len(candidates), "maxItems": len(candidates)}
    return written(model, recent, candidates, schema, {str(n + 1): n for n in range(len(candidates))})


def by_titles(model: LanguageModel, recent: Sequence[str], candidates: Sequence[str]) -> tuple[list[float], int]:
    """Rank by having the model write `{"order":["red pot",…]}` with all titles."""
    titles = shortened_titles(candidates)
    items = {"type": "string", "enum": titles}
    order = {"type": "array", "items": items, "minItems": len(candidates), "maxItems": len(candidates)}
    schema = {"type": "object", "properties": {"order": order}, "required": ["order"], "additionalProperties": False}
    return written(model, recent, candidates, schema, {title: n for n, title in enumerate(titles)})


def written(
    model: LanguageModel,
    recent: Sequence[str],
    candidates: Sequence[str],
    schema: dict[str, Any],
    places: dict[str, int],
) -> tuple[list[float], int]:
    """Return the order that the model writes, as scores; candidates that it leaves out come last."""
    numbers = [str(number + 1) for number in range(len(candidates))]
    asked = prompt(recent, candidates, numbers, as_json=True)
    generation = model.generate(asked, schema=schema, max_tokens=1_500)
    scores = [-float(len(candidates))] * len(candidates)
    for rank, fromkey in enumerate(dict.fromkeys(map(str, json.loads(generation.text)["order"]))):
        scores[places[fromkey]] = -float(rank)
    return scores, generation.usage.completion_tokens


def prompt(recent: Sequence[str], candidates: Sequence[str], marks: Sequence[str], *, as_json: bool) -> Prompt:
    """Return the product's own prompt."""
    marked = tuple((Trusted(mark), title) for mark, title in zip(marks, shortened_titles(candidates), strict=True))
    return render("rerank", "en", Rerank((), marked, "", as_json, tuple(shortened_titles(recent))))


def ballots(count: int) -> list[Ballot]:
    """Return customers of the bundled sample at their last purchase, with 19 other items drawn at random."""
    # A grammar of titles cannot hold quotation marks.
    titles = {item["item_id"]: item["title"].replace('"', "'") for item in rows("items.jsonl.gz")}
    bought: dict[str, list[dict[str, Any]]] = {}
    for event in sorted(rows("events.jsonl.gz"), key=lambda event: event["at"]):
        if event.get("item_id") in titles:
            bought.setdefault(event["user_id"], []).append(event)
    random: np.random.Generator = np.random.default_rng(0)
    people = [user for user, events in sorted(bought.items()) if len(events) > 2 * RECENT]
    return [_ballot(bought[user], titles, random) for user in people[:count]]


def _ballot(events: Sequence[dict[str, Any]], titles: dict[str, str], random: np.random.Generator) -> Ballot:
    before = [event for event in events if event["at"] < events[-1]["at"]] or list(events[:-1])
    had = {event["item_id"] for event in events}
    others: NDArray[np.str_] = random.choice(sorted(set(titles) - had), CANDIDATES - 1, replace=False)
    truth = int(random.integers(CANDIDATES))
    offered = [titles[str(item)] for item in others]
    offered.insert(truth, titles[events[-1]["item_id"]])
    recent = dict.fromkeys(titles[event["item_id"]] for event in before[::-1])
    return Ballot(tuple(recent)[:RECENT], tuple(offered), truth)


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a file of the bundled sample."""
    path = resources.files("penchant") / "data" / "sample" / name
    with path.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


if __name__ == "__main__":
    main()
