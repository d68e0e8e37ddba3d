"""The page of the profile: what is known about the person and those around them.

Enter opens the words that say so. A line can be pinned, hidden, rewritten, or marked as wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from secondme.api import Profile, ProfileLine
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.keymap import with_keys
from tui.messages import WhyRequested
from tui.screens.judging import JudgingPage
from tui.screens.list_page import Line
from tui.screens.rewrite import RewriteScreen

NOTHING = (
    "Nothing is known about you yet. What you say in chats and notes is read at night; @activity, then "
    "@activity.run_job on learn, reads it now."
)
MANY_FACTS = "This line holds more than one fact. Hide it, or reject one of them: @memory, then @memory.facts."


@dataclass
class ProfileLoaded(Message):
    """The profile was read."""

    profile: Profile


class ProfileScreen(JudgingPage[ProfileLine]):
    """The profile section by section."""

    PLACE = "profile"
    BINDINGS: ClassVar[list[BindingType]] = bindings(PLACE)
    WAITING = "Putting it together…"
    KEYS = (("enter", "passage"),)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._hidden = False

    def read(self, door: Door) -> ProfileLoaded:
        """Read the profile, with hidden lines where they are shown."""
        return ProfileLoaded(door.profile(hidden=self._hidden))

    @on(ProfileLoaded)
    def _loaded(self, event: ProfileLoaded) -> None:
        lines: list[Line[ProfileLine] | str] = []
        for section in event.profile.sections:
            lines.append(clean(section.title, keep_newlines=False))
            lines += [Line(line_text(line), line, line.id) for line in section.lines]
        self.show(head_line(event.profile, with_keys(self.app, NOTHING)), lines)

    def passage_of(self, row: ProfileLine) -> str:
        """The words that say so."""
        return row.span_ids[0] if row.span_ids else ""

    def _edit(self, action: str) -> None:
        line = self.chosen
        if line is not None:
            # The same action again takes it back.
            edit = "" if action == line.action else action
            self.load(lambda door: door.edit_profile(line.id, edit))

    def action_pin_line(self) -> None:
        """Pin the line, or take the pin away."""
        self._edit("pinned")

    def action_hide_line(self) -> None:
        """Hide the line, or show it again."""
        self._edit("hidden")

    def action_edit_line(self) -> None:
        """Say the line in other words."""
        line = self.chosen
        if line is not None:
            screen = RewriteScreen(self.calls, line.text, lambda door, text: door.edit_profile(line.id, "edited", text))
            self.app.push_screen(screen, lambda text: self.load() if text else None)

    def action_reject_line(self) -> None:
        """Mark the fact behind the line as wrong."""
        line = self.chosen
        if line is not None and line.fact_id:
            self.judge(line.fact_id, "rejected", "It no longer counts.")
        elif line is not None:
            self.app.notify(with_keys(self.app, MANY_FACTS), markup=False)

    def action_why(self) -> None:
        """Say where it came from, why it was recalled, what changed it."""
        line = self.chosen
        if line is not None and (line.fact_id or line.span_ids):
            self.post_message(WhyRequested(line.fact_id or line.span_ids[0]))

    def action_show_hidden(self) -> None:
        """Show hidden lines too, or no longer."""
        self._hidden = not self._hidden
        self.load()


def head_line(profile: Profile, nothing: str) -> Content:
    """The day, or why there is nothing."""
    if not profile.sections:
        return Content.assemble(("Profile", "bold $title"), "\n\n", nothing)
    day = f"As it was said until {profile.day}."
    return Content.assemble(("What your memory knows of you", "bold $title"), "\n", (day, "$foreground-muted"))


def line_text(line: ProfileLine) -> Content:
    """A line with the day from which it holds. Text from chats is content, never markup."""
    since = f"  since {line.since}" if line.since else ""
    mark = {"pinned": "★ ", "edited": "✎ ", "hidden": "· "}.get(line.action, "  ")
    colour = "$foreground-muted" if line.action == "hidden" else "$foreground"
    return Content.assemble(
        (mark, "$text-accent"), (clean(line.text, keep_newlines=False), colour), (since, "$foreground-muted")
    )
