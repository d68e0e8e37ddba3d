"""A language model on a server that speaks OpenAI's protocol: Ollama, llama-server, vLLM, LM Studio and others."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.child.wire import AnswerText
from models.openai.connection import Json, Refusal, ServerConnection, Stream
from models.openai.token_estimate import estimate_turns
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

# How often a waiting caller looks at its cancel event, in seconds.
_POLL = 0.02
# Chunks beyond max_tokens that are borne: the first and the last often carry nothing.
_SPARE_CHUNKS = 16

# What a server that does not know a field says in its error, and what takes the field's place, one after the
# other. Without the field the answer is worse or says less, but there is one; a schema is checked by the caller.
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

    The penalty on repetitions is the server's own; the protocol has no field for it that all servers take.
    """

    def __init__(self, connection: ServerConnection, *, model: str = "", context_tokens: int = 4096) -> None:
        """`model` is the server's name for it, empty for the first that it lists.

        `context_tokens` is the context window where the server does not tell a smaller one.
        """
        self._connection = connection
        self._wanted_model = model
        self._wanted_context = context_tokens
        self._known: _Known | None = None
        self._fallbacks: dict[str, str] = {}
        self._lock = threading.Lock()
        self._streams: set[Stream] = set()

    @property
    def name(self) -> str:
        """The model's name at the server, and where that is; asks nobody."""
        model = self._known.model if self._known else self._wanted_model
        return f"{_shown(model) or 'model'} ({self._connection.place.warning})"

    @property
    def context_tokens(self) -> int:
        """Size of the context window in tokens, as the server tells it or as set. Raises ModelError."""
        return self._model().context

    def count_tokens(self, turns: Sequence[ChatTurn]) -> int:
        """Tokens of the turns: llama-server on this machine counts them, for others it is a careful estimate.

        A server elsewhere is not asked: what is counted is more than what is sent in the end.
        """
        known = self._model()
        if known.counts:
            root = self._root()
            body = {"messages": [{"role": turn.role, "content": turn.content} for turn in turns]}
            try:
                prompt = self._connection.post(f"{root}/apply-template", body)["prompt"]
                tokens = self._connection.post(f"{root}/tokenize", {"content": prompt, "add_special": True})["tokens"]
                return len(tokens)
            except (Refusal, KeyError, TypeError):
                known.counts = False
        return estimate_turns(turns)

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """Stream an answer: pieces, then one `Finished`; see `LanguageModel.generate`.

        Cancelling closes the connection, at which servers stop computing.
        """
        known = self._model()
        prompt_tokens = self.count_tokens(request.turns)
        if prompt_tokens + request.max_tokens > known.context:
            raise self._overflow(prompt_tokens, request)
        while True:
            with self._lock:
                fallbacks = dict(self._fallbacks)
            stream = self._connection.stream(f"{self._path()}/chat/completions", _body(request, known.model, fallbacks))
            with self._lock:
                self._streams.add(stream)
            try:
                yield from _Answer(stream, self._connection, request, prompt_tokens).events(cancel)
                return
            except Refusal as refusal:
                if any(words in refusal.told.lower() for words in _TOO_LONG):
                    raise self._overflow(prompt_tokens, request) from refusal
                if not self._fall_back(refusal, request, fallbacks):
                    raise
            finally:
                with self._lock:
                    self._streams.discard(stream)
                stream.close()

    def close(self) -> None:
        """End what is being answered, as cancelled, and ask the server anew at the next question what it has."""
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
        """Whether the request can be made without what the server refused; remembered for the next ones."""
        if refusal.code not in _UNKNOWN_FIELD:
            return False
        told = refusal.told.lower()
        for field, words, instead in _FALLBACKS:
            if (field == "schema" and request.schema is None) or (field == "logprobs" and not request.logprobs):
                continue
            tried = instead.index(used[field]) + 1 if field in used else 0
            if tried < len(instead) and any(word in told for word in words):
                with self._lock:
                    self._fallbacks[field] = instead[tried]
                return True
        return False

    def _model(self) -> _Known:
        """What the server says about the model, asked once. Raises ModelError."""
        known = self._known
        if known is None:
            known = self._known = self._ask_model()
        return known

    def _ask_model(self) -> _Known:
        try:
            listed = self._connection.get(f"{self._path()}/models").get("data")
        except Refusal as refusal:
            # Some servers have no list; a named model may work all the same.
            if refusal.code not in (404, 405, 501) or not self._wanted_model:
                raise
            listed = []
        if not isinstance(listed, list):
            raise self._connection.nonsense()
        models = [one for one in listed if isinstance(one, dict) and isinstance(one.get("id"), str)]
        name = self._wanted_model or (models[0]["id"] if models else "")
        if not name:
            raise ModelError(
                f"The model server {self._connection.place.text} has no model.",
                "Have it load one, or name one with `secondme config set server.model NAME`.",
            )
        about: Json = next((one for one in models if one["id"] == name), {})
        llama_server = self._connection.place.loopback and about.get("owned_by") == "llamacpp"
        told = self._slot_context() if llama_server else 0
        told = told or _context_of(about)
        return _Known(name, min(told or self._wanted_context, self._wanted_context), llama_server)

    def _slot_context(self) -> int:
        """What one request to llama-server may take, which may be far less than the model was trained for."""
        try:
            settings = self._connection.get(f"{self._root()}/props").get("default_generation_settings")
        except Refusal:
            return 0
        return _positive(settings.get("n_ctx")) if isinstance(settings, dict) else 0

    def _path(self) -> str:
        return self._connection.place.path

    def _root(self) -> str:
        return self._path().removesuffix("/v1")


