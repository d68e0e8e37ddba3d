"""Dates as files write them: loose forms of metadata, and day or month first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import median

from secondme.clock import instant, parse_instant

AHEAD = 20
"""How many years a date of two digits lies in the future at most: contracts and guarantees run so long."""
_BIRTHS = re.compile(
    r"""
    birth | born | \bdob\b | \bb-?day\b | geburt | geboren | \bgeb(?:\b|_) | geboorte | naissance | \bné[es]?\b | nacim
    | nacid | nascit | nascim | \bnato\b | \bnata\b | fødsel | fødd?t | född | syntym | urodz | narozen | születés
    | naștere | doğum | γέννησ | рожд | народж | 生日 | 出生 | 生年 | 誕生 | 생일 | 생년 | ميلاد | לידה | जन्म
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PDF = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?|Z)?")


def loose_instant(text: str) -> tuple[str, str]:
    """(instant, precision) of an ISO date or time, or ("", "") for anything else."""
    try:
        at, _, precision = parse_instant(text)
    except (ValueError, OverflowError):
        return "", ""
    return at, precision


def pdf_instant(text: str) -> tuple[str, str]:
    """(instant, precision) of a date of PDF, `D:20240503101500+02'00'`, or ("", "")."""
    found = _PDF.match(text or "")
    if not found:
        return "", ""
    numbers = [int(part) for part in found.groups()[:6] if part]
    while len(numbers) < 3:
        numbers.append(1)
    sign, hours, minutes = found.groups()[6:]
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    try:
        return instant(datetime(*numbers, tzinfo=UTC) - offset), "second" if len(numbers) > 3 else "day"  # type: ignore[arg-type, misc]
    except (ValueError, OverflowError):
        return "", ""


def instant_of(moment: datetime | date) -> tuple[str, int | None, str]:
    """(instant, offset in minutes, precision). A time without offset is local time, a date is a day."""
    if not isinstance(moment, datetime):
        return parse_instant(moment.isoformat())
    if moment.tzinfo is None:
        moment = moment.astimezone()
    offset = moment.utcoffset()
    return instant(moment), int(offset.total_seconds() // 60) if offset is not None else None, "second"


def epoch(seconds: float) -> tuple[str, int | None, str]:
    """(instant, 0, "second") of seconds since 1970. Raises ValueError beyond the calendar."""
    try:
        return instant(datetime.fromtimestamp(seconds, UTC)), 0, "second"
    except (OverflowError, OSError) as error:
        raise ValueError(f"the time {seconds!r} is beyond the calendar") from error


def day_first(pairs: Iterable[tuple[int, int]]) -> bool | None:
    """Whether the first of two numbers is the day, from all dates of one file; None when nothing tells.

    A number over 12 is a day. If none is, the dates of a log go forward: the order with fewer steps back wins.
    """
    seen: Sequence[tuple[int, int]] = list(pairs)
    if any(first > 12 for first, _ in seen):
        return None if any(second > 12 for _, second in seen) else True
    if any(second > 12 for _, second in seen):
        return False
    by_day = [(second, first) for first, second in seen]
    back_by_day = sum(b < a for a, b in pairwise(by_day))
    back_by_month = sum(b < a for a, b in pairwise(seen))
    if back_by_day == back_by_month:
        return None
    return back_by_day < back_by_month


def whole_year(
    digits: int, month: int = 1, day: int = 1, *, today: date, past: bool = False, near: Sequence[int] = ()
) -> int:
    """The four-digit year that a year of two digits (0 to 99) means.

    `past`: it is a birth or another thing that has happened: the last such date up to `today`. Else it is the century
    closest to `near`, the whole years of other dates of the file; without any, from 80 years ago to `AHEAD` years on.
    """
    this = today.year // 100 * 100 + digits
    if past:
        return this if (this, month, day) <= (today.year, today.month, today.day) else this - 100
    if near:
        centre = median(near)
        return min((this - 200, this - 100, this, this + 100), key=lambda year: (abs(year - centre), year))
    if this > today.year + AHEAD:
        return this - 100
    return this + 100 if this + 100 <= today.year + AHEAD else this


def tells_births(name: str) -> bool:
    """Whether the name of a field or column says that its dates are births."""
    return bool(_BIRTHS.search(name))
