"""What readers yield: documents with exact places, before they are cut and stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from secondme.text.chunking import Block

FORWARDED, ATTACHED = "forwarded", "attached"
"""Places of a turn whose words are not those of whoever sent it: no facts are read off them, and nobody is asked
whether they are theirs."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A message of a chat. `key` identifies it within the chat, so that importing it again changes nothing.

    `role`: me, other or assistant. `start`, `end`, `line`: where it stands in the file, as far as that is known.
    """

    key: str
    text: str
    speaker: str = ""
    role: str = "other"
    happened_at: str = ""
    happened_offset: int | None = None
    precision: str = ""
    start: int = 0
    end: int = 0
    line: int = 1
    place: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table. `kind`: number, date, text, bool, or unit (the currency or % of another's cells)."""

    name: str
    kind: str


@dataclass(frozen=True)
class Sheet:
    """A table with typed columns. `rows[i]` has a value (number, ISO date, text, bool or None) for each column and
    begins at the character `starts[i]` of the document's text."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | float | int | bool | None, ...], ...] = ()
    starts: tuple[int, ...] = ()


@dataclass(frozen=True)
class ParsedDocument:
    """One document of a file: a text in blocks, or a chat in turns (`chat_key` identifies it within its platform)."""

    media: str
    title: str
    text: str = ""
    blocks: tuple[Block, ...] = ()
    turns: tuple[Turn, ...] = ()
    chat_key: str = ""
    author: str = ""
    language: str = ""
    happened_at: str = ""
    precision: str = ""
    sheets: tuple[Sheet, ...] = field(default=())


@dataclass(frozen=True)
class Unread:
    """A part of a file that could not be read, and why. `failed` is false for a remark on what was read, and for what
    is left out on purpose."""

    reason: str
    failed: bool = True


@dataclass(frozen=True)
class Recognised:
    """The platform that an export is from, said before its chats."""

    platform: str


ReadItem: TypeAlias = ParsedDocument | Unread
ExportItem: TypeAlias = Recognised | ReadItem
