"""Text that would steer a terminal or Textual's markup is harmless in what the chat shows beside its messages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.widgets import Input

from secondme.api import Chat, ChatSummary, Citation, Passages, PassageView, SourceSummary, Started
from tests.tui.samples import hit, message
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import NOW, staged
from tests.tui.test_hostile import ALL, HARMFUL, HOSTILE, harmless
from tui.screens.export_chat import ExportChatScreen, proposed_name
from tui.screens.source_panel import SourcePanel
from tui.widgets.chat_list import ChatList
from tui.widgets.citations import citation_line
from tui.widgets.completions import Completions
from tui.widgets.context_meter import ContextMeter, meter_text, parts_text
from tui.widgets.mentions import matching_mentions
from tui.widgets.search_bar import SearchBar


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 1_000_000])
async def test_sources_offers_and_the_meter_show_hostile_text_as_text(text: str) -> None:
    door = ScriptedDoor()
    cited = hit(1, text=text, title=text, heading=text, uri=text)
    door.views["span-1"] = PassageView(cited, ALL, ALL, 1, True)
    door.source_list = [SourceSummary("s", "file", "tea " + text, text, "live", 1, 0, NOW.isoformat(), 1)]
    door.hits = [cited]
    async with staged(door) as stage:
        await stage.ask("When?")
        door.answers.send(Started("chat-1", "m"), Passages((Citation(1, cited),), 9, 99, ((text[:50], 9),)))
        await stage.until(lambda: stage.app.home.query_one(ContextMeter).display)
        await stage.press("alt+c")
        harmless(stage)
        await stage.press(*"@tea")
        await stage.until(lambda: stage.app.home.query_one(Completions).display)
        await stage.until(lambda: stage.app.home.query_one(Completions).option_count == 2)
        harmless(stage)
        await stage.press("enter")
        harmless(stage)
        stage.app.home.query_one(ContextMeter).query_one("CitationList").focus()
        await stage.press("home", "enter")
        await stage.until(lambda: stage.app.home.query(SourcePanel))
        harmless(stage)


async def test_titles_and_searches_with_hostile_text_are_shown_as_text() -> None:
    door = ScriptedDoor()
    door.summaries = [ChatSummary("chat-1", ALL, 2, NOW.isoformat(), NOW.isoformat(), archived=True)]
    door.saved["chat-1"] = Chat("chat-1", ALL, (message(1, "user", ALL), message(2, "assistant", ALL)))
    async with staged(door) as stage:
        stage.app.home.query_one(ChatList).post_message(ChatList.Chosen("chat-1"))
        await stage.until(lambda: stage.answers)
        await stage.app.home.run_action("forget_chat")
        await stage.until(lambda: not stage.at_home)
        harmless(stage)
        await stage.press("escape")
        await stage.app.home.run_action("export_chat")
        await stage.until(lambda: isinstance(stage.app.screen, ExportChatScreen))
        harmless(stage)
        await stage.press("escape")
        await stage.app.home.run_action("search_chat")
        await stage.until(lambda: stage.app.home.query(SearchBar))
        stage.app.home.query_one(SearchBar).query_one(Input).value = "[/red]"
        await stage.until(lambda: "1 of 2" in stage.shown() or "2 of 2" in stage.shown())
        assert "[/]" in harmless(stage)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("[]/@=\x1b\u202e\n`")), max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_line_beside_the_messages_carries_a_control_character(words: str) -> None:
    found = hit(1, text=words, title=words, heading=words, speaker=words, place=words, precision=words, kind="import")
    passages = Passages((Citation(1, found),), 10, 100, ((words, 4),))
    source = SourceSummary("s", words, words, words, "live", 1, 0, words, 1)
    offers = matching_mentions("", [source], [found])
    lines = [
        citation_line(Citation(1, found)).plain,
        meter_text(passages).plain,
        parts_text(passages).plain.replace("\n", ""),
        proposed_name(words),
        *[text for offer in offers for text in (str(offer.line), offer.insert)],
    ]
    assert not any(HARMFUL.search(line) for line in lines)
    assert replace(passages).filling == ((words, 4),)
