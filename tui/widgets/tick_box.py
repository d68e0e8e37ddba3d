"""A box to tick."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Checkbox


class TickBox(Checkbox):
    """A checkbox that says by its signs whether it is ticked, `[x]` or `[ ]`: Textual says it by a colour alone."""

    @property
    def _button(self) -> Content:
        style = "bold $text-accent" if self.value else "$text-muted"
        return Content.styled(tick(self.value), style)


def tick(on: bool) -> str:
    """A box, ticked or not."""
    return "[x]" if on else "[ ]"
