"""Facts in recall: a fact counts as the turns that it cites. What held at another time than is asked about counts against
them; that what held then counts for them is a choice, since it gained nothing on the development file (docs/facts.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondme.clock import instant
from secondme.facts.identity import ME
from secondme.facts.intervals import Fact, known
from secondme.facts.relations import RELATIONS
from secondme.recall.question import Question
from secondme.text.entities import mentions
from secondme.text.forms import Form
from secondme.text.terms import content_stems, stem
from secondme.text.timex.query import TimeQuery
from storage.store import Store

_CUES = {
    relation: frozenset(stem(word) for word in words.split())
    for relation, words in {
        "lives_in": "live lives living home house city town address reside moved move relocated",
        "from": "from born origin hometown country grew childhood",
        "works_at": "work works working job company employer office",
        "works_as": "work job profession occupation career living",
        "studies": "study studies studying degree course university major",
        "age": "age", "birthday": "birthday born",
        "phone": "phone number call mobile", "email": "email mail address write",
        "likes": "favorite favourite hobby hobbies prefer",
        "dislikes": "dislike dislikes hate hates",
        "allergic_to": "allergic allergy allergies", "speaks": "speak speaks language languages",
        "owns": "own owns car bike vehicle possess", "pet": "pet pets dog dogs cat cats animal animals name",
        "spouse": "married wife husband partner spouse girlfriend boyfriend relationship",
        "child": "child children kid kids son daughter", "parent": "parent parents mother father mum dad mom",
        "sibling": "sibling siblings brother sister brothers sisters", "friend": "friend friends",
        "boss": "boss manager supervisor", "doctor": "doctor dentist physician", "name": "name called", "alias": "called nickname",
    }.items()
}  # fmt: skip
_PAST = re.compile(r"(?i)\b(?:did|was|were|had|used to|before|previous(?:ly)?|former(?:ly)?|once|back then|earlier)\b")


def told(
    store: Store, question: Question, when: TimeQuery, today: str, me: Sequence[str], *, promote: bool
) -> dict[str, float]:
    """By span, how a fact that it tells fits the question: with `promote` 1 where it held at the time that is asked about,
    -1 where it did not, and nothing where the question is about something else."""
    subjects = [*question.named, *(one.name for one in mentions(question.text) if one.kind in ("name", "person"))]
    if question.about_me:
        subjects.append(ME)
    if not subjects:
        return {}
    found, who = known(store, me, about=subjects)
    asked = {who.named(subject) for subject in subjects}
    words = set(content_stems(question.text)) | {stem(word) for word in question.text.lower().split()}
    fits: dict[str, float] = {}
    for fact in found:
        if fact.subject in asked and fact.stance == "said" and _asks(question, words, fact):
            held = _held(fact, when, question.text, today)
            for row in fact.statements:
                fits[row.span_id] = max(held, fits.get(row.span_id, -1.0))
    return {span_id: fit for span_id, fit in fits.items() if promote or fit < 0}


def _asks(question: Question, words: set[str], fact: Fact) -> bool:
    """Whether a question is about a fact's relation or its object; one that asks when, about the object."""
    if Form.TIME not in question.wants and words & _CUES[fact.relation]:
        return True
    return set(content_stems(fact.object)) <= words


def _held(fact: Fact, when: TimeQuery, question: str, today: str) -> float:
    if RELATIONS[fact.relation].many and not fact.valid_to:
        return 1.0
    if when.interval is not None and when.relation == "within":
        begins, ends = (instant(moment)[:10] for moment in when.interval)
        return 1.0 if fact.valid_from < ends and (not fact.valid_to or fact.valid_to > begins) else -1.0
    if _PAST.search(question):
        return 1.0
    return 1.0 if fact.holds(today) else -1.0
