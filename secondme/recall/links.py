"""The note that belongs to a memory (A-MEM, Xu et al. 2025): its keywords and tags, and related memories with the reason.

A-MEM has a model write them once, and rewrites its neighbours' when something new comes. Here they are made from names, rare
words, facts and vectors each time they are asked for: nothing grows stale, and nothing is rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from secondme.api import Related
from secondme.facts.intervals import known_facts, row_sentence
from secondme.recall.hits import plain_hit
from secondme.text.entities import mentions
from secondme.text.terms import STOP_WORDS, stem
from storage.index.words import query_tokens
from storage.records import FoundSpan
from storage.store import Store

KEYWORDS = 6
RELATED = 5
NEAR = 0.45
"""Cosine from which passages are alike."""
NEAREST = 40
WIDESPREAD = 200
"""A name in more passages links nothing."""
SHORTEST = 4


def keywords(store: Store, text: str) -> tuple[str, ...]:
    """The names of a text, then its rarest words, as they are written."""
    names = [one.name for one in mentions(text) if one.kind not in ("host", "title")]
    taken = {word for name in names for word in query_tokens(name)}
    words = [one for one in query_tokens(text) if one not in STOP_WORDS and one not in taken and len(one) >= SHORTEST]
    counts = store.words.document_frequency([stem(word) for word in words])
    rare = sorted(words, key=lambda word: (counts.get(stem(word), 0), words.index(word)))
    return tuple(list(dict.fromkeys([*names, *rare]))[:KEYWORDS])


def tags(store: Store, span_id: str) -> tuple[str, ...]:
    """What kinds of things a memory tells of people: of whom, and in which relation."""
    rows = store.facts.of_spans([span_id])
    return tuple(dict.fromkeys(f"{row.subject_name}: {row.relation.replace('_', ' ')}" for row in rows))


def related(store: Store, one: FoundSpan, me: Sequence[str]) -> tuple[Related, ...]:
    """Other live memories that say the same, that ended what it says or were ended by it, that share a rare name, or that are
    alike; each with all its reasons, the best first."""
    reasons: dict[str, list[str]] = {}
    weight: dict[str, float] = {}

    def add(span_id: str, reason: str, worth: float) -> None:
        if span_id != one.span.id:
            reasons.setdefault(span_id, []).append(reason)
            weight[span_id] = weight.get(span_id, 0.0) + worth

    rows = store.facts.of_spans([one.span.id])
    subjects = sorted({row.subject for row in rows})
    for fact in known_facts(store, me, about=subjects)[0] if subjects else []:
        spans = {row.span_id for row in fact.statements}
        closing = fact.closed_by
        if one.span.id in spans:
            for span_id in spans:
                add(span_id, f"says the same: {fact.sentence()}", 2.0)
            if closing is not None:
                add(closing.span_id, f"ended it: {row_sentence(closing)}", 2.0)
        elif closing is not None and closing.span_id == one.span.id:
            add(fact.statements[0].span_id, f"held before: {fact.sentence()}", 2.0)
    for name, span_ids in store.annotations.sharing(one.seq, WIDESPREAD):
        for span_id in span_ids:
            add(span_id, f"both name {name}", 0.5)
    vector = store.vectors.get([one.span.id]).get(one.span.id)
    if vector is not None:
        wanted = [span_id for span_id, _ in store.vectors.search(vector, NEAREST)]
        near = store.vectors.get([*dict.fromkeys([*wanted, *reasons])])
        for span_id, other in near.items():
            likeness = float(np.dot(vector, other))
            if likeness >= NEAR:
                add(span_id, f"alike ({likeness:.2f})", likeness)
    best = sorted(reasons, key=lambda span_id: (-weight[span_id], span_id))
    spans_of = store.spans.by_id(best[: RELATED * 3])
    live = [span_id for span_id in best if span_id in spans_of and spans_of[span_id].live]
    return tuple(
        Related(plain_hit(spans_of[span_id], weight[span_id]), tuple(dict.fromkeys(reasons[span_id])))
        for span_id in live[:RELATED]
    )
