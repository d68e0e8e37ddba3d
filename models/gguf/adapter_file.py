"""The file of an adapter: a GGUF with a low-rank update (LoRA) of a base model's matrices.

Format: `general.type` is "adapter", `adapter.type` "lora"; matrix NAME has `NAME.lora_a` of shape (rank, columns) and
`NAME.lora_b` of (rows, rank). Our own key names the base by its sha256: another model of the same shapes would load.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.gguf.header import GgufLayout, read_layout
from models.machine.atomic_file import replace_file
from models.protocol import ModelError

BASE_DIGEST = "secondme.base.sha256"
_REMEDY = "Use it with the model it was made for, or train one for this model."


@dataclass(frozen=True)
class AdapterFile:
    """The header of an adapter."""

    layout: GgufLayout
    name: str
    base_digest: str
    """sha256 (hex) of the base model's file; empty: it does not say."""
    rank: int
    alpha: float

    @property
    def size(self) -> int:
        """Bytes of its matrices."""
        return self.layout.weight_bytes


def read_adapter(path: Path) -> AdapterFile:
    """Read an adapter's header. Raises ModelError when the file is missing or is no adapter."""
    layout = read_layout(path)
    fields = layout.fields
    ranks = {tensor.shape[1] for tensor in layout.tensors if tensor.name.endswith(".lora_a") and len(tensor.shape) == 2}
    if fields.get("general.type") != "adapter" or fields.get("adapter.type") != "lora" or not ranks:
        raise ModelError(f"The file {path} is no adapter of a language model.", "Choose another, or train one.")
    alpha = fields.get("adapter.lora.alpha", 0.0)
    return AdapterFile(
        layout,
        str(fields.get("general.name") or path.stem),
        str(fields.get(BASE_DIGEST) or ""),
        max(ranks),
        float(alpha) if isinstance(alpha, int | float) else 0.0,
    )


def check_adapter(path: Path, base: GgufLayout, base_digest: str) -> AdapterFile:
    """An adapter's header, if it belongs to a base model; `base_digest`: sha256 (hex) of that, empty: not compared.

    Raises ModelError, which says what differs.
    """
    adapter = read_adapter(path)
    if adapter.layout.architecture != base.architecture:
        raise ModelError(
            f"The adapter {adapter.name} was made for a model of the kind {adapter.layout.architecture}, "
            f"and this one is {base.architecture or 'of another'}.",
            _REMEDY,
        )
    if base_digest and adapter.base_digest and adapter.base_digest != base_digest:
        raise ModelError(f"The adapter {adapter.name} was made for another model's file.", _REMEDY)
    shapes = {tensor.name: tensor.shape for tensor in base.tensors}
    for tensor in adapter.layout.tensors:
        matrix, _, side = tensor.name.rpartition(".")
        held = shapes.get(matrix, ())
        place = {"lora_a": 0, "lora_b": 1}.get(side)
        if len(held) != 2 or place is None or len(tensor.shape) != 2 or tensor.shape[place] != held[place]:
            raise ModelError(
                f"The adapter {adapter.name} has a matrix {tensor.name} that this model has no place for.", _REMEDY
            )
    return adapter


def write_adapter(
    path: Path,
    matrices: list[tuple[str, npt.NDArray[Any], npt.NDArray[Any]]],
    *,
    architecture: str,
    alpha: float,
    base_digest: str,
    name: str,
) -> None:
    """Write an adapter, in float16: (name of the base's tensor, A (rank, columns), B (rows, rank)) of each matrix.

    `path` is either as before or whole. Raises OSError.
    """
    import gguf

    part = path.with_name(f".{path.name}.part")
    writer = gguf.GGUFWriter(part, architecture)
    writer.add_type("adapter")
    writer.add_name(name or path.stem)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", alpha)
    if base_digest:
        writer.add_string(BASE_DIGEST, base_digest)
    for matrix, down, up in matrices:
        writer.add_tensor(f"{matrix}.lora_a", np.ascontiguousarray(down, np.float16))
        writer.add_tensor(f"{matrix}.lora_b", np.ascontiguousarray(up, np.float16))
    try:
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        replace_file(path, part.read_bytes())
    finally:
        part.unlink(missing_ok=True)
