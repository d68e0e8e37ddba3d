"""A copy counts only after the clipboard gave the text back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.clipboard import copy_verified


def program(folder: Path, name: str, body: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Programs of a test, in front of the machine's."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("HELD", str(tmp_path / "held"))
    return {"PATH": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}


def test_what_the_clipboard_gives_back_was_copied(tmp_path: Path, environment: dict[str, str]) -> None:
    program(tmp_path, "wl-copy", 'cat > "$HELD"')
    program(tmp_path, "wl-paste", 'cat "$HELD"')
    assert copy_verified("Grüße, 湖\nzwei", environment)


def test_a_clipboard_that_gives_back_something_else_or_nothing_did_not_copy(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    program(tmp_path, "wl-copy", "cat > /dev/null")
    program(tmp_path, "wl-paste", "echo old")
    assert not copy_verified("new", environment)
    program(tmp_path, "wl-paste", "exit 1")
    assert not copy_verified("new", environment)


def test_without_a_display_or_a_program_nothing_is_claimed(tmp_path: Path, environment: dict[str, str]) -> None:
    assert not copy_verified("new", environment)
    program(tmp_path, "wl-copy", 'cat > "$HELD"')
    program(tmp_path, "wl-paste", 'cat "$HELD"')
    assert not copy_verified("new", {"PATH": str(tmp_path)})


def test_where_one_program_fails_the_next_is_tried(tmp_path: Path, environment: dict[str, str]) -> None:
    program(tmp_path, "wl-copy", "exit 1")
    program(tmp_path, "wl-paste", "exit 1")
    program(tmp_path, "pbcopy", 'cat > "$HELD"')
    program(tmp_path, "pbpaste", 'cat "$HELD"')
    assert copy_verified("text", environment)
