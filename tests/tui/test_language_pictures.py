"""What chat, find, memory, facts and timeline look like in Chinese, Arabic, Hindi, Hebrew, Thai and emoji."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from tests.tui.languages import TEXTS, lived_in_many_languages
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage
from tests.tui.test_snapshots import Look, looks
from tui.theme import DARK
from tui.widgets.chat_list import ChatList


async def chat(stage: Stage) -> None:
    stage.app.home.query_one(ChatList).post_message(ChatList.Chosen("chat-1"))
    await stage.until(lambda: stage.answers and TEXTS["th"][1] in stage.answers[-1].text)


async def find(stage: Stage) -> None:
    await stage.press("ctrl+f", *"lake")
    await stage.until(lambda: "6 best passages" in stage.shown())


async def memory(stage: Stage) -> None:
    await stage.press("f3")
    await stage.until(lambda: TEXTS["he"][0].removesuffix(".md") in stage.shown())


async def facts(stage: Stage) -> None:
    stage.app.action_open("facts")
    await stage.until(lambda: "6 hold today" in stage.shown())


async def timeline(stage: Stage) -> None:
    await stage.press("f7")
    await stage.until(lambda: TEXTS["hi"][2] in stage.shown())


@pytest.mark.parametrize("go", [chat, find, memory, facts, timeline])
def test_other_scripts(snap_compare: Look, go: Callable[[Stage], Awaitable[None]]) -> None:
    async def act(stage: Stage, door: ScriptedDoor) -> None:
        await go(stage)

    assert looks(snap_compare, (120, 40), DARK, act, lived_in_many_languages())
