"""The terminal app."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.events import Event, Key, Paste
from textual.message import Message
from textual.screen import ModalScreen, Screen

from secondme.api import Status
from secondme.api.door import Door
from secondme.errors import EngineUnavailable
from secondme.text.clean import clean
from tui.actions import Action, action_named, actions_of, bindings, palette_actions
from tui.app_log import LOG, log_to
from tui.calls import Calls
from tui.cell_widths import measure_widest, placing
from tui.connection import Connection
from tui.context import Context
from tui.draft import DraftFile
from tui.keymap import read_key_map, with_keys
from tui.keys import teach_alt_digits
from tui.live import live_places, page_actions
from tui.messages import (
    CallFailed,
    EngineOpened,
    FindRequested,
    FolderWatched,
    ForgetRequested,
    PassageRequested,
    SettingSaved,
    StatusChanged,
    WhyRequested,
)
from tui.screens.chat import ChatScreen
from tui.theme import DARK, THEMES, UNDERLINED_CURSOR, variable_defaults
from tui.widgets.key_line import KeyHints
from tui.widgets.prompt import Prompt
from tui.widgets.status_bar import EngineState

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.notifications import SeverityLevel

    from tui.screens.setup import SetupScreen
    from tui.screens.welcome import WelcomeScreen

IMPORTED_LATER = ("tui.widgets.answer", "tui.screens.memory", "tui.screens.timeline", "tui.screens.find")
ENGINE_GONE = "engine gone; what you ask or open next starts it again"
NO_ENGINE = "no engine; what you ask or open next tries again"


def _now() -> datetime:
    return datetime.now(UTC)


def _is_new(status: Status) -> bool:
    """Whether nobody has used this memory yet, so that the first run's questions have a point."""
    return not (status.welcomed or status.me or status.spans or status.sources or status.chats)


