"""Writes reports to files: one user, or all users with an index."""

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Unpack

from penchant.errors import PenchantError
from penchant.store.labels import merge_repeated_labels
from penchant.store.private_files import not_written
from penchant.tools.report import page
from penchant.tools.report.build import ROWS, SLIM_ROWS, ReportOptions, build
from penchant.tools.report.context import Report
from penchant.tools.report.phrases import Phrases

if TYPE_CHECKING:
    from penchant.agent.interest_agent import InterestAgent

Format = Literal["html", "json", "md"]
Progress = Callable[[int, int], None]


class WrittenPages(NamedTuple):
    """The result of `write_all`: the index, how many pages were written, and the reasons for missing pages by user id."""

    front: Path
    pages: int
    failed: dict[str, str]


def write_report(
    agent: "InterestAgent",
    user_id: str,
    path: Path,
    *,
    slim: bool = False,
    **options: Unpack[ReportOptions],
) -> Path:
    """Write the report of one user to `path` and return the path. Raises `NotFoundError`, `UsageError`."""
    return save(path, content(agent, user_id, slim=slim, **options))


def content(
    agent: "InterestAgent",
    user_id: str,
    *,
    form: Format = "html",
    slim: bool = False,
    corrected_at: str | None = None,
    **options: Unpack[ReportOptions],
) -> str:
    """Return the report of one user as text. `corrected_at`: the address where the profile can be corrected. Raises
    `NotFoundError`, `UsageError`.
    """
    rows = SLIM_ROWS if slim else ROWS
    report = build(agent, user_id, rows=rows, **options)
    return text(report, form, slim=slim, corrected_at=corrected_at)


def text(report: Report, form: Format, *, slim: bool = False, corrected_at: str | None = None) -> str:
    """Return a report as HTML, JSON or Markdown."""
    if form == "json":
        return report.model_dump_json(indent=2) + "\n"
    report = report.model_copy(update={"profile": merge_repeated_labels(report.profile)})
    if form == "md":
        from penchant.tools.report.markdown import markdown

        return markdown(report)
    return page.html(report, slim=slim, corrected_at=corrected_at)


def save(path: Path, content: str) -> Path:
    """Write a file completely or not at all. Raises `UsageError` with the reason, `StoreError` where the disk is full."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # a pipe or a device cannot be replaced
            path.write_text(content, encoding="utf-8")
        else:
            beside.write_text(content, encoding="utf-8")
            beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise not_written(path, error, "name another place with -o") from None
    return path


def write_all(
    agent: "InterestAgent",
    folder: Path,
    *,
    slim: bool = True,
    on_progress: Progress | None = None,
    **options: Unpack[ReportOptions],
) -> WrittenPages:
    """Write a page for every user with a profile or behaviour, and an index. Users whose page fails are returned with
    the reason; the others are still written.
    """
    users = agent.services.profiles.known_users()
    rows = SLIM_ROWS if slim else ROWS
    listed, failed = [], {}
    for done, user_id in enumerate(users, 1):
        name = file_name(user_id)
        try:
            report = build(agent, user_id, rows=rows, **options)
        except PenchantError as error:
            failed[user_id] = str(error)
        else:
            save(folder / name, text(report, "html", slim=slim))
            listed.append((name, report.profile))
        if on_progress:
            on_progress(done, len(users))
    say = Phrases(options.get("lang") or agent.settings.lang, agent.settings.zone)
    as_of = options.get("at") or agent.clock.now()
    index = save(folder / "index.html", page.render_index(say, listed=listed, as_of=as_of))
    return WrittenPages(index, len(listed), failed)


def file_name(user_id: str) -> str:
    """Return a file name that is safe on every file system and different for different users."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", user_id)[:60].strip("-")
    if plain == user_id == user_id.lower() != "index":
        return f"{plain}.html"
    return f"{plain or 'user'}-{hashlib.blake2b(user_id.encode(), digest_size=8).hexdigest()}.html"
