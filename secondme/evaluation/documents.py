"""Measures recall and answers on documents: the articles and questions of a file in the SQuAD 1.1 format.

Each article is a Markdown file that is taken in by the ordinary path into an empty store; each question goes through
ordinary recall with k = 20, and some of them through the ordinary chat.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from secondme.api import Answer, Done, Failed, Hit, Progress
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.errors import SecondMeError
from secondme.evaluation.clock import EvaluationClock
from secondme.evaluation.scripts import statement_of
from secondme.evaluation.squad import Article, Question, holds, squad_f1
from secondme.evaluation.temporary_engine import temporary_engine
from secondme.ingest.intake import progress
from secondme.ingest.walk import uri_of

DEPTH = 20
"""k of every search."""
SEED = 7
"""Of the questions that are drawn to be answered."""
_CITED = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True)
class Found:
    """The ranks, from 1, at which a question's paragraph and its answer were found; None beyond k."""

    question: Question
    paragraph: int | None
    answer: int | None
    seconds: float

    def line(self) -> str:
        """A line of a dump."""
        values = {"id": self.question.id, "question": self.question.text, "answers": self.question.answers}
        return json.dumps({**values, "paragraph": self.paragraph, "answer": self.answer}, ensure_ascii=False)


@dataclass(frozen=True)
class Answered:
    """An answer and how it was judged. `first_line`: its first line of prose, without marks and numbers."""

    question: Question
    first_line: str
    text: str
    holds: bool
    f1: float
    shown: bool
    cited: bool
    refused: bool
    seconds: float

    def line(self) -> str:
        """A line of a dump."""
        values = {"id": self.question.id, "question": self.question.text, "answers": self.question.answers}
        judged = {name: getattr(self, name) for name in ("first_line", "text", "holds", "f1", "shown", "cited")}
        return json.dumps({**values, **judged, "refused": self.refused}, ensure_ascii=False)


@dataclass(frozen=True)
class DocumentsReport:
    """Every question as it was found, and the answers to some."""

    found: tuple[Found, ...]
    answered: tuple[Answered, ...] = ()

    def lines(self) -> Iterator[str]:
        """Lines of a dump: first the ranks of every question, then the answers."""
        yield from (found.line() for found in self.found)
        yield from (answer.line() for answer in self.answered)

    def figures(self) -> dict[str, object]:
        """Shares from 0 to 1 and times in milliseconds; with answers also theirs, and the median seconds of one."""
        ranks = [found.answer for found in self.found]
        times = sorted(found.seconds * 1000 for found in self.found)
        figures: dict[str, object] = {
            **{f"par@{k}": _share([_within(found.paragraph, k) for found in self.found]) for k in (1, 5, DEPTH)},
            **{f"ans@{k}": _share([_within(rank, k) for rank in ranks]) for k in (1, 5)},
            "mrr": _mean([1 / rank if rank else 0.0 for rank in ranks]),
            "p50_ms": round(statistics.median(times), 1) if times else 0.0,
            "p95_ms": round(times[int(0.95 * (len(times) - 1))], 1) if times else 0.0,
        }
        if self.answered:
            figures["answers"] = {
                "n": len(self.answered),
                "holds": _share([answer.holds for answer in self.answered]),
                "f1": _mean([answer.f1 for answer in self.answered]),
                "shown": _share([answer.shown for answer in self.answered]),
                "cited": _share([answer.cited for answer in self.answered]),
                "refused": _share([answer.refused for answer in self.answered]),
                "seconds": round(statistics.median(answer.seconds for answer in self.answered), 2),
            }
        return figures


def evaluate_documents(
    articles: Sequence[Article],
    questions: Sequence[Question],
    config_file: Path,
    *,
    answers: int = 0,
    model: str | None = None,
) -> Iterator[Progress | DocumentsReport]:
    """Take articles in, look for every question, ask `answers` of them, drawn with a fixed seed. Ends with the report.

    `model` stands in for the setting in `config_file`. Raises SecondMeError when the articles cannot be taken in.
    """
    with tempfile.TemporaryDirectory(prefix="secondme-eval-") as folder:
        root = Path(folder)
        clock = EvaluationClock(SystemClock().now())
        with temporary_engine(root, config_file, clock, cache=root / "cache", model=model) as engine:
            files = root / "files"
            files.mkdir()
            for article in articles:
                (files / article.file_name).write_text(article.text, encoding="utf-8", newline="\n")
            yield from _take_in(engine, files)
            found: list[Found] = []
            begun = time.monotonic()
            for question in questions:
                found.append(_look_for(engine, question, files))
                yield progress("asking", len(found), len(questions), "questions", time.monotonic() - begun)
            drawn = random.Random(SEED).sample(questions, min(answers, len(questions)))
            answered: list[Answered] = []
            begun = time.monotonic()
            for question in drawn:
                answered.append(_answer(engine, question))
                yield progress("answering", len(answered), len(drawn), "questions", time.monotonic() - begun)
    yield DocumentsReport(tuple(found), tuple(answered))


def _take_in(engine: Engine, files: Path) -> Iterator[Progress]:
    for event in engine.ingest([files]):
        if isinstance(event, Progress):
            yield event
        elif isinstance(event, Failed):
            raise SecondMeError(event.what, event.remedy)


def _look_for(engine: Engine, question: Question, files: Path) -> Found:
    begun = time.perf_counter()
    hits = engine.recall(question.text, k=DEPTH)
    seconds = time.perf_counter() - begun
    article = uri_of(str(files / question.paragraph.article))
    paragraph = answer = None
    for rank, hit in enumerate(hits, start=1):
        if hit.uri != article or not question.paragraph.holds(hit.start, hit.end):
            continue
        paragraph = paragraph or rank
        if holds(hit.text, question.answers[:1]):
            answer = rank
            break
    return Found(question, paragraph, answer, seconds)


def _answer(engine: Engine, question: Question) -> Answered:
    """Ask a question off the record: no question may find another's answer."""
    begun = time.perf_counter()
    answer: Answer | None = None
    for event in engine.ask(question.text, remember=False):
        if isinstance(event, Done):
            answer = event.answer
    seconds = time.perf_counter() - begun
    if answer is None:  # the model failed
        return Answered(question, "", "", False, 0.0, False, False, False, seconds)
    first_line = statement_of(answer.text).partition("\n")[0]
    return Answered(
        question,
        first_line,
        answer.text,
        holds(first_line, question.answers),
        round(squad_f1(first_line, question.answers), 3),
        holds(answer.text, question.answers),
        any(holds(hit.text, question.answers) for hit in _cited(answer)),
        answer.refused,
        seconds,
    )


def _cited(answer: Answer) -> list[Hit]:
    """The passages whose numbers the answer shows."""
    numbers = {int(number) for number in _CITED.findall(answer.text)}
    return [citation.hit for citation in answer.citations if citation.number in numbers]


def _within(rank: int | None, k: int) -> bool:
    return rank is not None and rank <= k


def _share(found: Sequence[bool]) -> float:
    return _mean([float(value) for value in found])


def _mean(values: Sequence[float]) -> float:
    return round(statistics.fmean(values), 3) if values else 0.0
