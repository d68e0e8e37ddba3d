"""The store: everything that is stored, behind one object."""

from __future__ import annotations

from pathlib import Path

from storage.adapters import Adapters
from storage.annotations import Annotations
from storage.branches import Branches
from storage.chats import Chats
from storage.database import Database
from storage.dependents import Dependents
from storage.duplicates import Duplicates
from storage.facts import Facts
from storage.fading import Fading
from storage.files import Files
from storage.folders import Folders
from storage.history import History
from storage.index.generations import Generations
from storage.index.tantivy_words import Analyse, WordIndex
from storage.index.vectors import Vectors
from storage.index.words import Words
from storage.memories import Memories
from storage.outbox import Outbox
from storage.programs import Programs
from storage.removal import Removal
from storage.runs import Runs
from storage.sheets import Sheets
from storage.spans import Spans
from storage.tables import Tables
from storage.timeline import Timeline
from storage.trees import Trees


class Store:
    """The parts of one data folder. `model_id` and `dimension` are the embedder's; they name its vectors."""

    def __init__(
        self,
        folder: Path,
        *,
        model_id: str,
        dimension: int,
        sync_threshold: int = 1000,
        max_pages: int | None = None,
        analyse: Analyse | None = None,
        words_above: int = 20_000,
    ) -> None:
        """Open or create the data folder. Raises StoreError with a remedy.

        `analyse` gives the stems of a text; with it, stores of more than `words_above` spans get a word index.
        """
        self.folder = folder
        self.database = Database(folder, max_pages=max_pages)
        self.spans = Spans(self.database)
        self.word_index = WordIndex(self.database, folder / "words", analyse) if analyse else None
        self.words = Words(self.database, self.word_index, above=words_above)
        self.vectors = Vectors(self.database, model_id, dimension)
        self.trees = Trees(self.database, model_id, dimension)
        self.outbox = Outbox(self.database)
        self.branches = Branches(self.database)
        self.annotations = Annotations(self.database)
        self.chats = Chats(self.database)
        self.folders = Folders(self.database)
        self.files = Files(self.database)
        self.sheets = Sheets(self.database)
        self.removal = Removal(self.database)
        self.dependents = Dependents(self.database)
        self.tables = Tables(self.database)
        self.timeline = Timeline(self.database)
        self.history = History(self.database)
        self.runs = Runs(self.database, self.vectors.refresh)
        self.fading = Fading(self.database)
        self.duplicates = Duplicates(self.database)
        self.memories = Memories(self.database)
        self.facts = Facts(self.database)
        self.programs = Programs(self.database)
        self.adapters = Adapters(self.database)
        self.generations = Generations(self.database, folder / "index", self.vectors, sync_threshold=sync_threshold)

    def use_embedder(self, model_id: str, dimension: int) -> None:
        """Go on with the vectors of another embedding model, as a new generation. The indexing thread must have
        ended."""
        self.generations.close()
        self.vectors.use(model_id, dimension)
        self.trees.use(model_id, dimension)

    def close(self) -> None:
        """Close the index cleanly, then the database. The indexing thread must have ended."""
        self.generations.close()
        self.database.close()
