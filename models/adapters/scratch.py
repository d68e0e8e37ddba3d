"""Arrays that are used again for each example.

New arrays of megabytes cost more than what is computed in them: the system clears every page. And what a worker takes
is known beforehand so.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.adapters.base_model import Array


class Scratch:
    """The arrays of a worker, by name."""

    def __init__(self, dtype: npt.DTypeLike = np.float32) -> None:
        self.dtype = np.dtype(dtype)
        self._held: dict[object, Array] = {}

    def array(self, name: object, *shape: int) -> Array:
        """An array of this name and shape; its values are what was left there. It grows where it has to."""
        size = 1
        for length in shape:
            size *= length
        held = self._held.get(name)
        if held is None or held.size < size:
            held = self._held[name] = np.empty(size, self.dtype)
        return held[:size].reshape(shape)
