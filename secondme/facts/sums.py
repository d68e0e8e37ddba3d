"""Sums of money as people write them, and what they come to."""

from __future__ import annotations

import re

from secondme.text.number_words import TENS, VALUES

_SLANG = {"fiver": 5, "tenner": 10, "hundred": 100, "grand": 1000, "thousand": 1000}
_IN_WORDS = {word: VALUES[word] for word in TENS} | _SLANG
CURRENCY = r"[€£$]|(?:euros?|eur|pounds?|quid|dollars?|bucks|francs?|kr(?:onor|oner)?|yuan|块|元)(?!\w)"
AMOUNT = re.compile(
    rf"(?i)(?P<before>[£$€])?(?:(?<![\d.,])(?P<n>\d+(?:[.,]\d{{3}})*(?:[.,]\d{{1,2}})?)(?![\d.,]?\d)"
    rf"|\b(?P<word>{'|'.join(_IN_WORDS)})\b)(?P<after> ?(?:{CURRENCY}))?"
)
"""A sum: `n` in digits or `word`, with a currency `before` or `after` it."""


def value_of(amount: re.Match[str]) -> float:
    """A number as it is written in English or on the continent: the last mark before one or two digits is decimal."""
    if amount["word"]:
        return float(_IN_WORDS[amount["word"].lower()])
    number = amount["n"]
    whole, _, cents = number.rpartition(number[-3]) if len(number) > 3 and number[-3] in ".," else (number, "", "")
    return float(re.sub(r"[.,]", "", whole) + (f".{cents}" if cents else ""))


def digits_of(written: str) -> str:
    """The number in a sum, with its marks."""
    return re.sub(r"[^\d.,]", "", written)
