"""OpenDocument text and presentations, as LibreOffice writes them."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from secondme.readers.archives import open_zip, read_part
from secondme.readers.dates import loose_instant
from secondme.readers.documents import ReadItem, Unread
from secondme.readers.metadata import Metadata, element_text
from secondme.readers.prose import Prose
from secondme.readers.ranges import ranges
from secondme.readers.reader import SourceFile, Unreadable
from secondme.readers.xml_tree import attribute, descendants, first, local, parse_xml

_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DRAWING = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SIGNS = {"tab": "\t", "line-break": "\n"}
_SILENT = frozenset(
    "tracked-changes table-of-content annotation-end binary-data event-listeners glue-point covered-table-cell".split()
)
_CREDITS = frozenset(("creator", "date", "date-string", "creator-initials"))
_ROW_GROUPS = frozenset("table-header-rows table-rows table-row-group soft-page-break".split())
_TYPED = frozenset("text textarea combobox formatted-text number date time currency listbox".split())
_MARGINS = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")


class OdtReader:
    """Reads texts and presentations: headings, lists, tables, notes, comments, text boxes, charts, forms."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document; the places of a presentation are its slides."""
        with open_zip(source.file) as archive:
            names = set(archive.namelist())
            if "META-INF/manifest.xml" in names and b"encryption-data" in read_part(archive, "META-INF/manifest.xml"):
                raise Unreadable("it is protected by a password")
            meta = parse_xml(read_part(archive, "meta.xml")) if "meta.xml" in names else None
            metadata = _metadata(meta)
            document = OdfBody(archive, Prose(metadata.title))
            document.add(parse_xml(read_part(archive, "content.xml")))
            if "styles.xml" in names:
                document.add_margins(parse_xml(read_part(archive, "styles.xml")))
            yield from document.left_out()
        media = "presentation" if document.slides else "text"
        yield metadata.document(f"application/vnd.oasis.opendocument.{media}", source, document.prose)


def _metadata(root: Element | None) -> Metadata:
    initial_author, title, author, language, date = (
        element_text(root, f".//{tag}")
        for tag in (f"{_META}initial-creator", *(f"{_DC}{name}" for name in ("title", "creator", "language", "date")))
    )
    return Metadata(title, initial_author or author, language[:2].lower(), *loose_instant(date))


