"""Cross entropy of the tokens that count, and its gradient; for anchors that of the base model's own distribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.adapters.base_model import Array
from models.adapters.rows import Row
from models.adapters.scratch import Scratch
from models.adapters.transformer import back_through_norm, norm

TOKENS_AT_ONCE = 48
"""Places whose logits are held at once."""


@dataclass(frozen=True)
class Head:
    """What gives the logits: the last norm, and the output matrix (vocabulary, width)."""

    scale: Array
    output: Array
    epsilon: float


def loss_of_row(
    head: Head, row: Row, state: Array, gradient: Array, anchors: Array, total: float, scratch: Scratch
) -> float:
    """The row's part of the mean loss of a step, in nats; its gradient is written into `gradient`.

    `state` and `gradient` are (T, width), `anchors` is what the base's last norm gave at the row's anchors, and `total`
    the weight of all counted tokens of the step.
    """
    gradient[:] = 0
    loss, seen = 0.0, 0
    for at in range(0, len(row.sources), TOKENS_AT_ONCE):
        within = slice(at, at + TOKENS_AT_ONCE)
        sources, soft = row.sources[within], row.anchors[within]
        known = state[sources]
        hidden = norm(known, head.scale, head.epsilon, np.empty_like(known))
        logs = np.matmul(hidden, head.output.T, out=scratch.array("logits", len(sources), len(head.output)))
        _log_softmax(logs)
        weights = row.weights[within] / total
        hard = np.flatnonzero(~soft)
        loss -= float(weights[hard] @ logs[hard, row.targets[within][hard]])
        count = int(soft.sum())
        expected = anchors[seen : seen + count] @ head.output.T if count else None
        seen += count
        if expected is not None:
            _log_softmax(expected)
            np.exp(expected, out=expected)
            # The divergence from the base: 0 where nothing has changed.
            own = np.einsum("tv,tv->t", expected, np.log(np.maximum(expected, 1e-30)))
            loss += float(weights[soft] @ (own - np.einsum("tv,tv->t", expected, logs[soft])))
        np.exp(logs, out=logs)
        logs[hard, row.targets[within][hard]] -= 1
        if expected is not None:
            logs[soft] -= expected
        logs *= weights[:, None].astype(logs.dtype)
        back = back_through_norm(known, head.scale, head.epsilon, logs @ head.output)
        np.add.at(gradient, sources, back)
    return loss


def _log_softmax(logits: Array) -> None:
    """Logarithms of probabilities, in place."""
    logits -= logits.max(-1, keepdims=True)
    total = np.zeros((len(logits), 1), logits.dtype)
    for at in range(0, logits.shape[1], 4096):
        total += np.exp(logits[:, at : at + 4096]).sum(-1, keepdims=True)
    logits -= np.log(total)
