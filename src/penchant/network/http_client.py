"""An HTTP client for untrusted servers: limits replies in time and size, and refuses redirects to other servers.

| what a server does | result |
|---|---|
| sends slowly, or without end | every operation ends with the time limit in force |
| sends more than `max_bytes`, compressed or decompressed | `ReplyTooLarge`, before the reply is in memory |
| uses a compression that was not offered | `ReplyTooLarge`, whose message says so |
| redirects to another host, or a POST so that it would become a GET | `RedirectRefused`: prompts and keys go to the set server only |
"""

import re
import zlib
from collections.abc import Iterator

import httpx

from penchant.network.httpx_internals import WrappedTransport, bound_by_deadline, wrap_transports
from penchant.secrets import register_secrets

MAX_BYTES = 16 * 2**20
_PIECE = 2**16
_REQUEST_PATH = re.compile(r"/(?:chat/completions|embeddings)/?(?=\?|$)")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEEPS_METHOD = frozenset({307, 308})


class ReplyTooLarge(httpx.TransportError):
    """Raised for a reply that exceeds the size limit, or whose compression makes it impossible to enforce the limit."""


class RedirectRefused(httpx.TransportError):
    """Raised for a redirect that would send a request to another server or change its method."""


def address_and_login(url: str) -> tuple[str, tuple[str, str] | None]:
    """Split a URL into the address without credentials, and the user name and password (None if it has none).

    httpx writes the addresses of its requests into its log, so they must not contain a password. The password is
    masked from now on. The path of a request at the end, as in `…/v1/chat/completions`, is left out.
    """
    url = _REQUEST_PATH.sub("", url.strip())
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        return url, None
    if not parsed.userinfo:
        return url, None
    register_secrets([parsed.password])
    return str(parsed.copy_with(userinfo=b"")), (parsed.username, parsed.password)


def address_and_query(address: str) -> tuple[str, dict[str, str]]:
    """Split an address into what precedes its query, and the query, which belongs to every request (`api-version=…`)."""
    before, _, query = address.partition("?")
    return before, dict(httpx.QueryParams(query))


def bounded_client(timeout_seconds: float, max_bytes: int = MAX_BYTES) -> httpx.Client:
    """Return a client whose replies have at most `max_bytes`. Proxies set in the environment are used."""
    client = httpx.Client(timeout=timeout_seconds, follow_redirects=True)
    client.headers["Accept-Encoding"] = "gzip, deflate"
    bound_by_deadline(client)
    wrap_transports(client, _BoundedTransport, max_bytes=max_bytes)
    return client


class _BoundedTransport(WrappedTransport):
    def __init__(self, wrapped: httpx.BaseTransport, max_bytes: int) -> None:
        super().__init__(wrapped)
        self._max_bytes = max_bytes

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        try:
            _refuse_redirect(request, response)
            declared = response.headers.get("content-length", "")
            if declared.isdecimal() and int(declared) > self._max_bytes:
                raise _too_large(self._max_bytes)
            packed = response.headers.get("content-encoding", "identity").strip().lower()
            unpack = _unpacker(packed)
        except httpx.TransportError:
            response.close()
            raise
        response.headers.pop("content-encoding", None)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _BoundedBody(response.stream, self._max_bytes, unpack)
        return response


class _BoundedBody(httpx.SyncByteStream):
    """The decompressed bytes of a body, in pieces of at most 64 kB."""

    def __init__(self, stream: httpx.SyncByteStream, max_bytes: int, unpack: "zlib._Decompress | None") -> None:
        self._stream, self._max_bytes, self._unpack = stream, max_bytes, unpack

    def __iter__(self) -> Iterator[bytes]:
        packed = unpacked = 0
        for sent in self._stream:
            packed += len(sent)
            for piece in self._pieces(sent):
                unpacked += len(piece)
                if max(packed, unpacked) > self._max_bytes:
                    raise _too_large(self._max_bytes)
                yield piece
        if self._unpack is not None and (rest := self._unpack.flush()):
            yield rest

    def _pieces(self, sent: bytes) -> Iterator[bytes]:
        if self._unpack is None:
            yield sent
            return
        try:
            while sent:
                piece = self._unpack.decompress(sent, _PIECE)
                if piece:
                    yield piece
                elif self._unpack.eof:
                    return
                sent = self._unpack.unconsumed_tail
        except zlib.error as error:
            raise ReplyTooLarge(f"its reply cannot be unpacked ({error})") from None

    def close(self) -> None:
        self._stream.close()


def _unpacker(encoding: str) -> "zlib._Decompress | None":
    match encoding:
        case "" | "identity":
            return None
        case "gzip" | "x-gzip" | "deflate":
            return zlib.decompressobj(zlib.MAX_WBITS | 32)  # 32: zlib detects gzip or deflate from the header
        case _:
            raise ReplyTooLarge(f"its reply is packed as {encoding[:40]!r}, which was not asked for")


def _too_large(max_bytes: int) -> ReplyTooLarge:
    return ReplyTooLarge(f"its reply is larger than {max_bytes // 2**20} MB")


def _refuse_redirect(request: httpx.Request, response: httpx.Response) -> None:
    location = response.headers.get("location")
    if response.status_code not in _REDIRECTS or not location:
        return
    try:
        target = request.url.join(location)
    except httpx.InvalidURL:
        raise RedirectRefused("it redirects to what is no address") from None
    same = target.host == request.url.host and (
        (target.scheme, target.port) == (request.url.scheme, request.url.port)
        or (request.url.scheme, request.url.port, target.scheme, target.port) == ("http", None, "https", None)
    )
    if not same or (request.method != "GET" and response.status_code not in _KEEPS_METHOD):
        place = target.copy_with(userinfo=b"", query=None, fragment=None)
        raise RedirectRefused(f"it redirects to {place}, and nothing is sent there unless it is set as the base_url")
