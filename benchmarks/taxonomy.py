#!/usr/bin/env python3
"""Measure how right the taxonomy of a catalogue is, what it costs, and how stable it stays when the catalogue grows.

    python benchmarks/taxonomy.py [--items FILE --gold FILE …] [--large N] [--wrong]

Prints, for every gold file of `data` and for an English catalogue with gold files of its own: the share of items
placed right through their themes, by each item alone, and by the most frequent answer; stated confidence and the
share that is right, by tenth; the upper limit (every theme named by its gold); the share of ids that stay when 5 % of
the items are new; and for `--large` items time and memory.

The gold files called `gold_check…` were written before anything was changed for the others. Those of other writers
were never looked at since, so their results hold for unseen data. The catalogues of garden and DIY, courses, recipes
and Chinese news were written by the person who then wrote new terms in knowledge of the titles: seven of ten English
titles hold such a term, against a tenth to a half in the sets of other writers. Their results are printed apart and
are an upper limit. `--wrong` lists the errors in the others. Those ending in `_shop`,
except the Chinese one, are items of Online Retail. `gold_doubtful_shop` and `gold_check_doubtful_shop` were drawn at
random from every tenth of stated confidence (seed 20261128: 40 from each, 60 from .7 and .8), labelled before their
places were looked at, and divided alternately: confidence is fitted on the first one only. `gold_of_…` are whole
catalogues of one kind, written before their places were looked at, and used to fit confidence too. The last four of these
are by that person as well.
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
from typing import Any

import numpy as np

from penchant.agent.taxonomy.builder import build_taxonomy
from penchant.agent.taxonomy.grouping import CALIBRATION, agreement, confidences, item_words, places_of
from penchant.agent.taxonomy.lexicon import lexicon_of
from penchant.agent.taxonomy.repository import encode
from penchant.agent.taxonomy.scorer import SubtopicScorer, log_softmax, mix_of
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.prompts.terms import subtopics_of
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.cached import CachedEmbedder
from penchant.store.embedders.embedder import Embedder, Matrix
from penchant.store.embedders.minilm import MiniLm
from penchant.store.embedders.multilingual import MultilingualE5
from penchant.store.item import Item
from penchant.tools.evaluation.tree_gold import GoldItem, PlacedItem, read_gold, tree_scores

HERE = Path(__file__).parent
VOCABULARY = Vocabulary.load()


def cached(embedder: Embedder) -> CachedEmbedder:
    """Return the embedder with a cache that is kept between runs."""
    return CachedEmbedder(embedder, Path(tempfile.gettempdir()) / "penchant-bench" / f"{embedder.name}.db")


def through_themes(taxonomy: Taxonomy, gold: Mapping[str, GoldItem]) -> list[PlacedItem]:
    """Return the places of the gold items in the taxonomy."""
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
    """Return the place of each gold item by its own text, given the catalogue's mix of topics."""
    scorer = SubtopicScorer(VOCABULARY, embedder)
    titles = [item_words(item) for item in items]
    scores = scorer.scores(vectors, titles)
    probabilities = np.exp(log_softmax(scores + mix_of(scores, scorer.owners)))
    places = places_of(probabilities, scorer.owners)
    terms = scorer.lexicon.hits(titles).table(np.arange(len(titles)))
    named = agreement(terms, places, scorer.owners) > 0
    sure = confidences(agreement(probabilities, places, scorer.owners), named)[:, 0]
    return [
        PlacedItem(item.item_id, VOCABULARY.topics[scorer.owners[place]].id, scorer.ids[place], float(confidence))
        for item, place, confidence in zip(items, places, sure, strict=True)
        if item.item_id in gold
    ]


def ceiling(taxonomy: Taxonomy, gold: Mapping[str, GoldItem]) -> float:
    """Return the share of gold items that would be right if every theme stood under the subtopic that most of its gold
    items accept.
    """
    votes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    ids = list(gold)
    rows, themes, _ = taxonomy.assignments(ids)
    for row, theme in zip(rows, themes, strict=True):
        votes[int(theme)].update(gold[ids[row]].subtopics)
    return sum(max(counts.values()) for counts in votes.values()) / len(gold)


NAMED: dict[str, float] = {}
"""By item, the share of the members of its theme whose title has a term of their subtopic (for `fitted`)."""


def shares_named(taxonomy: Taxonomy, items: Sequence[Item]) -> dict[str, float]:
    """Return the entries of `NAMED` for a catalogue."""
    subtopics = [subtopic.id for _, subtopic in subtopics_of(VOCABULARY)]
    terms = lexicon_of(VOCABULARY).hits([item_words(item) for item in items]).table(np.arange(len(items)))
    row_of = {item.item_id: row for row, item in enumerate(items)}
    found: dict[str, float] = {}
    for theme in range(len(taxonomy.themes)):
        members = list(taxonomy.members(theme))
        place = subtopics.index(taxonomy.subtopics[taxonomy.theme_subtopics[theme]].id)
        share = float(np.mean(terms[[row_of[member] for member in members], place] > 0))
        found |= dict.fromkeys(members, share)
    return found


