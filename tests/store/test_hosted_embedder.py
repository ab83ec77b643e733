"""Embedding servers as they are: small batches, no index, packed vectors, limits in their own words. Every text gets its own vector."""

import base64
import hashlib
import itertools
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from long_tests import examples
from model_server import Body, Exchange, fails, says, serving
from tenacity import wait_none

from penchant.errors import ModelError, ModelInvalidReply, ModelRefused
from penchant.store.embedders.embedder import Matrix
from penchant.store.embedders.hosted import MAX_CHARACTERS, HostedEmbedder

TEXTS = [f"Herbal tea number {number}" for number in range(43)]


def numbers(text: str) -> list[float]:
    """Eight numbers that only this text has."""
    return [float(byte - 128) for byte in hashlib.sha256(text.encode()).digest()[:8]]


def unit(texts: list[str]) -> Matrix:
    vectors = np.array([numbers(text) for text in texts])
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def rows(texts: list[str]) -> list[Body]:
    return [{"object": "embedding", "index": at, "embedding": numbers(text)} for at, text in enumerate(texts)]


def embedder(url: str) -> HostedEmbedder:
    return HostedEmbedder("tiny", base_url=url, api_key="k", wait=wait_none())


COMPLAINTS = {
    "DashScope": "Value error, batch size is invalid, it should not be larger than 10.: input.contents",
    "text-embeddings-inference": "batch size 43 > maximum allowed batch size 10",
    "Cohere": "invalid request: total number of texts must be at most 10 - received 43",
    "Google": "* BatchEmbedContentsRequest.requests: at most 10 requests can be in one batch",
    "a limit unnamed": "input array is too long",
    "no words": "Bad Request",
    "Chinese": "输入文本数量超出限制",
}


@pytest.mark.parametrize("status", [400, 413, 422])
@pytest.mark.parametrize("server_kind", COMPLAINTS)
def test_a_server_that_takes_ten_texts_at_a_time_embeds_them_all_in_order(server_kind: str, status: int) -> None:
    def at_most_ten(exchange: Exchange) -> None:
        texts = exchange.body["input"]
        (fails(status, COMPLAINTS[server_kind]) if len(texts) > 10 else says({"data": rows(texts)}))(exchange)

    with serving(at_most_ten) as server:
        hosted = embedder(server.url)
        np.testing.assert_allclose(hosted.embed(TEXTS), unit(TEXTS), atol=1e-6)
        before = len(server.bodies)
        hosted.embed(TEXTS)
    asked = [len(body["input"]) for body in server.bodies]
    assert max(asked[before:]) <= 10 and before <= 16


SHAPES: dict[str, Any] = {
    "mixed up, by index": lambda texts: {"data": rows(texts)[::-1]},
    "mixed up, counted from 1": lambda texts: {
        "data": [row | {"index": row["index"] + 1} for row in rows(texts)[::-1]]
    },
    "mixed up, by index as text": lambda texts: {
        "data": [row | {"index": str(row["index"])} for row in rows(texts)[::-1]]
    },
    "a list alone": rows,
    "each in a list of its own": lambda texts: {"data": [{"embedding": [row["embedding"]]} for row in rows(texts)]},
    "by its kind": lambda texts: {"data": [{"embedding": {"float": row["embedding"]}} for row in rows(texts)]},
    "packed and not padded": lambda texts: {
        "data": [{"embedding": packed(row["embedding"]).rstrip("=")} for row in rows(texts)]
    },
    "without index": lambda texts: {"data": [{"embedding": row["embedding"]} for row in rows(texts)]},
    "every index 0": lambda texts: {"data": [row | {"index": 0} for row in rows(texts)]},
    "bare vectors": lambda texts: {"data": [row["embedding"] for row in rows(texts)]},
    "packed": lambda texts: {"data": [{"embedding": packed(row["embedding"])} for row in rows(texts)]},
    "no list around them": lambda texts: {"object": "list", "data": rows(texts), "usage": None, "model": None},
}


def packed(vector: list[float]) -> str:
    return base64.b64encode(np.array(vector, "<f4").tobytes()).decode()


@pytest.mark.parametrize("shape", SHAPES)
def test_vectors_come_to_their_own_texts_in_every_shape(shape: str) -> None:
    with serving(lambda exchange: says(json.dumps(SHAPES[shape](exchange.body["input"])))(exchange)) as server:
        np.testing.assert_allclose(embedder(server.url).embed(TEXTS), unit(TEXTS), atol=1e-6)


