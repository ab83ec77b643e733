"""The loop end to end, over a real installation, with models that do what they are told, and with none."""

import json

import pytest
from chat_turns import FLIGHT, HELD_TO_A_SCHEMA, SMALL, call, calls, converse, steps

from penchant import InterestAgent
from penchant.agent.llm.model import Generation, ToolCall
from penchant.agent.llm.scripted_model import ScriptedModel
from penchant.characters import has_han
from penchant.errors import ModelError
from penchant.tools.registry import find

# A model with tool calling


def test_a_model_calls_a_tool_and_its_list_carries_the_tool_s_reasons(club: InterestAgent) -> None:
    wanted = call("recommend_items", query="a long flight", avoid="violence", k=5)
    talk = converse(club, calls(wanted), "For the flight:\n1. High Mountains - because it is lovely\nEnjoy!")

    answer = talk.ask(FLIGHT)

    assert steps(answer) == [("model", "propose"), ("tool", "recommend_items"), ("model", "propose")]
    assert answer.plan == "model"
    first, listed, last = answer.text.split("\n")
    assert (first, last) == ("For the flight:", "Enjoy!")
    assert listed == f"1. High Mountains: documentary of the Alps — {answer.items[0].why}"
    assert "lovely" not in answer.text
    assert [item.item_id for item in answer.items] == ["nature-5"]


def test_what_is_avoided_is_in_no_list(club: InterestAgent) -> None:
    answer = converse(club, user="bob").ask("a film, nothing violent")

    assert answer.items
    assert not [item for item in answer.items if item.item_id.startswith("action")]


def test_a_list_that_was_asked_for_is_shown_even_if_the_model_only_talks(club: InterestAgent) -> None:
    answer = converse(club, calls(call("recommend_items", k=2)), "I have some lovely ideas for you.").ask("ideas?")

    assert len(answer.items) == 2
    assert answer.text.startswith("I have some lovely ideas for you.\n1. ")


@pytest.mark.parametrize(
    "name", ["functions.search_items", "penchant_search_items", "Search-Items", "default_api:search_items"]
)
@pytest.mark.parametrize("arguments", ['{"query": "whales"}', json.dumps('{"query": "whales"}')])
def test_a_call_is_made_however_its_name_and_arguments_are_wrapped(
    club: InterestAgent, name: str, arguments: str
) -> None:
    answer = converse(club, calls(ToolCall("c1", name, arguments)), "Here.").ask("find whales")

    assert [(step.name, step.failed) for step in answer.trace if step.kind == "tool"] == [("search_items", False)]


def test_a_prefix_lets_no_change_through_that_the_user_did_not_ask_for(club: InterestAgent) -> None:
    mute = calls(ToolCall("c1", "functions.edit_interest", '{"action": "mute", "interest": "Comedy"}'))

    assert ("refused", "edit_interest") in steps(converse(club, mute, "Done.").ask("what should I watch?"))


def test_a_stated_taste_is_kept_even_if_the_model_does_not_see_it(club: InterestAgent) -> None:
    answer = converse(club, "Fine.").ask("I'm off gangster films")

    assert ("tool", "edit_interest") in steps(answer)
    assert "Noted: “I'm off gangster films”" in answer.text
    [stated] = [node for node in club.profile("ada").walk() if node.source == "stated" and not node.children]
    assert (stated.label, stated.polarity) == ("Gangster films", "dislike")


def test_wrong_arguments_come_back_as_words_a_model_can_act_on(club: InterestAgent) -> None:
    wrong, right = call("recommend_items", k="many", colour="red"), call("recommend_items", number=1, k=1)
    answer = converse(club, calls(wrong), calls(right), "Here.").ask("ideas?")

    assert answer.trace[1].failed
    assert answer.trace[1].says == (
        '{"error":"UsageError","detail":"recommend_items was called wrongly: k: Input should be a valid integer, unable to parse'
        " string as an integer; there is no argument colour (there are: "
        f'{", ".join(name for name in find("recommend_items").input_model.model_fields)})"}}'
    )
    assert len(answer.items) == 1


WANTED = "What is wanted just now, in the user's words, without what is not wanted."


def test_an_argument_that_repeats_a_description_is_refused_in_words_a_model_can_act_on(club: InterestAgent) -> None:
    parroted, right = call("recommend_items", query=WANTED), call("recommend_items", number=1, query="bees", k=1)
    answer = converse(club, calls(parroted), calls(right), "Here.").ask("something with bees?")

    assert steps(answer)[1:4] == [("refused", "recommend_items"), ("model", "propose"), ("tool", "recommend_items")]
    assert answer.trace[1].says == (
        "recommend_items was given a description as its query: put the user's own words there, or leave it out"
    )
    assert (answer.plan, len(answer.items)) == ("model", 1)


