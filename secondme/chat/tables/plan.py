"""What is asked of tables, as it grows into a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from secondme.chat.tables.question import Question, stems_of
from secondme.chat.tables.words import MONEY
from storage.sheets import SheetInfo, quote_name


@dataclass(frozen=True)
class TableAnswer:
    """An answer from tables: a sentence, the query that gave it, the spans that hold its rows, how many they are.

    Without a query it says why there is no number.
    """

    text: str
    sql: str = ""
    span_ids: Sequence[str] = ()
    rows: int = 0


@dataclass
class Tables:
    """Tables of one shape, seen as one."""

    sheets: Sequence[SheetInfo]
    name: str

    @property
    def columns(self) -> Sequence[tuple[str, str]]:
        """Their columns as (name, kind)."""
        return self.sheets[0].columns

    def of_kind(self, kind: str) -> list[str]:
        """The names of the columns of a kind."""
        return [name for name, its in self.columns if its == kind]


@dataclass
class Plan:
    """What is asked of tables: the conditions as they grow, and the words that are known."""

    tables: Tables
    question: Question
    known: set[str]
    conditions: list[str] = field(default_factory=list)
    in_words: list[str] = field(default_factory=list)
    sign: int = 1
    """-1 where what went out is below zero in the column."""


def table_name(sheet: SheetInfo) -> str:
    """A table as a sentence names it."""
    return sheet.title if sheet.name in sheet.title else f"{sheet.title}/{sheet.name}"


def says_file(question: str) -> bool:
    """Whether a question speaks of a file."""
    return any(
        word in question.casefold()
        for word in ("file", ".csv", ".xls", ".ods", ".tsv", "sheet", "table", "spreadsheet")
    )


def is_money(name: str) -> bool:
    """Whether a column holds amounts of money by its name."""
    return bool(set(stems_of(name)) & MONEY)


def after_many(rest: str) -> list[str]:
    """Stems of the words just after "how many"; a mark of a value is no word."""
    after = rest.partition("how many")[2].strip()
    return [] if not after or after.startswith(("⟦", "⟂")) else stems_of(" ".join(after.split()[:2]).split("⟦")[0])


def match_truth(plan: Plan) -> None:
    """Columns of yes and no: "unpaid" and "haven't paid" mean no, "are paid" and "have paid" mean yes."""
    for column in plan.tables.of_kind("bool"):
        for word in column.casefold().split():
            if plan.question.take(rf"(?:(?:\b(?:not|never)|n't) (?:yet |been )*|\b(?:un|in)){word}\b"):
                plan.question.conditions.append(f"{quote_name(column)} = 0")
                plan.question.in_words.append(f"{column} is no")
                plan.question.about += 1
            elif plan.question.take(rf"\b(?:are|is|were|was|have|has) (?:already |been )*{word}\b"):
                plan.question.conditions.append(f"{quote_name(column)} = 1")
                plan.question.in_words.append(f"{column} is yes")
