"""Measure how often the embedding alone places a gold group under a right topic, by embedder, language and half.

    python benchmarks/placement.py [--embedder minilm] [--embedder multilingual] [--wrong] [--fit]

`mean` places the group's mean vector, `single` every text alone; the baseline is the nearest topic description to the
mean vector. `--wrong` lists the errors in the seen half, `--fit` prints the log-loss of confidence by sharpness
there. The unseen half is only for reporting: choose nothing by it.
"""

import argparse
import dataclasses
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from penchant.agent.taxonomy.gold import GoldGroup, Half, gold_groups
from penchant.agent.taxonomy.placement import Placed, Placement
from penchant.prompts.vocabulary import Vocabulary
from penchant.settings import EmbeddingSettings, Settings
from penchant.store.embedders import open_embedder
from penchant.store.embedders.embedder import Embedder, Matrix

LANGUAGES = {"minilm": ("en",), "multilingual": ("en", "zh")}
HALVES: tuple[Half, ...] = ("seen", "unseen")
SHARPNESSES = (1.5, 2.0, 2.5, 3.0, 4.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--embedder", action="append", choices=sorted(LANGUAGES))
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--fit", action="store_true")
    chosen = parser.parse_args()
    console = Console(width=130)
    for provider in chosen.embedder or sorted(LANGUAGES):
        with tempfile.TemporaryDirectory() as home:
            embedder = open_embedder(Settings(home=Path(home), embedding=EmbeddingSettings(provider=provider)))
            placement = Placement(Vocabulary.load(), embedder)
            console.print(accuracies(provider, placement))
            for language in LANGUAGES[provider]:
                if chosen.wrong:
                    print_wrong(console, placement, language)
                if chosen.fit:
                    print_fit(console, placement, language)


def accuracies(provider: str, placement: Placement) -> Table:
    """Return accuracy@1 / accuracy@3 of every way of placing."""
    table = Table("language", "half", "groups", "baseline", "mean", "single", title=f"{provider}: accuracy @1 / @3")
    for language in LANGUAGES[provider]:
        for half in HALVES:
            groups = in_language(half, language)
            singles = [dataclasses.replace(group, texts=(text,)) for group in groups for text in group.texts]
            means = mean_vectors(placement.embedder, groups)
            table.add_row(
                language,
                half,
                str(len(groups)),
                at_1_and_3(groups, nearest_descriptions(placement, language, means)),
                at_1_and_3(groups, ids(placement.topics(means))),
                at_1_and_3(singles, ids(placement.topics(mean_vectors(placement.embedder, singles)))),
            )
    return table


def nearest_descriptions(placement: Placement, language: str, vectors: Matrix) -> list[list[str]]:
    """Return the topics whose single description is most similar: the baseline."""
    topics = placement.vocabulary.topics
    described = placement.embedder.embed([topic.text(language) for topic in topics])
    return [[topics[t].id for t in row[:3]] for row in np.argsort(-(vectors @ described.T), axis=1)]


def in_language(half: Half, language: str) -> list[GoldGroup]:
    return [group for group in gold_groups(half) if group.lang == language]


def mean_vectors(embedder: Embedder, groups: Sequence[GoldGroup]) -> Matrix:
    return np.array([embedder.embed(group.texts).mean(axis=0) for group in groups], dtype=np.float32)


def ids(found: Sequence[Sequence[Placed]]) -> list[list[str]]:
    return [[placed.topic_id for placed in best] for best in found]


def at_1_and_3(groups: Sequence[GoldGroup], found: Sequence[Sequence[str]]) -> str:
    pairs = list(zip(groups, found, strict=True))
    first = np.mean([best[0] in group.topics for group, best in pairs])
    third = np.mean([bool(set(best[:3]) & set(group.topics)) for group, best in pairs])
    return f"{first:.3f} / {third:.3f}"


def print_wrong(console: Console, placement: Placement, language: str) -> None:
    groups = in_language("seen", language)
    for group, best in zip(groups, placement.topics(mean_vectors(placement.embedder, groups)), strict=True):
        if best[0].topic_id not in group.topics:
            console.print(f"{group.id} {group.topics} → {best[0].topic_id} ({best[0].confidence:.2f}): {group.texts}")


def print_fit(console: Console, placement: Placement, language: str) -> None:
    groups = in_language("seen", language)
    groups += [dataclasses.replace(group, texts=(text,)) for group in groups for text in group.texts]
    vectors = mean_vectors(placement.embedder, groups)
    everything = len(placement.vocabulary.topics)
    for sharpness in SHARPNESSES:
        calibration = dataclasses.replace(placement.calibration, sharpness=sharpness)
        found = Placement(placement.vocabulary, placement.embedder, calibration).topics(vectors, k=everything)
        chances = [
            sum(placed.confidence for placed in best if placed.topic_id in group.topics)
            for best, group in zip(found, groups, strict=True)
        ]
        console.print(f"{language} sharpness {sharpness}: log-loss {-np.mean(np.log(chances)):.3f}")


if __name__ == "__main__":
    main()
