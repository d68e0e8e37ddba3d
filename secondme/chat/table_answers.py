"""Questions that a table answers: one SELECT made from recognised columns, values, aggregates and dates, no model.

The idea is ChatDB's (Hu et al. 2023): a database as symbolic memory. Here nothing is generated: a question is answered
only if each of its words that carries meaning is part of the query, or asks for an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from secondme.api import AskEvent
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.text.terms import STOP_WORDS, stem
from secondme.text.timex.expressions import expressions
from secondme.text.timex.names import MONTHS
from storage.sheets import QueryRefused, SheetInfo, Sheets, quote_name
from storage.store import Store

VALUES = 2000
"""A column with more different texts is not searched for values that the question names."""
LONGEST_VALUE = 60
CITED = 6
"""At most so many spans with rows are cited."""
_WORD = re.compile(r"[^\W_]+")
_ASKS = re.compile(
    r"(?i)\bhow (?:much|many)\b|\b(?:average|mean|total|sum|altogether|highest|lowest|largest|smallest|biggest"
    r"|cheapest|maximum|minimum|most|least)\b|\b(?:which|what) \w+"
)
_AGGREGATES = (
    ("avg", "average", re.compile(r"(?i)\b(?:average|mean|on average)\b")),
    ("max", "highest", re.compile(r"(?i)\b(?:highest|largest|biggest|maximum|most expensive|dearest)\b")),
    ("min", "lowest", re.compile(r"(?i)\b(?:lowest|smallest|minimum|cheapest|least expensive)\b")),
)
_GROUP = re.compile(r"(?i)\b(?:which|what|in which|in what) (?P<what>month|year|day|\w+)\b")
_MOST = re.compile(r"(?i)\b(?:most|highest|largest|biggest|maximum|best)\b")
_LEAST = re.compile(r"(?i)\b(?:least|lowest|smallest|fewest|minimum|worst)\b")
_OFTEN = re.compile(r"(?i)\b(?:most often|most frequent(?:ly)?|most common|most (?:rows|entries|times))\b")
_COMPARED = re.compile(
    r"(?i)\b(?P<how>over|above|more than|greater than|at least|under|below|less than|at most|up to)\s+(?:[€$£]\s?)?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)"
)
_SIGNS = {
    **dict.fromkeys(("over", "above", "more than", "greater than"), ">"),
    **dict.fromkeys(("under", "below", "less than"), "<"),
    "at least": ">=",
    "at most": "<=",
    "up to": "<=",
}
_AMOUNTS = frozenset(map(stem, "amount total price cost costs sum value paid spent expense revenue income".split()))
_MONEY = re.compile(r"(?i)\b(?:spend|spent|spending|pay|paid|cost|costs|money|expensive|cheap\w*)\b")
_VAGUE = frozenset(
    map(stem, "amount total number count date year month day time table sheet data csv xlsx ods".split())
)
"""Words that say nothing of which table is meant."""
_ASKING = frozenset(
    map(
        stem,
        """how much many what which average mean total sum altogether overall highest lowest largest smallest biggest
        cheapest expensive maximum minimum most least often frequently common fewest number count amount money spend
        spent spending pay paid cost costs buy bought have had make made get got there row rows entry entries record
        records listed times time over above more than greater under below less up table file sheet data go went come
        came year month day per each every all""".split(),
    )
)


class TableAnswerer:
    """Answers from a table, and shows the query."""

    def __init__(self, tools: Tools) -> None:
        self._tables = TableQuestions(tools.store)
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where no table settles the question for sure."""
        table = self._tables.answer(turn.full_question, turn.now)
        if table is None:
            return None
        return self._replies.state(turn, table.text, table.span_ids, after=f"\n\n```sql\n{table.sql}\n```")


@dataclass(frozen=True)
class TableAnswer:
    """An answer from a table: a sentence, the query that gave it, and the spans that hold its rows."""

    text: str
    sql: str
    span_ids: Sequence[str]
    rows: int


@dataclass
class _Plan:
    """A query for a sheet as it grows.

    `conditions` are SQL, `in_words` says the same in words, and `known` are stems of the question that are part of it.
    """

    sheet: SheetInfo
    table: str
    conditions: list[str] = field(default_factory=list)
    in_words: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    about: int = 0
    """How many words of the question the table holds; of several tables the table with the most of them answers."""


