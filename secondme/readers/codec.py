"""Documents as JSON between the limited process and the engine. Plain lists: a file may have a million rows."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any

from secondme.readers.documents import Column, ParsedDocument, Sheet, Turn
from secondme.text.chunking import Block

_PARTS_OF_TURN = attrgetter(*(part.name for part in fields(Turn)))


def document_to_json(document: ParsedDocument) -> dict[str, Any]:
    """A document as plain values."""
    return {
        **vars(document),
        "blocks": [list(vars(block).values()) for block in document.blocks],
        "turns": [_PARTS_OF_TURN(turn) for turn in document.turns],
        "sheets": [
            [sheet.name, [[column.name, column.kind] for column in sheet.columns], sheet.rows, sheet.starts]
            for sheet in document.sheets
        ],
    }


def document_from_json(data: dict[str, Any]) -> ParsedDocument:
    """The document that plain values stand for. Raises TypeError or ValueError for another shape."""
    sheets = [
        Sheet(name, tuple(Column(*column) for column in columns), tuple(map(tuple, rows)), tuple(starts))
        for name, columns, rows, starts in data["sheets"]
    ]
    blocks = tuple(Block(*block) for block in data["blocks"])
    turns = tuple(Turn(*turn) for turn in data["turns"])
    return ParsedDocument(**{**data, "blocks": blocks, "turns": turns, "sheets": tuple(sheets)})
