"""Access to llama.cpp's native library for `llama_model`: loads models silently and reads logits.

llama-cpp-python silences the library by redirecting the process's standard output to the null device while it loads,
which would lose what another thread writes there (for instance a reply over MCP's stdio). Here the library's messages
go to the logger `penchant.llama` instead.

This is the only module that uses non-public parts of llama-cpp-python (listed in `PRIVATE`). Its version therefore
has an upper bound in `pyproject.toml`, and a test checks that the parts exist.

It also works around a fault: matrix tiles (AMX) are not used, because GCC before 13 sets them up wrongly, which ends
the process.
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
"""The attributes of a loaded model, and of its own attributes, that are used here."""
_LOADING = threading.Lock()
_LOG = logging.getLogger("penchant.llama")
_SPACE = re.compile(r"^space ::=.*$", re.MULTILINE)


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _log(level: int, text: bytes, data: ctypes.c_void_p) -> None:
    _LOG.debug(text.decode("utf-8", errors="replace").rstrip())


def load(path: Path, *, context_tokens: int, threads: int | None) -> llama_cpp.Llama:
    """Load the model in a file without output. Raises `ValueError` or `RuntimeError` when llama.cpp cannot load it."""
    llama_cpp.llama_log_set(_log, ctypes.c_void_p(0))
    with _LOADING, redirect_stderr(StringIO()), _without_tiles():
        loaded = llama_cpp.Llama(
            str(path), n_ctx=context_tokens, n_threads=threads, n_threads_batch=threads, seed=0, verbose=True
        )
    loaded.verbose = False
    atexit.register(_close, weakref.ref(loaded))  # before the library is unloaded: closing later prints errors
    return loaded


def _close(reference: "weakref.ref[llama_cpp.Llama]") -> None:
    if (loaded := reference()) is not None:
        loaded.close()


@contextmanager
def _without_tiles() -> Iterator[None]:
    """Load models into plain buffers where llama.cpp was compiled with AMX; `Llama` has no argument for this."""
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
    # At most one space between tokens: a model that indents its JSON spends a token on every space.
    return _SPACE.sub('space ::= " "?', json_schema_to_gbnf(schema))


def grammar_of(llama: llama_cpp.Llama, schema: dict[str, object]) -> LlamaGrammar:
    """Return the grammar of all JSON texts that fit `schema`. Raises `ValueError` where llama.cpp does not accept it.

    For a grammar that it cannot parse, llama.cpp returns a null pointer, whose use ends the process; so this is
    checked first.
    """
    if fault := next(faults_of(schema), None):
        raise ValueError(f"no reply can fit the schema: {fault}")
    try:
        text = _grammar(json.dumps(schema))
    except Exception as error:  # noqa: BLE001 – the converter raises assertions and others for what it does not support
        raise ValueError(f"no grammar can be made of the schema: {str(error)[:200]}") from None
    sampler = low.llama_sampler_init_grammar(llama._model.vocab, text.encode(), b"root")
    if not sampler:
        raise ValueError("llama.cpp does not take the grammar of the schema")
    low.llama_sampler_free(sampler)
    return LlamaGrammar.from_string(text, verbose=False)


def write(
    llama: llama_cpp.Llama, tokens: Tokens, *, max_tokens: int, seconds: float, schema: dict[str, object] | None = None
) -> Generator[bytes, None, bool]:
    """Yield the likeliest next tokens as bytes; return whether the model ended the text by itself.

    It did not if it reached `max_tokens`, `seconds` or the end of its context. The prefix shared with the last call
    is not computed again.
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
    """Return how a template writes a token; empty for a token that the model does not have (-1)."""
    return str(llama._model.token_get_text(token)) if token != -1 else ""


def forget(llama: llama_cpp.Llama) -> None:
    """Clear the cached state of earlier prompts."""
    llama.reset()  # type: ignore[no-untyped-call]


def next_token(llama: llama_cpp.Llama, tokens: Tokens) -> NDArray[np.float64]:
    """Return the log-probabilities of every token after `tokens`, shape (vocabulary,).

    The prefix shared with the last call is not computed again.
    """
    shared = llama.longest_token_prefix(llama.input_ids[: llama.n_tokens].tolist(), list(tokens[:-1]))
    if llama._is_recurrent or llama._is_hybrid or not shared:  # the state of these models cannot be rolled back
        forget(llama)
    else:
        llama.n_tokens = shared
    llama.eval(list(tokens[llama.n_tokens :]))
    log_probabilities: NDArray[np.float64] = _log_probabilities(llama, 1)[0]
    return log_probabilities


def continuation(llama: llama_cpp.Llama, first: NDArray[np.float64], tokens: Tokens) -> float:
    """Return the log-probability (nats) of all of `tokens`; `first` has the log-probabilities of the next token.

    The model's position in the text stays the same.
    """
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
