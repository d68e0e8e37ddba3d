"""The job that teaches at night: asked for, on mains power, taken back with what it learnt, undone like other jobs."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from models.protocol import ChatTurn, ModelError
from models.protocol.training import NotTrainable
from secondme.adapters.night import KEPT, NightTraining
from secondme.adapters.personal import PersonalAdapters
from secondme.api import RunSummary
from secondme.engine.run_log import RunLog
from secondme.errors import SecondMeError
from secondme.jobs.job import Run
from secondme.jobs.scheduler import JobScheduler
from secondme.settings import Settings
from tests.secondme.adapters.by_rote import Parrot, Rote
from tests.secondme.adapters.ida import TOLD, adapters, tell_more
from tests.secondme.facts.telling import tell
from tests.worlds.night_world import World, world


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    """A memory in which Ida told some facts."""
    with world(tmp_path) as found:
        tell(found, TOLD)
        found.clock.turn(60)
        yield found


def scheduler(here: World, job: NightTraining) -> JobScheduler:
    """A timetable with that job alone."""
    return JobScheduler(
        here.store, here.clock, [job], settings=Settings, model=lambda: None, give_way=lambda: None,
        battery=lambda: None,
    )  # fmt: skip


def nights(here: World, found: PersonalAdapters, number: int = 1) -> None:
    """So many nights, with the setting on."""
    for _ in range(number):
        scheduler(here, NightTraining(found, lambda: ["facts"])).run_due()
        here.clock.turn(1)


def runs(here: World) -> list[RunSummary]:
    """What nights are listed, the latest first."""
    return [run for run in RunLog(here.store, here.clock).summaries(99) if run.job == "train"]


def used(found: PersonalAdapters) -> int:
    """The number of the adapter that is used; 0: none."""
    row = found.in_use()
    return row.number if row else 0


@pytest.mark.parametrize(
    ("wanted", "battery", "needs"),
    [(False, False, "the setting self.train or self.voice"), (True, True, "mains power")],
)
def test_it_runs_by_itself_only_where_it_was_asked_for_and_on_mains_power(
    here: World, tmp_path: Path, wanted: bool, battery: bool, needs: str
) -> None:
    found = adapters(here, tmp_path)
    timetable = scheduler(here, NightTraining(found, lambda: ["facts"] if wanted else [], lambda: battery))
    timetable.run_due()
    assert found.all() == []
    assert timetable.statuses()[0].needs == needs


def test_a_night_learns_what_holds_and_is_listed_and_undone_like_any_run(here: World, tmp_path: Path) -> None:
    found = adapters(here, tmp_path)
    nights(here, found)
    log = RunLog(here.store, here.clock)
    (run,) = runs(here)
    assert (run.job, run.cause, run.state, dict(run.counts)) == ("train", "schedule", "done", {"facts learnt": 6})
    assert used(found) == 1
    tell_more(here, "2026-01-20", "I moved to Sligo.")
    nights(here, found)
    assert used(found) == 2
    (later, _) = runs(here)
    assert [change.what for change in log.detail(later.id).changes] == ["off", "used"]
    log.undo(later.id)
    assert found.chosen() == found.numbered(1)
    nights(here, found)
    assert found.numbered(2).state == "ready", "what a person undid is not done again"


def test_a_night_in_which_nothing_is_new_trains_nothing_and_leaves_no_row(here: World, tmp_path: Path) -> None:
    trainer = Rote()
    found = adapters(here, tmp_path, trainer)
    nights(here, found, 3)
    assert len(trainer.folders) == 1
    assert len(runs(here)) == 1


def test_an_adapter_that_fails_its_trial_says_why_in_the_run_and_is_not_made_again(here: World, tmp_path: Path) -> None:
    trainer = Rote()
    found = adapters(here, tmp_path, trainer, Parrot(surprise=30.0))
    nights(here, found, 2)
    assert used(found) == 0
    assert len(trainer.folders) == 1
    log = RunLog(here.store, here.clock)
    (run,) = runs(here)
    assert log.detail(run.id).refusals == (
        ("trial", "plain text surprises it 1.50 times as much as the model alone."),
    )  # fmt: skip


def test_the_night_after_something_was_forgotten_trains_without_it_and_after_restoring_uses_the_older_one(
    here: World, tmp_path: Path
) -> None:
    found = adapters(here, tmp_path)
    tell_more(here, "2026-01-20", "My dog is called Bran.")
    nights(here, found)
    assert used(found) == 1
    target = here.store.removal.find("s-2026-01-20")[0]
    here.store.removal.hide(target, "2026-03-05T00:00:00.000Z")
    assert used(found) == 0
    nights(here, found)
    assert used(found) == 2
    assert len(found.numbered(2).facts) == 6
    here.store.removal.unhide(target)
    nights(here, found)
    assert used(found) == 1
    assert [row.number for row in found.all()] == [2, 1]


def test_what_is_erased_in_the_middle_of_a_night_takes_the_training_with_it(here: World, tmp_path: Path) -> None:
    trainer = Rote()
    found = adapters(here, tmp_path, trainer)
    tell_more(here, "2026-01-20", "My dog is called Bran.")

    def erase() -> None:
        here.store.removal.erase([here.store.removal.find("s-2026-01-20")[0]], "2026-03-05T00:00:00.000Z")
        found.sweep()

    trainer.meanwhile = erase
    nights(here, found)
    assert found.all() == []
    assert not trainer.folders[0].exists()
    trainer.meanwhile = lambda: None
    nights(here, found)
    assert used(found) == 1
    assert len(found.numbered(1).facts) == 6


def test_what_is_erased_while_a_night_is_prepared_is_in_no_lesson(here: World, tmp_path: Path) -> None:
    tell_more(here, "2026-01-20", "My dog is called Bran.")

    class Overtaken(Parrot):
        """A learner that is still being asked when something is erased."""

        def encode(self, pairs: Sequence[tuple[Sequence[ChatTurn], str]]) -> list[tuple[list[int], list[int]]]:
            for target in here.store.removal.find("s-2026-01-20"):
                here.store.removal.erase([target], "2026-03-05T00:00:00.000Z")
            return super().encode(pairs)

    trainer = Rote()
    found = adapters(here, tmp_path, trainer, Overtaken())
    nights(here, found)
    assert (found.all(), trainer.folders) == ([], [])
    nights(here, found)
    assert used(found) == 1


def test_what_is_corrected_in_the_middle_of_a_night_is_not_used_and_learnt_anew_in_the_next(
    here: World, tmp_path: Path
) -> None:
    trainer = Rote()
    found = adapters(here, tmp_path, trainer)
    trainer.meanwhile = lambda: tell_more(here, "2026-01-20", "I moved to Sligo.")
    nights(here, found)
    assert used(found) == 0
    assert found.numbered(1).state == "ready"
    trainer.meanwhile = lambda: None
    nights(here, found)
    assert used(found) == 2
    named = found.recalled("Where do I live?")
    assert named is not None
    assert "Sligo" in named.sentence


def test_on_battery_a_person_is_told_what_it_needs(here: World, tmp_path: Path) -> None:
    timetable = scheduler(here, NightTraining(adapters(here, tmp_path), lambda: ["facts"], lambda: True))
    with pytest.raises(SecondMeError, match="on mains power only"):
        list(timetable.run("train"))


def test_it_is_stopped_by_the_battery_and_goes_on_from_there(here: World, tmp_path: Path) -> None:
    trainer = Rote()
    found = adapters(here, tmp_path, trainer)
    battery = False

    def unplug() -> None:
        nonlocal battery
        battery = True

    trainer.meanwhile = unplug
    job = NightTraining(found, lambda: ["facts"], lambda: battery)
    scheduler(here, job).run_due()
    assert [row.state for row in found.all()] == ["training"]
    assert runs(here) == [], "a night that did nothing leaves no row"
    battery = False
    trainer.meanwhile = lambda: None
    scheduler(here, job).run_due()
    assert used(found) == 1
    assert trainer.folders[0] == trainer.folders[1]


def test_a_model_that_does_not_fit_is_refused_once_with_the_figure(here: World, tmp_path: Path) -> None:
    trainer = Rote()

    def refuse() -> None:
        raise NotTrainable("It takes 4 GB, and may take 1.2 GB.", "Choose a smaller model.", 4_000_000_000)

    trainer.meanwhile = refuse
    found = adapters(here, tmp_path, trainer)
    nights(here, found, 2)
    assert len(trainer.folders) == 1
    (run,) = runs(here)
    assert run.state == "failed"
    assert found.numbered(1).why == "It takes 4 GB, and may take 1.2 GB."


def test_a_training_that_broke_is_gone_on_with(here: World, tmp_path: Path) -> None:
    trainer = Rote()

    def die() -> None:
        raise ModelError("The training's process ended unexpectedly.", "Start it again.")

    trainer.meanwhile = die
    found = adapters(here, tmp_path, trainer)
    nights(here, found)
    assert [row.state for row in found.all()] == ["training"]
    trainer.meanwhile = lambda: None
    nights(here, found)
    assert used(found) == 1


def test_a_person_is_told_why_nothing_can_be_learnt_and_a_night_is_silent(tmp_path: Path) -> None:
    with world(tmp_path / "w") as here:
        tell(here, TOLD[:2])
        here.clock.turn(60)
        job = NightTraining(adapters(here, tmp_path), lambda: ["facts"])
        timetable = scheduler(here, job)
        timetable.run_due()
        assert runs(here) == []
        with pytest.raises(SecondMeError, match="too little to learn"):
            list(timetable.run("train"))


def test_a_preview_says_whether_an_adapter_would_be_trained(here: World, tmp_path: Path) -> None:
    found = adapters(here, tmp_path)
    last = list(scheduler(here, NightTraining(found, list)).run("train", dry=True))[-1]
    assert isinstance(last, Run)
    assert last.counts == {"adapters to train": 1}
    assert found.all() == []


def test_only_the_latest_nights_are_kept_and_those_that_a_person_trained(here: World, tmp_path: Path) -> None:
    found = adapters(here, tmp_path)
    list(found.train(threading.Event()))
    for day, town in enumerate(("Sligo", "Ennis", "Athlone", "Naas", "Trim"), start=20):
        tell_more(here, f"2026-01-{day}", f"I moved to {town}.")
        nights(here, found)
    assert used(found) == 6
    numbers = [row.number for row in found.all()]
    assert numbers == [6, 5, 4, 1]
    assert len(numbers) == KEPT + 1
