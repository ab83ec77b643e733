"""No schema that a model is held to is one that no reply fits: of an empty choice a grammar is made that ends the process."""

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_cpp import Llama
from reply_models import reply_factories, reply_types

from penchant.agent.chat.toolbox import decision_schema
from penchant.agent.llm.factory import embedded_path
from penchant.agent.llm.llama_model import LocalModel
from penchant.agent.llm.llama_runtime import grammar_of, load
from penchant.agent.llm.model import Prompt
from penchant.errors import ModelError
from penchant.prompts.replies import name_theme_reply, one_of, schema_of
from penchant.prompts.schemas import faults_of
from penchant.tools import openai_tools

EMPTY: dict[str, dict[str, Any]] = {
    "enum": {"type": "object", "properties": {"a": {"type": "integer", "enum": []}}},
    "anyOf": {"anyOf": []},
    "within a list": {"type": "array", "items": {"oneOf": []}},
    "a length": {"type": "array", "minItems": 3, "maxItems": 1, "items": {"type": "string"}},
    "a reference": {"type": "object", "properties": {"a": {"$ref": "#/$defs/lost"}}},
    "a required field": {"type": "object", "properties": {}, "required": ["a"]},
}


@cache
def llama() -> Llama:
    return load(embedded_path(), context_tokens=512, threads=1)


@cache
def local_model() -> LocalModel:
    return LocalModel(embedded_path(), context_tokens=512)


@pytest.mark.parametrize("name", reply_factories())
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_reply_model_has_a_schema_that_replies_fit_and_llama_takes(name: str, data: st.DataObject) -> None:
    schema = schema_of(data.draw(reply_types(name, reply_factories()[name])))
    assert list(faults_of(schema)) == []
    grammar_of(llama(), schema)


def test_every_tool_has_such_a_schema_and_so_have_all_together() -> None:
    tools = openai_tools()
    for tool in tools:
        assert list(faults_of(tool["function"]["parameters"])) == [], tool["function"]["name"]
    schema = decision_schema(tools)
    assert list(faults_of(schema)) == []
    grammar_of(llama(), schema)


@pytest.mark.parametrize("kind", EMPTY)
def test_a_schema_that_no_reply_fits_is_an_error_of_ours_before_llama_sees_it(kind: str) -> None:
    model = local_model()
    with pytest.raises(ModelError, match="no reply can fit the schema"):
        model.generate(Prompt("s", "u", "x"), schema=EMPTY[kind], max_tokens=4)
    assert model.generate(Prompt("Say one word.", "Tea or coffee?", "x"), max_tokens=4).text


@pytest.mark.parametrize("schema", [{"type": "string", "pattern": "("}, {"not": {}}, {"type": "odd"}], ids=json.dumps)
def test_a_schema_of_which_no_grammar_can_be_made_is_an_error_of_ours(schema: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="no grammar can be made"):
        LocalModel(embedded_path(), context_tokens=512).generate(Prompt("s", "u", "x"), schema=schema, max_tokens=4)


def test_a_choice_among_nothing_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="leave the field out"):
        one_of()


def test_what_was_not_asked_about_is_neither_in_the_schema_nor_in_the_reply() -> None:
    placed_already = name_theme_reply()
    assert list(schema_of(placed_already)["properties"]) == ["label"]
    assert placed_already.model_validate({"label": "Tea", "place": 3}) == placed_already(label="Tea", place=0)
