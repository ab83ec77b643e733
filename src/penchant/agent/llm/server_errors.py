"""Turns every failure of a server into a `ModelError`: no other exception leaves `agent.llm`."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import openai

from penchant.agent.llm.abilities import STRUCTURED_METHODS, Abilities
from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelUnreachable, PenchantError
from penchant.network.complaints import Complaint, complaint_in, error_in_reply, retry_after
from penchant.network.deadline import remaining
from penchant.network.http_client import RedirectRefused, ReplyTooLarge

_TOOLS = r"(?:tools?|tool[ _-]?(?:use|usage|calling|calls?|choice)|functions?|function[ _-]?(?:calling|calls?))"
_NO = r"(?:does not|doesn't|do not|don't|cannot|can't|can not|is not able to|not)(?: (?:yet|currently))?"
_CANNOT_CALL_TOOLS = re.compile(
    rf"{_NO} (?:support|use|accept|allow|handle|process) (?:the use of |any )?['\"`]?{_TOOLS}['\"`]?"
    r"(?=$|[.,;:!)\]}]| (?:with|for|in|by|and|at|use))"
    rf"|(?<![\w.])['\"`]?{_TOOLS}['\"`]?(?: parameter| param| field| argument)? (?:is|are|is only|use is) (?:currently )?"
    r"(?:not (?:yet )?(?:supported|available|enabled|allowed|implemented|permitted)|unsupported|disabled|unavailable)"
    r"|(?:unknown|unrecogni[sz]ed|unexpected|extra|invalid|unsupported) (?:\w+ ){0,2}(?:argument|parameter|field|property|key|name)s?"
    r"[^.\w]{0,12}tools['\"`]?(?![\w.\[])"
    r"|requires? [^.]{0,40}--(?:enable-auto-tool-choice|jinja|tool-call-parser)"
    r"|no endpoints found that support tool|不支持(?:工具|函数)",
    re.IGNORECASE,
)
_NO_SYSTEM = (
    r"(?:system|developer) (?:role|message|prompt|instruction)s?\b[^.]{0,40}(?:not (?:supported|allowed|enabled)|unsupported)"
    r"|not support [^.]{0,20}system (?:role|message|prompt|instruction)|\brole'? does not support 'system'"
    r"|only user and assistant roles|roles must alternate"
)
_TEMPERATURE = (
    r"invalid temperature|\btemperature\b[^.]{0,40}"
    r"(?:\bmust\b|\bshould\b|\bonly\b|\brange\b|greater than|positive|invalid|非法|取值|范围|大于)"
)
_ONLY_STREAMS = (
    r"only (?:support|allow|accept)s? (?:the )?stream|non-streaming|enable the stream|stream must be (?:set to )?true"
    r"|set stream ?= ?true|must use stream"
)
_CALL_ID = r"(?:tool[ _-]?)?call[ _-]?ids?\b[^.]{0,80}(?:length|must|match|pattern|a-z|characters|invalid|too long)"
_FORMAT = (
    "response_format",
    "json_schema",
    "json_object",
    "schema",
    "structured output",
    "structured outputs",
    "grammar",
    "strict",
)
_FORMAT_WORDS = r"response_format|json[ _-]?(?:schema|object|mode)|structured output|grammar|\bschema\b"
_JSON_FAILED, _JSON_FAILED_WORDS = "json_validate_failed", r"(?:generate|validate|produce) (?:a )?(?:valid )?json"
"""What a server of Groq's kind says where the model's reply was not the JSON that its mode promises."""
_NOT_THE_FORM = r"context|too many tokens|too long|content.?(?:filter|policy|management)|role|tool|quota|image"
_FEWER = re.compile(
    r"top_logprobs[^.]{0,80}?(?:at most|less than or equal to|<=|between 0 and|maximum(?: of| is)?|up to)[: ]*(\d{1,2})",
    re.I,
)


LEAST_REPLY = 64
"""Shorter replies (tokens) are not worth a request."""
_LONGEST_REPLY = re.compile(
    r"(?:at most|\[[01], ?|less than or equal to|<=|maximum (?:value )?(?:of|is)) ?(\d{2,7})\b(?! tokens\. However)"
    r"|> ?(\d{2,7}) ?- ?(\d{2,7})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Fallback:
    """A weaker dialect in which to repeat a request. `changes`: the abilities that differ.

    `learns`: whether it should be remembered if it works, that is, whether the complaint was specific enough or too
    short to name another cause.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    learns: bool = True


