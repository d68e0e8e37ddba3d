"""EPUB: the chapters of a book in the order of its spine."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser

from secondme.readers.archives import open_zip, read_part
from secondme.readers.dates import loose_instant
from secondme.readers.documents import ReadItem, Unread
from secondme.readers.html import add_html, html_text
from secondme.readers.metadata import Metadata, element_text
from secondme.readers.ooxml import parse_xml
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.clean import clean

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"


class EpubReader:
    """Reads books without copy protection."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document; its places are chapters."""
        with open_zip(source.file) as archive:
            names = set(archive.namelist())
            if "META-INF/rights.xml" in names:
                raise Unreadable("it is protected against copying")
            root_file = parse_xml(read_part(archive, "META-INF/container.xml")).find(f".//{_CONTAINER}rootfile")
            if root_file is None:
                raise Unreadable("it names no content")
            opf_name = root_file.get("full-path", "")
            opf = parse_xml(read_part(archive, opf_name))
            folder = posixpath.dirname(opf_name)
            metadata = _metadata(opf)
            manifest = {item.get("id", ""): item for item in opf.iter(f"{_OPF}item")}
            prose = Prose(metadata.title)
            chapter = 0
            for reference in opf.iter(f"{_OPF}itemref"):
                item = manifest.get(reference.get("idref", ""))
                if item is None or "nav" in (item.get("properties") or "").split():
                    continue
                name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "")))).lstrip("/")
                if name not in names:
                    yield Unread(f"its chapter {clean(name, keep_newlines=False)} is missing")
                    continue
                tree = LexborHTMLParser(html_text(read_part(archive, name)))
                chapter += 1
                prose.new_section(keep_headings=False)
                add_html(prose, tree, f"chapter {chapter}")
            yield metadata.document("application/epub+zip", source, prose)


def _metadata(opf: Element) -> Metadata:
    title, author, language, date = (
        element_text(opf, f".//{_DC}{tag}") for tag in ("title", "creator", "language", "date")
    )
    return Metadata(title, author, language[:2].lower(), *loose_instant(date))