class _Known:
    """What a server told of its model: name, context window in tokens, and whether it counts tokens."""

    def __init__(self, model: str, context: int, counts: bool) -> None:
        self.model = model
        self.context = context
        self.counts = counts


class _Answer:
    """Reads one streamed answer."""

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
                self._broke_off()
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

    def _broke_off(self) -> None:
        """The body ended. Raises ModelError if the answer had not."""
        if self._reason is None:
            if not self._stream.closed:
                raise self._connection.broken()
            self._reason = "cancelled"

    def _chunk(self, data: str) -> Piece | None:
        """One event of the stream. Raises ModelError for what is none."""
        try:
            chunk = json.loads(data)
            if "error" in chunk:
                refusal = self._connection.refusal(500, data.encode("utf-8", "replace"), {})
                # No Refusal: pieces may have come, so the request is not made anew without some field.
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
            content = (choice.get("delta") or {}).get("content") or ""
            told = _token_logprobs(choice.get("logprobs"), self._request.logprobs)
            encoded = content.encode("utf-8", "replace")
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            raise self._connection.nonsense() from error
        self._logprobs += told
        if not content:
            return None
        self._first = self._first or time.perf_counter()
        self._chunks += 1
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
    """The request as the server takes it; `fallbacks` names what takes the place of fields that it refused."""
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
        # OpenAI takes four; the others are found here.
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


def _token_logprobs(told: Any, wanted: int) -> list[TokenLogprob]:
    """Raises KeyError, TypeError or ValueError for what is not as the protocol has it."""
    if not wanted or not told:
        return []
    return [
        TokenLogprob(
            _whole(one["token"]),
            float(one["logprob"]),
            tuple((_whole(other["token"]), float(other["logprob"])) for other in one.get("top_logprobs") or ())[
                :wanted
            ],
        )
        for one in told.get("content") or ()
    ]


def _context_of(about: Json) -> int:
    """Context window in tokens, where a list of models tells it: vLLM, llama-server, LM Studio and OpenRouter do."""
    meta = about.get("meta")
    told = [about.get("max_model_len"), about.get("context_length"), about.get("max_context_length")]
    told += [meta.get("n_ctx"), meta.get("n_ctx_train")] if isinstance(meta, dict) else []
    return next((number for number in map(_positive, told) if number), 0)


def _positive(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _shown(text: str) -> str:
    """A name that a server gave, for the screen."""
    return "".join(ch for ch in text if ch.isprintable())[:80].strip()
