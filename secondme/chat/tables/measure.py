"""Which column of numbers a question asks for, and what speaks against adding it up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondme.chat.tables.question import NoNumber, stems_of
from secondme.chat.tables.words import ENDURING, IN, MONEY, OUT, PRICES, QUANTITIES


@dataclass(frozen=True)
class Measure:
    """A column of numbers. `named`: the question names it. `text`: the column that it would be, but for its cells.

    `unclear`: why no column can be chosen. `earned`: it holds what came in.
    """

    name: str | None = None
    named: bool = False
    text: str = ""
    unclear: str = ""
    earned: bool = False
    numbers: tuple[str, ...] = ()

    @staticmethod
    def is_quantity(name: str) -> bool:
        """Whether a column says how many."""
        return bool(set(stems_of(name)) & QUANTITIES) and not set(stems_of(name)) & (PRICES - QUANTITIES)

    def not_added(self, name: str) -> str:
        """Why a sum of the column would mean nothing, or ""."""
        words = set(stems_of(name))
        if words & ENDURING:
            return f"{name} is not a thing to add up"
        if words & PRICES and any(self.is_quantity(other) for other in self.numbers):
            return f"{name} may be the price of one, and there are quantities"
        return ""


def measure_of(
    columns: Sequence[tuple[str, str]], words: frozenset[str], *, spends: bool = False, earns: bool = False
) -> Measure:
    """The column that a question with these stems asks for."""
    numbers = tuple(name for name, kind in columns if kind == "number")
    out = [name for name in numbers if set(stems_of(name)) & OUT]
    into = [name for name in numbers if set(stems_of(name)) & IN]
    if (spends or earns) and out and into and set(out) != set(into):
        chosen = out if spends else into
        return Measure(chosen[0], named=True, earned=earns, numbers=numbers) if len(chosen) == 1 else _unclear(chosen)
    named = [name for name in numbers if set(stems_of(name)) & words]
    if len(named) > 1:  # "the total price" does not name the column Total
        named = [
            name for name in named if set(stems_of(name)) <= words and set(stems_of(name)) - {"total", "sum"}
        ] or named
    if len(named) > 1:
        return _unclear(named)
    texts = [name for name, kind in columns if kind == "text" and set(stems_of(name)) & words & MONEY]
    wanted = [name for name, kind in columns if kind == "text" and set(stems_of(name)) & words]
    earned = bool(into)
    if named:
        return Measure(named[0], named=True, earned=earned, numbers=numbers)
    if texts:
        return Measure(text=texts[0])
    useful = [name for name in numbers if not set(stems_of(name)) & ENDURING]
    if len(useful) == 1:
        return Measure(useful[0], earned=earned, numbers=numbers)
    money = [name for name in useful if set(stems_of(name)) & MONEY]
    if len(money) == 1:
        return Measure(money[0], earned=earned, numbers=numbers)
    if len(money) > 1:
        return _unclear(money)
    priced = [name for name, kind in columns if kind == "text" and set(stems_of(name)) & MONEY]
    return Measure(text=priced[0] if priced else wanted[0] if wanted and not numbers else "", numbers=numbers)


def _unclear(names: Sequence[str]) -> Measure:
    return Measure(unclear=f"{' or '.join(names)} may be meant")


def outflow(below: int, above: int, wages: bool, *, spends: bool, name: str) -> int:
    """-1 where what went out is below zero, as a bank writes it. Raises NoNumber where a card's bill may be meant."""
    if above and not wages and below <= above:
        raise NoNumber(f"{name} has amounts above and below 0, and it is not certain which of them went out")
    return -1 if spends else 1