def lacks_tools(complaint: Complaint) -> bool:
    """Return whether a server says that it, or the model, cannot call tools at all."""
    if complaint.param:
        return (
            complaint.param == "tools"
            and complaint.is_about("tools")
            and complaint.mentions("support|permitted|unknown|unrecogni|unexpected|not allowed|extra")
        )
    return bool(_CANNOT_CALL_TOOLS.search(complaint.text))


def lacks_logprobs(complaint: Complaint) -> bool:
    """Return whether a server says that it does not report log-probabilities."""
    return complaint.is_about("logprobs", "top_logprobs", "logprob", "log probabilities") and not _FEWER.search(
        complaint.text
    )


def fallback_after(abilities: Abilities, request: Mapping[str, Any], complaint: Complaint) -> Fallback | None:
    """Return another way to send `request`; None when no other way would help."""
    if (most := _most_tokens(request, complaint)) is not None:
        return Fallback({"most_tokens": most}, learns=not complaint.mentions("context"))
    for applies, changes in _dialects(abilities, request, complaint):
        if applies and any(getattr(abilities, name) != value for name, value in changes.items()):
            return Fallback(changes)
    if "response_format" not in request or abilities.structured == STRUCTURED_METHODS[-1]:
        return None
    is_json_failure = complaint.code == _JSON_FAILED or complaint.mentions(_JSON_FAILED_WORDS)
    if is_json_failure or complaint.mentions(_FORMAT_WORDS) or complaint.is_about(*_FORMAT):
        return Fallback({"structured": abilities.one_step_down()})
    if complaint.mentions(_NOT_THE_FORM):
        return None
    return Fallback({"structured": abilities.one_step_down()}, learns=len(complaint.text) < 60)


def _most_tokens(request: Mapping[str, Any], complaint: Complaint) -> int | None:
    """Return how many tokens the server would allow for this reply, if it says that they are too many."""
    asked = request.get("max_tokens") or request.get("max_completion_tokens")
    found = _LONGEST_REPLY.search(complaint.text) if complaint.mentions(r"max_(?:completion_)?tokens") else None
    if not found or not isinstance(asked, int):
        return None
    most = int(found[1]) if found[1] else int(found[2]) - int(found[3])
    return most if LEAST_REPLY <= most < asked else None


def _dialects(
    abilities: Abilities, request: Mapping[str, Any], complaint: Complaint
) -> list[tuple[bool, dict[str, Any]]]:
    """Return for each dialect whether the complaint calls for it, and the changes to the abilities."""
    fewer = _FEWER.search(complaint.text)
    other = "max_completion_tokens" if abilities.limit_field == "max_tokens" else "max_tokens"
    names_limit = complaint.is_about(abilities.limit_field) or (other in complaint.text and not complaint.param)
    sent_back = _field_names_sent_back(request)
    return [
        (names_limit and not complaint.mentions("at most|maximum|too large|exceed"), {"limit_field": other}),
        (complaint.is_about("temperature") or complaint.mentions(_TEMPERATURE), {"temperature": False}),
        ("stream" not in request and complaint.mentions(_ONLY_STREAMS), {"only_streams": True}),
        (
            "stream_options" in request and complaint.is_about("stream_options", "include_usage"),
            {"usage_in_stream": False},
        ),
        ("stream" in request and complaint.is_about("stream", "streaming"), {"streams": False}),
        (
            "logprobs" in request and fewer is not None,
            {"alternatives": max(1, min(20, int(fewer[1]))) if fewer else 20},
        ),
        (abilities.system and complaint.mentions(_NO_SYSTEM), {"system": False}),
        (complaint.mentions(_CALL_ID), {"short_call_ids": True}),
        (bool(sent_back) and _rejects_fields(complaint, sent_back), {"extra": False}),
    ]


