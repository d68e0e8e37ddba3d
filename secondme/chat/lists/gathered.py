"""What was gathered for a question for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondme.chat.list_question import ListQuestion
from secondme.chat.lists.labels import in_few_words
from secondme.chat.lists.lines import Line, without_repeats

MOST = 12
"""Lines that an answer shows at once."""


@dataclass(frozen=True)
class Gathered:
    """What memory holds for a question for many.

    `title`: what stands before the items ("Last week"). `labels`: the items in few words. `summary`: a sentence that
    leads instead of the labels, and rests on the lines `rests_on`. `left`: how many lines more there are. `missing`:
    why nothing was gathered, as a clause; then there are no lines.
    """

    asked: ListQuestion
    title: str = ""
    labels: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    left: int = 0
    summary: str = ""
    rests_on: tuple[Line, ...] = ()
    missing: str = ""


def gathered(
    asked: ListQuestion,
    lines: Sequence[Line],
    *,
    title: str = "",
    labels: Sequence[str] | None = None,
    latest: bool = True,
    summary: str = "",
    rests_on: Sequence[Line] = (),
    left: int = 0,
) -> Gathered:
    """The first of the lines, or with `latest` the latest of them, in their order, each once; `labels` stand for them,
    or else what each says in few words."""
    lines = without_repeats(lines)
    shown = list(lines)
    if len(lines) > MOST:
        best = sorted(lines, key=lambda line: line.at, reverse=True)[:MOST] if latest else lines[:MOST]
        kept = {id(line) for line in best}
        shown = [line for line in lines if id(line) in kept]
    if labels is None:
        labels = [in_few_words(line.text) for line in shown]
    return Gathered(asked, title, tuple(labels), tuple(shown), left + len(lines) - len(shown), summary, tuple(rests_on))
