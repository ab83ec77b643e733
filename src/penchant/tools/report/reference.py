"""The keys of a report (in `docs/report.md`), made from the types themselves."""

import inspect
from collections.abc import Iterator

from penchant.store.profile import Frozen
from penchant.tools.report import context
from penchant.tools.report.context import Report

BEGIN, END = "<!-- keys -->", "<!-- end of keys -->"


def keys() -> str:
    """Markdown: the keys of the report, then those of every part of it."""
    rows = [f"| `{name}` | {field.description} |" for name, field in Report.model_fields.items()]
    return "\n".join(["| key | holds |", "| --- | --- |", *rows, "", *_parts()])


def within(page: str) -> str:
    """`page` with the keys between its marks made anew."""
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n{keys()}\n{END}{tail}"


def _parts() -> Iterator[str]:
    for name, part in inspect.getmembers(context, inspect.isclass):
        if issubclass(part, Frozen) and part.__module__ == context.__name__ and part is not Report:
            listed = ", ".join(f"`{key}`" for key in part.model_fields)
            yield f"- `{name}` ({listed}): {' '.join((part.__doc__ or '').split())}"
