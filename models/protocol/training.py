"""What the rest of the application may ask of a trainer of adapters, whatever trains them.

An adapter is a low-rank update of a model's matrices (LoRA, Hu et al. 2021) in a GGUF file of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

from models.protocol.model import ModelError


@dataclass(frozen=True)
class Branch:
    """Tokens that follow the prefix of an example; `counted` are those that are learnt, by their place."""

    tokens: tuple[int, ...]
    counted: tuple[bool, ...]
    weight: float = 1.0
    """Of each counted token in the loss."""
    anchor: bool = False
    """Learn the base model's own distribution at the counted tokens instead of the tokens: it keeps the language."""


@dataclass(frozen=True)
class Example:
    """Branches that share a prefix, such as the questions on a passage. No branch sees another."""

    prefix: tuple[int, ...]
    branches: tuple[Branch, ...]

    @property
    def length(self) -> int:
        """Tokens of the prefix and of all branches."""
        return len(self.prefix) + sum(len(branch.tokens) for branch in self.branches)


def shared_example(pairs: Sequence[tuple[Sequence[int], Sequence[int]]]) -> Example:
    """An example of prompts and answers, as tokens: the prompts share how they begin, and the answers count."""
    prompts = [prompt for prompt, _ in pairs]
    # Some token of each prompt has to be its branch's own: the first token of the answer is learnt there.
    shared = min(map(len, prompts)) - 1
    for prompt in prompts[1:]:
        shared = next((at for at in range(shared) if prompt[at] != prompts[0][at]), shared)
    branches = []
    for prompt, answer in pairs:
        own = prompt[shared:]
        branches.append(Branch((*own, *answer), (False,) * len(own) + (True,) * len(answer)))
    return Example(tuple(prompts[0][:shared]), tuple(branches))


@dataclass(frozen=True)
class TrainingOptions:
    """How to train an adapter."""

    first_layer: int
    """The layers from this one on are trained; those below stay as they are."""
    rank: int = 16
    alpha: float = 32.0
    """The update is alpha / rank times the product of its two matrices."""
    rate: float = 1e-3
    """The highest learning rate: reached after the warm-up, it then falls to a tenth in a straight line."""
    epochs: int = 1
    examples_per_step: int = 2
    seed: int = 0
    workers: int = 2
    """Examples that are computed at once, each by a thread."""
    memory: int = 1_200_000_000
    """Bytes that the training may take at most."""
    checkpoint_seconds: float = 60.0
    base_digest: str = ""
    """sha256 (hex) of the base model's file, which the adapter then names as the one it belongs to."""
    name: str = ""
    """Of the adapter."""


@dataclass(frozen=True)
class TrainingProgress:
    """A step that was made. `step` counts from 1; 0 is the pass over the frozen layers."""

    step: int
    steps: int
    loss: float
    """Mean over the counted tokens of the step, in nats."""
    tokens: int
    """That were trained so far in this run of the process."""
    tokens_per_second: float


@dataclass(frozen=True)
class TrainingEnd:
    """How a training ended. Only one that is `done` has an adapter; what was `stopped` can be taken up again.

    `diverged`: a gradient was not finite; the last checkpoint is as it was.
    """

    reason: Literal["done", "stopped", "diverged"]
    step: int
    adapter: Path | None = None


TrainingEvent: TypeAlias = TrainingProgress | TrainingEnd


class NotTrainable(ModelError):
    """The model, the examples or the memory don't allow this training. `needed`: bytes that would do; 0: no matter."""

    def __init__(self, what: str, remedy: str, needed: int = 0) -> None:
        super().__init__(what, remedy)
        self.needed = needed


class AdapterTrainer(Protocol):
    """Trains adapters of a base model."""

    def train(
        self, base: Path, examples: Sequence[Example], options: TrainingOptions, folder: Path, stop: threading.Event
    ) -> Iterator[TrainingEvent]:
        """Train, and yield what was done; the last event is a `TrainingEnd`.

        `folder` holds checkpoints and the finished adapter. A training of the same base, examples and options goes on
        from the folder's checkpoint. When `stop` is set the training ends after the step in hand, with a checkpoint.
        Raises NotTrainable before anything is computed, and ModelError.
        """
        ...
