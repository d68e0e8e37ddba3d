"""Paths as people type, paste and drop them."""

from __future__ import annotations

from pathlib import Path

from tui.paths import PathSuggester, typed_path


def test_a_dropped_path_is_understood(tmp_path: Path) -> None:
    spaced = tmp_path / "my notes"
    spaced.mkdir()
    for text in (str(spaced), f"'{spaced}'", f'"{spaced}" ', str(spaced).replace(" ", "\\ "), spaced.as_uri()):
        assert typed_path(text) == spaced
    assert typed_path("~/x") == Path.home() / "x"
    assert typed_path("it's") == Path("it's")


async def test_a_path_is_completed_folders_first(tmp_path: Path) -> None:
    (tmp_path / "note.txt").touch()
    (tmp_path / "notes").mkdir()
    (tmp_path / ".hidden").mkdir()
    suggester = PathSuggester()
    assert await suggester.get_suggestion(f"{tmp_path}/n") == f"{tmp_path}/notes/"
    assert await suggester.get_suggestion(f"{tmp_path}/note.") == f"{tmp_path}/note.txt"
    assert await suggester.get_suggestion(f"{tmp_path}/.h") == f"{tmp_path}/.hidden/"
    assert await suggester.get_suggestion(f"{tmp_path}/zzz") is None
    assert await suggester.get_suggestion(f"{tmp_path}/gone/z") is None
    assert await suggester.get_suggestion("word") is None
