"""The page of snapshots, over a real engine: export, check, compare, import with a preview."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from textual.widgets import Input

from secondme.api import Progress
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.places import Places
from tests.tui.scripted_door import Channel, ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.ask_path import AskPathScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.snapshots import SnapshotsScreen


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sm-") as name:
        yield Path(name)


def engine_in(root: Path) -> Engine:
    where = Places(root / "data", root / "cache", root / "config", root / "logs", root / "run")
    where.make()
    made = Engine(where, SystemClock())
    made.set_welcomed()
    made.start()
    return made


async def opened(stage: Stage, folder: Path) -> SnapshotsScreen:
    screen = SnapshotsScreen(stage.app.context, folder)
    await stage.app.push_screen(screen)
    await stage.until(lambda: "Snapshots" in stage.shown() and str(folder)[:20] in stage.shown())
    return screen


async def test_the_memory_is_exported_checked_compared_and_brought_into_an_empty_one(home: Path) -> None:
    first, folder = engine_in(home / "a"), home / "kept"
    try:
        first.remember("The spare key hangs behind the kitchen door.")
        async with staged(lambda: first) as stage:
            screen = await opened(stage, folder)
            assert "n makes one" in stage.shown()
            await stage.press("n")
            await stage.until(lambda: isinstance(stage.app.screen, AskPathScreen))
            stage.app.screen.query_one(Input).value = str(folder / "one.tar.zst")
            await stage.press("enter")
            await stage.until(lambda: screen.rows and "Exported to" in stage.shown())

            await stage.press("v")
            await stage.until(lambda: "one.tar.zst is sound. It holds 1 source, 1 passage" in stage.shown())
            await stage.press("d")
            await stage.until(lambda: "Nothing differs." in stage.shown())
            first.remember("The boiler is serviced in October.")
            await stage.press("d")
            await stage.until(lambda: "+ since then: 1" in stage.shown())
            assert "The boiler is serviced" in stage.shown()

            await stage.press("i")
            await stage.until(lambda: "a snapshot needs an empty one" in stage.shown())
    finally:
        first.close()
    second = engine_in(home / "b")
    try:
        async with staged(lambda: second) as stage:
            screen = await opened(stage, folder)
            await stage.until(lambda: screen.rows)
            await stage.press("i")
            await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
            assert "1 passage" in stage.shown()
            assert second.sources() == []
            await stage.press("tab", "enter")
            await stage.until(lambda: "Imported one.tar.zst" in stage.shown())
        assert [source.kind for source in second.sources()] == ["note"]
    finally:
        second.close()


async def test_two_snapshots_are_compared_the_older_first_whichever_is_marked(home: Path) -> None:
    engine, folder = engine_in(home / "a"), home / "kept"
    try:
        folder.mkdir()
        engine.remember("The spare key hangs behind the kitchen door.")
        list(engine.snapshot_export(folder / "one.tar.zst"))
        os.utime(folder / "one.tar.zst", (1_700_000_000, 1_700_000_000))
        engine.remember("The boiler is serviced in October.")
        list(engine.snapshot_export(folder / "two.tar.zst"))
        engine.remember("Only in the memory of now.")
        async with staged(lambda: engine) as stage:
            screen = await opened(stage, folder)
            await stage.until(lambda: screen.rows)
            await stage.press("m", "down", "d")
            await stage.until(lambda: "two.tar.zst beside one.tar.zst: 1 sources are as in" in stage.shown())
            assert "+ since then: 1" in stage.shown()
            assert "The boiler is serviced" in stage.shown()
            await stage.press("up", "m", "d")
            await stage.until(lambda: "Only in the memory of now" in stage.shown())
    finally:
        engine.close()


async def test_a_damaged_snapshot_is_a_sentence_and_nothing_is_imported(home: Path) -> None:
    (home / "bad.tar.zst").write_bytes(b"\x28\xb5\x2f\xfd" + bytes(100))
    door = ScriptedDoor()
    async with staged(door) as stage:
        screen = await opened(stage, home)
        await stage.until(lambda: screen.rows)
        for key in ("v", "d", "i"):
            await stage.press(key)
            await stage.until(lambda: "bad.tar.zst is not a sound snapshot" in stage.shown())
        assert not door.called("snapshot_import")


async def test_an_export_shows_how_far_it_is_and_esc_stops_it(home: Path) -> None:
    steps: Channel[Progress] = Channel()

    class Slow(ScriptedDoor):
        def snapshot_export(self, path: Path, *, adapters: bool = False) -> Iterator[Progress]:
            return steps.read()

    async with staged(cast(ScriptedDoor, Slow())) as stage:
        screen = await opened(stage, home)
        await stage.press("n")
        await stage.until(lambda: isinstance(stage.app.screen, AskPathScreen))
        await stage.press("enter")
        steps.send(Progress("exporting", 3, 22, "tables"))
        await stage.until(lambda: "Exporting: exporting 3 of 22 tables" in stage.shown())
        await stage.press("escape")
        assert "Stopped: exporting. Nothing was changed." in stage.shown()
        steps.send(Progress("exporting", 4, 22, "tables"))
        await stage.until(lambda: steps.closed_early)
        assert stage.app.screen is screen
        await stage.press("escape")
        assert stage.at_home


@pytest.mark.parametrize("asked", [False, True])
async def test_adapters_go_along_with_an_export_only_where_that_was_asked_for(home: Path, asked: bool) -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await opened(stage, home)
        await stage.press(*(("a",) if asked else ("a", "a")))
        await stage.until(lambda: ("adapters go along" in stage.shown()) is asked)
        await stage.press("n")
        await stage.until(lambda: isinstance(stage.app.screen, AskPathScreen))
        assert ("Adapters that can be used go along" in stage.shown()) is asked
        await stage.press("enter")
        await stage.until(lambda: door.called("snapshot_export"))
        assert door.called("snapshot_export")[0][1] is asked


async def test_a_file_that_is_there_already_is_replaced_only_after_a_question(home: Path) -> None:
    (home / "old.tar.zst").write_bytes(b"old")
    door = ScriptedDoor()
    async with staged(door) as stage:
        await opened(stage, home)
        await stage.press("n")
        await stage.until(lambda: isinstance(stage.app.screen, AskPathScreen))
        stage.app.screen.query_one(Input).value = str(home / "old.tar.zst")
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        await stage.press("enter")
        assert not door.called("snapshot_export")


async def test_another_folder_is_looked_at(home: Path) -> None:
    (home / "else").mkdir()
    (home / "else" / "two.tar.zst").write_bytes(b"x")
    async with staged(ScriptedDoor()) as stage:
        await opened(stage, home)
        await stage.press("o")
        await stage.until(lambda: isinstance(stage.app.screen, AskPathScreen))
        stage.app.screen.query_one(Input).value = str(home / "else")
        await stage.press("enter")
        await stage.until(lambda: "two.tar.zst" in stage.shown())
