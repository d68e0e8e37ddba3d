"""Facts as a person sees them: a sentence, when it held, and the words that say so."""

from __future__ import annotations

from collections.abc import Sequence

from secondme.api import FactView, Person
from secondme.errors import NothingFound, UsageError
from secondme.facts.identity import Identities
from secondme.facts.intervals import PERSON, Fact, contradictions, known_facts, row_sentence
from secondme.facts.relations import relation
from secondme.ids import derived_id
from secondme.recall.hits import plain_hit
from secondme.text.collation import collation_key
from storage.facts import StatementRow, Verdict
from storage.records import Span
from storage.store import Store

VERDICTS = ("", "kept", "rejected")


def fact_views(
    store: Store, me: Sequence[str], *, about: str, day: str, known_at: str, contradicted: bool = False, today: str = ""
) -> list[FactView]:
    """Facts of live spans: those that hold or are planned on a day, or with "" all. `me`: names by which I am called;
    `today`: the day on which what lies ahead is a plan (default: that day)."""
    found, _ = known_facts(store, me, about=(about,) if about else (), known_at=known_at)
    if contradicted:
        found = contradictions(found)
    return views(store, [fact for fact in found if not day or fact.holds(day) or fact.planned(day)], day or today)


def judge(store: Store, me: Sequence[str], fact_id: str, verdict: str, now: str) -> list[FactView]:
    """Keep what a person makes of a fact; returns all that is known of its subject in this relation.

    Raises UsageError, NothingFound.
    """
    if verdict not in VERDICTS:
        raise UsageError(f"There is no verdict {verdict}.", f"There are: {', '.join(VERDICTS[1:])}.")
    row = _statement(store, fact_id)
    store.facts.judge(
        [Verdict(subject, row.relation, thing, verdict, now) for subject, thing in _as_read(store, me, row)]
    )
    return _related(store, me, row)


def correct(
    store: Store, me: Sequence[str], fact_id: str, thing: str, since: str, span: Span, now: str
) -> list[FactView]:
    """Put another object in the place of a fact's: what a `span` of a person's own note says outranks what was read.

    `since`: the day from which it holds (empty: as the old fact). Raises NothingFound.
    """
    row = _statement(store, fact_id)
    found, _ = known_facts(store, me, about=(row.subject,))
    fact = next((fact for fact in found if any(other.id == row.id for other in fact.statements)), None)
    store.facts.judge(
        [Verdict(subject, row.relation, old, "rejected", now) for subject, old in _as_read(store, me, row)]
    )
    written = StatementRow(
        id=derived_id("statement", span.id, "by hand"), subject=row.subject, subject_name=row.subject_name,
        relation=row.relation, object=relation(row.relation).key(thing), object_name=thing, span_id=span.id, start=0,
        end=len(span.text), stance="said", told_by="", ends=0, valid_from=since or (fact or row).valid_from,
        precision="told", recorded_at=now, confidence=1.0, extractor=PERSON,
    )  # fmt: skip
    store.facts.add(written)
    return _related(store, me, row)


def correction(store: Store, fact_id: str, thing: str) -> str:
    """The sentence of the note that a correction rests on."""
    return f"Correction: {row_sentence(_statement(store, fact_id), thing=thing)}."


def people(store: Store, me: Sequence[str]) -> list[Person]:
    """Names that were found to be one person's, with the reasons."""
    aliases = store.facts.aliases()
    who = Identities(aliases, me)
    names: dict[str, str] = {}
    for row in who.resolve(store.facts.statements()):
        names.setdefault(row.object, row.object_name)
        names[row.subject] = row.subject_name
    found: dict[str, list[tuple[str, str, str]]] = {}
    for alias in aliases:
        owner, slash, tie = alias.key.partition("/")
        name = f"{names.get(who.of(owner), owner)}’s {tie}" if slash else alias.key
        found.setdefault(who.of(alias.key), []).append((name, alias.reason, alias.span_id))
    known = [Person(names.get(key, key), key, tuple(means)) for key, means in found.items()]
    return sorted(known, key=lambda person: collation_key(person.name))


def _statement(store: Store, fact_id: str) -> StatementRow:
    found = store.facts.one(fact_id)
    if len(found) != 1:
        raise NothingFound(
            f"{'Several facts begin' if found else 'No fact begins'} with {fact_id}.", "`secondme facts` lists them."
        )
    return found[0]


def _as_read(store: Store, me: Sequence[str], row: StatementRow) -> set[tuple[str, str]]:
    """(subject, object) of every statement that says the same, as they were read."""
    who = Identities(store.facts.aliases(), me)
    identity = relation(row.relation).identity
    alike = {
        (other.subject, other.object)
        for other in store.facts.statements(about=who.keys(who.of(row.subject)))
        if other.relation == row.relation
        and who.of(other.subject) == who.of(row.subject)
        and identity(who.of(other.object)) == identity(who.of(row.object))
    }
    return {*alike, (row.subject, row.object)}


def _related(store: Store, me: Sequence[str], row: StatementRow) -> list[FactView]:
    found, who = known_facts(store, me, about=(row.subject,))
    about = who.of(row.subject)
    return views(store, [fact for fact in found if fact.subject == about and fact.relation == row.relation])


def views(store: Store, found: Sequence[Fact], day: str = "") -> list[FactView]:
    """Facts with the words that say so; what is only planned on a day says so."""
    ids = [fact.statements[0].span_id for fact in found]
    ids += [fact.closed_by.span_id for fact in found if fact.closed_by]
    spans = store.spans.by_id(list(dict.fromkeys(ids)))
    views = []
    for fact in found:
        first = fact.statements[0]
        span = spans[first.span_id]
        closing = fact.closed_by
        views.append(
            FactView(
                id=fact.id,
                sentence=fact.sentence(day),
                subject=fact.subject,
                relation=fact.relation,
                object=fact.object_name,
                valid_from=fact.valid_from,
                valid_to=fact.valid_to,
                stance=fact.stance,
                confidence=fact.confidence,
                statements=len(fact.statements),
                span_id=first.span_id,
                quote=" ".join(span.span.text[first.start : first.end].split()),
                source=plain_hit(span).location(),
                closed_by=" ".join(spans[closing.span_id].span.text[closing.start : closing.end].split())
                if closing
                else "",
            )
        )
    return views
