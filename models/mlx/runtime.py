"""The runtime of models in MLX's form."""

from __future__ import annotations

from pathlib import Path

from models.mlx.language_model import MlxLanguageModel, read_config
from models.protocol import LanguageModel
from models.protocol.runtime import Description, ModelOptions, Runtime, Source, folder_bytes


class MlxRuntime(Runtime):
    """Recognises folders. Such a model has `config.json`, a tokenizer and `*.safetensors`."""

    title = "MLX"
    format = "mlx"
    takes = "a folder"

    def recognises(self, source: Source) -> bool:
        """Whether it is a folder."""
        return isinstance(source, Path) and source.is_dir()

    def language_model(self, source: Source, options: ModelOptions) -> LanguageModel:
        """The folder's model in a child process, which starts at the first question."""
        assert isinstance(source, Path)
        return MlxLanguageModel(
            source, options.log, name=options.name, context_tokens=options.context_tokens, check=options.check
        )

    def check(self, path: Path) -> None:
        """Raise ModelError unless the folder has a sound `config.json`."""
        read_config(path)

    def describe(self, path: Path, context_tokens: int) -> Description:
        """Architecture and sizes. Raises ModelError."""
        architecture = read_config(path).get("model_type")
        return Description(
            architecture=architecture if isinstance(architecture, str) else "",
            size=folder_bytes(path),
            weights=self.weight_bytes(path),
        )

    def weight_bytes(self, path: Path) -> int:
        """Bytes of the folder's safetensors."""
        return folder_bytes(path, "*.safetensors")
