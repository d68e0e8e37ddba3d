"""Measures answers on a `memory-eval/1` file, through the ordinary chat path."""

from __future__ import annotations

import random
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.protocol import Embedder, LanguageModel, SentenceScorer
from secondme.api import Answer, Done, Failed, Progress
from secondme.chat.conversation import Conversation
from secondme.evaluation.clock import EvaluationClock
from secondme.evaluation.conversations import asked_at, take_in, temporary_store
from secondme.recall.search import Recall
from secondme.text.terms import stem
from storage.store import Store

READ_SECONDS = 4.0
MAX_TOKENS = 48
FOREIGN = "foreign"
"""Category of the questions that are put to another conversation's store."""
UNANSWERABLE = ("adversarial", FOREIGN)
"""Categories that ought to be refused."""
_ARTICLES = frozenset({"a", "an", "the", "and"})


@dataclass(frozen=True)
class AnswerReport:
    """Token F1 by category, how often it refused, and seconds.

    `refused`: the share of each category that was refused; "foreign" are questions put to another conversation's store.
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
    data: dict[str, Any],
    embedder: Embedder | None,
    model: LanguageModel | None,
    *,
    small: bool,
    middling: bool = False,
    limit: int | None,
    scorer: SentenceScorer | None = None,
) -> Iterator[Progress | AnswerReport]:
    """Ask each conversation its own questions, and a quarter as many of the next one's, which it can't answer.

    `limit`: at most so many questions of each conversation, drawn with a fixed seed. `small`, `middling`: as
    `Conversation` takes them. `scorer`: what reads a question and a sentence together. Ends with the report.
    """
    conversations = data["conversations"]
    dice = random.Random(7)
    plans = []
    for i, conversation in enumerate(conversations):
        own = _draw(conversation["questions"], limit, dice)
        others = conversations[(i + 1) % len(conversations)]["questions"] if len(conversations) > 1 else []
        plans.append((conversation, own, _draw(others, (limit or len(others)) // 4, dice)))
    total = sum(len(own) + len(foreign) for _, own, foreign in plans)
    tally = _Tally()
    for conversation, own, foreign in plans:
        with temporary_store(embedder) as store:
            take_in(store, embedder, [conversation])
            clock = EvaluationClock(asked_at(conversation))
            chat = _conversation(store, clock, embedder, model, scorer, small=small, middling=middling)
            for question in own:
                tally.add(question, question["category"], question["answer"], _ask(chat, question))
                yield Progress("answering", len(tally.transcript), total, "questions")
            for question in foreign:
                tally.add(question, FOREIGN, None, _ask(chat, question))
                yield Progress("answering", len(tally.transcript), total, "questions")
    yield tally.report()


def _conversation(
    store: Store,
    clock: EvaluationClock,
    embedder: Embedder | None,
    model: LanguageModel | None,
    scorer: SentenceScorer | None,
    *,
    small: bool,
    middling: bool,
) -> Conversation:
    return Conversation(
        store,
        clock,
        Recall(store, embedder, exact_below=10**9, now=clock.now),
        lambda: model,
        me=lambda: "",
        read_seconds=lambda: READ_SECONDS,
        max_tokens=lambda: MAX_TOKENS,
        on_written=lambda: None,
        small=lambda: small,
        middling=lambda: middling,
        scorer=lambda: scorer,
    )


def _ask(chat: Conversation, question: Mapping[str, Any]) -> Answer | None:
    """The answer to a question, None if the model failed. Off the record: no question may find another's answer."""
    for event in chat.ask(question["question"], chat_id=None, remember=False):
        if isinstance(event, Done):
            return event.answer
        if isinstance(event, Failed):
            return None
    raise AssertionError("an answer ends with Done or Failed")


class _Tally:
    """What came of the questions so far."""

    def __init__(self) -> None:
        self.transcript: list[dict[str, Any]] = []
        self._f1: dict[str, list[float]] = defaultdict(list)
        self._refused: dict[str, list[bool]] = defaultdict(list)
        self._first_token: list[float] = []
        self._seconds: list[float] = []

    def add(self, question: Mapping[str, Any], category: str, gold: str | None, answer: Answer | None) -> None:
        """Count an answer, None for a failure. `gold`: the answer that was expected, if there is one."""
        if answer is None:
            self._refused[category].append(False)
            self._f1[category].append(0.0)
            return
        self._refused[category].append(answer.refused)
        self._seconds.append(answer.seconds)
        if answer.seconds_to_first_token:
            self._first_token.append(answer.seconds_to_first_token)
        if gold is not None:
            self._f1[category].append(token_f1(answer.said, str(gold)))
        self.transcript.append(
            {
                "question": question["question"],
                "category": category,
                "gold": gold,
                "said": answer.said,
                "refused": answer.refused,
            }
        )

    def report(self) -> AnswerReport:
        """The figures."""
        answerable = [
            refused
            for category, answers in self._refused.items()
            if category not in UNANSWERABLE
            for refused in answers
        ]
        everything = [value for values in self._f1.values() for value in values]
        return AnswerReport(
            f1={name: round(statistics.fmean(values), 4) for name, values in sorted(self._f1.items())},
            overall_f1=round(statistics.fmean(everything), 4) if everything else 0.0,
            refused={name: round(statistics.fmean(values), 4) for name, values in sorted(self._refused.items())},
            wrongly_refused=round(statistics.fmean(answerable), 4) if answerable else 0.0,
            questions=len(self.transcript),
            first_token_p50=_quantile(self._first_token, 0.5),
            first_token_p95=_quantile(self._first_token, 0.95),
            seconds_p50=_quantile(self._seconds, 0.5),
            transcript=self.transcript,
        )


def token_f1(said: str, gold: str) -> float:
    """F1 over Porter stems, without articles and punctuation (as LoCoMo's own scoring)."""
    mine, theirs = _tokens(said), _tokens(gold)
    if not mine or not theirs:
        return float(mine == theirs)
    common = sum((Counter(mine) & Counter(theirs)).values())
    return 2 * common / (len(mine) + len(theirs)) if common else 0.0


def _tokens(text: str) -> list[str]:
    return [stem(word) for word in re.sub(r"[^\w\s]", " ", text.lower()).split() if word not in _ARTICLES]


def _draw(questions: Sequence[dict[str, Any]], limit: int | None, dice: random.Random) -> Sequence[dict[str, Any]]:
    return questions if limit is None or limit >= len(questions) else dice.sample(questions, limit)


def _quantile(values: Sequence[float], share: float) -> float:
    return round(sorted(values)[int(share * (len(values) - 1))], 3) if values else 0.0
