"""The idiom of screens: a file with the screen, and a line in the list of actions that opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest
from textual import on
from textual.binding import BindingType
from textual.command import CommandList
from textual.content import Content
from textual.message import Message

from secondme.api import Hit
from secondme.api.door import Door
from secondme.errors import SecondMeError
from tests.tui.samples import hit
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui import actions
from tui.actions import Action, bindings
from tui.app import SecondMeApp
from tui.screens.list_page import Line, ListPage
from tui.widgets.key_line import KeyLine

AUTHORS = Action(
    "authors",
    "Authors",
    "Who wrote what you keep",
    ("f11",),
    palette=True,
    priority=True,
    opens=f"{__name__}:AuthorsScreen",
)
GREET = Action("greet", "Greet", "Greet the chosen author", ("g",), "authors", footer="greet")


@dataclass
class AuthorsLoaded(Message):
    """The authors were read."""

    hits: list[Hit]


class AuthorsScreen(ListPage[Hit]):
    """A toy page: the authors of the passages that a search finds."""

    PLACE = "authors"
    BINDINGS: ClassVar[list[BindingType]] = []  # filled below, when the toy actions are in the list

    def read(self, door: Door) -> AuthorsLoaded:
        """Search for tea."""
        return AuthorsLoaded(door.recall("tea"))

    @on(AuthorsLoaded)
    def _loaded(self, event: AuthorsLoaded) -> None:
        lines = [Line(Content(found.speaker), found, found.id) for found in event.hits]
        self.show(Content("All authors"), ["Authors of tea", *lines])

    def action_greet(self) -> None:
        """Greet the chosen author."""
        if self.chosen is not None:
            self.app.notify(f"Hello {self.chosen.speaker}!", markup=False)


@pytest.fixture
def app_class(monkeypatch: pytest.MonkeyPatch) -> type[SecondMeApp]:
    """The app, as if the line of the toy screen, and that of its own action, stood in the list."""
    monkeypatch.setattr(actions, "ACTIONS", (*actions.ACTIONS, AUTHORS, GREET))
    monkeypatch.setattr(actions, "PLACES", {**actions.PLACES, "authors": "On the page of authors"})

    class ToyScreen(AuthorsScreen):
        BINDINGS = bindings("authors")

    class ToyApp(SecondMeApp):
        BINDINGS = bindings("everywhere")

    monkeypatch.setitem(globals(), "AuthorsScreen", ToyScreen)
    return ToyApp


def door_with_authors() -> ScriptedDoor:
    """A door with two passages about tea."""
    door = ScriptedDoor()
    door.hits = [hit(1, speaker="Ana"), hit(2, speaker="Tom [/]")]
    return door


async def opened(stage: Stage) -> None:
    await stage.until(lambda: "Tom [/]" in stage.shown())


async def test_a_new_screen_opens_by_its_key_reads_and_goes_back(app_class: type[SecondMeApp]) -> None:
    door = door_with_authors()
    async with staged(door, app_class=app_class) as stage:
        await stage.press("f11")
        await opened(stage)
        assert "All authors" in stage.shown()
        assert str(stage.app.screen.query_one(KeyLine).render()).split() == ["g", "greet", "·", "esc", "back"]
        await stage.press("down", "g")
        assert [notice.message for notice in stage.app._notifications] == ["Hello Tom [/]!"]
        await stage.press("escape")
        assert stage.at_home


async def test_a_new_screen_is_in_the_palette_and_in_the_help(app_class: type[SecondMeApp]) -> None:
    async with staged(door_with_authors(), size=(120, 90), app_class=app_class) as stage:
        await stage.press("f1")
        for words in ("F7", "Authors", "Who wrote what you keep", "On the page of authors", "Greet the chosen author"):
            assert words in stage.shown()
        await stage.press("escape", "ctrl+p")
        await stage.until(lambda: stage.app.screen.query(CommandList))
        commands = stage.app.screen.query_one(CommandList)
        await stage.press(*"authors")
        await stage.until(lambda: commands.option_count == 1)
        await stage.press("down", "enter")
        await opened(stage)


async def test_a_list_page_keeps_the_highlight_on_its_row_when_the_list_changes(app_class: type[SecondMeApp]) -> None:
    door = door_with_authors()
    async with staged(door, app_class=app_class) as stage:
        await stage.press("f11")
        await opened(stage)
        page = stage.app.screen
        assert isinstance(page, AuthorsScreen)
        await stage.press("down")
        door.hits = [hit(3, speaker="Mira"), *door.hits]
        page.load()
        await stage.until(lambda: "Mira" in stage.shown())
        assert page.chosen is not None and page.chosen.speaker == "Tom [/]"
        door.hits = door.hits[:2]
        page.load()
        await stage.until(lambda: "Tom" not in stage.shown())
        assert page.chosen is not None and page.chosen.speaker == "Ana"
        door.hits = []
        page.load()
        await stage.until(lambda: "Ana" not in stage.shown())
        assert page.chosen is None


async def test_a_list_page_that_cannot_be_read_says_so_in_its_heading(app_class: type[SecondMeApp]) -> None:
    class BrokenDoor(ScriptedDoor):
        def recall(self, query: str, **options: object) -> list[Hit]:
            raise SecondMeError("The index is away.", "Try again.")

    async with staged(BrokenDoor(), app_class=app_class) as stage:
        await stage.press("f11")
        await stage.until(lambda: "The index is away. Try again." in stage.shown())
