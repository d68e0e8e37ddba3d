"""Calendars: each event with its time in local time, its place and people, and how it repeats or was changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from secondme.readers.dates import instant_of
from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.mail_text import text_of
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.clean import clean, join_words

_EVENTS = ("VEVENT", "VTODO", "VJOURNAL")
_DAMAGE = (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError, RecursionError)
_BEGIN = re.compile(r"(?im)^BEGIN:(VEVENT|VTODO|VJOURNAL)[ \t]*$")
_BLOCK = re.compile(
    r"(?ims)^BEGIN:(VEVENT|VTODO|VJOURNAL|VTIMEZONE)[ \t]*\n(.*?)"
    r"(?:^END:\1[ \t]*$|(?=^BEGIN:(?:VEVENT|VTODO|VJOURNAL)\b)|\Z)"
)
"""A component to its end, or where that is missing to the next or the end of the file."""
_FIELDS = (
    ("Where", "LOCATION"), ("Organizer", "ORGANIZER"), ("Categories", "CATEGORIES"), ("Link", "URL"),
    ("Conference", "CONFERENCE"), ("Conference", "X-GOOGLE-CONFERENCE"), ("Attached", "ATTACH"), ("Contact", "CONTACT"),
    ("Resources", "RESOURCES"), ("Comment", "COMMENT"), ("Completed", "COMPLETED"),
    ("Percent done", "PERCENT-COMPLETE"),
)  # fmt: skip
_DAYS = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday",
    "SU": "Sunday",
}  # fmt: skip
_PERIODS = {
    "YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week", "DAILY": "day", "HOURLY": "hour", "MINUTELY": "minute",
    "SECONDLY": "second",
}  # fmt: skip
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "second to last"}
_STATES = {"TENTATIVE": "tentative", "COMPLETED": "completed", "IN-PROCESS": "in process", "NEEDS-ACTION": "open"}
_ANSWERS = {"DECLINED": "declined", "TENTATIVE": "perhaps", "ACCEPTED": "accepted", "DELEGATED": "delegated"}
_SHOWN = 50
"""People, and dates of exceptions, that are written out of one event."""


class IcsReader:
    """Reads iCalendar files (RFC 5545). A repeated event is one event with its rule: it is not unrolled."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document, its places are events."""
        text = _text(source.data())
        calendars = _calendars(text)
        title = next((str(one["X-WR-CALNAME"]) for one in calendars if "X-WR-CALNAME" in one), "")
        called_off = {id(one) for one in calendars if str(one.get("METHOD", "")).upper() == "CANCEL"}
        events = [(event, id(one) in called_off) for one in calendars for event in one.walk() if event.name in _EVENTS]
        events, replaced = _latest(events)
        prose = Prose(title)
        damaged, incomplete = max(0, len(_BEGIN.findall(text)) - len(events) - replaced), 0
        changes = _changes([event for event, _ in events])
        for number, (event, off) in enumerate(events, start=1):
            try:
                _add_event(prose, event, f"event {number}", changes, off)
                incomplete += bool(event.errors)
            except _DAMAGE:
                damaged += 1
        if damaged:
            yield Unread(f"{damaged} of its events are damaged")
        if incomplete:
            yield Unread(f"a line of {incomplete} of its {len(events)} events is damaged; the rest of them was read")
        if replaced:
            yield Unread(f"{replaced} earlier versions of events that were changed later were left out")
        if busy := sum(part.name in ("VFREEBUSY", "VAVAILABILITY") for one in calendars for part in one.walk()):
            yield Unread(f"{busy} lists of free and busy times were not read")
        if not prose.blocks:
            raise Unreadable("it holds no events")
        yield ParsedDocument(
            "text/calendar", clean(title, keep_newlines=False) or source.name, prose.text(), tuple(prose.blocks)
        )


def _text(data: bytes) -> str:
    """The text with plain line ends: here a line that begins with a space goes on from the one before."""
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return text_of(data, None)


def _calendars(text: str) -> Sequence[Any]:
    """The calendars of a file; of a damaged one its components, each for itself. Raises Unreadable."""
    import icalendar

    begun = len(_BEGIN.findall(text))
    try:
        whole = list(icalendar.Calendar.from_ical(text, multiple=True))
        if begun <= sum(part.name in _EVENTS for one in whole for part in one.walk()):
            return whole
    except _DAMAGE:
        pass
    blocks = [(match[1].upper(), match[2]) for match in _BLOCK.finditer(text)]
    zones = "".join(_component(name, body) for name, body in blocks if name == "VTIMEZONE")
    found: list[Any] = []
    for name, body in blocks:
        for before in (zones, "") if name != "VTIMEZONE" else ():
            try:
                data = _component("VCALENDAR", f"{before}{_component(name, body)}")
                found += icalendar.Calendar.from_ical(data, multiple=True)
                break
            except _DAMAGE:
                continue
    if not found:
        raise Unreadable("it is a damaged calendar")
    return found


