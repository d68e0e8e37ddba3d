"""What programs propose: it waits, is no evidence before a person accepts it, and repeats nothing that was read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.api import Caller, Grant
from secondme.engine.engine import Engine
from secondme.engine.inbox import repeats
from secondme.errors import LimitReached, NotGranted, NothingFound, UsageError
from tests.secondme.chat.test_forgotten_words import bytes_with, opened

EDITOR = Caller("editor")
SAID = "The lighthouse keeper paints the green boat each spring before the regatta."


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine with a note, and a program that may read and propose."""
    (tmp_path / "harbour.md").write_text(f"# Harbour\n\n{SAID}\n")
    with opened() as (engine, _):
        list(engine.ingest([tmp_path / "harbour.md"]))
        engine.program_add("editor", Grant(("read", "propose"), ("all",)))
        yield engine


def test_a_proposal_is_found_by_nobody_until_it_is_accepted_and_then_it_is_nobodys_word(engine: Engine) -> None:
    first = engine.program_remember(EDITOR, "I live in Zanzibar now.", why="said just now")
    assert first.state == "waiting"
    assert engine.program_remember(EDITOR, "I live in Zanzibar now.") == first, "said twice, it waits once"
    assert engine.status().waiting == 1
    engine.settle()
    assert not any("Zanzibar" in hit.text for hit in engine.recall("Zanzibar"))
    accepted = engine.inbox_accept(first.id[:20])
    assert (accepted.state, accepted.text) == ("accepted", "")
    engine.settle()
    list(engine.job_run("learn"))
    note = next(hit for hit in engine.recall("Zanzibar") if "Zanzibar" in hit.text)
    assert (note.kind, note.role, note.speaker, note.uri) == ("note", "author", "", "program:editor")
    assert not any("Zanzibar" in fact.sentence for fact in engine.facts(everything=True)), "it states nothing of me"
    assert engine.inbox_list() == []


def test_what_is_rejected_is_erased(engine: Engine) -> None:
    proposal = engine.program_remember(EDITOR, "The vault opens with a quibblestick.")
    rejected = engine.inbox_reject(proposal.id)
    assert (rejected.state, rejected.text, rejected.why) == ("rejected", "", "")
    with pytest.raises(UsageError, match="rejected before"):
        engine.inbox_accept(proposal.id)
    with pytest.raises(NothingFound):
        engine.inbox_accept("no such id")


def test_no_byte_of_a_note_is_left_when_it_is_purged(tmp_path: Path) -> None:
    with opened() as (engine, data):
        engine.program_add("editor", Grant(("propose",)))
        proposal = engine.program_remember(EDITOR, "The vault opens with a quibblestick.")
        accepted = engine.inbox_accept(proposal.id)
        engine.settle()
        engine.purge(accepted.source_id)
        assert bytes_with(data, "quibblestick") == []


def test_who_may_write_keeps_a_note_at_once(engine: Engine) -> None:
    engine.program_change("editor", Grant(("write",)))
    kept = engine.program_remember(EDITOR, "The vault opens at noon.")
    assert kept.state == "kept"
    assert engine.source(kept.id).summary.title.startswith("editor: ")
    assert engine.inbox_list() == []


def test_a_key_in_a_proposal_is_masked(engine: Engine) -> None:
    engine.program_remember(EDITOR, "The key is AKIA" + "QYTR7PLM3XWZ9KD2 for the bucket.")
    assert "QYTR7PLM3XWZ9KD2" not in engine.inbox_list()[0].text


@pytest.mark.parametrize("text", ["", " \n", "x" * 2001])
def test_a_text_that_is_empty_or_too_long_is_refused(engine: Engine, text: str) -> None:
    with pytest.raises(UsageError):
        engine.program_remember(EDITOR, text)


def test_what_was_just_read_is_not_proposed_again(engine: Engine) -> None:
    engine.program_recall(EDITOR, "green boat")
    for echo in (
        SAID,
        f"The user's memory says: {SAID}",
        "Each spring the green boat is painted by the lighthouse keeper before the regatta.",
    ):
        with pytest.raises(NotGranted, match="repeats"):
            engine.program_remember(EDITOR, echo)
    assert engine.program_remember(EDITOR, "The regatta was moved to the ninth of June this year.").state == "waiting"
    assert engine.inbox_list()[0].program == "editor"


def test_what_was_not_read_by_this_program_may_be_proposed(engine: Engine) -> None:
    assert engine.program_remember(EDITOR, SAID).state == "waiting"


def test_proposals_of_a_day_are_limited_also_those_that_were_decided(engine: Engine) -> None:
    engine.program_change("editor", Grant(("propose",), proposals_per_day=2))
    for word in ("larch", "birch"):
        engine.inbox_reject(engine.program_remember(EDITOR, f"A {word} grows there.").id)
    with pytest.raises(LimitReached):
        engine.program_remember(EDITOR, "An elm grows there.")


def test_a_program_that_is_removed_takes_its_waiting_proposals_along(engine: Engine) -> None:
    engine.program_remember(EDITOR, "A larch grows there.")
    engine.program_remove("editor")
    assert engine.inbox_list() == []


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("Die Katze schläft auf dem roten Sofa im Flur.", "Auf dem roten Sofa im Flur schläft die Katze.", True),
        ("La reunión es el lunes a las nueve en Madrid.", "La reunión es el lunes a las nueve en Madrid", True),
        ("会议在星期一上午九点开始。", "会议在星期一上午九点开始。", True),
        ("Yes.", "Yes. The boat is green.", True),
        ("The boat is blue.", "The boat is green.", False),
        ("The meeting moved to Tuesday at ten.", "The meeting is on Monday at nine in the harbour office.", False),
        ("", "anything", False),
    ],
)
def test_echoes_are_told_from_what_is_new(text: str, given: str, expected: bool) -> None:
    assert repeats(text, [given]) is expected
