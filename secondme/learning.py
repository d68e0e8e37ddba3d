"""The job that reads what people said for statements about themselves and others. No model takes part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from secondme.api import Progress
from secondme.entities import folded
from secondme.fact_patterns import Refusal, Statement, key, statements
from secondme.ids import derived_id
from secondme.jobs import Run
from secondme.timex import expressions
from storage.facts import COLUMNS, StatementRow, Unread

BATCH = 50
EXTRACTOR = "patterns/1"
ME = "me"


class Learning:
    """Statements from the words of people: never from an assistant's, and never from a text without a speaker."""

    name = "learn"
    title = "Read what was said for facts: who lives where, works at what, likes what"

    def __init__(self, me: Callable[[], str]) -> None:
        """`me` is my name, for showing."""
        self._me = me

    def steps(self, run: Run) -> Iterator[Progress]:
        """Every span once, oldest first."""
        store = run.store
        spared = store.runs.undone_keys("statements", "learnt")
        total = store.facts.count()
        done = after = 0
        while spans := store.facts.waiting(BATCH, after):
            after = spans[-1].seq
            read = [(span, list(self._read(span))) for span in spans]
            known = store.facts.existing(
                [one.id for _, found in read for one in found if isinstance(one, StatementRow)]
            )
            with run.step() as step:
                for span, statements_of in read:
                    for found in statements_of:
                        if isinstance(found, Refusal):
                            step.refuse(found.reason, found.text, (span.id,))
                        elif found.id not in spared and found.id not in known:
                            row = {name: getattr(found, name) for name in COLUMNS}
                            step.insert("learnt", "statements", row, (span.id,))
                            step.count("learnt")
                step.executemany(
                    "DELETE FROM derivations WHERE stage = 'facts' AND span_seq = ?", [(span.seq,) for span in spans]
                )
            done += len(spans)
            yield Progress("reading", done, max(total, done), "passages")

    def _read(self, span: Unread) -> Iterator[StatementRow | Refusal]:
        if not span.speaker or span.role not in ("me", "other"):
            return
        seen: set[str] = set()
        for found in statements(span.text, has_speaker=True):
            if isinstance(found, Refusal):
                yield found
                continue
            row = self._row(span, found)
            if row.id not in seen:
                seen.add(row.id)
                yield row

    def _row(self, span: Unread, found: Statement) -> StatementRow:
        subject, name = self._subject(span, found.subject)
        valid_from, precision = _valid_from(span, found)
        object_key = key(found.relation, found.object)
        return StatementRow(
            id=derived_id("statement", span.id, found.start, found.relation, object_key),
            subject=subject,
            subject_name=name,
            relation=found.relation,
            object=object_key,
            object_name=found.object,
            span_id=span.id,
            start=found.start,
            end=found.end,
            stance=found.stance,
            told_by=found.told_by,
            ends=int(found.ends),
            valid_from=valid_from,
            precision=precision,
            recorded_at=span.recorded_at,
            confidence=found.confidence,
            extractor=EXTRACTOR,
            verdict="",
        )

    def _subject(self, span: Unread, said: str) -> tuple[str, str]:
        """(key, name) of whom a statement is about."""
        mine = self._me()
        name = span.speaker if said == ME else said
        if (said == ME and span.role == "me") or (mine and folded(name) == folded(mine)):
            return ME, mine or span.speaker
        return folded(name), name


def _valid_from(span: Unread, found: Statement) -> tuple[str, str]:
    """(day, precision) from which a statement holds: a time in its own sentence, else when it was said or taken in."""
    if not span.happened_at or span.precision == "mtime":
        return span.recorded_at[:10], "recorded"
    said = datetime.fromisoformat(span.happened_at)
    begin = max((span.text.rfind(mark, 0, found.start) for mark in ".!?\n"), default=-1) + 1
    ends = [at for mark in ".!?\n" if (at := span.text.find(mark, found.end)) >= 0]
    end = min(ends, default=len(span.text))
    for one in expressions(span.text, said):
        if begin <= one.start < end and one.kind != "vague" and one.begins <= said:
            return one.begins.date().isoformat(), "told"
    return span.happened_at[:10], "said"
