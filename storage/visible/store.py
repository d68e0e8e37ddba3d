"""A store of what is visible, for everything that reads: recall, facts, tables, conversations."""

from __future__ import annotations

from collections.abc import Callable

from storage.annotations import Annotations
from storage.chats import Chats
from storage.facts import Facts
from storage.fading import Fading
from storage.memories import Memories
from storage.runs import Runs
from storage.sheets import Sheets
from storage.spans import Spans
from storage.store import Store
from storage.trees import Trees
from storage.visible.database import VisibleDatabase
from storage.visible.sight import Sight
from storage.visible.vectors import VisibleVectors
from storage.visible.words import VisibleWords


class VisibleStore(Store):
    """The parts of a store that read, over what `sight` lets see. It has no parts that only write, and no index of
    vectors: those hold all of memory."""

    def __init__(self, store: Store, sight: Callable[[], Sight], give_way: Callable[[], None] = lambda: None) -> None:
        """`give_way` is called before each query, and returns when nobody waits who comes first."""
        self.folder = store.folder
        self.visible = VisibleDatabase(store.database, sight, give_way)
        self.database = self.visible
        model_id, dimension = store.vectors.model_id, store.vectors.dimension
        self.spans = Spans(self.visible)
        self.word_index = None
        self.words = VisibleWords(self.visible)
        self.vectors = VisibleVectors(self.visible, model_id, dimension)
        self.trees = Trees(self.visible, model_id, dimension)
        self.annotations = Annotations(self.visible)
        self.chats = Chats(self.visible)
        self.sheets = Sheets(self.visible)
        self.runs = Runs(self.visible, lambda _: None)
        self.fading = Fading(self.visible)
        self.memories = Memories(self.visible)
        self.facts = Facts(self.visible)

    def count(self) -> int:
        """How many passages are visible, faded ones included."""
        self.visible.follow()
        return int(self.visible.value("SELECT spans + faded FROM live_count"))

    def close(self) -> None:
        """Forget what was visible."""
        self.visible.close()
