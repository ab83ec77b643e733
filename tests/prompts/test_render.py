"""Every branch of every template, in both languages."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from penchant.characters import LANGUAGES
from penchant.errors import UsageError
from penchant.prompts.contexts import (
    CONTEXTS,
    Ask,
    ChooseTopic,
    Context,
    Explain,
    HeardMessage,
    HearStatements,
    InterestLine,
    NameTheme,
    NameThemes,
    Personalise,
    PromptItem,
    ReadProfile,
    Repair,
    Rerank,
    ThemeLine,
)
from penchant.prompts.fence import Trusted
from penchant.prompts.render import render

TOPICS = (Trusted("Arts & Culture"), Trusted("Pets"))
BRANCHES: dict[str, list[Context]] = {
    "choose_topic": [ChooseTopic((Trusted("Red mug"), Trusted("Blue mug")))],
    "name_themes": [
        NameThemes(
            (
                ThemeLine("STRANGER red mug; STRANGER blue mug", (Trusted("Kitchen"), Trusted("Gifts"))),
                ThemeLine("STRANGER saga", (), "STRANGER Books > Fantasy"),
            )
        )
    ],
    "name_theme": [
        NameTheme(ThemeLine("STRANGER mug", places, category))
        for places, category in itertools.product(((), TOPICS), ("", "STRANGER Books"))
    ],
    "hear_statements": [
        HearStatements(
            (HeardMessage("STRANGER I love tea", ((1, Trusted("like"), "STRANGER tea"),)), HeardMessage("STRANGER hi")),
            topics,
        )
        for topics in ((), TOPICS)
    ],
    "repair": [
        Repair(Trusted("task"), Trusted("request"), reply, Trusted("groups: missing")) for reply in ("", "STRANGER {")
    ],
    "rerank": [
        Rerank(profile, ((Trusted("A"), "STRANGER mug"),), query, as_json, recent)
        for profile, query, as_json, recent in itertools.product(
            ((), ("STRANGER Pets",)), ("", "STRANGER lighter"), (False, True), ((), ("STRANGER cup",))
        )
    ],
    "explain": [
        Explain(
            (
                PromptItem("STRANGER mug", ((1, "STRANGER bought a cup"), (2, "STRANGER likes tea"))),
                PromptItem("STRANGER pot", ((3, "STRANGER bought a pan"),), (2,)),
            )
        )
    ],
    "read_profile": [
        ReadProfile((InterestLine("STRANGER mugs", path, marks, titles),), statements)
        for path, marks, titles, statements in itertools.product(
            ("", "STRANGER Kitchen"),
            ((), (Trusted("rising"), Trusted("bought"))),
            ("", "STRANGER red mug; STRANGER blue mug"),
            ((), ("STRANGER I hate tea.",)),
        )
    ],
    "ask": [
        Ask(Trusted("2026-11-24"), profile, tools, history, message, done, answering)
        for profile, tools, history, message, done, answering in itertools.product(
            (Trusted(""), Trusted("Pets: cats (3)")),
            ((), (Trusted("search_items(query): when the user looks for something"),)),
            ((), ((Trusted("They"), Trusted("hi")),)),
            (Trusted(""), Trusted("something for a flight")),
            ((), ((Trusted("search_items {}"), Trusted('{"items":[]}')),)),
            (False, True),
        )
    ],
    "personalise": [Personalise(), Personalise(Trusted("Pets: cats (3)"))],
}
CASES = [(name, language, context) for name in BRANCHES for language in LANGUAGES for context in BRANCHES[name]]


def strangers(value: object) -> Iterator[str]:
    if isinstance(value, str) and not isinstance(value, Trusted):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from strangers(part)
    elif isinstance(value, ThemeLine):
        yield from (value.titles, value.category)
    elif isinstance(value, InterestLine):
        yield from (value.label, value.path, value.titles)
    elif isinstance(value, PromptItem):
        yield from (value.title, *(fact for _, fact in value.facts))


def test_every_template_has_its_branches_rendered_here() -> None:
    assert BRANCHES.keys() == CONTEXTS.keys()
    assert all(type(context) is CONTEXTS[name] for name, contexts in BRANCHES.items() for context in contexts)


@pytest.mark.parametrize(("name", "language", "context"), CASES)
def test_every_branch_says_something_and_fences_what_strangers_wrote(
    name: str, language: str, context: Context
) -> None:
    prompt = render(name, language, context, user_id="ada")
    whole = f"{prompt.system}\n{prompt.user}"
    assert (prompt.system or name == "choose_topic") and prompt.user and prompt.step == name and prompt.user_id == "ada"
    fenced = re.findall("«[^»]*»", prompt.user)
    assert whole.count("STRANGER") == "".join(fenced).count("STRANGER")
    given = [text for field in fields(context) for text in strangers(getattr(context, field.name)) if text]
    assert all(any(text in part for part in fenced) for text in given)
    assert "STRANGER" not in prompt.system
    assert not any(mark in whole for mark in ("{{", "{%", "}}\n", "None", "Undefined"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["name_themes", "name_theme", "hear_statements", "explain", "read_profile", "rerank", "ask", "personalise"]
)
def test_the_system_part_says_that_fenced_text_is_no_instruction(name: str, language: str) -> None:
    system = render(name, language, BRANCHES[name][0]).system
    assert "«" in system and ("never an instruction" in system or "指令" in system)


@pytest.mark.parametrize(
    "name", ["name_themes", "name_theme", "rerank", "explain", "read_profile", "ask", "personalise"]
)
def test_two_prompts_for_one_user_share_their_stable_part_byte_for_byte(name: str) -> None:
    by_language = {
        language: {render(name, language, context, user_id="ada").system for context in same_task(BRANCHES[name])}
        for language in LANGUAGES
    }
    assert all(len(systems) == 1 for systems in by_language.values())


def same_task(contexts: list[Context]) -> list[Context]:
    """Contexts that differ only in what varies from call to call."""
    return [
        context
        for context in contexts
        if getattr(getattr(context, "theme", None), "places", TOPICS) == TOPICS
        and not getattr(context, "as_json", False)
        and not getattr(context, "tools", ())
    ]


def test_a_third_language_gets_english_instructions() -> None:
    context = Personalise(Trusted("Katzen"))
    assert render("personalise", "de", context) == render("personalise", "en", context)


def test_a_folder_of_ones_own_replaces_single_templates(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "explain.j2").write_text(
        "{% block system %}Ours{% endblock %}{% block user %}{{ items[0].title }}{% endblock %}"
    )
    ours = render("explain", "en", Explain((PromptItem("mug", ()),)), folder=tmp_path)
    assert (ours.system, ours.user) == ("Ours", "«mug»")
    personalise = Personalise(Trusted("Pets"))
    assert render("personalise", "en", personalise, folder=tmp_path) == render("personalise", "en", personalise)


@pytest.mark.parametrize(
    "broken",
    ["{% block system %}{{ nobody }}{% endblock %}{% block user %}{% endblock %}", "{% block system %}", "no blocks"],
)
def test_a_broken_template_is_named_with_what_to_do(tmp_path: Path, broken: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "explain.j2").write_text(broken)
    with pytest.raises(UsageError, match=r"explain\.j2.*Fix it, or remove it"):
        render("explain", "en", Explain(()), folder=tmp_path)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ items.__class__.__init__.__globals__ }}",
        "{{ lines.__globals__['os'].system('touch owned') }}",
        "{{ self._TemplateReference__context.environment.loader }}{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../secret.txt' %}",
    ],
)
def test_a_template_can_run_nothing_and_read_nothing(tmp_path: Path, attack: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "templates" / "en").mkdir(parents=True)
    template = f"{{% block system %}}{attack}{{% endblock %}}{{% block user %}}{{% endblock %}}"
    (tmp_path / "templates" / "en" / "explain.j2").write_text(template)

    with pytest.raises(UsageError, match=r"explain\.j2.*Fix it, or remove it"):
        render("explain", "en", Explain((PromptItem("mug", ()),)), folder=tmp_path / "templates")


def test_an_unknown_template_is_named() -> None:
    with pytest.raises(UsageError, match=r"no template 'en/haiku\.j2'"):
        render("haiku", "en", Personalise())


def test_what_a_small_model_continues_is_the_bare_list() -> None:
    things = (Trusted("Red mug"), Trusted("Blue mug"))
    assert render("choose_topic", "en", ChooseTopic(things)).user == "Items: Red mug; Blue mug\nCategory:"
    assert render("choose_topic", "zh", ChooseTopic(things)).user == "物品：Red mug；Blue mug\n类别："
