"""Going through the messages of a chat: the cursor, copying, searching."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Input

from secondme.api import Chat
from tests.tui.samples import message
from tests.tui.screens.test_forget import HANGING
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.forget import ForgetScreen
from tui.widgets.answer import AnswerView
from tui.widgets.chat_list import ChatList
from tui.widgets.conversation import WINDOW, QuestionView
from tui.widgets.search_bar import SearchBar


def door_with(count: int) -> ScriptedDoor:
    door = ScriptedDoor()
    texts = [f"Message {n} about {'boats' if n % 50 == 0 else 'tea'}." for n in range(count)]
    messages = [message(n, "assistant" if n % 2 else "user", text) for n, text in enumerate(texts)]
    door.saved["chat-1"] = Chat("chat-1", "Ana", tuple(messages))
    return door


async def open_chat(stage: Stage) -> None:
    stage.app.home.query_one(ChatList).post_message(ChatList.Chosen("chat-1"))
    await stage.until(lambda: stage.answers and stage.answers[-1].text)


def notes(stage: Stage) -> str:
    return "\n".join(note.message for note in stage.app._notifications)


async def test_alt_up_and_down_go_through_the_messages_and_back_to_the_box() -> None:
    async with staged(door_with(4)) as stage:
        await open_chat(stage)
        await stage.press("alt+up")
        assert isinstance(stage.app.focused, AnswerView)
        await stage.press("alt+up")
        assert isinstance(stage.app.focused, QuestionView)
        await stage.press("e")
        assert stage.prompt.text == "Message 2 about tea."
        await stage.press("escape", "alt+up", "alt+down")
        assert stage.prompt.has_focus


@pytest.mark.parametrize(("verified", "told"), [(True, "Copied."), (False, "Sent to the terminal")])
async def test_y_copies_a_message_and_says_truly_whether_it_worked(
    monkeypatch: pytest.MonkeyPatch, verified: bool, told: str
) -> None:
    copied: list[str] = []

    def copy(text: str) -> bool:
        copied.append(text)
        return verified

    monkeypatch.setattr("tui.clipboard.copy_verified", copy)
    async with staged(door_with(4)) as stage:
        await open_chat(stage)
        await stage.press("alt+up", "alt+up", "y")
        await stage.until(lambda: told in notes(stage))
        assert copied == ["Message 2 about tea."]
        assert (stage.app.clipboard == copied[0]) is not verified
        await stage.app.home.run_action("copy_answer")
        await stage.until(lambda: copied[1:] == ["Message 3 about tea."])


async def test_w_on_a_message_asks_why() -> None:
    door = door_with(4)
    async with staged(door) as stage:
        await open_chat(stage)
        await stage.press("alt+up", "w")
        await stage.until(lambda: [call[0] for call in door.called("why")] == ["message-3"])


async def test_a_message_is_forgotten_on_the_page_that_shows_what_hangs_on_it() -> None:
    door = door_with(4)
    door.hanging = replace(HANGING, id="message-3", kind="message")
    async with staged(door) as stage:
        await open_chat(stage)
        await stage.press("alt+up", "x")
        await stage.until(lambda: isinstance(stage.app.screen, ForgetScreen) and "On it hang" in stage.shown())
        assert door.called("dependents") == [("message-3",)]
        await stage.press("h")
        await stage.until(lambda: door.called("forget") == [("message-3", False)])


async def test_a_search_finds_messages_that_are_not_mounted_and_shows_them_where_they_stand() -> None:
    async with staged(door_with(400)) as stage:
        await open_chat(stage)
        await stage.press("alt+up", "slash")
        await stage.until(lambda: stage.app.home.query(SearchBar))
        await stage.press(*"BOATS mess")
        await stage.until(lambda: "1 of 8, newest first" in stage.shown())
        await stage.press("enter")
        await stage.until(lambda: "2 of 8" in stage.shown() and stage.app.home.query(".-found"))
        found = stage.app.home.query_one(".-found", QuestionView)
        assert found.text == "Message 300 about boats."
        await stage.until(lambda: stage.conversation.region.contains_region(found.region))
        assert len(stage.conversation.messages()) == WINDOW
        await stage.press("down", "down")
        await stage.until(lambda: "8 of 8" in stage.shown())
        assert stage.app.home.query_one(".-found", QuestionView).text == "Message 0 about boats."
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.app.focused, QuestionView))
        assert not stage.app.home.query(SearchBar)


async def test_after_a_search_what_is_asked_stands_at_the_end_of_the_chat() -> None:
    async with staged(door_with(400)) as stage:
        await open_chat(stage)
        await stage.app.home.run_action("search_chat")
        await stage.until(lambda: stage.app.home.query(SearchBar))
        await stage.press(*"boats", "down")
        await stage.until(lambda: "8 of 8" in stage.shown())
        await stage.press("escape")
        await stage.ask("More?")
        await stage.until(lambda: len(stage.conversation.messages()) == WINDOW + 2)
        texts = [view.text for view in stage.conversation.query(QuestionView)]
        assert texts[-2:] == ["Message 398 about tea.", "More?"]


async def test_a_search_without_a_hit_says_so() -> None:
    async with staged(door_with(4)) as stage:
        await stage.app.home.run_action("search_chat")
        await stage.until(lambda: "Nothing was said" in notes(stage))
        await open_chat(stage)
        await stage.app.home.run_action("search_chat")
        await stage.until(lambda: stage.app.home.query(SearchBar))
        stage.app.home.query_one(SearchBar).query_one(Input).value = "[/] zebra"
        await stage.until(lambda: "in no message" in stage.shown())
