"""What the app looks like. After an intended change: `pytest tests/tui --snapshot-update`, and look at the pictures."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from secondme.api import ChatSummary, Citation, FileTrouble, FolderStatus, SourceSummary
from secondme.places import places
from secondme.settings import describe
from tests.tui.samples import answer, hit, passage_view, whole_answer
from tests.tui.scripted_door import READY, ScriptedDoor
from tests.tui.stage import NOW, Stage
from tui.app import SecondMeApp
from tui.screens.passage import PassageScreen
from tui.widgets.chat_list import ChatList

SIZES = [(80, 24), (120, 40)]
THEMES = ["secondme-dark", "secondme-light"]

TITLES = (
    ("Weekend at the lake", "2026-01-02T11:58:00Z"),
    ("Tea with Ana", "2026-01-02T09:00:00Z"),
    ("Which laptop did I buy, and when?", "2025-12-30T09:00:00Z"),
    ("Notes on the tax return", "2025-12-20T09:00:00Z"),
    ("Reading list", "2024-10-02T09:00:00Z"),
)
TEXT = (
    "**Sunday at the lake.** You meet Ana at the north shore at ten [1]. "
    "She wrote that she brings the tent and the stove [2].\n\n"
    "- Bread and cheese from the market [1].\n"
    "- The blue thermos from the hall cupboard.\n\n"
    "Rain is unlikely."
)


def door() -> ScriptedDoor:
    """A door with a little of everything."""
    door = ScriptedDoor(replace(READY, folders=(FolderStatus("f1", "/home/mira/notes", "watching", 31, None),)))
    door.summaries = [ChatSummary(f"chat-{n}", title, 4, at, at) for n, (title, at) in enumerate(TITLES, start=1)]
    door.views["span-1"] = passage_view(1)
    door.hits = [
        hit(n, text=f"Result {n}: we meet Ana at the lake on Sunday, with the blue tent.") for n in range(1, 9)
    ]
    door.folders = [*door.status_now.folders, FolderStatus("f2", "/media/usb/papers", "away", 4, None)]
    door.source_list = [
        SourceSummary(f"source-{n}", kind, title, title, state, 12 * n, 0, "2026-01-01T00:00:00Z", 1)
        for n, (kind, title, state) in enumerate(
            [
                ("file", "notes/weekend.md", "live"),
                ("file", "notes/tax.md", "hidden"),
                ("import", "Ana", "live"),
                ("note", "Buy tea", "live"),
            ],
            start=1,
        )
    ]
    return door


def lake() -> list[Any]:
    """The events of an answer with two passages and two unsupported sentences."""
    final = answer(TEXT, supported=())
    unsupported = ("The blue thermos from the hall cupboard.", "Rain is unlikely.")
    sentences = tuple(
        replace(final.sentences[0], start=TEXT.index(sentence), end=TEXT.index(sentence) + len(sentence), citations=())
        for sentence in unsupported
    )
    first = hit(
        1, text="Sunday 10:00, north shore. Ana comes by train. Bread, cheese, apples.", title="notes/weekend.md"
    )
    second = hit(2, text="I'll bring the tent and the stove!", kind="import", title="Messages", speaker="Ana")
    final = replace(final, sentences=sentences, citations=(Citation(1, first), Citation(2, second)))
    return whole_answer(final)


Look = Callable[..., bool]


def looks(
    snap_compare: Look,
    size: tuple[int, int],
    theme: str,
    act: Callable[[Stage, ScriptedDoor], Awaitable[None]],
    source: ScriptedDoor | None = None,
) -> bool:
    """Compare a picture of the app after `act`, over a door with a little of everything or over `source`."""
    source = source or door()
    app = SecondMeApp(source.door, theme=theme, now=lambda: NOW)

    async def before(pilot: Pilot[None]) -> None:
        stage = Stage(app, pilot)
        await stage.ready()
        await stage.until(lambda: app.home.query_one(ChatList).option_count)
        for area in app.home.query(TextArea):
            area.cursor_blink = False
        await act(stage, source)
        for box in app.screen.query(Input):
            box.cursor_blink = False
        await asyncio.to_thread(lambda: None)
        await pilot.pause()

    return snap_compare(app, terminal_size=size, run_before=before)


async def chat(stage: Stage, source: ScriptedDoor) -> None:
    await stage.ask("When do we meet Ana, and what should I bring?")
    source.answers.send(*lake())
    await stage.until(lambda: stage.idle)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", THEMES)
def test_a_cited_answer(snap_compare: Look, size: tuple[int, int], theme: str) -> None:
    assert looks(snap_compare, size, theme, chat)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_an_empty_chat(snap_compare: Look, size: tuple[int, int]) -> None:
    async def nothing(stage: Stage, source: ScriptedDoor) -> None: ...

    assert looks(snap_compare, size, "secondme-dark", nothing)


def test_a_passage(snap_compare: Look) -> None:
    async def passage(stage: Stage, source: ScriptedDoor) -> None:
        await chat(stage, source)
        await stage.press("alt+1")
        await stage.until(lambda: "Then: We meet" in stage.shown())
        await stage.press("o")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen) and "plan-1" in stage.shown())

    assert looks(snap_compare, (80, 24), "secondme-dark", passage)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_finding(snap_compare: Look, size: tuple[int, int]) -> None:
    async def find(stage: Stage, source: ScriptedDoor) -> None:
        await stage.press("ctrl+f", *"lake")
        await stage.until(lambda: "8 best passages" in stage.shown())

    assert looks(snap_compare, size, "secondme-light", find)


def test_sources(snap_compare: Look) -> None:
    async def sources(stage: Stage, source: ScriptedDoor) -> None:
        source.folders.append(
            FolderStatus("folder-9", "/home/mira/old-laptop", "asking", 1204, None, skipped=31, failed=2, missing=1100)
        )
        source.troubles = [
            FileTrouble("/home/mira/old-laptop/thesis/scan.pdf", "failed", "its 12 pages hold no text (a scan?)"),
            FileTrouble("/home/mira/notes/server.md", "note", "line 12: an AWS access key was masked"),
        ]
        await stage.press("f4")
        await stage.until(lambda: "Watched folders" in stage.shown())

    assert looks(snap_compare, (120, 40), "secondme-dark", sources)


def test_help(snap_compare: Look) -> None:
    async def show(stage: Stage, source: ScriptedDoor) -> None:
        await stage.press("f1")

    assert looks(snap_compare, (120, 40), "secondme-dark", show)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_settings(snap_compare: Look, size: tuple[int, int], theme: str) -> None:
    async def show(stage: Stage, source: ScriptedDoor) -> None:
        source.settings |= {key: default for key, default, _ in describe()} | {"me.name": "Mira", "model.threads": "4"}
        await stage.press("f2")
        await stage.until(lambda: "2 of them changed" in stage.shown())

    assert looks(snap_compare, size, theme, show)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_logs(
    snap_compare: Look, size: tuple[int, int], theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECONDME_HOME", str(tmp_path))
    places().logs.mkdir(parents=True)
    places().engine_log.write_text(
        "2026-01-02 09:00:00,120 INFO secondme.index.indexer the index is built anew: there is no index yet\n"
        "2026-01-02 09:31:12,001 ERROR secondme.jobs.scheduler merge failed: OSError\n"
    )
    places().app_log.write_text("2026-01-02 09:12:40,500 WARNING secondme.app ask failed: EngineUnavailable\n")

    async def show(stage: Stage, source: ScriptedDoor) -> None:
        await stage.press("f12")
        await stage.until(lambda: "merge failed" in stage.shown())

    assert looks(snap_compare, size, theme, show)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", THEMES)
def test_slash_commands(snap_compare: Look, size: tuple[int, int], theme: str) -> None:
    async def show(stage: Stage, source: ScriptedDoor) -> None:
        await stage.press("/", "s")
        await stage.until(lambda: "/settings" in stage.shown())

    assert looks(snap_compare, size, theme, show)
