"""Which passage supports a sentence of an answer; a sentence that nothing supports is marked, whoever wrote it.

The test is lexical: what a sentence says has to stand in the passage, its numbers and names above
all. A small model cites at random, so its own [n] are taken away and set anew from this.
"""

from __future__ import annotations

from collections.abc import Sequence

from secondme.api import AnswerSentence
from secondme.text.sentences import SUPPORTED, sentences, stem_set, supported_share, weighted_words


def attribute(text: str, passages: Sequence[tuple[int, str]]) -> list[AnswerSentence]:
    """Each sentence of `text` with the numbers of at most two passages that support it, the best first."""
    attributed: list[AnswerSentence] = []
    held = [(number, stem_set(body)) for number, body in passages]
    for sentence in sentences(text):
        words = weighted_words(sentence.text)
        scored = sorted(
            ((supported_share(words, stems), number) for number, stems in held), key=lambda entry: (-entry[0], entry[1])
        )
        best = scored[0][0] if scored else 0.0
        # A second passage is cited only when it says the same, not when it shares some words.
        numbers = tuple(number for score, number in scored[:2] if score >= max(SUPPORTED, best - 0.05))
        attributed.append(
            AnswerSentence(sentence.start, sentence.end, numbers if best >= SUPPORTED else (), round(best, 3))
        )
    return attributed


def insert_citations(text: str, attributed: Sequence[AnswerSentence]) -> tuple[str, tuple[AnswerSentence, ...]]:
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
