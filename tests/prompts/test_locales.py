"""Every phrase is there in both languages, takes the same values in both, and is used."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from fluent.syntax import FluentParser, FluentSerializer, ast
from fluent.syntax.visitor import Visitor

from penchant.characters import LANGUAGES
from penchant.prompts.locales import Translator, names_of_phrases
from penchant.store.event import EventType
from penchant.store.profile import Status
from penchant.store.recommendation import Signal

ROOT = Path(__file__).parents[2] / "src" / "penchant"
LOCALES = ROOT / "prompts" / "locales"
#: Names that are put together from a value: of a signal, a status, a kind of event, a limit, an intent ...
PUT_TOGETHER = re.compile(
    r"(events|kinds|dates)-|(report|cli)-(kind_|status_|progress_|by_|consents_|of_|purpose_|.*_note$|job_|work_|count_|tenant_status_|delivery_status_)"
    r"|pages-((job|act|statement|consent|scope|problem|cure|field|variant|origin|done|place|demo|about)_|(muted|pinned|rising|fading|dislike|stated)$)"
    r"|(remarks|errors|receipts|steps|fewer)-"
    r"|chat-(steps|calls|tokens|time|greeting|others)$"
    r"|(cli|chat)-(like|dislike|muted|pinned|rising|fading|stated|lent)$"
)


class Values(Visitor):
    """The values that one phrase takes."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: Any) -> None:
        self.names.add(node.id.name)


def phrases(language: str) -> dict[str, frozenset[str]]:
    """Every phrase of a language with the values it takes."""
    parsed = FluentParser().parse((LOCALES / f"{language}.ftl").read_text("utf-8"))
    assert [entry.content for entry in parsed.body if isinstance(entry, ast.Junk)] == []
    found = {}
    for entry in parsed.body:
        if isinstance(entry, ast.Message):
            values = Values()
            values.visit(entry)
            assert entry.id.name not in found, f"{entry.id.name} stands twice"
            found[entry.id.name] = frozenset(values.names)
    return found


def test_both_languages_have_the_same_phrases_with_the_same_values() -> None:
    english, chinese = (phrases(language) for language in LANGUAGES)

    assert english == chinese


def test_no_phrase_is_kept_that_nothing_uses() -> None:
    sources = "\n".join(
        path.read_text("utf-8") for path in ROOT.rglob("*") if path.suffix in (".py", ".j2") and path.is_file()
    )
    quoted = set(re.findall(r"""["'](\w+)["']""", sources))
    values = {*get_args(Signal), *get_args(Status)}
    unused = [
        phrase
        for phrase in phrases("en")
        if not PUT_TOGETHER.match(phrase) and phrase.split("-", 1)[1] not in quoted | values
    ]

    assert unused == []


def test_every_phrase_that_is_asked_for_by_name_is_there() -> None:
    known = {phrase.split("-", 1)[1] for phrase in phrases("en")}
    calls = re.compile(r"""\b(?:say|words|own)\(\s*["'](\w+[a-z])["']""")
    asked = {
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / "tools").rglob("*")
        if path.suffix in (".py", ".j2")
        for name in calls.findall(path.read_text("utf-8"))
    }

    assert {(path, name) for path, name in asked if name not in known} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_type_has_its_words(language: str) -> None:
    events, kinds = Translator(language, "events"), Translator(language, "kinds")

    assert [name for name in (*EventType, "other") if name not in events] == []
    assert [name for name in EventType if name not in kinds] == []


def test_a_phrase_that_is_not_there_or_lacks_a_value_is_named() -> None:
    with pytest.raises(KeyError, match="cli-nowhere"):
        Translator("en", "cli")("nowhere")
    with pytest.raises(KeyError, match="cli-profile_of"):
        Translator("en", "cli")("profile_of")


def test_nothing_is_chosen_by_language_outside_the_catalogue_and_its_tables() -> None:
    """What is left is the classifier's: it cuts a Chinese sentence into other words."""
    branch = re.compile(r"""[!=]=\s*["'](?:en|zh)["']""")
    counts = {
        str(path.relative_to(ROOT)): count
        for path in ROOT.rglob("*")
        if path.suffix in (".py", ".j2") and (count := len(branch.findall(path.read_text("utf-8"))))
    }
    assert counts == {"agent/statements/classifier.py": 1}


def test_the_languages_are_listed_once() -> None:
    listed = re.compile(r"""(?:=\s*|in |Literal)[(\[]["']en["'],\s*["']zh["']""")
    places = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*.py") if listed.search(path.read_text("utf-8"))]

    assert places == ["characters.py"]


@pytest.mark.parametrize("number", [0, 1, 2, 999, 1000, 12345])
@pytest.mark.parametrize("written", [int, str, "{:,}".format])
def test_one_is_singular_however_it_is_written(number: int, written: Callable[[int], object]) -> None:
    text = Translator("en", "pages")("n_items", count=written(number))

    assert text == f"{written(number)} item{'' if number == 1 else 's'}"


PLURAL = re.compile(r"(?<![\d.])1 (?:[a-z]+ )?(?:[a-z]{2,}(?<![sui])s|people)\b")
VERB_OR_UNIT = re.compile(
    r"1 (?:now )?(?:is|has|was|does|lists|belongs|allows|fades|that holds|\w+ (?:was|rules|items)"
    r"|tokens|bytes|percentage points|actions|reasons)$"
)
#: Another phrase says the same of one, or the value is a number with its noun; others are pydantic's words or constant numbers.
OF_SEVERAL = {
    *("did_times", "also_chosen", "alike_by_people", "chosen_times", "lately_chosen_times", "seen_times"),
    *("lately_seen_times", "events_unread", "read_by_rule", "pin_beyond", "fault_too_long", "lately_chosen_once"),
    *(
        "longer_text",
        "cut_messages",
        "long_id",
        "conversations_read",
        "marks_divide",
        "lists_as_paths",
        "lists_side_by_side",
        "too_many_entries",
        "too_many_characters",
        "too_many_fields",
    ),
}


def test_no_phrase_counts_one_thing_as_several() -> None:
    """In English; Chinese has no plural."""
    sections = sorted(set(re.findall(r"^([a-z]+)-", (LOCALES / "en.ftl").read_text("utf-8"), re.MULTILINE)))
    phrases = {
        f"{section}-{name}": Translator("en", section)(name, **dict.fromkeys(values, 1))
        for section in sections
        for name, values in names_of_phrases(section)
        if name not in OF_SEVERAL and section != "errors"  # the numbers in errors are limits, or beyond them
    }
    counted = {name: [found[0] for found in PLURAL.finditer(text)] for name, text in phrases.items()}

    assert {name: found for name, found in counted.items() if not all(map(VERB_OR_UNIT.match, found))} == {}


SHOP = re.compile(r"上架|下架|商品|商家|出售|售罄|\b(?:shops?|sold|stock|products?|customers?)\b", re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_an_item_fits_an_article_and_a_course_as_well_as_a_product(language: str) -> None:
    sections = ("reasons", "signals", "remarks", "fewer")
    texts = FluentParser().parse((LOCALES / f"{language}.ftl").read_text("utf-8")).body
    of_items = [each for each in texts if isinstance(each, ast.Message) and each.id.name.startswith(sections)]
    texts_of_items = {each.id.name: FluentSerializer().serialize_entry(each) for each in of_items}

    assert len(texts_of_items) > 100
    assert {name: text for name, text in texts_of_items.items() if SHOP.search(text)} == {}
