"""The note that belongs to a memory (A-MEM, Xu et al. 2025): its keywords, its tags, and related memories with
reasons.

In A-MEM a model writes them once, and rewrites those of the neighbours when something new comes. Here they are made
from names, rare words, facts and vectors each time they are asked for: nothing grows stale, and nothing is rewritten.
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
"""Passages whose likeness is looked at."""
WIDESPREAD = 200
"""A name in more passages links nothing."""
SHORTEST = 4
"""Letters of the shortest keyword."""


def keywords(store: Store, text: str) -> tuple[str, ...]:
    """The names of a text, then its rarest words, as they are written."""
    names = [mention.name for mention in mentions(text) if mention.kind not in ("host", "title")]
    taken = {word for name in names for word in query_tokens(name)}
    words = [
        word for word in query_tokens(text) if word not in STOP_WORDS and word not in taken and len(word) >= SHORTEST
    ]
    counts = store.words.document_frequency([stem(word) for word in words])
    rare = sorted(words, key=lambda word: (counts.get(stem(word), 0), words.index(word)))
    return tuple(list(dict.fromkeys([*names, *rare]))[:KEYWORDS])


def tags(store: Store, span_id: str) -> tuple[str, ...]:
    """What a memory says of people: of whom, and in which relation."""
    rows = store.facts.of_spans([span_id])
    return tuple(dict.fromkeys(f"{row.subject_name}: {row.relation.replace('_', ' ')}" for row in rows))


def related_memories(store: Store, memory: FoundSpan, me: Sequence[str]) -> tuple[Related, ...]:
    """Other live memories, each with all its reasons, the best first: they say the same, ended what it says or were
    ended by it, share a rare name with it, or are alike."""
    reasons: dict[str, list[str]] = {}
    worth_of: dict[str, float] = {}

    def add(span_id: str, reason: str, worth: float) -> None:
        if span_id != memory.span.id:
            reasons.setdefault(span_id, []).append(reason)
            worth_of[span_id] = worth_of.get(span_id, 0.0) + worth

    rows = store.facts.of_spans([memory.span.id])
    subjects = sorted({row.subject for row in rows})
    for fact in known_facts(store, me, about=subjects)[0] if subjects else []:
        spans = {row.span_id for row in fact.statements}
        closing = fact.closed_by
        if memory.span.id in spans:
            for span_id in spans:
                add(span_id, f"says the same: {fact.sentence()}", 2.0)
            if closing is not None:
                add(closing.span_id, f"ended it: {row_sentence(closing)}", 2.0)
        elif closing is not None and closing.span_id == memory.span.id:
            add(fact.statements[0].span_id, f"held before: {fact.sentence()}", 2.0)
    for name, span_ids in store.annotations.spans_by_shared_name(memory.seq, WIDESPREAD):
        for span_id in span_ids:
            add(span_id, f"both name {name}", 0.5)
    vector = store.vectors.get([memory.span.id]).get(memory.span.id)
    if vector is not None:
        nearest = [span_id for span_id, _ in store.vectors.search(vector, NEAREST)]
        near = store.vectors.get([*dict.fromkeys([*nearest, *reasons])])
        for span_id, other in near.items():
            likeness = float(np.dot(vector, other))
            if likeness >= NEAR:
                add(span_id, f"alike ({likeness:.2f})", likeness)
    best = sorted(reasons, key=lambda span_id: (-worth_of[span_id], span_id))
    spans_of = store.spans.by_id(best[: RELATED * 3])
    live = [span_id for span_id in best if span_id in spans_of and spans_of[span_id].live]
    return tuple(
        Related(plain_hit(spans_of[span_id], worth_of[span_id]), tuple(dict.fromkeys(reasons[span_id])))
        for span_id in live[:RELATED]
    )
