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


async def test_a_folder_is_well_only_when_it_is_looked_after_and_all_of_it_could_be_read() -> None:
    from dataclasses import replace

    from secondme.api import FolderStatus

    well = FolderStatus("f", "/home/mira/notes", "watching", 3, None)
    door = ScriptedDoor(replace(READY, folders=(well, replace(well, id="g", state="polling"))))
    async with staged(door) as stage:
        assert "2 folders ✓" in stage.shown(StatusBar)
        door.statuses.send(replace(READY, folders=(well, replace(well, state="asking", missing=9))))
        await stage.until(lambda: "2 folders (1 asks)" in stage.shown(StatusBar))
        door.statuses.send(replace(READY, folders=(replace(well, failed=2),)))
        await stage.until(lambda: "1 folder (2 unreadable)" in stage.shown(StatusBar))


async def test_what_runs_has_a_percentage_and_whether_it_is_kept_is_always_said() -> None:
    from dataclasses import replace

    door = ScriptedDoor(replace(READY, job="merge 120 of 300"))
    async with staged(door, size=(80, 24)) as stage:
        assert "merge 40%" in stage.shown(StatusBar)
        assert "● remembering" in stage.shown(StatusBar)
        door.statuses.send(replace(READY, pending=200, activity="embedding"))
        await stage.until(lambda: "embedding 0%" in stage.shown(StatusBar))
        door.statuses.send(replace(READY, pending=50, activity="embedding"))
        await stage.until(lambda: "embedding 75%" in stage.shown(StatusBar))
        await stage.press("alt+o")
        assert "○ off the record" in stage.shown(StatusBar)
        assert "remembering" not in stage.shown(StatusBar)


async def test_without_an_engine_nothing_of_its_last_state_is_shown() -> None:
    from tui.widgets.status_bar import EngineState, status_pieces

    gone = EngineState(READY, "engine gone; the next question starts it again")
    said = " ".join(piece.plain for _, piece in status_pieces(gone))
    assert "engine gone" in said
    assert "passages" not in said and "remembering" not in said


@pytest.mark.parametrize("width", [40, 60, 80, 120])
async def test_what_is_wrong_is_shortened_and_never_left_out(width: int) -> None:
    from dataclasses import replace

    from secondme.api import Problem

    problem = Problem("disk", "The disk is full, and this is told at such a length that nothing fits.", "Make room.")
    async with staged(ScriptedDoor(replace(READY, problems=(problem,))), size=(width, 24)) as stage:
        assert "⚠ The disk is full" in stage.shown(StatusBar)
