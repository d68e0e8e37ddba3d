"""Typed columns from the cells of a table: numbers, dates, truth values, text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from secondme.readers.dates import day_first
from secondme.readers.documents import Column, Sheet
from secondme.text.clean import clean

Cell = str | float | int | bool | date | datetime | time | timedelta | None
Value = str | float | int | bool | None

ROWS = 200_000
COLUMNS = 200
_SHARE = 0.9
"""So many of a column's cells must fit its kind; the others are kept as they are, and no sum counts them."""
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[ T](\d\d?:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?\Z")
_DMY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,? .*)?\Z")
_POINT = re.compile(
    r"[-+(]?\s*(?:[€$£¥]|[A-Z]{3})?\s*[-+]?\d{1,3}(?:[, ' ]?\d{3})*(?:\.\d+)?\s*(?:[€$£¥%]|[A-Z]{3})?\)?\Z"
)
_COMMA = re.compile(
    r"[-+(]?\s*(?:[€$£¥]|[A-Z]{3})?\s*[-+]?\d{1,3}(?:[. ' ]?\d{3})*(?:,\d+)?\s*(?:[€$£¥%]|[A-Z]{3})?\)?\Z"
)
_BOOLS = {"true": True, "false": False, "yes": True, "no": False}


def typed_sheet(name: str, rows: Sequence[Sequence[Cell]], starts: Sequence[int]) -> Sheet | None:
    """A table whose first row names its columns, or None when it has no header, one column, or no rows.

    `starts[i]`: where row i begins in the document's text.
    """
    if len(rows) < 2:
        return None
    header = rows[0]
    width = len(header)
    names = [" ".join(clean(str(cell if cell is not None else ""), keep_newlines=False).split()) for cell in header]
    if not 2 <= width <= COLUMNS or not is_header(header):
        return None
    body = rows[1 : ROWS + 1]
    columns: list[Column] = []
    values: list[list[Value]] = []
    for i, title in enumerate(names):
        kind, converted = _column([row[i] if i < len(row) else None for row in body])
        columns.append(Column(title or f"column {i + 1}", kind))
        values.append(converted)
    return Sheet(name, tuple(columns), tuple(zip(*values, strict=True)), tuple(starts[1 : ROWS + 1]))


def is_header(row: Sequence[Cell]) -> bool:
    """Whether a row can name columns: texts that are all different and no numbers or dates."""
    named = [cell for cell in row if cell not in (None, "")]
    if len(named) < 2 or len(named) < 0.6 * len(row):
        return False
    texts = [cell for cell in named if isinstance(cell, str)]
    plain = [
        cell.strip().casefold() for cell in texts if not _POINT.match(cell.strip()) and not _ISO.match(cell.strip())
    ]
    return len(plain) == len(named) and len(set(plain)) == len(plain) and all(len(cell) < 100 for cell in texts)


def _column(cells: Sequence[Cell]) -> tuple[str, list[Value]]:
    filled = [cell for cell in cells if cell is not None and cell != ""]
    if not filled:
        return "text", [None] * len(cells)
    if not any(isinstance(cell, str) for cell in filled):
        return _of_types(cells, filled)
    texts = [str(cell).strip() for cell in cells]
    for kind, convert in (("bool", _bools(texts)), ("date", _dates(texts)), ("number", _numbers(texts))):
        if sum(value is not None for value in convert) >= _SHARE * len(filled):
            return kind, [
                value if value is not None else clean(text) or None for value, text in zip(convert, texts, strict=True)
            ]
    return "text", [clean(text) or None for text in texts]


def _of_types(cells: Sequence[Cell], filled: Sequence[Cell]) -> tuple[str, list[Value]]:
    """A column of a spreadsheet, whose cells have types."""
    if all(isinstance(cell, bool) for cell in filled):
        return "bool", [cell if isinstance(cell, bool) else None for cell in cells]
    if all(isinstance(cell, date) for cell in filled):
        return "date", [_iso(cell) if isinstance(cell, date) else None for cell in cells]
    kind = "number" if all(isinstance(cell, int | float) for cell in filled) else "text"
    return kind, [cell_value(cell) for cell in cells]


def cell_value(cell: Cell) -> Value:
    """A cell as a value that JSON and SQLite know."""
    if isinstance(cell, date):
        return _iso(cell)
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, str):
        return clean(cell)
    return cell


def cell_text(cell: Cell) -> str:
    """A cell as a person reads it."""
    value = cell_value(cell)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else " ".join(str(value).split())


def _iso(moment: date) -> str:
    if isinstance(moment, datetime):
        at_midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
        return moment.date().isoformat() if at_midnight else moment.isoformat(sep=" ", timespec="seconds")
    return moment.isoformat()


def _bools(texts: Sequence[str]) -> list[Value]:
    return [_BOOLS.get(text.casefold()) for text in texts]


def _dates(texts: Sequence[str]) -> list[Value]:
    """ISO dates; day or month first is told from the whole column, and where it cannot be told they stay text."""
    found = [_ISO.match(text) for text in texts]
    if any(found):
        return [_calendar(m[1], m[2], m[3], m[4]) if m else None for m in found]
    loose = [_DMY.match(text) for text in texts]
    pairs = [(int(m[1]), int(m[3])) for m in loose if m]
    first = day_first(pairs)
    if first is None and any(m[2] == "." for m in loose if m):
        first = True  # dots are written by those who begin with the day
    if first is None:
        return [None] * len(texts)
    day, month = (1, 3) if first else (3, 1)
    return [_calendar(m[4], m[month], m[day], "") if m else None for m in loose]


def _calendar(year: str, month: str, day: str, clock: str | None) -> str | None:
    try:
        moment = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
    return f"{moment.isoformat()} {clock}" if clock else moment.isoformat()


def _numbers(texts: Sequence[str]) -> list[Value]:
    """Numbers with currency, thousands and a point; with a decimal comma when the whole column is written so."""
    filled = [text for text in texts if text]
    with_comma = any("," in text for text in filled) and all(_COMMA.match(text) for text in filled)
    ambiguous = all(_POINT.match(text) for text in filled)
    european = with_comma and not ambiguous
    pattern, point, thousands = (_COMMA, ",", ".") if european else (_POINT, ".", ",")
    converted: list[Value] = []
    for text in texts:
        if not text or not pattern.match(text):
            converted.append(None)
            continue
        digits = re.sub(r"[^\d.,]", "", text).replace(thousands, "").replace(point, ".")
        if not digits.replace(".", "").isdigit():
            converted.append(None)
            continue
        # Article numbers and post codes keep their leading zeros as text.
        if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
            converted.append(None)
            continue
        number = float(digits) if "." in digits else int(digits)
        negative = "-" in text or (text.startswith("(") and text.endswith(")"))
        converted.append(-number if negative else number)
    return converted
