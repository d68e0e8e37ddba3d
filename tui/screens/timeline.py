"""The page of the timeline: a heat map of years, and what the chosen day has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from secondme.api import DayCount, DayEvent
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.keymap import with_keys
from tui.messages import CallFailed, ForgetRequested, PassageRequested, WhyRequested
from tui.screens.page import Page
from tui.typed_dates import typed_days
from tui.widgets.calendar import YEAR_HEIGHT, Calendar
from tui.widgets.inputs import CleanInput
from tui.widgets.key_line import KeyLine

PAUSE_SECONDS = 0.06
"""How long the cursor rests on a day before its events are read."""
EMPTY = "Nothing here yet: add files with @add, or talk. Each day that has something lights up."
NO_DATE = "That is no date. Try 2024-05-03, last friday, May 2019 or two weeks ago."


@dataclass
class DaysLoaded(Message):
    """How much each day has."""

    days: list[DayCount]


@dataclass
class DayLoaded(Message):
    """What a day has."""

    day: date
    events: list[DayEvent]


class TimelineScreen(Page):
    """The arrows move through the days; enter goes to the events of one, and from an event to its passage."""

    CSS_PATH = Path(__file__).with_name("timeline.tcss")
    BINDINGS: ClassVar[list[BindingType]] = bindings("timeline")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (170, "-beside")]  # noqa: RUF012  # Textual's form

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._events: Sequence[DayEvent] = ()
        self._counts: dict[date, int] = {}
        self._timer: Timer | None = None
        self._opened = False

    def compose(self) -> ComposeResult:
        """How much there is, the years, the day and its events, the keys."""
        yield Static("Reading the days…", id="head", markup=False)
        yield CleanInput(placeholder="A date: 2024-05-03, last friday, May 2019, two weeks ago", id="jump")
        with Vertical(id="body"):
            yield Calendar(self.now().astimezone().date())
            with Vertical(id="day"):
                yield Static("", id="what", markup=False)
                yield OptionList(id="events")
        yield KeyLine("timeline", ("← ↑ ↓ →", "day"), ("enter", "open"))

    def on_mount(self) -> None:
        """Count the days."""
        self.query_one(Calendar).focus()
        self._count()

    def _count(self) -> None:
        self.calls.run(self, lambda door: iter([DaysLoaded(door.days())]), "days", exclusive=True)

    def on_resize(self, event: Resize) -> None:
        """Give the calendar as many years as leave room for the events."""
        calendar = self.query_one(Calendar)
        beside = event.size.width >= 170
        years = max(1, int(event.size.height * 0.55) // YEAR_HEIGHT)
        calendar.styles.height = None if beside else years * YEAR_HEIGHT
        if self._events:
            self.call_after_refresh(self._show_events)

    @on(DaysLoaded)
    def _days_loaded(self, event: DaysLoaded) -> None:
        self._counts = {date.fromisoformat(entry.day): entry.passages for entry in event.days}
        calendar = self.query_one(Calendar)
        calendar.show(self._counts)
        self._show_head()
        past = [day for day in self._counts if day <= calendar.today]
        if past and not self._opened:
            calendar.go(max(past))
        self._opened = True
        self._read_day()

    def _show_head(self) -> None:
        total, days = sum(self._counts.values()), len(self._counts)
        nothing = with_keys(self.app, EMPTY)
        facts = f"   {total:,} passages on {days:,} day{'s' if days != 1 else ''}" if days else f"   {nothing}"
        self.query_one("#head", Static).update(Content.assemble(("Timeline", "bold $title"), (facts, "$text-muted")))

    # --- the day

    @on(Calendar.Moved)
    def _moved(self) -> None:
        self._show_what()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE_SECONDS, self._read_day)

    def _read_day(self) -> None:
        day = self.query_one(Calendar).day
        self._show_what()
        if not self._counts.get(day):
            self._show(())
            return
        self.calls.run(self, lambda door: iter([DayLoaded(day, door.day(day.isoformat()))]), "day", exclusive=True)

    @on(DayLoaded)
    def _day_loaded(self, event: DayLoaded) -> None:
        if event.day == self.query_one(Calendar).day:
            self._show(event.events)

    def _show_what(self) -> None:
        day = self.query_one(Calendar).day
        count = self._counts.get(day, 0)
        number = f"   {count:,} passage{'s' if count != 1 else ''}" if count else "   nothing"
        self.query_one("#what", Static).update(Content.assemble((day_in_words(day), "bold"), (number, "$text-muted")))

    def _show(self, events: Sequence[DayEvent]) -> None:
        self._events = events
        self._show_events()
        self.query_one("#events", OptionList).highlighted = 0 if events else None

    def _show_events(self) -> None:
        options = self.query_one("#events", OptionList)
        place = options.highlighted
        wide = options.size.width >= 96
        options.clear_options()
        options.add_options([Option(event_line(event, wide=wide)) for event in self._events])
        if self._events:
            options.highlighted = min(place or 0, len(self._events) - 1)
        elif self._counts:
            options.add_option(Option("Nothing was said or written on this day; n goes to the next that has something.",
                                      disabled=True))  # fmt: skip

    @on(Calendar.Entered)
    def _entered(self) -> None:
        if self._events:
            self.query_one("#events").focus()

    @on(OptionList.OptionSelected, "#events")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_index < len(self._events):
            self.post_message(PassageRequested(self._events[event.option_index].span_id))

    # --- going to a day

    def action_jump(self) -> None:
        """Ask for a date."""
        jump = self.query_one("#jump", Input)
        jump.value = ""
        jump.add_class("-open")
        jump.focus()

    @on(Input.Submitted, "#jump")
    def _jump(self, event: Input.Submitted) -> None:
        found = typed_days(event.value, self.now())
        if found is None:
            self.query_one("#what", Static).update(Content.styled(NO_DATE, "$text-warning"))
            return
        self._close_jump()
        calendar = self.query_one(Calendar)
        calendar.go(calendar.in_stretch(*found) or found[0])

    def _close_jump(self) -> None:
        self.query_one("#jump").remove_class("-open")
        self.query_one(Calendar).focus()
        self._show_what()

    def action_busy(self, by: int) -> None:
        """Go to the next day that has anything, or back to the one before."""
        calendar = self.query_one(Calendar)
        day = calendar.nearest(by)
        if day is not None:
            calendar.go(day)

    def action_known(self) -> None:
        """Show what was known on the chosen day."""
        from tui.screens.known import KnownScreen

        self.app.push_screen(KnownScreen(self.context, self.query_one(Calendar).day))

    def action_forget(self) -> None:
        """Show what hangs on it; there it is hidden or erased."""
        place = self.query_one("#events", OptionList).highlighted
        if place is not None and place < len(self._events):
            self.post_message(ForgetRequested(self._events[place].span_id, self._count))

    def action_why(self) -> None:
        """Say where the chosen event came from, why it was recalled, what changed it."""
        place = self.query_one("#events", OptionList).highlighted
        if place is not None and place < len(self._events):
            self.post_message(WhyRequested(self._events[place].span_id))

    def action_back(self) -> None:
        """Close the box for a date, go back to the years, or return to the chat."""
        if self.query_one("#jump").has_class("-open"):
            self._close_jump()
        elif self.query_one("#events").has_focus:
            self.query_one(Calendar).focus()
        else:
            self.dismiss()

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        where = "#head" if event.group == "days" else "#what"
        self.query_one(where, Static).update(clean(event.error.sentence(), keep_newlines=False))


def day_in_words(day: date) -> str:
    """A day as people say it: `Fri 3 May 2024`."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


