"""Schemas 4 to 9: fading and runs, facts, words of every language, versions of chats, days."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database as SqliteDatabase

from storage.migrations.migration import run
from storage.tokens.tokenizer import rules


def fading_summaries_and_runs(db: SqliteDatabase) -> None:
    """Fading and merging of spans, their strengths, summaries, and the runs of background jobs with what they changed.

    A span is hot when it is live and not faded; `faded_at` without `merged_into` is cold: found by a second look.
    """
    hot = "{0}.archived_at IS NULL AND {0}.hidden_at IS NULL AND {0}.faded_at IS NULL"
    cold = "{0}.archived_at IS NULL AND {0}.hidden_at IS NULL AND {0}.faded_at IS NOT NULL AND {0}.merged_into IS NULL"
    run(
        db,
        f"""
        ALTER TABLE spans ADD COLUMN faded_at TEXT;;
        ALTER TABLE spans ADD COLUMN merged_into TEXT;;
        CREATE INDEX spans_faded ON spans(seq) WHERE faded_at IS NOT NULL;;
        CREATE INDEX spans_merged ON spans(merged_into) WHERE merged_into IS NOT NULL;;
        DROP VIEW live_spans;;
        CREATE VIEW live_spans AS SELECT seq, text, heading, speaker FROM spans WHERE {hot.format("spans")};;
        CREATE VIEW cold_spans AS SELECT seq, text, heading, speaker FROM spans WHERE {cold.format("spans")};;
        CREATE VIRTUAL TABLE cold_fts USING fts5(
            text, heading, speaker, content='cold_spans', content_rowid='seq',
            tokenize="porter unicode61 remove_diacritics 2"
        );;
        CREATE VIRTUAL TABLE cold_terms USING fts5vocab(cold_fts, row);;
        ALTER TABLE live_count ADD COLUMN faded INTEGER NOT NULL DEFAULT 0;;
        DROP TRIGGER live_count_insert;;
        DROP TRIGGER live_count_delete;;
        DROP TRIGGER live_count_change;;
        CREATE TRIGGER live_count_insert AFTER INSERT ON spans BEGIN
            UPDATE live_count SET spans = spans + ({hot.format("new")}), faded = faded + ({cold.format("new")});
        END;;
        CREATE TRIGGER live_count_delete AFTER DELETE ON spans BEGIN
            UPDATE live_count SET spans = spans - ({hot.format("old")}), faded = faded - ({cold.format("old")});
        END;;
        CREATE TRIGGER live_count_change AFTER UPDATE OF archived_at, hidden_at, faded_at, merged_into ON spans BEGIN
            UPDATE live_count SET spans = spans + ({hot.format("new")}) - ({hot.format("old")}),
                faded = faded + ({cold.format("new")}) - ({cold.format("old")});
        END
        """,
    )
    columns = "text, heading, speaker, archived_at, hidden_at, faded_at, merged_into"
    for name in ("insert", "delete", "leave", "enter"):
        db.conn.execute(f"DROP TRIGGER spans_fts_{name}")
    for index, state in (("spans_fts", hot), ("cold_fts", cold)):
        run(
            db,
            f"""
            CREATE TRIGGER {index}_insert AFTER INSERT ON spans WHEN {state.format("new")} BEGIN
                INSERT INTO {index}(rowid, text, heading, speaker)
                    VALUES (new.seq, new.text, new.heading, new.speaker);
            END;;
            CREATE TRIGGER {index}_delete AFTER DELETE ON spans WHEN {state.format("old")} BEGIN
                INSERT INTO {index}({index}, rowid, text, heading, speaker)
                    VALUES ('delete', old.seq, old.text, old.heading, old.speaker);
            END;;
            CREATE TRIGGER {index}_leave AFTER UPDATE OF {columns} ON spans WHEN {state.format("old")} BEGIN
                INSERT INTO {index}({index}, rowid, text, heading, speaker)
                    VALUES ('delete', old.seq, old.text, old.heading, old.speaker);
            END;;
            CREATE TRIGGER {index}_enter AFTER UPDATE OF {columns} ON spans WHEN {state.format("new")} BEGIN
                INSERT INTO {index}(rowid, text, heading, speaker)
                    VALUES (new.seq, new.text, new.heading, new.speaker);
            END
            """,
        )
    run(
        db,
        """
        CREATE TRIGGER spans_fade AFTER UPDATE OF faded_at ON spans
            WHEN (old.faded_at IS NULL) != (new.faded_at IS NULL)
                AND new.archived_at IS NULL AND new.hidden_at IS NULL BEGIN
            INSERT OR REPLACE INTO outbox(span_id, op)
                VALUES (new.id, CASE WHEN new.faded_at IS NULL THEN 'upsert' ELSE 'delete' END);
        END;;
        CREATE TRIGGER spans_release AFTER UPDATE OF archived_at, hidden_at ON spans
            WHEN old.archived_at IS NULL AND old.hidden_at IS NULL
                AND (new.archived_at IS NOT NULL OR new.hidden_at IS NOT NULL) BEGIN
            UPDATE spans SET faded_at = NULL, merged_into = NULL WHERE merged_into = new.id;
        END;;
        CREATE TRIGGER spans_release_deleted AFTER DELETE ON spans BEGIN
            UPDATE spans SET faded_at = NULL, merged_into = NULL WHERE merged_into = old.id;
        END;;
        DROP TRIGGER spans_derive;;
        CREATE TRIGGER spans_derive AFTER INSERT ON spans BEGIN
            INSERT INTO derivations VALUES ('tree', new.seq), ('annotate', new.seq), ('merge', new.seq);
        END;;
        INSERT INTO derivations SELECT 'merge', seq FROM spans;;
        ALTER TABLE trees ADD COLUMN built INTEGER NOT NULL DEFAULT 0;;
        CREATE TABLE signatures (
            span_seq INTEGER PRIMARY KEY REFERENCES spans(seq) ON DELETE CASCADE,
            a INTEGER NOT NULL, b INTEGER NOT NULL, c INTEGER NOT NULL, d INTEGER NOT NULL
        ) STRICT;;
        CREATE INDEX signatures_a ON signatures(a);;
        CREATE INDEX signatures_b ON signatures(b);;
        CREATE INDEX signatures_c ON signatures(c);;
        CREATE INDEX signatures_d ON signatures(d);;
        CREATE TABLE strengths (
            span_id TEXT PRIMARY KEY REFERENCES spans(id) ON DELETE CASCADE,
            strength REAL NOT NULL, layer INTEGER NOT NULL, recalls INTEGER NOT NULL, recalled_at TEXT,
            lived REAL NOT NULL, pinned_at TEXT
        ) STRICT, WITHOUT ROWID;;
        CREATE TABLE nights (
            number INTEGER PRIMARY KEY, at TEXT NOT NULL, lived REAL NOT NULL, upto INTEGER NOT NULL
        ) STRICT;;
        ALTER TABLE memories ADD COLUMN about TEXT NOT NULL DEFAULT '';;
        ALTER TABLE memories ADD COLUMN model TEXT NOT NULL DEFAULT '';;
        ALTER TABLE memories ADD COLUMN digest TEXT NOT NULL DEFAULT '';;
        CREATE UNIQUE INDEX memories_about ON memories(about) WHERE about != '';;
        CREATE TABLE sentences (
            memory_id TEXT NOT NULL REFERENCES memories(id) ON DELETE CASCADE, rank INTEGER NOT NULL,
            text TEXT NOT NULL, PRIMARY KEY (memory_id, rank)
        ) STRICT, WITHOUT ROWID;;
        CREATE TABLE sentence_sources (
            memory_id TEXT NOT NULL, rank INTEGER NOT NULL,
            span_id TEXT NOT NULL REFERENCES spans(id) ON DELETE CASCADE,
            start INTEGER NOT NULL, "end" INTEGER NOT NULL,
            PRIMARY KEY (memory_id, rank, span_id),
            FOREIGN KEY (memory_id, rank) REFERENCES sentences(memory_id, rank) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;;
        CREATE INDEX sentence_sources_by_span ON sentence_sources(span_id);;
        CREATE TABLE runs (
            id TEXT PRIMARY KEY, job TEXT NOT NULL, cause TEXT NOT NULL, state TEXT NOT NULL,
            started_at TEXT NOT NULL, ended_at TEXT, undone_at TEXT, counts TEXT NOT NULL, error TEXT NOT NULL
        ) STRICT;;
        CREATE INDEX runs_by_start ON runs(started_at);;
        CREATE TABLE run_changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
            what TEXT NOT NULL, tbl TEXT NOT NULL, key TEXT NOT NULL, before TEXT, after TEXT
        ) STRICT;;
        CREATE INDEX run_changes_by_run ON run_changes(run_id);;
        CREATE INDEX run_changes_by_row ON run_changes(tbl, key);;
        CREATE TABLE refusals (
            id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
            reason TEXT NOT NULL, text TEXT NOT NULL
        ) STRICT;;
        CREATE INDEX refusals_by_run ON refusals(run_id);;
        CREATE TABLE run_sources (
            owner TEXT NOT NULL, span_id TEXT NOT NULL, PRIMARY KEY (span_id, owner)
        ) STRICT, WITHOUT ROWID
        """,
    )


def statements_and_verdicts(db: SqliteDatabase) -> None:
    """Statements about people, each at an offset of a span; a person's verdict on them."""
    run(
        db,
        """
        CREATE TABLE statements (
            id TEXT PRIMARY KEY, subject TEXT NOT NULL, subject_name TEXT NOT NULL, relation TEXT NOT NULL,
            object TEXT NOT NULL, object_name TEXT NOT NULL,
            span_id TEXT NOT NULL REFERENCES spans(id) ON DELETE CASCADE, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
            stance TEXT NOT NULL, told_by TEXT NOT NULL, ends INTEGER NOT NULL, valid_from TEXT NOT NULL,
            precision TEXT NOT NULL, recorded_at TEXT NOT NULL, confidence REAL NOT NULL, extractor TEXT NOT NULL,
            verdict TEXT NOT NULL
        ) STRICT;;
        CREATE INDEX statements_by_subject ON statements(subject, relation);;
        CREATE INDEX statements_by_object ON statements(object);;
        CREATE INDEX statements_by_span ON statements(span_id);;
        DROP TRIGGER spans_derive;;
        CREATE TRIGGER spans_derive AFTER INSERT ON spans BEGIN
            INSERT INTO derivations VALUES ('tree', new.seq), ('annotate', new.seq), ('merge', new.seq);
            INSERT INTO derivations SELECT 'facts', new.seq
                WHERE new.evidence = 1 AND new.speaker != '' AND new.role != 'assistant';
        END;;
        INSERT INTO derivations SELECT 'facts', seq FROM spans
            WHERE evidence = 1 AND speaker != '' AND role != 'assistant'
        """,
    )


