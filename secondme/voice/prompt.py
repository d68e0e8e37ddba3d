"""What a model reads to write as the owner; training and drafting make the same turns."""

from __future__ import annotations

from collections.abc import Sequence

from models.protocol import ChatTurn

DRAFT_TOKENS = 160
"""The longest draft."""
OWNER = "the person"
"""Stands for an owner whose name is not known."""


def draft_turns(order: str, notes: Sequence[str] = (), me: str = "") -> list[ChatTurn]:
    """The turns that order a text, "a note to Lena that I come later", from notes, of which each is a line."""
    name = me or OWNER
    system = (
        f"You write as {name}, in the words and the manner of {name}. Write only the text that is ordered. Names, "
        "numbers and dates are in the order or in the notes."
    )
    lines = [f"[{number}] {note}" for number, note in enumerate(notes, start=1)]
    read = "\n".join(["Notes:", *lines, "", ""]) if lines else ""
    return [ChatTurn("system", system), ChatTurn("user", f"{read}Write {order}")]
