"""Measuring answers and the sense of order on a `memory-eval/1` file, through the ordinary chat and recall paths."""

from __future__ import annotations

import random
import re
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from models.protocol import Embedder, LanguageModel
from secondme.api import Done, Failed, Progress
from secondme.chat.conversation import Conversation
from secondme.clock import parse_instant
from secondme.evaluation.recall import ingest_conversation
from secondme.index.indexer import Indexer
from secondme.recall.search import Recall
from secondme.text.terms import stem, stems
from storage.store import Store

_ARTICLES = frozenset({"a", "an", "the", "and"})
PAIRS = 60
"""Pairs of turns of each conversation for the questions of order."""


class FixedClock:
    """A clock that stands at the moment at which the questions are asked."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """That moment."""
        return self._now

    def monotonic(self) -> float:
        """Real seconds, for measuring."""
        return time.monotonic()


@dataclass(frozen=True)
class AnswerReport:
    """Token F1 by category, how often it refused, and seconds.

    `refused`: share of each category that was refused; "foreign" are questions put to another conversation's store.
    """

    f1: dict[str, float]
    overall_f1: float
    refused: dict[str, float]
    wrongly_refused: float
    questions: int
    first_token_p50: float
    first_token_p95: float
    seconds_p50: float
    transcript: list[dict[str, Any]] = field(default_factory=list)


def evaluate_answers(
    data: dict[str, Any], embedder: Embedder | None, model: LanguageModel | None, *, small: bool, limit: int | None
) -> Iterator[Progress | AnswerReport]:
    """Ask each conversation its questions, and its refusable share of the next one's, as a person would.

    `limit`: at most so many questions of each conversation, drawn with a fixed seed. Ends with the report.
    """
    conversations = data["conversations"]
    dice = random.Random(7)
    f1: dict[str, list[float]] = defaultdict(list)
    refused: dict[str, list[bool]] = defaultdict(list)
    first: list[float] = []
    seconds: list[float] = []
    transcript: list[dict[str, Any]] = []
    plans = []
    for i, conversation in enumerate(conversations):
        own = _drawn(conversation["questions"], limit, dice)
        others = conversations[(i + 1) % len(conversations)]["questions"] if len(conversations) > 1 else []
        plans.append((conversation, own, _drawn(others, (limit or len(others)) // 4, dice)))
    total = sum(len(own) + len(foreign) for _, own, foreign in plans)
    for conversation, own, foreign in plans:
        with tempfile.TemporaryDirectory(prefix="secondme-eval-") as folder:
            store = _store(Path(folder), embedder)
            try:
                ingest_conversation(store, embedder, conversation, Path(folder))
                Indexer(store, embedder).drain()
                clock = FixedClock(datetime.fromisoformat(parse_instant(conversation["asked_at"])[0]))
                chat = Conversation(
                    store,
                    clock,
                    Recall(store, embedder, exact_below=10**9, now=clock.now),
                    lambda: model,
                    me=lambda: "",
                    read_seconds=lambda: 4.0,
                    max_tokens=lambda: 48,
                    on_written=lambda: None,
                    small=lambda: small,
                )
                for question, is_own in [(q, True) for q in own] + [(q, False) for q in foreign]:
                    category = question["category"] if is_own else "foreign"
                    for event in chat.ask(question["question"], chat_id=None, remember=False):
                        if isinstance(event, Failed):
                            refused[category].append(False)
                            f1[category].append(0.0)
                        if isinstance(event, Done):
                            answer = event.answer
                            refused[category].append(answer.refused)
                            seconds.append(answer.seconds)
                            if answer.seconds_to_first_token:
                                first.append(answer.seconds_to_first_token)
                            if is_own and question["answer"] is not None:
                                f1[category].append(token_f1(answer.said, str(question["answer"])))
                            transcript.append(
                                {
                                    "question": question["question"],
                                    "category": category,
                                    "gold": question["answer"] if is_own else None,
                                    "said": answer.said,
                                    "refused": answer.refused,
                                }
                            )
                    yield Progress("answering", len(transcript), total, "questions")
            finally:
                store.close()
    answerable = [one for name, values in refused.items() if name not in ("adversarial", "foreign") for one in values]
    everything = [one for values in f1.values() for one in values]
    yield AnswerReport(
        f1={name: round(statistics.fmean(values), 4) for name, values in sorted(f1.items())},
        overall_f1=round(statistics.fmean(everything), 4) if everything else 0.0,
        refused={name: round(statistics.fmean(values), 4) for name, values in sorted(refused.items())},
        wrongly_refused=round(statistics.fmean(answerable), 4) if answerable else 0.0,
        questions=len(transcript),
        first_token_p50=_quantile(first, 0.5),
        first_token_p95=_quantile(first, 0.95),
        seconds_p50=_quantile(seconds, 0.5),
        transcript=transcript,
    )


@dataclass(frozen=True)
class OrderReport:
    """Of pairs of turns from different sessions, the share whose order was told rightly; chance is .5."""

    pairs: int
    accuracy: float
    undecided: float


def evaluate_order(data: dict[str, Any], embedder: Embedder | None) -> Iterator[Progress | OrderReport]:
    """SORT-like questions (Pink et al. 2024): of two excerpts, which was said first?

    Each excerpt is a turn's text without its time; recall finds it and the timeline tells the order.
    """
    dice = random.Random(11)
    right = asked = undecided = 0
    total = PAIRS * len(data["conversations"])
    for conversation in data["conversations"]:
        with tempfile.TemporaryDirectory(prefix="secondme-eval-") as folder:
            store = _store(Path(folder), embedder)
            try:
                ingest_conversation(store, embedder, conversation, Path(folder))
                Indexer(store, embedder).drain()
                recall = Recall(store, embedder, exact_below=10**9)
                turns = [
                    (number, turn)
                    for number, session in enumerate(conversation["sessions"])
                    for turn in session["turns"]
                    if len(turn["text"].split()) >= 8
                ]
                for _ in range(PAIRS):
                    one, two = dice.sample(turns, 2)
                    while one[0] == two[0]:
                        one, two = dice.sample(turns, 2)
                    first = recall.first_of(_excerpt(one[1]["text"], dice), _excerpt(two[1]["text"], dice))
                    asked += 1
                    undecided += first is None
                    right += first == (0 if one[0] < two[0] else 1)
                    yield Progress("ordering", asked, total, "pairs")
            finally:
                store.close()
    yield OrderReport(asked, round(right / max(asked, 1), 4), round(undecided / max(asked, 1), 4))


def token_f1(said: str, gold: str) -> float:
    """F1 over Porter stems, without articles and punctuation (as LoCoMo's own scoring)."""
    mine, theirs = _tokens(said), _tokens(gold)
    if not mine or not theirs:
        return float(mine == theirs)
    common = sum((Counter(mine) & Counter(theirs)).values())
    return 2 * common / (len(mine) + len(theirs)) if common else 0.0


def _tokens(text: str) -> list[str]:
    return [stem(word) for word in re.sub(r"[^\w\s]", " ", text.lower()).split() if word not in _ARTICLES]


def _excerpt(text: str, dice: random.Random) -> str:
    """Eight words in a row out of a turn."""
    words = text.split()
    begin = dice.randrange(len(words) - 7)
    return " ".join(words[begin : begin + 8])


def _drawn(questions: list[dict[str, Any]], limit: int | None, dice: random.Random) -> list[dict[str, Any]]:
    return questions if limit is None or limit >= len(questions) else dice.sample(questions, limit)


def _quantile(values: list[float], share: float) -> float:
    return round(sorted(values)[int(share * (len(values) - 1))], 3) if values else 0.0


def _store(folder: Path, embedder: Embedder | None) -> Store:
    return Store(
        folder,
        model_id=embedder.model_id if embedder else "none",
        dimension=embedder.dimension if embedder else 1,
        analyse=stems,
    )
