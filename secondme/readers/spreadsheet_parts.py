"""What a workbook says beside its cells: comments, text boxes, charts, SmartArt, headers and footers of sheets."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from secondme.readers.archives import open_zip, read_part
from secondme.readers.documents import Unread
from secondme.readers.drawings import alternative_text, graphic_lines, paragraph_lines
from secondme.readers.ooxml import alternative, main_part, relations
from secondme.readers.opendocument import OdfBody
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.readers.xml_tree import attribute, descendants, first, local, parse_xml

_WORKBOOK = "xl/workbook.xml"
_SHEETS = ("worksheet", "chartsheet", "dialogsheet")
_OLD_TEXT = b"\xb6\x01\x12\x00"
"""How a text object (TXO) begins in the older XLS: comments and text boxes are such."""
_MARGIN = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(Header|Footer)[^>]*>([^<]*)<")
_PROMPT = re.compile(rb"\sprompt=\"([^\"]+)\"")
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z+-])')
"""What sets the position, font and fields of a header."""
_THREADED = "[Threaded comment]"


def add_beside_cells(prose: Prose, source: SourceFile) -> Iterator[Unread]:
    """Add what stands beside the cells; yields what of it could not be read."""
    source.file.seek(0)
    if not zipfile.is_zipfile(source.file):
        if _OLD_TEXT in source.data():
            yield Unread("comments and text boxes in it were not read; save it as XLSX to have them taken in")
        return
    source.file.seek(0)
    with open_zip(source.file) as archive:
        names = set(archive.namelist())
        try:
            if "content.xml" in names:
                content = read_part(archive, "content.xml")
                if b"office:annotation" in content or b"<draw:" in content:
                    body = OdfBody(archive, prose)
                    body.add_beside_cells(parse_xml(content))
                    yield from body.left_out()
            elif any(name.startswith("xl/") for name in names):
                yield from _Workbook(archive, prose, names).add()
        except Unreadable as error:
            yield Unread(f"what stands beside its cells was not read: {error}")


class _Workbook:
    """The parts of an XLSX or XLSB file beside its cells."""

    def __init__(self, archive: zipfile.ZipFile, prose: Prose, names: set[str]) -> None:
        self._archive = archive
        self._prose = prose
        self._names = names
        self._people: dict[str, str] = {}
        self._objects = 0

    def add(self) -> Iterator[Unread]:
        """Add them sheet by sheet."""
        main = main_part(self._archive, _WORKBOOK)
        related = relations(self._archive, main)
        titles = self._titles(main)
        for relation in related.values():
            if relation.kind == "person" and relation.target in self._names:
                for person in descendants(self._xml(relation.target), "person"):
                    self._people[attribute(person, "id")] = attribute(person, "displayName")
        for identity, relation in related.items():
            if relation.kind in _SHEETS and relation.target in self._names:
                self._prose.new_section()
                yield from self._sheet(relation.target, titles.get(identity, "sheet"))
        if self._objects:
            yield Unread(f"{self._objects} embedded objects in it were not read")

    def _xml(self, name: str) -> Element:
        return parse_xml(read_part(self._archive, name))

    def _titles(self, main: str) -> dict[str, str]:
        """Names of the sheets by the ids of their relations; those of XLSB stand in a binary part."""
        if not main.endswith(".xml"):
            return {}
        return {
            value: sheet.get("name", "")
            for sheet in descendants(self._xml(main), "sheet")
            for key, value in sheet.attrib.items()
            if key.endswith("}id")
        }

    def _sheet(self, part: str, title: str) -> Iterator[Unread]:
        related = [one for one in relations(self._archive, part).values() if one.target in self._names]
        threaded = any(one.kind == "threadedComment" for one in related)
        for relation in related:
            if relation.kind in ("comments", "threadedComment"):
                if relation.target.endswith(".bin"):
                    yield Unread(f"comments of its sheet {title} were not read; save it as XLSX to have them taken in")
                    continue
                self._comments(self._xml(relation.target), title, threaded=threaded)
            elif relation.kind == "drawing":
                self._shapes(self._xml(relation.target), relation.target, title)
            elif relation.kind in ("oleObject", "package"):
                self._objects += 1
        if part.endswith(".xml"):
            self._around(read_part(self._archive, part), title)

    def _comments(self, root: Element, title: str, *, threaded: bool) -> None:
        authors = [one.text or "" for one in descendants(root, "author")]
        for comment in root.iter():
            if local(comment) == "comment":
                number = attribute(comment, "authorId")
                author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
                said = "".join(run.text or "" for run in descendants(comment, "t"))
            elif local(comment) == "threadedComment":
                author = self._people.get(attribute(comment, "personId"), "")
                text = first(comment, "text")
                said = (text.text or "") if text is not None else ""
            else:
                continue
            if said.strip() and not (threaded and said.startswith(_THREADED)):
                if author and author in said[: len(author) + 1]:
                    author = ""  # Excel begins the text with the name
                by = f" by {author}" if author and not author.startswith("tc=") else ""
                place = f"{title}!{attribute(comment, 'ref')}"
                self._prose.paragraph(f"Comment{by}: {' '.join(said.split())}", place, heading=title)

    def _shapes(self, element: Element, part: str, title: str) -> None:
        for child in element:
            name = local(child)
            if name == "AlternateContent":
                chosen = alternative(child)
                if chosen is not None:
                    self._shapes(chosen, part, title)
            elif name in ("sp", "cxnSp", "pic", "graphicFrame"):
                texts = [*alternative_text(child), "\n".join(paragraph_lines(child))]
                texts += ["\n".join(lines) for _, lines in graphic_lines(self._archive, child, part)]
                for text in texts:
                    self._prose.paragraph(text, f"{title}, drawing", heading=title)
            else:
                self._shapes(child, part, title)

    def _around(self, data: bytes, title: str) -> None:
        """Add headers, footers and the hints of cells; they stand after the rows, which are not parsed again."""
        tail = data[max(0, data.rfind(b"</sheetData>")) :]
        for kind, text in dict.fromkeys(_MARGIN.findall(tail)):
            said = " ".join(_CODES.sub(" ", unescape(text.decode("utf-8", "replace")).replace("&&", "＆")).split())
            if any(character.isalpha() for character in said):
                place = f"{title}, {kind.decode().lower()}"
                self._prose.paragraph(said.replace("＆", "&"), place, heading=title)
        for (text,) in dict.fromkeys((prompt,) for prompt in _PROMPT.findall(tail)):
            self._prose.paragraph(unescape(text.decode("utf-8", "replace")), f"{title}, hint", heading=title)
