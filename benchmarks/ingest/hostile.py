"""Every bomb at its full size, and 500 mutated files for each reader, through the engine's own intake.

`python benchmarks/ingest/hostile.py [--mutations 500]` prints JSON: what became of them, the longest time, what died.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path

from secondme.clock import SystemClock
from secondme.ingest.ingestion import Ingestion
from secondme.ingest.walk import files_below
from storage.store import Store
from tests.faults.hostile_files import bombs, mutated, odd_files, seeds


def take(folder: Path, store: Store) -> dict[str, object]:
    """Take in every file of a folder; all must be taken in or named."""
    ingestion = Ingestion(store, SystemClock(), count_tokens=None, max_bytes=20_000_000)
    outcomes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    slowest = 0.0
    met = list(files_below(str(folder)))
    for one in met:
        begun = time.perf_counter()
        (result,) = ingestion.take_files([one])
        slowest = max(slowest, time.perf_counter() - begun)
        outcomes[result.outcome] += 1
        if result.outcome in ("failed", "skipped"):
            reasons[result.reasons[0]] += 1
    ingestion._reading.close()
    died = sum(count for why, count in reasons.items() if "crashed" in why)
    return {
        "files": len(met),
        "outcomes": outcomes,
        "unnamed": len([one for one in met if store.files.one(one.uri) is None]),
        "reader_died": died,
        "slowest_s": round(slowest, 2),
        "reasons": dict(reasons.most_common(8)),
    }


def main() -> None:
    """Bombs, then mutations."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mutations", type=int, default=500)
    options = parser.parse_args()
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="secondme-bench-") as home:
        (Path(home) / "data").mkdir()
        store = Store(Path(home) / "data", model_id="none", dimension=1)
        folder = Path(home) / "bombs"
        folder.mkdir()
        for name, data in bombs():
            (folder / name).write_bytes(data)
        odd_files(folder)
        found["bombs"] = take(folder, store)
        for name, good in seeds().items():
            source = random.Random(name)
            folder = Path(home) / f"mutated-{name}"
            folder.mkdir()
            for number in range(options.mutations):
                (folder / f"{number} {name}").write_bytes(mutated(good, source))
            found[name] = take(folder, store)
        found["database_problems"] = store.database.problems()
        found["engine_peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        store.close()
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
