"""A curve of forgetting, drawn in characters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from textual.content import Content

BARS = " ▁▂▃▄▅▆▇█"
HEIGHT = 4


def retention_chart(curve: Sequence[tuple[float, float]], width: int, fades_in: float | None, now: datetime) -> Content:
    """Retention over the days to come, in `width` cells: what is held, then what has faded, and the day between."""
    width = max(width - 5, 12)
    last = curve[-1][0]
    columns = [_value(curve, last * column / (width - 1)) for column in range(width)]
    fades = width if fades_in is None else min(round(fades_in / last * (width - 1)) if last else 0, width - 1)
    parts: list[str | tuple[str, str]] = []
    for row in range(HEIGHT - 1, -1, -1):
        name = {HEIGHT - 1: "100%", 0: "  0%"}.get(row, "    ")
        parts.append((f"{name} ", "$text-muted"))
        bars = [BARS[min(max(round((value * HEIGHT - row) * 8), 0), 8)] for value in columns]
        parts += [("".join(bars[:fades]), "$text-accent"), ("".join(bars[fades:]), "$text-muted"), "\n"]
    parts.append(("     " + _axis(width, fades, fades_in, last, now), "$text-muted"))
    return Content.assemble(*parts)


def _axis(width: int, fades: int, fades_in: float | None, last: float, now: datetime) -> str:
    end = f"in {last:,.0f} days"
    if fades_in is None:
        return "now" + end.rjust(width - 3)
    when = f"fades {_day(now + timedelta(days=max(fades_in, 0.0)), now)}"
    at = min(max(fades - len(when) // 2, 5), max(width - len(when), 5))
    return f"now{'':{at - 3}}{when}"[:width]


def _day(when: datetime, now: datetime) -> str:
    return f"{when:%a} {when.day} {when:%b}" if when.year == now.year else f"{when.day} {when:%b %Y}"


def _value(curve: Sequence[tuple[float, float]], day: float) -> float:
    """Retention on a day, between two points of the curve."""
    before = curve[0]
    for point in curve[1:]:
        if point[0] >= day:
            share = (day - before[0]) / (point[0] - before[0] or 1)
            return before[1] + share * (point[1] - before[1])
        before = point
    return curve[-1][1]
