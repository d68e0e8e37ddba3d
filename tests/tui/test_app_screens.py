"""The dialogs and pages: adding, finding, remembering, sources, the welcome."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Button, Checkbox, Input, OptionList, TextArea

from secondme.api import Failed, FileTrouble, FolderStatus, Progress, Skipped, SourceSummary
from secondme.errors import SecondMeError
from tests.tui.scripted_door import READY, ScriptedDoor, hit, ingested, passage_view
from tests.tui.stage import Stage, staged
from tui.paths import PathSuggester, typed_path
from tui.screens.add import AddScreen, duration, ingested_line, progress_line
from tui.screens.confirm import ConfirmScreen
from tui.screens.find import FindScreen
from tui.screens.passage import PassageScreen
from tui.screens.sources import SourcesScreen
from tui.screens.welcome import WelcomeScreen

# --- adding


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


def test_a_dropped_path_is_understood(tmp_path: Path) -> None:
    spaced = tmp_path / "my notes"
    spaced.mkdir()
    for text in (str(spaced), f"'{spaced}'", f'"{spaced}" ', str(spaced).replace(" ", "\\ "), spaced.as_uri()):
        assert typed_path(text) == spaced
    assert typed_path("~/x") == Path.home() / "x"
    assert typed_path("it's") == Path("it's")


async def test_a_path_is_completed_folders_first(tmp_path: Path) -> None:
    (tmp_path / "note.txt").touch()
    (tmp_path / "notes").mkdir()
    (tmp_path / ".hidden").mkdir()
    suggester = PathSuggester()
    assert await suggester.get_suggestion(f"{tmp_path}/n") == f"{tmp_path}/notes/"
    assert await suggester.get_suggestion(f"{tmp_path}/note.") == f"{tmp_path}/note.txt"
    assert await suggester.get_suggestion(f"{tmp_path}/.h") == f"{tmp_path}/.hidden/"
    assert await suggester.get_suggestion(f"{tmp_path}/zzz") is None
    assert await suggester.get_suggestion(f"{tmp_path}/gone/z") is None
    assert await suggester.get_suggestion("word") is None


def test_progress_is_told_in_words() -> None:
    assert progress_line(Progress("reading", 3, 0, "files")) == "reading 3 files"
    assert [duration(seconds) for seconds in (8, 200, 7500)] == ["8 s", "3 min", "2 h 05 min"]
    assert ingested_line(replace(ingested(), cancelled=True)).startswith("Stopped; kept: 3 added")


# --- finding


async def test_finding_lists_previews_and_opens() -> None:
    door = ScriptedDoor()
    door.hits = [hit(1), hit(2, text="The second passage, about tea.")]
    door.views["span-2"] = passage_view(2)
    async with staged(door) as stage:
        await stage.press("ctrl+f", *"tea")
        await stage.until(lambda: "2 best passages" in stage.shown())
        assert door.called("recall")[-1] == ("tea",)
        await stage.press("down")
        await stage.until(lambda: "The second passage, about tea." in stage.shown())
        assert "score 0.80: words 0.50  vectors 0.30" in stage.shown()
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))
        await stage.press("escape")
        assert isinstance(stage.app.screen, FindScreen)
        await stage.press("escape")
        assert stage.at_home


async def test_finding_nothing_says_so_and_an_empty_box_asks_nothing() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.press("ctrl+f", "q")
        await stage.until(lambda: "nothing found" in stage.shown())
        calls = len(door.called("recall"))
        await stage.press("backspace")
        await stage.until(lambda: "nothing found" not in stage.shown())
        assert len(door.called("recall")) == calls


# --- remembering


async def test_a_note_is_remembered() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.press("alt+n")
        stage.app.screen.query_one(TextArea).load_text("Buy tea")
        await stage.press("ctrl+j")
        await stage.until(lambda: stage.at_home)
        assert door.called("remember") == [("Buy tea",)]


# --- sources


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


async def test_forgetting_asks_with_its_effects_and_can_be_undone() -> None:
    door = stocked()
    async with staged(door) as stage:
        await sources(stage)
        await stage.press("x")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        assert "Forget notes/1.md?" in stage.shown()
        assert "1 source, 12 passages, 2 answers that used it." in stage.shown()
        assert door.called("forget") == [("source-1", True)]
        await confirm(stage, "yes")
        await stage.until(lambda: "forgotten" in stage.shown(OptionList))
        assert door.called("forget")[-1] == ("source-1", False)
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


# --- the welcome

NEW = replace(READY, welcomed=False, spans=0, sources=0, me="")


async def welcomed(stage: Stage) -> WelcomeScreen:
    await stage.until(lambda: isinstance(stage.app.screen, WelcomeScreen))
    screen = stage.app.screen
    assert isinstance(screen, WelcomeScreen)
    return screen


async def test_the_welcome_makes_its_promise_and_can_be_skipped() -> None:
    door = ScriptedDoor(NEW)
    async with staged(door) as stage:
        await welcomed(stage)
        assert "Nothing leaves this machine." in stage.shown()
        await stage.press("escape")
        await stage.until(lambda: door.called("set_welcomed"))
        assert not door.settings
        assert not door.called("ingest")
        door.statuses.send(NEW)
        await stage.pilot.pause()
        assert stage.at_home


async def test_a_name_and_a_folder_are_kept_and_the_folder_is_watched(tmp_path: Path) -> None:
    door = ScriptedDoor(NEW)
    async with staged(door) as stage:
        screen = await welcomed(stage)
        screen.query_one("#name", Input).value = "Mira"
        screen.query_one("#folder", Input).value = str(tmp_path)
        screen.query_one("#begin", Button).press()
        await stage.until(lambda: door.called("watch_add") == [(tmp_path,)] and door.called("set_welcomed"))
        await stage.until(lambda: door.settings == {"me.name": "Mira"})


async def test_a_folder_that_is_not_to_be_watched_is_added_with_progress(tmp_path: Path) -> None:
    door = ScriptedDoor(NEW)
    async with staged(door) as stage:
        screen = await welcomed(stage)
        screen.query_one(Checkbox).value = False
        screen.query_one("#folder", Input).value = str(tmp_path)
        screen.query_one("#begin", Button).press()
        await stage.until(lambda: isinstance(stage.app.screen, AddScreen))
        await stage.until(lambda: door.called("ingest") == [(tmp_path,)])
        assert not door.called("watch_add")


async def test_a_folder_that_is_not_there_is_not_taken() -> None:
    door = ScriptedDoor(NEW)
    async with staged(door) as stage:
        screen = await welcomed(stage)
        screen.query_one("#folder", Input).value = "/no/such/folder"
        screen.query_one("#begin", Button).press()
        await stage.until(lambda: "There is no /no/such/folder." in stage.shown())
        assert stage.app.screen is screen


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


async def test_a_key_in_a_note_is_asked_about() -> None:
    door = ScriptedDoor()
    key = "AKIA" + "IOSFODNN7EXAMPL3"
    async with staged(door) as stage:
        await stage.press("alt+n")
        stage.app.screen.query_one(TextArea).text = f"The key is {key}"
        await stage.press("ctrl+j")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        assert "AWS access key" in stage.shown()
        assert not door.called("remember")
        stage.app.screen.query_one("#mask", Button).press()
        await stage.until(lambda: len(door.called("remember")) == 1)
        assert key not in str(door.called("remember"))


async def test_a_key_in_a_question_is_asked_about() -> None:
    door = ScriptedDoor()
    key = "AKIA" + "IOSFODNN7EXAMPL3"
    async with staged(door) as stage:
        await stage.ask(f"What is {key} for?")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        stage.app.screen.query_one("#no", Button).press()
        await stage.until(lambda: stage.at_home)
        assert not door.called("ask")
        assert key in stage.prompt.text
