"""Notes are written anew with their history, and memories are merged by hand; each can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.errors import NothingFound, SecretFound, UsageError
from tests.secondme.chat.test_forgotten_words import opened

FIRST = "The boiler is serviced by Odile in March.\n\nHer van is green."


def test_a_note_written_anew_is_found_by_its_new_words_and_keeps_what_it_said_before() -> None:
    with opened() as (engine, _):
        engine.remember(FIRST)
        span = engine.recall("Who services the boiler?")[0]
        assert engine.note_text(span.id) == FIRST
        edited = engine.edit_note(span.id, "The boiler is serviced by Fenna in April.")
        found = engine.recall("Who services the boiler?")
        assert [hit.text for hit in found] == ["The boiler is serviced by Fenna in April."]
        assert (found[0].id, found[0].source_id, found[0].happened_at) == (edited, span.source_id, span.happened_at)
        source = engine.source(span.source_id)
        assert [version.version for version in source.versions] == [2, 1]
        assert engine.passage(span.id).archived
        assert "version 2 of its source was read" in [event.what for event in engine.memory(span.id).events]

        engine.edit_note(edited, engine.note_text(span.id))
        assert "Odile" in engine.recall("Who services the boiler?")[0].text


def test_a_note_keeps_nothing_that_looks_like_a_key_unasked_and_is_never_empty() -> None:
    with opened() as (engine, _):
        engine.remember(FIRST)
        span = engine.recall("boiler")[0]
        with pytest.raises(SecretFound):
            engine.edit_note(span.id, "The key is AKIAIOSFODNN7EXAMPLA.")
        with pytest.raises(UsageError, match="empty"):
            engine.edit_note(span.id, " \n ")
        assert engine.note_text(span.id) == FIRST


def test_only_notes_that_are_there_are_written_anew(tmp_path: Path) -> None:
    file = tmp_path / "boat.md"
    file.write_text("The boat is painted green each spring.\n")
    with opened() as (engine, _):
        list(engine.ingest([file]))
        with pytest.raises(UsageError, match="Only notes"):
            engine.edit_note(engine.recall("boat")[0].id, "Blue.")
        engine.remember(FIRST)
        span = engine.recall("boiler")[0]
        engine.edit_note(span.id, "Nobody services it.")
        with pytest.raises(NothingFound):
            engine.edit_note(span.id, "Again.")


def test_a_merged_memory_is_found_no_more_until_the_run_is_undone_or_the_other_leaves() -> None:
    with opened() as (engine, _):
        engine.remember("The ferry to Ameland leaves at nine.")
        engine.remember("Ameland: the boat goes at nine o'clock.")
        first, second = sorted(engine.recall("When does the Ameland ferry leave?"), key=lambda hit: hit.text)
        run = engine.merge_memories(first.id, second.id)
        assert [hit.id for hit in engine.recall("Ameland")] == [second.id]
        assert engine.recall("Ameland")[0].also == (first.title,)
        (summary,) = engine.runs()
        assert (summary.id, summary.counts) == (run, (("merged", 1),))
        engine.undo(run)
        assert {hit.id for hit in engine.recall("Ameland")} == {first.id, second.id}

        engine.merge_memories(first.id, second.id)
        engine.purge(second.source_id)
        assert [hit.id for hit in engine.recall("Ameland")] == [first.id]


def test_a_memory_is_not_merged_into_itself() -> None:
    with opened() as (engine, _):
        engine.remember(FIRST)
        span = engine.recall("boiler")[0]
        with pytest.raises(UsageError, match="into itself"):
            engine.merge_memories(span.id, span.id)
        assert not engine.runs()
