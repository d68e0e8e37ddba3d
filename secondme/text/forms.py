"""What recall needs of a text and is computed beforehand: its words as numbers, and its form."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from secondme.text.terms import stem
from secondme.text.timex.names import MONTHS, WEEKDAYS
from secondme.text.tongues import QUESTION_MARKS
from storage.tokens.tokenizer import terms

Words = npt.NDArray[np.int32]


class Form(IntFlag):
    """Marks of a text's form, as bits."""

    QUESTION = 1
    PHOTO = 2
    TIME = 4
    NUMBER = 8
    NAME = 16
    TITLE = 32
    FIRST_PERSON = 64
    SECOND_PERSON = 128


_MARKS = (
    (
        Form.TIME,
        re.compile(
            r"(?i)\b(?:yesterday|today|tonight|tomorrow|last|ago|next|week|weekend|month|year"
            rf"|{'|'.join(WEEKDAYS)}|{'|'.join(MONTHS)}"
            r"|summer|winter|spring|morning|night|recently|since|20\d\d)\b"
        ),
    ),
    (
        Form.NUMBER,
        re.compile(
            r"(?i)\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|once|twice|first|second|third|couple|few)\b"
        ),
    ),
    (Form.NAME, re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")),
    (Form.TITLE, re.compile(r"[\"“„«]")),
    (Form.FIRST_PERSON, re.compile(r"(?i)\b(?:i|my|me|we|our|us|mine)\b")),
    (Form.SECOND_PERSON, re.compile(r"(?i)\b(?:you|your|yours)\b")),
    (Form.PHOTO, re.compile(r"\[photo:")),
)


@dataclass(frozen=True)
class Analysis:
    """`words`: the number of each word, in order (int32, shape [words]). `form`: the marks of the text."""

    words: Words
    form: Form


@lru_cache(maxsize=100_000)
def word_number(stemmed: str) -> int:
    """A stem as a number of 31 bits. Two stems collide with a chance of 1 in 2 · 10⁹."""
    return zlib.crc32(stemmed.encode()) & 0x7FFFFFFF


def analyse(text: str, about: str = "") -> Analysis:
    """Words and form of a text; the words of `about` (a title, a heading) are counted with it."""
    numbers = [word_number(term) for part in (about, text) if part for term in terms(part)]
    form = Form(0)
    for mark, pattern in _MARKS:
        if pattern.search(text):
            form |= mark
    if text.split("\n", 1)[0].rstrip().endswith(QUESTION_MARKS):
        form |= Form.QUESTION
    return Analysis(np.array(numbers, np.int32), form)


def word_numbers(words: list[str]) -> list[int]:
    """The numbers of words' stems, each once, in order."""
    return list(dict.fromkeys(word_number(stem(word)) for word in words))
