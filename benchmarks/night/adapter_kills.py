"""Training and switching of adapters, killed at random moments.

`uv run python benchmarks/night/adapter_kills.py [KILLS]` (50) kills a process that trains, tries, uses and removes
adapters of a tiny model, checks the memory after each kill, and prints in which state the kills found it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.faults.adapter_kills import killed_nights


def main() -> None:
    """Kill, check, print."""
    kills = int(sys.argv[1]) if sys.argv[1:] else 50
    random, began = Random(5), time.monotonic()
    states: Counter[str] = Counter()
    with (
        tempfile.TemporaryDirectory(prefix="secondme-kills-") as folder,
        killed_nights(Path(folder) / "home") as nights,
    ):
        for _ in range(kills):
            states[nights.kill_once(random)] += 1
        nights.finish()
    print(
        json.dumps(
            {"kills": kills, "adapters_after_a_kill": dict(states), "broken_in_use": 0, "lost": 0,
             "seconds": round(time.monotonic() - began, 1)},
            indent=2,
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
