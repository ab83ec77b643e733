"""What a language model may do with what people say: confirm, refuse, add in their own words, and nothing else."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penchant import Event, InterestAgent
from penchant.agent.llm.scripted_model import CAPABLE, ScriptedModel
from penchant.agent.statements.confirmation import StatementReader, StatementReading
from penchant.agent.statements.detection import StatementDetector
from penchant.errors import ModelError
from penchant.settings import Settings

SMALL = CAPABLE.model_copy(update={"groups_per_call": 1})
RULE, MISSED = "I am allergic to peanuts.", "My pen and the crossword meet at breakfast."
TOPICS = {"food-drink": "Food & Drink", "games-puzzles": "Games & Puzzles"}
DETECTOR = StatementDetector()


def read(model: ScriptedModel, *messages: str) -> StatementReading:
    return StatementReader(model, lambda: TOPICS).read("ada", messages, DETECTOR.detect_all(messages))


def heard(reading: StatementReading) -> list[tuple[str, str, bool]]:
    return [
        (statement.kind, statement.subject, statement.by_model) for found in reading.detections for statement in found
    ]


def addition(**values: Any) -> dict[str, Any]:
    added = {"m": 1, "quote": MISSED, "subject": "crossword", "kind": "habit", "strict": False, "topic": 2}
    return {"found": [], "more": [added | values]}


def test_a_capable_model_adds_what_the_rules_missed_and_the_receipt_counts_it(home: Path) -> None:
    found = [{"n": 1, "ok": True, "subject": "peanuts", "topic": 11}]
    agent = InterestAgent.open(Settings(home=home), model=ScriptedModel(addition(m=2) | {"found": found}))
    agent.observe(
        [
            Event(user_id="ada", type="message", text=text, at=f"2026-03-0{at}T10:00:00Z")
            for at, text in enumerate((RULE, MISSED), 1)
        ]
    )
    [receipt] = agent.update("ada").users

    statements = {
        statement.subject: (statement.kind, statement.source) for statement in agent.profile("ada").statements
    }
    assert statements == {"peanuts": ("avoid", "rule"), "crossword": ("habit", "llm")}
    assert receipt.statements.model_dump() == {"rule": 1, "llm": 1}
    assert (receipt.llm.calls, receipt.status) == (1, "ok")
    agent.close()


def test_a_model_s_topic_holds_beside_a_place_by_rule_that_is_a_topic_itself(home: Path) -> None:
    found = [{"n": 1, "ok": True, "subject": "food", "topic": 11}]
    agent = InterestAgent.open(Settings(home=home), model=ScriptedModel({"found": found, "more": []}))
    agent.observe([Event(user_id="ada", type="message", text="I love food.", at="2026-03-01T10:00:00Z")])
    [receipt] = agent.update("ada").users

    assert receipt.status == "ok"
    [statement] = agent.profile("ada").statements
    assert (statement.subject, statement.path) == ("food", ("Food & Drink",))
    agent.close()


def test_a_capable_model_can_refuse_what_the_rules_found() -> None:
    assert heard(read(ScriptedModel({"found": [{"n": 1, "ok": False}], "more": []}), RULE)) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"quote": "I love crosswords."},
        {"subject": "crosswords"},
        {"subject": "peanuts"},
        {"quote": ".", "subject": "."},
    ],
)
def test_what_a_model_adds_stands_verbatim_in_the_message_or_is_left_out(changed: dict[str, str]) -> None:
    assert heard(read(ScriptedModel(addition(**changed)), MISSED)) == []


def test_a_model_is_not_shown_pasted_code_nor_believed_about_it() -> None:
    model = ScriptedModel(addition(quote="I love Rust", subject="Rust", kind="like"))
    reading = read(model, f"{MISSED}\n```\nI love Rust\n```")

    assert "Rust" not in model.asked[0].user
    assert heard(reading) == []


def test_many_messages_are_read_in_a_few_calls() -> None:
    model = ScriptedModel(lambda prompt: {"found": [], "more": []})
    read(model, *[f"Number {at} and I are old friends." for at in range(9)])

    assert [prompt.step for prompt in model.asked] == ["hear_statements"]
    assert {prompt.user_id for prompt in model.asked} == {"ada"}


def test_a_model_that_fails_is_named_and_the_rules_stand() -> None:
    reading = read(ScriptedModel(ModelError("the server is down")), RULE)

    assert heard(reading) == [("avoid", "peanuts", False)]
    assert [note.step for note in reading.degraded] == ["hear_statements"]


def test_a_small_model_is_asked_nothing() -> None:
    model = ScriptedModel(weigh=lambda prompt, options: [0.0, 0.0], profile=SMALL)
    assert heard(read(model, RULE, MISSED)) == [("avoid", "peanuts", False)]
    assert model.asked == []


def test_a_model_corrects_a_subject_in_the_words_of_its_sentence_only() -> None:
    for text, line in (("allergic to peanuts", "allergic to peanuts"), ("all nuts", "peanuts")):
        reply = {"found": [{"n": 1, "ok": True, "subject": text}], "more": []}
        assert heard(read(ScriptedModel(reply), RULE)) == [("avoid", line, False)]


ANYTHING = st.one_of(st.integers(-5, 60), st.text(max_size=12), st.none(), st.lists(st.integers(0, 3), max_size=2))


@settings(deadline=None)
@given(found=ANYTHING, more=ANYTHING)
def test_whatever_place_a_model_replies_with_only_one_of_those_offered_is_taken(found: Any, more: Any) -> None:
    def reply(_: object) -> dict[str, Any]:
        return addition(m=2, topic=more) | {"found": [{"n": 1, "ok": True, "subject": "peanuts", "topic": found}]}

    reading = read(ScriptedModel(reply), RULE, MISSED)
    assert ("avoid", "peanuts", False) in heard(reading)
    assert all(statement.topic in {None, *TOPICS} for found in reading.detections for statement in found)
