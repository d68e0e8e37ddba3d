"""The reviewed list of models (`catalogue.toml`): what each is, where it comes from, and about how large it is."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["chat", "embedder"]
Format: TypeAlias = Literal["gguf", "mlx", "safetensors"]

CATALOGUE_FILE = Path(__file__).with_name("catalogue.toml")

BITS_PER_WEIGHT: Mapping[str, float] = {
    "F32": 32.0, "F16": 16.0, "BF16": 16.0, "Q8_0": 8.5, "Q6_K": 6.56, "Q5_K_M": 5.7, "Q5_K_S": 5.54,
    "Q5_1": 6.0, "Q5_0": 5.5, "Q4_K_M": 4.89, "Q4_K_S": 4.67, "Q4_1": 5.0, "Q4_0": 4.5, "IQ4_XS": 4.46,
    "IQ4_NL": 4.5, "MXFP4": 4.5, "Q3_K_L": 4.3, "Q3_K_M": 4.0, "Q3_K_S": 3.64, "Q2_K": 3.16, "4bit": 4.5, "8bit": 8.5,
}  # fmt: skip
"""Bits that a weight takes in a whole file, from llama.cpp's table for Llama 3.1 8B and from the block sizes. The K
kinds mix several precisions: the file of another model differs by some per cent, of a very small model by a third."""


@dataclass(frozen=True)
class CatalogueModel:
    """A model of the list. What only the hub knows (file, size, digest) is not here."""

    name: str
    title: str
    kind: Kind
    format: Format
    repository: str
    """`owner/name` on the hub."""
    parameters: int
    licence: str
    context: int
    """Tokens the model was trained for."""
    quantizations: tuple[str, ...]
    template: str = ""
    active: int = 0
    """Parameters that a token passes, if fewer than all (mixture of experts)."""
    dimension: int = 0
    """Length of an embedder's vectors."""
    revision: str = ""
    """Commit that was checked; empty: the pull pins the hub's present commit."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """sha256 (hex) of the file of a quantization, if it was checked."""

    @property
    def default_quantization(self) -> str:
        """The first quantization of the list."""
        return self.quantizations[0]

    def about_bytes(self, quantization: str = "") -> int | None:
        """Estimated size of the file in bytes, from parameters and bits; None for a quantization without a figure."""
        bits = BITS_PER_WEIGHT.get(quantization or self.default_quantization)
        return None if bits is None else round(self.parameters * bits / 8)


def load_catalogue(file: Path = CATALOGUE_FILE) -> tuple[CatalogueModel, ...]:
    """The models of the list in its order. Raises ValueError, TypeError or OSError if the file is not sound."""
    entries: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["model"]
    return tuple(CatalogueModel(**{**entry, "quantizations": tuple(entry["quantizations"])}) for entry in entries)


def find_model(models: Sequence[CatalogueModel], name: str) -> CatalogueModel | None:
    """The model of this name, in any case."""
    return next((model for model in models if model.name == name.casefold()), None)


def near_names(models: Sequence[CatalogueModel], name: str) -> list[str]:
    """Names and repositories of the list that look like `name`: at most three, the nearest first."""
    known = {model.name.casefold(): model.name for model in models}
    known |= {model.repository.casefold(): model.repository for model in models}
    return [known[near] for near in difflib.get_close_matches(name.casefold(), known, n=3, cutoff=0.5)]