def _component(name: str, body: str) -> str:
    return f"BEGIN:{name}\n{body.rstrip()}\nEND:{name}\n"


def _latest(events: Sequence[tuple[Any, bool]]) -> tuple[list[tuple[Any, bool]], int]:
    """Of events that were sent again with a higher number the last version, and how many were replaced."""
    highest: dict[tuple[str, str], int] = {}
    numbered: list[tuple[tuple[str, str], int]] = []
    for event, _ in events:
        name = (str(event.get("UID", "")), str(_moment(event, "RECURRENCE-ID")))
        number = str(event.get("SEQUENCE", "0")).strip()
        numbered.append((name, int(number) if number.isdigit() else 0))
        highest[name] = max(highest.get(name, 0), numbered[-1][1])
    kept = [
        event for event, (name, number) in zip(events, numbered, strict=True) if not name[0] or number == highest[name]
    ]
    return kept, len(events) - len(kept)


def _changes(events: Sequence[Any]) -> Mapping[str, list[str]]:
    """For each repeated event, by its identifier, what was changed of single days."""
    found: dict[str, list[str]] = defaultdict(list)
    for event in events:
        planned = _moment(event, "RECURRENCE-ID")
        if planned is None:
            continue
        now = _moment(event, "DTSTART")
        if _is_off(event):
            found[str(event.get("UID", ""))].append(f"{_spoken(planned)} is cancelled")
        elif now is not None and now != planned:
            found[str(event.get("UID", ""))].append(f"{_spoken(planned)} was moved to {_spoken(now)}")
    return found


def _is_off(event: Any) -> bool:
    return str(event.get("STATUS", "")).strip().upper() == "CANCELLED"


def _add_event(prose: Prose, event: Any, place: str, changes: Mapping[str, list[str]], off: bool) -> None:
    summary = str(event.get("SUMMARY", "")).strip() or "(no title)"
    begins, due = _moment(event, "DTSTART"), _moment(event, "DUE")
    planned = _moment(event, "RECURRENCE-ID")
    off = off or _is_off(event)
    lines = [f"{summary} (cancelled)" if off else summary]
    when = _when(event, begins, off)
    if when:
        lines.append(f"When: {when}")
    if due is not None:
        lines.append(f"Due: {_spoken(due)}")
    if planned is not None:
        lines.append(f"Instead of: {_spoken(planned)}")
    elif "RRULE" in event:
        lines += [f"Repeats: {_rule(rule)}" for rule in _all(event, "RRULE")]
        lines += [f"Changed: {change}" for change in changes.get(str(event.get("UID", "")), [])[:_SHOWN]]
    for label, key in (("Except", "EXDATE"), ("Also", "RDATE")):
        days = [_spoken(moment) for moment in _days(event, key)]
        if days:
            lines.append(f"{label}: {'; '.join(days[:_SHOWN])}")
    state = _STATES.get(str(event.get("STATUS", "")).strip().upper())
    if state:
        lines.append(f"Status: {state}")
    for label, key in _FIELDS:
        lines += [f"{label}: {text}" for text in map(_field, _all(event, key)) if text]
    people = [_person(one) for one in _all(event, "ATTENDEE")]
    if people:
        more = [f"{len(people) - _SHOWN:,} more"] if len(people) > _SHOWN else []
        lines.append(f"With: {', '.join([*people[:_SHOWN], *more])}")
    lines += [text for text in map(_reminder, event.walk("VALARM")) if text]
    told = [str(one) for one in _all(event, "DESCRIPTION")]
    lines += told if any(text.strip() for text in told) else [_plain(one) for one in _all(event, "X-ALT-DESC")]
    prose.new_section()
    first = begins or due
    at, offset, precision = instant_of(_local(first)) if first is not None else ("", None, "")
    prose.paragraph(
        "\n".join(lines), place, heading=lines[0], happened_at=at, happened_offset=offset, precision=precision
    )


def _when(event: Any, begins: date | None, off: bool) -> str:
    """From when to when an event is, or was planned to be."""
    if begins is None:
        written = str(event.get("DTSTART", "")).strip()
        return f"{written} (as it is written)" if written else ""
    ends = _end(event, begins)
    spoken = _spoken(begins) + (f" to {_spoken(ends)}" if ends is not None and ends != begins else "")
    return f"cancelled, it was planned for {spoken}" if off else spoken


def _end(event: Any, begins: date) -> date | None:
    """When an event ends: its last day where it lasts whole days, for the end that is written is the day after."""
    ends = _moment(event, "DTEND")
    length = _dt(event.get("DURATION"))
    if ends is None and isinstance(length, timedelta):
        ends = begins + length
    if ends is None or isinstance(ends, datetime) or isinstance(begins, datetime):
        return ends if ends is None or isinstance(ends, datetime) == isinstance(begins, datetime) else None
    return max(begins, ends - timedelta(days=1))


