"""Messages of a chat: saved with their spans, read with their citations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from secondme.api import AnswerSentence, Citation, Message
from secondme.ids import derived_id
from secondme.recall.hits import Scored, hit
from storage.records import FoundSpan, MessageRecord


@dataclass
class Draft:
    """An answer on its way: what has come so far and when it was last saved."""

    record: MessageRecord
    text: str = ""
    saved_at: float = 0.0


def document_of(chat: str) -> str:
    return derived_id(chat, "turns")


def details_json(citations: Sequence[Citation], marked: Sequence[AnswerSentence]) -> str:
    """Span ids only: the text stays where it can be erased."""
    return json.dumps(
        {
            "citations": [{"number": c.number, "span": c.hit.id} for c in citations],
            "sentences": [[s.start, s.end, list(s.citations), s.support] for s in marked],
        }
    )


def stored_details(record: MessageRecord) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(record.details) if record.details else {}
    return {"citations": [], "sentences": [], **loaded}


def message_view(record: MessageRecord, spans: dict[str, FoundSpan]) -> Message:
    details = stored_details(record)
    return Message(
        id=record.id,
        role="assistant" if record.role == "assistant" else "user",
        text=record.text,
        at=record.at,
        state=record.state,
        citations=tuple(
            Citation(entry["number"], hit(Scored(spans[entry["span"]], 0.0, ())))
            for entry in details["citations"]
            if entry["span"] in spans
        ),
        sentences=tuple(AnswerSentence(s[0], s[1], tuple(s[2]), s[3]) for s in details["sentences"]),
        model=record.model,
    )
