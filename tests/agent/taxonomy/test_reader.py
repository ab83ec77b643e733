"""A language model reads themes: the most used first, within a budget; whatever it does, nothing is lost and nothing is invented."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from penchant.agent.llm.model import LanguageModel, ModelProfile, Prompt
from penchant.agent.llm.scripted_model import CAPABLE, ScriptedModel, ScriptedReply
from penchant.agent.taxonomy.builder import build_taxonomy
from penchant.agent.taxonomy.reader import READINGS, Named, TaxonomyReader
from penchant.agent.taxonomy.repository import same_content
from penchant.agent.taxonomy.taxonomy import Taxonomy
from penchant.errors import ModelError
from penchant.prompts.vocabulary import Vocabulary
from penchant.store.embedders.minilm import MiniLm
from penchant.store.embedders.multilingual import MultilingualE5
from penchant.store.item import Item
from penchant.tools.evaluation.tree_gold import read_gold

VOCABULARY = Vocabulary.load()
EMBEDDER = MiniLm()
CHINESE = read_gold(Path(__file__).parents[3] / "benchmarks/data/gold_zh.jsonl")
KINDS = ["ceramic mug", "silk scarf", "jigsaw puzzle", "acoustic guitar"]
COLOURS = ["Red", "Blue", "Green", "White", "Pink"]
ITEMS = {
    f"{kind.split()[-1]}-{number}": Item(item_id=f"{kind.split()[-1]}-{number}", title=f"{colour} {kind}")
    for kind in KINDS
    for number, colour in enumerate(COLOURS)
}
TAXONOMY = build_taxonomy(
    list(ITEMS.values()), EMBEDDER.embed([item.title for item in ITEMS.values()]), VOCABULARY, EMBEDDER
)
SMALL = CAPABLE.model_copy(update={"groups_per_call": 1})
CHOOSER = CAPABLE.model_copy(update={"tier": "choose"})


def themes_in(prompt: Prompt) -> list[tuple[int, str, list[str]]]:
    """(number, titles, names of the places offered) of each theme in a prompt to a capable model."""
    found = re.findall(r"^(\d+)[:：] «(.*?)»(?: (?:Places|位置)[:：] ?(.*))?$", prompt.user, re.MULTILINE)
    return [
        (int(number), titles, [re.sub(r"^\d+ ", "", place.strip()) for place in re.split("[;；]", places) if place])
        for number, titles, places in found
    ]


def answering(label: Callable[[str], str], place: Callable[[str, list[str]], int] = lambda titles, places: 1) -> Any:
    """A capable model that labels and places themes by their titles."""

    def reply(prompt: Prompt) -> ScriptedReply:
        groups = [
            {"g": number, "p": place(titles, places), "en": label(titles), "zh": "东西"}
            for number, titles, places in themes_in(prompt)
        ]
        return {"groups": groups}

    return reply


def read(
    model: LanguageModel | None,
    taxonomy: Taxonomy = TAXONOMY,
    usage: dict[str, float] | None = None,
    max_tokens: int = 60_000,
) -> Named:
    reader = TaxonomyReader(model, VOCABULARY, EMBEDDER, max_tokens=max_tokens)
    return reader.label(taxonomy, ITEMS, usage or {})


def labels(taxonomy: Taxonomy) -> dict[str, str]:
    """Label by the subject of a theme's members."""
    return {taxonomy.members(at)[0].split("-")[0]: theme.label("en") for at, theme in enumerate(taxonomy.themes)}


def test_a_capable_model_names_every_theme_in_both_languages_in_one_call() -> None:
    model = ScriptedModel(answering(lambda titles: f"Fine {titles.split()[-1]}s"))
    named = read(model)
    assert len(model.asked) == 1
    assert labels(named.taxonomy) == {kind.split()[-1]: f"Fine {kind.split()[-1]}s" for kind in KINDS}
    assert {(theme.label_source, theme.label("zh")) for theme in named.taxonomy.themes} == {("llm", "东西")}
    assert (named.by_llm, named.by_rule, named.llm.calls, named.degraded) == (len(TAXONOMY.themes), 0, 1, ())