@pytest.mark.parametrize(
    "then", [calls(call("recommend_items", query=WANTED.upper(), k=3)), "Enjoy the film Ratatouille!"]
)
def test_a_model_that_does_nothing_but_repeat_descriptions_is_replaced_by_rules(
    club: InterestAgent, then: Generation | str
) -> None:
    answer = converse(club, calls(call("recommend_items", query=WANTED)), then).ask(FLIGHT)

    assert answer.plan == "rules"
    assert ("the model repeats what its tools are described as: rules plan and answer") in [
        step.says for step in answer.trace
    ]
    assert answer.items and "Ratatouille" not in answer.text


@pytest.mark.parametrize("tool", ["search_items", "recommend_items"])
def test_what_the_user_says_may_read_like_a_description(club: InterestAgent, tool: str) -> None:
    answer = converse(club, calls(call(tool, query=WANTED, k=1)), "Here.").ask(f"find: {WANTED}")

    assert [step.failed for step in answer.trace if (step.kind, step.name) == ("tool", tool)] == [False]


def test_calls_that_a_server_passes_on_as_text_are_calls(club: InterestAgent) -> None:
    written = '<tool_call>\n{"name": "recommend_items", "arguments": {"k": 1}}\n</tool_call>'
    answer = converse(club, written, "Here you are.").ask("ideas?")

    assert ("tool", "recommend_items") in steps(answer)
    assert "tool_call" not in answer.text


def test_a_model_that_fails_is_replaced_by_rules_and_the_answer_says_so(club: InterestAgent) -> None:
    answer = converse(club, ModelError("the server is down")).ask(FLIGHT)

    assert (answer.plan, [lost.reason for lost in answer.degraded]) == ("rules", ["the server is down"])
    assert answer.items


def test_a_taste_stated_with_a_wish_is_heeded_whatever_the_model_asks_for(club: InterestAgent) -> None:
    wrong = call("recommend_items", query="comedy films", domain="", k=5)
    answer = converse(club, calls(wrong), "Here.").ask("I'm off comedy films. What should I watch instead?")

    assert [step.name for step in answer.trace if step.kind == "tool"] == ["edit_interest", "recommend_items"]
    assert answer.trace[2].arguments == {"avoid": "Comedy films", "k": 5}
    assert answer.items
    assert not [item for item in answer.items if item.item_id.startswith("comedy")]


def test_what_a_wish_excludes_is_avoided_also_when_the_model_forgets_it(club: InterestAgent) -> None:
    answer = converse(club, calls(call("recommend_items", query=FLIGHT, avoid="")), "Here.").ask(FLIGHT)

    assert answer.trace[1].arguments == {"query": "something for a long flight", "avoid": "violent"}


def test_items_named_in_prose_are_listed_with_their_reasons(club: InterestAgent) -> None:
    answer = converse(club, calls(call("recommend_items", k=12)), "I would take “The Silent Forest”.").ask("ideas?")

    assert answer.text.startswith("I would take “The Silent Forest”.\n1. ")
    assert "The Silent Forest: nature documentary of owls — " in answer.text


def test_a_reason_that_no_tool_was_asked_for_is_not_given(club: InterestAgent) -> None:
    answer = converse(club, "Because everybody loves it!").ask("why was Bees recommended?")

    assert "everybody" not in answer.text
    assert answer.text.startswith("You liked “")
    assert ("rule", "plan") in steps(answer)


# A model held to a schema


def test_a_model_held_to_a_schema_takes_one_step_at_a_time(club: InterestAgent) -> None:
    decisions = (
        {"tool": "recommend_items", "arguments": {"query": "long flight", "avoid": "violence"}},
        {"tool": "answer", "arguments": {}},
    )
    talk = converse(club, *decisions, "1. High Mountains", profile=HELD_TO_A_SCHEMA)

    answer = talk.ask(FLIGHT)

    assert steps(answer) == [("model", "propose"), ("tool", "recommend_items"), ("model", "propose")]
    assert answer.text.startswith(
        "1. High Mountains: documentary of the Alps — It fits your interest in Movies & TV › "
    )
    model = talk.model
    assert isinstance(model, ScriptedModel)
    first, second, last = model.asked
    assert first.system == second.system == last.system  # the stable part stays, for the prompt cache
    assert second.user.startswith(first.user.removesuffix("Next step:").rstrip())


