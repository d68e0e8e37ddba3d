"""Whether words of a sentence tell of now where a question asks of before, or of weekdays where it asks of a weekend.

"I was at the mill, now I am at the port" holds both; the reader of words takes the one for the other.
"""

from __future__ import annotations

import re

from secondme.text.terms import stem

_BEFORE = re.compile(
    r"(?i)\b(?:before|previously|formerly|earlier|originally|used to|until|davor|vorher|früher|zuvor|damals|avant"
    r"|auparavant|autrefois|antes|anteriormente|prima|in precedenza|vroeger|daarvoor|eerder)\b|之前|以前|原来"
)
_NOW = re.compile(
    r"(?i)\b(?:now|nowadays|these days|currently|at present|at the moment|jetzt|inzwischen|mittlerweile|derzeit"
    r"|maintenant|désormais|actuellement|ahora|actualmente|adesso|attualmente|agora|atualmente|tegenwoordig|nu)\b"
    r"|现在|如今|目前"
)
_CLAUSE_ENDS = re.compile(r"[,;:.!?，。；、]|\s[–—-]\s")
_WEEKEND = re.compile(r"(?i)\b(?:week-?ends?|saturdays?|sundays?)\b")
_WORKDAY = re.compile(r"(?i)\b(?:week-?days?|(?:mon|tues|wednes|thurs|fri)days?)\b")
_WHO_DOES = re.compile(r"(?i)\bwho(?:['’]?s| is| are| will| does| do)? (?:be )?(?P<verb>\w{3,})")
_I_DO = re.compile(
    r"(?i)\b(?:i|we)(?:['’]?(?:m|re|ll|ve)(?!\w))?(?: (?:am|are|will|have|do|been|be|now|also))* (?P<verb>\w{3,})"
)
_PARTS = re.compile(r"[,;:.]|\s(?:and|but|or)\s")


def of_other_days(question: str, text: str, begin: int, end: int) -> bool:
    """Whether what stands around `begin` to `end` in a text that tells weekdays from weekends is of the other of them
    than the question."""
    asks = [bool(days.search(question)) for days in (_WORKDAY, _WEEKEND)]
    if asks[0] == asks[1] or not (_WORKDAY.search(text) and _WEEKEND.search(text)):
        return False
    part = _around(text, begin, end, _PARTS)
    says = [bool(days.search(part)) for days in (_WORKDAY, _WEEKEND)]
    return says[0] != says[1] and says != asks


def of_another_time(question: str, text: str, begin: int, end: int) -> bool:
    """Whether the clause of `text` around `begin` to `end` speaks of the other of now and before than a question."""
    clause = _around(text, begin, end, _CLAUSE_ENDS)
    before, now = bool(_BEFORE.search(clause)), bool(_NOW.search(clause))
    if before == now:
        return False
    return bool(_BEFORE.search(question)) if now else bool(_NOW.search(question) and not _BEFORE.search(question))


def done_by_me(question: str, text: str, begin: int) -> bool:
    """Whether I myself do in a text what a question asks who does it, and the words at `begin` name somebody else:
    "Magda is away so I'm covering the office" for "who's covering the office"."""
    asked = _WHO_DOES.search(question)
    if asked is None:
        return False
    does = stem(asked["verb"].lower())
    return any(stem(mine["verb"].lower()) == does and begin < mine.start() for mine in _I_DO.finditer(text))


def _around(text: str, begin: int, end: int, ends: re.Pattern[str]) -> str:
    """The part of a text between two of its `ends` that holds `begin` to `end`."""
    start = max((mark.end() for mark in ends.finditer(text, 0, begin)), default=0)
    after = ends.search(text, end)
    return text[start : after.start() if after else len(text)]
