"""What is known about the person and those around them; enter opens the words that say so. Lines can be pinned, hidden,
rewritten, and what is wrong taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from secondme.api import Profile, ProfileLine
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.calls import Calls
from tui.messages import CallFailed, ProfileLoaded
from tui.screens.contradictions import ContradictionsScreen
from tui.screens.dialog import hints
from tui.screens.list_page import ListPage
from tui.screens.rewrite import RewriteScreen
from tui.widgets.citations import PassageWanted


class ProfileScreen(ListPage):
    """The profile section by section."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("profile")

    def __init__(self, calls: Calls) -> None:
        super().__init__()
        self._calls = calls
        self._lines: list[ProfileLine | None] = []
        self._hidden = False

    def compose(self) -> ComposeResult:
        """A heading, the lines, the keys."""
        yield Static("Putting it together…", id="head", markup=False)
        yield OptionList(id="rows")
        keys = (
            ("enter", "passage"),
            ("p", "pin"),
            ("e", "rewrite"),
            ("h", "hide"),
            ("x", "wrong"),
            ("a", "hidden"),
            ("c", "contradictions"),
        )
        yield Static(hints(*keys, ("esc", "back")), classes="keys")

    def on_mount(self) -> None:
        """Ask for the profile."""
        self.query_one("#rows").focus()
        self._load(lambda door: None)

    def _load(self, change: Callable[[Door], object]) -> None:
        """Change something, then read the profile anew."""
        hidden = self._hidden

        def load(door: Door) -> Iterator[Message]:
            change(door)
            yield ProfileLoaded(door.profile(hidden=hidden))

        self._calls.run(self, load, "profile", exclusive=True)

    @on(ProfileLoaded)
    def _loaded(self, event: ProfileLoaded) -> None:
        self.query_one("#head", Static).update(head_line(event.profile))
        options = self.query_one("#rows", OptionList)
        chosen = self.chosen(self._lines)
        options.clear_options()
        self._lines = []
        for section in event.profile.sections:
            self._lines += [None, *section.lines]
            options.add_option(Option(section.title, disabled=True))
            options.add_options([Option(line_text(line)) for line in section.lines])
        ids = [line.id if line else "" for line in self._lines]
        options.highlighted = ids.index(chosen.id) if chosen and chosen.id in ids else 1 if self._lines else None

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        line = self._lines[event.option_index]
        if line is not None and line.span_ids:
            self.post_message(PassageWanted(line.span_ids[0]))

    def _do(self, action: str, text: str = "") -> None:
        line = self.chosen(self._lines)
        if line is not None:
            taken_back = "" if action == line.action and not text else action
            self._load(lambda door: door.edit_profile(line.id, taken_back, text))

    def action_pin_line(self) -> None:
        """Pin the line, or take the pin away."""
        self._do("pinned")

    def action_hide_line(self) -> None:
        """Hide the line, or show it again."""
        self._do("hidden")

    def action_edit_line(self) -> None:
        """Say the line in other words."""
        line = self.chosen(self._lines)
        if line is not None:
            self.app.push_screen(RewriteScreen(line.text), lambda text: self._do("edited", text) if text else None)

    def action_reject_line(self) -> None:
        """The fact that the line tells is wrong."""
        line = self.chosen(self._lines)
        if line is not None and line.fact_id:
            fact_id = line.fact_id
            self._load(lambda door: door.judge_fact(fact_id, "rejected"))
            self.app.notify(f"It counts no more. `secondme facts accept {fact_id[:8]}` takes this back.", markup=False)
        elif line is not None:
            self.app.notify(
                "This line tells more than one fact; hide it, or reject one with `secondme facts`.", markup=False
            )

    def action_contradictions(self) -> None:
        """What a later word ended."""
        self.app.push_screen(ContradictionsScreen(self._calls))

    def action_show_hidden(self) -> None:
        """Show hidden lines too, or no longer."""
        self._hidden = not self._hidden
        self._load(lambda door: None)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.query_one("#head", Static).update(clean(event.error.sentence(), keep_newlines=False))


def head_line(profile: Profile) -> Content:
    """The day, or why there is nothing."""
    if not profile.sections:
        return Content(
            "Nothing is known about you yet. What you say in chats and notes is read at night, or with\n`secondme jobs run learn`."
        )
    said = f"As it was said until {profile.day}."
    return Content.assemble(("What your memory knows of you", "bold"), "\n", (said, "$foreground-muted"))


def line_text(line: ProfileLine) -> Content:
    """A line with the day from which it holds. Text from chats is content, never markup."""
    since = f"  since {line.since}" if line.since else ""
    mark = {"pinned": "★ ", "edited": "✎ ", "hidden": "· "}.get(line.action, "  ")
    colour = "$foreground-muted" if line.action == "hidden" else "$foreground"
    return Content.assemble(
        (mark, "$text-accent"), (clean(line.text, keep_newlines=False), colour), (since, "$foreground-muted")
    )
