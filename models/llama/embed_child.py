"""The child process that holds a GGUF embedding model: `python -P -m models.llama.embed_child OPTIONS`.

`models.llama.embedder` starts it. Requests and replies are JSON lines:

Requests: {"embed": texts} · {"count": texts}
Replies:  {"ready": longest text in tokens} · {"vectors": float32 as base64} · {"counts": numbers} ·
{"unloadable": why, "remedy": what helps where it is not the file's fault}
"""

from __future__ import annotations

import base64
import ctypes
import json
import os
import queue
import sys
from collections.abc import Sequence
from typing import Any

from models.child.wire import Message, take_over_pipes
from models.llama.library import load_library


class LlamaEmbeddingModel:
    """A loaded embedding model."""

    def __init__(self, options: Message) -> None:
        """Load the model. Raises ValueError or RuntimeError when the file is not a model."""
        llama_cpp, self._log = load_library()
        # An encoder cannot read a text in parts, so the batch is as long as the context.
        self.longest = int(options["context_tokens"])
        self._llama: Any = llama_cpp.Llama(
            options["model"],
            n_ctx=self.longest,
            n_batch=self.longest,
            n_ubatch=self.longest,
            n_threads=options["threads"],
            n_threads_batch=options["threads"],
            embedding=True,
            pooling_type=options["pooling"],
            verbose=False,
        )
        self._lib: Any = llama_cpp
        self._width = int(self._llama.n_embd())

    def embed(self, texts: Sequence[str]) -> bytes:
        """The pooled vectors of texts as float32, joined; texts are cut off at the longest length."""
        return b"".join(map(self._vector, texts))

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted."""
        return [len(self._llama.tokenize(_bytes(text), add_bos=False)) for text in texts]

    def _vector(self, text: str) -> bytes:
        tokens = self._llama.tokenize(_bytes(text))
        if len(tokens) > self.longest:
            # The last token may be the end of text that the model was trained with.
            tokens = [*tokens[: self.longest - 1], tokens[-1]]
        # A tokenizer without special tokens makes no token of an empty text, and at least one has to be evaluated.
        tokens = tokens or self._llama.tokenize(b" ") or [0]
        context, batch = self._llama._ctx, self._llama._batch
        context.kv_cache_clear()
        batch.reset()
        batch.add_sequence(tokens, 0, True)
        context.decode(batch)
        pooled = self._lib.llama_get_embeddings_seq(context.ctx, 0)
        return ctypes.string_at(pooled, self._width * ctypes.sizeof(ctypes.c_float))


def main() -> None:
    """Live the whole life of the process."""
    requests: queue.SimpleQueue[Message] = queue.SimpleQueue()
    reply = take_over_pipes(requests.put)
    try:
        model = LlamaEmbeddingModel(json.loads(sys.argv[1]))
    except (ValueError, RuntimeError, OSError) as error:
        reply({"unloadable": str(error), "remedy": getattr(error, "remedy", "")})
        return
    try:
        reply({"ready": model.longest})
        while True:
            request = requests.get()
            if "count" in request:
                reply({"counts": model.count(request["count"])})
            else:
                reply({"vectors": base64.b64encode(model.embed(request["embed"])).decode()})
    except BrokenPipeError:
        os._exit(0)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


if __name__ == "__main__":
    main()
