"""How a summary is written: by a model, each sentence through the grounding gate; by quotes where there is none, or where
nothing of it passed. A model reads the text of one source at a time, so that no text can have a say about another's."""

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
from secondme.text.sentences import Sentence, sentences, support, without_citations
from secondme.text.terms import content_words
from storage.index.words import query_tokens
from storage.memories import Memory, Told, Written
from storage.runs import Step
from storage.store import Store

INSTRUCTIONS = (
    "Retell what is said below in one or two short sentences, in the third person, with the names of who says it. "
    "Add nothing."
)
READ_CHARACTERS = 900
ANSWER_TOKENS = 60
SOURCES = 3
"""So many spans one sentence may rest on."""
RESTS_ON = 0.3
"""Least share of a sentence's words for a span to be one of its sources."""
LIKE_ANOTHER = 0.7
"""Weight of likeness to what was chosen already (maximal marginal relevance, Carbonell and Goldstein 1998)."""
SHORTEST, LONGEST = 25, 200
FEWEST_WORDS = 4
_QUOTED_LINE = re.compile(r"\W*[A-Z][\w'’ -]{0,24}: ")
"""A line of the chat, copied with who says it."""
_PERSON = re.compile(r"(?i)\b(?:i|i['’]\w+|me|my|mine|we|we['’]\w+|us|our|you|you['’]\w+|your|yours|let['’]s)\b")


def central(store: Store, spans: Sequence[Told], wanted: int) -> list[Told]:
    """The spans that say most of what all of them say, unlike each other, in the order given. Without vectors the longest."""
    telling = [one for one in spans if len(one.text) >= SHORTEST and not one.text.rstrip().endswith("?")] or list(spans)
    if len(telling) <= wanted:
        return telling
    vectors = store.vectors.get([one.id for one in telling])
    if len(vectors) < len(telling):
        chosen = sorted(range(len(telling)), key=lambda i: -len(telling[i].text))[:wanted]
        return [telling[i] for i in sorted(chosen)]
    matrix = np.stack([vectors[one.id] for one in telling])
    mean = matrix.sum(axis=0)
    relevance = matrix @ (mean / max(float(np.linalg.norm(mean)), 1e-9))
    picked: list[int] = []
    penalty = np.zeros(len(telling), np.float32)
    while len(picked) < wanted:
        score = relevance - LIKE_ANOTHER * penalty
        score[picked] = -np.inf
        best = int(score.argmax())
        picked.append(best)
        penalty = np.maximum(penalty, matrix @ matrix[best])
    return [telling[i] for i in sorted(picked)]


def quote(one: Told) -> Written:
    """The sentence of a span that says most, by reference."""
    found = [s for s in sentences(one.text) if not s.text.rstrip().endswith("?")] or sentences(one.text)
    best = max(found, key=lambda s: min(s.end - s.start, LONGEST), default=Sentence(0, len(one.text), one.text))
    return Written("", (one.id,), best.start, min(best.end, best.start + LONGEST))


def prompt(spans: Sequence[Told]) -> list[ChatTurn]:
    """What the model reads of one source."""
    lines: list[str] = []
    room = READ_CHARACTERS
    for one in spans:
        line = " ".join(f"{one.speaker}: {one.text}".split() if one.speaker else one.text.split())[:room]
        if len(line) < SHORTEST and lines:
            break
        lines.append(line)
        room -= len(line)
    return [ChatTurn("user", f"{INSTRUCTIONS}\n\n" + "\n".join(lines))]


def written(run: Run, spans: Sequence[Told]) -> list[str]:
    """What the model writes of one source's spans, sentence by sentence. When a person asks meanwhile it is begun again."""
    while (text := run.write(prompt(spans), ANSWER_TOKENS)) is None:
        run.pause()
    text = " ".join(without_citations(clean(text)).split())
    found = [sentence.text for sentence in sentences(text)]
    # The last one was cut off by the limit.
    return found if not found or found[-1].rstrip()[-1:] in ".!?" else found[:-1]


def gated(step: Step, texts: Sequence[str], spans: Sequence[Told]) -> list[Written]:
    """Those sentences that their sources hold; the others are counted with the reason."""
    kept: list[Written] = []
    for text in texts:
        shares = [support(text, f"{one.speaker} {one.text}") for one in spans]
        ranked = sorted(range(len(spans)), key=lambda i: -shares[i])[:SOURCES]
        rests = [spans[i] for i in ranked if shares[i] >= RESTS_ON]
        evidence = [Evidence(one.text, one.speaker, one.heading, one.happened_at) for one in rests]
        why = "says nothing" if _empty(text) else refusal(text, evidence)
        if why is None and text not in [one.text for one in kept]:
            kept.append(Written(text, tuple(one.id for one in rests)))
        elif why is not None:
            step.refuse(why, text, [one.id for one in spans])
    return kept


def _empty(text: str) -> bool:
    """Whether a sentence tells nothing to who did not read its source: a question, a greeting, a copied line, an "I" or a
    "you"."""
    words = content_words(query_tokens(text))
    told = not text.rstrip().endswith("?") and not _QUOTED_LINE.match(text)
    return not told or len(words) < FEWEST_WORDS or bool(_PERSON.search(text))


def model_name(run: Run) -> str:
    """The name of the run's model, empty without one."""
    return run.model.name if run.model else ""


def memory_id(about: str, digest: str, model: str) -> str:
    """The id of a summary: the same for the same, so that one that a person undid is known again."""
    return derived_id("memory", about, digest, model)


def summary(
    run: Run, kind: str, about: str, digest: str, found: Sequence[Written], *, model: str | None = None
) -> Memory:
    """A summary as it is stored, by the run's model unless another is named."""
    name = model_name(run) if model is None else model
    return Memory(memory_id(about, digest, name), kind, about, name, digest, instant(run.now), tuple(found))


def keep(step: Step, store: Store, memory: Memory) -> None:
    """Write a summary; one without sentences says that there was nothing to keep."""
    store.memories.put(step, memory, f"{memory.kind} written" if memory.sentences else f"{memory.kind} left as it was")


def by_source(spans: Sequence[Told], most: int) -> list[list[Told]]:
    """Spans by the source that they are of, the largest first, at most so many sources."""
    groups: dict[str, list[Told]] = {}
    for one in spans:
        groups.setdefault(one.source_id, []).append(one)
    return sorted(groups.values(), key=len, reverse=True)[:most]
