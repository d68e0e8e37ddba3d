"""The hours of the day in which jobs may run by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Hours:
    """Hours of the day in which jobs may run by themselves, in local time; empty: always."""

    text: str

    def allow(self, moment: datetime) -> bool:
        """Whether a moment is within them. `22:00-06:00` goes over midnight; what can't be read allows all."""
        first, _, last = self.text.replace(" ", "").partition("-")
        try:
            begins, ends = (datetime.strptime(text, "%H:%M").time() for text in (first, last))
        except ValueError:
            return True
        now = moment.astimezone().time()
        return begins <= now < ends if begins <= ends else now >= begins or now < ends
