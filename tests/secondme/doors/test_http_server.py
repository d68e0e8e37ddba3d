"""OpenAI's interface with the real client of OpenAI, over a real port."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import httpx
import openai
import pytest
from openai import OpenAI

from secondme.api import AnswerSentence, AskEvent, Caller, Citation, Delta, Done, Failed, Started, Turn
from secondme.doors.guard import MOST_BODY
from secondme.doors.http_server import application
from secondme.errors import EngineUnavailable, LimitReached, NotGranted
from tests.secondme.doors.http_service import listening
from tests.secondme.doors.sample_engine import SampleDoor, SampleEngine, answer, hit

TEXT = "It hangs behind the door. [1] It is red."
ANSWER = answer(
    TEXT,
    citations=(Citation(1, hit()),),
    sentences=(AnswerSentence(0, 29, (1,), 0.9), AnswerSentence(30, 40, (), 0.1)),
)
CONTENT = f"{TEXT}\n\nSources:\n[1] car.md:3\n\n1 of 2 sentences are not supported by this memory."
QUESTION: list[Any] = [{"role": "user", "content": "Where is the key?"}]


@pytest.fixture
def engine() -> SampleEngine:
    """An engine that answers in three pieces."""
    pieces = (Delta("It hangs behind the door. [1]"), Delta(" It is"), Delta(" red.", unsupported=True))
    return SampleEngine(events=(Started("", "me1"), *pieces, Done(ANSWER)))


@pytest.fixture
def port(engine: SampleEngine) -> Iterator[int]:
    """The port of its server."""
    with listening(application(SampleDoor(engine), 1_700_000_000)) as port:
        yield port


@pytest.fixture
def client(port: int) -> Iterator[OpenAI]:
    """A client that is let in."""
    with OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="good", max_retries=0) as made:
        yield made


def test_the_one_model_is_listed(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["secondme"]


def test_an_answer_has_its_sources_in_the_text_beside_it_and_at_each_number(
    client: OpenAI, engine: SampleEngine
) -> None:
    done = client.chat.completions.create(model="secondme", messages=QUESTION)
    message = done.choices[0].message
    assert message.content == CONTENT
    assert done.choices[0].finish_reason == "stop"
    assert message.annotations is not None
    (cited,) = [one.url_citation for one in message.annotations]
    assert CONTENT[cited.start_index : cited.end_index] == "[1]"
    assert (cited.title, cited.url) == ("car.md:3", "secondme://passage/sp1")
    details: Any = done.to_dict()["secondme"]
    assert details["citations"][0]["quote"] == "The spare key hangs behind the kitchen door."
    assert done.usage is not None and done.usage.total_tokens == 660
    assert engine.calls == [("ask", Caller(token="good"), {"question": "Where is the key?", "earlier": []})]


def test_a_stream_says_what_the_answer_says_and_ends_as_clients_expect(client: OpenAI) -> None:
    chunks = list(
        client.chat.completions.create(
            model="secondme", messages=QUESTION, stream=True, stream_options={"include_usage": True}
        )
    )
    *told, last, usage = chunks
    assert "".join(chunk.choices[0].delta.content or "" for chunk in told) == CONTENT
    assert told[0].choices[0].delta.role == "assistant"
    assert all(chunk.choices[0].finish_reason is None for chunk in told)
    assert last.choices[0].finish_reason == "stop"
    assert last.choices[0].delta.to_dict() == {}
    assert usage.choices == [] and usage.usage is not None and usage.usage.total_tokens == 660
    noted: Any = told[-1].to_dict()
    assert noted["choices"][0]["delta"]["annotations"][0]["url_citation"]["url"] == "secondme://passage/sp1"
    assert noted["secondme"]["citations"][0]["number"] == 1
    assert len({chunk.id for chunk in chunks}) == 1


def test_a_stream_ends_with_done_and_has_no_usage_unless_asked_for(port: int) -> None:
    body = {"model": "secondme", "messages": QUESTION, "stream": True}
    said = post(port, "/v1/chat/completions", body)
    assert said.headers["content-type"].startswith("text/event-stream")
    assert said.text.endswith("\n\ndata: [DONE]\n\n")
    assert '"usage"' not in said.text


def test_an_answer_that_turned_out_otherwise_is_said_again_whole(client: OpenAI, engine: SampleEngine) -> None:
    engine.events = (Started("", "me1"), Delta("Perhaps in the car"), Done(ANSWER))
    stream = client.chat.completions.create(model="secondme", messages=QUESTION, stream=True)
    assert "".join(c.choices[0].delta.content or "" for c in stream) == f"Perhaps in the car\n\n{CONTENT}"


@pytest.mark.parametrize("streams", [False, True])
def test_a_text_cannot_have_a_front_end_load_what_it_names(client: OpenAI, engine: SampleEngine, streams: bool) -> None:
    pieces = ["See !", "[x](http://a/b.png) or <", "img src=http://a/b> 1 < 2 wow!"]
    engine.events = (*(Delta(piece) for piece in pieces), Done(answer("".join(pieces))))
    if streams:
        stream = client.chat.completions.create(model="secondme", messages=QUESTION, stream=True)
        said = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
    else:
        said = client.chat.completions.create(model="secondme", messages=QUESTION).choices[0].message.content or ""
    assert said == "See ! [x](http://a/b.png) or < img src=http://a/b> 1 < 2 wow!"


def test_content_may_come_in_parts_and_the_conversation_goes_along(client: OpenAI, engine: SampleEngine) -> None:
    messages: list[Any] = [
        {"role": "system", "content": "Talk like a pirate."},
        {"role": "user", "content": [{"type": "text", "text": "I lost"}, {"type": "text", "text": "my key."}]},
        {"role": "assistant", "content": "Oh."},
        *QUESTION,
    ]
    client.chat.completions.create(model="secondme", messages=messages, temperature=0.2, max_tokens=50, user="ana")
    assert engine.calls[-1][2]["earlier"] == [Turn("user", "I lost\nmy key."), Turn("assistant", "Oh.")]


def test_half_a_letter_in_a_question_hurts_nothing(port: int, engine: SampleEngine) -> None:
    body = {"model": "secondme", "messages": [{"role": "user", "content": "key \ud800?"}]}
    assert post(port, "/v1/chat/completions", body).status_code == 200
    assert engine.calls[-1][2]["question"] == "key \ufffd?"


PICTURE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"messages": [{"role": "user", "content": [PICTURE]}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": 3}]}, "messages[0].content"),
        ({"messages": [{"role": "tool", "content": "x", "tool_call_id": "1"}]}, "messages[0]"),
        ({"messages": []}, "messages"),
        ({"messages": "hello"}, "messages"),
        ({"messages": [*QUESTION, {"role": "assistant", "content": "It"}]}, "messages"),
        ({"messages": [{"role": "user", "content": " "}]}, "messages"),
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, "tools"),
        ({"n": 2}, "n"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
        ({"stream": "yes"}, "stream"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_field_that_is_meant(
    client: OpenAI, engine: SampleEngine, changes: dict[str, Any], param: str
) -> None:
    asked: Any = {"model": "secondme", "messages": QUESTION, **changes}
    with pytest.raises(openai.BadRequestError) as refused:
        client.chat.completions.create(**asked)
    assert refused.value.param == param
    assert engine.calls == []


def test_an_empty_list_of_tools_is_no_list_of_tools(client: OpenAI) -> None:
    assert client.chat.completions.create(model="secondme", messages=QUESTION, tools=[]).choices


def test_an_unknown_model_is_not_found(client: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as refused:
        client.chat.completions.create(model="gpt-4o", messages=QUESTION)
    assert refused.value.code == "model_not_found"


@pytest.mark.parametrize("streams", [False, True])
@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (NotGranted("Not granted."), openai.PermissionDeniedError),
        (LimitReached("Too often.", "Wait."), openai.RateLimitError),
        (EngineUnavailable("It is away."), openai.InternalServerError),
    ],
)
def test_a_refusal_of_the_engine_has_a_status_also_where_a_stream_was_asked_for(
    client: OpenAI, engine: SampleEngine, error: Any, raised: type[Exception], streams: bool
) -> None:
    engine.error = error
    with pytest.raises(raised, match=error.what):
        list(client.chat.completions.create(model="secondme", messages=QUESTION, stream=streams))


def test_a_refusal_that_comes_as_the_first_event_has_a_status_too(client: OpenAI, engine: SampleEngine) -> None:
    engine.events = (Failed("Too often.", "Wait.", exit_code=LimitReached.exit_code),)
    with pytest.raises(openai.RateLimitError):
        client.chat.completions.create(model="secondme", messages=QUESTION, stream=True)


def test_a_stream_that_fails_midway_says_so_to_the_client(client: OpenAI, engine: SampleEngine) -> None:
    engine.events = (Started("", "me1"), Delta("It"), Failed("The model died.", "Ask again."))
    with pytest.raises(openai.APIError, match="The model died"):
        list(client.chat.completions.create(model="secondme", messages=QUESTION, stream=True))


@pytest.mark.parametrize("streams", [False, True])
def test_an_answer_that_breaks_off_is_an_error(client: OpenAI, engine: SampleEngine, streams: bool) -> None:
    engine.events = (Started("", "me1"), Delta("It"))
    with pytest.raises(openai.APIError, match="broke off"):
        list(client.chat.completions.create(model="secondme", messages=QUESTION, stream=streams))


def test_a_question_that_is_asked_again_by_the_client_is_answered_once(port: int, engine: SampleEngine) -> None:
    failures = iter([EngineUnavailable("Away."), EngineUnavailable("Away.")])

    class Flaky(SampleDoor):
        def door(self) -> Any:
            for error in failures:
                raise error
            return super().door()

    with (
        listening(application(Flaky(engine), 0)) as flaky,
        OpenAI(base_url=f"http://127.0.0.1:{flaky}/v1", api_key="good") as client,
    ):
        done = client.chat.completions.create(model="secondme", messages=QUESTION)
    assert done.choices[0].message.content == CONTENT
    assert [name for name, _, _ in engine.calls] == ["ask"]


@pytest.mark.parametrize("streams", [False, True])
def test_when_the_client_goes_away_the_answer_is_stopped_within_a_second(streams: bool) -> None:
    class Slow(SampleEngine):
        begun, ended = threading.Event(), threading.Event()

        def program_ask(self, caller: Caller, question: str, *, earlier: Sequence[Turn] = ()) -> Iterator[AskEvent]:
            yield Started("", "me7")
            yield Delta("It")
            self.begun.set()
            assert self.ended.wait(20)

        def stop(self, message_id: str) -> None:
            super().stop(message_id)
            self.ended.set()

    engine = Slow()
    body = {"model": "secondme", "messages": QUESTION, "stream": streams}
    with listening(application(SampleDoor(engine), 0)) as port:
        with closing(http(port)) as http_client:
            request = http_client.build_request("POST", "/v1/chat/completions", json=body, headers=TOKEN)
            thread = threading.Thread(target=send_and_give_up, args=(http_client, request, engine.begun))
            thread.start()
            assert engine.begun.wait(20)
            thread.join()
        assert engine.ended.wait(1)
    assert engine.stopped == ["me7"]


def send_and_give_up(client: httpx.Client, request: httpx.Request, begun: threading.Event) -> None:
    """Send a request and close the connection as soon as the engine is at work."""
    request.extensions["timeout"] = {"read": 0.5, "connect": 5, "write": 5, "pool": 5}
    with pytest.raises(httpx.ReadTimeout):
        client.send(request)
    assert begun.wait(20)


@pytest.mark.parametrize("form", ["float", "base64"])
def test_texts_are_embedded_in_the_order_in_which_they_came(client: OpenAI, engine: SampleEngine, form: Any) -> None:
    texts = ["x" * (number % 9 + 1) for number in range(130)]
    done = client.embeddings.create(model="secondme", input=texts, encoding_format=form)
    given = [one.embedding for one in done.data]
    if form == "float":
        assert given == [[0.5, float(len(text))] for text in texts]
    assert [one.index for one in done.data] == list(range(130))
    assert [len(call[2]["texts"]) for call in engine.calls] == [64, 64, 2]
    assert client.embeddings.create(model="secondme", input="four").data[0].embedding == [0.5, 4.0]


@pytest.mark.parametrize("changes", [{"input": [1, 2]}, {"input": []}, {"input": [""]}, {"dimensions": 3}])
def test_what_cannot_be_embedded_is_refused(client: OpenAI, changes: dict[str, Any]) -> None:
    asked: Any = {"model": "secondme", "input": "x", **changes}
    with pytest.raises(openai.BadRequestError):
        client.embeddings.create(**asked)


# --- what every request has to pass

TOKEN = {"Authorization": "Bearer good"}


def http(port: int, **headers: str) -> httpx.Client:
    """A plain client."""
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, trust_env=False, timeout=20)


def post(port: int, path: str, body: Any, **headers: str) -> httpx.Response:
    """A request with a good token."""
    with http(port) as client:
        return client.post(path, content=json.dumps(body), headers={**TOKEN, **headers})


def code(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of an error in the envelope."""
    error = answer.json()["error"]
    assert error.keys() == {"message", "type", "param", "code"}
    return answer.status_code, error["code"]


