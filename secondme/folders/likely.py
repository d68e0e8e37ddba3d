"""Folders and chat exports on this machine that a person may want to take in first.

Only names are looked at, at most a few levels deep; nothing is read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

NOTES = ("Notes", "notes", "Notizen", "Notas", "Appunti", "Zettelkasten", "Journal", "Diary", "Logseq", "Dropbox/Notes")
"""Names of folders of notes below the home folder."""
VAULT = ".obsidian"
"""The folder that every Obsidian vault has."""
VAULT_PLACES = ("", "Documents", "Library/Mobile Documents/iCloud~md~obsidian/Documents", "Dropbox", "OneDrive", "Sync")
DOWNLOADS = ("Downloads", "Desktop")
EXPORTS = (
    "*export*.zip",
    "*whatsapp*.zip",
    "*whatsapp*.txt",
    "telegram*.zip",
    "facebook*.zip",
    "instagram*.zip",
    "messenger*.zip",
    "slack*.zip",
    "discord*.zip",
    "signal*.zip",
    "takeout*.zip",
    "chatgpt*.zip",
    "claude*.zip",
    "conversations*.json",
)
"""What programs call the exports of chats, in small letters."""
MOST = 12
LOOKED_AT = 2_000
"""Entries of a folder that are looked at."""


@dataclass(frozen=True)
class Likely:
    """A folder, or the file of an export. `kind`: documents, notes, vault or export."""

    path: Path
    kind: str


def likely_places(home: Path) -> list[Likely]:
    """What there is, the most telling first: vaults, notes, documents, exports (the newest first)."""
    found: dict[Path, Likely] = {}

    def add(path: Path, kind: str) -> None:
        path = path.resolve()
        if path not in found and path != home.resolve() and _is_filled(path):
            found[path] = Likely(path, kind)

    documents = _user_folder(home, "DOCUMENTS") or home / "Documents"
    downloads = [_user_folder(home, "DOWNLOAD"), *(home / name for name in DOWNLOADS)]
    for place in dict.fromkeys([*(home / name for name in VAULT_PLACES), documents]):
        for folder in _folders_in(place):
            if (folder / VAULT).is_dir():
                add(folder, "vault")
    for name in NOTES:
        for base in (home, documents):
            add(base / name, "notes")
    add(documents, "documents")
    exports = [file for folder in downloads if folder is not None for file in _exports_in(folder)]
    for file in sorted(dict.fromkeys(exports), key=_modified, reverse=True):
        add(file, "export")
    return list(found.values())[:MOST]


def _user_folder(home: Path, name: str) -> Path | None:
    """A folder of the desktop, which has another name in each language, from xdg-user-dirs' file."""
    try:
        lines = (home / ".config" / "user-dirs.dirs").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    told = re.search(rf'^XDG_{name}_DIR="(?:\$HOME/)?([^"\n]+)"', lines, re.M)
    return home / told.group(1) if told else None


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= LOOKED_AT:
                    return
                yield entry
    except OSError:
        return


def _folders_in(folder: Path) -> list[Path]:
    names = [entry.name for entry in _entries(folder) if entry.is_dir(follow_symlinks=False)]
    return [folder / name for name in sorted(names) if not name.startswith(".")]


def _exports_in(folder: Path) -> list[Path]:
    return [
        folder / entry.name
        for entry in _entries(folder)
        if entry.is_file(follow_symlinks=False) and any(fnmatch(entry.name.lower(), pattern) for pattern in EXPORTS)
    ]


def _is_filled(path: Path) -> bool:
    return path.is_file() or any(not entry.name.startswith(".") for entry in _entries(path))


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
