"""When jobs run: those that are due, in turn; never against a person, a low battery or the hours that are set."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from models.protocol import LanguageModel
from secondme.api import JobStatus, Progress
from secondme.clock import Clock, instant
from secondme.errors import NothingFound, UsageError
from secondme.jobs.hours import Hours
from secondme.jobs.job import Job, Run
from secondme.jobs.power import battery_percent
from secondme.jobs.priority import give_way_to_others
from secondme.settings import Settings
from storage.store import Store

KEPT = timedelta(days=90)
"""Runs can be undone for so long."""
ROOM_SECONDS = 30.0
"""For a job that makes room: it ends its step and saves what it has."""

log = logging.getLogger(__name__)


class JobScheduler:
    """Runs jobs one at a time: by themselves when they are due, or when a person asks."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        jobs: Sequence[Job],
        *,
        settings: Callable[[], Settings],
        model: Callable[[], LanguageModel | None],
        give_way: Callable[[], None],
        on_change: Callable[[], None] = lambda: None,
        small: Callable[[], bool] = lambda: False,
        battery: Callable[[], int | None] = battery_percent,
    ) -> None:
        """`give_way` returns when nobody waits for an answer. `small`: the model is too small to write by itself."""
        self._small = small
        self._store = store
        self._clock = clock
        self._jobs = {job.name: job for job in jobs}
        self._settings = settings
        self._model = model
        self._give_way = give_way
        self._on_change = on_change
        self._battery = battery
        self._one_at_a_time = threading.Lock()
        self._stop = threading.Event()
        self._run: Run | None = None
        self._progress: Progress | None = None

    # --- running ------------------------------------------------------------------------------------

    def recover(self) -> None:
        """Runs that a crash cut short become stopped ones; their jobs are due again."""
        self._store.runs.recover(instant(self._clock.now()))

    def run_due(self) -> None:
        """Run the jobs that are due, one after the other, as long as they may run; after a job that runs already."""
        give_way_to_others()
        for job in self._jobs.values():
            if self._stop.is_set() or self.reason_to_wait():
                return
            if self.is_due(job) and not job.needs():
                try:
                    for _ in self._perform(job, "schedule", dry=False, wait=True):
                        pass
                except Exception as error:  # the job's row holds the error, and the next ones still run
                    log.error("the job %s failed: %s", job.name, type(error).__name__)
        self._store.runs.trim(instant(self._clock.now() - KEPT))

    def follow_chat(self) -> None:
        """Run the jobs that follow an answer, unless they are paused, may not run now, or another job runs: then they
        come in their turn."""
        give_way_to_others()
        if not self.reason_to_wait():
            self._make_room()
        for job in self._jobs.values():
            if self._stop.is_set():
                return
            paused = self._store.runs.job(job.name)[0] == "paused"
            if job.after_chat and not paused and not self.reason_to_wait() and not self._one_at_a_time.locked():
                with contextlib.suppress(UsageError):
                    for _ in self._perform(job, "schedule", dry=False):
                        pass

    def is_due(self, job: Job) -> bool:
        """Whether the last success of a job was long enough ago, and it is not paused."""
        state, success, _ = self._store.runs.job(job.name)
        if state == "paused":
            return False
        if not success:
            return True
        gap = self._clock.now() - datetime.fromisoformat(success)
        return gap >= job.every or gap < timedelta(0)

    def reason_to_wait(self) -> str:
        """What keeps jobs from running by themselves now, or empty."""
        settings = self._settings()
        if not Hours(settings.jobs_hours).allow(self._clock.now()):
            return f"the hours {settings.jobs_hours}"
        charge = self._battery()
        if charge is not None and charge < settings.jobs_battery:
            return f"the battery, at {charge} %"
        return ""

    def run(self, name: str, *, dry: bool = False, force: bool = False) -> Generator[Progress | Run, None, None]:
        """Run a job now, because a person asks, or preview it. Ends with its run. `force`: also where it finds that
        nothing needs to be done."""
        job = self._job(name)
        self._make_room()
        yield from self._perform(job, "person", dry=dry, force=force)

    def _make_room(self) -> None:
        """Stop a job that runs by itself and goes on another time, and wait until it has ended its step."""
        run = self._run
        if run is not None and self._jobs[run.job].resumes and not run.asked:
            run.stop.set()
            if self._one_at_a_time.acquire(timeout=ROOM_SECONDS):
                self._one_at_a_time.release()

    def _perform(
        self, job: Job, cause: str, *, dry: bool, force: bool = False, wait: bool = False
    ) -> Generator[Progress | Run, None, None]:
        """`wait` for the end of a job that runs, and look again whether this one is due and may run then. Raises
        UsageError where one runs else."""
        if not self._one_at_a_time.acquire(blocking=wait):
            raise UsageError("A job is running.", "Wait for its end, or stop it with `secondme jobs stop`.")
        try:
            # Of what the bundled model writes hardly anything is worth keeping; it writes only when a person asks.
            model = self._model() if cause == "person" or not self._small() else None
            run = Run(
                self._store, self._clock, job.name, dry=dry, give_way=self._give_way, stop=threading.Event(),
                model=model, force=force, asked=cause == "person",
            )  # fmt: skip
            self._run = run
            if self._stop.is_set() or (wait and (self.reason_to_wait() or not self.is_due(job))):
                return
            with closing(run.perform(job, cause)) as events:  # its end is recorded before another job may run
                for progress in self._rated(events):
                    self._progress = progress
                    self._on_change()
                    yield progress
            yield run
        finally:
            self._run, self._progress = None, None
            self._one_at_a_time.release()
            self._on_change()

    def _rated(self, events: Iterator[Progress]) -> Iterator[Progress]:
        """Progress with its rate and the time that is left, stage by stage."""
        stage, begun, first = "", 0.0, 0
        for event in events:
            if event.stage + event.unit != stage:
                stage, begun, first = event.stage + event.unit, self._clock.monotonic(), event.done
            seconds = self._clock.monotonic() - begun
            rate = (event.done - first) / seconds if seconds > 0 else 0.0
            left = (event.total - event.done) / rate if rate > 0 else None
            yield replace(event, per_second=round(rate, 1), seconds_left=left)

    def begin_answer(self) -> None:
        """A person asks: the model leaves what it writes for a job within one token."""
        run = self._run
        if run is not None:
            run.cancel_model.set()

    def stop(self) -> bool:
        """Stop the job that runs, after its step; whether one ran."""
        run = self._run
        if run is None:
            return False
        run.stop.set()
        run.cancel_model.set()
        return True

    def close(self) -> None:
        """Stop, and wait for the step in hand."""
        self._stop.set()
        self.stop()
        with self._one_at_a_time:
            pass

    @property
    def activity(self) -> str:
        """What runs now, or empty."""
        run, progress = self._run, self._progress
        if run is None:
            return ""
        return f"{run.job} {progress.done:,} of {progress.total:,}" if progress else run.job

    @property
    def holds_engine(self) -> bool:
        """Whether a job runs that is over in a minute or two. One that uses a model, or is long, is stopped, and goes
        on next time."""
        run = self._run
        if run is None or self._jobs[run.job].resumes:
            return False
        return run.model is None or self._jobs[run.job].short

    # --- listing ------------------------------------------------------------------------------------

    def statuses(self) -> list[JobStatus]:
        """Every job: whether it is on, when it last succeeded, whether it is due or runs."""
        found = []
        reason = self.reason_to_wait()
        for job in self._jobs.values():
            state, success, error = self._store.runs.job(job.name)
            running = self._run is not None and self._run.job == job.name
            next_at = instant(datetime.fromisoformat(success) + job.every) if success else ""
            progress = self._progress if running else None
            found.append(
                JobStatus(job.name, job.title, state, success, next_at, running, error, reason, progress, job.needs())
            )
        return found

    def pause(self, name: str, *, paused: bool) -> None:
        """Pause a job or all (""), or let it go on."""
        for job in [self._job(name)] if name else list(self._jobs.values()):
            self._store.runs.set_job(job.name, "paused" if paused else "on")
            if paused and self._run is not None and self._run.job == job.name:
                self.stop()
        self._on_change()

    def _job(self, name: str) -> Job:
        if name not in self._jobs:
            raise NothingFound(f"There is no job {name}.", f"There are: {', '.join(self._jobs)}.")
        return self._jobs[name]
