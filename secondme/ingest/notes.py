"""Notes: what a person asks to be remembered, word for word."""

from __future__ import annotations

import hashlib

from secondme.clock import Clock, instant
from secondme.ids import derived_id
from secondme.ingest.turns import message_passages
from storage.records import Document, Source, Span


def note(
    text: str, speaker: str, clock: Clock, note_id: str, *, program: str = ""
) -> tuple[Source, Document, list[Span]]:
    """A note as a source of its own, spoken by me, now; or written by a `program`: then its title and address say so,
    and nobody speaks in it."""
    now = instant(clock.now())
    title = f"{program}: {' '.join(text.split())}"[:60] if program else " ".join(text.split())[:60]
    data = text.encode("utf-8", "replace")
    document = Document(
        id=derived_id(note_id, "note"),
        source_id=note_id,
        version=1,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        mtime_ns=0,
        inode=0,
        media="text/plain",
        title=title,
        happened_at=now,
        precision="second",
        recorded_at=now,
    )
    spans = [
        Span(
            id=derived_id(document.id, piece.start),
            document_id=document.id,
            ordinal=i,
            section=0,
            start=piece.start,
            end=piece.end,
            line=piece.line,
            text=piece.text,
            speaker="" if program else speaker,
            role="author" if program else "me",
            happened_at=now,
            happened_offset=0,
            precision="second",
        )
        for i, piece in enumerate(message_passages(text, None))
    ]
    return Source(note_id, "note", title, f"program:{program}" if program else "", now), document, spans