def lasting_verdicts_aliases_and_profile(db: SqliteDatabase) -> None:
    """Verdicts that outlast their statements, names that mean one person, lines of the profile that a person changed;
    calendars, contacts and tables are read for facts too, and a model reads after the patterns."""
    media = "('text/calendar', 'text/vcard', 'text/csv')"
    run(
        db,
        f"""
        CREATE TABLE verdicts (
            subject TEXT NOT NULL, relation TEXT NOT NULL, object TEXT NOT NULL, verdict TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (subject, relation, object)
        ) STRICT, WITHOUT ROWID;;
        INSERT OR IGNORE INTO verdicts SELECT subject, relation, object, verdict, max(valid_from) FROM statements
            WHERE verdict != '' GROUP BY subject, relation, object;;
        UPDATE run_changes SET before = json_remove(before, '$.verdict'), after = json_remove(after, '$.verdict')
            WHERE tbl = 'statements';;
        ALTER TABLE statements DROP COLUMN verdict;;
        CREATE TABLE aliases (
            key TEXT PRIMARY KEY, entity TEXT NOT NULL, reason TEXT NOT NULL,
            span_id TEXT NOT NULL REFERENCES spans(id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;;
        CREATE INDEX aliases_by_span ON aliases(span_id);;
        CREATE TABLE profile_lines (
            id TEXT PRIMARY KEY, action TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL,
            span_id TEXT NOT NULL REFERENCES spans(id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;;
        CREATE INDEX profile_lines_by_span ON profile_lines(span_id);;
        DROP TRIGGER spans_derive;;
        CREATE TRIGGER spans_derive AFTER INSERT ON spans BEGIN
            INSERT INTO derivations VALUES ('tree', new.seq), ('annotate', new.seq), ('merge', new.seq);
            INSERT INTO derivations SELECT 'facts', new.seq
                WHERE new.evidence = 1 AND new.role != 'assistant' AND (new.speaker != ''
                OR (SELECT media FROM documents WHERE id = new.document_id) IN {media});
            INSERT INTO derivations SELECT 'model', new.seq
                WHERE new.evidence = 1 AND new.speaker != '' AND new.role != 'assistant';
        END;;
        INSERT OR IGNORE INTO derivations SELECT 'model', seq FROM spans
            WHERE evidence = 1 AND speaker != '' AND role != 'assistant';;
        INSERT OR IGNORE INTO derivations SELECT 'facts', s.seq FROM spans s JOIN documents d ON d.id = s.document_id
            WHERE s.evidence = 1 AND s.speaker = '' AND s.role != 'assistant' AND d.media IN {media}
        """,
    )


