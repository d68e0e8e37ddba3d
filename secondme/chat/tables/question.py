"""A question to a table, read by a grammar in which each word changes the query or stops it.

Values of the table and times become marks (`v0`, `t1` in brackets); the grammar takes what it understands out of the
rest, and words that are left are open: then the table does not settle the question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from secondme.chat.tables.times import Time, in_words, times
from secondme.chat.tables.words import AFTER, BEFORE, COMPARED, FILLERS, NOT, PREPOSITION, SIGNS, SINCE, UNTIL
from secondme.text.terms import STOP_WORDS, stem
from storage.sheets import quote_name

_WORD = re.compile(r"[^\W_]+")
_AND = r"(?:\s*(?:,\s*(?:and|or|nor)?|\band\b|\bor\b|\bnor\b|&)\s*)"
_PRE = rf"(?:\b(?:{PREPOSITION})\s+)*"
_VALUES = rf"{_PRE}⟦v\d+⟧(?:{_AND}{_PRE}⟦v\d+⟧)*"
_TIMES = rf"{_PRE}⟦t\d+⟧(?:{_AND}{_PRE}⟦t\d+⟧)*"
_ANY_TIME = r"⟦t(\d+)⟧"


class NoNumber(Exception):
    """The question is one for this table, and its answer would not be certain; the message says why.

    `about`: how many words of the question the table holds.
    """

    about = 0


@dataclass(frozen=True)
class Value:
    """A text of a column that the question names, as the cells spell it."""

    column: str
    cells: tuple[str, ...]


@dataclass
class Question:
    """What was understood. `rest`: the words that no condition took. `about`: how many of its words the table holds."""

    rest: str
    conditions: list[str] = field(default_factory=list)
    in_words: list[str] = field(default_factory=list)
    filtered: set[str] = field(default_factory=set)
    """Columns of text that a condition asks for."""
    dated: list[str] = field(default_factory=list)
    """Conditions on the date with `{date}` for its column, those of a whole question."""
    about: int = 0
    stems: frozenset[str] = frozenset()
    values: list[Value] = field(default_factory=list)

    def take(self, pattern: re.Pattern[str] | str) -> re.Match[str] | None:
        """Take the first match out of the rest."""
        found = re.search(pattern, self.rest)
        if found:
            self.rest = f"{self.rest[: found.start()]} ⟂ {self.rest[found.end() :]}"
        return found

    def open_words(self, known: frozenset[str]) -> list[str]:
        """Words that nothing explains."""
        words = _WORD.findall(re.sub(r"⟦\w+⟧", " open ", self.rest))
        return [word for word in words if word not in FILLERS and stem(word) not in known]


def literal(value: str | float | int | None) -> str:
    """A value as SQL writes it."""
    if isinstance(value, str):
        escaped = value.replace("'", "''")
        return f"'{escaped}'"
    return "NULL" if value is None else str(value)


def stems_of(text: str) -> list[str]:
    """Stems of the words of a text."""
    return [stem(word) for word in _WORD.findall(text.casefold())]


def read(
    question: str, columns: Mapping[str, Sequence[str]], now: datetime, *, years: Sequence[int], has_dates: bool
) -> Question:
    """Read a question. `columns`: the different texts of each column of text. `years`: those of the table's dates.

    Raises NoNumber where the words allow two readings.
    """
    text = " ".join(question.casefold().replace("’", "'").split()).strip(" ?!.")
    found = Question(text, stems=frozenset(stems_of(text)))
    named = times(text, now) if has_dates else []
    atoms: list[tuple[int, int, str]] = [(t.start, t.end, f"⟦t{i}⟧") for i, t in enumerate(named)]
    for start, end, value in _values(text, columns, [(t.start, t.end) for t in named]):
        atoms.append((start, end, f"⟦v{len(found.values)}⟧"))
        found.values.append(value)
        found.about += 2
    for start, end, mark in sorted(atoms, reverse=True):
        text = text[:start] + mark + text[end:]
    found.rest = text
    try:
        _exclusions(found, named, years)
        _bounds(found, named, years)
        _inclusions(found, named, years)
    except NoNumber as error:
        error.about = found.about
        raise
    return found


def _values(
    text: str, columns: Mapping[str, Sequence[str]], taken: list[tuple[int, int]]
) -> list[tuple[int, int, Value]]:
    """The texts of columns that a question names, the longest first."""
    tokens = [(m.start(), m.end(), stem(m.group())) for m in _WORD.finditer(text)]
    spelt: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for column, cells in columns.items():
        for cell in cells:
            plain = tuple(stems_of(cell))
            if plain and len(plain) <= 8 and not all(word in STOP_WORDS for word in _WORD.findall(cell.casefold())):
                spelt.setdefault(plain, {}).setdefault(column, set()).add(cell)
    found: list[tuple[int, int, Value]] = []
    for plain in sorted(spelt, key=len, reverse=True):
        for i in range(len(tokens) - len(plain) + 1):
            run = tokens[i : i + len(plain)]
            start, end = run[0][0], run[-1][1]
            if tuple(token[2] for token in run) != plain or any(start < b and end > a for a, b in taken):
                continue
            if all(word in STOP_WORDS for word in _WORD.findall(text[start:end])):
                continue  # "in" has the stem of "Inès"
            where = spelt[plain]
            if len(where) > 1:
                raise NoNumber(f"“{text[start:end]}” stands in several columns: {', '.join(sorted(where))}")
            ((column, spellings),) = where.items()
            chosen = _spelling(text[start:end], spellings)
            wider = [
                cell for other in spelt for cell in spelt[other].get(column, ())
                if len(other) > len(plain) and set(plain) <= set(other)
            ]  # fmt: skip
            if wider and not any(set(stems_of(cell)) <= {token[2] for token in tokens} for cell in wider):
                raise NoNumber(f"{column} holds {min(chosen)} and also {min(wider)}")
            taken.append((start, end))
            found.append((start, end, Value(column, tuple(sorted(chosen)))))
    return sorted(found, key=lambda entry: entry[0])


def _spelling(said: str, cells: set[str]) -> set[str]:
    """The cells that are meant where several have the same stems: "Books", not "Booking"."""
    if len({" ".join(_WORD.findall(cell.casefold())) for cell in cells}) == 1:
        return cells
    exact = {cell for cell in cells if _WORD.findall(cell.casefold()) == _WORD.findall(said)}
    if not exact:
        raise NoNumber(f"“{said}” may be {' or '.join(sorted(cells))}")
    return exact


def _one_of(column: str, cells: Sequence[str]) -> str:
    listed = ", ".join(literal(cell) for cell in sorted(cells))
    return f"{quote_name(column)} = {listed}" if len(cells) == 1 else f"{quote_name(column)} IN ({listed})"


def _chosen(found: Question, marks: str) -> tuple[str, list[str]]:
    """The column and the cells of some marks; those of several columns cannot be joined."""
    values = [found.values[int(number)] for number in re.findall(r"⟦v(\d+)⟧", marks)]
    if len({value.column for value in values}) > 1:
        raise NoNumber(f"{' and '.join(value.cells[0] for value in values)} are of different columns")
    return values[0].column, [cell for value in values for cell in value.cells]


def _exclusions(found: Question, named: Sequence[Time], years: Sequence[int]) -> None:
    while taken := found.take(rf"\b(?P<not>{NOT})\s+(?P<values>{_VALUES})(?=(?P<then>\s+{_PRE}⟦t)?)"):
        if taken["then"] and not taken["not"].startswith(("without", "excluding", "not counting", "not including")):
            raise NoNumber("what is left out may be meant for that time only")
        column, cells = _chosen(found, taken["values"])
        found.conditions.append(f"({quote_name(column)} IS NULL OR NOT {_one_of(column, cells)})")
        found.in_words.append(f"{column} is not {' or '.join(sorted(cells))}")
        found.filtered.add(column)
    while taken := found.take(rf"\b(?:{NOT})\s+(?P<times>{_TIMES})"):
        for number in re.findall(_ANY_TIME, taken["times"]):
            time = _resolved(named[int(number)], years)
            found.dated.append(f"NOT ({_between(time)})")
            found.in_words.append(f"{{date}} is not in {in_words(time.first, time.stop)}")


def _bounds(found: Question, named: Sequence[Time], years: Sequence[int]) -> None:
    def at(number: str) -> Time:
        return _resolved(named[int(number)], years, alone=True)

    while taken := found.take(
        rf"\b(?:between|from)\s+{_PRE}{_ANY_TIME}\s*(?:and|to|until|till|through|up to|-|–)\s*{_PRE}{_ANY_TIME}"
    ):
        first, last = named[int(taken[1])], named[int(taken[2])]
        if first.yearless and not last.yearless:
            first = first.in_year(last.first.year)
        first, last = _resolved(first, years, alone=True), _resolved(last, years, alone=True)
        if first.first >= last.stop:
            raise NoNumber("the time ends before it begins")
        found.dated.append(f"{{date}} >= '{first.first}' AND {{date}} < '{last.stop}'")
        found.in_words.append(f"{{date}} is from {first.first} to before {last.stop}")
    for words, sign, edge in (
        (BEFORE, "<", "first"),
        (AFTER, ">=", "stop"),
        (UNTIL, "<", "stop"),
        (SINCE, ">=", "first"),
    ):
        while taken := found.take(rf"\b(?:{words})\s+{_PRE}{_ANY_TIME}(?: (?:on|onwards?|forward))?"):
            day = getattr(at(taken[1]), edge)
            found.dated.append(f"{{date}} {sign} '{day}'")
            found.in_words.append(f"{{date}} is {'before' if sign == '<' else 'from'} {day}")


def _inclusions(found: Question, named: Sequence[Time], years: Sequence[int]) -> None:
    if taken := found.take(_TIMES):
        several = [_resolved(named[int(number)], years) for number in re.findall(_ANY_TIME, taken[0])]
        found.dated.append("(" + " OR ".join(_between(time) for time in several) + ")")
        found.in_words.append(f"{{date}} is in {' or '.join(in_words(time.first, time.stop) for time in several)}")
    seen: set[str] = set()
    while taken := found.take(_VALUES):
        column, cells = _chosen(found, taken[0])
        if column in seen:
            raise NoNumber(f"it names {column} twice")
        seen.add(column)
        found.conditions.append(_one_of(column, cells))
        found.in_words.append(f"{column} is {' or '.join(sorted(cells))}")
        found.filtered.add(column)


def _resolved(time: Time, years: Sequence[int], *, alone: bool = False) -> Time:
    """A time with its year: the only one of the table."""
    if not time.yearless:
        return time
    if len(years) != 1:
        raise NoNumber(f"it has rows of {', '.join(map(str, years)) or 'no year'}, and the question names no year")
    try:
        return time.in_year(years[0])
    except ValueError as error:
        raise NoNumber("there is no such day") from error


def _between(time: Time) -> str:
    return f"{{date}} >= '{time.first}' AND {{date}} < '{time.stop}'"


def compared(found: Question, measure: str) -> None:
    """Take "over 50" as a condition on the measure."""
    while taken := found.take(COMPARED):
        number = taken["number"].replace(",", "")
        found.conditions.append(f"{quote_name(measure)} {SIGNS[taken['how']]} {number}")
        found.in_words.append(f"{measure} is {taken['how']} {number}")
