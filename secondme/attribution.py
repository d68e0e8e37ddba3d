"""Which passage supports a sentence of an answer; a sentence that nothing supports is marked, whoever wrote it.

The test is lexical: what a sentence says has to stand in the passage, its numbers and names above
all. A small model cites at random, so its own [n] are taken away and set anew from this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from secondme.api import AnswerSentence
from secondme.terms import STOP_WORDS, stem

_SENTENCE = re.compile(r"\S(?:[^.!?…\n]|[.!?…](?!\s|$|[\"'”’)\]*_]*(?:\s|$)))*[.!?…]*[\"'”’)\]*_]*")
_CITATION = re.compile(r"[ \t]*\[\d{1,3}(?:[,;–-][ \t]*\d{1,3})*\]")
_WORD = re.compile(r"[^\W_]+")
_MARK = re.compile(r"^(?:[-*+>]|\d+[.)]|#+)\s+|[*_`]+")

SUPPORTED = 0.6
"""Least weighted share of a sentence's content that a passage must hold. Set on quoted and swapped passages."""
SHORT = 4
"""A sentence of so few content words says too little to leave one out: all of them have to be there."""
_FALLBACK_WORDS = frozenset(["yes", "no", "okay", "sure", "hello", "hi", "thanks", "thank", "sorry"])


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text: its character range."""

    start: int
    end: int
    text: str


def without_citations(text: str) -> str:
    """The text without the model's own [n]."""
    return _CITATION.sub("", text)


def sentences(text: str) -> list[Sentence]:
    """Sentences and list items of an answer, in order. Code fences and headings count as sentences too."""
    return [Sentence(m.start(), m.end(), m.group()) for m in _SENTENCE.finditer(text) if _WORD.search(m.group())]


def support(sentence: str, passage: str) -> float:
    """How much of a sentence stands in a passage, 0 to 1: share of its content words by weight.

    Numbers weigh most and all have to be there; names weigh more than other words.
    """
    return _share(_weighted(sentence), _stems(passage))


def _share(words: Sequence[tuple[str, float]], held: set[str]) -> float:
    total = found = 0.0
    for word, weight in words:
        present = stem(word) in held
        if not present and word.isdigit():
            return 0.0
        total += weight
        found += weight * present
    share = found / total if total else 0.0
    return share if len(words) > SHORT or share == 1.0 else share * SUPPORTED


def attribute(text: str, passages: Sequence[tuple[int, str]]) -> list[AnswerSentence]:
    """Each sentence of `text` with the numbers of at most two passages that support it, the best first."""
    attributed: list[AnswerSentence] = []
    held = [(number, _stems(body)) for number, body in passages]
    for sentence in sentences(text):
        words = _weighted(sentence.text)
        scored = sorted(
            ((_share(words, stems), number) for number, stems in held), key=lambda entry: (-entry[0], entry[1])
        )
        best = scored[0][0] if scored else 0.0
        # A second passage is cited only when it says the same, not when it shares some words.
        numbers = tuple(number for score, number in scored[:2] if score >= max(SUPPORTED, best - 0.05))
        attributed.append(
            AnswerSentence(sentence.start, sentence.end, numbers if best >= SUPPORTED else (), round(best, 3))
        )
    return attributed


def cited(text: str, attributed: Sequence[AnswerSentence]) -> tuple[str, tuple[AnswerSentence, ...]]:
    """The text with [n] after each supported sentence, and the sentences' ranges in that text."""
    pieces: list[str] = []
    moved: list[AnswerSentence] = []
    position = shift = 0
    for sentence in attributed:
        marks = "".join(f" [{number}]" for number in sentence.citations)
        pieces.append(text[position : sentence.end])
        pieces.append(marks)
        position = sentence.end
        moved.append(
            AnswerSentence(
                sentence.start + shift, sentence.end + shift + len(marks), sentence.citations, sentence.support
            )
        )
        shift += len(marks)
    return "".join(pieces) + text[position:], tuple(moved)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in _WORD.findall(text.lower())}


def _weighted(sentence: str) -> list[tuple[str, float]]:
    """Content words of a sentence in lower case with their weights; without any, all of its words."""
    plain = _MARK.sub("", sentence)
    found: list[tuple[str, float]] = []
    for i, word in enumerate(_WORD.findall(plain)):
        lower = word.lower()
        if lower.isdigit():
            found.append((lower, 2.0))
        elif lower in STOP_WORDS or lower in _FALLBACK_WORDS:
            continue
        else:
            found.append((lower, 1.5 if i and word[0].isupper() else 1.0))
    return found or [(word.lower(), 1.0) for word in _WORD.findall(plain)]
