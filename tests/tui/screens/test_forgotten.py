"""Going on in a chat that was forgotten or erased is asked about first."""

from __future__ import annotations

from textual.widgets import Button

from secondme.api import Failed
from tests.tui.samples import whole_answer
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.confirm import ConfirmScreen
from tui.widgets.conversation import QuestionView

FORGOTTEN = Failed("This chat was forgotten.", "Bring it back.", "Nothing was kept.", 2)
ERASED = Failed("There is no chat.", "Choose another.", "", 3)


async def asked_in_a_chat_that_is_gone(stage: Stage, door: ScriptedDoor, failure: Failed) -> None:
    """A second question, whose chat no list holds any more."""
    await stage.ask_and_answer(door)
    await stage.ask("Two?")
    door.answers.send(failure)
    await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))


async def test_a_question_in_a_forgotten_chat_can_begin_a_new_one() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await asked_in_a_chat_that_is_gone(stage, door, FORGOTTEN)
        assert "This chat was forgotten" in stage.shown()
        stage.app.screen.query_one("#new", Button).press()
        await stage.until(lambda: len(door.called("ask")) == 3)
        assert door.called("ask")[1:] == [("Two?", "chat-1"), ("Two?", None)]
        assert len(stage.conversation.query(QuestionView)) == 1


async def test_a_forgotten_chat_is_brought_back_before_the_question_is_asked_in_it() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await asked_in_a_chat_that_is_gone(stage, door, FORGOTTEN)
        stage.app.screen.query_one("#back", Button).press()
        await stage.until(lambda: len(door.called("ask")) == 3)
        assert [call[0] for call in door.calls if call[0] in ("ask", "restore")] == ["ask", "ask", "restore", "ask"]
        assert door.called("ask")[-1] == ("Two?", "chat-1")
        door.answers.send(*whole_answer())
        await stage.until(lambda: stage.idle)


async def test_who_cancels_has_the_question_in_the_box_again() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await asked_in_a_chat_that_is_gone(stage, door, FORGOTTEN)
        await stage.press("escape")
        await stage.until(lambda: stage.prompt.text == "Two?")
        assert len(door.called("ask")) == 2
        assert "Two?" not in stage.shown(QuestionView)


async def test_a_chat_that_was_erased_cannot_be_brought_back() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await asked_in_a_chat_that_is_gone(stage, door, ERASED)
        assert "This chat was erased" in stage.shown()
        assert not stage.app.screen.query("#back")
