"""Numbers of pages, slides or chapters as a person lists them."""

from __future__ import annotations

from collections.abc import Sequence

from secondme.text.clean import join_words

SHOWN = 12
"""Ranges that are listed at most; then it says how many more there are."""


def ranges(noun: str, numbers: Sequence[int]) -> str:
    """ "page 3", "pages 2 to 4 and 7" of ascending numbers."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]} to {run[-1]}" if len(run) > 2 else join_words([str(number) for number in run]) for run in runs]
    if len(parts) > SHOWN:
        parts = [*parts[:SHOWN], f"{sum(map(len, runs[SHOWN:]))} more"]
    flat = [part for whole in parts for part in whole.split(" and ")]
    return f"{noun}{'s' if len(numbers) != 1 else ''} {join_words(flat)}"
