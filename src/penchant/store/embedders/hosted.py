"""Embeddings from any server with OpenAI's API: a hosted one, or llama.cpp, vLLM, Ollama … on the local network."""

import base64
import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential
from tenacity.wait import wait_base

from penchant.characters import whole_characters
from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelUnreachable, PenchantError
from penchant.network.complaints import Complaint, complaint_in, error_in_reply, retry_after
from penchant.network.deadline import time_limit
from penchant.network.http_client import (
    RedirectRefused,
    ReplyTooLarge,
    address_and_login,
    address_and_query,
    bounded_client,
)
from penchant.paid_calls import refuse_paid_call
from penchant.secrets import register_secrets
from penchant.store.embedders.embedder import Matrix, Vector, unit_rows

if TYPE_CHECKING:
    import httpx

OFFICIAL = "https://api.openai.com/v1"
KNOWN_DIMENSIONS = {"text-embedding-3-small": 1536, "text-embedding-3-large": 3072, "text-embedding-ada-002": 1536}
MAX_CHARACTERS = 8_000
"""Texts are cut to this length: longer ones may exceed the 8,192 tokens that servers accept."""
MIN_CHARACTERS = 250
"""Texts are never cut below this length to fit a server's limit."""
MAX_TEXTS = 256
MAX_BATCH_CHARACTERS = 200_000
MAX_REPLY_BYTES = 64 * 2**20
MAX_DIMENSIONS = 65_536
ATTEMPTS = 5
LONGEST_PAUSE_SECONDS = 30.0
TIMEOUT_SECONDS = 60.0
_PASSING = frozenset({408, 409, 425, 429})
_SETTING = {401: "embedding.api_key", 403: "embedding.api_key", 404: "embedding.model"}
_TOO_LARGE = frozenset({400, 413, 422})
_ABOUT_NUMBER = re.compile(
    r"batch|too many|number of (?:inputs|texts|items|documents)|inputs?\b|texts\b|items\b"
    r"|array|list|at most|maximum|limit|larger than|exceed",
    re.IGNORECASE,
)
_ABOUT_LENGTH = re.compile(
    r"token|context|too long|sequence length|input length|characters|physical batch|过长|长度|字符", re.IGNORECASE
)
_ABOUT_LIST = re.compile(r"array|list|number of", re.IGNORECASE)
_ABOUT_FORM = re.compile(
    r"valid string|str type expected|expected (?:a )?(?:str|string)\b"
    r"|(?:must|should|has to) be (?:a |of type )?(?:single )?(?:str|string)\b(?! or)"
    r"|invalid type: sequence|cannot unmarshal array|arrays? (?:is|are) not supported|(?:only|a) single (?:input|text|string)"
    r"|one (?:input|text|string) (?:per|at a time)",
    re.IGNORECASE,
)
"""What servers say that take one text as a string, and no list."""
_TOO_LARGE_WORDS = re.compile(
    r"too large to process|physical batch|context (?:length|size|window)|input length|too many (?:inputs|texts|tokens)"
    r"|batch size",
    re.IGNORECASE,
)
"""What servers that answer 500 to a request that is too large say of it."""
_LIMIT = re.compile(
    r"(?:larger than|more than|greater than|less than or equal to|at most|up to|maximum(?: allowed)?(?: batch size)?(?: of| is)?"
    r"|max(?:imum)?[ _](?:batch[ _]?size|inputs?|texts)?(?: of| is)?|limit(?:ed)?(?: of| is| to)?|exceeds?|<=?"
    r"|allowed)[:= ]{0,3}(\d{1,5})\b",
    re.IGNORECASE,
)


