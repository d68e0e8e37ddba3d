"""The grounding gate: each kind of error is found, and what its sources hold passes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from secondme.consolidation import grounding
from secondme.consolidation.evidence import Evidence
from secondme.consolidation.grounding import CHECKS, Check, refusal
from secondme.consolidation.summaries import Summaries
from tests.worlds.night_world import Obedient, world

ANA = Evidence(
    "I moved to Lisbon in March with my two cats. I don't miss the rain, but I miss Tom.",
    "Ana",
    "",
    "2024-05-03T10:00:00.000Z",
)
TOM = Evidence(
    "Hey Ana, I went hiking yesterday and saw 14 deer! You look happy there.", "Tom", "", "2024-05-03T10:05:00.000Z"
)
PAPER = Evidence("The office in Porto closed on 4 June 2023. Revenue rose by 12 percent.", "", "Report")


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Ana moved to Lisbon in March with two cats.", ANA),
        ("Ana moved to Lisbon with 2 cats.", ANA),
        ("Ana doesn't miss the rain.", ANA),
        ("Ana misses Tom.", ANA),
        ("Tom went hiking on 2 May 2024 and saw 14 deer.", TOM),
        ("Tom saw fourteen deer.", TOM),
        ("The office in Porto closed in June 2023.", PAPER),
        ("Revenue rose by 12 percent.", PAPER),
    ],
)
def test_what_a_source_says_passes(sentence: str, source: Evidence) -> None:
    assert refusal(sentence, [source]) is None


@pytest.mark.parametrize(
    ("sentence", "source", "reason"),
    [
        ("Ana moved to Madrid in March with two cats.", ANA, "name"),
        ("Ana moved to Lisbon in March with three cats.", ANA, "number"),
        ("Ana moved to Lisbon in August with two cats.", ANA, "date"),
        ("Ana misses the rain.", ANA, "negation"),
        ("Ana never moved to Lisbon.", ANA, "negation"),
        ("Tom moved to Lisbon in March.", ANA, "speaker"),
        ("Ana went hiking and saw 14 deer.", TOM, "speaker"),
        ("Tom went hiking on 9 May 2024.", TOM, "number"),
        ("Tom went hiking tomorrow.", TOM, "date"),
        ("The office in Porto closed on 4 July 2023.", PAPER, "date"),
        ("Revenue rose by 21 percent.", PAPER, "number"),
        ("The office in Porto is lovely, large and full of plants everywhere.", PAPER, "unsupported"),
    ],
)
def test_what_a_source_does_not_say_is_refused_with_the_reason(sentence: str, source: Evidence, reason: str) -> None:
    assert refusal(sentence, [source]) == reason


def test_nothing_passes_without_a_source() -> None:
    assert refusal("Ana lives in Lisbon.", []) == "unsupported"


def shouts(sentence: str, sources: Sequence[Evidence]) -> bool:
    """A toy check: whether a sentence ends with an exclamation mark."""
    return sentence.endswith("!")


def test_a_new_check_is_one_entry_and_its_reason_is_recorded_with_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grounding, "CHECKS", (*CHECKS, Check("shouting", shouts)))
    with world(tmp_path / "data") as here:
        for subject in ("boat", "garden", "violin", "market"):
            here.keep(f"The {subject} was painted by the neighbour at the harbour!")
        here.index()
        here.clock.turn(2)
        here.run(Summaries(), model=Obedient())
        assert {row[0] for row in here.store.database.read("SELECT reason FROM refusals")} == {"shouting"}
