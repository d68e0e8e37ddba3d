"""The person's questions and the assistant's words never compete with what was said and kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.facts.profile import profile
from secondme.index.forest import tree
from secondme.recall.hits import hit
from tests.secondme.chat.talk import Scripted, ask, talk
from tests.worlds.night_world import World

SAID = "The spare key hangs behind the barn door."
ASKED = "Where does the spare key hang, behind the barn door?"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A memory in which one thing was said once and asked for again and again."""
    (tmp_path / "data").mkdir()
    made = World(tmp_path / "data")
    made.keep(SAID, kind="note")
    made.keep("The boat lies in the harbour of Visby.", kind="note")
    made.keep("The harbour is closed in winter.", kind="note")
    made.index()
    conversation = talk(made, Scripted("The spare key hangs behind the barn door, as you said."))
    for _ in range(6):
        ask(conversation, ASKED)
    made.index()
    yield made
    made.store.close()


def test_what_was_said_comes_before_questions_and_answers_about_it(world: World) -> None:
    hits = [hit(found) for found in world.recall.search(ASKED, 3, apart=2)]
    assert [found.group for found in hits] == ["", "", "", "asked", "asked", "answered", "answered"]
    assert hits[0].text == SAID


def test_a_question_never_takes_a_place_of_what_was_said(world: World) -> None:
    said = [found.span.span.id for found in world.recall.search(ASKED, 3, evidence_only=True)]
    assert [found.span.span.id for found in world.recall.search(ASKED, 3, apart=2)][:3] == said


def test_the_trees_hold_what_was_said_and_kept_only(world: World) -> None:
    labels = [node.label for by in ("topic", "time", "source") for node in tree(world.store, by, "").children]
    assert not any("?" in label or "as you said" in label for label in labels)
    live = world.store.trees.live()
    assert live is not None
    assert world.store.trees.growth()[0] == 3


def test_a_tree_that_held_questions_and_answers_loses_them_at_the_next_start(world: World) -> None:
    live = world.store.trees.live()
    assert live is not None
    root = world.store.trees.root(live)
    seq = world.store.database.value("SELECT seq FROM spans WHERE role = 'assistant' LIMIT 1")
    with world.store.database.transaction() as tx:
        tx.execute("INSERT INTO placements(tree, span_seq, node) VALUES (?, ?, ?)", (live, seq, root))
    world.store.trees.ensure_live()
    assert world.store.trees.queue_length() == 1


def test_the_profile_quotes_no_question_and_no_answer(world: World) -> None:
    shown = profile(world.store, world.clock.now(), ["Me"])
    assert not any("as you said" in line.text or "?" in line.text for part in shown.sections for line in part.lines)