class SecondMeApp(App[None]):
    """The app. `connect` opens the engine in a thread after the first paint, and may take seconds."""

    TITLE = "second me"
    CSS_PATH: ClassVar = [
        Path(__file__).with_name("base.tcss"),
        Path(__file__).parent / "screens" / "chat.tcss",  # of the first screen; the others load theirs when they open
    ]
    BINDINGS = bindings("everywhere")
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self,
        connect: Callable[[], Door],
        *,
        theme: str = DARK,
        keys: str = "",
        now: Callable[[], datetime] = _now,
        draft: Path | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        measure_widest()
        super().__init__(driver_class=driver_class)
        self.key_map = read_key_map(keys)
        self.set_keymap(self.key_map.for_textual())
        self._connection = Connection(connect, on_open=lambda: self.post_message(EngineOpened()))
        self.context = Context(Calls(self._connection), now, DraftFile(draft))
        self._status: Status | None = None
        self._watching = False
        self._was_new = self._welcoming = False
        self._welcome: WelcomeScreen | None = None
        for own in THEMES:
            self.register_theme(own)
        self.theme = theme if theme in self.available_themes else DARK

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for this terminal, which keeps text of uncertain width in its columns."""
        return placing(super().get_driver_class())

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, and ours where it has none. Without colours, or with the terminal's own, the
        chosen row is underlined."""
        variables = super().get_css_variables()
        variables = {**variable_defaults(variables), **variables}
        if self.no_color or self.current_theme.ansi:
            variables |= UNDERLINED_CURSOR
        self.theme_variables = variables
        return variables

    def get_default_screen(self) -> Screen[Any]:
        """The chat."""
        return ChatScreen(self.context)

    @property
    def home(self) -> ChatScreen:
        """The chat screen, below all others."""
        screen = self.screen_stack[0]
        assert isinstance(screen, ChatScreen)
        return screen

    def on_mount(self) -> None:
        """Connect to the engine only after the screen is painted."""
        self.theme_changed_signal.subscribe(self, lambda theme: self.save_setting("ui.theme", theme.name))
        self.app_resume_signal.subscribe(self, lambda _: self._draw_again())
        self._tell_key_troubles()
        self._keep_draft_on_signals()
        self.call_after_refresh(self._after_first_paint)

    def _keep_draft_on_signals(self) -> None:
        """What is typed is written before a closed terminal, or a machine that goes down, ends the app."""
        loop = asyncio.get_running_loop()

        def end(number: signal.Signals) -> None:
            with suppress(OSError):
                self.context.draft.write()
            if number == signal.SIGTERM:
                self.exit(return_code=1)
            else:  # there is no terminal any more that could be left in order
                loop.remove_signal_handler(number)
                os.kill(os.getpid(), number)

        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            with suppress(NotImplementedError, RuntimeError, ValueError):  # not in the main thread, or on Windows
                loop.add_signal_handler(number, end, number)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a note for a while. It may name what comes from a file, so that it is cleaned, and no markup."""
        super().notify(clean(message), title=clean(title), severity=severity, timeout=timeout, markup=markup)

    def action_help_quit(self) -> None:
        """Ctrl+c closes other programs: say what closes this one (Textual's own words have markup in them)."""
        self.notify(with_keys(self, "@quit closes the app; ctrl+c copies what is selected."))

    def _draw_again(self) -> None:
        """Draw all of the screen: while the app was suspended, the shell wrote over it."""
        self.screen.refresh(layout=True)

    # --- the engine

    def _after_first_paint(self) -> None:
        self.watch_status()
        # Markdown takes 110 ms to import, a fifth of the time to the first paint, so it is imported after it.
        # So are the pages that are slow to load, of which the first opening would be twice as long.
        Thread(target=lambda: [import_module(name) for name in IMPORTED_LATER], daemon=True).start()

    def watch_status(self) -> None:
        """Follow the engine's status, unless the app does so already."""
        if self._watching:
            return
        self._watching = True
        self._show_engine(None, "starting…")

        def watch(door: Door) -> Iterator[Message]:
            for status in door.watch_status():
                yield StatusChanged(status)
            raise EngineUnavailable("The engine has closed.", "It starts again with whatever you ask or open next.")

        self.context.calls.run(self, watch, "status")

    def _show_engine(self, status: Status | None, missing: str) -> None:
        """Show a new status, or in `missing` why there is none."""
        self._status = status if status is not None else self._status
        self.home.show_engine(EngineState(self._status, missing))

    @on(StatusChanged)
    def _status_changed(self, event: StatusChanged) -> None:
        self._show_engine(event.status, "")
        self._was_new = self._was_new or _is_new(event.status)
        unknown = self._was_new and not (event.status.welcomed or event.status.me)
        if unknown and not self._welcoming and self.screen is self.home and self.home.idle:
            self._welcoming = True
            self.welcome()

    @on(CallFailed)
    async def _call_failed(self, event: CallFailed) -> None:
        if event.group == "status":
            self._watching = False
            if self._connection.is_open:  # another call has opened it again already
                self.watch_status()
                return
            self._show_engine(None, ENGINE_GONE if self._status is not None else NO_ENGINE)
            await self.home.show_engine_loss(event.error)
            if self.screen is not self.home:
                self.notify(clean(event.error.sentence(), keep_newlines=False), severity="warning", markup=False)
        elif event.group == "settings":
            self.notify(event.error.sentence(), severity="warning", markup=False)

    @on(Prompt.CommandGiven)
    async def _command_given(self, event: Prompt.CommandGiven) -> None:
        """Do what a slash command says."""
        command = event.command
        if command.argument:
            self.action_open(command.action.name, command.argument)
        else:
            await self._runner(command.action)()

    @on(EngineOpened)
    @on(Prompt.Submitted)
    def _engine_wanted(self) -> None:
        self.watch_status()

    @on(SettingSaved)
    def _setting_saved(self, event: SettingSaved) -> None:
        """Follow a setting that the engine has taken."""
        if event.key == "ui.theme":
            self.theme = event.value if event.value in self.available_themes else DARK
        elif event.key == "ui.keys":
            self.apply_keys(event.value)

    def apply_keys(self, keys: str) -> None:
        """Use the keys of the setting `ui.keys` from now on."""
        self.key_map = read_key_map(keys)
        self.set_keymap(self.key_map.for_textual())
        self._tell_key_troubles()
        for line in self.screen.query(KeyHints):
            line.refresh()

    def _tell_key_troubles(self) -> None:
        if troubles := self.key_map.troubles:
            more = f" ({len(troubles) - 1} more in the form of settings, @settings.)" if len(troubles) > 1 else ""
            more = with_keys(self, more)
            self.notify(clean(troubles[0] + more, keep_newlines=False), severity="warning", markup=False, timeout=10)

    def save_setting(self, key: str, value: str) -> None:
        """Keep a setting; the engine writes it to the configuration file."""

        def save(door: Door) -> Iterator[Message]:
            door.set_setting(key, value)
            return iter(())

        self.context.calls.run(self, save, "settings")

    # --- going places

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a dialog is open, the app's own actions are off, all but leaving the app."""
        everywhere = {"open", *(known.name for known in actions_of("everywhere"))} - {"quit", "suspend_process"}
        if action in everywhere and isinstance(self.screen, ModalScreen):
            return False
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The commands of the palette: those of the page that is shown, then those that are always there."""
        for action, node in page_actions(screen):
            yield SystemCommand(action.title, self._described(action), partial(self.run_action, action.call, node))
        for action in palette_actions():
            yield SystemCommand(action.title, self._described(action), self._runner(action))

    def _described(self, action: Action) -> str:
        """What an action does, and its key, so that the palette teaches the keys."""
        key = self.key_map.short_label(action)
        return f"{action.description} · {key}" if key else action.description

    def _runner(self, action: Action) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            if action.place == "chat":
                self._go_home()
            await self.run_action(action.call, self.home if action.place == "chat" else self)

        return run

    def _go_home(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def _replace_page(self, page: Screen[Any]) -> None:
        """Show a page on top of the chat, in the place of another page; a page that is shown already is closed."""
        shown = type(self.screen) is type(page)
        self._go_home()
        if not shown:
            self.push_screen(page)

    def action_help(self) -> None:
        """Open the help for the screen that is there, on top of it; again, close it."""
        from tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
        else:
            self.push_screen(HelpScreen(self.context, list(live_places(self.screen))))

    def action_open(self, name: str, argument: str = "") -> None:
        """Open the screen of an action: a page in the place of another page, all else on top of what is there.

        `argument` is what stood behind its slash command.
        """
        action = action_named(name)
        module, _, screen_class = action.opens.partition(":")
        more = [argument] if argument and action.takes else []
        screen: Screen[Any] = getattr(import_module(module), screen_class)(self.context, *more)
        if action.place == "everywhere" and not isinstance(screen, ModalScreen):
            self._replace_page(screen)
        else:
            self.push_screen(screen)

    async def action_new_chat(self) -> None:
        """Show an empty conversation."""
        self._go_home()
        await self.home.new_chat()

    def action_chats(self) -> None:
        """Go to the list of chats, or hide it."""
        self._go_home()
        self.home.toggle_chats()

    def action_off_record(self) -> None:
        """Switch the record off or on."""
        self.home.toggle_off_record()

    def welcome(self) -> None:
        """Ask the questions of the first run."""
        from tui.screens.welcome import Welcome, WelcomeScreen

        def mark(door: Door) -> Iterator[Message]:
            door.set_welcomed()
            return iter(())

        def answered(answer: Welcome | None) -> None:
            self.context.calls.run(self, mark, "settings")
            prompt = self.home.query_one(Prompt)
            if answer is not None and answer.tour:
                prompt.fill(answer.question)
                self.action_tour()
            elif answer is not None and answer.question:
                prompt.post_message(Prompt.Submitted(answer.question))

        self._welcome = WelcomeScreen(self.context, setup=self._missing_models())
        self.push_screen(self._welcome, answered)

    def action_tour(self, step: int = 0) -> None:
        """Show a step of the tour over its page; its end leads back to the chat."""
        from tui.screens.tour import STEPS, TourScreen

        def answered(then: int | None) -> None:
            if then is None or then < 0:
                self._go_home()
            else:
                self.action_tour(then)

        self._go_home()
        if STEPS[step].opens:
            self.action_open(STEPS[step].opens)
        self.push_screen(TourScreen(step), answered)

    def _missing_models(self) -> SetupScreen | None:
        """What gets the small models that came with no checkout, if any is missing."""
        if self._status is None or (self._status.model and self._status.embedder):
            return None
        from models.hub.client import Hub
        from secondme.places import places
        from secondme.runtimes.first_models import fetch, missing_models
        from secondme.settings import load
        from tui.screens.setup import SetupScreen

        where, hub = places(), Hub()
        missing = missing_models(where, load(where.config_file)[0])
        pull = partial(fetch, where=where, hub=hub)
        return SetupScreen(self.context, missing, hub.endpoint, where.models, pull) if missing else None

    async def on_event(self, event: Event) -> None:
        """Handle an event. Who types while the welcome opens means the box: it makes way, and comes again when the box
        is empty."""
        welcome = self._welcome
        too_early = isinstance(event, Key | Paste) and welcome is not None and event.time < welcome.seen_at
        if too_early and self.screen is welcome:
            self._welcome, self._welcoming = None, False
            self.pop_screen()
        await super().on_event(event)

    @on(FolderWatched)
    def _folder_watched(self, event: FolderWatched) -> None:
        path = clean(event.folder.path, keep_newlines=False)
        self.notify(f"Watching {path}. The status line shows how far its indexing is.", markup=False)

    @on(ForgetRequested)
    def _forget_requested(self, event: ForgetRequested) -> None:
        from tui.screens.forget import ForgetScreen

        self.push_screen(ForgetScreen(self.context, event.target, event.on_change))

    @on(FindRequested)
    def _find_requested(self, event: FindRequested) -> None:
        self.action_open("find", event.query)

    @on(WhyRequested)
    def _why_requested(self, event: WhyRequested) -> None:
        from tui.screens.why import WhyScreen

        self.push_screen(WhyScreen(self.context, event.target, event.question))

    @on(PassageRequested)
    def _passage_requested(self, event: PassageRequested) -> None:
        from tui.screens.passage import PassageScreen

        self.push_screen(PassageScreen(self.context, event.span_id))


def run(
    connect: Callable[[], Door],
    *,
    theme: str,
    keys: str = "",
    draft: Path | None = None,
    driver_class: type[Driver] | None = None,
) -> None:
    """Run the app until the person closes it. `keys`: the setting `ui.keys`. `theme`: a name of ours or of
    Textual's, else ours for dark terminals. `draft`: the file that keeps unsent text. `driver_class`: what draws, else
    the terminal."""
    teach_alt_digits()
    from secondme.places import places

    log_to(places().app_log)
    LOG.info("the app opens")
    SecondMeApp(connect, theme=theme, keys=keys, draft=draft, driver_class=driver_class).run()
    LOG.info("the app is closed")