def words_of_every_language(db: SqliteDatabase) -> None:
    """The full-text index holds the words of `storage.tokens`, which SQLite's own tokenizer does not find in most
    scripts. Only rows whose words it did not find are indexed again."""
    hot = "{0}.archived_at IS NULL AND {0}.hidden_at IS NULL AND {0}.faded_at IS NULL"
    cold = "{0}.archived_at IS NULL AND {0}.hidden_at IS NULL AND {0}.faded_at IS NOT NULL AND {0}.merged_into IS NULL"
    columns = "text, heading, speaker, archived_at, hidden_at, faded_at, merged_into"
    words = "words_of({0}.text), words_of({0}.heading), words_of({0}.speaker)"
    changed = "(text != words_of(text) OR heading != words_of(heading) OR speaker != words_of(speaker))"
    for index, view, state in (("spans_fts", "live_spans", hot), ("cold_fts", "cold_spans", cold)):
        for name in ("insert", "delete", "leave", "enter"):
            db.conn.execute(f"DROP TRIGGER {index}_{name}")
        rows = f"FROM spans WHERE {state.format('spans')} AND {changed}"
        run(
            db,
            f"""
            INSERT INTO {index}({index}, rowid, text, heading, speaker)
                SELECT 'delete', seq, text, heading, speaker {rows};;
            INSERT INTO {index}(rowid, text, heading, speaker)
                SELECT seq, words_of(text), words_of(heading), words_of(speaker) {rows};;
            DROP VIEW {view};;
            CREATE VIEW {view} AS SELECT seq, words_of(text) AS text, words_of(heading) AS heading,
                words_of(speaker) AS speaker FROM spans WHERE {state.format("spans")};;
            CREATE TRIGGER {index}_insert AFTER INSERT ON spans WHEN {state.format("new")} BEGIN
                INSERT INTO {index}(rowid, text, heading, speaker) VALUES (new.seq, {words.format("new")});
            END;;
            CREATE TRIGGER {index}_delete AFTER DELETE ON spans WHEN {state.format("old")} BEGIN
                INSERT INTO {index}({index}, rowid, text, heading, speaker)
                    VALUES ('delete', old.seq, {words.format("old")});
            END;;
            CREATE TRIGGER {index}_leave AFTER UPDATE OF {columns} ON spans WHEN {state.format("old")} BEGIN
                INSERT INTO {index}({index}, rowid, text, heading, speaker)
                    VALUES ('delete', old.seq, {words.format("old")});
            END;;
            CREATE TRIGGER {index}_enter AFTER UPDATE OF {columns} ON spans WHEN {state.format("new")} BEGIN
                INSERT INTO {index}(rowid, text, heading, speaker) VALUES (new.seq, {words.format("new")});
            END
            """,
        )
    run(db, "CREATE TABLE word_rules (rules TEXT NOT NULL) STRICT")
    db.conn.execute("INSERT INTO word_rules VALUES (?)", (rules(),))
    titled = "d.title != words_of(d.title) OR r.title != words_of(r.title)"
    of_title = f"SELECT d.id FROM documents d JOIN sources r ON r.id = d.source_id WHERE {titled}"
    read_words_again(db.conn, f"WHERE {changed} OR document_id IN ({of_title})")


