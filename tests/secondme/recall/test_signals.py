"""The signals of recall: a new one takes an entry and a weight, and each belongs to a part of the score."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from secondme.evaluation.recall import ablation, arm_weights
from secondme.recall.comparison import Comparison
from secondme.recall.scores import Floats
from secondme.recall.search import Recall
from secondme.recall.signals import PARTS, SIGNALS, Signal
from secondme.recall.weights import PASSAGES, TURNS
from tests.worlds.night_world import world


def loud(compared: Comparison) -> Floats:
    """1 for a candidate that ends with an exclamation mark."""
    spans = compared.store.spans.by_seq([candidate.seq for candidate in compared.candidates])
    return np.array([spans[candidate.seq].span.text.endswith("!") for candidate in compared.candidates], float)


def test_a_new_signal_is_one_entry_and_a_weight_and_changes_the_ranking_with_its_share_explained(
    tmp_path: Path,
) -> None:
    with world(tmp_path / "data") as here:
        quiet = here.keep("The red boat is at the pier.")
        shouted = here.keep("The red boat is at the pier by now!")
        here.index()
        question = "Where is the red boat at the pier?"
        before = here.recall.search(question, 2)
        assert [hit.span.span.id for hit in before] == [quiet, shouted]
        assert all(part.name != "loudness" for hit in before for part in hit.parts)

        recall = Recall(
            here.store,
            here.embedder,
            exact_below=10_000,
            signals=[*SIGNALS, Signal("loud", "loudness", loud)],
            turns={**TURNS, "loud": 9.0},
            passages=PASSAGES,
        )
        after = recall.search(question, 2, explain=True)
        assert [hit.span.span.id for hit in after] == [shouted, quiet]
        assert {part.name: part.value for part in after[0].parts}["loudness"] == 9.0
        assert "loudness" not in {part.name for part in after[1].parts}
        for hit in after:
            assert abs(sum(part.value for part in hit.parts) - hit.score) < 1e-3


def test_every_weight_belongs_to_a_signal_and_no_two_signals_share_a_name() -> None:
    assert len({signal.name for signal in SIGNALS}) == len(SIGNALS)
    assert set(TURNS) == set(PARTS)
    assert set(PASSAGES) <= set(PARTS)


def test_ablations_leave_out_every_signal_of_a_part() -> None:
    for arm in ablation()[1:]:
        left = {PARTS[signal] for signal in arm_weights(TURNS, arm)}
        assert left == ({arm.only} if arm.only else {PARTS[signal] for signal in TURNS} - arm.off)
