"""Whatever a model replies, fitting its schema or not: no error but ours, no update fails, no event is lost, every number is true.

Reply models are found by themselves (`reply_models`): a new one is fed as soon as it exists.
"""

import json
import os
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from long_tests import examples
from model_server import Exchange, answers, serving
from naming_world import naming_agent, purchases, updated
from pydantic import BaseModel
from reply_models import reply_factories, reply_types
from schema_values import values
from small_world import event

from penchant.agent.llm.model import Prompt
from penchant.agent.llm.openai_model import OpenAiModel
from penchant.agent.llm.scripted_model import ScriptedModel
from penchant.agent.llm.structured_output import Completion, complete
from penchant.prompts.replies import schema_of
from penchant.store.receipt import UserUpdate

ANY = settings(deadline=None, suppress_health_check=list(HealthCheck))
REPLIES = pytest.mark.parametrize("number", examples(20, 500))
UPDATES = int(os.environ.get("PENCHANT_TEST_UPDATES", "200"))
"""How many updates are tried; a nightly run sets more."""
PROMPT = Prompt("instructions", "what varies", "some_step")
ODD = st.sampled_from(
    ["", "\x00", '"\\ud800"', '{"g": 1, "label": "\\ud83d"}', "[" * 3_000, '{"a":' * 3_000, "null", "NaN", "9" * 5_000]
)


def any_text(schema: Any) -> st.SearchStrategy[str]:
    """Text, and JSON of the names that the schema knows in places where they do not belong."""
    names = st.sampled_from(sorted(_names(schema)) or ["x"])
    leaf = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | names
    value = st.recursive(
        leaf, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=15
    )
    return st.one_of(
        st.text(max_size=200), ODD, value.map(json.dumps), value.map(repr), value.map(lambda v: json.dumps(v)[:-1])
    )


def _names(node: Any) -> set[str]:
    if isinstance(node, list):
        return {name for part in node for name in _names(part)}
    if not isinstance(node, dict):
        return set()
    properties = node.get("properties")
    own = set(properties) if isinstance(properties, dict) else set()
    return own | {name for part in node.values() for name in _names(part)}


def false_claims(done: Completion[Any], reply_type: type[BaseModel], asked: int) -> list[str]:
    """What does not hold of what `complete` returned after `asked` questions."""
    usage, lost = done.usage, done.value is None or done.salvaged
    claims = {
        "the value is a reply of this type": done.value is None or isinstance(done.value, reply_type),
        "the value can be written and read again": done.value is None
        or _read_again(done.value, reply_type) == done.value,
        "the model is asked once, and once more to repair": usage.calls == asked <= 2 and usage.repairs == asked - 1,
        "the tokens of the prompt are counted": usage.prompt_tokens > 0,
        "what was lost is said, and nothing else": bool(done.degraded) == lost,
        "every loss has its step and a reason": all(each.step == PROMPT.step and each.reason for each in done.degraded),
    }
    return [claim for claim, holds in claims.items() if not holds]


def _read_again(value: BaseModel, reply_type: type[BaseModel]) -> BaseModel:
    json.dumps(value.model_dump(), ensure_ascii=False).encode()
    return reply_type.model_validate(value.model_dump(by_alias=True))


@REPLIES
@pytest.mark.parametrize("kind", ["fitting its schema", "of any kind"])
@pytest.mark.parametrize("name", reply_factories())
def test_every_reply_model_reads_every_reply_or_says_what_was_lost(name: str, kind: str, number: int) -> None:
    types = reply_types(name, reply_factories()[name])

    @cache
    def replies(reply_type: type[BaseModel]) -> st.SearchStrategy[str]:
        schema = schema_of(reply_type)
        return values(schema).map(json.dumps) if kind == "fitting its schema" else any_text(schema)

    @settings(ANY, max_examples=number)
    @given(st.data())
    def any_reply(data: st.DataObject) -> None:
        reply_type = data.draw(types)
        reply = data.draw(replies(reply_type))
        model = ScriptedModel(lambda prompt: reply)
        done = complete(model, PROMPT, reply_type)
        assert false_claims(done, reply_type, len(model.asked)) == []

    any_reply()


@pytest.mark.parametrize("number", examples(20, UPDATES))
def test_no_update_fails_and_none_loses_an_event_whatever_the_model_replies(tmp_path: Path, number: int) -> None:
    replies, turns, schemas = [""], count(), list[Any]()

    def play(exchange: Exchange) -> None:
        form = exchange.body.get("response_format") or {}
        schemas.append((form.get("json_schema") or form).get("schema"))
        answers(replies[0])(exchange)

    with serving(play) as server:
        agent = naming_agent(tmp_path, OpenAiModel("tiny", base_url=server.url))

        def update() -> tuple[UserUpdate, int]:
            """Of a new user who bought and said something: purchases alone, words alone, or both."""
            turn = next(turns)
            user, before = f"user-{turn}", len(server.bodies)
            bought = purchases(user=user)[: 12 * (turn % 3 > 0)]
            messages = [event(None, 1, kind="message", user=user, text="I like jazz in the evening")][: turn % 3 != 1]
            agent.observe([*bought, *messages])
            agent.forget_names()
            receipt = updated(agent, user)
            assert receipt.events_new == receipt.assigned + receipt.pooled == len(bought) + len(messages)
            return receipt, len(server.bodies) - before

        for _ in range(3):
            update()
        known = {json.dumps(schema): values(schema).map(json.dumps) | any_text(schema) for schema in schemas if schema}

        @settings(ANY, max_examples=number)
        @example(json.dumps({"groups": []}))
        @given(st.one_of(*known.values()))
        def any_reply(reply: str) -> None:
            replies[0] = reply
            receipt, asked = update()
            assert receipt.label_source.llm + receipt.label_source.rule == receipt.groups_named
            assert receipt.llm.calls == asked and receipt.llm.prompt_tokens == 100 * asked
            assert (receipt.status == "degraded") == bool(receipt.degraded) and receipt.status != "failed"
            agent.profile(receipt.user_id)

        any_reply()
