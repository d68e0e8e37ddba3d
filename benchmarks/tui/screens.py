"""Pages of a large memory: the tree, the timeline, a long chat, and Find while one types; from the key to the paint.

    python -m benchmarks.tui.screens [--spans 100000] [--messages 5000] [--home FOLDER]

A real engine without a model holds a memory of ten years (`--home` keeps it for the next time: making it takes
minutes). `first`: in a fresh app. Prints JSON; goals: tree 200 ms, timeline 200, chat 300, Find p95 100.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import partial

from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from benchmarks.recall.recall import vocabulary
from benchmarks.tui.memory import LONG_CHAT, arguments, home_with
from benchmarks.tui.stopwatch import Taken, painted, press, summary
from secondme.places import Places
from secondme.server.client import connect
from tui.app import SecondMeApp
from tui.screens.find import FindScreen
from tui.screens.memory import MemoryScreen
from tui.screens.timeline import TimelineScreen
from tui.widgets.chat_list import ChatList
from tui.widgets.conversation import Conversation
from tui.widgets.memory_tree import MemoryTree

AGAIN = 5
SCROLLS = 20
WORDS = 12
BETWEEN_KEYS = 0.12
"""Seconds between two keys of a fast typist."""


class Session:
    """An app over the engine, in which pages are opened."""

    def __init__(self, app: SecondMeApp, pilot: Pilot[None]) -> None:
        self.app = app
        self._pilot = pilot

    async def page(self, key: str, kind: type, what: str) -> Taken:
        """Open a page, until the widget `what` of it has something; and close it."""

        def is_there() -> bool:
            screen = self.app.screen
            return isinstance(screen, kind) and bool(screen.query(what)) and has_something(screen.query_one(what))

        taken = await painted(self.app, lambda: press(self.app, key), is_there)
        await self._pilot.pause(0.3)
        await self._pilot.press("escape")
        await self._pilot.pause()
        return taken

    async def chat(self) -> tuple[Taken, list[Taken]]:
        """Open the long chat; then scroll up through it, page by page."""
        home = self.app.home
        chats = home.query_one(ChatList)
        while not chats.option_count:
            await self._pilot.pause(0.05)
        conversation = home.query_one(Conversation)
        opened = await painted(
            self.app,
            lambda: home.post_message(ChatList.Chosen(LONG_CHAT)),
            lambda: home._chat_id == LONG_CHAT and conversation.messages(),
        )
        conversation.focus()
        scrolled = []
        for _ in range(SCROLLS):
            scrolled.append(await self._scroll(conversation))
            await self._pilot.pause(0.2)
        await home.new_chat()
        return opened, scrolled

    async def find(self) -> tuple[list[Taken], list[Taken]]:
        """Type words into Find: from each key to the box, and from the last key of each word to its results.

        A search for the letters before it may still go on then, as when a person types.
        """
        await self._pilot.press("ctrl+f")
        screen = self.app.screen
        assert isinstance(screen, FindScreen)
        box = screen.query_one("#query", Input)
        keys, results = [], []
        for word in vocabulary()[200::2000][:WORDS]:
            for letter in f" {word[:-1]}":
                keys.append(await self._type(box, "space" if letter == " " else letter))
                await self._pilot.pause(BETWEEN_KEYS)
            wanted = (box.value + word[-1]).strip()
            results.append(await self._type(box, word[-1], partial(screen.shows, wanted)))
            await self._pilot.pause(0.3)
        await self._pilot.press("escape")
        return keys, results

    async def _scroll(self, conversation: Conversation) -> Taken:
        """A page up."""
        before = conversation.scroll_y
        return await painted(self.app, partial(press, self.app, "pageup"), lambda: conversation.scroll_y != before)

    async def _type(self, box: Input, key: str, then: Callable[[], bool] = lambda: True) -> Taken:
        """Press a key, until the box shows it and `then` holds."""
        before = box.value
        return await painted(self.app, partial(press, self.app, key), lambda: box.value != before and then())


def has_something(widget: object) -> bool:
    """Whether a tree has rows, or a list lines."""
    if isinstance(widget, MemoryTree):
        return bool(widget.root.children)
    return isinstance(widget, OptionList) and widget.option_count > 0


async def measure(where: Places) -> dict[str, object]:
    """All figures."""
    door = connect(where)
    list(door.wait_indexed())
    app = SecondMeApp(lambda: door, theme="secondme-dark")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(1)
        session = Session(app, pilot)
        first_tree = await session.page("f3", MemoryScreen, "#tree")
        trees = [await session.page("f3", MemoryScreen, "#tree") for _ in range(AGAIN)]
        first_years = await session.page("f7", TimelineScreen, "#events")
        years = [await session.page("f7", TimelineScreen, "#events") for _ in range(AGAIN)]
        opened, scrolled = await session.chat()
        keys, results = await session.find()
    door.leave()
    return {
        "tree": {"first": summary([first_tree]), "again": summary(trees)},
        "timeline": {"first": summary([first_years]), "again": summary(years)},
        "chat": {"opened": summary([opened]), "scrolled": summary(scrolled)},
        "find": {"keys": summary(keys), "results": summary(results)},
    }


def main() -> None:
    """Measure, and print JSON."""
    given = arguments()
    with home_with(given) as where:
        print(json.dumps({"spans": given.spans, "messages": given.messages, **asyncio.run(measure(where))}, indent=1))


if __name__ == "__main__":
    main()
