"""Typed replies from a model's text.

A typed reply works with any model: ask with the schema, parse the reply, salvage valid parts, repair once, and report
what was lost. Rules for what is missing are the caller's part.

Nothing here raises for what a model or its server does.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, get_args, get_origin

from json_repair import repair_json
from pydantic import BaseModel, TypeAdapter, ValidationError

from penchant.agent.llm.model import Generation, LanguageModel, Prompt, cost_of_failure
from penchant.agent.llm.streams import without_thoughts
from penchant.characters import with_whole_characters
from penchant.errors import ModelError, ModelInvalidReply, ModelTruncated
from penchant.prompts.contexts import Repair
from penchant.prompts.fence import Trusted
from penchant.prompts.render import render
from penchant.prompts.replies import Reply, schema_of
from penchant.store.receipt import Degraded, Usage

MAX_REPLY = 100_000
MAX_OBJECTS = 500
MAX_DEPTH = 40
MAX_REPAIRED = 50_000
"""The longest text (characters) that is repaired: repairing takes time, and no broken reply of ours is longer."""
_FENCE = "```"
_FLAT_OBJECT = re.compile(r"\{[^{}]*\}")
_STRUCTURE = re.compile(r'["\\{}\[\]]')


def json_in(text: str) -> Any | None:
    """Return the JSON value in `text`, or None when there is none or it is incomplete."""
    return _value(_without_thoughts_or_marks(text), depth=2)


def objects_in(text: str) -> list[dict[str, Any]]:
    """Return every complete object without nested objects, in order: what is left of a reply that was cut off."""
    pieces = list(dict.fromkeys(_FLAT_OBJECT.findall(_without_thoughts_or_marks(text))))[:MAX_OBJECTS]
    return [found for piece in pieces if isinstance(found := _parse_strictly(piece) or _repaired(piece), dict)]


def _without_thoughts_or_marks(text: str) -> str:
    return without_thoughts(text[:MAX_REPLY].replace("\ufeff", ""))[0].strip()


def _value(text: str, depth: int) -> Any | None:
    whole = _from_first_bracket(text)
    for piece in dict.fromkeys((text, *_fenced(text), whole)):
        found = _parse_strictly(piece)
        if isinstance(found, str) and depth:  # JSON inside a JSON string
            return _value(found, depth - 1)
        if isinstance(found, dict | list):
            return found
    return _repaired(whole) if _shape(whole) == (True, True) else None


def _fenced(text: str) -> Iterator[str]:
    """Yield the text between code fences, without the name of the language."""
    pieces = text.split(_FENCE)[1::2][:50]
    for piece in pieces[: len(pieces) - (text.count(_FENCE) % 2)]:
        yield (piece[4:] if piece[:4].lower() == "json" else piece).strip()


def _from_first_bracket(text: str) -> str:
    starts = [position for position in (text.find("{"), text.find("[")) if position >= 0]
    end = max(text.rfind("}"), text.rfind("]"))
    return text[min(starts) : end + 1] if starts and end > min(starts) else ""


def _parse_strictly(text: str) -> Any | None:
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return with_whole_characters(found) if _shape(text)[1] else None


def _repaired(text: str) -> Any | None:
    """Return what json-repair parses from a text in which all brackets are closed, or None."""
    if not text or len(text) > MAX_REPAIRED:
        return None
    try:
        found = repair_json(text, return_objects=True, skip_json_loads=True)
    except Exception:  # noqa: BLE001 – whatever json-repair raises for a broken text, the text is not JSON
        return None
    return with_whole_characters(found) if isinstance(found, dict | list) and _shape(text)[1] else None


def _shape(text: str) -> tuple[bool, bool]:
    """Return whether every bracket outside strings is closed, and whether none is nested too deeply.

    Otherwise json-repair would invent an end, and content with it.
    """
    open_brackets = {"{": 0, "[": 0}
    depth, inside, escaped_at = 0, False, -1
    for found in _STRUCTURE.finditer(text):
        mark, position = found.group(), found.start()
        if position == escaped_at:
            continue
        if mark == "\\":
            escaped_at = position + 1 if inside else -1
        elif mark == '"':
            inside = not inside
        elif not inside:
            step = 1 if mark in "{[" else -1
            open_brackets["{" if mark in "{}" else "["] += step
            depth += step
            if depth > MAX_DEPTH:
                return False, False
    return not any(open_brackets.values()), True


T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Completion(Generic[T]):
    """A typed reply. `value` is None when nothing could be used.

    `salvaged`: `value` has only the complete and valid parts of a broken reply. `truncated`: the token limit was
    reached, so that a smaller request may succeed. `degraded` says what was lost and why.
    """

    value: T | None
    salvaged: bool = False
    truncated: bool = False
    degraded: tuple[Degraded, ...] = ()
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True)
class _Read(Generic[T]):
    """A parsed reply; `error` is None when it was complete and valid."""

    value: T | None
    error: str | None
    text: str = ""


def complete(
    model: LanguageModel,
    prompt: Prompt,
    reply_type: type[T],
    *,
    max_tokens: int = 512,
    language: str = "en",
    repairs: bool = True,
) -> Completion[T]:
    """Ask `model` for a `reply_type`, with one repair call when nothing of the reply can be used.

    The prompt of the repair call says what was wrong. With `repairs` off, only one call is made. Does not raise for
    failures of the model.
    """
    try:
        first, why = _ask(model, prompt, reply_type, max_tokens)
    except ModelError as error:
        return _nothing(prompt, str(error), False, cost_of_failure(error))
    read = _read(first.text, reply_type, why)
    usage, truncated = first.usage, first.finish == "length"
    is_spent = truncated and not first.text.strip()  # thoughts took all the tokens: asking again costs the same
    if read.value is None and (is_spent or not repairs):
        return _nothing(prompt, read.error or "", truncated, usage)
    if read.value is None:
        again = _repair_prompt(prompt, first.text, read.error or "", language)
        try:
            second, why = _ask(model, again, reply_type, max_tokens)
        except ModelError as error:
            usage += _as_repair(cost_of_failure(error))
            return _nothing(prompt, f"{read.error}; repair failed: {error}", truncated, usage)
        usage += _as_repair(second.usage)
        truncated = second.finish == "length"
        read = _read(second.text, reply_type, why)
    if read.value is None:
        return _nothing(prompt, f"{read.error}, also after one repair", truncated, usage)
    degraded = (Degraded(step=prompt.step, reason=read.error),) if read.error else ()
    return Completion(read.value, bool(read.error), truncated, degraded, usage)


def _nothing(prompt: Prompt, reason: str, truncated: bool, usage: Usage) -> Completion[Any]:
    return Completion(None, False, truncated, (Degraded(step=prompt.step, reason=reason),), usage)


def _ask(model: LanguageModel, prompt: Prompt, reply_type: type[BaseModel], max_tokens: int) -> tuple[Generation, str]:
    """Call the model; return the reply, and why there is none if so.

    A reply that arrived but was cut off or is malformed is returned for parsing, not raised.
    """
    why = "the reply was empty"
    try:
        generation = model.generate(prompt, schema=schema_of(reply_type), max_tokens=max_tokens)
    except ModelTruncated as error:
        if not error.text:
            raise
        generation = Generation(error.text, "length", cost_of_failure(error))
    except ModelInvalidReply as error:
        generation, why = Generation(error.text, usage=cost_of_failure(error)), str(error)
    counted = generation.usage.model_copy(update={"calls": max(1, generation.usage.calls)})
    return Generation(generation.text, generation.finish, counted), why


def _as_repair(usage: Usage) -> Usage:
    return usage.model_copy(update={"repairs": usage.calls})


def _repair_prompt(prompt: Prompt, reply: str, error: str, language: str) -> Prompt:
    context = Repair(Trusted(prompt.system), Trusted(prompt.user), reply[:1_000], Trusted(error))
    rendered = render("repair", language, context, user_id=prompt.user_id)
    return Prompt(prompt.system, rendered.user, prompt.step, prompt.user_id, is_repair=True)


def _read(text: str, reply_type: type[T], why_empty: str) -> _Read[T]:
    found = json_in(text)
    if found is None:
        error = why_empty if not text.strip() else "the reply held no complete JSON"
        return _Read(_salvage(objects_in(text), text, reply_type), error)
    found = _counted_from_one(found, reply_type)
    for value in _unwrapped(found, reply_type):
        try:
            _check_fields(value, reply_type)
            return _Read(reply_type.model_validate(value), None)
        except _OtherFieldsError as other:
            error = str(other)
        except ValidationError as invalid:
            error = _first_fault(invalid)
    return _Read(_salvage(_entries(found), text, reply_type), error)


def _counted_from_one(found: Any, reply_type: type[BaseModel]) -> Any:
    return reply_type.counted_from_one(found) if issubclass(reply_type, Reply) else found


class _OtherFieldsError(ValueError):
    """Raised for an object that has none of the fields that were asked for."""


def _check_fields(value: Any, reply_type: type[BaseModel]) -> None:
    """Raise `_OtherFieldsError` for an object that has only unknown fields.

    Where every field is optional, such an object would otherwise pass as an empty reply.
    """
    known = {field.alias or name for name, field in reply_type.model_fields.items()}
    if isinstance(value, dict) and value and known.isdisjoint(value) and known.isdisjoint(map(str.casefold, value)):
        raise _OtherFieldsError(f"the reply has none of the fields that were asked for ({', '.join(sorted(known))})")


def _unwrapped(value: Any, reply_type: type[BaseModel]) -> list[Any]:
    """Return `value` and its unwrapped forms: of `{"result": …}`, or of the bare list of the reply's first field."""
    first = next(iter(reply_type.model_fields))
    if isinstance(value, list):
        return [{first: value}]
    if isinstance(value, dict) and len(value) == 1 and isinstance(inner := next(iter(value.values())), dict | list):
        return [*_unwrapped(inner, reply_type), value] if first not in value else [value]
    return [value]


