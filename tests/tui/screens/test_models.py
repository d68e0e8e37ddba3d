"""The page of models, over a real store of models and a hub on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import OptionList

from models.hub.client import Hub
from secondme.errors import SecondMeError
from secondme.places import Places
from secondme.runtimes.desk import ModelDesk
from secondme.runtimes.planner import ModelPlan, Offer
from tests.models.hub.hub import Fault, HubDouble, running_hub
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.confirm import ConfirmScreen
from tui.screens.models import ModelsScreen

WEIGHTS = bytes(3_000_000)
REPOSITORY, FILE = "some/Tiny-GGUF", "Tiny-Q4_K_M.gguf"


class QuickDesk(ModelDesk):
    """A desk that does not measure the machine: that takes seconds."""

    def offer(self) -> Offer:
        """Nothing fits and nothing does not."""
        return Offer(6_000_000_000, 8_000_000_000, 2e9, ())

    def plan_here(self, name: str) -> ModelPlan:
        """No plan."""
        raise SecondMeError(f"There is no plan for {name}.", "Get it first.")


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[HubDouble]:
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setenv("HF_TOKEN_PATH", str(tmp_path / "no token"))
    with running_hub() as hub:
        hub.add(REPOSITORY, {FILE: WEIGHTS, "README.md": b"# Tiny", "config.json": b"{}"})
        yield hub


def desk_in(folder: Path, url: str) -> QuickDesk:
    where = Places(*(folder / name for name in ("data", "cache", "config", "logs", "run")))
    where.make()
    return QuickDesk(where, Hub(url, seconds=30))


async def opened(stage: Stage, desk: ModelDesk) -> ModelsScreen:
    screen = ModelsScreen(stage.app.context, desk)
    await stage.app.push_screen(screen)
    await stage.until(lambda: screen.rows)
    return screen


async def choose(stage: Stage, screen: ModelsScreen, name: str) -> None:
    """Go to the line of a model."""
    rows = screen.query_one("#rows", OptionList)
    place = next(i for i, line in enumerate(screen._lines) if line is not None and line.row.name == name)
    rows.highlighted = place
    await stage.pilot.pause()


async def test_it_lists_the_catalogue_and_says_which_model_is_in_use(tmp_path: Path) -> None:
    async with staged(ScriptedDoor()) as stage:
        screen = await opened(stage, desk_in(tmp_path, "http://127.0.0.1:9"))
        shown = stage.shown()
        assert "In use: the bundled model" in shown
        assert "● bundled" in shown
        assert len(screen.rows) > 5
        await stage.until(lambda: "8.0 GB of memory are free" in stage.shown())


async def test_a_model_is_got_after_a_question_stopped_by_esc_and_gone_on_with(
    tmp_path: Path, double: HubDouble
) -> None:
    hold = threading.Event()
    double.faults[FILE] = [Fault(hold=hold)]
    desk, door = desk_in(tmp_path, double.url), ScriptedDoor()
    async with staged(door) as stage:
        screen = await opened(stage, desk)
        plan = desk.plan_pull(REPOSITORY)
        screen._begin(REPOSITORY, plan)
        await stage.until(lambda: "esc stops it" in stage.shown())
        await stage.press("escape")
        assert stage.app.screen is screen
        hold.set()
        await stage.until(lambda: any(row.unfinished for row in screen.rows))
        assert "g goes on" in stage.shown(OptionList)
        await choose(stage, screen, REPOSITORY)
        await stage.press("g")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        question = " ".join(stage.shown().split())
        assert f"{FILE}, 3 MB" in question
        assert double.url in question
        assert "Licence apache-2.0" in question
        await stage.press("tab", "enter")
        await stage.until(lambda: any(row.pulled and row.name.startswith("some/Tiny") for row in screen.rows))
        assert door.called("reload")
        starts = [request.start for request in double.asked_for(FILE)]
        assert starts[-1] > 0, "what had arrived was not fetched again"


async def test_a_model_that_was_got_is_removed_after_a_question(tmp_path: Path, double: HubDouble) -> None:
    desk = desk_in(tmp_path, double.url)
    for _ in desk.pull(desk.plan_pull(REPOSITORY)):
        pass
    async with staged(ScriptedDoor()) as stage:
        screen = await opened(stage, desk)
        await choose(stage, screen, f"{REPOSITORY}:Q4_K_M")
        await stage.press("r")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        await stage.press("tab", "enter")
        await stage.until(lambda: all(not row.name.startswith("some/Tiny") for row in screen.rows))
        assert not list(tmp_path.rglob("*.gguf"))


async def test_a_file_that_is_no_model_is_not_chosen_and_the_page_says_why(tmp_path: Path, double: HubDouble) -> None:
    desk, door = desk_in(tmp_path, double.url), ScriptedDoor()
    for _ in desk.pull(desk.plan_pull(REPOSITORY)):
        pass
    async with staged(door) as stage:
        screen = await opened(stage, desk)
        await choose(stage, screen, f"{REPOSITORY}:Q4_K_M")
        await stage.press("c")
        await stage.until(lambda: "⚠" in stage.shown())
        assert "model.path" not in door.settings


async def test_quotes_only_and_the_bundled_model_are_chosen_by_a_key(tmp_path: Path) -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        screen = await opened(stage, desk_in(tmp_path, "http://127.0.0.1:9"))
        await choose(stage, screen, "none")
        await stage.press("c")
        await stage.until(lambda: door.settings.get("model.path") == "none")
        await choose(stage, screen, "bundled")
        await stage.press("c")
        await stage.until(lambda: door.settings.get("model.path") == "")


async def test_a_hub_that_is_not_there_is_a_sentence_on_the_page(tmp_path: Path) -> None:
    async with staged(ScriptedDoor()) as stage:
        screen = await opened(stage, desk_in(tmp_path, "http://127.0.0.1:9"))
        name = next(row.name for row in screen.rows if not row.pulled)
        await choose(stage, screen, name)
        await stage.press("c")
        assert any("g gets it" in str(note.message) for note in stage.app._notifications)
        await stage.press("g")
        await stage.until(lambda: "⚠" in stage.shown())
        await stage.press("escape")
        assert stage.at_home
