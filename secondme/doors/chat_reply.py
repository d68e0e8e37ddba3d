"""Answers in the form of OpenAI's interface, whole or in chunks, with their sources in three places.

Clients differ in what they show: `[n]` and a list stand in the text, `annotations` point at each `[n]`, and the field
`secondme` of the reply holds the quotes themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from secondme.api import Answer, Citation
from secondme.doors.chat_request import MODEL
from secondme.doors.texts import LONGEST_QUOTE, cited_in

_LOADS = re.compile(r"!(?=\[)|<(?=[A-Za-z/!?])")
"""Where Markdown begins a picture and HTML a tag: either would have the front end load what a file names."""
_NUMBER = re.compile(r"\[(\d+)\]")
_FINISH = {"length": "length"}


def content_of(answer: Answer) -> str:
    """The text of an answer with a list of its sources, and how much of it nothing supports."""
    parts = [_harmless(answer.text)]
    sources = [f"[{citation.number}] {_harmless(citation.hit.location())}" for citation in cited_in(answer)]
    if sources:
        parts.append("Sources:\n" + "\n".join(sources))
    loose = 0 if answer.refused else sum(1 for sentence in answer.sentences if not sentence.citations)
    if loose:
        parts.append(f"{loose} of {len(answer.sentences)} sentences are not supported by this memory.")
    return "\n\n".join(parts)


def reply(answer: Answer, reply_id: str, created: int) -> dict[str, Any]:
    """The whole answer as one object. `created`: seconds since 1970."""
    content = content_of(answer)
    message = {
        "role": "assistant",
        "content": content,
        "refusal": None,
        "annotations": _annotations(content, answer.citations),
    }
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _finish(answer)}
    return {
        "id": reply_id,
        "object": "chat.completion",
        "created": created,
        "model": MODEL,
        "choices": [choice],
        "usage": _usage(answer),
        "secondme": _details(answer),
    }


@dataclass
class Chunks:
    """The answer as chunks, while it comes. What they say in all is what `reply` says at once."""

    reply_id: str
    created: int
    with_usage: bool
    _raw: str = ""
    _sent: str = ""

    def begin(self) -> str:
        """The first chunk."""
        return self._chunk({"role": "assistant", "content": ""})

    def piece(self, text: str) -> str:
        """A chunk for a piece of the answer; empty where nothing is certain yet."""
        self._raw += text
        certain = self._raw[:-1] if self._raw.endswith(("!", "<")) else self._raw  # what follows decides what it is
        return self._say(_harmless(certain))

    def end(self, answer: Answer) -> Iterator[str]:
        """What was not said yet, the sources, the end, and the use of tokens if it was asked for."""
        content = content_of(answer)
        # An answer that turned out otherwise than its pieces is said again whole: what was sent cannot be taken back.
        rest = self._say(content if content.startswith(self._sent) else f"{self._sent}\n\n{content}")
        if rest:
            yield rest
        yield self._chunk({"annotations": _annotations(self._sent, answer.citations)}, secondme=_details(answer))
        yield self._chunk({}, finish=_finish(answer))
        if self.with_usage:
            yield _event({**self._head(), "choices": [], "usage": _usage(answer)})
        yield DONE

    def _say(self, content: str) -> str:
        """A chunk for what `content` adds to what was sent."""
        if len(content) <= len(self._sent):
            return ""
        added, self._sent = content[len(self._sent) :], content
        return self._chunk({"content": added})

    def _chunk(self, delta: dict[str, Any], *, finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        usage = {"usage": None} if self.with_usage else {}
        return _event({**self._head(), "choices": [choice], **usage, **more})

    def _head(self) -> dict[str, Any]:
        return {"id": self.reply_id, "object": "chat.completion.chunk", "created": self.created, "model": MODEL}


DONE = "data: [DONE]\n\n"
"""The end of a stream; without it strict clients ask again."""


def failed(error: dict[str, Any]) -> Iterator[str]:
    """The end of a stream that failed after it had begun. `error`: the body of an error."""
    yield _event(error)
    yield DONE


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"


def _harmless(text: str) -> str:
    return _LOADS.sub(lambda found: f"{found.group()} ", text)


def _finish(answer: Answer) -> str:
    return _FINISH.get(answer.finish, "stop")


def _usage(answer: Answer) -> dict[str, int]:
    prompt, completion = answer.prompt_tokens, answer.completion_tokens
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _annotations(content: str, citations: tuple[Citation, ...]) -> list[dict[str, Any]]:
    """Where each `[n]` of a text points to. The address names the passage, which only Second Me can open."""
    hits = {citation.number: citation.hit for citation in citations}
    found = []
    for number in _NUMBER.finditer(content.partition("\n\nSources:\n")[0]):
        hit = hits.get(int(number.group(1)))
        if hit is not None:
            where = {"start_index": number.start(), "end_index": number.end()}
            cited = {**where, "title": hit.location(), "url": f"secondme://passage/{hit.id}"}
            found.append({"type": "url_citation", "url_citation": cited})
    return found


def _details(answer: Answer) -> dict[str, Any]:
    """The quotes, and what the answer says of itself."""
    citations = [
        {
            "number": citation.number,
            "id": citation.hit.id,
            "source": citation.hit.location(),
            "date": (citation.hit.happened_at or "")[:10],
            "speaker": citation.hit.speaker,
            "quote": citation.hit.text[:LONGEST_QUOTE],
        }
        for citation in cited_in(answer)
    ]
    return {"citations": citations, "refused": answer.refused, "quoted": answer.finish == "quoted"}
