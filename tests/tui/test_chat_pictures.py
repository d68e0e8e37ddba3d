"""What the chat looks like. After an intended change: `pytest tests/tui --snapshot-update`; look at the pictures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from secondme.api import Answer, Chat, Citation, Delta, Passages, Started
from tests.tui.samples import answer, hit, message, passage_view
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage
from tests.tui.test_snapshots import SIZES, TEXT, Look, lake, looks
from tui.screens.source_panel import SourcePanel
from tui.theme import DARK, LIGHT
from tui.widgets.chat_list import ChatList
from tui.widgets.completions import Completions
from tui.widgets.conversation import Conversation
from tui.widgets.search_bar import SearchBar

LOOKS = [(theme, size) for theme in (DARK, LIGHT) for size in SIZES]
NAMES = [f"{theme.rpartition('-')[2]}-{width}x{height}" for theme, (width, height) in LOOKS]
SAID = {"kind": "chat", "title": "Weekend at the lake", "precision": "second", "speaker": "Mira"}
FILLING = (("instructions", 92), ("earlier", 130), ("chat", 210), ("memory", 640), ("question", 24))


def said() -> Answer:
    """An answer that cites a file and two messages of one chat."""
    final: Answer = lake()[-1].answer
    first = hit(3, text="Ana can only come on Sunday.", **SAID, role="me", happened_at="2025-12-30T18:02:11+00:00")
    second = hit(4, text="The boat is booked for ten.", **SAID, role="me", happened_at="2026-01-01T09:40:02+00:00")
    return replace(final, citations=(*final.citations, Citation(3, first), Citation(4, second)))


def chat_of(*versions: str) -> Chat:
    """A chat of two turns, whose second answer has these versions."""
    final = said()
    return Chat(
        "chat-1",
        "Weekend at the lake",
        (
            message(1, "user", "Who comes to the lake?"),
            message(2, "assistant", "Ana does, by train."),
            message(3, "user", "When do we meet Ana, and what should I bring?"),
            message(4, "assistant", TEXT, citations=final.citations, sentences=final.sentences, versions=versions),
        ),
    )


async def opened(stage: Stage, source: ScriptedDoor, *versions: str) -> None:
    source.saved["chat-1"] = chat_of(*versions)
    stage.app.home.query_one(ChatList).post_message(ChatList.Chosen("chat-1"))
    await stage.until(lambda: len(stage.answers) == 2 and "Rain" in stage.answers[-1].text)
    await stage.until(lambda: "Tea" in stage.shown(ChatList) or stage.app.size.width < 90)


async def versions(stage: Stage, source: ScriptedDoor) -> None:
    await opened(stage, source, "message-0", "message-4", "message-9")


async def beside(stage: Stage, source: ScriptedDoor) -> None:
    await opened(stage, source)
    source.views["span-1"] = replace(
        passage_view(1), hit=hit(1, text="Sunday 10:00, north shore. Ana comes by train.", title="notes/weekend.md")
    )
    await stage.press("alt+1")
    await stage.until(lambda: "north shore" in stage.shown(SourcePanel) or "Then: Sunday" in stage.shown())


async def waiting(stage: Stage, source: ScriptedDoor) -> None:
    await stage.ask("When do we meet Ana, and what should I bring?")
    passages = Passages(said().citations, 1096, 4096, FILLING)
    source.answers.send(Started("chat-1", "message-1"), passages, Delta("**Sunday at the lake.** You meet Ana at"))
    await stage.until(lambda: "You meet Ana at" in stage.shown())
    await stage.ask("And who brings the tent?")
    await stage.ask("Is it going to rain?")
    await stage.press(*"Does the bo", "alt+c")
    await stage.until(lambda: "Is it going to rain?" in stage.shown() and "Does the bo" in stage.shown())
    await stage.until(lambda: stage.app.home.query_one(Conversation).is_vertical_scroll_end)


async def editing(stage: Stage, source: ScriptedDoor) -> None:
    await opened(stage, source)
    await stage.press("up")


async def searching(stage: Stage, source: ScriptedDoor) -> None:
    await opened(stage, source)
    await stage.app.home.run_action("search_chat")
    await stage.until(lambda: stage.app.home.query(SearchBar))
    await stage.press(*"ana")
    await stage.until(lambda: "1 of 3" in stage.shown())


async def naming(stage: Stage, source: ScriptedDoor) -> None:
    await opened(stage, source)
    await stage.press(*"What of @tea")
    await stage.until(lambda: stage.app.home.query_one(Completions).display)
    await stage.until(lambda: stage.app.home.query_one(Completions).option_count > 3)


async def put_away(stage: Stage, source: ScriptedDoor) -> None:
    source.archive_chat("chat-2")
    stage.app.home.load_chats()
    await stage.until(lambda: "put away (1)" in stage.shown(ChatList) or stage.app.size.width < 90)
    await opened(stage, source)
    await stage.press("alt+up")


SCENES: tuple[Callable[[Stage, ScriptedDoor], Awaitable[None]], ...] = (
    versions, beside, waiting, editing, searching, naming, put_away,
)  # fmt: skip


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
@pytest.mark.parametrize(("theme", "size"), LOOKS, ids=NAMES)
def test_the_chat(
    snap_compare: Look,
    scene: Callable[[Stage, ScriptedDoor], Awaitable[None]],
    theme: str,
    size: tuple[int, int],
) -> None:
    assert looks(snap_compare, size, theme, scene)


def test_the_answer_of_the_pictures_cites_four_passages() -> None:
    assert [citation.number for citation in said().citations] == [1, 2, 3, 4]
    assert answer().citations