def report(
    name: str, items: Sequence[Item], embedder: Embedder, gold: Mapping[str, GoldItem], *, wrong: bool = False
) -> list[PlacedItem]:
    """Print the table of one catalogue and return the places of its gold items."""
    vectors = embedder.embed([item.text() for item in items])
    start = time.perf_counter()
    taxonomy = build_taxonomy(items, vectors, VOCABULARY, embedder)
    seconds = time.perf_counter() - start
    print(
        f"\n{name}: {len(items):,} items, {len(taxonomy.themes)} themes, {len(encode(taxonomy)):,} bytes, {seconds:.1f} s"
    )
    placed = through_themes(taxonomy, gold)
    NAMED.update(shares_named(taxonomy, items))
    through, by_item = tree_scores(placed, gold), tree_scores(alone(items, vectors, embedder, gold), gold)
    table = {"through themes": through, "one item alone": by_item, "most frequent": through["majority"]}
    for label, scores in table.items():
        print(
            f"  {label:16}"
            + "  ".join(f"{key} {scores[key]:.3f}" for key in ("topic", "subtopic", "macro_topic", "macro_subtopic"))
        )
    print(f"  every theme named by its gold: subtopic {ceiling(taxonomy, gold):.3f}")
    by_tenth(through)
    if wrong:
        mistakes(taxonomy, placed, gold)
    grown(items, vectors, embedder)
    return placed


def by_tenth(scores: Mapping[str, Any]) -> None:
    """Print stated confidence and the share that is right."""
    for row in scores["by_confidence"]:
        least, most = interval(row["right"], row["evidence"])
        print(
            f"  stated {row['confidence']:.2f}  right {row['right']:.2f} ({least:.2f} to {most:.2f})  items {row['evidence']:.0f}"
        )


def interval(share: float, count: float) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share, as if the items of a theme were drawn independently."""
    middle, spread = share + 1.92 / count, 1.96 * ((share * (1 - share) + 0.96 / count) / count) ** 0.5
    return max(0.0, (middle - spread) / (1 + 3.84 / count)), min(1.0, (middle + spread) / (1 + 3.84 / count))


def mistakes(taxonomy: Taxonomy, placed: Sequence[PlacedItem], gold: Mapping[str, GoldItem]) -> None:
    """Print the items that are placed wrong."""
    for item in placed:
        wanted = gold[item.item_id]
        if item.subtopic not in wanted.subtopics:
            theme = taxonomy.themes[taxonomy.item_themes[taxonomy.item_rows[item.item_id], 0]]
            print(
                f"    {item.confidence:.2f} {wanted.title} › {item.subtopic} ({theme.label('en')}), not {wanted.subtopics}"
            )


def grown(items: Sequence[Item], vectors: Matrix, embedder: Embedder) -> None:
    """Print how many themes keep their ids when a twentieth of the items is new."""
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
    """Print time and memory for a generated catalogue: clusters of vectors with titles made of terms."""
    random = np.random.default_rng(1)
    vectors = np.repeat(random.standard_normal((-(-count // 40), 384), np.float32), 40, axis=0)[:count]
    for start in range(0, count, 10_000):
        part = vectors[start : start + 10_000]
        part += 0.7 * random.standard_normal(part.shape, np.float32)
        part /= np.linalg.norm(part, axis=1, keepdims=True)
    words = [subtopic.en for topic in VOCABULARY.topics for subtopic in topic.subtopics]
    items = [
        Item(item_id=f"{number:07d}", title=f"{words[number // 40 % len(words)]} {number}") for number in range(count)
    ]
    before, started, worked = _peak(), time.perf_counter(), time.process_time()
    taxonomy = build_taxonomy(items, vectors, VOCABULARY, MiniLm())
    seconds, processor = time.perf_counter() - started, time.process_time() - worked
    print(f"\n{count:,} made items: {len(taxonomy.themes):,} themes, {seconds:.0f} s ({processor:.0f} s of processor)")
    print(f"  peak memory {_peak():.2f} GiB, of which items and vectors {before:.2f}")


def _peak() -> float:
    """Return the peak memory of this process in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


