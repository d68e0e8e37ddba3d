"""The page of sources: forgetting, erasing, and watched folders."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Button, Input, OptionList

from secondme.api import DependentGroup, Dependents, FileTrouble, FolderStatus, SourceSummary
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.confirm import ConfirmScreen
from tui.screens.sources import SourcesScreen


def stocked() -> ScriptedDoor:
    door = ScriptedDoor()
    door.source_list = [
        SourceSummary(
            f"source-{n}", "file", f"notes/{n}.md", f"/notes/{n}.md", "live", 12, 0, "2026-01-01T00:00:00Z", 1
        )
        for n in (1, 2)
    ]
    return door


async def sources(stage: Stage) -> None:
    await stage.press("f4")
    await stage.until(lambda: isinstance(stage.app.screen, SourcesScreen) and "passages" in stage.shown())


async def confirm(stage: Stage, choice: str) -> None:
    await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
    stage.app.screen.query_one(f"#{choice}", Button).press()
    await stage.until(lambda: isinstance(stage.app.screen, SourcesScreen))


async def test_forgetting_shows_what_hangs_on_it_and_can_be_undone() -> None:
    door = stocked()
    door.hanging = Dependents("source-1", "file", "notes/1.md", "", (DependentGroup("passage", 12, ()),), 0, ())
    async with staged(door) as stage:
        await sources(stage)
        await stage.press("x")
        await stage.until(lambda: "On it hang 12 passages." in stage.shown())
        assert door.called("dependents") == [("source-1",)]
        assert door.called("forget") == []
        await stage.press("h")
        await stage.until(lambda: "✓ hidden" in stage.shown())
        await stage.press("escape")
        await stage.until(lambda: "forgotten" in stage.shown(OptionList))
        assert door.called("forget") == [("source-1", False)]
        await stage.press("u")
        await stage.until(lambda: door.called("restore") == [("source-1",)])
        await stage.until(lambda: "forgotten" not in stage.shown(OptionList))


async def test_erasing_warns_and_shows_a_receipt() -> None:
    door = stocked()
    async with staged(door) as stage:
        await sources(stage)
        await stage.press("down", "X")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        assert "This cannot be undone." in stage.shown()
        stage.app.screen.query_one("#yes", Button).press()
        await stage.until(lambda: "Gone: 1 source, 12 passages, 2 answers that used it." in stage.shown())
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, SourcesScreen) and "notes/2" not in stage.shown())
        assert door.called("purge") == [("source-2", True), ("source-2", False)]


async def test_enter_in_a_removal_dialog_removes_nothing() -> None:
    door = stocked()
    async with staged(door) as stage:
        await sources(stage)
        await stage.press("D")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, SourcesScreen))
        assert door.called("purge") == [("source-1", True)]


async def test_a_folder_is_watched_from_the_list(tmp_path: Path) -> None:
    door = stocked()
    async with staged(door) as stage:
        await sources(stage)
        await stage.press("w")
        stage.app.screen.query_one(Input).value = str(tmp_path / "gone")
        await stage.press("enter")
        assert "There is no folder" in stage.shown()
        stage.app.screen.query_one(Input).value = str(tmp_path)
        await stage.press("enter")
        await stage.until(lambda: "12 files, 34 KB, can be read." in stage.shown())
        assert not door.called("watch_add")
        await stage.press("enter")
        await stage.until(lambda: door.called("watch_add") == [(tmp_path,)])
        await stage.until(lambda: "Watched folders" in stage.shown(OptionList))


@pytest.mark.parametrize(("choice", "purge"), [("keep", False), ("erase", True)])
async def test_a_folder_is_no_longer_watched_with_or_without_its_memories(choice: str, purge: bool) -> None:
    door = stocked()
    door.folders = [FolderStatus("folder-1", "/home/mira/notes", "watching", 3, None)]
    async with staged(door) as stage:
        await sources(stage)
        await stage.press("r")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        stage.app.screen.query_one(f"#{choice}", Button).press()
        await stage.until(lambda: door.called("watch_remove"))
        assert door.called("watch_remove") == [(Path("/home/mira/notes"), purge)]


async def test_a_folder_is_paused_looked_at_and_confirmed() -> None:
    door = stocked()
    door.folders = [FolderStatus("folder-1", "/home/mira/notes", "asking", 3, None, skipped=2, failed=1, missing=7)]
    async with staged(door) as stage:
        await sources(stage)
        assert "7 gone, c" in stage.shown(OptionList)
        assert "2 skipped, 1 failed" in stage.shown(OptionList)
        await stage.press("c")
        await confirm(stage, "fade")
        await stage.until(lambda: door.called("watch_confirm") == [(Path("/home/mira/notes"),)])
        await stage.press("p")
        await stage.until(lambda: "paused" in stage.shown(OptionList))
        await stage.press("p", "s")
        await stage.until(lambda: door.called("watch_rescan") == [(Path("/home/mira/notes"),)])


async def test_a_file_that_failed_is_shown_with_the_reason_and_tried_again() -> None:
    door = stocked()
    door.troubles = [FileTrouble("/notes/broken.pdf", "failed", "it is a damaged PDF")]
    async with staged(door) as stage:
        await sources(stage)
        assert "it is a damaged PDF" in stage.shown(OptionList)
        await stage.press("t")
        await stage.until(lambda: door.called("retry") == [(Path("/notes/broken.pdf"),)])
        await stage.until(lambda: "damaged" not in stage.shown(OptionList))
