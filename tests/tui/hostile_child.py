"""Runs the app in the terminal that it is given, over a door whose every text is hostile, and walks through all of it.

    python -m tests.tui.hostile_child FOLDER

FOLDER holds `words`, and may hold `body`, the text of passages; it becomes the home. The places of the walk are written
to `seen`, one a line.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from textual.pilot import Pilot

from secondme.errors import SecondMeError
from secondme.runtimes.desk import ModelDesk
from secondme.runtimes.planner import Offer
from tests.tui.hostile_door import HostileDoor
from tests.tui.hostile_walk import walk
from tui.app import SecondMeApp
from tui.keys import teach_alt_digits

TEXTS = ("words", "body")


def run(folder: Path) -> None:
    """Walk with the words of a folder."""
    os.environ |= {"HOME": str(folder), "SECONDME_HOME": str(folder / "home")}
    words, body = ((folder / name).read_bytes().decode() if (folder / name).exists() else "" for name in TEXTS)

    def offer(desk: ModelDesk) -> Offer:
        raise SecondMeError(words, words, words)

    ModelDesk.offer = offer  # type: ignore[assignment,method-assign]  # the real one measures the machine for seconds
    door = HostileDoor(words, body)
    app = SecondMeApp(door.door)
    seen: list[str] = []

    async def everywhere(pilot: Pilot[object]) -> None:
        async def look(where: str) -> None:
            seen.append(where)

        app.notify(words)
        await walk(pilot, app, look)
        door.close()
        app.exit()

    teach_alt_digits()
    app.run(auto_pilot=everywhere)
    (folder / "seen").write_text("\n".join(seen))
    assert app.return_code == 0


if __name__ == "__main__":
    run(Path(sys.argv[1]))
