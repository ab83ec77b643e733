"""Tables of known models and of a model check."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.table import Table as Grid
from rich.text import Text

from penchant.prompts.locales import Translator
from penchant.tools.cli.rendering.printable import text
from penchant.tools.cli.rendering.tables import plain_table

if TYPE_CHECKING:
    from penchant.agent.app.model_check import ModelCheck
    from penchant.agent.app.model_choice import ModelList


def models_table(found: "ModelList", words: Translator) -> list[Grid | Text]:
    """Return one row per model; the one in force stands out."""
    columns = [words(name) for name in ("model", "tier", "size", "licence", "here", "notes")]
    table = plain_table(*columns, right=(words("size"),))
    for model in found.models:
        table.add_row(
            text(f"{model.name}…" if model.family else model.name, "bold" if model.name == found.in_force else ""),
            text(model.tier),
            text(f"{model.size_mb:,} MB" if model.size_mb else "-"),
            text(model.licence),
            text("✓" if model.here else "-"),
            text(model.notes[words.language]),
        )
    return [table, text(words("in_force", model=found.in_force or "-"), "dim")]


def check_table(found: "ModelCheck", words: Translator) -> list[Grid | Text]:
    """Return the results of a check, then the advice."""
    table = plain_table(words("check"), words("found"))
    for name, value in _rows(found, words):
        table.add_row(text(name), text(value))
    faults = [text(fault, "red") for fault in dict.fromkeys(found.faults)]
    settings = ", ".join(f"{name} = {value}" for name, value in found.settings.items())
    advice = [] if found.complaint else [text(words("advice", tier=found.tier, settings=settings), "bold")]
    return [table, *faults, *advice]


def _rows(found: "ModelCheck", words: Translator) -> Iterator[tuple[str, str]]:
    """Yield names and values of a check; only the name of the model where it did not answer."""
    used = found.usage
    yield words("model"), f"{found.provider} {found.model}, {found.structured}, {found.context_tokens:,}"
    yield words("embedder"), found.embedder
    for language, own in found.by_model.items():
        embedding, together = found.by_embedding[language], found.together[language]
        yield words("topics", language=language), words("scores", own=own, embedding=embedding, together=together)
    counted = (("json", found.json_valid), ("choice", found.chosen), ("tools", found.tools))
    yield from ((words(name), str(score)) for name, score in counted if score.asked)
    if used.calls:
        yield words("speed"), words("per_second", tokens=f"{found.tokens_per_second:g}")
        into, out = f"{used.prompt_tokens:,}", f"{used.completion_tokens:,}"
        yield words("cost"), words("costs", calls=used.calls, into=into, out=out, seconds=f"{found.seconds:g}")
