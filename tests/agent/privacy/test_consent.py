"""What a user has not allowed is not done: by any way in, and from the next call on."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_world import ITEMS, WordEmbedder

from penchant.agent.interest_agent import InterestAgent
from penchant.agent.llm.model import Prompt
from penchant.agent.llm.scripted_model import ScriptedModel
from penchant.errors import ConsentError, ModelRefused, UsageError
from penchant.settings import ConsentSettings, EmbeddingSettings, LlmSettings, Settings
from penchant.store.clock import FixedClock
from penchant.store.consents import Consent
from penchant.store.event import Event
from penchant.store.receipt import Observed

SECRET, OPEN = "bananaphone", "marmalade"


class RecordingEmbedder(WordEmbedder):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return super().embed(texts)

    def embed_query(self, text: str) -> np.ndarray:
        self.asked.append(text)
        return super().embed_query(text)


def opened(home: Path, clock: FixedClock, **given: Any) -> InterestAgent:
    """An installation of words and six kinds of items; Ada and Bob have said and bought something."""
    model, embedder = given.pop("model", None), given.pop("embedder", None) or WordEmbedder()
    settings = Settings(home=home, llm=LlmSettings(provider="none"), **given)
    agent = InterestAgent.open(settings, clock=clock, embedder=embedder, model=model)
    agent.add_items(ITEMS)
    return agent


def behaviour(clock: FixedClock) -> list[Event]:
    texts = {"ada": SECRET, "bob": OPEN}
    events = [Event(user_id=user, type="message", text=word, at=clock.now()) for user, word in texts.items()]
    return events + [
        Event(user_id=user, type="purchase", item_id=f"{kind}-{n}", at=clock.now() - timedelta(days=n))
        for user, kind in [("ada", "jazz"), ("bob", "tent")]
        for n in range(1, 4)
    ]


def unready(prompt: Prompt) -> str:
    """A capable model that never says anything of use: rules do the work, and the prompts are remembered."""
    return "{}"


def test_what_was_said_last_holds_and_everything_is_kept(home: Path, clock: FixedClock) -> None:
    agent = opened(home, clock)
    agent.revoke("ada", "llm", "recommend")
    clock.advance(timedelta(days=-1))  # a clock that is set back does not undo what was said

    record = agent.grant("ada", "recommend")

    assert {consent.purpose: (consent.granted, consent.since) for consent in record.purposes} == {
        "profile": (True, None),
        "recommend": (True, clock.now()),
        "llm": (False, clock.now() + timedelta(days=1)),
    }
    assert [tuple(consent) for consent in agent.services.consents.history("ada")] == [
        Consent("recommend", False, clock.now() + timedelta(days=1)),
        Consent("llm", False, clock.now() + timedelta(days=1)),
        Consent("recommend", True, clock.now()),
    ]


@pytest.mark.parametrize(("user", "purpose"), [("ada", "marketing"), ("", "llm"), ("a\nb", "llm")])
def test_a_purpose_or_user_that_cannot_be_is_refused(home: Path, clock: FixedClock, user: str, purpose: str) -> None:
    agent = opened(home, clock)
    with pytest.raises(UsageError):
        agent.revoke(user, purpose)
    assert agent.services.consents.history(user) == []


def test_without_profile_nothing_is_written_down_or_learnt(home: Path, clock: FixedClock, tmp_path: Path) -> None:
    agent = opened(home, clock)
    agent.observe(behaviour(clock)[:1])
    record = agent.export_profile("ada")
    agent.revoke("ada", "profile")
    file = tmp_path / "events.jsonl"
    file.write_text("".join(event.model_dump_json() + "\n" for event in behaviour(clock)[::-1]))

    receipt = agent.import_events(file)

    assert (receipt.lines, receipt.accepted, receipt.quarantined) == (8, 4, 4)
    assert list(receipt.reasons) == ["the user does not allow 'profile': nothing of the row is kept"]
    assert receipt.quarantine_file is not None
    assert "ada" not in Path(receipt.quarantine_file).read_text()
    assert agent.observe(behaviour(clock)) == Observed(accepted=0, duplicate=4, withheld=4)
    with pytest.raises(ConsentError, match="consent ada grant profile"):
        agent.onboard("ada", ["jazz"])
    with pytest.raises(ConsentError, match="consent ada grant profile"):
        agent.import_profile(record)
    ada, bob = agent.update().users
    assert (ada.user_id, ada.status, ada.version, ada.events_new) == ("ada", "degraded", 0, 0)
    assert "has not allowed 'profile'" in ada.degraded[0].reason
    assert (bob.user_id, bob.status, bob.events_new) == ("bob", "ok", 4)

    agent.grant("ada", "profile")
    assert agent.update("ada").users[0].events_new == 1


def test_without_profile_an_edit_adds_and_strengthens_nothing_and_still_takes_away(
    home: Path, clock: FixedClock
) -> None:
    agent = opened(home, clock)
    agent.observe(behaviour(clock))
    agent.update()
    agent.edit("ada", "state", "vegan", "I am vegan.")
    topic, other = agent.profile("ada").interests[0].id, agent.profile("ada").interests[-1].id
    agent.edit("ada", "pin", topic)
    agent.revoke("ada", "profile")
    before = len(agent.history("ada"))

    for action, node, text in (
        ("pin", topic, None),
        ("unmute", topic, None),
        ("state", "opera", "like"),
        ("state", "opera", "I can't stand opera."),
    ):
        with pytest.raises(ConsentError, match="consent ada grant profile"):
            agent.edit("ada", action, node, text)
    assert len(agent.history("ada")) == before

    agent.edit("ada", "state", "vegan", "Forget that I said I am vegan.")
    agent.edit("ada", "unpin", topic)
    agent.edit("ada", "rename", topic, "Sounds")
    agent.edit("ada", "mute", topic)
    assert agent.undo("ada").action == "mute"
    agent.edit("ada", "remove", other)
    assert other not in {node.id for node in agent.profile("ada").walk()}
    assert len(agent.history("ada")) == before + 6

    agent.grant("ada", "profile")
    assert agent.edit("ada", "pin", topic).action == "pin"


def test_who_revokes_profile_no_longer_teaches_anything_about_others(home: Path, clock: FixedClock) -> None:
    agent = opened(home, clock)
    crowd = [
        Event(user_id=f"u{n}", type="purchase", item_id=f"{kind}-{turn}", at=clock.now() - timedelta(days=turn))
        for n in range(21)
        for turn, kind in enumerate(("jazz", "novel", "jazz"))
    ]
    agent.observe([*crowd, *behaviour(clock)])
    agent.update()
    agent.recommend("bob", 3)
    assert "ada" in agent.services.ledger.interactions().users
    taught = agent.services.documents.head("population")
    assert taught is not None
    assert taught.body["users"] == 23

    agent.revoke("ada", "profile")

    assert "ada" not in agent.services.ledger.interactions().users
    unlearnt = agent.services.documents.head("population")
    assert unlearnt is not None
    assert unlearnt.body["users"] == 22
    assert not list((home / "models").rglob("*.npy"))


def test_who_revokes_profile_no_longer_lends_anything_to_a_friend(home: Path, clock: FixedClock) -> None:
    agent = opened(home, clock)
    agent.observe(behaviour(clock))
    agent.update()
    assert agent.onboard("carl", friends=["bob"]).interests

    agent.revoke("bob", "profile")

    assert agent.profile("carl").interests == ()


def test_no_language_model_sees_anything_of_a_user_who_revoked_it(home: Path, clock: FixedClock) -> None:
    model = ScriptedModel(unready)
    agent = opened(home, clock, model=model)
    agent.revoke("ada", "llm")
    agent.observe(behaviour(clock))

    ada, bob = agent.update().users
    agent.recommend("ada", 5, query=SECRET)
    agent.explain("ada", "jazz-5")
    agent.recommend("bob", 5)

    assert {prompt.user_id for prompt in model.asked} == {"bob", None}
    of_the_catalogue = [prompt for prompt in model.asked if prompt.user_id is None]
    assert {prompt.step for prompt in of_the_catalogue} == {"name_themes"}
    assert OPEN not in json.dumps([(prompt.system, prompt.user) for prompt in of_the_catalogue])
    assert SECRET not in json.dumps([(prompt.system, prompt.user) for prompt in model.asked])
    assert (ada.status, ada.label_source.llm, ada.events_new) == ("ok", 0, 4)
    assert bob.events_new == 4


def test_the_model_itself_refuses_whatever_else_may_ask_it(home: Path, clock: FixedClock) -> None:
    model = ScriptedModel(unready)
    agent = opened(home, clock, model=model)
    agent.revoke("ada", "llm")
    asked = agent.model
    assert asked is not None

    for call in (
        lambda: asked.generate(Prompt("", SECRET, "explain", "ada")),
        lambda: asked.choose(Prompt("", SECRET, "rerank", "ada"), ["a", "b"]),
        lambda: asked.chat([], user_id="ada"),
        lambda: list(asked.stream([], user_id="ada")),  # type: ignore[attr-defined]
    ):
        with pytest.raises(ModelRefused, match="consent ada grant llm"):
            call()
    assert model.asked == []
    assert asked.generate(Prompt("", OPEN, "explain", "bob")).text == "{}"


def test_words_of_a_user_who_revoked_llm_reach_no_embedding_server(home: Path, clock: FixedClock) -> None:
    server = RecordingEmbedder()
    agent = opened(home, clock, embedder=server, embedding=EmbeddingSettings(provider="openai"))
    agent.revoke("ada", "llm")
    agent.observe(behaviour(clock))

    ada, bob = agent.update().users

    assert (ada.status, ada.events_new, bob.events_new) == ("degraded", 0, 4)
    assert "PENCHANT_EMBEDDING__PROVIDER=minilm" in ada.degraded[0].reason
    for call in (
        lambda: agent.recommend("ada", 3, query=SECRET),
        lambda: agent.onboard("ada", [SECRET]),
        lambda: agent.edit("ada", "state", SECRET),
    ):
        with pytest.raises(ConsentError, match="PENCHANT_EMBEDDING__PROVIDER=minilm"):
            call()
    assert SECRET not in " ".join(server.asked)
    assert OPEN in " ".join(server.asked)


def test_without_recommend_the_profile_is_used_for_nothing(home: Path, clock: FixedClock) -> None:
    agent = opened(home, clock)
    agent.observe(behaviour(clock))
    agent.update()
    agent.revoke("ada", "recommend")

    for call in (
        lambda: agent.recommend("ada"),
        lambda: agent.explain("ada", "jazz-5"),
        lambda: agent.context("ada"),
    ):
        with pytest.raises(
            ConsentError, match=r"has not allowed 'recommend' .* `penchant consent ada grant recommend`"
        ):
            call()
    assert agent.profile("ada").n_events == 4  # what is held of them, users may always see
    assert agent.recommend("bob", 3).items


def test_where_nothing_is_assumed_nothing_is_done_before_it_is_granted(home: Path, clock: FixedClock) -> None:
    agent = opened(home, clock, consent=ConsentSettings(default="revoked"))
    assert agent.observe(behaviour(clock)).withheld == 8

    agent.grant("bob")
    assert agent.observe(behaviour(clock)) == Observed(accepted=4, duplicate=0, withheld=4)
    agent.update()
    assert agent.recommend("bob", 3).items
    assert agent.services.ledger.interactions().users == ["bob"]
    assert [purpose.granted for purpose in agent.consent("ada").purposes] == [False, False, False]
