"""Notes that Evernote exported (ENEX): XML with a page of HTML for each note."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from selectolax.lexbor import LexborHTMLParser

from secondme.readers.dates import loose_instant
from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.html import add_html
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.readers.xml_tree import descendants, first, local
from secondme.text.clean import clean

NAMED = 10
"""Attached files that are named; the others are counted."""
_DONE = re.compile(r"<en-todo\b[^>]*\bchecked\s*=\s*[\"']true[\"'][^>]*>", re.IGNORECASE)
_OPEN = re.compile(r"<en-todo\b[^>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<en-crypt\b.*?</en-crypt>", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(r"</?en-note\b[^>]*>", re.IGNORECASE)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")


class EvernoteReader:
    """Reads exported notes; their pictures and attached files are named only."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document, its places are notes, each of the day on which it was made."""
        prose = Prose()
        left_out: Counter[str] = Counter()
        number = 0
        try:
            # One note at a time: its pictures stand in the file too.
            for _, element in ElementTree.iterparse(source.file, events=("end",), forbid_dtd=False):
                if local(element) == "note" and not prose.full:
                    number += 1
                    _add_note(prose, element, f"note {number}", left_out)
                if local(element) == "note":
                    element.clear()
        except DefusedXmlException as error:
            raise Unreadable("its XML declares entities, as only bombs do") from error
        except (ParseError, ValueError, LookupError, RecursionError) as error:
            if not number:
                raise Unreadable("its XML is damaged") from error
            yield Unread(f"it is damaged after note {number:,}")
        if not prose.blocks:
            raise Unreadable("it holds no notes")
        if prose.full:
            yield Unread(f"only its first {number:,} notes were read: it holds too much text")
        if left_out:
            names = [f"{name} ({count})" if count > 1 else name for name, count in left_out.most_common(NAMED)]
            more = f" and {len(left_out) - NAMED:,} more" if len(left_out) > NAMED else ""
            yield Unread(f"of its notes these parts were not read: {', '.join(names)}{more}", failed=False)
        yield ParsedDocument("application/xml", source.name, prose.text(), tuple(prose.blocks))


def _add_note(prose: Prose, note: Element, place: str, left_out: Counter[str]) -> None:
    """Add a note: its title, tags, page, and the names of what is attached."""
    before = len(prose.blocks)
    prose.new_section(keep_headings=False)
    prose.heading(1, _text(note, "title"), place)
    tags = [tag.text.strip() for tag in note if local(tag) == "tag" and tag.text and tag.text.strip()]
    if tags:
        prose.paragraph(f"Tags: {', '.join(tags)}", place)
    page, hidden = _HIDDEN.subn(" ", _text(note, "content"))
    if hidden:
        left_out["encrypted text"] += hidden
    page = _PAGE.sub(" ", _OPEN.sub("[ ] ", _DONE.sub("[x] ", page)))
    add_html(prose, LexborHTMLParser(page), place)
    for link in (_text(note, "note-attributes", "source-url"), _text(note, "note-attributes", "author")):
        if link:
            prose.paragraph(link, place)
    for resource in descendants(note, "resource"):
        name = clean(_text(resource, "resource-attributes", "file-name"), keep_newlines=False)
        left_out[name or _text(resource, "mime") or "a file"] += 1
        if name:
            prose.paragraph(f"Attached: {name}", place)
    at, precision = loose_instant(_STAMP.sub(r"\1-\2-\3T\4:\5:\6Z", _text(note, "created").strip()))
    if at:
        prose.blocks[before:] = [replace(b, happened_at=at, precision=precision) for b in prose.blocks[before:]]


def _text(element: Element, *path: str) -> str:
    found = first(element, *path)
    return found.text if found is not None and found.text else ""