class TableQuestions:
    """Finds the table that a question is about, if there is one."""

    def __init__(self, store: Store) -> None:
        self._sheets: Sheets = store.sheets

    def answer(self, question: str, asked_at: datetime) -> TableAnswer | None:
        """The answer, or None when the question is not one that a table settles for sure."""
        if not _ASKS.search(question):
            return None
        words = [stem(word) for word in _WORD.findall(question.casefold())]
        best: tuple[int, int, TableAnswer] | None = None
        for sheet in self._sheets.all():
            plan = self._plan(sheet, question, words, asked_at)
            answer = self._answer(plan, question, words) if plan is not None else None
            if plan is not None and answer is not None and (best is None or (plan.about, sheet.id) > best[:2]):
                best = (plan.about, sheet.id, answer)
        return best[2] if best else None

    def _plan(self, sheet: SheetInfo, question: str, words: Sequence[str], asked_at: datetime) -> _Plan | None:
        name = sheet.title if sheet.name in sheet.title else f"{sheet.title}/{sheet.name}"
        plan = _Plan(sheet, name)
        for column, _ in sheet.columns:
            plan.known |= set(_stems(column)) & set(words)
        plan.known |= set(_stems(sheet.title)) & set(words)
        plan.known |= set(_stems(sheet.name)) & set(words)
        plan.about = len(plan.known - _VAGUE)
        if _MONEY.search(question) and set(_stems(_measure(sheet, words) or "")) & _AMOUNTS:
            plan.about += 1
        self._match_values(plan, question)
        _match_truth(plan, question)
        _match_dates(plan, question, asked_at)
        # Every word has to be explained, else the question is about something that the table does not know.
        open_words = [
            word
            for word, raw in zip(words, _WORD.findall(question.casefold()), strict=True)
            if raw not in STOP_WORDS and word not in plan.known and word not in _ASKING
        ]
        return plan if plan.about and not open_words else None

    def _match_values(self, plan: _Plan, question: str) -> None:
        """Texts of the table that the question names, the longest first; several of a column are alternatives."""
        found: list[tuple[str, str, str]] = []
        for number, (column, kind) in enumerate(plan.sheet.columns):
            values = self._sheets.distinct(plan.sheet, number, VALUES + 1) if kind == "text" else []
            if len(values) <= VALUES:
                found += [(" ".join(_stems(value)), column, value) for value in values if len(value) <= LONGEST_VALUE]
        left = f" {' '.join(_stems(question))} "
        named: dict[str, list[str]] = {}
        for plain, column, value in sorted(found, key=lambda entry: (-len(entry[0]), entry)):
            if plain and f" {plain} " in left and value.casefold() not in STOP_WORDS:
                left = left.replace(f" {plain} ", f" {' ' * len(plain)} ")
                named.setdefault(column, []).append(value)
                plan.known.update(plain.split())
                plan.about += 2
        for column, values in named.items():
            listed = ", ".join(_literal(value) for value in sorted(values))
            plan.conditions.append(
                f"{quote_name(column)} = {listed}" if len(values) == 1 else f"{quote_name(column)} IN ({listed})"
            )
            plan.in_words.append(f"{column} is {' or '.join(sorted(values))}")

    def _answer(self, plan: _Plan, question: str, words: Sequence[str]) -> TableAnswer | None:
        grouped = _GROUP.search(question)
        most, least = _MOST.search(question), _LEAST.search(question)
        if grouped and (most or least) and _group_by(plan.sheet, grouped["what"].casefold())[0]:
            return self._best_group(plan, question, words, grouped["what"].casefold(), descending=bool(most))
        return self._amount(plan, question, words)

    def _amount(self, plan: _Plan, question: str, words: Sequence[str]) -> TableAnswer | None:
        """One number: a sum, an average, an extreme, or how many rows."""
        measure = _measure(plan.sheet, words)
        if measure and _MONEY.search(question) and not set(_stems(measure)) & (_AMOUNTS | set(words)):
            return None
        if measure:
            _match_size(plan, question, measure)
        asked = next(((name, word) for name, word, pattern in _AGGREGATES if pattern.search(question)), None)
        if asked and measure:
            what, expression = f"the {asked[1]} {measure}", f"{asked[0]}({quote_name(measure)})"
        elif re.search(r"(?i)\bhow many\b", question) and not (
            measure and set(_stems(measure)) & set(_after_many(question))
        ):
            what, expression = "the number of rows", "count(*)"
        elif measure and re.search(r"(?i)\bhow (?:much|many)\b|\b(?:total|sum|altogether)\b", question):
            what, expression = f"the sum of {measure}", f"sum({quote_name(measure)})"
        else:
            return None
        sql = f"SELECT {expression} FROM {quote_name(plan.table)}{_where(plan.conditions)}"
        found = self._rows(plan, sql)
        value = found[0][0] if found else None
        if value is None:
            return None
        starts = self._starts(plan, plan.conditions)
        amount = format_value(
            value, cents=bool(measure and "count" not in expression and set(_stems(measure)) & _AMOUNTS)
        )
        text = f"{amount} is {what} in {plan.table}{_where_in_words(plan.in_words)} ({_rows_in_words(len(starts))})."
        return TableAnswer(text, sql, self._sheets.spans_at(plan.sheet, starts)[:CITED], len(starts))

    def _best_group(
        self, plan: _Plan, question: str, words: Sequence[str], what: str, *, descending: bool
    ) -> TableAnswer | None:
        """Which month, shop, category … has the most or the least."""
        key, label = _group_by(plan.sheet, what)
        measure = None if _OFTEN.search(question) else _measure(plan.sheet, words)
        expression = f"sum({quote_name(measure)})" if measure else "count(*)"
        order = "DESC" if descending else "ASC"
        conditions = [*plan.conditions, f"{key} IS NOT NULL"]
        sql = (
            f"SELECT {key} AS {quote_name(label)}, {expression} FROM {quote_name(plan.table)}{_where(conditions)} "
            f"GROUP BY 1 ORDER BY 2 {order} LIMIT 2"
        )
        found = self._rows(plan, sql)
        if not found or found[0][1] is None:
            return None
        winner, value = found[0]
        starts = self._starts(plan, [*conditions, f"{key} = {_literal(winner)}"])
        by = f"the sum of {measure}" if measure else "the number of rows"
        tie = f" ({format_value(found[1][0])} has as much)" if len(found) > 1 and found[1][1] == value else ""
        amount = format_value(value, cents=bool(measure and set(_stems(measure)) & _AMOUNTS))
        text = (
            f"{_month(winner, label)} has the {'highest' if descending else 'lowest'} {by.removeprefix('the ')}, "
            f"{amount}, in {plan.table}{_where_in_words(plan.in_words)} ({_rows_in_words(len(starts))}){tie}."
        )
        return TableAnswer(text, sql, self._sheets.spans_at(plan.sheet, starts)[:CITED], len(starts))

    def _rows(self, plan: _Plan, sql: str) -> Sequence[Sequence[str | float | int | None]]:
        try:
            return self._sheets.query(plan.sheet, plan.table, sql).rows
        except QueryRefused:
            return []

    def _starts(self, plan: _Plan, conditions: Sequence[str]) -> list[int]:
        """Where the rows that a query counts begin in the text."""
        sql = f"SELECT row_start FROM {quote_name(plan.table)}{_where(conditions)} ORDER BY row"
        return [int(row[0]) for row in self._rows(plan, sql) if row[0] is not None]


