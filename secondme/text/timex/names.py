"""Names of months and weekdays: spelt out here and nowhere else."""

from __future__ import annotations

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
SHORT_WEEKDAYS = tuple(name[:3] for name in WEEKDAYS)

ANY_MONTH = "|".join([*MONTHS, *(name for name in SHORT_MONTHS if name not in MONTHS), "sept"])
"""Alternatives for a pattern: every spelling of a month. A word boundary must follow."""
ANY_WEEKDAY = "|".join(WEEKDAYS)
"""Alternatives for a pattern: weekdays in full."""
ANY_SHORT_WEEKDAY = "mon|tues?|wed|thurs?|thu|fri|sat"
"""Alternatives for a pattern: abbreviated weekdays but "sun", which is also a star. A word boundary must follow."""
