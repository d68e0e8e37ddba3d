"""Personal adapters: made from facts, tried before use, confirmed by memory, taken back with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.adapters.personal import ADAPTER
from secondme.errors import SecondMeError, UsageError
from tests.secondme.adapters.by_rote import File, Parrot, Rote
from tests.secondme.adapters.ida import TOLD, adapters, tell_more, train
from tests.secondme.facts.telling import tell
from tests.worlds.night_world import World, world


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    """A memory in which Ida told some facts."""
    with world(tmp_path) as found:
        tell(found, TOLD)
        found.clock.turn(60)
        yield found


def test_what_was_trained_is_used_once_it_passed_and_names_facts_that_memory_confirms(
    here: World, tmp_path: Path
) -> None:
    found = adapters(here, tmp_path)
    train(found)
    row = found.in_use()
    assert row is not None
    assert (row.number, row.state, row.spans) == (1, "used", 5)
    assert row.figures["adapted"]["shown_right"] > row.figures["alone"]["shown_right"] == 0
    named = found.recalled("In which place do I live?")
    assert named is not None
    assert named.sentence == "You live in Cork."
    assert named.span_ids == ("said-0",)


def test_what_memory_does_not_hold_is_not_named_whatever_the_adapter_says(here: World, tmp_path: Path) -> None:
    found = adapters(here, tmp_path, learner=Parrot(learnt={}))
    train(found)
    assert found.recalled("Where does Brendan live?") is None
    assert found.recalled("What is my email address?") is None


@pytest.mark.parametrize("surprise", [30.0])
def test_an_adapter_that_spoils_the_language_is_kept_and_not_used(here: World, tmp_path: Path, surprise: float) -> None:
    found = adapters(here, tmp_path, learner=Parrot(surprise=surprise))
    train(found)
    assert found.in_use() is None
    (row,) = found.all()
    assert (row.state, row.why) == (
        "refused", "plain text surprises it 1.50 times as much as the model alone.",
    )  # fmt: skip
    with pytest.raises(UsageError, match="can't be used: plain text surprises it"):
        found.use(1)


def test_a_forgotten_source_switches_the_adapter_off_and_restoring_it_brings_it_back(
    here: World, tmp_path: Path
) -> None:
    found = adapters(here, tmp_path)
    train(found)
    target = here.store.removal.find("s-chat")[0]
    here.store.removal.hide(target, "2026-02-01T00:00:00.000Z")
    assert found.in_use() is None
    assert found.recalled("Where do I live?") is None
    assert found.why_off(found.numbered(1)).endswith("of the passages it was made from are forgotten")
    assert found.sweep() == 0
    here.store.removal.unhide(target)
    assert found.in_use() is not None


def test_what_an_adapter_was_made_from_is_listed_without_what_is_forgotten(here: World, tmp_path: Path) -> None:
    found = adapters(here, tmp_path)
    train(found)
    assert [passage.span.text for passage in found.passages(1)] == [text for _, text in TOLD]
    here.store.removal.hide(here.store.removal.find("s-chat")[0], "2026-02-01T00:00:00.000Z")
    assert found.passages(1) == []
    with pytest.raises(UsageError, match="There is no adapter 7"):
        found.passages(7)


def test_an_erased_source_takes_the_adapter_and_its_files_with_it(here: World, tmp_path: Path) -> None:
    trainer = Rote()
    found = adapters(here, tmp_path, trainer)
    train(found)
    here.store.removal.erase([here.store.removal.find("s-chat")[0]], "2026-02-01T00:00:00.000Z")
    assert found.sweep() == 1
    assert found.all() == []
    assert not trainer.folders[0].exists()


def test_a_corrected_fact_switches_off_the_adapter_that_learnt_its_old_form(here: World, tmp_path: Path) -> None:
    found = adapters(here, tmp_path)
    train(found)
    tell_more(here, "2026-01-20", "I moved to Sligo.")
    assert found.in_use() is None
    assert found.why_off(found.numbered(1)) == "1 of the facts it learnt no longer hold"
    train(found)
    row = found.in_use()
    assert row is not None
    assert (row.number, row.parent) == (2, found.numbered(1).id)
    named = found.recalled("Which town do I live in?")
    assert named is not None
    assert named.sentence.startswith("You live in Sligo")


def test_a_training_that_was_stopped_is_gone_on_with_and_one_of_old_facts_begins_anew(
    here: World, tmp_path: Path
) -> None:
    trainer = Rote(stops=2)
    found = adapters(here, tmp_path, trainer)
    train(found)
    assert [row.state for row in found.all()] == ["training"]
    train(found)
    assert trainer.folders[0] == trainer.folders[1]
    tell_more(here, "2026-01-20", "I moved to Sligo.")
    train(found)
    assert trainer.folders[2] != trainer.folders[0]
    assert not trainer.folders[0].exists()
    assert [row.state for row in found.all()] == ["used"]


def test_an_adapter_whose_file_changed_is_not_used(here: World, tmp_path: Path) -> None:
    trainer = Rote()
    found = adapters(here, tmp_path, trainer)
    train(found)
    file = trainer.folders[0] / ADAPTER
    file.write_bytes(file.read_bytes().replace(b"Cork", b"Cobh"))
    assert found.in_use() is None
    assert found.recalled("Where do I live?") is None
    assert found.why_off(found.numbered(1)) == "its file is missing or was changed"


def test_an_adapter_of_another_model_is_not_used(here: World, tmp_path: Path) -> None:
    found = adapters(here, tmp_path)
    train(found)
    found._base = lambda: File(tmp_path / "base.gguf", digest="d2", name="Other")
    assert found.in_use() is None
    assert found.why_off(found.numbered(1)) == "it belongs to Parrot, which is not the model in use"


def test_a_model_that_cannot_be_taught_is_said_with_what_can(here: World, tmp_path: Path) -> None:
    found = adapters(here, tmp_path)
    found._base = lambda: None
    with pytest.raises(SecondMeError, match="can't be taught") as caught:
        train(found)
    assert caught.value.remedy == "`secondme models use bundled` chooses one that can."


def test_a_memory_that_holds_next_to_nothing_says_so(tmp_path: Path) -> None:
    with world(tmp_path / "w") as here:
        tell(here, TOLD[:2])
        here.clock.turn(60)
        with pytest.raises(SecondMeError, match="too little to learn"):
            train(adapters(here, tmp_path))


def test_using_none_and_removing_leave_nothing_behind(here: World, tmp_path: Path) -> None:
    trainer = Rote()
    found = adapters(here, tmp_path, trainer)
    train(found)
    found.off()
    assert found.in_use() is None
    assert found.use(1).state == "used"
    found.remove(1)
    assert found.all() == []
    assert not trainer.folders[0].exists()
    with pytest.raises(UsageError, match="There is no adapter 1"):
        found.use(1)
