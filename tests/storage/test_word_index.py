"""The word index answers as FTS5 does, survives damage, and leaves nothing of what was erased."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from secondme.text.terms import index_terms
from storage.records import Document, Source, Span
from storage.store import Store

NOW = "2026-01-01T00:00:00.000Z"
VOCABULARY = [a + b + c for a in "bdfglmnprt" for b in "aeiou" for c in "bdgklmnrst"]


def open_store(home: Path, above: int = 100) -> Store:
    store = Store(home, model_id="none", dimension=1, analyse=index_terms, words_above=above)
    while store.words.work():
        pass
    return store


def add(store: Store, name: str, texts: list[str]) -> None:
    spans = [Span(f"{name}-{i}", name, i, 0, i, i + 1, 1, text) for i, text in enumerate(texts)]
    document = Document(name, f"s-{name}", 1, "", 0, 0, 0, "text/plain", "t", NOW, "second", NOW)
    store.spans.add_version(Source(f"s-{name}", "note", name, "", NOW), document, spans, NOW)


def texts(count: int) -> list[str]:
    ranks = np.minimum(np.random.default_rng(1).zipf(1.3, size=(count, 12)), len(VOCABULARY)) - 1
    return [" ".join(VOCABULARY[r] for r in row) for row in ranks]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    store = open_store(tmp_path)
    add(store, "d", texts(1000))
    add(store, "gone", ["a zeppelin above the harbour"] * 3)
    while store.words.work():
        pass
    store.close()
    return tmp_path


def test_it_finds_what_fts5_finds(home: Path) -> None:
    store, plain = open_store(home), open_store(home, above=10**9)
    overlap = []
    for i in range(40):
        tokens = VOCABULARY[10 + i * 7 : 12 + i * 7]
        mine = [seq for seq, _ in store.words.search(tokens, 10)]
        theirs = [seq for seq, _ in plain.words.search(tokens, 10)]
        overlap.append(len(set(mine) & set(theirs)) / max(len(theirs), 1))
    assert np.mean(overlap) > 0.9
    plain.close()
    store.close()


def test_a_new_span_is_found_at_once(home: Path) -> None:
    store = open_store(home)
    add(store, "new", ["the walrus arrived"])
    assert store.word_index is not None and store.word_index.state == "ready"
    assert len(store.words.search(["walrus"], 10)) == 1
    store.close()


def test_a_hidden_span_is_not_found_until_it_is_back(home: Path) -> None:
    store = open_store(home)
    target = store.removal.find("gone")[0]
    store.removal.hide(target, NOW)
    assert store.words.search(["zeppelin"], 10) == []
    assert store.words.span_count() == 1000
    store.removal.unhide(target)
    assert len(store.words.search(["zeppelin"], 10)) == 3
    assert store.words.span_count() == 1003
    store.close()


def test_erasing_leaves_no_byte(home: Path) -> None:
    store = open_store(home)
    store.removal.erase([store.removal.find("gone")[0]], NOW)
    assert store.word_index is not None
    store.word_index.discard()
    while store.words.work():
        pass
    store.close()
    for file in home.rglob("*"):
        assert not file.is_file() or b"zeppelin" not in file.read_bytes()


@pytest.mark.parametrize("damage", ["delete", "halve", "empty"])
def test_damage_to_any_file_changes_no_answer(home: Path, damage: str) -> None:
    for name in [file.name for file in (home / "words").rglob("*") if file.is_file() and file.name[0] != "."]:
        file = next(iter((home / "words").rglob(name)), None)
        if file is None:  # replaced by the rebuild before
            continue
        if damage == "delete":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2] if damage == "halve" else b"")
        store = open_store(home)
        assert store.word_index is not None and store.word_index.state == "ready"
        assert len(store.words.search(["zeppelin"], 10)) == 3
        store.close()
