"""Random tables of money with questions whose answers are known: many ways of writing, one truth."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
CATEGORIES = ("Rent", "Groceries", "Books", "Travel", "Garden tools", "Coffee", "Insurance", "Vet")


@dataclass(frozen=True)
class Row:
    """An entry; the amount is in cents, below zero where money went out of a signed account."""

    day: date
    category: str
    cents: int


@dataclass(frozen=True)
class Asked:
    """A question and the cents that answer it; None where any number would be made up."""

    text: str
    cents: int | None


@dataclass(frozen=True)
class World:
    """Files of a folder, with questions about them."""

    files: dict[str, str]
    asked: Sequence[Asked]


@dataclass(frozen=True)
class Writing:
    """How a program writes a table."""

    delimiter: str
    decimal: str
    thousands: str
    date: str
    unit: str = ""

    def amount(self, cents: int) -> str:
        """An amount as this program writes it."""
        whole, rest = divmod(abs(cents), 100)
        grouped = f"{whole:,}".replace(",", self.thousands)
        text = f"{'-' if cents < 0 else ''}{grouped}{self.decimal}{rest:02}{self.unit}"
        return f'"{text}"' if self.delimiter in text else text


WRITINGS = (
    Writing(",", ".", "", "%Y-%m-%d"),
    Writing(",", ".", ",", "%Y-%m-%d"),
    Writing(";", ",", ".", "%d.%m.%Y"),
    Writing(";", ",", ".", "%d.%m.%y"),
    Writing(";", ",", "\u00a0", "%d.%m.%Y", "\u00a0€"),
    Writing(";", ",", "\u202f", "%Y-%m-%d", " €"),
    Writing(";", ".", "'", "%d.%m.%Y", " CHF"),
    Writing("\t", ".", ",", "%d %b %Y", " GBP"),
    Writing("|", ",", " ", "%Y-%m-%d", " kr"),
)


def world(seed: int) -> World:
    """Tables of a seed and what is asked about them."""
    rng = random.Random(seed)
    writing = rng.choice(WRITINGS)
    signed = rng.random() < 0.3
    year = rng.choice((2022, 2023, 2024))
    used = rng.sample(CATEGORIES, rng.randint(3, 6))
    days = sorted(date(year, rng.randint(1, 6), 1) + timedelta(rng.randint(0, 27)) for _ in range(rng.randint(4, 25)))
    rows = [
        Row(
            day,
            rng.choice(used),
            (-1 if signed else 1) * rng.choice((rng.randint(100, 9999), rng.randint(100, 500_000))),
        )
        for day in days
    ]
    if signed:
        rows.insert(rng.randrange(len(rows)), Row(rows[0].day, "Salary Moor Ltd", 250_000))
        rows.sort(key=lambda row: row.day)
    cuts = [rows]
    if rng.random() < 0.3:
        middle = len(rows) // 2
        cuts = [rows[:middle], rows[middle:]]
    names = ["household.csv"] if len(cuts) == 1 else ["household-a.csv", "household-b.csv"]
    total = rng.random() < 0.4
    above = rng.random() < 0.4
    files = {name: _text(cut, writing, total=total, above=above) for name, cut in zip(names, cuts, strict=True)}
    spent = [Row(row.day, row.category, abs(row.cents)) for row in rows if not signed or row.cents < 0]
    return World(files, [_question(rng, spent, used, year) for _ in range(10)])


def _text(rows: Sequence[Row], writing: Writing, *, total: bool, above: bool) -> str:
    lines = [["Owner", "A. Moor"], ["Account", "DE 12"], []] if above else []
    lines.append(["Date", "Category", "Amount"])
    lines += [[row.day.strftime(writing.date), row.category, writing.amount(row.cents)] for row in rows]
    if total:
        lines.append(["", "Total", writing.amount(sum(row.cents for row in rows))])
    return "".join(writing.delimiter.join(line) + "\n" for line in lines)


def _question(rng: random.Random, rows: Sequence[Row], used: Sequence[str], year: int) -> Asked:
    what, chosen = _what(rng, used)
    when, fits = _when(rng, year)
    ask = rng.choice(
        ("How much did I spend{w}{t}?", "What did I spend in total{w}{t}?", "How much have I paid in all{w}{t}?")
    )
    if rng.random() < 0.3 and what.startswith(" on "):
        ask = "How much did I spend{t}{w}?"
    counted = [row.cents for row in rows if chosen(row.category) and fits(row.day)]
    return Asked(ask.format(w=what, t=when), sum(counted) if counted else None)


def _what(rng: random.Random, used: Sequence[str]) -> tuple[str, Callable[[str], bool]]:
    one, two = rng.sample(used, 2)
    out = rng.choice(("without", "except", "excluding", "not counting", "apart from", "other than", "leaving out"))
    return rng.choice(
        (
            ("", lambda _: True),
            (f" on {one.lower()}", lambda c: c == one),
            (f" on {one} and {two.lower()}", lambda c: c in (one, two)),
            (f" on {one.lower()} or {two}", lambda c: c in (one, two)),
            (f" {out} {one.lower()}", lambda c: c != one),
            (f" {out} {one} and {two}", lambda c: c not in (one, two)),
            (f" on everything but {one.lower()}", lambda c: c != one),
            (" on sausages", lambda _: False),
        )
    )


def _when(rng: random.Random, year: int) -> tuple[str, Callable[[date], bool]]:
    a, b = sorted(rng.sample(range(1, 7), 2))
    n = rng.randint(1, 28)
    day = date(year, a, n)
    first, second = MONTHS[a - 1], MONTHS[b - 1]
    spelt = rng.choice((f"{first} {n}, {year}", f"{n} {first} {year}", day.isoformat(), f"{first} {n}"))
    return rng.choice(
        (
            ("", lambda _: True),
            (f" in {first}", lambda d: d.month == a),
            (f" in {first} {year}", lambda d: d.month == a),
            (f" in {first} and {second}", lambda d: d.month in (a, b)),
            (f" before {second} {year}", lambda d: d.month < b),
            (f" before {spelt}", lambda d: d < day),
            (f" since {first}", lambda d: d.month >= a),
            (f" since {spelt}", lambda d: d >= day),
            (f" after {first}", lambda d: d.month > a),
            (f" after {spelt}", lambda d: d > day),
            (f" until {spelt}", lambda d: d <= day),
            (f" up to {second} {year}", lambda d: d.month <= b),
            (f" between {first} and {second}", lambda d: a <= d.month <= b),
            (f" from {spelt} to {second} 28, {year}", lambda d: day <= d <= date(year, b, 28)),
            (f" in {year + 1}", lambda _: False),
        )
    )
