"""Sends queued webhook messages: signed, to checked addresses, and again later where sending fails.

Messages are signed according to Standard Webhooks (https://www.standardwebhooks.com): `webhook-id`,
`webhook-timestamp`, and `webhook-signature`, the HMAC with SHA-256 of `id.timestamp.body` under the webhook's secret.
Only the status of the receiver's answer is read.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import socket
import threading
from datetime import datetime
from ipaddress import IPv4Address, IPv6Network, ip_address

import httpx

from penchant.errors import UsageError
from penchant.store.clock import Clock
from penchant.store.webhooks import PAUSES, SECRET, WebhookMessage, Webhooks

SECONDS = 10.0
"""The time limit of one attempt: connecting to the addresses, sending, and receiving the status of the answer."""
LOOK_SECONDS = 1.0
FAILURE_PAUSES = PAUSES[:4]
"""The pause of a webhook after its first, second … failure in a row."""
UNICAST, NAT64 = IPv6Network("2000::/3"), IPv6Network("64:ff9b::/96")
"""IPv6 addresses that are routed between networks (RFC 4291); IPv4 addresses behind translators (RFC 6052)."""
log = logging.getLogger("penchant.webhooks")


class WebhookSender:
    """Sends messages that are due, in a thread of its own once started.

    `private`: whether addresses in private networks are allowed.

    Webhooks take turns, with one message each. A webhook that fails is paused, longer each time, so that it does not
    delay the others. `busy`: whether messages are being sent.
    """

    def __init__(self, webhooks: Webhooks, clock: Clock, *, private: bool) -> None:
        self.webhooks, self.clock, self.private = webhooks, clock, private
        self.busy = False
        self._served: set[str] = set()
        self._resting: dict[str, tuple[int, datetime]] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="penchant-webhooks", daemon=True)

    def start(self) -> None:
        """Start the thread that sends messages."""
        self.busy = True
        self._thread.start()

    def stop(self) -> None:
        """Stop after the message that is being sent."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(SECONDS + 5.0)

    def send_one(self) -> bool:
        """Send the message that has been due longest, of the webhook whose turn it is; return False where none is due."""
        message = self._next()
        if message is None:
            return False
        webhook = message.delivery.webhook_id
        failures, _ = self._resting.pop(webhook, (0, None))
        try:
            answer = send(message, int(self.clock.now().timestamp()), private=self.private)
        except Exception as error:  # noqa: BLE001 - whatever an address brings about, the messages to others go on
            self._rest(webhook, failures)
            self.webhooks.mark_failed(message.delivery, f"{type(error).__name__}: {error}")
            return True
        if 200 <= answer < 300:
            self.webhooks.mark_delivered(message.delivery, answer)
        else:
            self._rest(webhook, failures)
            self.webhooks.mark_failed(message.delivery, f"answered {answer}", answer)
        return True

    def _next(self) -> WebhookMessage | None:
        """Return a message of a webhook that has had no turn in this round, or else the first message of the next round."""
        now = self.clock.now()
        resting = {webhook for webhook, (_, until) in self._resting.items() if until > now}
        message = self.webhooks.take(resting | self._served)
        if message is None and self._served:
            self._served.clear()
            message = self.webhooks.take(resting)
        if message is not None:
            self._served.add(message.delivery.webhook_id)
        return message

    def _rest(self, webhook: str, failures: int) -> None:
        """Pause a webhook that had already failed `failures` times in a row and has failed again."""
        self._resting[webhook] = failures + 1, self.clock.now() + FAILURE_PAUSES[min(failures, len(FAILURE_PAUSES) - 1)]

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.busy = self.send_one()
            except Exception as error:  # noqa: BLE001 - the database may be away for a while; the thread goes on
                log.warning("webhooks cannot be told: %s: %s", type(error).__name__, error)
                self.busy = False
            if not self.busy:
                self._stopping.wait(LOOK_SECONDS)


