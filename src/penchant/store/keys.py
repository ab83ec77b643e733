"""Encryption at rest: encrypts what people say, and what was derived from it, with a key in a separate file.

A key file (`store.key_file`) turns it on; `penchant keys rotate` creates the first key and every later one. Values
are sealed with AES-GCM (256 bits) and name their key, so that rows of several keys can be read during a rotation. A
process checks the key file with every transaction, so a new key is used everywhere at once. An encrypted database
records that it is encrypted (`store.key_marker`): while its key file is missing, no value is written that should be
sealed.
"""

import base64
import json
import secrets
import threading
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from penchant.errors import CorruptError, StoreError
from penchant.store.private_files import FILE, private_folder, replacing

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = "\x1aenc:"
"""The beginning of a sealed value: MARK, the id of its key, a colon.

An unsealed value that begins with MARK is prefixed with `PLAIN`.
"""
PLAIN = f"{MARK}plain:"
NONCE_BYTES = 12
ID_LETTERS = 8
REPLACED_KEY_LIFETIME = timedelta(hours=1)
"""How long a replaced key is kept on PostgreSQL: longer than any transaction, as these write in parallel."""


class Key(NamedTuple):
    """One key. `retired_at`: when another key replaced it."""

    id: str
    secret: bytes
    retired_at: datetime | None = None

    @property
    def prefix(self) -> str:
        """The beginning of values sealed with it."""
        return f"{MARK}{self.id}:"


class Keyring:
    """The keys in one file, newest last. Thread-safe; several processes may share the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._keys: tuple[Key, ...] = ()

    def known(self) -> tuple[Key, ...]:
        """Return all keys that are in the file now. Raises `CorruptError`, `StoreError`."""
        seen = self._state()
        if seen != self._seen:
            with self._lock:
                self._keys, self._seen = self._read() if seen else (), seen
                _remember(self._keys)
        return self._keys

    @property
    def current(self) -> Key | None:
        """The key that new values are sealed with; None if there is none."""
        keys = self.known()
        return keys[-1] if keys else None

    def add(self, now: datetime) -> Key:
        """Add a new key, which replaces the current one; the old key is kept for reading. Raises `StoreError`."""
        key = Key(secrets.token_hex(ID_LETTERS // 2), secrets.token_bytes(32))
        before = [old if old.retired_at else old._replace(retired_at=now) for old in self.known()]
        self._write([*before, key])
        return key

    def drop(self, ids: set[str]) -> None:
        """Delete keys permanently: values sealed with them can never be read again."""
        self._write([key for key in self.known() if key.id not in ids])

    def _state(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(
                f"the keys in {self.path} cannot be read ({error.strerror}): fix its permissions"
            ) from None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _read(self) -> tuple[Key, ...]:
        try:
            rows = json.loads(self.path.read_bytes())["keys"]
            keys = tuple(Key(row["id"], base64.b64decode(row["key"]), _moment(row["retired_at"])) for row in rows)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CorruptError(
                f"the keys in {self.path} cannot be read ({error}): restore the file from a backup; without it, encrypted data is lost"
            ) from None
        return keys

    def _write(self, keys: list[Key]) -> None:
        rows = [
            {
                "id": key.id,
                "key": base64.b64encode(key.secret).decode(),
                "retired_at": None if key.retired_at is None else key.retired_at.isoformat(),
            }
            for key in keys
        ]
        try:
            private_folder(self.path.parent)
            with replacing(self.path) as file:
                Path(file.name).chmod(FILE)
                file.write(json.dumps({"keys": rows}, indent=1).encode())
        except OSError as error:
            raise StoreError(
                f"the keys in {self.path} cannot be written ({error.strerror}): fix its permissions"
            ) from None


_known: dict[str, "AESGCM"] = {}


class KeysInUse(Protocol):
    """The keys of the database whose transaction is open.

    `current` raises `CorruptError` if the database's key is not in the file.
    """

    keyring: Keyring

    @property
    def current(self) -> Key | None: ...


keys_in_use: ContextVar[KeysInUse | None] = ContextVar("penchant_keys", default=None)
"""None outside of transactions, and if the database has no key file."""


def without_key(name: str, path: Path) -> str:
    """Return the error message for a key that is missing."""
    return (
        f"the key {name!r} is not in {path}: put that file back from a copy, mount the disk that it is on, or name its place in "
        "store.key_file; without it what is encrypted cannot be read, and nothing more is written"
    )


def sealed_text(text: str, key: Key | None = None) -> str:
    """Return the text as it is stored, sealed with `key` or with the current key of the transaction."""
    key = key or _current()
    if key is None:
        return PLAIN + text if text.startswith(MARK) else text
    return key.prefix + base64.b64encode(_seal(key, text.encode("utf-8", "surrogatepass"))).decode()


def opened_text(stored: str) -> str:
    """Return the text of a stored value. Raises `CorruptError` if its key is missing."""
    if not stored.startswith(MARK):
        return stored
    if stored.startswith(PLAIN):
        return stored[len(PLAIN) :]
    name, _, value = stored[len(MARK) :].partition(":")
    return _open(name, base64.b64decode(value)).decode("utf-8", "surrogatepass")


def sealed_bytes(content: bytes, key: Key | None = None) -> bytes:
    """Return bytes as they are stored: `sealed_text` for bytes."""
    key = key or _current()
    if key is None:
        return PLAIN.encode() + content if content.startswith(MARK.encode()) else content
    return key.prefix.encode() + _seal(key, content)


def opened_bytes(stored: bytes) -> bytes:
    """Return the bytes of a stored value. Raises `CorruptError` if its key is missing."""
    if not stored.startswith(MARK.encode()):
        return stored
    if stored.startswith(PLAIN.encode()):
        return stored[len(PLAIN) :]
    start = len(MARK)
    return _open(stored[start : start + ID_LETTERS].decode("ascii", "replace"), stored[start + ID_LETTERS + 1 :])


def _current() -> Key | None:
    keys = keys_in_use.get()
    return None if keys is None else keys.current


def _seal(key: Key, content: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher(key).encrypt(nonce, content, key.id.encode())


def _open(name: str, sealed: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag

    keys = keys_in_use.get()
    if name not in _known and keys is not None:
        _remember(keys.keyring.known())
    cipher = _known.get(name)
    if cipher is None:
        raise CorruptError(without_key(name, Path("the key file") if keys is None else keys.keyring.path))
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], name.encode())
    except InvalidTag:
        raise CorruptError(
            f"a value sealed with the key {name!r} is damaged: restore the database from a backup"
        ) from None


def _cipher(key: Key) -> "AESGCM":
    if key.id not in _known:
        _remember((key,))
    return _known[key.id]


def _remember(keys: tuple[Key, ...]) -> None:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    for key in keys:
        if key.id not in _known:
            _known[key.id] = AESGCM(key.secret)


def _moment(text: Any) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
