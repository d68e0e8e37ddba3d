"""A language model on a server that speaks OpenAI's protocol: Ollama, llama-server, vLLM, LM Studio and others."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

from models.child.wire import AnswerText
from models.openai.connection import Json, Refusal, ServerConnection, Stream
from models.openai.token_estimate import estimate_turns
from models.output.answer_stream import answer_stream
from models.protocol import (
    ChatTurn,
    ContextOverflow,
    Finished,
    FinishReason,
    GenerateRequest,
    ModelError,
    Piece,
    TokenLogprob,
)
from models.protocol.printable import printable

_POLL = 0.02
"""How often a waiting caller looks at its cancel event, in seconds."""
_SPARE_CHUNKS = 16
"""Chunks that may come beyond max_tokens: the first and the last are often empty."""

# A field, words in the error of a server that does not know it, and what replaces it, tried in turn. Without the field
# there still is an answer, if a worse one; the caller checks it against the schema.
_FALLBACKS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("schema", ("response_format", "schema", "grammar", "json"), ("json_object", "none")),
    ("limit", ("max_completion_tokens", "max_tokens"), ("max_completion_tokens",)),
    ("logprobs", ("logprob",), ("none",)),
    ("usage", ("stream_options", "include_usage"), ("none",)),
    ("seed", ("seed",), ("none",)),
    ("temperature", ("temperature",), ("none",)),
)
_UNKNOWN_FIELD = (400, 415, 422, 500, 501)
_TOO_LONG = (
    "context length",
    "context size",
    "context window",
    "exceed_context",
    "too many tokens",
    "prompt is too long",
)


class OpenAILanguageModel:
    """Implements `LanguageModel` for a server. Nothing is sent before the first question.

    The penalty on repetitions is the server's own: the protocol has no field for it that all servers take.
    """

    def __init__(self, connection: ServerConnection, *, model: str = "", context_tokens: int = 4096) -> None:
        """`model` is the server's name for it; empty: the first that the server lists.

        `context_tokens` is the context window, unless the server reports a smaller one.
        """
        self._connection = connection
        self._asked_model = model
        self._asked_context = context_tokens
        self._known: _ModelInfo | None = None
        self._fallbacks: dict[str, str] = {}
        self._lock = threading.Lock()
        self._streams: set[Stream] = set()

    @property
    def name(self) -> str:
        """The server's name for the model, and where the server is. Sends nothing."""
        model = self._known.model if self._known else self._asked_model
        return f"{printable(model, 80).strip() or 'model'} ({self._connection.place.warning})"

    @property
    def context_tokens(self) -> int:
        """Size of the context window in tokens, as the server reports it or as set. Raises ModelError."""
        return self._info().context

    def count_tokens(self, turns: Sequence[ChatTurn]) -> int:
        """Tokens of the turns: llama-server on this machine counts them, for others they are estimated.

        A server elsewhere is not asked: that would send more than the question needs.
        """
        info = self._info()
        if info.counts:
            root = self._root()
            body = {"messages": [{"role": turn.role, "content": turn.content} for turn in turns]}
            try:
                prompt = self._connection.post(f"{root}/apply-template", body)["prompt"]
                tokens = self._connection.post(f"{root}/tokenize", {"content": prompt, "add_special": True})["tokens"]
                return len(tokens)
            except (Refusal, KeyError, TypeError):
                info.counts = False
        return estimate_turns(turns)

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """Stream an answer: pieces, then one `Finished`; see `LanguageModel.generate`.

        Cancelling closes the connection, at which servers stop computing.
        """
        yield from answer_stream(self._generate, request, cancel)

    def _generate(self, request: GenerateRequest, cancel: threading.Event) -> Generator[Piece | Finished, None, None]:
        """What the server sends."""
        info = self._info()
        prompt_tokens = self.count_tokens(request.turns)
        if prompt_tokens + request.max_tokens > info.context:
            raise self._overflow(prompt_tokens, request)
        while True:
            with self._lock:
                fallbacks = dict(self._fallbacks)
            stream = self._connection.stream(f"{self._path()}/chat/completions", _body(request, info.model, fallbacks))
            with self._lock:
                self._streams.add(stream)
            try:
                yield from _Answer(stream, self._connection, request, prompt_tokens).events(cancel)
                return
            except Refusal as refusal:
                if any(words in refusal.message.lower() for words in _TOO_LONG):
                    raise self._overflow(prompt_tokens, request) from refusal
                if not self._fall_back(refusal, request, fallbacks):
                    raise
            finally:
                with self._lock:
                    self._streams.discard(stream)
                stream.close()

    def close(self) -> None:
        """End answers in progress as cancelled, and ask the server about its model again at the next question."""
        with self._lock:
            streams = list(self._streams)
            self._known = None
        for stream in streams:
            stream.close()

    def _overflow(self, prompt_tokens: int, request: GenerateRequest) -> ContextOverflow:
        return ContextOverflow(
            f"The prompt takes about {prompt_tokens} tokens and its answer up to {request.max_tokens}, "
            f"but {self.name} holds {self.context_tokens}.",
            "Ask something shorter, or give it less to read; `server.context` says how much the server holds.",
        )

    def _fall_back(self, refusal: Refusal, request: GenerateRequest, used: Mapping[str, str]) -> bool:
        """Whether the request can be made without the refused field. Later requests do without it too."""
        if refusal.code not in _UNKNOWN_FIELD:
            return False
        message = refusal.message.lower()
        for field, words, instead in _FALLBACKS:
            if (field == "schema" and request.schema is None) or (field == "logprobs" and not request.logprobs):
                continue
            tried = instead.index(used[field]) + 1 if field in used else 0
            if tried < len(instead) and any(word in message for word in words):
                with self._lock:
                    self._fallbacks[field] = instead[tried]
                return True
        return False

    def _info(self) -> _ModelInfo:
        """What the server reports of the model, asked once. Raises ModelError."""
        info = self._known
        if info is None:
            info = self._known = self._ask_info()
        return info

    def _ask_info(self) -> _ModelInfo:
        try:
            listed = self._connection.get(f"{self._path()}/models").get("data")
        except Refusal as refusal:
            # Some servers have no list; a named model may work all the same.
            if refusal.code not in (404, 405, 501) or not self._asked_model:
                raise
            listed = []
        if not isinstance(listed, list):
            raise self._connection.bad_answer()
        models = [entry for entry in listed if isinstance(entry, dict) and isinstance(entry.get("id"), str)]
        name = self._asked_model or (models[0]["id"] if models else "")
        if not name:
            raise ModelError(
                f"The model server {self._connection.place.text} has no model.",
                "Have it load one, or name one with `secondme config set server.model NAME`.",
            )
        about: Json = next((entry for entry in models if entry["id"] == name), {})
        llama_server = self._connection.place.loopback and about.get("owned_by") == "llamacpp"
        reported = self._slot_context() if llama_server else 0
        reported = reported or _context_of(about)
        return _ModelInfo(name, min(reported or self._asked_context, self._asked_context), llama_server)

    def _slot_context(self) -> int:
        """Context window of a request to llama-server, which may be far smaller than the model's; 0: not reported."""
        try:
            settings = self._connection.get(f"{self._root()}/props").get("default_generation_settings")
        except Refusal:
            return 0
        return _positive(settings.get("n_ctx")) if isinstance(settings, dict) else 0

    def _path(self) -> str:
        return self._connection.place.path

    def _root(self) -> str:
        return self._path().removesuffix("/v1")


