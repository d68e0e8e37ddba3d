"""Typed columns from the cells of a table: numbers, dates, truth values, text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from secondme.readers.amounts import NOTHING_WRITTEN, Habits, Numeral, column_values, habits, numeral
from secondme.readers.dates import day_first, tells_births, whole_year
from secondme.readers.documents import Column, Sheet
from secondme.readers.summary_rows import Role, is_summary_label, roles
from secondme.text.clean import clean
from secondme.text.timex.names import MONTHS, SHORT_MONTHS

Cell = str | float | int | bool | date | datetime | time | timedelta | None
Value = str | float | int | bool | None

ROWS = 200_000
COLUMNS = 200
HEADER_ROWS = 40
"""The row that names the columns is looked for among so many."""
_SHARE = 0.9
"""So many of a column's cells must fit its kind; the others are kept as text, and no sum that they are in is given."""
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[ T](\d\d?:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?\Z")
_YMD = re.compile(r"(\d{4})[./](\d\d?)[./](\d\d?)\.?\Z")
_DMY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,? .*)?\Z")
_NAMED = re.compile(
    r"(\d{1,2})[. -]\s?([A-Za-z]{3,9})[.,]?[ -](\d{4}|\d{2})\Z|([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})\Z"
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_BOOLS = {"true": True, "false": False, "yes": True, "no": False}
UNIT = "unit"
"""The kind of a column that is made here: the currency, or %, of each cell of the column whose name it begins with."""


def header_row(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Which row names the columns: the one that the most numbers and dates begin right below; else the first.

    Lines above it (an account number, a title, the period of a statement) name nothing below them.
    """
    head = rows[: HEADER_ROWS + 4]
    best: tuple[int, int] | None = None
    first: int | None = None
    for i, row in enumerate(head[:HEADER_ROWS]):
        if not is_header(row):
            continue
        below = [other for other in head[i + 1 : i + 6] if _filled(other) > 1][:3]
        counts = [
            sum(_is_typed(other[j]) for j in range(min(len(row), len(other))) if _text(row[j])) for other in below
        ]
        if counts and counts[0] and (best is None or sum(counts) > best[0]):
            best = (sum(counts), i)
        if first is None:
            first = i
    if best is not None:
        return best[1]
    widths = sorted(_filled(row) for row in head if _filled(row))
    wide = widths[len(widths) // 2] if widths else 0
    return first if first is not None and _filled(rows[first]) >= wide else None


def typed_sheet(
    name: str, rows: Sequence[Sequence[Cell]], starts: Sequence[int], hints: Sequence[str] = ()
) -> Sheet | None:
    """A table one of whose first rows names its columns, or None when it has no header, one column, or no rows.

    Rows that sum up others are left out of it. `starts[i]`: where row i begins in the document's text. `hints`:
    conventions of numbers that the file goes with (see `amounts.habits`).
    """
    at = header_row(rows)
    if at is None:
        return None
    header = rows[at]
    width = len(header)
    names = [_text(cell) for cell in header]
    if not 2 <= width <= COLUMNS:
        return None
    body, places = _body(rows, starts, at, width)
    if not body:
        return None
    columns, values, units = _typed_columns(names, body, hints)
    damaged = {i for i, row in enumerate(body) if any(_text(cell) for cell in row[width:])}
    kinds = [column.kind for column in columns]
    typed = [list(row) for row in zip(*values, strict=True)]
    kept: list[tuple[Value, ...]] = []
    kept_starts: list[int] = []
    for i, (row, role) in enumerate(zip(typed, roles(typed, kinds), strict=True)):
        if role is Role.SUMMARY:
            continue
        if role is Role.UNSURE or i in damaged:  # as text no sum counts it, and none that it is in is given
            row = [
                f"{cell_text(v)}?" if kind in ("number", "date") and v is not None else v
                for v, kind in zip(row, kinds, strict=True)
            ]
        kept.append((*row, *(unit[i] for _, unit in units)))
        kept_starts.append(places[i])
    if not kept:
        return None
    return Sheet(name, (*columns, *(Column(title, UNIT) for title, _ in units)), tuple(kept), tuple(kept_starts))


def _body(
    rows: Sequence[Sequence[Cell]], starts: Sequence[int], at: int, width: int
) -> tuple[list[Sequence[Cell]], list[int]]:
    """The rows below the header: without the header again, as on each page, and lines of one text that name nothing."""
    names = [_text(cell).casefold() for cell in rows[at]]
    below = [(row, start) for row, start in zip(rows[at + 1 :], starts[at + 1 :], strict=False) if _filled(row)]
    below = [(row, start) for row, start in below if [_text(cell).casefold() for cell in row[:width]] != names]
    alone = [_filled(row) == 1 and not any(_is_typed(cell) for cell in row) for row, _ in below]
    if width > 2 and sum(alone) <= 0.5 * len(below):
        below = [entry for entry, lone in zip(below, alone, strict=True) if not lone]
    return [row for row, _ in below[:ROWS]], [start for _, start in below[:ROWS]]


def _typed_columns(
    names: Sequence[str], body: Sequence[Sequence[Cell]], hints: Sequence[str]
) -> tuple[list[Column], list[list[Value]], list[tuple[str, list[Value]]]]:
    """The columns with their values, and for those whose cells have units a name and the unit of each cell."""
    cells = [[row[i] if i < len(row) else None for row in body] for i in range(len(names))]
    read = [[numeral(cell) if isinstance(cell, str) else None for cell in column] for column in cells]
    dated = [column for column in cells if any(isinstance(cell, str) and _DMY.match(cell.strip()) for cell in column)]
    dots = [m[2] for c in dated for cell in c if isinstance(cell, str) and (m := _DMY.match(cell.strip()))]
    known = habits(
        [[one for one in column if one] for column, texts in zip(read, cells, strict=True) if _mostly(column, texts)],
        [*hints, "," if "." in dots else ""],
    )
    columns: list[Column] = []
    values: list[list[Value]] = []
    units: list[tuple[str, list[Value]]] = []
    for i, title in enumerate(names):
        name = title or f"column {i + 1}"
        kind, converted = _column(cells[i], read[i], known, name)
        columns.append(Column(name, kind))
        values.append(converted)
        marks: list[Value] = [one.unit or None if one else None for one in read[i]]
        if kind == "number" and any(marks):
            units.append((f"{name} ({UNIT})", marks))
    return columns, values, units


def _mostly(read: Sequence[Numeral | None], cells: Sequence[Cell]) -> bool:
    filled = sum(_text(cell) != "" for cell in cells)
    return bool(filled) and sum(one is not None for one in read) >= _SHARE * filled


def is_header(row: Sequence[Cell]) -> bool:
    """Whether a row can name columns: texts that are all different and no numbers or dates."""
    cells = list(row)
    while cells and cells[-1] in (None, ""):
        cells.pop()
    named = [cell for cell in cells if cell not in (None, "")]
    if len(named) < 2 or len(named) < 0.6 * len(cells):
        return False
    texts = [cell for cell in named if isinstance(cell, str)]
    plain = [_text(cell).casefold() for cell in texts if not _is_typed(cell)]
    return len(plain) == len(named) and len(set(plain)) == len(plain) and all(len(cell) < 100 for cell in texts)


def _filled(row: Sequence[Cell]) -> int:
    return sum(_text(cell) != "" for cell in row)


def _text(cell: Cell) -> str:
    return "" if cell is None else " ".join(clean(str(cell), keep_newlines=False).split())


def _is_typed(cell: Cell) -> bool:
    """Whether a cell is a number, date or truth value, also as a text."""
    if not isinstance(cell, str):
        return cell is not None
    text = cell.strip()
    return bool(numeral(text) or _ISO.match(text) or _YMD.match(text) or _DMY.match(text) or _NAMED.match(text))


def _column(cells: Sequence[Cell], read: Sequence[Numeral | None], known: Habits, name: str) -> tuple[str, list[Value]]:
    filled = [cell for cell in cells if cell is not None and cell != ""]
    if not filled:
        return "text", [None] * len(cells)
    if not all(isinstance(cell, str) for cell in filled):
        return _of_types(cells)
    texts = [str(cell).strip() if cell is not None else "" for cell in cells]
    entries = [text for text in texts if text.casefold() not in NOTHING_WRITTEN and not is_summary_label(text)]
    for kind, convert in (
        ("bool", _bools(texts)),
        ("date", _dates(texts, past=tells_births(name))),
        ("number", _numbers(read, known)),
    ):
        fit = sum(value is not None for value in convert)
        if fit and fit >= _SHARE * len(entries):
            return kind, [
                value if value is not None else _left(text) for value, text in zip(convert, texts, strict=True)
            ]
    return "text", [clean(text) or None for text in texts]


def _left(text: str) -> Value:
    """What a cell holds that its column's kind does not fit; nothing where it says that it is empty."""
    return None if text.casefold() in NOTHING_WRITTEN else clean(text) or None


def _of_types(cells: Sequence[Cell]) -> tuple[str, list[Value]]:
    """A column of a spreadsheet, whose cells have types."""
    entries = [
        cell
        for cell in cells
        if not (cell is None or _text(cell).casefold() in NOTHING_WRITTEN or is_summary_label(_text(cell)))
    ]
    values: list[Value] = [_left(cell) if isinstance(cell, str) else cell_value(cell) for cell in cells]
    for kind, types in (("bool", bool), ("date", date), ("number", int | float)):
        fit = sum(isinstance(cell, types) and (kind == "bool" or not isinstance(cell, bool)) for cell in entries)
        if fit and fit >= _SHARE * len(entries):
            return kind, values
    return "text", [cell_value(cell) for cell in cells]


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


def _dates(texts: Sequence[str], *, past: bool) -> list[Value]:
    """ISO dates; day or month first is told from the whole column, and where it cannot be told they stay text.

    `past`: whether a date to come makes no sense here.
    """
    years = [int(year) for text in texts for year in _YEAR.findall(text)]
    for pattern in (_ISO, _YMD):
        found = [pattern.match(text) for text in texts]
        if any(found):
            return [_calendar(m[1], m[2], m[3], m[4] if pattern is _ISO else "") if m else None for m in found]
    named = [_NAMED.match(text) for text in texts]
    if any(named):
        return [_named_date(m, years, past=past) if m else None for m in named]
    loose = [_DMY.match(text) for text in texts]
    pairs = [(int(m[1]), int(m[3])) for m in loose if m]
    first = day_first(pairs)
    if first is None and any(m[2] == "." for m in loose if m):
        first = True  # dots are written by those who begin with the day
    if first is None:
        return [None] * len(texts)
    day, month = (1, 3) if first else (3, 1)
    return [_calendar(m[4], m[month], m[day], "", years, past=past) if m else None for m in loose]


def _named_date(found: re.Match[str], years: Sequence[int], *, past: bool) -> str | None:
    day, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    names = [*MONTHS, *SHORT_MONTHS]
    name = "sep" if name.casefold() == "sept" else name.casefold()
    return _calendar(year, str(names.index(name) % 12 + 1), day, "", years, past=past) if name in names else None


def _calendar(
    year: str, month: str, day: str, clock: str | None, years: Sequence[int] = (), *, past: bool = False
) -> str | None:
    """An ISO date with its clock time; `years`: whole years of the column, which those of two digits come near to."""
    try:
        whole = int(year)
        if len(year) == 2:
            whole = whole_year(whole, int(month), int(day), today=date.today(), past=past, near=years)
        moment = date(whole, int(month), int(day))
    except ValueError:
        return None
    return f"{moment.isoformat()} {clock}" if clock else moment.isoformat()


def _numbers(read: Sequence[Numeral | None], known: Habits) -> list[Value]:
    """Numbers of the cells that hold one, all in the same convention; none at all where two are possible."""
    cells = [one for one in read if one is not None]
    values = column_values(cells, known) if cells else None
    if values is None:
        return [None] * len(read)
    found = iter(values)
    converted: list[Value] = []
    for one in read:
        value = next(found) if one is not None else None
        converted.append(-value if one is not None and one.negative and value is not None else value)
    return converted
