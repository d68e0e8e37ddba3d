"""The dialog that indexes files: progress, skipped files, the end, and exports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Button, Input

from secondme.api import Failed, Progress, Skipped
from secondme.errors import SecondMeError
from tests.tui.samples import ingested
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.add import AddScreen, ingested_line, progress_line
from tui.screens.confirm import ConfirmScreen
from tui.times import duration


async def started(stage: Stage, path: Path) -> None:
    await stage.press("ctrl+o")
    stage.app.screen.query_one("#path", Input).value = str(path)
    await stage.press("enter")


async def test_adding_shows_progress_skipped_files_and_the_result(tmp_path: Path) -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await started(stage, tmp_path)
        door.ingests.send(Progress("embedding", 120, 300, "passages", 54.2, 3.3, "notes/plan.md"))
        await stage.until(lambda: "embedding 120 of 300 passages · 54/s · 3 s left · notes/plan.md" in stage.shown())
        door.ingests.send(Skipped("photo.jpg", "it is a binary file"), ingested())
        door.ingests.end()
        await stage.until(lambda: "Done: 3 added, 1 updated, 1 skipped; 42 passages in 2 s." in stage.shown())
        assert "photo.jpg  it is a binary file" in stage.shown()
        assert door.called("ingest") == [(tmp_path,)]
        await stage.press("escape")
        assert stage.at_home


async def test_escape_stops_adding_and_keeps_what_was_done(tmp_path: Path) -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await started(stage, tmp_path)
        door.ingests.send(Progress("reading", 1, 9, "files"))
        await stage.until(lambda: "reading 1 of 9 files" in stage.shown())
        await stage.press("escape")
        assert isinstance(stage.app.screen, AddScreen)
        assert "Stopped. What was indexed is kept." in stage.shown()
        door.ingests.send(Progress("reading", 2, 9, "files"))
        await stage.until(lambda: door.ingests.closed_early, "the stream was not closed")
        assert "reading 2" not in stage.shown()


@pytest.mark.parametrize("way", ["event", "raised"])
async def test_a_failed_ingest_says_why_and_keeps_the_path(tmp_path: Path, way: str) -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await started(stage, tmp_path)
        if way == "event":
            door.ingests.send(Failed("There is no such path.", "Check the spelling."))
        else:
            door.ingests.fail(SecondMeError("There is no such path.", "Check the spelling."))
        await stage.until(lambda: "There is no such path. Check the spelling." in stage.shown())
        assert stage.app.screen.query_one("#path", Input).value == str(tmp_path)


def test_progress_is_told_in_words() -> None:
    assert progress_line(Progress("reading", 3, 0, "files")) == "reading 3 files"
    assert [duration(seconds) for seconds in (8, 200, 7500)] == ["8 s", "3 min", "2 h 05 min"]
    assert ingested_line(replace(ingested(), cancelled=True)).startswith("Stopped; kept: 3 added")


async def test_an_export_asks_once_who_is_me(tmp_path: Path) -> None:
    door = ScriptedDoor()
    (tmp_path / "slack.zip").write_bytes(b"PK")
    async with staged(door) as stage:
        await started(stage, tmp_path / "slack.zip")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        assert "Which of these is you?" in stage.shown()
        stage.app.screen.query_one("#n1", Button).press()
        await stage.until(lambda: door.called("ingest") == [(tmp_path / "slack.zip", "Tom")])
        assert door.settings["me.also"] == "Tom"
