"""Masks secrets in texts: keys, bearer tokens and passwords in URLs.

`mask` is applied wherever a text for readers is built: by every error of ours (`errors.PenchantError`), by receipts,
by `doctor` and by the command line. It knows the secrets in force (`register_secrets`, called by the settings) and the usual
forms of secrets, so that a foreign secret that a server echoes is masked as well.
"""

import os
import re
import threading
from collections.abc import Iterable

MASK = "***"
MIN_LENGTH = 8
"""The minimum length of a known secret to be masked.

Also the number of leading characters by which a truncated one is recognised.
"""
_ENVIRONMENT = ("OPENAI_API_KEY",)
_known: set[str] = set()
_lock = threading.Lock()

# every repetition is bounded: these patterns run over untrusted text
_PATTERNS = (
    # the password of a URL: everything between the first colon and the last @
    (re.compile(r"(://[^\s/:@'\"<>]{0,200}):[^\s'\"<>]{1,300}@"), r"\1:***@"),
    # keys with a known prefix: OpenAI and compatible servers, Google, GitHub, Hugging Face, Slack, AWS, Groq, xAI
    (
        re.compile(
            r"\b(?:sk-|pk-|rk-|AIza|gh[pousr]_|github_pat_|hf_|xox[abposr]-|AKIA|ASIA|gsk_|xai-|pnc_|pen_)[\w*.\-]{6,400}"
        ),
        MASK,
    ),
    (re.compile(r"\beyJ[\w\-]{8,2000}\.[\w\-]{8,4000}\.[\w\-]{0,1000}"), MASK),  # JSON web tokens
    (re.compile(r"\b(bearer|basic)(\s{1,4})(?!\*\*\*)[\w\-.~+/=:%]{6,2000}", re.I), r"\1\2***"),
    # name and value, in JSON, headers, queries and connection strings
    (
        re.compile(
            r"(api[_\-]?key|authorization|password|passwd|pwd|secret|token|(?<![a-z])sig|signature)"
            r"(\\?[\"']?\s{0,4}[=:]\s{0,4}\\?[\"']?)(?!\*\*\*|(?:bearer|basic)\b)[^\s\"'&,;<>\\{}\[\]()]{6,2000}",
            re.I,
        ),
        r"\1\2***",
    ),
)


def register_secrets(secrets: Iterable[str]) -> None:
    """Mask these secrets from now on wherever they appear, whole or truncated.

    Short ones and plain lower-case words are ignored.
    """
    with _lock:
        _known.update(
            secret for secret in secrets if len(secret) >= MIN_LENGTH and not (secret.isalpha() and secret.islower())
        )


def mask(text: str) -> str:
    """Return the text with every secret replaced by `***`."""
    for secret in _in_force():
        if secret[:MIN_LENGTH] in text:
            text = re.sub(_whole_or_cut(secret), MASK, text)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def _in_force() -> list[str]:
    """Return the known secrets, longest first, so that a secret that is a prefix of another does not cut it in two."""
    environment = [value for name in _ENVIRONMENT if len(value := os.environ.get(name, "")) >= MIN_LENGTH]
    with _lock:
        return sorted({*_known, *environment}, key=len, reverse=True)


def _whole_or_cut(secret: str) -> str:
    """Return a pattern for a whole secret, or for its beginning and whatever replaces the rest of a truncated one."""
    return f"{re.escape(secret)}|{re.escape(secret[:MIN_LENGTH])}[^\\s\"'<>,;&]{{0,400}}"
