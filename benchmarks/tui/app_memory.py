"""Memory of the app's process: after the first paint, and with its pages opened one after the other.

    python -m benchmarks.tui.app_memory [--home FOLDER]

The real command in a pseudo-terminal over a real engine without a model. Prints JSON, in MB (resident); goal: 150.
"""

from __future__ import annotations

import contextlib
import json
import os
import pty
import select
import signal
import sys
import time
from pathlib import Path

from benchmarks.tui.memory import arguments, home_with
from secondme.server.client import connect

GOAL = 150
PAGES = {"f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~",
         "f8": "\x1b[19~", "f9": "\x1b[20~", "f12": "\x1b[24~", "find": "\x06"}  # fmt: skip
"""What a terminal sends for the key of each page."""
REST_SECONDS = 2.0


class Terminal:
    """The app on a pseudo-terminal."""

    def __init__(self) -> None:
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            os.environ |= {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
            os.execv(sys.executable, [sys.executable, "-P", "-m", "secondme"])

    def send(self, text: str) -> None:
        """Press a key, and let the app rest."""
        os.write(self._terminal, text.encode())
        self.rest()

    def rest(self) -> None:
        """Read what it writes for a while; its cursor blinks, so that it is never silent."""
        end = time.monotonic() + REST_SECONDS
        while (left := end - time.monotonic()) > 0:
            if select.select([self._terminal], [], [], left)[0]:
                os.read(self._terminal, 65536)

    def resident_mb(self) -> float:
        """Memory of the process now."""
        status = Path(f"/proc/{self._child}/status").read_text()
        return round(int(status.partition("VmRSS:")[2].split()[0]) / 1024, 1)

    def close(self) -> None:
        """End the app."""
        with contextlib.suppress(OSError):
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
        os.close(self._terminal)


def measure() -> dict[str, object]:
    """Memory at each step."""
    app = Terminal()
    try:
        for _ in range(3):
            app.rest()
        steps = {"first paint": app.resident_mb()}
        for name, keys in PAGES.items():
            app.send(keys)
            steps[name] = app.resident_mb()
            app.send("\x1b")
        steps["back in the chat"] = app.resident_mb()
    finally:
        app.close()
    return {"mb": steps, "most_mb": max(steps.values()), "goal": GOAL, "reached": max(steps.values()) <= GOAL}


def main() -> None:
    """Measure, and print JSON."""
    given = arguments()
    with home_with(given) as where:
        engine = connect(where)
        print(json.dumps(measure(), indent=1))
        engine.leave()


if __name__ == "__main__":
    main()
