"""Fixtures of the end-to-end tests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.home import Home


@pytest.fixture
def home() -> Iterator[Home]:
    """A fresh home whose engine is ended afterwards. Its path is short, as socket paths must be."""
    with tempfile.TemporaryDirectory(prefix="sm-") as folder:
        made = Home(Path(folder))
        yield made
        made.leave()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder of notes."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "garden.md").write_text("# Garden\n\nThe tomatoes were planted on 3 May beside the fence.\n")
    (folder / "car.md").write_text("# Car\n\nThe spare key of the blue car hangs behind the kitchen door.\n")
    (folder / "trip.txt").write_text("We took the night train to Lisbon and stayed with Ana for a week.\n")
    return folder
