"""Schemas 1 to 3: sources and spans, what recall derives from them, files and tables."""

from __future__ import annotations

from sqlite_utils import Database as SqliteDatabase

from storage.migrations.migration import run


def sources_spans_and_index(db: SqliteDatabase) -> None:
    """Sources with versions and spans, chats, vectors, the outbox and the index generations."""
    run(
        db,
        """
        CREATE TABLE facts_of_store (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;;
        CREATE TABLE folders (
            id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
            added_at TEXT NOT NULL, last_scan_at TEXT
        ) STRICT;;
        CREATE TABLE sources (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, uri TEXT NOT NULL,
            folder_id TEXT REFERENCES folders(id) ON DELETE SET NULL,
            added_at TEXT NOT NULL, archived_at TEXT, hidden_at TEXT
        ) STRICT;;
        CREATE INDEX sources_by_uri ON sources(uri);;
        CREATE INDEX sources_by_folder ON sources(folder_id);;
        CREATE TABLE documents (
            id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
            version INTEGER NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL, media TEXT NOT NULL, title TEXT NOT NULL,
            happened_at TEXT, precision TEXT NOT NULL, recorded_at TEXT NOT NULL, archived_at TEXT,
            UNIQUE (source_id, version)
        ) STRICT;;
        CREATE TABLE chats (
            id TEXT PRIMARY KEY REFERENCES sources(id) ON DELETE CASCADE,
            title TEXT NOT NULL, started_at TEXT NOT NULL, last_at TEXT NOT NULL
        ) STRICT;;
        CREATE TABLE messages (
            id TEXT PRIMARY KEY, chat_id TEXT NOT NULL REFERENCES chats(id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL, role TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL,
            state TEXT NOT NULL, model TEXT NOT NULL, details TEXT NOT NULL, hidden_at TEXT,
            UNIQUE (chat_id, ordinal)
        ) STRICT;;
        CREATE TABLE spans (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
            document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL, section INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
            line INTEGER NOT NULL, text TEXT NOT NULL, heading TEXT NOT NULL, speaker TEXT NOT NULL,
            role TEXT NOT NULL, evidence INTEGER NOT NULL, happened_at TEXT, happened_offset INTEGER,
            precision TEXT NOT NULL, message_id TEXT REFERENCES messages(id) ON DELETE CASCADE,
            archived_at TEXT, hidden_at TEXT
        ) STRICT;;
        CREATE INDEX spans_by_document ON spans(document_id, ordinal);;
        CREATE INDEX spans_by_message ON spans(message_id) WHERE message_id IS NOT NULL;;
        CREATE VIEW live_spans AS SELECT seq, text, heading, speaker FROM spans
            WHERE archived_at IS NULL AND hidden_at IS NULL;;
        CREATE VIRTUAL TABLE spans_fts USING fts5(
            text, heading, speaker, content='live_spans', content_rowid='seq',
            tokenize="porter unicode61 remove_diacritics 2"
        );;
        CREATE VIRTUAL TABLE spans_terms USING fts5vocab(spans_fts, row);;
        CREATE TRIGGER spans_fts_insert AFTER INSERT ON spans
            WHEN new.archived_at IS NULL AND new.hidden_at IS NULL BEGIN
            INSERT INTO spans_fts(rowid, text, heading, speaker)
                VALUES (new.seq, new.text, new.heading, new.speaker);
        END;;
        CREATE TRIGGER spans_fts_delete AFTER DELETE ON spans
            WHEN old.archived_at IS NULL AND old.hidden_at IS NULL BEGIN
            INSERT INTO spans_fts(spans_fts, rowid, text, heading, speaker)
                VALUES ('delete', old.seq, old.text, old.heading, old.speaker);
        END;;
        CREATE TRIGGER spans_fts_leave AFTER UPDATE ON spans
            WHEN old.archived_at IS NULL AND old.hidden_at IS NULL BEGIN
            INSERT INTO spans_fts(spans_fts, rowid, text, heading, speaker)
                VALUES ('delete', old.seq, old.text, old.heading, old.speaker);
        END;;
        CREATE TRIGGER spans_fts_enter AFTER UPDATE ON spans
            WHEN new.archived_at IS NULL AND new.hidden_at IS NULL BEGIN
            INSERT INTO spans_fts(rowid, text, heading, speaker)
                VALUES (new.seq, new.text, new.heading, new.speaker);
        END;;
        CREATE TABLE memories (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL, created_at TEXT NOT NULL, hidden_at TEXT
        ) STRICT;;
        CREATE TABLE provenance (
            owner_id TEXT NOT NULL, span_id TEXT NOT NULL REFERENCES spans(id) ON DELETE CASCADE,
            relation TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
            PRIMARY KEY (owner_id, span_id, relation)
        ) STRICT, WITHOUT ROWID;;
        CREATE INDEX provenance_by_span ON provenance(span_id);;
        CREATE TABLE vectors (
            span_id TEXT NOT NULL REFERENCES spans(id) ON DELETE CASCADE,
            model_id TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (span_id, model_id)
        ) STRICT, WITHOUT ROWID;;
        CREATE TABLE outbox (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, span_id TEXT NOT NULL UNIQUE, op TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '', parked INTEGER NOT NULL DEFAULT 0
        ) STRICT;;
        CREATE TABLE generations (
            number INTEGER PRIMARY KEY, model_id TEXT NOT NULL, state TEXT NOT NULL, dirty INTEGER NOT NULL,
            digests TEXT NOT NULL, created_at TEXT NOT NULL
        ) STRICT;;
        CREATE TABLE tombstones (id TEXT PRIMARY KEY, kind TEXT NOT NULL, purged_at TEXT NOT NULL) STRICT;;
        CREATE TABLE jobs (
            name TEXT PRIMARY KEY, state TEXT NOT NULL, last_start TEXT, last_success TEXT, error TEXT NOT NULL
        ) STRICT
        """,
    )


