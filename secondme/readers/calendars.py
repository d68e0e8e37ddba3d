"""Calendars: each event with its time, place and people. Contacts: each with its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from secondme.readers.dates import instant_of
from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.clean import clean


class VcfReader:
    """Reads contacts (vCard)."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document, its places are people."""
        import icalendar

        try:
            cards = icalendar.Component.from_ical(source.data(), multiple=True)
        except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise Unreadable("it holds damaged contacts") from error
        prose = Prose(source.name)
        bad = 0
        for number, card in enumerate(cards, start=1):
            try:
                lines = _card(card) if card.name == "VCARD" else []
            except (ValueError, TypeError, AttributeError, KeyError, IndexError):
                lines = []
            bad += not lines
            if lines:
                prose.new_section()
                prose.paragraph("\n".join(lines), f"contact {number}", heading=lines[0].partition(": ")[2])
        if bad:
            yield Unread(f"{bad} of its {len(cards)} contacts are damaged or have no name")
        if not prose.blocks:
            raise Unreadable("it holds no contacts")
        yield ParsedDocument("text/vcard", source.name, prose.text(), tuple(prose.blocks))


_FIELDS = (
    ("Phone", "TEL"), ("Email", "EMAIL"), ("Birthday", "BDAY"), ("Company", "ORG"), ("Job", "TITLE"), ("City", "ADR"),
    ("Nickname", "NICKNAME"), ("Note", "NOTE"),
)  # fmt: skip


def _card(card: Any) -> list[str]:
    """A contact's fields as lines; empty without a name."""
    name = str(card.get("FN", "")).strip()
    lines = [f"Name: {name}"] if name else []
    for label, key in _FIELDS if name else ():
        found = card.get(key, [])
        for one in found if isinstance(found, list) else [found]:
            if key == "ADR":
                value = one.fields.locality
            else:
                value = one.to_ical().decode("utf-8", "replace").split(";")[0].replace("\\,", ",").removeprefix("tel:")
            if value.strip():
                lines.append(f"{label}: {' '.join(value.split())}")
    return lines


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
    names = [_person(one) for one in (people if isinstance(people, list) else [people])]
    if names:
        lines.append(f"With: {', '.join(names[:50])}")
    if "DESCRIPTION" in event:
        lines.append(str(event["DESCRIPTION"]))
    prose.new_section()
    at, offset, precision = instant_of(begins) if begins is not None else ("", None, "")
    prose.paragraph(
        "\n".join(lines), place, heading=summary, happened_at=at, happened_offset=offset, precision=precision
    )


def _person(one: Any) -> str:
    """Who takes part, with the address if there is a name besides."""
    address = re.sub(r"(?i)^mailto:", "", str(one))
    name = str(one.params.get("CN", ""))
    return f"{name} <{address}>" if name and name != address else address


def _moment(event: Any, key: str) -> date | None:
    value = getattr(event.get(key), "dt", None)
    return value if isinstance(value, date) else None


def _spoken(moment: date) -> str:
    return f"{moment:%A %d %B %Y, %H:%M}" if isinstance(moment, datetime) else f"{moment:%A %d %B %Y}"
