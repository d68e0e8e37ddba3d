"""The list of runtimes, asked in order: the first that recognises a model runs it."""

from __future__ import annotations

from models.llama.runtime import LlamaRuntime
from models.mlx.runtime import MlxRuntime
from models.openai.runtime import OpenAIRuntime
from models.protocol import CHOOSE_ANOTHER_MODEL, ModelError
from models.protocol.runtime import Runtime, Source

RUNTIMES: tuple[Runtime, ...] = (
    OpenAIRuntime(),
    MlxRuntime(),
    LlamaRuntime(),
)
"""To add a runtime, see `models.protocol.runtime.Runtime`, and put it before those that would recognise its models."""


def runtime_of(source: Source) -> Runtime:
    """The runtime of a file, a folder or a server. Raises ModelError when none recognises it."""
    for runtime in RUNTIMES:
        if runtime.recognises(source):
            return runtime
    raise ModelError(f"Nothing here runs {source}.", CHOOSE_ANOTHER_MODEL)
