"""The job that teaches the model at night what memory holds."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing

from secondme.adapters.personal import PersonalAdapters
from secondme.adapters.stopping import AnyOf
from secondme.api import Progress
from secondme.errors import SecondMeError
from secondme.jobs.job import Job, Run, Stopped
from storage.adapters import AdapterRow

KEPT = 3
"""Adapters of earlier nights that are kept: a few megabytes each."""


class NightTraining(Job):
    """Trains an adapter where memory holds other facts than those that were learnt, and uses it if it passes its trial.
    Undo gives back the one before."""

    name = "train"
    title = "Teach the model what your memory holds (if the setting self.train is on)"
    resumes = True

    def __init__(
        self, adapters: PersonalAdapters, wanted: Callable[[], bool], on_battery: Callable[[], bool] = lambda: False
    ) -> None:
        """`wanted`: whether the setting asks for it."""
        self._adapters, self._wanted, self._on_battery = adapters, wanted, on_battery

    def needs(self) -> str:
        """The setting, and mains power."""
        if not self._wanted():
            return "the setting self.train"
        return "mains power" if self._on_battery() else ""

    def steps(self, run: Run) -> Iterator[Progress]:
        """Train to the end, or until something else needs the machine: the next run goes on from there."""
        try:
            row = self._adapters.made_already()
        except SecondMeError:
            if run.asked:
                raise
            return  # nothing that could be learnt: not worth a word each night
        made = row is None
        if made and run.asked and self._on_battery():
            raise SecondMeError("An adapter is trained on mains power only.", "Plug the machine in, and run it again.")
        if run.dry:
            run.counts["adapters to train"] = int(made)
            return
        if row is None:
            row = yield from self._trained(run)
        if self._is_to_be_used(run, row, made):
            with run.step() as step:
                self._adapters.use_in(step, row)
                step.count("facts learnt", len(row.facts))
        elif made:
            with run.step() as step:
                step.refuse("trial", self._adapters.why_off(row), ())
        self._adapters.keep_latest("night", KEPT)

    def _trained(self, run: Run) -> Generator[Progress, None, AdapterRow]:
        """The adapter of this night. Raises Stopped, SecondMeError, ModelError."""
        # On battery it does not wait for power: every other job would wait with it.
        stop = AnyOf(run.stop.is_set, self._on_battery)
        training = self._adapters.make(stop, "night")
        with closing(training):
            while True:
                try:
                    progress = next(training)
                except StopIteration as ended:
                    row: AdapterRow | None = ended.value
                    break
                yield progress
        if row is None:
            raise Stopped
        return row

    def _is_to_be_used(self, run: Run, row: AdapterRow, made: bool) -> bool:
        """Whether an adapter is one to switch to: a new one that passed, or one of the same facts that stands aside
        because they were forgotten for a while. One that a person took off stays off."""
        if row.state != "ready" or self._adapters.why_off(row):
            return False
        undone = run.store.runs.undone_keys("adapters", "used")
        return made or (row.id not in undone and self._adapters.chosen() is not None)
