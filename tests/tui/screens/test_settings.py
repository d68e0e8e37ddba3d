"""The page of settings: the schema is searched, a setting is changed, and what cannot be says so."""

from __future__ import annotations

import pytest
from textual.widgets import Input, OptionList, Static

from secondme.errors import UsageError
from secondme.settings import describe
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.edit_setting import EditSetting
from tui.screens.settings import SettingsScreen
from tui.widgets.key_line import KeyLine


async def opened(stage: Stage, words: str = "") -> SettingsScreen:
    """The page with its settings read, and these words in its box."""
    await stage.press("f2")
    screen = stage.app.screen
    assert isinstance(screen, SettingsScreen)
    await stage.until(lambda: screen.rows)
    if words:
        screen.query_one("#query", Input).value = words
        await stage.until(lambda: len(screen.rows) < len(describe()))
    return screen


async def test_every_setting_is_listed_with_what_it_does() -> None:
    async with staged(ScriptedDoor()) as stage:
        screen = await opened(stage)
        assert {setting.key for setting in screen.rows} == {key for key, _, _ in describe()}
        assert screen.query_one("#query", Input).has_focus
        await stage.until(lambda: "Your name in chats and notes." in stage.shown(Static))


@pytest.mark.parametrize(
    ("words", "key"), [("battery", "jobs.battery"), ("colours", "ui.theme"), ("hours", "jobs.hours")]
)
async def test_a_setting_is_found_by_its_name_or_by_what_it_does(words: str, key: str) -> None:
    async with staged(ScriptedDoor()) as stage:
        screen = await opened(stage, words)
        assert key in {setting.key for setting in screen.rows}


async def test_a_value_is_saved_and_shown_as_changed() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        screen = await opened(stage, "me.name")
        await stage.press("enter", *"Mira", "enter")
        await stage.until(lambda: door.settings.get("me.name") == "Mira")
        await stage.until(lambda: screen.rows and screen.rows[0].value == "Mira" and stage.app.screen is screen)
        assert "1 of them changed" in stage.shown(Static)
        await stage.press("ctrl+r")
        await stage.until(lambda: door.settings["me.name"] == "")


async def test_what_the_engine_refuses_stays_in_the_box_with_one_sentence() -> None:
    class Refusing(ScriptedDoor):
        def set_setting(self, key: str, value: str) -> None:
            raise UsageError(f"{key} takes a whole number, not {value!r}.")

    async with staged(Refusing()) as stage:
        await opened(stage, "threads")
        await stage.press("enter", *"many", "enter")
        await stage.until(lambda: "takes a whole number, not 'many'" in stage.shown(Static))
        assert isinstance(stage.app.screen, EditSetting)
        assert stage.app.screen.query_one("#value", Input).value == "many"


async def test_a_setting_with_choices_is_chosen_from_a_list() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await opened(stage, "memory.forgetting")
        await stage.press("enter")
        assert stage.app.screen.query_one("#choices", OptionList).option_count == 3
        await stage.press("down", "down", "enter")
        await stage.until(lambda: door.settings.get("memory.forgetting") == "strong")


async def test_a_theme_that_is_chosen_is_worn_at_once() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await opened(stage, "ui.theme")
        await stage.press("enter", "down", "enter")
        await stage.until(lambda: stage.app.theme == "secondme-light")
        assert door.settings["ui.theme"] == "secondme-light"


async def test_other_keys_work_at_once_and_bad_ones_are_told_in_the_dialog() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await opened(stage, "ui.keys")
        await stage.press("enter")
        box = stage.app.screen.query_one("#value", Input)
        box.value = "finnd = ctrl+g"
        await stage.press("enter")
        await stage.until(lambda: "did you mean find?" in stage.shown(Static))
        box.value = "find = ctrl+g; sources.forget = f"
        await stage.press("enter")
        await stage.until(lambda: door.settings.get("ui.keys") == box.value)
        await stage.until(lambda: isinstance(stage.app.screen, SettingsScreen))
        await stage.press("escape", "f4")
        assert "f forget" in str(stage.app.screen.query_one(KeyLine).render())
