"""Stored records of files: a passage as a span, and a file that moved to another path."""

from __future__ import annotations

from dataclasses import replace

from secondme.ingest.walk import FileEntry
from secondme.text.chunking import Passage
from secondme.text.clean import clean
from storage.records import Document, Span
from storage.store import Store


def move_file(store: Store, old: str, new: FileEntry, folder_id: str | None, source_id: str = "") -> None:
    """Store a file's memories and its record under its new path. The caller holds the transaction."""
    record = store.files.one(old)
    store.files.drop([old])
    store.spans.move(old, new.uri, title_of(new.uri), folder_id, source_id)
    if record is not None:
        size, mtime_ns, inode = new.stamp
        store.files.put(
            [replace(record, path=new.uri, folder_id=folder_id, bytes=size, mtime_ns=mtime_ns, inode=inode)]
        )


def span_of(
    document_id: str, ordinal: int, passage: Passage, span_id: str, file: Document | None, *, origin: str = ""
) -> Span:
    """The span of a passage. An undated passage of a file takes the file's date and its precision.

    `origin`: the message that it is of.
    """
    dated = passage.happened_at is not None or file is None
    return Span(
        id=span_id,
        document_id=document_id,
        ordinal=ordinal,
        section=passage.section,
        start=passage.start,
        end=passage.end,
        line=passage.line,
        text=passage.text,
        heading=clean(passage.heading, keep_newlines=False),
        speaker=passage.speaker,
        role=passage.role,
        evidence=passage.role != "assistant",
        happened_at=passage.happened_at if dated or file is None else file.happened_at,
        happened_offset=passage.happened_offset,
        precision=passage.precision if dated or file is None else file.precision,
        place=passage.place,
        origin=origin,
    )


def span_identity(span: Span) -> tuple[str, str, str, str]:
    """What two versions of a span have in common. Its date counts only if the text itself gives it."""
    own_date = span.happened_at or "" if span.speaker else ""
    return span.heading, span.text, span.speaker, own_date


def title_of(uri: str) -> str:
    """The title of a file: its name."""
    return uri.rsplit("/", 1)[-1]
