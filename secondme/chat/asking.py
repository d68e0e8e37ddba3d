"""Whether a message asks for something, learnt from messages: a logistic regression over its words, pairs and triples
of words, beginnings and ends of words, and how it begins and ends (as in Joulin et al., "Bag of Tricks for Efficient
Text Classification", 2017, without embeddings).

It knows the questions that rules don't: without a mark, a question word or a verb ("hanifs daughter, whats she called",
"the make of my saw for the form"). `packaging/train_asking.py` makes its weights.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

WEIGHTS = Path(__file__).with_name("asking.npz")
BUCKETS = 1 << 16
"""Signs share weights by the remainder of their checksums."""
MOST_WORDS = 60
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[^\w\s]")
_END = re.compile(r"[?？؟\s]+$")
_LONG = 5
"""Letters of a word whose beginning and end are signs."""


@lru_cache(maxsize=4096)
def asking(text: str) -> float:
    """The logit of the chance that a text asks; question marks at its end are not looked at."""
    chosen = sign_places(text)
    return float(_weights()[chosen].sum() / np.sqrt(len(chosen)))


def sign_places(text: str) -> npt.NDArray[np.int64]:
    """The buckets of a text's signs, each once."""
    return np.unique([zlib.crc32(sign.encode()) % BUCKETS for sign in _signs(text)])


def _signs(text: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").strip()
    words = ["0" if word.isdigit() else word for word in _WORD.findall(_END.sub("", folded))][-MOST_WORDS:]
    for place, word in enumerate(words):
        yield f"w{word}"
        if place:
            yield f"b{words[place - 1]} {word}"
        if place > 1:
            yield f"t{words[place - 2]} {words[place - 1]} {word}"
        if word.isascii():
            if len(word) >= _LONG:
                yield from (f"c<{word[:2]}", f"c<{word[:3]}", f"c{word[-2:]}>", f"c{word[-3:]}>")
        else:  # of scripts that write no spaces a "word" is a sentence
            framed = f"<{word}>"
            yield from (f"c{framed[at : at + size]}" for size in (2, 3, 4) for at in range(len(framed) - size + 1))
    for size in (1, 2, 3):
        yield f"{size}{' '.join(words[:size])}"
    for size in (1, 2):
        yield f"e{size}{' '.join(words[-size:])}"


@cache
def _weights() -> npt.NDArray[np.float32]:
    """A weight for each bucket; no bias, so that words that were never learnt say nothing."""
    with np.load(WEIGHTS) as kept:
        weights: npt.NDArray[np.float32] = kept["weights"].astype(np.float32) * np.float32(kept["scale"])
    return weights
