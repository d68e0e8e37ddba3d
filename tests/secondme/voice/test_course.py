"""An adapter with a voice: beside one of facts, tried before use, taken back with its messages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.adapters.night import KEPT, NightTraining
from secondme.adapters.personal import PersonalAdapters
from secondme.errors import SecondMeError
from secondme.facts.extraction import learn_job
from secondme.jobs.scheduler import JobScheduler
from secondme.settings import Settings
from tests.secondme.adapters.by_rote import Parrot, Rote
from tests.secondme.adapters.ida import TOLD
from tests.secondme.voice.joren import adapters, chats, write
from tests.worlds.night_world import World, world


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    """Joren's memory."""
    with world(tmp_path) as found:
        chats(found)
        found.clock.turn(60)
        yield found


def train(found: PersonalAdapters) -> None:
    """Train a voice to the end."""
    list(found.train(threading.Event(), "voice"))


def hide(here: World, source: str) -> None:
    """Forget a chat."""
    here.store.removal.hide(here.store.removal.find(source)[0], "2026-02-01T00:00:00.000Z")


def night(here: World, found: PersonalAdapters) -> None:
    """A night in which the voice is asked for."""
    job = NightTraining(found, lambda: ["voice"])
    JobScheduler(
        here.store, here.clock, [job], settings=Settings, model=lambda: None, give_way=lambda: None,
        battery=lambda: None,
    ).run_due()  # fmt: skip
    here.clock.turn(1)


def test_a_voice_that_passed_is_used_beside_an_adapter_of_facts(here: World, tmp_path: Path) -> None:
    write(here, "diary", [("me", text) for _, text in TOLD])
    here.run(learn_job())
    found = adapters(here, tmp_path)
    list(found.train(threading.Event()))
    train(found)
    facts, voice = found.in_use("facts"), found.in_use("voice")
    assert facts is not None
    assert voice is not None
    assert (facts.number, voice.number, voice.kind, voice.parent) == (1, 2, "voice", "")
    found.off(2)
    assert found.in_use("voice") is None
    assert found.in_use("facts") is not None
    found.use(2)
    found.off()
    assert (found.in_use("facts"), found.in_use("voice")) == (None, None)


def test_a_voice_that_learnt_nothing_is_kept_and_not_used(here: World, tmp_path: Path) -> None:
    found = adapters(here, tmp_path, learner=Parrot())
    train(found)
    assert found.in_use("voice") is None
    assert found.all()[0].why == "your own messages surprise it 1.00 times as much as the model alone."


def test_a_small_model_is_refused_with_what_helps(here: World, tmp_path: Path) -> None:
    with pytest.raises(SecondMeError, match="too small to write as you do: it has 135 million weights") as caught:
        train(adapters(here, tmp_path, weights=135_000_000))
    assert "secondme models" in caught.value.remedy


def test_a_memory_with_few_own_messages_says_how_many_it_takes(tmp_path: Path) -> None:
    with world(tmp_path / "w") as here:
        write(here, "Lena", [("me", f"heya, the boat has {number} leaks now") for number in range(29)])
        with pytest.raises(SecondMeError, match=r"memory holds 29 messages of your own .* it takes 30"):
            train(adapters(here, tmp_path))


def test_a_forgotten_message_switches_the_voice_off_and_an_erased_one_deletes_it(here: World, tmp_path: Path) -> None:
    trainer = Rote()
    found = adapters(here, tmp_path, trainer)
    train(found)
    hide(here, "s-Tom")
    assert found.in_use("voice") is None
    here.store.removal.unhide(here.store.removal.find("s-Tom")[0])
    assert found.in_use("voice") is not None
    here.store.removal.erase([here.store.removal.find("s-Tom")[0]], "2026-02-01T00:00:00.000Z")
    assert found.sweep() == 1
    assert not trainer.folders[0].exists()


def test_forgetting_what_others_wrote_changes_nothing(here: World, tmp_path: Path) -> None:
    write(here, "Ruth", [("other", "Dear Joren, kindly return the key to the vestry.")])
    found = adapters(here, tmp_path)
    train(found)
    hide(here, "s-Ruth")
    assert found.in_use("voice") is not None


def test_a_correction_switches_it_off_and_the_next_learns_without_the_message(here: World, tmp_path: Path) -> None:
    write(here, "Ada", [("me", "I live in Cork."), ("me", "I am allergic to penicillin.")])
    here.run(learn_job())
    found = adapters(here, tmp_path)
    train(found)
    first = found.in_use("voice")
    assert first is not None
    assert "Ada-0" in here.store.adapters.span_ids(first.id)
    write(here, "Eve", [("me", "I moved to Sligo.")], day="2026-01-20")
    here.run(learn_job())
    assert found.why_off(first) == "1 of the facts it learnt no longer hold"
    train(found)
    second = found.in_use("voice")
    assert second is not None
    learnt = here.store.adapters.span_ids(second.id)
    assert "Ada-0" not in learnt
    assert "Ada-1" in learnt


def test_a_night_trains_it_where_that_is_asked_for_and_the_next_makes_no_other(here: World, tmp_path: Path) -> None:
    trainer = Rote()
    found = adapters(here, tmp_path, trainer)
    night(here, found)
    night(here, found)
    assert len(trainer.folders) == 1
    row = found.in_use("voice")
    assert row is not None
    assert found.chosen("facts") is None
    for number in range(KEPT + 2):
        write(here, f"more{number}", [("me", f"heya, the boat sank {number} times by now x")])
        night(here, found)
    assert len(found.all()) <= KEPT + 1


def test_a_training_that_was_stopped_is_gone_on_with(here: World, tmp_path: Path) -> None:
    trainer = Rote(stops=1)
    found = adapters(here, tmp_path, trainer)
    train(found)
    assert [(row.state, row.kind) for row in found.all()] == [("training", "voice")]
    train(found)
    assert trainer.folders[0] == trainer.folders[1]
    assert found.in_use("voice") is not None
