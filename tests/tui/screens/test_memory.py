"""The page of the memory: its trees, a memory with its life, pinning, forgetting, the filter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Input, TextArea

from secondme.api import TreeNode
from tests.tui.samples import hit, memory_life
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.contradictions import ContradictionsScreen
from tui.screens.facts import FactsScreen
from tui.screens.forget import ForgetScreen
from tui.screens.memory import MemoryScreen
from tui.screens.passage import PassageScreen
from tui.screens.people import PeopleScreen
from tui.screens.remember import EditNoteScreen
from tui.widgets.memory_pane import MemoryPane
from tui.widgets.memory_tree import PAGE, MemoryTree


def lake() -> ScriptedDoor:
    """A door with a branch, in it a memory, and the life of that memory."""
    door = ScriptedDoor()
    door.trees = {
        ("topic", ""): (
            TreeNode("7", "We walked around the lake [twice] · The boat was late", 812),
            TreeNode("9", "The rent goes up in May", 120),
        ),
        ("topic", "7"): (
            TreeNode("span-1", "We meet Ana at the lake on Sunday.", 1, span_id="span-1", when="2024-05-03"),
            TreeNode("12", "Swimming at six in the morning", 80),
        ),
        ("time", ""): (TreeNode("2024", "2024", 932),),
        ("source", ""): (TreeNode("/home/mira/notes", "/home/mira/notes", 932),),
    }
    door.lives = {"span-1": memory_life(1)}
    door.views = {"span-1": door.lives["span-1"].passage}
    return door


async def at_the_memory(stage: Stage) -> None:
    """Open the page, then the first branch, and go to the memory in it."""
    await stage.press("f3")
    await stage.until(lambda: isinstance(stage.app.screen, MemoryScreen) and "The rent" in stage.shown(MemoryTree))
    await stage.until(lambda: stage.app.screen.query_one(MemoryTree).cursor_line == 0)
    await stage.press("enter")
    await stage.until(lambda: "We meet Ana" in stage.shown(MemoryTree))
    await stage.press("down")


async def test_a_memory_stands_beside_the_tree_with_its_strength_history_and_what_recalled_it() -> None:
    async with staged(lake()) as stage:
        await at_the_memory(stage)
        await stage.until(lambda: "87% held" in stage.shown())
        shown = stage.shown()
        assert "fades in 46 days of use" in shown
        assert "fades Tue 17 Feb" in shown
        assert "When do we meet Ana?" in shown
        assert "by forget/1a2b3c4d" in shown
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))


async def test_in_a_narrow_terminal_enter_shows_the_memory_and_esc_the_tree_again() -> None:
    async with staged(lake(), size=(80, 24)) as stage:
        await at_the_memory(stage)
        pane = stage.app.screen.query_one(MemoryPane)
        assert not pane.display
        await stage.press("enter")
        await stage.until(lambda: pane.display and "87% held" in stage.shown())
        assert not stage.app.screen.query_one(MemoryTree).display
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))
        await stage.press("escape", "escape")
        assert stage.app.screen.query_one(MemoryTree).display
        await stage.press("escape")
        assert stage.at_home


async def test_the_three_trees_are_one_key_away() -> None:
    door = lake()
    async with staged(door) as stage:
        await stage.press("f3")
        await stage.until(lambda: "The rent" in stage.shown(MemoryTree))
        await stage.press("2")
        await stage.until(lambda: "2024" in stage.shown(MemoryTree))
        await stage.press("3")
        await stage.until(lambda: "/home/mira/notes" in stage.shown(MemoryTree))
        await stage.press("1")
        await stage.until(lambda: "The rent" in stage.shown(MemoryTree))


async def test_the_arrows_open_a_branch_go_into_it_and_back_and_close_it() -> None:
    async with staged(lake()) as stage:
        await stage.press("f3")
        await stage.until(lambda: "The rent" in stage.shown(MemoryTree))
        tree = stage.app.screen.query_one(MemoryTree)
        await stage.press("right")
        branch = tree.cursor_node
        await stage.until(lambda: branch is not None and branch.is_expanded and branch.children)
        await stage.press("right")
        assert branch is not None and tree.cursor_node is branch.children[0]
        await stage.press("left")
        assert tree.cursor_node is branch and branch.is_expanded
        await stage.press("left")
        assert not branch.is_expanded


async def test_a_long_branch_is_read_as_far_as_it_is_in_view() -> None:
    door = ScriptedDoor()
    door.trees = {("topic", ""): tuple(TreeNode(str(n), f"Branch {n}", 2) for n in range(100_000))}
    async with staged(door) as stage:
        await stage.press("f3")
        await stage.until(lambda: "Branch 3" in stage.shown(MemoryTree))
        tree = stage.app.screen.query_one(MemoryTree)
        assert tree.last_line <= PAGE
        assert [call[2] for call in door.called("tree")] == [0]
        await stage.press("end")
        await stage.until(lambda: f"Branch {PAGE + 1}" in stage.shown(MemoryTree) or tree.last_line > PAGE)
        assert [call[2] for call in door.called("tree")][:2] == [0, PAGE]
        assert "more" not in tree.root.children[PAGE - 1].label.plain  # type: ignore[union-attr]  # a Text


async def test_a_memory_is_pinned_and_says_so() -> None:
    door = lake()
    async with staged(door) as stage:
        await at_the_memory(stage)
        await stage.until(lambda: "87% held" in stage.shown())
        door.lives["span-1"] = memory_life(1, pinned=True)
        await stage.press("p")
        await stage.until(lambda: "pinned: never fades" in stage.shown())
        assert door.called("pin") == [("span-1", True)]


async def test_forgetting_opens_the_page_of_what_hangs_on_it_and_is_undone_here() -> None:
    door = lake()
    async with staged(door) as stage:
        await at_the_memory(stage)
        await stage.until(lambda: "87% held" in stage.shown())
        await stage.press("x")
        await stage.until(lambda: isinstance(stage.app.screen, ForgetScreen))
        memory = next(screen for screen in stage.app.screen_stack if isinstance(screen, MemoryScreen))
        stage.app.screen._on_change()  # type: ignore[attr-defined]  # as that page does after hiding
        await stage.press("escape")
        await stage.until(lambda: stage.app.screen is memory and "The rent" in stage.shown(MemoryTree))
        await stage.press("u")
        await stage.until(lambda: door.called("restore") == [("source-1",)])


async def test_a_passage_of_a_file_is_not_edited_and_the_page_says_how_it_is_changed() -> None:
    async with staged(lake()) as stage:
        await at_the_memory(stage)
        await stage.until(lambda: "87% held" in stage.shown())
        await stage.press("e")
        await stage.until(lambda: any("it is read again" in str(n.message) for n in stage.app._notifications))


def notes() -> ScriptedDoor:
    """A door whose tree has a note and another memory at its top."""

    class Notes(ScriptedDoor):
        def note_text(self, span_id: str) -> str:
            self.calls.append(("note_text", span_id))
            return "Buy tea"

        def edit_note(self, span_id: str, text: str, *, secrets: str = "ask") -> str:
            self.calls.append(("edit_note", span_id, text))
            return "span-9"

        def merge_memories(self, span_id: str, into: str) -> str:
            self.calls.append(("merge_memories", span_id, into))
            return "merge-by-hand/1"

    door = Notes()
    door.trees[("topic", "")] = tuple(
        TreeNode(f"span-{number}", f"Memory {number}", 1, span_id=f"span-{number}") for number in (1, 2)
    )
    for number in (1, 2):
        life = memory_life(number)
        held = replace(life.passage.hit, kind="note")
        door.lives[f"span-{number}"] = replace(life, passage=replace(life.passage, hit=held))
    return door


async def test_a_note_is_written_anew_and_u_takes_that_back() -> None:
    door = notes()
    async with staged(door) as stage:
        await stage.press("f3")
        await stage.until(lambda: "87% held" in stage.shown())
        await stage.press("e")
        await stage.until(lambda: isinstance(stage.app.screen, EditNoteScreen))
        box = stage.app.screen.query_one(TextArea)
        assert box.text == "Buy tea"
        box.text = "Buy green tea"
        await stage.press("ctrl+j")
        await stage.until(lambda: isinstance(stage.app.screen, MemoryScreen))
        await stage.until(lambda: "Memory 1" in stage.shown(MemoryTree))
        await stage.press("u")
        await stage.until(lambda: len(door.called("edit_note")) == 2)
        assert door.called("edit_note") == [("span-1", "Buy green tea"), ("span-9", "Buy tea")]
        await stage.press("u")
        assert any("Nothing was changed" in str(note.message) for note in stage.app._notifications)


async def test_a_marked_memory_is_merged_into_the_chosen_one_and_u_takes_that_back() -> None:
    door = notes()
    async with staged(door) as stage:
        await stage.press("f3")
        await stage.until(lambda: "87% held" in stage.shown())
        await stage.press("M")
        assert any("Mark one memory with m" in str(note.message) for note in stage.app._notifications)
        await stage.press("m")
        await stage.until(lambda: "marked: We meet Ana at the lake" in stage.shown())
        await stage.press("down")
        await stage.until(lambda: ("span-2",) in door.called("memory"))
        await stage.until(lambda: stage.app.screen._life.passage.hit.id == "span-2")  # type: ignore[attr-defined]
        await stage.press("M")
        await stage.until(lambda: door.called("merge_memories") == [("span-1", "span-2")])
        await stage.until(lambda: "marked:" not in stage.shown())
        await stage.press("u")
        await stage.until(lambda: door.called("undo") == [("merge-by-hand/1",)])


async def test_what_the_page_says_of_merging_names_the_keys_in_force() -> None:
    async with staged(notes()) as stage:
        stage.app.apply_keys("memory.mark = f11; memory.merge = alt+j; memory.undo = alt+z")
        await stage.press("f3")
        await stage.until(lambda: "87% held" in stage.shown())
        await stage.press("alt+j", "f11", "down")
        await stage.until(lambda: "alt+j merges it" in stage.shown())
        await stage.until(lambda: stage.app.screen._life.passage.hit.id == "span-2")  # type: ignore[attr-defined]
        await stage.press("alt+j")
        said = stage.app._notifications
        await stage.until(lambda: any("alt+z takes this back" in str(note.message) for note in said))
        assert any("Mark one memory with F11" in str(note.message) for note in said)


async def test_keys_that_need_a_memory_say_so_on_a_branch() -> None:
    door = lake()
    async with staged(door) as stage:
        await stage.press("f3")
        await stage.until(lambda: "The rent" in stage.shown(MemoryTree))
        await stage.press("p", "x", "e")
        assert any("Choose a memory first" in str(note.message) for note in stage.app._notifications)
        assert not door.called("pin")
        assert not door.called("forget")


async def test_the_filter_shows_what_is_near_the_words_and_esc_the_whole_tree() -> None:
    door = lake()
    door.hits = [hit(1, text="The lake was frozen."), hit(2, text="Ice on the lake.", speaker="Ana")]
    async with staged(door) as stage:
        await stage.press("f3")
        await stage.until(lambda: "The rent" in stage.shown(MemoryTree))
        await stage.press("slash", *"lake")
        await stage.until(lambda: "Ana: Ice on the lake." in stage.shown(MemoryTree))
        assert "2 memories" in stage.shown()
        await stage.press("escape")
        await stage.until(lambda: "The rent" in stage.shown(MemoryTree))
        assert not stage.app.screen.query_one("#filter", Input).display


async def test_an_empty_memory_says_what_will_be_here_and_how() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press("f3")
        await stage.until(lambda: "ctrl+o adds files" in stage.shown())


@pytest.mark.parametrize(
    ("key", "page"), [("f", FactsScreen), ("c", ContradictionsScreen), ("o", PeopleScreen)], ids=["f", "c", "o"]
)
async def test_facts_contradictions_and_people_are_reached_from_here(key: str, page: type) -> None:
    async with staged(lake()) as stage:
        await stage.press("f3")
        await stage.until(lambda: isinstance(stage.app.screen, MemoryScreen))
        await stage.press(key)
        await stage.until(lambda: isinstance(stage.app.screen, page))
        await stage.press("escape")
        assert isinstance(stage.app.screen, MemoryScreen)


async def test_a_memory_that_is_gone_is_one_sentence_on_the_page() -> None:
    door = lake()
    door.lives = {}
    async with staged(door) as stage:
        await at_the_memory(stage)
        await stage.until(lambda: "This passage is gone. It was purged." in stage.shown())


async def test_hostile_text_is_shown_as_text() -> None:
    bad = "[red]\x1b[31m\u202eevil[/]"
    door = lake()
    door.trees[("topic", "")] = (TreeNode("span-1", bad, 1, span_id="span-1", when=bad),)
    life = memory_life(1)
    held = replace(life.passage.hit, text=bad, title=bad, heading=bad, speaker=bad, uri=bad, also=(bad,))
    door.lives["span-1"] = replace(
        life,
        passage=replace(
            life.passage, hit=held, keywords=(bad,),
        ),
        recallings=(replace(life.recallings[0], question=bad),),
        events=(replace(life.events[0], what=bad, run=bad),),
    )  # fmt: skip
    async with staged(door) as stage:
        await stage.press("f3")
        await stage.until(lambda: "87% held" in stage.shown())
        lines = stage.app.screen._compositor.render_strips()
        drawn = "".join(segment.text for line in lines for segment in line)
        assert "[red]" in drawn
        assert "\x1b" not in drawn
        assert "\u202e" not in drawn
