"""What a document says about itself: title, author, language and date."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from secondme.readers.documents import ParsedDocument
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.clean import clean


@dataclass(frozen=True)
class Metadata:
    """The metadata of a document; each field is empty where the document has none."""

    title: str
    author: str
    language: str
    happened_at: str
    precision: str

    def document(self, media: str, source: SourceFile, prose: Prose) -> ParsedDocument:
        """The document of this metadata and the collected text. Raises Unreadable when there is no text."""
        if not prose.blocks:
            raise Unreadable("it holds no text")
        return ParsedDocument(
            media,
            self.title or source.name,
            prose.text(),
            tuple(prose.blocks),
            author=self.author,
            language=self.language,
            happened_at=self.happened_at,
            precision=self.precision,
        )


def element_text(root: Element | None, path: str) -> str:
    """The clean text of the first element at a path, at most 200 characters; empty when there is none."""
    found = root.find(path) if root is not None else None
    return clean((found.text or "") if found is not None else "", keep_newlines=False).strip()[:200]
