"""The parts of a message (MIME, RFC 2046): which of them are its text, which are files, and what is left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import PurePath

from selectolax.lexbor import LexborHTMLParser

from secondme.readers.documents import ParsedDocument, Unread
from secondme.readers.html import add_html, html_text
from secondme.readers.mail_text import decoded, reflowed, text_of
from secondme.readers.prose import Prose
from secondme.readers.quotes import BEGIN, END
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.clean import clean

PARTS = 200
SAME = 0.6
"""Two alternatives say the same when the one holds this share of the other's words."""
_WORDS = re.compile(r"[぀-ヿ㐀-鿿가-힣]|[^\W_぀-ヿ㐀-鿿가-힣]{2,}")
_STUB = re.compile(r"(?i)\bhtml\b|\bbrowser\b|\bnavegador\b|\bnavigateur\b|mail ?(?:client|program)|view (?:this|it) ")
"""A paragraph that only says that the text is elsewhere."""
_QUOTES = (
    "blockquote", "[name='quote']", ".yahoo_quoted", ".protonmail_quote", ".tutanota_quote", ".zmail_extra",
    "#OLK_SRC_BODY_SECTION", ".moz-forward-container", "#isForwardContent",
)  # fmt: skip
_QUOTES_TO_THE_END = (
    "#divRplyFwdMsg", "#appendonsend", "#mail-editor-reference-message-container", "#ms-outlook-mobile-quote",
)  # fmt: skip
_READ = {
    "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "text/comma-separated-values": ".csv",
    "text/tab-separated-values": ".tsv", "text/markdown": ".md", "text/x-markdown": ".md", "application/json": ".json",
    "text/calendar": ".ics", "application/ics": ".ics", "text/vcard": ".vcf", "text/x-vcard": ".vcf",
    "text/directory": ".vcf",
}  # fmt: skip
"""Attachments that are read, and the ending that names their reader where the file's name does not."""
_READ_ENDINGS = frozenset(".txt .text .log .md .markdown .csv .tsv .ics .vcf .html .htm .json .org .rst .tex".split())
_UNSAID = frozenset(
    """application/pgp-signature application/pkcs7-signature application/x-pkcs7-signature application/pgp-keys
    text/x-amp-html text/watch-html application/xml-dtd text/rfc822-headers""".split()
)
"""Parts that hold nothing that a person reads, or say once more what another part says."""


@dataclass
class Letter:
    """What a message holds. `files`: (name, text) of what is attached; `left_out`: what was not read."""

    text: str = ""
    attached: list[str] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def letter_of(message: Message) -> Letter:
    """The parts of a message in order; of alternatives the one that says most."""
    letter = Letter()
    texts = [text for text in _texts(message, letter, Counted()) if text.strip()]
    letter.text = "\n\n".join(texts)
    return letter


@dataclass
class Counted:
    """How many parts were seen, so that no message is endless."""

    parts: int = 0

    def full(self, letter: Letter) -> bool:
        """Count a part; whether there are too many, which is said once."""
        self.parts += 1
        if self.parts == PARTS + 1:
            letter.left_out.append(f"all parts after the first {PARTS}")
        return self.parts > PARTS


