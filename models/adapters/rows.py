"""Examples as rows of tokens: the prefix, then the branches, each of which goes on where the prefix ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.protocol.training import Example

QUERY_BLOCK = 128
"""Tokens whose attention is computed at once: half of a long prefix's products are left out so."""


@dataclass(frozen=True)
class Block:
    """Tokens from `begin` to `end` see the first `prefix` tokens, and those from `own` up to themselves."""

    begin: int
    end: int
    prefix: int
    own: int


@dataclass(frozen=True)
class Row:
    """An example as it is computed."""

    tokens: npt.NDArray[np.int64]
    positions: npt.NDArray[np.int64]
    blocks: tuple[Block, ...]
    sources: npt.NDArray[np.int64]
    """The places whose logits count."""
    targets: npt.NDArray[np.int64]
    """The tokens that come next there."""
    weights: npt.NDArray[np.float64]
    anchors: npt.NDArray[np.bool_]
    """Where the base's distribution is the target."""

    def __len__(self) -> int:
        return len(self.tokens)


def row_of(example: Example) -> Row:
    """The row of an example."""
    prefix = len(example.prefix)
    tokens, positions = list(example.prefix), list(range(prefix))
    blocks = _blocks(0, prefix, 0, 0)
    learnt: list[tuple[int, int, float, bool]] = []
    for branch in example.branches:
        begin = len(tokens)
        for number, (token, counted) in enumerate(zip(branch.tokens, branch.counted, strict=True)):
            source = begin + number - 1 if number else prefix - 1
            if counted and source >= 0:
                learnt.append((source, token, branch.weight, branch.anchor))
        tokens += branch.tokens
        positions += range(prefix, prefix + len(branch.tokens))
        blocks += _blocks(begin, len(tokens), prefix, begin)
    sources, targets, weights, anchors = zip(*learnt, strict=True) if learnt else ((), (), (), ())
    return Row(
        np.array(tokens, np.int64),
        np.array(positions, np.int64),
        tuple(blocks),
        np.array(sources, np.int64),
        np.array(targets, np.int64),
        np.array(weights, np.float64),
        np.array(anchors, np.bool_),
    )


def _blocks(begin: int, end: int, prefix: int, own: int) -> list[Block]:
    return [Block(at, min(at + QUERY_BLOCK, end), prefix, own) for at in range(begin, end, QUERY_BLOCK)]


def steps_of_epoch(lengths: Sequence[int], per_step: int, seed: int, epoch: int) -> list[list[int]]:
    """The examples of each step of an epoch, in an order drawn anew; those of a step are of about the same length, so
    that no worker waits long for another."""
    random = np.random.default_rng([seed, epoch])
    order = random.permutation(len(lengths)).tolist()
    near = per_step * 16
    sorted_near = [
        place for at in range(0, len(order), near) for place in sorted(order[at : at + near], key=lengths.__getitem__)
    ]
    steps = [sorted_near[at : at + per_step] for at in range(0, len(sorted_near), per_step)]
    return [steps[place] for place in random.permutation(len(steps))]
