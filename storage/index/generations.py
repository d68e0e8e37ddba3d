"""Index generations: made from SQLite, thrown away at any doubt, never repaired in place.

A generation is a folder with a Chroma index and a row that says whether it is live, whether it was
written to since it was last closed (dirty), and the digests of its files at that close.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from storage.database import Database, StoreError
from storage.faults import crash_point
from storage.index.chroma import ChromaIndex
from storage.index.health import probe
from storage.index.vectors import Vectors

State = Literal["closed", "ready", "rebuilding"]
REBUILD_BATCH = 500


def digests(folder: Path) -> dict[str, str]:
    """sha256 of every file below a folder, by relative path."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                found[str(path.relative_to(folder))] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


class Generations:
    """The current generation for one embedding model. Used by one thread, except for `search`."""

    def __init__(self, database: Database, folder: Path, vectors: Vectors, *, sync_threshold: int = 1000) -> None:
        self._db = database
        self._folder = folder
        self._vectors = vectors
        self._sync_threshold = sync_threshold
        self._index: ChromaIndex | None = None
        self._number = 0
        self._dirty = False
        self._building: tuple[int, ChromaIndex, list[str], int] | None = None
        self._queued_until = 0
        self.reason = ""
        """Why the last rebuild was needed."""
        self.failed = False
        """Whether a search of the open generation failed: it has to be built anew, and is never recorded as clean."""

    @property
    def state(self) -> State:
        """closed, rebuilding: exact search answers. ready: the index answers."""
        if self._building is not None:
            return "rebuilding"
        return "ready" if self._index is not None else "closed"

    def open(self) -> bool:
        """Open the live generation if it can be trusted; False when one has to be built (`start_rebuild`)."""
        row = self._db.one(
            "SELECT * FROM generations WHERE state = 'live' AND model_id = ? ORDER BY number DESC",
            (self._vectors.model_id,),
        )
        if row is None:
            self.reason = "there is no index yet"
            return False
        folder = self._path(row["number"])
        if not folder.is_dir():
            self.reason = "the index folder is missing"
        elif row["dirty"] or digests(folder) != json.loads(row["digests"]):
            # Chroma changes its files also when it is only asked, so that those of a process that was killed differ.
            self.reason = probe(folder, self._db.path, self._vectors.model_id)
        else:
            self.reason = ""
        if self.reason:
            return False
        try:
            self._index = ChromaIndex(folder, create=False)
        except Exception as error:  # whatever Chroma raises means that it has to be rebuilt
            self.reason = f"{type(error).__name__} while opening"
            return False
        self._number = row["number"]
        self._dirty = bool(row["dirty"])
        return True

    def write(self, upserts: Sequence[str], vectors: npt.NDArray[np.float32], deletes: Sequence[str]) -> None:
        """Put ids into the live generation and take ids out of it. Raises what Chroma raises."""
        assert self._index is not None
        if not self._dirty:
            crash_point("index.before_dirty")
            self._mark(self._number, dirty=True)
            self._dirty = True
            crash_point("index.after_dirty")
        if len(deletes):
            crash_point("index.before_delete")
            self._index.delete(deletes)
            crash_point("index.after_delete")
        if len(upserts):
            crash_point("index.before_upsert")
            self._index.upsert(upserts, vectors)
            crash_point("index.after_upsert")

    def search(self, query: npt.NDArray[np.float32], limit: int) -> list[tuple[str, float]] | None:
        """(span id, cosine), nearest first, scored with SQLite's vectors; None when the index cannot answer."""
        index = self._index
        if index is None or self._building is not None:
            return None
        try:
            ids = index.search(query, limit)
        except Exception:  # a cache that fails is a cache that is rebuilt; exact search answers now
            self.reason, self.failed = "a search failed", True
            return None
        exact = self._vectors.get(ids)
        scored = sorted(
            ((span_id, float(vector @ query)) for span_id, vector in exact.items()), key=lambda s: (-s[1], s[0])
        )
        return scored

    def start_rebuild(self) -> None:
        """Begin a fresh generation beside the old one; `continue_rebuild` fills it."""
        self.abandon()
        number = int(self._db.value("SELECT coalesce(max(number), 0) FROM generations")) + 1
        crash_point("rebuild.before_create")
        with self._db.transaction() as tx:
            tx.execute(
                "INSERT INTO generations VALUES (?, ?, 'building', 1, '{}', datetime('now'))",
                (number, self._vectors.model_id),
            )
        folder = self._path(number)
        shutil.rmtree(folder, ignore_errors=True)
        index = ChromaIndex(folder, create=True, sync_threshold=self._sync_threshold)
        crash_point("rebuild.after_create")
        # Read before the ids: a row queued later may be of a span that the ids do not hold.
        self._queued_until = int(self._db.value("SELECT coalesce(max(seq), 0) FROM outbox"))
        self._building = (number, index, self._vectors.live_ids(), 0)

    def continue_rebuild(self) -> bool:
        """Copy one batch; True when the new generation is live."""
        assert self._building is not None
        number, index, ids, position = self._building
        batch = ids[position : position + REBUILD_BATCH]
        if batch:
            found = self._vectors.get(batch)
            present = [span_id for span_id in batch if span_id in found]
            if present:
                index.upsert(present, np.stack([found[span_id] for span_id in present]))
            self._building = (number, index, ids, position + len(batch))
            return False
        crash_point("rebuild.before_switch")
        with self._db.transaction() as tx:
            tx.execute("UPDATE generations SET state = 'old' WHERE state = 'live'")
            tx.execute("UPDATE generations SET state = 'live' WHERE number = ?", (number,))
            # What was copied needs no second write; a row that was replaced meanwhile has a higher number.
            tx.executemany(
                "DELETE FROM outbox WHERE span_id = ? AND seq <= ? AND op = 'upsert'",
                ((span_id, self._queued_until) for span_id in ids),
            )
        crash_point("rebuild.after_switch")
        self._index, self._number, self._dirty, self._building = index, number, True, None
        self._remove_all_but(number)
        return True

    def abandon(self) -> None:
        """Close what is open without trusting it; exact search answers from now on."""
        for index in (self._index, self._building[1] if self._building else None):
            if index is not None:
                try:
                    index.close()
                except Exception:  # it is thrown away
                    self.reason = self.reason or "closing failed"
        self._index, self._building, self._dirty, self.failed = None, None, False, False

    def discard(self) -> None:
        """Throw every generation away, files included, as a purge must: Chroma keeps deleted rows in its files."""
        self.abandon()
        self._remove_all_but(None)

    def close(self) -> None:
        """Close cleanly: record the digests that make the next start quick, also where nothing was written: Chroma
        changes its files when it is only asked. Where they can't be recorded, the next start probes the index."""
        if self._index is None or self._building is not None or self.failed:
            self.abandon()
            return
        index, self._index = self._index, None
        crash_point("index.before_close")
        index.close()
        crash_point("index.after_close")
        crash_point("index.before_clean")
        with suppress(StoreError):
            self._mark(self._number, dirty=False)
        self._dirty = False
        crash_point("index.after_clean")

    def ids(self) -> set[str]:
        """Ids that the live generation holds."""
        return self._index.ids() if self._index is not None else set()

    def _mark(self, number: int, *, dirty: bool) -> None:
        recorded = "{}" if dirty else json.dumps(digests(self._path(number)))
        with self._db.transaction() as tx:
            tx.execute("UPDATE generations SET dirty = ?, digests = ? WHERE number = ?", (int(dirty), recorded, number))

    def _path(self, number: int) -> Path:
        return self._folder / f"gen-{number:06d}"

    def _remove_all_but(self, keep: int | None) -> None:
        crash_point("rebuild.before_remove")
        with self._db.transaction() as tx:
            tx.execute("DELETE FROM generations WHERE number IS NOT ?", (keep,))
        if self._folder.is_dir():
            for folder in self._folder.iterdir():
                if keep is None or folder != self._path(keep):
                    shutil.rmtree(folder, ignore_errors=True)
        crash_point("rebuild.after_remove")
