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
    ECHO = "echo"
    """A question put to the assistant, or its answer: what it was made from is the memory, not this."""
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
    SAID_THEN = "said then"
    """Said in the time that the question is about."""
    SAID_THAT_DAY = "said that day"
    """The same, where that time is no longer than a day or two."""
    TELLS_THEN = "tells of then"
    """Mentions a time within it."""
    FACT = "fact"
    """1 for what tells a fact that the question asks for and that held then, -1 for one that did not hold then."""
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
    Signal.ECHO: "speaker",
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
    Signal.SAID_THEN: "time",
    Signal.SAID_THAT_DAY: "time",
    Signal.TELLS_THEN: "time",
    Signal.FACT: "facts",
    Signal.GRAPH: "graph",
}
"""The mechanism that a signal belongs to, as explanations name it."""

TURNS: Weights = {
    Signal.WORDS: -0.35,
    Signal.WORDS_2: 0.59,
    Signal.WORDS_4: 0.69,
    Signal.SECTION_WORDS: 0.33,
    Signal.MEANING: 0.14,
    Signal.MEANING_1: 0.25,
    Signal.SECTION_MEANING: 0.48,
    Signal.TOKENS: 0.72,
    Signal.TOKENS_1: -0.12,
    Signal.NAMED: 0.85,
    Signal.NAMED_FIRST_PERSON: 0.57,
    Signal.OTHER_FIRST_PERSON: 0.49,
    Signal.OTHER_SECOND_PERSON: -0.51,
    Signal.STRANGER: -1.0,
    Signal.ECHO: -4.0,
    Signal.QUESTION: -0.59,
    Signal.PHOTO: -0.39,
    Signal.TIME: 0.22,
    Signal.NUMBER: 0.18,
    Signal.TITLE: 0.78,
    Signal.WANTED_TIME: 1.32,
    Signal.WANTED_NUMBER: 0.74,
    Signal.WANTED_NAME: 1.24,
    Signal.LENGTH: 0.24,
    Signal.ANSWERS: -0.44,
    Signal.ANSWERS_WORDS: 0.17,
    Signal.ANSWERS_MEANING: 0.31,
    Signal.SAID_THEN: 1.95,
    Signal.SAID_THAT_DAY: 2.32,
    Signal.TELLS_THEN: 1.44,
    Signal.FACT: 0.8,
    Signal.GRAPH: 1.5,
}
"""For turns of chats: fitted by benchmarks/recall/fit_recall.py; FACT, GRAPH, STRANGER and ECHO by hand, since no single chat can
tell. What they are worth, and on conversations left out, is in docs/recall.md.
"""

PASSAGES: Weights = {
    Signal.WORDS: 2.5,
    Signal.MEANING: 0.5,
    Signal.TOKENS: 0.7,
    Signal.FACT: 1.0,
    Signal.GRAPH: 0.5,
}
"""For passages of texts, which are whole paragraphs: their neighbours say less about them. Set by hand on git's
documentation: of twenty questions the right file is first for 13 and among the first six for all."""
