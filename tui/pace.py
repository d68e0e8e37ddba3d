"""How fast something goes that only says how much of it is left: percent, rate and end, measured from what was seen."""

from __future__ import annotations

from collections import deque

from tui.times import duration

WINDOW_SECONDS = 15.0
"""The rate is that of the last so many seconds, so that it follows when the machine gets busy."""
FIRST_SECONDS = 1.5
"""Before that long no rate is said: two points close together tell nothing."""


class Pace:
    """Takes sightings `(name, done, total)` and says how it goes. A new name, or less done than before, begins anew."""

    def __init__(self) -> None:
        self._name = ""
        self._seen: deque[tuple[float, int]] = deque()

    def take(self, name: str, done: int, total: int, at: float) -> str:
        """`62%`, and once it is known `62%, 54/s, 20 s left`. `at`: seconds of a monotonic clock."""
        if name != self._name or (self._seen and done < self._seen[-1][1]):
            self._name = name
            self._seen.clear()
        self._seen.append((at, done))
        while len(self._seen) > 2 and at - self._seen[0][0] > WINDOW_SECONDS:
            self._seen.popleft()
        parts = [f"{100 * done // total}%"] if total else []
        since, before = self._seen[0]
        if at - since >= FIRST_SECONDS and done > before:
            rate = (done - before) / (at - since)
            parts.append(f"{rate:,.0f}/s" if rate >= 2 else f"{60 * rate:,.0f}/min")
            if total > done:
                parts.append(f"{duration((total - done) / rate)} left")
        return ", ".join(parts)


class Backlog:
    """What is left of something that only tells how much is pending: done and total since it was last empty."""

    def __init__(self) -> None:
        self._most = 0

    def take(self, pending: int) -> tuple[int, int]:
        """`(done, total)`; the total grows when more comes in."""
        self._most = max(self._most, pending) if pending else 0
        return self._most - pending, self._most
