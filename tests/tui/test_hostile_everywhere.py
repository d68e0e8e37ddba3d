"""Text that would steer a terminal reaches none, wherever in the app it stands: each page, each action of each page."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondme.errors import SecondMeError
from secondme.runtimes.desk import ModelDesk
from secondme.runtimes.planner import Offer
from tests.tui.hostile_door import HostileDoor
from tests.tui.hostile_walk import ask, pages, settle
from tests.tui.stage import staged
from tests.tui.terminal import foreign, output_of
from tests.tui.test_hostile import HARMFUL, HOSTILE, harmless
from tui.actions import ACTIONS

PAYLOADS = (
    *HOSTILE,
    "\x1b]0;owned\x07",
    "\x1b]8;;file:///etc\x1b\\link\x1b]8;;\x1b\\",
    "\x1b[8;5;31mhidden",
    "\x1bP+q544e\x1b\\",
    "\x1b_Gf=100;AAAA\x1b\\",
    "\x9d0;owned\x9c",
    "\u2067\u202d\u061c\u200f",
    "e\u0301\u0302\u0303 👩‍👩‍👧‍👦 🇨🇭 漢字 ﷽ \U000e0041",
)


def walked(folder: Path, words: str) -> tuple[bytes, list[str]]:
    """What the app writes to its terminal on a walk through all of it, and the places it came to."""
    (folder / "words").write_text(words, encoding="utf-8")
    for number, payload in enumerate(PAYLOADS[:9]):  # the first run lists folders of the home
        name = payload.replace("/", "∕").replace("\0", "")
        (folder / "Documents" / f"{number}{name}").mkdir(parents=True)
    command = [sys.executable, "-m", "tests.tui.hostile_child", str(folder)]
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    written = output_of(command, environment)
    seen = folder / "seen"
    assert seen.exists(), written[-3000:].decode(errors="replace")
    return written, seen.read_text().splitlines()


def test_no_byte_of_a_payload_reaches_the_terminal_from_any_page_or_action(tmp_path: Path) -> None:
    written, seen = walked(tmp_path, " ".join(PAYLOADS))
    assert foreign(written) == []
    text = written.decode()
    assert [payload for payload in PAYLOADS if HARMFUL.search(payload) and payload in text] == []
    assert {action.name for action in ACTIONS if action.opens} <= {*seen}
    assert len(seen) > 90, "actions of pages were not taken"


any_text = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("[]/@=\x1b\u202e\n`*_#>|\u200d\ufe0f🇨漢\u0301")), max_size=200
)


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty home, and a desk that does not measure the machine for seconds."""

    def offer(desk: ModelDesk) -> Offer:
        raise SecondMeError("Nothing is measured.")

    monkeypatch.setattr(ModelDesk, "offer", offer)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SECONDME_HOME", str(tmp_path / "home"))


async def every_page_is_harmless(door: HostileDoor) -> None:
    """Ask, then open each page."""
    async with staged(door.door) as stage:
        await ask(stage.pilot, stage.app)
        harmless(stage)
        for way in pages(stage.app).values():
            stage.app._go_home()
            way()
            await settle(stage.pilot)
            harmless(stage)
        door.close()


@given(any_text)
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
async def test_any_text_at_all_and_any_length_can_stand_on_every_page(words: str) -> None:
    await every_page_is_harmless(HostileDoor(words, words * 500))
