"""Time from a keypress to the painted screen: while the app is idle, while an answer streams in, and while a real
engine indexes a folder.

    python -m benchmarks.startup.keypress [FOLDER | NUMBER of files to make]

Without an argument it indexes the Python files of an installed package.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from threading import Thread
from typing import cast

import numpy
from textual.app import App
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import TextArea

from benchmarks.ingest.folder import make
from secondme.api import Delta, Started
from secondme.api.door import Door
from secondme.places import places
from secondme.server.client import connect
from tests.tui.scripted_door import ScriptedDoor
from tui.app import SecondMeApp
from tui.widgets.prompt import Prompt

PRESSES = 80
ROUNDS = 10
STREAMS = 3
EACH_WORD = 0.015
LONGEST = 10
"""Seconds to wait for a key."""


async def time_presses(pilot: Pilot[None], app: App[None]) -> list[float]:
    """Milliseconds from each key to the end of the refresh that shows it."""
    area = app.screen.query_one(TextArea)
    area.focus()
    driver = app._driver
    assert driver is not None
    times = []
    for _ in range(PRESSES):
        shown = asyncio.Event()
        before = area.text
        begun = time.perf_counter()
        # As the terminal's driver sends it: Pilot itself would wait 20 ms twice.
        driver.send_message(Key("a", "a"))
        while area.text == before:
            if time.perf_counter() > begun + LONGEST:
                raise RuntimeError(f"the key was not shown; {app.focused} has the focus on {app.screen}")
            await asyncio.sleep(0)
        app.screen.call_after_refresh(shown.set)
        await shown.wait()
        times.append(1000 * (time.perf_counter() - begun))
        await pilot.pause(0.02)
    area.clear()
    return times


def summary(times: list[float]) -> dict[str, float]:
    """The median and the 95th percentile, in milliseconds."""
    ordered = sorted(times)
    return {"p50_ms": round(statistics.median(ordered), 1), "p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))], 1)}


async def time_streaming() -> list[float]:
    """The same while an answer is written, one word every 15 ms; the engine is a script."""
    door = ScriptedDoor()
    app = SecondMeApp(lambda: cast(Door, door), theme="textual-dark")
    async with app.run_test(size=(120, 40)) as pilot:
        app.home.query_one(Prompt).fill("Tell me all.")
        await pilot.press("enter")
        door.answers.send(Started("chat", "message"))
        ended = threading.Event()

        def write() -> None:
            for number in itertools.count():
                if ended.wait(EACH_WORD):
                    return
                door.answers.send(Delta(f"**word** {number} " + ("\n\n- a line\n" if number % 25 == 0 else "")))

        Thread(target=write, daemon=True).start()
        await pilot.pause(1)
        times = await time_presses(pilot, app)
        ended.set()
        door.answers.end()
        await pilot.pause(1)
    return times


async def measure(folder: Path) -> dict[str, object]:
    """Measure first in an idle app, then while the folder is indexed."""
    door = connect(places())
    door.set_welcomed()
    app = SecondMeApp(lambda: connect(places()), theme="textual-dark")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(1)
        idle = await time_presses(pilot, app)
        door.watch_add(folder)
        busy = [time for _ in range(ROUNDS) for time in await time_presses(pilot, app)]
        files = door.watch_list()[0].files
        pending = door.status().pending
    door.leave()
    # Each in an answer of its own: no answer is as long as one that streams for a minute.
    streaming = [time for _ in range(STREAMS) for time in await time_streaming()]
    return {
        "idle": summary(idle),
        "while streaming": summary(streaming),
        "while indexing": summary(busy),
        "files_after": files,
        "pending_after": pending,
    }


def main() -> None:
    """Measure in a temporary home, and print JSON."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(numpy.__file__).parent / "lib"
    with tempfile.TemporaryDirectory(prefix="sm-") as home:
        if folder.name.isdigit():
            count, folder = int(folder.name), Path(home) / "notes"
            make(folder, count, 3000)
        os.environ["SECONDME_HOME"] = home
        print(json.dumps(asyncio.run(measure(folder))))


if __name__ == "__main__":
    main()
