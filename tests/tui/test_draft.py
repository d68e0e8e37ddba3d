"""What was typed and not sent yet is there again at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.api import Chat, ChatSummary, Delta, Started
from tests.tui.samples import message, whole_answer
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import staged
from tui.draft import Draft, DraftFile


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "draft.json"


async def test_a_half_written_message_is_in_the_box_again_after_the_app_was_closed(file: Path) -> None:
    async with staged(ScriptedDoor(), draft=file) as stage:
        await stage.press(*"What did", "shift+enter", *"Ana [b]say")
    async with staged(ScriptedDoor(), draft=file) as stage:
        assert stage.prompt.text == "What did\nAna [b]say"
        assert stage.prompt.cursor_location == (1, 10)


async def test_it_is_written_while_the_app_runs_so_that_a_crash_loses_nothing(file: Path) -> None:
    async with staged(ScriptedDoor(), draft=file) as stage:
        await stage.press(*"Half")
        await stage.until(lambda: DraftFile(file).load() == Draft("Half", None), "never written")
        assert file.stat().st_mode & 0o777 == 0o600


async def test_a_question_is_a_draft_until_the_engine_has_it_and_what_waits_for_longer(file: Path) -> None:
    door = ScriptedDoor()
    async with staged(door, draft=file) as stage:
        await stage.ask("One?")
        await stage.ask("Two?")
        await stage.press(*"Thr")
        await stage.until(lambda: DraftFile(file).load().text == "One?\n\nTwo?\n\nThr")
        door.answers.send(Started("chat-1", "message-1"), Delta("It"))
        await stage.until(lambda: DraftFile(file).load() == Draft("Two?\n\nThr", "chat-1"))


async def test_a_draft_opens_the_chat_that_it_was_meant_for(file: Path) -> None:
    door = ScriptedDoor()
    door.summaries = [ChatSummary("chat-1", "Ana", 2, "2026-01-02T10:00:00Z", "2026-01-02T10:00:00Z")]
    door.saved["chat-1"] = Chat("chat-1", "Ana", (message(1, "user", "When?"),))
    keeper = DraftFile(file)
    keeper.latest = Draft("And where?", "chat-1")
    keeper.write()
    async with staged(door, draft=file) as stage:
        await stage.until(lambda: "When?" in stage.shown())
        assert stage.prompt.text == "And where?"
        await stage.press("enter")
        await stage.until(lambda: door.called("ask") == [("And where?", "chat-1")])


async def test_nothing_is_kept_of_what_was_sent_or_typed_off_the_record(file: Path) -> None:
    door = ScriptedDoor()
    async with staged(door, draft=file) as stage:
        await stage.press(*"One")
        await stage.until(file.exists)
        await stage.press("enter")
        door.answers.send(*whole_answer())
        await stage.until(lambda: stage.idle and not file.exists())
        await stage.press("alt+o", *"a secret")
    assert not file.exists()


async def test_what_was_typed_before_going_off_the_record_is_kept_no_longer(file: Path) -> None:
    async with staged(ScriptedDoor(), draft=file) as stage:
        await stage.press(*"a secret")
        await stage.until(file.exists)
        await stage.press("alt+o")
        await stage.until(lambda: not file.exists())


async def test_a_draft_that_cannot_be_written_is_told_and_stays_in_the_box(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    async with staged(ScriptedDoor(), draft=tmp_path / "data" / "draft.json") as stage:
        await stage.press(*"Half")
        await stage.until(lambda: len(stage.app._notifications) == 1)
        assert "cannot be kept" in next(iter(stage.app._notifications)).message
        assert stage.prompt.text == "Half"
        await stage.press(*" more")


async def test_what_a_draft_names_is_still_named(file: Path) -> None:
    keeper = DraftFile(file)
    keeper.latest = Draft("What of @plan.md?", None, (("@plan.md", "source-1"),))
    keeper.write()
    assert DraftFile(file).load() == keeper.latest
    door = ScriptedDoor()
    async with staged(door, draft=file) as stage:
        await stage.press("enter")
        await stage.until(lambda: door.called("named") == [("source-1",)])


def test_a_damaged_draft_is_no_draft(tmp_path: Path) -> None:
    damaged = tmp_path / "draft.json"
    for content in ("", "{", "[1]", '{"text": 3}', '{"text": null, "chat": 1}', '{"named": [1]}'):
        damaged.write_text(content)
        assert DraftFile(damaged).load() == Draft()
