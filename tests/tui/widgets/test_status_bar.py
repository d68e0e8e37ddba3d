"""The line at the bottom: what the engine has and does, and what leaves the machine."""

from __future__ import annotations

import pytest

from tests.tui.scripted_door import READY, ScriptedDoor
from tests.tui.stage import staged
from tui.widgets.status_bar import StatusBar


async def test_the_status_line_says_which_rung_it_is_on_and_what_is_wrong() -> None:
    from dataclasses import replace

    from secondme.api import FolderStatus, Problem

    door = ScriptedDoor(replace(READY, rung="no-model", pending=12, activity="embedding"))
    async with staged(door) as stage:
        assert "no language model: answers are quotes" in stage.shown(StatusBar)
        assert "1,204 passages, 12 pending" in stage.shown(StatusBar)
        assert "embedding" in stage.shown(StatusBar)
        away = FolderStatus("f", "/media/usb", "away", 3, None)
        problem = Problem("disk", "The disk is full.", "Make room.")
        door.statuses.send(replace(READY, rung="words-only", folders=(away,), problems=(problem,)))
        await stage.until(lambda: "The disk is full." in stage.shown(StatusBar))
        assert "words only" in stage.shown(StatusBar)
        assert "1 folder (1 away)" in stage.shown(StatusBar)


@pytest.mark.parametrize("width", [30, 60, 120])
async def test_what_leaves_the_machine_is_in_the_status_line_whatever_else_there_is(width: int) -> None:
    from dataclasses import replace

    from secondme.api import Problem

    leaving = "answers by example.com: leaves this machine"
    problem = Problem("disk", "The disk is full, and this is told at such a length that nothing fits.", "Make room.")
    door = ScriptedDoor(replace(READY, leaving=(leaving,), problems=(problem,), activity="embedding"))
    async with staged(door, size=(width, 24)) as stage:
        shown = leaving if width > 50 else "answers by example.com"
        assert f"⇡ {shown}" in stage.shown(StatusBar)
        door.statuses.send(replace(READY, problems=()))
        await stage.until(lambda: "example.com" not in stage.shown(StatusBar))
