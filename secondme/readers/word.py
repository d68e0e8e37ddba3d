"""Word: the body in its order with what hangs on it (notes, comments, boxes, charts), then headers and footers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from secondme.readers.archives import open_zip, read_part, refuse_entities
from secondme.readers.documents import ReadItem, Unread
from secondme.readers.drawings import alternative_text, graphic_lines, paragraph_lines
from secondme.readers.ooxml import Relation, alternative, core_metadata, main_part, relations
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile
from secondme.readers.xml_tree import attribute, descendants, first, local, parse_xml

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WRAPPERS = frozenset("sdt sdtContent ins moveTo customXml smartTag dir bdo hyperlink fldSimple r".split())
"""Elements that only surround what is read."""
_TAKEN_OUT = frozenset("del moveFrom instrText delText delInstrText pPr rPr sdtPr sdtEndPr trPr tcPr tblPr".split())
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_GRAPHICS = frozenset(("drawing", "pict", "object"))
_WINGDINGS = {0x6F: "☐", 0xA8: "☐", 0xFE: "☑", 0xFD: "☒", 0x52: "☑", 0x78: "☒", 0xFC: "✓", 0xE0: "→"}
_HEADING = re.compile(r"heading ([1-9])\Z")
_STYLES_DEEP = 20


class DocxReader:
    """Reads Word documents: headings, paragraphs, lists, tables, notes, comments, text boxes, charts."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document."""
        with open_zip(source.file) as archive:
            refuse_entities(archive)
            metadata = core_metadata(archive)
            prose = Prose(metadata.title)
            document = _Document(archive, prose)
            document.add()
            yield from document.left_out()
        yield metadata.document(_WORD, source, prose)


