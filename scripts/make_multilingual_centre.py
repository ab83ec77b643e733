"""Compute the mean vectors that the multilingual embedder subtracts: `python scripts/make_multilingual_centre.py`.

The texts are labels and descriptions of the built-in vocabulary in English and Chinese: deliberately unrelated, in
equal parts.
"""

import sys
from pathlib import Path

import numpy as np

from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.multilingual import CENTRE, MultilingualE5


def main() -> None:
    """Write the means of passages and queries, shape (2, 384)."""
    texts = sorted({text for place in Vocabulary.load(None).places() for text in place.texts.values()})
    embedder = MultilingualE5()
    means = np.stack([embedder.raw(texts, is_query=form).mean(axis=0, dtype=np.float64) for form in (False, True)])
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else CENTRE
    np.save(target, means.astype(np.float32))
    print(f"{target}: means of {len(texts)} texts")


if __name__ == "__main__":
    main()
