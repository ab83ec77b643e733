"""Parses error bodies of servers: finds the message, the code and the parameter in their many forms."""

import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Any

_LONGEST = 600
_UNSUPPORTED = re.compile(
    r"not? (?:yet |currently )?support|unsupported|n't support|not (?:allowed|permitted|available|enabled|implemented|expected)"
    r"|unavailable|can(?:not|'t| not) (?:be )?use|unrecogni[sz]ed|unknown|unexpected|extra (?:inputs|fields)|extra_forbidden"
    r"|additional propert|invalid (?:parameter|argument|field|type|value|request)|deprecated|is fixed|only (?:the )?default"
    r"|incompatible|not compatible|instead"
    r"|must be (?:one of|omitted|absent|json|text|'|\")|requires? |less than or equal|too (?:large|high)"
    r"|不支持|未知|不可用|无效",
    re.IGNORECASE,
)
_OUT_OF_CREDIT = re.compile(
    r"insufficient[_ ](?:quota|balance|funds|credits?)|exceeded your (?:current )?quota|billing|out of credits?"
    r"|credit(?:s| balance)? (?:is |are )?(?:too low|exhausted|used up)|payment required|arrears|余额|欠费|额度",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"rate[_ -]?limit|per (?:second|minute|hour|day)|(?:requests|tokens)/(?:s|min)|\b(?:rpm|tpm|rpd|qps)\b|too many requests"
    r"|(?:try again|retry) (?:in|after)",
    re.IGNORECASE,
)
_WAIT = re.compile(
    r"(?:try again|retry|wait)(?: again)? (?:in|after|for) (\d{1,6}(?:\.\d{1,9})?) ?(ms|m?s|sec|min|m)?", re.IGNORECASE
)
_STATUS_WORDS = (
    (
        re.compile(
            r"overload|unavailable|server[_ ]error|internal|busy|timeout|time[d ]*out|upstream|bad gateway", re.I
        ),
        503,
    ),
    (re.compile(r"authenti|unauthori[sz]ed|invalid[_ ]api[_ ]key|api key", re.I), 401),
    (re.compile(r"model[_ ]not[_ ]found|no such model|does not exist", re.I), 404),
    (re.compile(r"invalid[_ ]request|invalid[_ ]argument|bad[_ ]request", re.I), 400),
)


@dataclass(frozen=True)
class Complaint:
    """An error that a server reported.

    `status`: the HTTP status, or the one that the body implies. `param`: the part of the request that the server
    names, "" if none. `generation`: what the model had written, where the server could not read it (Groq).
    """

    status: int
    text: str
    param: str = ""
    code: str = ""
    generation: str = ""

    def is_about(self, *names: str) -> bool:
        """Return whether the error says that one of these request parameters is not supported.

        Without `param`, the name must occur as a whole word in a sentence that says "not supported" in some form.
        """
        if self.param:
            return any(self.param.split(".")[0].split("[")[0] == name for name in names)
        return any(self._names(name) for name in names)

    def mentions(self, pattern: str) -> bool:
        """Return whether the message or the parameter matches the regular expression, ignoring case."""
        return re.search(pattern, f"{self.text} {self.param}", re.IGNORECASE) is not None

    @property
    def is_out_of_credit(self) -> bool:
        """Whether no request will be answered until the account is paid; a rate limit does not count."""
        if self.status == 402:
            return True
        if self.code in ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active"):
            return True
        return bool(_OUT_OF_CREDIT.search(self.text)) and not _RATE.search(self.text)

    def _names(self, name: str) -> bool:
        """Return whether `name` occurs as a word of its own in the same sentence as a phrase for "not supported"."""
        word = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w\[]|\.\w)", re.IGNORECASE)
        sentences = re.split(r"(?<=[.;!?。；])\s+|\n", self.text)
        return any(word.search(part) and _UNSUPPORTED.search(part) for part in sentences)


def complaint_in(body: Any, status: int, otherwise: str = "") -> Complaint:
    """Parse an error body as OpenAI, vLLM, FastAPI, Google, Ollama and others send it.

    `otherwise`: the message if the body has none.
    """
    error = _error_of(body)
    text = _words(error) or otherwise
    fields = error if isinstance(error, Mapping) else {}
    param = fields.get("param")
    if not isinstance(param, str) or not param:
        param = _location(fields.get("detail"))
    code = fields.get("code") or fields.get("type") or fields.get("status") or ""
    generation = fields.get("failed_generation")
    return Complaint(
        status,
        " ".join(text.split())[:_LONGEST],
        param,
        str(code)[:80],
        generation if isinstance(generation, str) else "",
    )


def error_in_reply(body: Any) -> Complaint | None:
    """Return the error inside a reply that came with status 200; None if the reply is not an error."""
    if not isinstance(body, Mapping) or body.get("choices") or body.get("data"):
        return None
    says_so = bool(body.get("error")) or body.get("object") == "error" or "detail" in body or "errors" in body
    base = body.get("base_resp")
    if not says_so and isinstance(base, Mapping) and base.get("status_code"):
        body, says_so = {"error": {"message": base.get("status_msg"), "code": base.get("status_code")}}, True
    if not says_so and (body.get("message") or body.get("msg")) and body.get("code") not in (None, 0, 200, "0", "200"):
        says_so = True
    if not says_so:
        return None
    found = complaint_in(body, 0)
    return replace(found, status=_status(found))


def retry_after(headers: Mapping[str, str], text: str = "") -> float | None:
    """Return the seconds that a server asks to wait, read from its headers or else from its message.

    None if it does not say.
    """
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        value = headers.get(name)
        if value is not None and (seconds := _seconds(value)) is not None:
            return seconds * unit
    found = _WAIT.search(text)
    if not found:
        return None
    unit = {"ms": 0.001, "m": 60.0, "min": 60.0}.get((found[2] or "s").lower(), 1.0)
    return float(found[1]) * unit


def _seconds(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _error_of(body: Any) -> Any:
    """Return the part of a body that contains the error. Google wraps the body in a list."""
    if isinstance(body, list) and body:
        return _error_of(body[0])
    if isinstance(body, Mapping) and body.get("error"):
        inner = body["error"]
        return inner if isinstance(inner, Mapping) else {**body, "message": inner}
    return body


def _words(error: Any, depth: int = 3) -> str:
    if isinstance(error, str):
        return error
    if isinstance(error, list):
        return "; ".join(words for part in error[:5] if (words := _words(part, depth - 1))) if depth else ""
    if not isinstance(error, Mapping) or not depth:
        return ""
    for name in ("message", "msg", "detail", "error_description", "error", "errors", "reason", "title"):
        if error.get(name) and (words := _words(error[name], depth - 1)):
            return words
    return ""


def _location(detail: Any) -> str:
    """Return the field that FastAPI names: `["body", "tools", 0]` → `tools.0`."""
    first = detail[0] if isinstance(detail, list) and detail else None
    place = first.get("loc") if isinstance(first, Mapping) else None
    steps = [str(step) for step in place if step != "body"] if isinstance(place, list) else []
    return ".".join(steps)


def _status(found: Complaint) -> int:
    """Return the HTTP status that fits an error inside a reply; 503 (temporary) if nothing in it tells."""
    if found.code.isdecimal() and 400 <= int(found.code) <= 599:
        return int(found.code)
    words = f"{found.code} {found.text}"
    if found.is_out_of_credit or _RATE.search(words):
        return 429
    return next((status for pattern, status in _STATUS_WORDS if pattern.search(words)), 503)
