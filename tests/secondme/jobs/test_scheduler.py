"""When jobs run: when they are due, and never against the person, the battery or the hours that are set."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from secondme.api import Progress
from secondme.engine.run_log import RunLog
from secondme.errors import UsageError
from secondme.jobs.foreground import Foreground
from secondme.jobs.job import Job, Run
from secondme.jobs.scheduler import JobScheduler
from secondme.settings import Settings
from tests.worlds.night_world import Obedient, World, world


class Counting(Job):
    """A job of three steps that each keep a memory hot by another instant."""

    name = "count"
    title = "Count to three"

    def __init__(self, span: str) -> None:
        self.span = span
        self.begun = 0
        self.steps_done = 0

    def steps(self, run: Run) -> Iterator[Progress]:
        """Three steps."""
        self.begun += 1
        for number in range(3):
            with run.step() as step:
                step.update("counted", "spans", (self.span,), {"faded_at": f"{self.begun}-{number}"})
                step.count("counted")
            self.steps_done += 1
            yield Progress("counting", number + 1, 3, "steps")


class Endless(Job):
    """A job that goes on where it was stopped, and never ends by itself."""

    name = "endless"
    title = "Go on"
    resumes = True

    def __init__(self) -> None:
        self.lacks = ""
        self.begun = threading.Event()

    def needs(self) -> str:
        """What it was made to lack."""
        return self.lacks

    def steps(self, run: Run) -> Iterator[Progress]:
        """Work until it is stopped."""
        self.begun.set()
        run.stop.wait(60)
        run.pause()
        yield Progress("going on", 1, 1, "steps")


class Failing(Job):
    """A job that breaks after a step."""

    name = "fail"
    title = "Fail"

    def steps(self, run: Run) -> Iterator[Progress]:
        """One step, then an error."""
        with run.step() as step:
            step.count("done")
        yield Progress("failing", 1, 2, "steps")
        raise RuntimeError("broken")


def night(here: World, *jobs: Job, battery: int | None = None, hours: str = "") -> JobScheduler:
    """A night over a world."""
    settings = replace(Settings(), jobs_hours=hours)
    return JobScheduler(
        here.store, here.clock, jobs, settings=lambda: settings, model=lambda: None, give_way=lambda: None,
        battery=lambda: battery,
    )  # fmt: skip


def test_a_job_is_due_at_first_and_again_after_a_day(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        job = Counting(here.keep("One thing."))
        runner = night(here, job)
        for days, begun in ((0.0, 1), (0.1, 1), (0.8, 2), (0.1, 2), (-400.0, 3), (0.1, 3)):
            here.clock.turn(days)
            runner.run_due()
            assert job.begun == begun
        assert [one.state for one in RunLog(here.store, here.clock).summaries(9)] == ["done"] * 3


@pytest.mark.parametrize(("battery", "hours"), [(12, ""), (None, "12:00-12:01")])
def test_nothing_runs_by_itself_on_a_low_battery_or_outside_its_hours(
    tmp_path: Path, battery: int | None, hours: str
) -> None:
    with world(tmp_path) as here:
        job = Counting(here.keep("One thing."))
        runner = night(here, job, battery=battery, hours=hours)
        runner.run_due()
        assert job.begun == 0
        assert runner.statuses()[0].waits_for
        list(runner.run("count"))  # a person may
        assert job.begun == 1


def test_a_paused_job_rests_and_one_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        job = Counting(here.keep("One thing."))
        runner = night(here, Failing(), job)
        runner.pause("count", paused=True)
        runner.run_due()
        assert job.begun == 0
        runner.pause("", paused=False)
        runner.run_due()
        assert job.begun == 1
        failed, counted = runner.statuses()
        assert failed.error == "RuntimeError: broken"
        assert counted.error == ""
        assert {one.state for one in RunLog(here.store, here.clock).summaries(9)} == {"done", "failed"}


def test_stopping_keeps_the_steps_that_were_done(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        job = Counting(here.keep("One thing."))
        runner = night(here, job)
        events = runner.run("count")
        next(events)
        with pytest.raises(UsageError, match="A job is running"):
            list(runner.run("count"))
        assert runner.stop()
        last = list(events)[-1]
        assert isinstance(last, Run)
        log = RunLog(here.store, here.clock)
        assert log.detail_of(last).summary.state == "stopped"
        assert job.steps_done == 1
        assert log.undo(last.id).conflicts == ()
        closed = runner.run("count")
        next(closed)
        closed.close()
        assert RunLog(here.store, here.clock).summaries(1)[0].state in ("stopped", "undone")
        assert not runner.stop()


@pytest.mark.parametrize("by", ["a chat", "a person"])
def test_a_job_that_goes_on_another_time_makes_room_for_others(tmp_path: Path, by: str) -> None:
    with world(tmp_path) as here:
        count, endless = Counting(here.keep("One thing.")), Endless()
        count.after_chat = True
        runner = night(here, count, endless)
        runner.pause("count", paused=True)
        at_night = threading.Thread(target=runner.run_due)
        at_night.start()
        assert endless.begun.wait(10)
        assert not runner.holds_engine
        runner.pause("count", paused=False)
        if by == "a chat":
            runner.follow_chat()
        else:
            list(runner.run("count"))
        at_night.join(10)
        assert count.begun == 1
        assert runner.is_due(endless)


def test_the_jobs_of_the_night_wait_for_one_that_follows_an_answer(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        count, endless = Counting(here.keep("One thing.")), Endless()
        endless.after_chat, endless.lacks = True, "a setting"
        runner = night(here, count, endless)
        after_a_chat = threading.Thread(target=runner.follow_chat)
        after_a_chat.start()
        assert endless.begun.wait(10)
        threading.Timer(0.2, runner.stop).start()
        runner.run_due()
        after_a_chat.join(10)
        assert count.begun == 1
        assert not runner.statuses()[0].error


def test_a_job_that_lacks_something_runs_only_when_a_person_asks(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        endless = Endless()
        endless.lacks = "a setting"
        runner = night(here, endless)
        runner.run_due()
        assert not endless.begun.is_set()
        assert runner.statuses()[0].needs == "a setting"
        asked = runner.run("endless")
        threading.Thread(target=lambda: endless.begun.wait(10) and runner.stop()).start()
        list(asked)
        assert endless.begun.is_set()


def test_a_step_waits_while_a_person_waits(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        foreground = Foreground()
        job = Counting(here.keep("One thing."))

        def give_way() -> None:
            foreground.wait(60)

        run = Run(here.store, here.clock, "count", give_way=give_way)
        over = threading.Event()

        def work() -> None:
            for _ in run.perform(job, "schedule"):
                pass
            over.set()

        with foreground:
            threading.Thread(target=work, daemon=True).start()
            assert not over.wait(0.2)
            assert job.steps_done == 0
        assert over.wait(10)
        assert job.steps_done == 3


def test_a_model_leaves_its_sentence_when_a_person_asks(tmp_path: Path) -> None:
    class Slow(Obedient):
        def generate(self, request, cancel):  # type: ignore[no-untyped-def]
            from models.protocol import Finished, Piece

            for _ in range(1000):
                if cancel.is_set():
                    yield Finished("cancelled", 1, 1, 0.1, 0.1)
                    return
                yield Piece("word ")
                run.cancel_model.set()

    with world(tmp_path) as here:
        run = Run(here.store, here.clock, "days", model=Slow())
        assert run.write([], 10) is None


def test_runs_that_a_crash_cut_short_are_stopped_ones_and_can_be_undone(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        span = here.keep("One thing.")
        here.store.runs.begin("count/1", "count", "schedule", "now")
        with here.store.runs.step("count/1") as step:
            step.update("counted", "spans", (span,), {"faded_at": "x"})
        runner = night(here, Counting(span))
        runner.recover()
        assert RunLog(here.store, here.clock).summaries(1)[0].state == "stopped"
        assert RunLog(here.store, here.clock).undo("count/1").rows == 1
        assert here.faded() == set()
