"""How much a text reads like a language: what tells a right decoding from rubbish.

A score of three parts: how likely its letter groups are in the language that fits best (the naive Bayes model of
py3langid over groups of one to four bytes), what no language writes (signs, scripts or capitals within a word), and for
East Asian text how many characters are among the common ones of a national standard.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

LANGUAGES = frozenset(
    """
    ar be bg ca cs cy da de el en es et eu fa fi fr ga gl he hr hu id is it ja kk ko lt lv mk mt nl no pl pt ro ru sk sl
    sq sr sv th tl tr uk ur vi zh
    """.split()
)
"""Those of people's files; with rare ones beside them, every rubbish would fit some."""
UNSEEN = 15.0
"""Minus the logarithm of the probability of a group that a language never has."""
STRIKE = 6.0
"""What a mistake costs for each character beyond ASCII: twice what a good fit differs from a bad one."""
RARE = 12.0
_LEAST = {"CYRILLIC": 6.0, "GREEK": 6.0, "HEBREW": 6.0, "ARABIC": 6.0, "THAI": 6.0}
LEAST = 3.0
"""A score below is rubbish. Scripts with one letter in two bytes score more (right ones 7.3)."""

_WORD = re.compile(r"[^\W\d_](?:[\w\u0300-\u036f]*[^\W\d_])?")
_SIGN_IN_WORD = re.compile(
    r"(?<=[^\W\d_])[^\x00-\x7f\w\s’–—·‘“”»«…\u0300-\u036f\u05b0-\u05c7\u05f3\u05f4\u064b-\u0652\u0e00-\u0e7f"
    r"\u200c\u200d\u3000-\u303f\uff00-\uff65](?=[^\W\d_])"
)
_PLAIN = re.compile(r"[\s!-@\[-`{-~]+")
"""Digits, signs and spaces of ASCII, which every encoding has."""
_FINAL = frozenset("ךםןףץςىة")
"""Letters that only end a word."""
_NEVER_LAST_IN_GREEK = frozenset("βγδζθκλμπτφχψξσ")
_SERBIAN = re.compile("[ЂЃЉЊЌЋЏЅЈђѓљњќћџѕј]")
_REFORMED = re.compile("[ёыэщйьюяъЁЫЭЩЙЬЮЯЪ]")
"""Letters of Russian, Ukrainian, Bulgarian that Serbian and Macedonian do not have."""
_THAI_ODD = re.compile("[ฃฅ๚๛]|[ก-ฮ]ฯ(?=[ก-ฮ])|(?<![ก-ฮั-ู็-์])[ัิ-ฺ็-๎]|[เ-ไ](?![ก-ฮ])|[ก-ฮ][๐-๙]|[๐-๙][ก-ฮ]")
_ASIAN = frozenset(("HIRAGANA", "KATAKANA", "CJK"))
_STANDARDS = (("gb2312", 0xB0, 0xD7), ("euc_jp", 0xB0, 0xCF), ("big5", 0xA4, 0xC6), ("euc_kr", 0xB0, 0xC8))
"""East Asian standards and the first bytes of their common characters."""
_NEITHER = frozenset(("MODIFIER", "FEMININE", "MASCULINE", "MICRO"))


def plausibility(text: str) -> float:
    """A score; about 4 and more for sentences of a language, less for rubbish (see `is_rubbish`). 0 for no text."""
    beyond = sum(not character.isascii() for character in text)
    if not text.strip():
        return 0.0
    mistakes = strikes(text) / max(1, beyond)
    return _fit(_PLAIN.sub(" ", text.lower())) - STRIKE * mistakes - RARE * (1 - _common(text))


def is_rubbish(text: str, score: float) -> bool:
    """Whether a text with this plausibility is in no language."""
    scripts = Counter(_script(letter) for letter in text if letter.isalpha())
    return score < (_LEAST.get(scripts.most_common(1)[0][0], LEAST) if scripts else LEAST)


