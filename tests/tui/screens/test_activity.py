"""The page of activity: jobs, what each run did, and the way back."""

from __future__ import annotations

from dataclasses import replace

from secondme.api import (
    JobStatus,
    RunChange,
    RunDetail,
    RunSummary,
    Undone,
)
from tests.tui.scripted_door import READY, ScriptedDoor
from tests.tui.stage import staged
from tui.screens.activity import ActivityScreen
from tui.screens.confirm import ConfirmScreen


def night() -> ScriptedDoor:
    """A door after a night in which memories faded."""
    door = ScriptedDoor(replace(READY, faded=37))
    door.job_list = [
        JobStatus(
            "merge", "Merge passages that say the same", "on", "2026-01-02T03:00:00Z", "2026-01-02T23:00:00Z", False
        ),
        JobStatus("forget", "Let memories fade", "paused", "", "", False),
    ]
    run = RunSummary(
        "forget/1a2b3c4d", "forget", "schedule", "done", "2026-01-02T03:00:10Z", "2026-01-02T03:00:12Z",
        (("faded", 37), ("kept", 2)), 37,
    )  # fmt: skip
    door.run_list = [run, replace(run, id="merge/9f8e7d6c", job="merge", counts=(("merged", 2),), changes=2)]
    changes = (RunChange("faded", "We had soup [again]", "span-9", ""), RunChange("faded", "It rained", "span-8", ""))
    door.run_details = {
        run.id: RunDetail(run, changes, (("number", "Ana has nine dogs."),)),
        "merge": RunDetail(replace(run, id="merge/x", state="preview", counts=(), changes=0), (), ()),
    }
    return door


async def test_a_run_shows_what_it_changed_and_refused() -> None:
    async with staged(night()) as stage:
        await stage.press("f5")
        await stage.until(lambda: "37 faded, 2 kept" in stage.shown())
        assert "37 faded" in stage.shown()
        await stage.press("down", "down", "enter")
        await stage.until(lambda: "We had soup [again]" in stage.shown())
        assert "refused: number" in stage.shown()
        assert "Ana has nine dogs." in stage.shown()
        await stage.press("escape")
        assert isinstance(stage.app.screen, ActivityScreen)
        await stage.press("escape")
        assert stage.at_home


async def test_undo_asks_first_and_says_what_it_gave_back() -> None:
    door = night()
    async with staged(door) as stage:
        await stage.press("f5")
        await stage.until(lambda: "37 faded, 2 kept" in stage.shown())
        await stage.press("down", "down", "u")
        assert isinstance(stage.app.screen, ConfirmScreen)
        assert door.called("undo") == []
        await stage.press("tab", "enter")
        await stage.until(lambda: door.called("undo") == [("forget/1a2b3c4d",)])
        await stage.until(lambda: "(undone)" in stage.shown())


async def test_an_undo_that_is_refused_lists_what_was_changed_since() -> None:
    door = night()
    door.undone = Undone("forget/1a2b3c4d", 0, ("We had soup: changed by the run merge/9f8e7d6c",))
    async with staged(door) as stage:
        await stage.press("f5")
        await stage.until(lambda: "37 faded, 2 kept" in stage.shown())
        await stage.press("down", "down", "u", "tab", "enter")
        await stage.until(lambda: "changed by the run merge/9f8e7d6c" in stage.shown())


async def test_jobs_are_previewed_and_paused_from_the_list() -> None:
    door = night()
    async with staged(door) as stage:
        await stage.press("f5")
        await stage.until(lambda: "Merge passages" in stage.shown())
        await stage.press("d")
        await stage.until(lambda: "It changed nothing." in stage.shown())
        assert door.called("job_run") == [("merge", True)]
        await stage.press("space")
        await stage.until(lambda: door.job_list[0].state == "paused")
        assert door.called("job_pause") == [("merge", True)]
