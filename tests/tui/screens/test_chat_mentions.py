"""`@` in the box names files and memories; the meter shows what filled the prompt."""

from __future__ import annotations

from dataclasses import replace

from secondme.api import Passages, SourceSummary, Started
from tests.tui.samples import citations, hit, passage_view, whole_answer
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.screens.source_panel import SourcePanel
from tui.widgets.citations import CitationList
from tui.widgets.completions import Completions
from tui.widgets.context_meter import ContextMeter, meter_text, parts_text
from tui.widgets.mentions import matching_mentions

FILLING = (("instructions", 80), ("chat", 120), ("memory", 400), ("question", 40))
PASSAGES = Passages(citations(2), 640, 2048, FILLING)


def source(number: int, title: str, kind: str = "file") -> SourceSummary:
    return SourceSummary(f"source-{number}", kind, title, title, "live", 3, 0, "2026-01-01T00:00:00Z", 1)


def door_with_sources() -> ScriptedDoor:
    door = ScriptedDoor()
    door.source_list = [source(1, "notes/lake plan.md"), source(2, "Lakes of [Italy].pdf"), source(3, "tax.csv")]
    door.hits = [hit(9, text="We meet at the lake on Sunday.")]
    return door


async def offered(stage: Stage, count: int) -> Completions:
    await stage.until(lambda: stage.app.home.query_one(Completions).display)
    offers = stage.app.home.query_one(Completions)
    await stage.until(lambda: offers.option_count == count, "not offered")
    return offers


async def test_an_at_sign_offers_sources_by_title_and_what_is_taken_goes_with_the_question() -> None:
    door = door_with_sources()
    async with staged(door) as stage:
        await stage.press(*"What of @la")
        await offered(stage, 2)
        assert "Lakes of [Italy].pdf" in stage.shown(Completions)
        await stage.press("down", "enter")
        assert stage.prompt.text == "What of @notes/lake plan.md "
        await stage.until(lambda: not stage.app.home.query_one(Completions).display)
        await stage.press(*"now?", "enter")
        await stage.until(lambda: door.called("ask"))
        assert door.called("ask") == [("What of @notes/lake plan.md now?", None)]
        assert door.called("named") == [("source-1",)]


async def test_from_three_letters_on_memories_are_offered_too() -> None:
    door = door_with_sources()
    async with staged(door) as stage:
        await stage.press(*"@lake")
        await offered(stage, 3)
        await stage.press("up", "tab")
        assert stage.prompt.text == "@“We meet at the lake on Sunday.” "
        await stage.press("enter")
        await stage.until(lambda: door.called("named") == [("span-9",)])


async def test_escape_closes_the_offers_and_what_was_deleted_is_not_named() -> None:
    door = door_with_sources()
    async with staged(door) as stage:
        await stage.press(*"@tax")
        await offered(stage, 2)
        await stage.press("escape")
        await stage.until(lambda: not stage.app.home.query_one(Completions).display)
        assert stage.prompt.text == "@tax"
        await stage.press(*".c")
        await offered(stage, 2)
        await stage.press("enter")
        assert stage.prompt.text == "@tax.csv "
        stage.prompt.fill("Nothing of it")
        await stage.press("enter")
        await stage.until(lambda: door.called("ask"))
        assert not door.called("named")


async def test_an_address_is_no_mention() -> None:
    door = door_with_sources()
    async with staged(door) as stage:
        await stage.press(*"write to ana@lake")
        assert not stage.app.home.query_one(Completions).display
        assert stage.prompt.mention() is None


def test_titles_that_begin_with_the_words_come_first_and_chats_are_left_out() -> None:
    sources = [source(1, "the tea"), source(2, "Tea"), source(3, "tea talk", "chat")]
    assert [mention.insert for mention in matching_mentions("tea", sources, [])] == ["@Tea", "@the tea"]


# --- the meter


async def test_the_meter_tells_the_share_of_the_prompt_and_opens_to_its_parts() -> None:
    door = ScriptedDoor()
    door.views["span-2"] = passage_view(2)
    async with staged(door) as stage:
        meter = stage.app.home.query_one(ContextMeter)
        await stage.press("alt+c")
        assert not meter.display
        await stage.ask("When?")
        door.answers.send(Started("chat-1", "message-1"), PASSAGES)
        await stage.until(lambda: meter.display)
        assert "▸ ▰▰▰▱▱▱▱▱▱▱ 31% of 2,048 tokens · 2 memories" in stage.shown()
        await stage.press("alt+c")
        assert "400 ━━━━ memory" in stage.shown()
        assert "1,408 ━━━━━━━━━━━━━━ left for the answer" in stage.shown()
        memories = meter.query_one(CitationList)
        assert "[2] notes/plan-2.md" in stage.shown(CitationList)
        memories.focus()
        await stage.press("end", "enter")
        await stage.until(lambda: stage.app.home.query(SourcePanel))
        await stage.press("escape", "alt+c")
        assert not memories.display
        door.answers.send(*whole_answer()[2:])
        await stage.until(lambda: stage.idle)
        await stage.press("ctrl+n")
        assert not meter.display


async def test_without_a_model_there_is_no_meter() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask("When?")
        door.answers.send(Started("chat-1", "message-1"), replace(PASSAGES, context_tokens=0))
        await stage.until(lambda: "reading 2 passages" in stage.shown())
        assert not stage.app.home.query_one(ContextMeter).display


def test_a_prompt_of_all_that_is_known_says_so() -> None:
    assert "all 1,204 passages" in meter_text(replace(PASSAGES, whole=1204)).plain
    assert meter_text(replace(PASSAGES, prompt_tokens=9000)).plain.startswith("▰▰▰▰▰▰▰▰▰▰ 100%")
    assert parts_text(replace(PASSAGES, filling=(("[b]\x1b", 10),))).plain.splitlines()[0].endswith(" [b]␛")
