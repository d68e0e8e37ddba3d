"""Spreadsheets: rows as passages with the cells they come from, and as typed tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date

import python_calamine as calamine

from secondme.readers.archives import open_zip
from secondme.readers.columns import ROWS, Cell, cell_text, header_row, typed_sheet
from secondme.readers.delimited import HEADING
from secondme.readers.documents import ParsedDocument, ReadItem, Sheet, Unread
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.readers.spreadsheet_parts import add_beside_cells
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
            if len(rows) > ROWS or prose.full:
                yield Unread(f"its sheet {title} was cut at {len(rows):,} rows, and nothing in it is added up")
                continue
            table = typed_sheet(title, rows, starts)
            if table is not None:
                tables.append(table)
        yield from add_beside_cells(prose, source)
        if not prose.blocks:
            raise Unreadable("it holds no values")
        yield ParsedDocument(
            "application/vnd.ms-excel", source.name, prose.text(), tuple(prose.blocks), sheets=tuple(tables)
        )


def _add_sheet(prose: Prose, name: str, sheet: calamine.CalamineSheet) -> tuple[list[list[Cell]], list[int]]:
    """Add the rows of a sheet; returns its cells, and where each row begins in the text."""
    prose.new_section()
    rows: list[list[Cell]] = []
    starts: list[int] = []
    top, left = sheet.start or (0, 0)
    written: list[list[Cell]] = [list(values) for values in sheet.iter_rows()]
    filled_rows = _with_merged(written, sheet, top, left)
    at = header_row(filled_rows)
    heading = name
    for index, cells in enumerate(written):
        filled = [i for i, cell in enumerate(cells) if cell not in (None, "")]
        if not filled or len(rows) > ROWS:
            continue
        if index == at:
            heading = f"{name}: {', '.join(cell_text(cell) for cell in cells if cell not in (None, ''))}"[:HEADING]
        number = top + 1 + index
        place = f"{name}!{column_name(left + filled[0])}{number}:{column_name(left + filled[-1])}{number}"
        text = " | ".join(cell_text(cells[i]) for i in range(filled[0], filled[-1] + 1))
        starts.append(prose.paragraph(text, place, heading=heading, gap="\n"))
        rows.append(filled_rows[index])
    return rows, starts


def _with_merged(rows: list[list[Cell]], sheet: calamine.CalamineSheet, top: int, left: int) -> list[list[Cell]]:
    """The rows with a merged cell's label in each row that it spans. A merged number stands once: it is one sum."""
    filled = [list(row) for row in rows]
    for (first_row, column), (last_row, _) in sheet.merged_cell_ranges or ():
        row, column = first_row - top, column - left
        if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
            continue
        label = rows[row][column]
        if isinstance(label, str | date):
            for below in range(row + 1, min(last_row - top, len(rows) - 1) + 1):
                filled[below][column] = label
    return filled


def column_name(index: int) -> str:
    """A, B, …, Z, AA, … of a column's number from 0."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
