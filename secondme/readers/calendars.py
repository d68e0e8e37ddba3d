"""Calendars: each event with its time, place and people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from secondme.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.dates import instant_of
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text import clean


class IcsReader:
    """Reads iCalendar files. A repeated event is one event with its rule: it is not unrolled."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document, its places are events."""
        import icalendar

        data = source.data()  # not its clean text: a line ends with CR LF here, and means it
        try:
            calendars = icalendar.Calendar.from_ical(data, multiple=True)
        except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Unreadable("it is a damaged calendar") from error
        title = next((str(one["X-WR-CALNAME"]) for one in calendars if "X-WR-CALNAME" in one), "")
        prose = Prose(title)
        bad = 0
        events = [event for one in calendars for event in one.walk() if event.name in ("VEVENT", "VTODO", "VJOURNAL")]
        for number, event in enumerate(events, start=1):
            try:
                _add_event(prose, event, f"event {number}")
            except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
                bad += 1
        if bad:
            yield Unread(f"{bad} of its {len(events)} events are damaged")
        if not prose.blocks:
            raise Unreadable("it holds no events")
        yield ParsedDocument(
            "text/calendar", clean(title, keep_newlines=False) or source.name, prose.text(), tuple(prose.blocks)
        )


def _add_event(prose: Prose, event: Any, place: str) -> None:
    summary = str(event.get("SUMMARY", "")).strip() or "(no title)"
    begins, ends = _moment(event, "DTSTART") or _moment(event, "DUE"), _moment(event, "DTEND")
    lines = [summary]
    if begins is not None:
        lines.append(f"When: {_spoken(begins)}" + (f" to {_spoken(ends)}" if ends is not None else ""))
    for label, key in (("Where", "LOCATION"), ("Organizer", "ORGANIZER"), ("Repeats", "RRULE")):
        if key in event:
            value = event[key].to_ical().decode() if key == "RRULE" else str(event[key])
            lines.append(f"{label}: {value.removeprefix('mailto:').removeprefix('MAILTO:')}")
    people = event.get("ATTENDEE", [])
    names = [
        str(one.params.get("CN", one)).removeprefix("mailto:").removeprefix("MAILTO:")
        for one in (people if isinstance(people, list) else [people])
    ]
    if names:
        lines.append(f"With: {', '.join(names[:50])}")
    if "DESCRIPTION" in event:
        lines.append(str(event["DESCRIPTION"]))
    prose.new_section()
    at, offset, precision = instant_of(begins) if begins is not None else ("", None, "")
    prose.paragraph(
        "\n".join(lines), place, heading=summary, happened_at=at, happened_offset=offset, precision=precision
    )


def _moment(event: Any, key: str) -> date | None:
    value = getattr(event.get(key), "dt", None)
    return value if isinstance(value, date) else None


def _spoken(moment: date) -> str:
    return f"{moment:%A %d %B %Y, %H:%M}" if isinstance(moment, datetime) else f"{moment:%A %d %B %Y}"
