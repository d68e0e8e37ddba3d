"""Requests of OpenAI's interface, checked: what this server cannot do is refused, never passed over in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from secondme.api import Turn
from secondme.doors.api_errors import ApiError
from secondme.text.clean import clean

MODEL = "secondme"
"""The one model of this server."""
MOST_MESSAGES = 1000
MOST_TEXTS = 2048


@dataclass(frozen=True)
class ChatRequest:
    """A question with the conversation before it."""

    question: str
    earlier: tuple[Turn, ...]
    streams: bool
    with_usage: bool


@dataclass(frozen=True)
class EmbeddingRequest:
    """Texts to embed; `as_base64`: vectors are wanted as base64 of little-endian float32."""

    texts: tuple[str, ...]
    as_base64: bool


def chat_request(body: Mapping[str, Any]) -> ChatRequest:
    """A request for an answer. Raises ApiError.

    The system's messages are not used: how Second Me answers is not a program's to say. Nor are settings of sampling.
    """
    _check_model(body)
    for name in ("tools", "functions"):
        if body.get(name):
            raise ApiError(400, "Tools cannot be called from here.", param=name, code="unsupported_parameter")
    if body.get("n") not in (None, 1):
        raise ApiError(400, "One answer is given at a time.", param="n", code="unsupported_value")
    wanted = body.get("response_format")
    if wanted is not None and not (isinstance(wanted, dict) and wanted.get("type") == "text"):
        raise ApiError(400, "Answers are text.", param="response_format", code="unsupported_value")
    if body.get("modalities") not in (None, ["text"]) or body.get("audio"):
        raise ApiError(400, "Answers are text.", param="modalities", code="unsupported_value")
    turns = _turns(body.get("messages"))
    if not turns or turns[-1].role != "user" or not turns[-1].text.strip():
        raise ApiError(400, "The last message has to be the user's question.", param="messages", code="invalid_value")
    options = body.get("stream_options")
    return ChatRequest(
        turns[-1].text.strip(),
        tuple(turns[:-1]),
        streams=_flag(body, "stream"),
        with_usage=_flag(options, "include_usage") if isinstance(options, dict) else False,
    )


def embedding_request(body: Mapping[str, Any]) -> EmbeddingRequest:
    """A request for vectors. Raises ApiError."""
    _check_model(body)
    if body.get("dimensions") is not None:
        raise ApiError(400, "Vectors have one length.", param="dimensions", code="unsupported_parameter")
    form = body.get("encoding_format") or "float"
    if form not in ("float", "base64"):
        raise ApiError(400, "Vectors come as float or base64.", param="encoding_format", code="unsupported_value")
    given = body.get("input")
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text for text in texts):
        raise ApiError(400, "The input is a text or a list of texts, none of them empty.", param="input")
    if len(texts) > MOST_TEXTS:
        raise ApiError(400, f"At most {MOST_TEXTS:,} texts are embedded at a time.", param="input")
    return EmbeddingRequest(tuple(map(clean, texts)), form == "base64")


def _check_model(body: Mapping[str, Any]) -> None:
    if not isinstance(body.get("model"), str):
        raise ApiError(400, f"Name the model: {MODEL}.", param="model", code="missing_value")
    if body["model"] != MODEL:
        raise ApiError(404, f"There is no such model here; there is {MODEL}.", param="model", code="model_not_found")


def _flag(body: Mapping[str, Any], name: str) -> bool:
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise ApiError(400, f"`{name}` is true or false.", param=name, code="invalid_type")
    return bool(value)


def _turns(messages: Any) -> list[Turn]:
    """What the user and the assistant said, in order."""
    if not isinstance(messages, list) or not messages:
        raise ApiError(400, "`messages` is a list of messages.", param="messages", code="invalid_type")
    if len(messages) > MOST_MESSAGES:
        raise ApiError(400, f"At most {MOST_MESSAGES:,} messages are read.", param="messages", code="invalid_value")
    turns = []
    for place, message in enumerate(messages):
        where = f"messages[{place}]"
        role = message.get("role") if isinstance(message, dict) else None
        if role not in ("system", "developer", "user", "assistant"):
            raise ApiError(400, "Messages are of the system, the user or the assistant.", param=where)
        text = _text(message.get("content"), f"{where}.content")
        if role in ("user", "assistant") and text.strip():
            turns.append(Turn(cast(Literal["user", "assistant"], role), text))
    return turns


def _text(content: Any, where: str) -> str:
    """The text of a message, which may come in parts."""
    if content is None or isinstance(content, str):
        return clean(content or "")
    if not isinstance(content, list):
        raise ApiError(400, "The content of a message is text.", param=where, code="invalid_type")
    texts = []
    for part in content:
        if not isinstance(part, dict) or part.get("type") != "text" or not isinstance(part.get("text"), str):
            raise ApiError(400, "Only text can be read here, no images, sound or files.", param=where)
        texts.append(clean(part["text"]))
    return "\n".join(texts)
