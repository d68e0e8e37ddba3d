"""Chroma's files may be deleted, flipped, cut or emptied: the answers stay those of exact search."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from secondme.index.indexer import Indexer
from storage.records import Document, Source, Span
from tests.faults.kill_worker import HashEmbedder, open_store


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for i in range(64):
        data[(i * 7919) % len(data)] ^= 0xFF
    file.write_bytes(bytes(data))


def halve(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def delete(file: Path) -> None:
    file.unlink()


def fill(home: Path, *, clean: bool) -> None:
    """400 spans, indexed; closed cleanly, or as a crash leaves it."""
    store = open_store(home)
    now = "2026-01-01T00:00:00.000Z"
    spans = [Span(f"span-{i:04d}", "d", i, 0, i, i + 1, 1, f"thing number {i}") for i in range(400)]
    document = Document("d", "s", 1, "", 0, 0, 0, "text/plain", "t", now, "second", now)
    store.spans.add_version(Source("s", "note", "t", "", now), document, spans, now)
    Indexer(store, HashEmbedder()).drain()
    store.generations.close()
    if not clean:
        with store.database.transaction() as tx:
            tx.execute("UPDATE generations SET dirty = 1, digests = '{}'")
    store.database.close()


def index_files(home: Path) -> list[str]:
    return sorted(str(file.relative_to(home)) for file in (home / "index").rglob("*") if file.is_file())


def check(home: Path) -> None:
    """After recovery the index gives the top 20 that exact search gives, if not at the first search then after it."""
    store = open_store(home)
    try:
        indexer = Indexer(store, HashEmbedder())
        indexer.drain()
        if store.generations.search(HashEmbedder().embed(["anything"])[0], 200) is None:
            indexer.drain()  # what no probe sees shows in a search, and is built anew
        assert store.generations.state == "ready"
        assert store.generations.ids() == set(store.vectors.live_ids())
        for i in range(0, 400, 80):
            query = HashEmbedder().embed([f"question {i}"])[0]
            exact = [span_id for span_id, _ in store.vectors.search(query, 20)]
            answer = store.generations.search(query, 200)
            assert answer is not None
            assert [span_id for span_id, _ in answer[:20]] == exact
    finally:
        store.close()


@pytest.mark.parametrize("clean", [True, False], ids=["closed cleanly", "dirty"])
@pytest.mark.parametrize("damage", [flip, halve, empty, delete])
def test_damage_to_any_file_of_the_index_changes_no_answer(
    tmp_path: Path, damage: Callable[[Path], None], clean: bool
) -> None:
    fill(tmp_path / "sound", clean=clean)
    names = index_files(tmp_path / "sound")
    assert len(names) >= 5
    for i, name in enumerate(names):
        home = tmp_path / f"damaged-{i}"
        shutil.copytree(tmp_path / "sound", home)
        damage(home / name)
        check(home)


def test_an_index_that_is_gone_is_built_anew(tmp_path: Path) -> None:
    fill(tmp_path, clean=True)
    shutil.rmtree(tmp_path / "index")
    check(tmp_path)


def test_a_sound_index_is_opened_as_it_is_however_often_it_is_only_searched(tmp_path: Path) -> None:
    fill(tmp_path, clean=True)
    before = index_files(tmp_path)
    for _ in range(3):
        check(tmp_path)
        assert index_files(tmp_path) == before


def test_an_index_that_was_searched_by_a_process_that_was_killed_is_opened_as_it_is(tmp_path: Path) -> None:
    fill(tmp_path, clean=True)
    before = index_files(tmp_path)
    store = open_store(tmp_path)
    Indexer(store, HashEmbedder()).drain()
    assert store.generations.search(HashEmbedder().embed(["anything"])[0], 20) is not None
    store.generations.abandon()  # closes, and records nothing
    store.database.close()
    check(tmp_path)
    assert index_files(tmp_path) == before
