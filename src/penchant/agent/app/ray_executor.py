"""Updating many users over the processes of a Ray cluster (the extra `ray`).

Every process opens the installation for itself and updates its share of the users: all state is in the store, and saving is a
compare-and-swap, so nothing needs to be told to one another. What all users teach is learnt once, at the end, here.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from penchant.agent.app.services import Services
from penchant.errors import PenchantError, UsageError
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
