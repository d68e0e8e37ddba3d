"""Answers given again and questions asked otherwise: the other versions stay one key away."""

from __future__ import annotations

from secondme.api import Chat, ChatSummary, Delta, Done, Failed, Message, Started
from tests.tui.samples import answer, message
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.widgets.chat_list import ChatList
from tui.widgets.conversation import QuestionView
from tui.widgets.versions import Place, VersionLine


def chat(*messages: Message) -> Chat:
    return Chat("chat-1", "Ana", messages)


QUESTION = message(1, "user", "When?")
FIRST = message(2, "assistant", "On Sunday.", versions=("message-2", "message-3"))
SECOND = message(3, "assistant", "On the third of May.", versions=("message-2", "message-3"))


def door_with_chat(*messages: Message) -> ScriptedDoor:
    door = ScriptedDoor()
    door.summaries = [ChatSummary("chat-1", "Ana", 2, "2026-01-02T10:00:00Z", "2026-01-02T10:00:00Z")]
    door.saved["chat-1"] = chat(*messages)
    door.versions = {"message-2": chat(QUESTION, FIRST), "message-3": chat(QUESTION, SECOND)}
    return door


async def open_chat(stage: Stage, count: int = 1) -> None:
    stage.app.home.query_one(ChatList).post_message(ChatList.Chosen("chat-1"))
    await stage.until(lambda: len(stage.answers) == count)


async def test_ctrl_r_answers_again_beside_the_answer_that_there_is() -> None:
    door = door_with_chat(QUESTION, message(2, "assistant", "On Sunday."))
    async with staged(door) as stage:
        await open_chat(stage)
        await stage.press("ctrl+r")
        door.answers.send(Started("chat-1", "message-3"), Delta("On the third"), Done(answer("On the third of May.")))
        await stage.until(lambda: stage.idle and "On the third of May." in stage.shown())
        assert door.called("answer_again") == [("message-2",)]
        assert len(stage.answers) == 1
        assert len(stage.conversation.query(QuestionView)) == 1
        assert stage.shown(VersionLine) == "‹ 2/2 ›"


async def test_alt_left_and_a_click_on_the_arrows_go_to_the_other_version() -> None:
    door = door_with_chat(QUESTION, SECOND)
    async with staged(door) as stage:
        await open_chat(stage)
        await stage.press("alt+left")
        await stage.until(lambda: "‹ 1/2 ›" in stage.shown(VersionLine))
        assert "On Sunday." in stage.answers[0].text
        await stage.press("alt+left")
        assert len(door.called("choose_version")) == 1
        await stage.pilot.click(VersionLine, offset=(6, 0))
        await stage.until(lambda: "‹ 2/2 ›" in stage.shown(VersionLine))
        assert door.called("choose_version") == [("message-2",), ("message-3",)]


async def test_up_words_the_last_question_otherwise_as_a_branch() -> None:
    door = door_with_chat(QUESTION, FIRST, message(4, "user", "And wher?"), message(5, "assistant", "At the lake."))
    async with staged(door) as stage:
        await open_chat(stage, 2)
        await stage.press("up")
        assert stage.prompt.text == "And wher?"
        assert "another wording" in str(stage.prompt.border_title)
        await stage.press("backspace", *"e?", "enter")
        door.answers.send(Started("chat-1", "message-7", question_id="message-6"), Done(answer("At the lake [1].")))
        await stage.until(lambda: stage.idle and len(door.called("ask")) == 1)
        assert door.called("ask") == [("And where?", "chat-1")]
        assert door.called("instead of") == [("message-4",)]
        questions = [str(view.render()) for view in stage.conversation.query(QuestionView)]
        assert questions == ["When?", "And where?\n‹ 2/2 ›"]
        assert len(stage.answers) == 2
        assert not stage.prompt.border_title


async def test_escape_leaves_the_question_as_it_was() -> None:
    door = door_with_chat(QUESTION, FIRST)
    async with staged(door) as stage:
        await open_chat(stage)
        await stage.press("up", "escape")
        assert not stage.prompt.text
        assert not stage.conversation.query(".-edited")
        await stage.press("up", *" Now", "escape", "enter")
        await stage.until(lambda: door.called("ask"))
        assert door.called("ask") == [("When? Now", "chat-1")]
        assert not door.called("instead of")


async def test_a_version_that_cannot_be_begun_leaves_the_chat_as_it_was() -> None:
    door = door_with_chat(QUESTION, FIRST)
    async with staged(door) as stage:
        await open_chat(stage)
        await stage.press("up", *" Now", "enter")
        door.answers.send(Failed("The disk is full.", "Make room."))
        await stage.until(lambda: stage.idle and "On Sunday." in stage.answers[-1].text)
        assert stage.prompt.text == "When? Now"


async def test_while_an_answer_is_written_no_other_version_is_begun() -> None:
    door = door_with_chat(QUESTION, FIRST)
    async with staged(door) as stage:
        await open_chat(stage)
        await stage.ask("More?")
        await stage.press("ctrl+r", "alt+left")
        assert not door.called("answer_again")
        assert not door.called("choose_version")
        assert any("being written" in note.message for note in stage.app._notifications)


def test_a_message_has_no_version_beyond_the_first_and_the_last() -> None:
    place = Place("b", ("a", "b"))
    assert (place.beside(-1), place.beside(1), place.label()) == ("a", None, "‹ 2/2 ›")
    assert Place("x").label() == ""
    assert Place("x").with_new("y") == Place("y", ("x", "y"))
