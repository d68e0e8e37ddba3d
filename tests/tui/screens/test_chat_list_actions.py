"""Chats are renamed, put away, forgotten with a preview and written out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from textual.widgets import Input

from secondme.api import Chat, ChatSummary
from tests.tui.samples import citations, message
from tests.tui.screens.test_forget import HANGING
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.export_chat import ExportChatScreen, proposed_name
from tui.screens.forget import ForgetScreen
from tui.screens.rewrite import RewriteScreen
from tui.widgets.chat_list import ChatList


def door_with_chats() -> ScriptedDoor:
    door = ScriptedDoor()
    at = "2026-01-02T10:00:00Z"
    door.summaries = [ChatSummary(f"chat-{n}", f"Chat [{n}]", 2, at, at) for n in (1, 2)]
    door.saved["chat-1"] = Chat(
        "chat-1",
        "Chat [1]",
        (message(1, "user", "When?"), message(2, "assistant", "Sunday [1].", "stopped", citations=citations(1))),
    )
    return door


async def at_first_chat(stage: Stage) -> ChatList:
    chats = stage.app.home.query_one(ChatList)
    await stage.until(lambda: chats.option_count)
    await stage.press("ctrl+t")
    await stage.until(lambda: chats.has_focus)
    await stage.press("home")
    return chats


def notes(stage: Stage) -> str:
    return "\n".join(note.message for note in stage.app._notifications)


async def test_a_chat_gets_another_title() -> None:
    door = door_with_chats()
    async with staged(door) as stage:
        chats = await at_first_chat(stage)
        await stage.press("r")
        await stage.until(lambda: isinstance(stage.app.screen, RewriteScreen))
        assert stage.app.screen.query_one(Input).value == "Chat [1]"
        stage.app.screen.query_one(Input).value = "The lake [b]"
        await stage.press("enter")
        await stage.until(lambda: "The lake [b]" in str(chats.get_option_at_index(0).prompt))
        assert door.called("rename_chat") == [("chat-1", "The lake [b]")]


async def test_a_chat_put_away_stands_below_a_heading_and_comes_back() -> None:
    door = door_with_chats()
    async with staged(door) as stage:
        chats = await at_first_chat(stage)
        await stage.press("a")
        await stage.until(lambda: chats.option_count == 3)
        assert [option.id for option in chats.options] == ["chat-2", None, "chat-1"]
        assert "remembered all the same" in notes(stage)
        assert chats.highlighted_id == "chat-1"
        await stage.press("a")
        await stage.until(lambda: chats.option_count == 2)
        assert door.called("archive_chat") == [("chat-1", True), ("chat-1", False)]


async def test_forgetting_a_chat_shows_what_goes_first_and_can_be_undone() -> None:
    door = door_with_chats()
    async with staged(door) as stage:
        chats = await at_first_chat(stage)
        await stage.press("enter")
        await stage.until(lambda: stage.answers)
        await stage.press("ctrl+t")
        await stage.until(lambda: chats.has_focus)
        door.hanging = replace(HANGING, id="chat-1")
        await stage.press("x")
        await stage.until(lambda: isinstance(stage.app.screen, ForgetScreen) and "On it hang" in stage.shown())
        door.summaries = door.summaries[1:]
        await stage.press("h")
        await stage.until(lambda: door.called("forget") == [("chat-1", False)])
        await stage.press("escape")
        await stage.until(lambda: not stage.answers)
        await stage.press("ctrl+t")
        await stage.until(lambda: chats.has_focus)
        await stage.press("u")
        await stage.until(lambda: door.called("restore") == [("chat-1",)])
        await stage.press("u")
        assert len(door.called("restore")) == 1
        assert "No chat was forgotten" in notes(stage)


async def test_a_chat_is_written_as_markdown_and_never_over_a_file(tmp_path: Path) -> None:
    door = door_with_chats()
    async with staged(door) as stage:
        await at_first_chat(stage)
        await stage.press("e")
        await stage.until(lambda: isinstance(stage.app.screen, ExportChatScreen))
        box = stage.app.screen.query_one(Input)
        assert box.value == "~/Chat 1.md"
        (tmp_path / "there.md").write_text("mine")
        box.value = str(tmp_path / "there.md")
        await stage.press("enter")
        await stage.until(lambda: "exists already" in stage.shown())
        box.value = str(tmp_path / "none" / "chat.md")
        await stage.press("enter")
        await stage.until(lambda: "cannot be written" in stage.shown())
        box.value = str(tmp_path / "chat.md")
        await stage.press("enter")
        await stage.until(lambda: stage.at_home)
        text = (tmp_path / "chat.md").read_text()
        assert "# Chat [1]" in text and "When?" in text and "- [1] notes/plan-1.md:13: We meet Ana" in text
        assert (tmp_path / "there.md").read_text() == "mine"
        assert "Written to" in notes(stage)


async def test_the_commands_of_the_palette_mean_the_chat_on_the_screen() -> None:
    door = door_with_chats()
    async with staged(door) as stage:
        await stage.until(lambda: stage.app.home.query_one(ChatList).option_count)
        await stage.app.home.run_action("archive_chat")
        await stage.until(lambda: "Nothing was said in this chat yet" in notes(stage))
        stage.app.home.query_one(ChatList).post_message(ChatList.Chosen("chat-1"))
        await stage.until(lambda: stage.answers)
        await stage.app.home.run_action("archive_chat")
        await stage.until(lambda: door.called("archive_chat") == [("chat-1", True)])


def test_a_proposed_name_is_one_that_file_systems_take() -> None:
    assert proposed_name("Why? a/b: <c>") == "~/Why a b c.md"
    assert proposed_name("夏の湖") == "~/夏の湖.md"
    assert proposed_name("../..") == "~/chat.md"
    assert len(proposed_name("x" * 500)) < 70
