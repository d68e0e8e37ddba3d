"""Makes models/minilm/minilm_tokens.npz: the projection that shortens token vectors from 384 to 48 numbers.

It consists of the first 48 principal components of the model's vectors of whole English words of its own vocabulary,
each read alone. It comes from the weights and nothing else, so it holds nobody's text. On the development file late
interaction ranks as well with 48 numbers as with 384 (docs/recall.md).

usage: python packaging/token_projection.py
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import numpy as np

from models.bundled import find_embedder
from models.minilm.embedder import MiniLM
from models.minilm.graph import TOKEN_DIMENSION

WORDS = 8000
TARGET = Path(__file__).parent.parent / "models" / "minilm" / "minilm_tokens.npz"


def main() -> None:
    """Write the file anew."""
    with tempfile.TemporaryDirectory() as cache:
        files = find_embedder(Path(cache))
        assert files is not None
        model = MiniLM(files, Path(cache))
        words = [word for word in model.vocabulary() if re.fullmatch("[a-z]{3,}", word)][:WORDS]
        states = np.stack([state[1] for state in model.token_states(words)])
    states /= np.linalg.norm(states, axis=1, keepdims=True)
    mean = states.mean(axis=0)
    _, _, components = np.linalg.svd(np.cov((states - mean).T))
    # The sign of a component is arbitrary; it is chosen so that the largest number is positive.
    basis = components[:TOKEN_DIMENSION]
    basis *= np.sign(basis[np.arange(TOKEN_DIMENSION), np.abs(basis).argmax(axis=1)])[:, None]
    np.savez(TARGET, mean=mean.astype(np.float32), basis=basis.T.astype(np.float16))


if __name__ == "__main__":
    main()
