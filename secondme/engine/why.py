"""Why a memory is what it is: where it came from, why recall finds it, what changed it.

All of it is read off the store; how it scores is computed anew, since no search is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from secondme.api import Change, Detail, Scoring, SignalValue, Why
from secondme.chat.messages import Messages
from secondme.clock import Clock
from secondme.errors import NothingFound
from secondme.facts.intervals import PERSON, Fact, known_facts, row_sentence
from secondme.forgetting.retention import Policy
from secondme.forgetting.retention_views import standings
from secondme.recall.hits import plain_hit
from secondme.recall.links import keywords
from secondme.recall.search import Recall
from secondme.text.clean import clean
from storage.facts import StatementRow
from storage.history import RowChange, SpanHistory
from storage.records import FoundSpan
from storage.store import Store

SCORED = 9
"""Passages of an answer that are scored."""
EXCERPT = 160
_PRECISIONS = {"mtime": "the date of its file", "year": "only the year is known", "month": "only the month is known"}
_LENGTHS = {"year": 4, "month": 7, "day": 10}
"""Characters of an instant that are known."""
_DATED = {"told": "as the words say", "said": "when it was said", "recorded": "when it was taken in"}


class Reasons:
    """Answers why."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        recall: Recall,
        messages: Messages,
        *,
        me: Callable[[], Sequence[str]],
        policy: Callable[[], Policy],
    ) -> None:
        """`me`: names by which I am called."""
        self._store = store
        self._clock = clock
        self._recall = recall
        self._messages = messages
        self._me = me
        self._policy = policy

    def why(self, target: str, question: str) -> Why:
        """Of a passage, a fact or a message, by its id or the beginning of it. Raises NothingFound."""
        spans, facts = self._store.spans, self._store.facts.one(target) if target else []
        if target:
            span = spans.by_id([target]).get(target)
            message = self._store.history.message(target)
            if span is None and message is None and len(facts) != 1:
                span = spans.with_prefix(target)
            if span is not None:
                return self._passage(span, clean(question))
            if message is not None:
                return self._message(target, clean(question))
            if len(facts) == 1:
                return self._fact(facts[0])
        raise NothingFound(
            f"No passage, fact or answer has the id {clean(target, keep_newlines=False)!r}.",
            "`secondme recall QUERY --json` and `secondme facts --json` print ids.",
        )

    # --- a passage ----------------------------------------------------------------------------------

    def _passage(self, found: FoundSpan, question: str) -> Why:
        span_id = found.span.id
        history = self._store.history.span(span_id)
        assert history is not None
        uses = [use for use in self._store.history.uses(span_id) if not use.hidden]
        question = question or next((use.question for use in uses if use.question), "")
        return Why(
            kind="passage",
            id=span_id,
            text=found.span.text,
            stored=tuple(self._stored(found, history, len(uses))),
            question=question,
            scorings=self._scorings([span_id], question, self._clock.now()) if found.live else (),
            changes=tuple(sorted(self._span_changes(span_id, history), key=lambda change: change.at)),
        )

    def _stored(self, found: FoundSpan, history: SpanHistory, uses: int) -> Iterator[Detail]:
        span, hit = found.span, plain_hit(found)
        yield Detail("Source", f"{hit.kind}: {hit.title}" + (f" ({hit.uri})" if hit.uri not in ("", hit.title) else ""))
        place = [f"characters {span.start:,} to {span.end:,}"]
        place = [f"line {span.line:,}", *place] if hit.kind == "file" and not span.place else place
        yield Detail("Place", ", ".join(part for part in (span.place, span.heading, *place) if part))
        when = (span.happened_at or "")[: _LENGTHS.get(span.precision, 16)].replace("T", " ")
        said = ", ".join(part for part in (span.speaker, when, _PRECISIONS.get(span.precision, "")) if part)
        if said:
            yield Detail("Said" if span.speaker else "Dated", said)
        yield Detail("Taken in", f"{_when(history.recorded_at)}, version {history.version}, as {history.media}")
        yield Detail("Counts as", _counts_as(found))
        words = keywords(self._store, span.text)
        if words:
            yield Detail("Found by", ", ".join(" ".join(word.split()) for word in words))
        yield Detail("Vectors", ", ".join(history.models) or "none yet: it is found by its words only")
        for row in self._store.facts.of_spans([span.id]):
            yield Detail("States", f"{row_sentence(row)} ({_reader(row)})")
        held = standings(self._store, [span.id], self._clock.now(), self._policy()).get(span.id)
        if held is not None:
            fades = "pinned" if held.pinned else f"fades {held.fades_at}" if held.fades_at else "does not fade"
            state = "faded" if held.faded else fades
            yield Detail(
                "Strength",
                f"{held.strength:.1f}, recalled {held.recalls} time{'s' if held.recalls != 1 else ''}, {state}",
            )
        if uses:
            yield Detail("Used by", f"{uses} answer{'s' if uses > 1 else ''}")
        for about in self._store.history.summaries(span.id):
            yield Detail("Summed up in", about.replace(":", " ", 1))

    def _span_changes(self, span_id: str, history: SpanHistory) -> Iterator[Change]:
        yield Change(history.recorded_at, "taken in", "you", f"version {history.version}")
        for row in self._store.history.changes("spans", span_id):
            into = (row.after or {}).get("merged_into")
            yield _run_change(row, f"into {into}" if into else "")
        for row in self._store.history.changes("strengths", span_id):
            yield _run_change(row)
        marks = (
            (history.archived_at, "left recall", "its source changed or went"),
            (history.hidden_at, "forgotten", ""),
            (history.recalled_at, "recalled last", "an answer used it"),
            (history.pinned_at, "pinned", ""),
        )
        yield from (Change(at, what, "you", note) for at, what, note in marks if at)

    # --- a fact -------------------------------------------------------------------------------------

    def _fact(self, row: StatementRow) -> Why:
        found, who = known_facts(self._store, self._me(), about=(row.subject,))
        fact = next((fact for fact in found if any(other.id == row.id for other in fact.statements)), None)
        changes = [_run_change(change) for change in self._store.history.changes("statements", row.id)]
        if row.extractor == PERSON:
            changes.append(Change(row.recorded_at, "written", "you"))
        for verdict in self._store.facts.verdicts():
            same = (who.of(verdict.subject), verdict.relation, verdict.object)
            if same == (who.of(row.subject), row.relation, row.object):
                changes.append(Change(verdict.at, verdict.verdict, "you"))
        return Why(
            kind="fact",
            id=row.id,
            text=fact.sentence() if fact is not None else row_sentence(row),
            stored=tuple(self._stated(row, fact)),
            question="",
            scorings=(),
            changes=tuple(sorted(changes, key=lambda change: change.at)),
        )

    def _stated(self, row: StatementRow, fact: Fact | None) -> Iterator[Detail]:
        rows = fact.statements if fact is not None else (row,)
        closing = fact.closed_by if fact is not None else None
        ids = [other.span_id for other in (*rows, closing) if other is not None]
        spans = self._store.spans.by_id(ids)
        for other in rows:
            yield _quote("Said", other, spans[other.span_id])
        yield Detail("Read by", f"{_reader(row)}, as the relation {row.relation.replace('_', ' ')}")
        dated = _DATED.get(row.precision.partition(" ")[0], row.precision)
        yield Detail("Holds from", f"{row.valid_from} ({dated})")
        if fact is not None and fact.valid_to:
            yield Detail("Holds until", fact.valid_to)
        if closing is not None:
            yield _quote("Ended by", closing, spans[closing.span_id])
        if row.stance == "hearsay":
            yield Detail("Stance", f"{row.told_by} said so; it is no fact about {row.subject_name}")
        confidence = fact.confidence if fact is not None else row.confidence
        yield Detail("Confidence", f"{confidence:.2f}, said {len(rows)} time{'s' if len(rows) > 1 else ''}")
        if fact is None:
            yield Detail("Counts", "no longer: it was rejected, or the words that say so were hidden")

    # --- a message ----------------------------------------------------------------------------------

    def _message(self, name: str, question: str) -> Why:
        found = self._store.history.message(name)
        assert found is not None
        record, asked, title, hidden_at = found
        if record.role != "assistant":
            spans = self._store.spans.by_id(self._store.history.spans_of_message(record.id))
            if spans:
                return self._passage(next(iter(spans.values())), question)
        message = self._messages.one(record)
        question = question or asked
        stored = [Detail("Chat", title), Detail("Asked", _short(asked)), Detail("Written", _when(record.at))]
        stored.append(Detail("By", record.model or "the memory itself: its words are quoted, no model wrote them"))
        if record.state != "complete":
            stored.append(Detail("State", f"{record.state}: what had come is kept"))
        if message.sentences:
            held = [sentence for sentence in message.sentences if sentence.citations]
            text = f"{len(held)} of {len(message.sentences)} sentences rest on a passage"
            weakest = min((sentence.support for sentence in held), default=None)
            stored.append(Detail("Support", text + (f", the weakest by {weakest:.2f}" if weakest is not None else "")))
        cited = [citation.hit for citation in message.citations]
        stored += [
            Detail(f"[{citation.number}]", f"{citation.hit.location()}: {_short(citation.hit.text)}", citation.hit.id)
            for citation in message.citations
        ]
        others = set(self._store.history.made_from(record.id)) - {hit.id for hit in cited}
        if others:
            stored.append(
                Detail("Also read", f"{len(others):,} passage{'s' if len(others) != 1 else ''} that it does not cite")
            )
        changes = [Change(record.at, "written", record.model or "the memory")]
        changes += [Change(hidden_at, "forgotten", "you", "with what it was made from, or by itself")] * bool(hidden_at)
        return Why(
            kind="answer",
            id=record.id,
            text=record.text,
            stored=tuple(detail for detail in stored if detail.text),
            question=question,
            scorings=self._scorings([hit.id for hit in cited][:SCORED], question, datetime.fromisoformat(record.at)),
            changes=tuple(changes),
        )

    # --- recall -------------------------------------------------------------------------------------

    def _scorings(self, span_ids: Sequence[str], question: str, asked_at: datetime) -> tuple[Scoring, ...]:
        if not question or not span_ids:
            return ()
        found = self._recall.explain(question, span_ids, asked_at=asked_at)
        spans = self._store.spans.by_id(list(found))
        return tuple(
            Scoring(
                span_id=span_id,
                title=plain_hit(spans[span_id]).location(),
                rank=found[span_id].rank,
                candidates=found[span_id].candidates,
                score=found[span_id].score,
                parts=found[span_id].parts,
                signals=tuple(
                    SignalValue(each.name, each.part, each.value, each.weight, round(each.value * each.weight, 4))
                    for each in found[span_id].signals
                ),
                because=found[span_id].because,
            )
            for span_id in dict.fromkeys(span_ids)
            if span_id in found and span_id in spans
        )


def _counts_as(found: FoundSpan) -> str:
    span = found.span
    if span.role == "assistant":
        return "the assistant's words: found, but no evidence"
    if not span.evidence:
        return "a question or an order: found, but no evidence"
    if span.place in ("forwarded", "attached"):
        return f"evidence, {span.place} by someone: it states no facts"
    return "evidence for answers"


def _reader(row: StatementRow) -> str:
    """What read a statement, in words."""
    if row.extractor == PERSON:
        return "written by you"
    name, _, version = row.extractor.partition("/")
    return f"read by {'the patterns' if name == 'patterns' else f'a {name}'}, release {version or '1'}"


def _quote(label: str, row: StatementRow, found: FoundSpan) -> Detail:
    words = " ".join(found.span.text[row.start : row.end].split())
    return Detail(label, f"“{_short(words)}” in {plain_hit(found).location()}", row.span_id)


def _run_change(row: RowChange, note: str = "") -> Change:
    by = f"the run {row.run_id}" + (", which you started" if row.cause == "person" else "")
    return Change(row.at, row.what, by, note, row.undone)


def _when(at: str) -> str:
    return at[:16].replace("T", " ")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:EXCERPT]}…" if len(line) > EXCERPT else line
