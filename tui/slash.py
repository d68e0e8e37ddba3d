"""Slash commands in the box of the chat: the commands of the palette by name, `/find the lake`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.actions import Action, slash_commands

_FORM = re.compile(r"/(?P<name>[A-Za-z][A-Za-z-]*)(?:\s+(?P<argument>.*))?", re.DOTALL)
"""A slash and a word. A path, `/home/mira`, is none: it is text."""


@dataclass(frozen=True)
class Command:
    """An action, and what stood behind its name."""

    action: Action
    argument: str = ""


def read_command(text: str) -> Command | str | None:
    """The command that a text is; a sentence when it looks like one and is none; None for other text.

    The beginning of a name is enough where it fits one command only: `/new` is `/new-chat`.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return None
    name, argument = found["name"].lower(), (found["argument"] or "").strip()
    commands = slash_commands()
    fitting = [name] if name in commands else [known for known in commands if known.startswith(name)]
    if len(fitting) > 1:
        return f"/{name} may be {' or '.join('/' + known for known in fitting[:4])}: type a letter more."
    if not fitting:
        return f"There is no command /{name}. Tab shows them all; to ask it as a question, begin with another sign."
    action = commands[fitting[0]]
    if argument and not action.takes:
        return f"/{fitting[0]} takes nothing behind it."
    return Command(action, argument)


def suggestions(text: str) -> list[tuple[str, Action]]:
    """The commands that a text which is being typed may become, with their names; none once a space follows."""
    if not text.startswith("/") or not re.fullmatch(r"/[A-Za-z-]*", text):
        return []
    begun = text[1:].lower()
    commands = slash_commands()
    first = [name for name in commands if name.startswith(begun)]
    also = [name for name in commands if begun and begun in name and name not in first]
    return [(name, commands[name]) for name in first + also]
