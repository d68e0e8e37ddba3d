"""The engine gone, the model gone, the disk full, a source gone, while each page is open: the page says what happened
and what to do, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import cycle
from pathlib import Path

import pytest
from textual.widgets import Button, Input, OptionList, TextArea

from secondme.errors import EngineUnavailable, NothingFound, SecondMeError
from secondme.places import places
from tests.tui.breaking_door import BreakingDoor, full_door
from tests.tui.stage import Gate, Stage, staged
from tui.actions import PLACES, actions_of
from tui.messages import ForgetRequested, PassageRequested, WhyRequested
from tui.screens.confirm import ConfirmScreen
from tui.screens.dialog import Dialog
from tui.screens.snapshots import SnapshotsScreen
from tui.widgets.chat_list import ChatList
from tui.widgets.status_bar import StatusBar

HALF = "a half-written message"
TYPED = "typed words"
FAULTS = {
    "engine": EngineUnavailable("The engine stopped while it was asked.", "Try again; it starts by itself."),
    "model": SecondMeError("The model stopped in the middle of its work.", "Ask again; it is loaded anew."),
    "disk": SecondMeError("The disk that holds /memory is full.", "Make room and try again."),
    "source": NothingFound("This source is gone.", "It was erased; choose another one."),
}
Opener = Callable[[Stage], Awaitable[None]]


def by_keys(*keys: str, shows: str) -> Opener:
    async def go(stage: Stage) -> None:
        await stage.press(*keys)
        await stage.until(lambda: shows in stage.shown(), f"never shown: {shows}")

    return go


def by_message(message: PassageRequested | WhyRequested | ForgetRequested, shows: str) -> Opener:
    async def go(stage: Stage) -> None:
        stage.app.post_message(message)
        await stage.until(lambda: shows in stage.shown(), f"never shown: {shows}")

    return go


async def open_chat(stage: Stage) -> None:
    stage.app.home.post_message(ChatList.Chosen("chat-1"))
    await stage.until(lambda: "On Sunday." in stage.shown())


async def open_message(stage: Stage) -> None:
    await open_chat(stage)
    await stage.press("alt+up")


async def open_list(stage: Stage) -> None:
    await stage.press("ctrl+t")
    await stage.until(lambda: stage.app.home.query_one(ChatList).has_focus)
    await stage.press("down")


async def open_beside(stage: Stage) -> None:
    stage.app.home.post_message(PassageRequested("span-1"))
    await stage.until(lambda: "Then: We meet" in stage.shown())


async def open_snapshots(stage: Stage) -> None:
    folder = places().data.parent / "kept"
    folder.mkdir(parents=True)
    (folder / "one.tar.zst").write_bytes(b"no snapshot")
    screen = SnapshotsScreen(stage.app.context, folder)
    await stage.app.push_screen(screen)
    await stage.until(lambda: screen.rows)


OPENERS: dict[str, Opener] = {
    "everywhere": open_chat,
    "prompt": open_chat,
    "chat": open_chat,
    "message": open_message,
    "chats": open_list,
    "beside": open_beside,
    "find": by_keys("ctrl+f", *"lake", shows="4 best passages"),
    "sources": by_keys("f4", shows="weekend.md"),
    "memory": by_keys("f3", shows="87% held"),
    "facts": by_keys("f3", "f", shows="Porto"),
    "people": by_keys("f3", "o", shows="the same number"),
    "models": by_keys("f8", shows="comes with Second Me"),
    "snapshots": open_snapshots,
    "activity": by_keys("f5", shows="37 faded, 2 kept"),
    "profile": by_keys("f6", shows="lives in Lisbon"),
    "contradictions": by_keys("f3", "c", shows="ended by"),
    "passage": by_message(PassageRequested("span-1"), "Then: We meet"),
    "settings": by_keys("f2", shows="me.name"),
    "logs": by_keys("f12", shows="The logs"),
    "timeline": by_keys("f7", shows="The ferry"),
    "known": by_keys("f7", "k", shows="Porto"),
    "why": by_message(WhyRequested("message-1"), "place 1 of 812"),
    "forget": by_message(ForgetRequested("source-1"), "On it hang"),
    "programs": by_keys("alt+p", shows="claude-desktop"),
    "adapters": by_keys("alt+a", shows="general questions"),
}


def said(stage: Stage) -> str:
    """All that is shown, notices included, without the breaks of lines."""
    notices = [notice.message for notice in stage.app._notifications]
    return " ".join(" ".join((stage.shown(), *notices)).replace("│", " ").split())


async def finish_dialog(stage: Stage) -> str:
    """Go through with the dialog on the screen; returns what was typed into it."""
    screen = stage.app.screen
    if isinstance(screen, ConfirmScreen):
        danger = screen.query(Button).last()
        await stage.pilot.click(danger)
        return ""
    for box in screen.query(Input):
        box.value = TYPED
        await stage.press("enter")
        return TYPED
    for area in screen.query(TextArea):
        area.text = TYPED
        await stage.press("ctrl+j")
        return TYPED
    await stage.press("enter")
    return ""


@pytest.mark.parametrize("place", PLACES)
async def test_each_key_of_each_page_says_what_happened_and_what_to_do(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECONDME_HOME", str(tmp_path))
    door, faults = full_door(), cycle(FAULTS.values())
    async with staged(door, draft=tmp_path / "draft.json") as stage:
        stage.prompt.fill(HALF)
        await OPENERS[place](stage)
        page, focused = stage.app.screen, stage.app.focused
        keys = keys_of(place)
        lines = ("home", "end") if isinstance(focused, OptionList) else ("",)
        presses = [(line, key) for line in lines for key in keys]
        for line, key in (presses * len(FAULTS))[: max(len(presses), len(FAULTS))]:
            if line:
                await stage.press(line)
            await fails_well(stage, door, next(faults), key)
            while stage.app.screen is not page:
                stage.app.pop_screen()
                await stage.pilot.pause()
            stage.app.set_focus(focused)
        assert HALF in stage.prompt.text


@pytest.mark.parametrize("place", PLACES)
async def test_an_engine_that_ends_is_told_on_whatever_page_is_open(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECONDME_HOME", str(tmp_path))
    door, error = full_door(), FAULTS["engine"]
    async with staged(door, draft=tmp_path / "draft.json") as stage:
        stage.prompt.fill(HALF)
        await OPENERS[place](stage)
        door.statuses.fail(error)
        await stage.until(lambda: error.what in said(stage) and error.remedy in said(stage))
        assert HALF in stage.prompt.text


async def test_the_status_is_followed_again_when_a_page_has_opened_the_engine_again() -> None:
    first, second = full_door(), full_door()
    gate = Gate(first, second)
    gate.open()
    async with staged(gate) as stage:
        first.statuses.end()
        await stage.until(lambda: "engine gone" in stage.shown(StatusBar))
        gate.open()
        await OPENERS["sources"](stage)
        await stage.press("escape")
        await stage.until(lambda: "engine gone" not in stage.shown(StatusBar))


def keys_of(place: str) -> list[str]:
    """The keys of a place that may ask the engine for something, and Enter."""
    off = {"stop", "send", "off_record", "quit", "suspend_process"}
    keys = [action.keys[0] for action in actions_of(place) if action.keys and action.name not in off]
    return keys if place in ("everywhere", "prompt", "chat", "chats") else [*keys, "enter"]


async def fails_well(stage: Stage, door: BreakingDoor, error: SecondMeError, key: str) -> None:
    """Press a key while everything fails: whatever was asked for, the error and its remedy are on the screen, nothing
    says that it was done, and what was typed into a dialog is still there."""
    stage.app.clear_notifications()
    door.error, door.raised = error, []
    await stage.press(key)
    typed = await finish_dialog(stage) if isinstance(stage.app.screen, Dialog) else ""
    await stage.pilot.pause(0.02)
    if door.raised:
        await stage.until(
            lambda: error.what in said(stage) and error.remedy in said(stage), f"{key}, {door.raised}: {said(stage)}"
        )
        others = [
            notice.message
            for notice in stage.app._notifications
            if error.what not in notice.message and not notice.message.startswith("Choose ")
        ]
        assert not others, f"{key}, {door.raised}"
        assert not typed or typed in boxes(stage), f"{key} lost what was typed"
    door.error = None


def boxes(stage: Stage) -> list[str]:
    """What stands in the boxes of the top screen."""
    screen = stage.app.screen
    return [box.value for box in screen.query(Input)] + [area.text for area in screen.query(TextArea)]