def _rule(rule: Any) -> str:
    """How an event repeats, in words, and as it is written."""
    written = str(rule.to_ical().decode("utf-8", "replace"))
    period = _PERIODS.get(str(next(iter(rule.get("FREQ", [])), "")).upper())
    if period is None:
        return written
    every = int(next(iter(rule.get("INTERVAL", [1]))))
    words = f"every {period}" if every == 1 else f"every {every} {period}s"
    days = [_weekday(str(day)) for day in rule.get("BYDAY", [])]
    if all(days) and days:
        words += f" on {join_words(days)}"
    until = next(iter(rule.get("UNTIL", [])), None)
    if isinstance(until, date):
        words += f" until {_local(until):%A %d %B %Y}"
    count = next(iter(rule.get("COUNT", [])), None)
    if count is not None:
        words += f", {count} times"
    return f"{words} ({written})"


def _weekday(day: str) -> str:
    found = re.fullmatch(r"([+-]?\d{0,2})([A-Z]{2})", day.upper())
    name = _DAYS.get(found[2]) if found else None
    if found is None or name is None:
        return ""
    return f"the {_ORDINALS.get(int(found[1]), found[1])} {name}" if found[1] else name


def _reminder(alarm: Any) -> str:
    before = _dt(alarm.get("TRIGGER"))
    if not isinstance(before, timedelta) or before > timedelta(0):
        return ""
    minutes = int(-before.total_seconds() // 60)
    if not minutes:
        return "Reminder: when it begins"
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes % size == 0:
            count = minutes // size
            return f"Reminder: {count} {unit}{'s' if count > 1 else ''} before"
    return ""


def _all(event: Any, key: str) -> list[Any]:
    """Every value of a property, however often it is written."""
    if key not in event:
        return []
    value = event[key]
    return list(value) if isinstance(value, list) else [value]


def _field(value: Any) -> str:
    """A property's value as a person reads it."""
    moment = _dt(value)
    if isinstance(moment, date):
        return _spoken(moment)
    if hasattr(value, "cats"):
        return ", ".join(str(one) for one in value.cats)
    if str(getattr(value, "params", {}).get("ENCODING", "")).upper() == "BASE64":
        return str(value.params.get("FILENAME", "") or value.params.get("X-FILENAME", ""))
    return _person(value) if hasattr(value, "params") and "CN" in value.params else _address(str(value))


def _person(one: Any) -> str:
    """Who takes part, with the address if there is a name besides, and what they answered."""
    address, name = _address(str(one)), str(one.params.get("CN", ""))
    answer = _ANSWERS.get(str(one.params.get("PARTSTAT", "")).upper())
    who = f"{name} <{address}>" if name and name != address else address
    return f"{who} ({answer})" if answer else who


def _address(text: str) -> str:
    return re.sub(r"(?i)^mailto:", "", text)


def _plain(value: Any) -> str:
    """The text of a description that is written as a page."""
    from selectolax.lexbor import LexborHTMLParser

    from secondme.readers.html import add_html

    prose = Prose()
    add_html(prose, LexborHTMLParser(str(value)))
    return prose.text()


def _moment(event: Any, key: str) -> date | None:
    value = event.get(key)
    if isinstance(value, list):
        value = value[0] if value else None
    moment = _dt(value)
    return moment if isinstance(moment, date) else None


def _dt(value: Any) -> Any:
    """The time of a property; None where it has none, or one that cannot be read."""
    try:
        return getattr(value, "dt", None)
    except ValueError:
        return None


def _days(event: Any, key: str) -> Iterator[date]:
    for dates in _all(event, key):
        for one in getattr(dates, "dts", None) or [dates]:
            moment = _dt(one)
            if isinstance(moment, tuple):
                moment = moment[0]
            if isinstance(moment, date):
                yield moment


def _local(moment: date) -> date:
    """A time in the zone of this computer; a day, and a time without a zone, as it is."""
    return moment.astimezone() if isinstance(moment, datetime) and moment.tzinfo is not None else moment


def _spoken(moment: date) -> str:
    """A time in local time, and what the clock shows in the zone in which it was written, if it is another."""
    local = _local(moment)
    if not isinstance(local, datetime) or not isinstance(moment, datetime):
        return f"{local:%A %d %B %Y}"
    spoken = f"{local:%A %d %B %Y, %H:%M}"
    zone = getattr(moment.tzinfo, "key", "") or ""
    if zone in ("", "UTC") or moment.utcoffset() == local.utcoffset():
        return spoken
    same_day = moment.date() == local.date()
    return f"{spoken} ({moment:%H:%M} in {zone})" if same_day else f"{spoken} ({moment:%d %B, %H:%M} in {zone})"
