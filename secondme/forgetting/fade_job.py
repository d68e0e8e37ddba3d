"""The job that lets memories fade: they leave the hot indexes, and come back when someone recalls them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from secondme.api import Progress
from secondme.clock import instant
from secondme.forgetting.lived_days import tick
from secondme.forgetting.retention import OFF, Policy, outlook
from secondme.jobs.job import Job, Run
from secondme.text.promises import has_promise
from storage.fading import MemoryState

READ = 1000
"""Spans weighed at once: about ten milliseconds."""
FADE = 100
"""Most spans that fade in one transaction."""
SHARE, LEAST_CAP = 0.05, 200
"""A run lets at most this share of the hot memories fade, or at most so many, whichever is more."""
KEPT_AFTER = timedelta(days=30)
"""A promise does not fade for so long after its date."""
UNDATED_DAYS = 365.0
"""A promise without a date does not fade for so many days lived."""


def most_a_run(hot: int) -> int:
    """The cap of a run over so many hot memories."""
    return max(int(SHARE * hot), LEAST_CAP)


class Forgetting(Job):
    """MemoryBank's forgetting, as fading: a memory leaves the hot indexes, and is not erased."""

    name = "forget"
    title = "Let what was not recalled for long fade from the hot indexes"
    short = True

    def __init__(self, policy: Callable[[], Policy], *, most: Callable[[int], int] = most_a_run) -> None:
        """`policy` is asked at each run. `most`: from the number of hot memories, how many a run may let fade."""
        self._policy = policy
        self._most = most

    def steps(self, run: Run) -> Iterator[Progress]:
        """Weigh every hot span; the weakest of those below the threshold fade, up to the cap."""
        store, policy = run.store, self._policy()
        now = run.now
        steady = True if run.dry else tick(store.fading, now)
        if policy == OFF or not steady:
            return
        lived = store.fading.lived()
        spared = store.runs.undone_keys("spans", "faded")
        total = max(store.words.span_count(), 1)
        weakest: list[tuple[float, MemoryState]] = []
        after = seen = 0
        while batch := store.fading.hot(after, READ):
            run.pause()
            after = batch[-1].seq
            seen += len(batch)
            for memory in batch:
                stands = outlook(memory, lived, policy)
                if stands.fades_in is not None and stands.fades_in <= 0 and memory.id not in spared:
                    weakest.append((stands.retention, memory))
            yield Progress("weighing", min(seen, total), total, "memories")
        weakest.sort(key=lambda entry: (entry[0], entry[1].seq))
        cap = self._most(total)
        faded = 0
        for begin in range(0, len(weakest), FADE):
            if faded >= cap:
                break
            group = [memory for _, memory in weakest[begin : begin + FADE]][: cap - faded]
            with run.step() as step:
                promises = self._promises(run, group, lived)
                current = store.fading.of([memory.id for memory in group])
                for memory in group:
                    # What was pinned or recalled since it was weighed stays.
                    if memory.seq in promises or current.get(memory.id) != memory:
                        step.count("kept", int(memory.seq in promises))
                        continue
                    if step.update("faded", "spans", (memory.id,), {"faded_at": instant(now)}):
                        step.count("faded")
                        faded += 1
                if not step.listed:
                    step.counts.pop("kept", None)
            yield Progress("fading", faded, min(cap, len(weakest)), "memories")

    def _promises(self, run: Run, group: list[MemoryState], lived: float) -> set[int]:
        """Row numbers of those that promise something, unless its day passed long ago."""
        ages = {memory.seq: lived - memory.lived for memory in group}
        ends = run.store.fading.promises_until([memory.seq for memory in group])
        limit = instant(run.now - KEPT_AFTER)
        found = run.store.spans.by_seq([memory.seq for memory in group])
        return {
            seq
            for seq, span in found.items()
            if ends.get(seq, "") > instant(run.now)
            or (has_promise(span.span.text) and (ends[seq] > limit if seq in ends else ages[seq] < UNDATED_DAYS))
        }