def _first_fault(invalid: ValidationError) -> str:
    fault = invalid.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in fault["loc"])
    return f"{place}: {fault['msg']} ({invalid.error_count()} in all)"


def _entries(found: Any) -> list[Any]:
    """Return every object in `found`, at any depth."""
    if isinstance(found, list):
        return [entry for part in found for entry in _entries(part)]
    if isinstance(found, dict):
        return [found, *(entry for part in found.values() for entry in _entries(part))]
    return []


def _salvage(entries: list[Any], text: str, reply_type: type[T]) -> T | None:
    """Return a reply made of the entries that are valid on their own, or None when there are none."""
    fields: dict[str, list[Any]] = {}
    for name, info in reply_type.model_fields.items():
        if get_origin(info.annotation) is list:
            (entry_type,) = get_args(info.annotation)
            offered = (
                entries if isinstance(entry_type, type) and issubclass(entry_type, BaseModel) else _whole_numbers(text)
            )
            fields[name] = _valid(offered, TypeAdapter(entry_type))
    if not any(fields.values()):
        return None
    try:
        return reply_type.model_validate(fields)
    except ValidationError:
        return None


def _valid(entries: list[Any], adapter: TypeAdapter[Any]) -> list[Any]:
    valid = []
    for entry in entries:
        try:
            valid.append(adapter.validate_python(entry))
        except ValidationError:
            continue
    return valid


def _whole_numbers(text: str) -> list[int]:
    """Return the integers that are followed by a comma or a bracket.

    The last number of a text that was cut off may be incomplete.
    """
    return [int(digits) for digits in re.findall(r"(?<![\w.+-])\d{1,6}(?=\s*[,\]])", text)]
