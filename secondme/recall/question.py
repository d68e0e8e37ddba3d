"""What a question asks for, as far as its words say: who, when, which kind of answer. No model takes part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondme.text.forms import Form, word_number
from secondme.text.terms import STOP_WORDS, content_words
from secondme.text.timex.query import TimeQuery
from storage.index.words import query_tokens
from storage.tokens.tokenizer import word_terms

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = r"(?:['’]s\b|['’](?=\W|$))?"
_KINDS = (
    (Form.TIME, re.compile(r"(?i)\bwhen\b|\bwhat (?:date|year|month|day|time)\b|\bhow long\b")),
    (Form.NUMBER, re.compile(r"(?i)\bhow (?:many|much|often|long|old)\b")),
    (
        Form.NAME,
        re.compile(
            r"(?i)\b(?:who|where|which|called)\b|\bwhat (?:is |are |was |were )?(?:the )?"
            r"(?:name|book|movie|film|song|game|city|country|place|band|pet)\b"
        ),
    ),
)
_ME = frozenset({"i", "me", "my", "mine", "myself"})


@dataclass(frozen=True)
class Question:
    """A question taken apart.

    `topic`: its text without the names of speakers. `tokens`: the words of the topic that carry meaning, as the
    word index takes them. `words`: of each the numbers of its forms. `named`: the speakers that it names. `about_me`:
    whether it speaks of "I" or "my". `wants`: the forms that an answer is likely to have.
    """

    text: str
    topic: str
    tokens: tuple[str, ...]
    words: tuple[tuple[int, ...], ...]
    named: frozenset[str]
    about_me: bool
    wants: Form


@dataclass(frozen=True)
class Reading:
    """A question with all that a search needs of it.

    `vector`: of its topic, shape (d,), length 1; None without an embedder. `tokens`: of the topic's tokens, shape
    (t, 48), or None. `when`: the time that it asks about. `facts`: by span id, how a fact that the span tells fits it.
    """

    question: Question
    vector: npt.NDArray[np.float32] | None
    tokens: npt.NDArray[np.float64] | None
    when: TimeQuery
    facts: Mapping[str, float]


def read_question(text: str, speakers: Sequence[str], languages: Sequence[str] = ()) -> Question:
    """Take a question apart. `speakers` are the names of all who ever spoke, `languages` those that memory holds."""
    words = _WORD.findall(text)
    written = {word.casefold(): word for word in words}
    named: set[str] = set()
    parts: set[str] = set()
    for speaker in speakers:
        for part in _WORD.findall(speaker):
            folded = part.casefold()
            # "will" and "may" are names only where they are written as names.
            if folded in written and len(part) > 1 and (folded not in STOP_WORDS or written[folded] == part):
                named.add(speaker)
                parts.add(folded)
    topic = text
    if parts:
        pattern = rf"(?i)\b(?:{'|'.join(sorted(map(re.escape, parts)))})\b{_POSSESSIVE}"
        topic = " ".join(re.sub(pattern, " ", text).split())
    found = content_words(query_tokens(topic)) or content_words(query_tokens(text))
    by_forms = {word_terms(token, languages): token for token in reversed(found)}  # "run" and "running" are one word
    tokens = [token for token in found if by_forms[word_terms(token, languages)] == token]
    wants = Form(0)
    for form, pattern_of_kind in _KINDS:
        if pattern_of_kind.search(text):
            wants |= form
    folded_words = {word.casefold() for word in words}
    return Question(
        text=text,
        topic=topic if _WORD.search(topic) else text,
        tokens=tuple(tokens),
        words=tuple(tuple(map(word_number, word_terms(token, languages))) for token in tokens),
        named=frozenset(named),
        about_me=bool(folded_words & _ME),
        wants=wants,
    )
