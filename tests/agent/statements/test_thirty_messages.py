"""Thirty messages of one person over a month, by rules alone: nothing wrong is said about them."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from rule_agent import rule_agent

from penchant import Event, InterestAgent
from penchant.agent.chat.conversation import Conversation
from penchant.store.profile import Profile
from penchant.tools.conversing import RegistryToolbox

MESSAGES = (
    "Hi there! How's it going?",
    "I've been vegetarian since college, mostly for the animals.",
    "My brother is obsessed with motorcycles and hates cooking. What should I get him for his birthday?",
    "What is the difference between a mutex and a semaphore?",
    "我平时喜欢喝手冲咖啡，尤其是浅烘的。",
    'Please fix this:\n```python\ndef like(user):\n    # I love this function\n    return "I hate Mondays"\n```',
    'Translate into Chinese: "I am allergic to penicillin and I never fly."',
    "I live in Hamburg and work as a nurse, so night shifts ruin my sleep.",
    "我室友对花生过敏，我们家从来不买花生酱。",
    "I can't stand horror films, they keep me up at night.",
    "If I were rich I'd collect vintage Porsches, haha",
    "Summarise this review for me: 'I adore this hotel. We always stay here when we ski, and my kids hate leaving.'",
    "我对猫毛过敏，所以不能养猫。",
    "ok thanks, that helps",
    "I used to play tennis every weekend, but these days I prefer bouldering.",
    "Write a short story about a knight who loves garlic and fears dragons.",
    "我不太能吃辣，推荐几道清淡的家常菜吧。",
    "My girlfriend says I should try yoga but honestly it's not for me.",
    "Recommend me a good noise-cancelling headphone under 200 euros, I have an iPhone.",
    "> I really like country music\nThat's what my dad wrote. How do I politely answer that I don't?",
    "我妈说我应该多吃红肉，你怎么看？",
    "Actually, I'm not vegetarian any more. I started eating fish last month, so pescatarian I guess.",
    "我最近在学日语，想在年底前考过N3。",
    "Do you like jazz? Everyone at work seems to.",
    "Forget that I like pour-over coffee, I only drink tea now.",
    "My two kids are 5 and 8; we want to go camping in Norway this summer.",
    "翻译成英文：我最讨厌下雨天，也不喜欢跑步。",
    "I don't mind sci-fi, but what I really enjoy is Scandinavian crime fiction.",
    "晚安，明天见！",
    "我现在不喜欢喝咖啡了，改喝茶。顺便问一下，乌龙茶怎么泡？",
)


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> InterestAgent:
    agent = rule_agent(tmp_path_factory.mktemp("home"))
    agent.observe(
        [
            Event(user_id="mei", type="message", text=text, at=f"2026-06-{day:02}T09:00:00Z")
            for day, text in enumerate(MESSAGES, 1)
        ]
    )
    agent.update("mei")
    return agent


def test_the_tree_holds_their_tastes_and_no_diet_or_allergy_and_nothing_of_others_quotes_tasks_and_the_past(
    agent: InterestAgent,
) -> None:
    leaves = {(*node.path, node.polarity) for node in agent.profile("mei").walk() if not node.children}

    assert leaves == {
        ("Food & Drink", "Coffee & Tea", "tea", "like"),
        ("Food & Drink", "咖啡", "dislike"),
        ("Movies & TV", "Horror", "horror films", "dislike"),
        ("Careers & Education", "学日语", "like"),
        ("Books & Literature", "Scandinavian crime fiction", "like"),
        ("Outdoors & Nature", "Hiking & Climbing", "bouldering", "like"),
        ("Outdoors & Nature", "Camping", "camping in Norway", "like"),
        ("Sports & Fitness", "Yoga & Pilates", "yoga", "dislike"),
        ("考过N3", "like"),
        ("Food & Drink", "辣", "dislike"),
    }


def test_the_statements_that_hold_are_theirs_with_whole_subjects_and_what_is_denied_binds_nobody(
    agent: InterestAgent,
) -> None:
    assert [(each.kind, each.subject, each.polarity, each.strict) for each in agent.profile("mei").statements] == [
        ("require", "tea", "like", True),
        ("require", "pescatarian", "like", True),
        ("avoid", "猫毛", "dislike", True),
        ("dislike", "咖啡", "dislike", False),
        ("like", "Scandinavian crime fiction", "like", False),
        ("fact", "two kids are 5 and 8", None, False),
        ("goal", "camping in Norway this summer", "like", False),
        ("goal", "学日语", "like", False),
        ("goal", "考过N3", "like", False),
        ("fact", "iPhone", None, False),
        ("dislike", "yoga", "dislike", False),
        ("avoid", "辣", "dislike", False),
        ("prefer", "bouldering", "like", False),
        ("dislike", "horror films", "dislike", False),
        ("fact", "Hamburg", None, False),
        ("fact", "nurse", None, False),
    ]


def test_what_an_assistant_is_told_is_theirs_and_says_nothing_they_asked_to_forget(agent: InterestAgent) -> None:
    assert agent.context("mei").text.splitlines()[1:] == [
        "They said, and it must be respected:",
        "- 我对猫毛过敏，所以不能养猫。 (2026-06-13)",
        "- I started eating fish last month, so pescatarian I guess. (2026-06-22)",
        "- I only drink tea now. (2026-06-25)",
        "They said:",
        "- I live in Hamburg and work as a nurse, so night shifts ruin my sleep. (2026-06-08)",
        "- I can't stand horror films, they keep me up at night. (2026-06-10)",
        "- I used to play tennis every weekend, but these days I prefer bouldering. (2026-06-15)",
        "- 我不太能吃辣，推荐几道清淡的家常菜吧。 (2026-06-17)",
        "- My girlfriend says I should try yoga but honestly it's not for me. (2026-06-18)",
        "- Recommend me a good noise-cancelling headphone under 200 euros, I have an iPhone. (2026-06-19)",
        "- 我最近在学日语，想在年底前考过N3。 (2026-06-23)",
        "- we want to go camping in Norway this summer. (2026-06-26)",
        "- My two kids are 5 and 8; (2026-06-26)",
        "- I don't mind sci-fi, but what I really enjoy is Scandinavian crime fiction. (2026-06-28)",
        "- 我现在不喜欢喝咖啡了，改喝茶。 (2026-06-30)",
    ]


@pytest.mark.parametrize(
    ("question", "language", "answer"),
    [
        (
            "Am I vegetarian?",
            "en",
            ["You said on 2026-06-22: “I started eating fish last month, so pescatarian I guess.”"],
        ),
        (
            "我喜欢吃什么？",
            "zh",
            [
                "您在2026-06-22说过：“I started eating fish last month, so pescatarian I guess.”",
                "您在2026-06-17说过：“我不太能吃辣，推荐几道清淡的家常菜吧。”",
            ],
        ),
        (
            "what do you know about me?",
            "en",
            [
                "What you have told me:",
                "- You said on 2026-06-25: “I only drink tea now.”",
                "- You said on 2026-06-22: “I started eating fish last month, so pescatarian I guess.”",
                "- You said on 2026-06-13: “我对猫毛过敏，所以不能养猫。”",
                "- You said on 2026-06-30: “我现在不喜欢喝咖啡了，改喝茶。”",
                "- You said on 2026-06-28: “I don't mind sci-fi, but what I really enjoy is Scandinavian crime fiction.”",
                "- You said on 2026-06-26: “My two kids are 5 and 8;”",
                "- You said on 2026-06-26: “we want to go camping in Norway this summer.”",
                "- You said on 2026-06-23: “我最近在学日语，想在年底前考过N3。”",
                "- You said on 2026-06-19: “Recommend me a good noise-cancelling headphone under 200 euros, I have an iPhone.”",
                "- You said on 2026-06-18: “My girlfriend says I should try yoga but honestly it's not for me.”",
                "- You said on 2026-06-17: “我不太能吃辣，推荐几道清淡的家常菜吧。”",
            ],
        ),
    ],
)
def test_questions_about_oneself_are_answered_in_their_own_words(
    agent: InterestAgent, question: str, language: str, answer: list[str]
) -> None:
    conversation = Conversation(
        "mei", RegistryToolbox(agent, "mei"), model=None, about=lambda budget, language, question: "", language=language
    )
    text = re.sub(r" [\d.]+ %", "", conversation.ask(question).text)

    assert text.splitlines() == answer


@pytest.mark.parametrize(
    ("question", "bearing"),
    [
        ("what should we cook for dinner tonight?", ["我不太能吃辣，推荐几道清淡的家常菜吧。"]),
        ("which film for Saturday evening?", ["I can't stand horror films, they keep me up at night."]),
        ("推荐一种饮料", ["I only drink tea now.", "我现在不喜欢喝咖啡了，改喝茶。"]),
    ],
)
def test_a_small_context_holds_what_bears_on_the_question_in_either_language(
    agent: InterestAgent, question: str, bearing: list[str]
) -> None:
    context = agent.context("mei", 130, query=question).text

    assert [sentence for sentence in bearing if sentence not in context] == []


def profile_after(home: Path, messages: Sequence[str]) -> Profile:
    """The profile of somebody who has sent these messages, one a day."""
    with rule_agent(home) as agent:
        agent.observe(
            [
                Event(user_id="lin", type="message", text=text, at=f"2026-06-0{n}T09:00:00Z")
                for n, text in enumerate(messages, 1)
            ]
        )
        agent.update("lin")
        return agent.profile("lin")


def test_what_is_eaten_stands_under_food_and_when_one_works_is_no_interest(tmp_path: Path) -> None:
    messages = (
        "I eat fish.",
        "I work night shifts.",
        "我平时上夜班。",
        "I love drinking oat milk.",
        "I love fish in my aquarium.",
        "我习惯睡前看书。",
    )
    profile = profile_after(tmp_path, messages)

    assert {node.path for node in profile.walk() if not node.children} == {
        ("Food & Drink", "Meat & Seafood", "fish"),
        ("Food & Drink", "drinking oat milk"),
        ("Pets", "Fish & Aquariums", "fish in my aquarium"),
        ("Books & Literature", "睡前看书"),
    }
    assert {(each.kind, each.subject) for each in profile.statements} >= {
        ("habit", "work night shifts"),
        ("habit", "上夜班"),
    }


@pytest.mark.parametrize(
    ("message", "subject", "topic"),
    [
        ("I am allergic to shellfish.", "shellfish", ("Food & Drink",)),
        ("I'm allergic to cats.", "cats", ("Health & Wellness",)),
        ("I'm allergic to wool.", "wool", ("Health & Wellness",)),
        ("我对鱼过敏", "鱼", ("Food & Drink",)),
        ("I don't like fish", "fish", ("Food & Drink",)),
        ("I like watching fish swim in a tank.", "watching fish swim in a tank", ("Pets", "Fish & Aquariums")),
        ("My cat is lovely, I enjoy long walks.", "long walks", ("Outdoors & Nature", "Hiking & Climbing")),
        ("My favourite composer is Satie.", "Satie", ("Music & Audio",)),
    ],
)
def test_a_subject_stands_where_its_own_clause_places_it_and_an_allergy_under_food_or_health(
    tmp_path: Path, message: str, subject: str, topic: tuple[str, ...]
) -> None:
    statements = profile_after(tmp_path, (message,)).statements

    assert [(each.subject, each.path) for each in statements] == [(subject, topic)]


def test_what_an_answer_should_be_like_is_a_statement_and_no_interest(tmp_path: Path) -> None:
    messages = ("Please always keep your answers short.", "我更喜欢简短的回答", "I love jazz.")
    profile = profile_after(tmp_path, messages)

    assert [node.label for node in profile.walk() if not node.children] == ["jazz"]
    assert len(profile.statements) == len(messages)


def test_an_interest_from_a_habit_is_the_thing_and_its_statement_says_how_often(tmp_path: Path) -> None:
    profile = profile_after(tmp_path, ("I drink green tea every morning.",))

    assert [(each.kind, each.subject) for each in profile.statements] == [("habit", "drink green tea every morning")]
    assert [node.label for node in profile.walk() if not node.children] == ["green tea"]


def test_a_habit_stands_under_the_topic_of_the_thing_whatever_its_time(tmp_path: Path) -> None:
    profile = profile_after(tmp_path, ("I drink black tea every morning.", "I meditate every night."))

    assert {node.path[0] for node in profile.walk() if not node.children} == {"Food & Drink", "Health & Wellness"}
