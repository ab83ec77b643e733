"""`penchant work`: runs regular tasks at an interval, without cron."""

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from penchant.tools.cli.errors import fail
from penchant.tools.cli.options import AsJson, examples
from penchant.tools.cli.output import note, show, show_json, show_json_line
from penchant.tools.cli.session import open_agent, words_of

if TYPE_CHECKING:
    from penchant.prompts.locales import Translator
    from penchant.store.jobs import Job


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples(
            "penchant work --every 1h",
            "penchant work --every 1d --export lists.parquet",
            "penchant work --once --only update --only tune",
        )
    )(work)


def work(
    every: Annotated[str, typer.Option("--every", metavar="TIME", help="How often: 15m, 1h, 1d.")] = "1h",
    once: Annotated[bool, typer.Option("--once", help="One round now, then end.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="STEP", help="Only update, taxonomy, tune or export; may be given again."),
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="The lists of everybody, to this .jsonl or .parquet."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Update, build the taxonomy, tune and export regularly.

    Any number of workers may run over one database: one works at a time, and another takes over when it ends. SIGTERM
    and Ctrl-C end it at the next user; what is not finished is queued again. Each round is a job with a receipt of
    every step. With --json each is one line.
    """
    from penchant.store.durations import parse_duration

    agent, span = open_agent(), parse_duration(every)
    worker, words = agent.worker(only or (), export), words_of(agent)

    def tell(job: "Job") -> None:
        show_json_line(job) if as_json else _show(job, words)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.drain())
    if not once:
        note(words("working_every", every=every))
        worker.run(span, tell, lambda error: note(words("worker_tries_again", error=error)))
        return
    done = worker.once()
    show_json(done) if as_json else _show(done, words)
    failed = [step for step in _steps(done) if step["status"] == "failed"]
    if failed or done.status == "failed":
        fail(f"{failed[0]['step']}: {failed[0]['error']}" if failed else str(done.error))


def _steps(job: "Job") -> list[dict[str, Any]]:
    return list((job.result or {}).get("steps", ()))


def _show(job: "Job", words: "Translator") -> None:
    show(f"{job.finished_at or job.created_at:%Y-%m-%d %H:%M} UTC  {job.id}  {words(f'job_{job.status}')}")
    for step in _steps(job):
        name, status = words(f"work_{step['step']}"), words(f"job_{step['status']}")
        counts = [f"{_count(key, words)} {value}" for key, value in step["result"].items() if _is_number(value)]
        show(f"  {name:<9} {status:<8} {step['seconds']:>8.1f} s  {step['error'] or ', '.join(counts)}")


def _count(key: str, words: "Translator") -> str:
    """Return the phrase for a count of the receipt, or its key where there is none."""
    return words(f"count_{key}") if f"count_{key}" in words else key


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