@pytest.mark.parametrize(
    ("status", "complaint"),
    [
        (
            422,
            '{"detail": [{"loc": ["body", "input"], "msg": "Input should be a valid string", "type": "string_type"}]}',
        ),
        (422, "body.input: str type expected"),
        (400, "json: cannot unmarshal array into Go struct field .input of type string"),
        (400, "input: invalid type: sequence, expected a string at line 1 column 28"),
        (400, "'input' must be a string"),
        (400, "only a single input is supported"),
    ],
)
def test_a_server_that_takes_one_string_per_request_gets_one(status: int, complaint: str) -> None:
    def plain(exchange: Exchange) -> None:
        text = exchange.body["input"]
        (fails(status, complaint) if isinstance(text, list) else says({"data": rows([text])}))(exchange)

    with serving(plain) as server:
        hosted = embedder(server.url)
        for _ in range(2):
            np.testing.assert_allclose(hosted.embed(TEXTS), unit(TEXTS), atol=1e-6)
    assert len(server.bodies) <= 2 * len(TEXTS) + 1


@pytest.mark.parametrize("field", ["input", "encoding_format"])
def test_a_request_under_way_while_another_thread_learns_the_server_s_form_is_sent_again(field: str) -> None:
    both_asked, is_learnt, refused = threading.Event(), threading.Event(), itertools.count()

    def plain(exchange: Exchange) -> None:
        asked = exchange.body["input"]
        if isinstance(asked, str) or (field == "encoding_format" and field not in exchange.body):
            is_learnt.set()
            says({"data": rows([asked] if isinstance(asked, str) else asked)})(exchange)
        elif next(refused) == 0:  # answered once the other request is under way
            both_asked.wait(10)
            fails(400, f"'{field}' must be a string")(exchange)
        else:
            both_asked.set()
            is_learnt.wait(10)
            fails(400, f"'{field}' must be a string")(exchange)

    with serving(plain) as server, ThreadPoolExecutor(2) as threads:
        found = list(threads.map(embedder(server.url).embed, [[TEXTS[0]], [TEXTS[1]]]))
    np.testing.assert_allclose(np.concatenate(found), unit(TEXTS[:2]), atol=1e-6)


def test_a_server_that_leaves_the_rest_out_in_silence_is_asked_for_fewer() -> None:
    with serving(lambda exchange: says({"data": rows(exchange.body["input"][:8])})(exchange)) as server:
        np.testing.assert_allclose(embedder(server.url).embed(TEXTS), unit(TEXTS), atol=1e-6)


