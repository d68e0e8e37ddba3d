"""The bundled files of all-MiniLM-L6-v2: its tokenizer, and what is built from its weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from models.bundled import EMBEDDER_PACKAGE, BundledEmbedder
from models.protocol import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def load_tokenizer(files: BundledEmbedder) -> Tokenizer:
    """The tokenizer, without padding or truncation."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    # The file has every text padded or cut to 128 tokens. The model takes up to 256.
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def build_from(files: BundledEmbedder, build: Callable[[], bytes]) -> bytes:
    """What `build` makes of the weights. Raises ModelError when they cannot be read."""
    from safetensors import SafetensorError

    try:
        return build()
    except (OSError, KeyError, SafetensorError) as error:
        raise ModelError(
            f"The embedding model could not be built from {files.weights} ({error}).",
            f"Install it again with `uv sync --reinstall-package {EMBEDDER_PACKAGE}`.",
        ) from error
