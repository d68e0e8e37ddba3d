from __future__ import annotations

import json
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from models.openai.connection import ServerConnection
from models.openai.language_model import OpenAILanguageModel
from models.openai.token_estimate import estimate_turns
from models.protocol import ChatTurn, ContextOverflow, Finished, GenerateRequest, LanguageModel, ModelError, Piece
from models.protocol.place import place_of
from tests.models.answers import collect
from tests.models.openai.model_server import Exchange, ModelServer, model_server

SEA = [ChatTurn("system", "You are terse."), ChatTurn("user", "Write about the sea.")]
SCHEMA = {"type": "object", "properties": {"kind": {"enum": ["cat", "dog"]}}}


def connect(server: ModelServer, **options: Any) -> OpenAILanguageModel:
    return OpenAILanguageModel(ServerConnection(place_of(server.url), options.pop("key", "")), **options)


def ask(max_tokens: int = 50, **options: Any) -> GenerateRequest:
    return GenerateRequest(SEA, max_tokens, **options)


def answer(model: OpenAILanguageModel, request: GenerateRequest) -> tuple[str, Finished]:
    return collect(model.generate(request, threading.Event()))


def fail_with(code: int, message: str) -> Any:
    return lambda http: http.json({"error": {"message": message}}, code)


def test_an_answer_comes_in_pieces_and_says_what_it_cost() -> None:
    with model_server(chat=lambda http: http.answer("The ", "sea ", "🐈.")) as server:
        model: LanguageModel = connect(server)
        *pieces, end = model.generate(ask(temperature=0.7, seed=5), threading.Event())
        (body,) = server.requests("/v1/chat/completions")
    assert [piece.text for piece in pieces if isinstance(piece, Piece)] == ["The ", "sea ", "🐈."]
    assert isinstance(end, Finished)
    assert (end.reason, end.prompt_tokens, end.completion_tokens, end.cached_tokens) == ("stop", 7, 3, 4)
    assert body["messages"][0] == {"role": "system", "content": "You are terse."}
    assert (body["model"], body["temperature"], body["seed"], body["max_tokens"]) == ("tiny", 0.7, 5, 50)


def test_making_a_model_and_reading_its_name_send_nothing() -> None:
    with model_server() as server:
        assert connect(server, model="qwen").name == f"qwen (on this machine, port {server.port})"
        assert connect(server).name.startswith("model (on this machine")
        assert not server.asked


def test_an_answer_that_reached_its_limit_says_so() -> None:
    with model_server(chat=lambda http: http.answer("The sea", finish="length")) as server:
        assert answer(connect(server), ask())[1].reason == "length"


def test_a_server_that_ignores_the_limit_is_cut_off() -> None:
    def endless(http: Exchange) -> None:
        http.events()
        while True:
            http.delta("x")

    with model_server(chat=endless) as server:
        text, end = answer(connect(server), ask(10))
    assert end.reason == "length" and 10 <= len(text) < 50


def test_a_stop_sequence_ends_the_answer_also_at_a_server_that_knows_none() -> None:
    with model_server(chat=lambda http: http.answer("yes\n", "Us", "er", ": no")) as server:
        text, end = answer(connect(server), ask(stop=["\nUser:"]))
        assert server.requests("/v1/chat/completions")[0]["stop"] == ["\nUser:"]
    assert (text, end.reason) == ("yes", "stop")


def test_log_probabilities_come_with_the_piece_that_their_tokens_make() -> None:
    def chat(http: Exchange) -> None:
        assert http.body["top_logprobs"] == 2
        likeliest = [{"token": "yes", "logprob": -0.1}, {"token": "no", "logprob": -2.5}]
        http.events()
        http.delta("yes", logprobs={"content": [{"token": "yes", "logprob": -0.1, "top_logprobs": likeliest}]})
        http.raw(b"data: [DONE]\n\n")

    with model_server(chat=chat) as server:
        piece, _ = connect(server).generate(ask(logprobs=2), threading.Event())
    assert isinstance(piece, Piece)
    (token,) = piece.logprobs
    assert (token.text, token.logprob, token.likeliest) == ("yes", -0.1, (("yes", -0.1), ("no", -2.5)))


def test_a_schema_is_sent_as_one() -> None:
    with model_server(chat=lambda http: http.answer('{"kind": "cat"}')) as server:
        text, _ = answer(connect(server), ask(schema=SCHEMA))
        (body,) = server.requests("/v1/chat/completions")
    assert json.loads(text) == {"kind": "cat"}
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA


