"""Sentences of a text, and how far a passage supports one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from secondme.text.terms import STOP_WORDS, stem

_SENTENCE = re.compile(r"\S(?:[^.!?…\n]|[.!?…](?!\s|$|[\"'”’)\]*_]*(?:\s|$)))*[.!?…]*[\"'”’)\]*_]*")
_CITATION = re.compile(r"[ \t]*\[\d{1,3}(?:[,;–-][ \t]*\d{1,3})*\]")
_WORD = re.compile(r"[^\W_]+")
_MARK = re.compile(r"^(?:[-*+>]|\d+[.)]|#+)\s+|[*_`]+")

SUPPORTED = 0.6
"""The least weighted share of a sentence's content words that a supporting passage holds. Set on quoted and swapped
passages."""
SHORT = 4
"""In a sentence of so few content words every word matters: a passage must hold all of them."""
_FALLBACK_WORDS = frozenset(["yes", "no", "okay", "sure", "hello", "hi", "thanks", "thank", "sorry"])


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text: its character range."""

    start: int
    end: int
    text: str


def strip_citations(text: str) -> str:
    """The text without the citations [n] that the model wrote."""
    return _CITATION.sub("", text)


def sentences(text: str) -> list[Sentence]:
    """Sentences and list items of an answer, in order. Code fences and headings count as sentences too."""
    return [Sentence(m.start(), m.end(), m.group()) for m in _SENTENCE.finditer(text) if _WORD.search(m.group())]


def support(sentence: str, passage: str) -> float:
    """How far a passage supports a sentence, 0 to 1: the weighted share of its content words that the passage holds.

    Numbers weigh most, and a passage must hold all of them; names weigh more than other words.
    """
    return supported_share(weighted_words(sentence), stem_set(passage))


def supported_share(words: Sequence[tuple[str, float]], held: set[str]) -> float:
    """`support` for words with weights and the stems that a passage holds."""
    total = found = 0.0
    for word, weight in words:
        present = stem(word) in held
        if not present and word.isdigit():
            return 0.0
        total += weight
        found += weight * present
    share = found / total if total else 0.0
    return share if len(words) > SHORT or share == 1.0 else share * SUPPORTED


def stem_set(text: str) -> set[str]:
    """The stems of a text's words."""
    return {stem(word) for word in _WORD.findall(text.lower())}


def weighted_words(sentence: str) -> list[tuple[str, float]]:
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
