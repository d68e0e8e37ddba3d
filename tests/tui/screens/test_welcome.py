"""The dialog of the first run."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from threading import Event
from time import monotonic
from types import SimpleNamespace
from typing import Any, cast

import pytest
from textual.widgets import Button, Input, SelectionList

from models.hub.client import Hub
from models.hub.store import PullPlan, PullProgress
from secondme.api import Status
from secondme.api.door import Door
from secondme.folders.likely import Likely
from secondme.places import Places
from secondme.runtimes.desk import Desk, ModelDesk, Standing
from secondme.runtimes.planner import ModelPlan, Offer
from secondme.runtimes.shelf import ShelfModel
from secondme.runtimes.speeds import Measured
from tests.tui.samples import whole_answer
from tests.tui.scripted_door import READY, ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.welcome import PlacesFound, WelcomeScreen

NEW = replace(READY, welcomed=False, spans=0, sources=0, chats=0, me="")


async def welcomed(stage: Stage) -> WelcomeScreen:
    await stage.until(lambda: isinstance(stage.app.screen, WelcomeScreen))
    screen = stage.app.screen
    assert isinstance(screen, WelcomeScreen)
    await stage.until(lambda: monotonic() > screen.seen_at)
    return screen


async def test_the_welcome_makes_its_promise_and_can_be_skipped() -> None:
    door = ScriptedDoor(NEW)
    async with staged(door) as stage:
        await welcomed(stage)
        assert "Nothing leaves this machine." in stage.shown()
        await stage.press("escape")
        await stage.until(lambda: door.called("set_welcomed"))
        assert not door.settings
        assert not door.called("ingest")
        door.statuses.send(NEW)
        await stage.pilot.pause()
        assert stage.at_home


class OneModel(ModelDesk):
    """A desk that offers one model, and gets it in two steps when it is told to go on."""

    def __init__(self) -> None:
        where = Places(*(Path("/nowhere") for _ in range(5)))
        super().__init__(where, Hub("https://hub.example"))
        self.go_on = Event()
        self.chosen: list[str] = []

    def look(self) -> Desk:
        model = ShelfModel(
            "qwen3-4b", "Qwen3 4B", "chat", "gguf", "some/Qwen3-GGUF", 4, 0, "apache-2.0", 4096, "Q4_K_M",
            2_400_000_000, True, False, False, "", "",
        )  # fmt: skip
        return Desk((Standing(model, Measured()),), "bundled", Measured(), "", ())

    def offer(self) -> Offer:
        plan = SimpleNamespace(mode="resident", tokens_per_second=11.0, weights=2_400_000_000)
        return Offer(1, 1, 1.0, (ModelPlan("qwen3-4b", "", "Q4_K_M", cast(Any, plan), True),))

    def plan_pull(self, name: str) -> PullPlan:
        return cast(PullPlan, name)

    def pull(self, plan: PullPlan) -> Generator[PullProgress, None, str]:
        yield PullProgress("pulling", "file", 1_200_000_000, 2_400_000_000, 8e6, 150.0)
        self.go_on.wait(5)
        return "qwen3-4b"

    def choose(self, name: str, door: Door) -> str:
        self.chosen.append(name)
        return f"{name} answers now."


async def at_home_of(stage: Stage, home: Path, desk: ModelDesk) -> WelcomeScreen:
    """The dialog over a home folder and a desk of the test."""
    screen = WelcomeScreen(stage.app.context, home=home, desk=desk)
    await stage.app.push_screen(screen)
    await stage.pilot.pause()
    return screen


async def test_the_four_steps_are_gone_through_with_enter_alone_and_nothing_is_taken_in(tmp_path: Path) -> None:
    door = ScriptedDoor(READY)
    async with staged(door) as stage:
        await at_home_of(stage, tmp_path, OneModel())
        for step in ("1 of 4", "2 of 4", "3 of 4", "4 of 4"):
            await stage.until(lambda step=step: step in stage.shown())  # type: ignore[misc]  # bound at once
            await stage.press("enter")
        await stage.until(lambda: stage.at_home)
        assert not door.settings
        assert not door.called("watch_add") and not door.called("ingest")


async def test_a_name_is_kept_when_its_step_is_left() -> None:
    door = ScriptedDoor(NEW)
    async with staged(door) as stage:
        screen = await welcomed(stage)
        screen._given = OneModel()
        screen.query_one("#name", Input).value = "Mira"
        await stage.press("enter")
        await stage.until(lambda: door.settings == {"me.name": "Mira"})


async def test_a_larger_model_is_offered_with_its_size_and_place_and_comes_while_one_goes_on(tmp_path: Path) -> None:
    desk = OneModel()
    async with staged(ScriptedDoor(READY)) as stage:
        screen = await at_home_of(stage, tmp_path, desk)
        await stage.press("enter")
        await stage.until(lambda: "About 2.4 GB come from https://hub.example, some/Qwen3-GGUF" in stage.shown())
        assert "at about 11 tokens/s here" in stage.shown()
        screen.query_one("#get", Button).press()
        await stage.until(lambda: "1,200 of 2,400 MB, 8.0 MB/s, 150 s left" in stage.shown())
        await stage.press("escape")
        assert stage.at_home
        desk.go_on.set()
        await stage.until(lambda: desk.chosen == ["qwen3-4b"])


async def test_what_is_on_the_machine_is_listed_with_a_dry_run_and_only_the_chosen_is_taken_in(tmp_path: Path) -> None:
    (tmp_path / "Documents" / "vault" / ".obsidian").mkdir(parents=True)
    (tmp_path / "Documents" / "vault" / "tea.md").write_text("Tea with Ana.")
    (tmp_path / "Downloads").mkdir()
    (tmp_path / "Downloads" / "WhatsApp Chat - Ana.zip").write_bytes(b"PK")
    door = ScriptedDoor(READY)
    async with staged(door) as stage:
        screen = await at_home_of(stage, tmp_path, OneModel())
        await stage.press("enter", "enter")
        await stage.until(lambda: "12 files" in stage.shown() and "2 messages, Ana" in stage.shown())
        found = screen.query_one(SelectionList)
        found.select(str((tmp_path / "Documents" / "vault").resolve()))
        found.select(str((tmp_path / "Downloads" / "WhatsApp Chat - Ana.zip").resolve()))
        await stage.press("enter")
        await stage.until(lambda: door.called("watch_add") == [((tmp_path / "Documents" / "vault").resolve(),)])
        await stage.until(lambda: door.called("ingest"))


async def test_who_types_a_folder_goes_on_typing_when_the_places_are_found(tmp_path: Path) -> None:
    async with staged(ScriptedDoor(READY)) as stage:
        screen = await at_home_of(stage, tmp_path, OneModel())
        await stage.press("enter", "enter")
        await stage.until(lambda: "3 of 4" in stage.shown())
        screen.query_one("#folder", Input).focus()
        await stage.press("/")
        screen.post_message(PlacesFound([Likely(tmp_path, "documents")]))
        await stage.until(lambda: screen.query_one(SelectionList).option_count)
        await stage.press("t")
        assert screen.query_one("#folder", Input).value == "/t"


async def test_a_folder_that_is_not_there_is_not_taken(tmp_path: Path) -> None:
    async with staged(ScriptedDoor(READY)) as stage:
        screen = await at_home_of(stage, tmp_path, OneModel())
        await stage.press("enter", "enter")
        screen.query_one("#folder", Input).value = "/no/such/folder"
        screen.query_one("#next", Button).press()
        await stage.until(lambda: "There is no /no/such/folder." in stage.shown())
        assert stage.app.screen is screen


async def test_a_question_is_made_from_what_was_taken_in_and_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secondme.chat.first_question.first_question", lambda door, titles: "What do I have about tea?")
    (tmp_path / "notes").mkdir()
    door = ScriptedDoor(NEW)
    async with staged(door) as stage:
        screen = await welcomed(stage)
        screen._given, screen._home = OneModel(), tmp_path
        await stage.press("enter")
        await stage.until(lambda: "2 of 4" in stage.shown())
        await stage.press("enter")
        screen.query_one("#folder", Input).value = str(tmp_path / "notes")
        screen.query_one("#next", Button).press()
        await stage.until(lambda: "What do I have about tea?" in stage.shown())
        await stage.until(lambda: not screen.query_one("#next").has_class("-active"))
        await stage.press("enter")
        await stage.until(
            lambda: stage.at_home and [call[0] for call in door.called("ask")] == ["What do I have about tea?"]
        )


@pytest.mark.parametrize(
    "used", [replace(NEW, me="Mira"), replace(NEW, spans=3), replace(NEW, sources=1), replace(NEW, chats=1)]
)
async def test_who_has_used_the_memory_already_is_not_welcomed(used: Status) -> None:
    async with staged(ScriptedDoor(used)) as stage:
        await stage.ready()
        await stage.pilot.pause()
        assert stage.at_home


async def test_the_welcome_waits_until_what_is_being_typed_was_sent_or_taken_away() -> None:
    door = ScriptedDoor(READY)
    async with staged(door) as stage:
        await stage.ready()
        await stage.press(*"dear")
        door.statuses.send(NEW)
        await stage.pilot.pause()
        assert stage.at_home
        await stage.press(*["backspace"] * 4)
        door.statuses.send(NEW)
        await welcomed(stage)


async def test_who_asks_before_the_engine_is_there_is_welcomed_after_the_answer() -> None:
    door = ScriptedDoor(READY)
    async with staged(door) as stage:
        await stage.ready()
        await stage.press(*"tea?")
        door.statuses.send(NEW)
        await stage.press("enter")
        door.answers.send(*whole_answer())
        await stage.until(lambda: stage.app.home.idle and bool(door.called("ask")))
        door.statuses.send(replace(NEW, chats=1, spans=1))
        await welcomed(stage)


async def test_keys_that_come_before_the_welcome_was_seen_go_into_the_box() -> None:
    door = ScriptedDoor(NEW)
    async with staged(door) as stage:
        await stage.until(lambda: isinstance(stage.app.screen, WelcomeScreen))
        await stage.press(*"hello")
        assert stage.at_home
        assert stage.prompt.text == "hello"
        assert not door.called("set_welcomed")
