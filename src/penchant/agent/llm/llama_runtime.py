"""llama.cpp's native library: loaded without its messages, and asked for logits. What `llama_model` stands on.

llama-cpp-python silences itself by pointing the process's standard output at the null device while it loads, which would swallow what
another thread writes there (a reply over MCP's stdio, for one). Here the library's messages go to the `penchant.llama` logger instead.

This is the one module that uses parts of llama-cpp-python that are not public (`PRIVATE` lists them): its version is bounded above in
`pyproject.toml`, and a test looks for the parts first.

One more thing is mended on the way in: matrix tiles (AMX) are left alone, as GCC before 13 sets them up wrongly, which ends the process.
"""

import atexit
import ctypes
import json
import logging
import re
import threading
import time
import weakref
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from functools import lru_cache
from io import StringIO
from pathlib import Path

import llama_cpp
import numpy as np
from llama_cpp import llama_cpp as low
from llama_cpp.llama_grammar import LlamaGrammar, json_schema_to_gbnf
from numpy.typing import NDArray

from penchant.prompts.schemas import faults_of

Tokens = Sequence[int]
PRIVATE = {
    "": (
        "_ctx",
        "_batch",
        "_model",
        "_is_recurrent",
        "_is_hybrid",
        "input_ids",
        "n_tokens",
        "longest_token_prefix",
        "eval",
    ),
    "_ctx": ("get_logits", "decode", "kv_cache_seq_rm"),
    "_batch": ("set_batch",),
    "_model": ("vocab", "token_get_text"),
}
"""Attributes of a loaded model, and of its own attributes, that are used here."""
_LOADING = threading.Lock()
_LOG = logging.getLogger("penchant.llama")
_SPACE = re.compile(r"^space ::=.*$", re.MULTILINE)


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _log(level: int, text: bytes, data: ctypes.c_void_p) -> None:
    _LOG.debug(text.decode("utf-8", errors="replace").rstrip())


def load(path: Path, *, context_tokens: int, threads: int | None) -> llama_cpp.Llama:
    """The model in a file, silent. Raises `ValueError` or `RuntimeError` when llama.cpp cannot load it."""
    llama_cpp.llama_log_set(_log, ctypes.c_void_p(0))
    with _LOADING, redirect_stderr(StringIO()), _without_tiles():
        loaded = llama_cpp.Llama(
            str(path), n_ctx=context_tokens, n_threads=threads, n_threads_batch=threads, seed=0, verbose=True
        )
    loaded.verbose = False
    atexit.register(
        _close, weakref.ref(loaded)
    )  # while the library is still there: what is left to the very end fails aloud
    return loaded


def _close(reference: "weakref.ref[llama_cpp.Llama]") -> None:
    if (loaded := reference()) is not None:
        loaded.close()


@contextmanager
def _without_tiles() -> Iterator[None]:
    """Have models loaded into plain buffers where llama.cpp was compiled with AMX; `Llama` has no argument for it."""
    default = low.llama_model_default_params

    def plain_buffers() -> low.llama_model_params:
        params: low.llama_model_params = default()
        params.use_extra_bufts = False
        return params

    if b"AMX_INT8 = 1" in llama_cpp.llama_print_system_info():
        low.llama_model_default_params = plain_buffers
    try:
        yield
    finally:
        low.llama_model_default_params = default


@lru_cache(maxsize=64)
def _grammar(schema: str) -> str:
    # One space at most between tokens: a model that indents its JSON pays for every blank.
    return _SPACE.sub('space ::= " "?', json_schema_to_gbnf(schema))


def grammar_of(llama: llama_cpp.Llama, schema: dict[str, object]) -> LlamaGrammar:
    """The grammar of all JSON texts that fit `schema`. Raises `ValueError` where llama.cpp would not take it.

    llama.cpp answers a grammar it cannot read with a null pointer, and its use ends the process: so it is asked first.
    """
    if fault := next(faults_of(schema), None):
        raise ValueError(f"no reply can fit the schema: {fault}")
    try:
        text = _grammar(json.dumps(schema))
    except Exception as error:  # noqa: BLE001 – the converter asserts, and raises what it likes, for what it does not know
        raise ValueError(f"no grammar can be made of the schema: {str(error)[:200]}") from None
    sampler = low.llama_sampler_init_grammar(llama._model.vocab, text.encode(), b"root")
    if not sampler:
        raise ValueError("llama.cpp does not take the grammar of the schema")
    low.llama_sampler_free(sampler)
    return LlamaGrammar.from_string(text, verbose=False)


def write(
    llama: llama_cpp.Llama, tokens: Tokens, *, max_tokens: int, seconds: float, schema: dict[str, object] | None = None
) -> Generator[bytes, None, bool]:
    """The likeliest tokens that follow, as bytes; returns whether the model came to an end by itself.

    It does not when it reaches `max_tokens`, `seconds` or the end of its context. What is shared with the last call is not computed again.
    """
    end = time.monotonic() + seconds
    room = min(max_tokens, llama.n_ctx() - len(tokens))
    grammar = grammar_of(llama, schema) if schema else None
    before = list(tokens[-1:])
    for token in llama.generate(list(tokens), temp=0.0, grammar=grammar):
        if llama_cpp.llama_vocab_is_eog(llama._model.vocab, token):
            return True
        yield llama.detokenize([token], prev_tokens=before)
        before, room = [token], room - 1
        if room <= 0 or time.monotonic() > end:
            break
    return False


def token_text(llama: llama_cpp.Llama, token: int) -> str:
    """How a template writes a token; nothing for one that the model does not have (-1)."""
    return str(llama._model.token_get_text(token)) if token != -1 else ""


def forget(llama: llama_cpp.Llama) -> None:
    """Drop what is remembered of earlier prompts."""
    llama.reset()  # type: ignore[no-untyped-call]


def next_token(llama: llama_cpp.Llama, tokens: Tokens) -> NDArray[np.float64]:
    """Log-probabilities of every token after `tokens`, shape (vocabulary,). What is shared with the last call is not computed again."""
    shared = llama.longest_token_prefix(llama.input_ids[: llama.n_tokens].tolist(), list(tokens[:-1]))
    if llama._is_recurrent or llama._is_hybrid or not shared:  # their memory cannot be cut back
        forget(llama)
    else:
        llama.n_tokens = shared
    llama.eval(list(tokens[llama.n_tokens :]))
    log_probabilities: NDArray[np.float64] = _log_probabilities(llama, 1)[0]
    return log_probabilities


def continuation(llama: llama_cpp.Llama, first: NDArray[np.float64], tokens: Tokens) -> float:
    """Log-probability (nats) of all of `tokens`, where `first` holds that of the next token. The model's place stays where it is."""
    sure = float(first[tokens[0]])
    if len(tokens) > 1:
        before = llama.n_tokens
        llama._batch.set_batch(batch=list(tokens[:-1]), n_past=before, logits_all=True)
        llama._ctx.decode(llama._batch)
        rows = _log_probabilities(llama, len(tokens) - 1)
        llama._ctx.kv_cache_seq_rm(-1, before, -1)
        sure += float(rows[np.arange(len(rows)), list(tokens[1:])].sum())
    return sure


def _log_probabilities(llama: llama_cpp.Llama, rows: int) -> NDArray[np.float64]:
    address = llama._ctx.get_logits()  # type: ignore[no-untyped-call]
    logits = np.ctypeslib.as_array(address, shape=(rows, llama.n_vocab())).astype(np.float64)
    logits -= logits.max(axis=1, keepdims=True)
    log_probabilities: NDArray[np.float64] = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return log_probabilities
