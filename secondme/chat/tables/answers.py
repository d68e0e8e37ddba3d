"""One SELECT over the tables of one shape, or no number: made from recognised columns, values, aggregates and times.

The idea is ChatDB's (Hu et al. 2023): a database as symbolic memory. Here nothing is generated: a question is answered
only if each of its words is part of the query, or asks for an amount.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from secondme.chat.tables.foreign import in_english
from secondme.chat.tables.measure import Measure, measure_of, outflow
from secondme.chat.tables.plan import (
    Plan,
    TableAnswer,
    Tables,
    after_many,
    is_money,
    match_truth,
    says_file,
    table_name,
)
from secondme.chat.tables.question import NoNumber, compared, literal, read, stems_of
from secondme.chat.tables.sentence import format_value, listed, month_name, rows_in_words
from secondme.chat.tables.times import span_of
from secondme.chat.tables.words import (
    AGGREGATE_WORDS,
    AGGREGATES,
    ASKS,
    EARN,
    IN,
    LEAST,
    MOST,
    OFTEN,
    OUT,
    PER,
    ROWS,
    SPEND,
    VAGUE,
    WAGES,
    WHICH,
)  # fmt: skip
from secondme.text.terms import stem
from storage.sheets import QueryRefused, SheetInfo, Sheets, odd, quote_name
from storage.store import Store

VALUES = 2000
"""A column with more different texts is not searched for values that the question names."""
LONGEST_VALUE = 60
CITED = 6
"""At most so many spans with rows are cited."""
GROUPS = 24
"""At most so many groups are listed."""
COUNTED = 1_000_000
_ASKS_MONEY = re.compile(f"{SPEND.pattern}|{EARN.pattern}")

Cell = str | float | int | None


class TableQuestions:
    """Finds the tables that a question is about, if there are some."""

    def __init__(self, store: Store) -> None:
        self._sheets: Sheets = store.sheets

    def answer(self, question: str, asked_at: datetime) -> TableAnswer | None:
        """The answer, with or without a number, or None when the question is not one for a table."""
        question = in_english(question)
        if not ASKS.search(question):
            return None
        found: list[tuple[int, str, TableAnswer]] = []
        for tables in self._grouped(question):
            about, answer = self._of(tables, question, asked_at)
            if answer is not None:
                found.append((about, tables.name, answer))
        if not found:
            return None
        best = max(about for about, _, _ in found)
        leading = [(name, answer) for about, name, answer in found if about == best]
        numbers = [entry for entry in leading if entry[1].sql]
        if len(numbers) > 1:
            return TableAnswer(f"{listed([name for name, _ in numbers])} may both be meant: say which one to count.")
        return (numbers or leading)[0][1]

    def _grouped(self, question: str) -> list[Tables]:
        """Tables with the same columns together, unless the question names one of them."""
        shapes: dict[tuple[tuple[str, str], ...], list[SheetInfo]] = {}
        for sheet in self._sheets.all():
            shape = tuple((name.casefold(), kind) for name, kind in sheet.columns if kind != "unit")
            shapes.setdefault(shape, []).append(sheet)
        words = set(stems_of(question))
        found: list[Tables] = []
        for sheets in shapes.values():
            titles = [set(stems_of(table_name(sheet))) for sheet in sheets]
            shared = set.intersection(*titles)
            named = [s for s, title in zip(sheets, titles, strict=True) if len(sheets) > 1 and (title - shared) & words]
            whole = [s for s in named if (set(stems_of(table_name(s))) - shared) <= words]
            chosen = whole if whole and not any(kind == "date" for _, kind in sheets[0].columns) else sheets
            chosen = whole if whole and len(whole) == 1 and says_file(question) else chosen
            by_name: dict[tuple[str, ...], list[SheetInfo]] = {}
            for sheet in chosen:
                by_name.setdefault(tuple(name for name, _ in sheet.columns), []).append(sheet)
            found += [Tables(same, listed([table_name(s) for s in same])) for same in by_name.values()]
        return found

    def _of(self, tables: Tables, text: str, asked_at: datetime) -> tuple[int, TableAnswer | None]:
        words = set(stems_of(text))
        names = {s for name, kind in tables.columns if kind != "unit" for s in stems_of(name)}
        titles = {s for sheet in tables.sheets for s in stems_of(f"{sheet.title} {sheet.name}")}
        about = len((names | titles) & words - VAGUE)
        try:
            question = read(
                text, self._texts(tables), asked_at, years=self._years(tables), has_dates=bool(tables.of_kind("date"))
            )
            about += question.about
            plan = Plan(tables, question, names | titles)
            answer = self._answer(plan)
        except NoNumber as error:
            about += error.about
            if not about:
                return 0, None
            return about, TableAnswer(f"{tables.name} gives no certain number for this: {error}.")
        money = [name for name in tables.of_kind("number") if is_money(name)]
        if (
            answer is not None
            and money
            and (_ASKS_MONEY.search(text.casefold()) or set(stems_of(" ".join(money))) & words)
        ):
            about += 1
        return (about, answer) if about else (0, None)

    def _texts(self, tables: Tables) -> dict[str, list[str]]:
        """The different texts of each column of text that is not too long to be searched."""
        found: dict[str, list[str]] = {}
        for number, (name, kind) in enumerate(tables.columns):
            if kind != "text":
                continue
            values = {v for sheet in tables.sheets for v in self._sheets.distinct(sheet, number, VALUES + 1)}
            if len(values) <= VALUES:
                found[name] = [value for value in values if len(value) <= LONGEST_VALUE]
        return found

    def _years(self, tables: Tables) -> list[int]:
        dates = tables.of_kind("date")
        if not dates:
            return []
        name = quote_name(dates[0])
        sql = f"SELECT DISTINCT substr({name}, 1, 4) FROM {quote_name(tables.name)} WHERE {name} IS NOT NULL"
        return sorted(int(str(row[0])) for row in self._select(tables, sql))

    def _answer(self, plan: Plan) -> TableAnswer | None:
        question, tables = plan.question, plan.tables
        text = question.rest
        match_truth(plan)
        often = question.take(OFTEN)
        most, least = (None, None) if often else (question.take(MOST), question.take(LEAST))
        asked = {name for name, pattern in AGGREGATES.items() if question.take(pattern)}
        spends, earns = question.take(SPEND), question.take(EARN) if not SPEND.search(text) else None
        while question.take(SPEND):
            pass
        which = WHICH.search(question.rest)
        per = question.take(PER)
        many = "how many" in text
        extreme = most or least or often or asked & {"max", "min"}
        grouped = {stem(which["what"])} if which and extreme else set()
        measure = measure_of(tables.columns, question.stems - grouped, spends=bool(spends), earns=bool(earns))
        if measure.name:
            compared(question, measure.name)
        group = ""
        if which and not (extreme or per or asked or many or spends or earns):
            return self._listing(plan, which["what"])
        if (which and extreme) or per:
            noun = (per["adv"] or per["what"]) if per else which["what"] if which else ""
            group = self._group(tables, noun)
            if per and not group:
                return None
            if group and which and not per:
                question.take(WHICH)
        if open_words := question.open_words(frozenset(plan.known)):
            titles = {word for sheet in tables.sheets for word in stems_of(f"{sheet.title} {sheet.name}")}
            if asked & {"sum", "avg"} and titles & question.stems - VAGUE:
                # Nobody else may read a sum off one of its rows.
                raise NoNumber(f"it is not certain what “{open_words[0]}” means there")
            return None
        asked -= {"sum"} if len(asked) > 1 and not group else set()
        if (
            len(asked) > 1
            or (per and asked - {"sum"})
            or not (asked or most or least or often or many or per or "how much" in text)
        ):
            return None
        self._conditions(plan, measure if not (many or often) or measure.named else Measure())
        counts = many and not self._counts_measure(plan, measure)
        if group:
            best = most or often or "max" in asked
            return self._by_group(
                plan,
                group,
                Measure() if often or (counts and not spends) else measure,
                best=bool(best),
                all_of_them=bool(per),
                spends=bool(spends),
                earns=bool(earns),
                extreme=bool(asked & {"max", "min"}),
            )
        if most or least or often:
            return None
        if counts and not asked & {"avg", "max", "min"}:
            return self._count(plan)
        aggregate = next(iter(asked), "sum")
        return self._amount(plan, measure, aggregate, spends=bool(spends), earns=bool(earns))

    def _counts_measure(self, plan: Plan, measure: Measure) -> bool:
        """Whether "how many ships" names the column of numbers."""
        return bool(measure.name and set(stems_of(measure.name)) & set(after_many(plan.question.rest)))

    def _conditions(self, plan: Plan, measure: Measure) -> None:
        """The conditions with the table's column of dates; refuses what its cells leave open."""
        tables, question = plan.tables, plan.question
        dates = tables.of_kind("date")
        plan.conditions += question.conditions
        if question.dated:
            if len(dates) != 1:
                named = [name for name in dates if set(stems_of(name)) & question.stems - VAGUE]
                dates = named if len(named) == 1 else dates
            if len(dates) != 1:
                raise NoNumber(f"it has several dates ({', '.join(dates)})")
            name = quote_name(dates[0])
            missing = self._number(tables, "count(*)", [*plan.conditions, f"{name} IS NULL"])
            if missing:
                raise NoNumber(
                    f"{rows_in_words(missing)} of it {'has' if missing == 1 else 'have'} no date in {dates[0]}"
                )
            plan.conditions += [condition.replace("{date}", name) for condition in question.dated]
        plan.in_words = [words.replace("{date}", dates[0] if dates else "") for words in question.in_words]
        first = tables.columns[0]
        if first[0] in question.filtered and self._number(tables, "count(*)", [f"{quote_name(first[0])} IS NULL"]):
            raise NoNumber(f"cells of {first[0]} are empty, and may go on what stands above them")
        self._no_copies(plan)

    def _no_copies(self, plan: Plan) -> None:
        """Rows that stand in two files alike are counted by neither."""
        tables = plan.tables
        if len(tables.sheets) < 2:
            return
        names = ", ".join(quote_name(name) for name, _ in tables.columns)
        having = "HAVING min(sheet) < max(sheet)"
        where = f" WHERE {' AND '.join(plan.conditions)}" if plan.conditions else ""
        sql = f"SELECT count(*), min(sheet) FROM {quote_name(tables.name)}{where} GROUP BY {names} {having}"
        twice = self._select(tables, sql)
        everything = self._number(tables, "count(*)", plan.conditions)
        if twice and (tables.of_kind("date") or 2 * len(twice) >= everything):
            raise NoNumber(f"{rows_in_words(len(twice))} of them stand in more than one of the files")

    def _group(self, tables: Tables, noun: str) -> str:
        """The SQL of "which WHAT": a column, or the month, day or year of the only date; "" for neither."""
        for name, kind in tables.columns:
            its = stems_of(name)
            if (stem(noun) in its and kind in ("text", "bool")) or (its == [stem(noun)] and kind == "number"):
                return quote_name(name)
        length = {"year": 4, "month": 7, "day": 10}.get(noun)
        dates = tables.of_kind("date")
        return f"substr({quote_name(dates[0])}, 1, {length})" if length and len(dates) == 1 else ""

    def _listing(self, plan: Plan, noun: str) -> TableAnswer | None:
        """Which texts of a column the conditions leave: "which jobs are not paid"; None without a condition."""
        column = next((name for name in plan.tables.of_kind("text") if stem(noun) in stems_of(name)), None)
        plan.question.take(WHICH)
        conditional = plan.question.conditions or plan.question.dated
        if column is None or not conditional or plan.question.open_words(frozenset(plan.known)):
            return None
        self._conditions(plan, Measure())
        plan.conditions.append(f"{quote_name(column)} IS NOT NULL")
        sql = self._sql(plan, f"DISTINCT {quote_name(column)}", " ORDER BY sheet, row")
        found = [str(row[0]) for row in self._select(plan.tables, sql)]
        if not 0 < len(found) <= GROUPS:
            return None
        return self._say(plan, f"{listed(found)} {'are' if len(found) > 1 else 'is'} the {column}", sql)

    def _count(self, plan: Plan) -> TableAnswer | None:
        """How many rows, or how many different texts of a column."""
        nouns = after_many(plan.question.rest) or []
        tables = plan.tables
        numbers = [
            n for n in tables.of_kind("number") if measure_of(tables.columns, frozenset(stems_of(n))).is_quantity(n)
        ]
        column = next((n for n in tables.of_kind("text") if nouns and nouns[0] in stems_of(n)), None)
        titles = {s for sheet in tables.sheets for s in stems_of(sheet.title)}
        if column in plan.question.filtered:  # "how many night shifts": the rows with that one value
            titles |= set(stems_of(column or ""))
        elif column:
            sql = self._sql(plan, f"count(DISTINCT {quote_name(column)})")
            value = self._select(tables, sql)[0][0]
            return self._say(plan, f"{format_value(value)} is the number of different values of {column}", sql)
        if nouns and nouns[0] not in ROWS | titles and not nouns[0].startswith("⟦"):
            return None
        if numbers and not (nouns and nouns[0] in ROWS):
            raise NoNumber(f"{numbers[0]} says how many, and rows may be meant too")
        sql = self._sql(plan, "count(*)")
        return self._say(plan, f"{format_value(self._select(tables, sql)[0][0])} is the number of rows", sql)

    def _amount(self, plan: Plan, measure: Measure, aggregate: str, *, spends: bool, earns: bool) -> TableAnswer | None:
        """A sum, an average or an extreme of a column of numbers."""
        name = self._checked(plan, measure, aggregate, spends=spends, earns=earns)
        if name is None:
            return None
        value = f"-{quote_name(name)}" if plan.sign < 0 else quote_name(name)
        what = f"the {AGGREGATE_WORDS[aggregate]} {name}" if aggregate in AGGREGATE_WORDS else f"the sum of {name}"
        unit = quote_name(f"{name} (unit)")
        units = self._units(plan, name)
        if len(units) > 1:
            sql = self._sql(plan, f"{unit}, {aggregate}({value})", " GROUP BY 1 ORDER BY 1")
            amounts = [
                f"{format_value(row[1], cents=True)} {row[0] or '(no currency)'}"
                for row in self._select(plan.tables, sql)
            ]
            return self._say(
                plan, f"{listed(amounts)} are {what.replace('the sum', 'the sums')}, one for each currency,", sql
            )
        sql = self._sql(plan, f"{aggregate}({value})")
        found = self._select(plan.tables, sql)[0][0]
        if found is None:
            return None
        amount = format_value(found, cents=is_money(name)) + (f" {units[0]}" if units and units[0] else "")
        return self._say(plan, f"{amount} is {what}", sql)

    def _checked(self, plan: Plan, measure: Measure, aggregate: str, *, spends: bool, earns: bool) -> str | None:
        """The column to compute with, once nothing speaks against it."""
        if measure.unclear:
            raise NoNumber(measure.unclear)
        if measure.text and not measure.name:
            raise NoNumber(f"cells of {measure.text} cannot all be read as numbers of one kind")
        name = measure.name
        if name is None or (
            (spends or earns)
            and not (is_money(name) or measure.named or f"{name} (unit)" in plan.tables.of_kind("unit"))
        ):
            return None
        if aggregate == "sum" and (reason := measure.not_added(name)):
            raise NoNumber(reason)
        tables, column = plan.tables, quote_name(name)
        bad = self._number(tables, "count(*)", [*plan.conditions, f"{quote_name(odd(name))} = 1"])
        if bad:
            raise NoNumber(f"{rows_in_words(bad)} of it hold no certain number in {name}")
        below = self._number(tables, "count(*)", [f"{column} < 0"])
        if (spends or earns) and below:
            above = self._number(tables, "count(*)", [f"{column} > 0"])
            wages = self._wages(tables, name)
            plan.sign = outflow(below, above, wages, spends=spends, name=name)
            plan.conditions.append(f"{column} {'<' if spends else '>'} 0")
            plan.in_words.append(f"{name} is {'below' if spends else 'above'} 0")
            plan.sign = -1 if spends else 1
        elif earns and not measure.earned:
            raise NoNumber(f"{name} does not say what came in")
        elif spends:
            self._only_out(plan)
        return name

    def _only_out(self, plan: Plan) -> None:
        """Where a column says which rows are debits and which credits, only debits were spent."""
        for column, values in self._texts(plan.tables).items():
            plain = {value: set(stems_of(value)) for value in values}
            out = [value for value, stems in plain.items() if stems and stems <= OUT]
            into = [value for value, stems in plain.items() if stems and stems <= IN]
            if into and len(out) + len(into) == len(values):
                cells = ", ".join(literal(value) for value in sorted(out)) or "NULL"
                plan.conditions.append(f"{quote_name(column)} IN ({cells})")
                plan.in_words.append(f"{column} is {' or '.join(sorted(out))}")

    def _wages(self, tables: Tables, name: str) -> bool:
        texts = ", ".join(quote_name(text) for text in tables.of_kind("text"))
        if not texts:
            return False
        sql = f"SELECT {texts} FROM {quote_name(tables.name)} WHERE {quote_name(name)} > 0"
        return any(WAGES.search(str(cell)) for row in self._select(tables, sql) for cell in row if cell)

    def _units(self, plan: Plan, name: str) -> Sequence[Cell]:
        """The units of the cells that are counted; cells without one go with the only one."""
        column = f"{name} (unit)"
        if column not in plan.tables.of_kind("unit"):
            return []
        sql = self._sql(plan, f"DISTINCT {quote_name(column)}")
        units = [row[0] for row in self._select(plan.tables, sql)]
        marked = [unit for unit in units if unit is not None]
        if len(marked) > 1 and None in units:
            raise NoNumber(f"cells of {name} have several currencies, and some have none")
        return marked

    def _by_group(
        self, plan: Plan, key: str, measure: Measure, *, best: bool, all_of_them: bool, spends: bool, earns: bool,
        extreme: bool,
    ) -> TableAnswer | None:  # fmt: skip
        """Which month, shop, category … has the most or the least, or what each of them has."""
        name = None
        if measure.name or measure.unclear or measure.text:
            name = self._checked(plan, measure, "sum", spends=spends, earns=earns)
            if name is None:
                return None
            if len(self._units(plan, name)) > 1:
                raise NoNumber(f"{name} has several currencies")
        sign = "-" if plan.sign < 0 else ""
        expression = f"sum({sign}{quote_name(name)})" if name else "count(*)"
        by = f"sum of {name}" if name else "number of rows"
        money = bool(name and is_money(name))
        label = key.startswith("substr")
        everything = plan.conditions
        plan.conditions = [*everything, f"{key} IS NOT NULL"]
        if self._number(plan.tables, "count(*)", [*everything, f"{key} IS NULL"]):
            raise NoNumber("some of its rows are of no group")
        if all_of_them:
            sql = self._sql(plan, f"{key}, {expression}", " GROUP BY 1 ORDER BY 1")
            groups = self._select(plan.tables, sql)
            if not 0 < len(groups) <= GROUPS:
                return None
            said = "; ".join(
                f"{month_name(group) if label else group}: {format_value(v, cents=money)}" for group, v in groups
            )
            return self._say(plan, f"{said} is the {by} of each", sql)
        sql = self._sql(plan, f"{key}, {expression}", f" GROUP BY 1 ORDER BY 2 {'DESC' if best else 'ASC'} LIMIT 2")
        groups = self._select(plan.tables, sql)
        if not groups or groups[0][1] is None:
            return None
        winner, value = groups[0]
        if extreme and name:
            single = self._sql(plan, key, f" ORDER BY {sign}{quote_name(name)} {'DESC' if best else 'ASC'} LIMIT 1")
            if self._select(plan.tables, single)[0][0] != winner:
                raise NoNumber(
                    "the highest single row and the highest sum are of different groups"
                    if best
                    else "the lowest single row and the lowest sum are of different groups"
                )
        tie = f" ({format_value(groups[1][0])} has as much)" if len(groups) > 1 and groups[1][1] == value else ""
        plan.conditions.append(f"{key} = {literal(winner)}")
        shown = month_name(winner) if label else format_value(winner)
        text = f"{shown} has the {'highest' if best else 'lowest'} {by}, {format_value(value, cents=money)},{tie}"
        return self._say(plan, text, sql)

    def _sql(self, plan: Plan, what: str, after: str = "") -> str:
        where = f" WHERE {' AND '.join(plan.conditions)}" if plan.conditions else ""
        return f"SELECT {what} FROM {quote_name(plan.tables.name)}{where}{after}"

    def _number(self, tables: Tables, what: str, conditions: Sequence[str]) -> int:
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return int(self._select(tables, f"SELECT {what} FROM {quote_name(tables.name)}{where}")[0][0] or 0)

    def _select(self, tables: Tables, sql: str) -> Sequence[Sequence[Cell]]:
        try:
            return self._sheets.query(tables.sheets, tables.name, sql, limit=COUNTED).rows
        except QueryRefused as error:
            raise NoNumber(f"its query was stopped ({error})") from error

    def _say(self, plan: Plan, text: str, sql: str) -> TableAnswer | None:
        """The sentence with the tables, the conditions and the rows that were counted."""
        tables = plan.tables
        dates = tables.of_kind("date")
        date = quote_name(dates[0]) if dates else "NULL"
        counted = self._select(tables, self._sql(plan, f"sheet, row_start, {date}", " ORDER BY sheet, row"))
        if not counted:
            return None if "number of" not in text else TableAnswer(self._sentence(plan, text, counted), sql)
        spans = [
            span
            for sheet in tables.sheets
            for span in self._sheets.spans_at(sheet, [int(str(row[1])) for row in counted if row[0] == sheet.id])
        ]
        return TableAnswer(self._sentence(plan, text, counted), sql, spans[:CITED], len(counted))

    def _sentence(self, plan: Plan, text: str, counted: Sequence[Sequence[Cell]]) -> str:
        tables = plan.tables
        where = f" where {' and '.join(plan.in_words)}" if plan.in_words else ""
        months = span_of([str(row[2]) for row in counted if row[2]])
        rows = rows_in_words(len(counted)) + (f", {months}" if months else "")
        if len(tables.sheets) > 1:
            each = [(s, sum(row[0] == s.id for row in counted)) for s in tables.sheets]
            rows += ": " + ", ".join(f"{count} in {table_name(sheet)}" for sheet, count in each)
        return f"{text} in {tables.name}{where} ({rows})."
