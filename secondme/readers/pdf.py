"""PDF: the text of each page, its broken lines joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2 as pdfium

from secondme.readers.dates import pdf_instant
from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.clean import clean

_BULLET = re.compile(r"\s*(?:[•◦▪‣*·–-]|\(?\d{1,3}[.)]|[a-z][.)])\s")
_FULL = 0.72
"""A line shorter than this share of the page's longest ends its paragraph."""


class PdfReader:
    """Reads PDF files that hold text; a scan has none."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document, its places are pages."""
        try:
            document = pdfium.PdfDocument(source.file)
        except pdfium.PdfiumError as error:
            locked = "password" in str(error).casefold()
            raise Unreadable("it is protected by a password" if locked else "it is a damaged PDF") from error
        try:
            yield from _read(document, source.name)
        finally:
            document.close()


def _read(document: pdfium.PdfDocument, name: str) -> Iterator[ReadItem]:
    about = {key: clean(value, keep_newlines=False).strip() for key, value in document.get_metadata_dict().items()}
    prose = Prose(about.get("Title", ""))
    broken = 0
    for number in range(len(document)):
        prose.new_section()
        try:
            page = document[number]
            text = page.get_textpage().get_text_bounded()
            page.close()
        except (pdfium.PdfiumError, UnicodeDecodeError):
            broken += 1
            continue
        for paragraph in unwrap_lines(text):
            prose.paragraph(paragraph, f"page {number + 1}")
        if prose.full:
            yield Unread(f"only its first {number + 1} pages were read: it holds too much text")
            break
    if broken:
        yield Unread(f"{broken} of its {len(document)} pages are damaged")
    if not prose.blocks:
        raise Unreadable(f"its {len(document)} pages hold no text (a scan?)" if len(document) else "it has no pages")
    at, precision = pdf_instant(about.get("CreationDate", "") or about.get("ModDate", ""))
    yield ParsedDocument(
        "application/pdf",
        about.get("Title") or name,
        prose.text(),
        tuple(prose.blocks),
        author=about.get("Author", "")[:200],
        happened_at=at,
        precision=precision,
    )


def unwrap_lines(text: str) -> list[str]:
    """Paragraphs of a page whose lines were broken for print: full lines are joined with the next one."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    longest = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    joined = False
    for line in lines:
        if not line.strip():
            joined = False
            continue
        if joined and not _BULLET.match(line):
            last = paragraphs[-1]
            if last.endswith(("\ufffe", "\u00ad")):  # PDFium's mark of a hyphen that only broke the word
                paragraphs[-1] = last[:-1] + line.lstrip()
            else:
                paragraphs[-1] = f"{last} {line.lstrip()}"
        else:
            paragraphs.append(line.strip())
        joined = len(line) >= _FULL * longest or line.endswith(("\ufffe", "\u00ad", ","))
    return [paragraph.replace("\ufffe", "-") for paragraph in paragraphs]
