"""A heat map of years: weeks as columns, days as rows, Monday first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

YEAR_HEIGHT = 9
"""Lines of a year: its months, seven days, a line between it and the next."""
LABEL = 6
"""Cells before the first week."""
WEEKS = 54
LEVELS = 4
GLYPHS = ("·", "▪", "■", "■", "■")
SHADES = ("·", "░", "▒", "▓", "█")
"""Where colours cannot tell levels apart."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")


class Calendar(Widget, can_focus=True):
    """Shows how much each day has; the arrows move by days and weeks."""

    DEFAULT_CSS = """
    Calendar { height: 9; padding: 0 2; }
    Calendar > .calendar--label { color: $text-muted; }
    Calendar > .calendar--year { color: $text-accent; text-style: bold; }
    Calendar > .calendar--level-0 { color: $foreground 25%; }
    Calendar > .calendar--level-1 { color: $primary 55%; }
    Calendar > .calendar--level-2 { color: $primary 60%; }
    Calendar > .calendar--level-3 { color: $primary 80%; }
    Calendar > .calendar--level-4 { color: $primary; }
    Calendar > .calendar--cursor { background: $block-cursor-blurred-background; color: $foreground; }
    Calendar:focus > .calendar--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: $block-cursor-text-style;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "calendar--label", "calendar--year", "calendar--cursor", *(f"calendar--level-{n}" for n in range(LEVELS + 1)),
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-7)", "A week back", show=False),
        Binding("right", "move(7)", "A week on", show=False),
        Binding("up", "move(-1)", "A day back", show=False),
        Binding("down", "move(1)", "A day on", show=False),
        Binding("pageup", "year(-1)", "A year back", show=False),
        Binding("pagedown", "year(1)", "A year on", show=False),
        Binding("home", "first", "The first day", show=False),
        Binding("end", "last", "The last day", show=False),
        Binding("enter", "enter", "Go to its events", show=False),
    ]

    day: reactive[date] = reactive(date(1970, 1, 1), init=False)
    """The day of the cursor."""

    @dataclass
    class Moved(Message):
        """The cursor is on another day."""

        day: date

    class Entered(Message):
        """The person wants to go on to what the day has."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self._counts: Mapping[date, int] = {}
        self._bounds = (1, 1, 1)
        self._first, self._last = today, today
        self._bottom = today.year
        """The year that is shown last."""
        self._styles: dict[str, Style] = {}
        self.set_reactive(Calendar.day, today)

    def show(self, counts: Mapping[date, int]) -> None:
        """Show how many passages the days have; days that are missing have none."""
        self._counts = counts
        self._bounds = levels(list(counts.values()))
        self._first, self._last = min([*counts, self.today]), max([*counts, self.today])
        self._bottom = self.day.year
        self.refresh()

    def go(self, day: date) -> None:
        """Move the cursor to a day, or to the nearest that the calendar has."""
        self.day = min(max(day, self._first), date(self._last.year, 12, 31))

    def nearest(self, by: int) -> date | None:
        """The next day (`by` 1) or the one before (-1) that has anything."""
        days = [day for day in self._counts if (day > self.day if by > 0 else day < self.day)]
        return (min(days) if by > 0 else max(days)) if days else None

    def in_stretch(self, begins: date, ends: date) -> date | None:
        """The first day with anything from `begins` until before `ends`."""
        return min((day for day in self._counts if begins <= day < ends), default=None)

    # --- moving

    def watch_day(self, before: date, day: date) -> None:
        """Keep the year in view and say where the cursor is. Only the two lines that change are drawn again."""
        shown, bottom = self._years(), self._bottom
        if day.year > self._bottom:
            self._bottom = day.year
        elif day.year <= self._bottom - shown:
            self._bottom = day.year + shown - 1
        lines = (self._line_of(before), self._line_of(day)) if self._bottom == bottom else ()
        self.refresh(*(Region(0, line, self.size.width, 1) for line in lines))
        self.post_message(self.Moved(day))

    def action_move(self, days: int) -> None:
        """Move by days."""
        self.go(_plus(self.day, days))

    def action_year(self, years: int) -> None:
        """Move by years, to the same weekday."""
        self.go(_plus(self.day, years * 52 * 7))

    def action_first(self) -> None:
        """Go to the first day that has anything."""
        self.go(self._first)

    def action_last(self) -> None:
        """Go to the last day that has anything, or today."""
        self.go(self._last)

    def action_enter(self) -> None:
        """Go on to what the day has."""
        self.post_message(self.Entered())

    def on_click(self, event: Click) -> None:
        """Choose the day that was clicked."""
        place = event.get_content_offset(self)
        if place is None:
            return
        day = self._day_at(place.x, place.y)
        if day is not None:
            self.go(day)

    def on_resize(self, event: Resize) -> None:
        """Keep the year of the cursor in view."""
        if self.day.year <= self._bottom - self._years():
            self._bottom = self.day.year
        self.refresh()

    # --- drawing

    @property
    def cell(self) -> int:
        """Cells of a week."""
        return 2 if self.content_size.width >= LABEL + 2 * WEEKS else 1

    def _years(self) -> int:
        """Years that fit."""
        return max(1, (self.content_size.height + 1) // YEAR_HEIGHT)

    def _line_of(self, day: date) -> int:
        return (day.year - self._bottom + self._years() - 1) * YEAR_HEIGHT + 1 + day.weekday()

    def _year_at(self, y: int) -> int:
        return self._bottom - self._years() + 1 + y // YEAR_HEIGHT

    def _day_at(self, x: int, y: int) -> date | None:
        row, week = y % YEAR_HEIGHT - 1, (x - LABEL) // self.cell
        if not 0 <= row < 7 or x < LABEL:
            return None
        return day_of(self._year_at(y), week, row)

    def notify_style_update(self) -> None:
        """Work the styles out again when they are needed."""
        self._styles.clear()
        super().notify_style_update()

    def _style(self, name: str) -> Style:
        """The style of a component, "" for the calendar's own: kept, since it takes longer than to draw a line."""
        found = self._styles.get(name)
        if found is None:
            found = self.get_component_rich_style(f"calendar--{name}") if name else self.rich_style
            self._styles[name] = found
        return found

    def render_line(self, y: int) -> Strip:
        """A line: the months of a year, or one weekday of all its weeks."""
        year, row, cell = self._year_at(y), y % YEAR_HEIGHT - 1, self.cell
        if y // YEAR_HEIGHT >= self._years() or row == 7 or year < 1:
            return Strip.blank(self.content_size.width, self._style(""))
        if row < 0:
            head = Segment(f"{year:<{LABEL}}", self._style("year"))
            return Strip([head, Segment(month_line(year, cell), self._style("label"))])
        plain = self.app.ansi_color or self.app.no_color
        glyphs, gap = SHADES if plain else GLYPHS, " " * (cell - 1)
        parts = [(f"{DAYS[row]:<{LABEL}}", "label")]
        for week in range(WEEKS):
            day = day_of(year, week, row)
            count = self._counts.get(day, 0) if day is not None else 0
            level = level_of(count, self._bounds)
            if day is None or (day > self.today and not count and day != self.day):
                parts.append((" " * cell, ""))
            elif day == self.day:
                parts += [(glyphs[level], "cursor"), (gap, "")]
            else:
                parts.append((glyphs[level] + gap, f"level-{level}"))
        return Strip(
            [
                Segment("".join(text for text, _ in run), self._style(name))
                for name, run in groupby(parts, key=itemgetter(1))
            ]
        )


def day_of(year: int, week: int, weekday: int) -> date | None:
    """The day of a year in a column and a row of its map; None where the year has none there."""
    first = date(year, 1, 1)
    try:
        day = first + timedelta(days=week * 7 + weekday - first.weekday())
    except OverflowError:
        return None
    return day if day.year == year else None


def month_line(year: int, cell: int) -> str:
    """The names of the months, each above the week of its first day."""
    line = ""
    first = date(year, 1, 1)
    for month, name in enumerate(MONTHS, start=1):
        week = ((date(year, month, 1) - first).days + first.weekday()) // 7
        line = f"{line:<{week * cell}}{name} "
    return line


def levels(counts: list[int]) -> tuple[int, int, int]:
    """The most that a day of level 1, 2 and 3 has: quartiles of the days that have anything, so that one large day does
    not pale all others."""
    ordered = sorted(counts) or [1]
    first, second, third = (ordered[(len(ordered) - 1) * part // 4] for part in (1, 2, 3))
    return first, second, third


def level_of(count: int, bounds: tuple[int, int, int]) -> int:
    """0 for nothing, else 1 to 4."""
    return 0 if not count else 1 + sum(count > bound for bound in bounds)


def _plus(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day