def strikes(text: str) -> int:
    """How often a text does what no language does."""
    count = sum(_odd(character) for character in text if not character.isascii() or character < " ")
    count += 2 * len(_SIGN_IN_WORD.findall(text)) + 2 * len(_THAI_ODD.findall(text))
    if _REFORMED.search(text):
        count += len(_SERBIAN.findall(text))
    for match in _WORD.finditer(text):
        if not match.group().isascii():
            count += _mistakes(match.group())
    return count


def _odd(character: str) -> int:
    if character in "\n\t\r\f\v":
        return 0
    if unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs") or character == "\ufffd":
        return 3
    return 2 * ("\u2500" <= character < "\u25a0") + ("\uff61" <= character <= "\uff9f") + (character in "\u200e\u200f")


def _mistakes(word: str) -> int:
    scripts = {_script(letter) for letter in word if letter.isalpha()} - _NEITHER
    if scripts & _ASIAN:
        scripts = (scripts - _ASIAN) | {"CJK"}
    count = 2 * max(0, len(scripts) - 1)
    count += sum(letter in _FINAL for letter in word[:-1])
    count += sum(before.islower() and after.isupper() for before, after in pairwise(word))
    count += any(letter in "ªºµƒ" for letter in word)
    if "GREEK" in scripts:
        count += len(word) > 2 and word[-1] in _NEVER_LAST_IN_GREEK
        count += max(0, sum("\u0301" in unicodedata.normalize("NFD", letter) for letter in word) - 1)
    return count


@cache
def _script(letter: str) -> str:
    """The first word of a letter's name in Unicode: LATIN, CYRILLIC, HANGUL."""
    return unicodedata.name(letter, "?").split()[0].split("-")[0]


def _common(text: str) -> float:
    """The share of East Asian characters that are common in the standard that has most of them."""
    asian = [c for c in text if "\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" or "\uf900" <= c <= "\ufaff"]
    if not asian:
        return 1.0
    return max(sum(_is_common(c, *standard) for c in asian) for standard in _STANDARDS) / len(asian)


@cache
def _is_common(character: str, encoding: str, first: int, last: int) -> bool:
    try:
        data = character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return len(data) == 2 and first <= data[0] <= last


def _fit(text: str) -> float:
    """How far the letter groups of a text are from unseen ones, in the language that fits best; for each byte."""
    import numpy as np
    from py3langid.langid import visit_counts

    model = _model()
    data = text.encode("utf-8", "replace")
    found = visit_counts(model.next_state, model.row_starts, model.groups, data)
    if not found:
        return 0.0
    rows = np.fromiter(found.keys(), dtype=np.intp, count=len(found))
    counts = np.fromiter(found.values(), dtype=np.float32, count=len(found))
    gained = counts @ (model.likelihoods[rows].astype(np.float32) + UNSEEN)
    return float(gained.max() / len(data))


@dataclass(frozen=True)
class _Groups:
    """The letter groups of py3langid's model, as a state machine over bytes, and how likely each is in our languages.

    `next_state[row_starts[state] + byte]`: the state after a byte. `groups[state]`: the group that ends there, or -1.
    `likelihoods`: natural logarithms, a row for each group and a column for each language.
    """

    next_state: memoryview
    row_starts: memoryview
    groups: memoryview
    likelihoods: Any


@cache
def _model() -> _Groups:
    """The model, unpacked in memory: py3langid unpacks it into a temporary file, which the limited process may not
    write."""
    import io
    import lzma

    import numpy as np
    from py3langid.langid import MODEL_DIR, MODEL_FILE

    with lzma.open(MODEL_DIR / MODEL_FILE) as packed, np.load(io.BytesIO(packed.read()), allow_pickle=False) as arrays:
        ours = [i for i, name in enumerate(arrays["classes"].tolist()) if name in LANGUAGES]
        return _Groups(
            memoryview(arrays["nextmove"]),
            memoryview(arrays["nextmove_row"].astype(np.uint32) << 8),
            memoryview(arrays["out_feat"]),
            np.ascontiguousarray(arrays["ptc"][:, ours]),
        )
