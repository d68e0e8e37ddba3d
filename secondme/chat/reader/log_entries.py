"""Of the dated lines of a log the newest, or the oldest, that tells of what is asked: "when was the last MOT"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from secondme.chat.reader.candidates import CandidateSentence
from secondme.text.terms import content_stems
from secondme.text.timex.expressions import expressions

_NEWEST = re.compile(
    r"(?i)\b(?:last|latest|newest|most recent(?:ly)?)\b(?! (?:name|night|week|month|year|minute|resort)\b)"
)
_OLDEST = re.compile(r"(?i)\b(?:first|earliest|oldest)\b(?! name\b)")
_NOT_ASKED = frozenset(content_stems("last latest newest recent recently first earliest oldest when did was"))
FEWEST = 2
"""Lines of one document that begin with a day make it a log."""


def entry_asked_for(question: str, found: Sequence[CandidateSentence], lead: int) -> int | None:
    """The place of the line that is the last, or the first, of those that tell of what the line at `lead` tells in
    words of the question; None where the question asks for neither, or the lead is no line of a log."""
    newest = _NEWEST.search(question) is not None
    if newest == (_OLDEST.search(question) is not None) or found[lead].hit.speaker or _day(found[lead]) is None:
        return None
    asked = set(content_stems(question)) - _NOT_ASKED
    named = asked & set(content_stems(found[lead].text))
    of_log = [i for i, one in enumerate(found) if one.hit.source_id == found[lead].hit.source_id]
    days = {i: day for i in of_log if (day := _day(found[i])) and named <= set(content_stems(found[i].text))}
    if not named or len(days) < FEWEST:
        return None
    return (max if newest else min)(days, key=days.__getitem__)


def _day(found: CandidateSentence) -> datetime | None:
    """The day with which a line begins, with its year."""
    if not found.hit.happened_at:
        return None
    time = next(iter(expressions(found.text, datetime.fromisoformat(found.hit.happened_at))), None)
    return time.begins if time is not None and time.start == 0 and time.grain in ("day", "hour", "minute") else None
