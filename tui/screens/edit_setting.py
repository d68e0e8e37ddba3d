"""The dialog that changes one setting. What cannot be stays in the box, with one sentence that says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from secondme.api.door import Door
from secondme.settings import choices_of
from secondme.text.clean import clean
from tui.context import Context
from tui.keymap import read_key_map
from tui.messages import CallFailed, SettingSaved
from tui.screens.dialog import Dialog
from tui.widgets.inputs import CleanInput
from tui.widgets.key_line import KeyHints


@dataclass(frozen=True)
class Setting:
    """A setting with its value in force, as text."""

    key: str
    value: str
    default: str
    description: str

    @property
    def section(self) -> str:
        """Its section of the settings file."""
        return self.key.partition(".")[0]

    @property
    def changed(self) -> bool:
        """Whether its value is not the default."""
        return bool(self.value) and self.value != self.default

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that it takes, when these can be listed."""
        return choices_of(self.key)

    @property
    def searched(self) -> str:
        """Everything that a search looks at, in lower case."""
        return f"{self.key} {self.value} {self.description}".lower()


class EditSetting(Dialog[bool]):
    """Dismissed with True when the setting was changed."""

    def __init__(self, context: Context, setting: Setting) -> None:
        super().__init__()
        self._given = context
        self._setting = setting

    def compose(self) -> ComposeResult:
        """What it does, the value or the choices, what is wrong, the keys."""
        setting = self._setting
        choices = self._choices()
        with Vertical(id="frame"):
            yield Static(setting.key, classes="title", markup=False)
            yield Static(setting.description, markup=False)
            comes = clean(setting.default, keep_newlines=False) or "empty"
            yield Static(f"Its default: {comes}", classes="label", markup=False)
            if choices:
                yield OptionList(*[Option(choice) for choice in choices], id="choices", markup=False)
            else:
                yield CleanInput(setting.value, id="value")
            yield Static("", classes="error", markup=False)
            save = ("enter", "take it") if choices else ("enter", "save")
            more = () if choices else (("ctrl+u", "empty it for the default"),)
            yield KeyHints(save, *more, ("esc", "cancel"), classes="hint")

    def on_mount(self) -> None:
        """Choose the value in force."""
        choices = self._choices()
        if choices:
            rows = self.query_one("#choices", OptionList)
            rows.highlighted = choices.index(self._setting.value) if self._setting.value in choices else 0
            rows.focus()
        else:
            self.query_one("#value").focus()

    def _choices(self) -> list[str]:
        if self._setting.key == "ui.theme":
            return sorted(self.app.available_themes, key=lambda name: (not name.startswith("secondme"), name))
        return list(self._setting.choices)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._save(self._choices()[event.option_index])

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        value = clean(event.value, keep_newlines=False).strip()
        troubles = read_key_map(value).troubles if self._setting.key == "ui.keys" else ()
        if troubles:
            self.show_error(troubles[0])
        else:
            self._save(value)

    def _save(self, value: str) -> None:
        key = self._setting.key

        def save(door: Door) -> Iterator[Message]:
            door.set_setting(key, value)
            yield SettingSaved(key, value)

        self._given.calls.run(self, save, "setting", exclusive=True)

    @on(SettingSaved)
    def _saved(self) -> None:
        # The message goes on to the app, which may have to follow.
        self.dismiss(True)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.show_error(event.error.sentence())
