"""Random calls of five programs with different grants, against what each may see and against twin memories.

`python benchmarks/doors/walk.py [--calls 20000] [--seed 1]` prints JSON; `problems` has to be 0. It also says how long
reading takes by the id of a passage that may not be seen and by one that does not exist: what timing can still tell.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import tempfile
from pathlib import Path

from tests.worlds.programs_world import Walk


def main() -> None:
    """Run the walk."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sm-walk-") as name, contextlib.ExitStack() as stack:
        walk = Walk(Path(name), given.seed, stack)
        walk.run(given.calls)
        print(json.dumps(walk.report(), indent=2))


if __name__ == "__main__":
    main()
