"""Slash commands in the box of the chat, and the list that completes them."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import staged
from tui.actions import slash_commands
from tui.screens.find import FindScreen
from tui.screens.help import HelpScreen
from tui.screens.settings import SettingsScreen
from tui.slash import Command, read_command, suggestions
from tui.widgets.completions import Completions


@pytest.mark.parametrize(
    "text", ["/home/mira/notes", "/ what is this", "//", "3/4 of it", "/2", "what does /find do?", "/"]
)
def test_other_text_is_no_command(text: str) -> None:
    assert read_command(text) is None


def test_a_command_may_be_begun_only_and_takes_what_follows() -> None:
    found = read_command("/FIND  the lake\n")
    assert isinstance(found, Command)
    assert (found.action.name, found.argument) == ("find", "the lake")
    begun = read_command("/sett")
    assert isinstance(begun, Command)
    assert begun.action.name == "settings"


@pytest.mark.parametrize(
    ("text", "words"),
    [("/fnid x", "There is no command /fnid"), ("/quit now", "takes nothing"), ("/s", "may be")],
)
def test_what_is_no_command_or_two_is_told_in_a_sentence(text: str, words: str) -> None:
    said = read_command(text)
    assert isinstance(said, str)
    assert words in said


def test_every_command_is_offered_and_begins_like_what_was_typed() -> None:
    assert [name for name, _ in suggestions("/")] == list(slash_commands())
    assert suggestions("/fi")[0][0] == "find"
    assert suggestions("/find ") == suggestions("find") == []


async def test_a_command_is_chosen_from_the_list_and_done() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        completions = stage.app.home.query_one(Completions)
        await stage.press(*"/find")
        assert completions.display
        await stage.press("tab")
        assert stage.prompt.text == "/find "
        assert not completions.display
        await stage.press(*"lake", "enter")
        await stage.until(lambda: isinstance(stage.app.screen, FindScreen))
        assert stage.app.screen.query_one("#query", Input).value == "lake"
        assert stage.prompt.text == ""


async def test_up_and_down_choose_and_escape_closes_the_list_only() -> None:
    async with staged(ScriptedDoor()) as stage:
        completions = stage.app.home.query_one(Completions)
        await stage.press("/", "down", "down")
        assert completions.highlighted == 2
        await stage.press("escape")
        assert not completions.display
        assert stage.prompt.text == "/"


async def test_what_is_no_command_stays_in_the_box() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press(*"/nothing", "enter")
        assert stage.prompt.text == "/nothing"
        assert any("There is no command" in notice.message for notice in stage.app._notifications)


@pytest.mark.parametrize(("command", "screen"), [("/help", HelpScreen), ("/settings", SettingsScreen)])
async def test_enter_does_the_chosen_command(command: str, screen: type) -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press(*command, "enter")
        await stage.until(lambda: isinstance(stage.app.screen, screen))
