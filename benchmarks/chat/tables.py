"""Questions to random tables with known answers: how many are wrong (none may be), and how many are declined.

uv run python benchmarks/chat/tables.py [QUESTIONS] [FIRST SEED]
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.worlds.random_tables_score import score

if __name__ == "__main__":
    questions = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(score(Path(folder), range(first, first + questions // 10)), ensure_ascii=False, indent=1))
