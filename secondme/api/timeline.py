"""What happened when, as a door shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DayCount:
    """How many passages a day has: what was said or written then, or taken in, where nobody knows when it was said.

    `day`: an ISO date in the time zone of the machine.
    """

    day: str
    passages: int


@dataclass(frozen=True)
class DayEvent:
    """Something of a day. `at`: its moment in local time, with the offset, or only the date where no time is known.

    `kind`: said, asked, noted, written, or taken in. `text`: the first words. `passages`: more than 1 for a file that
    has several of that day; then `span_id` is the first of them.
    """

    at: str
    kind: str
    text: str
    speaker: str
    source: str
    source_id: str
    span_id: str
    passages: int
