"""Time to first paint of the app, over that of an empty Textual app. Goal: a ratio of at most 1.5.

    python -P benchmarks/startup/first_paint.py [ROUNDS]

Both run in turn in a pseudo-terminal of 120 x 40, with an engine that never answers. The empty app counts as
painted when a screenful of characters has arrived, and ours when the words of its input box have.
Prints medians in milliseconds as JSON.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
import time
from pathlib import Path

COLUMNS, ROWS = 120, 40
LIMIT_SECONDS = 30.0
GOAL = 1.5

EMPTY = "from textual.app import App; App().run()"
OURS = "import time; from tui.app import run; run(lambda: time.sleep(3600), theme='textual-dark')"
OUR_WORDS = b"Ask about"


def first_paint(program: str, words: bytes) -> float:
    """Seconds from the start of a Python program to its first paint on a new pseudo-terminal.

    Painted means that the program wrote `words` or, without words, a screenful of bytes. Raises TimeoutError.
    """
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(sys.executable, [sys.executable, "-P", "-c", program])
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        written = b""
        while time.perf_counter() - started < LIMIT_SECONDS:
            if select.select([terminal], [], [], 0.1)[0]:
                written += os.read(terminal, 65536)
            if (words in written) if words else len(written) > COLUMNS * ROWS:
                return time.perf_counter() - started
        raise TimeoutError(f"nothing was painted within {LIMIT_SECONDS:.0f} s: {written[-400:]!r}")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def main() -> None:
    """Measure both, and print the medians and their ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    empty: list[float] = []
    ours: list[float] = []
    for number in range(rounds + 1):
        pair = first_paint(EMPTY, b""), first_paint(OURS, OUR_WORDS)
        if number:  # the first round only fills the file cache and writes the bytecode
            empty.append(pair[0])
            ours.append(pair[1])
    ratio = statistics.median(ours) / statistics.median(empty)
    result = {
        "rounds": rounds,
        "empty_ms": round(1000 * statistics.median(empty), 1),
        "ours_ms": round(1000 * statistics.median(ours), 1),
        "ratio": round(ratio, 3),
        "goal": GOAL,
        "reached": ratio <= GOAL,
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
