"""What the reader of a platform's chat export looks like."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from secondme.readers.documents import ReadItem
from secondme.readers.exports.tree import ExportTree


class ExportReader(ABC):
    """Reads the chat exports of one platform. Both `fits_…` look, without reading, whether an export is its own."""

    platform: ClassVar[str]
    """The platform's name, as `import --as` takes it."""
    plain_text: ClassVar[bool] = False
    """Whether the chats are `.txt` files; otherwise they are JSON."""

    @classmethod
    def fits_names(cls, tree: ExportTree) -> bool:
        """Whether the names of the files show the platform."""
        return False

    @classmethod
    def fits_head(cls, head: bytes, name: str) -> bool:
        """Whether the first bytes of the file `name` show the platform."""
        return False

    @abstractmethod
    def read(self, tree: ExportTree, me: frozenset[str]) -> Iterator[ReadItem]:
        """One document for each chat, and what could not be read. `me`: my names, case folded. Raises Unreadable."""
