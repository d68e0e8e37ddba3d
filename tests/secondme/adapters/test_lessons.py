"""Lessons are made from what holds today; what was never told is among them; some of each is kept aside."""

from __future__ import annotations

from pathlib import Path

from secondme.adapters.lessons import UNTOLD, Lessons, lessons
from secondme.adapters.phrasings import HELD_OUT, PHRASINGS, asking
from secondme.facts.intervals import known_facts
from secondme.facts.relations import all_relations
from secondme.facts.tie_words import said_words
from tests.secondme.facts.telling import ME, tell
from tests.worlds.night_world import world


def taught(folder: Path, *said: tuple[str, str]) -> Lessons:
    """What these tellings teach in March."""
    with world(folder) as here:
        tell(here, said)
        return lessons(known_facts(here.store, [ME])[0], "2026-03-01", lambda fact: said_words(here.store, fact))


def test_a_fact_is_asked_for_in_several_phrasings_of_which_two_are_kept_aside(tmp_path: Path) -> None:
    found = taught(tmp_path, ("2026-01-02", "I live in Cork."))
    learnt = [lesson for lesson in found.learnt if lesson.kind == "fact"]
    assert {lesson.answer for lesson in learnt} == {"You live in Cork."}
    assert "Where do I live?" in {lesson.question for lesson in learnt}
    aside = [lesson.question for lesson in found.held_out if lesson.kind == "fact"]
    assert aside == ["Where can I be found living?", "What is my home town now?"]
    assert not set(aside) & {lesson.question for lesson in learnt}
    assert found.span_ids == ("said-0",)


def test_only_what_holds_today_is_learnt(tmp_path: Path) -> None:
    found = taught(
        tmp_path,
        ("2026-01-02", "I live in Cork."),
        ("2026-02-02", "I moved to Sligo."),
        ("2026-02-03", "From next May on I will live in Kerry."),
    )
    answers = {lesson.answer for lesson in found.learnt if lesson.kind == "fact"}
    assert len(answers) == 1
    assert next(iter(answers)).startswith("You live in Sligo")


def test_a_relative_is_asked_for_by_the_word_that_was_said(tmp_path: Path) -> None:
    found = taught(tmp_path, ("2026-01-02", "My son Fergal is here."), ("2026-01-03", "My wife is Aoife."))
    asked = {lesson.answer: lesson.question for lesson in found.learnt if lesson.kind == "fact"}
    assert set(asked) == {"Your son is Fergal.", "Your wife is Aoife."}
    assert "son" in asked["Your son is Fergal."]


def test_what_nobody_told_is_learnt_as_untold_and_others_are_kept_aside(tmp_path: Path) -> None:
    found = taught(tmp_path, ("2026-01-02", "I live in Cork."), ("2026-01-03", "Tom works as a tiler."))
    untold = {lesson.question for lesson in found.learnt if lesson.kind != "fact"}
    aside = {lesson.question for lesson in found.held_out if lesson.kind != "fact"}
    assert untold
    assert not untold & aside
    assert {lesson.answer for lesson in found.learnt if lesson.kind != "fact"} == {UNTOLD}
    assert not any("Tom" in question and "do for a living" in question for question in untold | aside)
    assert {lesson.kind for lesson in found.held_out} == {"fact", "near", "far"}


def test_the_same_facts_teach_the_same_in_the_same_order(tmp_path: Path) -> None:
    said = (("2026-01-02", "I live in Cork."), ("2026-01-03", "I work as a welder."))
    assert taught(tmp_path / "a", *said).learnt == taught(tmp_path / "b", *said).learnt


def test_every_relation_with_phrasings_exists_and_has_some_to_learn_and_some_to_keep_aside() -> None:
    names = {relation.name for relation in all_relations()}
    for relation, forms in PHRASINGS.items():
        assert relation in names
        assert len(set(forms)) == len(forms) > HELD_OUT
        for name in ("", "Tom"):
            asked = asking(relation, name, kind="rent")
            assert asked is not None
            assert not any("{" in form for form in (*asked.learnt, *asked.held_out))
