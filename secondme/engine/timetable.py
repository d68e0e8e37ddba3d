"""What the engine does by the clock: looking at folders, running jobs that are due, reading what was just said."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED
from apscheduler.schedulers.background import BackgroundScheduler

from secondme.clock import Clock
from secondme.folders.watched import WatchedFolders
from secondme.jobs.scheduler import JobScheduler

JOBS_MINUTES = 10
"""How often the timetable asks whether a job is due."""
FIRST_JOBS_SECONDS = 30
"""When it asks for the first time."""
AFTER_CHAT_SECONDS = 15
"""So long after the last answer run the jobs that follow a chat."""
LOST_SECONDS = 10
"""How often it notices that a watched folder went away or came back."""
log = logging.getLogger(__name__)


class Timetable:
    """Calls the folders and the jobs when their time has come, each in a thread of its own."""

    def __init__(self, clock: Clock, folders: WatchedFolders, jobs: JobScheduler, pending: Callable[[], int]) -> None:
        """Jobs wait until nothing is `pending`."""
        self._clock = clock
        self._folders = folders
        self._jobs = jobs
        self._pending = pending
        self._scheduler = BackgroundScheduler(
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}, timezone="UTC"
        )

    def start(self) -> None:
        """Begin."""
        first = self._clock.now() + timedelta(seconds=FIRST_JOBS_SECONDS)
        self._scheduler.add_job(self._folders.look_everywhere, "interval", hours=1, id="rescan")
        self._scheduler.add_job(self._folders.look_for_lost, "interval", seconds=LOST_SECONDS, id="lost folders")
        self._scheduler.add_job(self._run_due, "interval", minutes=JOBS_MINUTES, id="jobs", next_run_time=first)
        self._scheduler.add_listener(_log_failure, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        self._scheduler.start()

    def follow_chat(self) -> None:
        """Run the jobs that follow a chat, soon; a later answer puts them off."""
        soon = self._clock.now() + timedelta(seconds=AFTER_CHAT_SECONDS)
        self._scheduler.add_job(self._jobs.follow_chat, "date", run_date=soon, id="think", replace_existing=True)

    def close(self) -> None:
        """Call nothing more; what runs is not waited for."""
        self._scheduler.shutdown(wait=False)

    def _run_due(self) -> None:
        if self._pending() == 0:
            self._jobs.run_due()


def _log_failure(event: Any) -> None:
    kind = type(getattr(event, "exception", None)).__name__
    log.error("the scheduled %s was missed or failed: %s", event.job_id, kind)
