"""`chat`: a conversation line by line, for screen readers and terminals that can't draw."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from secondme.api.answers import marked_text
from secondme.cli.root import cli
from secondme.cli.secrets import ask_about_secrets
from secondme.cli.terminal import interruptible, open_engine, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from secondme.api import Answer, Citation
    from secondme.server.client import EngineClient

HELP = "Ask or tell something and press Enter. /source 1 reads a source out, /new begins another chat, /quit ends."
_NUMBER = re.compile(r" ?\[(\d+)\]")
_QUOTE = re.compile(r"(?m)^> ?")


@cli.command()
@click.option("--chat", "chat_id", help="Go on in this chat.")
@click.option("--off-record", is_flag=True, help="Keep nothing of what is said.")
def chat(chat_id: str | None, off_record: bool) -> None:
    """Talk with your memory line by line: plain text, sources spelled out, nothing is redrawn."""
    engine = open_engine()
    say(HELP)
    shown: Sequence[Citation] = ()
    while (line := _read_line()) is not None:
        command, _, rest = line.partition(" ")
        if command in ("/quit", "/exit"):
            break
        if command == "/new":
            chat_id, shown = None, ()
            say("A new chat.")
        elif command == "/source":
            _read_source(engine, shown, rest.strip())
        elif command == "/help" or line.startswith("/"):
            say(HELP)
        elif line:
            answer = _answer(engine, line, chat_id, off_record=off_record)
            if answer is not None:
                chat_id, shown = answer.chat_id, answer.citations
    say("Bye." if off_record or chat_id is None else f"Bye. `secondme chat --chat {chat_id}` goes on with this chat.")


def _read_line() -> str | None:
    """What the person writes next; None at the end of the input, or after ctrl+c."""
    try:
        if sys.stdin.isatty():
            return input("You: ").strip()
        line = sys.stdin.readline()
        return line.strip() if line else None
    except (EOFError, KeyboardInterrupt):
        click.echo()
        return None


def _answer(engine: EngineClient, line: str, chat_id: str | None, *, off_record: bool) -> Answer | None:
    """Ask, and print the whole answer once it is there; None where it failed or was stopped."""
    from secondme import api
    from secondme.api.wire import error_of

    secrets = "keep" if off_record else ask_about_secrets(line)
    try:
        for event in interruptible(engine.ask(line, chat_id=chat_id, remember=not off_record, secrets=secrets)):
            if isinstance(event, api.Done):
                for text in spelled_out(event.answer):
                    click.echo(text)
                return event.answer
            if isinstance(event, api.Failed):
                say(error_of(event).sentence())
    except KeyboardInterrupt:
        say("Stopped; what was written is kept.")
    return None


def spelled_out(answer: Answer) -> list[str]:
    """The lines of an answer as they are read aloud: numbers and quotes as words, then each source."""
    text = _NUMBER.sub(r", source \1", marked_text(answer).replace(" [?]", ", not in your memory"))
    lines = [part.strip() for part in _QUOTE.sub("Quote: ", text).splitlines()]
    said = [line for line in lines if line]
    first = [f"Second Me: {said[0]}", *said[1:]] if said else []
    return [*first, *(f"Source {one.number}: {one.hit.location()}." for one in answer.citations)]


def _read_source(engine: EngineClient, shown: Sequence[Citation], number: str) -> None:
    """Print the passage of a source of the last answer."""
    citation = next((one for one in shown if str(one.number) == number), None)
    if citation is None:
        say(f"The last answer has no source {number}." if number else "Say which: /source 1.")
        return
    click.echo(f"{citation.hit.location()}: {citation.hit.text}")
