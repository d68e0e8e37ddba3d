"""Badges: what kind of thing a line is about, by a sign, a word and a colour. The word alone says it too."""

from __future__ import annotations

from textual.content import Content

from secondme.text.clean import clean
from tui.theme import KINDS

_SIGNS = {
    "file": "▤",
    "chat": "»",
    "message": "›",
    "note": "✎",
    "mail": "@",
    "page": "◫",
    "fact": "◆",
    "person": "◉",
    "topic": "#",
    "summary": "≡",
}
"""One cell each in every font that terminals use; none is an emoji, whose width terminals disagree on."""
_ALSO = {
    "import": "message",
    "question": "chat",
    "answer": "chat",
    "source": "file",
    "passage": "file",
    "people": "person",
}
"""What the engine calls a kind, where that is another word."""
WIDTH = 10
"""Cells of a badge with its word: the sign, a space, seven for the word, a space."""


def kind_of(name: str) -> str:
    """The kind that a name of the engine stands for; an unknown name is a kind without a colour of its own."""
    return _ALSO.get(name, name)


def kind_style(name: str) -> str:
    """The style of a kind's text: `$kind-file` …, or muted for an unknown one."""
    kind = kind_of(name)
    return f"$kind-{kind}" if kind in KINDS else "$text-muted"


def badge(name: str, *, word: bool = True) -> Content:
    """`▤ file    `, always `WIDTH` cells so that what follows stands in a column; without its word one cell."""
    kind = kind_of(name)
    sign = _SIGNS.get(kind, "·")
    if not word:
        return Content.styled(sign, kind_style(name))
    label = Content(f"{sign} {clean(kind, keep_newlines=False)}").truncate(WIDTH - 1, ellipsis=True)
    return Content.styled(label.pad_right(WIDTH - label.cell_length).plain, kind_style(name))
