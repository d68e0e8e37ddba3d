"""What stands on each screen over the memory of a lived-in year.

After an intended change: `pytest tests/tui/test_tour.py --snapshot-update`, then `python -m tests.tui.tour OUT`, and
look at the pictures. Colours are held by the pictures of the other tests.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from secondme.engine.engine import Engine
from tests.tui.drawing import text_of_screen
from tests.tui.tour import SIZES, STOPS, Stop, noor, standing
from tui.theme import DARK

WIDE = ("chat", "beside", "memory", "facts", "timeline", "sources", "activity", "models", "help", "slash", "tour")
"""Stops that are laid out otherwise where there is room."""
HELD = [
    pytest.param(stop, size, id=f"{stop.name}-{size[0]}x{size[1]}")
    for stop in STOPS
    for size in SIZES
    if stop.held and (size == SIZES[0] or stop.name in WIDE)
]


class Screen(SingleFileSnapshotExtension):
    """A file of text for each screen, which a reader can read."""

    _write_mode = WriteMode.TEXT
    _file_extension = "txt"


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory(prefix="noor-") as folder, noor(Path(folder)) as made:
        yield made


@pytest.mark.parametrize(("stop", "size"), HELD)
async def test_a_screen_says_what_it_said(
    engine: Engine, stop: Stop, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with standing(engine, stop, DARK, size) as app:
        assert text_of_screen(app) == snapshot(extension_class=Screen)
