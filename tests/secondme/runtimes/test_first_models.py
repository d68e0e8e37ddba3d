"""What a new memory lacks of the two models that come with a checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import bundled
from models.bundled import LANGUAGE_MODEL_PACKAGE, MULTILINGUAL_PACKAGE
from models.hub.first_models import EMBEDDER, LANGUAGE_MODEL
from secondme.places import Places
from secondme.runtimes.first_models import missing_models, offer
from secondme.settings import Settings

FILES_OF = bundled.package_files


@pytest.fixture
def where(tmp_path: Path) -> Places:
    return Places(*(tmp_path / name for name in ("data", "cache", "config", "logs", "runtime")))


def install_only(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    """Have only these packages of models installed."""
    monkeypatch.setattr(bundled, "package_files", lambda name: FILES_OF(name) if name in packages else None)


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        (Settings(), [EMBEDDER, LANGUAGE_MODEL]),
        (Settings(model_path="none"), [EMBEDDER]),
        (Settings(model_path="/models/mine.gguf"), [EMBEDDER]),
        (Settings(server_url="http://localhost:11434/v1"), [EMBEDDER]),
        (Settings(embedder_path="/models/mine.gguf"), [LANGUAGE_MODEL]),
        (Settings(embedder_server_url="http://localhost:11434/v1", model_path="none"), []),
        (Settings(embedder_bundled="english"), [EMBEDDER, LANGUAGE_MODEL]),
        (Settings(embedder_bundled="multilingual"), [LANGUAGE_MODEL]),
    ],
)
def test_what_was_chosen_in_the_settings_is_not_missing(
    settings: Settings, missing: list[object], where: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_only(monkeypatch)
    assert missing_models(where, settings) == missing


def test_one_of_the_embedders_that_come_along_is_enough_unless_another_was_chosen(
    where: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_only(monkeypatch, MULTILINGUAL_PACKAGE, LANGUAGE_MODEL_PACKAGE)
    assert missing_models(where, Settings()) == []
    assert missing_models(where, Settings(embedder_bundled="english")) == [EMBEDDER]


def test_a_damaged_model_is_missing(where: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "LANGUAGE_MODEL_SHA256", "0" * 64)
    assert missing_models(where, Settings()) == [LANGUAGE_MODEL]


def test_the_offer_says_from_where_and_how_large_each_is_and_all_together() -> None:
    lines = list(offer([EMBEDDER, LANGUAGE_MODEL], "https://hub.example", Path("/memory/models")))
    assert "91.3 MB, sentence-transformers/all-MiniLM-L6-v2" in lines[0] and "98.4 MB" in lines[1]
    assert lines[2].startswith("189.7 MB from https://hub.example") and "/memory/models" in lines[2]
