"""The lines of WhatsApp's export: which begin a message, with what date, clock and speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from secondme.readers.chat_dates import WrittenDate
from secondme.readers.clock_words import after_noon, ascii_digits, hour_of
from secondme.readers.reader import decode
from secondme.text.clean import clean

MARK = "\u200b"
"""What `clean` makes of the marks of direction."""
_OWN = b": \xe2\x80\x8e"
"""On an iPhone WhatsApp puts a mark from left to right (U+200E) before what it wrote itself."""
HEAD = 64
"""A line's date and time are within so many characters."""
RARE = 0.1
"""Lines of a form that so small a share of the file has were pasted into a message."""

FIRST_LINES = 40
"""So many lines are looked at to recognise a chat."""

_SPACE = r"[^\S\n]*"
_DATE = (
    r"(?P<a>\d{1,4})(?P<separator>\s?[./\-⁄]\s?|년\s?|年\s?)(?P<b>\d{1,2})(?:\s?[./\-⁄]\s?|월\s?|月\s?)"
    r"(?P<c>\d{1,4})(?:\.(?!\d)|일|日|\s?г\.?)?"
)
_HALF = r"[^\W\d_](?:[^\d\[\]:,،\-–—\n]{0,17}[^\s\d\[\]:,،\-–—])?"
_TIME = (
    rf"(?:(?P<before>{_HALF}){_SPACE})?(?P<h>\d{{1,2}})(?:[:.]|{_SPACE}h{_SPACE})(?P<m>\d\d)"
    rf"(?:(?:[:.]|{_SPACE}min{_SPACE})(?P<s>\d\d)(?:{_SPACE}s\b)?)?(?:{_SPACE}(?P<after>{_HALF}))?"
)
_BETWEEN = rf"{_SPACE}[,،]?{_SPACE}"
_FORMS = {
    "brackets": re.compile(rf"\[{_SPACE}{_DATE}{_BETWEEN}{_TIME}{_SPACE}\]\s(?P<rest>.*)"),
    "dash": re.compile(rf"{_DATE}{_BETWEEN}{_TIME}{_SPACE}\s[-–]\s(?P<rest>.*)"),
    "time first": re.compile(rf"{_TIME}{_BETWEEN}{_DATE}{_SPACE}\s[-–]\s(?P<rest>.*)"),
    "time first in brackets": re.compile(rf"\[{_TIME}{_BETWEEN}{_DATE}{_SPACE}\]\s(?P<rest>.*)"),
}
_DIGIT = re.compile(r"\d")
_END_OF_HEAD = re.compile(r"\]\s|\s[-–]\s")
_SPEAKER = re.compile(r"(?P<name>[^:：]{1,80})[:：](?:\s(?P<text>.*)|\Z)", re.DOTALL)
_CONNECTING = frozenset("klo kl kl. um at à a las alle às om o u в у ob".split())
"""Words between a date and a time that are no clock."""
_UNITS = frozenset("uhr ч ч. h hod hod. godz".split())


@dataclass(slots=True)
class Line:
    """A message as written. `by_itself`: WhatsApp wrote it, not the speaker. `clock`: hour, minute, second."""

    date: WrittenDate
    clock: tuple[int, int, int]
    stamp: str
    speaker: str
    text: str
    line: int
    by_itself: bool


@dataclass(slots=True)
class _Begin:
    """The beginning of a message: the form of its line and what stands in it."""

    form: str
    match: re.Match[str]
    rest: str


def looks_like_whatsapp(head: bytes) -> bool:
    """Whether a text begins with a WhatsApp message or notice, and one of its first lines is a message."""
    lines = [line for line in clean(head[:4096].decode("utf-8", "replace")).split("\n") if line.strip(f"{MARK} \r")]
    begins = [found for line in lines[:FIRST_LINES] if (found := _begin(line))]
    spoken = any(_SPEAKER.match(found.rest) or "encrypt" in found.rest for found in begins)
    return spoken and _begin(lines[0]) is not None


