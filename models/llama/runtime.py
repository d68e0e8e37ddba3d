"""The runtime of GGUF files: llama.cpp."""

from __future__ import annotations

from pathlib import Path

from models.gguf.footprint import cache_bytes
from models.gguf.header import read_header, read_layout
from models.llama.embedder import LlamaEmbedder
from models.llama.language_model import LlamaLanguageModel
from models.protocol import Embedder, LanguageModel
from models.protocol.runtime import Description, ModelOptions, Runtime, Source


class LlamaRuntime(Runtime):
    """Recognises every path, so it stands last: a file that is missing or no GGUF gets its error here."""

    title = "llama.cpp"
    format = "gguf"
    takes = "a GGUF file"

    def recognises(self, source: Source) -> bool:
        """Whether it is a path."""
        return isinstance(source, Path)

    def language_model(self, source: Source, options: ModelOptions) -> LanguageModel:
        """The file's model in a child process, which starts at the first question."""
        assert isinstance(source, Path)
        return LlamaLanguageModel(
            source,
            options.log,
            name=options.name,
            context_tokens=options.context_tokens,
            threads=options.threads,
            cache_kind=options.cache_kind,
            gpu_layers=options.gpu_layers,
            memory=options.memory,
            states=options.states,
            states_bytes=options.states_bytes,
            digests=options.cache,
            reading=options.reading,
            check=options.check,
            on_finished=options.on_finished,
        )

    def embedder(self, source: Source, options: ModelOptions) -> Embedder:
        """The file's embedding model in a child process. Raises ModelError for a file that embeds nothing."""
        assert isinstance(source, Path)
        return LlamaEmbedder(source, options.log, options.cache)

    def check(self, path: Path) -> None:
        """Raise ModelError unless the file begins like a GGUF."""
        read_header(path)

    def describe(self, path: Path, context_tokens: int) -> Description:
        """What the header says, with the size of an attention cache of type f16. Raises ModelError."""
        header, layout = read_header(path), read_layout(path)
        tokens = min(context_tokens, header.context_tokens or context_tokens)
        licence = layout.fields.get("general.license")
        return Description(
            title=header.name,
            architecture=layout.architecture,
            quantization=header.quantization,
            context_tokens=header.context_tokens,
            licence=licence if isinstance(licence, str) else "",
            size=sum(file.stat().st_size for file in layout.files),
            weights=layout.weight_bytes,
            cache=cache_bytes(layout, tokens, "f16"),
            cache_tokens=tokens,
        )

    def embeds(self, path: Path) -> bool:
        """Whether the file says how it makes one vector of many: embedding models do. Raises ModelError."""
        return read_layout(path).number("pooling_type") > 0

    def only_completes(self, path: Path) -> bool:
        """Whether the file has no chat template. Raises ModelError."""
        return not read_layout(path).fields.get("tokenizer.chat_template")
