"""Of the dated lines of a log the last, or the first, that tells of what is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.log_entries import entry_asked_for
from tests.secondme.chat.test_answer_check import HIT

LOG = (
    "2024-03-09 service and MOT, £312",
    "2024-06-21 two rear tyres, £148",
    "2026-03-14 service and MOT, £341",
    "2025-03-12 service and MOT, £286",
    "Insurance until 10 March 2027",
)


def lines(*texts: str) -> list[CandidateSentence]:
    hit = replace(HIT, speaker="", role="", happened_at="2026-05-01T10:00:00+00:00")
    return [CandidateSentence(1, text, "", place, hit, False) for place, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("question", "lead", "place"),
    [
        ("when was the last MOT", 0, 2),
        ("when was the most recent service?", 3, 2),
        ("when was the first MOT", 2, 0),
        ("when did I last change the tyres", 1, None),
        ("how much was the MOT", 0, None),
        ("until when is the last insurance", 4, None),
        ("what did we do last week with the MOT", 0, None),
    ],
)
def test_the_newest_or_oldest_entry_is_taken(question: str, lead: int, place: int | None) -> None:
    assert entry_asked_for(question, lines(*LOG), lead) == place
