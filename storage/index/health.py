"""Is an index that was not closed cleanly still good? Asked in a subprocess, since a broken one may segfault.

Neither the index's own count nor a sample query shows the damage a torn write leaves: one with a
missing metadata file counted 3,000 and found 1. So every id and every vector is compared.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

PROBE_SECONDS = 600
_SAMPLES = 25


def probe(index: Path, database: Path, model_id: str) -> str:
    """Why the index cannot be trusted, or an empty string. Ids in the outbox may differ; all others must agree."""
    command = [sys.executable, "-P", "-m", "storage.index.health", str(index), str(database), model_id]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PROBE_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "the probe took too long"
    if done.returncode < 0:
        return f"the probe died of signal {-done.returncode}"
    if done.returncode:
        return done.stdout.strip() or "the probe failed"
    return ""


def difference(index_folder: Path, database: Path, model_id: str) -> str:
    """What differs between the index and SQLite's vectors, or an empty string. Runs in the subprocess."""
    import sqlite3

    from storage.index.chroma import BATCH, ChromaIndex

    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
    pending = {row[0] for row in connection.execute("SELECT span_id FROM outbox")}
    rows = connection.execute(
        """SELECT v.span_id, v.vector FROM vectors v JOIN spans s ON s.id = v.span_id
           WHERE v.model_id = ? AND s.archived_at IS NULL AND s.hidden_at IS NULL AND s.faded_at IS NULL""",
        (model_id,),
    ).fetchall()
    expected = {row[0]: np.frombuffer(row[1], np.float32) for row in rows}
    index = ChromaIndex(index_folder, create=False)
    held = index.ids()
    wrong = (held ^ set(expected)) - pending
    if wrong:
        return f"{len(wrong)} ids differ"
    settled = sorted((held & set(expected)) - pending)
    for i in range(0, len(settled), BATCH):
        ids = settled[i : i + BATCH]
        stored = index.vectors(ids)
        if len(stored) != len(ids):
            return "ids without vectors"
        ours = np.stack([expected[span_id] for span_id in ids])
        theirs = np.stack([stored[span_id] for span_id in ids])
        if not np.allclose(ours, theirs, atol=1e-4):
            return "vectors differ"
    step = max(1, len(settled) // _SAMPLES)
    for span_id in settled[::step]:
        if span_id not in index.search(expected[span_id], min(10, len(held))):
            return "a vector does not find itself"
    if held:
        everything = index.search(next(iter(expected.values()), np.zeros(1, np.float32)), len(held))
        if len(everything) < 0.99 * len(held):
            return "some vectors cannot be reached"
    index.close()
    return ""


if __name__ == "__main__":
    try:
        verdict = difference(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
    except Exception as error:  # a broken index may raise anything; each means "rebuild"
        verdict = f"{type(error).__name__} while reading"
    print(verdict)
    sys.exit(1 if verdict else 0)