def versions_and_archived_chats(db: SqliteDatabase) -> None:
    """Messages that do not follow the one before them, which version of a chat is shown, and chats put away.

    `parent_id` is the message that a message follows: NULL is the one before it by ordinal, '' none. `leaf_id` is the
    last message of the version that is shown: NULL is the last by ordinal.
    """
    run(
        db,
        """
        ALTER TABLE messages ADD COLUMN parent_id TEXT;;
        ALTER TABLE chats ADD COLUMN leaf_id TEXT;;
        ALTER TABLE chats ADD COLUMN archived_at TEXT
        """,
    )


def days_of_spans(db: SqliteDatabase) -> None:
    """Indexes of the moments of live spans, for counts by day, and of those without a day (`storage.timeline`).

    The columns of the condition are in them, so that a count reads no table: SQLite looks at them again.
    """
    event = "archived_at IS NULL AND hidden_at IS NULL AND role != 'assistant'"
    run(
        db,
        f"""
        CREATE INDEX spans_by_moment ON spans(happened_at, precision, role, archived_at, hidden_at)
            WHERE {event} AND happened_at IS NOT NULL AND precision NOT IN ('year', 'month');;
        CREATE INDEX spans_without_moment ON spans(document_id, happened_at, precision, role, archived_at, hidden_at)
            WHERE {event} AND (happened_at IS NULL OR precision IN ('year', 'month'))
        """,
    )


def queue_for_the_reader(db: SqliteDatabase) -> None:
    """A queue of what the person said, for the reader of sentences: a row leaves when it was read for facts."""
    mine = "evidence = 1 AND speaker != '' AND role = 'me'"
    run(
        db,
        f"""
        CREATE TRIGGER spans_derive_reader AFTER INSERT ON spans
            WHEN new.evidence = 1 AND new.speaker != '' AND new.role = 'me' BEGIN
            INSERT INTO derivations VALUES ('reader', new.seq);
        END;;
        INSERT OR IGNORE INTO derivations SELECT 'reader', seq FROM spans WHERE {mine}
        """,
    )


def read_words_again(connection: sqlite3.Connection, which: str) -> None:
    """Queue spans for annotation and drop what they have: until then their words are read from their texts."""
    spans = f"SELECT seq FROM spans {which}"
    connection.execute(f"INSERT OR IGNORE INTO derivations SELECT 'annotate', seq FROM ({spans})")
    connection.execute(
        "DELETE FROM annotations WHERE span_seq IN (SELECT span_seq FROM derivations WHERE stage = 'annotate')"
    )
