"""The time that a question asks about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from secondme.text.timex.expressions import expressions
from secondme.text.timex.lean import leans_ahead_abroad


@dataclass(frozen=True)
class TimeQuery:
    """What a question asks of time: an interval and the answer's relation to it, an order, whether it wants a date."""

    interval: tuple[datetime, datetime] | None
    relation: Literal["within", "before", "after"]
    order: Literal["first", "last", ""]
    asks_when: bool
    vague: bool = False


_BEFORE = re.compile(r"(?i)\b(?:before|prior to|until|till|up (?:to|through)|earlier than)\s+(?:the\s+)?$")
_AFTER = re.compile(r"(?i)\b(?:after|since|following|later than)\s+(?:the\s+)?$")
_BEFORE_ABROAD = re.compile(
    r"(?i)\b(?:vor(?: dem)?|bis(?: zum)?|antes del?|hasta(?: el)?|avant(?: le)?|jusqu['’](?:à|au|en)"
    r"|prima (?:di|del|dell['’])|fino (?:a|al|alla)|até(?: [oa]|à|ao)?|tot(?: en met)?|vóór|voor|przed|до"
    r"|πριν(?: από)?(?: τις| την| τον| το)?|trước(?: ngày)?)\s+$"
    r"|(?:قبل|پیش از|قبل از)\s+$|ก่อน(?:วันที่)?\s*$"
)
_AFTER_ABROAD = re.compile(
    r"(?i)\b(?:nach(?: dem)?|seit(?: dem)?|después del?|desde(?: el)?|après(?: le)?|depuis(?: le)?|dopo(?: il)?"
    r"|depois de|sinds|μετά(?: από)?(?: τις| την| τον| το)?|после|sau(?: ngày)?|từ(?: ngày)?)\s+$"
    r"|(?:بعد|بعد از|پس از)\s+$|หลัง(?:จาก)?(?:วันที่)?\s*$"
)
_BEFORE_BEHIND = re.compile(r"\s*(?:之前|以前|为止|より前|까지|이전|से पहले|के पहले)")
_AFTER_BEHIND = re.compile(r"\s*(?:之后|之後|以后|以後|以来|以來|以降|から|이후|के बाद)")
"""In these languages "before" and "after" stand behind a time."""
_FIRST = re.compile(
    r"(?i)\b(?:first(?! names?\b)|earliest|initially|originally|at the start|begin|began|start(?:ed)?)\b"
)
_LAST = re.compile(
    r"(?i)\b(?:latest|most recent(?:ly)?|newest|currently|now)\b"
    r"|\b(?:did|was|were|have|has|had|is) \w+(?: \w+)? last\b(?! names?\b)"
    r"|\blast (?:time|talk|see|saw|meet|met|visit|went|go|speak|spoke|mention)"
)
_FUTURE = re.compile(r"(?i)\b(?:will|shall|gonna|upcoming|going to)\b|['’]ll\b|\bplan\w* for\b")
# "What did I eat when I was in Rome" does not ask when.
_CLAUSE = re.compile(
    r"(?i)^\s*when (?:i|we|you|he|she|they|it)\b(?=[^?]*,)"
    r"|(?:(?<=^)|(?<=\. ))(?:what(?! (?:date|day|month|year|time)\b)|where|who|why|how many|how much)\b[^?]*?"
    r"\bwhen (?:i|we|you|he|she|they|it)\b"
)
_WHEN = re.compile(
    r"(?i)\bwhen\b|\bwhat (?:date|day|month|year|time)\b|\bwhich (?:date|day|month|year|week)\b"
    r"|\bhow long (?:ago|has|have|did|since)\b"
    r"|\bon what\b|\bsince when\b"
)


FOREIGN_WHEN = re.compile(
    r"(?i)^\W*(?:(?:und|et|y|e|i|a|и|en|og|och) )?(?:(?:seit|bis|ab|desde|depuis|od|do|с|c['’](?:est|était)) )?"
    r"(?:wann|an welchem tag|cuándo|cuando"
    r"|qué día|quand|quel jour|quando|che giorno|wanneer|kiedy|när|hvornår|når|kdy|kedy|milloin|millal|mikor"
    r"|când"
    r"|quan|когда|коли|кога|متى|מתי|πότε|kapan)\b"
    r"|\bne zaman\b|\b(?:khi nào|bao giờ)\b|什么时候|什麼時候|何时|何時|哪天|哪一天|几号|几月几|いつ|何日|언제|며칠"
    r"|เมื่อไหร่|เมื่อไร|(?<!\S)कब(?!\S)"
)
"""How a question in another language asks when."""


def time_query(question: str, asked_at: datetime, *, events: Mapping[str, date] | None = None) -> TimeQuery:
    """What a question asks of time, read at `asked_at` (aware)."""
    ahead = _FUTURE.search(question) or leans_ahead_abroad(question)
    found = expressions(question, asked_at, lean="future" if ahead else "past", events=events)
    # "Last Friday" asks for a day, not for the last of something.
    rest = question
    for item in found:
        rest = f"{rest[: item.start]}{' ' * (item.end - item.start)}{rest[item.end :]}"
    order: Literal["first", "last", ""] = "last" if _LAST.search(rest) else "first" if _FIRST.search(rest) else ""
    asks_when = bool(_WHEN.search(_CLAUSE.sub(" ", question)) or FOREIGN_WHEN.search(question))
    if not found:
        return TimeQuery(None, "within", order, asks_when)
    # Of several intervals the narrowest constrains most.
    chosen = min(found, key=lambda item: (item.ends - item.begins, item.start))
    lead, behind = question[: chosen.start], question[chosen.end :]
    relation: Literal["within", "before", "after"] = "within"
    if _BEFORE.search(lead) or _BEFORE_ABROAD.search(lead) or _BEFORE_BEHIND.match(behind):
        relation = "before"
    elif _AFTER.search(lead) or _AFTER_ABROAD.search(lead) or _AFTER_BEHIND.match(behind):
        relation = "after"
    return TimeQuery((chosen.begins, chosen.ends), relation, order, asks_when, chosen.kind == "vague")
