"""Whether a message asks for something, learnt from messages.

By its words: a logistic regression over words, pairs and triples of words, beginnings and ends of words, and how it
begins and ends (as in Joulin et al., "Bag of Tricks for Efficient Text Classification", 2017, without embeddings). With
the vector that the embedder for all languages has of it also by its meaning: a network of one hidden layer, which knows
wordings that were never learnt, and languages.

Both know the questions that rules do not: without a mark, a question word or a verb ("the make of my saw for the form",
"hanifs daughter, whats she called"). `packaging/train_asking.py` makes the weights.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeAlias

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
EMBEDDER = "multilingual-e5-small/"
"""How the names of the embedders begin whose vectors of questions show their meaning here."""
MEANING = 0.5
"""What the network's logit weighs beside that of the words."""
Floats: TypeAlias = npt.NDArray[np.float32]


@lru_cache(maxsize=4096)
def asking(text: str) -> float:
    """The logit of the chance that a text asks; question marks at its end are not looked at."""
    chosen = sign_places(text)
    return float(_weights()[chosen].sum() / np.sqrt(len(chosen)))


def asking_by_meaning(text: str, vector: Floats) -> float:
    """`asking`, and what the vector of a text says, float32 (384,) of length 1, by an embedder named `EMBEDDER`."""
    return asking(text) + MEANING * float(meaning(_network(), vector[None])[0])


def meaning(network: Mapping[str, Floats], vectors: Floats) -> Floats:
    """The logits (n,) of vectors (n, 384): one hidden layer of rectified units."""
    hidden = np.maximum(vectors @ network["into"] + network["bias"], 0)
    logits: Floats = hidden @ network["out"] + network["base"]
    return logits


def bare(text: str) -> str:
    """A text without question marks and white space at its end, as its vector is made of it."""
    return _END.sub("", text)


def sign_places(text: str) -> npt.NDArray[np.int64]:
    """The buckets of a text's signs, each once."""
    return np.unique([zlib.crc32(sign.encode()) % BUCKETS for sign in _signs(text)])


def _signs(text: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").strip()
    words = ["0" if word.isdigit() else word for word in _WORD.findall(bare(folded))][-MOST_WORDS:]
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
def _weights() -> Floats:
    """A weight for each bucket; no bias, so that words that were never learnt say nothing."""
    with np.load(WEIGHTS) as kept:
        weights: Floats = kept["weights"].astype(np.float32) * np.float32(kept["scale"])
    return weights


@cache
def _network() -> dict[str, Floats]:
    """`into` (384, units), `bias` (units,), `out` (units,) and `base` () of the network over vectors."""
    with np.load(WEIGHTS) as kept:
        return {name: kept[name].astype(np.float32) for name in ("into", "bias", "out", "base")}
