"""The doctor says which folder of a memory cannot be written, and what to do."""

from __future__ import annotations

import importlib.util
import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from models.llama.builds import UnknownBuild
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


def test_the_packages_and_the_library_of_models_are_named(places: Places) -> None:
    found = findings(places)
    assert found["packages"].ok
    assert found["llama.cpp"].ok
    assert "ggml" in found["llama.cpp"].what
    assert found["locking"].what.endswith("can be locked")


def test_a_package_of_another_project_in_front_is_found(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "site" / "storage"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("")
    spec = importlib.util.spec_from_file_location("storage", other / "__init__.py")
    monkeypatch.setattr("secondme.cli.doctor.find_spec", lambda name: spec if name == "storage" else find_spec(name))
    finding = findings(places)["packages"]
    assert (finding.ok, finding.what) == (False, "storage of another project is found before this program's own")


def test_a_library_that_cannot_be_used_is_found_with_a_remedy(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise UnknownBuild("its library is missing: it is not installed")

    monkeypatch.setattr("models.llama.library.describe_library", refuse)
    finding = findings(places)["llama.cpp"]
    assert not finding.ok
    assert finding.what == "it cannot be used: its library is missing: it is not installed"
    assert "reinstall" in finding.remedy