def format_value(value: str | float | int | None, *, cents: bool = False) -> str:
    """A value as a person reads it: thousands apart, two decimals at most, and for money always."""
    if cents and isinstance(value, int | float):
        return f"{value:,.2f}"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".") if value.is_integer() is False else f"{int(value):,}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(text.casefold())]


def _literal(value: str | float | int | None) -> str:
    if isinstance(value, str):
        escaped = value.replace("'", "''")
        return f"'{escaped}'"
    return "NULL" if value is None else str(value)


def _where(conditions: Iterable[str]) -> str:
    joined = " AND ".join(conditions)
    return f" WHERE {joined}" if joined else ""


def _where_in_words(conditions: Sequence[str]) -> str:
    return f" where {' and '.join(conditions)}" if conditions else ""


def _rows_in_words(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows:,} rows"


def _measure(sheet: SheetInfo, words: Sequence[str]) -> str | None:
    """The number column that a question names, else the only number column, else the only column of amounts."""
    numbers = [name for name, kind in sheet.columns if kind == "number"]
    named = [name for name in numbers if set(_stems(name)) & set(words)]
    if named:
        return named[0]
    amounts = [name for name in numbers if set(_stems(name)) & _AMOUNTS]
    if len(numbers) == 1:
        return numbers[0]
    return amounts[0] if len(amounts) == 1 else None


