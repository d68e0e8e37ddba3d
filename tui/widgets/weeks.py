"""A line of bars, one for each week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from textual.content import Content

BARS = "▁▂▃▄▅▆▇█"
WEEKS = 26


def by_week(moments: Iterable[tuple[str, int]], now: datetime, weeks: int = WEEKS) -> list[int]:
    """Sums of (instant, number) for each of the last weeks, the latest last. What is no instant is left out."""
    sums = [0] * weeks
    for instant, number in moments:
        try:
            ago = (now - datetime.fromisoformat(instant)).days // 7
        except (TypeError, ValueError):
            continue
        if 0 <= ago < weeks:
            sums[weeks - 1 - ago] += number
    return sums


def week_bars(sums: list[int], what: str) -> Content:
    """The bars, the largest as high as a line; a week with nothing is a dot."""
    most = max(sums, default=0)
    bars = "".join(BARS[max(0, -(-value * len(BARS) // most) - 1)] if value else "·" for value in sums)
    return Content.assemble(
        (bars, "$text-accent"), (f"  {what} in {len(sums)} weeks, {sums[-1]:,} in this one", "$text-muted")
    )
