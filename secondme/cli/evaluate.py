"""Commands that measure recall, answers and the sense of order on a benchmark file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from secondme.cli.terminal import end_line, print_json, show

if TYPE_CHECKING:
    from models.protocol import Embedder
    from secondme.runtimes.configured import ConfiguredModels
    from secondme.settings import Settings


@click.group(name="eval")
def evaluate() -> None:
    """Measure this memory on a benchmark file."""


@evaluate.command("recall")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--pooled", is_flag=True, help="All conversations in one store.")
@click.option("--ablate", is_flag=True, help="Again with each mechanism left out, and with each alone.")
@click.option("--dump", type=click.Path(path_type=Path), help="Write each question's ranking as JSON Lines.")
@click.option("--json", "as_json", is_flag=True)
def eval_recall(file: Path, pooled: bool, ablate: bool, dump: Path | None, as_json: bool) -> None:
    """Recall at k and MRR on a memory-eval/1 FILE, in a temporary store of its own."""
    import json

    from secondme.api import Progress
    from secondme.evaluation.recall import EVERYTHING, ablation, load
    from secondme.evaluation.recall import evaluate as run

    settings, embedder, _ = _models()
    arms = ablation() if ablate else [EVERYTHING]
    outcome = None
    for event in run(load(file), embedder, pooled=pooled, exact_below=settings.index_exact_below, arms=arms):
        if isinstance(event, Progress):
            show(event)
        else:
            outcome = event
    end_line()
    assert outcome is not None
    report, rankings = outcome[EVERYTHING.name]
    if dump:
        with dump.open("w", encoding="utf-8") as out:
            for one in rankings:
                line = {"conversation": one.conversation, "question": one.question, "ranked": one.ranked}
                out.write(json.dumps(line) + "\n")
    if as_json:
        print_json({name: found for name, (found, _) in outcome.items()} if ablate else report)
        return
    columns = ("r5", "r10", "r20", "r50", "mrr")
    click.echo(f"{'':14}" + "".join(f"{name:>8}" for name in columns))
    for name, figures in {"all": report.overall, **report.categories}.items():
        click.echo(f"{name:14}" + "".join(f"{figures[column]:8.3f}" for column in columns))
    click.echo(
        f"{report.questions} questions; {report.turns} turns at {report.turns_per_second}/s; recall p50 {report.p50_ms} "
        f"ms, p95 {report.p95_ms} ms; model calls per turn {report.model_calls_per_turn}; peak {report.peak_memory_mb} MB"
    )
    if ablate:
        names = list(report.categories)
        click.echo(f"\n{'':22}" + "".join(f"{name:>8}" for name in columns) + f"{'p50 ms':>8}  " + "  ".join(names))
        for name, (found, _) in outcome.items():
            row = "".join(f"{found.overall[column]:8.3f}" for column in columns)
            by_category = "  ".join(f"{found.categories[one]['r10']:{len(one)}.3f}" for one in names)
            click.echo(f"{name:22}{row}{found.p50_ms:8.1f}  {by_category}")


@evaluate.command("answer")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--limit", type=int, help="At most so many questions of each conversation, drawn with a fixed seed.")
@click.option("--dump", type=click.Path(path_type=Path), help="Write each answer as JSON Lines.")
@click.option("--json", "as_json", is_flag=True)
def eval_answer(file: Path, limit: int | None, dump: Path | None, as_json: bool) -> None:
    """Token F1 of answers and rightness of refusals on a memory-eval/1 FILE, with the configured model."""
    import dataclasses
    import json

    from secondme.api import Progress
    from secondme.evaluation.answers import evaluate_answers
    from secondme.evaluation.recall import load

    settings, embedder, runtimes = _models()
    report = None
    try:
        model = runtimes.language_model(settings)
        small = runtimes.is_small(settings)
        for event in evaluate_answers(load(file), embedder, model, small=small, limit=limit):
            if isinstance(event, Progress):
                show(event)
            else:
                report = event
    finally:
        runtimes.close()
    end_line()
    assert report is not None
    if dump:
        dump.write_text("".join(json.dumps(one) + "\n" for one in report.transcript), encoding="utf-8")
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
@click.argument("file", type=click.Path(path_type=Path))
def eval_order(file: Path) -> None:
    """Of two excerpts of a conversation, which was said first? Chance is .5."""
    from secondme.api import Progress
    from secondme.evaluation.answers import evaluate_order
    from secondme.evaluation.recall import load

    _, embedder, _ = _models()
    for event in evaluate_order(load(file), embedder):
        if isinstance(event, Progress):
            show(event)
        else:
            end_line()
            click.echo(f"{event.pairs} pairs; right {event.accuracy:.3f}; undecided {event.undecided:.3f}")


def _models() -> tuple[Settings, Embedder | None, ConfiguredModels]:
    """The settings, the embedder and what makes models, for commands that need no engine."""
    from secondme.places import places
    from secondme.runtimes.configured import ConfiguredModels
    from secondme.settings import load

    where = places()
    where.make()
    settings, _ = load(where.config_file)
    runtimes = ConfiguredModels(where)
    return settings, runtimes.embedder(), runtimes
