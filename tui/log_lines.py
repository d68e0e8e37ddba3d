"""Lines of the logs of the engine and of the app, read from the end of the files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TAIL_BYTES = 256_000
"""So much of the end of each file is read."""
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_LINE = re.compile(r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ (?P<level>[A-Z]+) (?P<name>\S+) (?P<text>.*)")


@dataclass(frozen=True)
class LogLine:
    """A line: `2026-01-02 12:00:00`, its level, who wrote it, what. `log`: `engine` or `app`."""

    log: str
    at: str
    level: str
    name: str
    text: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.log, self.at, self.level, self.name, self.text) if part)


def read_logs(files: Iterable[Path], least: str = "INFO") -> list[LogLine]:
    """The last lines of log files, the latest last, those of the level `least` and above. A missing file has none.

    A line without a time and level, such as one of a trace, goes with the line before it. Raises OSError for a file
    that is there and cannot be read.
    """
    found: list[LogLine] = []
    for file in files:
        found += _lines(file)
    # Sorting is stable: lines of one second stay in their order.
    found.sort(key=lambda line: line.at)
    return [line for line in found if _rank(line.level) >= _rank(least)]


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else LEVELS.index("INFO")


def _lines(file: Path) -> list[LogLine]:
    try:
        with file.open("rb") as opened:
            size = opened.seek(0, 2)
            opened.seek(max(0, size - TAIL_BYTES))
            text = opened.read().decode(errors="replace")
    except FileNotFoundError:
        return []
    rows = text.splitlines()[1 if size > TAIL_BYTES else 0 :]
    found: list[LogLine] = []
    at, level = "", "INFO"
    for row in rows:
        parts = _LINE.fullmatch(row)
        if parts is None:
            found.append(LogLine(file.stem, at, level, "", row))
        else:
            at, level = parts["at"], parts["level"]
            found.append(LogLine(file.stem, at, level, parts["name"], parts["text"]))
    return found
