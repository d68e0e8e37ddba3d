"""The messages of a chat: where the view stands, and what is mounted."""

from __future__ import annotations

from functools import partial

from textual.widgets import Button

from secondme.api import (
    Chat,
    ChatStretch,
    ChatSummary,
    Delta,
    Started,
)
from tests.tui.samples import message
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.widgets.chat_list import ChatList
from tui.widgets.conversation import MORE, WINDOW, Conversation, Fold, QuestionView


async def test_only_the_end_of_a_long_chat_is_mounted_until_more_is_asked_for() -> None:
    door = ScriptedDoor()
    door.saved["chat-1"] = Chat(
        "chat-1", "Long", tuple(message(n, "user", f"Message {n}.") for n in range(WINDOW + 25))
    )
    async with staged(door) as stage:
        stage.app.home.query_one(ChatList).post_message(ChatList.Chosen("chat-1"))
        await stage.until(lambda: len(stage.conversation.query(QuestionView)) == WINDOW)
        assert "Earlier messages (25)" in stage.shown(Button)
        for mounted in (*range(WINDOW + MORE, WINDOW + 25, MORE), WINDOW + 25):
            stage.conversation.query_one("#earlier", Button).press()
            await stage.until(partial(has_mounted, stage, mounted))
        assert str(stage.conversation.query(QuestionView).first().render()) == "Message 0."
        assert not stage.conversation.query_one("#earlier").display


def has_mounted(stage: Stage, count: int) -> bool:
    return len(stage.conversation.query(QuestionView)) == count


async def test_the_view_follows_the_end_only_when_the_reader_is_there() -> None:
    door = ScriptedDoor()
    async with staged(door, size=(80, 24)) as stage:
        await stage.ask("Long?")
        door.answers.send(Started("chat-1", "message-1"), *[Delta(f"Line {n}.\n\n") for n in range(40)])
        await stage.until(lambda: stage.conversation.max_scroll_y > 30)
        assert stage.conversation.scroll_y == stage.conversation.max_scroll_y
        stage.conversation.scroll_to(y=3, animate=False)
        await stage.pilot.pause()
        door.answers.send(*[Delta(f"More {n}.\n\n") for n in range(10)])
        await stage.until(lambda: "More 9." in stage.answers[0].markdown.source)
        assert stage.conversation.scroll_y == 3


async def test_a_long_chat_shows_finished_stretches_folded_and_unfolds_them() -> None:
    door = ScriptedDoor()
    messages = tuple(message(n, "user" if n % 2 else "assistant", f"Message number {n}.") for n in range(1, 101))
    stretches = (
        ChatStretch(0, 9, "The [garden] was dug over.", ("s1",)),
        ChatStretch(10, 29, "The boat was painted.", ("s2",)),
    )
    door.saved["chat-1"] = Chat("chat-1", "Long", messages, stretches)
    door.summaries = [ChatSummary("chat-1", "Long", 100, "2026-01-02T09:00:00Z", "2026-01-02T09:00:00Z")]
    async with staged(door, size=(120, 50)) as stage:
        await stage.press("ctrl+t", "down", "enter")
        conversation = stage.app.home.query_one(Conversation)
        await stage.until(lambda: "Earlier messages (88)" in stage.shown(Button))
        conversation.query_one("#earlier", Button).press()
        await stage.until(lambda: len(conversation.query(Fold)) == 2)
        first = conversation.query(Fold).first()
        assert "10 messages: The [garden] was dug over." in str(first.label)
        assert not [view for view in conversation.query(QuestionView) if "number 1." in str(view.render())]
        first.press()
        await stage.until(lambda: len(conversation.query(Fold)) == 1)
        assert [view for view in conversation.query(QuestionView) if "number 1." in str(view.render())]


async def test_going_up_brings_earlier_messages_and_stays_where_it_was() -> None:
    door = ScriptedDoor()
    door.saved["chat-1"] = Chat(
        "chat-1", "Long", tuple(message(n, "user", f"Message {n}.\n\nMore.") for n in range(90))
    )
    async with staged(door, size=(80, 24)) as stage:
        stage.app.home.query_one(ChatList).post_message(ChatList.Chosen("chat-1"))
        await stage.until(lambda: len(stage.conversation.query(QuestionView)) == WINDOW)
        first = stage.conversation.query(QuestionView).first()
        stage.conversation.focus()
        await stage.press("home")
        await stage.until(lambda: len(stage.conversation.query(QuestionView)) == WINDOW + MORE)
        await stage.until(lambda: first.region.y >= 0 and stage.conversation.region.contains_region(first.region))
        assert f"Earlier messages ({90 - WINDOW - MORE})" in stage.shown(Button)
