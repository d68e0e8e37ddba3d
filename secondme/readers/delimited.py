"""CSV and TSV: rows as passages with their offsets, and as a typed table."""

from __future__ import annotations

import contextlib
import csv
import re
from collections import Counter
from collections.abc import Iterator

from secondme.readers.columns import ROWS, Cell, header_row, typed_sheet
from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.chunking import Block

_SNIFFED = 16_384
HEADING = 160
_SAID = re.compile(r"\ufeff?[\"']?(?i:sep)=(.)[\"']?[^\S\n]*(?:\n|\Z)")
"""What Excel writes into the first line: which sign parts the cells."""
_DELIMITERS = (";", "\t", "|", ",")
_CONVENTIONS = {";": ",", ",": "."}
"""Programs that part cells with a semicolon do so because their decimals have a comma."""


class DelimitedReader:
    """Reads tables in text. Each row begins at its offset in the file."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document with one table, if one of its first rows names the columns."""
        text = source.text()
        if not text.strip():
            raise Unreadable("it is empty")
        said = _SAID.match(text)
        delimiter = said[1] if said else _delimiter(source.path.suffix.lower(), text)
        rows: list[list[Cell]] = []
        starts: list[int] = []
        ends: list[int] = []
        bad = 0
        for start, end, cells in _records(text, delimiter):
            if said and start < said.end():
                continue  # a line for the program that opens the file
            bad += cells is None
            rows.append(cells or [])
            starts.append(start)
            ends.append(end)
        at = header_row(rows)
        heading = ", ".join(str(cell) for cell in rows[at] if cell)[:HEADING] if at is not None else ""
        blocks = [
            Block(start, end, heading if at is not None and i >= at else "")
            for i, (start, end) in enumerate(zip(starts, ends, strict=True))
        ]
        sheet = None
        if bad:
            yield Unread(f"{bad} of its rows are damaged: they were kept as text only, and nothing in it is added up")
        elif len(rows) > ROWS:
            yield Unread(f"it has more than {ROWS:,} rows: its text was read whole, and nothing in it is added up")
        else:
            sheet = typed_sheet(source.name, rows, starts, [_CONVENTIONS.get(delimiter, "")])
        yield ParsedDocument("text/csv", source.name, text, tuple(blocks), sheets=(sheet,) if sheet is not None else ())


def _delimiter(suffix: str, text: str) -> str:
    """The sign that cuts the most of the first lines into equally many cells."""
    if suffix in (".tsv", ".tab"):
        return "\t"
    best = (0, 0, ",")
    for candidate in _DELIMITERS:
        with contextlib.suppress(csv.Error):
            widths = Counter(len(row) for row in csv.reader(_lines(text[:_SNIFFED]), delimiter=candidate) if row)
            widths.pop(1, None)
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
            if count > best[0]:
                best = (count, width, candidate)
    return best[2]


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")]


def _records(text: str, delimiter: str) -> Iterator[tuple[int, int, list[Cell] | None]]:
    """(start, end, cells or None when damaged) of each row; a quoted cell may hold line ends."""
    lines = text.split("\n")
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter)
    done = 0
    while True:
        cells: list[Cell] | None
        try:
            cells = list(next(reader))
        except StopIteration:
            return
        except csv.Error:
            cells = None
        start, end = offsets[done], min(offsets[reader.line_num] - 1, len(text))
        done = reader.line_num
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            yield start, end, cells