def test_a_model_that_asks_the_same_again_has_what_it_needs(club: InterestAgent) -> None:
    again = {"tool": "search_items", "arguments": {"query": "whales"}}

    answer = converse(club, again, again, "Here.", profile=HELD_TO_A_SCHEMA).ask("find whales")

    assert [step.kind for step in answer.trace] == ["model", "tool", "model"]
    assert answer.text.startswith("Here.\n1. Oceans")


def test_facts_about_the_user_are_not_left_to_a_small_model(club: InterestAgent) -> None:
    answer = converse(club, "You love horror films.", profile=HELD_TO_A_SCHEMA).ask("what do you know about me?")

    assert answer.plan == "rules"
    assert answer.text.startswith("What I know about you, from what you did:\n- Movies & TV > ")


# No model, or one that cannot call tools


@pytest.mark.parametrize("replies", [(), ("unused",)])
def test_rules_plan_where_no_model_can_and_say_so(club: InterestAgent, replies: tuple[str, ...]) -> None:
    answer = converse(club, *replies, profile=SMALL).ask(FLIGHT)

    assert answer.plan == "rules"
    assert answer.trace[0].says.endswith(": rules plan and answer")
    assert answer.trace[-1].arguments == {"k": 5, "query": "something for a long flight", "avoid": "violent"}
    assert answer.text.startswith('For "something for a long flight" (without violent):\n1. ')


def test_rules_answer_in_chinese_what_is_asked_in_chinese(club: InterestAgent) -> None:
    assert converse(club).ask("我的兴趣有哪些？").text.startswith("根据您的行为，我了解到：\n- 影视 > ")


def test_reasons_and_labels_are_in_the_language_of_the_message(club: InterestAgent) -> None:
    talk = converse(club)

    chinese, english = talk.ask("推荐几部电影"), talk.ask("recommend a film")

    assert {has_han(item.why) for item in chinese.items} == {True}
    assert {has_han(item.why) for item in english.items} == {False}


def test_why_an_item_was_listed_for_a_wish_is_answered_with_the_wish(club: InterestAgent) -> None:
    talk = converse(club)
    first = talk.ask(FLIGHT).items[0]

    assert talk.ask("why the first one?").text.startswith(first.why)


def test_the_last_list_is_shown_once_more(club: InterestAgent) -> None:
    talk = converse(club)
    assert talk.ask("what did you just recommend?").text == "Nothing has been shown to you yet."
    listed = talk.ask("recommend something")

    assert talk.ask("show me that list again").text == listed.text


def test_the_last_list_comes_again_under_its_wish_and_without_what_was_taken_off(club: InterestAgent) -> None:
    talk = converse(club, user="emil")
    listed = talk.ask("recommend films about whales").items
    talk.ask("remove the second one")

    again = talk.ask("show me that list again")

    assert again.text.startswith('For "films about whales":\n1. ')
    assert again.items == [listed[0], *listed[2:]]
    assert talk.ask("I loved the second one").text == f"Noted: “{listed[2].title}”: you liked it."


def test_it_is_the_item_named_before_in_the_same_message(club: InterestAgent) -> None:
    talk = converse(club, user="dora")
    listed = talk.ask("recommend something").items
    talk.ask("why the first one?")

    answer = talk.ask("remove the second one, I don't want it")

    assert answer.text == f"Noted: “{listed[1].title}”: you did not like it."


def test_a_wish_in_a_script_that_the_embedder_does_not_read_is_answered_with_a_warning(club: InterestAgent) -> None:
    warning = "这里的搜索还不能理解这种语言，结果可能不符合您的要求。"

    assert converse(club).ask("推荐几部关于鲸鱼的电影").text.endswith(warning)


@pytest.mark.parametrize("message", ["what do you know about me?", "what did I watch most?"])
def test_nothing_is_known_of_somebody_new(club: InterestAgent, message: str) -> None:
    assert converse(club, user="nobody").ask(message).text == "I know nothing about your interests yet."


def test_the_second_one_is_the_second_one_of_the_last_list(club: InterestAgent) -> None:
    talk = converse(club)
    listed = talk.ask("recommend something").items

    explained = talk.ask("why the second one?")

    assert explained.trace[-1].arguments == {"item_id": listed[1].item_id}


def test_an_item_that_was_not_shown_is_found_by_its_name(club: InterestAgent) -> None:
    answer = converse(club).ask("why was the film about penguins recommended?")

    assert [(step.name, step.arguments) for step in answer.trace[2:]] == [
        ("search_items", {"query": "film about penguins", "k": 1}),
        ("explain_recommendation", {"item_id": "nature-2"}),
    ]