@pytest.mark.parametrize("value", ["", "good", "Basic good", "Bearer", "Bearer wrong", "Bearer good extra", "Bearer é"])
def test_without_the_token_of_a_program_nothing_is_answered(port: int, engine: SampleEngine, value: str) -> None:
    with http(port) as client:
        given = {b"Authorization": value.encode()} if value else {}
        for answered in (client.get("/v1/models", headers=given), client.get("/nowhere", headers=given)):
            assert code(answered) == (401, "invalid_api_key")
            assert answered.headers["www-authenticate"] == "Bearer"
    assert engine.calls == []


@pytest.mark.parametrize(("token", "expected"), [("late", (401, "expired")), ("idle", (403, "paused"))])
def test_a_program_that_is_expired_or_paused_is_not_let_in(port: int, token: str, expected: tuple[int, str]) -> None:
    with http(port) as client:
        assert code(client.get("/v1/models", headers={"Authorization": f"Bearer {token}"})) == expected


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1", "", "localhost@evil", "[::2]"]
)
def test_under_a_foreign_name_nothing_is_answered(port: int, host: str) -> None:
    with http(port) as client:
        assert client.get("/v1/models", headers={**TOKEN, "Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:99"])
def test_under_a_name_of_this_machine_it_is(port: int, host: str) -> None:
    with http(port) as client:
        assert client.get("/v1/models", headers={**TOKEN, "Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["null", "https://evil.example", "http://localhost.evil.example", "file://", "localhost", "ftp://localhost"],
)
def test_pages_of_other_origins_are_refused_and_none_is_let_read(port: int, origin: str) -> None:
    with http(port) as client:
        assert code(client.get("/v1/models", headers={**TOKEN, "Origin": origin})) == (403, "wrong_origin")
        asked = {**TOKEN, "Origin": "http://localhost:3000"}
        assert "access-control-allow-origin" not in client.get("/v1/models", headers=asked).headers
        assert client.options("/v1/models", headers=asked).status_code == 404


def test_a_body_that_is_too_large_is_not_read_to_its_end(port: int) -> None:
    with http(port) as client:
        declared = client.post("/v1/embeddings", content=b"x" * (MOST_BODY + 1), headers=TOKEN)
        assert code(declared) == (413, "too_large")
        chunked = client.post("/v1/embeddings", content=(b"x" * 65536 for _ in range(80)), headers=TOKEN)
        assert code(chunked) == (413, "too_large")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"model": NaN}', b"1" * 5000])
def test_a_body_that_is_no_object_is_refused(port: int, body: bytes) -> None:
    with http(port) as client:
        answered = client.post("/v1/chat/completions", content=body, headers=TOKEN)
    assert answered.status_code == 400
    assert "error" in answered.json()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/v1/chat/completions"),
        ("POST", "/v1/models"),
        ("POST", "/v1/completions"),
        ("GET", "/mcp"),
    ],
)
def test_elsewhere_is_nothing_and_it_is_said_in_json(port: int, method: str, path: str) -> None:
    with http(port) as client:
        assert code(client.request(method, path, headers=TOKEN)) == (404, "not_found")


def test_what_goes_wrong_inside_is_not_shown() -> None:
    class Broken(SampleEngine):
        def program_embed(self, caller: Caller, texts: Sequence[str]) -> list[list[float]]:
            raise RuntimeError("PRIVATE /home/ana")

    with listening(application(SampleDoor(Broken()), 0)) as port:
        answered = post(port, "/v1/embeddings", {"model": "secondme", "input": "x"})
    assert code(answered) == (500, "failed")
    assert "PRIVATE" not in answered.text
