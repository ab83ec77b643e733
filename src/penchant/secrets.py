"""What must never be shown is taken out of every text that is: keys, bearer tokens, passwords in URLs.

`mask` is applied where texts are made to be read: by every error of ours (`errors.PenchantError`), by receipts, by `doctor` and by the
command line. It knows the secrets in force (`remember`, called by the settings) and what secrets usually look like, so that one of
somebody else's, echoed by a server, is taken out as well.
"""

import os
import re
import threading
from collections.abc import Iterable

MASK = "***"
LEAST = 8
"""Characters of the shortest secret that is recognised by itself, and of the beginning by which a cut one is."""
_ENVIRONMENT = ("OPENAI_API_KEY",)
_known: set[str] = set()
_lock = threading.Lock()

# every repetition is bounded: these run over what strangers send
_PATTERNS = (
    # the password of a URL: all between the first colon and the last @
    (re.compile(r"(://[^\s/:@'\"<>]{0,200}):[^\s'\"<>]{1,300}@"), r"\1:***@"),
    # a key by its usual beginnings: OpenAI and its kin, Google, GitHub, Hugging Face, Slack, AWS, Groq, xAI
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


def remember(secrets: Iterable[str]) -> None:
    """Have these secrets masked wherever they appear, whole or cut, from now on. What is too short or an ordinary word is not."""
    with _lock:
        _known.update(
            secret for secret in secrets if len(secret) >= LEAST and not (secret.isalpha() and secret.islower())
        )


def mask(text: str) -> str:
    """The text without secrets: in place of each stands `***`."""
    for secret in _in_force():
        if secret[:LEAST] in text:
            text = re.sub(_whole_or_cut(secret), MASK, text)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def _in_force() -> list[str]:
    """Longest first, so that one secret that begins another is not cut out of it."""
    environment = [value for name in _ENVIRONMENT if len(value := os.environ.get(name, "")) >= LEAST]
    with _lock:
        return sorted({*_known, *environment}, key=len, reverse=True)


def _whole_or_cut(secret: str) -> str:
    """A secret as it is, or its beginning with whatever a server or a limit put in place of the rest."""
    return f"{re.escape(secret)}|{re.escape(secret[:LEAST])}[^\\s\"'<>,;&]{{0,400}}"
