"""What computes a training: NumPy on the processor, or MLX on Apple's chips. All else is the same for both.

To add one: a subclass, and a line in `models.adapters.child`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

from models.adapters.base_model import Array, BaseModel, LayerWeights, Shape
from models.adapters.lora import LoraLayout
from models.adapters.memory import Needed
from models.adapters.rows import Row
from models.protocol.training import TrainingOptions


@dataclass(frozen=True)
class FrozenRow:
    """A row behind the frozen layers."""

    row: Row
    states: Array
    """Before the first trained layer, (T, width); float16 as they are kept."""
    anchors: Array
    """What the base's last norm gives at the row's anchors, (anchors, width)."""


class Backend(ABC):
    """Computes the layers of a model of one shape. Leave it as a context manager."""

    @staticmethod
    @abstractmethod
    def needed(shape: Shape, lora: LoraLayout, options: TrainingOptions, lengths: Sequence[int]) -> Needed:
        """What a training takes on examples of so many tokens each."""

    @abstractmethod
    def __init__(self, shape: Shape, workers: int, memory: int) -> None:
        """`workers`: examples that may be computed at once; `memory`: bytes that the process may take."""

    @abstractmethod
    def pass_through(self, weights: LayerWeights, passing: Sequence[tuple[Row, Array]]) -> None:
        """Run the states of rows, float32 of shape (T, width), through a frozen layer, in place."""

    @abstractmethod
    def hold(self, model: BaseModel, lora: LoraLayout) -> None:
        """Read what `gradient` needs of the model. Raises OSError, ValueError."""

    @abstractmethod
    def gradient(self, vector: Array, rows: Sequence[FrozenRow], total: float) -> tuple[float, Array]:
        """The mean loss of a step over its rows, in nats, and its gradient, which is valid until the next call.

        `vector` holds the adapter's matrices as `LoraLayout` says, `total` is the weight of all counted tokens.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of all that is held."""

    def __enter__(self) -> Backend:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
