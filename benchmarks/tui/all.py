"""Everything that is measured of the app, against its goals: a table, and with --json the figures behind it.

    python -m benchmarks.tui.all [--home FOLDER] [--json FILE] [--small]

Runs first_paint, keypress, screens and app_memory, each in a process of its own. `--home` keeps the memory that they
look at (100,000 passages, a chat of 5,000 messages); making it takes ten minutes. `--small` tries it out with little.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Goal:
    """A figure: where it stands in the JSON of a benchmark, and what it must not exceed."""

    what: str
    benchmark: str
    path: tuple[str, ...]
    most: float
    unit: str = "ms"


GOALS = (
    Goal("first paint over an empty app's", "first_paint", ("ratio",), 1.5, "x"),
    Goal("key to paint, idle, p95", "keypress", ("idle", "p95_ms"), 50),
    Goal("key to paint while streaming, p95", "keypress", ("while streaming", "p95_ms"), 50),
    Goal("key to paint while 10,000 files are indexed, p95", "keypress", ("while indexing", "p95_ms"), 50),
    Goal("tree of 100,000 opened, first", "screens", ("tree", "first", "p50_ms"), 200),
    Goal("tree of 100,000 opened, again, p95", "screens", ("tree", "again", "p95_ms"), 200),
    Goal("timeline of ten years, first", "screens", ("timeline", "first", "p50_ms"), 200),
    Goal("timeline of ten years, again, p95", "screens", ("timeline", "again", "p95_ms"), 200),
    Goal("chat of 5,000 messages opened", "screens", ("chat", "opened", "p50_ms"), 300),
    Goal("a page up in it, p50", "screens", ("chat", "scrolled", "p50_ms"), 50),
    Goal("a page up in it, p95 (more is mounted)", "screens", ("chat", "scrolled", "p95_ms"), 300),
    Goal("a key in Find, p95", "screens", ("find", "keys", "p95_ms"), 50),
    Goal("results of Find over 100,000, p95", "screens", ("find", "results", "p95_ms"), 100),
    Goal("memory of the app's process", "app_memory", ("most_mb",), 150, "MB"),
)


def run(module: str, *arguments: str) -> Any:
    """The JSON that a benchmark prints; what it says on its error stream is shown."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *arguments], stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)


def table(figures: dict[str, Any]) -> str:
    """A line for each goal: what, the figure, the goal, whether it is reached."""
    lines = []
    for goal in GOALS:
        value = figures[goal.benchmark]
        for name in goal.path:
            value = value[name]
        mark = "reached" if value <= goal.most else "MISSED"
        lines.append(f"{goal.what:50} {value:>9,.1f} {goal.unit:3} of {goal.most:>5g}  {mark}")
    return "\n".join(lines)


def main() -> None:
    """Run each, and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--small", action="store_true")
    given = parser.parse_args()
    size = ["--spans", "3000", "--messages", "500"] if given.small else []
    with tempfile.TemporaryDirectory(prefix="sm-") as temporary:
        home = ["--home", str(given.home or Path(temporary)), *size]
        figures = {
            "first_paint": run("startup.first_paint", "3" if given.small else "15"),
            "screens": run("tui.screens", *home),
            "app_memory": run("tui.app_memory", *home),
            "keypress": run("startup.keypress", "100" if given.small else "10000"),
        }
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    print(table(figures))


if __name__ == "__main__":
    main()
