"""Drives the app while its disk is full, and again when there is room; prints what it said. `argv`: the home."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from tests.e2e.home import Home
from tests.tui.stage import Stage, staged


async def main() -> None:
    """Fill the disk while the app is open, ask, make room, ask again."""
    home = Home(Path(sys.argv[1]))
    engine = home.engine()
    engine.set_welcomed()
    ballast = home.places.data / "ballast"
    async with staged(lambda: engine, draft=home.places.draft) as stage:
        with ballast.open("wb") as file:
            while _write(file.fileno()):
                pass
        await stage.ask("Who keeps the lighthouse?")
        await stage.until(lambda: stage.idle, tries=6000)
        print("full:", " ".join(stage.shown().split()))
        print("box:", stage.prompt.text)
        for key, page in (("f4", "sources"), ("f3", "memory"), ("f5", "activity"), ("f7", "timeline")):
            await stage.press(key)
            await stage.until(lambda: not stage.at_home and "Reading" not in stage.shown(), tries=6000)
            print(f"{page}:", " ".join(stage.shown().split()))
            await stage.press("escape")
        await note(stage)
        ballast.unlink()
        await stage.press("ctrl+j")
        await stage.until(lambda: stage.at_home, tries=6000)
        await stage.press("enter")
        await stage.until(lambda: stage.idle and "Ingrid" in stage.shown(), tries=6000)
        print("room:", " ".join(stage.shown().split()))
    engine.leave()


async def note(stage: Stage) -> None:
    """Try to keep a note."""
    await stage.press("alt+n", *"Buy tea", "ctrl+j")
    await stage.until(lambda: "full" in stage.shown(), tries=6000)
    print("note:", " ".join(stage.shown().split()))


def _write(descriptor: int) -> bool:
    try:
        return os.write(descriptor, bytes(4096)) > 0
    except OSError:
        return False


asyncio.run(main())
