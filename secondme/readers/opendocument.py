"""OpenDocument text, as LibreOffice writes it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from secondme.readers.archives import open_zip, read_part
from secondme.readers.dates import loose_instant
from secondme.readers.documents import ReadItem
from secondme.readers.metadata import Metadata, element_text
from secondme.readers.ooxml import parse_xml
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SPACES = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n", f"{_TEXT}s": " "}
_SILENT = frozenset({f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}table-of-content"})


class OdtReader:
    """Reads headings, paragraphs, lists and tables."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document."""
        with open_zip(source.file) as archive:
            meta = parse_xml(read_part(archive, "meta.xml")) if "meta.xml" in archive.namelist() else None
            content = parse_xml(read_part(archive, "content.xml"))
        metadata = _metadata(meta)
        prose = Prose(metadata.title)
        body = content.find(f".//{_OFFICE}text")
        if body is not None:
            _add(prose, body)
        yield metadata.document("application/vnd.oasis.opendocument.text", source, prose)


def _metadata(root: Element | None) -> Metadata:
    initial_author, title, author, language, date = (
        element_text(root, f".//{tag}")
        for tag in (f"{_META}initial-creator", *(f"{_DC}{name}" for name in ("title", "creator", "language", "date")))
    )
    return Metadata(title, initial_author or author, language[:2].lower(), *loose_instant(date))


def _add(prose: Prose, element: Element) -> None:
    for child in element:
        if child.tag in _SILENT:
            continue
        if child.tag == f"{_TEXT}h":
            level = child.get(f"{_TEXT}outline-level", "1")
            prose.heading(int(level) if level.isdigit() else 1, _words(child))
        elif child.tag == f"{_TEXT}p":
            prose.paragraph(_words(child))
        elif child.tag == f"{_TEXT}list-item":
            prose.paragraph("• " + " ".join(_words(paragraph) for paragraph in child.iter(f"{_TEXT}p")))
        elif child.tag == f"{_TABLE}table-row":
            cells = (
                " ".join(_words(paragraph) for paragraph in cell.iter(f"{_TEXT}p"))
                for cell in child.iter(f"{_TABLE}table-cell")
            )
            prose.paragraph(" | ".join(cells), gap="\n")
        else:
            _add(prose, child)


def _words(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag in _SPACES:
            parts.append(_SPACES[child.tag])
        elif child.tag not in _SILENT:
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)
