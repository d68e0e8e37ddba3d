"""A relation that is added in one place is read, asked for, listed, shown in the profile and counted by recall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from secondme.chat.acknowledgements import acknowledgement
from secondme.chat.fact_answers import FactQuestions
from secondme.clock import instant
from secondme.engine.fact_views import fact_views
from secondme.facts import relations
from secondme.facts.extraction import study_job
from secondme.facts.profile import card, profile
from secondme.facts.relations.relation import (
    ARTICLES,
    ModelCue,
    Predicate,
    Relation,
    Relations,
    Ties,
    by_stems,
    is_ordinary,
)
from secondme.recall.fact_signal import fact_fits
from secondme.recall.question import read_question
from secondme.text.timex.query import time_query
from tests.secondme.facts.test_corrections import Scripted
from tests.secondme.facts.test_intervals import learn, tell
from tests.worlds.life import START, Said
from tests.worlds.night_world import World, world

ME = ["Mira"]
NOW = START + timedelta(days=30)
JUGGLES = Relation(
    name="juggles",
    reads="juggles the",
    reads_you="juggle the",
    many=True,
    identity=by_stems,
    drops=(ARTICLES,),
    triggers=" juggle",
    predicates=(Predicate(me="(juggle|am learning) the <o:THING><END>", they="juggles the <o:THING><END>"),),
    label="instrument",
    model=ModelCue("rehears(e|al)", fits=is_ordinary),
    cues="instrument instruments",
    questions=("(which|what) instruments? <DO> <WHO> juggle",),
    card=10,
)
NEIGHBOUR = Relation(
    name="understudy",
    reads="has the understudy",
    reads_you="have the understudy",
    many=True,
    person=True,
    ties=Ties("understudy"),
    asked="understudy, understudies",
    cues="understudy understudies",
    section="people",
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A memory in which the two are relations too."""
    monkeypatch.setattr(relations, "RELATIONS", Relations(*relations.RELATIONS, JUGGLES, NEIGHBOUR))
    with world(tmp_path) as made:
        tell(
            made,
            [
                Said(0, "me", "I juggle the cello, badly."),
                Said(1, "tom", "I juggle the old trombone."),
                Said(2, "me", "My understudy Olga is away."),
                Said(3, "me", "If I juggle the harp, run."),
            ],
        )
        learn(made)
        yield made


def test_it_is_read_from_what_a_person_says(here: World) -> None:
    read = {(row.subject, row.relation, row.object_name) for row in here.store.facts.statements()}
    assert read == {("me", "juggles", "cello"), ("tom", "juggles", "old trombone"), ("me", "understudy", "Olga")}
    assert acknowledgement("I juggle the cello.", "Mira") == "Noted: you juggle the cello."


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What instrument do I juggle?", "You juggle the cello."),
        ("Which instruments does Tom juggle?", "Tom juggles the old trombone."),
        ("Who is my understudy?", "Your understudy is Olga."),
        ("Who is Olga?", "Olga is your understudy."),
    ],
)
def test_it_answers_questions(here: World, question: str, answer: str) -> None:
    found = FactQuestions(here.store, lambda: ME).answer(question, NOW)
    assert found is not None
    assert found.text == answer


def test_it_is_listed_among_the_facts(here: World) -> None:
    views = fact_views(here.store, ME, about="me", day="", known_at="")
    assert [view.sentence for view in views] == ["Mira juggles the cello", "Mira has the understudy Olga"]


def test_it_stands_in_the_profile(here: World) -> None:
    shown = {section.title: [line.text for line in section.lines] for section in profile(here.store, NOW, ME).sections}
    assert shown["About you"] == ["juggles the cello"]
    assert shown["People and pets"] == ["Olga: your understudy", "Tom: juggles the old trombone"]
    assert card(here.store, NOW, ME, 100) == ["juggles the cello"]


def test_recall_counts_the_passage_that_states_it(here: World) -> None:
    text = "What instruments do I have?"
    question = read_question(text, ["Mira", "Tom"])
    fits = fact_fits(here.store, question, time_query(text, NOW), instant(NOW)[:10], ME, promote=True)
    said = {here.store.spans.by_id([span_id])[span_id].span.text: fit for span_id, fit in fits.items()}
    assert said == {"I juggle the cello, badly.": 1.0}


def test_it_is_read_from_fields_and_by_a_model(here: World) -> None:
    note = Said(4, "me", "Name: Rui Costa\nInstrument: tuba\nCity: Porto")
    tell(here, [note, Said(5, "me", "I rehearse the oboe.")], "later")
    learn(here)
    here.run(study_job(), model=Scripted())
    rows = [row for row in here.store.facts.statements() if row.relation == "juggles"]
    read = {(row.subject, row.object_name, row.extractor) for row in rows}
    assert {("rui costa", "tuba", "patterns/2"), ("me", "oboe", "model/1")} <= read


def test_without_it_nothing_of_it_is_read(tmp_path: Path) -> None:
    with world(tmp_path) as made:
        tell(made, [Said(0, "me", "I juggle the cello."), Said(1, "me", "My understudy Olga is away.")])
        learn(made)
        assert made.store.facts.statements() == []
