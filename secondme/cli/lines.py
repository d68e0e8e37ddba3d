"""Hits, removals and folders as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from secondme.api import FolderStatus, Hit, Removal


def hit_text(number: int, hit: Hit) -> str:
    """A hit for a list: where it is and how strong, then its words."""
    also = f" (also in {', '.join(hit.also)})" if hit.also else ""
    head = f"{number:2}. {hit.location()}{also}  {hit.score:.2f}{standing_text(hit)}"
    return f"{head}\n    {shorten(hit.text, 300)}"


def standing_text(hit: Hit) -> str:
    """How strongly a hit is held, in a few words; nothing where that is not known."""
    held = hit.standing
    if held is None:
        return ""
    fades = "faded" if held.faded else "pinned" if held.pinned else f"fades {held.fades_at}" if held.fades_at else ""
    return f"  · strength {held.strength:.1f}{f', {fades}' if fades else ''}"


def why_text(hit: Hit) -> str:
    """Why a hit was found: the parts of its score, the largest first, then the reasons."""
    parts = sorted(hit.parts, key=lambda part: -abs(part.value))
    lines = ["  ".join(f"{part.name} {part.value:+.2f}" for part in parts), *hit.because]
    return "".join(f"    · {line}\n" for line in lines)


def removal_text(removal: Removal, done: str) -> str:
    """What a removal touched; `done` says what was done to it."""
    return (
        f"{done}: {removal.sources} source(s), {removal.spans} spans, {removal.messages} messages, "
        f"{removal.answers} answers made from them ({removal.target})"
    )


def folder_text(folder: FolderStatus) -> str:
    """A watched folder for a list."""
    rest = [f"{count:,} {what}" for count, what in ((folder.skipped, "skipped"), (folder.failed, "failed")) if count]
    if folder.state == "asking":
        rest.append(f"{folder.missing:,} gone: `secondme watch confirm {folder.path}`")
    return f"{folder.state:9} {folder.files:6,} files  {folder.path}" + (f"  ({', '.join(rest)})" if rest else "")


def shorten(text: str, limit: int) -> str:
    """The text on one line, at most `limit` characters and an ellipsis."""
    line = " ".join(text.split())
    return f"{line[:limit]}{'…' if len(line) > limit else ''}"
