"""The state of a training on disk: after `kill -9` it goes on as if nothing had happened, bit for bit."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.adapters.base_model import Array
from models.adapters.optimizer import Adam
from models.machine.atomic_file import replace_file

_NAME = "checkpoint.bin"


@dataclass
class State:
    """Where a training is: the adapter's matrices as one vector, the moments of their gradients, and the last step."""

    vector: Array
    adam: Adam
    step: int = 0


def save(folder: Path, fingerprint: str, state: State) -> None:
    """Replace the checkpoint. Raises OSError; then the old one is as it was."""
    arrays = b"".join(array.astype("<f4").tobytes() for array in (state.vector, state.adam.means, state.adam.squares))
    head = {"training": fingerprint, "step": state.step, "checksum": zlib.crc32(arrays)}
    replace_file(folder / _NAME, json.dumps(head).encode() + b"\n" + arrays)


def load(folder: Path, fingerprint: str, state: State) -> bool:
    """Take up the checkpoint of this training. False: there is none that is whole, and `state` is as it was."""
    try:
        head, _, arrays = (folder / _NAME).read_bytes().partition(b"\n")
        found = json.loads(head)
        fits = found["training"] == fingerprint and found["checksum"] == zlib.crc32(arrays)
        step = int(found["step"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if not fits or len(arrays) != 12 * len(state.vector):
        return False
    vector, means, squares = np.frombuffer(arrays, "<f4").reshape(3, -1)
    state.vector[:], state.adam.means[:], state.adam.squares[:] = vector, means, squares
    state.step = step
    return True


def remove(folder: Path) -> None:
    """Delete the checkpoint."""
    (folder / _NAME).unlink(missing_ok=True)
