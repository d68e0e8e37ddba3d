"""What the commands share: the engine's door, progress on stderr, results on stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from secondme.api import FolderStatus, Hit, Progress, Removal
    from secondme.server.client import EngineClient


def say(text: str) -> None:
    """A line for the person, on stderr."""
    click.echo(text, err=True)


def open_engine() -> EngineClient:
    """A door to the engine, started if need be."""
    from secondme.places import places
    from secondme.server.client import connect

    return connect(places())


def interruptible(events: Iterator[Any]) -> Iterator[Any]:
    """Events until ctrl+c, which closes the stream: the engine stops the work and keeps what was done."""
    try:
        yield from events
    finally:
        close = getattr(events, "close", None)
        if close is not None:
            close()


def show(progress: Progress) -> None:
    """How far something is, on one line of a terminal."""
    if not sys.stderr.isatty():
        return
    left = "" if progress.seconds_left is None else f", {progress.seconds_left:.0f} s left"
    rate = f", {progress.per_second:.0f}/s" if progress.per_second else ""
    click.echo(
        f"\r{progress.stage} {progress.done} of {progress.total} {progress.unit}{rate}{left}\033[K", nl=False, err=True
    )


def end_line() -> None:
    """Clear the line of the progress."""
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)


def hit_text(number: int, hit: Hit) -> str:
    """A hit for a list."""
    mine = " (the assistant's own words)" if hit.role == "assistant" else ""
    text = " ".join(hit.text.split())
    also = f" (also in {', '.join(hit.also)})" if hit.also else ""
    return f"{number:2}. {hit.location()}{also}  {hit.score:.2f}{mine}{standing_text(hit)}\n    {text[:300]}{'…' if len(text) > 300 else ''}"


def standing_text(hit: Hit) -> str:
    """How strongly a hit is held, in a few words."""
    held = hit.standing
    if held is None:
        return ""
    fades = "faded" if held.faded else "pinned" if held.pinned else f"fades {held.fades_at}" if held.fades_at else ""
    return f"  · strength {held.strength:.1f}{f', {fades}' if fades else ''}"


def why_text(hit: Hit) -> str:
    """Why a hit was found."""
    parts = sorted(hit.parts, key=lambda part: -abs(part.value))
    lines = ["  ".join(f"{part.name} {part.value:+.2f}" for part in parts), *hit.because]
    return "".join(f"    · {line}\n" for line in lines)


def removal_text(removal: Removal, done: str) -> str:
    """What a removal touched."""
    return (
        f"{done}: {removal.sources} source(s), {removal.spans} spans, {removal.messages} messages, "
        f"{removal.answers} answers made from them ({removal.target})"
    )


def print_json(value: Any) -> None:
    """A result as one line of JSON."""
    from secondme.api.wire import encode

    click.echo(encode(value))


def nothing(text: str) -> None:
    """Say that nothing was found, and end with 3."""
    say(text)
    click.get_current_context().exit(3)


def fail(what: str, safe: str, remedy: str, code: int) -> None:
    """Say what failed, and end with its code."""
    say(" ".join(part for part in (what, safe, remedy) if part))
    click.get_current_context().exit(code)


def folder_text(one: FolderStatus) -> str:
    """A watched folder for a list."""
    rest = [f"{count:,} {what}" for count, what in ((one.skipped, "skipped"), (one.failed, "failed")) if count]
    rest += [f"{one.missing:,} gone: `secondme watch confirm {one.path}`"] if one.state == "asking" else []
    return f"{one.state:9} {one.files:6,} files  {one.path}" + (f"  ({', '.join(rest)})" if rest else "")
