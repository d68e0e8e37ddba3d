"""Days lived: the clock of forgetting, which a jump of the machine's clock does not move."""

from __future__ import annotations

from datetime import datetime, timedelta

from secondme.clock import instant
from storage.fading import Fading

LEAST = timedelta(hours=20)
"""Two nights are at least so far apart."""
MOST = timedelta(days=8)
"""After a longer gap the machine slept, was away, or its clock jumped: those days were not lived."""


def tick(fading: Fading, now: datetime) -> bool:
    """Count the days since the last night. True if time went on as it should, so that memories may fade.

    After a jump (forward by more than eight days, or back) no day is counted, and nothing may fade until another night
    has come in the ordinary way: a clock that jumps a year forward and back leaves everything as it was.
    """
    last = fading.last_night()
    if last is None:
        fading.add_night(instant(now), 0.0)
        return True
    at, lived = datetime.fromisoformat(last[0]), last[1]
    gap = now - at
    if timedelta(0) <= gap < LEAST:
        return True
    steady = timedelta(0) <= gap <= MOST
    fading.add_night(instant(now), lived + gap / timedelta(days=1) if steady else lived)
    return steady
