"""A table answers a question by a query that may only read it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from secondme.chat.tables.answers import TableQuestions
from secondme.clock import SystemClock
from secondme.ingest.ingestion import Ingestion
from storage.removal import Target
from storage.sheets import QueryRefused, SheetInfo
from storage.store import Store
from tests.worlds.documents import CORPUS

NOW = datetime(2024, 4, 10, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "data").mkdir()
    made = Store(tmp_path / "data", model_id="none", dimension=1)
    ships = tmp_path / "ships.csv"
    ships.write_text("Month,Ships,Cargo\nJanuary,14,timber\nFebruary,9,herring\nMarch,21,granite\n")
    shutil.copy(CORPUS / "expenses.csv", tmp_path)
    ingestion = Ingestion(made, SystemClock(), count_tokens=None, max_bytes=10**6)
    for name in ("ships.csv", "expenses.csv"):
        assert ingestion.take_file(tmp_path / name).outcome == "added"
    yield made
    made.close()


@pytest.mark.parametrize(
    ("question", "begins", "rows"),
    [
        ("How much did I spend on groceries?", "130.85 is the sum of Amount", 3),
        ("How much did I spend on groceries in March 2024?", "51.10 is the sum", 1),
        ("How much did I spend in March?", "165.50 is the sum of Amount", 3),
        ("How many books did I buy?", "2 is the number of rows", 2),
        ("Which month did I spend the most?", "March 2024 has the highest sum of Amount, 165.50", 3),
        ("In which month did I spend the most on travel?", "January 2024 has the highest", 1),
        ("What was the average amount at Corner Market?", "39.88 is the average Amount", 2),
        ("What is the most expensive book?", "24.90 is the highest Amount", 2),
        ("How many expenses are unpaid?", "1 is the number of rows", 1),
        ("How many expenses over 50 are there?", "3 is the number of rows", 3),
        ("How much did I pay to Northern Rail and Harbour Books?", "257.30 is the sum", 4),
        ("How many ships came in February?", "9 is the sum of Ships", 1),
        ("Which cargo had the most ships?", "granite has the highest sum of Ships, 21", 1),
    ],
)
def test_a_table_settles_what_it_can(store: Store, question: str, begins: str, rows: int) -> None:
    answer = TableQuestions(store).answer(question, NOW)
    assert answer is not None
    assert answer.text.startswith(begins)
    assert answer.rows == rows
    assert answer.sql.startswith("SELECT ")
    assert answer.span_ids


@pytest.mark.parametrize(
    "question",
    [
        "How much does my dog weigh?",
        "How many children does Melanie have?",
        "How much money did I lend to Tom?",
        "Which book is my favourite?",
        "How many groceries did Ana carry?",
        "What did the keeper write?",
    ],
)
def test_a_question_with_words_that_no_table_knows_is_left_to_recall(store: Store, question: str) -> None:
    assert TableQuestions(store).answer(question, NOW) is None


def sheet(store: Store, name: str) -> SheetInfo:
    return next(sheet for sheet in store.sheets.all() if sheet.name == name)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM sheet_rows",
        "UPDATE t SET Ships = 0",
        "SELECT text FROM spans",
        "SELECT cells FROM sheet_rows",
        "SELECT name FROM sqlite_master",
        "ATTACH 'x.db' AS x",
        "PRAGMA user_version = 99",
        "SELECT load_extension('x')",
        "SELECT * FROM t; DROP TABLE spans",
        "SELECT Ships FROM t UNION SELECT text FROM main.spans",
        "WITH x AS (SELECT * FROM main.messages) SELECT * FROM x",
        "CREATE TABLE y (z)",
        "nonsense",
    ],
)
def test_a_query_may_do_nothing_but_read_its_own_table(store: Store, sql: str) -> None:
    with pytest.raises(QueryRefused):
        store.sheets.query(sheet(store, "ships.csv"), "t", sql)
    assert store.database.version() > 0


def test_a_query_sees_one_table_only(store: Store) -> None:
    found = store.sheets.query(sheet(store, "ships.csv"), "t", "SELECT count(*), sum(Ships) FROM t")
    assert found.rows == [(3, 44)]


def test_a_query_that_never_ends_is_stopped(store: Store) -> None:
    endless = "SELECT count(*) FROM t a, t b, t c, t d, t e, t f, t g, t h, t i, t j, t k, t l, t m, t n, t o, t p, t q"
    begun = time.monotonic()
    with pytest.raises(QueryRefused, match="interrupted"):
        store.sheets.query(sheet(store, "ships.csv"), "t", endless)
    assert time.monotonic() - begun < 20


def test_a_purge_takes_the_table_along(store: Store, tmp_path: Path) -> None:
    known = store.spans.file(str(tmp_path / "ships.csv"))
    assert known is not None
    store.removal.erase([Target("source", known.source_id, "")], "2024-01-01")
    assert [sheet.name for sheet in store.sheets.all()] == ["expenses.csv"]
    assert b"granite" not in (tmp_path / "data" / "secondme.db").read_bytes()


def test_a_changed_file_has_only_its_new_rows(store: Store, tmp_path: Path) -> None:
    (tmp_path / "ships.csv").write_text("Month,Ships,Cargo\nApril,5,salt\nMay,6,coal\n")
    Ingestion(store, SystemClock(), count_tokens=None, max_bytes=10**6).take_file(tmp_path / "ships.csv")
    found = store.sheets.query(sheet(store, "ships.csv"), "t", "SELECT sum(Ships) FROM t")
    assert found.rows == [(11,)]