_KIND_STYLES = {"said": "$text-accent", "noted": "$text-success", "taken in": "$text-muted"}


def event_line(event: DayEvent, *, wide: bool) -> Content:
    """An event: its time, what happened, in a wide list where, then its first words."""
    text = " ".join(clean(event.text, keep_newlines=False).split())
    source = clean(event.source, keep_newlines=False)
    more = f"  +{event.passages - 1:,} passage{'s' if event.passages > 2 else ''}" if event.passages > 1 else ""
    speaker = clean(event.speaker, keep_newlines=False)
    parts: list[Content | str | tuple[str, str]] = [
        (f"{clean(event.at, keep_newlines=False)[11:16]:<5}  ", "$text-muted"),
        (f"{clean(event.kind, keep_newlines=False):<9} ", _KIND_STYLES.get(event.kind, "$foreground")),
    ]
    if wide:
        column = Content(source).truncate(24, ellipsis=True)
        parts += [column.stylize("$text-muted"), " " * (26 - column.cell_length)]
    elif event.kind in ("written", "taken in"):
        parts.append((f"{source}  ", "$text-muted"))
    parts += [(f"{speaker}: ", "bold") if speaker and event.kind in ("said", "asked") else "", text]
    parts.append((more, "$text-accent"))
    return Content.assemble(*parts)
