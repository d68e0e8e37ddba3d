"""Pulls that are killed at random points, and the speed of a pull against a bare read of the same bytes over loopback.

usage: pulls.py [KILLS] [MEGABYTES]     (default 200 kills, about a second each, and 400 MB)
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from random import Random

from models.hub.client import Hub
from models.hub.reference import ModelReference
from models.hub.store import ModelStore
from tests.faults.pull_kills import REPOSITORY, killed_pulls, run_kills
from tests.models.hub.hub import COMMIT, running_hub

ROUNDS = 3
FILE = "Large-Q4_K_M.gguf"


def throughput(megabytes: int) -> dict[str, float]:
    """MB/s of a pull with check and fsync, and of reading the same answer without keeping it; best of three."""
    data = Random(0).randbytes(1_000_000) * megabytes
    raw, pulled = [], []
    with running_hub() as hub:
        hub.block = 1 << 18
        hub.add(REPOSITORY, {FILE: data})
        for _ in range(ROUNDS):
            began = time.perf_counter()
            with urllib.request.urlopen(f"{hub.url}/{REPOSITORY}/resolve/{COMMIT}/{FILE}") as answer:
                while answer.read(1 << 16):
                    pass
            raw.append(time.perf_counter() - began)
            with tempfile.TemporaryDirectory(prefix="secondme-pulls-") as folder:
                store, client = ModelStore(Path(folder)), Hub(hub.url)
                plan = store.plan(ModelReference(REPOSITORY), client)
                began = time.perf_counter()
                for _ in store.pull(plan, client):
                    pass
                pulled.append(time.perf_counter() - began)
    return {"raw_mb_per_s": round(megabytes / min(raw), 1), "pull_mb_per_s": round(megabytes / min(pulled), 1)}


def main() -> None:
    """Print counts and rates."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rates = throughput(int(sys.argv[2]) if len(sys.argv) > 2 else 400)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="secondme-pulls-") as folder, killed_pulls(Path(folder)) as pulls:
        wrong = ""
        hit = finished = 0
        try:
            hit, finished = run_kills(pulls, kills, seed=1)
        except AssertionError as error:
            wrong = str(error)[:300]
    seconds = round(time.perf_counter() - began, 1)
    print(json.dumps({"kills": hit, "finished": finished, "wrong": wrong, "seconds": seconds, **rates}, indent=1))


if __name__ == "__main__":
    main()