def send(message: WebhookMessage, timestamp: int, *, private: bool) -> int:
    """POST a message and return the status of the answer.

    Raises `UsageError`, `httpx.HTTPError`, `OSError`, `TimeoutError`.
    """
    body = json.dumps(message.body, ensure_ascii=False, separators=(",", ":")).encode()
    url, addresses = checked_addresses(message.url, private=private)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "penchant",
        "webhook-id": message.delivery.id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(message.secret, message.delivery.id, timestamp, body),
        "Host": url.netloc.decode("ascii"),
    }
    return asyncio.run(_posted(url, addresses, body, headers))


async def _posted(url: httpx.URL, addresses: list[str], body: bytes, headers: dict[str, str]) -> int:
    """Return the status of the answer from the first address that can be connected to, all of it within `SECONDS`."""
    timeout = httpx.Timeout(SECONDS, connect=SECONDS / len(addresses))
    extensions = {"sni_hostname": url.host}
    try:
        async with (
            asyncio.timeout(SECONDS),
            httpx.AsyncClient(timeout=timeout, follow_redirects=False, trust_env=False) as client,
        ):
            for number, address in enumerate(addresses, 1):
                # send to the address that was checked: a second look-up of the name could return another one
                request = client.build_request(
                    "POST", url.copy_with(host=address), content=body, headers=headers, extensions=extensions
                )
                try:
                    answer = await client.send(request, stream=True)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    if number == len(addresses):
                        raise
                else:
                    await answer.aclose()
                    return answer.status_code
    except TimeoutError:
        raise TimeoutError(f"no answer within {SECONDS:g} seconds") from None
    raise AssertionError("there is an address, or `checked_addresses` raises")


def signature(secret: str, delivery_id: str, timestamp: int, body: bytes) -> str:
    """Return the value of the header `webhook-signature`."""
    key = base64.b64decode(secret.removeprefix(SECRET))
    signed = f"{delivery_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def checked_addresses(url: str, *, private: bool) -> tuple[httpx.URL, list[str]]:
    """Return the URL and the IP addresses to send to, in the order that the system prefers.

    Raises `UsageError` for a URL that is not usable, and, unless `private`, for one that leads into a private
    network.
    """
    try:
        parsed = httpx.URL(url)
        port = parsed.port if parsed.port is not None else (443 if parsed.scheme == "https" else 80)
        usable = parsed.scheme in ("http", "https") and bool(parsed.host) and 0 < port < 65_536
        usable = usable and not parsed.userinfo
    except (httpx.InvalidURL, ValueError):
        usable = False
    if not usable:
        raise UsageError(
            f"{url[:200]!r} is not an address for a webhook: write https://host/path, without a name and password"
        )
    host = parsed.raw_host.decode("ascii").strip("[]")
    addresses = _addresses(host, port)
    if not addresses:
        raise UsageError(f"there is no host {parsed.host!r}: check the address of the webhook")
    inner = [address for address in addresses if not _is_public(address)]
    if inner and not private:
        where = parsed.host if parsed.host == inner[0] else f"{parsed.host} ({inner[0]})"
        raise UsageError(f"{where} is in a private network: set serve.private_webhooks to allow it")
    return parsed, addresses


def _addresses(host: str, port: int) -> list[str]:
    """Return the addresses of a host, or an empty list for an unknown host.

    Kinds of addresses that this machine has (IPv6 or not) are looked up first.
    """
    # on a machine without IPv6, AI_ADDRCONFIG does not accept literal IPv6 addresses
    for flags in (socket.AI_ADDRCONFIG, 0):
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
        except (OSError, UnicodeError):
            continue
        return list(dict.fromkeys(str(info[4][0]).partition("%")[0] for info in found))
    return []


def _is_public(address: str) -> bool:
    """Return whether an address, and the IPv4 address inside an IPv6 one, belongs to no private network."""
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast
    if found.ipv4_mapped is not None:
        return _is_public(str(found.ipv4_mapped))
    if found in NAT64:
        return _is_public(str(IPv4Address(found.packed[-4:])))
    inside = found.sixtofour
    return found in UNICAST and found.is_global and (inside is None or _is_public(str(inside)))
