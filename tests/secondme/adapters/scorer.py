"""A reader of sentences and an embedder that know a few words for the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from models.protocol import PassageSentence, SentenceReading, TextRole, Vectors
from tests.worlds.night_world import WordEmbedder

THINGS = {
    "home": r"\b(lives?|home)\b|found living",
    "work": r"work as|\b(job|profession|occupation|for a living)|do(es)? for work",
    "allergy": r"allerg",
    "birthday": r"birthday",
    "car": r"\b(drives?|car|vehicle|garage)\b",
    "sister": r"\bsister\b",
    "dog": r"\bdog\b",
}


class Literal:
    """Implements `SentenceScorer`: a sentence answers if it is about the same thing."""

    def read(self, question: str, sentences: Sequence[PassageSentence]) -> Sequence[SentenceReading]:
        """Surely, or surely not."""
        asked = thing(question)
        return [
            SentenceReading(9.0 if asked and asked == thing(sentence.text) else -9.0, (0, len(sentence.text)), 1.0)
            for sentence in sentences
        ]

    def embed_tokens(self, texts: Sequence[str]) -> None:
        """Any embedder's vectors will do."""


class Topical(WordEmbedder):
    """Texts about the same thing have like vectors."""

    dimension = 16 + len(THINGS)

    def embed(self, texts: Sequence[str], role: TextRole = "passage") -> Vectors:
        """Unit vectors (len(texts), dimension)."""
        names = list(THINGS)
        about = np.zeros((len(texts), len(names)), np.float32)
        for row, text in enumerate(texts):
            if thing(text):
                about[row, names.index(thing(text))] = 3.0
        rows = np.concatenate([super().embed(texts, role), about], axis=1)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def thing(text: str) -> str:
    """What a text is about, or nothing."""
    return next((name for name, words in THINGS.items() if re.search(words, text, re.IGNORECASE)), "")
