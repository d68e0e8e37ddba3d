"""What the timeline, the page that says why and the page that forgets look like."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from secondme.api import DayEvent
from tests.tui.screens.test_forget import HANGING
from tests.tui.screens.test_why import REASONS
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage
from tests.tui.test_snapshots import SIZES, Look, looks
from tui.messages import ForgetRequested, WhyRequested
from tui.screens.timeline import TimelineScreen

THEMES = ["secondme-dark", "secondme-light"]
LAST = date(2025, 12, 18)


def lived_in(door: ScriptedDoor) -> None:
    """Three years of a memory; the last day has a bit of everything."""
    draw = random.Random(7)
    for back in range(1, 1000):
        if draw.random() < 0.45:
            day = (LAST - timedelta(days=back)).isoformat()
            passages = int(draw.paretovariate(0.9))
            door.calendar[day] = [DayEvent(f"{day}T09:00+00:00", "said", "…", "", "", "s", "span-1", passages)]
    day = LAST.isoformat()
    door.calendar[day] = [
        DayEvent(day, "written", "Beans along the south wall.", "", "garden.md", "s", "span-1", 12),
        DayEvent(f"{day}T09:15+00:00", "said", "The ferry leaves at nine.", "Ana", "Messages", "s", "span-1", 1),
        DayEvent(f"{day}T09:17+00:00", "said", "Good, I bring the tent.", "Mira", "Messages", "s", "span-1", 1),
        DayEvent(f"{day}T18:40+00:00", "asked", "When do we meet Ana?", "Mira", "Chat of today", "s", "span-1", 1),
        DayEvent(f"{day}T21:02+00:00", "noted", "Ask Ilse about the stove.", "", "Ask Ilse about", "s", "span-1", 1),
        DayEvent(f"{day}T22:30+00:00", "taken in", "Chapter one. It was late.", "", "A novel.epub", "s", "span-1", 240),
    ]


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", THEMES)
def test_timeline(snap_compare: Look, size: tuple[int, int], theme: str) -> None:
    async def act(stage: Stage, source: ScriptedDoor) -> None:
        lived_in(source)
        await stage.press("f7")
        await stage.until(lambda: isinstance(stage.app.screen, TimelineScreen) and "The ferry" in stage.shown())

    assert looks(snap_compare, size, theme, act)


def test_timeline_of_five_years_beside_its_day(snap_compare: Look) -> None:
    async def act(stage: Stage, source: ScriptedDoor) -> None:
        lived_in(source)
        await stage.press("f7")
        await stage.until(lambda: isinstance(stage.app.screen, TimelineScreen) and "The ferry" in stage.shown())

    assert looks(snap_compare, (200, 50), "secondme-dark", act)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", THEMES)
def test_why(snap_compare: Look, size: tuple[int, int], theme: str) -> None:
    async def act(stage: Stage, source: ScriptedDoor) -> None:
        source.reasons["message-1"] = REASONS
        stage.app.home.post_message(WhyRequested("message-1"))
        await stage.until(lambda: "place 1 of 812" in stage.shown())

    assert looks(snap_compare, size, theme, act)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", THEMES)
def test_forget(snap_compare: Look, size: tuple[int, int], theme: str) -> None:
    async def act(stage: Stage, source: ScriptedDoor) -> None:
        source.hanging = HANGING
        stage.app.home.post_message(ForgetRequested("source-1"))
        await stage.until(lambda: "On it hang" in stage.shown())

    assert looks(snap_compare, size, theme, act)
