"""The offer of the models that are missing."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Button

from models.hub.first_models import EMBEDDER, LANGUAGE_MODEL, FirstModel
from models.hub.store import PullProgress
from models.protocol import ModelError
from secondme.api import Status
from tests.tui.screens.test_welcome import OneModel
from tests.tui.scripted_door import READY, ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.setup import SetupScreen
from tui.screens.welcome import WelcomeScreen


class Pulls:
    """Stands in for the hub: each model comes in two steps, and may wait or fail between them."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.stopped: list[str] = []
        self.error: ModelError | None = None
        self.go_on = Event()

    def __call__(self, model: FirstModel) -> Generator[PullProgress, None, Path]:
        self.begun.append(model.title)
        try:
            yield PullProgress("pulling", "file", model.size // 2, model.size, 2_000_000.0, 23.0)
            if self.error:
                raise self.error
            self.go_on.wait(5)
            yield PullProgress("pulling", "file", model.size, model.size, 2_000_000.0, 0.0)
        except GeneratorExit:
            self.stopped.append(model.title)
            raise
        return Path("weights")


async def opened(stage: Stage, pulls: Pulls) -> SetupScreen:
    missing = [EMBEDDER, LANGUAGE_MODEL]
    screen = SetupScreen(stage.app.context, missing, "https://hub.example", Path("/m"), pulls)
    await stage.app.push_screen(screen)
    await stage.pilot.pause()
    return screen


async def test_it_says_what_comes_from_where_and_asks_before_anything_is_fetched() -> None:
    pulls = Pulls()
    async with staged(ScriptedDoor(READY)) as stage:
        await opened(stage, pulls)
        shown = " ".join(stage.shown().split())
        for words in ("91.3 MB", "98.4 MB", "189.7 MB from https://hub.example"):
            assert words in shown
        await stage.press("escape")
        await stage.until(lambda: stage.at_home)
    assert pulls.begun == []


async def test_what_was_fetched_is_used_at_once() -> None:
    pulls, door = Pulls(), ScriptedDoor(READY)
    async with staged(door) as stage:
        screen = await opened(stage, pulls)
        screen.query_one("#fetch", Button).press()
        await stage.until(lambda: "45.7 of 91.3 MB, 2.0 MB/s, 23 s left" in stage.shown())
        pulls.go_on.set()
        await stage.until(lambda: stage.at_home and door.called("reload"))
    assert pulls.begun == [EMBEDDER.title, LANGUAGE_MODEL.title]


async def test_escape_stops_the_fetching() -> None:
    pulls, door = Pulls(), ScriptedDoor(READY)
    async with staged(door) as stage:
        screen = await opened(stage, pulls)
        screen.query_one("#fetch", Button).press()
        await stage.until(lambda: "left" in stage.shown())
        await stage.press("escape")
        pulls.go_on.set()
        await stage.until(lambda: stage.at_home and pulls.stopped == [EMBEDDER.title])
    assert not door.called("reload")


async def test_an_error_is_shown_and_it_can_be_tried_again() -> None:
    pulls, door = Pulls(), ScriptedDoor(READY)
    pulls.error = ModelError("The hub cannot be reached.", "Try again later.")
    async with staged(door) as stage:
        screen = await opened(stage, pulls)
        screen.query_one("#fetch", Button).press()
        await stage.until(lambda: "The hub cannot be reached. Try again later." in " ".join(stage.shown().split()))
        pulls.error = None
        pulls.go_on.set()
        screen.query_one("#fetch", Button).press()
        await stage.until(lambda: stage.at_home and door.called("reload"))


@pytest.mark.parametrize(("status", "offered"), [(replace(READY, embedder=""), True), (READY, False)])
async def test_the_first_run_offers_what_is_missing_where_it_speaks_of_models(
    status: Status, offered: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECONDME_HOME", str(tmp_path))
    monkeypatch.setattr("secondme.runtimes.first_models.missing_models", lambda where, settings: [EMBEDDER])
    async with staged(ScriptedDoor(replace(status, welcomed=False, spans=0, sources=0, chats=0, me=""))) as stage:
        await stage.until(lambda: isinstance(stage.app.screen, WelcomeScreen))
        welcome = stage.app.screen
        assert isinstance(welcome, WelcomeScreen)
        welcome._given = OneModel()
        welcome.query_one("#next", Button).press()
        await stage.until(lambda: "2 of 4" in stage.shown())
        assert ("91.3 MB" in stage.shown()) is offered
        if offered:
            welcome.query_one("#get", Button).press()
            await stage.until(lambda: isinstance(stage.app.screen, SetupScreen))
            await stage.press("escape")
        await stage.press("escape")
        await stage.until(lambda: stage.at_home)
