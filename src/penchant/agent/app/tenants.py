"""Tenants: separate installations behind one service.

Each has its own folder (database, index, caches, quarantine), or its own PostgreSQL schema and Chroma tenant where
those are on servers, its own settings (`penchant.toml` in its folder) and its own tokens.

Tenants share the code, the models (unless a tenant names its own), and the list of names and tokens, by which a token
is assigned to its tenant.
"""

import hashlib
import json
import shutil
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import func, select

from penchant.agent.app.services import Services
from penchant.errors import PenchantError, StoreError, UsageError
from penchant.secrets import register_secrets
from penchant.settings import FILE_NAME, Language, Section, Settings
from penchant.store import chroma
from penchant.store.clock import written_moment
from penchant.store.database import Database
from penchant.store.private_files import not_written, private_folder, replacing
from penchant.store.schema import events
from penchant.store.shared_lock import SharedLock
from penchant.store.tenants import Tenant, TenantExport, TenantRemoval, Tenants, tenant_name

FOLDER = "tenants"
IN_USE_SECONDS = 30.0
"""How long a removal waits for processes that still use the tenant; a server releases it within seconds."""
PAGE = 1_000


class TenantSettings(BaseModel):
    """The settings that a tenant's own `penchant.toml` may contain; all others are those of the service."""

    model_config = ConfigDict(extra="forbid")
    lang: Language | None = None
    vocabulary: Path | None = None
    event_weights: dict[str, float] | None = None
    llm: dict[str, Any] = Field(default_factory=dict)
    embedding: dict[str, Any] = Field(default_factory=dict)
    taxonomy: dict[str, Any] = Field(default_factory=dict)
    recommend: dict[str, Any] = Field(default_factory=dict)
    consent: dict[str, Any] = Field(default_factory=dict)


class Presence:
    """Keeps a tenant from being removed while this process uses it.

    Raises `NotFoundError` for a tenant that does not exist.
    """

    def __init__(self, tenants: Tenants, home: Path, name: str) -> None:
        self._lock = ExitStack()
        tenants.get(name)
        self._lock.enter_context(_lock(home, name, 10.0).shared())
        try:
            tenants.get(name)  # it may have been removed while we waited
        except PenchantError:
            self.close()
            raise

    def close(self) -> None:
        """Release the tenant: this process no longer uses it."""
        self._lock.close()


def create_tenant(root: Services, name: str) -> Tenant:
    """Register a tenant and create its database; where that fails, the tenant is removed again.

    Raises `UsageError`, `ConflictError`, `StoreError`.
    """
    tenant = root.tenants.add(name)
    try:
        opened = tenant_services(root, name)
        try:
            opened.database.close()
        finally:
            opened.close()
    except BaseException:
        remove_tenant(root, name)
        raise
    return tenant


def tenant_services(root: Services, name: str) -> Services:
    """Return the services of a tenant, each part built on first use. Parts shared with `root` are not closed with them.

    Raises `NotFoundError`, `UsageError`.
    """
    root.tenants.get(tenant_name(name))
    settings = settings_of(root.settings, name)
    given: dict[str, Any] = {"access_tokens": root.access_tokens.for_tenant(name)}
    if settings.embedding == root.settings.embedding:
        given["bare_embedder"] = root.bare_embedder
    if root.given_model is None and settings.llm == root.settings.llm:
        given["bare_model"] = root.bare_model

    def enter() -> Presence:
        return Presence(root.tenants, root.settings.home, name)

    return Services(settings, clock=root.clock, model=root.given_model, given=given, enter=enter)


def settings_of(settings: Settings, name: str) -> Settings:
    """Return the settings of a tenant: those of the service, overridden by its own file.

    Raises `UsageError` that names the file.
    """
    home = settings.home / FOLDER / tenant_name(name)
    own, file = TenantSettings(), home / FILE_NAME
    try:
        if file.is_file():
            own = TenantSettings.model_validate(tomllib.loads(file.read_text("utf-8")))
        changed = {
            key: _overridden(getattr(settings, key), value) for key, value in own.model_dump(exclude_none=True).items()
        }
    except (ValidationError, ValueError, OSError) as error:
        text = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        where = ".".join(map(str, error.errors()[0]["loc"])) if isinstance(error, ValidationError) else "the file"
        raise UsageError(f"{file} is not usable: {where}: {text}. Fix it, or remove it") from None
    key = settings.store.key_file
    on_server = settings.store.url is not None and settings.store.url.startswith("postgres")
    changed["store"] = settings.store.model_copy(
        update={
            "url": settings.store.url if on_server else None,
            "pg_schema": schema_of(name) if on_server else None,
            "key_file": None if key is None else key.with_name(f"{key.stem}-{name}{key.suffix}"),
        }
    )
    if settings.chroma.url is not None:
        changed["chroma"] = settings.chroma.model_copy(update={"tenant": f"penchant-{name}"})
    return settings.model_copy(update={**changed, "home": home})


def schema_of(name: str) -> str:
    """Return the name of a tenant's PostgreSQL schema."""
    return "tenant_" + name.replace("-", "_")