def _texts(part: Message, letter: Letter, seen: Counted) -> Iterator[str]:
    """Texts that belong to the message's own; what is attached goes to the letter."""
    if seen.full(letter):
        return
    kind = part.get_content_type()
    payload = part.get_payload()
    inside = [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []
    if inside and kind in ("message/rfc822", "message/news", "message/global"):
        letter.messages += inside
    elif inside and kind == "message/delivery-status":
        yield "\n".join(f"{name}: {value}" for inner in inside for name, value in inner.items())
    elif inside and kind == "multipart/alternative":
        yield from _alternative(inside, letter, seen)
    elif inside:
        for inner in inside:
            yield from _texts(inner, letter, seen)
    else:
        yield from _leaf(part, letter)


def _alternative(parts: list[Message], letter: Letter, seen: Counted) -> Iterator[str]:
    """The plain text if it says what the page says, else the page and what only the plain text says."""
    plain: list[str] = []
    rich: list[str] = []
    for part in parts:
        into = plain if part.get_content_type() == "text/plain" and not plain else rich
        into += _texts(part, letter, seen)
    first, page = "\n\n".join(plain), "\n\n".join(rich)
    if not page.strip() or _share(page, first) >= SAME:
        yield first if first.strip() else page
        return
    yield page
    told = _words(page)
    for paragraph in re.split(r"\n\s*\n", first):
        words = _words(paragraph)
        if words and len(words & told) < SAME * len(words) and not _STUB.search(paragraph):
            yield paragraph


def _words(text: str) -> set[str]:
    return set(_WORDS.findall(text.casefold()))


def _share(text: str, other: str) -> float:
    """The share of a text's words that another holds."""
    words = _words(text)
    return len(words & _words(other)) / len(words) if words else 1.0


def _leaf(part: Message, letter: Letter) -> Iterator[str]:
    """The text of a part without parts, unless it is a file or nothing to read."""
    kind = part.get_content_type()
    name = clean(decoded(str(part.get_filename() or "")), keep_newlines=False).strip()[:100]
    apart = bool(name) or part.get_content_disposition() == "attachment"
    data = _bytes(part)
    if kind in _UNSAID:
        return
    try:
        if not apart and kind in ("text/plain", "text/html", "text/enriched", "text/richtext"):
            yield _inline(part, kind, data)
            return
        if ending := _reader_ending(kind, name):
            if apart:
                letter.attached.append(name or "unnamed")
            charset = part.get_content_charset()
            if charset and ending not in (".html", ".htm"):
                data = text_of(data, charset).encode("utf-8", "replace")
            named = name if name.lower().endswith(ending) else f"{name or kind.partition('/')[2]}{ending}"
            text = _file_text(named, data, letter)
            if text:
                letter.files.append((name or kind.partition("/")[2], text))
            return
    except Unreadable as error:
        letter.left_out.append(f"{name or kind} ({error})")
        return
    if apart:
        letter.attached.append(name or "unnamed")
    if data.strip() and not _is_inline_picture(part):
        letter.left_out.append(name or f"a part of type {clean(kind, keep_newlines=False)[:60]}")


def _reader_ending(kind: str, name: str) -> str:
    """The ending of files that are read as this part, or empty where it is not read."""
    ending = PurePath(name).suffix.lower()
    if ending in _READ_ENDINGS and (kind.startswith("text/") or kind in ("application/octet-stream", *_READ)):
        return ending
    return _READ.get(kind, "")


def _is_inline_picture(part: Message) -> bool:
    """Whether a part is a picture that belongs to the page, such as a logo."""
    return (
        part.get_content_maintype() == "image"
        and bool(part.get("Content-ID"))
        and (part.get_content_disposition() != "attachment")
    )


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _inline(part: Message, kind: str, data: bytes) -> str:
    """The text of a part that is shown with the message. Raises Unreadable."""
    charset = part.get_content_charset()
    if kind == "text/plain":
        text = _unmarked(text_of(data, charset))
        flowed = str(part.get_param("format", "")).lower() == "flowed"
        return reflowed(text, join=str(part.get_param("delsp", "")).lower() == "yes") if flowed else text
    text = _unmarked(text_of(data, charset) if charset else html_text(data))
    if kind != "text/html":
        return re.sub(r"<[^<>\n]{1,40}>", "", text)
    tree = LexborHTMLParser(text)
    _mark_quotes(tree)
    prose = Prose()
    add_html(prose, tree)
    return prose.text()


def _unmarked(text: str) -> str:
    return text.replace(BEGIN, "").replace(END, "")


def _mark_quotes(tree: LexborHTMLParser) -> None:
    """Set marks around what the markup says is quoted."""
    for node in tree.css(", ".join(_QUOTES)):
        node.insert_before(BEGIN)
        node.insert_after(END)
    for node in tree.css(", ".join(_QUOTES_TO_THE_END)):
        node.insert_before(BEGIN)


def _file_text(name: str, data: bytes, letter: Letter) -> str:
    """The text of an attached file, read as a file of its kind. Raises Unreadable."""
    from secondme.readers.registry import format_of

    texts = []
    for item in format_of(PurePath(name), data[:4096]).load().read(SourceFile(PurePath(name), io.BytesIO(data))):
        if isinstance(item, ParsedDocument):
            texts.append(item.text or "\n".join(turn.text for turn in item.turns))
        elif isinstance(item, Unread):
            letter.left_out.append(f"{name}: {item.reason}")
    return "\n\n".join(texts)
