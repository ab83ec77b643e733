"""Measure the placement of messages and searches: precision and coverage, with "nothing" as one of the answers.

`python benchmarks/placing_text.py [--embedder multilingual]` measures on `gold_messages.txt` descriptions alone, the
classifier alone, and both; then on `gold_subtopics.txt` how many of the subtopics given are right.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from penchant.agent.profiles.words import SURE_OF_MESSAGE, WordPlacer, combined_probabilities, without_wish
from penchant.agent.taxonomy.placement import Placement
from penchant.agent.taxonomy.scorer import NOTHING, MessageTopics, is_han
from penchant.prompts.vocabulary import Vocabulary
from penchant.settings import Settings
from penchant.store.embedders import open_embedder

GOLD = Path(__file__).parent / "gold_messages.txt"
SUBTOPICS = Path(__file__).parent / "gold_subtopics.txt"
Scores = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--embedder", choices=["minilm", "multilingual"], default="minilm")
    parser.add_argument("--errors", type=int, default=0, help="show so many that are said wrongly")
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp())
    embedder = open_embedder(Settings.model_validate({"home": home, "embedding": {"provider": asked.embedder}}))
    gold = read(GOLD)
    texts = [without_wish(text) for text, _ in gold]
    vectors = embedder.embed(texts)
    topics = MessageTopics(embedder.name)
    placement = Placement(Vocabulary.load(), embedder)
    every = len(placement.vocabulary.topics)
    described = np.zeros((len(texts), len(topics.classes)))
    for row, places in enumerate(placement.topics(vectors, every)):
        for place in places:
            described[row, topics.classes.index(place.topic_id)] = place.confidence
    classified = topics.probabilities(texts, vectors)
    both = combined_probabilities(topics, texts, vectors, placement)
    for language in ("en", "zh"):
        rows = [at for at, text in enumerate(texts) if is_han(text) == (language == "zh")]
        for name, p in (("descriptions", described), ("classifier", classified), ("both", both)):
            shown = asked.errors if name == "both" else 0
            wanted = [gold[at] for at in rows]
            report(
                f"{asked.embedder} {language} {name}",
                p[rows],
                wanted,
                topics,
                limit=SURE_OF_MESSAGE[language],
                errors=shown,
            )

    report_subtopics(f"{asked.embedder} subtopics", WordPlacer(placement, embedder), read(SUBTOPICS), asked.errors)


def read(path: Path) -> list[tuple[str, str]]:
    """Return the texts of a file with the place of each, or its places with spaces between."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [(text.strip(), line.partition(": ")[0]) for line in lines for text in line.partition(": ")[2].split(" | ")]


def report_subtopics(name: str, placer: WordPlacer, gold: list[tuple[str, str]], errors: int) -> None:
    """Print how many subtopics are right, of those given; topics of texts of which no subtopic is sure count as none given."""
    subtopics = {subtopic.id for topic in placer.placement.vocabulary.topics for subtopic in topic.subtopics}
    places = placer.place([text for text, _ in gold])
    given = [(text, place, wanted) for text, wanted in gold if (place := places[text]) in subtopics]
    wrong = [(text, place, wanted) for text, place, wanted in given if place not in wanted.split()]
    sure = sum(bool(subtopics & set(wanted.split())) for _, wanted in gold)
    print(
        f"{name:36} {len(given)} given, {len(given) - len(wrong)} right: precision {1 - len(wrong) / max(len(given), 1):.3f}, "
        f"coverage {(len(given) - len(wrong)) / sure:.3f} of {sure}"
    )
    for text, place, wanted in wrong[:errors]:
        print(f"    {text} → {place}, not {wanted}")


def report(
    name: str, p: Scores, gold: list[tuple[str, str]], topics: MessageTopics, *, limit: float, errors: int
) -> None:
    best = p.argmax(axis=1)
    sure = p.max(axis=1)
    predicted = [topics.classes[at] for at in best]
    right = np.array([topic == wanted for topic, (_, wanted) in zip(predicted, gold, strict=True)])
    spoken = np.array([topic != NOTHING for topic in predicted])
    placed = spoken & (sure >= limit)
    with_topic = np.array([wanted != NOTHING for _, wanted in gold])
    order = np.argsort(-np.where(spoken, sure, -1.0))
    share = int(0.6 * with_topic.sum())
    print(
        f"{name:36} all {right[with_topic].mean():.2f}  surest 60 % {right[order[:share]].mean():.2f}  placed at {limit}: "
        f"precision {right[placed].mean() if placed.any() else 0:.3f} coverage {placed[with_topic].mean():.3f}  "
        f"nothing kept {1 - placed[~with_topic].mean():.3f}"
    )
    for at in [at for at in np.flatnonzero(placed) if not right[at]][:errors]:
        print(f"    {gold[at][0]} → {predicted[at]} {sure[at]:.2f}, not {gold[at][1]}")


if __name__ == "__main__":
    main()
