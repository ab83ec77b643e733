"""A small film club: a catalogue, two members with behaviour of their own, everything real but the language model."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from penchant import Event, InterestAgent, Item, Settings
from penchant.agent.llm.model import LanguageModel
from penchant.store.clock import FixedClock

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FILMS = {
    "Movies & TV > Comedy": (
        "Monsieur Hulot's Holiday: gentle seaside comedy",
        "Paddington: a kind bear in London, warm family comedy",
        "Airport Capers: light comedy of a long flight",
        "Much Ado in Tuscany: sunny romantic comedy",
        "The Quiet Baker: cosy comedy in a village",
        "Roman Holiday: romantic comedy with a princess",
    ),
    "Movies & TV > Nature documentaries": (
        "Oceans: documentary of whales and reefs",
        "The Silent Forest: nature documentary of owls",
        "Planet of Ice: nature documentary of penguins",
        "Rivers of Africa: wildlife documentary",
        "Bees: a small documentary of a garden",
        "High Mountains: documentary of the Alps",
    ),
    "Movies & TV > Action": (
        "Blood Harvest: violent revenge thriller",
        "Steel Fist: violent martial arts fights",
        "Last Bullet: violent gangster shoot-out",
        "Night of Knives: violent slasher",
        "Heavy Impact: violent car chase thriller",
        "Warhead: violent war action",
    ),
}
USERS = {"ada": ("Comedy", "Nature documentaries"), "bob": ("Action",)}


def films() -> list[Item]:
    """Eighteen films of three kinds, ids `comedy-0` … `action-5`."""
    return [
        Item(item_id=f"{kind(path)}-{number}", title=title, categories=[path.split(" > ")], domain="films")
        for path, titles in FILMS.items()
        for number, title in enumerate(titles)
    ]


def kind(path: str) -> str:
    return path.rpartition(" > ")[2].split()[0].lower()


def evenings() -> list[Event]:
    """Three films of each favourite kind, one a day before now."""
    return [
        Event(
            user_id=user,
            type="like",
            item_id=f"{kind(favourite)}-{number}",
            at=NOW - timedelta(days=9 - number - 3 * rank),
        )
        for user, favourites in USERS.items()
        for rank, favourite in enumerate(favourites)
        for number in range(3)
    ]


def open_club(home: Path, model: LanguageModel | None = None, lang: str = "en") -> InterestAgent:
    """An agent on an empty home, with the films, the behaviour and up-to-date profiles."""
    agent = reopen(home, model, lang)
    agent.add_items(films())
    agent.observe(evenings())
    agent.update()
    return agent


def reopen(home: Path, model: LanguageModel | None = None, lang: str = "en") -> InterestAgent:
    """The agent of a home that was filled before. A given model only takes part in conversations that are opened with it."""
    settings = Settings.load(home=home, lang=lang, llm={"provider": "local" if model else "none"})
    return InterestAgent.open(settings, clock=FixedClock(NOW), model=model)


@pytest.fixture(scope="session")
def filled_club(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with everything in it, made once; nobody writes to it."""
    home = tmp_path_factory.mktemp("film-club")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("PENCHANT_", "OPENAI_"))]:
            patch.delenv(name)
        agent = open_club(home)
        agent.services.words.place(["jazz"])  # the vocabulary is embedded once for all homes
        agent.services.database.close()
    return home


@pytest.fixture
def club_home(filled_club: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own with everything in it, which is also PENCHANT_HOME."""
    home = tmp_path / "club"
    shutil.copytree(filled_club, home)
    monkeypatch.setenv("PENCHANT_HOME", str(home))
    monkeypatch.setenv("PENCHANT_LLM__PROVIDER", "none")
    return home


@pytest.fixture
def club(club_home: Path) -> InterestAgent:
    """The film club's agent, without a language model."""
    return reopen(club_home)