def test_a_server_that_refuses_schemas_is_asked_in_words_and_that_is_remembered() -> None:
    def chat(http: Exchange) -> None:
        kind = (http.body.get("response_format") or {}).get("type")
        if kind == "json_schema":
            http.json({"error": "unknown response_format"}, 400)
        else:
            http.answer('{"kind": "dog"}')

    with model_server(chat=chat) as server:
        model = connect(server)
        assert [answer(model, ask(schema=SCHEMA))[0] for _ in range(2)] == ['{"kind": "dog"}'] * 2
        bodies = server.requests("/v1/chat/completions")
    assert [body["response_format"]["type"] for body in bodies] == ["json_schema", "json_object", "json_object"]
    assert '"enum": ["cat", "dog"]' in bodies[1]["messages"][-1]["content"]
    assert bodies[1]["messages"][0]["content"] == "You are terse."


def test_fields_that_a_server_does_not_know_are_left_out_one_by_one() -> None:
    def chat(http: Exchange) -> None:
        for field, better in (("stream_options", ""), ("logprobs", ""), ("max_tokens", "max_completion_tokens")):
            if field in http.body:
                http.json({"detail": f"Unsupported parameter: {field}, use {better or 'nothing'}"}, 422)
                return
        http.answer("yes")

    with model_server(chat=chat) as server:
        assert answer(connect(server), ask(logprobs=1))[0] == "yes"
        *_, last = server.requests("/v1/chat/completions")
    assert last["max_completion_tokens"] == 50


def test_cancelling_closes_the_connection_while_the_server_is_silent() -> None:
    arrived, closed = threading.Event(), threading.Event()

    def chat(http: Exchange) -> None:
        arrived.set()
        http.gone()
        closed.set()

    class WhenItArrived(threading.Event):
        def is_set(self) -> bool:
            return arrived.is_set()

    with model_server(chat=chat) as server:
        text, end = collect(connect(server).generate(ask(), WhenItArrived()))
        assert closed.wait(30), "the connection stayed open"
    assert (text, end.reason, end.completion_tokens) == ("", "cancelled", 0)


def test_cancelling_in_the_middle_ends_the_answer_and_closes_the_connection() -> None:
    closed = threading.Event()

    def chat(http: Exchange) -> None:
        http.events()
        http.delta("The ")
        http.gone()
        closed.set()

    with model_server(chat=chat) as server:
        cancel = threading.Event()
        stream = connect(server).generate(ask(), cancel)
        assert next(stream) == Piece("The ")
        cancel.set()
        assert collect(stream)[1].reason == "cancelled"
        assert closed.wait(30)


def test_a_stream_that_nobody_reads_any_more_is_closed() -> None:
    closed = threading.Event()

    def chat(http: Exchange) -> None:
        http.events()
        http.delta("The ")
        http.gone()
        closed.set()

    with model_server(chat=chat) as server:
        stream = connect(server).generate(ask(), threading.Event())
        next(stream)
        stream.close()  # type: ignore[attr-defined]  # it is a generator
        assert closed.wait(30)


def test_closing_ends_a_running_answer_as_cancelled() -> None:
    def chat(http: Exchange) -> None:
        http.events()
        http.delta("The ")
        http.gone()

    with model_server(chat=chat) as server:
        model = connect(server)
        stream = model.generate(ask(), threading.Event())
        next(stream)
        model.close()
        assert collect(stream)[1].reason == "cancelled"


def test_a_connection_that_breaks_off_is_an_error_and_the_pieces_stay() -> None:
    def chat(http: Exchange) -> None:
        http.events()
        http.delta("The ")

    with model_server(chat=chat) as server:
        stream = connect(server).generate(ask(), threading.Event())
        assert next(stream) == Piece("The ")
        with pytest.raises(ModelError, match="broke off") as caught:
            next(stream)
    assert caught.value.remedy == "Ask again."


@pytest.mark.parametrize(
    "sent",
    [b"data: {no json\n\n", b'data: {"choices": 5}\n\n', b"data: [1]\n\n", b"data: \xff\xfe\n\n",
     b'data: {"choices":[{"delta":[1]}]}\n\n'],
)  # fmt: skip
def test_an_answer_that_no_such_server_gives_is_an_error_of_a_sentence(sent: bytes) -> None:
    def chat(http: Exchange) -> None:
        http.events()
        http.raw(sent)

    with model_server(chat=chat) as server, pytest.raises(ModelError, match="not an OpenAI-compatible"):
        answer(connect(server), ask())


def test_an_answer_that_is_no_stream_is_refused() -> None:
    with (
        model_server(chat=lambda http: http.json({"choices": []})) as server,
        pytest.raises(ModelError, match="not an OpenAI-compatible"),
    ):
        answer(connect(server), ask())


def test_an_error_in_the_middle_of_a_stream_is_raised() -> None:
    def chat(http: Exchange) -> None:
        http.events()
        http.event({"error": {"message": "the GPU\x1b[31m is gone"}})

    with model_server(chat=chat) as server, pytest.raises(ModelError) as caught:
        answer(connect(server), ask())
    assert "the GPU[31m is gone" in caught.value.what


