"""The clock of evaluations: it stands at the time of a file, and measures in real seconds."""

from __future__ import annotations

import time

from secondme.clock import FixedClock


class EvaluationClock(FixedClock):
    """Stands at the time at which a question is asked or a step is done; elapsed time is real."""

    def monotonic(self) -> float:
        """Real seconds."""
        return time.monotonic()
