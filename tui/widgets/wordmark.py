"""The name of the app, drawn in three lines for the welcome, in one elsewhere."""

from __future__ import annotations

from textual.content import Content

_DRAWN = (
    "┏━┓┏━╸┏━╸┏━┓┏┓╻╺┳┓   ┏┳┓┏━╸",
    "┗━┓┣╸ ┃  ┃ ┃┃┗┫ ┃┃   ┃┃┃┣╸ ",
    "┗━┛┗━╸┗━╸┗━┛╹ ╹╺┻┛   ╹ ╹┗━╸",
)
SMALL = "◗ second me"
"""The mark: one half, beside the name."""


def wordmark(*, small: bool = False) -> Content:
    """The name, 27 cells wide and three high, or small in one line."""
    return Content.styled(SMALL if small else "\n".join(_DRAWN), "bold $title")
