"""What the page of adapters looks like. After an intended change: `pytest tests/tui/test_adapter_pictures.py
--snapshot-update`, and look at the pictures."""

from __future__ import annotations

import pytest

from secondme.api import Progress
from tests.tui.screens.test_adapters import AdapterDoor, opened
from tests.tui.stage import Stage
from tests.tui.test_memory_pictures import SIZES, THEMES, Look, looks


@SIZES
@THEMES
@pytest.mark.parametrize("training", [False, True], ids=["chosen", "training"])
def test_the_page_looks_like_this(snap_compare: Look, size: tuple[int, int], theme: str, training: bool) -> None:
    door = AdapterDoor()

    async def act(stage: Stage) -> None:
        await opened(stage)
        if training:
            await stage.press("t")
            door.training.send(Progress("training", 12, 60, "steps", 180.0, 200.0, "loss 1.20"))
            await stage.until(lambda: "12 of 60" in stage.shown())

    assert looks(snap_compare, size, theme, door, act)
