"""The stage of the tests of pulls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.hub.hub import running_hub
from tests.models.hub.stage import FILE, REPOSITORY, WEIGHTS, Stage


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setenv("HF_TOKEN_PATH", str(tmp_path / "no token"))
    with running_hub() as double:
        double.add(REPOSITORY, {FILE: WEIGHTS, "README.md": b"# Tiny", "config.json": b"{}"})
        yield Stage(double, tmp_path / "models")
