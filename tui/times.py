"""Times as people say them: how long something takes, and when something was."""

from __future__ import annotations

from datetime import datetime


def duration(seconds: float) -> str:
    """Seconds for a person: `8 s`, `3 min`, `2 h 05 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{int(seconds // 3600)} h {int(seconds % 3600 // 60):02d} min"


def when(instant: str, now: datetime) -> str:
    """When an ISO 8601 instant was, seen from `now`: `just now`, `3 min ago`, `14:05`, `Tue 14:05`, `Tue 14 Aug`,
    `14 Aug 2024`; empty for what is no instant. Days and clock are those of the time zone of `now`."""
    try:
        at = datetime.fromisoformat(instant).astimezone(now.tzinfo)
    except (TypeError, ValueError):
        return ""
    seconds = (now - at).total_seconds()
    if 0 <= seconds < 60:
        return "just now"
    if 0 <= seconds < 3600:
        return f"{int(seconds // 60)} min ago"
    days = (now.date() - at.date()).days
    if days == 0:
        return f"{at:%H:%M}"
    if 0 < days < 7:
        return f"{at:%a %H:%M}"
    return f"{at:%a} {at.day} {at:%b}" if at.year == now.year else f"{at.day} {at:%b %Y}"
