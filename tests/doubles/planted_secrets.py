"""Secrets planted in a scenario, and a look at everything it has left or shown for any of them, whole or in part, plain or encoded."""

import base64
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

KEY, EMBEDDING_KEY = "Lang4uage-key-plant3d-81b2", "Embed7ding-key-plant3d-5c7d"
PASSWORD, CHROMA_PASSWORD = "Stor9e/pass@word-plant3d-9e3f", "Chr0ma-word-plant3d-2a6b"
TOKEN = "Bear3r-token-plant3d-7f10"
OFFICIAL = "sk-plant3d0official0key0d4e5"
SECRETS = (KEY, EMBEDDING_KEY, PASSWORD, CHROMA_PASSWORD, TOKEN, OFFICIAL)
ENVIRONMENT = {
    "PENCHANT_LLM__API_KEY": KEY,
    "PENCHANT_EMBEDDING__API_KEY": EMBEDDING_KEY,
    "OPENAI_API_KEY": OFFICIAL,
}
"""What stands in the environment of every test."""
MARK = b"plant3d"
"""Stands in every one of them."""
PART = 12
"""Characters of a secret that are too many to be shown."""


def beginnings() -> tuple[bytes, ...]:
    """What is looked for where there is much to look through: what all secrets share, and how each begins."""
    return (MARK, *(secret[:PART].encode() for secret in SECRETS))


def seen(content: bytes) -> bool:
    """Whether a secret, or its beginning, stands in these bytes as it is."""
    return any(needle in content for needle in beginnings())


def traces(shown: Mapping[str, str | bytes], *folders: Path) -> list[str]:
    """Where a secret can be found: in texts by name, and in the bytes and names of files under the folders."""
    needles = sorted({form for secret in SECRETS for form in _forms(secret)})
    found = [
        f"{place}: {needle[:4].decode()}…"
        for place, content in _contents(shown, folders)
        for needle in needles
        if needle in content
    ]
    return sorted(set(found))


def _forms(secret: str) -> Iterator[bytes]:
    for text in (secret, quote(secret, safe=""), secret[:PART], secret[-PART:]):
        yield text.encode()
        yield text.encode("utf-16-le")
    yield base64.b64encode(secret.encode()).rstrip(b"=")[:-2]


def _contents(shown: Mapping[str, str | bytes], folders: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    for name, text in shown.items():
        yield name, text.encode() if isinstance(text, str) else text
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            yield str(path), path.name.encode() + (path.read_bytes() if path.is_file() else b"")
