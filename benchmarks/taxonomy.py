#!/usr/bin/env python3
"""How right the taxonomy of a catalogue is, what it costs, and how it stays itself when the catalogue grows.

    python benchmarks/taxonomy.py [--items FILE --gold FILE] [--large N]

Prints, for the Chinese gold and for an English catalogue with a gold of its own: items placed right through their themes, beside
one item alone and the most frequent answer; stated confidence against the truth, by tenth; the ceiling (every theme named by its gold); ids
that stay when 5 % of the items are new; and for `--large` items time and memory.
"""

import argparse
import gzip
import json
import resource
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from penchant.agent.taxonomy.builder import build_taxonomy
from penchant.agent.taxonomy.grouping import item_words, places_of
from penchant.agent.taxonomy.repository import encode
from penchant.agent.taxonomy.scorer import SubtopicScorer, log_softmax, mix_of
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.cached import CachedEmbedder
from penchant.store.embedders.embedder import Embedder, Matrix, unit_rows
from penchant.store.embedders.minilm import MiniLm
from penchant.store.embedders.multilingual import MultilingualE5
from penchant.store.item import Item
from penchant.tools.evaluation.tree_gold import GoldItem, PlacedItem, read_gold, tree_scores

HERE = Path(__file__).parent
VOCABULARY = Vocabulary.load()


def cached(embedder: Embedder) -> CachedEmbedder:
    """The embedder with a memory between runs."""
    return CachedEmbedder(embedder, Path(tempfile.gettempdir()) / "penchant-bench" / f"{embedder.name}.db")


def through_themes(taxonomy: Taxonomy, gold: Mapping[str, GoldItem]) -> list[PlacedItem]:
    """Where the taxonomy has the gold items."""
    ids = list(gold)
    rows, themes, weights = taxonomy.assignments(ids)
    return [
        PlacedItem(
            ids[row],
            taxonomy.topics[taxonomy.theme_topics[theme]].id,
            taxonomy.subtopics[taxonomy.theme_subtopics[theme]].id,
            taxonomy.themes[theme].confidence,
            float(weight),
        )
        for row, theme, weight in zip(rows, themes, weights, strict=True)
    ]


def alone(items: Sequence[Item], vectors: Matrix, embedder: Embedder, gold: Mapping[str, GoldItem]) -> list[PlacedItem]:
    """Where each gold item would stand by itself, under the catalogue's mix."""
    scorer = SubtopicScorer(VOCABULARY, embedder)
    scores = scorer.scores(vectors, [item_words(item) for item in items])
    places = places_of(np.exp(log_softmax(scores + mix_of(scores))), scorer)
    owner = {subtopic: VOCABULARY.topics[index].id for subtopic, index in zip(scorer.ids, scorer.owners, strict=True)}
    return [
        PlacedItem(item.item_id, owner[place], place, confidence)
        for item, (place, (confidence, _)) in zip(items, places, strict=True)
        if item.item_id in gold
    ]


def ceiling(taxonomy: Taxonomy, gold: Mapping[str, GoldItem]) -> float:
    """Share of gold items right if every theme stood under the subtopic that most of its gold items accept."""
    votes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    ids = list(gold)
    rows, themes, _ = taxonomy.assignments(ids)
    for row, theme in zip(rows, themes, strict=True):
        votes[int(theme)].update(gold[ids[row]].subtopics)
    return sum(max(counts.values()) for counts in votes.values()) / len(gold)


