"""The jobs that write summaries: of days, weeks and months (as MemoryBank has them), and of the topics of the tree."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from secondme.api import Progress
from secondme.clock import instant
from secondme.consolidation.summary_writer import (
    central_spans,
    grounded_sentences,
    group_by_source,
    memory_id,
    model_name,
    quote,
    store_summary,
    summary,
    write_sentences,
)
from secondme.jobs.job import Job, Run, Stopped
from storage.memories import SourceSpan

SENTENCES = 3
OVERVIEW = 5
"""Sentences of a week or a month."""
READ = 6
"""Spans of each source that a model reads."""
GROUPS = 2
"""Sources of a day or a topic that a model reads, each by itself."""
SMALLEST_TOPIC = 8
SMALLEST_TREE = 500


def _of_spans(run: Run, kind: str, about: str, digest: str, spans: Sequence[SourceSpan], *, quotes: bool) -> None:
    """Write a summary of spans: by the model, filled up with quotes if `quotes`."""
    chosen = central_spans(run.store, spans, SENTENCES)
    texts: list[tuple[list[str], list[SourceSpan]]] = []
    if run.model is not None:
        for group in group_by_source(spans, GROUPS):
            read = central_spans(run.store, group, READ)
            texts.append((write_sentences(run, read), read))
    with run.step() as step:
        own = [sentence for answer, read in texts for sentence in grounded_sentences(step, answer, read)][:SENTENCES]
        cited = {span_id for sentence in own for span_id in sentence.sources}
        fill = [quote(span) for span in chosen if span.id not in cited] if quotes else []
        found = (own + fill)[:SENTENCES]
        if found or run.model is not None:  # without sentences it records that the model was asked
            store_summary(step, run.store, summary(run, kind, about, digest, found))


def _remove(run: Run, abouts: Collection[str]) -> None:
    """Take summaries away whose subject is gone."""
    if not abouts:
        return
    with run.step() as step:
        for about in abouts:
            step.count("removed", int(run.store.memories.remove(step, about, "removed")))


def _was_undone(run: Run, about: str, digest: str, spared: set[str]) -> bool:
    """Whether a person undid this summary."""
    return memory_id(about, digest, model_name(run)) in spared


class Summaries(Job):
    """Writes summaries of days that are over, where a day is new or changed, then of their weeks and months."""

    name = "summaries"
    title = "Sum up days, weeks and months, each sentence with its sources"

    def steps(self, run: Run) -> Iterator[Progress]:
        """Days first; a week and a month from their days."""
        memories = run.store.memories
        spared = run.store.runs.undone_keys("memories", "day written")
        today = instant(run.now)[:10]
        days = [(day, digest) for day, digest in memories.days() if day < today]
        held = memories.digests("day")
        # Days that were quoted for want of a model are written anew when there is one.
        quoted = memories.without_model("day") if run.model is not None else set()
        waiting = [
            (day, digest)
            for day, digest in days
            if (held.get(f"day:{day}") != digest or f"day:{day}" in quoted)
            and not _was_undone(run, f"day:{day}", digest, spared)
        ]
        for done, (day, digest) in enumerate(waiting):
            _of_spans(run, "day", f"day:{day}", digest, memories.of_day(day), quotes=True)
            yield Progress("summing up", done + 1, len(waiting), "days")
        _remove(run, held.keys() - {f"day:{day}" for day, _ in days})
        yield from self._overviews(run, "week", _week)
        yield from self._overviews(run, "month", lambda about: f"month:{about[4:11]}")

    @staticmethod
    def _overviews(run: Run, kind: str, above: Callable[[str], str]) -> Iterator[Progress]:
        """Summaries of several days: the first sentence of each, as many as fit, evenly spread."""
        memories = run.store.memories
        groups: dict[str, list[tuple[str, str]]] = {}
        for about, digest in sorted(memories.digests("day").items()):
            groups.setdefault(above(about), []).append((about, digest))
        held = memories.digests(kind)
        spared = run.store.runs.undone_keys("memories", f"{kind} written")
        for done, (about, members) in enumerate(groups.items()):
            digest = hashlib.sha256(repr(members).encode()).hexdigest()[:16]
            if held.get(about) == digest or len(members) < 2 or memory_id(about, digest, "") in spared:
                continue
            step_width = max(len(members) / OVERVIEW, 1.0)
            chosen = [members[int(i * step_width)][0] for i in range(min(OVERVIEW, len(members)))]
            found = [day.sentences[0] for name in chosen if (day := memories.about(name)) and day.sentences]
            if found:
                with run.step() as step:
                    store_summary(step, run.store, summary(run, kind, about, digest, found, model=""))
            yield Progress("summing up", done + 1, len(groups), f"{kind}s")
        _remove(run, held.keys() - {about for about, members in groups.items() if len(members) > 1})


def _week(about: str) -> str:
    year, week, _ = date.fromisoformat(about[4:14]).isocalendar()
    return f"week:{year}-W{week:02}"


class Topics(Job):
    """Writes the nodes of the tree by topic whose spans changed, with a model; without a model their quotes stay."""

    name = "topics"
    title = "Name the topics of the memory tree in words of a model"

    def steps(self, run: Run) -> Iterator[Progress]:
        """The largest nodes first."""
        memories, trees = run.store.memories, run.store.trees
        digests = dict(trees.sentence_digests(SMALLEST_TOPIC))
        held = memories.digests("node")
        _remove(run, held.keys() - {f"node:{node}" for node in digests})
        if run.model is None:
            return
        spared = run.store.runs.undone_keys("memories", "node written")
        waiting = [
            (node, digest)
            for node, digest in digests.items()
            if held.get(f"node:{node}") != digest and not _was_undone(run, f"node:{node}", digest, spared)
        ]
        for done, (node, digest) in enumerate(waiting):
            spans = memories.spans(trees.sentence_spans(node))
            if spans:
                _of_spans(run, "node", f"node:{node}", digest, spans, quotes=False)
            yield Progress("naming", done + 1, len(waiting), "topics")


class Balance(Job):
    """Builds the memory tree anew when it has grown by a half: then the order of arrival does not decide its shape."""

    name = "rebalance"
    title = "Re-balance the memory tree when it has grown by a half"
    short = True

    def __init__(self, rebalance: Callable[[Run], Iterator[Progress]]) -> None:
        """`rebalance` builds the tree and switches to it; it records the switch in the run."""
        self._rebalance = rebalance

    def steps(self, run: Run) -> Iterator[Progress]:
        """Build one tree, or none if the tree has not grown enough."""
        size, built = run.store.trees.growth()
        if not run.force and (size < SMALLEST_TREE or size * 2 < built * 3):
            return
        if run.dry:
            run.counts["spans arranged anew"] = size
            return
        for progress in self._rebalance(run):
            if run.stop.is_set():
                raise Stopped
            run.give_way()
            yield progress
