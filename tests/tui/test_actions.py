"""The list of actions, and that everything in it can be reached."""

from __future__ import annotations

from importlib import import_module

import pytest
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.command import CommandList

from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import staged
from tui.actions import ACTIONS, PLACES, Action, bindings, palette_actions, slash_commands
from tui.app import SecondMeApp
from tui.keymap import DEFAULT, neighbours
from tui.keys import read_key, teach_alt_digits, why_unusable
from tui.screens.activity import ActivityScreen
from tui.screens.adapters import AdaptersScreen
from tui.screens.chat import ChatScreen
from tui.screens.contradictions import ContradictionsScreen
from tui.screens.facts import FactsScreen
from tui.screens.find import FindScreen
from tui.screens.forget import ForgetScreen
from tui.screens.help import HelpScreen
from tui.screens.known import KnownScreen
from tui.screens.logs import LogsScreen
from tui.screens.memory import MemoryScreen
from tui.screens.models import ModelsScreen
from tui.screens.passage import PassageScreen
from tui.screens.people import PeopleScreen
from tui.screens.profile import ProfileScreen
from tui.screens.programs import ProgramsScreen
from tui.screens.settings import SettingsScreen
from tui.screens.snapshots import SnapshotsScreen
from tui.screens.source_panel import SourcePanel
from tui.screens.sources import SourcesScreen
from tui.screens.timeline import TimelineScreen
from tui.screens.why import WhyScreen
from tui.widgets.chat_list import ChatList
from tui.widgets.conversation import Conversation
from tui.widgets.prompt import Prompt


def test_no_key_is_one_that_terminals_swallow_or_that_is_needed_for_writing() -> None:
    fixed = {"chat.stop", "prompt.send", "prompt.recall_last"}  # esc, enter and up do what they do in any box
    for action in ACTIONS:
        for key in action.keys:
            assert read_key(key) == key, f"{action.id}: {key} is written otherwise"
            writing = action.place in ("everywhere", "prompt", "chat")
            reason = why_unusable(key, writing=writing)
            assert not reason or action.id in fixed, f"{action.id}: {key} {reason}"


def test_no_key_does_two_things_on_one_screen() -> None:
    for action in ACTIONS:
        for other in neighbours(action.place):
            assert other.id == action.id or not {*action.keys} & {*other.keys}, f"{action.id} and {other.id}"


def test_no_two_actions_have_one_name_or_one_slash_command() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert len(slash_commands()) == len(palette_actions())


def test_every_action_has_a_key_or_is_in_the_palette() -> None:
    assert all(action.keys or action.palette for action in ACTIONS)
    assert bindings("sources")


DOERS: dict[str, type] = {
    "everywhere": SecondMeApp,
    "prompt": Prompt,
    "chat": ChatScreen,
    "message": Conversation,
    "chats": ChatList,
    "beside": SourcePanel,
    "find": FindScreen,
    "sources": SourcesScreen,
    "memory": MemoryScreen,
    "facts": FactsScreen,
    "people": PeopleScreen,
    "models": ModelsScreen,
    "activity": ActivityScreen,
    "profile": ProfileScreen,
    "contradictions": ContradictionsScreen,
    "passage": PassageScreen,
    "settings": SettingsScreen,
    "logs": LogsScreen,
    "snapshots": SnapshotsScreen,
    "timeline": TimelineScreen,
    "known": KnownScreen,
    "why": WhyScreen,
    "forget": ForgetScreen,
    "programs": ProgramsScreen,
    "adapters": AdaptersScreen,
}
"""What does the actions of each place."""


def test_every_action_has_something_that_does_it() -> None:
    assert DOERS.keys() == PLACES.keys()
    for action in ACTIONS:
        if action.opens:
            module, _, screen = action.opens.partition(":")
            assert hasattr(import_module(module), screen), action.name
        else:
            assert hasattr(DOERS[action.place], f"action_{action.name.partition('(')[0]}"), action.name


async def test_the_palette_lists_every_palette_action_and_runs_them() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press("ctrl+p")
        await stage.until(lambda: stage.app.screen.query(CommandList))
        commands = stage.app.screen.query_one(CommandList)
        await stage.until(lambda: commands.option_count == len(palette_actions()))
        await stage.press(*"help")
        await stage.until(lambda: commands.option_count and commands.option_count < 5)
        await stage.press("down", "enter")
        await stage.until(lambda: isinstance(stage.app.screen, HelpScreen))


async def test_help_shows_every_action_with_its_key() -> None:
    async with staged(ScriptedDoor(), size=(120, 70)) as stage:
        await stage.press("f1")
        page = stage.shown()
        for action in ACTIONS:
            assert action.title in page
            assert DEFAULT.label(action) in page
        await stage.press("escape")
        assert stage.at_home


async def test_a_page_key_goes_from_one_page_to_another_and_twice_back() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press("f1", "f4")
        assert isinstance(stage.app.screen, SourcesScreen)
        assert len(stage.app.screen_stack) == 2
        await stage.press("f4")
        assert stage.at_home


async def test_a_dialog_keeps_the_page_keys_to_itself() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press("ctrl+o")
        dialog = stage.app.screen
        await stage.press("f1", "f4", "ctrl+n")
        assert stage.app.screen is dialog


async def test_a_theme_chosen_is_saved() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        stage.app.theme = "nord"
        await stage.until(lambda: door.settings.get("ui.theme") == "nord")


async def test_the_starting_theme_is_used_and_not_saved_again() -> None:
    door = ScriptedDoor()
    app = SecondMeApp(door.door, theme="gruvbox")
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.theme == "gruvbox"
    assert not door.settings


def test_alt_and_a_digit_is_understood_as_plain_terminals_send_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.keys.ANSI_SEQUENCES_KEYS", table := dict(ANSI_SEQUENCES_KEYS))
    monkeypatch.setattr("textual._xterm_parser.ANSI_SEQUENCES_KEYS", table)
    teach_alt_digits()
    sent = [event.key for event in XTermParser().feed("\x1b1\x1b9¡") if isinstance(event, events.Key)]
    assert sent == ["alt+1", "alt+9", "inverted_exclamation_mark"]


async def test_every_screen_opens_by_its_key_by_the_palette_and_by_its_slash_command() -> None:
    async with staged(ScriptedDoor()) as stage:
        app = stage.app
        names = {action: name for name, action in slash_commands().items()}
        for action in [action for action in palette_actions() if action.opens and action.place == "everywhere"]:

            async def opened(action: Action = action) -> None:
                await stage.until(lambda: type(app.screen).__name__ == action.opens.partition(":")[2], action.id)
                while not stage.at_home:
                    app.pop_screen()
                await stage.pilot.pause()

            await stage.press(action.keys[0])
            await opened()
            await app._runner(action)()
            await opened()
            stage.prompt.fill(f"/{names[action]}")
            stage.prompt.focus()
            stage.prompt.action_send()
            await opened()
