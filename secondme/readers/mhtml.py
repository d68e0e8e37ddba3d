"""Web pages that were saved with all their parts as one file (MHTML, RFC 2557): a mail whose parts are the page."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import Message
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from secondme.readers.documents import ReadItem, Unread
from secondme.readers.html import add_html, html_metadata, html_text
from secondme.readers.metadata import Metadata
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.chunking import paragraphs

PAGES = 200
"""Frames of one page at most; advertisements have hundreds."""


class MhtmlReader:
    """Reads the page and its frames; pictures, styles and scripts hold no text."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document, with what the page says about itself."""
        pages, attached = _pages(source.data())
        if not pages:
            raise Unreadable("it holds no page")
        about: Metadata | None = None
        prose = Prose()
        for number, page in enumerate(pages[:PAGES]):
            markup = html_text(_payload(page), page.get_content_charset() or "", source.notes)
            place = f"frame {number}" if number else ""
            if page.get_content_type() == "text/plain":
                for start, end in paragraphs(markup, 0, len(markup)):
                    prose.paragraph(markup[start:end], place)
                continue
            tree = LexborHTMLParser(markup)
            if about is None:
                about = html_metadata(tree)
                prose = prose if prose.blocks else Prose(about.title)
            prose.new_section()
            add_html(prose, tree, place)
        if len(pages) > PAGES:
            yield Unread(f"only {PAGES} of its {len(pages):,} frames were read")
        if attached:
            yield Unread(f"{attached} of its parts hold documents that were not read")
        about = about or Metadata("", "", "", "", "")
        yield about.document("multipart/related", source, prose)


def _pages(data: bytes) -> tuple[list[Message], int]:
    """The parts that are text for a person, the page first, and how many other documents there are."""
    try:
        parts = list(email.message_from_bytes(data, policy=email.policy.compat32).walk())
        shown = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        shown = shown or [part for part in parts if part.get_content_type() == "text/plain" and part.get_payload()]
        others = sum(part.get_content_type() == "application/pdf" for part in parts)
    except (ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError) as error:
        raise Unreadable("its parts are damaged") from error
    return shown, others


def _payload(part: Message) -> bytes:
    payload: Any = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
