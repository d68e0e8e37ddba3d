"""Text from files, servers and people, made safe for the screen."""

from __future__ import annotations


def printable(text: str, most: int) -> str:
    """The printable characters of a text, at most `most` of them: none of them steers a terminal."""
    return "".join(ch for ch in text if ch.isprintable())[:most]
