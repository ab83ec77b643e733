"""Calls that a server passes on as text are read in the forms that models write, and nothing of them is shown."""

import json

import pytest

from penchant.agent.llm.written_calls import (
    arguments_as_json,
    arguments_in,
    known_tool,
    text_before_calls,
    written_calls,
)
from penchant.errors import UsageError

ARGUMENTS = '{"q": "tea"}'
CALL = f'{{"name": "look", "arguments": {ARGUMENTS}}}'
WRITTEN = {
    "tagged": f"<tool_call>\n{CALL}\n</tool_call>",
    "not closed": f"<tool_call>{CALL}",
    "fenced": f"```json\n{CALL}\n```",
    "bare": CALL,
    "parameters": f'<|python_tag|>{{"name": "look", "parameters": {ARGUMENTS}}}',
    "Mistral": f"[TOOL_CALLS][{CALL}]",
    "Mistral, name first": f"[TOOL_CALLS]look[ARGS]{ARGUMENTS}",
    "Granite": f"<|tool_call|>[{CALL}]",
    "Llama": f"<function=look>{ARGUMENTS}</function>",
    "a fence after a remark": f"```json\n{CALL}\n```",
    "other tags": f"<function_call>{CALL}</function_call>",
    "a name with a prefix": f"<tool_call>{CALL.replace('look', 'functions.look')}</tool_call>",
    "DeepSeek": f"<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>look\n```json\n{ARGUMENTS}\n```<｜tool▁call▁end｜>",
    "DeepSeek 3.1": f"<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>look<｜tool▁sep｜>{ARGUMENTS}<｜tool▁call▁end｜>",
    "Kimi": f"<|tool_calls_section_begin|><|tool_call_begin|>functions.look:0<|tool_call_argument_begin|>{ARGUMENTS}<|tool_call_end|>",
    "GLM": "<tool_call>look\n<arg_key>q</arg_key>\n<arg_value>tea</arg_value>\n</tool_call>",
    "gpt-oss": f"<|channel|>commentary to=functions.look <|constrain|>json<|message|>{ARGUMENTS}<|call|>",
    "Claude": '<function_calls>\n<invoke name="look">\n<parameter name="q">tea</parameter>\n</invoke>\n</function_calls>',
    "MiniMax": '<minimax:tool_call>\n<invoke name="look">\n<parameter name="q">tea</parameter>\n</invoke>\n</minimax:tool_call>',
    "Gemini": '```tool_code\nprint(default_api.look(q="tea"))\n```',
    "Python after a mark": '<|python_tag|>look(q="tea")',
    "Python in brackets": '[look(q="tea")]',
    "OpenAI's shape": json.dumps(
        {"tool_calls": [{"type": "function", "function": {"name": "look", "arguments": ARGUMENTS}}]}
    ),
    "other keys": f'{{"tool": "look", "args": {ARGUMENTS}}}',
    "ReAct": f"Thought: I need to look.\nAction: look\nAction Input: {ARGUMENTS}\nObservation: nothing\nFinal Answer: no",
    "ReAct in bold": f"**Action:** look\n**Action Input:** {ARGUMENTS}",
    "ReAct in JSON": f"Action:\n```json\n{CALL}\n```",
    "Qwen Coder": "<tool_call>\n<function=look>\n<parameter=q>\ntea\n</parameter>\n</function>\n</tool_call>",
}


@pytest.mark.parametrize("form", WRITTEN)
def test_a_call_is_read_in_every_form(form: str) -> None:
    [(name, arguments)] = written_calls(WRITTEN[form], {"look"})

    assert (name, json.loads(arguments)) == ("look", {"q": "tea"})
    assert written_calls(WRITTEN[form], {"other"}) == []


@pytest.mark.parametrize(
    "form", [name for name, text in WRITTEN.items() if not text.startswith(("{", "[look", "```json"))]
)
def test_nothing_of_a_call_is_shown_however_far_it_has_come(form: str) -> None:
    before = "One moment.\n" if form.startswith("ReAct") else "One moment. "
    text = before + WRITTEN[form]

    shown = [text_before_calls(text[:size]) for size in range(1, len(text))]

    assert all(before.startswith(part) for part in shown)
    assert text_before_calls(text, ended=True).strip() == "One moment."


@pytest.mark.parametrize("given", ["", " None", " {}"])
def test_a_step_without_input_is_a_call_without_arguments(given: str) -> None:
    assert written_calls(f"Action: look_up\nAction Input:{given}", {"look_up"}) == [("look_up", "{}")]


def test_the_answer_after_thoughts_is_shown_alone() -> None:
    text = "Thought: I know it now.\nFinal Answer: Try the mugs."

    assert {text_before_calls(text[:size]) for size in range(1, len(text))} == {""}
    assert text_before_calls(text, ended=True) == "Try the mugs."


@pytest.mark.parametrize(
    "text",
    [
        "Action: The Matrix is the best of them.",
        "My picks:\nAction: Heat\nDrama: Fargo",
        "Action: sci_fi films like Dune would suit you.",
        "I picked by genre.\nAction: ```Heat```",
    ],
)
def test_a_genre_is_no_step(text: str) -> None:
    assert text_before_calls(text, ended=True) == text
    assert written_calls(text, {"search_items"}) == []


def test_text_that_only_begins_like_a_mark_is_shown_once_it_has_ended() -> None:
    assert text_before_calls("a < b [and more] <tool") == "a < b [and more] "
    assert text_before_calls("a < b [and more] <tool", ended=True) == "a < b [and more] <tool"


@pytest.mark.parametrize(
    "sent",
    ["functions.look_up:0", "mcp__penchant__look_up", "lookUp", "look-up", "look_up()", "look_up<|channel|>json"],
)
def test_a_tool_is_known_by_any_spelling_of_its_name_and_no_other_is(sent: str) -> None:
    assert known_tool(sent, {"look", "look_up"}) == "look_up"
    assert known_tool(sent, {"up", "look"}) is None


@pytest.mark.parametrize(
    "written",
    [
        ARGUMENTS,
        json.dumps(ARGUMENTS),
        '{"q": "tea",}',
        "{'q': 'tea'}",
        f"```json\n{ARGUMENTS}\n```",
        '{"q": "tea" /* hot */}',
        f"[{ARGUMENTS}]",
    ],
)
def test_arguments_are_read_however_they_are_written_and_go_back_as_json(written: str) -> None:
    assert arguments_in(written) == json.loads(arguments_as_json(written)) == {"q": "tea"}


@pytest.mark.parametrize("nothing", ["", " ", "null", '"null"', '""', "{}"])
def test_nothing_is_no_arguments(nothing: str) -> None:
    assert arguments_in(nothing) == json.loads(arguments_as_json(nothing)) == {}


@pytest.mark.parametrize("written", ["tea", '{"q": "te', "[1, 2]", "5", f"{ARGUMENTS}{CALL}"])
def test_what_is_no_object_is_refused_and_is_not_sent_back(written: str) -> None:
    with pytest.raises(UsageError, match="send one JSON object"):
        arguments_in(written)
    assert arguments_as_json(written) == "{}"
