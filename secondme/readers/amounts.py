"""Numbers as people write them: which sign parts thousands and which decimals is decided by the whole column.

"1.200" is twelve hundred in Bonn and one and a fifth in Boston. A column is read in one convention only, and where its
cells and the rest of the file leave two readings that differ, it stays text: a number is right or there is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

POINT, COMMA = ".", ","
"""A convention is named by the sign before its decimals."""
NOTHING_WRITTEN = frozenset({"", "-", "–", "—", "n/a", "na", "null", "none", "nil"})
"""What stands in a cell that is meant to be empty."""
PERCENT = "%"

_SYMBOLS = "€$£¥₹₽₩₺₴₪฿₫₦₱₡₲₵₸₼₾₿¢"
_CODES = (
    "EUR USD GBP JPY CNY RMB INR CHF SEK NOK DKK ISK PLN CZK HUF RON BGN RUB UAH TRY BRL MXN ARS CLP COP PEN CAD AUD"
    " NZD ZAR SGD HKD TWD KRW THB IDR MYR PHP VND ILS AED SAR EGP NGN KES MAD PKR BDT LKR GEL KZT HRK RSD"
).split()
_WORDS = (
    "R$ US$ C$ CA$ A$ AU$ NZ$ HK$ S$ NT$ MX$ kr. kr zł Kč Ft lei лв. лв руб. руб Rs. Rs Fr. SFr. TL RM Rp din."
    " 円 元 원 Euro"
).split()
_MARKS = sorted([*_CODES, *_WORDS], key=len, reverse=True)
_MARK = rf"(?:{'|'.join(map(re.escape, _MARKS))}|[{_SYMBOLS}{PERCENT}])"
_CELL = re.compile(
    rf"(?P<open>\()?\s*(?P<sign1>[-+])?\s*(?P<before>{_MARK})?\s*(?P<sign2>[-+])?\s*"
    rf"(?P<digits>\d(?:[\d.,' ]*\d)?|[.,]\d+)(?P<dash>,[-]{{1,2}})?\s*(?P<after>{_MARK})?\s*(?P<sign3>[-+])?\s*"
    r"(?P<close>\))?\Z"
)
_SAME_UNIT = {"EUR": "€", "Euro": "€", "GBP": "£", "INR": "₹", "Rs": "₹", "Rs.": "₹", "BRL": "R$", "PLN": "zł"}
_SAME_UNIT |= {"CZK": "Kč", "HUF": "Ft", "kr.": "kr", "US$": "USD", "Fr.": "CHF", "SFr.": "CHF", "руб.": "руб"}
_HABITS = {"R$": COMMA, "kr": COMMA, "zł": COMMA, "Kč": COMMA, "₽": COMMA, "£": POINT, "₹": POINT, "USD": POINT}
"""What those who write this mark put before their decimals."""
_POWERS = {
    "千": 10**3,
    "천": 10**3,
    "万": 10**4,
    "萬": 10**4,
    "만": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "억": 10**8,
    "兆": 10**12,
}
_POWER = re.compile(rf"(\d+(?:\.\d+)?) ?([{''.join(_POWERS)}])")
_COUNTED = re.compile(rf"(?:\d+(?:\.\d+)? ?[{''.join(_POWERS)}] ?)+(?P<rest>\d+)?")
_SPACES = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "’": "'", "`": "'", "\u2212": "-", "–": "-", "—": "-"}
)
_SPACES |= str.maketrans(
    {"٫": ".", "٬": ",", "．": ".", "，": ",", "￥": "¥", "\u200e": "", "\u200f": "", "\u061c": ""}
)


@dataclass(frozen=True)
class Numeral:
    """The digits of a cell with their signs between, whether it is below zero, and its unit ("€", "%", "")."""

    digits: str
    negative: bool
    unit: str


def numeral(text: str) -> Numeral | None:
    """A cell that holds one number and no other words, or None."""
    found = _CELL.match(_plain(text))
    if found is None or bool(found["open"]) != bool(found["close"]) or (found["before"] and found["after"]):
        return None
    signs = [found[name] for name in ("sign1", "sign2", "sign3") if found[name]]
    if len(signs) > 1 or (signs and found["open"]):
        return None
    mark = found["before"] or found["after"] or ""
    return Numeral(found["digits"], bool(found["open"]) or signs == ["-"], _SAME_UNIT.get(mark, mark))


def _plain(text: str) -> str:
    """ASCII digits and spaces, one minus."""
    text = text.translate(_SPACES).strip()
    if text.isascii():
        return text
    plain = "".join(str(unicodedata.decimal(c)) if unicodedata.decimal(c, None) is not None else c for c in text)
    return _COUNTED.sub(_in_ones, plain)


def _in_ones(written: re.Match[str]) -> str:
    """A number with characters for tens of thousands in digits alone: "3万" is 30000, "1億2000万" 120000000."""
    value = sum((Decimal(number) * _POWERS[power] for number, power in _POWER.findall(written.group())), Decimal(0))
    value += Decimal(written["rest"] or 0)
    return str(int(value)) if value == int(value) else written.group()


def in_convention(digits: str, decimal: str) -> float | int | None:
    """The value of digits where `decimal` stands before decimals, or None where they are not written so.

    Thousands are grouped by threes with one sign, or as in India by twos with a last three.
    """
    whole, sign, fraction = digits.partition(decimal)
    if (sign and not fraction.isdigit()) or (not sign and digits != whole):
        return None
    groups = re.split(r"[.,' ]", whole)
    marks = set(re.findall(r"[.,' ]", whole))
    if len(groups) > 1:
        first, last, middle = groups[0], groups[-1], groups[1:-1]
        by_threes = 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups[1:])
        by_twos = marks == {","} and 1 <= len(first) <= 2 and len(last) == 3 and all(len(g) == 2 for g in middle)
        if len(marks) != 1 or decimal in marks or first.startswith("0") or not (by_threes or by_twos):
            return None
    plain = "".join(groups)
    # Article numbers and post codes keep their leading zeros as text.
    if len(plain) > 1 and plain[0] == "0":
        return None
    return float(f"{plain or 0}.{fraction}") if sign else int(plain)


def readings(cells: Sequence[Numeral]) -> dict[str, list[float | int]]:
    """The values of a column in each convention that fits all of its cells."""
    found: dict[str, list[float | int]] = {}
    for decimal in (POINT, COMMA):
        values = [in_convention(cell.digits, decimal) for cell in cells]
        marks = {mark for cell in cells for mark in re.findall(r"[.,' ]", cell.digits.split(decimal)[0])}
        if all(value is not None for value in values) and len(marks) <= 1:
            found[decimal] = [value for value in values if value is not None]
    return found


@dataclass(frozen=True)
class Habits:
    """What the rest of a file says about how its numbers are written.

    `proven`: conventions that some column of it can only be read in; `likely`: those that its delimiter, dates and
    currencies go with.
    """

    proven: frozenset[str] = frozenset()
    likely: frozenset[str] = frozenset()


def habits(columns: Iterable[Sequence[Numeral]], hints: Iterable[str] = ()) -> Habits:
    """What the columns of a file say together, with hints such as the convention that its delimiter goes with."""
    proven: set[str] = set()
    likely: set[str] = {hint for hint in hints if hint}
    for cells in columns:
        fitting = readings(cells)
        if len(fitting) == 1 and any(re.search("[.,]", cell.digits) for cell in cells):
            proven |= set(fitting)
        likely |= {_HABITS[cell.unit] for cell in cells if cell.unit in _HABITS}
    return Habits(frozenset(proven), frozenset(likely))


def column_values(cells: Sequence[Numeral], known: Habits) -> list[float | int] | None:
    """The values of a column's cells without their minus, or None where two readings are left that differ."""
    fitting = readings(cells)
    if not fitting:
        return None
    distinct = list(fitting.values())
    if len(distinct) == 1 or distinct[0] == distinct[1]:
        return distinct[0]
    if len(known.proven) == 1:
        (decimal,) = known.proven
        return fitting[decimal] if decimal in known.likely or not known.likely else None
    return _thousands(cells, fitting, known)


def _thousands(
    cells: Sequence[Numeral], fitting: dict[str, list[float | int]], known: Habits
) -> list[float | int] | None:
    """Cells such as "1.200" and "950" as thousands, where nothing speaks for three decimals.

    Every number over 999 has to be grouped, and the file has to go with the convention; with points that must be
    said by more than the numbers themselves.
    """
    marks = {mark for cell in cells for mark in re.findall(r"[.,]", cell.digits)}
    decimal = COMMA if marks == {POINT} else POINT
    values = fitting[decimal]
    if any(value >= 1000 and cell.digits.isdigit() for value, cell in zip(values, cells, strict=True)):
        return None
    mixed = any(cell.digits.isdigit() for cell in cells)
    if known.likely == {decimal}:
        return values if mixed or len(cells) > 1 else None
    return values if not known.likely and decimal == POINT and mixed else None
