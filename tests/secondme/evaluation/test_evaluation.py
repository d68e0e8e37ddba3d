"""Recall, answers and the sense of order are measured on a file of conversations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from models.protocol import PassageSentence, SentenceReading
from secondme.errors import UsageError
from secondme.evaluation.answers import AnswerReport, evaluate_answers, token_f1
from secondme.evaluation.conversations import load
from secondme.evaluation.order import PAIRS, OrderReport, evaluate_order
from secondme.evaluation.recall import EVERYTHING, evaluate
from tests.worlds.night_world import WordEmbedder


def conversation(name: str, days: list[list[str]], question: str, answer: str, evidence: str) -> dict[str, Any]:
    """A conversation of two people over some days, with a question about it."""
    return {
        "id": name,
        "asked_at": "2026-03-01T12:00:00Z",
        "sessions": [
            {
                "started_at": f"2026-02-{day:02}T10:00:00Z",
                "turns": [
                    {"id": f"D{day}:{number}", "speaker": ("Nora", "Tom")[number % 2], "text": text}
                    for number, text in enumerate(texts)
                ],
            }
            for day, texts in enumerate(days, start=1)
        ],
        "questions": [
            {"id": "q1", "question": question, "answer": answer, "category": "single-hop", "evidence": [evidence]}
        ],
    }


PIANO = conversation(
    "piano",
    [
        ["Did you sell the old piano that stood in the hall?", "Yes, I sold the old piano to the school on Friday."],
        ["The ferry to the island leaves at nine each morning.", "I shall bring pears and bread to the island ferry."],
    ],
    "Who bought the old piano?",
    "the school",
    "D1:1",
)
BARN = conversation(
    "barn",
    [
        ["The barn door was painted red by my cousin Lena.", "My cousin paints every barn in the valley, mostly red."],
        ["The herrings swim to Norway in the cold of winter.", "Nobody has seen a herring in the valley since 1990."],
    ],
    "What colour is the barn door?",
    "red",
    "D1:0",
)
FILE = {"format": "memory-eval/1", "conversations": [PIANO, BARN]}


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "eval.json"
    file.write_text(json.dumps(FILE))
    assert load(file) == FILE
    file.write_text(json.dumps({**FILE, "format": "memory-eval/2"}))
    with pytest.raises(UsageError, match="not in the format"):
        load(file)


def test_recall_is_measured_for_each_question() -> None:
    *_, outcome = evaluate(FILE, WordEmbedder(), pooled=False, exact_below=10_000)
    assert isinstance(outcome, dict)
    report, rankings = outcome[EVERYTHING.name]
    assert (report.questions, report.turns) == (2, 8)
    assert report.overall["r5"] == 1.0
    assert [(ranking.conversation, ranking.evidence) for ranking in rankings] == [
        ("piano", ("piano/D1:1",)),
        ("barn", ("barn/D1:0",)),
    ]
    assert all(set(ranking.evidence) <= set(ranking.ranked) for ranking in rankings)


def test_answers_are_compared_with_what_was_expected_and_foreign_questions_are_not() -> None:
    *_, report = evaluate_answers(FILE, WordEmbedder(), None, small=False, limit=4)
    assert isinstance(report, AnswerReport)
    assert [entry["category"] for entry in report.transcript] == ["single-hop", "foreign"] * 2
    assert [entry["gold"] for entry in report.transcript] == ["the school", None, "red", None]
    assert 0 < report.f1["single-hop"] < 1 and set(report.refused) == {"single-hop", "foreign"}


class Doubter:
    """Finds an answer in no sentence, as a `SentenceScorer`."""

    def read(self, question: str, sentences: Sequence[PassageSentence]) -> list[SentenceReading]:
        return [SentenceReading(-9.0, (0, 1), 0.0) for _ in sentences]

    def embed_tokens(self, texts: Sequence[str]) -> None:
        return None


def test_answers_are_measured_with_what_reads_sentences_for_a_person_too() -> None:
    *_, report = evaluate_answers(FILE, WordEmbedder(), None, small=False, limit=4, scorer=Doubter())
    assert isinstance(report, AnswerReport)
    assert report.refused["single-hop"] == 1.0


def test_of_two_excerpts_their_times_say_which_was_first() -> None:
    *_, report = evaluate_order(FILE, WordEmbedder())
    assert isinstance(report, OrderReport)
    assert report.pairs == 2 * PAIRS and report.accuracy > 0.9


@pytest.mark.parametrize(
    ("said", "gold", "f1"),
    [("The school.", "school", 1.0), ("to a school", "the school", 2 / 3), ("a barn", "school", 0.0), ("", "the", 1.0)],
)
def test_f1_counts_stems_without_articles(said: str, gold: str, f1: float) -> None:
    assert token_f1(said, gold) == pytest.approx(f1)
