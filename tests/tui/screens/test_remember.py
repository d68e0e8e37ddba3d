"""The dialog that keeps a note."""

from __future__ import annotations

from textual.widgets import TextArea

from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import staged


async def test_a_note_is_remembered() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.press("alt+n")
        stage.app.screen.query_one(TextArea).load_text("Buy tea")
        await stage.press("ctrl+j")
        await stage.until(lambda: stage.at_home)
        assert door.called("remember") == [("Buy tea",)]