def _after_many(question: str) -> list[str]:
    """Stems of the words just after "how many"."""
    found = re.search(r"(?i)\bhow (?:many|much)\s+((?:\w+\s*){1,3})", question)
    return _stems(found.group(1)) if found else []


def _group_by(sheet: SheetInfo, what: str) -> tuple[str, str]:
    """(expression, its name) for "which WHAT": a column, or the month, day or year of the date column."""
    column = next((name for name, _ in sheet.columns if stem(what) in _stems(name)), None)
    if column:
        return quote_name(column), column
    length = {"year": 4, "month": 7, "day": 10}.get(what)
    dates = [name for name, kind in sheet.columns if kind == "date"]
    if length and len(dates) == 1:
        return f"substr({quote_name(dates[0])}, 1, {length})", what
    return "", ""


def _month(value: str | float | int | None, label: str) -> str:
    """`2024-03` as March 2024."""
    found = re.fullmatch(r"(\d{4})-(\d\d)", str(value)) if label == "month" else None
    return f"{MONTHS[int(found[2]) - 1].capitalize()} {found[1]}" if found else format_value(value)


def _match_truth(plan: _Plan, question: str) -> None:
    """Columns of yes and no: "unpaid" and "not paid" mean no."""
    for column, kind in plan.sheet.columns:
        if kind != "bool":
            continue
        for word in _WORD.findall(column.casefold()):
            if re.search(rf"(?i)\b(?:not (?:yet )?|un|in){re.escape(word)}\b", question):
                plan.conditions.append(f"{quote_name(column)} = 0")
                plan.in_words.append(f"{column} is no")
                plan.known |= {stem(f"un{word}"), stem(f"in{word}"), stem(word)}
                plan.about += 1
                break


def _match_size(plan: _Plan, question: str, measure: str) -> None:
    found = _COMPARED.search(question)
    if found:
        sign = _SIGNS[found["how"].casefold()]
        number = found["number"].replace(",", "")
        plan.conditions.append(f"{quote_name(measure)} {sign} {number}")
        plan.in_words.append(f"{measure} is {found['how'].casefold()} {number}")


def _match_dates(plan: _Plan, question: str, asked_at: datetime) -> None:
    """A time that the question names, on the only date column. A month without a year is that month of every year."""
    dates = [name for name, kind in plan.sheet.columns if kind == "date"]
    compared = _COMPARED.search(question)
    if compared:
        plan.known.update(re.findall(r"\d+", compared["number"]))
    if len(dates) != 1:
        return
    column = quote_name(dates[0])
    for time in expressions(question, asked_at):
        text = question[time.start : time.end]
        if set(_stems(text)) <= plan.known or _GROUP.fullmatch(text.strip()):
            continue  # a value of the table, as in a column of months
        words = _WORD.findall(text.casefold())
        month = next((word for word in words if word in MONTHS), None)
        if month and not re.search(r"\d", text) and not {"last", "this", "next"} & set(words):
            plan.conditions.append(f"substr({column}, 6, 2) = '{MONTHS.index(month) + 1:02}'")
            plan.in_words.append(f"{dates[0]} is in {month.capitalize()}")
        else:
            begins, ends = time.begins.date(), time.ends.date()
            plan.conditions.append(f"{column} >= '{begins}' AND {column} < '{ends}'")
            plan.in_words.append(f"{dates[0]} is from {begins} to before {ends}")
        plan.known.update(_stems(text))
