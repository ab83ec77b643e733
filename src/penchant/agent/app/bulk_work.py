"""Work for everybody: updates over the processes of a Ray cluster (the extra `ray`), and all lists in one file for a nightly export.

On Ray every process opens the installation for itself and updates its share of the users: all state is in the store, and saving is a
compare-and-swap, so nothing needs to be told to one another. What all users teach is learnt once, at the end, here.

Lists are JSONL or Parquet, one row per user, made by rules alone; users who do not allow recommendations are left out and counted. Rows
are written to `FILE.part` as they come, and the file takes its name when all are there. A run that was stopped goes on where it was: users
whose whole row is in the part are not asked again, as long as the request is the same (`FILE.part.json`) and the part was written to
within the last hour: older rows are of another day.
"""

import json
import time
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import orjson
from pydantic import BaseModel

from penchant.agent.app.services import Services
from penchant.agent.recommend.requests import ListRequest, answer
from penchant.errors import ConsentError, PenchantError, UsageError
from penchant.store.clock import written_moment
from penchant.store.database import chunks
from penchant.store.receipt import UpdateReceipt

if TYPE_CHECKING:
    from penchant.agent.profiles.updater import Updater
    from penchant.settings import Settings
    from penchant.store.ledger import Ledger

SHARE = 64
Progress = Callable[[int, int], None]


def update_over_ray(
    settings: "Settings",
    ledger: "Ledger",
    updater: "Updater",
    *,
    user_ids: Sequence[str] | None,
    at: datetime | None,
    on_progress: Progress | None = None,
) -> UpdateReceipt:
    """`Updater.update` over processes. Raises `UsageError` where Ray is not installed."""
    ray = _ray()
    users = list(dict.fromkeys(user_ids)) if user_ids is not None else ledger.users()
    _, change = updater.taxonomies.refresh()  # built once here, not by every process at once
    _start(ray)
    task = ray.remote(_update_share)
    waiting = [task.remote(settings, share, at) for share in chunks(users, SHARE)]
    done: dict[str, Any] = {}
    while waiting:
        ready, waiting = ray.wait(waiting)
        for receipt in ray.get(ready):
            done |= {user.user_id: user for user in receipt.users}
        if on_progress:
            on_progress(len(done), len(users))
    if user_ids is None:
        updater.learn_population()
    return UpdateReceipt(users=[done[user] for user in users], taxonomy=change)


def ray_started() -> Any:
    """Ray, running. Raises `UsageError` where it is not installed."""
    ray = _ray()
    _start(ray)
    return ray


def _start(ray: Any) -> None:
    if ray.is_initialized():
        return
    try:
        ray.init(include_dashboard=False, log_to_driver=False, logging_level="ERROR", configure_logging=False)
    except Exception as error:  # Ray raises bare ones
        lines = str(error).splitlines()[0]
        raise PenchantError(f"Ray did not start ({lines}): try again, or use `--engine local`") from error


def _update_share(settings: Any, users: list[str], at: datetime | None) -> UpdateReceipt:
    return Services(settings).updater.update(users, at=at)


def _ray() -> Any:
    try:
        import ray
    except ImportError:
        raise UsageError(
            "the engine `ray` needs its extra: pip install 'penchant[ray]'; `--engine local` does the same work in one process"
        ) from None
    return ray


SUFFIXES = (".jsonl", ".parquet")
FRESH_SECONDS = 3600.0
"""A part that was last written to longer ago is begun anew."""
"""Called with (users done, users in all)."""


class BulkReceipt(BaseModel):
    """`users = listed + withheld`; `resumed`: how many of `listed` an earlier run had written."""

    file: str
    users: int
    listed: int
    withheld: int = 0
    resumed: int = 0


def recommend_all(
    services: Services,
    path: Path,
    request: ListRequest,
    *,
    engine: Literal["local", "ray"] = "local",
    on_progress: Progress | None = None,
) -> BulkReceipt:
    """Write the list of every user with behaviour or a profile. Raises `UsageError`, `StoreError`."""
    if path.suffix not in SUFFIXES:
        raise UsageError(f"{path.name} has no format: name the file .jsonl or .parquet")
    part, terms = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.part.json")
    users = [user.user_id for user in services.profiles.summaries(services.ledger.counts())]
    asked = json.dumps(request.asked() | {"k": request.k, "pin": list(request.pin)}, sort_keys=True)
    try:
        barred = services.consents.barred("recommend")
        open_to = [user for user in users if not barred(user)]
        done = _resumed(part, terms, asked, set(open_to))
        due, resumed = [user for user in open_to if user not in done], len(done)
        rows = _over_ray(services.settings, due, request) if engine == "ray" else _here(services, due, request)
        listed = _write(part, rows, lambda count: on_progress and on_progress(resumed + count, len(users)))
        _finish(part, path, terms)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}): name a file you may write") from None
    return BulkReceipt(
        file=str(path),
        users=len(users),
        listed=resumed + listed,
        withheld=len(users) - resumed - listed,
        resumed=resumed,
    )


