"""The page of facts: a table with days, sorted, filtered, corrected."""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import DataTable, Input

from secondme.api import FactView, Person
from secondme.errors import UsageError
from tests.tui.samples import passage_view
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.facts import FactsScreen
from tui.screens.passage import PassageScreen
from tui.screens.people import PeopleScreen


def known() -> ScriptedDoor:
    """A door that knows three facts."""
    door = ScriptedDoor()
    first = FactView(
        "f1", "Mira lives in Porto", "Mira", "lives_in", "Porto", "2024-05-01", "", "said", 0.9, 2, "span-1",
        "I live in Porto now", "notes/plan.md",
    )  # fmt: skip
    door.known_facts = [
        first,
        replace(first, id="f2", subject="Ana", relation="works_at", object="the harbour", valid_from="2021-02-01"),
        replace(first, id="f3", subject="Tom", relation="has_pet", object="Otto the dog", valid_from="2023-07-09"),
    ]  # fmt: skip
    door.views = {"span-1": passage_view(1)}
    door.known_people = [Person("Ana Duarte", "ana", (("Ana", "the same number", "span-1"), ("Annie", "said so", "")))]
    return door


async def open_facts(stage: Stage) -> DataTable[object]:
    await stage.press("f3", "f")
    await stage.until(
        lambda: isinstance(stage.app.screen, FactsScreen) and stage.app.screen.query_one(DataTable).row_count
    )
    return stage.app.screen.query_one(DataTable)


def column(table: DataTable[object], number: int) -> list[str]:
    return [str(table.get_row_at(row)[number]) for row in range(table.row_count)]


async def test_facts_are_sorted_by_any_column_and_turned_round() -> None:
    async with staged(known()) as stage:
        table = await open_facts(stage)
        assert column(table, 0) == ["Ana", "Mira", "Tom"]
        await stage.press("r")
        assert column(table, 0) == ["Tom", "Mira", "Ana"]
        await stage.press("s", "s", "s")
        assert column(table, 3) == ["2021-02-01", "2023-07-09", "2024-05-01"]


async def test_a_fact_that_is_still_to_come_is_counted_as_planned() -> None:
    door = known()
    door.known_facts[1] = replace(door.known_facts[1], valid_from="2026-03-01")
    async with staged(door) as stage:
        await open_facts(stage)
        assert "2 hold today, 1 planned" in stage.shown()


async def test_a_day_is_asked_for_and_all_that_was_said() -> None:
    door = known()
    async with staged(door) as stage:
        await open_facts(stage)
        await stage.press("d", *"2023-01-01", "enter")
        await stage.until(lambda: ("2023-01-01", False) in door.called("facts"))
        await stage.until(lambda: "hold on 2023-01-01" in stage.shown())
        await stage.press("a")
        await stage.until(lambda: ("", True) in door.called("facts"))


async def test_what_is_no_day_is_one_sentence_and_what_was_typed_stays() -> None:
    class Strict(ScriptedDoor):
        def facts(self, **how: object) -> list[FactView]:
            if how.get("as_of"):
                raise UsageError("'tomorrow' is no date.", "Write it as 2024-05-03.")
            return self.known_facts

    door = Strict()
    door.known_facts = known().known_facts
    async with staged(door) as stage:
        await open_facts(stage)
        await stage.press("d", *"tomorrow", "enter")
        await stage.until(lambda: "'tomorrow' is no date. Write it as 2024-05-03." in stage.shown())
        assert stage.app.screen.query_one("#day", Input).value == "tomorrow"


async def test_the_filter_leaves_the_facts_with_all_words() -> None:
    async with staged(known()) as stage:
        table = await open_facts(stage)
        await stage.press("slash", *"dog tom")
        await stage.until(lambda: table.row_count == 1)
        await stage.press("escape")
        await stage.until(lambda: table.row_count == 3)


async def test_a_fact_is_corrected_marked_as_wrong_and_that_is_taken_back() -> None:
    door = known()
    async with staged(door) as stage:
        await open_facts(stage)
        await stage.press("down", "e")
        stage.app.screen.query_one(Input).value = "Lisbon"
        await stage.press("enter")
        await stage.until(lambda: door.called("correct_fact") == [("f1", "Lisbon")])
        await stage.until(lambda: "Lisbon" in stage.shown(DataTable))
        await stage.press("x")
        await stage.until(lambda: door.called("judge_fact") == [("f1", "rejected")])
        await stage.press("u")
        await stage.until(lambda: door.called("judge_fact")[1:] == [("f1", "")])


async def test_enter_opens_the_words_that_say_so() -> None:
    async with staged(known()) as stage:
        await open_facts(stage)
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))


async def test_in_a_narrow_terminal_the_table_has_fewer_columns() -> None:
    async with staged(known(), size=(80, 24)) as stage:
        table = await open_facts(stage)
        assert len(table.columns) == 5


async def test_without_facts_the_page_says_what_would_be_here() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press("f3", "f")
        await stage.until(lambda: "Nobody has said anything of people" in stage.shown())


async def test_people_are_listed_with_all_their_names_and_why() -> None:
    async with staged(known()) as stage:
        await stage.press("f3", "o")
        await stage.until(lambda: isinstance(stage.app.screen, PeopleScreen) and "Annie" in stage.shown())
        assert "the same number" in stage.shown()
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))
