"""Which of several versions of a message is shown, and the way to the others."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static


@dataclass
class VersionChosen(Message):
    """The person wants to see the version of the chat that goes through this message."""

    message_id: str


@dataclass(frozen=True)
class Place:
    """A message among its versions, oldest first; no versions where it is the only one."""

    message_id: str = ""
    versions: tuple[str, ...] = ()

    def beside(self, step: int) -> str | None:
        """The version so many steps further, or None where there is none."""
        if self.message_id not in self.versions:
            return None
        number = self.versions.index(self.message_id) + step
        return self.versions[number] if 0 <= number < len(self.versions) else None

    def with_new(self, message_id: str) -> Place:
        """The place of another version, written after all of these."""
        return Place(message_id, (*(self.versions or (self.message_id,)), message_id))

    def label(self) -> str:
        """`‹ 2/3 ›`; empty where there is one version only."""
        if len(self.versions) < 2 or self.message_id not in self.versions:
            return ""
        return f"‹ {self.versions.index(self.message_id) + 1}/{len(self.versions)} ›"


class VersionLine(Static):
    """`‹ 2/3 ›` below a message; a click at its left or right half goes to the version before or after."""

    DEFAULT_CSS = """
    VersionLine { width: auto; height: 1; color: $text-accent; display: none; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self.place = Place()

    def show(self, place: Place) -> None:
        """Show a place."""
        self.place = place
        self.update(Content(place.label()))
        self.display = bool(place.label())

    def on_click(self, event: events.Click) -> None:
        """Go to the version before or after."""
        event.stop()
        if other := self.place.beside(-1 if event.x < self.size.width / 2 else 1):
            self.post_message(VersionChosen(other))