CHECK, FITTED_ON = "gold_check", ("gold_doubtful", "gold_wide", "gold_of")
OF_THEMSELVES: dict[str, type[MiniLm] | type[MultilingualE5]] = {
    "gold_games": MiniLm,
    "gold_apps": MiniLm,
    "gold_headlines": MiniLm,
    "gold_zh": MultilingualE5,
    "gold_zh_shop": MultilingualE5,
    "gold_zh_news": MultilingualE5,
    "gold_check_games": MiniLm,
    "gold_check_headlines": MiniLm,
    "gold_check_zh": MultilingualE5,
    "gold_wide_en": MiniLm,
    "gold_wide_zh": MultilingualE5,
    "gold_check_wide_en": MiniLm,
    "gold_check_wide_zh": MultilingualE5,
    "gold_of_gifts": MiniLm,
    "gold_of_books": MiniLm,
    "gold_of_electronics": MiniLm,
    "gold_of_news": MiniLm,
    "gold_of_apps_and_courses": MiniLm,
    "gold_of_groceries_zh": MultilingualE5,
    "gold_of_marketplace": MiniLm,
    "gold_of_streaming": MiniLm,
    "gold_of_travel": MiniLm,
    "gold_of_fashion_zh": MultilingualE5,
    "gold_check_garden_diy": MiniLm,
    "gold_check_courses": MiniLm,
    "gold_check_recipes": MiniLm,
    "gold_check_news_zh": MultilingualE5,
}
"""Gold files whose titles are the catalogue, with the embedder for each."""
BY_WRITER_OF_TERMS = frozenset(list(OF_THEMSELVES)[-8:])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=Path, help="an English catalogue (JSONL, gzip), read with MiniLM")
    parser.add_argument("--gold", type=Path, nargs="+", help="where some of these items belong")
    parser.add_argument("--large", type=int, default=0)
    parser.add_argument("--wrong", action="store_true")
    asked = parser.parse_args()
    if asked.large:
        large(asked.large)
        return
    everything: list[PlacedItem] = []
    known: dict[str, GoldItem] = {}
    checked: set[str] = set()
    drawn: set[str] = set()
    own: set[str] = set()
    for path in asked.gold or []:
        with gzip.open(asked.items, "rt", encoding="utf-8") as lines:
            items = [Item(**json.loads(line)) for line in lines]
        gold = read_gold(path)
        name, wrong = f"{asked.items.parent.name}, {path.stem}, MiniLM", asked.wrong and not path.stem.startswith(CHECK)
        everything += report(name, items, cached(MiniLm()), gold, wrong=wrong)
        known |= gold
        checked |= set(gold) if path.stem.startswith(CHECK) else set()
        drawn |= set(gold) if path.stem.startswith(FITTED_ON) else set()
    for name, kind in OF_THEMSELVES.items():
        gold = read_gold(HERE / f"data/{name}.jsonl")
        titles = [Item(item_id=item.item_id, title=item.title) for item in gold.values()]
        wrong = asked.wrong and not name.startswith((CHECK, *FITTED_ON))
        everything += report(f"{name}, {kind.name}", titles, cached(kind()), gold, wrong=wrong)
        known |= gold
        checked |= set(gold) if name.startswith(CHECK) else set()
        drawn |= set(gold) if name.startswith(FITTED_ON) else set()
        own |= set(gold) if name in BY_WRITER_OF_TERMS else set()
    chinese = read_gold(HERE / "data/gold_zh.jsonl")
    titles = [Item(item_id=item.item_id, title=item.title) for item in chinese.values()]
    report("gold_zh, MiniLM (cannot read it)", titles, cached(MiniLm()), chinese)
    groups = {
        "golds that were looked at": known.keys() - checked - drawn,
        "those that confidence is fitted on": drawn,
        "check golds by the writer of the terms": checked & own,
        "check golds by other writers": checked - own,
    }
    for name, ids in groups.items():
        if not ids:
            continue
        gold = {item_id: known[item_id] for item_id in ids}
        scores = tree_scores(everything, gold)
        print(
            f"\n{name}: topic {scores['topic']:.3f}  subtopic {scores['subtopic']:.3f}  by tenth of stated confidence:"
        )
        by_tenth(scores)
        print(
            "  slope, weight of terms and offset that fit these best: {:.2f} {:.2f} {:.2f}".format(
                *fitted(everything, gold)
            )
        )


def fitted(placed: Sequence[PlacedItem], gold: Mapping[str, GoldItem]) -> tuple[float, float, float]:
    """Return slope, weight of terms and offset of the log-odds of being right in the subtopic (for `CALIBRATION`)."""
    from sklearn.linear_model import LogisticRegression

    slope, weight, offset = CALIBRATION[0]
    own = [item for item in placed if item.item_id in gold]
    named = np.array([NAMED[item.item_id] for item in own])
    stated = np.clip([item.confidence for item in own], 1e-4, 1 - 1e-4)
    computed = (np.log(stated / (1 - stated)) - offset - weight * named) / slope
    right = [item.subtopic in gold[item.item_id].subtopics for item in own]
    model = LogisticRegression(C=1e6).fit(np.stack([computed, named], axis=1), right)
    return (*model.coef_[0].tolist(), float(model.intercept_[0]))


if __name__ == "__main__":
    main()
