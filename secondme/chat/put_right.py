"""A statement of a chat with the values that the person corrected right behind it ("no wait, Thursday")."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from secondme.chat.follow_ups.rewriting import goes_on
from secondme.chat.kinds.message_kind import states
from secondme.facts.corrections import correction_of
from storage.records import FoundSpan, Span
from storage.store import Store

REACH = 8
"""Messages of both sides within which one corrects another."""


def put_right_in_chat(store: Store, found: FoundSpan, until: datetime | None = None) -> tuple[FoundSpan, list[str]]:
    """A statement of a chat as it was corrected (by `until`), and the ids of the spans that did; of a correction what
    it corrects."""
    span = found.span
    if not span.message_id or span.role != "me":
        return found, []
    if not _told(span, until):
        return found, []
    around = store.spans.of_document(span.document_id, span.ordinal - REACH, span.ordinal + REACH)
    mine = [near for near in around if near.live and near.span.role == "me"]
    if all(near.span.id != span.id for near in mine):
        return found, []
    # Whether a message tells something costs time: it is asked of the neighbours that matter, the nearest first.
    behind = (near for near in mine if near.span.ordinal > span.ordinal and _told(near.span, until))
    ahead = (near for near in reversed(mine) if near.span.ordinal < span.ordinal and _told(near.span, until))
    before = next(ahead, None)
    first, text, by = found, span.text, []
    correction = correction_of(text, before.span.text) if before is not None else None
    if before is not None and correction is not None:
        first, text, by = before, correction.statement, [span.id]
    for near in behind:
        correction = correction_of(near.span.text, text)
        if correction is None:
            break
        text = correction.statement
        by.append(near.span.id)
    return (replace(first, span=replace(first.span, text=text)), by) if by else (found, [])


def is_said_by(span: Span, until: datetime) -> bool:
    """Whether somebody said a span before a time; a file has no such time."""
    return not span.speaker or not span.happened_at or datetime.fromisoformat(span.happened_at) < until


def _told(span: Span, until: datetime | None) -> bool:
    """Whether a message of the person told something by a time: "and on the Friday" behind a question told nothing."""
    told = states(span.text) and (span.evidence or not goes_on(span.text))
    return told and (until is None or is_said_by(span, until))
