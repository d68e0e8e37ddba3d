"""A store that an older release made finds words of every language as a fresh one does."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.text.terms import index_terms
from storage.database import Database
from storage.migrations import MIGRATIONS, words_of_every_language
from storage.store import Store

BEFORE_WORDS = MIGRATIONS.index(words_of_every_language)
TEXTS = (
    "The spare key hangs behind the boiler.",
    "Die Schlüssel hängen hinter dem Heizkessel, und die Häuser sind schön.",
    "备用钥匙挂在锅炉后面。",
    "予備の鍵はボイラーの裏です。",
    "예비 열쇠는 보일러 뒤에 있어요.",
    "กุญแจสำรองแขวนอยู่หลังหม้อต้ม",
    "अतिरिक्त चाबी बॉयलर के पीछे है।",
    "المفتاح الاحتياطي خلف الغلاية.",
    "Запасные ключи висят за котлом.",
    "The honey jars 🍯 are in the cellar.",
)
ASKED = {"钥匙": 2, "鍵": 3, "열쇠": 4, "กุญแจ": 5, "चाबी": 6, "مفتاح": 7, "ключ": 8, "🍯": 9, "haus": 1, "keys": 0}


def _fill(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute("INSERT INTO sources(id, kind, uri, title, added_at) VALUES ('s', 'file', 'f', 'Notizbücher', '')")
        tx.execute(
            "INSERT INTO documents(id, source_id, version, sha256, bytes, mtime_ns, inode, media, title, precision,"
            " recorded_at) VALUES ('d', 's', 1, '', 0, 0, 0, 'text/plain', 'Notizbücher', '', '')"
        )
        for seq, text in enumerate(TEXTS):
            tx.execute(
                'INSERT INTO spans(seq, id, document_id, ordinal, section, start, "end", line, text, heading, speaker,'
                " role, evidence, precision) VALUES (?, ?, 'd', ?, 0, 0, 1, 1, ?, '', '', 'author', 1, '')",
                (seq + 1, f"span-{seq}", seq, text),
            )


def _answers(store: Store) -> dict[str, list[tuple[int, float]]]:
    return {word: store.words.search([word], 10) for word in ASKED}


def _open(home: Path, above: int = 20_000) -> Store:
    return Store(home, model_id="none", dimension=1, analyse=index_terms, words_above=above)


def test_an_upgraded_store_answers_as_a_fresh_one(tmp_path: Path) -> None:
    (old := tmp_path / "old").mkdir()
    (new := tmp_path / "new").mkdir()
    before = Database(old, migrations=MIGRATIONS[:BEFORE_WORDS])
    _fill(before)
    before.close()
    upgraded, fresh = _open(old), _open(new)
    _fill(fresh.database)
    try:
        assert _answers(upgraded) == _answers(fresh)
        for word, line in ASKED.items():
            assert [seq for seq, _ in _answers(fresh)[word]][:1] == [line + 1], word
        assert upgraded.words.languages() == fresh.words.languages() == ("de",)
        assert upgraded.database.problems() == []
    finally:
        upgraded.close()
        fresh.close()


def test_annotations_of_words_that_changed_are_made_anew_and_others_are_kept(tmp_path: Path) -> None:
    before = Database(tmp_path, migrations=MIGRATIONS[:BEFORE_WORDS])
    _fill(before)
    with before.transaction() as tx:
        tx.execute("UPDATE sources SET title = 'Notes'")
        tx.execute("UPDATE documents SET title = 'Notes'")
        tx.execute("DELETE FROM derivations WHERE stage = 'annotate'")
        tx.execute("INSERT INTO annotations(span_seq, words, form) SELECT seq, x'', 0 FROM spans")
    before.close()
    after = Database(tmp_path)
    try:
        assert [row[0] for row in after.read("SELECT span_seq FROM annotations")] == [1]
        waiting = after.read("SELECT span_seq FROM derivations WHERE stage = 'annotate' ORDER BY span_seq")
        assert [row[0] for row in waiting] == list(range(2, len(TEXTS) + 1))
    finally:
        after.close()


def test_an_index_that_other_rules_made_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _open(tmp_path, above=3)
    _fill(first.database)
    while first.words.work():
        pass
    wanted = _answers(first)
    first.close()
    monkeypatch.setattr("storage.database.rules", lambda: "others")
    monkeypatch.setattr("storage.index.tantivy_words.rules", lambda: "others")
    second = _open(tmp_path, above=3)
    try:
        assert second.word_index is not None
        assert not second.word_index.open()
        assert second.word_index.reason == "other rules of words made the word index"
        assert second.database.problems() == []
        assert second.database.value("SELECT rules FROM word_rules") == "others"
        while second.words.work():
            pass
        assert second.word_index.state == "ready"
        assert _answers(second) == wanted
    finally:
        second.close()
