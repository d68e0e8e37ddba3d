"""The tour: every screen of the app over the memory of the invented year, and pictures of it.

    .venv/bin/python -m tests.tui.tour [OUT]

draws docs/tour/*.png, and below OUT every screen dark and light at 80×24 and 120×40.
`tests/tui/test_tour.py` holds what stands on each screen.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from unittest.mock import patch

import zstandard
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from models.hub.first_models import EMBEDDER, LANGUAGE_MODEL
from models.protocol import Embedder
from secondme.api.door import Door
from secondme.clock import FixedClock
from secondme.engine.engine import Engine
from secondme.folders.likely import Likely
from secondme.places import Places
from tests.tui.drawing import save_picture
from tests.tui.screens.test_setup import Pulls
from tests.tui.screens.test_welcome import OneModel
from tests.tui.stage import Stage
from tests.tui.test_memory_pictures import Shelf
from tests.worlds.year import NOW, PACKED
from tui.app import SecondMeApp
from tui.messages import ForgetRequested, WhyRequested
from tui.screens.add import AddScreen
from tui.screens.contradictions import ContradictionsScreen
from tui.screens.edit_setting import EditSetting
from tui.screens.export_chat import ExportChatScreen
from tui.screens.facts import FactsScreen
from tui.screens.forget import ForgetScreen
from tui.screens.help import HelpScreen
from tui.screens.known import KnownScreen
from tui.screens.logs import LogsScreen
from tui.screens.models import ModelsScreen
from tui.screens.passage import PassageScreen
from tui.screens.people import PeopleScreen
from tui.screens.setup import SetupScreen
from tui.screens.snapshots import SnapshotFile, SnapshotsScreen
from tui.screens.source_panel import SourcePanel
from tui.screens.welcome import PlacesFound, PlaceSurveyed, QuestionFound, WelcomeScreen
from tui.screens.why import WhyScreen
from tui.theme import DARK, LIGHT
from tui.widgets.chat_list import ChatList
from tui.widgets.memory_tree import MemoryTree

SIZES = ((80, 24), (120, 40))
THEMES = {"dark": DARK, "light": LIGHT}
DOCS = Path(__file__).parents[2] / "docs" / "tour"
ASKED = "When was Moss vaccinated?"
"""The chat that is shown."""


@dataclass(frozen=True)
class Stop:
    """A screen of the tour: how one gets there from the empty chat, and whether docs/tour.md shows it."""

    name: str
    go: Callable[[Stage], Awaitable[None]]
    picture: str = ""
    """Theme and size of the picture in docs, such as `dark-120x40`."""
    held: bool = True
    """Whether a test holds its text: not where scores stand, which another processor may round otherwise."""


STOPS: list[Stop] = []


def stop(picture: str = "dark-120x40", *, held: bool = True) -> Callable[[Callable[[Stage], Awaitable[None]]], None]:
    """Make a function a stop of the tour, in the order of this file."""

    def keep(go: Callable[[Stage], Awaitable[None]]) -> None:
        STOPS.append(Stop(go.__name__, go, picture, held))

    return keep


async def on(stage: Stage, screen: type, words: str) -> None:
    """Wait for a screen, and for some words on it."""
    await stage.until(lambda: isinstance(stage.app.screen, screen) and words in stage.shown(), f"no {words!r}")


def door_of(stage: Stage) -> Door:
    """The engine behind the app."""
    return stage.app.context.calls._connection.door()


async def open_chat(stage: Stage, title: str = ASKED) -> None:
    """Open a chat by its title."""
    chat = next(chat for chat in door_of(stage).chats() if chat.title == title)
    stage.app.home.query_one(ChatList).post_message(ChatList.Chosen(chat.id))
    await stage.until(lambda: stage.answers and "vaccinated" in stage.conversation.answers()[0].text.lower(), "no chat")


@stop("")
async def empty(stage: Stage) -> None:
    await stage.until(lambda: stage.app.home.query_one(ChatList).option_count)


@stop()
async def chat(stage: Stage) -> None:
    await open_chat(stage)


@stop()
async def beside(stage: Stage) -> None:
    await open_chat(stage)
    await stage.press("alt+1")
    await stage.until(lambda: stage.app.screen.query(SourcePanel) and "Chip" in stage.shown())


@stop("light-120x40", held=False)
async def why(stage: Stage) -> None:
    await open_chat(stage)
    chat = next(chat for chat in door_of(stage).chats() if chat.title == ASKED)
    answer = next(message for message in door_of(stage).chat(chat.id).messages if message.role == "assistant")
    stage.app.home.post_message(WhyRequested(answer.id, ""))
    await on(stage, WhyScreen, "Asked")


@stop(held=False)
async def find(stage: Stage) -> None:
    await stage.press("ctrl+f", *"harbour map")
    await stage.until(lambda: "best passages" in stage.shown())


@stop()
async def memory(stage: Stage) -> None:
    await stage.press("f3")
    await stage.until(lambda: stage.app.screen.query(MemoryTree) and stage.shown(MemoryTree).strip())
    await stage.press("2")
    await stage.until(lambda: "2026" in stage.shown(MemoryTree))
    tree = stage.app.screen.query_one(MemoryTree)
    for words in ("2026", "2026-06", "2026-06-14", "Infrared"):
        await in_tree(stage, tree, words)
        row = next(y for y in range(tree.size.height) if words in line_of(tree, y))
        tree.cursor_line = row + int(tree.scroll_offset.y)
        await stage.press("enter")
    await stage.press("down")
    if stage.app.size.width < 100:
        await stage.press("enter")
    await stage.until(lambda: "held" in stage.shown())


async def in_tree(stage: Stage, tree: MemoryTree, words: str) -> None:
    """Wait for some words in the tree."""
    await stage.until(lambda: words in stage.shown(MemoryTree), f"no {words}")


def line_of(tree: MemoryTree, y: int) -> str:
    """The text of a line of the tree as drawn."""
    return "".join(segment.text for segment in tree.render_line(y))


@stop("")
async def topics(stage: Stage) -> None:
    await stage.press("f3")
    await stage.until(lambda: stage.app.screen.query(MemoryTree) and stage.shown(MemoryTree).count("▸") > 2)


@stop("light-120x40")
async def facts(stage: Stage) -> None:
    await stage.press("f3", "f")
    await on(stage, FactsScreen, "Sapporo")


@stop("dark-80x24")
async def contradictions(stage: Stage) -> None:
    await stage.press("f6", "c")
    await on(stage, ContradictionsScreen, "Mechelen")


@stop("")
async def people(stage: Stage) -> None:
    await stage.press("f3", "o")
    await on(stage, PeopleScreen, "Lena")


@stop()
async def profile(stage: Stage) -> None:
    await stage.press("f6")
    await stage.until(lambda: "curator" in stage.shown())


@stop()
async def timeline(stage: Stage) -> None:
    await stage.press("f7")
    await stage.until(lambda: "2026" in stage.shown())
    await stage.press("t", *"2026-09-05", "enter")
    await stage.until(lambda: "shelter" in stage.shown())


@stop("dark-80x24")
async def known(stage: Stage) -> None:
    await timeline_at(stage, "2026-03-01")
    await stage.press("k")
    await on(stage, KnownScreen, "Ghent")


async def timeline_at(stage: Stage, day: str) -> None:
    """The timeline on a day."""
    await stage.press("f7")
    await stage.until(lambda: "2026" in stage.shown())
    await stage.press("t", *day, "enter")
    await stage.until(lambda: day[-2:].lstrip("0") in stage.shown())


@stop("light-120x40")
async def sources(stage: Stage) -> None:
    await stage.press("f4")
    await stage.until(lambda: "expenses.csv" in stage.shown() or "mail" in stage.shown())


@stop("")
async def passage(stage: Stage) -> None:
    span = door_of(stage).recall("second map under the map of Damme", k=1)[0]
    await stage.app.push_screen(PassageScreen(stage.app.context, span.id))
    await on(stage, PassageScreen, "Damme")


@stop()
async def forget(stage: Stage) -> None:
    target = next(source for source in door_of(stage).sources() if source.title == "Moss.md")
    stage.app.home.post_message(ForgetRequested(target.id, None))
    await on(stage, ForgetScreen, "On it hang")


@stop("")
async def erase(stage: Stage) -> None:
    target = next(source for source in door_of(stage).sources() if source.title == "Moss.md")
    stage.app.home.post_message(ForgetRequested(target.id, None))
    await on(stage, ForgetScreen, "On it hang")
    await stage.press("X")
    await stage.until(lambda: "rase" in stage.shown())


@stop()
async def activity(stage: Stage) -> None:
    await stage.press("f5")
    await stage.until(lambda: "faded" in stage.shown())


@stop("light-80x24")
async def models(stage: Stage) -> None:
    screen = ModelsScreen(stage.app.context, Shelf())
    await stage.app.push_screen(screen)
    await stage.until(lambda: screen.rows and "of memory are free" in stage.shown())
    await stage.press("down", "down")


@stop("dark-80x24")
async def snapshots(stage: Stage) -> None:
    folder = Path("/tmp/noor/snapshots")
    screen = SnapshotsScreen(stage.app.context, folder)
    files = [
        SnapshotFile(folder / f"secondme-{day}.tar.zst", 610_000 - 140_000 * number, f"{day}T19:00:00Z")
        for number, day in enumerate(("2026-11-15", "2026-08-30", "2026-05-10"))
    ]
    with patch("tui.screens.snapshots.snapshots_in", return_value=files):
        await stage.app.push_screen(screen)
        await stage.until(lambda: screen.rows)


@stop()
async def settings(stage: Stage) -> None:
    await stage.press("f2")
    await stage.until(lambda: "me.name" in stage.shown())


@stop("")
async def edit_setting(stage: Stage) -> None:
    await stage.press("f2")
    await stage.until(lambda: "me.name" in stage.shown())
    await stage.press(*"forgetting")
    await stage.until(lambda: "me.name" not in stage.shown())
    await stage.press("enter")
    await on(stage, EditSetting, "gentle")


@stop("")
async def logs(stage: Stage) -> None:
    await stage.press("f12")
    await stage.until(lambda: isinstance(stage.app.screen, LogsScreen))


@stop("light-80x24")
async def help(stage: Stage) -> None:
    await stage.press("f1")
    await on(stage, HelpScreen, "In a chat")


@stop("")
async def palette(stage: Stage) -> None:
    await stage.press("ctrl+p")
    await stage.until(lambda: "New chat" in stage.shown() or len(stage.app.screen_stack) > 1)


@stop("")
async def slash(stage: Stage) -> None:
    await stage.press("/", "s")
    await stage.until(lambda: "/settings" in stage.shown())


@stop("")
async def remember(stage: Stage) -> None:
    await stage.press("alt+n")
    await stage.press(*"The green tin stands on the left.")


@stop("")
async def add(stage: Stage) -> None:
    await stage.press("ctrl+o")
    stage.app.screen.query_one(Input).value = "/home/noor/papers"
    await on(stage, AddScreen, "papers")


@stop("")
async def watch(stage: Stage) -> None:
    await stage.press("f4")
    await stage.until(lambda: "mail" in stage.shown())
    await stage.press("w")


@stop("")
async def export_chat(stage: Stage) -> None:
    await open_chat(stage)
    chat = next(chat for chat in door_of(stage).chats() if chat.title == ASKED)
    await stage.app.push_screen(ExportChatScreen(door_of(stage).chat(chat.id)))


async def welcomed(stage: Stage, step: int) -> WelcomeScreen:
    """The dialog of the first run at one of its steps."""
    screen = WelcomeScreen(stage.app.context, home=Path("/nowhere"), desk=OneModel())
    await stage.app.push_screen(screen)
    await stage.press(*["enter"] * (step - 1))
    await stage.until(lambda: f"{step} of 4" in stage.shown())
    return screen


@stop("dark-80x24")
async def welcome_name(stage: Stage) -> None:
    await welcomed(stage, 1)


@stop("")
async def welcome_model(stage: Stage) -> None:
    await welcomed(stage, 2)
    await stage.until(lambda: "About 2.4 GB" in stage.shown())


@stop("light-80x24")
async def welcome_folders(stage: Stage) -> None:
    screen = await welcomed(stage, 3)
    await stage.until(lambda: "No folder of notes" in stage.shown())
    places = [Likely(Path("/home/noor/Notes"), "notes"), Likely(Path("/home/noor/WhatsApp Chat.zip"), "export")]
    screen.post_message(PlacesFound(places))
    screen.post_message(PlaceSurveyed(places[0].path, "124 files, 3.4 MB"))
    screen.post_message(PlaceSurveyed(places[1].path, "8,120 messages, Lena"))
    await stage.until(lambda: "8,120 messages" in stage.shown())
    await stage.press("space")


@stop("")
async def welcome_question(stage: Stage) -> None:
    screen = await welcomed(stage, 4)
    screen.post_message(QuestionFound("When is the opening of the exhibition?"))
    await stage.until(lambda: "exhibition" in stage.shown())


@stop()
async def tour(stage: Stage) -> None:
    await stage.app.run_action("tour")
    for step in range(2, 6):
        await stage.press("enter")
        await stage.until(lambda step=step: f"step {step} of 6" in stage.shown())  # type: ignore[misc]  # bound at once


@stop("")
async def setup(stage: Stage) -> None:
    missing = [EMBEDDER, LANGUAGE_MODEL]
    await stage.app.push_screen(
        SetupScreen(stage.app.context, missing, "https://hub.example", Path("/tmp/noor/data/models"), Pulls())
    )


# --- the store, and the app over it


@contextmanager
def noor(folder: Path, embedder: Embedder | None = None) -> Iterator[Engine]:
    """The engine over the year that lies packed in the repository, unpacked below `folder`; its clock stands."""
    places = Places(folder / "data", folder / "cache", folder / "config", folder / "logs", folder / "run")
    places.make()
    with PACKED.open("rb") as packed:
        (places.data / "secondme.db").write_bytes(zstandard.ZstdDecompressor().stream_reader(packed).read())
    places.config_file.write_text('[me]\nname = "Noor Verhaegen"\n', encoding="utf-8")
    places.engine_log.write_text(
        "2026-11-20 03:00:00,120 INFO secondme.jobs.scheduler forget: 1 faded, 2 kept\n"
        "2026-11-20 18:01:12,001 WARNING secondme.folders.scan /media/usb is away\n",
        encoding="utf-8",
    )
    engine = Engine(places, FixedClock(NOW), embedder=embedder)
    for copy in (places.data / "backups").glob("*"):  # made by each migration since the year was packed
        copy.unlink()
    try:
        # The page of logs looks there; days are those of Noor's clock.
        with patch.dict(os.environ, SECONDME_HOME=str(folder), TZ="UTC"):
            time.tzset()
            yield engine
    finally:
        time.tzset()
        engine._changes.closing.set()
        engine._indexer.close()
        engine._models.runtimes.close()
        engine._store.close()


@asynccontextmanager
async def standing(engine: Engine, stop: Stop, theme: str, size: tuple[int, int]) -> AsyncIterator[SecondMeApp]:
    """The app at a stop of the tour."""
    app = SecondMeApp(lambda: cast(Door, engine), theme=theme, now=lambda: NOW)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot, stop)
        yield app


async def settle(app: SecondMeApp, pilot: Pilot[None], stop: Stop) -> None:
    """Go to a stop, and wait until nothing moves."""
    stage = Stage(app, pilot)
    await stage.ready()
    await stop.go(stage)
    for screen in app.screen_stack:
        for box in (*screen.query(Input), *screen.query(TextArea)):
            box.cursor_blink = False
    for _ in range(4):
        await asyncio.to_thread(lambda: None)
        await pilot.pause()


# --- pictures


async def draw(engine: Engine, out: Path | None, only: str) -> None:
    """Draw the pictures of docs, and with `out` all."""
    for stop in STOPS:
        if only and stop.name not in only.split(","):
            continue
        for name, theme in THEMES.items():
            for width, height in SIZES:
                kind = f"{name}-{width}x{height}"
                if out is None and kind != stop.picture:
                    continue
                async with standing(engine, stop, theme, (width, height)) as app:
                    if out is not None:
                        save_picture(app, out / f"{stop.name}-{kind}.png")
                    if kind == stop.picture:
                        save_picture(app, DOCS / f"{stop.name}.png")


def main() -> None:
    """Draw."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(prefix="noor-") as folder, noor(Path(folder)) as engine:
        asyncio.run(draw(engine, out, sys.argv[2] if len(sys.argv) > 2 else ""))


if __name__ == "__main__":
    main()
