"""The page of activity: jobs, what each run did, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from textual.widgets import OptionList, Static

from secondme.api import (
    JobStatus,
    Progress,
    RunChange,
    RunDetail,
    RunSummary,
    Undone,
)
from tests.tui.scripted_door import READY, Channel, ScriptedDoor
from tests.tui.stage import NOW, staged, text_of
from tui.screens.activity import ActivityScreen
from tui.screens.confirm import ConfirmScreen
from tui.widgets.weeks import by_week, week_bars


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


async def test_details_leave_the_chosen_line_in_view_and_outcomes_are_words() -> None:
    door = night()
    (run,) = door.run_list[:1]
    door.run_list = [replace(run, id=f"forget/{n:08}", counts=(("support", n),)) for n in range(1, 60)]
    door.run_details = {each.id: replace(door.run_details[run.id], summary=each) for each in door.run_list}
    async with staged(door, size=(80, 24)) as stage:
        await stage.press("f5")
        await stage.until(lambda: "1 said again" in stage.shown())
        rows = stage.app.screen.query_one("#rows", OptionList)
        await stage.press("end", "enter")
        await stage.until(lambda: "forget/00000059" in stage.shown(Static))
        await stage.until(lambda: "59 said again" in text_of(rows), "the details hide the chosen line")


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


async def test_indexing_shows_a_rate_and_an_end_and_the_page_is_read_again_when_it_is_over() -> None:
    steps: Channel[Progress] = Channel()

    class Busy(ScriptedDoor):
        def wait_indexed(self) -> Iterator[Progress]:
            return steps.read()

    door = Busy(replace(READY, pending=1800, activity="indexing"))
    async with staged(door) as stage:
        await stage.press("f5")
        steps.send(Progress("embedding", 1200, 3000, "spans", 55.0, 32.0))
        await stage.until(lambda: "1,200 of 3,000 spans · 55/s · 32 s left" in stage.shown())
        door.status_now = READY
        steps.end()
        await stage.until(lambda: "Nothing runs now" in stage.shown())


async def test_jobs_say_when_they_ran_and_when_they_run_next() -> None:
    async with staged(night()) as stage:
        await stage.press("f5")
        await stage.until(lambda: "in 11 h" in stage.shown())
        assert "9h ago" in stage.shown()
        assert "paused" in stage.shown()


async def test_the_weeks_are_drawn_from_the_runs_that_were_not_undone() -> None:
    door = night()
    door.run_list = [replace(door.run_list[0], started_at="2025-12-20T03:00:00Z"), *door.run_list]
    async with staged(door) as stage:
        await stage.press("f5")
        await stage.until(lambda: "changes by jobs in 26 weeks, 39 in this one" in stage.shown())


def test_a_week_without_changes_is_a_dot_and_the_largest_a_whole_bar() -> None:
    sums = by_week([("2026-01-01T00:00:00Z", 8), ("2025-12-20T00:00:00Z", 1), ("no day", 5)], NOW, 3)
    assert sums == [0, 1, 8]
    assert week_bars(sums, "changes").plain.startswith("·▁█")