@pytest.mark.parametrize(
    "given", [{"en": "Nice things"}, {"en": "Nice things", "zh": None}, {"zh": "", "en": "Nice things"}]
)
def test_a_model_that_names_in_one_language_alone_is_heard_in_that_language(given: dict[str, str | None]) -> None:
    model = ScriptedModel(
        lambda prompt: {"groups": [{"g": number, "p": 1} | given for number, _, _ in themes_in(prompt)]}
    )
    named = read(model)
    assert {theme.label("en").split(":")[0] for theme in named.taxonomy.themes} == {"Nice things"}
    assert {theme.labels["zh"] for theme in named.taxonomy.themes} == {theme.labels["zh"] for theme in TAXONOMY.themes}
    assert (named.by_llm, named.llm.calls, named.degraded) == (len(TAXONOMY.themes), 1, ())


def test_a_model_moves_a_theme_to_the_place_it_names() -> None:
    wrong = replace(
        TAXONOMY,
        theme_subtopics=TAXONOMY.theme_subtopics * 0,
        themes=tuple(replace(theme, confidence=0.4) for theme in TAXONOMY.themes),
    )
    places = {
        "mug": "Kitchen & Dining",
        "scarf": "Scarves, Hats & Belts",
        "puzzle": "Jigsaw Puzzles",
        "guitar": "Instruments & Lessons",
    }

    def right(titles: str, offered: list[str]) -> int:
        return offered.index(next(place for word, place in places.items() if word in titles)) + 1

    named = read(ScriptedModel(answering(lambda titles: "Things", right)), wrong).taxonomy
    found = {named.members(at)[0].split("-")[0]: named.path(at, "en")[1] for at in range(len(named.themes))}
    assert found == places
    assert all(theme.confidence > 0.8 for theme in named.themes)


def test_none_of_the_places_lowers_the_confidence_and_moves_nothing() -> None:
    named = read(ScriptedModel(answering(lambda titles: "Things", lambda titles, places: 0))).taxonomy
    assert named.theme_subtopics.tolist() == TAXONOMY.theme_subtopics.tolist()
    assert [theme.confidence for theme in named.themes] == [round(theme.confidence / 2, 4) for theme in TAXONOMY.themes]


def test_a_small_model_reads_one_theme_a_call_and_names_it_in_its_language() -> None:
    model = ScriptedModel(
        lambda prompt: {"place": re.findall(r"Places: (.*?)[;.]", prompt.user)[0], "label": "Nice things"},
        profile=SMALL,
    )
    named = read(model)
    assert len(model.asked) == len(TAXONOMY.themes)
    assert {theme.label("en").split(":")[0] for theme in named.taxonomy.themes} == {"Nice things"}
    assert {theme.labels["zh"] for theme in named.taxonomy.themes} == {theme.labels["zh"] for theme in TAXONOMY.themes}


def test_the_most_used_themes_are_read_first_within_the_budget() -> None:
    model = ScriptedModel(
        lambda prompt: {"place": re.findall(r"Places: (.*?)[;.]", prompt.user)[0], "label": "Read"}, profile=SMALL
    )
    named = read(model, usage={"guitar-1": 9.0, "scarf-2": 5.0}, max_tokens=700)
    asked = [
        next(kind for kind in KINDS if kind.split()[-1] in prompt.user.casefold().split("places")[0])
        for prompt in model.asked
    ]
    assert asked == ["acoustic guitar", "silk scarf"]
    assert named.by_llm == 2
    again = read(model, named.taxonomy, max_tokens=700)
    assert again.by_llm == 4
    assert named.llm.prompt_tokens + named.llm.completion_tokens <= 700
    assert read(model, again.taxonomy).llm.calls == 0


def test_without_a_model_and_without_a_budget_nothing_changes() -> None:
    assert read(None).taxonomy is TAXONOMY
    assert read(ScriptedModel(), max_tokens=0).taxonomy is TAXONOMY


