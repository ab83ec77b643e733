"""OpenTelemetry traces: a span for every request, operation, transaction, use of Chroma and model call.

All packages may import this module.

While traces are off, which is the default, this module imports nothing of OpenTelemetry and a span is one shared
object that does nothing. While they are on, the `OTEL_…` environment decides where spans go, how many are sampled and
under which service name. Spans contain no personal data and no quoted text: only route templates, names of
operations, counts, statuses and names of models; for an error its class, because messages quote input.
"""

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from inspect import isfunction, isgeneratorfunction
from typing import TYPE_CHECKING, Any, Self

from penchant.errors import UsageError

if TYPE_CHECKING:
    from contextvars import Token

    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span as OtelSpan
    from opentelemetry.trace import Tracer

Value = str | int | float | bool
NAME = "penchant"
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_lock = threading.Lock()
_tracer: "Tracer | None" = None


class TraceSpan:
    """A span that does nothing, used while traces are off. A context manager."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        return None

    def set(self, name: str = "", **values: Value) -> None:
        """Rename the span (if `name` is given) and add attributes; `__` in an attribute name stands for a dot."""


class _RecordedSpan(TraceSpan):
    """A span that is recorded. `current`: whether spans started inside it become its children.

    `current` must be False around code that another thread or task may leave, such as a generator.
    """

    def __init__(self, span: "OtelSpan", current: bool) -> None:
        self._span, self._current = span, current
        self._token: Token[Context] | None = None

    def __enter__(self) -> Self:
        if self._current:
            from opentelemetry import context, trace

            self._token = context.attach(trace.set_span_in_context(self._span))
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if self._token is not None:
            from opentelemetry import context

            context.detach(self._token)
        if kind is not None and issubclass(kind, Exception):
            self.fail(kind.__name__)
        self._span.end()

    def fail(self, reason: str) -> None:
        """Mark the span as failed. `reason` is a class name or a status, never a message."""
        from opentelemetry.trace import StatusCode

        self._span.set_attribute("error.type", reason)
        self._span.set_status(StatusCode.ERROR)

    def set(self, name: str = "", **values: Value) -> None:
        if name:
            self._span.update_name(name)
        self._span.set_attributes(_named(values))
        status = values.get("http__response__status_code", 0)
        if isinstance(status, int) and status >= 500:
            self.fail(str(status))


_OFF = TraceSpan()


def start(provider: "TracerProvider | None" = None) -> None:
    """Turn traces on for this process; a second call changes nothing. Raises `UsageError` without the extra `otel`.

    `provider`: receives the spans. If None, the provider that the application has set is used, or else a new one
    configured by the `OTEL_…` environment.
    """
    global _tracer  # noqa: PLW0603
    with _lock:
        if _tracer is None:
            _tracer = (provider or _provider()).get_tracer(NAME)


def stop() -> None:
    """Turn traces off. Open spans still end normally. The creator of the provider has to shut it down."""
    global _tracer  # noqa: PLW0603
    _tracer = None


def span(name: str, *, current: bool = True, **values: Value) -> TraceSpan:
    """Return a span for use in a `with` statement. `values` are its attributes; `__` in their names stands for a dot."""
    if _tracer is None:
        return _OFF
    return _RecordedSpan(_tracer.start_span(name, attributes=_named(values)), current)


def request_span(method: str, headers: Iterable[tuple[bytes, bytes]], request_id: str) -> TraceSpan:
    """Return the span of an incoming request: a child of the caller's span if the headers contain `traceparent`."""
    if _tracer is None:
        return _OFF
    from opentelemetry.propagate import extract
    from opentelemetry.trace import SpanKind

    carrier = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
    values = {"http.request.method": known_method(method), "penchant.request_id": request_id}
    started = _tracer.start_span(known_method(method), extract(carrier), SpanKind.SERVER, values)
    return _RecordedSpan(started, current=True)


def current_traceparent() -> str | None:
    """Return the current position in a trace as a `traceparent`, for work that is done later; None outside of traces."""
    if _tracer is None:
        return None
    from opentelemetry.propagate import inject

    carrier: dict[str, str] = {}
    inject(carrier)
    return carrier.get("traceparent")


def span_below(name: str, parent: Callable[[], str | None], **values: Value) -> TraceSpan:
    """Return a child of the span whose `traceparent` (from `current_traceparent`) `parent` returns.

    The root of a new trace if `parent` returns None.
    """
    if _tracer is None:
        return _OFF
    from opentelemetry.propagate import extract

    above = extract({"traceparent": parent() or ""})
    return _RecordedSpan(_tracer.start_span(name, above, attributes=_named(values)), current=True)


def known_method(method: str) -> str:
    """Return the HTTP method if it is a standard one, else `_OTHER`.

    Spans must not contain arbitrary text that a client sent.
    """
    return method if method in _METHODS else "_OTHER"


def trace_methods(kind: type) -> None:
    """Wrap every public method defined by the class `kind` in a span named after it."""
    for name, method in list(vars(kind).items()):
        if isfunction(method) and not name.startswith("_") and not isgeneratorfunction(method) and name != "close":
            setattr(kind, name, _traced(f"agent.{name}", method))


def _traced(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def called(*args: Any, **arguments: Any) -> Any:
        if _tracer is None:
            return method(*args, **arguments)
        with span(name):
            return method(*args, **arguments)

    return called


def _named(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name.replace("__", "."): value for name, value in values.items()}


def _provider() -> "TracerProvider":
    try:
        from opentelemetry import trace
        from opentelemetry.sdk.resources import OTELResourceDetector, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise _missing() from None
    known = trace.get_tracer_provider()
    if isinstance(known, TracerProvider):
        return known
    ours = Resource({"service.name": NAME})
    provider = TracerProvider(resource=Resource.create().merge(ours).merge(OTELResourceDetector().detect()))
    exporter = _exporter(os.environ.get("OTEL_TRACES_EXPORTER", "otlp").strip().lower())
    if exporter is not None:
        provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider


def _exporter(name: str) -> "SpanExporter | None":
    """Return the exporter that `OTEL_TRACES_EXPORTER` names; None for `none`. Raises `UsageError`."""
    if name == "none":
        return None
    if name == "console":
        import sys

        from opentelemetry.sdk.trace.export import ConsoleSpanExporter

        return ConsoleSpanExporter(out=sys.stderr)
    if name not in ("", "otlp"):
        raise UsageError(f"OTEL_TRACES_EXPORTER={name} is not supported: use otlp, console or none")
    protocol = os.environ.get("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") or os.environ.get("OTEL_EXPORTER_OTLP_PROTOCOL")
    if protocol not in (None, "", "http/protobuf"):
        raise UsageError(f"OTEL_EXPORTER_OTLP_PROTOCOL={protocol} is not supported: use http/protobuf")
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError:
        raise _missing() from None
    return OTLPSpanExporter()


def _missing() -> UsageError:
    return UsageError("traces need their packages: pip install 'penchant[otel]', or turn PENCHANT_TRACING off")