class OdfBody:
    """How the elements of a document become blocks. `slides`: how many it has."""

    def __init__(self, archive: zipfile.ZipFile, prose: Prose) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self.prose = prose
        self.slides = 0
        self._place = ""
        self._wordless: list[int] = []
        self._objects: list[str] = []

    def add(self, root: Element) -> None:
        """Add the body of the content."""
        for body in descendants(root, "body"):
            self._blocks(body)

    def add_margins(self, root: Element) -> None:
        """Add headers and footers, or what stands on every slide, each once."""
        said: set[str] = set()
        for page in descendants(root, "master-page"):
            for holder in page:
                name = local(holder)
                if name not in _MARGINS and (not self.slides or attribute(holder, "class") or name == "notes"):
                    continue  # placeholders only say what to type
                lines = "\n".join(self._lines(holder))
                if lines not in said and any(character.isalpha() for character in lines):
                    said.add(lines)
                    self.prose.new_section(keep_headings=False)
                    self.prose.paragraph(lines, "on every slide" if self.slides else name.partition("-")[0])

    def add_beside_cells(self, root: Element) -> None:
        """Add comments, shapes and charts of a spreadsheet; their places are its sheets."""
        for table in (one for body in descendants(root, "spreadsheet") for one in body if local(one) == "table"):
            self._place = attribute(table, "name")
            self.prose.new_section()
            self._beside(table)
        self._place = ""

    def _beside(self, element: Element) -> None:
        for child in element:
            if local(child) == "annotation":
                self.prose.paragraph(self._comment(child), f"{self._place}, comments")
            elif _is_drawn(child):
                for text in self._box(child):
                    self.prose.paragraph(text, self._place)
            elif local(child) not in ("p", "table"):
                self._beside(child)

    def left_out(self) -> Iterator[Unread]:
        """What of the document was not read."""
        if self._wordless:
            yield Unread(f"{ranges('slide', self._wordless)} only show pictures: what is on them was not read")
        for name in self._objects:
            yield Unread(f"the embedded object {name} was not read")

    def _blocks(self, element: Element, bullet: str = "") -> None:
        """Add the blocks below an element; `bullet` goes before the first paragraph of a list's item."""
        for child in element:
            name = local(child)
            if name in _SILENT:
                continue
            if name in ("p", "h"):
                self._paragraph(child, "" if name == "h" else bullet)
                bullet = ""
            elif name in ("list-item", "list-header"):
                self._blocks(child, "• ")
            elif name == "table":
                self._table(child)
            elif name == "page":
                self._slide(child)
            elif name == "forms":
                for field in _form_values(child):
                    self.prose.paragraph(field, self._place)
            elif name == "annotation":
                self.prose.paragraph(self._comment(child), self._place)
            elif _is_drawn(child):
                for text in self._box(child):
                    self.prose.paragraph(text, self._place)
            else:
                self._blocks(child)

    def _paragraph(self, element: Element, bullet: str) -> None:
        boxes: list[str] = []
        words = self._words(element, boxes)
        if local(element) == "h" and not self.slides:
            level = attribute(element, "outline-level")
            self.prose.heading(min(int(level), 6) if level.isdigit() else 1, words, self._place)
        elif words.strip():
            self.prose.paragraph(f"{bullet}{words.strip()}", self._place)
        for box in boxes:
            self.prose.paragraph(box, self._place)

    def _table(self, table: Element) -> None:
        for row in _rows(table):
            cells = (" ".join(self._lines(cell)) for cell in row if local(cell) == "table-cell")
            self.prose.row(cells, self._place)

    def _slide(self, page: Element) -> None:
        self.slides += 1
        slide = f"slide {self.slides}"
        self.prose.new_section(keep_headings=False)
        before = len(self.prose.blocks)
        titled = False
        for shape in page:
            self._place = slide
            if local(shape) == "notes":
                self._place = f"{slide}, notes"
                self._blocks(shape)
            elif attribute(shape, "class") == "title" and not titled and (lines := self._box(shape)):
                titled = True
                self.prose.heading(1, " ".join(lines), slide)
            else:
                holder = Element("holder")
                holder.append(shape)
                self._blocks(holder)
        self._place = ""
        if len(self.prose.blocks) == before and any(local(one) == "image" for one in page.iter()):
            self._wordless.append(self.slides)

    def _lines(self, element: Element) -> list[str]:
        """The paragraphs below an element, each a line, with what hangs on them."""
        lines: list[str] = []
        for child in element:
            name = local(child)
            if name in _SILENT or name in _CREDITS:
                continue
            if name in ("p", "h"):
                boxes: list[str] = []
                words = self._words(child, boxes).strip()
                lines += [words, *boxes] if words else boxes
            elif name == "table":
                lines += [" | ".join(" ".join(self._lines(cell)) for cell in row) for row in _rows(child)]
            elif name == "annotation":
                lines.append(self._comment(child))
            elif name == "object":
                lines += self._object(attribute(child, "href"))
            elif name in ("title", "desc") and child.text:
                lines.append(" ".join(child.text.split()))
            else:
                lines += self._lines(child)
        return [line for line in lines if line.strip(" |")]

    def _words(self, element: Element, boxes: list[str]) -> str:
        """The words of a paragraph; notes, comments and boxes that are anchored in it are added to `boxes`."""
        parts = [element.text or ""]
        for child in element:
            name = local(child)
            if name in _SIGNS:
                parts.append(_SIGNS[name])
            elif name == "s":
                count = attribute(child, "c")
                parts.append(" " * (min(int(count), 100) if count.isdigit() else 1))
            elif name == "note":
                parts.append(self._note(child, boxes))
            elif name == "annotation":
                boxes.append(self._comment(child))
            elif name == "ruby":
                base, reading = (first(child, one) for one in ("ruby-base", "ruby-text"))
                parts.append(self._words(base, boxes) if base is not None else "")
                parts.append(f"({reading.text})" if reading is not None and reading.text else "")
            elif _is_drawn(child):
                boxes += self._box(child)
            elif name not in _SILENT:
                parts.append(self._words(child, boxes))
            parts.append(child.tail or "")
        return "".join(parts)

    def _note(self, note: Element, boxes: list[str]) -> str:
        """The mark of a footnote or endnote; its text is added to `boxes`."""
        citation, body = first(note, "note-citation"), first(note, "note-body")
        mark = f"[{''.join(citation.itertext()).strip()}]" if citation is not None else "[*]"
        said = " ".join(self._lines(body)) if body is not None else ""
        if said:
            boxes.append(f"{mark} {said}")
        return f" {mark}"

    def _comment(self, annotation: Element) -> str:
        author = first(annotation, "creator")
        said = " ".join(self._lines(annotation))
        return f"Comment{f' by {author.text}' if author is not None and author.text else ''}: {said}" if said else ""

    def _box(self, drawn: Element) -> list[str]:
        """The texts of a text box, a shape, a group or a chart: one for each shape."""
        if local(drawn) in ("g", "a"):
            return [text for child in drawn if _is_drawn(child) for text in self._box(child)]
        holder = Element("holder")
        holder.append(drawn)
        text = "\n".join(self._lines(holder if local(drawn) == "object" else drawn))
        return [text] if text else []

    def _object(self, reference: str) -> list[str]:
        """The lines of an embedded chart, formula, text or table."""
        folder = posixpath.normpath(reference)
        name = f"{folder}/content.xml"
        if name not in self._names:
            self._objects.append(folder)
            return []
        root = parse_xml(read_part(self._archive, name))
        lines = [f"Formula: {one.text}" for one in descendants(root, "annotation") if one.text and not len(one)]
        return lines or self._lines(root)


def _is_drawn(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag.startswith(_DRAWING) and local(element) != "page-thumbnail"


def _rows(table: Element) -> Iterator[Element]:
    """Rows of a table, not those of a table within."""
    for child in table:
        if local(child) == "table-row":
            yield child
        elif local(child) in _ROW_GROUPS:
            yield from _rows(child)


def _form_values(forms: Element) -> Iterator[str]:
    """ "name: value" of the fields of a form that were filled in, and the labels that stand on it."""
    for field in forms.iter():
        kind = local(field)
        name, label = attribute(field, "name"), attribute(field, "label")
        if kind in _TYPED:
            value = attribute(field, "current-value") or attribute(field, "value")
        elif kind in ("checkbox", "radio"):
            chosen = (attribute(field, "current-state"), attribute(field, "current-selected"))
            name, value = label or name, "yes" if "checked" in chosen or "true" in chosen else ""
        else:
            name = ""
            value = label if kind == "fixed-text" or attribute(field, "current-selected") == "true" else ""
        if value:
            yield f"{name}: {value}" if name else value
