"""The dialog of the first run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from textual.widgets import Button, Checkbox, Input

from secondme.api import Status
from tests.tui.scripted_door import READY, ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.add import AddScreen
from tui.screens.welcome import WelcomeScreen

NEW = replace(READY, welcomed=False, spans=0, sources=0, chats=0, me="")


async def welcomed(stage: Stage) -> WelcomeScreen:
    await stage.until(lambda: isinstance(stage.app.screen, WelcomeScreen))
    screen = stage.app.screen
    assert isinstance(screen, WelcomeScreen)
    await stage.until(lambda: monotonic() > screen.seen_at)
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


@pytest.mark.parametrize(
    "used", [replace(NEW, me="Mira"), replace(NEW, spans=3), replace(NEW, sources=1), replace(NEW, chats=1)]
)
async def test_who_has_used_the_memory_already_is_not_welcomed(used: Status) -> None:
    async with staged(ScriptedDoor(used)) as stage:
        await stage.ready()
        await stage.pilot.pause()
        assert stage.at_home


async def test_the_welcome_waits_until_what_is_being_typed_was_sent_or_taken_away() -> None:
    door = ScriptedDoor(READY)
    async with staged(door) as stage:
        await stage.ready()
        await stage.press(*"dear")
        door.statuses.send(NEW)
        await stage.pilot.pause()
        assert stage.at_home
        await stage.press(*["backspace"] * 4)
        door.statuses.send(NEW)
        await welcomed(stage)


async def test_keys_that_come_before_the_welcome_was_seen_go_into_the_box() -> None:
    door = ScriptedDoor(NEW)
    async with staged(door) as stage:
        await stage.until(lambda: isinstance(stage.app.screen, WelcomeScreen))
        await stage.press(*"hello")
        assert stage.at_home
        assert stage.prompt.text == "hello"
        assert not door.called("set_welcomed")
