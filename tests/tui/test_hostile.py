"""Text that would steer a terminal or Textual's markup is shown as the harmless text it is, everywhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events
from textual.widgets import Input, OptionList

from secondme.api import (
    Chat,
    ChatSummary,
    Citation,
    FolderStatus,
    PassageView,
    Problem,
    Removal,
    Skipped,
    SourceSummary,
)
from secondme.errors import SecondMeError
from tests.tui.samples import answer, hit, message, passage_view, whole_answer
from tests.tui.scripted_door import READY, ScriptedDoor
from tests.tui.stage import NOW, Stage, staged
from tui.screens.confirm import ConfirmScreen
from tui.screens.find import hit_line, hit_preview
from tui.screens.passage import PassageScreen, passage_heading, passage_text
from tui.screens.sources import SourcesScreen, effects, folder_line, source_line
from tui.widgets.chat_list import ChatList, chat_line
from tui.widgets.citations import citation_line
from tui.widgets.status_bar import EngineState, StatusBar, status_pieces

HOSTILE = [
    "[/]",
    "[/red] [bold",
    "[@click=app.quit]click[/]",
    "\x1b]52;c;aGVsbG8=\x07",
    "\x1b[2J\x1b[31mred",
    "\x9b31m\x9d52;c;eA==\x9c",
    "\u202egnp.exe\u2066",
    "a\r\x08\x00b",
    "$text {x} %s \\[",
]
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ALL = " ".join(HOSTILE)


def drawn(stage: Stage) -> str:
    """Every character that the screen sends to the terminal as text."""
    lines = stage.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line) for line in lines)


def harmless(stage: Stage) -> str:
    text = drawn(stage)
    assert not HARMFUL.search(text.replace("\n", "")), ascii(HARMFUL.findall(text.replace("\n", "")))
    return text


def hostile_hit(text: str = ALL) -> object:
    return hit(
        1, text=text, title=text, uri=text, heading=text, speaker=text, precision=text, happened_at="2024-05-03" + text
    )


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_in_a_chat_is_shown_as_text(text: str) -> None:
    door = ScriptedDoor(replace(READY, model=text, activity=text, problems=(Problem(text, text, text),)))
    door.summaries = [ChatSummary("chat-1", text, 2, NOW.isoformat(), NOW.isoformat())]
    final = replace(
        answer(f"Before {text} after.", supported=[]),
        citations=(Citation(1, hostile_hit(text)),),  # type: ignore[arg-type]
    )
    async with staged(door) as stage:
        stage.prompt.post_message(events.Paste(f"Is it {text}?"))
        await stage.until(lambda: stage.prompt.text)
        harmless(stage)
        await stage.press("enter")
        door.answers.send(*whole_answer(final))
        await stage.until(lambda: stage.idle)
        shown = harmless(stage)
        assert "Before" in shown
        assert "after." in shown
        await stage.app.home.add_note(SecondMeError(text, text, text))
        stage.app.notify(text, markup=False)
        await stage.pilot.pause()
        harmless(stage)


async def test_hostile_text_in_a_saved_chat_is_shown_as_text() -> None:
    door = ScriptedDoor()
    door.saved["chat-1"] = Chat(
        "chat-1", ALL, (message(1, "user", ALL), message(2, "assistant", ALL, "stopped", model=ALL))
    )
    async with staged(door) as stage:
        stage.app.home.query_one(ChatList).post_message(ChatList.Chosen("chat-1"))
        await stage.until(lambda: stage.answers)
        assert "[/]" in harmless(stage)


async def test_hostile_text_in_a_passage_and_in_search_results_is_shown_as_text() -> None:
    door = ScriptedDoor()
    door.hits = [hostile_hit()]  # type: ignore[list-item]  # a Hit
    door.views["span-1"] = PassageView(door.hits[0], ALL + "\n" + ALL, ALL, 1, True)
    async with staged(door) as stage:
        await stage.press("ctrl+f")
        stage.app.screen.query_one(Input).post_message(events.Paste(ALL))
        await stage.until(lambda: stage.app.screen.query_one("#hits", OptionList).option_count)
        assert "[/]" in harmless(stage)
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen) and "[/]" in stage.shown())
        harmless(stage)


async def test_hostile_text_in_sources_and_dialogs_is_shown_as_text() -> None:
    door = ScriptedDoor()
    door.source_list = [SourceSummary("source-1", ALL, ALL, ALL, "live", 1, 1, NOW.isoformat(), 1)]
    door.folders = [FolderStatus("folder-1", "/" + ALL.replace("\x00", ""), ALL, 1, None)]
    async with staged(door) as stage:
        await stage.press("f4")
        await stage.until(lambda: isinstance(stage.app.screen, SourcesScreen) and "[/]" in stage.shown())
        harmless(stage)
        await stage.press("r")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        harmless(stage)
        await stage.press("escape", "end", "X")
        await stage.until(lambda: isinstance(stage.app.screen, ConfirmScreen))
        assert "[/]" in harmless(stage)
        await stage.press("escape", "escape", "ctrl+o")
        stage.app.screen.query_one("#path", Input).post_message(events.Paste(ALL))
        await stage.press("enter")
        door.ingests.send(Skipped(ALL, ALL))
        door.ingests.fail(SecondMeError(ALL, ALL, ALL))
        await stage.until(lambda: "[/]" in stage.shown(OptionList))
        harmless(stage)


text = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("[]/@=\x1b\u202e\n`*_#>|")), max_size=60)


@given(text)
@settings(max_examples=100, deadline=None)
def test_no_line_of_any_list_carries_a_control_character(words: str) -> None:
    span = hostile_hit(words)
    assert hasattr(span, "id")
    view = PassageView(span, words, words, 1, True)  # type: ignore[arg-type]  # a Hit
    status = replace(READY, model=words, activity=words, problems=(Problem(words, words, words),))
    source = SourceSummary("s", words, words, words, "hidden", 1, 1, words, 1)
    lines = [
        citation_line(Citation(1, view.hit)),
        hit_line(view.hit),
        passage_heading(view),
        hit_preview(view.hit),
        *passage_text(view),
        chat_line(ChatSummary("c", words, 1, words, words), NOW, 30),
        source_line(source, NOW, 80),
        folder_line(FolderStatus("f", words, words, 1, None), 80),
        *[piece for _, piece in status_pieces(EngineState(status, ""))],
    ]
    assert not any(HARMFUL.search(line.plain.replace("\n", "")) for line in lines)
    assert effects(Removal("t", 0, 0, 0, 0, True))


@given(st.lists(text, min_size=4, max_size=4))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
async def test_any_text_at_all_can_be_asked_answered_and_listed(words: list[str]) -> None:
    door = ScriptedDoor(replace(READY, activity=words[0]))
    door.summaries = [ChatSummary("chat-1", words[1], 2, words[1], words[1])]
    final = answer(" ".join(words), supported=[])
    async with staged(door, size=(80, 24)) as stage:
        await stage.ask("x" + words[2])
        door.answers.send(*whole_answer(final))
        await stage.until(lambda: stage.idle)
        harmless(stage)
        assert stage.app.home.query_one(StatusBar).display


async def test_a_passage_of_a_hostile_file_keeps_its_place() -> None:
    view = replace(passage_view(), before=ALL + "\n")
    assert len(passage_text(view)[0].plain) == len(ALL)
