"""How a small model reads passages, with an adapter and without: F1 of its words, and whether it refuses.

Run: `python -P benchmarks/chat/reading.py XQUAD.en.json [ADAPTER.gguf] [--questions N] [--model MODEL.gguf]`.
Prints JSON.

The file is in the SQuAD format; its articles from the 37th on are asked, or all of a file with fewer. Each question is
asked on its paragraph alone, among two other paragraphs of the article, and on three others that don't hold the answer,
with the prompt of answering. Goals: F1 .65 and .60, refused .90, wrongly .05.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.runtime.model_file import model_file
from models.llama.language_model import LlamaLanguageModel
from models.protocol import GenerateRequest, Piece
from secondme.chat.model_answers import SMALL_TOKENS
from secondme.chat.prompt import UNKNOWN, line_of, turns_with_passages
from secondme.evaluation.squad import holds, squad_f1

FIRST_ARTICLE = 36


@dataclass(frozen=True)
class Asked:
    """A question with its answers, and the passages that are read for it in each case."""

    question: str
    answers: tuple[str, ...]
    cases: dict[str, list[str]]


@dataclass
class Figures:
    """What was said to the questions of a case."""

    f1: list[float] = field(default_factory=list)
    exact: list[bool] = field(default_factory=list)
    holding: list[bool] = field(default_factory=list)
    refused: list[bool] = field(default_factory=list)
    words: list[int] = field(default_factory=list)

    def add(self, said: str, answers: Sequence[str]) -> None:
        """Take what was said to a question."""
        score = squad_f1(said, answers)
        self.f1.append(score)
        self.exact.append(score == 1.0)
        self.holding.append(holds(said, answers))
        self.refused.append(UNKNOWN.rstrip(".").casefold() in said.casefold())
        self.words.append(len(said.split()))

    def means(self) -> dict[str, float]:
        """The mean of each."""
        return {name: round(sum(found) / max(1, len(found)), 3) for name, found in vars(self).items()}


def read_questions(path: Path, count: int) -> list[Asked]:
    """So many questions (0: all), drawn with a fixed seed."""
    drawn = random.Random(3)
    found = list(_questions(json.loads(path.read_text(encoding="utf-8"))["data"], drawn))
    return drawn.sample(found, min(count, len(found))) if count else found


def _questions(articles: list[dict[str, Any]], drawn: random.Random) -> Iterator[Asked]:
    for article in articles[FIRST_ARTICLE if len(articles) > FIRST_ARTICLE else 0 :]:
        lines = [line_of(" ".join(paragraph["context"].split())) for paragraph in article["paragraphs"]]
        for number, paragraph in enumerate(article["paragraphs"]):
            for qa in paragraph["qas"]:
                answers = tuple(answer["text"] for answer in qa["answers"])
                others = [line for at, line in enumerate(lines) if at != number and not holds(line, answers)]
                drawn.shuffle(others)
                three = [lines[number], *others[:2]]
                drawn.shuffle(three)
                yield Asked(qa["question"], answers, {"one": [lines[number]], "three": three, "none": others[:3]})


def measure(model: LlamaLanguageModel, questions: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """The figures of each case."""
    cases = {name: Figures() for name in ("one", "three", "none")}
    for asked in questions:
        for name, lines in asked.cases.items():
            if lines:
                turns = turns_with_passages(asked.question, lines, small=True)
                request = GenerateRequest(turns, SMALL_TOKENS, repeat_penalty=1.0, stop=("\n",))
                pieces = model.generate(request, threading.Event())
                said = "".join(piece.text for piece in pieces if isinstance(piece, Piece)).strip()
                cases[name].add(said, asked.answers)
    return {name: figures.means() for name, figures in cases.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("xquad", type=Path)
    parser.add_argument("adapter", type=Path, nargs="?")
    parser.add_argument("--questions", type=int, default=0)
    parser.add_argument("--model", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = model_file(arguments.model, Path(folder))
        questions = read_questions(arguments.xquad, arguments.questions)
        model = LlamaLanguageModel(path, Path(folder) / "log")
        try:
            if arguments.adapter is not None:
                model.use_adapter(arguments.adapter)
            found = measure(model, questions)
        finally:
            model.close()
    shown = {"benchmark": "reading", "questions": len(questions), "adapter": str(arguments.adapter or ""), **found}
    print(json.dumps(shown, indent=1))


if __name__ == "__main__":
    main()
