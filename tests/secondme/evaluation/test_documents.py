"""Recall and answers are measured on a file of articles and questions in the SQuAD 1.1 format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from secondme.cli.root import cli
from secondme.errors import UsageError
from secondme.evaluation.documents import DocumentsReport, evaluate_documents
from secondme.evaluation.squad import Paragraph, articles_and_questions, holds, load_squad, squad_f1

LIGHTHOUSE = (
    "The lighthouse of Grimholm was built by the brothers Sorley in 1871 and is 34 metres high. Its lamp burns oil "
    "and can be seen from the ferry at a distance of nineteen miles when the air is clear over the sound."
)
KEEPER = (
    "Its last keeper, Maud Trevanion, kept bees on the roof and left the island in the winter of 1958, after which the "
    "lamp was lit by a clock. She wrote a book about the bees that nobody on the mainland wanted to print."
)
BRIDGE = (
    "The bridge at Aldermoor carries the old salt road over the river Wend. It was paid for by a tax on candles, and "
    "fell twice before the third builder, a miller called Hobday, sank its piers in baskets of clay."
)


def asked(name: str, question: str, *answers: str) -> dict[str, Any]:
    """A question of a file."""
    return {"id": name, "question": question, "answers": [{"text": text, "answer_start": 0} for text in answers]}


FILE: dict[str, Any] = {
    "version": "1.1",
    "data": [
        {
            "title": "Grimholm_Light",
            "paragraphs": [
                {"context": LIGHTHOUSE, "qas": [asked("q1", "How high is the lighthouse of Grimholm?", "34 metres")]},
                {"context": KEEPER, "qas": [asked("q2", "Who was the last keeper?", "Maud Trevanion", "Trevanion")]},
            ],
        },
        {
            "title": "Aldermoor/Bridge",
            "paragraphs": [
                {"context": BRIDGE, "qas": [asked("q3", "Which river runs under the bridge at Aldermoor?", "Wend")]}
            ],
        },
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> DocumentsReport:
    """The report of the file with two answers, without a model."""
    articles, questions = articles_and_questions(FILE)
    config_file = tmp_path_factory.mktemp("none") / "config.toml"
    *_, report = evaluate_documents(articles, questions, config_file, answers=2, model="none")
    assert isinstance(report, DocumentsReport)
    return report


def test_the_right_paragraph_of_the_right_article_is_found(report: DocumentsReport) -> None:
    figures = report.figures()
    assert figures["par@5"] == figures["ans@5"] == 1.0, report.found
    assert {"par@1", "par@20", "ans@1", "mrr", "p50_ms", "p95_ms"} <= figures.keys()


def test_some_are_asked_and_judged_by_their_first_line(report: DocumentsReport) -> None:
    answers = report.figures()["answers"]
    assert isinstance(answers, dict)
    assert list(answers) == ["n", "holds", "f1", "shown", "cited", "refused", "seconds"]
    assert (answers["n"], answers["shown"], answers["cited"]) == (2, 1.0, 1.0), report.answered
    assert answers["refused"] == 0.0
    assert all("[1]" not in answer.first_line for answer in report.answered)


def test_a_dump_holds_ranks_first_and_then_answers(report: DocumentsReport) -> None:
    lines = [json.loads(line) for line in report.lines()]
    assert [line["id"] for line in lines[:3]] == ["q1", "q2", "q3"]
    assert all("paragraph" in line for line in lines[:3]) and all("first_line" in line for line in lines[3:])


def test_questions_in_another_language_are_put_to_the_same_articles() -> None:
    other = {"data": [{"title": "x", "paragraphs": [{"context": "x", "qas": [asked("q2", "Wer war es zuletzt?")]}]}]}
    articles, questions = articles_and_questions(FILE, other)
    assert [(question.id, question.text, question.answers[0]) for question in questions] == [
        ("q2", "Wer war es zuletzt?", "Maud Trevanion")
    ]
    place = questions[0].paragraph
    text = {article.file_name: article.text for article in articles}[place.article]
    assert text[place.start : place.end] == KEEPER


def test_titles_become_names_of_files() -> None:
    articles, _ = articles_and_questions({"data": [*FILE["data"], FILE["data"][0]]})
    assert [article.file_name for article in articles] == [
        "Grimholm Light.md",
        "Aldermoor Bridge.md",
        "Grimholm Light 2.md",
    ]
    assert articles[1].text.startswith("# Aldermoor/Bridge\n\nThe bridge")


@pytest.mark.parametrize(
    ("start", "end", "held"), [(100, 200, True), (150, 260, False), (90, 180, True), (20, 210, True), (0, 130, False)]
)
def test_a_passage_lies_in_a_paragraph_when_most_of_either_is_in_the_other(start: int, end: int, held: bool) -> None:
    assert Paragraph("a.md", 100, 200).holds(start, end) == held


@pytest.mark.parametrize(
    ("text", "held"),
    [("It is 34\u00a0 metres [1] high.", True), ("**34** metres", True), ("34 [2] metres", True), ("43 metres", False)],
)
def test_white_space_width_and_marks_do_not_hide_an_answer(text: str, held: bool) -> None:
    assert holds(text, ("34 metres",)) == held


@pytest.mark.parametrize(
    ("said", "answers", "f1"),
    [
        ("The Wend.", ("wend",), 1.0),
        ("It is the river Wend", ("Wend",), 0.4),
        ("the oak", ("elm", "Oak!"), 1.0),
        ("手塚", ("手塚治虫",), 2 / 3),
        ("", ("Wend",), 0.0),
    ],
)
def test_f1_is_that_of_words_and_of_characters_where_no_spaces_are_written(
    said: str, answers: tuple[str, ...], f1: float
) -> None:
    assert squad_f1(said, answers) == pytest.approx(f1)


@pytest.mark.parametrize("content", ["{", "[]", '{"data": [{"title": "x"}]}'])
def test_another_format_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(content)
    with pytest.raises(UsageError, match=r"questions|SQuAD"):
        load_squad(file)


def test_the_command_prints_figures_and_writes_a_dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECONDME_HOME", str(tmp_path / "home"))
    file, dump = tmp_path / "squad.json", tmp_path / "dump.jsonl"
    file.write_text(json.dumps(FILE))
    command = ["eval", "documents", str(file), "--model", "none", "--dump", str(dump)]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    assert "2 articles, 3 questions" in result.output and "par@1" in result.output
    assert len(dump.read_text().splitlines()) == 3
