"""What is visible of a database: nothing that was not listed, and nothing that can be written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from storage.database import Database, StoreError
from storage.store import Store
from storage.visible.database import VISIBLE, VisibleDatabase
from storage.visible.sight import Sight
from storage.visible.store import VisibleStore
from tests.secondme.chat.test_forgotten_words import opened, say


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with a file in each of two folders, a table, a chat, facts and a watched folder."""
    for folder in ("in", "out"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "boat.md").write_text(
            f"# Boat\n\nThe boat {folder} is green since 3 May 2024, says Ines.\n"
        )
        (tmp_path / folder / "prices.csv").write_text("thing,price\nboat,12\nsail,3\n")
    with opened() as (engine, _):
        list(engine.ingest([tmp_path / "in", tmp_path / "out"]))
        say(engine, "My sister Ines lives in Oslo.")
        engine.settle()
        list(engine.job_run("learn"))
        yield cast(Any, engine)._store


def seen(store: Store, *sources: str, without: tuple[str, ...] = ()) -> VisibleStore:
    """What some sources let see."""
    return VisibleStore(store, lambda: Sight(sources, without))


def test_a_table_that_nobody_listed_is_empty_and_all_are_without_sources(store: Store) -> None:
    tables = [
        row[0]
        for row in store.database.read("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        if not row[0].startswith("sqlite_")
    ]
    everything, nothing = seen(store, "all"), seen(store)
    filled = {name for name in tables if everything.visible.read(f'SELECT 1 FROM "{name}" LIMIT 1')}
    assert filled <= {*VISIBLE, "live_count"}
    assert {"spans", "sources", "documents", "sheets", "statements", "mentions", "vectors"} <= filled
    left = {name for name in tables if nothing.visible.read(f'SELECT 1 FROM "{name}" LIMIT 1')}
    assert left <= {"live_count", "verdicts"}
    assert nothing.count() == 0
    everything.close()
    nothing.close()


def test_the_full_text_index_is_out_of_reach_and_nothing_can_be_written(store: Store) -> None:
    view = seen(store, "all")
    with pytest.raises(StoreError):
        view.visible.read("SELECT rowid FROM spans_fts WHERE spans_fts MATCH 'boat'")
    with pytest.raises(StoreError), view.visible.transaction():
        pass
    with pytest.raises(StoreError):
        view.visible.read("DELETE FROM main.spans")
    view.close()
    with pytest.raises(StoreError):
        view.visible.read("SELECT 1 FROM spans")


def test_of_a_folder_only_what_lies_in_it_is_visible(store: Store, tmp_path: Path) -> None:
    view = seen(store, str(tmp_path / "in"))
    uris = {row["uri"] for row in view.spans.sources(include_gone=True)}
    assert uris == {str(tmp_path / "in" / name) for name in ("boat.md", "prices.csv")}
    assert [sheet.title for sheet in view.sheets.all()] == ["prices.csv"]
    assert view.words.document_frequency(["boat"]) == {"boat": 2}
    assert view.words.span_count() == view.vectors.count() == 2
    near = seen(store, "all", without=(str(tmp_path / "ou"),))
    assert near.count() > view.count() + 1, "a folder is no beginning of a name"
    view.close()
    near.close()


def test_what_is_taken_in_hidden_or_erased_is_followed_at_the_next_call(store: Store, tmp_path: Path) -> None:
    view = seen(store, str(tmp_path / "in"))
    assert view.count() == 2
    (source_id,) = store.spans.source_ids(str(tmp_path / "in" / "boat.md"))
    with store.database.transaction() as tx:
        tx.execute("UPDATE sources SET hidden_at = 'now' WHERE id = ?", (source_id,))
    assert view.count() == 1
    view.close()


def test_it_is_looked_again_only_after_a_change_of_memory(tmp_path: Path) -> None:
    database = Database(tmp_path)
    view = VisibleDatabase(database, Sight)
    moments = []
    for memory in (None, None, True, False, True):
        if memory is not None:
            with database.transaction(memory=memory) as tx:
                tx.execute("UPDATE sources SET title = ''")
        view.follow()
        moments.append(view.moment)
    assert moments == [1, 1, 2, 2, 3]
    view.close()
    database.close()
