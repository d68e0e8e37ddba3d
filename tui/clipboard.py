"""Copying, and saying truly whether it worked.

A program of the desktop takes the text and gives it back, which proves it. The terminal's own way (OSC 52) answers
nothing, and some terminals ignore it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

SECONDS = 2.0
"""How long a program may take; one that waits for a display that is gone must not hold anybody up."""


@dataclass(frozen=True)
class Program:
    """How a clipboard is written and read, and the variable that says that there is one."""

    write: tuple[str, ...]
    read: tuple[str, ...]
    needs: str = ""


PROGRAMS = (
    Program(("wl-copy",), ("wl-paste", "--no-newline"), "WAYLAND_DISPLAY"),
    Program(("xclip", "-selection", "clipboard"), ("xclip", "-selection", "clipboard", "-o"), "DISPLAY"),
    Program(("xsel", "--clipboard", "--input"), ("xsel", "--clipboard", "--output"), "DISPLAY"),
    Program(("pbcopy",), ("pbpaste",)),
)


def copy_verified(text: str, environment: Mapping[str, str] | None = None) -> bool:
    """Copy by a program of the desktop; whether the clipboard then held the text. It may take some seconds."""
    variables = os.environ if environment is None else environment
    path = variables.get("PATH")
    return any(
        _copies(program, text)
        for program in PROGRAMS
        if (not program.needs or variables.get(program.needs))
        and all(shutil.which(name, path=path) for name in (program.write[0], program.read[0]))
    )


def _copies(program: Program, text: str) -> bool:
    try:
        # The programs stay in the background to serve the text, so that their output must not be waited for.
        subprocess.run(
            program.write,
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        )
        read = subprocess.run(
            program.read, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return read.stdout.decode(errors="replace").rstrip("\n") == text.rstrip("\n")
