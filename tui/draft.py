"""What was typed and not sent yet, in a file: it outlives a crash, and a terminal that is closed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from models.machine.atomic_file import read_record, write_record


@dataclass(frozen=True)
class Draft:
    """Unsent text, and the chat that it was meant for; no chat means a new one.

    `named`: (label, id) of what the text names with `@`.
    """

    text: str = ""
    chat_id: str | None = None
    named: tuple[tuple[str, str], ...] = ()


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
        text, chat_id = record.get("text"), record.get("chat")
        if isinstance(text, str) and text:
            named = record.get("named")
            labels = {str(label): str(name) for label, name in named.items()} if isinstance(named, dict) else {}
            chat = chat_id if isinstance(chat_id, str) else None
            self._written = self.latest = Draft(text, chat, tuple(labels.items()))
        return self.latest

    def write(self) -> None:
        """Write the latest draft, and no file where nothing is unsent. Raises OSError."""
        if self._path is None:
            return
        with self._lock:
            draft = self.latest
            if draft == self._written:
                return
            if draft.text:
                write_record(self._path, {"text": draft.text, "chat": draft.chat_id, "named": dict(draft.named)})
            else:
                self._path.unlink(missing_ok=True)
            self._written = draft
