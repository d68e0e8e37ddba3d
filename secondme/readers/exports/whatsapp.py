"""WhatsApp's export: lines of text in the style of iOS or Android and in the phone's own date format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from secondme.readers.chat_dates import Order, order_of
from secondme.readers.documents import ParsedDocument, ReadItem, Turn, Unread
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.tree import ExportTree
from secondme.readers.exports.whatsapp_lines import Line, Lines, looks_like_whatsapp
from secondme.readers.exports.whatsapp_words import words_said
from secondme.readers.reader import SNIFFED, SourceFile, Unreadable
from secondme.text.clean import clean

_TITLE = re.compile(
    r"(?i)\AWhatsApp[ _-]*(?:chats?\b|sohbeti|чат|gesprek)?[ _-]*(?:(?:with|mit|con|avec|com|de|met|z|с)\b)?[ _-]*"
)


class WhatsAppReader:
    """Reads `_chat.txt` or `WhatsApp Chat with NAME.txt` where it lies among other files."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One chat."""
        name = source.path.stem if source.path.stem != "_chat" else source.path.parent.name
        yield from read_whatsapp(source.data(), clean(name, keep_newlines=False), source.me)


class WhatsAppExport(ExportReader):
    """Reads the text in an export's zip archive or folder."""

    platform = "whatsapp"
    plain_text = True

    @classmethod
    def fits_head(cls, head: bytes, name: str) -> bool:
        """Lines that look like messages."""
        return looks_like_whatsapp(head)

    def read(self, tree: ExportTree, me: frozenset[str]) -> Iterator[ReadItem]:
        """One document for each text file that is a chat; other files are named."""
        texts = [name for name in tree.names if name.lower().endswith(".txt")] or list(tree.names)[:1]
        chats: list[str] = []
        for name in texts:
            with tree.open(name) as file:
                if len(texts) == 1 or looks_like_whatsapp(file.read(SNIFFED)):
                    chats.append(name)
        for name in chats:
            stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
            try:
                with tree.open(name) as file:
                    yield from read_whatsapp(file.read(), tree.title if stem == "_chat" else stem, me)
            except Unreadable as error:
                if len(chats) == 1:
                    raise
                yield Unread(f"{clean(name, keep_newlines=False)}: {error}")
        yield from tree.left_out(chats)


def read_whatsapp(data: bytes, name: str, me: frozenset[str]) -> Iterator[ReadItem]:
    """The chat in an export's text. Raises Unreadable when no line is a message."""
    found = Lines(data)
    lines = list(found.messages())
    if not lines:
        raise Unreadable("no line of it is a message")
    people = list(dict.fromkeys(line.speaker for line in lines if line.speaker))
    title = _TITLE.sub("", name).strip() or " & ".join(people[:3])
    decision = order_of([line.date for line in lines])
    count: Counter[tuple[str, str]] = Counter()
    turns: list[Turn] = []
    clock = _LocalClock(decision.order)
    for line in lines:
        text = words_said(line.text, line.speaker, by_itself=line.by_itself)
        if not line.speaker or not text:
            continue
        # Messages have no ids: the time as written, the speaker and a count within that minute identify each.
        count[(line.stamp, line.speaker)] += 1
        key = f"{line.stamp}|{line.speaker}|{count[(line.stamp, line.speaker)]}"
        at, offset, precision = clock.instant(line)
        role = "me" if line.speaker.casefold() in me else "other"
        turns.append(Turn(key, text, line.speaker, role, at, offset, precision, line=line.line))
    if not turns:
        raise Unreadable("it holds only notices, no messages")
    for remark in _remarks(found, turns, decision.remark(lines[0].date)):
        yield Unread(f"{title}: {remark}", failed=False)
    yield ParsedDocument("application/x-chat", title, turns=tuple(turns), chat_key=f"whatsapp:{title.casefold()}")


def _remarks(found: Lines, turns: list[Turn], of_dates: str) -> Iterator[str]:
    yield from found.notes
    if of_dates:
        yield of_dates
    undated = sum(not turn.happened_at for turn in turns)
    if undated:
        yield f"{undated} messages have a date that no calendar of a chat knows; they are kept without one"
    if found.unknown_clocks:
        words = ", ".join(sorted(found.unknown_clocks)[:3])
        yield f"the clock’s word {clean(words, keep_newlines=False)} is not known; times may be off by twelve hours"


class _LocalClock:
    """The instants of a chat's lines, which are in local time. The offset from UTC is looked up once an hour."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._offsets: dict[tuple[tuple[int, int, int], int], tuple[date, timedelta] | None] = {}

    def instant(self, line: Line) -> tuple[str, int | None, str]:
        """(instant, offset in minutes, precision), or ("", None, "") for a date that no calendar has."""
        hour = line.clock[0] % 24
        key = (line.date.numbers, hour)
        if key not in self._offsets:
            self._offsets[key] = self._offset(line, hour)
        found = self._offsets[key]
        if found is None:
            return "", None, ""
        day, offset = found
        at = datetime.combine(day, time(hour, *line.clock[1:])) - offset
        return f"{at.isoformat(timespec='milliseconds')}Z", int(offset.total_seconds() // 60), "second"

    def _offset(self, line: Line, hour: int) -> tuple[date, timedelta] | None:
        day = self._order.date(line.date.numbers)
        offset = datetime.combine(day, time(hour)).astimezone().utcoffset() if day else None
        return None if day is None or offset is None else (day, offset)
