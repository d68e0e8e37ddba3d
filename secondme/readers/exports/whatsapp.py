"""WhatsApp's export: lines of text in the style of iOS or Android and in the phone's own date format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from secondme.readers.dates import day_first, instant_of
from secondme.readers.documents import ParsedDocument, ReadItem, Turn
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.tree import ExportTree
from secondme.readers.reader import SourceFile, Unreadable, decode
from secondme.text.clean import clean

_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\ufeff]")
_DATE = r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{2,4})"
_TIME = r"(?P<h>\d{1,2})[:.](?P<m>\d\d)(?:[:.](?P<s>\d\d))?(?:\s?(?P<half>[APap])\.?\s?[Mm]\.?)?"
_IOS = re.compile(rf"\[{_DATE},?\s{_TIME}\]\s(?P<rest>.*)")
_ANDROID = re.compile(rf"{_DATE},?\s{_TIME}\s[-–]\s(?P<rest>.*)")
_SPEAKER = re.compile(r"(?P<name>[^:]{1,80}):\s(?P<text>.*)", re.DOTALL)
_MEDIA = re.compile(
    r"<(?:Media omitted|Medien ausgeschlossen|Médias omis|Multimedia omitido|Media weggelaten|Mídia oculta)>"
    r"|\b(?:image|video|audio|sticker|GIF|document|Contact card|Bild|Sprachnachricht|imagen) "
    r"(?:omitted|weggelassen|omitida?|omitido)\b"
)
_EDITED = re.compile(
    r"\s*<(?:This message was edited|Diese Nachricht wurde bearbeitet\.?|Se editó este mensaje\.?)>\s*\Z"
)
_DELETED = re.compile(r"(?:This message was deleted|You deleted this message|Diese Nachricht wurde gelöscht)\.?\Z")
_TITLE = re.compile(r"(?i)\AWhatsApp[ _-]*(?:Chat)?[ _-]*(?:with|mit|con|avec|de)?[ _-]*")


@dataclass
class _Line:
    """A message with the numbers of its date: only all dates of a file together show which number is the day."""

    numbers: tuple[int, int, int]
    clock: tuple[int, int, int]
    dots: bool
    half: bool
    stamp: str
    speaker: str
    text: str
    line: int


def looks_like_whatsapp(head: bytes) -> bool:
    """Whether one of the first lines of a text is a WhatsApp message."""
    lines = _MARKS.sub("", head[:4096].decode("utf-8", "replace")).splitlines()[:8]
    found = [m for line in lines if (m := _matched(line))]
    return any(_SPEAKER.match(match["rest"]) or "encrypt" in match["rest"] for match in found) and bool(lines)


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
        """One document for each text file."""
        texts = [name for name in tree.names if name.lower().endswith(".txt")]
        for name in texts or list(tree.names)[:1]:
            stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
            with tree.open(name) as file:
                yield from read_whatsapp(file.read(), tree.title if stem == "_chat" else stem, me)


def read_whatsapp(data: bytes, name: str, me: frozenset[str]) -> Iterator[ReadItem]:
    """The chat in an export's text. Raises Unreadable when no line is a message."""
    lines = list(_lines(decode(data)))
    if not lines:
        raise Unreadable("no line of it is a message")
    people = list(dict.fromkeys(line.speaker for line in lines if line.speaker))
    title = _TITLE.sub("", name).strip() or " & ".join(people[:3])
    dated = _Dates(lines)
    count: Counter[tuple[str, str]] = Counter()
    turns: list[Turn] = []
    for line in lines:
        text = _MEDIA.sub("[media]", _EDITED.sub("", line.text)).strip()
        if not line.speaker or not text or _DELETED.match(text):
            continue
        # Messages have no ids: the time as written, the speaker and a count within that minute identify each.
        count[(line.stamp, line.speaker)] += 1
        key = f"{line.stamp}|{line.speaker}|{count[(line.stamp, line.speaker)]}"
        at, offset, precision = dated.instant(line)
        role = "me" if line.speaker.casefold() in me else "other"
        turns.append(Turn(key, text, line.speaker, role, at, offset, precision, line=line.line))
    if not turns:
        raise Unreadable("it holds only notices, no messages")
    yield ParsedDocument("application/x-chat", title, turns=tuple(turns), chat_key=f"whatsapp:{title.casefold()}")


def _matched(line: str) -> re.Match[str] | None:
    line = line.replace("\u202f", " ").replace("\u00a0", " ").lstrip()
    return _IOS.match(line) or _ANDROID.match(line)


def _lines(text: str) -> Iterator[_Line]:
    """Messages; a line that does not begin with a date continues the message before it."""
    current: _Line | None = None
    for number, raw in enumerate(text.split("\n"), start=1):
        plain = _MARKS.sub("", raw).rstrip("\r ")
        match = _matched(plain)
        if match is None:
            if current is not None:
                current.text += f"\n{plain}"
            continue
        if current is not None:
            yield current
        spoken = _SPEAKER.match(match["rest"])
        hour = int(match["h"]) % 12 + 12 * (match["half"] in "pP") if match["half"] else int(match["h"])
        current = _Line(
            numbers=(int(match["a"]), int(match["b"]), int(match["c"])),
            clock=(hour, int(match["m"]), int(match["s"] or 0)),
            dots="." in plain[: match.start("h")],
            half=bool(match["half"]),
            stamp=f"{match['a']}/{match['b']}/{match['c']} {hour}:{match['m']}:{match['s'] or ''}",
            speaker=clean(spoken["name"].strip(), keep_newlines=False) if spoken else "",
            text=spoken["text"] if spoken else match["rest"],
            line=number,
        )
    if current is not None:
        yield current


class _Dates:
    """What the numbers of the dates mean, decided once for the whole file."""

    def __init__(self, lines: list[_Line]) -> None:
        self._year_first = any(line.numbers[0] > 31 for line in lines)
        pairs = [line.numbers[:2] for line in lines]
        found = day_first((a, b) for a, b in pairs)
        # A phone that writes AM and PM most likely writes the month first.
        american = any(line.half for line in lines) and not any(line.dots for line in lines)
        self._day_first = found if found is not None else not american

    def instant(self, line: _Line) -> tuple[str, int | None, str]:
        a, b, c = line.numbers
        year, month, day = (a, b, c) if self._year_first else (c, b, a) if self._day_first else (c, a, b)
        try:
            moment = datetime(year + (2000 if year < 100 else 0), month, day, *line.clock)
        except ValueError:
            return "", None, ""
        return instant_of(moment)
