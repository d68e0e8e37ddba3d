"""A running app over a scripted door, with a fixed clock."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Static

from secondme.api import Answer
from secondme.api.door import Door
from tests.tui.samples import whole_answer
from tests.tui.scripted_door import ScriptedDoor
from tui.app import SecondMeApp
from tui.widgets.answer import AnswerView
from tui.widgets.conversation import Conversation
from tui.widgets.prompt import Prompt

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
W = TypeVar("W", bound=Widget)


class Stage:
    """The app on the screen, with what tests do to it again and again."""

    def __init__(self, app: SecondMeApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def until(self, holds: Callable[[], object], what: str = "", *, tries: int = 1000) -> None:
        """Let the app work until `holds`; each try is 5 ms at least."""
        for _ in range(tries):
            if holds():
                await self.pilot.pause()
                return
            await self.pilot.pause(0.005)
        raise AssertionError(what or "it never came to that")

    async def ready(self) -> None:
        """Wait until the app is connected."""
        await self.until(lambda: self.app.home._engine.status is not None, "never connected")

    async def ask(self, question: str) -> None:
        """Type a question and send it."""
        self.prompt.fill(question)
        self.prompt.focus()
        await self.pilot.press("enter")

    async def ask_and_answer(self, door: ScriptedDoor, final: Answer | None = None) -> None:
        """Ask a question and wait until the door has answered it."""
        await self.ask("When?")
        door.answers.send(*whole_answer(final))
        await self.until(lambda: self.idle)

    async def press(self, *keys: str) -> None:
        """Press keys and let the app settle."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    @property
    def prompt(self) -> Prompt:
        return self.app.home.query_one(Prompt)

    @property
    def conversation(self) -> Conversation:
        return self.app.home.query_one(Conversation)

    @property
    def answers(self) -> list[AnswerView]:
        return self.conversation.answers()

    @property
    def at_home(self) -> bool:
        """Only the chat is on the screen."""
        return self.app.screen is self.app.home

    @property
    def idle(self) -> bool:
        """No answer is being written."""
        return self.app.home._answering is None

    def shown(self, kind: type[W] = Widget) -> str:  # type: ignore[assignment]  # any widget is a widget
        """All text of the visible widgets of a kind on the top screen, as drawn."""
        return "\n".join(text_of(widget) for widget in self.app.screen.query(kind) if widget.display)


def text_of(widget: Widget) -> str:
    """The text that a widget draws, without style."""
    if isinstance(widget, Static):
        return str(widget.render())
    height, width = widget.size.height, widget.size.width
    if not height or not width or widget.is_container:
        return ""
    return "\n".join("".join(segment.text for segment in widget.render_line(y)) for y in range(height))


@asynccontextmanager
async def staged(
    door: ScriptedDoor | Callable[[], Door],
    *,
    size: tuple[int, int] = (120, 40),
    wait: bool = True,
    app_class: type[SecondMeApp] = SecondMeApp,
    draft: Path | None = None,
) -> AsyncIterator[Stage]:
    """Run the app over a door, or over a function that opens one."""
    app = app_class(door.door if isinstance(door, ScriptedDoor) else door, now=lambda: NOW, draft=draft)
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot)
        if wait:
            await stage.ready()
        yield stage


class Gate:
    """Opens a door when the test says so, and counts how often it was tried."""

    def __init__(self, *doors: Door | Exception) -> None:
        self._doors = list(doors)
        self.opened = threading.Semaphore(0)
        self.tries = 0

    def __call__(self) -> Door:
        self.tries += 1
        assert self.opened.acquire(timeout=30)
        door = self._doors.pop(0)
        if isinstance(door, Exception):
            raise door
        return door

    def open(self) -> None:
        """Let one attempt through."""
        self.opened.release()
