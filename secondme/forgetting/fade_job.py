"""The job that lets memories fade: they leave the hot indexes, and come back when they are recalled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from secondme.api import Progress
from secondme.clock import instant
from secondme.forgetting.lived_days import tick
from secondme.forgetting.retention import Policy, outlook
from secondme.jobs.job import Job, Run
from secondme.text.promises import promised
from storage.fading import Held

READ = 1000
"""Spans weighed at once: about ten milliseconds."""
FADE = 100
"""Spans that fade in one transaction."""
SHARE, LEAST_CAP = 0.05, 200
"""A run lets at most this share of the hot memories fade, or so many where that is more."""
KEPT_AFTER = timedelta(days=30)
"""A promise stays for so long after its date."""
UNDATED_DAYS = 365.0
"""A promise without a date stays for so many days lived."""


def most_a_run(hot: int) -> int:
    """The cap of a run over so many hot memories."""
    return max(int(SHARE * hot), LEAST_CAP)


class Forgetting(Job):
    """MemoryBank's forgetting, as fading. `policy` is asked at each run."""

    name = "forget"
    title = "Let what was not recalled for long fade from the hot indexes"
    short = True

    def __init__(self, policy: Callable[[], Policy], *, most: Callable[[int], int] = most_a_run) -> None:
        """`most`: how many of so many hot memories one run may let fade."""
        self._policy = policy
        self._most = most

    def steps(self, run: Run) -> Iterator[Progress]:
        """Weigh every hot span; the weakest of those below the threshold fade, up to the cap."""
        store, policy = run.store, self._policy()
        now = run.now
        steady = True if run.dry else tick(store.fading, now)
        if policy == "off" or not steady:
            return
        lived = store.fading.lived()
        spared = store.runs.undone_keys("spans", "faded")
        total = max(store.words.span_count(), 1)
        weakest: list[tuple[float, Held]] = []
        after = seen = 0
        while batch := store.fading.held(after, READ):
            run.pause()
            after = batch[-1].seq
            seen += len(batch)
            for one in batch:
                stands = outlook(one, lived, policy)
                if stands.fades_in is not None and stands.fades_in <= 0 and one.id not in spared:
                    weakest.append((stands.retention, one))
            yield Progress("weighing", min(seen, total), total, "memories")
        weakest.sort(key=lambda entry: (entry[0], entry[1].seq))
        cap = self._most(total)
        faded = 0
        for begin in range(0, len(weakest), FADE):
            if faded >= cap:
                break
            group = [one for _, one in weakest[begin : begin + FADE]][: cap - faded]
            with run.step() as step:
                kept = self._kept(run, group, lived)
                # Whoever was pinned or recalled since it was weighed stays.
                current = store.fading.of([one.id for one in group])
                for one in group:
                    if one.seq in kept or current.get(one.id) != one:
                        step.count("kept", int(one.seq in kept))
                        continue
                    if step.update("faded", "spans", (one.id,), {"faded_at": instant(now)}):
                        step.count("faded")
                        faded += 1
                if not step.listed:
                    step.counts.pop("kept", None)
            yield Progress("fading", faded, min(cap, len(weakest)), "memories")

    def _kept(self, run: Run, group: list[Held], lived: float) -> set[int]:
        """Row numbers of those that promise something whose day has not passed long ago."""
        ages = {one.seq: lived - one.lived for one in group}
        ends = run.store.fading.promises_until([one.seq for one in group])
        limit = instant(run.now - KEPT_AFTER)
        found = run.store.spans.by_seq([one.seq for one in group])
        return {
            seq
            for seq, one in found.items()
            if ends.get(seq, "") > instant(run.now)
            or (promised(one.span.text) and (ends[seq] > limit if seq in ends else ages[seq] < UNDATED_DAYS))
        }
