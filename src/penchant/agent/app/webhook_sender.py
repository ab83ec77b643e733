"""Sending what webhooks are owed: signed, to addresses that were looked at, again and later where it fails.

Signed as Standard Webhooks has it (https://www.standardwebhooks.com): `webhook-id`, `webhook-timestamp`, and `webhook-signature`, the HMAC
with SHA-256 of `id.timestamp.body` under the webhook's secret. The receiver's answer is not read beyond its status.
"""

import base64
import hashlib
import hmac
import json
import socket
import threading
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from penchant.errors import PenchantError, UsageError
from penchant.store.clock import Clock
from penchant.store.webhooks import SECRET, WebhookMessage, Webhooks

SECONDS = 10.0
"""Longest wait for an answer."""
LOOK_SECONDS = 1.0


class WebhookSender:
    """Sends what is due, as a thread of its own once started. `private`: whether addresses of the own network may be told."""

    def __init__(self, webhooks: Webhooks, clock: Clock, *, private: bool) -> None:
        self.webhooks, self.clock, self.private = webhooks, clock, private
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="penchant-webhooks", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def stop(self) -> None:
        """End after the message under way."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(SECONDS + 5.0)

    def send_one(self) -> bool:
        """Send the message that is due longest; False where nothing is due."""
        message = self.webhooks.take()
        if message is None:
            return False
        try:
            answer = send(message, int(self.clock.now().timestamp()), private=self.private)
        except (UsageError, httpx.HTTPError, OSError) as error:
            self.webhooks.failed(message.delivery, f"{type(error).__name__}: {error}")
            return True
        if 200 <= answer < 300:
            self.webhooks.arrived(message.delivery, answer)
        else:
            self.webhooks.failed(message.delivery, f"answered {answer}", answer)
        return True

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                idle = not self.send_one()
            except PenchantError:  # the database may be away for a while
                idle = True
            if idle:
                self._stopping.wait(LOOK_SECONDS)


def send(message: WebhookMessage, timestamp: int, *, private: bool) -> int:
    """POST a message and return the status of the answer. Raises `UsageError`, `httpx.HTTPError`, `OSError`."""
    url = httpx.URL(message.url)
    body = json.dumps(message.body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "penchant",
        "webhook-id": message.delivery.id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(message.secret, message.delivery.id, timestamp, body),
        "Host": url.netloc.decode("ascii"),
    }
    address = checked_address(message.url, private=private)
    # the address that was looked at is the one that is asked: a second look-up of the name could find another
    pinned = url.copy_with(host=address)
    with (
        httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client,
        client.stream("POST", pinned, content=body, headers=headers, extensions={"sni_hostname": url.host}) as answer,
    ):
        return answer.status_code


def signature(secret: str, delivery_id: str, timestamp: int, body: bytes) -> str:
    """What `webhook-signature` holds."""
    key = base64.b64decode(secret.removeprefix(SECRET))
    signed = f"{delivery_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def checked_address(url: str, *, private: bool) -> str:
    """The IP address to send to. Raises `UsageError` for a URL that will not do, or one that leads into the own network."""
    parts = urlsplit(url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        port = 0
    if parts.scheme not in ("http", "https") or not parts.hostname or not port or parts.username or parts.password:
        raise UsageError(
            f"{url[:200]!r} is no address for a webhook: write https://host/path, without a name and password"
        )
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise UsageError(f"there is no host {parts.hostname!r}: check the address of the webhook") from None
    addresses = sorted(address.partition("%")[0] for address in found)
    inner = [address for address in addresses if not _is_public(address)]
    if inner and not private:
        raise UsageError(
            f"{parts.hostname} is {inner[0]}, which is in a private network: set serve.private_webhooks if it may be told"
        )
    return addresses[0]


def _is_public(address: str) -> bool:
    found = ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None) or found
    return mapped.is_global and not mapped.is_multicast
