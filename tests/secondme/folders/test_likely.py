"""What a first run finds on a machine: by names alone, in the desktop's own language too."""

from __future__ import annotations

from pathlib import Path

from secondme.folders.likely import likely_places


def test_vaults_notes_documents_and_exports_are_found_once_each(tmp_path: Path) -> None:
    for folder in ("Documents/Garden/.obsidian", "Documents/letters", "Notes", "Downloads", "Pictures"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "Notes" / "tea.md").write_text("Tea.")
    (tmp_path / "Documents" / "Garden" / "roses.md").write_text("Prune in March.")
    for name in ("my-export-2024.zip", "WhatsApp Chat with Tom.txt", "telegram_2023.zip", "holiday.zip", "song.mp3"):
        (tmp_path / "Downloads" / name).write_bytes(b"x")
    found = {place.path.relative_to(tmp_path.resolve()).as_posix(): place.kind for place in likely_places(tmp_path)}
    assert found == {
        "Documents/Garden": "vault",
        "Notes": "notes",
        "Documents": "documents",
        "Downloads/my-export-2024.zip": "export",
        "Downloads/WhatsApp Chat with Tom.txt": "export",
        "Downloads/telegram_2023.zip": "export",
    }


def test_the_desktop_names_its_folders_in_its_own_language(tmp_path: Path) -> None:
    (tmp_path / ".config").mkdir()
    (tmp_path / ".config" / "user-dirs.dirs").write_text(
        '# made by xdg\nXDG_DOCUMENTS_DIR="$HOME/Dokumente"\nXDG_DOWNLOAD_DIR="$HOME/Herunterladen"\n'
    )
    (tmp_path / "Dokumente").mkdir()
    (tmp_path / "Dokumente" / "brief.txt").write_text("Liebe Ana")
    (tmp_path / "Herunterladen").mkdir()
    (tmp_path / "Herunterladen" / "chatgpt-daten.zip").write_bytes(b"x")
    assert [place.kind for place in likely_places(tmp_path)] == ["documents", "export"]


def test_an_empty_home_has_nothing(tmp_path: Path) -> None:
    (tmp_path / "Documents").mkdir()
    assert likely_places(tmp_path) == []