def _resumed(part: Path, terms: Path, asked: str, open_to: Container[str]) -> set[str]:
    """Whose rows a recent run of the same request has written whole. A row cut off at the end, and rows of those who may not be listed any
    more (they have withdrawn, or were erased), are cut away."""
    is_recent = part.exists() and time.time() - part.stat().st_mtime < FRESH_SECONDS
    if not is_recent or not terms.exists() or terms.read_text("utf-8") != asked:
        part.write_bytes(b"")
        terms.write_text(asked, "utf-8")
        return set()
    whole = {user: line for user, line in _whole_rows(part) if user in open_to}
    part.write_bytes(b"".join(whole.values()))
    return set(whole)


def _whole_rows(part: Path) -> Iterator[tuple[str, bytes]]:
    """Rows up to the first that is cut off, each with whose it is."""
    for line in part.read_bytes().splitlines(keepends=True):
        try:
            user = orjson.loads(line)["user_id"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return
        if not line.endswith(b"\n"):
            return
        yield user, line


def _here(services: Services, users: Iterable[str], request: ListRequest) -> Iterator[dict[str, Any] | None]:
    """One row per user; None for one who withdrew meanwhile."""
    recommender, recommendations, permissions = services.recommender, services.recommendations, services.permissions
    for user in users:
        try:
            answer_of_user = answer(recommender, recommendations, permissions, user, request)
        except ConsentError:
            yield None
            continue
        yield {
            "recommendation_id": answer_of_user.recommendation_id,
            "user_id": user,
            "as_of": written_moment(answer_of_user.as_of),
            "profile_version": answer_of_user.profile_version,
            "basis": answer_of_user.basis,
            "items": [
                {
                    "item_id": row.item_id,
                    "title": row.title,
                    "rank": row.rank,
                    "score": row.score,
                    "explanation": row.explanation.text,
                }
                for row in answer_of_user.items
            ],
        }


def _over_ray(settings: "Settings", users: Sequence[str], request: ListRequest) -> Iterator[dict[str, Any] | None]:
    """The same over the processes of a Ray cluster, each of which opens the installation for itself."""
    ray = ray_started()
    task = ray.remote(_share)
    waiting = [task.remote(settings, list(share), request) for share in chunks(users, SHARE)]
    while waiting:
        ready, waiting = ray.wait(waiting)
        for rows in ray.get(ready):
            yield from rows


def _share(settings: "Settings", users: list[str], request: ListRequest) -> list[dict[str, Any] | None]:
    return list(_here(Services(settings), users, request))


def _write(part: Path, rows: Iterable[dict[str, Any] | None], on_progress: Callable[[int], object]) -> int:
    written = 0
    with part.open("ab") as file:
        for row in rows:
            if row is not None:
                file.write(orjson.dumps(row) + b"\n")
                written += 1
            if written % 100 == 0:
                file.flush()
            on_progress(written)
    return written


def _finish(part: Path, path: Path, terms: Path) -> None:
    if path.suffix == ".parquet":
        import pyarrow
        from pyarrow import parquet

        rows = [orjson.loads(line) for line in part.read_bytes().splitlines()]
        item = pyarrow.struct(
            [
                ("item_id", "string"),
                ("title", "string"),
                ("rank", "int64"),
                ("score", "float64"),
                ("explanation", "string"),
            ]
        )
        texts = [(name, pyarrow.string()) for name in ("recommendation_id", "user_id", "as_of")]
        schema = pyarrow.schema(
            [*texts, ("profile_version", pyarrow.int64()), ("basis", pyarrow.string()), ("items", pyarrow.list_(item))]
        )
        whole = part.with_name(f"{part.name}.parquet")
        parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), whole)
        whole.replace(path)
        part.unlink()
    else:
        part.replace(path)
    terms.unlink(missing_ok=True)
