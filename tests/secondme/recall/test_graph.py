"""The walk over the graph of candidates."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from secondme.recall.graph import spread


def test_the_walk_reaches_what_shares_a_name() -> None:
    def numbers(*values: int) -> npt.NDArray[np.int32]:
        return np.array(values, np.int32)

    scores = np.array([9.0, 1.0, 1.0, 1.0])
    names = [numbers(7), numbers(7), numbers(), numbers()]
    words = [numbers(1, 2), numbers(3), numbers(4), numbers(5)]
    walked = spread(scores, names, words, np.zeros((4, 8), np.float32), [])
    assert walked[0] > walked[1] > walked[2] == walked[3]
