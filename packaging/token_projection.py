"""Makes what comes with the code for the bundled embedders: the projections that shorten vectors of tokens from 384 to
48 numbers, and for multilingual-e5-small also the mean of its vectors.

A projection consists of the first 48 principal components of the model's vectors of whole words of its own vocabulary,
each read alone; the mean is that of words, and of words drawn at random and put one after another. It all comes from
the weights and nothing else, so it holds nobody's text. On the development file late interaction ranks as well with 48
numbers as with 384 (docs/recall.md).

usage: python packaging/token_projection.py [minilm] [e5]
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.bundled import find_embedder, find_multilingual
from models.e5.embedder import MultilingualE5
from models.e5.parts import E5Parts
from models.e5.tokenizer import SPACE
from models.minilm.embedder import MiniLM
from models.minilm.graph import TOKEN_DIMENSION

WORDS = 8000
TEXTS = 1500
LONGEST_TEXT = 24
"""Words of a text put together at random."""
MODELS = Path(__file__).parent.parent / "models"

Floats = npt.NDArray[np.floating[Any]]


def main() -> None:
    """Write the files of the named models anew; of both without a name."""
    named = sys.argv[1:] or ["minilm", "e5"]
    with tempfile.TemporaryDirectory() as cache:
        if "minilm" in named:
            write_minilm(Path(cache))
        if "e5" in named:
            write_e5(Path(cache))


def write_minilm(cache: Path) -> None:
    """The projection of all-MiniLM-L6-v2, from English words."""
    files = find_embedder(cache)
    assert files is not None
    model = MiniLM(files, cache)
    words = [word for word in model.vocabulary() if re.fullmatch("[a-z]{3,}", word)][:WORDS]
    mean, basis = projection(np.stack([state[1] for state in model.token_states(words)]))
    np.savez(MODELS / "minilm" / "minilm_tokens.npz", mean=mean, basis=basis)


def write_e5(cache: Path) -> None:
    """Projection and mean of multilingual-e5-small, from words of all its languages."""
    files = find_multilingual(cache)
    assert files is not None
    model = MultilingualE5(E5Parts(files), cache)
    dice = random.Random(0)
    pieces = [piece[1:] for piece in model.vocabulary() if piece.startswith(SPACE) and piece[1:].isalpha()]
    words = dice.sample([piece for piece in pieces if len(piece) > 2 or not piece.isascii()], WORDS)
    tokens_mean, tokens_basis = projection(model.word_states(words))
    texts = words[:TEXTS]
    texts += [" ".join(dice.choices(words, k=dice.randint(2, 5))) for _ in range(TEXTS // 2)]
    texts += [" ".join(dice.choices(words, k=dice.randint(6, LONGEST_TEXT))) for _ in range(TEXTS)]
    mean = model.pooled(texts).mean(axis=0).astype(np.float32)
    np.savez(MODELS / "e5" / "e5.npz", mean=mean, tokens_mean=tokens_mean, tokens_basis=tokens_basis)


def projection(states: Floats) -> tuple[Floats, Floats]:
    """Mean (384,) of the states (words, 384), brought to length 1, and their first principal components (384, 48)."""
    states = states / np.linalg.norm(states, axis=1, keepdims=True)
    mean = states.mean(axis=0)
    _, _, components = np.linalg.svd(np.cov((states - mean).T))
    # The sign of a component is arbitrary; it is chosen so that the largest number is positive.
    basis = components[:TOKEN_DIMENSION]
    basis *= np.sign(basis[np.arange(TOKEN_DIMENSION), np.abs(basis).argmax(axis=1)])[:, None]
    return mean.astype(np.float32), basis.T.astype(np.float16)


if __name__ == "__main__":
    main()