def report(name: str, items: Sequence[Item], embedder: Embedder, gold: Mapping[str, GoldItem]) -> None:
    """The table of one catalogue."""
    vectors = embedder.embed([item.text() for item in items])
    start = time.perf_counter()
    taxonomy = build_taxonomy(items, vectors, VOCABULARY, embedder)
    seconds = time.perf_counter() - start
    print(
        f"\n{name}: {len(items):,} items, {len(taxonomy.themes)} themes, {len(encode(taxonomy)):,} bytes, {seconds:.1f} s"
    )
    through, by_item = (
        tree_scores(through_themes(taxonomy, gold), gold),
        tree_scores(alone(items, vectors, embedder, gold), gold),
    )
    for label, scores in (
        ("through themes", through),
        ("one item alone", by_item),
        ("most frequent", through["majority"]),
    ):
        print(
            f"  {label:16}"
            + "  ".join(f"{key} {scores[key]:.3f}" for key in ("topic", "subtopic", "macro_topic", "macro_subtopic"))
        )
    print(f"  every theme named by its gold: subtopic {ceiling(taxonomy, gold):.3f}")
    for row in through["by_confidence"]:
        print(f"  stated {row['confidence']:.2f}  right {row['right']:.2f}  items {row['evidence']:.0f}")
    grown(items, vectors, embedder)


def grown(items: Sequence[Item], vectors: Matrix, embedder: Embedder) -> None:
    """Themes that keep their ids when a twentieth of the items is new."""
    is_new = np.random.default_rng(5).random(len(items)) < 0.05
    old = np.flatnonzero(~is_new)
    before = build_taxonomy([items[row] for row in old.tolist()], vectors[old], VOCABULARY, embedder)
    after = build_taxonomy(items, vectors, VOCABULARY, embedder, previous=before)
    same = {theme.id for theme in before.themes} & {theme.id for theme in after.themes}
    home = {
        item_id: before.themes[theme].id
        for item_id, theme in zip(before.item_ids, before.item_themes[:, 0], strict=True)
    }
    stayed = np.mean(
        [after.themes[after.item_themes[after.item_rows[item_id], 0]].id == theme for item_id, theme in home.items()]
    )
    print(
        f"  5 % more items: {len(same) / max(len(before.themes), 1):.1%} of theme ids stay, {stayed:.1%} of items stay in their theme"
    )
    again = build_taxonomy(items, vectors, VOCABULARY, embedder, previous=after)
    print(f"  rebuilt on the same catalogue: {'nothing changes' if again is after else 'SOMETHING CHANGES'}")


def large(count: int) -> None:
    """Time and memory of a made catalogue: clouds of vectors with titles of terms."""
    random = np.random.default_rng(1)
    centres = random.normal(size=(count // 40, 384))
    vectors = unit_rows(
        np.repeat(centres, 40, axis=0)[:count] + random.normal(size=(len(centres) * 40, 384))[:count] * 0.7
    )
    words = [subtopic.en for topic in VOCABULARY.topics for subtopic in topic.subtopics]
    items = [
        Item(item_id=f"{number:07d}", title=f"{words[number // 40 % len(words)]} {number}") for number in range(count)
    ]
    start = time.perf_counter()
    taxonomy = build_taxonomy(items, vectors, VOCABULARY, MiniLm())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"\n{count:,} made items: {len(taxonomy.themes):,} themes, {time.perf_counter() - start:.0f} s, peak memory {peak:.2f} GiB"
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=Path, help="an English catalogue (JSONL, gzip), read with MiniLM")
    parser.add_argument("--gold", type=Path, help="where some of these items belong")
    parser.add_argument("--large", type=int, default=0)
    asked = parser.parse_args()
    if asked.large:
        large(asked.large)
        return
    if asked.items and asked.gold:
        with gzip.open(asked.items, "rt", encoding="utf-8") as lines:
            items = [Item(**json.loads(line)) for line in lines]
        report(f"{asked.items}, MiniLM", items, cached(MiniLm()), read_gold(asked.gold))
    chinese = read_gold(HERE / "data/gold_zh.jsonl")
    titles = [Item(item_id=item.item_id, title=item.title) for item in chinese.values()]
    report("Chinese gold, multilingual", titles, cached(MultilingualE5()), chinese)
    report("Chinese gold, MiniLM (cannot read it)", titles, cached(MiniLm()), chinese)


if __name__ == "__main__":
    main()
