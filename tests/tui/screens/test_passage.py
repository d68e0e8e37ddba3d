"""The page of a passage: its place in the source, what is linked to it, when it fades."""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import Static

from secondme.api import (
    Profile,
    ProfileLine,
    ProfileSection,
    Related,
    Standing,
)
from tests.tui.samples import hit, passage_view
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.passage import PassageScreen, passage_heading, passage_text
from tui.screens.source_panel import SourceText


async def open_page(stage: Stage) -> None:
    await stage.press("alt+1")
    await stage.until(lambda: "Then: We meet" in stage.shown())
    stage.app.home.query_one(SourceText).focus()
    await stage.press("o")
    await stage.until(lambda: isinstance(stage.app.screen, PassageScreen) and "plan-1" in stage.shown())


async def test_a_source_beside_the_answer_opens_as_a_page_scrolled_to_its_span() -> None:
    door = ScriptedDoor()
    door.views["span-1"] = passage_view(1)
    async with staged(door) as stage:
        await stage.ask_and_answer(door)
        await open_page(stage)
        page = stage.app.screen
        assert door.called("passage") == [("span-1",)] * 2
        assert "Then: We meet Ana at the lake on Sunday. And so on." in stage.shown()
        await stage.until(lambda: page.query_one("#document").scroll_y > 0)
        assert page.query_one("#document").region.contains_region(page.query_one("#span").region)
        await stage.press("escape")
        assert stage.at_home


async def test_a_passage_that_is_gone_says_so() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask_and_answer(door)
        await stage.press("alt+2")
        await stage.until(lambda: "This passage is gone. Ask again." in stage.shown())


async def test_a_passage_whose_source_changed_since_is_marked() -> None:
    assert "has changed since" in passage_heading(passage_view(archived=True)).plain
    assert "has changed since" not in passage_heading(passage_view()).plain


async def test_a_passage_keeps_every_character_of_its_document_in_order() -> None:
    view = passage_view()
    before, middle, after = (part.plain for part in passage_text(view))
    assert f"{before}\n{middle}\n{after}" == view.before + view.hit.text + view.after


async def test_a_line_of_a_chat_says_who_said_it_and_when() -> None:
    from tui.widgets.memory_pane import speaker_and_time

    assert speaker_and_time(hit(speaker="Ana")) == "Ana, 2024-05-03"
    assert speaker_and_time(hit(precision="year")) == "2024"
    assert speaker_and_time(hit(happened_at=None)) == ""


async def test_static_pages_have_no_markup() -> None:
    door = ScriptedDoor()
    door.views["span-1"] = passage_view(1)
    async with staged(door) as stage:
        await stage.ask_and_answer(door)
        await open_page(stage)
        assert all(not widget._render_markup for widget in stage.app.screen.query("#document > Static").results(Static))


async def test_a_passage_tells_when_it_fades_and_can_be_pinned() -> None:
    door = ScriptedDoor()
    held = Standing(1.6, 0.83, "months", 0.7, 2, pinned=False, faded=False, fades_at="2026-09-03")
    view = passage_view(1)
    door.views["span-1"] = replace(view, hit=replace(hit(1), standing=held, also=("copy.md",)))
    async with staged(door) as stage:
        await stage.app.push_screen(PassageScreen(stage.app.context, "span-1"))
        await stage.until(lambda: "fades on 2026-09-03" in stage.shown())
        assert "also in copy.md" in stage.shown()
        door.views["span-1"] = replace(view, hit=replace(hit(1), standing=replace(held, pinned=True)))
        await stage.press("p")
        await stage.until(lambda: "pinned: never fades" in stage.shown())
        assert door.called("pin") == [("span-1", True)]


async def test_a_passage_shows_what_is_linked_and_why_and_goes_there() -> None:
    door = ScriptedDoor()
    other = Related(hit(2), ("both name Clara", "alike (0.71)"))
    door.views["span-1"] = replace(passage_view(1), keywords=("Clara",), tags=("Mira: sibling",), related=(other,))
    door.views[other.hit.id] = passage_view(2)
    line = ProfileLine("has the brother or sister Clara", "", ("span-1",), "My sister Clara")
    door.known = Profile("2026-01-02", (ProfileSection("People", (line,)),))
    async with staged(door) as stage:
        await stage.press("f6")
        await stage.until(lambda: "Clara" in stage.shown())
        await stage.press("enter")
        await stage.until(lambda: "both name Clara; alike (0.71)" in stage.shown())
        assert "Clara · Mira: sibling" in stage.shown()
        await stage.press("1")
        await stage.until(lambda: ("passage", other.hit.id) in door.calls)
