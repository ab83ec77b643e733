"""Any server that speaks OpenAI's embeddings: hosted, or llama.cpp, vLLM, Ollama … on the next machine."""

import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential
from tenacity.wait import wait_base

from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelUnreachable
from penchant.paid_calls import refuse_paid_call
from penchant.store.embedders.embedder import Matrix, Vector, unit_rows

if TYPE_CHECKING:
    import httpx

OFFICIAL = "https://api.openai.com/v1"
KNOWN_DIMENSIONS = {"text-embedding-3-small": 1536, "text-embedding-3-large": 3072, "text-embedding-ada-002": 1536}
MAX_CHARACTERS = 8_000
"""A text longer than this may exceed the 8,192 tokens that servers take."""
MAX_TEXTS = 256
MAX_BATCH_CHARACTERS = 200_000
ATTEMPTS = 5
TIMEOUT_SECONDS = 60.0
_PASSING = frozenset({408, 409, 425, 429})
_SETTING = {401: "embedding.api_key", 403: "embedding.api_key", 404: "embedding.model"}


class HostedEmbedder:
    """One embedding model on one server. Thread-safe; what may pass is tried up to five times.

    `dimensions` of a model that is not OpenAI's own is learnt by embedding one word.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        http_client: "httpx.Client | None" = None,
        wait: wait_base | None = None,
    ) -> None:
        self.model = model
        self.server = base_url or OFFICIAL
        self._key, self._http = api_key, http_client
        self._wait = wait or wait_random_exponential(multiplier=0.5, max=20)
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return f"openai:{self.model}"

    @cached_property
    def dimensions(self) -> int:
        return KNOWN_DIMENSIONS.get(self.model) or int(self._ask(["dimensions"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Matrix:
        asked = [text[:MAX_CHARACTERS] if text.strip() else "-" for text in texts]  # servers refuse empty texts
        replies = [self._ask(batch) for batch in _batches(asked)]
        return np.concatenate(replies) if replies else np.empty((0, self.dimensions), np.float32)

    def embed_query(self, text: str) -> Vector:
        vector: Vector = self.embed([text])[0]
        return vector

    def _ask(self, texts: list[str]) -> Matrix:
        """Unit vectors of one batch. Raises `ModelUnreachable`, `ModelRefused`, `ModelInvalidReply`."""
        for attempt in Retrying(
            retry=retry_if_exception_type(ModelUnreachable),
            stop=stop_after_attempt(ATTEMPTS),
            wait=self._wait,
            reraise=True,
        ):
            with attempt:
                reply = self._call(texts)
        return self._vectors(reply, len(texts))

    def _call(self, texts: list[str]) -> Any:
        import openai

        refuse_paid_call(self.server)
        try:
            return self._client.embeddings.create(model=self.model, input=texts, encoding_format="float")
        except openai.APIStatusError as error:
            raise self._told(error.status_code, error.message) from None
        except openai.APIConnectionError as error:
            raise ModelUnreachable(
                f"the embedding server {self.server} cannot be reached ({error}): check embedding.base_url and that it runs"
            ) from None
        except (openai.APIError, ValueError) as error:
            raise ModelInvalidReply(
                f"{self.server} answered with what is no list of embeddings ({error}): check embedding.base_url"
            ) from None

    def _told(self, status: int, said: str) -> ModelError:
        if status in _PASSING or status >= 500:
            return ModelUnreachable(f"the embedding server {self.server} answers {status} ({said}): try again later")
        setting = _SETTING.get(status)
        mend = f"check {setting}" if setting else f"check that {self.model} is an embedding model there"
        return ModelRefused(f"the embedding server {self.server} refuses with {status} ({said}): {mend}")

    def _vectors(self, reply: Any, expected: int) -> Matrix:
        try:
            rows = [row.embedding for row in sorted(reply.data, key=lambda row: row.index)]
            vectors = np.array(rows, np.float64)
        except (AttributeError, TypeError, ValueError) as error:
            raise ModelInvalidReply(f"{self.server} answered with what is no list of embeddings: {error}") from None
        if vectors.ndim != 2 or len(vectors) != expected or not np.isfinite(vectors).all():
            raise ModelInvalidReply(
                f"{self.server} was asked for {expected} embeddings and answered with an array of shape {vectors.shape}: "
                f"check that {self.model} is an embedding model"
            )
        return unit_rows(vectors)

    @cached_property
    def _client(self) -> Any:
        import httpx
        import openai

        return openai.OpenAI(
            api_key=self._key or "none",
            base_url=self.server,
            timeout=TIMEOUT_SECONDS,
            max_retries=0,
            http_client=self._http or httpx.Client(timeout=TIMEOUT_SECONDS),  # type: ignore[arg-type]
        )


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """Bounded in number and in characters."""
    batch: list[str] = []
    weight = 0
    for text in texts:
        if batch and (len(batch) == MAX_TEXTS or weight + len(text) > MAX_BATCH_CHARACTERS):
            yield batch
            batch, weight = [], 0
        batch.append(text)
        weight += len(text)
    if batch:
        yield batch
