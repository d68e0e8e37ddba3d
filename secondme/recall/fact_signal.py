"""Facts in recall: a fact counts as the turns that it cites.

What held at another time than is asked about counts against them. That what held then counts for them is a choice,
since it gained nothing on the development file (docs/facts.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from secondme.clock import instant
from secondme.facts.identity import ME
from secondme.facts.intervals import Fact, known_facts
from secondme.facts.relations import Relation
from secondme.recall.question import Question
from secondme.text.entities import mentions
from secondme.text.forms import Form
from secondme.text.terms import content_stems, stem
from secondme.text.timex.query import TimeQuery
from storage.store import Store

_PAST = re.compile(r"(?i)\b(?:did|was|were|had|used to|before|previous(?:ly)?|former(?:ly)?|once|back then|earlier)\b")


def fact_fits(
    store: Store, question: Question, when: TimeQuery, today: str, me: Sequence[str], *, promote: bool
) -> dict[str, float]:
    """By span, how the facts in it fit a question; no entry where the question is about something else.

    -1: none of them held at the time that is asked about. 1, with `promote` only: at least one did.
    `me`: names by which I am called.
    """
    kinds = ("name", "person")
    subjects = [*question.named, *(mention.name for mention in mentions(question.text) if mention.kind in kinds)]
    if question.about_me:
        subjects.append(ME)
    if not subjects:
        return {}
    found, who = known_facts(store, me, about=subjects)
    asked = {who.meant_by(subject) for subject in subjects}
    words = set(content_stems(question.text)) | {stem(word) for word in question.text.lower().split()}
    fits: dict[str, float] = {}
    for fact in found:
        if fact.subject in asked and fact.stance == "said" and _is_asked_for(question, words, fact):
            fit = _fit(fact, when, question.text, today)
            for row in fact.statements:
                fits[row.span_id] = max(fit, fits.get(row.span_id, -1.0))
    return {span_id: fit for span_id, fit in fits.items() if promote or fit < 0}


@cache
def _cues(relation: Relation) -> frozenset[str]:
    """Stems of the words of questions about a relation."""
    return frozenset(stem(word) for word in relation.cues.split())


def _is_asked_for(question: Question, words: set[str], fact: Fact) -> bool:
    """Whether a question is about a fact's relation or its object; a question for a time, about its object."""
    if Form.TIME not in question.wants and words & _cues(fact.kind):
        return True
    return set(content_stems(fact.object)) <= words


def _fit(fact: Fact, when: TimeQuery, question: str, today: str) -> float:
    if fact.kind.many and not fact.valid_to:
        return 1.0
    if when.interval is not None and when.relation == "within":
        begins, ends = (instant(moment)[:10] for moment in when.interval)
        return 1.0 if fact.valid_from < ends and (not fact.valid_to or fact.valid_to > begins) else -1.0
    if _PAST.search(question):
        return 1.0
    return 1.0 if fact.holds(today) else -1.0
