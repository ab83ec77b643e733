"""Work for all users: profile updates on a Ray cluster (the extra `ray`), and the lists of all users in one file.

On Ray, every process opens the installation for itself and updates its share of the users. The processes need not
talk to each other: all state is in the store, and profiles are saved by compare-and-swap. What is learnt from all
users together (the population) is learnt once, at the end, in the calling process.

The file of recommendation lists is JSONL or Parquet, with one row per user. The lists are made by rules alone. Users
who do not allow recommendations are left out and counted. Rows are first written to `FILE.part`, which is renamed to
`FILE` once it is complete. A run that was stopped can be resumed: users with a complete row in the part file are not
asked again, provided that the request is the same (`FILE.part.json`) and that the part file was last written less
than an hour ago. Older rows are discarded as outdated.
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
from penchant.agent.recommend.requests import ListRequest, make_list
from penchant.errors import ConsentError, ErasedError, PenchantError, UsageError
from penchant.store.clock import written_moment
from penchant.store.database import chunks
from penchant.store.private_files import not_written
from penchant.store.receipt import UpdateReceipt

if TYPE_CHECKING:
    from penchant.settings import Settings

USERS_PER_TASK = 64
Progress = Callable[[int, int], None]
"""Called with (users done, users in total)."""


def update_over_ray(
    services: Services,
    *,
    user_ids: Sequence[str] | None,
    at: datetime | None,
    on_progress: Progress | None = None,
) -> UpdateReceipt:
    """Do the work of `Updater.update` in the processes of a Ray cluster. Raises `UsageError` where Ray is not installed."""
    ray = _ray()
    users = list(dict.fromkeys(user_ids)) if user_ids is not None else services.ledger.users()
    _, change = services.taxonomies.refresh()  # built once here, not by every process
    _start(ray)
    task = ray.remote(_update_share)
    waiting = [task.remote(services.settings, share, at) for share in chunks(users, USERS_PER_TASK)]
    done: dict[str, Any] = {}
    while waiting:
        ready, waiting = ray.wait(waiting)
        for receipt in ray.get(ready):
            done |= {user.user_id: user for user in receipt.users}
        if on_progress:
            on_progress(len(done), len(users))
    if user_ids is None:
        services.population_learner.learn()
    return UpdateReceipt(users=[done[user] for user in users], taxonomy=change)


def ray_started() -> Any:
    """Return the module `ray` after starting Ray.

    Raises `UsageError` where it is not installed, `PenchantError` where it does not start.
    """
    ray = _ray()
    _start(ray)
    return ray


def _start(ray: Any) -> None:
    if ray.is_initialized():
        return
    try:
        ray.init(include_dashboard=False, log_to_driver=False, logging_level="ERROR", configure_logging=False)
    except Exception as error:  # Ray raises all kinds of exceptions
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
ABANDONED_PART_SECONDS = 3600.0
"""A part file that was last written longer ago than this is started again."""


class BulkReceipt(BaseModel):
    """The outcome of a run: `users = listed + withheld`. `resumed`: how many of `listed` were written by an earlier run."""

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
    """Write one list for every user who has behaviour or a profile. Raises `UsageError`, `StoreError`."""
    if path.suffix not in SUFFIXES:
        raise UsageError(f"{path.name} has no format: name the file .jsonl or .parquet")
    part, terms = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.part.json")
    asked = json.dumps(request.asked() | {"k": request.k, "pin": list(request.pin)}, sort_keys=True)
    try:
        with services.erasures.work():  # who is erased from now on gets no list
            users = services.profiles.known_users()
            open_to = _open_to(services, users)
            done = _users_written(part, terms, asked, set(open_to))
            due, resumed = [user for user in open_to if user not in done], len(done)
            rows = (
                _rows_over_ray(services.settings, due, request)
                if engine == "ray"
                else _rows_here(services, due, request)
            )
            _write_rows(part, rows, lambda count: on_progress and on_progress(resumed + count, len(users)))
        listed = len(_cut_down(part, set(_open_to(services, services.profiles.known_users()))))
        _complete_file(part, path, terms)
    except OSError as error:
        raise not_written(path, error, "name a file you may write") from None
    withheld = len(users) - listed
    return BulkReceipt(file=str(path), users=len(users), listed=listed, withheld=withheld, resumed=min(resumed, listed))


def _open_to(services: Services, users: Sequence[str]) -> list[str]:
    """Return those of the users who allow recommendations."""
    refuses = services.consents.refuses("recommend")
    return [user for user in users if not refuses(user)]


def _cut_down(part: Path, open_to: Container[str]) -> set[str]:
    """Remove from the part file what follows a row that was cut off at the end, and the rows of users who have withdrawn or were erased
    after their row was written. Return the ids of the other users. The file is replaced as a whole, so that a run stopped here loses none.
    """
    users, new = set[str](), part.with_name(f"{part.name}.new")
    try:
        with new.open("wb") as rows:
            for user, line in _whole_rows(part):
                if user in open_to:
                    users.add(user)
                    rows.write(line)
        new.replace(part)
    finally:
        new.unlink(missing_ok=True)
    return users


def _users_written(part: Path, terms: Path, asked: str, open_to: Container[str]) -> set[str]:
    """Return the ids of the users whose complete rows a recent run of the same request has written.

    The part file is cut down to these rows.
    """
    is_recent = part.exists() and time.time() - part.stat().st_mtime < ABANDONED_PART_SECONDS
    if not is_recent or not terms.exists() or terms.read_text("utf-8") != asked:
        part.write_bytes(b"")
        terms.write_text(asked, "utf-8")
        return set()
    return _cut_down(part, open_to)


def _whole_rows(part: Path) -> Iterator[tuple[str, bytes]]:
    """Yield user id and line of every row before the first incomplete one."""
    with part.open("rb") as lines:
        for line in lines:
            try:
                user = orjson.loads(line)["user_id"]
            except (orjson.JSONDecodeError, KeyError, TypeError):
                return
            if not line.endswith(b"\n"):
                return
            yield user, line


def _rows_here(services: Services, users: Iterable[str], request: ListRequest) -> Iterator[dict[str, Any] | None]:
    """Yield one row per user, or None for a user who has withdrawn consent or was erased in the meantime."""
    recommender, recommendations, permissions = services.recommender, services.recommendations, services.permissions
    for user in users:
        try:
            answer_of_user = make_list(recommender, recommendations, permissions, user, request)
        except (ConsentError, ErasedError):
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


def _rows_over_ray(settings: "Settings", users: Sequence[str], request: ListRequest) -> Iterator[dict[str, Any] | None]:
    """Yield the same rows as `_rows_here`, made in the processes of a Ray cluster."""
    ray = ray_started()
    task = ray.remote(_rows_of_users)
    waiting = [task.remote(settings, list(share), request) for share in chunks(users, USERS_PER_TASK)]
    while waiting:
        ready, waiting = ray.wait(waiting)
        for rows in ray.get(ready):
            yield from rows


def _rows_of_users(settings: "Settings", users: list[str], request: ListRequest) -> list[dict[str, Any] | None]:
    services = Services(settings)
    with services.erasures.work():
        known = set(services.profiles.known_users())  # some may have been erased since the work was given out
        return list(_rows_here(services, [user for user in users if user in known], request))


def _write_rows(part: Path, rows: Iterable[dict[str, Any] | None], on_progress: Callable[[int], object]) -> int:
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


def _complete_file(part: Path, path: Path, terms: Path) -> None:
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
        try:
            parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), whole)
            whole.replace(path)
        finally:
            whole.unlink(missing_ok=True)
        part.unlink()
    else:
        part.replace(path)
    terms.unlink(missing_ok=True)
