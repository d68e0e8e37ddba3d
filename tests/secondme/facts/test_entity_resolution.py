"""Who is who: names that are one person's meet, namesakes stay apart, and a merge can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.errors import NothingFound, UsageError
from secondme.facts.entity_resolution import People, PeopleByHand, same_person
from secondme.facts.intervals import known_facts
from tests.secondme.facts.test_intervals import learn, tell
from tests.worlds.life import Said
from tests.worlds.night_world import World, world

ME = ["Mira"]


def hear(here: World, *said: tuple[str, str]) -> None:
    """Chats by (who, text), read for facts, then for people."""
    tell(here, [Said(day, who, text) for day, (who, text) in enumerate(said)])
    learn(here)
    here.run(People())


def about(here: World, name: str) -> set[tuple[str, str, str]]:
    """What is known of someone by a name."""
    found, who = known_facts(here.store, ME, about=(name,))
    return {(fact.subject, fact.relation, fact.object) for fact in found if fact.subject == who.meant_by(name)}


@pytest.mark.parametrize(
    ("said", "name", "fact"),
    [
        (("My sister Clara is here.", "My sister lives in Hamburg."), "Clara", ("clara", "lives_in", "hamburg")),
        (("Jonas Keller works at Lufthansa.", "Jonas lives in Bonn."), "Jonas", ("jonas keller", "lives_in", "bonn")),
        (("Thomas Baker lives in York.", "Tom Baker hates tea."), "Tom Baker", ("thomas baker", "dislikes", "tea")),
        (
            ("Katharina, whom we call Kati, lives in Graz.", "Kati works at Siemens."),
            "Kati",
            ("katharina", "works_at", "siemens"),
        ),
        (("I go by Mimi.", "Mimi lives in Ghent."), "me", ("me", "lives_in", "ghent")),
        (
            ("Ingrid Sommer works at Bosch.", "Ingrid Somner lives in Ulm."),
            "Ingrid Somner",
            ("ingrid sommer", "lives_in", "ulm"),
        ),
    ],
)
def test_names_of_one_person_meet(tmp_path: Path, said: tuple[str, ...], name: str, fact: tuple[str, ...]) -> None:
    with world(tmp_path) as here:
        hear(here, *(("me", text) for text in said))
        assert fact in about(here, name)


@pytest.mark.parametrize(
    "said",
    [
        ("Anna Berg lives in Oslo.", "Anna Holm lives in Bergen.", "Anna hates tea."),
        ("Jonas Keller lives in Munich.", "Jonas lives in Hamburg."),
        ("My sister Clara is here.", "My sister Nora lives in Rome.", "My sister works at Siemens."),
    ],
)
def test_namesakes_and_what_contradicts_stay_apart(tmp_path: Path, said: tuple[str, ...]) -> None:
    with world(tmp_path) as here:
        hear(here, *(("me", text) for text in said))
        assert here.store.facts.aliases() == []


def test_two_names_are_merged_by_hand_with_all_names_that_each_has_and_apart_again(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        hear(
            here,
            ("me", "Ingrid Sommer works at Bosch."),
            ("me", "Ingrid lives in Ulm."),
            ("me", "Inga Falk hates tea."),
        )
        alias = same_person(here.store, ME, "inga falk", "Ingrid")
        assert (alias.key, alias.entity, alias.reason) == ("inga falk", "ingrid sommer", "you said so")
        run = here.run(PeopleByHand(alias))
        assert ("ingrid sommer", "dislikes", "tea") in about(here, "Inga Falk")
        with pytest.raises(UsageError, match="already"):
            same_person(here.store, ME, "Ingrid", "Inga Falk")
        here.store.runs.undo(run.id, "now")
        assert ("inga falk", "dislikes", "tea") in about(here, "Inga Falk")
        assert ("ingrid sommer", "lives_in", "ulm") in about(here, "Ingrid")


@pytest.mark.parametrize(("name", "into"), [("Inga", "Mira"), ("me", "Inga")])
def test_a_name_of_mine_means_me_whichever_is_named_first(tmp_path: Path, name: str, into: str) -> None:
    with world(tmp_path) as here:
        hear(here, ("me", "Inga lives in Ulm."))
        assert same_person(here.store, ME, name, into).entity == "me"


def test_a_name_that_nobody_has_is_refused(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        hear(here, ("me", "Inga lives in Ulm."))
        with pytest.raises(NothingFound, match="Nobody is known by the name Bertil"):
            same_person(here.store, ME, "Bertil", "Inga")


def test_a_merge_is_a_run_that_can_be_undone_and_is_not_made_again(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        tell(here, [Said(0, "me", "Jonas Keller works at Lufthansa."), Said(1, "me", "Jonas lives in Bonn.")])
        learn(here)
        run = here.run(People())
        assert run.counts == {"merged": 1}
        (merged,) = here.store.facts.aliases()
        assert (merged.key, merged.entity) == ("jonas", "jonas keller")
        assert merged.span_id in here.store.spans.by_id([merged.span_id])
        assert ("jonas keller", "lives_in", "bonn") in about(here, "Jonas Keller")
        _, conflicts = here.store.runs.undo(run.id, "now")
        assert conflicts == []
        assert about(here, "Jonas Keller") == {("jonas keller", "works_at", "lufthansa")}
        assert here.run(People()).counts == {}
