"""Adam (Kingma and Ba 2015) with gradients clipped to a norm of 1."""

from __future__ import annotations

import math

import numpy as np

from models.adapters.base_model import Array

_FIRST, _SECOND, _EPSILON = 0.9, 0.99, 1e-8
_LONGEST = 1.0
_WARM_UP = 0.06
_LAST = 0.1
_CHUNK = 1 << 16


def learning_rate(highest: float, step: int, steps: int) -> float:
    """The rate of a step (from 1): a warm-up of 6 % of the steps, then a straight fall to a tenth."""
    warm = max(1, round(_WARM_UP * steps))
    if step <= warm:
        return highest * step / warm
    return highest * (1 - (1 - _LAST) * (step - warm) / max(1, steps - warm))


class Adam:
    """The moments of a vector's gradients."""

    def __init__(self, size: int) -> None:
        self.means = np.zeros(size, np.float32)
        self.squares = np.zeros(size, np.float32)

    def update(self, vector: Array, gradient: Array, step: int, rate: float) -> bool:
        """Move `vector` along a gradient. False, and nothing is changed, where the gradient is not finite."""
        length = math.sqrt(float(np.dot(gradient, gradient)))
        if not math.isfinite(length):
            return False
        scale = np.float32(min(1.0, _LONGEST / max(length, 1e-12)))
        first, second = np.float32(1 - _FIRST**step), np.float32(1 - _SECOND**step)
        for at in range(0, len(vector), _CHUNK):
            within = slice(at, at + _CHUNK)
            clipped = gradient[within] * scale
            means, squares = self.means[within], self.squares[within]
            means += np.float32(1 - _FIRST) * (clipped - means)
            squares += np.float32(1 - _SECOND) * (clipped * clipped - squares)
            vector[within] -= np.float32(rate) * (means / first) / (np.sqrt(squares / second) + np.float32(_EPSILON))
        return True
