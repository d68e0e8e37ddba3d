"""Mail: single messages (EML) and mailboxes (MBOX)."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from datetime import UTC
from email.message import EmailMessage, Message
from typing import Any, BinaryIO

from selectolax.lexbor import LexborHTMLParser

from secondme.readers.dates import instant_of
from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.html import add_html
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.chunking import paragraphs
from secondme.text.clean import clean

_PARTS = 200
_FROM = re.compile(rb"From \S+ .*\d\d:\d\d")
"""What begins a message; some mailboxes do not quote a sentence that begins with From."""


class EmlReader:
    """Reads one message."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document: who wrote to whom and when, then the text."""
        prose = Prose()
        subject, author, at, precision = _add_message(prose, source.data(), source.me, "")
        if not prose.blocks:
            raise Unreadable("it is no message")
        yield ParsedDocument(
            "message/rfc822",
            subject or source.name,
            prose.text(),
            tuple(prose.blocks),
            author=author,
            happened_at=at,
            precision=precision,
        )


class MboxReader:
    """Reads a mailbox: messages one after another, each beginning with a line `From address date`."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document, its places are messages."""
        prose = Prose()
        bad = 0
        number = 0
        for number, data in enumerate(_messages(source.file), start=1):
            before = len(prose.blocks)
            try:
                _add_message(prose, data, source.me, f"message {number}")
            except Unreadable:
                bad += 1
            bad += len(prose.blocks) == before
            if prose.full:
                yield Unread(f"only its first {number:,} messages were read: it holds too much text")
                break
        if not prose.blocks:
            raise Unreadable("it holds no messages")
        if bad:
            yield Unread(f"{bad} of its {number:,} messages could not be read")
        yield ParsedDocument("application/mbox", source.name, prose.text(), tuple(prose.blocks))


def _messages(file: BinaryIO) -> Iterator[bytes]:
    """Messages between lines `From …` that follow an empty one; a quoted `>From ` is unquoted."""
    file.seek(0)
    lines: list[bytes] = []
    begun, empty = False, True
    for line in file:
        if empty and _FROM.match(line):
            if begun:
                yield b"".join(lines)
            begun, lines = True, []
        elif begun:
            lines.append(line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line)
        empty = line in (b"\n", b"\r\n")
    if begun and lines:
        yield b"".join(lines)


def _add_message(prose: Prose, data: bytes, me: frozenset[str], place: str) -> tuple[str, str, str, str]:
    """Add a message; returns (subject, sender, instant, precision)."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        subject = _header(message, "Subject") or "(no subject)"
        sender_name, sender_address = email.utils.parseaddr(_header(message, "From"))
        sender = clean(sender_name or sender_address, keep_newlines=False)
        to = ", ".join(
            clean(f"{name} <{address}>" if name and address else name or address, keep_newlines=False)
            for name, address in email.utils.getaddresses([_header(message, "To"), _header(message, "Cc")])
            if name or address
        )
        at, offset, precision = _date(message)
        body, attached = _body(message)
    except (ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError) as error:
        raise Unreadable("its message is damaged") from error
    if not sender and not body and not message.keys():
        return "", "", "", ""
    role = "me" if me & {sender_name.casefold(), sender_address.casefold()} else "other"
    prose.new_section()
    about = {"speaker": sender, "role": role, "happened_at": at, "happened_offset": offset, "precision": precision}
    address = f" <{clean(sender_address, keep_newlines=False)}>" if sender_name and sender_address else ""
    head = f"{subject}\nFrom: {sender}{address}" + (f"\nTo: {to[:300]}" if to else "")
    if attached:
        head += f"\nAttached: {', '.join(attached)}"
    prose.paragraph(head, place, heading=subject, **about)  # type: ignore[arg-type]
    for start, end in paragraphs(body, 0, len(body)):
        prose.paragraph(body[start:end], place, heading=subject, **about)  # type: ignore[arg-type]
    return subject, sender, at, precision


def _header(message: Message, name: str) -> str:
    try:
        value = message.get(name)
        return " ".join(clean(str(value), keep_newlines=False).split())[:500] if value is not None else ""
    except Exception:  # the header parser of the standard library fails in many ways on broken headers
        return ""


def _date(message: Message) -> tuple[str, int | None, str]:
    try:
        moment = email.utils.parsedate_to_datetime(_header(message, "Date"))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return instant_of(moment)
    except (ValueError, TypeError, OverflowError, IndexError):
        return "", None, ""


def _body(message: Message) -> tuple[str, list[str]]:
    """The text that was written, from the plain part if there is one, and the names of what is attached."""
    plain: list[str] = []
    html: list[str] = []
    attached: list[str] = []
    for i, piece in enumerate(message.walk()):
        if i > _PARTS:
            break
        if piece.is_multipart():
            continue
        name = piece.get_filename()
        if name or piece.get_content_disposition() == "attachment":
            attached.append(clean(str(name or "unnamed"), keep_newlines=False)[:100])
        elif piece.get_content_type() == "text/plain":
            plain.append(_content(piece))
        elif piece.get_content_type() == "text/html":
            html.append(_content(piece))
    if not any(text.strip() for text in plain) and html:
        prose = Prose()
        add_html(prose, LexborHTMLParser("\n".join(html)))
        return prose.text(), attached
    return clean("\n\n".join(plain)), attached


def _content(piece: Message) -> str:
    try:
        if isinstance(piece, EmailMessage):
            content: Any = piece.get_content()
            return str(content)
    except (LookupError, UnicodeError, ValueError, KeyError):
        pass
    payload: Any = piece.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