def _rejects_fields(complaint: Complaint, names: set[str]) -> bool:
    """Return whether the server refuses its own fields when they are sent back."""
    named = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", f"{complaint.text} {complaint.param}") for name in names)
    wanted = complaint.mentions("must be (?:passed|sent|included|provided)|missing|required")
    return named and not wanted


def _field_names_sent_back(request: Mapping[str, Any]) -> set[str]:
    known = {"role", "content", "tool_calls", "tool_call_id"}
    turns = [message for message in request.get("messages", ()) if message.get("role") == "assistant"]
    of_calls = {name for turn in turns for call in turn.get("tool_calls", ()) for name in call}
    in_parts = {"content"} if any(isinstance(turn.get("content"), list) for turn in turns) else set()
    return ({name for turn in turns for name in turn} - known) | (of_calls - {"id", "type", "function"}) | in_parts


_SETTING = {401: "llm.api_key", 403: "llm.api_key", 404: "llm.model"}
_BUSY = frozenset({408, 409, 425, 429})


class Rejected(Exception):
    """Raised for a 400: the server refuses the form of the request, or cannot read what the model has written.

    Never leaves the model's module.
    """

    def __init__(self, complaint: Complaint, body: Mapping[str, Any]) -> None:
        super().__init__(complaint.text)
        self.complaint, self.body = complaint, body

    @property
    def completion(self) -> Any:
        """What the model had written, as a completion in which calls can still be found; empty where nothing was sent."""
        text = self.complaint.generation
        return {"choices": [{"message": {"content": text}, "finish_reason": "stop"}]} if text.strip() else {}


