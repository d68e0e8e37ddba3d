"""A folder with a model in MLX's form, run by mlx-lm in a child process. MLX is made for Apple's chips."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Unpack

from models.child.language_model import LanguageModelProcess, LanguageModelProcessOptions
from models.child.wire import Message
from models.protocol import CHOOSE_ANOTHER_MODEL, ModelError

_LARGEST_CONFIG = 1 << 20


class MlxLanguageModel(LanguageModelProcess):
    """Implements `LanguageModel` for a folder with `config.json`, a tokenizer and `*.safetensors`.

    A prompt that begins like the last one is evaluated from where they differ.
    """

    child = "models.mlx.child"
    library = "MLX"

    def __init__(
        self,
        path: Path,
        log: Path,
        *,
        context_tokens: int = 4096,
        niceness: int = 0,
        **process: Unpack[LanguageModelProcessOptions],
    ) -> None:
        """Make a model of the folder at `path`; `process` is passed on to `ModelProcess`.

        `context_tokens` is lowered to what the model was trained for.
        """
        super().__init__(path, log, **process)
        self._asked_context = context_tokens
        self._niceness = niceness

    def _title(self) -> str:
        bits = (read_config(self._path).get("quantization") or {}).get("bits")
        return f"{self._path.name} {bits}-bit" if isinstance(bits, int) else self._path.name

    def _options(self) -> Message:
        config = read_config(self._path)
        if find_spec("mlx_lm") is None:
            raise ModelError(
                f"{self._path} is a model for MLX, which is not installed here: "
                "it comes with Second Me on Apple's chips.",
                "Elsewhere name a GGUF file with `secondme config set model.path FILE`.",
            )
        # Models of text and pictures describe their language model in a part of its own.
        text_config = config.get("text_config")
        trained = config.get("max_position_embeddings") or (
            text_config.get("max_position_embeddings") if isinstance(text_config, dict) else None
        )
        context = self._asked_context
        if isinstance(trained, int) and trained > 0:
            context = min(context, trained)
        return {
            "model": str(self._path),
            "log": str(self._log),
            "context_tokens": context,
            "niceness": self._niceness,
        }


def read_config(folder: Path) -> dict[str, Any]:
    """The model's `config.json`. Raises ModelError when it is missing or damaged."""
    file = folder / "config.json"
    try:
        if file.stat().st_size > _LARGEST_CONFIG:
            raise ValueError("it is too large")
        config = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(config, dict) or not isinstance(config.get("quantization", {}), dict):
            raise ValueError("it is no description of a model")
    except OSError as error:
        raise ModelError(
            f"The model folder {folder} has no config.json that can be read ({error.strerror}).", CHOOSE_ANOTHER_MODEL
        ) from error
    except ValueError as error:
        raise ModelError(f"The model folder {folder} has a damaged config.json.", CHOOSE_ANOTHER_MODEL) from error
    return config
