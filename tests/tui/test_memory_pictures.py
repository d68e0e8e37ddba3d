"""What memory, facts, models, snapshots, activity and the first run look like. After an intended change:
`pytest tests/tui/test_memory_pictures.py --snapshot-update`, and look at the pictures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from textual.widgets import Input, TextArea

from secondme.places import Places
from secondme.runtimes.desk import Desk, ModelDesk, Standing
from secondme.runtimes.planner import ModelPlan, Offer
from secondme.runtimes.shelf import ShelfModel
from secondme.runtimes.speeds import Measured
from tests.tui.screens.test_activity import night
from tests.tui.screens.test_facts import known, open_facts
from tests.tui.screens.test_memory import at_the_memory, lake
from tests.tui.screens.test_welcome import OneModel
from tests.tui.scripted_door import READY, ScriptedDoor
from tests.tui.stage import NOW, Stage
from tui.app import SecondMeApp
from tui.screens.models import ModelsScreen
from tui.screens.snapshots import SnapshotFile, SnapshotsScreen
from tui.screens.welcome import PlacesFound, PlaceSurveyed, WelcomeScreen

Look = Callable[..., bool]
Act = Callable[[Stage], Awaitable[None]]
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
THEMES = pytest.mark.parametrize("theme", ["secondme-dark", "secondme-light"])


def looks(snap_compare: Look, size: tuple[int, int], theme: str, door: ScriptedDoor, act: Act) -> bool:
    """Compare a picture of the app after `act`."""
    app = SecondMeApp(door.door, theme=theme, now=lambda: NOW)

    async def before(pilot: Any) -> None:
        stage = Stage(app, pilot)
        await stage.ready()
        await act(stage)
        for screen in (app.home, app.screen):
            for box in (*screen.query(Input), *screen.query(TextArea)):
                box.cursor_blink = False
        await pilot.pause()

    return snap_compare(app, terminal_size=size, run_before=before)


@SIZES
@THEMES
def test_a_memory_in_its_tree(snap_compare: Look, size: tuple[int, int], theme: str) -> None:
    async def act(stage: Stage) -> None:
        await at_the_memory(stage)
        if size[0] < 100:
            await stage.press("enter")
        await stage.until(lambda: "87% held" in stage.shown())

    assert looks(snap_compare, size, theme, lake(), act)


@SIZES
@THEMES
def test_facts(snap_compare: Look, size: tuple[int, int], theme: str) -> None:
    async def act(stage: Stage) -> None:
        await open_facts(stage)

    assert looks(snap_compare, size, theme, known(), act)


class Shelf(ModelDesk):
    """A desk with four models, of which one is in use, and what the machine would make of them."""

    def __init__(self) -> None:
        super().__init__(Places(*(Path("/nowhere") for _ in range(5))))

    def look(self) -> Desk:
        def model(name: str, size: int, *, pulled: bool = False, used: bool = False, answers: int = 0) -> Standing:
            shelf = ShelfModel(
                name, name, "chat", "gguf", f"some/{name}", 0, 0, "apache-2.0", 4096, "Q4_K_M", size,
                not pulled, pulled, used, "", name if pulled else "",
            )  # fmt: skip
            return Standing(shelf, Measured(41.0, 300.0, answers))

        models = (
            model("tern-0.6b", 484_000_000, pulled=True, used=True, answers=12),
            model("tern-4b", 2_500_000_000),
            model("tern-30b", 18_600_000_000),
            model("tern-400b", 240_000_000_000),
        )
        return Desk(models, "tern-0.6b", Measured(), "", (("some/heron-8b", 1_200_000_000),))

    def offer(self) -> Offer:
        def plan(name: str, mode: str, speed: float) -> ModelPlan:
            made = SimpleNamespace(mode=mode, tokens_per_second=speed, needs=250_000_000_000)
            return ModelPlan(name, "", "Q4_K_M", cast(Any, made), True)

        plans = (
            plan("tern-0.6b", "resident", 48.0), plan("tern-4b", "resident", 7.2), plan("tern-30b", "streamed", 1.8),
            plan("tern-400b", "too large", 0.0),
        )  # fmt: skip
        return Offer(15_300_000_000, 19_100_000_000, 1.1e9, plans)


@SIZES
@THEMES
def test_models(snap_compare: Look, size: tuple[int, int], theme: str) -> None:
    async def act(stage: Stage) -> None:
        screen = ModelsScreen(stage.app.context, Shelf())
        await stage.app.push_screen(screen)
        await stage.until(lambda: screen.rows and "of memory are free" in stage.shown())
        await stage.press("down", "down")

    assert looks(snap_compare, size, theme, ScriptedDoor(), act)


@SIZES
@THEMES
def test_snapshots(snap_compare: Look, size: tuple[int, int], theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path("/home/mira/secondme-snapshots")
    files = [
        SnapshotFile(folder / f"secondme-{day}.tar.zst", 24_300_000 - 4_100_000 * number, f"{day}T08:00:00Z")
        for number, day in enumerate(("2026-01-01", "2025-12-01", "2025-09-14"))
    ]
    monkeypatch.setattr("tui.screens.snapshots.snapshots_in", lambda where: files)

    async def act(stage: Stage) -> None:
        screen = SnapshotsScreen(stage.app.context, folder)
        await stage.app.push_screen(screen)
        await stage.until(lambda: screen.rows)

    assert looks(snap_compare, size, theme, ScriptedDoor(), act)


@SIZES
@THEMES
def test_activity(snap_compare: Look, size: tuple[int, int], theme: str) -> None:
    async def act(stage: Stage) -> None:
        await stage.press("f5")
        await stage.until(lambda: "37 faded, 2 kept" in stage.shown())
        await stage.press("down", "down", "enter")
        await stage.until(lambda: "We had soup" in stage.shown())

    assert looks(snap_compare, size, theme, night(), act)


@THEMES
@pytest.mark.parametrize("step", [1, 2, 3])
def test_the_first_run(snap_compare: Look, step: int, theme: str) -> None:
    from secondme.folders.likely import Likely

    async def act(stage: Stage) -> None:
        screen = WelcomeScreen(stage.app.context, home=Path("/nowhere"), desk=OneModel())
        await stage.app.push_screen(screen)
        await stage.press(*["enter"] * (step - 1))
        await stage.until(lambda: f"{step} of 4" in stage.shown())
        if step == 2:
            await stage.until(lambda: "About 2.4 GB" in stage.shown())
        if step == 3:
            await stage.until(lambda: "No folder of notes" in stage.shown())
            places = [Likely(Path("/home/mira/Notes"), "notes"), Likely(Path("/home/mira/WhatsApp Chat.zip"), "export")]
            screen.post_message(PlacesFound(places))
            screen.post_message(PlaceSurveyed(places[0].path, "124 files, 3.4 MB"))
            screen.post_message(PlaceSurveyed(places[1].path, "8,120 messages, Ana"))
            await stage.until(lambda: "8,120 messages" in stage.shown())

    assert looks(snap_compare, (80, 24), theme, ScriptedDoor(READY), act)
