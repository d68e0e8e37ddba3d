"""Seconds until a long chat is on the screen, from the choice in the list: engine, socket's encoding, widgets.

python -m benchmarks.chat.open_chat [MESSAGES]
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from secondme.api import Chat
from secondme.api.operations import operation
from secondme.api.wire import decode, encode
from secondme.chat.messages import Messages, details_json
from secondme.clock import SystemClock
from secondme.errors import SecondMeError
from storage.store import Store
from tui.app import SecondMeApp
from tui.widgets.answer import AnswerView
from tui.widgets.chat_list import ChatList
from tui.widgets.conversation import Conversation

TOPICS = ("the garden", "the boat", "the tax return", "a recipe for soup", "the school play", "the roof")
ROUNDS = 5


def fill(store: Store, messages: Messages, count: int) -> None:
    """Write a chat of so many messages, that changes its subject now and then, with a vector for each question."""
    random = np.random.default_rng(1)
    centres = random.standard_normal((len(TOPICS), store.vectors.dimension)).astype(np.float32)
    messages.start_chat("long", "A long chat")
    for number in range(count // 2):
        topic = number // 12 % len(TOPICS)
        _, spans = messages.save_question("long", f"Question {number}: what did I say about {TOPICS[topic]}?")
        draft = messages.new_draft("long")
        draft.text = f"You said on day {number} that **{TOPICS[topic]}** needs work.\n\n- First this.\n- Then that.\n"
        draft.record = draft.record.__class__(
            **{**vars(draft.record), "details": details_json((), (), refused=False, written=True)}
        )
        messages.keep(draft, "complete", [])
        vector = centres[topic] + 0.4 * random.standard_normal(store.vectors.dimension)
        store.vectors.put(spans, (vector / np.linalg.norm(vector)).astype(np.float32)[None] if len(spans) == 1 else [])


class Door:
    """The operations that opening a chat needs, through the encoding of the socket."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self.seconds: dict[str, list[float]] = {"engine_ms": [], "encoding_ms": []}

    def chat(self, chat_id: str, *, last: int = 0) -> Chat:
        """The chat, encoded and decoded as between two processes."""
        begun = time.perf_counter()
        chat = self._messages.open(chat_id, last)
        read = time.perf_counter()
        entry = operation("chat")
        assert entry is not None
        result: Chat = decode(entry.result, json.loads(encode(chat)))
        self.seconds["engine_ms"].append(1000 * (read - begun))
        self.seconds["encoding_ms"].append(1000 * (time.perf_counter() - read))
        return result

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def refuse(*_: Any, **__: Any) -> Any:
            raise SecondMeError(f"{name} is not measured.", "")

        return refuse


async def measure(door: Door) -> list[float]:
    """Milliseconds from the choice to the end of the chat on the screen."""
    app = SecondMeApp(lambda: door)  # what opening a chat needs
    times = []
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.5)
        conversation = app.home.query_one(Conversation)
        for _ in range(ROUNDS):
            await app.home.new_chat()
            await pilot.pause()
            begun = time.perf_counter()
            app.home.query_one(ChatList).post_message(ChatList.Chosen("long"))
            while not (views := list(conversation.query(AnswerView))) or not views[-1].region.height:
                await asyncio.sleep(0.002)
            painted = asyncio.Event()
            app.screen.call_after_refresh(painted.set)
            await painted.wait()
            times.append(1000 * (time.perf_counter() - begun))
            await pilot.pause(0.5)
    return times


def main() -> None:
    """Measure in a temporary store, and print JSON."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), model_id="measured", dimension=384)
        messages = Messages(store, SystemClock(), me=lambda: "Me", on_written=lambda: None)
        fill(store, messages, count)
        door = Door(messages)
        times = asyncio.run(measure(door))
        store.close()
    middle = {name: round(sorted(found)[len(found) // 2], 1) for name, found in door.seconds.items()}
    print(json.dumps({"messages": count, "opened_ms": round(sorted(times)[len(times) // 2], 1), **middle}))


if __name__ == "__main__":
    main()