class HostedEmbedder:
    """An embedding model on a server. Thread-safe; temporary errors are retried, up to five attempts.

    `batch_size`: the number of texts per request. If a server reports a smaller limit, later requests stay within it;
    texts that are too long for it are cut. `timeout_seconds` limits each request as a whole. The `dimensions` of a
    model that is not OpenAI's own are found by embedding one word. Whatever the server sends, only `ModelError` is
    raised.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        batch_size: int = MAX_TEXTS,
        timeout_seconds: float = TIMEOUT_SECONDS,
        http_client: "httpx.Client | None" = None,
        wait: wait_base | None = None,
    ) -> None:
        register_secrets([api_key] if api_key else [])
        self.model = model
        self.server, self._login = address_and_login(base_url or OFFICIAL)
        self._key, self._http, self._timeout = api_key, http_client, timeout_seconds
        self._wait = wait or wait_random_exponential(multiplier=0.5, max=20)
        self._lock = threading.Lock()
        self._most_texts, self._most_characters = batch_size, MAX_CHARACTERS
        self._names_format = self._takes_lists = True
        self._dimensions = KNOWN_DIMENSIONS.get(model) if base_url is None else None

    @property
    def name(self) -> str:
        return f"openai:{self.model}"

    @property
    def dimensions(self) -> int:
        if self._dimensions is None:
            self._embed_batch(["dimensions"])
        assert self._dimensions is not None
        return self._dimensions

    def embed(self, texts: Sequence[str]) -> Matrix:
        asked = [whole_characters(text) if text.strip() else "-" for text in texts]  # servers refuse empty texts
        replies = [self._embed_batch(batch) for batch in _batches(asked, MAX_TEXTS)]
        return np.concatenate(replies) if replies else np.empty((0, self.dimensions), np.float32)

    def embed_query(self, text: str) -> Vector:
        vector: Vector = self.embed([text])[0]
        return vector

    def _embed_batch(self, texts: list[str]) -> Matrix:
        """Return the unit vectors of `texts`, using as many requests as the server's limits require."""
        rows: list[Matrix] = []
        done, most = 0, len(texts)
        while done < len(texts):
            most = min(most, self._most_texts)
            part = [text[: self._most_characters] for text in texts[done : done + most]]
            form = self._names_format, self._takes_lists or len(part) > 1  # another thread may change it meanwhile
            try:
                rows.append(self._ask(part))
            except _BeyondLimit as beyond:
                most = self._lower_limits(part, beyond.complaint, *form)
            else:
                done, most = done + len(part), 2 * most
        return np.concatenate(rows)

    def _lower_limits(self, part: list[str], complaint: Complaint, names_format: bool, is_list: bool) -> int:
        """Lower the limits after a refused request of this form; return how many texts to send next.

        The number of texts becomes what the message says, or else half; a single text is cut to half its length.
        Where the message is about their length, fewer are sent only until the long one is found. Raises `ModelRefused`
        if the size does not seem to be the cause.
        """
        if names_format and complaint.is_about("encoding_format"):
            self._names_format = False
            return len(part)
        if is_list and _ABOUT_FORM.search(complaint.text):
            with self._lock:
                self._takes_lists, self._most_texts = False, 1
            return 1
        longest, named = max(map(len, part)), _LIMIT.search(complaint.text)
        is_length = _ABOUT_LENGTH.search(complaint.text)
        if len(part) > 1:
            is_number = named and 0 < int(named[1]) < len(part) and not is_length
            fewer = int(named[1]) if named and is_number else len(part) // 2
            if not is_number and not _ABOUT_NUMBER.search(complaint.text) and not is_length:
                self._ask_one(part[0], complaint)  # tests whether the number of texts is the cause at all
            if not is_length or _ABOUT_LIST.search(complaint.text):
                with self._lock:
                    self._most_texts = min(self._most_texts, fewer)
            return fewer
        if longest > MIN_CHARACTERS and (is_length or complaint.status == 413):
            with self._lock:
                self._most_characters = min(self._most_characters, max(MIN_CHARACTERS, longest // 2))
            return len(part)
        raise self._refused(complaint)

    def _ask_one(self, text: str, complaint: Complaint) -> None:
        try:
            self._ask([text])
        except _BeyondLimit:
            raise self._refused(complaint) from None

    def _ask(self, texts: list[str]) -> Matrix:
        """Return the unit vectors of one request.

        Raises `ModelUnreachable`, `ModelRefused`, `ModelInvalidReply` and `_BeyondLimit`.
        """
        for attempt in Retrying(
            retry=retry_if_exception_type(ModelUnreachable),
            stop=stop_after_attempt(ATTEMPTS),
            wait=self._pause,
            reraise=True,
        ):
            with attempt:
                vectors = self._vectors(self._call(texts), len(texts))
        return vectors

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, ModelUnreachable) else None
        return float(self._wait(state)) if asked is None else min(asked, LONGEST_PAUSE_SECONDS)

    def _call(self, texts: list[str]) -> Mapping[str, Any]:
        refuse_paid_call(self.server)
        with self._translated(), time_limit(self._timeout):
            given: list[str] | str = texts if self._takes_lists or len(texts) > 1 else texts[0]
            plain = self._plain_reply({"model": self.model, "input": given})
            complaint = error_in_reply(plain)
            if complaint is not None:
                raise self._of_status(complaint)
            return plain

    def _plain_reply(self, body: dict[str, Any]) -> Mapping[str, Any]:
        """Send a request and return the reply as plain JSON. Without a name of a format, the client would name one."""
        named = body | ({"encoding_format": "float"} if self._names_format else {})
        reply = self._client.post("/embeddings", body=named, cast_to=object)
        if isinstance(reply, str):  # JSON that calls itself text
            with suppress(ValueError, RecursionError):
                reply = json.loads(reply)
        if isinstance(reply, list):
            return {"data": reply}
        if not isinstance(reply, Mapping):
            raise self._invalid(f"{' '.join(str(reply).split())[:200]!r}")
        return reply

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Convert every exception of the client, or caused by the reply, to a `ModelError` or `_BeyondLimit`."""
        import httpx
        import openai

        try:
            yield
        except (PenchantError, _BeyondLimit):
            raise
        except openai.APIStatusError as error:
            complaint = complaint_in(error.body, error.status_code, str(error.body or error.message))
            raise self._of_status(complaint, error.response.headers) from None
        except (openai.APIConnectionError, httpx.HTTPError) as error:
            raise self._connection(error.__cause__ or error) from None
        except UnicodeEncodeError:
            raise ModelRefused("embedding.api_key holds characters that cannot be sent: copy the key again") from None
        except Exception as error:  # noqa: BLE001 – a boundary: bodies nested ten thousand deep, too large numbers, broken text …
            raise self._invalid(f"{type(error).__name__} {str(error)[:300]}") from None

    def _connection(self, cause: BaseException) -> ModelError:
        if isinstance(cause, RedirectRefused):
            return ModelRefused(f"the embedding server {self.server}: {cause} (setting embedding.base_url)")
        if isinstance(cause, ReplyTooLarge):
            return ModelInvalidReply(f"the embedding server {self.server} was not read to the end: {cause}")
        return ModelUnreachable(
            f"the embedding server {self.server} cannot be reached ({cause or type(cause).__name__}) within "
            f"{self._timeout:g} s (setting embedding.timeout_seconds): check embedding.base_url and that it runs"
        )

    def _of_status(self, complaint: Complaint, headers: Mapping[str, str] | None = None) -> Exception:
        status, text = complaint.status, complaint.text
        if complaint.is_out_of_credit:
            return ModelRefused(
                f"the embedding server {self.server} answers {status} ({text}): there is nothing left on the account; top it up or set "
                "another embedding.api_key"
            )
        if status == 501:
            return self._refused(complaint)
        if status == 500 and _TOO_LARGE_WORDS.search(text):
            return _BeyondLimit(complaint)
        if status in _PASSING or status >= 500:
            message = f"the embedding server {self.server} answers {status} ({text}): try again later"
            return ModelUnreachable(message, retry_after(headers or {}, text))
        return _BeyondLimit(complaint) if status in _TOO_LARGE else self._refused(complaint)

    def _refused(self, complaint: Complaint) -> ModelRefused:
        setting = _SETTING.get(complaint.status)
        mend = f"check {setting}" if setting else f"check that {self.model} is an embedding model there"
        if not setting and (_ABOUT_NUMBER.search(complaint.text) or _ABOUT_LENGTH.search(complaint.text)):
            mend = "if it takes fewer texts at a time, set embedding.batch_size"
        return ModelRefused(
            f"the embedding server {self.server} refuses with {complaint.status} ({complaint.text}): {mend}"
        )

    def _vectors(self, reply: Mapping[str, Any], expected: int) -> Matrix:
        """Return the unit vectors of a reply, in the order of the texts.

        The rows are ordered by their indices if these are complete, else as they came.
        """
        rows = _rows_in(reply)
        if 0 < len(rows) < expected:
            raise _BeyondLimit(Complaint(413, f"it sent {len(rows)} embeddings for a batch of {expected} texts"))
        try:
            each = [_numbers(row) for row in rows]
            self._refuse_unusable(each)
            vectors = np.array(each, np.float64)
        except (TypeError, ValueError, OverflowError) as error:
            raise self._invalid(str(error)[:300]) from None
        is_matrix = vectors.ndim == 2 and len(vectors) == expected and 0 < vectors.shape[1] <= MAX_DIMENSIONS
        if not is_matrix:
            raise ModelInvalidReply(
                f"{self.server} was asked for {expected} embeddings and answered with an array of shape {vectors.shape}: "
                f"check that {self.model} is an embedding model"
            )
        with self._lock:
            known = self._dimensions or vectors.shape[1]
            self._dimensions = known
        if vectors.shape[1] != known:
            raise self._invalid(f"vectors of {vectors.shape[1]} numbers, where there were {known} before")
        largest = np.abs(vectors).max(axis=1, keepdims=True)  # squares of huge or tiny numbers would not be numbers
        return unit_rows(vectors / np.where(largest > 0, largest, 1))

    def _refuse_unusable(self, vectors: Sequence[NDArray[np.floating]]) -> None:
        bad = [at for at, vector in enumerate(vectors, start=1) if not vector.size or not np.isfinite(vector).all()]
        if bad:
            raise ModelInvalidReply(
                f"{self.server} sent no usable vector (nothing, null or NaN) for {len(bad)} of {len(vectors)} texts, first for "
                f"number {bad[0]}: {self.model} cannot embed it, or the server is faulty"
            )
        if len(vectors) > 1 and not any(vector.any() for vector in vectors):
            raise ModelInvalidReply(
                f"{self.server} sent nothing but zeros for {len(vectors)} texts: check that {self.model} is an embedding model"
            )

    def _invalid(self, why: str) -> ModelInvalidReply:
        return ModelInvalidReply(
            f"{self.server} answered with what is no list of embeddings ({why}): check embedding.base_url"
        )

    @cached_property
    def _client(self) -> Any:
        import openai

        http = self._http or bounded_client(self._timeout, MAX_REPLY_BYTES)
        if self._login:
            http.auth = self._login
        address, query = address_and_query(self.server)
        return openai.OpenAI(
            api_key=self._key or "none",
            base_url=address,
            default_query=query,
            timeout=self._timeout,
            max_retries=0,
            http_client=http,  # type: ignore[arg-type]
        )


class _BeyondLimit(Exception):
    """Raised when a request was refused, perhaps because of its size. Never leaves this module."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(complaint.text)
        self.complaint = complaint


def _rows_in(reply: Mapping[str, Any]) -> list[Any]:
    """Return the vectors of a reply in the order of the texts, whichever of the known forms they are wrapped in."""
    data: list[Any] = next((reply[name] for name in ("data", "embeddings") if isinstance(reply.get(name), list)), [])
    places = [_place(row.get("index")) if isinstance(row, Mapping) else None for row in data]
    if data and None not in places and _is_counted(places):
        data = [row for _, row in sorted(zip(places, data, strict=True), key=lambda pair: pair[0])]  # type: ignore[arg-type, return-value]
    return [row.get("embedding") if isinstance(row, Mapping) else row for row in data]


def _place(index: Any) -> int | None:
    """Return an index as a number, also where it is sent as text."""
    if isinstance(index, str) and index.strip().isdecimal():
        return int(index)
    return index if isinstance(index, int) else None


def _is_counted(places: Sequence[Any]) -> bool:
    """Return whether these are consecutive numbers starting at 0 or 1, each occurring once."""
    first = min(places)
    return first in (0, 1) and sorted(places) == list(range(first, first + len(places)))


def _numbers(row: Any) -> NDArray[np.floating]:
    """Return one vector as an array. Some servers send it in base64 whatever format is requested, or in a list of its own."""
    if isinstance(row, Mapping):
        row = row.get("float")
    if isinstance(row, str):
        padded = row + "=" * (-len(row) % 4)
        return np.frombuffer(base64.b64decode(padded, validate=True), "<f4").astype(np.float64)
    vector = np.array(row, np.float64)
    return vector[0] if vector.ndim == 2 and len(vector) == 1 else vector


def _batches(texts: Sequence[str], most_texts: int) -> Iterator[list[str]]:
    """Yield lists of texts, each limited in number and in characters."""
    batch: list[str] = []
    weight = 0
    for text in texts:
        length = min(len(text), MAX_CHARACTERS)
        if batch and (len(batch) == most_texts or weight + length > MAX_BATCH_CHARACTERS):
            yield batch
            batch, weight = [], 0
        batch.append(text)
        weight += length
    if batch:
        yield batch
