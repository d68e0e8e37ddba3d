"""A source opens beside the answer that cites it."""

from __future__ import annotations

from textual.widgets import OptionList

from tests.tui.samples import answer, passage_view
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import staged
from tui.screens.passage import PassageScreen
from tui.screens.source_panel import SourcePanel, SourceText
from tui.widgets.citations import CitationList

LONG = "You meet Ana on Sunday [1]. " + "\n\n".join(f"Paragraph {n} tells of it at length. " * 6 for n in range(30))


def door_with_passages() -> ScriptedDoor:
    door = ScriptedDoor()
    door.views = {f"span-{n}": passage_view(n) for n in (1, 2)}
    return door


async def test_alt_and_a_digit_opens_the_right_half_with_the_passage_in_sight() -> None:
    door = door_with_passages()
    async with staged(door) as stage:
        await stage.ask_and_answer(door)
        await stage.press("alt+1")
        await stage.until(lambda: "Then: We meet Ana at the lake on Sunday. And so on." in stage.shown())
        panel = stage.app.home.query_one(SourcePanel)
        assert stage.at_home
        assert panel.region.x == 60
        assert panel.region.width == 60
        text = panel.query_one(SourceText)
        await stage.until(lambda: text.scroll_y > 0)
        assert text.region.contains_region(panel.query_one(".source--span").region)
        await stage.press("alt+2")
        await stage.until(lambda: "plan-2.md" in stage.shown(type(panel._heading)))
        assert len(stage.app.home.query(SourcePanel)) == 1
        await stage.press(*"more", "escape")
        assert stage.prompt.text == "more"
        assert not stage.app.home.query(SourcePanel)


async def test_in_a_narrow_window_it_covers_the_answer_until_it_is_closed() -> None:
    door = door_with_passages()
    async with staged(door, size=(80, 24)) as stage:
        await stage.ask_and_answer(door)
        await stage.press("alt+1")
        await stage.until(lambda: "Then: We meet" in stage.shown())
        panel = stage.app.home.query_one(SourcePanel)
        assert panel.region.width == 80
        assert panel.has_focus_within
        await stage.press("escape")
        assert stage.prompt.has_focus
        assert stage.app.home.query_one("#main").region.width == 80


async def test_enter_on_a_footnote_and_a_click_in_the_text_open_it() -> None:
    door = door_with_passages()
    async with staged(door) as stage:
        await stage.ask_and_answer(door)
        await stage.app.home.run_action("open_citations")
        await stage.until(lambda: isinstance(stage.app.focused, CitationList))
        await stage.press("down", "home", "enter")
        await stage.until(lambda: "Then: We meet" in stage.shown())
        await stage.press("escape")
        paragraph = stage.answers[0].query("MarkdownParagraph").first()
        column = str(paragraph.render()).index("[1]") + 1
        await stage.pilot.click(paragraph, offset=(column, 0))
        await stage.until(lambda: stage.app.home.query(SourcePanel))
        await stage.pilot.click(stage.answers[0].query_one(OptionList), offset=(6, 1))
        await stage.until(lambda: door.called("passage") == [("span-1",), ("span-1",), ("span-2",)])


async def test_the_answer_stays_scrolled_where_it_was() -> None:
    door = door_with_passages()
    async with staged(door) as stage:
        await stage.ask_and_answer(door, answer(LONG, supported=()))
        conversation = stage.conversation
        conversation.scroll_to(y=21, animate=False)
        await stage.until(lambda: conversation.scroll_y == 21)
        place = conversation.reading_place()
        assert place is not None
        await stage.press("alt+1")
        await stage.until(lambda: "Then: We meet" in stage.shown())
        await stage.until(lambda: place.block.region.y - conversation.region.y == place.offset)
        assert conversation.scroll_y > 21
        await stage.press("escape")
        await stage.until(lambda: conversation.scroll_y == 21, "scrolled away")


async def test_a_source_that_is_gone_says_so_in_its_place() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask_and_answer(door)
        await stage.press("alt+2")
        await stage.until(lambda: "This passage is gone. Ask again." in stage.shown())
        assert stage.at_home


async def test_from_another_page_a_passage_opens_as_a_page() -> None:
    door = door_with_passages()
    async with staged(door) as stage:
        await stage.app.push_screen(PassageScreen(stage.app.context, "span-1"))
        await stage.until(lambda: "plan-1" in stage.shown())
        assert not stage.app.home.query(SourcePanel)