def tree_names_times_and_words(db: SqliteDatabase) -> None:
    """What recall derives from spans: the memory tree, names, times, and the word index's state.

    `derivations` is their queue: a row for each span and stage, which leaves when that stage is done.
    """
    run(
        db,
        """
        CREATE TABLE derivations (
            stage TEXT NOT NULL, span_seq INTEGER NOT NULL REFERENCES spans(seq) ON DELETE CASCADE,
            PRIMARY KEY (stage, span_seq)
        ) STRICT, WITHOUT ROWID;;
        CREATE INDEX derivations_by_span ON derivations(span_seq);;
        CREATE TRIGGER spans_derive AFTER INSERT ON spans BEGIN
            INSERT INTO derivations VALUES ('tree', new.seq), ('annotate', new.seq);
        END;;
        CREATE TRIGGER spans_replace AFTER UPDATE OF archived_at, hidden_at ON spans BEGIN
            INSERT OR IGNORE INTO derivations VALUES ('tree', new.seq);
        END;;
        INSERT INTO derivations SELECT 'tree', seq FROM spans UNION ALL SELECT 'annotate', seq FROM spans;;
        CREATE TABLE trees (
            number INTEGER PRIMARY KEY, model_id TEXT NOT NULL, state TEXT NOT NULL, created_at TEXT NOT NULL,
            erasures INTEGER NOT NULL DEFAULT 0
        ) STRICT;;
        CREATE TABLE nodes (
            id INTEGER PRIMARY KEY, tree INTEGER NOT NULL REFERENCES trees(number) ON DELETE CASCADE,
            parent INTEGER REFERENCES nodes(id) ON DELETE CASCADE,
            height INTEGER NOT NULL, size INTEGER NOT NULL, total BLOB NOT NULL,
            told INTEGER NOT NULL DEFAULT 0
        ) STRICT;;
        CREATE INDEX nodes_by_tree ON nodes(tree, parent);;
        CREATE INDEX nodes_below ON nodes(parent);;
        CREATE INDEX nodes_untold ON nodes(id) WHERE size * 10 > told * 12 OR size * 12 < told * 10;;
        CREATE TABLE placements (
            tree INTEGER NOT NULL REFERENCES trees(number) ON DELETE CASCADE,
            span_seq INTEGER NOT NULL REFERENCES spans(seq) ON DELETE CASCADE,
            node INTEGER NOT NULL REFERENCES nodes(id), PRIMARY KEY (tree, span_seq)
        ) STRICT, WITHOUT ROWID;;
        CREATE INDEX placements_by_node ON placements(node);;
        CREATE INDEX placements_by_span ON placements(span_seq);;
        CREATE TABLE node_sentences (
            node INTEGER NOT NULL REFERENCES nodes(id) ON DELETE CASCADE, rank INTEGER NOT NULL,
            span_seq INTEGER NOT NULL REFERENCES spans(seq) ON DELETE CASCADE,
            start INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (node, rank)
        ) STRICT, WITHOUT ROWID;;
        CREATE INDEX node_sentences_by_span ON node_sentences(span_seq);;
        CREATE TABLE entities (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL
        ) STRICT;;
        CREATE TABLE mentions (
            entity INTEGER NOT NULL REFERENCES entities(id) ON DELETE CASCADE,
            span_seq INTEGER NOT NULL REFERENCES spans(seq) ON DELETE CASCADE,
            start INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (entity, span_seq)
        ) STRICT, WITHOUT ROWID;;
        CREATE INDEX mentions_by_span ON mentions(span_seq);;
        CREATE TABLE span_times (
            span_seq INTEGER NOT NULL REFERENCES spans(seq) ON DELETE CASCADE,
            start INTEGER NOT NULL, "end" INTEGER NOT NULL, begins_at TEXT NOT NULL, ends_at TEXT NOT NULL,
            PRIMARY KEY (span_seq, start)
        ) STRICT, WITHOUT ROWID;;
        CREATE INDEX span_times_by_begin ON span_times(begins_at);;
        CREATE INDEX spans_by_time ON spans(happened_at) WHERE happened_at IS NOT NULL;;
        CREATE TABLE token_vectors (
            span_seq INTEGER NOT NULL REFERENCES spans(seq) ON DELETE CASCADE, model_id TEXT NOT NULL,
            width INTEGER NOT NULL, vectors BLOB NOT NULL, PRIMARY KEY (span_seq, model_id)
        ) STRICT, WITHOUT ROWID;;
        CREATE TABLE annotations (
            span_seq INTEGER PRIMARY KEY REFERENCES spans(seq) ON DELETE CASCADE,
            words BLOB NOT NULL, form INTEGER NOT NULL
        ) STRICT;;
        CREATE INDEX spans_by_speaker ON spans(speaker);;
        CREATE TABLE word_generations (
            number INTEGER PRIMARY KEY, state TEXT NOT NULL, upto INTEGER NOT NULL, digests TEXT NOT NULL
        ) STRICT;;
        CREATE TABLE live_count (spans INTEGER NOT NULL) STRICT;;
        INSERT INTO live_count SELECT count(*) FROM live_spans;;
        CREATE TRIGGER live_count_insert AFTER INSERT ON spans
            WHEN new.archived_at IS NULL AND new.hidden_at IS NULL BEGIN
            UPDATE live_count SET spans = spans + 1;
        END;;
        CREATE TRIGGER live_count_delete AFTER DELETE ON spans
            WHEN old.archived_at IS NULL AND old.hidden_at IS NULL BEGIN
            UPDATE live_count SET spans = spans - 1;
        END;;
        CREATE TRIGGER live_count_change AFTER UPDATE OF archived_at, hidden_at ON spans BEGIN
            UPDATE live_count SET spans = spans + (new.archived_at IS NULL AND new.hidden_at IS NULL)
                - (old.archived_at IS NULL AND old.hidden_at IS NULL);
        END
        """,
    )


