"""Time of `secondme --version`, of `--help`, and of `status` without and with a running engine.

python -P benchmarks/startup/startup.py
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from secondme.places import places
from secondme.server.client import client

ROUNDS = 9


def seconds_of(*arguments: str) -> float:
    """Seconds of the whole process of a command."""
    begun = time.perf_counter()
    subprocess.run([str(Path(sys.executable).with_name("secondme")), *arguments], check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    """Measure in a temporary home, and print medians in milliseconds as JSON."""
    with tempfile.TemporaryDirectory(prefix="sm-") as home:
        os.environ["SECONDME_HOME"] = home
        first = seconds_of("status")
        figures = {
            name: statistics.median(seconds_of(name) for _ in range(ROUNDS))
            for name in ("--version", "--help", "status")
        }
        client(places()).leave()
    print(
        json.dumps(
            {"first status, engine started": round(1000 * first), **{k: round(1000 * v) for k, v in figures.items()}}
        )
    )


if __name__ == "__main__":
    main()
