"""The jobs that read what people said for statements about themselves and others: by patterns, and with a model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol

from secondme.api import Progress
from secondme.facts.context import in_context
from secondme.facts.fields import records
from secondme.facts.identity import ME, Identities
from secondme.facts.intervals import outcome
from secondme.facts.model_reader import ModelReader, ReadBefore
from secondme.facts.patterns import statements
from secondme.facts.phrases import Pattern
from secondme.facts.plans import CALLED_OFF
from secondme.facts.relations import relation
from secondme.facts.starts import ENDED, ENDED_FOR_CERTAIN, UNDATED
from secondme.facts.statement import Refusal, Statement
from secondme.facts.tongues.times import happens_in, since_said
from secondme.ids import derived_id
from secondme.jobs.job import Job, Run
from secondme.text.entities import fold_name
from secondme.text.sentences import sentences
from secondme.text.timex.calendar import Grain
from secondme.text.timex.expressions import expressions
from secondme.text.timex.names import MONTHS
from storage.facts import COLUMNS, StatementRow, Unread
from storage.store import Store

BATCH = 50
EVENT = Pattern(
    r"(?i)\b(moved|relocated|landed|arrived|settled|started|began|begun|joined|got|bought|adopted|became|become|born"
    r"|turned|hired|took|taken|promoted|retired|quit|left|stopped|gave up|given up|sold|married|died|passed|signed"
    r"|switched|changed|went|came|turned|finished|made|picked up|swapped|traded|rented|found)\b"
)
"""Verbs of what happens at a time; a time beside another verb says nothing of when it began to hold."""
_DENIAL = re.compile(r"(?i)\b(?:not|never|do not|does not|\w+n['’]?t)\b")
_TURNED = re.compile(r"(?i)\bturned\b|\bbirthday\b|['’]s?\s\w+(?:st|nd|rd|th)\b")
"""Of what is timeless else, this is said of a day: "turned 80 on Tuesday", "her 80th was on Tuesday"."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\byears?\b")
_MONTH_NAME = re.compile(rf"(?i)\b(?:{'|'.join(MONTHS)})\b")
_DAY_NUMBER = re.compile(r"(?<![\d-])\d{1,2}(?!\d)")


class Extractor(Protocol):
    """Reads spans for statements."""

    @property
    def name(self) -> str:
        """Its name where a statement says who read it."""
        ...

    @property
    def batch(self) -> int:
        """The number of spans that are read in one step."""
        ...

    def can_read(self, run: Run) -> bool:
        """Whether it has what it reads with; else the spans wait."""
        ...

    def read(self, run: Run, spans: Sequence[Unread], before: ReadBefore) -> list[list[Statement | Refusal]]:
        """What each span states, and what it seems to state and does not. `before`: what was read in them before."""
        ...


class Patterns:
    """Reads what a speaker says by patterns, and calendars, contacts, tables and headers by their fields. No model."""

    name = "patterns/2"
    batch = BATCH

    def can_read(self, run: Run) -> bool:
        """Patterns need nothing."""
        return True

    def read(self, run: Run, spans: Sequence[Unread], before: ReadBefore) -> list[list[Statement | Refusal]]:
        """What each span states: never from an assistant's words, and of a text without a speaker only its records."""
        return [self.read_one(span) for span in spans]

    def read_one(self, span: Unread) -> list[Statement | Refusal]:
        """What one span states."""
        speaks = span.speaker and span.evidence and span.role in ("me", "other")
        said = statements(span.text, span.speaker) if speaks else ()
        return [*records(span), *said]


