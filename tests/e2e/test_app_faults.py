"""The app over the real engine: engine and model killed, the disk full, the terminal closed. Nothing typed is lost."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.e2e.home import Home
from tests.e2e.test_full_disk import MOUNT, needs_mounts
from tests.tui.stage import Stage, staged
from tui.draft import DraftFile
from tui.widgets.status_bar import StatusBar

MINUTES = 24_000
"""Tries that make two minutes: the engine starts, and the model is loaded."""


def children(parent: int, command: bytes) -> list[int]:
    """Processes that `parent` started, in whose command line `command` stands."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line, stat = (folder / "cmdline").read_bytes(), (folder / "stat").read_text()
        except OSError:  # it ended meanwhile
            continue
        if command in line and int(stat.rpartition(")")[2].split()[1]) == parent:
            found.append(int(folder.name))
    return found


def welcomed(home: Home, *notes: str) -> None:
    """A home with these notes, in which the first run is over."""
    for note in notes:
        home.ok("remember", note)
    engine = home.engine()
    engine.set_welcomed()
    engine.close()


async def test_an_engine_that_is_killed_starts_again_and_the_half_written_message_stays(home: Home) -> None:
    home.ok("config", "set", "model.path", "none")
    welcomed(home, "The lighthouse keeper is called Ingrid.")
    async with staged(home.engine, draft=home.places.draft) as stage:
        stage.prompt.fill("Who keeps the")
        for key, shows in (("f4", "The lighthouse"), ("f3", "1 topic")):
            await killed_while_open(stage, home, key, shows)
        assert stage.prompt.text == "Who keeps the"
        await stage.until(lambda: "gone" not in stage.shown(StatusBar), tries=MINUTES)
        stage.prompt.fill("Who keeps the lighthouse?")
        await stage.press("enter")
        await stage.until(lambda: stage.idle and "Ingrid" in stage.shown(), tries=MINUTES)


async def killed_while_open(stage: Stage, home: Home, key: str, shows: str) -> None:
    """Open a page, kill the engine, read what is said, and open the page again."""
    await stage.press(key)
    await stage.until(lambda: shows in stage.shown(), shows, tries=MINUTES)
    os.kill(home.engine_pid(), signal.SIGKILL)
    await stage.until(lambda: "Try again; it starts by itself." in notices(stage), key, tries=MINUTES)
    stage.app.clear_notifications()
    await stage.press(key)
    assert stage.at_home
    await stage.press(key)
    await stage.until(lambda: shows in stage.shown(), f"{shows} again", tries=MINUTES)
    await stage.press("escape")


async def test_a_model_that_is_killed_leaves_what_was_found_and_a_sentence(home: Home) -> None:
    welcomed(home, "We took the night train to Lisbon and stayed with Ana for a week in the old town.")
    async with staged(home.engine, draft=home.places.draft) as stage:
        await stage.ask("How was the week in Lisbon, and why did we go there?")
        engine = home.engine_pid()
        await stage.until(lambda: children(engine, b"models.llama.child"), "no model was started", tries=MINUTES)
        stage.prompt.fill("And where")
        for model in children(engine, b"models.llama.child"):
            os.kill(model, signal.SIGKILL)
        await stage.until(lambda: stage.idle, tries=MINUTES)
        shown = " ".join(stage.shown().split())
        assert "night train to Lisbon" in shown
        assert "ended unexpectedly" in shown
        assert stage.prompt.text == "And where"


@needs_mounts
def test_on_a_full_disk_the_app_says_so_and_goes_on_when_there_is_room(home: Home) -> None:
    home.ok("config", "set", "model.path", "none")
    (home.root / "data").mkdir(mode=0o700)
    script = f"""
        mount -t tmpfs -o size=12m,mode=0700 tmpfs {home.root}/data
        {sys.executable} -m secondme remember "The lighthouse keeper is called Ingrid."
        exec {sys.executable} -m tests.e2e.app_on_a_full_disk {home.root}
        """
    done = subprocess.run(
        [*MOUNT, script], env=home.environment, capture_output=True, text=True, check=False, timeout=300
    )
    said = dict(line.partition(": ")[::2] for line in done.stdout.splitlines() if ": " in line)
    assert done.returncode == 0, done.stderr
    assert "is full; what was not acknowledged was not kept. Free some space" in said["full"]
    assert said["box"] == "Who keeps the lighthouse?"
    assert "The lighthouse keeper" in said["sources"]
    assert "Buy tea" in said["note"]
    assert "is full" in said["note"]
    assert "Ingrid" in said["room"]
    assert "Traceback" not in done.stdout + done.stderr


def test_what_is_half_written_when_the_terminal_is_closed_is_there_at_the_next_start(home: Home) -> None:
    home.ok("config", "set", "model.path", "none")
    welcomed(home)
    app = Terminal(home)
    app.read_until("Ask about anything")
    app.type("Did Ana say wh")
    app.read_until("wh")
    app.type("en?")
    app.close()
    assert DraftFile(home.places.draft).load().text.startswith("Did Ana say wh")
    again = Terminal(home)
    again.read_until("Did Ana say wh")
    again.close()


def notices(stage: Stage) -> str:
    """What the notices say."""
    return " ".join(notice.message for notice in stage.app._notifications)


class Terminal:
    """The app on a terminal of its own."""

    def __init__(self, home: Home) -> None:
        self._leader, follower = pty.openpty()
        self._process = subprocess.Popen(
            ["setsid", "--ctty", sys.executable, "-m", "secondme"],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env={**home.environment, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"},
        )
        os.close(follower)
        self._said = ""

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._leader, text.encode())

    def read_until(self, text: str) -> None:
        """Wait until the app has written `text`; what steers the terminal is left out."""
        wanted, end = "".join(text.split()), time.monotonic() + 120
        while wanted not in "".join(re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z]", "", self._said).split()):
            assert time.monotonic() < end, self._said[-2000:]
            if select.select([self._leader], [], [], 1)[0]:
                self._said += os.read(self._leader, 65536).decode("utf-8", "replace")
        self._said = ""

    def close(self) -> None:
        """Close the terminal, which hangs the app up, and wait for its end."""
        os.close(self._leader)
        self._process.wait(60)
