"""How a server's failures become `ModelError`s: nothing else leaves the room, whatever it sends."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import openai

from penchant.errors import ModelError, ModelInvalidReply, ModelRefused, ModelUnreachable, PenchantError
from penchant.network.complaints import Complaint, complaint_in, error_within, retry_after
from penchant.network.deadline import remaining
from penchant.network.http_client import RedirectRefused, ReplyTooLarge

_SETTING = {401: "llm.api_key", 403: "llm.api_key", 404: "llm.model"}
_BUSY = frozenset({408, 409, 425, 429})


class Rejected(Exception):
    """A 400: the request was understood and not liked. Never leaves the model's module."""

    def __init__(self, complaint: Complaint, body: Mapping[str, Any]) -> None:
        super().__init__(complaint.text)
        self.complaint, self.body = complaint, body


class ServerErrors:
    """Errors of one model on one server, in our words. `timeout_seconds`: the limit of one reply, to be named where it was reached."""

    def __init__(self, server: str, model: str, timeout_seconds: float) -> None:
        self.server, self.model, self._timeout = server, model, timeout_seconds

    @contextmanager
    def translated(self, body: Mapping[str, Any] | None = None) -> Iterator[None]:
        """OpenAI's and all other exceptions as ours: what may help next time, and what to mend. `body`: the request."""
        try:
            yield
        except (PenchantError, Rejected):
            raise
        except openai.APIStatusError as error:
            complaint = complaint_in(error.body, error.status_code, str(error.body or error.message))
            raise self.of_status(complaint, body, error.response.headers) from None
        except (openai.APITimeoutError, httpx.TimeoutException):
            raise self.late() from None
        except (openai.APIConnectionError, httpx.HTTPError) as error:
            raise self._connection(error) from None
        except openai.APIError as error:  # an event of a stream that is an error
            complaint = error_within({"error": error.body or error.message}) or Complaint(503, str(error))
            raise self.of_status(complaint, body) from None
        except Exception as error:  # noqa: BLE001 – a boundary: bodies nested ten thousand deep, too large numbers, broken text …
            kind = "" if isinstance(error, openai.OpenAIError | ValueError) else f"{type(error).__name__} "
            raise ModelInvalidReply(
                f"{self.server} sent something that is not a chat completion: {kind}{str(error)[:300]}"
            ) from None

    def raise_within(self, reply: Mapping[str, Any], body: Mapping[str, Any] | None = None) -> None:
        """Raise the error inside a reply that came with status 200, of the whole or of its first choice."""
        complaint = error_within(reply)
        choices = reply.get("choices")
        if complaint is None and isinstance(choices, list) and choices and isinstance(choices[0], Mapping):
            inner = choices[0].get("error")
            complaint = error_within({"error": inner}) if inner else None
        if complaint is not None:
            raise self.of_status(complaint, body)

    def of_status(
        self, complaint: Complaint, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Exception:
        """What an HTTP status, or what stands for one inside a reply, comes to."""
        status, text = complaint.status, complaint.text
        if complaint.is_out_of_credit:
            return ModelRefused(
                f"{self.server} answered {status} for model {self.model!r}: {text}. There is nothing left on the account: "
                "top it up, or set another llm.api_key or llm.base_url",
                "llm.api_key",
            )
        if body is not None and _asks_for_another_way(complaint, body):
            return Rejected(complaint, body)
        if status in _BUSY or status >= 500:
            return ModelUnreachable(f"{self.server} answered {status}: {text}", retry_after(headers or {}, text))
        if setting := _SETTING.get(status):
            return ModelRefused(
                f"{self.server} answered {status} for model {self.model!r}: {text}. Mend {_how(setting)}.", setting
            )
        return ModelRefused(f"{self.server} answered {status}: {text}")

    def refused(self, complaint: Complaint) -> ModelRefused:
        """A request that no other way of asking helps."""
        return ModelRefused(f"{self.model} on {self.server} rejected the request: {complaint.text}")

    def late(self) -> ModelUnreachable:
        """Names the limit that was reached: of one reply, or one around it."""
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
    """Whether the request was understood and not liked. Also what llama-cpp-python's server calls its own fault (a format it does not know)
    and what a router without a server for tools calls not found."""
    if complaint.status == 500:
        return "response_format" in body and "response_format" in complaint.text
    if complaint.status == 404:
        return "tools" in body and complaint.mentions("support tool")
    return complaint.status in (400, 422)


def _how(setting: str) -> str:
    variable = "PENCHANT_" + setting.upper().replace(".", "__")
    also = " (or OPENAI_API_KEY)" if setting == "llm.api_key" else " (or llm.base_url, if the address is wrong)"
    return f"setting {setting}, for instance through {variable}{also}"
