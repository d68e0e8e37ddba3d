"""The log of runs: what jobs did, and the undoing of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from secondme.api import RunChange, RunDetail, RunSummary, Undone
from secondme.clock import Clock, instant
from secondme.errors import NothingFound, UsageError
from secondme.facts.intervals import row_sentence
from secondme.jobs.job import Run
from storage.facts import StatementRow
from storage.records import FoundSpan
from storage.runs import ChangeRecord, Conflict, RunRecord
from storage.store import Store

SHOWN = 200
EXCERPT = 90


class RunLog:
    """Lists runs with what they changed, and undoes them."""

    def __init__(self, store: Store, clock: Clock, on_change: Callable[[], None] = lambda: None) -> None:
        """`on_change` is called when rows were given back."""
        self._store = store
        self._clock = clock
        self._on_change = on_change

    def summaries(self, limit: int) -> list[RunSummary]:
        """The latest runs, newest first."""
        return [_summary(record) for record in self._store.runs.all(limit)]

    def find(self, name: str) -> RunRecord:
        """The run whose id is `name` or begins with it. Raises NothingFound, UsageError."""
        found = self._store.runs.one(name) if name else []
        if not found:
            raise NothingFound(f"There is no run {name}.", "`secondme runs` lists them.")
        if len(found) > 1:
            raise UsageError(f"Several runs begin with {name}.", "Give the whole id.")
        return found[0]

    def detail(self, name: str) -> RunDetail:
        """A run with what it changed and refused. Raises NothingFound, UsageError."""
        record = self.find(name)
        changes = self._store.runs.changes(record.id, SHOWN)
        refusals = self._store.runs.refusals(record.id, SHOWN)
        return RunDetail(
            _summary(record), self._changes(changes), tuple((refusal.reason, refusal.text) for refusal in refusals)
        )

    def detail_of(self, run: Run) -> RunDetail:
        """What a run did that has just ended. A preview, and a run that changed nothing, left no row."""
        if not run.dry and self._store.runs.one(run.id):
            return self.detail(run.id)
        now = instant(self._clock.now())
        counts = tuple(sorted((what, number) for what, number in run.counts.items() if number))
        state = "preview" if run.dry else "done"
        summary = RunSummary(run.id, run.job, "person", state, now, now, counts, len(run.preview), "")
        return RunDetail(summary, self._changes(run.preview), ())

    def undo(self, name: str) -> Undone:
        """Give back every row that a run changed. Raises UsageError where it runs or is undone already."""
        record = self.find(name)
        if record.state in ("running", "undone"):
            raise UsageError(f"The run {record.id} is {record.state}.", "`secondme runs` lists them.")
        rows, conflicts = self._store.runs.undo(record.id, instant(self._clock.now()))
        self._on_change()
        spans = self._store.spans.by_id([str(conflict.key[0]) for conflict in conflicts if conflict.table == "spans"])
        return Undone(record.id, rows, tuple(_conflict(conflict, spans) for conflict in conflicts))

    def _changes(self, changes: Sequence[ChangeRecord]) -> tuple[RunChange, ...]:
        """Changes as a person reads them; rows that only carry others are left out."""
        spans = self._store.spans.by_id([str(change.key[0]) for change in changes if change.table == "spans"])
        views = (_VIEWS[change.table](change, spans) for change in changes if change.table in _VIEWS)
        return tuple(view for view in views if view is not None)


def _span_change(change: ChangeRecord, spans: Mapping[str, FoundSpan]) -> RunChange:
    """A memory that faded or merged."""
    span = spans.get(str(change.key[0]))
    label = " ".join(span.span.text.split())[:EXCERPT] if span else "(no longer in memory)"
    into = (change.after or {}).get("merged_into")
    return RunChange(change.what, label, str(change.key[0]), f"into {into}" if into else "")


def _memory_change(change: ChangeRecord, _: Mapping[str, FoundSpan]) -> RunChange:
    """A summary that was written."""
    row = change.after or change.before or {}
    return RunChange(change.what, str(row.get("about", "")), "", str(row.get("model", "")) or "quotes")


def _sentence_change(change: ChangeRecord, _: Mapping[str, FoundSpan]) -> RunChange | None:
    """A sentence of a summary; those that only quote have no text of their own."""
    text = str((change.after or {}).get("text") or "")
    return RunChange(change.what, text[:EXCERPT], "", "") if text else None


def _statement_change(change: ChangeRecord, _: Mapping[str, FoundSpan]) -> RunChange:
    """A statement that was learnt or taken back."""
    row = StatementRow(**(change.after or change.before or {}))
    return RunChange(change.what, f"{'no longer: ' if row.ends else ''}{row_sentence(row)}", row.span_id, "")


def _alias_change(change: ChangeRecord, _: Mapping[str, FoundSpan]) -> RunChange:
    """Two names that were found to be of the same person."""
    alias = change.after or change.before or {}
    return RunChange(change.what, f"{alias['key']} is {alias['entity']}", alias["span_id"], alias["reason"])


def _tree_change(change: ChangeRecord, _: Mapping[str, FoundSpan]) -> RunChange:
    """A memory tree that was built or switched to."""
    return RunChange(change.what, f"tree {change.key[0]}: {(change.after or {}).get('state')}", "", "")


def _adapter_change(change: ChangeRecord, _: Mapping[str, FoundSpan]) -> RunChange:
    """A personal adapter that is used from then on, or no longer."""
    return RunChange(change.what, "adapter", str(change.key[0]), "")


_VIEWS: Mapping[str, Callable[[ChangeRecord, Mapping[str, FoundSpan]], RunChange | None]] = {
    "spans": _span_change,
    "memories": _memory_change,
    "sentences": _sentence_change,
    "statements": _statement_change,
    "aliases": _alias_change,
    "trees": _tree_change,
    "adapters": _adapter_change,
}


def _conflict(conflict: Conflict, spans: Mapping[str, FoundSpan]) -> str:
    """A row that was changed since, for a person."""
    span = spans.get(str(conflict.key[0]))
    what = " ".join(span.span.text.split())[:EXCERPT] if span else f"{conflict.table} {conflict.key[0]}"
    return f"{what}: changed by {f'the run {conflict.run}' if conflict.run else 'other work'}"


def _summary(record: RunRecord) -> RunSummary:
    counts = tuple(sorted(record.counts.items()))
    return RunSummary(
        record.id, record.job, record.cause, record.state, record.started_at, record.ended_at, counts, record.changes,
        record.error,
    )  # fmt: skip