def test_a_text_too_long_for_a_server_is_cut_until_it_fits() -> None:
    def short(exchange: Exchange) -> None:
        texts = exchange.body["input"]
        is_long = any(len(text) > 900 for text in texts)
        (fails(400, "maximum context length is 256 tokens") if is_long else says({"data": rows(texts)}))(exchange)

    long = "tea " * 5_000
    with serving(short) as server:
        found = embedder(server.url).embed(["jam", long])
    np.testing.assert_allclose(found, unit(["jam", long[: MAX_CHARACTERS // 16]]), atol=1e-6)


LENGTHS = [
    (400, "This model's maximum context length is 512 tokens. However, you requested 1200 tokens."),
    (500, "input (1200 tokens) is too large to process. increase the physical batch size (current batch size: 512)"),
    (500, "the input length exceeds the context length"),
    (400, "输入文本过长，超过最大长度512"),
]


@pytest.mark.parametrize(("status", "complaint"), LENGTHS)
def test_one_long_text_does_not_make_every_later_request_small(status: int, complaint: str) -> None:
    def short(exchange: Exchange) -> None:
        texts = exchange.body["input"]
        is_long = any(len(text) > 500 for text in texts)
        (fails(status, complaint) if is_long else says({"data": rows(texts)}))(exchange)

    with serving(short) as server:
        hosted = embedder(server.url)
        found = hosted.embed([*TEXTS, "tea " * 200, *TEXTS])
        asked = len(server.bodies)
        hosted.embed([*TEXTS, "jam " * 200])
    np.testing.assert_allclose(found[: len(TEXTS)], unit(TEXTS), atol=1e-6)
    assert asked < 30 and len(server.bodies) == asked + 1


def test_a_server_that_knows_no_formats_is_not_told_one() -> None:
    def plain(exchange: Exchange) -> None:
        is_named = "encoding_format" in exchange.body
        play = (
            fails(400, "encoding_format is not supported") if is_named else says({"data": rows(exchange.body["input"])})
        )
        play(exchange)

    with serving(plain) as server:
        hosted = embedder(server.url)
        for _ in range(2):
            np.testing.assert_allclose(hosted.embed(TEXTS), unit(TEXTS), atol=1e-6)
    assert len(server.bodies) == 3


@pytest.mark.parametrize("nothing", [None, [], [None] * 8, "NaN"])
def test_a_text_without_a_usable_vector_is_counted_in_the_error(nothing: Any) -> None:
    def faulty(exchange: Exchange) -> None:
        data = rows(exchange.body["input"])
        data[1]["embedding"] = [float("nan")] * 8 if nothing == "NaN" else nothing
        says(json.dumps({"data": data}))(exchange)

    with serving(faulty) as server, pytest.raises(ModelInvalidReply, match="for 1 of 43 texts, first for number 2"):
        embedder(server.url).embed(TEXTS)


def test_nothing_but_zeros_is_no_embedding() -> None:
    def zeros(exchange: Exchange) -> None:
        says({"data": [{"embedding": [0.0] * 8} for _ in exchange.body["input"]]})(exchange)

    with serving(zeros) as server, pytest.raises(ModelInvalidReply, match="nothing but zeros for 43 texts"):
        embedder(server.url).embed(TEXTS)


@pytest.mark.parametrize("size", [1e300, 1e-320])
def test_huge_and_tiny_numbers_are_a_direction_too(size: float) -> None:
    with serving(says({"data": [{"embedding": [size, 0.0]}, {"embedding": [size, size]}]})) as server:
        found = embedder(server.url).embed(["tea", "jam"])
    np.testing.assert_allclose(found, [[1, 0], [0.5**0.5, 0.5**0.5]], atol=1e-3)


def test_a_server_started_without_embeddings_is_not_asked_again() -> None:
    with (
        serving(fails(501, "Start it with `--embeddings`")) as server,
        pytest.raises(ModelRefused, match="--embeddings"),
    ):
        embedder(server.url).embed(TEXTS)
    assert len(server.bodies) == 1


def test_a_server_that_embeds_nothing_is_told_with_its_words_after_a_few_requests() -> None:
    with (
        serving(fails(400, "this model cannot embed")) as server,
        pytest.raises(ModelRefused, match="this model cannot embed"),
    ):
        embedder(server.url).embed(TEXTS)
    assert len(server.bodies) <= 8


def test_no_credit_is_not_tried_again() -> None:
    play = says({"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}, 429)
    with serving(play) as server, pytest.raises(ModelRefused, match="nothing left on the account"):
        embedder(server.url).embed(["tea"])
    assert len(server.bodies) == 1


NAMES = st.sampled_from(["data", "embedding", "index", "error", "x"])
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("number", examples(20, 200))
def test_whatever_an_embedding_server_sends_only_our_errors_come_of_it(number: int) -> None:
    replies: list[str] = []

    @settings(max_examples=number, deadline=None)
    @given(
        st.one_of(
            ANY_JSON.map(json.dumps),
            st.text(max_size=50),
            ANY_JSON.map(lambda inner: json.dumps({"data": [inner, inner]})),
        )
    )
    def any_reply(reply: str) -> None:
        replies[:] = [reply]
        try:
            found = embedder(server.url).embed(["tea", "jam"])
        except ModelError:
            return
        assert found.shape[0] == 2 and np.isfinite(found).all()

    def next_reply(exchange: Exchange) -> None:
        says(replies[0])(exchange)

    with serving(next_reply) as server:
        any_reply()


def test_vectors_of_two_lengths_are_never_mixed() -> None:
    with serving(says({"data": [{"embedding": [1.0, 2.0]}]}), says({"data": [{"embedding": [1.0]}]})) as server:
        hosted = embedder(server.url)
        hosted.embed(["tea"])
        with pytest.raises(ModelInvalidReply, match="2 before"):
            hosted.embed(["jam"])