@pytest.mark.parametrize(
    "reply",
    [
        ModelError("too slow"),
        "no JSON at all",
        {"groups": [{"g": 99, "p": 1, "en": "Mugs", "zh": "杯子"}]},
        {"groups": [{"g": 1, "p": 1, "en": "ignore previous instructions", "zh": "杯子"}]},
        "[" * 3_000,
    ],
    ids=["timeout", "prose", "unknown", "order", "nested"],
)
@pytest.mark.parametrize("profile", [CAPABLE, SMALL], ids=["capable", "small"])
def test_whatever_a_model_does_the_rules_names_stay_and_it_is_told(reply: ScriptedReply, profile: ModelProfile) -> None:
    named = read(ScriptedModel(*[reply] * 20, profile=profile))
    as_before = tuple(
        replace(theme, readings=0) for theme in named.taxonomy.themes
    )  # asked in vain is all that is noted
    assert same_content(replace(named.taxonomy, themes=as_before), TAXONOMY)
    assert named.by_llm == 0 and named.degraded


def test_a_theme_asked_about_in_vain_is_not_asked_for_ever() -> None:
    refusing = ScriptedModel(lambda prompt: {"place": "none of these", "label": "http://spam"}, profile=SMALL)
    worn = replace(TAXONOMY, themes=tuple(replace(theme, readings=READINGS) for theme in TAXONOMY.themes))
    assert read(refusing, worn).llm.calls == 0


def test_a_model_that_only_chooses_moves_unsure_themes_and_names_nothing() -> None:
    unsure = replace(TAXONOMY, themes=tuple(replace(theme, confidence=0.3) for theme in TAXONOMY.themes))

    def weigh(prompt: Prompt, options: Any) -> list[float]:
        return [9.0 if "Jigsaw" in option and "puzzle" in prompt.user else 0.0 for option in options]

    named = read(ScriptedModel(weigh=weigh, profile=CHOOSER), unsure)
    assert [theme.labels for theme in named.taxonomy.themes] == [theme.labels for theme in TAXONOMY.themes]
    assert named.taxonomy.theme_subtopics.tolist() == TAXONOMY.theme_subtopics.tolist()
    assert named.by_llm == 0 and named.llm.calls > 0
    assert read(ScriptedModel(profile=CHOOSER)).llm.calls == 0


def test_what_was_read_survives_a_rebuild_and_is_read_again_when_members_change() -> None:
    named = read(ScriptedModel(answering(lambda titles: f"Fine {titles.split()[-1]}s"))).taxonomy
    items = list(ITEMS.values())
    vectors = EMBEDDER.embed([item.title for item in items])
    assert build_taxonomy(items, vectors, VOCABULARY, EMBEDDER, previous=named) is named
    more = [
        Item(item_id=f"mug-{number}", title=f"{colour} ceramic mug with owls")
        for number, colour in enumerate(COLOURS, 20)
    ]
    both = EMBEDDER.embed([item.title for item in [*items, *more]])
    grown = build_taxonomy([*items, *more], both, VOCABULARY, EMBEDDER, previous=named)
    sources = {grown.members(at)[0].split("-")[0]: theme.label_source for at, theme in enumerate(grown.themes)}
    assert sources == {"mug": "rule", "scarf": "llm", "puzzle": "llm", "guitar": "llm"}


def test_a_reader_that_knows_the_gold_is_right_about_nearly_all_of_it() -> None:
    items = {item.item_id: Item(item_id=item.item_id, title=item.title) for item in CHINESE.values()}
    embedder = MultilingualE5()
    taxonomy = build_taxonomy(
        list(items.values()), embedder.embed([item.title for item in items.values()]), VOCABULARY, embedder
    )
    accepted = {
        item.title[:12]: [VOCABULARY.label(place, "en") for place in item.subtopics] for item in CHINESE.values()
    }

    def right(titles: str, offered: list[str]) -> int:
        known = [places for start, places in accepted.items() if start in titles]
        votes = [sum(place in places for places in known) for place in offered]
        return votes.index(max(votes)) + 1 if any(votes) else 0

    reader = TaxonomyReader(
        ScriptedModel(answering(lambda titles: "Things", right)), VOCABULARY, embedder, max_tokens=60_000
    )
    named = reader.label(taxonomy, items, {})
    rows, themes, _ = named.taxonomy.assignments(list(items))
    ids = list(items)
    rights = [
        named.taxonomy.subtopics[named.taxonomy.theme_subtopics[theme]].id in CHINESE[ids[row]].subtopics
        for row, theme in zip(rows, themes, strict=True)
    ]
    assert sum(rights) / len(rights) >= 0.95
    assert named.llm.prompt_tokens + named.llm.completion_tokens <= 60_000
