"""Paths as people type, paste and drop them."""

from __future__ import annotations

import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

from textual.suggester import Suggester

from secondme.text.collation import collation_key


def typed_path(text: str) -> Path:
    """The path that a typed or dropped text means; quotes, backslashes, `file://` and `~` are understood."""
    text = text.strip()
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    elif text[:1] in {"'", '"'} or ("\\ " in text and not Path(text).exists()):
        try:
            words = shlex.split(text)
        except ValueError:
            words = []
        text = words[0] if len(words) == 1 else text
    return Path(text).expanduser() if text else Path(text)


class PathSuggester(Suggester):
    """Completes the last part of a path from the file system, with hidden names only after a dot."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The path with its last part completed, folders with a slash, or None."""
        if not value.startswith(("/", "~", ".")):
            return None
        head, slash, tail = value.rpartition("/")
        if not slash:
            return None
        try:
            names = sorted(
                (entry.name, entry.is_dir())
                for entry in Path(head + "/").expanduser().iterdir()
                if entry.name.startswith(tail) and (tail.startswith(".") or not entry.name.startswith("."))
            )
        except OSError:
            return None
        # Folders first: people mostly add folders.
        names.sort(key=lambda name: (not name[1], collation_key(name[0])))
        if not names:
            return None
        name, is_folder = names[0]
        return f"{head}/{name}{'/' if is_folder else ''}"
