"""What speaks for a sentence as the answer to a question, as numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt

from secondme.chat.reader.answer_types import holds
from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.form import QuestionForm, Wanted
from secondme.text.entities import mentions
from secondme.text.terms import stems, word_count
from secondme.text.timex.expressions import annotate, named_times

FEATURES = (
    "cosine", "cosine before", "late", "late least", "words", "words around", "rarest around", "type", "untyped",
    "type around", "passage score", "passage first", "heading", "question", "short", "length", "mine", "me and file",
    "first person", "named", "named around", "other named", "newer", "newer now", "newer past", "past", "place",
    "negated", "late around", "yes or no", "said",
)  # fmt: skip
_FIRST = re.compile(r"(?i)\b(?:i|i'm|im|my|me|mine|we|our|us)\b")
_PRONOUN = re.compile(r"(?i)\b(?:he|she|it|they|his|her|its|their|him|them|this|that|these|those)\b")
_PAST = re.compile(r"(?i)\b(?:used to|was|were|had|before|until|formerly|previously|left|old|ex|first)\b")
_NOT = re.compile(r"(?i)\b(?:not|no|never|none|nothing|nobody)\b|n['’]t\b|\bdont\b")
_QUESTION = re.compile(r"[?？؟]\W*$")

Matrix = npt.NDArray[np.float64]
Embedded = tuple[npt.NDArray[np.float32], npt.NDArray[np.int8]]
"""The vector of a text, and those of its tokens."""


def features(
    form: QuestionForm,
    found: Sequence[CandidateSentence],
    query: Embedded | None,
    vectors: Sequence[Embedded],
    rarity: Mapping[str, float],
) -> Matrix:
    """A row for each candidate, a column for each of FEATURES.

    `query`, `vectors`: the vector and the token vectors of the question and of each sentence; None and empty without
    an embedder. `rarity`: by stem of the question, 0 (in every passage) to 1 (in none).
    """
    rows = np.zeros((len(found), len(FEATURES)))
    best = max((c.hit.score for c in found), default=0.0)
    ages = _newness(found)
    total = sum(rarity.values()) or 1.0
    dated = bool(named_times(form.text))
    for i, c in enumerate(found):
        own = set(stems(c.text))
        around = own | set(
            stems(f"{c.before} {c.hit.heading} {c.hit.title if not c.hit.speaker else ''} {c.hit.speaker}")
        )
        if dated:
            around |= _day_stems(c)
        here = {m.key for m in mentions(c.text)}
        values: dict[str, float] = {}
        if query is not None:
            vector, tokens = vectors[i]
            values["cosine"] = float(vector @ query[0])
            follows = bool(i) and found[i - 1].number == c.number  # what was said before has no vector of its own
            previous = vectors[i - 1][0] if follows else vector
            both = vector + previous
            values["cosine before"] = float(both @ query[0] / max(float(np.linalg.norm(both)), 1e-6))
            own_sim = _token_similarities(query[1], tokens)
            if own_sim.size:
                values["late"] = float(own_sim.mean())
                values["late least"] = float(own_sim.min())
                wider = own_sim
                if follows:
                    wider = np.maximum(own_sim, _token_similarities(query[1], vectors[i - 1][1]))
                values["late around"] = float(wider.min())
        values["words"] = sum(weight for word, weight in rarity.items() if word in own) / total
        values["words around"] = sum(weight for word, weight in rarity.items() if word in around) / total
        missing = [weight for word, weight in rarity.items() if word not in around]
        values["rarest around"] = max(missing, default=0.0)
        kind = holds(form, c.text)
        values["type"] = float(kind == 1.0)
        values["untyped"] = float(kind == 0.0)
        values["type around"] = float(kind == 0.0 and holds(form, c.before) == 1.0)
        values["passage score"] = (c.hit.score - best) / 10
        values["said"] = float(bool(c.hit.speaker))
        values["passage first"] = float(c.number == 1)
        values["heading"] = float(c.heading)
        values["question"] = float(bool(_QUESTION.search(c.text)))
        count = word_count(c.text)
        values["short"] = float(count < 4)
        values["length"] = math.log1p(count)
        mine = c.hit.role == "me"
        values["mine"] = float(form.about_me and mine)
        values["me and file"] = float(form.about_me and not c.hit.speaker)
        values["first person"] = float(form.about_me and bool(_FIRST.search(c.text)))
        values |= _named(form, c, here)
        values["newer"] = ages[i]
        values["newer now"] = ages[i] * form.now
        values["newer past"] = ages[i] * form.past
        values["past"] = float(form.past and bool(_PAST.search(c.text)))
        values["place"] = min(c.place, 6) / 6
        values["negated"] = float(bool(_NOT.search(c.text)))
        values["yes or no"] = float(form.wanted is Wanted.YES_OR_NO) * values["negated"]
        rows[i] = [values.get(name, 0.0) for name in FEATURES]
    return rows


def _token_similarities(query: npt.NDArray[np.int8], tokens: npt.NDArray[np.int8]) -> Matrix:
    """For each token of the question, how near the nearest token of the sentence is, shape (tokens,)."""
    if not query.size or not tokens.size:
        return np.zeros(0)
    near: Matrix = (query.astype(np.float64) @ tokens.astype(np.float64).T / 127**2).max(axis=1)
    return near


def _named(form: QuestionForm, c: CandidateSentence, here: set[str]) -> dict[str, float]:
    """Whether a sentence names whom the question names, or only `here` somebody else; nothing where it names nobody."""
    if not form.names:
        return {}
    around = f"{c.before} {c.hit.heading} {c.hit.title}".casefold()
    named = any(name in c.text.casefold() for name in form.names)
    near = any(name in f"{around} {c.hit.speaker.casefold()}" for name in form.names)
    return {
        "named": float(named),
        "named around": float(not named and near and bool(_PRONOUN.search(c.text))),
        "other named": float(not named and bool(here)),
    }


def _day_stems(c: CandidateSentence) -> set[str]:
    """The words of the day on which somebody said a sentence, and of the days that it means by "last Friday"."""
    if not c.hit.speaker or not c.hit.happened_at:
        return set()
    said = datetime.fromisoformat(c.hit.happened_at)
    return set(stems(f"{said:%A} {said.day} {said:%B %Y} {annotate(c.text, said)}"))


def _newness(found: Sequence[CandidateSentence]) -> list[float]:
    """How new what each sentence was said is among what people said, 0 (oldest, or a file) to 1 (newest)."""
    said = sorted({_at(c) for c in found if c.hit.speaker and c.hit.happened_at})
    if len(said) < 2:
        return [0.5 if c.hit.speaker else 0.0 for c in found]
    rank = {at: i / (len(said) - 1) for i, at in enumerate(said)}
    return [rank.get(_at(c), 0.0) if c.hit.speaker else 0.0 for c in found]


def _at(c: CandidateSentence) -> float:
    return datetime.fromisoformat(c.hit.happened_at).timestamp() if c.hit.happened_at else 0.0
