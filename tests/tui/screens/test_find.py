"""The page that searches while the person types."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import Any

from secondme.api import Hit
from secondme.errors import SecondMeError
from tests.tui.breaking_door import BreakingDoor
from tests.tui.samples import hit, passage_view
from tests.tui.screens.test_forget import HANGING
from tests.tui.screens.test_why import REASONS
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import staged
from tui.screens.find import FindScreen
from tui.screens.forget import ForgetScreen
from tui.screens.passage import PassageScreen
from tui.screens.why import WhyScreen


async def test_finding_lists_previews_and_opens() -> None:
    door = ScriptedDoor()
    door.hits = [hit(1), hit(2, text="The second passage, about tea.")]
    door.views["span-2"] = passage_view(2)
    async with staged(door) as stage:
        await stage.press("ctrl+f", *"tea")
        await stage.until(lambda: "2 best passages" in stage.shown())
        assert door.called("recall")[-1] == ("tea",)
        await stage.press("down")
        await stage.until(lambda: "The second passage, about tea." in stage.shown())
        assert "score 0.80: words 0.50  vectors 0.30" in stage.shown()
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))
        await stage.press("escape")
        assert isinstance(stage.app.screen, FindScreen)
        await stage.press("escape")
        assert stage.at_home


async def test_finding_nothing_says_so_and_an_empty_box_asks_nothing() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.press("ctrl+f", "q")
        await stage.until(lambda: "nothing found" in stage.shown())
        calls = len(door.called("recall"))
        await stage.press("backspace")
        await stage.until(lambda: "nothing found" not in stage.shown())
        assert len(door.called("recall")) == calls


class SlowDoor(ScriptedDoor):
    """A search for one letter goes on until the test lets it end."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.may_end = Event(), Event()

    def recall(self, query: str, *, k: int = 10, **more: Any) -> list[Hit]:
        found = super().recall(query, k=k, **more)
        if len(query) == 1:
            self.begun.set()
            self.may_end.wait()
        return found


async def test_what_is_typed_while_a_search_runs_is_searched_for_once_after_it_whose_results_are_shown_meanwhile() -> (
    None
):
    door = SlowDoor()
    door.hits = [hit(1)]
    async with staged(door) as stage:
        await stage.press("ctrl+f", "t")
        await stage.until(door.begun.is_set)
        await stage.press(*"ea time")
        assert door.called("recall") == [("t",)]
        door.hits = [hit(2), hit(3)]
        door.may_end.set()
        await stage.until(lambda: "2 best passages" in stage.shown())
        assert door.called("recall") == [("t",), ("tea time",)]
        await stage.press("space")
        assert door.called("recall") == [("t",), ("tea time",)], "a space is no other question"


async def test_a_search_that_failed_says_why_and_the_next_letter_searches_again() -> None:
    door = BreakingDoor()
    door.hits = [hit(1)]
    async with staged(door) as stage:
        door.error = SecondMeError("The index is away.", "Try again.")
        await stage.press("ctrl+f", "t")
        await stage.until(lambda: "The index is away." in stage.shown())
        door.error = None
        await stage.press("e")
        await stage.until(lambda: "1 best passage" in stage.shown())


async def test_earlier_questions_and_answers_come_last_and_are_called_so() -> None:
    door = ScriptedDoor()
    door.hits = [
        hit(1),
        hit(2, text="Where do we meet Ana?", group="asked"),
        hit(3, text="You meet Ana at the lake.", group="answered"),
    ]
    door.views["span-3"] = passage_view(3)
    async with staged(door) as stage:
        await stage.press("ctrl+f", *"ana")
        await stage.until(lambda: "1 best passage" in stage.shown())
        assert "Asked before · " in stage.shown() and "Answered before · " in stage.shown()
        await stage.press("down", "down", "enter")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))


async def test_a_result_says_why_it_was_found_and_can_be_forgotten_from_the_box_and_from_the_list() -> None:
    door = ScriptedDoor()
    door.hits, door.hanging = [hit(1), hit(2)], HANGING
    door.reasons = {"span-2": replace(REASONS, kind="passage", id="span-2")}
    async with staged(door) as stage:
        await stage.press("ctrl+f", *"lake")
        await stage.until(lambda: "2 best passages" in stage.shown())
        await stage.press("down", "alt+w")
        await stage.until(lambda: isinstance(stage.app.screen, WhyScreen))
        assert door.called("why") == [("span-2", "lake")]
        await stage.press("escape", "tab", "x")
        await stage.until(lambda: isinstance(stage.app.screen, ForgetScreen) and "On it hang" in stage.shown())
        assert door.called("dependents") == [("span-2",)]
        before = len(door.called("recall"))
        await stage.press("h")
        await stage.until(lambda: len(door.called("recall")) == before + 1, "not searched again")
