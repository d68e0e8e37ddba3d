"""Spreadsheets: rows as passages with the cells they come from, and as typed tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import python_calamine as calamine

from secondme.readers.archives import open_zip
from secondme.readers.columns import ROWS, Cell, cell_text, is_header, typed_sheet
from secondme.readers.delimited import HEADING
from secondme.readers.documents import ParsedDocument, ReadItem, Sheet, Unread
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.clean import clean

SHEETS = 200


class SpreadsheetReader:
    """Reads XLSX, ODS and the older XLS: values as the file last calculated them, not formulas."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document; its places are ranges of cells."""
        if zipfile.is_zipfile(source.file):
            source.file.seek(0)
            with open_zip(source.file):
                pass  # only looked at: calamine opens it itself
        try:
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.data()))
            names = book.sheet_names
        except calamine.PasswordError as error:
            raise Unreadable("it is protected by a password") from error
        except Exception as error:  # a Rust panic and every error of calamine
            raise Unreadable(f"it is a damaged spreadsheet ({type(error).__name__})") from error
        prose = Prose()
        tables: list[Sheet] = []
        for name in names[:SHEETS]:
            title = clean(name, keep_newlines=False)
            try:
                sheet = book.get_sheet_by_name(name)
                rows, starts = _add_sheet(prose, title, sheet)
            except Exception as error:  # one damaged sheet must not hide the others
                yield Unread(f"its sheet {title} is damaged ({type(error).__name__})")
                continue
            table = typed_sheet(title, rows, starts)
            if table is not None:
                tables.append(table)
            if len(rows) > ROWS or prose.full:
                yield Unread(f"its sheet {title} was cut at {len(rows):,} rows")
        if not prose.blocks:
            raise Unreadable("it holds no values")
        yield ParsedDocument(
            "application/vnd.ms-excel", source.name, prose.text(), tuple(prose.blocks), sheets=tuple(tables)
        )


def _add_sheet(prose: Prose, name: str, sheet: calamine.CalamineSheet) -> tuple[list[list[Cell]], list[int]]:
    """Add the rows of a sheet; returns its cells from the header on, and where each row begins in the text."""
    prose.new_section()
    rows: list[list[Cell]] = []
    starts: list[int] = []
    top, left = sheet.start or (0, 0)
    heading = name
    for number, values in enumerate(sheet.iter_rows(), start=top + 1):
        cells: list[Cell] = list(values)
        filled = [i for i, cell in enumerate(cells) if cell not in (None, "")]
        if not filled or len(rows) > ROWS:
            continue
        if not rows and is_header(cells):
            heading = f"{name}: {', '.join(cell_text(cell) for cell in cells if cell not in (None, ''))}"[:HEADING]
            rows.append(cells)
        elif rows:
            rows.append(cells)
        place = f"{name}!{column_name(left + filled[0])}{number}:{column_name(left + filled[-1])}{number}"
        text = " | ".join(cell_text(cells[i]) for i in range(filled[0], filled[-1] + 1))
        start = prose.paragraph(text, place, heading=heading, gap="\n")
        if rows:
            starts.append(start)
    return rows, starts


def column_name(index: int) -> str:
    """A, B, …, Z, AA, … of a column's number from 0."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
