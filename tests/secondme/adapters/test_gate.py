"""An adapter that is worse in any guarded figure is not used, and the reason is one sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondme.adapters.gate import Figures, verdict

ALONE = Figures(80, 0, 0, 0, 30, 0, 0, 16, 13, 16.8, 0.7)
GOOD = Figures(80, 70, 68, 0, 30, 22, 0, 16, 12, 17.4, 1.0)


def test_an_adapter_that_knows_and_harms_nothing_passes() -> None:
    assert verdict(ALONE, GOOD) == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"shown_wrong": 1}, "1 wrong answers would have been shown"),
        ({"untold_shown": 2}, "2 wrong answers would have been shown"),
        ({"shown_right": 39}, "it knows only 39 of 80 facts"),
        ({"general_right": 11}, "it answers 11 general questions instead of 13"),
        ({"perplexity": 17.8}, "1.06 times as much"),
        ({"ended": 0.9}, "only 90% of its answers come to an end"),
    ],
)
def test_each_guarded_figure_refuses_for_itself(change: dict[str, float], why: str) -> None:
    assert why in verdict(ALONE, replace(GOOD, **change))  # type: ignore[arg-type]
