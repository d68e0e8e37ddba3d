"""What an app shows, as text and as a small PNG: drawn cell by cell, so that it needs nothing but a font."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, get_character_cell_size
from rich.color_triplet import ColorTriplet
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from textual.app import App

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONTS = Path("/usr/share/fonts/truetype/dejavu")
CELL = (10, 20)
"""Width and height of a cell in pixels."""
FONT_SIZE = 16
COLOURS = 96
"""Colours of a picture: it is small, and every colour of a theme is its own."""


def segments_of(app: App[Any]) -> list[list[Segment]]:
    """The screen by lines, with what shines through below a dialog."""
    width, height = app.size
    console = Console(width=width, height=height, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert update is not None
    drawn = (segment for segment in console.render(update) if not segment.control)
    return [list(line) for line in Segment.split_lines(drawn)]


def text_of_screen(app: App[Any]) -> str:
    """What stands on the screen, line by line."""
    lines = ("".join(segment.text for segment in line).rstrip() for line in segments_of(app))
    return "\n".join(lines) + "\n"


def save_picture(app: App[Any], path: Path) -> None:
    """Draw the screen into a PNG."""
    from PIL import Image, ImageDraw

    lines = segments_of(app)
    (columns, rows), (width, height) = app.size, CELL
    page = _rgb(app.theme_variables.get("background", "")) or (0, 0, 0)
    image = Image.new("RGB", (columns * width, rows * height), page)
    pen, fonts = ImageDraw.Draw(image), _Fonts()
    for y, line in enumerate(lines[:rows]):
        x = 0
        for segment in line:
            front, back = _colours(segment.style or Style(), page)
            cells = cell_len(segment.text)
            if not cells:
                continue
            pen.rectangle((x * width, y * height, (x + cells) * width - 1, (y + 1) * height - 1), fill=back)
            for character, at in _placed(segment.text, x):
                if character != " ":
                    fonts.draw(pen, character, (at * width, y * height), front, segment.style or Style())
            if segment.style and segment.style.underline:
                pen.line((x * width, (y + 1) * height - 2, (x + cells) * width - 1, (y + 1) * height - 2), fill=front)
            x += cells
    path.parent.mkdir(parents=True, exist_ok=True)
    image.quantize(COLOURS).save(path, optimize=True)


def _placed(text: str, x: int) -> Iterator[tuple[str, int]]:
    for character in text:
        yield character, x
        x += get_character_cell_size(character)


def _rgb(colour: str) -> tuple[int, int, int] | None:
    digits = colour.lstrip("#")
    return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)) if len(digits) == 6 else None


def _colours(style: Style, page: tuple[int, int, int]) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Foreground and background of a style as they are seen."""
    light = sum(page) > 380
    front = _seen(style.color.get_truecolor(DEFAULT_TERMINAL_THEME) if style.color else None)
    back = _seen(style.bgcolor.get_truecolor(DEFAULT_TERMINAL_THEME) if style.bgcolor else None)
    front = front if front and style.color and not style.color.is_default else ((20,) * 3 if light else (230,) * 3)
    back = back if back and style.bgcolor and not style.bgcolor.is_default else page
    if style.reverse:
        front, back = back, front
    if style.dim:
        front = tuple((a + b) // 2 for a, b in zip(front, back, strict=True))  # type: ignore[assignment]  # three
    return front, back


def _seen(colour: ColorTriplet | None) -> tuple[int, int, int] | None:
    return (colour.red, colour.green, colour.blue) if colour else None


class _Fonts:
    """DejaVu Sans Mono in its four cuts, and lines and blocks drawn by hand, so that they meet."""

    def __init__(self) -> None:
        from PIL import ImageFont

        def cut(name: str) -> FreeTypeFont:
            return ImageFont.truetype(str(FONTS / f"DejaVuSansMono{name}.ttf"), FONT_SIZE)

        self._cuts = {
            (False, False): cut(""),
            (True, False): cut("-Bold"),
            (False, True): cut("-Oblique"),
            (True, True): cut("-BoldOblique"),
        }

    def draw(
        self, pen: object, character: str, at: tuple[int, int], colour: tuple[int, int, int], style: Style
    ) -> None:
        """One character into its cell."""
        from PIL.ImageDraw import ImageDraw

        assert isinstance(pen, ImageDraw)
        (x, y), (width, height) = at, CELL
        eighths = _BLOCKS.get(character)
        if eighths is not None:
            left, top, right, bottom = eighths
            box = (
                x + width * left // 8,
                y + height * top // 8,
                x + width * right // 8 - 1,
                y + height * bottom // 8 - 1,
            )
            pen.rectangle(box, fill=colour)
            return
        font = self._cuts[bool(style.bold), bool(style.italic)]
        pen.text((x, y + 1), character, font=font, fill=colour)


_BLOCKS = {
    "█": (0, 0, 8, 8),
    "▀": (0, 0, 8, 4),
    "▄": (0, 4, 8, 8),
    "▌": (0, 0, 4, 8),
    "▐": (4, 0, 8, 8),
    "▎": (0, 0, 2, 8),
    "▊": (0, 0, 6, 8),
    "▔": (0, 0, 8, 1),
    "▁": (0, 7, 8, 8),
    **{chr(0x2581 + n): (0, 7 - n, 8, 8) for n in range(8)},
}
"""Blocks of eighths of a cell: left, top, right, bottom."""
