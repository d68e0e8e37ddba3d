"""EPUB: the chapters of a book in the order of its spine."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote, urldefrag
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser

from secondme.readers.archives import open_zip, read_part
from secondme.readers.dates import loose_instant
from secondme.readers.documents import ReadItem, Unread
from secondme.readers.html import add_html, html_text
from secondme.readers.metadata import Metadata, element_text
from secondme.readers.prose import Prose
from secondme.readers.ranges import ranges
from secondme.readers.reader import SourceFile, Unreadable
from secondme.readers.xhtml import html_of_xhtml
from secondme.readers.xml_tree import attribute, descendants, local, parse_xml
from secondme.text.clean import clean

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ENCRYPTION = "META-INF/encryption.xml"
_OF_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways of hiding fonts from being copied; whatever else is encrypted is the book."""
_PAGES = ("application/xhtml+xml", "text/html", "application/xml", "text/xml", "text/x-oeb1-document")
_DRAWINGS = "image/svg+xml"
_CONTENTS = "application/x-dtbncx+xml"


class EpubReader:
    """Reads books without copy protection."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document; its places are chapters."""
        with open_zip(source.file) as archive:
            book = _Book(archive)
            book.add()
            yield from book.left_out()
        yield book.metadata.document("application/epub+zip", source, book.prose)


class _Book:
    """The chapters of a book, and what of it could not be read."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._folded = {name.casefold(): name for name in self._names}
        encrypted = self._encrypted()
        root_file = parse_xml(read_part(archive, "META-INF/container.xml")).find(f".//{_CONTAINER}rootfile")
        if root_file is None:
            raise Unreadable("it names no content")
        opf_name = root_file.get("full-path", "")
        self._folder = posixpath.dirname(opf_name)
        self._opf = parse_xml(read_part(archive, opf_name))
        self._manifest = {item.get("id", ""): item for item in self._opf.iter(f"{_OPF}item")}
        if "META-INF/rights.xml" in self._names or encrypted & {self._name(item) for item in self._pages()}:
            raise Unreadable("it is protected against copying")
        self.metadata = _metadata(self._opf)
        self.prose = Prose(self.metadata.title)
        self._missing: list[str] = []
        self._damaged: list[str] = []
        self._wordless: list[int] = []

    def add(self) -> None:
        """Add the chapters of the spine, then pages that only links lead to."""
        titles = self._titles()
        chapter = 0
        for item in self._pages():
            name = self._name(item)
            if name not in self._names:
                self._missing.append(clean(name, keep_newlines=False))
                continue
            chapter += 1
            try:
                data = read_part(self._archive, name)
            except Unreadable:
                self._damaged.append(clean(name, keep_newlines=False))
                continue
            self.prose.new_section(keep_headings=False)
            before = len(self.prose.blocks)
            self._page(item, data, titles.pop(name, ""), f"chapter {chapter}")
            if len(self.prose.blocks) == before:
                self._wordless.append(chapter)

    def left_out(self) -> Iterator[Unread]:
        """What of the book was not read."""
        for name in self._missing:
            yield Unread(f"its chapter {name} is missing")
        for name in self._damaged:
            yield Unread(f"its chapter {name} is damaged")
        if self._wordless:
            yield Unread(f"{ranges('chapter', self._wordless)} hold no text (pictures?), which were not read")

    def _page(self, item: Element, data: bytes, title: str, place: str) -> None:
        text = html_text(data)
        if item.get("media-type") == _DRAWINGS:
            for line in descendants(parse_xml(data), "text"):
                self.prose.paragraph("".join(line.itertext()), place)
            return
        tree = LexborHTMLParser(html_of_xhtml(text))
        shown = _squeezed(tree.body.text(deep=True) if tree.body is not None else "")
        if title and shown and _squeezed(title) not in shown:
            self.prose.heading(1, title, place)  # only the table of contents says how the chapter is called
        add_html(self.prose, tree, place)

    def _pages(self) -> list[Element]:
        """The items of the spine, then other pages but for tables of contents."""
        spine = [self._manifest.get(reference.get("idref", "")) for reference in self._opf.iter(f"{_OPF}itemref")]
        shown = [item for item in spine if item is not None]
        shown += [one for one in self._manifest.values() if one.get("media-type") in _PAGES and one not in shown]
        return [item for item in shown if "nav" not in (item.get("properties") or "").split()]

    def _name(self, item: Element, folder: str | None = None, key: str = "href") -> str:
        """The name in the archive of what an element refers to, whichever case it is written in."""
        href = unquote(urldefrag(item.get(key, ""))[0])
        name = posixpath.normpath(posixpath.join(self._folder if folder is None else folder, href)).lstrip("/")
        return name if name in self._names else self._folded.get(name.casefold(), name)

    def _titles(self) -> dict[str, str]:
        """How the table of contents calls a page, by the page's name."""
        found: dict[str, str] = {}
        for item in self._manifest.values():
            is_nav = "nav" in (item.get("properties") or "").split()
            name = self._name(item)
            if not (is_nav or item.get("media-type") == _CONTENTS) or name not in self._names:
                continue
            try:
                root = parse_xml(read_part(self._archive, name))
            except Unreadable:
                continue
            folder = posixpath.dirname(name)
            for point in root.iter():
                if local(point) == "a" and is_nav:
                    found.setdefault(self._name(point, folder), _line("".join(point.itertext())))
                elif local(point) == "navPoint":
                    target, label = next(descendants(point, "content"), None), next(descendants(point, "text"), None)
                    if target is not None and label is not None:
                        found.setdefault(self._name(target, folder, "src"), _line(label.text or ""))
        return found

    def _encrypted(self) -> set[str]:
        """Names of the files that are encrypted, but for fonts."""
        if _ENCRYPTION not in self._names:
            return set()
        found = set()
        for data in descendants(parse_xml(read_part(self._archive, _ENCRYPTION)), "EncryptedData"):
            method = attribute(next(descendants(data, "EncryptionMethod"), None), "Algorithm")
            target = attribute(next(descendants(data, "CipherReference"), None), "URI")
            if method not in _OF_FONTS:
                found.add(unquote(target).lstrip("/"))
        return found


def _metadata(opf: Element) -> Metadata:
    title, author, language, date = (
        element_text(opf, f".//{_DC}{tag}") for tag in ("title", "creator", "language", "date")
    )
    return Metadata(title, author, language[:2].lower(), *loose_instant(date))


def _line(text: str) -> str:
    return " ".join(text.split())


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
