"""What the page of programs looks like. After an intended change: `pytest tests/tui/test_program_pictures.py
--snapshot-update`, and look at the pictures."""

from __future__ import annotations

import pytest

from tests.tui.screens.test_programs import door, opened
from tests.tui.stage import Stage
from tests.tui.test_memory_pictures import SIZES, THEMES, Look, looks


@SIZES
@THEMES
@pytest.mark.parametrize("line", ["program", "proposal"])
def test_the_page_looks_like_this(snap_compare: Look, size: tuple[int, int], theme: str, line: str) -> None:
    async def act(stage: Stage) -> None:
        await opened(stage)
        await stage.press(*(("down", "down", "down") if line == "proposal" else ()))
        await stage.until(lambda: ("she said so" if line == "proposal" else "but not") in stage.shown())

    assert looks(snap_compare, size, theme, door(), act)
