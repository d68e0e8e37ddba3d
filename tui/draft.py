"""What was typed and not sent yet, in a file: it outlives a crash, and a terminal that is closed."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from pathlib import Path

from textual.dom import DOMNode
from textual.timer import Timer

from models.machine.atomic_file import read_record, write_record

SECONDS = 0.3
"""How long after a key the unsent text is written to its file."""


@dataclass(frozen=True)
class Draft:
    """Unsent text, and the chat that it was meant for; no chat means a new one.

    `named`: (label, id) of what the text names with `@`. `note`: a note that is not remembered yet.
    """

    text: str = ""
    chat_id: str | None = None
    named: tuple[tuple[str, str], ...] = ()
    note: str = ""


class DraftFile:
    """Keeps the latest draft; without a path in this process only."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._written = Draft()
        self.latest = Draft()
        """What `write` writes. One thread sets it; which of several writers comes last does not matter then."""

    def load(self) -> Draft:
        """The draft that the last session left."""
        record = read_record(self._path) if self._path is not None else {}
        text, note = (words if isinstance(words := record.get(name), str) else "" for name in ("text", "note"))
        draft = Draft(note=note)
        if text:
            named, chat_id = record.get("named"), record.get("chat")
            labels = {str(label): str(name) for label, name in named.items()} if isinstance(named, dict) else {}
            draft = Draft(text, chat_id if isinstance(chat_id, str) else None, tuple(labels.items()), note)
        self._written = self.latest = draft
        return draft

    def write(self) -> None:
        """Write the latest draft, and no file where nothing is unsent. Raises OSError."""
        if self._path is None:
            return
        with self._lock:
            draft = self.latest
            if draft == self._written:
                return
            if draft.text or draft.note:
                record = {"text": draft.text, "chat": draft.chat_id, "named": dict(draft.named), "note": draft.note}
                write_record(self._path, record)
            else:
                self._path.unlink(missing_ok=True)
            self._written = draft


class DraftKeeper:
    """Writes the draft a moment after each change of it, for a screen, and tells the person when it cannot."""

    def __init__(self, file: DraftFile, screen: DOMNode) -> None:
        self._file, self._screen = file, screen
        self._timer: Timer | None = None

    def changed(self) -> None:
        """Write the latest draft soon."""
        if self._timer is None:
            self._timer = self._screen.set_timer(SECONDS, self._write_in_thread)

    async def _write_in_thread(self) -> None:
        self._timer = None
        await asyncio.to_thread(self.write)

    def write(self) -> None:
        """Write the latest draft now."""
        try:
            self._file.write()
        except OSError as error:
            self._screen.app.notify(
                f"What you type cannot be kept ({error.strerror}). Send it, or make room.",
                severity="warning",
                markup=False,
            )
