"""The reference of the keys of a report (in `docs/report.md`), generated from its types."""

import inspect
from collections.abc import Iterator

from penchant.store.profile import Frozen
from penchant.tools.report import context
from penchant.tools.report.context import Report

BEGIN, END = "<!-- keys -->", "<!-- end of keys -->"


def keys() -> str:
    """Return Markdown: the keys of the report, then those of each of its parts."""
    rows = [f"| `{name}` | {field.description} |" for name, field in Report.model_fields.items()]
    return "\n".join(["| key | holds |", "| --- | --- |", *rows, "", *_parts()])


def with_keys(page: str) -> str:
    """Return `page` with the section between the markers generated anew."""
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n{keys()}\n{END}{tail}"


def _parts() -> Iterator[str]:
    for name, part in inspect.getmembers(context, inspect.isclass):
        if issubclass(part, Frozen) and part.__module__ == context.__name__ and part is not Report:
            listed = ", ".join(f"`{key}`" for key in part.model_fields)
            yield f"- `{name}` ({listed}): {' '.join((part.__doc__ or '').split())}"
