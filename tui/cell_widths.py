"""Text whose width terminals disagree on stays in its columns, whatever a terminal makes of it.

Vowel signs of Indic scripts take a cell of their own in most terminals and none in others; a sign with a variation
selector takes one or two; emoji joined into one are drawn as one, or as the two to five that they are made of. So such
text is measured as the widest that is common, its cells are emptied before it is written, and what follows it is
placed by its column.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from unicodedata import category

import rich.cells
from rich.cells import CellTable, cell_len
from textual.driver import Driver

_MARKS = "\u0903-\u0dff\u0f3e-\u0f7f\u102b-\u109d\u1700-\u1cff\ua800-\uabff"
"""Blocks of Indic scripts, in which vowel signs are."""
_UNCERTAIN = re.compile(f"[{_MARKS}\u0e31-\u0eff\u200d\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
_PIECE = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H"  # to a cell
    r"|(?P<other>\x1b(?:\[[0-9;:?<>=$]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))|[\n\r])"
    r"|(?P<text>[^\x1b\n\r]+)|."
)
_PART = ".\ufe0f?[\U0001f3fb-\U0001f3ff]?"
_SIGN = re.compile(
    f"(?P<first>{_PART})(?:\u200d{_PART})+"  # joined
    "|.\ufe0f|.[\U0001f3fb-\U0001f3ff]|[\U0001f1e6-\U0001f1ff]{2}"
)
"""An emoji of uncertain width: joined ones, one with a selector or a colour of skin, a flag."""
_JOINERS = ("kitty", "ghostty", "WezTerm", "iTerm.app", "Apple_Terminal", "contour", "foot")
"""What TERM_PROGRAM or TERM says of terminals that draw joined emoji as one."""


_rich_table = vars(rich.cells)["load_cell_table"]


@cache
def _widest(unicode_version: str) -> CellTable:
    """Rich's table of widths, with a cell for each spacing mark (category Mc)."""
    table: CellTable = _rich_table(unicode_version)
    widths: list[tuple[int, int, int]] = []
    for first, last, width in table.widths:
        if width:
            widths.append((first, last, width))
            continue
        for code in range(first, last + 1):
            if category(chr(code)) == "Mc":
                continue  # what the table leaves out has one cell
            if widths and widths[-1][1:] == (code - 1, 0):
                widths[-1] = (widths[-1][0], code, 0)
            else:
                widths.append((code, code, 0))
    return table._replace(widths=widths)


def measure_widest() -> None:
    """Let Rich and Textual measure with the widths of `_widest` from now on."""
    vars(rich.cells)["load_cell_table"] = _widest
    rich.cells.get_character_cell_size.cache_clear()
    rich.cells.cached_cell_len.cache_clear()


def joins_emoji(environment: Mapping[str, str]) -> bool:
    """Whether the terminal draws joined emoji as one, in two cells."""
    name = f"{environment.get('TERM_PROGRAM', '')} {environment.get('TERM', '')}"
    return any(joiner in name for joiner in _JOINERS)


def place(sequence: str, *, joins: bool) -> str:
    """What is written to a terminal, with the text whose width is uncertain kept in its columns.

    Without `joins`, joined emoji become the first of them, which has their width.
    """
    if not _UNCERTAIN.search(sequence):
        return sequence
    written: list[str] = []
    column: int | None = None
    for piece in _PIECE.finditer(sequence):
        text = piece["text"]
        if piece["column"]:
            column = int(piece["column"])
        elif text is None:
            column = None if piece[0] in "\n\r" else column
        elif column is not None:
            cells = cell_len(text)
            if _UNCERTAIN.search(text):
                text = f"\x1b[{cells}X{_placed_signs(text, column, joins=joins)}\x1b[{column + cells}G"
            column += cells
        written.append(text if text is not None else piece[0])
    return "".join(written)


def _placed_signs(text: str, column: int, *, joins: bool) -> str:
    """Text from a column on, the cursor placed after each emoji of uncertain width."""
    written: list[str] = []
    end = 0
    for sign in _SIGN.finditer(text):
        shown = sign[0] if joins else sign["first"] or sign[0]
        written += [text[end : sign.start()], shown, f"\x1b[{column + cell_len(text[: sign.end()])}G"]
        end = sign.end()
    return "".join([*written, text[end:]])


class PlacingDriver(Driver):
    """Beside a driver of Textual's: places what it writes."""

    def write(self, data: str) -> None:
        """Write to the terminal."""
        super().write(place(data, joins=joins_emoji(os.environ)))  # type: ignore[safe-super]  # of the driver beside


def placing(driver: type[Driver]) -> type[Driver]:
    """A driver that does what this one does, and places what it writes."""
    return type(f"Placing{driver.__name__}", (PlacingDriver, driver), {})
