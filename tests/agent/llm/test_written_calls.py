"""Calls that a server passes on as text are read in the forms that models write, and nothing of them is shown."""

import json

import pytest

from penchant.agent.llm.structured_output import text_before_calls, written_calls

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
    "Qwen Coder": "<tool_call>\n<function=look>\n<parameter=q>\ntea\n</parameter>\n</function>\n</tool_call>",
}


@pytest.mark.parametrize("form", WRITTEN)
def test_a_call_is_read_in_every_form(form: str) -> None:
    [(name, arguments)] = written_calls(WRITTEN[form], {"look"})

    assert (name, json.loads(arguments)) == ("look", {"q": "tea"})
    assert written_calls(WRITTEN[form], {"other"}) == []


@pytest.mark.parametrize("form", [name for name, text in WRITTEN.items() if name not in ("fenced", "bare")])
def test_nothing_of_a_call_is_shown_however_far_it_has_come(form: str) -> None:
    text = f"One moment. {WRITTEN[form]}"

    shown = [text_before_calls(text[:size]) for size in range(1, len(text))]

    assert all("One moment. ".startswith(part) for part in shown)
    assert text_before_calls(text, ended=True) == "One moment. "


def test_text_that_only_begins_like_a_mark_is_shown_once_it_has_ended() -> None:
    assert text_before_calls("a < b [and more] <tool") == "a < b [and more] "
    assert text_before_calls("a < b [and more] <tool", ended=True) == "a < b [and more] <tool"
