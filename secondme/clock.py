"""Time as an argument: the engine is given a clock, so that tests can live a year in a second."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Wall time and elapsed time."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only go forward."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The current instant in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some start."""
        return time.monotonic()


def instant(moment: datetime) -> str:
    """An instant as stored: ISO 8601 in UTC with milliseconds, so that strings sort by time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: str) -> tuple[str, int | None, str]:
    """(instant in UTC, original offset in minutes, precision) of an ISO 8601 date or time.

    A time without offset is local time. Raises ValueError for anything else.
    """
    text = text.strip()
    precision = {4: "year", 7: "month", 10: "day", 16: "minute"}.get(len(text), "second")
    padded = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    moment = datetime.fromisoformat(padded)
    if moment.tzinfo is None:
        moment = moment.astimezone()
    offset = moment.utcoffset()
    return instant(moment), None if offset is None else int(offset.total_seconds() // 60), precision
