"""Every action of the list does its work by each of its keys, and from the palette, where it applies."""

from __future__ import annotations

import ast
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from textual.command import Command, CommandList, CommandPalette
from textual.widgets import Input

from tests.tui.samples import passage_view
from tests.tui.screens.test_chat_list_actions import at_first_chat, door_with_chats
from tests.tui.screens.test_facts import known, open_facts
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tests.tui.test_actions import DOERS
from tests.tui.test_memory_pictures import Shelf
from tui.actions import PLACES, Action, actions_of
from tui.app import SecondMeApp
from tui.keymap import DEFAULT
from tui.messages import ForgetRequested, PassageRequested, WhyRequested
from tui.screens.known import KnownScreen
from tui.screens.models import ModelsScreen
from tui.screens.snapshots import SnapshotsScreen
from tui.screens.source_panel import SourceText
from tui.widgets.conversation import Conversation

Ran = list[tuple[str, tuple[object, ...]]]


def everything() -> ScriptedDoor:
    """A door with an answer that has passages, chats and facts."""
    door = known()
    door.views |= {f"span-{n}": passage_view(n) for n in (1, 2)}
    door.summaries = door_with_chats().summaries
    return door


async def at_home(stage: Stage) -> None:
    stage.prompt.focus()
    await stage.pilot.pause()


async def after_an_answer(stage: Stage) -> None:
    await stage.ask_and_answer(cast(ScriptedDoor, stage.app.context.calls._connection.door()))
    await at_home(stage)


async def at_a_message(stage: Stage) -> None:
    await after_an_answer(stage)
    await stage.press("alt+up")
    await stage.until(lambda: stage.app.home.query_one(Conversation).has_focus_within)


async def at_the_chats(stage: Stage) -> None:
    await at_first_chat(stage)


async def beside(stage: Stage) -> None:
    await after_an_answer(stage)
    await stage.press("alt+1")
    await stage.until(lambda: "plan-1" in stage.shown())
    stage.app.home.query_one(SourceText).focus()
    await stage.pilot.pause()


async def find(stage: Stage) -> None:
    await stage.press("ctrl+f")
    stage.app.screen.query_one("#hits").focus()
    await stage.pilot.pause()


async def at_the_facts(stage: Stage) -> None:
    await open_facts(stage)


def by_keys(*keys: str) -> Callable[[Stage], Awaitable[None]]:
    """Go to a page by its keys."""

    async def go(stage: Stage) -> None:
        await stage.press(*keys)
        await stage.until(lambda: not stage.at_home)

    return go


def by_message(message: Any) -> Callable[[Stage], Awaitable[None]]:
    """Go to a page by the message that asks for it."""

    async def go(stage: Stage) -> None:
        stage.app.post_message(message)
        await stage.until(lambda: not stage.at_home)

    return go


def by_screen(make: Callable[[Stage], Any]) -> Callable[[Stage], Awaitable[None]]:
    """Show a page that the test makes."""

    async def go(stage: Stage) -> None:
        await stage.app.push_screen(make(stage))
        await stage.pilot.pause()

    return go


WAYS: dict[str, Callable[[Stage], Awaitable[None]]] = {
    "everywhere": at_home,
    "prompt": at_home,
    "chat": at_home,
    "message": at_a_message,
    "chats": at_the_chats,
    "beside": beside,
    "find": find,
    "programs": by_keys("alt+p"),
    "adapters": by_keys("alt+a"),
    "sources": by_keys("f4"),
    "memory": by_keys("f3"),
    "facts": at_the_facts,
    "people": by_keys("f3", "o"),
    "models": by_screen(lambda stage: ModelsScreen(stage.app.context, Shelf())),
    "snapshots": by_screen(lambda stage: SnapshotsScreen(stage.app.context, Path("/nowhere"))),
    "activity": by_keys("f5"),
    "profile": by_keys("f6"),
    "contradictions": by_keys("f6", "c"),
    "passage": by_message(PassageRequested("span-1")),
    "settings": by_keys("f2"),
    "logs": by_keys("f12"),
    "timeline": by_keys("f7"),
    "known": by_screen(lambda stage: KnownScreen(stage.app.context, date(2026, 1, 2))),
    "why": by_message(WhyRequested("span-1", "")),
    "forget": by_message(ForgetRequested("span-1", None)),
}
"""How one gets to each place."""


def record(monkeypatch: pytest.MonkeyPatch, actions: list[Action]) -> Ran:
    """Put notes of what was called in the place of the actions."""
    ran: Ran = []

    def noted(name: str) -> Callable[..., None]:
        return lambda _, *arguments: ran.append((name, arguments))

    for action in actions:
        name = "open" if action.opens else action.name.partition("(")[0]
        monkeypatch.setattr(SecondMeApp if action.opens else DOERS[action.place], f"action_{name}", noted(name))
    return ran


def calls_of(action: Action, number: int = 0) -> tuple[str, tuple[object, ...]]:
    """What is called for an action: its method's name and arguments."""
    if action.opens:
        return "open", (action.name,)
    name, bracket, arguments = action.name.partition("(")
    given = ast.literal_eval(f"({arguments[:-1]},)") if bracket else ()
    return name, (number,) if action.numbered else given


async def run_from_palette(stage: Stage, action: Action) -> None:
    """Open the palette, write the title, and take the command of that title."""
    await stage.press("ctrl+p")
    await stage.until(lambda: isinstance(stage.app.screen, CommandPalette), "no palette")
    stage.app.screen.query_one(Input).value = action.title
    commands = stage.app.screen.query_one(CommandList)

    def place() -> int | None:
        for at in range(commands.option_count):
            option = commands.get_option_at_index(at)
            hit = option.hit if isinstance(option, Command) else None
            if hit and hit.text == action.title and (hit.help or "").startswith(action.description):
                return at
        return None

    await stage.until(lambda: place() is not None, f"{action.id} is not in the palette")
    commands.highlighted = place()
    await stage.press("enter")
    await stage.until(lambda: not isinstance(stage.app.screen, CommandPalette), f"{action.id}: the palette stays")


def test_there_is_a_way_to_each_place() -> None:
    assert WAYS.keys() == PLACES.keys() == DOERS.keys()


@pytest.mark.parametrize("place", [place for place in PLACES if actions_of(place)])
async def test_each_action_of_a_place_runs_by_its_keys_and_from_the_palette(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(everything()) as stage:
        await WAYS[place](stage)
        actions = actions_of(place)
        palette = next(action for action in actions_of("everywhere") if action.name == "command_palette")
        with monkeypatch.context() as patched:
            ran = record(patched, actions)
            for action in actions:
                for number, key in enumerate(DEFAULT.keys_of(action), start=1):
                    ran.clear()
                    await stage.press(key)
                    await stage.until(lambda: ran, f"{action.id}: {key} does nothing")  # awaited at once
                    assert ran == [calls_of(action, number)], f"{action.id} by {key}"
        with monkeypatch.context() as patched:
            ran = record(patched, [action for action in actions if action is not palette])
            for action in actions:
                listed = action.palette or place not in ("everywhere", "prompt", "chat")
                if listed and not action.numbered:
                    ran.clear()
                    await run_from_palette(stage, action)
                    await stage.until(lambda: ran, f"{action.id}: the palette does nothing")
                    assert ran == [calls_of(action)], f"{action.id} by the palette"
