"""The calendar of years, and what a day has."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from secondme.api import DayEvent
from secondme.errors import SecondMeError
from tests.tui.samples import passage_view
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import NOW, staged
from tests.tui.test_hostile import ALL, harmless
from tui.screens.known import KnownScreen
from tui.screens.passage import PassageScreen
from tui.screens.timeline import TimelineScreen
from tui.typed_dates import typed_days
from tui.widgets.calendar import WEEKS, Calendar, day_of, level_of, levels


def event(day: str, text: str, kind: str = "said", *, hour: str = "10:30", passages: int = 1) -> DayEvent:
    at = f"{day}T{hour}+00:00" if hour else day
    return DayEvent(at, kind, text, "Ana" if kind == "said" else "", "Messages", "source-1", "span-1", passages)


def lived() -> ScriptedDoor:
    """A door whose memory has a few days of two years."""
    door = ScriptedDoor()
    door.calendar = {
        "2024-05-03": [
            event("2024-05-03", "The ferry leaves at nine."),
            event("2024-05-03", "A plan for the garden.", "written", hour="", passages=12),
        ],
        "2025-11-30": [event("2025-11-30", "First snow today.", "noted")],
        "2026-01-02": [event("2026-01-02", "We painted the door green.")],
    }
    door.views["span-1"] = passage_view(1)
    return door


async def test_the_timeline_opens_on_the_latest_day_and_the_arrows_move_by_days_and_weeks() -> None:
    door = lived()
    async with staged(door, size=(80, 24)) as stage:
        await stage.press("f7")
        await stage.until(lambda: "We painted the door green." in stage.shown())
        assert "15 passages on 3 days" in stage.shown()
        calendar = stage.app.screen.query_one(Calendar)
        assert calendar.day == date(2026, 1, 2)
        await stage.press("up")
        assert calendar.day == date(2026, 1, 1)
        await stage.press("left", "down")
        assert calendar.day == date(2025, 12, 26)
        assert "2025" in stage.shown(Calendar)
        await stage.until(lambda: "Nothing was said or written" in stage.shown())


async def test_keys_go_to_the_days_that_have_something_and_enter_opens_its_passage() -> None:
    door = lived()
    async with staged(door) as stage:
        await stage.press("f7")
        await stage.until(lambda: "green" in stage.shown())
        await stage.press("b", "b")
        await stage.until(lambda: "The ferry leaves at nine." in stage.shown())
        shown = stage.shown()
        assert "10:30" in shown
        assert "+11 passages" in shown
        await stage.press("b")  # there is none before
        assert stage.app.screen.query_one(Calendar).day == date(2024, 5, 3)
        await stage.press("enter", "enter")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))
        assert door.called("passage") == [("span-1",)]
        await stage.press("escape", "escape")
        assert isinstance(stage.app.screen, TimelineScreen)
        await stage.press("n")
        assert stage.app.screen.query_one(Calendar).day == date(2025, 11, 30)
        await stage.press("escape")
        assert stage.at_home


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024-05-03", date(2024, 5, 3)),
        ("May 2024", date(2024, 5, 3)),  # the first day of that month that has anything
        ("yesterday", date(2026, 1, 1)),
        ("3. Mai 2024", date(2024, 5, 3)),
        ("le 30 novembre 2025", date(2025, 11, 30)),
    ],
)
async def test_a_date_is_typed_as_people_write_it(typed: str, day: date) -> None:
    async with staged(lived()) as stage:
        await stage.press("f7")
        await stage.until(lambda: "green" in stage.shown())
        await stage.press("t", *("space" if letter == " " else letter for letter in typed), "enter")
        assert stage.app.screen.query_one(Calendar).day == day
        assert stage.app.screen.query_one(Calendar).has_focus


async def test_what_is_no_date_stays_in_the_box_with_a_remedy() -> None:
    async with staged(lived()) as stage:
        await stage.press("f7", "t", *"kettle", "enter")
        await stage.until(lambda: "That is no date. Try 2024-05-03" in stage.shown())
        assert stage.app.screen.query_one("#jump").value == "kettle"  # type: ignore[attr-defined]  # an Input
        await stage.press("escape")
        assert stage.app.screen.query_one(Calendar).has_focus


async def test_what_held_on_a_day_is_one_key_away_and_what_was_known_by_then_another() -> None:
    door = lived()
    async with staged(door) as stage:
        await stage.press("f7")
        await stage.until(lambda: "green" in stage.shown())
        await stage.press("k")
        await stage.until(lambda: "What held on Fri 2 Jan 2026" in stage.shown())
        assert isinstance(stage.app.screen, KnownScreen)
        assert "No fact held on this day" in stage.shown()
        assert door.called("facts") == [("2026-01-02", False)]
        await stage.press("k")
        await stage.until(lambda: "by the end of that day" in stage.shown())
        assert door.called("facts known by") == [("2026-01-02",)]


async def test_an_empty_memory_says_what_will_be_here() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press("f7")
        await stage.until(lambda: "Nothing here yet: add files with ctrl+o" in stage.shown())


async def test_a_failure_stands_on_the_page() -> None:
    door = lived()

    def fails(day: str) -> list[DayEvent]:
        raise SecondMeError("The disk is gone.", "Plug it in.")

    door.day = fails  # type: ignore[method-assign]
    async with staged(door) as stage:
        await stage.press("f7")
        await stage.until(lambda: "The disk is gone. Plug it in." in stage.shown())


async def test_a_click_chooses_a_day() -> None:
    async with staged(lived(), size=(80, 24)) as stage:
        await stage.press("f7")
        await stage.until(lambda: "green" in stage.shown())
        calendar = stage.app.screen.query_one(Calendar)
        # 5 January 2026 is a Monday, in the second week of its year's map.
        await stage.press("home", "pagedown")
        before = calendar.day
        await stage.pilot.click(Calendar, offset=(2 + 6 + 1, 1))
        assert calendar.day != before
        assert calendar.day.weekday() == 0


async def test_hostile_words_of_a_day_are_shown_as_text() -> None:
    door = lived()
    door.calendar["2026-01-02"] = [DayEvent("2026-01-02" + ALL, ALL, ALL, ALL, ALL, "s", "span-1", 3)]
    async with staged(door) as stage:
        await stage.press("f7")
        await stage.until(lambda: "[/]" in stage.shown())
        harmless(stage)


def test_a_map_has_every_day_of_its_year_once_in_order() -> None:
    for year in (2023, 2024, 2028, 1996):
        days = [day for week in range(WEEKS) for row in range(7) if (day := day_of(year, week, row))]
        assert (days[0], days[-1]) == (date(year, 1, 1), date(year, 12, 31))
        assert all(after - before == timedelta(1) for before, after in pairwise(days))


def test_one_large_day_does_not_pale_all_others() -> None:
    bounds = levels([1, 2, 3, 4, 5, 6, 7, 5000])
    assert [level_of(count, bounds) for count in (0, 1, 3, 6, 5000)] == [0, 1, 2, 3, 4]


def test_months_and_years_are_stretches() -> None:
    assert typed_days("in 2019", NOW) == (date(2019, 1, 1), date(2020, 1, 1))
    assert typed_days("no such thing", NOW) is None
