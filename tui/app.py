"""The terminal app: a door to the engine for a person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from threading import Thread
from typing import Any

from textual import on
from textual.app import App, SystemCommand
from textual.message import Message
from textual.screen import ModalScreen, Screen

from secondme.api import Status
from secondme.api.door import Door
from secondme.errors import EngineUnavailable
from secondme.text.clean import clean
from tui.actions import ACTIONS, Action, bindings
from tui.calls import Calls
from tui.connection import Connection
from tui.keys import teach_alt_digits
from tui.messages import CallFailed, FolderWatched, StatusChanged
from tui.paths import typed_path
from tui.screens.chat import ChatScreen
from tui.widgets.citations import PassageWanted
from tui.widgets.prompt import Prompt
from tui.widgets.status_bar import EngineState

GONE = "engine gone; the next question starts it again"


def _now() -> datetime:
    return datetime.now(UTC)


class SecondMeApp(App[None]):
    """The app. `connect` opens the engine in a thread after the first paint, and may take seconds."""

    TITLE = "second me"
    CSS_PATH = "screens/chat.tcss"  # of the first screen; the others bring theirs when they open
    BINDINGS = bindings("everywhere")
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self, connect: Callable[[], Door], *, theme: str = "textual-dark", now: Callable[[], datetime] = _now
    ) -> None:
        super().__init__()
        self.calls = Calls(Connection(connect))
        self._now = now
        self._status: Status | None = None
        self._watching = False
        self._welcoming = False
        if theme in self.available_themes:
            self.theme = theme

    def get_default_screen(self) -> Screen[Any]:
        """The chat."""
        return ChatScreen(self.calls, self._now)

    @property
    def home(self) -> ChatScreen:
        """The chat screen, at the bottom of all others."""
        screen = self.screen_stack[0]
        assert isinstance(screen, ChatScreen)
        return screen

    def on_mount(self) -> None:
        """Go to the engine only when the screen can be seen."""
        self.theme_changed_signal.subscribe(self, lambda theme: self.save_setting("ui.theme", theme.name))
        self.call_after_refresh(self._after_first_paint)

    # --- the engine

    def _after_first_paint(self) -> None:
        self.watch_status()
        # Markdown takes 110 ms to import, a fifth of the time to the first paint: have it when it is needed.
        Thread(target=import_module, args=("tui.widgets.answer",), daemon=True).start()

    def watch_status(self) -> None:
        """Follow the engine's status, unless that runs already."""
        if self._watching:
            return
        self._watching = True
        self._tell(None, "starting…")

        def watch(door: Door) -> Iterator[Message]:
            for status in door.watch_status():
                yield StatusChanged(status)
            raise EngineUnavailable("The engine has closed.", "Ask something and it starts again.")

        self.calls.run(self, watch, "status")

    def _tell(self, status: Status | None, missing: str) -> None:
        self._status = status if status is not None else self._status
        self.home.engine(EngineState(self._status, missing))

    @on(StatusChanged)
    def _status_changed(self, event: StatusChanged) -> None:
        self._tell(event.status, "")
        if not event.status.welcomed and not self._welcoming:
            self._welcoming = True
            self.welcome()

    @on(CallFailed)
    async def _call_failed(self, event: CallFailed) -> None:
        if event.group == "status":
            self._watching = False
            self._tell(None, GONE if self._status is not None else "no engine; the next question tries again")
            await self.home.engine_lost(event.error)
        elif event.group == "settings":
            self.notify(event.error.sentence(), severity="warning", markup=False)

    @on(Prompt.Sent)
    def _sent(self) -> None:
        self.watch_status()

    def save_setting(self, key: str, value: str) -> None:
        """Keep a setting; the engine writes it to the configuration file."""

        def save(door: Door) -> Iterator[Message]:
            door.set_setting(key, value)
            return iter(())

        self.calls.run(self, save, "settings")

    # --- going places

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A dialog keeps the keys to itself, but one may always quit."""
        pages = {one.name for one in ACTIONS if one.place == "everywhere"} - {"quit"}
        if action in pages and isinstance(self.screen, ModalScreen):
            return False
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette's commands, from the registry."""
        for action in ACTIONS:
            if action.palette:
                yield SystemCommand(action.title, action.description, self._runner(action))

    def _runner(self, action: Action) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            if action.place == "chat":
                self._go_home()
            await self.run_action(action.name, self.home if action.place == "chat" else self)

        return run

    def _go_home(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def _go(self, screen: Screen[Any]) -> None:
        """Show a page on top of the chat, in the place of another page."""
        already = type(self.screen) is type(screen)
        self._go_home()
        if not already:
            self.push_screen(screen)

    async def action_new_chat(self) -> None:
        """An empty conversation."""
        self._go_home()
        await self.home.new_chat()

    def action_chats(self) -> None:
        """The list of chats."""
        self._go_home()
        self.home.toggle_chats()

    def action_help(self) -> None:
        """Keys, and what this is."""
        from tui.screens.help import HelpScreen

        self._go(HelpScreen())

    def action_find(self) -> None:
        """Search everything."""
        from tui.screens.find import FindScreen

        self._go(FindScreen(self.calls))

    def action_tree(self) -> None:
        """The memory as a tree."""
        from tui.screens.tree import TreeScreen

        self._go(TreeScreen(self.calls))

    def action_off_record(self) -> None:
        """Say something of which nothing is kept."""
        self.home.toggle_off_record()

    def action_profile(self) -> None:
        """What is known about the person."""
        from tui.screens.profile import ProfileScreen

        self._go(ProfileScreen(self.calls))

    def action_activity(self) -> None:
        """Background jobs and what they did."""
        from tui.screens.activity import ActivityScreen

        self._go(ActivityScreen(self.calls, self._now))

    def action_sources(self) -> None:
        """Sources and watched folders."""
        from tui.screens.sources import SourcesScreen

        self._go(SourcesScreen(self.calls, self._now))

    def action_add(self) -> None:
        """Index a file or folder."""
        self.add_path("")

    def add_path(self, path: str) -> None:
        """Open the dialog that indexes files; with a path it begins at once."""
        from tui.screens.add import AddScreen

        self.push_screen(AddScreen(self.calls, path))

    def action_remember(self) -> None:
        """Keep a note."""
        from tui.screens.remember import RememberScreen

        self.push_screen(RememberScreen(self.calls))

    def welcome(self) -> None:
        """The first run's questions."""
        from tui.screens.welcome import Welcome, WelcomeScreen

        def settle(door: Door) -> Iterator[Message]:
            door.set_welcomed()
            return iter(())

        def answered(answer: Welcome | None) -> None:
            self.calls.run(self, settle, "settings")
            if answer is None:
                return
            if answer.name:
                self.save_setting("me.name", answer.name)
            if answer.folder and answer.watch:
                self.watch_folder(answer.folder)
            elif answer.folder:
                self.add_path(answer.folder)

        self.push_screen(WelcomeScreen(), answered)

    def watch_folder(self, folder: str) -> None:
        """Watch a folder; its indexing shows in the status line."""
        path = typed_path(folder)
        self.calls.run(self, lambda door: iter([FolderWatched(door.watch_add(path))]), "watch")

    @on(FolderWatched)
    def _folder_watched(self, event: FolderWatched) -> None:
        path = clean(event.folder.path, keep_newlines=False)
        self.notify(f"Watching {path}. The status line shows how far its indexing is.", markup=False)

    @on(PassageWanted)
    def _passage_wanted(self, event: PassageWanted) -> None:
        from tui.screens.passage import PassageScreen

        self.push_screen(PassageScreen(self.calls, event.span_id))


def run(connect: Callable[[], Door], *, theme: str) -> None:
    """Open the app and stay until it is left. `theme` is a name that Textual knows."""
    teach_alt_digits()
    SecondMeApp(connect, theme=theme).run()
