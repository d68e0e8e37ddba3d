"""How a summary is written: by a model, each sentence through the grounding gate; by quotes where there is no model, or
where none of its sentences passed. A model reads one source at a time, so that no text has a say about another's."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from models.protocol import ChatTurn
from secondme.clock import instant
from secondme.consolidation.evidence import Evidence
from secondme.consolidation.grounding import refusal
from secondme.ids import derived_id
from secondme.jobs.job import Run
from secondme.text.clean import clean
from secondme.text.sentences import Sentence, sentences, strip_citations, support
from secondme.text.terms import content_words
from storage.index.words import query_tokens
from storage.memories import Memory, SourceSpan, SummarySentence
from storage.runs import Step
from storage.store import Store

INSTRUCTIONS = (
    "Retell what is said below in one or two short sentences, in the third person, with the names of who says it. "
    "Add nothing."
)
READ_CHARACTERS = 900
ANSWER_TOKENS = 60
SOURCES = 3
"""Most spans that a sentence rests on."""
RESTS_ON = 0.3
"""Least share of a sentence's words for a span to be one of its sources."""
LIKE_ANOTHER = 0.7
"""Weight of likeness to what was chosen already (maximal marginal relevance, Carbonell and Goldstein 1998)."""
SHORTEST, LONGEST = 25, 200
FEWEST_WORDS = 4
_QUOTED_LINE = re.compile(r"\W*[A-Z][\w'’ -]{0,24}: ")
"""A line of the chat, copied with its speaker."""
_PERSON = re.compile(r"(?i)\b(?:i|i['’]\w+|me|my|mine|we|we['’]\w+|us|our|you|you['’]\w+|your|yours|let['’]s)\b")


def central_spans(store: Store, spans: Sequence[SourceSpan], most: int) -> list[SourceSpan]:
    """The spans that say most of what all of them say, unlike each other, in the order given; without vectors the
    longest."""
    telling = [span for span in spans if len(span.text) >= SHORTEST and not span.text.rstrip().endswith("?")]
    telling = telling or list(spans)
    if len(telling) <= most:
        return telling
    vectors = store.vectors.get([span.id for span in telling])
    if len(vectors) < len(telling):
        chosen = sorted(range(len(telling)), key=lambda i: -len(telling[i].text))[:most]
        return [telling[i] for i in sorted(chosen)]
    matrix = np.stack([vectors[span.id] for span in telling])
    mean = matrix.sum(axis=0)
    relevance = matrix @ (mean / max(float(np.linalg.norm(mean)), 1e-9))
    picked: list[int] = []
    penalty = np.zeros(len(telling), np.float32)
    while len(picked) < most:
        score = relevance - LIKE_ANOTHER * penalty
        score[picked] = -np.inf
        best = int(score.argmax())
        picked.append(best)
        penalty = np.maximum(penalty, matrix @ matrix[best])
    return [telling[i] for i in sorted(picked)]


def quote(span: SourceSpan) -> SummarySentence:
    """The sentence of a span that says most, as a reference to its text."""
    found = [s for s in sentences(span.text) if not s.text.rstrip().endswith("?")] or sentences(span.text)
    best = max(found, key=lambda s: min(s.end - s.start, LONGEST), default=Sentence(0, len(span.text), span.text))
    return SummarySentence("", (span.id,), best.start, min(best.end, best.start + LONGEST))


def prompt(spans: Sequence[SourceSpan]) -> list[ChatTurn]:
    """What the model reads of one source."""
    lines: list[str] = []
    room = READ_CHARACTERS
    for span in spans:
        text = f"{span.speaker}: {span.text}" if span.speaker else span.text
        line = " ".join(text.split())[:room]
        if len(line) < SHORTEST and lines:
            break
        lines.append(line)
        room -= len(line)
    return [ChatTurn("user", f"{INSTRUCTIONS}\n\n" + "\n".join(lines))]


def write_sentences(run: Run, spans: Sequence[SourceSpan]) -> list[str]:
    """What the model writes about the spans of one source, sentence by sentence. It begins again if a person asks
    something meanwhile."""
    while (text := run.write(prompt(spans), ANSWER_TOKENS)) is None:
        run.pause()
    text = " ".join(strip_citations(clean(text)).split())
    found = [sentence.text for sentence in sentences(text)]
    # A last sentence without an end was cut off by the limit.
    return found if not found or found[-1].rstrip()[-1:] in ".!?" else found[:-1]


def grounded_sentences(step: Step, texts: Sequence[str], spans: Sequence[SourceSpan]) -> list[SummarySentence]:
    """The sentences that pass the grounding gate, with the spans that each rests on; the step records the others, with
    the reason."""
    passed: list[SummarySentence] = []
    for text in texts:
        shares = [support(text, f"{span.speaker} {span.text}") for span in spans]
        ranked = sorted(range(len(spans)), key=lambda i: -shares[i])[:SOURCES]
        rests = [spans[i] for i in ranked if shares[i] >= RESTS_ON]
        evidence = [Evidence(span.text, span.speaker, span.heading, span.happened_at) for span in rests]
        reason = "says nothing" if _is_empty(text) else refusal(text, evidence)
        if reason is not None:
            step.refuse(reason, text, [span.id for span in spans])
        elif text not in [sentence.text for sentence in passed]:
            passed.append(SummarySentence(text, tuple(span.id for span in rests)))
    return passed


def _is_empty(text: str) -> bool:
    """Whether a sentence says nothing to a reader who does not know its source: a question, a greeting, a copied line,
    an "I" or a "you"."""
    if text.rstrip().endswith("?") or _QUOTED_LINE.match(text) or _PERSON.search(text):
        return True
    return len(content_words(query_tokens(text))) < FEWEST_WORDS


def model_name(run: Run) -> str:
    """The name of the run's model, empty without one."""
    return run.model.name if run.model else ""


def memory_id(about: str, digest: str, model: str) -> str:
    """The id of a summary: equal for equal arguments, so that a summary which a person undid is not written again."""
    return derived_id("memory", about, digest, model)


def summary(
    run: Run, kind: str, about: str, digest: str, found: Sequence[SummarySentence], *, model: str | None = None
) -> Memory:
    """A summary as it is stored, by the run's model unless another is named."""
    name = model_name(run) if model is None else model
    return Memory(memory_id(about, digest, name), kind, about, name, digest, instant(run.now), tuple(found))


def store_summary(step: Step, store: Store, memory: Memory) -> None:
    """Write a summary. A summary without sentences records that the model was asked, and that nothing passed."""
    store.memories.put(step, memory, f"{memory.kind} written" if memory.sentences else f"{memory.kind} left as it was")


def group_by_source(spans: Sequence[SourceSpan], most: int) -> list[list[SourceSpan]]:
    """Spans in groups by their source, the largest first, at most so many sources."""
    groups: dict[str, list[SourceSpan]] = {}
    for span in spans:
        groups.setdefault(span.source_id, []).append(span)
    return sorted(groups.values(), key=len, reverse=True)[:most]