@pytest.mark.parametrize(
    ("code", "message", "what", "remedy"),
    [
        (401, "no key", "wants a key", "server.key_variable"),
        (404, "model tiny not found", "model tiny not found", "server.model"),
        (429, "slow down", "asked too much", "later"),
        (500, "out of memory", "status 500 (out of memory)", "Ask again"),
        (302, "", "wants the request sent to http://elsewhere.example/x", "server.url"),
    ],
)
def test_every_error_of_a_server_has_its_remedy(code: int, message: str, what: str, remedy: str) -> None:
    def chat(http: Exchange) -> None:
        http.json({"error": {"message": message}}, code, Location="http://elsewhere.example/x")

    with model_server(chat=chat) as server, pytest.raises(ModelError) as caught:
        answer(connect(server), ask())
    assert what in caught.value.what and remedy in caught.value.remedy


def test_a_server_that_is_away_is_an_error_of_a_sentence() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        model = OpenAILanguageModel(ServerConnection(place_of(f"http://localhost:{port}")))
        with pytest.raises(ModelError, match=f"No model server can be reached on this machine, port {port}"):
            answer(model, ask())


def test_a_key_goes_along_and_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with model_server(chat=lambda http: http.answer("yes")) as server:
        assert answer(connect(server), ask())[0] == "yes"
        assert answer(connect(server, key="k-1"), ask())[0] == "yes"
        sent = [
            request.headers.get("authorization") for request in server.asked if request.path.endswith("completions")
        ]
    assert sent == [None, "Bearer k-1"]


def test_the_context_window_is_what_the_server_tells_up_to_what_is_set() -> None:
    def models(**about: Any) -> Any:
        return lambda http: http.json({"data": [{"id": "other", "max_model_len": 9}, {"id": "tiny", **about}]})

    cases: list[tuple[dict[str, Any], int]] = [
        ({"max_model_len": 1000}, 1000),
        ({"meta": {"n_ctx_train": 2000}}, 2000),
        ({"max_model_len": 100_000}, 4096),
        ({}, 4096),
        ({"max_model_len": "many"}, 4096),
    ]
    for about, context in cases:
        with model_server({"/v1/models": models(**about)}) as server:
            assert connect(server, model="tiny").context_tokens == context


def test_llama_server_counts_tokens_and_tells_what_a_request_may_take() -> None:
    listed = {"data": [{"id": "tiny", "owned_by": "llamacpp", "meta": {"n_ctx_train": 3000}}]}
    on = {
        "/v1/models": lambda http: http.json(listed),
        "/props": lambda http: http.json({"default_generation_settings": {"n_ctx": 512}}),
        "/apply-template": lambda http: http.json({"prompt": "|".join(m["content"] for m in http.body["messages"])}),
        "/tokenize": lambda http: http.json({"tokens": list(range(len(http.body["content"])))}),
    }
    with model_server(on) as server:
        model = connect(server)
        assert model.context_tokens == 512
        assert model.count_tokens(SEA) == len("You are terse.|Write about the sea.")
        del server.on["/tokenize"]
        assert model.count_tokens(SEA) == estimate_turns(SEA)


def test_what_does_not_fit_is_refused_before_it_is_sent() -> None:
    with model_server(chat=lambda http: http.answer("yes")) as server:
        model = connect(server, context_tokens=100)
        with pytest.raises(ContextOverflow, match="holds 100"):
            answer(model, ask(90))
        assert not server.requests("/v1/chat/completions")


def test_a_server_that_finds_the_prompt_too_long_means_overflow() -> None:
    full = fail_with(400, "This model's maximum context length is 64 tokens")
    with model_server(chat=full) as server, pytest.raises(ContextOverflow):
        answer(connect(server), ask())


def test_a_server_without_a_list_of_models_takes_a_named_one() -> None:
    with model_server({"/v1/models": fail_with(404, "?")}, chat=lambda http: http.answer("yes")) as server:
        assert answer(connect(server, model="tiny"), ask())[0] == "yes"
        with pytest.raises(ModelError):
            answer(connect(server), ask())


def test_a_server_without_a_model_says_so() -> None:
    empty = {"/v1/models": lambda http: http.json({"data": []})}
    with model_server(empty) as server, pytest.raises(ModelError, match="has no model"):
        answer(connect(server), ask())


def test_localhost_reaches_a_server_on_either_loopback_address() -> None:
    with model_server(chat=lambda http: http.answer("yes")) as server:
        place = place_of(f"http://localhost:{server.port}")
        assert place.base() == f"http://127.0.0.1:{server.port}"
        assert answer(OpenAILanguageModel(ServerConnection(place)), ask())[0] == "yes"
        assert {request.headers["host"] for request in server.asked} == {f"localhost:{server.port}"}
