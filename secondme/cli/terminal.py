"""What the commands share: the engine, progress on stderr, results on stdout, ways to end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from secondme.api import Progress
    from secondme.server.client import EngineClient

Row = TypeVar("Row")

INTERRUPTED = 130
"""The exit code after ctrl+c."""


def open_engine() -> EngineClient:
    """The running engine, started if need be."""
    from secondme.places import places
    from secondme.server.client import connect

    return connect(places())


# --- narration, on stderr


def say(text: str) -> None:
    """Print a line for the person, on stderr."""
    click.echo(text, err=True)


def interruptible(events: Iterator[Any]) -> Iterator[Any]:
    """Pass events on. After ctrl+c the stream is closed: the engine stops the work and keeps what was done."""
    try:
        yield from events
    finally:
        close = getattr(events, "close", None)
        if close is not None:
            close()


def follow(events: Iterator[Any]) -> Iterator[Any]:
    """Show the progress of a stream and pass on its other events. Interruptible."""
    from secondme.api import Progress

    for event in interruptible(events):
        if isinstance(event, Progress):
            show_progress(event)
        else:
            end_line()
            yield event
    end_line()


def follow_to_end(events: Iterator[Any]) -> None:
    """Show the progress of a stream that has no other events."""
    for _ in follow(events):
        pass


def show_progress(progress: Progress) -> None:
    """Show progress on one line of a terminal, over the progress before it."""
    if not sys.stderr.isatty():
        return
    left = "" if progress.seconds_left is None else f", {progress.seconds_left:.0f} s left"
    rate = f", {progress.per_second:.0f}/s" if progress.per_second else ""
    text = f"{progress.stage} {progress.done} of {progress.total} {progress.unit}{rate}{left}"
    click.echo(f"\r{text}\033[K", nl=False, err=True)


def end_line() -> None:
    """Clear the line of the progress."""
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)


# --- results, on stdout


def json_option(help: str = "Print the result as JSON.") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--json` of a command; its argument is `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help=help)


def print_json(value: Any) -> None:
    """Print a result as one line of JSON."""
    from secondme.api.wire import encode

    click.echo(encode(value))


def print_result(value: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """Print a result as JSON, or as lines of text. Lines from a generator are made only when they are printed."""
    if as_json:
        print_json(value)
        return
    for line in lines:
        click.echo(line)


def print_rows(rows: Sequence[Row], text: Callable[[Row], str], *, as_json: bool, empty: str = "") -> None:
    """Print rows as JSON, or the text of each. When there are none, say `empty` and end with 3."""
    print_result(rows, map(text, rows), as_json=as_json)
    if not rows and empty:
        end_with_nothing(empty)


# --- ends


def end_with_nothing(text: str) -> None:
    """Say that nothing was found, and end with 3."""
    say(text)
    click.get_current_context().exit(3)


def end_with_failure(what: str, safe: str, remedy: str, code: int) -> None:
    """Say what failed, and end with this exit code."""
    say(" ".join(part for part in (what, safe, remedy) if part))
    click.get_current_context().exit(code)