def remove_tenant(root: Services, name: str) -> TenantRemoval:
    """Remove a tenant and everything that belongs to it alone; completes an interrupted removal.

    Raises `NotFoundError`, `StoreError`.
    """
    home = root.settings.home / FOLDER / tenant_name(name)
    tokens = root.tenants.revoke_access(name)
    lock = _lock(root.settings.home, name, IN_USE_SECONDS)
    with lock.exclusive():
        settings = _bare_settings(root.settings, name)
        removed = {"tokens": tokens, **_count_events(settings), "files": 0, "bytes": 0}
        left = 0
        if settings.store.pg_schema is not None:
            removed["tables"] = root.database.tables_in(settings.store.pg_schema)
            root.database.drop_schema(settings.store.pg_schema)
            left += root.database.tables_in(settings.store.pg_schema)
        if settings.chroma.url is not None:
            removed["collections"] = chroma.remove_tenant(settings)
        removed |= _remove_folder(home)
        if settings.store.key_file is not None:
            settings.store.key_file.unlink(missing_ok=True)
        left += len(list(_files(home)))
        if not left:
            root.tenants.forget(name)
        for path in (lock.path, lock.path.with_name(f"{lock.path.name}.turn")):
            path.unlink(missing_ok=True)
    return TenantRemoval(name=name, removed=removed, residue=left)


def _remove_folder(home: Path) -> dict[str, int]:
    """Remove a tenant's folder; return how many files and bytes were in it. Raises `StoreError`."""
    sizes = [path.stat().st_size for path in _files(home)]
    try:
        if home.exists():
            shutil.rmtree(home)
    except OSError as error:
        raise StoreError(
            f"{home} cannot be removed ({error.strerror}): fix its permissions, then remove it again"
        ) from None
    return {"files": len(sizes), "bytes": sum(sizes)}


def export_tenant(tenant: Services, name: str, path: Path) -> TenantExport:
    """Write a tenant's catalogue and the complete record of every user to a zip archive. Raises `UsageError`, `StoreError`."""
    counts = {"items": 0, "users": 0, "events": 0}
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is not a regular file: choose another place")
    try:
        with replacing(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open("items.jsonl", "w") as file:
                for line in _items(tenant):
                    file.write(line)
                    counts["items"] += 1
            for number, user in enumerate(tenant.profiles.known_users(), 1):
                record = tenant.profile_transfer.export(user)
                archive.writestr(f"users/{number:06}.json", record.model_dump_json())
                counts |= {"users": number, "events": counts["events"] + len(record.events)}
            about = {"format": "penchant-tenant-1", "name": name, "at": written_moment(tenant.clock.now()), **counts}
            archive.writestr("manifest.json", json.dumps(about))
        with path.open("rb") as written:
            digest = hashlib.file_digest(written, "sha256").hexdigest()
    except OSError as error:
        raise not_written(path, error, "choose another place") from None
    return TenantExport(name=name, file=str(path), bytes=path.stat().st_size, sha256=digest, **counts)


def _items(tenant: Services) -> Iterator[bytes]:
    removed, last = tenant.catalogue.removed(), None
    while page := tenant.catalogue.page(PAGE, last):
        last = page[-1].item_id
        yield from (f"{item.model_dump_json()}\n".encode() for item in page if item.item_id not in removed)


def _overridden(section: Any, own: Any) -> Any:
    """Return a section of the settings with a tenant's own values in it.

    A tenant's own server is not sent the API key of the service.
    """
    if not isinstance(section, Section):
        return own
    values = section.model_dump()
    if "base_url" in own and "api_key" not in own and "api_key" in values:
        values["api_key"] = None
    merged = type(section).model_validate(values | own)
    key = getattr(merged, "api_key", None)
    register_secrets([key.get_secret_value()] if key else [])
    return merged


def _bare_settings(settings: Settings, name: str) -> Settings:
    """Return the settings that locate a tenant's data; removes the tenant's own file where it is not usable."""
    try:
        return settings_of(settings, name)
    except UsageError:
        (settings.home / FOLDER / name / FILE_NAME).unlink(missing_ok=True)
        return settings_of(settings, name)


def _count_events(settings: Settings) -> dict[str, int]:
    """Count users and events of a tenant; zeros where they cannot be read any more."""
    url, database = settings.store.url, None
    try:
        if url is None and not settings.database_path.exists():
            return {"users": 0, "events": 0}
        database = (
            Database.open(url, settings.store.pg_schema)
            if url is not None
            else Database.in_file(settings.database_path)
        )
        with database.read() as connection:
            query = select(func.count(func.distinct(events.c.user_id)), func.count())
            users, number = connection.execute(query).one()
        return {"users": users, "events": number}
    except PenchantError:
        return {"users": 0, "events": 0}
    finally:
        if database is not None:
            database.close()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _lock(home: Path, name: str, seconds: float) -> SharedLock:
    folder = private_folder(home / FOLDER)
    return SharedLock(folder / f"{name}.lock", f"the tenant {name!r}", seconds)
