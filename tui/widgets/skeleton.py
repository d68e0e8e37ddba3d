"""What stands where a list will be while it is read: grey bars that do not move, so that nothing flickers."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from secondme.text.clean import clean

_WIDTHS = (0.62, 0.48, 0.7, 0.4, 0.56, 0.66)
"""Parts of the width that the bars take, in turn."""
BAR = "▁"


class Skeleton(Widget):
    """Bars in place of `lines` lines, and `what` is being read as the first line: `Skeleton("Reading the tree…")`.

    Show it only while nothing is there; take it away (`display = False`) with the first lines.
    """

    DEFAULT_CSS = """
    Skeleton { width: 1fr; height: 1fr; padding: $space-line; color: $text-muted; }
    """

    def __init__(self, what: str = "", lines: int = 6, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._what = what
        self._lines = lines

    def show(self, what: str) -> None:
        """Say what is waited for, such as a rate and an end."""
        self._what = what
        self.refresh()

    def render(self) -> Content:
        """The words, then the bars."""
        width = max(self.content_size.width, 8)
        bars = [
            Content.styled(BAR * int(width * _WIDTHS[line % len(_WIDTHS)]), "$border-blurred")
            for line in range(min(self._lines, max(self.content_size.height - 2, 0)))
        ]
        head = [Content(clean(self._what, keep_newlines=False)), Content("")] if self._what else []
        return Content("\n").join([*head, *bars])
