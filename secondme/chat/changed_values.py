"""Of a sentence that says what something costs and what it will from a day on ("£18, going up to £21 on 10 September"),
the value of the time that is asked about. No model takes part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from secondme.api import AskEvent
from secondme.chat.reader.form import Wanted
from secondme.chat.reader.reader import Reading
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.text.sentences import stem_set
from secondme.text.timex.expressions import expressions
from secondme.text.timex.query import time_query

NEAR = 3
"""Best sentences of which the one that names most of the question is read."""
_AMOUNT = re.compile(
    r"(?P<before>[£$€])\s?\d[\d.,]*(?<![.,])|\d[\d.,]*(?<![.,])\s?(?P<after>[€£$%]|euros?\b|pounds?\b|dollars?\b|quid\b"
    r"|bucks\b|francs?\b|kronor\b|kroner\b|kr\b|yuan\b|zł\b|元|块|塊)"
)
_CHANGES = re.compile(
    r"(?i)\b(?:becomes?|(?:go(?:es|ing)?|went|up|down|ris(?:es?|ing)|drop(?:s|ping)?|fall(?:s|ing)?|increas\w+|chang\w+)"
    r"(?: (?:up|down))? to|will be|it['’]?ll be|to(?= [£$€]?\d)|from|as of|starting|ab|steigt|sinkt|erhöht"
    r"|kostet (?:es )?dann|sube|baja|a partir d[eu]|desde|passe(?:ra)? à|à partir|dès)\b|涨到|降到|改为|起"
)
_HOW_MUCH = re.compile(r"(?i)\b(?:wie ?viel|was (?:kostet|zahle)|cuánto|qué precio|combien|quel (?:prix|tarif))\b|多少")
_PRICE = re.compile(
    r"(?i)\b(?:price|rent|fee|fare|rate|cost|costs|salary|wage|pay|charge|premium|bill|toll|tariff|subscription|raise|earn)s?\b"
    r"|\b(?:an?|per) (?:hour|week|month|day)\b"
)
_NUMBER = re.compile(r"\d[\d.,]*(?<![.,])")
_FROM_TO = re.compile(
    rf"(?i)\bfrom (?P<old>{_NUMBER.pattern}) to (?P<new>{_NUMBER.pattern})(?!\s?(?:[ap]m|o['’]?clock))\b"
)
"""Of a price without a currency."""
_BY_HOW_MUCH = re.compile(r"(?i)\b(?:by (?:how much|what)|how much (?:\w+ ){0,6}by|difference|how much more)\b")
_TO_COME = re.compile(r"(?i)\b(?:will|going to|gonna|new|soon|wird|künftig|va a|será|sera|bientôt)\b|会|將|将")
_FORMERLY = re.compile(
    r"(?i)\b(?:was|were|did|used to|before|previously|vorher|früher|kostete|antes|costaba|avant|coûtait)\b|以前|之前"
)


class ChangedValue:
    """Answers how much something is, where the sentence that leads names two values and the day of the change."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where a large model can answer, and where nothing changes."""
        if turn.has_large_model:
            return None
        value, span_id = value_then(turn.full_question, turn.reading, turn.now)
        return self._replies.read_off(turn, value, span_id) if value else None


def _two_values(told: str) -> tuple[re.Match[str], re.Match[str]] | None:
    """The two amounts of one unit that a sentence names, the former first; without a unit those "from … to …"."""
    amounts = list(_AMOUNT.finditer(told))
    if len(amounts) == 2 and len({match["before"] or match["after"] for match in amounts}) == 1:
        return amounts[0], amounts[1]
    plain = _FROM_TO.search(told) if not amounts and _PRICE.search(told) else None
    if plain is None:
        return None
    old, new = _NUMBER.match(told, plain.start("old")), _NUMBER.match(told, plain.start("new"))
    return (old, new) if old and new else None


def _difference(old: str, new: str) -> str:
    """What lies between two amounts, written as they are."""
    values = [Decimal(_NUMBER.findall(value)[0].replace(",", "")) for value in (old, new)]
    return _NUMBER.sub(f"{abs(values[1] - values[0]):,}", new, count=1)


def value_then(question: str, reading: Reading, now: datetime) -> tuple[str, str]:
    """The value that held, holds or will at the time that a question names, by default now, and the id of its span;
    empty where the sentence that leads names no two values of one unit with a day of the change behind them."""
    if reading.form.wanted is Wanted.TIME:
        return "", ""
    if reading.form.wanted is not Wanted.AMOUNT and not (_HOW_MUCH.search(question) or _PRICE.search(question)):
        return "", ""
    stems = set(reading.form.stems)
    near = [found for found in reading.sentences[:NEAR] if found.hit.happened_at]
    lead = max(near, key=lambda found: len(stems & stem_set(found.whole)), default=None)
    pair = _two_values(lead.text) if lead is not None else None
    if lead is None or pair is None:
        return "", ""
    old, new = pair
    if _BY_HOW_MUCH.search(question):
        return _difference(old.group(), new.group()), lead.hit.id
    said = datetime.fromisoformat(lead.hit.happened_at or "")
    days = [time for time in expressions(lead.text, said, lean="future") if time.kind != "vague"]
    days = [time for time in days if time.start > old.end() and (time.begins > said or not lead.hit.speaker)]
    if not days or not _CHANGES.search(lead.text, old.end()):
        return "", ""
    change = days[0].begins
    asked = time_query(question, now)
    begins, relation = (asked.interval[0], asked.relation) if asked.interval else (now, "within")
    if asked.interval and asked.interval[1] <= said and not _FORMERLY.search(question):
        begins = max((time.begins for time in expressions(question, now, lean="future")), default=begins)
    is_over = now >= change and asked.interval is None and _FORMERLY.search(question) is not None
    to_come = asked.interval is None and now < change and _TO_COME.search(question) is not None
    earlier = not to_come and (begins < change or relation == "before" or is_over)
    return (old if earlier else new).group(), lead.hit.id
