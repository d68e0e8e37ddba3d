"""The job that teaches the model at night what memory holds, and how its owner writes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing

from secondme.adapters.personal import PersonalAdapters
from secondme.adapters.stopping import AnyOf
from secondme.api import Progress
from secondme.errors import SecondMeError
from secondme.jobs.job import Job, Run, Stopped
from storage.adapters import AdapterRow, Kind

KEPT = 3
"""Adapters of earlier nights that are kept of each kind: a few megabytes each."""
BY_HAND: Kind = "facts"
"""What the job teaches where a person runs it, and no setting asks for anything."""
_LEARNT: Mapping[Kind, Callable[[AdapterRow], tuple[str, int]]] = {
    "facts": lambda row: ("facts learnt", len(row.facts)),
    "voice": lambda row: ("messages learnt", row.spans),
}


class NightTraining(Job):
    """Trains an adapter of each kind that is asked for where memory holds something else than what was learnt, and uses
    it if it passes its trial. Undo gives back the one before."""

    name = "train"
    title = "Teach the model what you told it, how you write (self.train, self.voice)"
    resumes = True

    def __init__(
        self,
        adapters: PersonalAdapters,
        wanted: Callable[[], Sequence[Kind]],
        on_battery: Callable[[], bool] = lambda: False,
    ) -> None:
        """`wanted`: the kinds that the settings ask for."""
        self._adapters, self._wanted, self._on_battery = adapters, wanted, on_battery

    def needs(self) -> str:
        """A setting, and mains power."""
        if not self._wanted():
            return "the setting self.train or self.voice"
        return "mains power" if self._on_battery() else ""

    def steps(self, run: Run) -> Iterator[Progress]:
        """Train to the end, or until something else needs the machine: the next run goes on from there."""
        for kind in self._wanted() or (BY_HAND,):
            yield from self._steps_of(run, kind)

    def _steps_of(self, run: Run, kind: Kind) -> Iterator[Progress]:
        try:
            row = self._adapters.made_already(kind)
        except SecondMeError:
            if run.asked:
                raise
            return  # nothing that could be learnt: not worth a word each night
        made = row is None
        if made and run.asked and self._on_battery():
            raise SecondMeError("An adapter is trained on mains power only.", "Plug the machine in, and run it again.")
        if run.dry:
            what = "adapters to train"
            run.counts[what] = run.counts.get(what, 0) + int(made)
            return
        if row is None:
            row = yield from self._trained(run, kind)
        if self._is_to_be_used(run, row, made):
            with run.step() as step:
                self._adapters.use_in(step, row)
                step.count(*_LEARNT[kind](row))
        elif made:
            with run.step() as step:
                step.refuse("trial", self._adapters.why_off(row), ())
        self._adapters.keep_latest(kind, "night", KEPT)

    def _trained(self, run: Run, kind: Kind) -> Generator[Progress, None, AdapterRow]:
        """The adapter of this night. Raises Stopped, SecondMeError, ModelError."""
        # On battery it does not wait for power: every other job would wait with it.
        stop = AnyOf(run.stop.is_set, self._on_battery)
        training = self._adapters.make(stop, "night", kind)
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
        """Whether an adapter is one to switch to: a new one that passed, or one of the same lessons that stands aside
        because they were forgotten for a while. One that a person took off stays off."""
        if row.state != "ready" or self._adapters.why_off(row):
            return False
        undone = run.store.runs.undone_keys("adapters", "used")
        return made or (row.id not in undone and self._adapters.chosen(row.kind) is not None)
