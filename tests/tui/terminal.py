"""A terminal for tests: a program in a pty, and every byte that it writes."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence

SECONDS = 300.0
OWN = re.compile(
    "\x1b\\[(?:"
    "[0-9;]*m"  # colours
    "|[0-9]+;[0-9]+H|[0-9]+[GX]"  # the cursor to a cell or a column, cells emptied
    "|\\?[0-9]+[hl]"  # modes
    "|\\?(?:2026|2048)\\$p|[<>][0-9]*u"  # what the terminal can do, and its keyboard
    ")"
    "|\x1b\\]22;[a-z-]*\x07"  # the shape of the mouse's pointer
    "|\x1b\\]52;c;[A-Za-z0-9+/=]*\x07"  # what is copied
)
"""Sequences that Textual itself writes."""
CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What steers a terminal, or turns text round."""


def output_of(command: Sequence[str], environment: dict[str, str], size: tuple[int, int] = (120, 40)) -> bytes:
    """Run a program in a terminal to its end. Raises TimeoutError, and the program is killed."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    )
    os.close(slave)
    written, end = bytearray(), time.monotonic() + SECONDS
    try:
        while True:
            if not select.select([master], [], [], max(0.0, end - time.monotonic()))[0]:
                raise TimeoutError(bytes(written[-2000:]))
            try:
                read = os.read(master, 1 << 16)
            except OSError:  # Linux: the program has closed its end
                break
            if not read:
                break
            written += read
        process.wait(timeout=SECONDS)
    finally:
        process.kill()
        process.wait()
        os.close(master)
    return bytes(written)


def foreign(written: bytes) -> list[str]:
    """What in a terminal's input is neither text nor a sequence of Textual's own, with what follows it."""
    text = OWN.sub("", written.decode(errors="replace"))
    return [text[found.start() : found.start() + 20] for found in CONTROL.finditer(text)]