def places_files_and_sheets(db: SqliteDatabase) -> None:
    """Places within documents, messages with an origin, what was seen of each file, and tables of documents."""
    run(
        db,
        """
        ALTER TABLE spans ADD COLUMN place TEXT NOT NULL DEFAULT '';;
        ALTER TABLE spans ADD COLUMN origin TEXT NOT NULL DEFAULT '';;
        CREATE INDEX spans_by_origin ON spans(origin) WHERE origin != '';;
        ALTER TABLE documents ADD COLUMN author TEXT NOT NULL DEFAULT '';;
        ALTER TABLE documents ADD COLUMN language TEXT NOT NULL DEFAULT '';;
        CREATE INDEX documents_by_content ON documents(sha256);;
        ALTER TABLE folders ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;;
        DROP TRIGGER spans_fts_leave;;
        DROP TRIGGER spans_fts_enter;;
        CREATE TRIGGER spans_fts_leave AFTER UPDATE OF text, heading, speaker, archived_at, hidden_at ON spans
            WHEN old.archived_at IS NULL AND old.hidden_at IS NULL BEGIN
            INSERT INTO spans_fts(spans_fts, rowid, text, heading, speaker)
                VALUES ('delete', old.seq, old.text, old.heading, old.speaker);
        END;;
        CREATE TRIGGER spans_fts_enter AFTER UPDATE OF text, heading, speaker, archived_at, hidden_at ON spans
            WHEN new.archived_at IS NULL AND new.hidden_at IS NULL BEGIN
            INSERT INTO spans_fts(rowid, text, heading, speaker)
                VALUES (new.seq, new.text, new.heading, new.speaker);
        END;;
        CREATE TABLE files (
            path TEXT PRIMARY KEY, folder_id TEXT REFERENCES folders(id) ON DELETE CASCADE,
            bytes INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
            state TEXT NOT NULL, reason TEXT NOT NULL, seen_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;;
        CREATE INDEX files_by_folder ON files(folder_id, state);;
        CREATE INDEX files_in_trouble ON files(state) WHERE state != 'indexed';;
        CREATE INDEX files_with_notes ON files(path) WHERE reason != '';;
        INSERT INTO files SELECT r.uri, r.folder_id, d.bytes, d.mtime_ns, d.inode, 'indexed', '', d.recorded_at
            FROM sources r JOIN documents d ON d.source_id = r.id
            WHERE r.kind = 'file' AND r.archived_at IS NULL AND d.archived_at IS NULL GROUP BY r.uri;;
        CREATE TABLE listings (
            folder_id TEXT NOT NULL REFERENCES folders(id) ON DELETE CASCADE, path TEXT NOT NULL,
            digest BLOB NOT NULL, PRIMARY KEY (folder_id, path)
        ) STRICT, WITHOUT ROWID;;
        CREATE TABLE sheets (
            id INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            name TEXT NOT NULL, columns TEXT NOT NULL
        ) STRICT;;
        CREATE INDEX sheets_by_document ON sheets(document_id);;
        CREATE TABLE sheet_rows (
            sheet INTEGER NOT NULL REFERENCES sheets(id) ON DELETE CASCADE, number INTEGER NOT NULL,
            start INTEGER NOT NULL, cells TEXT NOT NULL, PRIMARY KEY (sheet, number)
        ) STRICT, WITHOUT ROWID
        """,
    )
    seen = db.conn.execute("SELECT folder_id, path FROM files WHERE folder_id IS NOT NULL").fetchall()
    db.conn.executemany(
        "INSERT OR IGNORE INTO listings VALUES (?, ?, x'')", {(row[0], row[1].rpartition("/")[0]) for row in seen}
    )
