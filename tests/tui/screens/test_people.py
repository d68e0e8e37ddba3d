"""The page of people: two names are said to be one person's, and that is taken back."""

from __future__ import annotations

from textual.widgets import Input

from secondme.api import Person
from secondme.errors import NothingFound
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.people import PeopleScreen
from tui.screens.same_person import SamePersonScreen


class Unknown(ScriptedDoor):
    """Knows nobody else."""

    def merge_people(self, name: str, into: str) -> str:
        raise NothingFound(f"Nobody is known by the name {name}.", "Write a name as `secondme facts` does.")


def lena(door: ScriptedDoor) -> ScriptedDoor:
    """A door that knows Lena Vos by two names."""
    door.known_people = [Person("Lena Vos", "lena vos", (("lena", "only one Lena is known", "span-1"),))]
    return door


async def open_people(stage: Stage) -> None:
    await stage.press("f3", "o")
    await stage.until(lambda: isinstance(stage.app.screen, PeopleScreen) and "Lena Vos" in stage.shown())


async def test_two_names_are_merged_and_apart_again() -> None:
    door = lena(ScriptedDoor())
    async with staged(door) as stage:
        await open_people(stage)
        await stage.press("u")
        assert door.called("undo") == [], "nothing was merged yet"
        await stage.press("m")
        await stage.until(lambda: isinstance(stage.app.screen, SamePersonScreen))
        await stage.press("enter")
        assert door.called("merge_people") == [], "a box is empty"
        await stage.press(*"lenchen", "enter")
        await stage.until(lambda: door.called("merge_people") == [("lenchen", "Lena Vos")])
        await stage.until(lambda: isinstance(stage.app.screen, PeopleScreen))
        await stage.press("u")
        await stage.until(lambda: door.called("undo") == [("people-by-hand/1",)])


async def test_a_name_that_is_not_known_is_told_and_what_was_typed_stays() -> None:
    async with staged(lena(Unknown())) as stage:
        await open_people(stage)
        await stage.press("m", *"bert", "enter")
        await stage.until(lambda: "Nobody is known by the name bert." in stage.shown())
        assert "`secondme" not in stage.shown(), "the remedy names the page"
        assert stage.app.screen.query_one("#name", Input).value == "bert"
