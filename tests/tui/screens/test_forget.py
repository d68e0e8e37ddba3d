"""The page that forgets."""

from __future__ import annotations

from secondme.api import Dependent, DependentGroup, Dependents, Why
from tests.tui.samples import passage_view
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tests.tui.test_hostile import ALL, harmless
from tui.messages import ForgetRequested
from tui.screens.confirm import ConfirmScreen
from tui.screens.forget import ForgetScreen
from tui.screens.passage import PassageScreen
from tui.screens.why import WhyScreen

HANGING = Dependents(
    id="source-1",
    kind="chat",
    label="Weekend at the lake",
    hidden_at="",
    groups=(
        DependentGroup("passage", 52, (Dependent("We meet Ana at the lake.", "span-1"), Dependent("Bring tea.", "s2"))),
        DependentGroup("answer", 1, (Dependent("You meet Ana on Sunday.", "message-1"),)),
        DependentGroup("fact", 1, (Dependent("Ana lives in Oslo", "span-1"),)),
        DependentGroup("summary", 1, (Dependent("day 2026-01-01: 2 sentences of it"),)),
    ),
    backups=1,
    notes=("Snapshots that you exported since it was taken in still hold it; no erasing reaches them.",),
)


def held() -> ScriptedDoor:
    door = ScriptedDoor()
    door.hanging = HANGING
    door.views["span-1"] = passage_view(1)
    door.reasons["message-1"] = Why("answer", "message-1", "You meet Ana.", (), "", (), ())
    return door


async def opened(stage: Stage, changes: list[str] | None = None) -> None:
    def note() -> None:
        assert changes is not None
        changes.append("changed")

    stage.app.home.post_message(ForgetRequested("span-1", None if changes is None else note))
    await stage.until(lambda: isinstance(stage.app.screen, ForgetScreen) and "Looking for" not in stage.shown())


async def test_everything_that_hangs_on_it_is_listed_with_what_becomes_of_it() -> None:
    async with staged(held(), size=(80, 24)) as stage:
        await opened(stage)
        shown = stage.shown()
        assert "On it hang 52 passages, 1 answer, 1 fact and 1 summary." in shown
        assert "… 50 more" in shown
        assert "no erasing reaches them" in shown
        assert "1 copy from before an update may hold it; erasing it deletes that too." in shown


async def test_hiding_says_so_and_u_brings_it_back() -> None:
    door, changes = held(), list[str]()
    async with staged(door) as stage:
        await opened(stage, changes)
        await stage.press("u")  # nothing is hidden yet
        assert door.called("restore") == []
        await stage.press("h")
        await stage.until(lambda: "✓ hidden" in stage.shown())
        assert door.called("forget") == [("source-1", False)]
        await stage.press("u")
        await stage.until(lambda: "On it hang" in stage.shown())
        assert door.called("restore") == [("source-1",)]
        await stage.until(lambda: changes == ["changed", "changed"])


async def test_erasing_asks_once_more_and_gives_a_receipt() -> None:
    door = held()
    async with staged(door) as stage:
        await opened(stage)
        await stage.press("X")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        await stage.press("enter")  # the first choice is to leave it
        await stage.until(lambda: isinstance(stage.app.screen, ForgetScreen))
        assert door.called("purge") == []
        await stage.press("X")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        await stage.press("tab", "enter")
        await stage.until(lambda: "✓ Erased 1 source, 12 passages and 2 answers" in stage.shown())
        await stage.press("h", "X", "u")
        assert door.called("purge") == [("source-1", False)]
        assert door.called("forget") == []


async def test_enter_opens_a_passage_and_of_an_answer_why() -> None:
    async with staged(held()) as stage:
        await opened(stage)
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))
        await stage.press("escape", "down", "down", "down", "enter")
        await stage.until(lambda: isinstance(stage.app.screen, WhyScreen))


async def test_x_on_a_passage_shows_what_hangs_on_it() -> None:
    door = held()
    async with staged(door) as stage:
        stage.app.push_screen(PassageScreen(stage.app.context, "span-1"))
        await stage.until(lambda: "plan-1" in stage.shown())
        await stage.press("x")
        await stage.until(lambda: "On it hang" in stage.shown())
        assert door.called("dependents") == [("span-1",)]
        assert door.called("forget") == []


async def test_hostile_words_are_shown_as_text() -> None:
    door = ScriptedDoor()
    groups = (DependentGroup(ALL, 3, (Dependent(ALL, ALL),)),)
    door.hanging = Dependents(ALL, ALL, ALL, "", groups, 0, (ALL,))
    async with staged(door) as stage:
        await opened(stage)
        assert "[/]" in harmless(stage)
