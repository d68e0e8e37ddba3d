"""Facts as a person sees them: a sentence, when it held, and the words that say so."""

from __future__ import annotations

from collections.abc import Sequence

from secondme.api import FactView, Person
from secondme.errors import NothingFound, UsageError
from secondme.facts.gate import key
from secondme.facts.identity import Identities
from secondme.facts.intervals import PERSON, Fact, contradictions, known, same, stated
from secondme.ids import derived_id
from secondme.recall.hits import plain_hit
from storage.facts import StatementRow, Verdict
from storage.records import Span
from storage.store import Store

VERDICTS = ("", "kept", "rejected")


def fact_views(
    store: Store, me: Sequence[str], *, about: str, day: str, known_at: str, contradicted: bool = False
) -> list[FactView]:
    """Facts of live spans: those that hold on a day, or with "" all. `me`: names by which I am called."""
    found, _ = known(store, me, about=(about,) if about else (), known_at=known_at)
    if contradicted:
        found = contradictions(found)
    return views(store, [one for one in found if not day or one.holds(day)])


def judge(store: Store, me: Sequence[str], fact_id: str, verdict: str, now: str) -> list[FactView]:
    """Keep what a person makes of a fact; returns all that is known of its subject in this relation."""
    if verdict not in VERDICTS:
        raise UsageError(f"There is no verdict {verdict}.", f"There are: {', '.join(VERDICTS[1:])}.")
    one = _named(store, fact_id)
    store.facts.judge(
        [Verdict(subject, one.relation, thing, verdict, now[:10]) for subject, thing in _raw(store, me, one)]
    )
    return _related(store, me, one)


def correct(
    store: Store, me: Sequence[str], fact_id: str, thing: str, since: str, span: Span, now: str
) -> list[FactView]:
    """A fact is another: the old one is rejected, and the new one, as `span` of a person's own note says, outranks
    it."""
    one = _named(store, fact_id)
    found, _ = known(store, me, about=(one.subject,))
    fact = next((fact for fact in found if any(row.id == one.id for row in fact.statements)), None)
    store.facts.judge(
        [Verdict(subject, one.relation, old, "rejected", now[:10]) for subject, old in _raw(store, me, one)]
    )
    written = StatementRow(
        id=derived_id("statement", span.id, "by hand"), subject=one.subject, subject_name=one.subject_name,
        relation=one.relation, object=key(one.relation, thing), object_name=thing, span_id=span.id, start=0,
        end=len(span.text), stance="said", told_by="", ends=0, valid_from=since or (fact or one).valid_from,
        precision="told", recorded_at=now, confidence=1.0, extractor=PERSON,
    )  # fmt: skip
    store.facts.add(written)
    return _related(store, me, one)


def correction(store: Store, fact_id: str, thing: str) -> str:
    """The sentence of the note that a correction rests on."""
    one = _named(store, fact_id)
    return f"Correction: {stated(one, thing=thing)}."


def people(store: Store, me: Sequence[str]) -> list[Person]:
    """Names that were found to be one person's, with the reasons."""
    aliases = store.facts.aliases()
    who = Identities(aliases, me)
    names: dict[str, str] = {}
    for row in who.resolved(store.facts.statements()):
        names.setdefault(row.object, row.object_name)
        names[row.subject] = row.subject_name
    found: dict[str, list[tuple[str, str, str]]] = {}
    for one in aliases:
        owner, slash, tie = one.key.partition("/")
        said = f"{names.get(who.of(owner), owner)}’s {tie}" if slash else one.key
        found.setdefault(who.of(one.key), []).append((said, one.reason, one.span_id))
    return [Person(names.get(key, key), key, tuple(means)) for key, means in sorted(found.items())]


def _named(store: Store, fact_id: str) -> StatementRow:
    named = store.facts.one(fact_id)
    if len(named) != 1:
        raise NothingFound(
            f"{'Several facts begin' if named else 'No fact begins'} with {fact_id}.", "`secondme facts` lists them."
        )
    return named[0]


def _raw(store: Store, me: Sequence[str], one: StatementRow) -> set[tuple[str, str]]:
    """(subject, object) of every statement that says the same, as they were read."""
    who = Identities(store.facts.aliases(), me)
    alike = {
        (other.subject, other.object)
        for other in store.facts.statements(about=who.keys(who.of(one.subject)))
        if other.relation == one.relation
        and who.of(other.subject) == who.of(one.subject)
        and same(one.relation, who.of(other.object)) == same(one.relation, who.of(one.object))
    }
    return {*alike, (one.subject, one.object)}


def _related(store: Store, me: Sequence[str], one: StatementRow) -> list[FactView]:
    found, who = known(store, me, about=(one.subject,))
    about = who.of(one.subject)
    return views(store, [fact for fact in found if fact.subject == about and fact.relation == one.relation])


def views(store: Store, found: Sequence[Fact]) -> list[FactView]:
    """Facts with the words that say so."""
    ids = [one.statements[0].span_id for one in found] + [one.closed_by.span_id for one in found if one.closed_by]
    spans = store.spans.by_id(list(dict.fromkeys(ids)))
    views = []
    for one in found:
        first = one.statements[0]
        span = spans[first.span_id]
        closing = one.closed_by
        views.append(
            FactView(
                id=one.id,
                sentence=one.sentence(),
                subject=one.subject,
                relation=one.relation,
                object=one.object_name,
                valid_from=one.valid_from,
                valid_to=one.valid_to,
                stance=one.stance,
                confidence=one.confidence,
                statements=len(one.statements),
                span_id=first.span_id,
                quote=" ".join(span.span.text[first.start : first.end].split()),
                source=plain_hit(span).location(),
                closed_by=" ".join(spans[closing.span_id].span.text[closing.start : closing.end].split())
                if closing
                else "",
            )
        )
    return views