class Lines:
    """The messages of a chat. `notes`: what was damaged; `unknown_clocks`: words of 12-hour clocks not known."""

    def __init__(self, data: bytes) -> None:
        """`data`: a chat's bytes. Raises Unreadable for text in no known encoding."""
        self.notes: list[str] = []
        text = decode(data, "", self.notes)
        # Which mark it was is lost in clean text.
        marked = data.replace(b"\r\n", b" \n").replace(b"\r", b"\n").split(b"\n")
        self._own = {i for i, line in enumerate(marked, start=1) if _OWN in line}
        self._lines = text.split("\n")
        self._begins = [_begin(line) for line in self._lines]
        forms = Counter(found.form for found in self._begins if found)
        self._forms = {form for form, count in forms.items() if count >= RARE * forms.total()}
        # A message that is copied in WhatsApp is pasted with its time first, and is not a message of this chat.
        if self._forms & {"brackets", "dash"}:
            self._forms -= {"time first in brackets"}
        self.unknown_clocks: set[str] = set()
        self._speakers: dict[str, str] = {}

    def messages(self) -> Iterator[Line]:
        """Messages; a line that does not begin one continues the message before it."""
        current: Line | None = None
        for number, (raw, found) in enumerate(zip(self._lines, self._begins, strict=True), start=1):
            if found is None or found.form not in self._forms:
                if current is not None:
                    current.text += f"\n{raw.replace(MARK, '').rstrip()}"
                continue
            if current is not None:
                yield current
            current = self._line(found, number)
        if current is not None:
            yield current

    def _line(self, found: _Begin, number: int) -> Line:
        match = found.match
        first, second, third, minute, seconds = match.group("a", "b", "c", "m", "s")
        hour, half = self._hour(match)
        spoken = _SPEAKER.match(found.rest)
        text = (spoken["text"] or "") if spoken else found.rest
        return Line(
            date=WrittenDate((first, second, third), match["separator"], half),
            clock=(hour, int(minute), int(seconds or 0)),
            stamp=f"{first}/{second}/{third} {hour}:{minute}:{seconds or ''}",
            speaker=self._speaker(spoken["name"]) if spoken else "",
            text=text.replace(MARK, "").rstrip(),
            line=number,
            by_itself=number in self._own and text.startswith(MARK),
        )

    def _speaker(self, written: str) -> str:
        if written not in self._speakers:
            self._speakers[written] = clean(written.replace(MARK, "").strip(), keep_newlines=False)
        return self._speakers[written]

    def _hour(self, match: re.Match[str]) -> tuple[int, str]:
        """(hour of the day, word of the 12-hour clock or empty)."""
        hour = int(match["h"])
        for word in (match["before"], match["after"]):
            plain = (word or "").strip().casefold()
            if not plain or plain in _CONNECTING or plain in _UNITS:
                continue
            after = after_noon(plain)
            if after is None:
                self.unknown_clocks.add(plain)
                continue
            return hour_of(hour, after), word.strip()
        return hour, ""


def _begin(line: str) -> _Begin | None:
    # Marks of direction stand anywhere in a date; what follows it keeps its own.
    plain = line.rstrip("\r ").lstrip(f"{MARK} ")
    if not plain or not (plain[0] == "[" or plain[0].isdecimal() or plain[0].isalpha()):
        return None
    head = ascii_digits(plain[:HEAD])
    if _DIGIT.search(head, 0, 24) is None:
        return None
    if MARK in head:
        end = _END_OF_HEAD.search(plain)
        cut = end.end() if end else 0
        plain = plain[:cut].replace(MARK, "") + plain[cut:]
        head = ascii_digits(plain[:HEAD])
    whole = head + plain[HEAD:]
    for form, pattern in _FORMS.items():
        match = pattern.match(whole)
        if match is not None and _sensible(match):
            # The digits of the text stay as they were written.
            return _Begin(form, match, plain[match.start("rest") :])
    return None


def _sensible(match: re.Match[str]) -> bool:
    hour, minute, second = match.group("h", "m", "s")
    return int(hour) < 25 and int(minute) < 60 and int(second or 0) < 61
