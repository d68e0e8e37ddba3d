"""The question before text is kept that seems to hold a key."""

from __future__ import annotations

from textual.widgets import Button, TextArea

from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import staged
from tui.screens.confirm import ConfirmScreen


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