class Learning(Job):
    """A job that reads every span once with an extractor, and keeps what it states."""

    def __init__(self, extractor: Extractor, *, name: str, title: str, stage: str) -> None:
        """`stage`: the queue of spans that it reads from."""
        self.name = name
        self.title = title
        self._extractor = extractor
        self._stage = stage

    def steps(self, run: Run) -> Iterator[Progress]:
        """Every span once, oldest first."""
        store = run.store
        total = store.facts.count(self._stage)
        if not total or not self._extractor.can_read(run):
            return
        spared = store.runs.undone_keys("statements", "learnt")
        who = Identities(store.facts.aliases())
        done = after = 0
        while spans := store.facts.waiting(self._extractor.batch, after, self._stage):
            after = spans[-1].seq
            before: dict[str, list[StatementRow]] = {}
            for row in store.facts.of_spans([span.id for span in spans]):
                before.setdefault(row.span_id, []).append(row)
            readings = zip(spans, self._extractor.read(run, spans, before), strict=True)
            name = self._extractor.name
            read = in_context(
                store, ((span, statement_rows(span, found, name)) for span, found in readings), name, _again
            )
            rows = [row for _, found in read for row in found if isinstance(row, StatementRow)]
            seen = store.facts.existing_ids([row.id for row in rows]) | spared
            subjects = {key for row in rows for key in who.keys(who.of(row.subject))}
            others = store.facts.statements(about=sorted(subjects)) if subjects else []
            with run.step() as step:
                for span, found in read:
                    for entry in found:
                        if isinstance(entry, Refusal):
                            step.refuse(entry.reason, entry.text, (span.id,))
                        elif entry.id not in seen and not _overlaps(entry, before.get(span.id, ())):
                            values = {column: getattr(entry, column) for column in COLUMNS}
                            step.insert("learnt", "statements", values, (span.id,))
                            step.count(outcome(entry, _about_same(entry, others, who)))
                            others.append(entry)
                step.executemany(
                    "DELETE FROM derivations WHERE stage = ? AND span_seq = ?",
                    [(self._stage, span.seq) for span in spans],
                )
            done += len(spans)
            yield Progress("reading", done, max(total, done), "passages")


def learn_job() -> Learning:
    """The job that reads without a model."""
    title = "Read what was said for facts: who lives where, works at what, likes what"
    job = Learning(Patterns(), name="learn", title=title, stage="facts")
    # What was said today is known today (post-thinking, as in Think-in-Memory); reading costs a thousandth of a second.
    job.every = timedelta(minutes=9)
    job.after_chat = True
    return job


def study_job() -> Learning:
    """The job that has a model read what no pattern read."""
    title = "Have a model read what was said for facts that no pattern reads"
    return Learning(ModelReader(), name="study", title=title, stage="model")


def _overlaps(row: StatementRow, before: Sequence[StatementRow]) -> bool:
    """Whether the same was read at the same place before, by another extractor."""
    return any(row.relation == other.relation and row.start < other.end and other.start < row.end for other in before)


def _about_same(row: StatementRow, others: Sequence[StatementRow], who: Identities) -> list[StatementRow]:
    """Those of the other statements that are about the same subject, and said or hearsay as it is."""
    subject = who.of(row.subject)
    return [other for other in others if who.of(other.subject) == subject and other.stance == row.stance]


def unread_statements(store: Store, limit: int) -> list[StatementRow]:
    """What the oldest spans state that the job has not read yet: said a moment ago, it is known already."""
    patterns = Patterns()
    waiting = store.facts.waiting(limit)
    read = ((span, statement_rows(span, patterns.read_one(span), patterns.name)) for span in waiting)
    every = in_context(store, read, patterns.name, _again)
    return [row for _, found in every for row in found if isinstance(row, StatementRow)]


def _again(span: Unread) -> list[StatementRow | Refusal]:
    return statement_rows(span, Patterns().read_one(span), Patterns.name)


def statement_rows(span: Unread, found: Sequence[Statement | Refusal], extractor: str) -> list[StatementRow | Refusal]:
    """Statements as rows, each once."""
    rows: dict[str, StatementRow | Refusal] = {}
    for number, statement in enumerate(found):
        if isinstance(statement, Refusal):
            rows[f"refused {number}"] = statement
        else:
            row = _row(span, statement, extractor)
            rows.setdefault(row.id, row)
    return list(rows.values())