class _Document:
    """The parts of a document, and how its elements become blocks."""

    def __init__(self, archive: zipfile.ZipFile, prose: Prose) -> None:
        self._archive = archive
        self._prose = prose
        self._names = set(archive.namelist())
        self._main = main_part(archive, "word/document.xml")
        self._related = relations(archive, self._main)
        self._lists: set[str] = set()
        self._levels = self._heading_levels()
        self._notes = {kind: self._elements(kind, kind[:-1]) for kind in ("footnotes", "endnotes", "comments")}
        self._part = self._main
        self._omitted: list[str] = []
        self._hidden = False

    def add(self) -> None:
        """Add everything that can be read. Raises Unreadable when the body cannot be."""
        self._blocks(parse_xml(read_part(self._archive, self._main)))
        for kind in self._notes:  # those that nothing in the body refers to
            for identity in list(self._notes[kind]):
                self._prose.paragraph(self._note(kind, identity))
        said: set[str] = set()
        for relation in self._of_kind("header", "footer"):
            self._part = relation.target
            lines = "\n".join(self._lines(parse_xml(read_part(self._archive, relation.target))))
            if lines not in said and any(character.isalpha() for character in lines):
                said.add(lines)
                self._prose.new_section(keep_headings=False)
                self._prose.paragraph(lines, relation.kind)

    def left_out(self) -> Iterator[Unread]:
        """What of the document was not read."""
        for name in sorted(set(self._omitted)):
            yield Unread(f"the {name} in it was not read")
        if self._hidden:
            yield Unread("text in it that is formatted as hidden was left out")
        pictures = sum(relation.kind == "image" for relation in self._related.values())
        if pictures and len(self._prose.text()) < 20 * pictures:
            yield Unread(f"it is made of pictures ({pictures}) and hardly any text: what they show was not read")

    def _of_kind(self, *kinds: str) -> list[Relation]:
        found = [one for one in self._related.values() if one.kind in kinds and one.target in self._names]
        return sorted(found, key=lambda one: (kinds.index(one.kind), one.target))

    def _elements(self, kind: str, name: str) -> dict[str, Element]:
        """Notes or comments by their ids."""
        found: dict[str, Element] = {}
        for relation in self._of_kind(kind):
            for one in descendants(parse_xml(read_part(self._archive, relation.target)), name):
                if attribute(one, "type") in ("", "normal"):  # the others are lines that separate notes
                    found[attribute(one, "id")] = one
        return found

    def _heading_levels(self) -> dict[str, int]:
        """The level of heading that a paragraph style stands for, by the style's id."""
        bases: dict[str, str] = {}
        levels: dict[str, int] = {}
        for relation in self._of_kind("styles"):
            for style in descendants(parse_xml(read_part(self._archive, relation.target)), "style"):
                identity, name = attribute(style, "styleId"), attribute(first(style, "name"), "val").casefold()
                bases[identity] = attribute(first(style, "basedOn"), "val")
                if first(style, "pPr", "numPr") is not None:
                    self._lists.add(identity)
                match = _HEADING.match(name)
                outline = attribute(first(style, "pPr", "outlineLvl"), "val")
                if match:
                    levels[identity] = int(match.group(1))
                elif outline.isdigit():
                    levels[identity] = int(outline) + 1
                elif name == "title":
                    levels[identity] = 1
        for identity in bases:
            base = identity
            for _ in range(_STYLES_DEEP):
                if base in levels or not base:
                    break
                base = bases.get(base, "")
            if base in levels:
                levels[identity] = levels[base]
        return {identity: level for identity, level in levels.items() if level <= 9}

    def _blocks(self, element: Element) -> None:
        """Add the blocks below an element."""
        for child in element:
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name == "AlternateContent":
                chosen = alternative(child)
                if chosen is not None:
                    self._blocks(chosen)
            elif name == "altChunk":
                self._omitted.append("inserted document")
            elif name not in _TAKEN_OUT:
                self._blocks(child)

    def _paragraph(self, element: Element) -> None:
        words, boxes = self._inline(element)
        style = attribute(first(element, "pPr", "pStyle"), "val")
        outline = attribute(first(element, "pPr", "outlineLvl"), "val")
        level = int(outline) + 1 if outline.isdigit() else self._levels.get(style, 0)
        if 0 < level < 10 and words.strip():
            self._prose.heading(min(level, 6), words)
        elif words.strip() and (style in self._lists or first(element, "pPr", "numPr") is not None):
            self._prose.paragraph(f"• {words.strip()}")
        else:
            self._prose.paragraph(words)
        for box in boxes:
            self._prose.paragraph(box)

    def _table(self, table: Element) -> None:
        for row in _within(table, "tr"):
            self._prose.row(" ".join(self._lines(cell)) for cell in _within(row, "tc"))

    def _lines(self, element: Element) -> list[str]:
        """The paragraphs below an element, each a line, with what hangs on them."""
        lines: list[str] = []
        for child in element:
            name = local(child)
            if name == "p":
                words, boxes = self._inline(child)
                lines += filter(None, (words.strip(), *boxes))
            elif name == "AlternateContent":
                chosen = alternative(child)
                lines += self._lines(chosen) if chosen is not None else []
            elif name not in _TAKEN_OUT:
                lines += self._lines(child)
        return lines

    def _inline(self, paragraph: Element) -> tuple[str, list[str]]:
        """(the words of a paragraph, the text boxes, notes, comments and charts that are anchored in it)."""
        words: list[str] = []
        boxes: list[str] = []
        self._runs(paragraph, words, boxes)
        return "".join(words), boxes

    def _runs(self, element: Element, words: list[str], boxes: list[str]) -> None:
        for child in element:
            name = local(child)
            if name == "t":
                words.append(child.text or "")
            elif name in _SIGNS:
                words.append(_SIGNS[name])
            elif name == "sym":
                words.append(_symbol(attribute(child, "char")))
            elif name in ("footnoteReference", "endnoteReference"):
                identity = attribute(child, "id")
                words.append(f" [{identity}]")
                boxes.append(self._note(f"{name[: -len('Reference')]}s", identity))
            elif name == "commentReference":
                boxes.append(self._note("comments", attribute(child, "id")))
            elif name == "r" and _is_hidden(child):
                self._hidden = self._hidden or any(one.text for one in descendants(child, "t"))
            elif name == "ruby":
                base, reading = ("".join(t.text or "" for t in descendants(one, "t")) if one is not None else ""
                                 for one in (first(child, "rubyBase"), first(child, "rt")))  # fmt: skip
                words.append(f"{base}({reading})" if reading else base)
            elif name in _GRAPHICS:
                boxes += self._graphic(child)
            elif name == "AlternateContent":
                chosen = alternative(child)
                if chosen is not None:
                    self._runs(chosen, words, boxes)
            elif name == "fldChar":
                words.append(_form_field(child))
            elif name not in _TAKEN_OUT:
                self._runs(child, words, boxes)

    def _note(self, kind: str, identity: str) -> str:
        """The text of a footnote, endnote or comment, once."""
        element = self._notes[kind].pop(identity, None)
        text = " ".join(self._lines(element)).strip() if element is not None else ""
        if not text or element is None:
            return ""
        author = attribute(element, "author")
        return f"[{identity}] {text}" if kind != "comments" else f"Comment{f' by {author}' if author else ''}: {text}"

    def _graphic(self, graphic: Element) -> list[str]:
        """The texts in and behind a drawing."""
        texts = list(alternative_text(graphic))
        for holder in _outermost(graphic, "txbxContent"):
            texts.append("\n".join(self._lines(holder)))
        for one in graphic.iter():
            name = local(one)
            if name == "textpath":  # WordArt
                texts.append(attribute(one, "string"))
            elif name == "txBody":
                texts.append("\n".join(paragraph_lines(one)))
            elif name == "OLEObject":
                self._omitted.append(f"embedded object ({attribute(one, 'ProgID') or 'of an unknown kind'})")
        texts += ["\n".join(lines) for _, lines in graphic_lines(self._archive, graphic, self._part)]
        return list(dict.fromkeys(filter(None, (text.strip() for text in texts))))


def _within(element: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, not those of a table within."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in _WRAPPERS:
            yield from _within(child, name)


def _outermost(element: Element, name: str) -> Iterator[Element]:
    """Elements of this name that are in no other of this name; of alternatives only one is looked at."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) == "AlternateContent":
            chosen = alternative(child)
            if chosen is not None:
                yield from _outermost(chosen, name)
        else:
            yield from _outermost(child, name)


def _is_hidden(run: Element) -> bool:
    vanish = first(run, "rPr", "vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")


def _symbol(code: str) -> str:
    """A character of a symbol font; most of those stand where Unicode has none."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return _WINGDINGS.get(number - 0xF000, "•")
    return chr(number) if number < 0x110000 else ""


def _form_field(field: Element) -> str:
    """The state of a check box or the choice of a list of the older forms; what was typed stands in the text."""
    box, choice = first(field, "ffData", "checkBox"), first(field, "ffData", "ddList")
    if box is not None:
        state = first(box, "checked")
        state = first(box, "default") if state is None else state
        return "☑" if state is not None and attribute(state, "val") not in ("0", "false") else "☐"
    if choice is not None:
        entries = [attribute(entry, "val") for entry in descendants(choice, "listEntry")]
        number = attribute(first(choice, "result"), "val") or attribute(first(choice, "default"), "val") or "0"
        return entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""
    return ""
