"""A month, weekday, season or relative time that no source has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from secondme.consolidation.checks.words import DAY_FORMS, MONTH_FORMS
from secondme.consolidation.evidence import WORD, Evidence, all_moments
from secondme.text.timex.names import ANY_WEEKDAY, MONTHS, WEEKDAYS

_RELATIVE = re.compile(
    r"(?i)\b(?:yesterday|today|tonight|tomorrow|(?:last|next|this|past|previous|coming|following) "
    rf"(?:night|week|weekend|month|year|summer|winter|spring|fall|autumn|{ANY_WEEKDAY})"
    r"|(?:summer|winter|spring|autumn|morning|afternoon|evening|weekend|midnight|noon)|(?:years?|months?|weeks?"
    r"|days?) ago)\b"
)
_ALSO_WORDS = frozenset("may march mar sun sat wed mon fri dec jan sep second".split())
"""Months and days that are common words too: they count only with a capital."""
_SEASONS = {"winter": (12, 1, 2), "spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11)}


def has_wrong_date(sentence: str, sources: Sequence[Evidence]) -> bool:
    """Whether a month, weekday, season or "last week" is in no source: not in words, nor as a time that it mentions."""
    words = [word.lower().replace("’", "'").removesuffix("'s") for word in WORD.findall(sentence)]
    capital = {word.lower() for word in WORD.findall(sentence) if word[0].isupper()}
    months = {form for source in sources for word in source.words if (form := MONTH_FORMS.get(word))}
    days = {form for source in sources for word in source.words if (form := DAY_FORMS.get(word))}
    held = months | days | _names_of_times(sentence, sources)
    for word in words:
        if word in _ALSO_WORDS and word not in capital:
            continue
        month, day = MONTH_FORMS.get(word), DAY_FORMS.get(word)
        if (month and month not in held) or (day and day not in held):
            return True
    texts = " ".join(f" {' '.join(source.words)} " for source in sources)
    return any(
        " ".join(match.group().lower().split()) not in texts and not _is_season_of(match.group(), sources)
        for match in _RELATIVE.finditer(sentence)
    )


def _names_of_times(sentence: str, sources: Sequence[Evidence]) -> set[str]:
    """Months and weekdays of the times of the sources."""
    times = list(all_moments(sources))
    mentions_times = any(begins != ends for begins, ends in times)
    names: set[str] = set()
    for begins, ends in times:
        # The day on which something was said is not the day on which it happened, if it mentions a time of its own.
        if begins == ends and mentions_times and not re.search(rf"\b0?{begins.day}(?:st|nd|rd|th)?\b", sentence):
            continue
        names |= {MONTHS[begins.month - 1], MONTHS[ends.month - 1]}
        if ends - begins < timedelta(days=2):
            names.add(WEEKDAYS[begins.weekday()])
    return names


def _is_season_of(name: str, sources: Sequence[Evidence]) -> bool:
    """Whether a source mentions a time in this season, in whatever words."""
    months = _SEASONS.get(name.lower())
    begins = [begin for begin, end in all_moments(sources) if end - begin <= timedelta(days=100)]
    return months is not None and any(begin.month in months for begin in begins)
