"""PowerPoint: slide by slide, each with its shapes, tables, charts, SmartArt, notes and comments."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from secondme.readers.archives import open_zip, read_part, refuse_entities
from secondme.readers.documents import ReadItem, Unread
from secondme.readers.drawings import alternative_text, graphic_lines, paragraph_lines
from secondme.readers.ooxml import alternative, core_metadata, main_part, relations
from secondme.readers.prose import Prose
from secondme.readers.ranges import ranges
from secondme.readers.reader import SourceFile
from secondme.readers.xml_tree import attribute, descendants, first, local, parse_xml

_PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml\Z")
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("sldNum", "dt", "sldImg")
"""Placeholders that say nothing: number and date of a slide, its picture beside the notes."""


class PptxReader:
    """Reads presentations: the text of each slide, its tables, charts, SmartArt, notes and comments."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document; its places are slides."""
        with open_zip(source.file) as archive:
            refuse_entities(archive)
            metadata = core_metadata(archive)
            prose = Prose(metadata.title)
            slides = _Slides(archive, prose)
            slides.add()
            yield from slides.left_out()
        yield metadata.document(_PRESENTATION, source, prose)


class _Slides:
    """The slides of a presentation, and what of them cannot be read."""

    def __init__(self, archive: zipfile.ZipFile, prose: Prose) -> None:
        self._archive = archive
        self._prose = prose
        self._names = set(archive.namelist())
        self._main = main_part(archive, "ppt/presentation.xml")
        self._authors = self._comment_authors()
        self._said: set[str] = set()
        self._pictures: list[int] = []
        self._objects: list[int] = []

    def add(self) -> None:
        """Add the slides in the order in which they are shown, and once the words that their masters bear."""
        backgrounds: list[str] = []
        for number, name in enumerate(self._order(), start=1):
            self._prose.new_section(keep_headings=False)
            before = len(self._prose.blocks)
            root = parse_xml(read_part(self._archive, name))
            self._shapes(root, name, f"slide {number}", titled=False)
            if len(self._prose.blocks) == before and any(local(one) in ("pic", "blip") for one in root.iter()):
                self._pictures.append(number)
            if any(local(one) == "oleObj" for one in root.iter()):
                self._objects.append(number)
            for relation in relations(self._archive, name).values():
                if relation.kind == "slideLayout":
                    backgrounds.append(relation.target)
                if relation.target in self._names:
                    self._beside(relation.kind, relation.target, f"slide {number}")
        self._prose.new_section(keep_headings=False)
        masters = (one.target for name in backgrounds for one in relations(self._archive, name).values()
                   if one.kind == "slideMaster")  # fmt: skip
        for name in dict.fromkeys([*backgrounds, *masters]):
            if name in self._names:
                self._background(parse_xml(read_part(self._archive, name)))

    def left_out(self) -> Iterator[Unread]:
        """What of the slides was not read."""
        if self._pictures:
            yield Unread(f"{ranges('slide', self._pictures)} only show pictures: what is on them was not read")
        if self._objects:
            yield Unread(f"embedded objects on {ranges('slide', self._objects)} were not read")

    def _order(self) -> list[str]:
        related = relations(self._archive, self._main)
        root = parse_xml(read_part(self._archive, self._main))
        shown = [
            related[identity].target
            for slide in descendants(root, "sldId")
            for key, identity in slide.attrib.items()
            if key.endswith("}id") and identity in related
        ]
        ordered = [name for name in shown if name in self._names]
        found = ((int(match.group(1)), name) for name in self._names if (match := _SLIDE.match(name)))
        return ordered or [name for _, name in sorted(found)]

    def _shapes(self, element: Element, part: str, place: str, *, titled: bool) -> bool:
        """Add the shapes below an element, groups included; returns whether the slide has its title."""
        for shape in element:
            name = local(shape)
            if name == "AlternateContent":
                chosen = alternative(shape)
                titled = self._shapes(chosen, part, place, titled=titled) if chosen is not None else titled
                continue
            if name in ("sp", "cxnSp"):
                kind = attribute(next(descendants(shape, "ph"), None), "type")
                lines = paragraph_lines(shape)
                if kind in _TITLES and lines and not titled:
                    titled = True
                    self._prose.heading(1, " ".join(lines), place)
                elif kind == "ftr":
                    self._once("\n".join(lines), place)
                elif kind not in _FURNITURE:
                    self._prose.paragraph("\n".join(lines), place)
            elif name == "graphicFrame":
                self._frame(shape, part, place)
            elif name not in ("pic", "nvGrpSpPr"):
                titled = self._shapes(shape, part, place, titled=titled)
            for text in alternative_text(shape) if name in ("sp", "pic", "graphicFrame") else ():
                self._prose.paragraph(text, place)
        return titled

    def _frame(self, frame: Element, part: str, place: str) -> None:
        for row in descendants(frame, "tr"):
            self._prose.row((" ".join(paragraph_lines(cell)) for cell in descendants(row, "tc")), place)
        for kind, lines in graphic_lines(self._archive, frame, part):
            self._prose.paragraph("\n".join(lines), f"{place}, {kind}")

    def _beside(self, kind: str, part: str, place: str) -> None:
        """Add the notes or comments of a slide."""
        if kind == "notesSlide":
            for shape in descendants(parse_xml(read_part(self._archive, part)), "sp"):
                holder = attribute(next(descendants(shape, "ph"), None), "type")
                if holder not in (*_FURNITURE, "hdr", "ftr"):
                    self._prose.paragraph("\n".join(paragraph_lines(shape)), f"{place}, notes")
        elif kind.startswith("comment"):
            for comment in parse_xml(read_part(self._archive, part)).iter():
                if local(comment) not in ("cm", "reply"):
                    continue
                body, text = first(comment, "txBody"), first(comment, "text")
                said = " ".join(paragraph_lines(body)) if body is not None else ""
                said = said or (text.text or "" if text is not None else "")
                author = self._authors.get(attribute(comment, "authorId"), "")
                if said.strip():
                    self._prose.paragraph(f"Comment{f' by {author}' if author else ''}: {said}", f"{place}, comments")

    def _comment_authors(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for relation in relations(self._archive, self._main).values():
            if relation.kind in ("commentAuthors", "authors") and relation.target in self._names:
                for author in parse_xml(read_part(self._archive, relation.target)):
                    found[attribute(author, "id")] = attribute(author, "name")
        return found

    def _background(self, root: Element) -> None:
        """Add the words of a layout or master that stand on slides: its placeholders only say what to type."""
        for shape in descendants(root, "sp"):
            if next(descendants(shape, "ph"), None) is None:
                self._once("\n".join(paragraph_lines(shape)), "on every slide")

    def _once(self, text: str, place: str) -> None:
        if text not in self._said:
            self._said.add(text)
            self._prose.paragraph(text, place)
