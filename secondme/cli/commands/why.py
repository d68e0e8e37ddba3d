"""`why`: where a memory came from, why recall finds it, what changed it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from secondme.cli.lines import shorten
from secondme.cli.root import cli
from secondme.cli.terminal import json_option, open_engine, print_result

if TYPE_CHECKING:
    from secondme.api import Scoring, Why


@cli.command()
@click.argument("target")
@click.option("--question", default="", help="Score it for this question instead of the last one that used it.")
@json_option()
def why(target: str, question: str, as_json: bool) -> None:
    """Say where a memory came from, why it was recalled, and what changed it.

    TARGET is the id of a passage, a fact or an answer, or the beginning of it.
    """
    found = open_engine().why(target, question)
    print_result(found, _lines(found), as_json=as_json)


def _lines(found: Why) -> Iterator[str]:
    yield f"{found.kind} {found.id}"
    yield f"  {shorten(found.text, 160)}"
    yield ""
    yield from (f"{detail.label + ':':<14}{detail.text}" for detail in found.stored)
    if found.scorings:
        yield f"\nFor the question “{shorten(found.question, 160)}”, scored anew:"
    for scoring in found.scorings:
        yield from _scoring_lines(scoring)
    if found.changes:
        yield ""
    for change in found.changes:
        note = f": {change.note}" if change.note else ""
        undone = " (undone since)" if change.undone else ""
        yield f"{change.at[:16].replace('T', ' '):17} {change.what}, {change.by}{note}{undone}"


def _scoring_lines(scoring: Scoring) -> Iterator[str]:
    place = f"place {scoring.rank:,} of {scoring.candidates:,}" if scoring.rank else "not among the candidates"
    yield f"{scoring.score:+7.2f}  {place}: {scoring.title}"
    for signal in sorted(scoring.signals, key=lambda signal: -abs(signal.share)):
        yield f"{signal.share:+12.2f}  {signal.part}: {signal.name} {signal.value:.2f} × {signal.weight:.2f}"
    yield from (f"              {reason}" for reason in scoring.because)
