"""A voice that is worse in any guarded figure is not used, and the reason is one sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondme.voice.gate import VoiceFigures, verdict

ALONE = VoiceFigures(20, 41.9, 8.2, 16, 14, 41.0, 0.6)
GOOD = VoiceFigures(20, 4.8, 7.8, 16, 13, 39.8, 1.0)


def test_a_voice_that_was_learnt_and_harms_nothing_passes() -> None:
    assert verdict(ALONE, GOOD) == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"own": 39.0}, "your own messages surprise it 0.93 times as much"),
        ({"general_right": 12}, "it answers 12 general questions instead of 14"),
        ({"perplexity": 43.5}, "plain text surprises it 1.06 times as much"),
        ({"ended": 0.8}, "only 80% of its drafts come to an end"),
    ],
)
def test_each_guarded_figure_refuses_for_itself(change: dict[str, float], why: str) -> None:
    assert why in verdict(ALONE, replace(GOOD, **change))  # type: ignore[arg-type]


def test_other_peoples_messages_guard_nothing() -> None:
    assert verdict(ALONE, replace(GOOD, others=20.0)) == ""
