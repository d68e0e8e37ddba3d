"""What recall wants to know of a text and can be known beforehand: its words as numbers, and its form."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from secondme.text.terms import stem, stems

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
            r"(?i)\b(?:yesterday|today|tonight|tomorrow|last|ago|next|week|weekend|month|year|monday|tuesday|wednesday"
            r"|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october"
            r"|november|december|summer|winter|spring|morning|night|recently|since|20\d\d)\b"
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
    """`words`: a number for each word in order (int32); `form`: marks."""

    words: Words
    form: Form


@lru_cache(maxsize=100_000)
def word_number(stemmed: str) -> int:
    """A stem as a number of 31 bits. Two stems share one with a chance of one in two thousand million."""
    return zlib.crc32(stemmed.encode()) & 0x7FFFFFFF


def analyse(text: str, about: str = "") -> Analysis:
    """Words and form of a text; the words of `about` (a title, a heading) are counted with it."""
    numbers = [word_number(one) for one in stems(f"{about} {text}" if about else text)]
    form = Form(0)
    for mark, pattern in _MARKS:
        if pattern.search(text):
            form |= mark
    if text.split("\n", 1)[0].rstrip().endswith("?"):
        form |= Form.QUESTION
    return Analysis(np.array(numbers, np.int32), form)


def word_numbers(words: list[str]) -> list[int]:
    """The numbers of words' stems, each once, in order."""
    return list(dict.fromkeys(word_number(stem(word)) for word in words))
