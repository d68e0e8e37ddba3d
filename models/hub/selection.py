"""Which files of a repository make a model: a GGUF file, all parts of a split one, or the files of an MLX model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from models.hub.catalogue import Format
from models.hub.client import HubFile, Listing, NotOnHub
from models.protocol import ModelError

DEFAULT_QUANTIZATION = "Q4_K_M"

_PART = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.IGNORECASE)
_QUANTIZATION = re.compile(
    r"(?:^|[-._])((?:UD-)?(?:I?Q\d(?:_[A-Z0-9]+)*|TQ\d_\d|MXFP4(?:_[A-Z0-9]+)*|BF16|F16|F32))$", re.IGNORECASE
)

# What mlx-lm reads of a model. Code (*.py) and pickles (*.bin) are never pulled.
_MLX_SUFFIXES = (".safetensors", ".safetensors.index.json", ".jinja", ".tiktoken", ".model")
_MLX_NAMES = frozenset(
    "config.json generation_config.json tokenizer.json tokenizer_config.json special_tokens_map.json added_tokens.json"
    " vocab.json merges.txt chat_template.json".split()
)


@dataclass(frozen=True)
class Selection:
    """The files of a model in a listing; of a split GGUF the first part comes first."""

    format: Format
    quantization: str
    files: tuple[HubFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def quantization_of(path: str) -> str:
    """The quantization in a file's name, in capitals, e.g. `Q4_K_M`; empty if there is none."""
    name = PurePosixPath(path).name
    part = _PART.fullmatch(name)
    stem = part["stem"] if part else name.removesuffix(".gguf").removesuffix(".GGUF")
    found = _QUANTIZATION.search(stem)
    return found[1].upper() if found else ""


def select(listing: Listing, quantization: str = "", path: str = "") -> Selection:
    """The model of a listing, by `path` or by `quantization` (default: Q4_K_M, or the only one there is).

    Raises NotOnHub, naming what there is, and ModelError for a repository that holds no model.
    """
    models = whole_models(listing)
    if path:
        return _of_path(listing, models, path)
    if not models:
        return _mlx(listing, quantization)
    chosen = (quantization or DEFAULT_QUANTIZATION).upper()
    fitting = [model for model in models if model.quantization == chosen]
    if not quantization and not fitting and len(models) == 1:
        fitting = models
    if not fitting:
        there = ", ".join(sorted({model.quantization for model in models if model.quantization}))
        raise NotOnHub(
            f"{listing.repository} has no {chosen}.",
            f"Choose one with {listing.repository}:QUANTIZATION: {there}."
            if there
            else _by_name(listing.repository, models),
        )
    depth = min(model.files[0].path.count("/") for model in fitting)
    fitting = [model for model in fitting if model.files[0].path.count("/") == depth]
    if len(fitting) > 1:
        raise NotOnHub(
            f"{listing.repository} has {len(fitting)} models of {chosen}.", _by_name(listing.repository, fitting)
        )
    return fitting[0]


def whole_models(listing: Listing) -> list[Selection]:
    """The GGUF models whose parts are all there; projectors for pictures (mmproj) are no models."""
    single: list[Selection] = []
    split: dict[tuple[str, str], list[HubFile]] = {}
    for file in listing.files:
        name = PurePosixPath(file.path).name
        if not name.lower().endswith(".gguf") or name.lower().startswith("mmproj"):
            continue
        part = _PART.fullmatch(name)
        if part is None:
            single.append(Selection("gguf", quantization_of(name), (file,)))
        else:
            split.setdefault((file.path[: -len(name)] + part["stem"], part["count"]), []).append(file)
    for (_, count), parts in split.items():
        parts.sort(key=lambda file: file.path)
        if len(parts) == int(count):
            single.append(Selection("gguf", quantization_of(parts[0].path), tuple(parts)))
    return single


def _of_path(listing: Listing, models: Sequence[Selection], path: str) -> Selection:
    for model in models:
        if any(file.path == path for file in model.files):
            return model
    raise NotOnHub(f"{listing.repository} has no whole model {path}.", _by_name(listing.repository, models))


def _by_name(repository: str, models: Iterable[Selection]) -> str:
    names = sorted(model.files[0].path for model in models)[:8]
    return f"Choose a file: {', '.join(f'{repository}/{name}' for name in names)}." if names else "It has no GGUF file."


def _mlx(listing: Listing, quantization: str) -> Selection:
    files = tuple(
        file
        for file in listing.files
        if "/" not in file.path and (file.path in _MLX_NAMES or file.path.endswith(_MLX_SUFFIXES))
    )
    weights = [file for file in files if file.path.endswith(".safetensors")]
    if "mlx" not in listing.tags or not weights or not any(file.path == "config.json" for file in files):
        raise ModelError(
            f"{listing.repository} holds neither a GGUF file nor an MLX model.",
            "Look for a repository of the same model whose name ends in -GGUF.",
        )
    bits = re.search(r"(\d+)-?bit", listing.repository, re.IGNORECASE)
    found = f"{bits[1]}bit" if bits else ""
    if quantization and quantization.casefold() != found:
        raise NotOnHub(
            f"{listing.repository} has no {quantization}: an MLX repository holds one model.",
            "Name it without a quantization.",
        )
    return Selection("mlx", found, files)