class ServerErrors:
    """Translates the errors of one model on one server. `timeout_seconds`: the limit of one reply, for the message."""

    def __init__(self, server: str, model: str, timeout_seconds: float) -> None:
        self.server, self.model, self._timeout = server, model, timeout_seconds

    @contextmanager
    def translated(self, body: Mapping[str, Any] | None = None) -> Iterator[None]:
        """Raise exceptions of OpenAI's client and all others as `ModelError`. `body`: the request.

        The message says whether another try may help, and what to change.
        """
        try:
            yield
        except (PenchantError, Rejected):
            raise
        except openai.APIStatusError as error:
            complaint = complaint_in(error.body, error.status_code, str(error.body or error.message))
            raise self.from_status(complaint, body, error.response.headers) from None
        except (openai.APITimeoutError, httpx.TimeoutException):
            raise self.timeout_error() from None
        except (openai.APIConnectionError, httpx.HTTPError) as error:
            raise self._connection(error) from None
        except openai.APIError as error:  # an error event in a stream
            complaint = error_in_reply({"error": error.body or error.message}) or Complaint(503, str(error))
            raise self.from_status(complaint, body) from None
        except UnicodeEncodeError:
            message = "llm.api_key holds characters that cannot be sent: copy the key again"
            raise ModelRefused(message, "llm.api_key") from None
        except Exception as error:  # noqa: BLE001 – a boundary: bodies nested ten thousand deep, huge numbers, broken text …
            kind = "" if isinstance(error, openai.OpenAIError | ValueError) else f"{type(error).__name__} "
            raise ModelInvalidReply(
                f"{self.server} sent something that is not a chat completion: {kind}{str(error)[:300]}"
            ) from None

    def raise_error_in(self, reply: Mapping[str, Any], body: Mapping[str, Any] | None = None) -> None:
        """Raise the error inside a reply with status 200, if there is one: of the whole reply or of its first choice."""
        complaint = error_in_reply(reply)
        choices = reply.get("choices")
        if complaint is None and isinstance(choices, list) and choices and isinstance(choices[0], Mapping):
            inner = choices[0].get("error")
            complaint = error_in_reply({"error": inner}) if inner else None
        if complaint is not None:
            raise self.from_status(complaint, body)

    def from_status(
        self, complaint: Complaint, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Exception:
        """Return the exception for an HTTP status, or for the status that an error inside a reply stands for."""
        status, text = complaint.status, complaint.text
        if complaint.is_out_of_credit:
            return ModelRefused(
                f"{self.server} answered {status} for model {self.model!r}: {text}. There is nothing left on the account: "
                "top it up, or set another llm.api_key or llm.base_url",
                "llm.api_key",
            )
        if complaint.generation.strip() or (body is not None and _asks_for_another_way(complaint, body)):
            return Rejected(complaint, body or {})
        if status in _BUSY or status >= 500:
            return ModelUnreachable(f"{self.server} answered {status}: {text}", retry_after(headers or {}, text))
        if setting := _SETTING.get(status):
            bare = status == 404 and httpx.URL(self.server).path in ("", "/")
            also = f" Most servers are reached under {self.server.rstrip('/')}/v1." if bare else ""
            return ModelRefused(
                f"{self.server} answered {status} for model {self.model!r}: {text}. Mend {_how_to_set(setting)}.{also}",
                setting,
            )
        return ModelRefused(f"{self.server} answered {status}: {text}")

    def refused(self, complaint: Complaint) -> ModelRefused:
        """Return the error for a request that the server refuses in every form."""
        return ModelRefused(f"{self.model} on {self.server} rejected the request: {complaint.text}")

    def timeout_error(self) -> ModelUnreachable:
        """Return a timeout error that names the limit that was reached: of one reply, or of all tries together."""
        if remaining() <= 0:
            limits = "settings llm.total_timeout_seconds and recommend.llm_seconds"
            return ModelUnreachable(f"{self.server} did not answer within the time of all tries together ({limits})")
        return ModelUnreachable(
            f"{self.server} did not answer within {self._timeout:g} s (setting llm.timeout_seconds)"
        )

    def _connection(self, error: Exception) -> ModelError:
        cause = error.__cause__ or error
        if isinstance(cause, RedirectRefused):
            return ModelRefused(f"{self.server}: {cause} (setting llm.base_url)", "llm.base_url")
        if isinstance(cause, ReplyTooLarge):
            return ModelInvalidReply(f"{self.server} was not read to the end: {cause}")
        if isinstance(error, openai.APIConnectionError):
            return ModelUnreachable(
                f"no connection to {self.server} ({cause}); is the server running, and llm.base_url right?"
            )
        return ModelUnreachable(f"the connection to {self.server} broke ({cause})")


def _asks_for_another_way(complaint: Complaint, body: Mapping[str, Any]) -> bool:
    """Return whether the server understood the request but refuses its form.

    So it is for 400 and 422, for a 500 of llama.cpp's servers about a format or a template that has no system turn, and
    for a 404 of a router that has no server with tools.
    """
    if complaint.status == 500:
        is_format = "response_format" in body and complaint.mentions(_FORMAT_WORDS)
        return is_format or complaint.mentions(_NO_SYSTEM)
    if complaint.status == 404:
        return "tools" in body and complaint.mentions("support tool")
    return complaint.status in (400, 422)


def _how_to_set(setting: str) -> str:
    variable = "PENCHANT_" + setting.upper().replace(".", "__")
    also = " (or OPENAI_API_KEY)" if setting == "llm.api_key" else " (or llm.base_url, if the address is wrong)"
    return f"setting {setting}, for instance through {variable}{also}"
