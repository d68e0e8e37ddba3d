"""Mail: single messages (EML) and mailboxes (MBOX)."""

from __future__ import annotations

import email
import email.policy
import email.utils
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from email.message import Message

from secondme.readers import quotes
from secondme.readers.dates import instant_of, loose_instant
from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.mail_parts import Letter, letter_of
from secondme.readers.mail_text import decoded, header, raw_header
from secondme.readers.mbox import messages
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.chunking import paragraphs
from secondme.text.clean import clean, join_words

_NAMED = 8
"""So many parts that were left out are named in a note."""
_DAMAGE = (ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError, AssertionError)
_DEPTH = 8
"""Messages within messages are read so deep."""


@dataclass
class _Mailing:
    """What messages are added to, who I am, and what was left out of them."""

    prose: Prose
    me: frozenset[str]
    left_out: Counter[str] = field(default_factory=Counter)

    def note(self) -> Iterator[Unread]:
        """What was left out, as a note."""
        if self.left_out:
            parts = [f"{name} ({count} times)" if count > 1 else name for name, count in self.left_out.items()]
            more = [f"{len(parts) - _NAMED:,} more"] if len(parts) > _NAMED else []
            yield Unread(f"of its messages these parts were not read: {join_words([*parts[:_NAMED], *more])}")


@dataclass(frozen=True)
class _Head:
    """The headers of a message that a person reads. `others`: the people it went to."""

    subject: str
    name: str
    address: str
    others: str
    at: str
    offset: int | None
    precision: str

    @property
    def sender(self) -> str:
        """Who sent it, as a name if there is one."""
        return self.name or self.address

    def lines(self) -> str:
        """The head as lines."""
        address = f" <{self.address}>" if self.name and self.address else ""
        return f"{self.subject}\nFrom: {self.sender}{address}" + (f"\nTo: {self.others[:300]}" if self.others else "")


class EmlReader:
    """Reads one message."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document: who wrote to whom and when, then the text."""
        mailing = _Mailing(Prose(), source.me)
        head = _add_data(mailing, source.data(), "")
        if head is None or not mailing.prose.blocks:
            raise Unreadable("it is no message")
        yield from mailing.note()
        yield ParsedDocument(
            "message/rfc822",
            head.subject or source.name,
            mailing.prose.text(),
            tuple(mailing.prose.blocks),
            author=head.sender,
            happened_at=head.at,
            precision=head.precision,
        )


class MboxReader:
    """Reads a mailbox: messages one after another, each beginning with a line `From address date`."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document, its places are messages."""
        prose = Prose()
        mailing = _Mailing(prose, source.me)
        bad = 0
        number = 0
        for number, (envelope, data) in enumerate(messages(source.file), start=1):
            before = len(prose.blocks)
            try:
                _add_data(mailing, data, f"message {number}", envelope)
                bad += len(prose.blocks) == before
            except Unreadable:
                bad += 1
            if prose.full:
                yield Unread(f"only its first {number:,} messages were read: it holds too much text")
                break
        if not prose.blocks:
            raise Unreadable("it holds no messages")
        if bad:
            yield Unread(f"{bad} of its {number:,} messages could not be read")
        yield from mailing.note()
        yield ParsedDocument("application/mbox", source.name, prose.text(), tuple(prose.blocks))


def _add_data(mailing: _Mailing, data: bytes, place: str, envelope: bytes = b"") -> _Head | None:
    """Add a message; None when it is none. Raises Unreadable."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        head = _head(message, envelope)
        letter = letter_of(message)
    except _DAMAGE as error:
        raise Unreadable("its message is damaged") from error
    if not head.sender and not letter.text and not message.keys():
        return None
    _add(mailing, head, letter, place, depth=0)
    return head


def _add(mailing: _Mailing, head: _Head, letter: Letter, place: str, depth: int) -> None:
    """Add a message with its parts: what its sender wrote, then what it quotes and what is attached."""
    prose = mailing.prose
    mailing.left_out.update(letter.left_out)
    attached = depth > 0
    mine = mailing.me & {head.name.casefold(), head.address.casefold()} and not attached
    when = {"happened_at": head.at, "happened_offset": head.offset, "precision": head.precision}
    own = {**when, "speaker": "" if attached else head.sender, "role": "me" if mine else "other"}
    others = {**when, "speaker": "", "role": "other"}
    prose.new_section()
    lines = head.lines() + (f"\nAttached: {', '.join(letter.attached)}" if letter.attached else "")
    prose.paragraph(lines, place, heading=head.subject, **own)  # type: ignore[arg-type]
    pieces = list(quotes.pieces(letter.text))
    forwarded = quotes.is_forward(head.subject) and not any(quoted for _, quoted in pieces)
    for text, quoted in pieces:
        about = others if quoted or forwarded else own
        if about is others or quoted != pieces[0][1]:
            prose.new_section()
        _paragraphs(prose, text, place, head.subject, about)
    for name, text in letter.files:
        prose.new_section()
        _paragraphs(prose, f"{name}\n{text}", place, name, others)
    for inner in letter.messages:
        if depth >= _DEPTH:
            mailing.left_out["a message within too many messages"] += 1
            continue
        try:
            _add(mailing, _head(inner, b""), letter_of(inner), place, depth + 1)
        except _DAMAGE:
            mailing.left_out["a damaged message"] += 1


def _paragraphs(prose: Prose, text: str, place: str, heading: str, about: dict[str, str | int | None]) -> None:
    text = clean(text)
    for start, end in paragraphs(text, 0, len(text)):
        prose.paragraph(text[start:end], place, heading=heading, **about)  # type: ignore[arg-type]


def _head(message: Message, envelope: bytes) -> _Head:
    """What the headers say."""
    senders = _people(message, "From") or _people(message, "Sender") or [("", "")]
    people = [person for name in ("To", "Cc", "Bcc") for person in _people(message, name)]
    others = ", ".join(f"{name} <{address}>" if name and address else name or address for name, address in people)
    at, offset, precision = _date(message, envelope)
    subject = header(message, "Subject")[:500] or "(no subject)"
    return _Head(subject, *senders[0], others, at, offset, precision)


def _people(message: Message, name: str) -> list[tuple[str, str]]:
    """(name, address) of each person in a header. Names are decoded after the parts are told: one may hold a comma."""
    raw = raw_header(message, name)
    found = [(decoded(person), decoded(address)) for person, address in email.utils.getaddresses([raw])]
    return [(person, address) for person, address in found if person or address]


def _date(message: Message, envelope: bytes) -> tuple[str, int | None, str]:
    """When it was sent: as it says itself, else when it was received, else as the mailbox says."""
    received = header(message, "Received").rpartition(";")[2]
    kept = envelope.decode("ascii", "replace").partition(" ")[2].strip().partition(" ")[2]
    for text in (header(message, "Date"), received, kept):
        try:
            moment = email.utils.parsedate_to_datetime(text)
            return instant_of(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        except (ValueError, TypeError, OverflowError, IndexError):
            at, precision = loose_instant(text)
            if at:
                return at, None, precision
    return "", None, ""
