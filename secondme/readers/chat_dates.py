"""Which number of a chat's dates is the day, the month and the year, decided once over all dates of the file."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

FIRST_YEAR, LAST_YEAR = 2009, 2099
"""Years that a messenger's chat can be of."""
BUDDHIST = 543
"""Thailand's calendar is so many years ahead."""
SURE = 4.0
"""By so much, in natural logarithms, the likeliest order has to lead to be taken without a remark."""
MISFIT = 8.0
"""What a date costs that does not exist in an order."""
BACK = 3.0
"""What a step back in time costs: chats are written in order."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as a line has it: three numbers as written, in ASCII digits, and the marks around them.

    `half`: the word of a 12-hour clock as written, or empty.
    """

    parts: tuple[str, str, str]
    separator: str
    half: str = ""

    @property
    def numbers(self) -> tuple[int, int, int]:
        """The three numbers."""
        first, second, third = map(int, self.parts)
        return first, second, third


@dataclass(frozen=True)
class Order:
    """Where year, month and day stand among three numbers. `name`: as a person writes it."""

    name: str
    year: int
    month: int
    day: int

    def date(self, numbers: tuple[int, int, int]) -> date | None:
        """The date that three numbers are in this order, or None when there is no such date of a chat."""
        try:
            found = date(whole_chat_year(numbers[self.year]), numbers[self.month], numbers[self.day])
        except ValueError:
            return None
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


DAY_FIRST = Order("day/month/year", 2, 1, 0)
MONTH_FIRST = Order("month/day/year", 2, 0, 1)
YEAR_FIRST = Order("year/month/day", 0, 1, 2)
YEAR_DAY = Order("year/day/month", 0, 2, 1)


@dataclass(frozen=True)
class Decision:
    """The order of a file's dates. `rival`: the order that they could have been written in as well, if any."""

    order: Order
    rival: Order | None = None

    def remark(self, first: WrittenDate) -> str:
        """What to say about a decision that may be wrong; empty for one that is certain."""
        if self.rival is None:
            return ""
        taken, other = self.order.date(first.numbers), self.rival.date(first.numbers)
        written = first.separator.strip().join(first.parts)
        also = f", not {self.rival.name} ({other.isoformat()})" if other else ""
        return f"its dates can be read in two ways; {written} was read as {self.order.name} ({taken}){also}"


def whole_chat_year(year: int) -> int:
    """The year that a chat means: 24 is 2024, and Thailand's 2567 and 67 are 2024."""
    if year >= FIRST_YEAR + BUDDHIST:
        return year - BUDDHIST
    return year + 2000 if year < 100 else year


def order_of(dates: Sequence[WrittenDate]) -> Decision:
    """The likeliest order of a file's dates, which stand as the messages do."""
    distinct = [dates[i] for i in range(len(dates)) if not i or dates[i].parts != dates[i - 1].parts]
    candidates = [DAY_FIRST, MONTH_FIRST, YEAR_FIRST, YEAR_DAY]
    if any(len(one.parts[0]) == 4 for one in distinct):
        candidates = [YEAR_FIRST, YEAR_DAY]
    elif any(len(one.parts[2]) == 4 for one in distinct):
        candidates = [DAY_FIRST, MONTH_FIRST]
    costs = {order: _cost(order, distinct) + _unusual(order, distinct) for order in candidates}
    best, second = sorted(candidates, key=costs.__getitem__)[:2]
    sure = costs[second] - costs[best] >= SURE or not _differ(best, second, distinct)
    return Decision(best, None if sure else second)


def _differ(one: Order, other: Order, dates: Sequence[WrittenDate]) -> bool:
    return any(one.date(written.numbers) != other.date(written.numbers) for written in dates)


def _cost(order: Order, dates: Sequence[WrittenDate]) -> float:
    """Dates that do not exist, steps back in time, and long pauses, which are rarer than short ones."""
    found = [order.date(written.numbers) for written in dates]
    there = [one for one in found if one is not None]
    gaps = [(after - before).days for before, after in pairwise(there)]
    return (
        MISFIT * (len(found) - len(there))
        + BACK * sum(gap < 0 for gap in gaps)
        + sum(math.log1p(abs(gap)) for gap in gaps[:200])
    )


def _unusual(order: Order, dates: Sequence[WrittenDate]) -> float:
    """How unusual it is that a phone which writes dates in this order writes them as these are written.

    Sources: the short dates of CLDR (the Unicode locale data). Only the United States and the Philippines put the month
    first, with slashes, without zeros before single digits, with two digits of the year and AM and PM in capitals.
    """
    separators = Counter(written.separator.strip() for written in dates)
    separator = separators.most_common(1)[0][0] if separators else "/"
    halves = {written.half for written in dates if written.half}
    four = any(4 in (len(written.parts[0]), len(written.parts[2])) for written in dates)
    padded = any(part.startswith("0") for written in dates for part in _day_and_month(written))
    bare = any(len(part) == 1 for written in dates for part in _day_and_month(written))
    east_asian = any("\u3040" <= character <= "\ud7a3" for half in halves for character in half)
    if east_asian and order in (DAY_FIRST, MONTH_FIRST):
        return 12.0
    if order == YEAR_DAY:
        return 6.0 if four else 9.0
    if order == YEAR_FIRST:
        # Korea writes 24. 3. 5., with spaces.
        return 0.0 if four or east_asian else 2.0 if any(" " in written.separator for written in dates) else 7.0
    cost = 0.0
    if order == DAY_FIRST:
        cost += 1.5 * (halves <= {"AM", "PM"} and bool(halves))
        cost += 1.5 * (bare and not padded and not four and separator == "/" and bool(halves))
        return cost
    cost += 4.0 * (separator != "/")
    cost += 3.0 * padded
    cost += 1.5 * four
    cost += 1.0 if not halves else 0.0 if halves <= {"AM", "PM"} else 2.5
    return cost


def _day_and_month(written: WrittenDate) -> tuple[str, ...]:
    """The two of three numbers that are no year, as far as their length tells."""
    first, second, third = written.parts
    return (second, third) if len(first) == 4 else (first, second)
