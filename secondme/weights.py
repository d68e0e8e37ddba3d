"""What each signal of recall counts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias


class Signal(StrEnum):
    """A signal of recall. Those without a unit are 0 or 1."""

    WORDS = "words"
    """BM25 as three times its share of the most that it could be."""
    WORDS_2 = "words ±2"
    WORDS_4 = "words ±4"
    SECTION_WORDS = "section words"
    MEANING = "meaning"
    """Ten times the cosine; so are all that follow up to TOKENS_1."""
    MEANING_1 = "meaning ±1"
    SECTION_MEANING = "section meaning"
    TOKENS = "tokens"
    TOKENS_1 = "tokens ±1"
    NAMED = "named"
    NAMED_FIRST_PERSON = "named, of self"
    OTHER_FIRST_PERSON = "other, of self"
    OTHER_SECOND_PERSON = "other, to named"
    STRANGER = "stranger"
    QUESTION = "question"
    PHOTO = "photo"
    TIME = "time"
    NUMBER = "number"
    TITLE = "title"
    WANTED_TIME = "wanted time"
    WANTED_NUMBER = "wanted number"
    WANTED_NAME = "wanted name"
    LENGTH = "length"
    """Logarithm of the number of words."""
    ANSWERS = "answers"
    ANSWERS_WORDS = "answers words"
    ANSWERS_MEANING = "answers meaning"
    GRAPH = "graph"
    """Logarithm of the share of the walk, times the number of candidates."""


Weights: TypeAlias = Mapping[Signal, float]

PARTS: Mapping[Signal, str] = {
    Signal.WORDS: "words",
    Signal.WORDS_2: "neighbours",
    Signal.WORDS_4: "neighbours",
    Signal.SECTION_WORDS: "session",
    Signal.MEANING: "meaning",
    Signal.MEANING_1: "neighbours",
    Signal.SECTION_MEANING: "session",
    Signal.TOKENS: "meaning",
    Signal.TOKENS_1: "neighbours",
    Signal.NAMED: "speaker",
    Signal.NAMED_FIRST_PERSON: "speaker",
    Signal.OTHER_FIRST_PERSON: "speaker",
    Signal.OTHER_SECOND_PERSON: "speaker",
    Signal.STRANGER: "speaker",
    Signal.QUESTION: "form",
    Signal.PHOTO: "form",
    Signal.TIME: "form",
    Signal.NUMBER: "form",
    Signal.TITLE: "form",
    Signal.WANTED_TIME: "form",
    Signal.WANTED_NUMBER: "form",
    Signal.WANTED_NAME: "form",
    Signal.LENGTH: "form",
    Signal.ANSWERS: "answers",
    Signal.ANSWERS_WORDS: "answers",
    Signal.ANSWERS_MEANING: "answers",
    Signal.GRAPH: "graph",
}
"""The mechanism that a signal belongs to, as explanations name it."""

TURNS: Weights = {
    Signal.WORDS: -0.09, Signal.WORDS_2: 0.61, Signal.WORDS_4: 0.61, Signal.SECTION_WORDS: 0.31,
    Signal.MEANING: -0.08, Signal.SECTION_MEANING: 0.47, Signal.MEANING_1: 0.16, Signal.TOKENS: 1.09,
    Signal.LENGTH: 0.11, Signal.NAMED: 0.53, Signal.QUESTION: -0.66, Signal.PHOTO: -0.33, Signal.WANTED_TIME: 0.99,
    Signal.TIME: 0.28, Signal.NUMBER: 0.11, Signal.WANTED_NUMBER: 0.51, Signal.WANTED_NAME: 1.08, Signal.TITLE: 0.67,
    Signal.ANSWERS: -0.32, Signal.ANSWERS_WORDS: 0.17, Signal.ANSWERS_MEANING: 0.31,
    Signal.NAMED_FIRST_PERSON: 0.73, Signal.OTHER_SECOND_PERSON: -0.53, Signal.OTHER_FIRST_PERSON: 0.35,
    Signal.STRANGER: -1.0,
}  # fmt: skip

PASSAGES: Weights = {Signal.WORDS: 2.0, Signal.WORDS_2: 0.2, Signal.MEANING: 0.7, Signal.TOKENS: 0.5}
