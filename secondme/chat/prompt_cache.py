"""What the model has read and kept, so that it is known beforehand how much of a prompt it still has to read.

The runtime keeps the state of what it read (`models.llama.saved_states`); only digests of that are kept here, beside
the states. Both are a cache: any of it may be deleted at any time, and erasing a memory deletes all of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path

BELIEVED_TOKENS = 128
"""Runtimes do not keep shorter beginnings, which are read at once anyway."""
BROKEN = 2
"""After so many times in a row that a model had to read what it was believed to have kept, nothing is believed."""


class PromptCache:
    """The beginning of a prompt that was last read with leave to be kept, as digests of its parts."""

    def __init__(
        self, file: Callable[[], Path | None] = lambda: None, forget: Callable[[], None] = lambda: None
    ) -> None:
        """`file`: where to note the digests, None where nothing outlives the process. `forget` deletes all states."""
        self._file = file
        self._forget = forget
        self._lock = threading.Lock()
        self._noted: tuple[str, list[str]] | None = None
        self._broken = 0
        self.erasures = 0
        """Counts up when something is erased."""

    def unread(self, model: str, parts: Sequence[str]) -> int:
        """How many characters of a prompt's parts this model still has to read, as far as is known."""
        if not self.believed:
            return sum(map(len, parts))
        with self._lock:
            if self._noted is None:
                self._noted = self._load()
            whose, digests = self._noted
        read = 0
        if whose == model:
            for before, now in zip(digests, _digests(parts), strict=False):
                if before != now:
                    break
                read += 1
        return sum(len(part) for part in parts[read:])

    def note(self, model: str, parts: Sequence[str]) -> None:
        """Note that this model read these parts, and may keep them."""
        with self._lock:
            self._noted = (model, _digests(parts))
            file = self._file()
            if file is None:
                return
            with contextlib.suppress(OSError):  # then it is read again after a restart
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                partial = file.with_suffix(".part")
                descriptor = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
                with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                    json.dump(self._noted, out)
                partial.replace(file)

    def compare(self, believed: int, cached: int) -> None:
        """Compare the tokens of a prompt that were believed to be kept with those that were. A state may have made room
        for another, or the runtime keeps none."""
        if believed >= BELIEVED_TOKENS:
            self._broken = self._broken + 1 if cached < believed // 2 else 0

    @property
    def believed(self) -> bool:
        """Whether the model seems to keep what it reads."""
        return self._broken < BROKEN

    def erase(self) -> None:
        """Delete all that was kept, because a memory was erased. What is being read now is deleted when that ends."""
        self.erasures += 1
        self._drop()

    def end(self, erasures: int) -> None:
        """End a reading that began when the count was `erasures`: it may have read what was erased meanwhile."""
        if erasures != self.erasures:
            self._drop()

    def _drop(self) -> None:
        with self._lock:
            self._noted = None
            self._forget()

    def _load(self) -> tuple[str, list[str]]:
        file = self._file()
        try:
            model, digests = json.loads(file.read_text(encoding="utf-8")) if file else ("", [])
            return str(model), [str(digest) for digest in digests]
        except (OSError, ValueError, TypeError):
            return "", []


def _digests(parts: Sequence[str]) -> list[str]:
    """For each part a digest of everything up to its end."""

    def chained(before: str, part: str) -> str:
        return hashlib.blake2b(f"{before}\0{part}".encode(), digest_size=8).hexdigest()

    return list(accumulate(parts, chained, initial=""))[1:]
