"""Clocks: the engine takes its clock as an argument, so that tests can live a year in a second."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
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
    """The clock of the machine."""

    def now(self) -> datetime:
        """The current instant in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some start."""
        return time.monotonic()


class FixedClock:
    """A clock that stands at an instant until it is turned."""

    def __init__(self, time: datetime) -> None:
        self.time = time

    def now(self) -> datetime:
        """The instant at which the clock stands."""
        return self.time

    def monotonic(self) -> float:
        """Always 0.0: no time passes between two calls."""
        return 0.0

    def turn(self, days: float) -> None:
        """Turn the clock forward by some days, or back when `days` is negative."""
        self.time += timedelta(days=days)


def instant(moment: datetime) -> str:
    """The instant as it is stored: ISO 8601 in UTC with milliseconds, so that the strings sort by time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: str) -> tuple[str, int | None, str]:
    """(instant in UTC, original offset in minutes, precision) of an ISO 8601 date or time.

    A time without an offset is local time. Raises ValueError for any other text.
    """
    text = text.strip()
    precision = {4: "year", 7: "month", 10: "day", 16: "minute"}.get(len(text), "second")
    padded = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    moment = datetime.fromisoformat(padded)
    if moment.tzinfo is None:
        moment = moment.astimezone()
    offset = moment.utcoffset()
    return instant(moment), None if offset is None else int(offset.total_seconds() // 60), precision