def _row(span: Unread, found: Statement, extractor: str) -> StatementRow:
    subject, name = _subject(span, found.subject)
    valid_from, precision = _valid_from(span, found)
    object_key = relation(found.relation).key(found.object)
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
        ends=_how_it_ends(span, found),
        valid_from=valid_from,
        precision=precision,
        recorded_at=span.recorded_at,
        confidence=found.confidence,
        extractor=extractor,
        said_at=span.recorded_at if span.precision == "mtime" else span.happened_at or span.recorded_at,
    )


def _how_it_ends(span: Unread, found: Statement) -> int:
    """`StatementRow.ends` of a statement."""
    if found.calls_off or not found.ends:
        return CALLED_OFF if found.calls_off else 0
    return ENDED if _DENIAL.search(span.text, found.start, found.end) else ENDED_FOR_CERTAIN


def _subject(span: Unread, written: str) -> tuple[str, str]:
    """(key, name) of whom a statement is about: me, a name, or "me/sister" for the sister of who speaks."""
    speaker, slash, tie = written.partition("/")
    if speaker != ME:
        return fold_name(written), written
    mine = ME if span.role == "me" else fold_name(span.speaker)
    return f"{mine}{slash}{tie}", f"{span.speaker}’s {tie}" if slash else span.speaker


def _valid_from(span: Unread, found: Statement) -> tuple[str, str]:
    """(day, precision) from which a statement holds: a time in its own sentence, else when it was said or taken in."""
    if not span.happened_at or span.precision == "mtime" or not span.speaker:
        return (UNDATED, "planned") if found.planned else (span.recorded_at[:10], "recorded")
    turned = bool(_TURNED.search(span.text[found.start : found.end]))
    if relation(found.relation).timeless and not found.planned and not turned:
        return span.happened_at[:10], "said"
    said = datetime.fromisoformat(span.happened_at)
    thing = span.text.find(found.object, found.start, found.end)
    begin, end = _sentence(span.text, found)
    happens = turned or found.planned or found.ends or bool(EVENT.search(span.text, begin, found.end))
    happens = happens or happens_in(span.text[begin:end])
    for time in expressions(span.text, said, lean="future" if found.planned else "past"):
        if not begin <= time.start < end or time.kind == "vague" or thing <= time.start < thing + len(found.object):
            continue  # of another sentence, or of the thing: "a 1962 lathe"
        words = span.text[time.start : time.end]
        if found.planned and time.ends > said:
            if time.begins.date() <= said.date():
                return span.happened_at[:10], "said"
            return time.begins.date().isoformat(), f"planned:{_grain(words, time.grain)}"
        since = words.lower().startswith("since") or since_said(span.text, time.start, time.end)
        if not found.planned and time.begins <= said and (since or happens):
            return time.begins.date().isoformat(), f"told:{_grain(words, time.grain)}"
    return (UNDATED, "planned") if found.planned else (span.happened_at[:10], "said")


def _sentence(text: str, found: Statement) -> tuple[int, int]:
    """Where the sentence of a statement begins and ends: "am 3. Mai" is one sentence, "。" ends one."""
    around = [one for one in sentences(text) if one.start < found.end and found.start < one.end]
    return (around[0].start, around[-1].end) if around else (found.start, found.end)


def _grain(words: str, grain: Grain) -> Literal["year", "month", "day"]:
    """How exactly a time was named."""
    if grain in ("month", "day") and not _MONTH_NAME.search(words):
        return "month" if grain == "month" else "day"  # "3.5.2024", "im Mai 2024"
    if _YEAR.search(words) and not _MONTH_NAME.search(words):
        return "year"
    if _MONTH_NAME.search(words):
        return "day" if _DAY_NUMBER.search(words) else "month"
    return "year" if grain == "year" else "month" if grain in ("month", "season", "quarter") else "day"
