"""`eval`: measure recall, answers, conversations, documents and the sense of order on a benchmark file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from secondme.cli.path_argument import NamedPath
from secondme.cli.root import cli
from secondme.cli.terminal import follow, json_option, print_result

if TYPE_CHECKING:
    from models.protocol import Embedder
    from secondme.evaluation.recall import Report
    from secondme.evaluation.scripts import ConversationReport
    from secondme.runtimes.configured import ConfiguredModels
    from secondme.settings import Settings


COLUMNS = ("r5", "r10", "r20", "r50", "mrr")
"""Recall at 5, 10, 20 and 50, and the mean reciprocal rank."""


@cli.group("eval")
def evaluate() -> None:
    """Measure this memory on a benchmark file."""


@evaluate.command("recall")
@click.argument("file", type=NamedPath())
@click.option("--pooled", is_flag=True, help="Put all conversations into one store.")
@click.option("--ablate", is_flag=True, help="Measure again with each mechanism left out, and with each alone.")
@click.option("--dump", type=NamedPath(), help="Write each question's ranking as JSON Lines.")
@json_option()
def eval_recall(file: Path, pooled: bool, ablate: bool, dump: Path | None, as_json: bool) -> None:
    """Measure recall at k and MRR on a memory-eval/1 FILE, in a temporary store of its own."""
    import json

    from secondme.evaluation.conversations import load
    from secondme.evaluation.recall import EVERYTHING, ablation
    from secondme.evaluation.recall import evaluate as run

    settings, embedder, _ = _models()
    arms = ablation() if ablate else [EVERYTHING]
    outcome = None
    for event in follow(run(load(file), embedder, pooled=pooled, exact_below=settings.index_exact_below, arms=arms)):
        outcome = event
    assert outcome is not None
    report, rankings = outcome[EVERYTHING.name]
    if dump:
        with dump.open("w", encoding="utf-8") as out:
            for ranking in rankings:
                line = {
                    "conversation": ranking.conversation,
                    "question": ranking.question,
                    "ranked": ranking.ranked,
                }
                out.write(json.dumps(line) + "\n")
    reports = {name: found for name, (found, _) in outcome.items()}
    lines = [*_recall_lines(report), *(_ablation_lines(report, reports) if ablate else ())]
    print_result(reports if ablate else report, lines, as_json=as_json)


def _recall_lines(report: Report) -> Iterator[str]:
    yield f"{'':14}" + "".join(f"{name:>8}" for name in COLUMNS)
    for name, figures in {"all": report.overall, **report.categories}.items():
        yield f"{name:14}" + "".join(f"{figures[column]:8.3f}" for column in COLUMNS)
    yield (
        f"{report.questions} questions; {report.turns} turns at {report.turns_per_second}/s; "
        f"recall p50 {report.p50_ms} ms, p95 {report.p95_ms} ms; model calls per turn {report.model_calls_per_turn}; "
        f"peak {report.peak_memory_mb} MB"
    )


def _ablation_lines(report: Report, reports: Mapping[str, Report]) -> Iterator[str]:
    """One line for each arm: its recall, its time, and recall at 10 in each category."""
    categories = list(report.categories)
    names = "  ".join(categories)
    yield f"\n{'':22}" + "".join(f"{name:>8}" for name in COLUMNS) + f"{'p50 ms':>8}  " + names
    for arm, found in reports.items():
        row = "".join(f"{found.overall[column]:8.3f}" for column in COLUMNS)
        by_category = "  ".join(f"{found.categories[name]['r10']:{len(name)}.3f}" for name in categories)
        yield f"{arm:22}{row}{found.p50_ms:8.1f}  {by_category}"


@evaluate.command("answer")
@click.argument("file", type=NamedPath())
@click.option(
    "--limit", type=int, help="Ask at most this many questions of each conversation, drawn with a fixed seed."
)
@click.option("--dump", type=NamedPath(), help="Write each answer as JSON Lines.")
@json_option()
def eval_answer(file: Path, limit: int | None, dump: Path | None, as_json: bool) -> None:
    """Measure answers (token F1) and refusals on a memory-eval/1 FILE, with the configured model."""
    import dataclasses
    import json

    from secondme.evaluation.answers import evaluate_answers
    from secondme.evaluation.conversations import load

    settings, embedder, runtimes = _models()
    report = None
    try:
        model = runtimes.language_model(settings)
        small, middling = runtimes.is_small(settings), runtimes.is_middling(settings)
        scorer = runtimes.sentence_scorer()
        answered = evaluate_answers(
            load(file), embedder, model, small=small, middling=middling, limit=limit, scorer=scorer
        )
        for event in follow(answered):
            report = event
    finally:
        runtimes.close()
    assert report is not None
    if dump:
        dump.write_text("".join(json.dumps(answer) + "\n" for answer in report.transcript), encoding="utf-8")
    report = dataclasses.replace(report, transcript=[])
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(report)))
        return
    click.echo(f"{'':14}{'F1':>8}{'refused':>9}")
    for name, share in report.refused.items():
        value = f"{report.f1[name]:8.3f}" if name in report.f1 else f"{'':8}"
        click.echo(f"{name:14}{value}{share:9.3f}")
    click.echo(
        f"{report.questions} questions; F1 {report.overall_f1:.3f}; wrongly refused {report.wrongly_refused:.3f}; "
        f"first token p50 {report.first_token_p50} s, p95 {report.first_token_p95} s; answer p50 {report.seconds_p50} s"
    )


@evaluate.command("order")
@click.argument("file", type=NamedPath())
def eval_order(file: Path) -> None:
    """Measure how often the earlier of two excerpts of a conversation is recognised. Chance is .5."""
    from secondme.evaluation.conversations import load
    from secondme.evaluation.order import evaluate_order

    _, embedder, _ = _models()
    for report in follow(evaluate_order(load(file), embedder)):
        click.echo(f"{report.pairs} pairs; right {report.accuracy:.3f}; undecided {report.undecided:.3f}")


@evaluate.command("conversation")
@click.argument("file", type=NamedPath())
@click.option("--model", help="A GGUF file, `bundled` or `none`, instead of the configured model.")
@click.option("--dump", type=NamedPath(), help="Write each step as JSON Lines.")
@json_option()
def eval_conversation(file: Path, model: str | None, dump: Path | None, as_json: bool) -> None:
    """Measure a conversation on a conversation-eval/1 FILE: telling, asking, correcting, forgetting."""
    import dataclasses

    from secondme.evaluation.scripts import evaluate_conversations, load_scripts
    from secondme.places import places

    report: ConversationReport | None = None
    scripts = load_scripts(file)
    for event in follow(evaluate_conversations(scripts, places().config_file, model=_model_path(model))):
        report = event
    assert report is not None
    if dump:
        dump.write_text("".join(result.line() + "\n" for result in report.results), encoding="utf-8")
    print_result(dataclasses.replace(report, results=()), _conversation_lines(report), as_json=as_json)


def _conversation_lines(report: ConversationReport) -> Iterator[str]:
    yield f"{'':18}{'right':>7}{'steps':>7}"
    for name, (share, count) in {**report.by_kind, **report.by_category}.items():
        yield f"{name:18}{share:7.3f}{count:7}"
    yield (
        f"{report.steps} steps, right {report.right:.3f}; right answers refused {report.asks_refused:.3f}; "
        f"wrong without a mark {report.wrong_unmarked:.3f}; {report.seconds:.0f} s"
    )


@evaluate.command("documents")
@click.argument("file", type=NamedPath())
@click.option("--questions", type=NamedPath(), help="The same questions in another language; their ids agree.")
@click.option("--answers", type=click.IntRange(min=0), default=0, help="Ask so many, drawn with a fixed seed.")
@click.option("--model", help="A GGUF file, `bundled` or `none`, instead of the configured model.")
@click.option("--dump", type=NamedPath(), help="Write ranks and answers as JSON Lines.")
@json_option()
def eval_documents(
    file: Path, questions: Path | None, answers: int, model: str | None, dump: Path | None, as_json: bool
) -> None:
    """Measure recall and answers on the articles and questions of a FILE in the SQuAD 1.1 format.

    par@k: the right paragraph is among the first k passages; ans@k: and holds the answer; mrr: of ans. With --answers:
    how often the first line holds the answer, its F1, and how often all that is shown and what is cited hold it.
    """
    from secondme.evaluation.documents import DocumentsReport, evaluate_documents
    from secondme.evaluation.squad import articles_and_questions, load_squad
    from secondme.places import places

    wordings = load_squad(questions) if questions else None
    articles, asked = articles_and_questions(load_squad(file), wordings)
    report: DocumentsReport | None = None
    events = evaluate_documents(articles, asked, places().config_file, answers=answers, model=_model_path(model))
    for event in follow(events):
        report = event
    assert report is not None
    if dump:
        dump.write_text("".join(f"{line}\n" for line in report.lines()), encoding="utf-8")
    figures = report.figures()
    print_result(figures, _documents_lines(figures, len(articles), len(asked)), as_json=as_json)


def _documents_lines(figures: Mapping[str, object], articles: int, questions: int) -> Iterator[str]:
    yield f"{articles} articles, {questions} questions"
    for name, value in figures.items():
        if name != "answers":
            yield f"{name:8}{value:>8}"
    answers = figures.get("answers")
    if isinstance(answers, dict):
        yield "answers: " + ", ".join(f"{name} {value}" for name, value in answers.items())


def _model_path(model: str | None) -> str | None:
    """The value of the setting `model.path` for an option `--model`; None leaves it as it is configured."""
    if model is None or model == "none":
        return model
    return "" if model == "bundled" else str(Path(model).expanduser().absolute())


def _models() -> tuple[Settings, Embedder | None, ConfiguredModels]:
    """The settings, the embedder, and the maker of models: these commands need no engine."""
    from secondme.places import places
    from secondme.runtimes.configured import ConfiguredModels
    from secondme.settings import load

    where = places()
    where.make()
    settings, _ = load(where.config_file)
    runtimes = ConfiguredModels(where)
    return settings, runtimes.embedder(), runtimes
