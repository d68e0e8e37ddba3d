"""Notes: what a person asks to be remembered, word for word. An edited note gets a version more."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from secondme.clock import Clock, instant
from secondme.ids import derived_id
from secondme.ingest.turns import message_passages
from storage.records import Document, FoundSpan, Source, Span

TITLE = 60
"""Characters of a note's title."""


def note(
    text: str, speaker: str, clock: Clock, note_id: str, *, program: str = ""
) -> tuple[Source, Document, list[Span]]:
    """A note as a source of its own, spoken by me, now; or written by a `program`: then its title and address say so,
    and nobody speaks in it."""
    now = instant(clock.now())
    title = title_of(f"{program}: {text}" if program else text)
    source = Source(note_id, "note", title, f"program:{program}" if program else "", now)
    document = _document(source, text, title, derived_id(note_id, "note"), 1, said=now, now=now)
    speaker, role = ("", "author") if program else (speaker, "me")
    return source, document, _spans(document, text, speaker, role)


def edited_note(text: str, before: FoundSpan, version: int, now: str) -> tuple[Source, Document, list[Span]]:
    """Another version of the note that holds the span `before`: said when it was first said, by whom it was said."""
    span = before.span
    program = before.uri.removeprefix("program:") if before.uri.startswith("program:") else ""
    title = title_of(f"{program}: {text}" if program else text)
    source = Source(before.source_id, "note", title, before.uri, now)
    name = derived_id(before.source_id, f"note {version}")
    document = _document(source, text, title, name, version, said=span.happened_at or now, now=now)
    return source, document, _spans(document, text, span.speaker, span.role)


def note_text(spans: Sequence[Span]) -> str:
    """The words of a note, from its spans in order."""
    text = ""
    for span in spans:
        gap = span.start - len(text)
        text += ("\n" * gap if gap > 1 else " " * gap) + span.text
    return text.strip()


def _document(source: Source, text: str, title: str, name: str, version: int, *, said: str, now: str) -> Document:
    data = text.encode("utf-8", "replace")
    return Document(
        id=name,
        source_id=source.id,
        version=version,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        mtime_ns=0,
        inode=0,
        media="text/plain",
        title=title,
        happened_at=said,
        precision="second",
        recorded_at=now,
    )


def _spans(document: Document, text: str, speaker: str, role: str) -> list[Span]:
    return [
        Span(
            id=derived_id(document.id, piece.start),
            document_id=document.id,
            ordinal=i,
            section=0,
            start=piece.start,
            end=piece.end,
            line=piece.line,
            text=piece.text,
            speaker=speaker,
            role=role,
            happened_at=document.happened_at,
            happened_offset=0,
            precision="second",
        )
        for i, piece in enumerate(message_passages(text, None))
    ]


def title_of(text: str) -> str:
    """The beginning of a text on one line, cut between words where there are any."""
    line = " ".join(text.split())
    if len(line) <= TITLE:
        return line
    head, space, _ = line[:TITLE].rpartition(" ")
    return (head if space and len(head) > TITLE // 2 else line[: TITLE - 1]) + "…"
