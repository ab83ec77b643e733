"""Every way of breaking a reply × every prompt that expects JSON × both providers: no event lost, no evidence made up, receipts true."""

import json
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from broken_replies import NO_NAMES, NOTHING, PARTLY, WHOLE
from model_server import answers, name_all, serving
from naming_world import naming_agent, purchases, updated
from pydantic import BaseModel
from reply_models import reply_factories

from penchant.agent.llm import llama_model, llama_runtime
from penchant.agent.llm.factory import embedded_path
from penchant.agent.llm.llama_model import LocalModel
from penchant.agent.llm.model import LanguageModel, Prompt
from penchant.agent.llm.openai_model import OpenAiModel
from penchant.agent.llm.scripted_model import RecordingModel
from penchant.agent.llm.structured_output import complete
from penchant.prompts.replies import (
    explain_reply,
    hear_statements_reply,
    name_theme_reply,
    name_themes_reply,
    rank_reply,
    read_profile_reply,
)
from penchant.store.receipt import LabelSources

Bend = Callable[[str], str]
PROVIDERS = ("openai", "local")
ALL = WHOLE | PARTLY | NOTHING | NO_NAMES


def body_of(prompt: str) -> dict[str, Any]:
    return {"messages": [{"content": prompt}]}


@cache
def embedded() -> LocalModel:
    return LocalModel(embedded_path(), tier="name")


@contextmanager
def saying(provider: str, say: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[LanguageModel]:
    """A real model of this provider, but for what it says: on a server of its own, or in process, whose tokens are put into its mouth."""
    if provider == "openai":
        with serving(answers(lambda body: say(body["messages"][-1]["content"]))) as server:
            yield OpenAiModel("tiny", base_url=server.url)
        return
    model = embedded()
    monkeypatch.setattr(llama_model, "groups_per_call", lambda billions: 24)
    prompts: list[str] = []
    generate = model.generate

    def listening(prompt: Prompt, **how: Any) -> Any:
        prompts.append(prompt.user)
        return generate(prompt, **how)

    def write(*_: Any, **__: Any) -> Generator[bytes, None, bool]:
        yield say(prompts[-1]).encode()
        return True

    monkeypatch.setattr(model, "generate", listening)
    monkeypatch.setattr(llama_runtime, "write", write)
    yield model


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("broken", ALL)
def test_an_update_survives_every_reply(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, provider: str, broken: str
) -> None:
    with saying(provider, lambda prompt: ALL[broken](name_all(body_of(prompt))), monkeypatch) as model:
        recorded = RecordingModel(model)
        agent = naming_agent(tmp_path, recorded)
        events = purchases()
        agent.observe(events)
        receipt = updated(agent)
    profile = agent.profile("ada")
    assert receipt.events_new == receipt.assigned + receipt.pooled == len(events) == profile.n_events
    assert receipt.label_source.llm + receipt.label_source.rule == receipt.groups_named == 4
    assert {seen for node in profile.walk() for seen in node.evidence} <= {event.event_id for event in events}
    assert receipt.llm.calls == len(recorded.exchanges) <= 2 and receipt.llm.repairs == receipt.llm.calls - 1
    assert (receipt.status == "degraded") == (receipt.label_source.rule > 0) == bool(receipt.degraded)
    if broken in WHOLE:
        assert (receipt.label_source, receipt.llm.calls) == (LabelSources(llm=4, rule=0), 1)
    elif broken in PARTLY:
        assert 0 < receipt.label_source.llm < 4 and receipt.llm.calls == 1
    else:
        assert (receipt.label_source, receipt.llm.calls) == (LabelSources(llm=0, rule=4), 2)


REPLIES: dict[str, tuple[type[BaseModel], dict[str, Any]]] = {
    "name_themes_reply": (
        name_themes_reply(themes=3, places=5),
        {
            "groups": [
                {"g": n, "p": n, "en": name, "zh": "茶具"} for n, name in enumerate(("Tea sets", "Bags", "Pens"), 1)
            ]
        },
    ),
    "name_theme_reply": (name_theme_reply("Arts & Culture", "Pets"), {"place": 2, "label": "Cat food"}),
    "explain_reply": (
        explain_reply(items=2, facts=3),
        {"reasons": [{"i": 1, "text": "You like tea.", "cites": [1]}, {"i": 2, "text": "It is new.", "cites": [2, 3]}]},
    ),
    "rank_reply": (rank_reply(candidates=8), {"order": [3, 1, 2, 8, 7, 4, 5, 6]}),
    "read_profile_reply": (
        read_profile_reply(interests=3),
        {
            "interests": [
                {"n": 1, "kind": "habit", "label": "Green tea"},
                {"n": 3, "kind": "gift", "label": "Toy trains"},
            ],
            "portrait": ["They drink green tea every day.", "They look for toy trains before Christmas."],
        },
    ),
    "hear_statements_reply": (
        hear_statements_reply(messages=2, found=2, topics=3),
        {
            "found": [
                {"n": 1, "ok": True, "subject": "green tea", "topic": 1},
                {"n": 2, "ok": False, "subject": "", "topic": 0},
            ],
            "more": [
                {"m": 2, "quote": "I never eat fish", "subject": "fish", "kind": "avoid", "strict": True, "topic": 2}
            ],
        },
    ),
}
"""A good reply for every prompt that expects JSON."""


def test_every_prompt_that_expects_json_has_a_reply_here() -> None:
    assert set(REPLIES) == set(reply_factories())


def words(value: Any) -> set[str]:
    """Every text in a reply."""
    if isinstance(value, str):
        return {value}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {word for part in parts for word in words(part)}


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("kind", REPLIES)
def test_every_reply_is_read_or_salvaged_or_repaired_once(
    monkeypatch: pytest.MonkeyPatch, provider: str, kind: str
) -> None:
    reply_type, value = REPLIES[kind]
    whole = reply_type.model_validate(value)
    replies: list[str] = []
    with saying(provider, lambda prompt: replies.pop(0), monkeypatch) as model:
        for name, bend in ALL.items():
            if kind == "rank_reply" and name in NO_NAMES:
                continue  # there is no text in it to break
            replies[:] = [bend(json.dumps(value)), json.dumps(value)]
            done = complete(model, Prompt("instructions", f"varies {name}", kind), reply_type)
            repaired = not replies
            assert done.value is not None and (done.usage.calls, done.usage.repairs) == (1 + repaired, int(repaired)), (
                name
            )
            if name in WHOLE:
                assert (done.value, done.degraded, repaired) == (whole, (), False), name
            elif repaired:
                assert (done.value, done.degraded) == (whole, ()), name
            else:  # what was whole in it is used, and nothing that was not said
                assert name not in NOTHING, name
                assert words(done.value.model_dump()) <= words(whole.model_dump()) | {""}, name
                assert bool(done.degraded) == done.salvaged == (name in PARTLY) or name in NO_NAMES, name
