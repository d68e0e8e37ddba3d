"""Random kills, half of them inside Chroma's own save: what is lost, what is broken, what recovers.

usage: kill.py [KILLS]     (default 200, about five seconds each)
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.faults.random_kills import kill_once
from tests.faults.test_kill_points import check_recovered


def main() -> None:
    """Print counts."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    inside = failed = 0
    reasons: list[str] = []
    for seed in range(kills):
        with tempfile.TemporaryDirectory(prefix="secondme-kill-") as folder:
            said, in_save = kill_once(Path(folder), seed)
            inside += in_save
            try:
                check_recovered(Path(folder), said)
            except AssertionError as error:
                failed += 1
                reasons.append(f"seed {seed}: {str(error)[:200]}")
    print(json.dumps({"kills": kills, "inside_a_save": inside, "not_recovered": failed, "reasons": reasons}, indent=1))


if __name__ == "__main__":
    main()
