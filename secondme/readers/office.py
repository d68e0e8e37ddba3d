"""Word and PowerPoint: DOCX through mammoth's HTML, PPTX slide by slide."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from selectolax.lexbor import LexborHTMLParser

from secondme.readers.archives import open_zip, read_part, refuse_entities
from secondme.readers.dates import loose_instant
from secondme.readers.documents import ReadItem
from secondme.readers.html import add_html
from secondme.readers.metadata import Metadata, element_text
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml\Z")


class DocxReader:
    """Reads Word documents: headings, paragraphs, lists, tables, notes."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document."""
        import mammoth

        with open_zip(source.file) as archive:
            refuse_entities(archive)
            metadata = _metadata(archive)
            source.file.seek(0)
            try:
                html = mammoth.convert_to_html(
                    io.BytesIO(source.file.read()), convert_image=mammoth.images.img_element(lambda image: {"src": ""})
                ).value
            except Exception as error:  # mammoth lets every error of its parsers through
                raise Unreadable(f"it is a damaged Word document ({type(error).__name__})") from error
        prose = Prose(metadata.title)
        add_html(prose, LexborHTMLParser(html))
        yield metadata.document(_WORD, source, prose)


class PptxReader:
    """Reads presentations: the text of each slide, its tables and its notes."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document; its places are slides."""
        with open_zip(source.file) as archive:
            metadata = _metadata(archive)
            prose = Prose(metadata.title)
            for number, name in enumerate(_slides(archive), start=1):
                prose.new_section(keep_headings=False)
                _add_slide(prose, archive, name, f"slide {number}")
        yield metadata.document(_PRESENTATION, source, prose)


def _metadata(archive: zipfile.ZipFile) -> Metadata:
    """The metadata in an office file's core properties."""
    root = parse_xml(read_part(archive, "docProps/core.xml")) if "docProps/core.xml" in archive.namelist() else None
    title, author, language = (element_text(root, f"{_DC}{tag}") for tag in ("title", "creator", "language"))
    date = element_text(root, f"{_TERMS}modified") or element_text(root, f"{_TERMS}created")
    return Metadata(title, author, language[:2].lower(), *loose_instant(date))


def parse_xml(data: bytes) -> Element:
    """The root of an XML part. Raises Unreadable when it is damaged or declares entities."""
    try:
        root: Element = ElementTree.fromstring(data, forbid_dtd=False)
    except DefusedXmlException as error:
        raise Unreadable("its XML declares entities, as only bombs do") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise Unreadable("its XML is damaged") from error
    return root


def _related(archive: zipfile.ZipFile, name: str) -> dict[str, tuple[str, str]]:
    """(kind, part name) by the id of each relation of a part."""
    folder, base = posixpath.split(name)
    rels = f"{folder}/_rels/{base}.rels"
    if rels not in archive.namelist():
        return {}
    return {
        relation.get("Id", ""): (
            relation.get("Type", "").rsplit("/", 1)[-1],
            posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/"),
        )
        for relation in parse_xml(read_part(archive, rels))
    }


def _slides(archive: zipfile.ZipFile) -> list[str]:
    """Names of the slides in the order in which they are shown."""
    names = set(archive.namelist())
    related = _related(archive, "ppt/presentation.xml")
    root = parse_xml(read_part(archive, "ppt/presentation.xml"))
    shown = [related.get(slide.get(f"{_R}id", ""), ("", ""))[1] for slide in root.iter(f"{_P}sldId")]
    ordered = [name for name in shown if name in names]
    found = ((int(match.group(1)), name) for name in names if (match := _SLIDE.match(name)))
    return ordered or [name for _, name in sorted(found)]


def _add_slide(prose: Prose, archive: zipfile.ZipFile, name: str, place: str) -> None:
    root = parse_xml(read_part(archive, name))
    titled = False
    for shape in root.iter():
        if shape.tag == f"{_P}sp":
            kind = shape.find(f".//{_P}nvPr/{_P}ph")
            lines = _paragraphs(shape)
            if kind is not None and kind.get("type") in ("title", "ctrTitle") and lines and not titled:
                titled = True
                prose.heading(1, " ".join(lines), place)
            elif kind is None or kind.get("type") not in ("sldNum", "dt", "ftr"):
                prose.paragraph("\n".join(lines), place)
        elif shape.tag == f"{_A}tr":
            cells = (" ".join(_paragraphs(cell)) for cell in shape.iter(f"{_A}tc"))
            prose.paragraph(" | ".join(cells), place, gap="\n")
    for kind_name, target in _related(archive, name).values():
        if kind_name == "notesSlide" and target in archive.namelist():
            for shape in parse_xml(read_part(archive, target)).iter(f"{_P}sp"):
                holder = shape.find(f".//{_P}nvPr/{_P}ph")
                if holder is not None and holder.get("type") == "body":
                    prose.paragraph("\n".join(_paragraphs(shape)), f"{place}, notes")


def _paragraphs(shape: Element) -> list[str]:
    lines = []
    for paragraph in shape.iter(f"{_A}p"):
        text = "".join(
            (run.text or "") if run.tag == f"{_A}t" else "\n" if run.tag == f"{_A}br" else ""
            for run in paragraph.iter()
        ).strip()
        if text:
            lines.append(text)
    return lines
