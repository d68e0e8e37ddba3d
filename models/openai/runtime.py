"""The runtime of servers that speak OpenAI's protocol."""

from __future__ import annotations

from models.openai.connection import ServerConnection
from models.openai.embedder import OpenAIEmbedder
from models.openai.language_model import OpenAILanguageModel
from models.protocol import Embedder, LanguageModel
from models.protocol.runtime import ModelOptions, Runtime, Server, Source


class OpenAIRuntime(Runtime):
    """Recognises every server that the settings name."""

    title = "a model server"
    format = ""
    takes = "an address"

    def recognises(self, source: Source) -> bool:
        """Whether it is a server."""
        return isinstance(source, Server)

    def language_model(self, source: Source, options: ModelOptions) -> LanguageModel:
        """The model behind `/chat/completions`; nothing is sent before the first question."""
        server, connection = _connect(source)
        return OpenAILanguageModel(connection, model=server.model, context_tokens=options.context_tokens)

    def embedder(self, source: Source, options: ModelOptions) -> Embedder:
        """The model behind `/embeddings`, asked for a vector when it is new. Raises ModelError."""
        server, connection = _connect(source)
        return OpenAIEmbedder(connection, server.model, options.cache)


def _connect(source: Source) -> tuple[Server, ServerConnection]:
    assert isinstance(source, Server)
    connection = ServerConnection(
        source.place, source.key, url_setting=source.url_setting, model_setting=source.model_setting
    )
    return source, connection
