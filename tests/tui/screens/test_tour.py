"""The tour of six steps: each over its page, left at any of them, with the keys in force."""

from __future__ import annotations

import pytest
from textual.widgets import Button

from tests.tui.screens.test_welcome import NEW, OneModel, welcomed
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.actions import action_named
from tui.screens.tour import STEPS, TourScreen


async def at(stage: Stage, step: int) -> None:
    """Wait for a step, over the page that it is about."""
    await stage.until(lambda: isinstance(stage.app.screen, TourScreen) and f"step {step} of 6" in stage.shown())
    below, opens = stage.app.screen_stack[-2], STEPS[step - 1].opens
    assert type(below).__name__ == (action_named(opens).opens.partition(":")[2] if opens else "ChatScreen")


async def test_the_tour_goes_through_six_pages_and_ends_in_the_chat() -> None:
    async with staged(ScriptedDoor(), size=(80, 24)) as stage:
        stage.prompt.fill("/tour")
        stage.prompt.focus()
        await stage.press("enter")
        for step in range(1, 7):
            await at(stage, step)
            await stage.press("enter")
        await stage.until(lambda: stage.at_home)


async def test_the_tour_goes_back_and_is_left_at_any_step() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.app.run_action("tour")
        await at(stage, 1)
        await stage.press("left")
        await at(stage, 1)
        await stage.press("right", "space")
        await at(stage, 3)
        await stage.press("left")
        await at(stage, 2)
        await stage.press("escape")
        await stage.until(lambda: stage.at_home)


async def test_the_tour_names_the_keys_in_force() -> None:
    async with staged(ScriptedDoor()) as stage:
        stage.app.apply_keys("memory.pin = f11")
        stage.app.action_tour(3)
        await at(stage, 4)
        assert "F11 pin" in stage.shown()


@pytest.mark.parametrize("taken", [True, False])
async def test_the_end_of_the_first_run_offers_the_tour(taken: bool) -> None:
    async with staged(ScriptedDoor(NEW)) as stage:
        screen = await welcomed(stage)
        screen._given = OneModel()
        for step in ("2 of 4", "3 of 4", "4 of 4"):
            await stage.press("enter")
            await stage.until(lambda step=step: step in stage.shown())  # type: ignore[misc]  # bound at once
        screen.query_one("#tour" if taken else "#next", Button).press()
        await stage.until(lambda: isinstance(stage.app.screen, TourScreen) if taken else stage.at_home)
