"""CSV and TSV: rows as passages with their offsets, and as a typed table."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from secondme.readers.columns import ROWS, Cell, is_header, typed_sheet
from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.chunking import Block

_SNIFFED = 16_384
HEADING = 160


class DelimitedReader:
    """Reads tables in text. Each row begins at its offset in the file."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document with one table, if its first row names the columns."""
        text = source.text()
        if not text.strip():
            raise Unreadable("it is empty")
        rows: list[list[Cell]] = []
        blocks: list[Block] = []
        starts: list[int] = []
        heading = ""
        bad = 0
        for start, end, cells in _records(text, _delimiter(source.path.suffix.lower(), text)):
            if cells is None:
                bad += 1
            elif len(rows) <= ROWS:
                if not rows and is_header(cells):
                    heading = ", ".join(str(cell) for cell in cells if cell)[:HEADING]
                rows.append(cells)
                starts.append(start)
            blocks.append(Block(start, end, heading))
        if bad:
            yield Unread(f"{bad} of its rows are damaged and were kept as text only")
        if len(blocks) > ROWS + 1:
            yield Unread(f"its table was cut at {ROWS:,} rows; its text was read whole")
        sheet = typed_sheet(source.name, rows, starts)
        yield ParsedDocument("text/csv", source.name, text, tuple(blocks), sheets=(sheet,) if sheet is not None else ())


def _delimiter(suffix: str, text: str) -> str:
    if suffix in (".tsv", ".tab"):
        return "\t"
    try:
        return csv.Sniffer().sniff(text[:_SNIFFED], ",;\t|").delimiter
    except csv.Error:
        return ","


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
