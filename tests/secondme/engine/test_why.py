"""Where a memory came from, how it scores, what changed it, and what hangs on it: read off a real store."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.errors import NothingFound
from tests.secondme.chat.test_forgotten_words import ASK, SECRET, opened, say


def test_a_passage_tells_its_source_its_score_by_parts_and_what_changed_it(tmp_path: Path) -> None:
    notes = tmp_path / "harbour.md"
    notes.write_text("# Harbour\n\nThe lighthouse keeper paints the green boat each spring.\n")
    with opened() as (engine, _):
        list(engine.ingest([notes]))
        question = "Who paints the green boat?"
        found = engine.recall(question)[0]
        why = engine.why(found.id, question)
        stored = {detail.label: detail.text for detail in why.stored}
        assert "harbour.md" in stored["Source"]
        assert "version 1" in stored["Taken in"]
        assert stored["Counts as"] == "evidence for answers"
        (scoring,) = why.scorings
        assert scoring.rank == 1
        assert scoring.score == pytest.approx(found.score, abs=0.01)
        assert scoring.score == pytest.approx(sum(part.value for part in scoring.parts), abs=0.01)
        for part in scoring.parts:
            shares = [signal.share for signal in scoring.signals if signal.part == part.name]
            assert part.value == pytest.approx(sum(shares), abs=0.01)
        engine.pin(found.id)
        assert [change.what for change in engine.why(found.id).changes] == ["taken in", "pinned"]
        assert engine.why(found.id[:8]).id == found.id


def test_without_a_question_the_last_that_used_it_is_taken_and_an_answer_tells_its_passages() -> None:
    with opened() as (engine, _):
        say(engine, SECRET)
        _, answer, _ = say(engine, ASK)
        told = next(hit for hit in engine.recall(SECRET) if hit.text == SECRET)
        why = engine.why(told.id)
        assert why.question == ASK
        assert [scoring.span_id for scoring in why.scorings] == [told.id]
        assert "2 answers" in {detail.text for detail in why.stored}, "what acknowledged it, and what told it"
        of_answer = engine.why(answer)
        assert of_answer.kind == "answer"
        assert of_answer.question == ASK
        assert told.id in {detail.target for detail in of_answer.stored}
        assert told.id in {scoring.span_id for scoring in of_answer.scorings}


def test_a_fact_tells_its_words_what_read_it_and_what_a_person_made_of_it() -> None:
    with opened() as (engine, _):
        say(engine, "My sister Ilse lives in Oslo.")
        engine.settle()
        list(engine.job_run("learn"))
        fact = next(fact for fact in engine.facts(everything=True) if "Oslo" in fact.sentence)
        why = engine.why(fact.id)
        stored = {detail.label: detail.text for detail in why.stored}
        assert (why.kind, stored["Said"][0]) == ("fact", "“")
        assert "the patterns" in stored["Read by"]
        assert any(change.what == "learnt" and "learn/" in change.by for change in why.changes)
        engine.judge_fact(fact.id, "rejected")
        rejected = engine.why(fact.id)
        assert ("rejected", "you") in {(change.what, change.by) for change in rejected.changes}
        assert "Counts" in {detail.label for detail in rejected.stored}


@pytest.mark.parametrize("target", ["", "nothing", "%", "\x1b[2J"])
def test_what_is_not_there_is_refused_with_a_remedy(target: str) -> None:
    with opened() as (engine, _), pytest.raises(NothingFound, match="No passage, fact or answer"):
        engine.why(target)


def test_all_that_hangs_on_a_chat_is_listed_before_it_is_forgotten() -> None:
    with opened() as (engine, _):
        first, _, _ = say(engine, SECRET)
        _, answer, _ = say(engine, ASK)
        engine.settle()
        found = engine.dependents(first)
        groups = {group.kind: group for group in found.groups}
        assert (found.kind, found.hidden_at) == ("chat", "")
        assert found.backups == 0, "the copies of this fresh memory are older than the chat"
        removal = engine.forget(first, dry_run=True)
        assert (groups["passage"].count, groups["answer"].count) == (removal.spans, removal.answers)
        assert [entry.target for entry in groups["answer"].first] == [answer]
        assert groups["vector"].count == removal.spans
        assert SECRET in {entry.text for entry in groups["passage"].first}
        engine.forget(first)
        assert engine.dependents(first).hidden_at
        engine.restore(first)
        assert engine.dependents(first).hidden_at == ""
        engine.purge(first)
        with pytest.raises(NothingFound):
            engine.dependents(first)


def test_a_name_goes_only_when_nothing_else_mentions_it() -> None:
    with opened() as (engine, _):
        first = engine.remember("Quentin Abernathy met Rosalind Okafor at the pier.")
        engine.remember("Rosalind Okafor plays the violin.")
        engine.settle()
        names = {
            entry.text for group in engine.dependents(first).groups if group.kind == "name" for entry in group.first
        }
        assert "Quentin Abernathy" in names
        assert "Rosalind Okafor" not in names
