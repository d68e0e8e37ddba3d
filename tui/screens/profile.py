"""What is known about the person and those around them; enter opens the words that say so."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from secondme.api import Profile, ProfileLine
from secondme.text import clean
from tui.calls import Calls
from tui.messages import CallFailed, ProfileLoaded
from tui.screens.dialog import hints
from tui.widgets.citations import PassageWanted


class ProfileScreen(Screen[None]):
    """The profile section by section."""

    CSS_PATH = "profile.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", show=False)]

    def __init__(self, calls: Calls) -> None:
        super().__init__()
        self._calls = calls
        self._lines: list[ProfileLine | None] = []

    def compose(self) -> ComposeResult:
        """A heading, the lines, the keys."""
        yield Static("Putting it together…", id="head", markup=False)
        yield OptionList(id="rows")
        yield Static(hints(("enter", "open the passage"), ("esc", "back")), classes="keys")

    def on_mount(self) -> None:
        """Ask for the profile."""
        self.query_one("#rows").focus()
        self._calls.run(self, lambda door: iter([ProfileLoaded(door.profile())]), "profile", exclusive=True)

    @on(ProfileLoaded)
    def _loaded(self, event: ProfileLoaded) -> None:
        self.query_one("#head", Static).update(head_line(event.profile))
        options = self.query_one("#rows", OptionList)
        options.clear_options()
        self._lines = []
        for section in event.profile.sections:
            self._lines += [None, *section.lines]
            options.add_option(Option(section.title, disabled=True))
            options.add_options([Option(line_text(line)) for line in section.lines])
        options.highlighted = 1 if self._lines else None

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        line = self._lines[event.option_index]
        if line is not None and line.span_ids:
            self.post_message(PassageWanted(line.span_ids[0]))

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.query_one("#head", Static).update(clean(event.error.sentence(), keep_newlines=False))

    def action_back(self) -> None:
        """Return to the chat."""
        self.dismiss()


def head_line(profile: Profile) -> Content:
    """The day, or why there is nothing."""
    if not profile.sections:
        return Content(
            "Nothing is known about you yet. What you say in chats and notes is read at night, or with\n`secondme jobs run learn`."
        )
    said = f"As it was said until {profile.day}. A line that is wrong goes with `secondme facts reject`."
    return Content.assemble(("What your memory knows of you", "bold"), "\n", (said, "$foreground-muted"))


def line_text(line: ProfileLine) -> Content:
    """A line with the day from which it holds. Text from chats is content, never markup."""
    since = f"  since {line.since}" if line.since else ""
    return Content.assemble("  ", clean(line.text, keep_newlines=False), (since, "$foreground-muted"))
