"""Telling a chat export from other files, without reading it."""

from __future__ import annotations

from pathlib import Path


def is_export(path: Path) -> bool:
    """Whether a path that a person named is likely a chat export of many files, and not files to be read one by one."""
    if path.is_file():
        return path.suffix.lower() == ".zip"
    return (
        (path / "users.json").exists() and any((path / f"{name}.json").exists() for name in ("channels", "dms"))
    ) or any((path / name / "index.json").exists() for name in ("messages", "Messages"))
