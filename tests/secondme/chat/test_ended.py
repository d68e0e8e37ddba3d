"""What a later statement ended is told from what still holds, by reading only what can end it."""

from __future__ import annotations

import pytest

from secondme.chat.ended import ended_spans
from tests.secondme.facts.telling import tell
from tests.worlds.night_world import World

SAID = (
    ("2026-01-05", "I live in Harrow."),
    ("2026-01-06", "I love oysters."),
    ("2026-01-07", "I love opera."),
    ("2026-02-05", "I live in Leeds."),
    ("2026-02-06", "I hate oysters now."),
    ("2026-02-07", "My sister Solveig lives in Bergen."),
)


@pytest.mark.parametrize(("day", "over"), [("2026-03-01", {0, 1}), ("2026-01-20", set())])
def test_a_move_and_the_opposite_of_a_liking_end_what_was_said_before(world: World, day: str, over: set[int]) -> None:
    tell(world, SAID)
    spans = [f"said-{number}" for number in range(len(SAID))]
    assert ended_spans(world.store, ["Ida"], day, spans) == {f"said-{number}" for number in over}


def test_of_each_passage_alone_the_same_is_told(world: World) -> None:
    tell(world, SAID)
    alone = [ended_spans(world.store, ["Ida"], "2026-03-01", [f"said-{number}"]) for number in range(len(SAID))]
    assert [bool(found) for found in alone] == [True, True, False, False, False, False]


def test_what_states_nothing_is_not_over(world: World) -> None:
    tell(world, SAID)
    assert not ended_spans(world.store, ["Ida"], "2026-03-01", ["no-such-span"])


def test_of_a_plan_that_was_moved_the_rest_still_holds(world: World) -> None:
    tell(
        world,
        (
            ("2026-01-05", "My interview with Ms Orr is on 25 January at ten."),
            ("2026-01-06", "They moved my interview to 28 January."),
        ),
    )
    for day in ("2026-01-10", "2026-03-01"):
        assert not ended_spans(world.store, ["Ida"], day, ["said-0", "said-1"], of_plans=False)
