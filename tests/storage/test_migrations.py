"""A memory of an older release is brought up to date without losing anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secondme.clock import SystemClock
from secondme.facts.intervals import known_facts
from secondme.folders.scan import FolderScan
from secondme.ingest.ingestion import Ingestion
from secondme.jobs.job import Run
from storage.database import Database
from storage.facts import Verdict
from storage.migrations import MIGRATIONS
from storage.records import Folder
from storage.store import Store


def schema(database: Database) -> list[tuple[str, ...]]:
    """Every table, index, trigger and view."""
    return [tuple(row) for row in database.read("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2")]


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_database_of_every_earlier_schema_gets_the_schema_of_today(tmp_path: Path, version: int) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    Database(tmp_path / "old", migrations=MIGRATIONS[:version]).close()
    old, new = Database(tmp_path / "old"), Database(tmp_path / "new")
    assert old.version() == len(MIGRATIONS)
    assert schema(old) == schema(new)
    assert old.problems() == []
    old.close()
    new.close()


def test_what_was_indexed_before_files_were_listed_is_known_and_not_read_again(tmp_path: Path) -> None:
    data, notes = tmp_path / "data", tmp_path / "notes"
    data.mkdir()
    notes.mkdir()
    for name in ("a.md", "b.md"):
        (notes / name).write_text(f"# {name}\n\nWhat {name} says.\n")
    old = Database(data, migrations=MIGRATIONS[:2])
    with old.transaction() as tx:
        tx.execute("INSERT INTO folders VALUES ('f', ?, 'watching', 'then', NULL)", (str(notes),))
        for name in ("a.md", "b.md"):
            info = (notes / name).stat()
            stamp = (info.st_size, info.st_mtime_ns, info.st_ino)
            tx.execute(
                "INSERT INTO sources VALUES (?, 'file', ?, ?, 'f', 'then', NULL, NULL)", (name, name, str(notes / name))
            )
            tx.execute(
                """INSERT INTO documents
                   VALUES (?, ?, 1, 'x', ?, ?, ?, 'text/markdown', ?, 'then', 'mtime', 'then', NULL)""",
                (f"d-{name}", name, *stamp, name),
            )
            tx.execute(
                """INSERT INTO spans(id, document_id, ordinal, section, start, "end", line, text, heading, speaker,
                       role, evidence, precision) VALUES (?, ?, 0, 0, 0, 9, 1, ?, '', '', 'author', 1, 'mtime')""",
                (f"s-{name}", f"d-{name}", f"What {name} says."),
            )
    old.close()
    store = Store(data, model_id="none", dimension=1)
    assert store.database.version() == len(MIGRATIONS)
    assert list((data / "backups").iterdir())
    folder = store.folders.one("f")
    assert isinstance(folder, Folder)
    (notes / "b.md").unlink()
    ingestion = Ingestion(store, SystemClock(), count_tokens=None, max_bytes=10**6)
    scan = FolderScan(store, SystemClock())
    results = list(scan.run(folder, ingestion, ()))
    assert [(result.path.name, result.outcome) for result in results] == [("b.md", "removed")]
    assert [span.text for span, archived in store.spans.of_source("a.md") if not archived]
    assert store.words.search(["says"], 5)
    store.close()


def test_a_memory_from_before_fading_keeps_its_words_and_can_fade(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    old = Database(data, migrations=MIGRATIONS[:3])
    with old.transaction() as tx:
        tx.execute("INSERT INTO sources VALUES ('n', 'note', 'n', '', NULL, 'then', NULL, NULL)")
        tx.execute(
            """INSERT INTO documents VALUES ('d', 'n', 1, 'x', 1, 0, 0, 'text/plain', 'n', NULL, 'second', 'then', NULL,
               '', '')"""
        )
        for i, text in enumerate(("The kettle is blue.", "The ferry is late.", "The ferry is hidden.")):
            tx.execute(
                """INSERT INTO spans(id, document_id, ordinal, section, start, "end", line, text, heading, speaker,
                       role, evidence, precision, hidden_at)
                   VALUES (?, 'd', ?, 0, 0, 9, 1, ?, '', '', 'me', 1, 'second', ?)""",
                (f"s{i}", i, text, "then" if i == 2 else None),
            )
    old.close()
    store = Store(data, model_id="none", dimension=1)
    assert store.database.problems() == []
    assert [seq for seq, _ in store.words.search(["ferry"], 5)] == [2]
    assert (store.words.span_count(), store.words.faded_count()) == (2, 0)
    run = Run(store, SystemClock(), "forget")
    store.runs.begin(run.id, "forget", "person", "now")
    with run.step() as step:
        assert step.update("faded", "spans", ("s1",), {"faded_at": "now"})
    assert store.words.search(["ferry"], 5) == []
    assert [seq for seq, _ in store.words.search(["ferry"], 5, faded=True)] == [2]
    assert (store.words.span_count(), store.words.faded_count()) == (1, 1)
    store.runs.undo(run.id, "later")
    assert [seq for seq, _ in store.words.search(["ferry"], 5)] == [2]
    assert store.database.problems() == []
    store.close()


def test_verdicts_of_an_older_release_still_count_and_its_runs_can_be_undone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    old = Database(data, migrations=MIGRATIONS[:5])
    then = "2025-01-06T18:00:00.000Z"
    statement = (
        "fact-1", "me", "Mira", "lives_in", "berlin", "Berlin", "s-1", 0, 16, "said", "", 0, "2025-01-06", "said", then,
        0.9, "patterns/1", "rejected",
    )  # fmt: skip
    with old.transaction() as tx:
        tx.execute("INSERT INTO sources VALUES ('chat', 'import', 'chat', '', NULL, ?, NULL, NULL)", (then,))
        tx.execute(
            """INSERT INTO documents(id, source_id, version, sha256, bytes, mtime_ns, inode, media, title, happened_at,
                   precision, recorded_at)
               VALUES ('d', 'chat', 1, '', 0, 0, 0, 'application/x-chat', 'chat', ?, 'second', ?)""",
            (then, then),
        )
        tx.execute(
            """INSERT INTO spans(id, document_id, ordinal, section, start, "end", line, text, heading, speaker, role,
                   evidence, happened_at, precision)
               VALUES ('s-1', 'd', 0, 0, 0, 16, 1, 'I live in Berlin.', '', 'Mira', 'me', 1, ?, 'second')""",
            (then,),
        )
        tx.execute(f"INSERT INTO statements VALUES ({', '.join('?' * len(statement))})", statement)
        columns = [row[1] for row in tx.execute("PRAGMA table_info(statements)")]
        after = json.dumps(dict(zip(columns, (*statement[:-1], ""), strict=True)))
        tx.execute(
            "INSERT INTO runs VALUES ('learn/1', 'learn', 'schedule', 'done', ?, ?, NULL, '{}', '')", (then, then)
        )
        tx.execute(
            """INSERT INTO run_changes(run_id, what, tbl, key, before, after)
               VALUES ('learn/1', 'learnt', 'statements', ?, NULL, ?)""",
            ('["fact-1"]', after),
        )
    old.close()
    store = Store(data, model_id="none", dimension=1)
    assert [row.id for row in store.facts.statements()] == ["fact-1"]
    assert known_facts(store)[0] == []
    store.facts.judge([Verdict("me", "lives_in", "berlin", "", "2025-02-01")])
    assert [fact.object_name for fact in known_facts(store)[0]] == ["Berlin"]
    assert store.facts.count("model") == 1
    _, conflicts = store.runs.undo("learn/1", "now")
    assert conflicts == []
    assert store.facts.statements() == []
    store.close()
