"""The doctor says which folder of a memory cannot be written, and what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from secondme.api.door import Door
from secondme.cli.doctor import Finding, examine
from secondme.errors import EngineUnavailable
from secondme.places import Places


def no_engine() -> Door:
    """An engine that does not start."""
    raise EngineUnavailable("The engine did not start.", "Look at the log.")


def findings(places: Places) -> dict[str, Finding]:
    """What the doctor finds, by what it is about."""
    return {finding.about: finding for finding in examine(places, no_engine)}


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """The folders of a memory, made."""
    made = Places(*(tmp_path / name for name in ("data", "cache", "config", "logs", "run")))
    made.make()
    return made


def test_a_memory_that_can_be_written_has_no_finding_about_it(places: Places) -> None:
    assert not {"writing", "logs"} & set(findings(places))


@pytest.mark.parametrize(("name", "about"), [("data", "writing"), ("config", "writing"), ("logs", "logs")])
def test_a_folder_that_cannot_be_written_is_found_with_a_remedy(
    places: Places, name: str, about: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = getattr(places, name)
    allowed = os.access
    # The superuser may write anywhere, so that modes alone would show nothing in a container.
    monkeypatch.setattr(os, "access", lambda path, mode: path != refused and allowed(path, mode))
    found = findings(places)[about]
    assert not found.ok
    assert f"{refused} cannot be written" in found.what
    assert f"chmod -R u+rwX {refused}" in found.remedy
