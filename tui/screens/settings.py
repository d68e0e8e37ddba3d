"""The page of settings: the schema as a form that is searched as one types; what a setting does stands below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from secondme.api.door import Door
from secondme.settings import describe
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.messages import SettingSaved
from tui.screens.edit_setting import EditSetting, Setting
from tui.screens.list_page import Line, ListPage
from tui.widgets.inputs import CleanInput
from tui.widgets.key_line import KeyLine

SECTIONS = {
    "me": "You",
    "model": "The model on this machine",
    "server": "A model server instead",
    "embedder": "The embedder",
    "answer": "Answers",
    "index": "The index",
    "ingest": "Taking in",
    "memory": "Forgetting",
    "recall": "Recall",
    "jobs": "Work in the background",
    "engine": "The engine",
    "ui": "This app",
}
"""Titles of the sections of the settings file; a section without one is called by its name."""
KEY_CELLS = 26


@dataclass
class SettingsLoaded(Message):
    """The settings with their values were read."""

    settings: list[Setting]


class SettingsScreen(ListPage[Setting]):
    """The cursor stays in the box: up and down choose a setting, Enter changes it."""

    CSS_PATH = Path(__file__).with_name("settings.tcss")
    PLACE = "settings"
    WAITING = "Reading the settings…"
    FOCUS = "#query"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(PLACE),
        Binding("down", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Previous", show=False, priority=True),
    ]

    def __init__(self, context: Context, query: str = "") -> None:
        super().__init__(context)
        self._query = query
        self._settings: Sequence[Setting] = ()

    def compose(self) -> ComposeResult:
        """The box, the settings, what the chosen one does, the keys."""
        yield CleanInput(self._query, placeholder="Which setting? By name or by what it does…", id="query")
        yield Static(self.WAITING, id="head", markup=False)
        yield OptionList(id="rows")
        yield Static("", id="about", markup=False)
        yield KeyLine(self.PLACE, ("↑ ↓", "choose"), ("enter", "change"))

    def read(self, door: Door) -> SettingsLoaded:
        """Read each setting's value."""
        return SettingsLoaded([Setting(key, door.setting(key), *rest) for key, *rest in described()])

    @on(SettingsLoaded)
    def _loaded(self, event: SettingsLoaded) -> None:
        self._settings = event.settings
        self._show_fitting()

    @on(Input.Changed, "#query")
    def _show_fitting(self) -> None:
        """Show the settings that hold every word of the box."""
        words = clean(self.query_one("#query", Input).value).lower().split()
        fitting = [setting for setting in self._settings if all(word in setting.searched for word in words)]
        lines: list[Line[Setting] | str] = []
        for before, setting in zip([None, *fitting], fitting, strict=False):
            if before is None or before.section != setting.section:
                lines.append(SECTIONS.get(setting.section, setting.section))
            lines.append(Line(setting_line(setting), setting, setting.key))
        changed = sum(setting.changed for setting in self._settings)
        said = f"{len(self._settings)} settings, " if self._settings else ""
        said += f"{changed} of them changed (●)." if changed else "all as they come."
        if words and not fitting:
            said = "No setting has these words."
        self.show(Content(said), lines)

    @on(OptionList.OptionHighlighted, "#rows")
    def _describe(self) -> None:
        setting = self.chosen
        self.query_one("#about", Static).update(about_text(setting) if setting is not None else "")

    def action_move(self, by: int) -> None:
        """Move through the settings while the cursor stays in the box."""
        rows = self.query_one("#rows", OptionList)
        (rows.action_cursor_down if by > 0 else rows.action_cursor_up)()

    @on(Input.Submitted, "#query")
    @on(OptionList.OptionSelected, "#rows")
    def _change(self) -> None:
        """Open the dialog that changes the chosen setting."""
        setting = self.chosen
        if setting is not None:
            self.app.push_screen(EditSetting(self.context, setting), self._changed)

    def action_take_back(self) -> None:
        """Give the chosen setting its default again."""
        setting = self.chosen
        if setting is not None and setting.changed:
            key = setting.key
            self.load(lambda door: door.set_setting(key, ""))
            self.post_message(SettingSaved(key, ""))

    def _changed(self, saved: bool | None) -> None:
        if saved:
            self.load()


def described() -> Iterable[tuple[str, str, str]]:
    """(key, default, description) of every setting, section by section."""
    order = list(SECTIONS)
    sections = [key.partition(".")[0] for key, _, _ in describe()]
    order += [section for section in dict.fromkeys(sections) if section not in order]
    return sorted(describe(), key=lambda row: order.index(row[0].partition(".")[0]))


def setting_line(setting: Setting) -> Content:
    """A sign if it was changed, its name, its value."""
    value = clean(setting.value, keep_newlines=False)
    return Content.assemble(
        ("● " if setting.changed else "  ", "$text-accent"),
        f"{setting.key:<{KEY_CELLS}} ",
        (value, "$text-accent" if setting.changed else "$text-muted") if value else ("empty", "$text-muted italic"),
    )


def about_text(setting: Setting) -> Content:
    """What a setting does, and how it comes."""
    comes = f"Its default is {setting.default}." if setting.default else "It is empty by default."
    choices = f" One of: {', '.join(setting.choices)}." if setting.choices else ""
    return Content.assemble(setting.description, "\n", (clean(comes + choices, keep_newlines=False), "$text-muted"))
