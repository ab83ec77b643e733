"""What servers refuse in a request is left out of it, and what they send in another form is read."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from model_server import Body, Exchange, Play, answers, completion, event, fails, says, serving, streams
from pydantic import SecretStr

from penchant.agent.llm.model import Message, Prompt
from penchant.agent.llm.openai_model import OpenAiModel
from penchant.agent.llm.streams import join_pieces, next_piece
from penchant.agent.llm.structured_output import complete
from penchant.agent.llm.written_calls import written_calls
from penchant.errors import ModelInvalidReply, ModelRefused
from penchant.prompts.replies import rank_reply
from penchant.setting_sections import LlmSettings
from penchant.store.receipt import Usage

TALK = [Message("system", "Be brief."), Message("user", "Hello")]
TOOLS = [{"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}]
ORDER = '{"order": [2, 1]}'


def refuses(is_refused: Callable[[Body], bool], status: int, complaint: str) -> Play:
    """A server that refuses some requests and answers the others, in pieces where that is asked for."""

    def play(exchange: Exchange) -> None:
        if is_refused(exchange.body):
            fails(status, complaint)(exchange)
        else:
            (streams(event(ORDER)) if exchange.body.get("stream") else answers(ORDER))(exchange)

    return play


def has_system_turn(body: Body) -> bool:
    return bool(body["messages"][0]["role"] == "system")


def has_temperature(body: Body) -> bool:
    return "temperature" in body


def is_whole(body: Body) -> bool:
    return not body.get("stream")


REFUSALS: list[tuple[Callable[[Body], bool], int, str]] = [
    (has_temperature, 400, "invalid temperature: only 1 is allowed for this model"),
    (has_temperature, 400, "temperature must be greater than 0"),
    (has_temperature, 400, "The temperature parameter must be in (0, 1]. Got 0.0"),
    (has_temperature, 422, "Input validation error: `temperature` must be strictly positive"),
    (has_temperature, 400, "API 调用参数有误，请检查文档。temperature 参数非法：取值范围是 (0,1]"),
    (has_system_turn, 400, "Unsupported value: 'messages[0].role' does not support 'system' with this model."),
    (has_system_turn, 400, 'Error rendering prompt: "Only user and assistant roles are supported!"'),
    (has_system_turn, 400, "Conversation roles must alternate user/assistant/user/assistant/..."),
    (has_system_turn, 500, "Jinja Exception: System role not supported"),
    (is_whole, 400, "This model only support stream mode, please enable the stream parameter to access the model."),
    (is_whole, 400, "parameter.enable_thinking must be set to false for non-streaming calls"),
]


@pytest.mark.parametrize(("is_refused", "status", "complaint"), REFUSALS, ids=[refusal[2][:30] for refusal in REFUSALS])
def test_what_a_server_refuses_in_its_own_words_is_left_out(
    is_refused: Callable[[Body], bool], status: int, complaint: str
) -> None:
    with serving(refuses(is_refused, status, complaint)) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        assert model.chat(TALK, tools=TOOLS).text == ORDER
        asked = len(server.bodies)
        assert [str(piece) for piece in model.stream(TALK, tools=TOOLS)] == [ORDER]
        assert ranked(model) == [2, 1]
    assert len(server.bodies) == asked + 2


def failed(generation: str) -> Body:
    words = "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details."
    return {
        "error": {
            "message": words,
            "type": "invalid_request_error",
            "code": "tool_use_failed",
            "failed_generation": generation,
        }
    }


@pytest.mark.parametrize("in_stream", [False, True])
def test_what_a_server_could_not_read_as_a_call_is_read_here(in_stream: bool) -> None:
    generation = '<function=look{"q": "tea"}</function>'

    def play(exchange: Exchange) -> None:
        if in_stream and exchange.body.get("stream"):
            streams(f"data: {json.dumps(failed(generation))}\n\n")(exchange)
        else:
            says(failed(generation), status=400)(exchange)

    with serving(play) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        assert model.chat(TALK, tools=TOOLS).text == generation
        assert "".join(map(str, model.stream(TALK, tools=TOOLS))) == generation
        assert len(server.bodies) == 2
    assert written_calls(generation, {"look"}) == [("look", '{"q": "tea"}')]


@pytest.mark.parametrize("generation", ["", "Sure! Here it is: {"])
@pytest.mark.parametrize("code", ["json_validate_failed", "invalid_request_error"])
def test_a_json_mode_that_fails_is_not_asked_for_again(generation: str, code: str) -> None:
    words = "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details."
    answer = {"error": {"message": words, "code": code, "failed_generation": generation}}

    def play(exchange: Exchange) -> None:
        (says(answer, status=400) if "response_format" in exchange.body else answers(ORDER))(exchange)

    with serving(play) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        for _ in range(3):
            model.generate(Prompt("Rank.", "1 or 2?", "rerank"), schema={"type": "object", "required": ["order"]})
        assert model.profile.structured == "none"
        asked = len(server.bodies)
        assert model.generate(Prompt("Rank.", "1 or 2?", "rerank"), schema={"type": "object"}).text == ORDER
        assert len(server.bodies) == asked + 1


LIMITS = {
    "max_tokens is too large: 512. This model supports at most 256 completion tokens, whereas you provided 512.": 3,
    "Invalid max_tokens value, the valid range of max_tokens is [1, 256]": 3,
    "'max_tokens' is too large: 512. This model's maximum context length is 512 tokens and your request has 256 input "
    "tokens (512 > 512 - 256).": 4,
}


@pytest.mark.parametrize("complaint", LIMITS)
def test_a_reply_is_asked_for_within_the_limit_that_a_server_names(complaint: str) -> None:
    with serving(refuses(lambda body: body["max_tokens"] > 256, 400, complaint)) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        assert [ranked(model), ranked(model)] == [[2, 1], [2, 1]]
    assert [len(server.bodies), server.bodies[-1]["max_tokens"]] == [LIMITS[complaint], 256]


def test_a_format_that_a_server_fails_over_with_status_500_is_left_out() -> None:
    complaint = 'Either "json_schema" or "grammar" can be specified, but not both'
    with serving(refuses(lambda body: "response_format" in body, 500, complaint)) as server:
        assert ranked(OpenAiModel("tiny", base_url=server.url)) == [2, 1]


def test_calls_of_a_server_that_only_streams_are_read_as_a_whole() -> None:
    call = {"index": 0, "id": "a", "function": {"name": "look", "arguments": '{"q": "tea"}'}, "extra_content": {"s": 1}}

    def play(exchange: Exchange) -> None:
        pieces = event(reasoning_content="They want tea."), event(tool_calls=[call]), event(finish="tool_calls")
        (fails(400, "only supports streaming") if is_whole(exchange.body) else streams(*pieces))(exchange)

    with serving(play) as server:
        turn = OpenAiModel("tiny", base_url=server.url).chat(TALK, tools=TOOLS)
    [read] = turn.tool_calls
    assert (read.id, read.name, read.arguments, read.extra) == (
        "a",
        "look",
        '{"q": "tea"}',
        {"extra_content": {"s": 1}},
    )
    assert turn.extra == {"reasoning_content": "They want tea."} and turn.usage.completion_tokens == 10


def ranked(model: OpenAiModel) -> list[int]:
    done = complete(model, Prompt("Rank.", "As JSON.", "rerank"), rank_reply(candidates=3))
    assert done.value is not None and not done.degraded
    return done.value.order


FORMS: dict[str, Play] = {
    "a stream nobody asked for": streams(event(ORDER[:4]), event(ORDER[4:]), event(finish="stop")),
    "the older form": says({**completion(None), "choices": [{"index": 0, "text": ORDER, "finish_reason": "stop"}]}),
    "text": says(completion(ORDER), kind="text/plain"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_completion_in_another_form_is_read(form: str) -> None:
    with serving(FORMS[form]) as server:
        assert ranked(OpenAiModel("tiny", base_url=server.url)) == [2, 1]


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", ""])
def test_a_completion_instead_of_a_stream_is_read_whatever_it_calls_itself(kind: str) -> None:
    with serving(says(completion(ORDER), kind=kind)) as server:
        assert [str(piece) for piece in OpenAiModel("tiny", base_url=server.url).stream(TALK)] == [ORDER]


def test_a_page_instead_of_a_reply_is_told_by_its_beginning() -> None:
    page = says("<html><title>Sign in</title></html>", kind="text/html")
    with serving(page) as server:
        model = OpenAiModel("tiny", base_url=server.url)
        with pytest.raises(ModelInvalidReply, match="is not a chat completion: <html><title>Sign in"):
            list(model.stream(TALK))
        done = complete(model, Prompt("Rank.", "As JSON.", "rerank"), rank_reply(candidates=3))
    assert done.value is None and "Sign in" in done.degraded[0].reason


@pytest.mark.parametrize(
    "native", [{"message": {"role": "assistant", "content": ORDER}, "done": True}, {"content": [{"text": ORDER}]}]
)
def test_a_reply_without_choices_is_said_to_be_that(native: Body) -> None:
    with serving(says(native)) as server:
        done = complete(
            OpenAiModel("tiny", base_url=server.url), Prompt("Rank.", "As JSON.", "rerank"), rank_reply(candidates=3)
        )
    assert done.value is None and "without choices" in done.degraded[0].reason


def call(arguments: str, **more: Any) -> str:
    return event(
        tool_calls=[{"index": 0, **more, "function": {"name": more.get("id") and "look", "arguments": arguments}}]
    )


@pytest.mark.parametrize(
    "pieces",
    [[call("{}", id="a"), call('{"q": "tea"}')], [call('{"q": "t', id="a"), call('{"q": "tea"}', id="a")]],
    ids=["an empty object first", "the whole after a part"],
)
def test_arguments_that_begin_anew_replace_those_before(pieces: list[str]) -> None:
    with serving(streams(*pieces, event(finish="tool_calls"))) as server:
        stream, read = OpenAiModel("tiny", base_url=server.url).stream(TALK, tools=TOOLS), []
        while not isinstance(piece := next_piece(stream), Usage):
            read.append(piece)
    [found] = join_pieces(read, piece).tool_calls
    assert json.loads(found.arguments) == {"q": "tea"}


def test_a_last_chunk_that_holds_the_whole_answer_does_not_repeat_it() -> None:
    whole = {"choices": [{"index": 0, "delta": {}, "message": {"content": "Tea."}, "finish_reason": "stop"}]}
    with serving(streams(event("Te"), event("a."), f"data: {json.dumps(whole)}\n\n")) as server:
        assert "".join(map(str, OpenAiModel("tiny", base_url=server.url).stream(TALK))) == "Tea."


ADDRESSES = [
    "/v1",
    "/v1/",
    "/v1/chat/completions",
    "/v1/chat/completions/",
    "/v1?api-version=1",
    "/v1/chat/completions?api-version=1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_understood_with_the_path_and_the_query_of_a_request(address: str) -> None:
    paths: list[str] = []

    def play(exchange: Exchange) -> None:
        paths.append(exchange.path)
        answers("Tea.")(exchange)

    with serving(play) as server:
        base = server.url.removesuffix("/v1")
        assert OpenAiModel("tiny", base_url=f" {base}{address} ").chat(TALK).text == "Tea."
    assert paths == ["/v1/chat/completions" + ("?api-version=1" if "?" in address else "")]


def test_an_address_without_a_path_is_told_the_usual_one() -> None:
    with serving(says("404 page not found", 404, kind="text/plain")) as server:
        model = OpenAiModel("tiny", base_url=server.url.removesuffix("/v1"))
        with pytest.raises(ModelRefused, match=r"reached under http://127.0.0.1:\d+/v1"):
            model.chat(TALK)


def test_a_key_with_letters_that_cannot_be_sent_is_named_and_a_line_break_behind_it_is_not_sent() -> None:
    with serving(answers("Tea.")) as server:
        with pytest.raises(ModelRefused, match=r"llm\.api_key holds characters") as raised:
            OpenAiModel("tiny", base_url=server.url, api_key="sésame-1").chat(TALK)
        key = (
            LlmSettings(api_key=SecretStr("sesame-1")).api_key,
            LlmSettings.model_validate({"api_key": " sesame-1\n"}).api_key,
        )
    assert raised.value.setting == "llm.api_key" and key[0] == key[1]


@pytest.mark.parametrize(
    "order", ['["#2", "1."]', '[{"item": 2, "score": "0.9"}, {"item": 1, "score": 0.3}]', '"2, 1"', '"[2, 1]"']
)
def test_numbers_of_a_ranking_are_read_however_they_are_written(order: str) -> None:
    with serving(answers(f'{{"order": {order}}}')) as server:
        assert ranked(OpenAiModel("tiny", base_url=server.url)) == [2, 1]


def test_scores_of_a_broken_ranking_are_not_taken_for_places() -> None:
    with serving(answers('{"scores": [{"text": "b", "score": 0.3, "rank": 0.1, "is": true')) as server:
        done = complete(
            OpenAiModel("tiny", base_url=server.url), Prompt("Rank.", "As JSON.", "rerank"), rank_reply(candidates=9)
        )
    assert done.value is None
