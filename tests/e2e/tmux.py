"""A real terminal for a test: tmux, whose screen is read as text."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event

TMUX = shutil.which("tmux")
LOOK_EACH = 0.05
DEADLINE = 120.0
"""Seconds after which what does not come is missed: a busy machine answers slowly."""


class Terminal:
    """A terminal of 120×40 with one program in it. Nothing of a person's tmux is used or touched."""

    def __init__(self, command: str, environment: Mapping[str, str], socket: Path) -> None:
        self._tmux = [str(TMUX), "-f", "/dev/null", "-S", str(socket)]
        # A terminal tells its own size.
        sizeless = {name: value for name, value in environment.items() if name not in ("COLUMNS", "LINES")}
        self._environment = sizeless | {"TERM": "screen-256color"}
        self._call("new-session", "-d", "-s", "main", "-x", "120", "-y", "40", command)

    def _call(self, *arguments: str) -> str:
        done = subprocess.run(
            [*self._tmux, *arguments], env=self._environment, capture_output=True, text=True, check=True, timeout=30
        )
        return done.stdout

    def shown(self) -> str:
        """The screen."""
        return self._call("capture-pane", "-p", "-t", "main")

    def press(self, *keys: str) -> None:
        """Press keys by their names in tmux: Enter, Escape, M-1, F4, C-f."""
        self._call("send-keys", "-t", "main", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._call("send-keys", "-t", "main", "-l", text)

    def wait(self, *texts: str) -> str:
        """Wait until the screen holds all of these; returns the screen."""
        return self.until(lambda screen: all(text in screen for text in texts), " and ".join(texts))

    def wait_gone(self, text: str) -> str:
        """Wait until the screen no longer holds this."""
        return self.until(lambda screen: text not in screen, f"{text} to go")

    def until(self, holds: Callable[[str], object], what: str) -> str:
        """Look at the screen again and again until something holds of it; fails with the screen after DEADLINE."""
        end, screen = time.monotonic() + DEADLINE, ""
        while time.monotonic() < end:
            screen = self.shown()
            if holds(screen):
                return screen
            Event().wait(LOOK_EACH)
        raise AssertionError(f"waited for {what}; the screen is\n{screen}")

    def ended(self) -> bool:
        """Whether the program has ended, and the terminal with it."""
        return (
            subprocess.run([*self._tmux, "has-session", "-t", "main"], capture_output=True, check=False).returncode != 0
        )

    def wait_ended(self) -> None:
        """Wait until the program has ended."""
        end = time.monotonic() + DEADLINE
        while not self.ended():
            assert time.monotonic() < end, "the program did not end"
            Event().wait(LOOK_EACH)

    def close(self) -> None:
        """End the program, if it is still there."""
        with suppress(subprocess.CalledProcessError):
            self._call("kill-server")
