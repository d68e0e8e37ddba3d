"""PDF: the text of each page, its broken lines joined, then what forms and notes say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from secondme.readers.dates import pdf_instant
from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.line_ends import Words, unwrap_lines
from secondme.readers.pdf_extras import attachment_names, is_picture_of_text, outline_titles, page_annotations
from secondme.readers.prose import TEXT_LIMIT, Prose
from secondme.readers.ranges import ranges
from secondme.readers.reader import SourceFile, Unreadable
from secondme.readers.reading_order import Box, column_lines
from secondme.text.clean import clean

_NO_TEXT = re.compile("[\ue000-\uf8ff\ufffd\x00\x01\x03-\x08\x0e-\x1f]")
_RUBBISH = 0.3
"""Share of characters that are no text, from which on a page's fonts do not say which letters they draw."""


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
            if document.get_formtype() != raw.FORMTYPE_NONE:
                document.init_forms()
            yield from _Pages(document).read(source.name)
        finally:
            document.close()


class _Pages:
    """The pages of a document, and which of them could not be read."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document
        self._texts: list[str] = []
        self._beside: list[list[tuple[str, str]]] = []
        self._damaged: list[int] = []
        self._pictures: list[int] = []
        self._ciphers: list[int] = []

    def read(self, name: str) -> Iterator[ReadItem]:
        """The document and notes on what is missing in it."""
        document = self._document
        about = {key: clean(value, keep_newlines=False).strip() for key, value in document.get_metadata_dict().items()}
        length = 0
        for number in range(1, len(document) + 1):
            self._page(number)
            length += len(self._texts[-1])
            if length > TEXT_LIMIT:
                yield Unread(f"only its first {number} pages were read: it holds too much text")
                break
        prose = Prose(about.get("Title", ""))
        words = Words(self._texts)
        for number, (text, beside) in enumerate(zip(self._texts, self._beside, strict=True), start=1):
            prose.new_section()
            for paragraph in unwrap_lines(text, words):
                prose.paragraph(paragraph, f"page {number}")
            for kind, said in beside:
                prose.paragraph(said, f"page {number}, {kind}")
        self._outline(prose)
        if not prose.blocks:
            raise Unreadable(self._empty())
        yield from self._left_out()
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

    def _page(self, number: int) -> None:
        text, beside = "", []
        try:
            page = self._document[number - 1]
            text = _page_text(page.get_textpage())
            if _is_rubbish(text):
                text = ""
                self._ciphers.append(number)
            elif is_picture_of_text(page, text):
                self._pictures.append(number)
            beside = list(page_annotations(self._document, page))
            page.close()
        except (pdfium.PdfiumError, UnicodeDecodeError):
            self._damaged.append(number)
        self._texts.append(text)
        self._beside.append(beside)

    def _outline(self, prose: Prose) -> None:
        """Add bookmarks that say what no page does, as those of scans do."""
        titles = list(outline_titles(self._document))
        said = _squeezed(prose.text()) if titles else ""
        titles = [title for title in titles if _squeezed(title) not in said]
        if titles:
            prose.new_section()
            prose.paragraph("\n".join(dict.fromkeys(titles)), "bookmarks")

    def _empty(self) -> str:
        count = len(self._document)
        if self._ciphers:
            return "its fonts do not say which letters they draw, so that its text cannot be read"
        return f"its {count} pages hold no text (a scan?)" if count else "it has no pages"

    def _left_out(self) -> Iterator[Unread]:
        if self._damaged:
            yield Unread(f"{len(self._damaged)} of its {len(self._document)} pages are damaged")
        if self._pictures:
            yield Unread(f"{ranges('page', self._pictures)} hold pictures without text (scanned?), which were not read")
        if self._ciphers:
            yield Unread(f"the fonts of {ranges('page', self._ciphers)} do not say which letters they draw: not read")
        names = attachment_names(self._document)
        if names:
            yield Unread(f"files attached to it were not read: {clean(', '.join(names), keep_newlines=False)}")
        if self._document.get_formtype() == raw.FORMTYPE_XFA_FULL:
            yield Unread("its form is of a kind (XFA) that was not read; print it to a PDF file to have it taken in")


def _page_text(page: pdfium.PdfTextPage) -> str:
    """The text of a page in the order in which it is read."""
    boxes = []
    for number in range(page.count_rects()):
        left, bottom, right, top = page.get_rect(number)
        boxes.append(Box(left, bottom, right, top, number))
    lines = column_lines(boxes, lambda box: str(page.get_text_bounded(box.left, box.bottom, box.right, box.top)))
    return "\n".join(lines) if lines is not None else str(page.get_text_bounded())


def _is_rubbish(text: str) -> bool:
    """Whether most of a text is no text: private characters and controls, as fonts without a table of letters give."""
    return len(_NO_TEXT.findall(text)) > _RUBBISH * len("".join(text.split())) > 0


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