class _ModelInfo:
    """What a server reports of its model: name, context window in tokens, and whether it counts tokens."""

    def __init__(self, model: str, context: int, counts: bool) -> None:
        self.model = model
        self.context = context
        self.counts = counts


class _Answer:
    """Reads a streamed answer."""

    def __init__(
        self, stream: Stream, connection: ServerConnection, request: GenerateRequest, prompt_tokens: int
    ) -> None:
        self._stream = stream
        self._connection = connection
        self._request = request
        self._text = AnswerText(request.stop)
        self._logprobs: list[TokenLogprob] = []
        self._prompt_tokens = prompt_tokens
        self._completion_tokens: int | None = None
        self._cached_tokens = 0
        self._chunks = 0
        self._reason: FinishReason | None = None
        self._began = time.perf_counter()
        self._first = 0.0

    def events(self, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """Pieces, then the end. Raises ModelError."""
        done = False
        while not done:
            if cancel.is_set():
                self._reason = "cancelled"
                break
            line = self._stream.next(_POLL)
            if line is None:
                self._end_of_body()
                break
            if not line.startswith("data:"):
                continue
            data = line.removeprefix("data:").strip()
            done = data == "[DONE]"
            if done:
                self._reason = self._reason or "stop"
                break
            piece = self._chunk(data)
            if piece is not None:
                yield piece
            if self._text.stopped:
                self._reason = "stop"
            elif self._chunks >= self._request.max_tokens + _SPARE_CHUNKS:
                self._reason = "length"
            else:
                continue
            break
        rest = self._text.rest()
        if rest and self._reason != "cancelled":
            yield Piece(rest, tuple(self._logprobs))
        yield self._end()

    def _end_of_body(self) -> None:
        """Take the end of the body. Raises ModelError if the answer had not ended."""
        if self._reason is None:
            if not self._stream.closed:
                raise self._connection.broken_off()
            self._reason = "cancelled"

    def _chunk(self, data: str) -> Piece | None:
        """The piece of an event of the stream, if it has text. Raises ModelError for what is no such event."""
        try:
            chunk = json.loads(data)
            if "error" in chunk:
                refusal = self._connection.refusal(500, data.encode("utf-8", "replace"), {})
                # No Refusal: pieces may have come, so the request is not repeated without some field.
                raise ModelError(refusal.what, refusal.remedy)
            usage = chunk.get("usage")
            if usage:
                self._prompt_tokens = int(usage.get("prompt_tokens") or self._prompt_tokens)
                self._completion_tokens = int(usage.get("completion_tokens") or self._chunks)
                self._cached_tokens = int((usage.get("prompt_tokens_details") or {}).get("cached_tokens") or 0)
            if not chunk.get("choices"):
                return None
            choice = chunk["choices"][0]
            if choice.get("finish_reason"):
                self._reason = "length" if choice["finish_reason"] == "length" else "stop"
            delta = choice.get("delta") or {}
            content = delta.get("content") or ""
            thought = "" if content else delta.get("reasoning_content") or delta.get("reasoning") or ""
            thought = thought.encode("utf-8", "replace").decode("utf-8")
            logprobs = _token_logprobs(choice.get("logprobs"), self._request.logprobs)
            encoded = content.encode("utf-8", "replace")
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            raise self._connection.bad_answer() from error
        self._logprobs += logprobs
        if not content and not thought:
            return None
        self._first = self._first or time.perf_counter()
        self._chunks += 1
        if thought:
            return Piece(thought, thought=True)
        text = self._text.add(encoded)
        if not text:
            return None
        piece, self._logprobs = Piece(text, tuple(self._logprobs)), []
        return piece

    def _end(self) -> Finished:
        now = time.perf_counter()
        assert self._reason is not None
        return Finished(
            self._reason,
            self._prompt_tokens,
            self._chunks if self._completion_tokens is None else self._completion_tokens,
            (self._first or now) - self._began,
            now - (self._first or now),
            self._cached_tokens,
        )


def _body(request: GenerateRequest, model: str, fallbacks: Mapping[str, str]) -> Json:
    """The request as the server takes it; `fallbacks` has the replacements of fields that it refused."""
    messages = [{"role": turn.role, "content": turn.content} for turn in request.turns]
    body: Json = {"model": model, "messages": messages, "stream": True}
    body[fallbacks.get("limit", "max_tokens")] = request.max_tokens
    if "temperature" not in fallbacks:
        body["temperature"] = request.temperature
    if "seed" not in fallbacks:
        body["seed"] = request.seed
    if "usage" not in fallbacks:
        body["stream_options"] = {"include_usage": True}
    if request.stop:
        # OpenAI takes four; `AnswerText` finds the others.
        body["stop"] = [stop for stop in request.stop if stop][:4]
    if request.logprobs and "logprobs" not in fallbacks:
        body |= {"logprobs": True, "top_logprobs": request.logprobs}
    if request.schema is not None:
        _ask_for_schema(body, request.schema, fallbacks.get("schema", "json_schema"))
    return body


def _ask_for_schema(body: Json, schema: Mapping[str, Any], mode: str) -> None:
    if mode == "json_schema":
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "answer", "schema": schema, "strict": True},
        }
        return
    if mode == "json_object":
        body["response_format"] = {"type": "json_object"}
    last = body["messages"][-1]
    last["content"] += f"\n\nAnswer with nothing but JSON that fits this JSON schema: {json.dumps(schema)}"


def _token_logprobs(found: Any, likeliest: int) -> list[TokenLogprob]:
    """Raises KeyError, TypeError or ValueError for what differs from the protocol."""
    if not likeliest or not found:
        return []
    return [
        TokenLogprob(
            _whole(token["token"]),
            float(token["logprob"]),
            tuple((_whole(other["token"]), float(other["logprob"])) for other in token.get("top_logprobs") or ())[
                :likeliest
            ],
        )
        for token in found.get("content") or ()
    ]


def _context_of(about: Json) -> int:
    """Context window in tokens by a list of models, which vLLM, llama-server, LM Studio and OpenRouter give; else 0."""
    meta = about.get("meta")
    sizes = [about.get("max_model_len"), about.get("context_length"), about.get("max_context_length")]
    sizes += [meta.get("n_ctx"), meta.get("n_ctx_train")] if isinstance(meta, dict) else []
    return next((number for number in map(_positive, sizes) if number), 0)


def _positive(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _whole(text: str) -> str:
    """The text without halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode("utf-8")
