"""A watched folder and the memory of it, for tests that change files at random."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

from secondme.clock import SystemClock, instant
from secondme.folders.scan import FolderScan
from secondme.ids import derived_id
from secondme.ingest.ingestion import Ingestion
from storage.records import Folder
from storage.store import Store

Active = Counter[tuple[str, str, str]]
"""(path below the folder, heading, text) of spans in recall, with how often each is there."""


def active(store: Store, root: Path) -> Active:
    """What recall can find of a folder."""
    rows = store.database.read(
        """SELECT r.uri, s.heading, s.text FROM spans s JOIN documents d ON d.id = s.document_id
           JOIN sources r ON r.id = d.source_id
           WHERE s.archived_at IS NULL AND s.hidden_at IS NULL AND r.kind = 'file'"""
    )
    return Counter((row[0].removeprefix(f"{root}/"), row[1], row[2]) for row in rows)


class World:
    """A folder, a store, and scans without threads."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.root = home / "notes"
        self.root.mkdir(parents=True)
        (home / "data").mkdir()
        self.clock = SystemClock()
        self.folder_id = derived_id("folder", str(self.root))
        self.open()
        self.store.folders.add(Folder(self.folder_id, str(self.root), "watching", instant(self.clock.now())))

    def open(self) -> None:
        """Open the store, as at a start."""
        self.store = Store(self.home / "data", model_id="none", dimension=1)
        self.ingestion = Ingestion(self.store, self.clock, count_tokens=None, max_bytes=10**6)
        self.scan = FolderScan(self.store, self.clock)

    @property
    def state(self) -> str:
        """The folder's state."""
        folder = self.store.folders.one(self.folder_id)
        assert folder is not None
        return folder.state

    def look(self, *paths: Path, accept: bool = False) -> Counter[str]:
        """A look at the folder, or at some paths; how many files became what."""
        folder = self.store.folders.one(self.folder_id)
        assert folder is not None
        results = self.scan.run(folder, self.ingestion, (), paths=[str(path) for path in paths], accept_missing=accept)
        return Counter(result.outcome for result in results)

    def settle(self) -> None:
        """Look at everything, and answer yes when asked whether what is gone may fade."""
        self.look()
        if self.state in ("asking", "away") and self.root.is_dir():
            self.look(accept=True)

    def fresh(self) -> Active:
        """What a new memory of the same folder holds."""
        data = self.home / "fresh"
        data.mkdir()
        store = Store(data, model_id="none", dimension=1)
        folder = Folder(self.folder_id, str(self.root), "watching", instant(self.clock.now()))
        store.folders.add(folder)
        ingestion = Ingestion(store, self.clock, count_tokens=None, max_bytes=10**6)
        list(FolderScan(store, self.clock).run(folder, ingestion, ()))
        found = active(store, self.root)
        store.close()
        shutil.rmtree(data)
        return found

    def active(self) -> Active:
        """What recall can find."""
        return active(self.store, self.root)

    def ids(self) -> dict[str, str]:
        """Id of each span in recall by its text."""
        rows = self.store.database.read("SELECT text, id FROM spans WHERE archived_at IS NULL")
        return {row[0]: row[1] for row in rows}

    def close(self) -> None:
        """Close the store."""
        self.store.close()
