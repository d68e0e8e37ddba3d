"""Any text at all on every page of the app, for as long as asked: markup, escapes, bidi, emoji, wide, a megabyte.

    python -m benchmarks.app.hostile [--examples N]

Each example puts one text of Hypothesis into everything that the engine hands to the app, opens each page, takes each
action of each page in a real pty, and reads what the terminal gets. Prints JSON: examples, places, bytes, and what was
foreign (none is the goal).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.tui.terminal import foreign, output_of

ALPHABET = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.sampled_from("[]/@=\x1b\x9b\x9d\u202e\n`*_#>|\u200d\ufe0f🇨漢\u0301")
)
SHORT = st.text(alphabet=ALPHABET, max_size=2000)
LONG = st.text(alphabet=ALPHABET, min_size=1, max_size=20).map(lambda text: (text * 1_000_000)[:1_000_000])


def main() -> None:
    """Walk with each example."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--examples", type=int, default=20)
    arguments = parser.parse_args()
    counts = {"examples": 0, "places": 0, "bytes": 0}
    found: list[str] = []

    @given(SHORT, st.one_of(SHORT, LONG))
    @settings(
        max_examples=arguments.examples, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    def walk(words: str, body: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (("words", words), ("body", body)):
                (Path(folder) / name).write_text(text, encoding="utf-8", newline="")
            environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            written = output_of([sys.executable, "-m", "tests.tui.hostile_child", folder], environment)
            seen = Path(folder) / "seen"
            counts["examples"] += 1
            counts["places"] += len(seen.read_text().splitlines()) if seen.exists() else 0
            counts["bytes"] += len(written)
            found.extend(foreign(written) if seen.exists() else [f"ended early with {words[:200]!a}"])

    walk()
    print(json.dumps({**counts, "foreign": found[:20]}))


if __name__ == "__main__":
    main()
