"""How fast models were when they answered, to compare with predictions."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from models.machine.atomic_file import read_record, write_record
from models.protocol import Finished

LEAST_TOKENS = 16
"""Shorter answers, and prompts of which fewer tokens were read, say little about speed."""
_NEW = 0.3
"""Weight of the newest answer in the average."""


@dataclass(frozen=True)
class Measured:
    """Speeds of a model: tokens a second of answers and of reading prompts; 0: not measured."""

    tokens_per_second: float = 0.0
    read_per_second: float = 0.0
    answers: int = 0


class MeasuredSpeeds:
    """A small file of speeds by model and memory, which may be lost."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()

    def of(self, model: str, memory: int) -> Measured:
        """Speeds of a model whose process could hold `memory` bytes (0: no promise)."""
        found = read_record(self._file).get(_key(model, memory))
        with contextlib.suppress(TypeError):
            return Measured(**found) if isinstance(found, dict) else Measured()
        return Measured()

    def note(self, model: str, memory: int, finished: Finished) -> None:
        """Take an answer into account. If the file cannot be written, only the figure is lost."""
        read = finished.prompt_tokens - finished.cached_tokens
        if finished.reason == "cancelled" or finished.completion_tokens < LEAST_TOKENS:
            return
        with self._lock:
            before = self.of(model, memory)
            now = Measured(
                # The time of the first token is part of the prompt's.
                _average(
                    before.tokens_per_second, (finished.completion_tokens - 1) / max(1e-6, finished.completion_seconds)
                ),
                _average(before.read_per_second, read / max(1e-6, finished.prompt_seconds))
                if read >= LEAST_TOKENS
                else before.read_per_second,
                before.answers + 1,
            )
            with contextlib.suppress(OSError):
                write_record(self._file, {**read_record(self._file), _key(model, memory): asdict(now)})


def _key(model: str, memory: int) -> str:
    return f"{model}|{memory}"


def _average(before: float, now: float) -> float:
    return round(before + _NEW * (now - before) if before else now, 3)
