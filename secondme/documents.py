"""What a reader makes of a file or a chat: a document of passages with exact places, before it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """A stretch of the text. `text == document_text[start:end]` for files; offsets are characters.

    `key` identifies a turn within its chat, so that importing it again changes nothing.
    """

    start: int
    end: int
    line: int
    text: str
    heading: str = ""
    section: int = 0
    speaker: str = ""
    role: str = "author"
    happened_at: str | None = None
    happened_offset: int | None = None
    precision: str = ""
    key: str = ""


@dataclass(frozen=True)
class ParsedDocument:
    """One document of a file: a whole text, or one chat of an export (`chat_key` names it)."""

    media: str
    title: str
    passages: Sequence[Passage]
    chat_key: str = ""


@dataclass(frozen=True)
class Parsed:
    """All documents of a file, and what of it could not be read, with the reason."""

    documents: Sequence[ParsedDocument]
    skipped: Sequence[str] = ()
