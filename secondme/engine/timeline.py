"""What happened when: counts by day, and the events of a day, in the time zone of the machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import TypeAlias

from secondme.api import DayCount, DayEvent
from secondme.clock import instant
from secondme.errors import UsageError
from secondme.text.clean import clean
from storage.store import Store
from storage.timeline import EventRow, Stretch

EVENTS = 2000
"""Most events of a day that are listed."""
EXCERPT = 200
HALF_A_DAY = timedelta(hours=12)
Midnight: TypeAlias = tuple[str, str]
"""Two instants; see `Days._midnight`."""


class Days:
    """Reads the store by days. `zone`: where days begin; None: as the machine has it."""

    def __init__(self, store: Store, zone: tzinfo | None = None) -> None:
        self._store = store
        self._zone = zone
        self._counted: tuple[int, list[DayCount]] | None = None
        """The revision of the database that was counted, and the counts."""

    def counts(self) -> list[DayCount]:
        """Every day with passages, in order; counted anew when something was written since."""
        revision = self._store.database.revision
        if self._counted is None or self._counted[0] != revision:
            self._counted = revision, self._count()
        return self._counted[1]

    def _count(self) -> list[DayCount]:
        days = sorted({day for text in self._store.timeline.dates() for day in _around(text)})
        midnight = cache(self._midnight)  # the end of a day is mostly the beginning of the next
        stretches = {day: found for day in days if (found := _stretch(day, midnight)) is not None}
        numbers = self._store.timeline.counts(list(stretches.values()))
        counts = Counter(dict(zip(stretches, numbers, strict=True)))
        for moment, number in self._store.timeline.taken_in():
            day_taken = self._local_day(moment)
            if day_taken is not None:
                counts[day_taken] += number
        return [DayCount(day.isoformat(), counts[day]) for day in sorted(counts) if counts[day]]

    def events(self, day: str) -> list[DayEvent]:
        """What was said, written or taken in on a day, in order. Raises UsageError where the day is none."""
        found = _as_date(day)
        within = _stretch(found, self._midnight) if found is not None else None
        if within is None:
            raise UsageError(f"{clean(day, keep_newlines=False)!r} is no date.", "Write it as 2024-05-03.")
        return [self._event(row, day) for row in self._store.timeline.events(within, limit=EVENTS)]

    def _event(self, row: EventRow, day: str) -> DayEvent:
        local = datetime.fromisoformat(row.moment).astimezone(self._zone)
        at = day if row.precision == "day" and not row.taken_in else local.isoformat(timespec="minutes")
        text = " ".join(row.text[: EXCERPT * 2].split())[:EXCERPT]
        return DayEvent(at, _kind(row), text, row.speaker, row.title, row.source_id, row.id, row.passages)

    def _midnight(self, number: int) -> Midnight | None:
        """When the local day of a number (`date.toordinal`) begins, and from when a moment of which only the day is
        known counts to it; None where the calendar ends.

        Such a moment is the midnight that begins its day, in a zone that is not always this one: it counts to the
        nearest midnight.
        """
        try:
            begins = datetime.combine(date.fromordinal(number), time(), self._zone)
            local = begins.astimezone() if self._zone is None else begins
            return instant(local), instant(local - HALF_A_DAY)
        except (ValueError, OverflowError, OSError):
            return None

    def _local_day(self, moment: str) -> date | None:
        try:
            return datetime.fromisoformat(moment).astimezone(self._zone).date()
        except (ValueError, OverflowError, OSError):
            return None


def _stretch(day: date, midnight: Callable[[int], Midnight | None]) -> Stretch | None:
    """From one midnight to the next; None where the calendar ends."""
    begins, ends = midnight(day.toordinal()), midnight(day.toordinal() + 1)
    return Stretch(begins[0], ends[0], begins[1], ends[1]) if begins is not None and ends is not None else None


def _kind(row: EventRow) -> str:
    """What happened: someone said, asked, noted or wrote it, or it was taken in."""
    if row.taken_in:
        return "taken in"
    if row.kind == "note":
        return "noted"
    if row.kind == "file" and not row.speaker:
        return "written"
    return "said" if row.evidence else "asked"


def _as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _around(text: str) -> list[date]:
    """The local days that a date in UTC may reach into: it, and one before and after."""
    day = _as_date(text)
    if day is None or not date.min < day < date.max:
        return []
    return [day - timedelta(days=1), day, day + timedelta(days=1)]
