"""States of prompts on disk, so that what a model has read is not read again after a restart (MemOS's activation memory).

A state is a file in the runtime's own format beside the tokens that it stands for. It is a cache: any of it may be
deleted at any time. It tells what was read, so it is private, and erasing a memory deletes all of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LEAST_TOKENS = 128
"""Shorter prompts are read sooner than a state is loaded."""
_SUPERSEDED = 0.9
_CHECKSUM_BYTES = 12
_WRITE_OUT_SECONDS = 0.02


@dataclass
class _Saved:
    path: Path
    tokens: array[int]


class SavedStates:
    """The states of one model in one folder, the least recently used of which go when they take too much room."""

    def __init__(self, folder: Path, identity: Sequence[object], limit: int) -> None:
        """`identity` is all that a state depends on beside its tokens. `limit` in bytes, for all models of `folder`."""
        digest = hashlib.sha256("\0".join(map(str, identity)).encode()).hexdigest()[:16]
        self._root = folder
        self._folder = folder / digest
        self._limit = limit
        self._saved = [_Saved(path, tokens) for path in self._files() if (tokens := _tokens_of(path))]

    def best(self, prompt: Sequence[int]) -> tuple[Path | None, int]:
        """The state that shares the longest beginning with a prompt, and its length in tokens."""
        found = max(self._saved, key=lambda saved: shared(saved.tokens, prompt), default=None)
        return (found.path, shared(found.tokens, prompt)) if found else (None, 0)

    def take_up(self, path: Path, read: Callable[[Path], bool]) -> None:
        """Have `read` read a state, which says whether it could; one that is damaged goes."""
        try:
            with past_page_cache(path):
                # llama.cpp aborts its process when a state is cut short.
                sound = _checksum(path) == path.with_suffix(".tokens").read_bytes()[:_CHECKSUM_BYTES] and read(path)
            os.utime(path)
        except OSError:
            sound = False
        if not sound:
            self._drop([saved for saved in self._saved if saved.path == path])

    def keep(self, tokens: Sequence[int], write: Callable[[Path], None]) -> bool:
        """Have `write` write the state of `tokens` to a path; False if that is not worth it or did not work.

        States of which this one is a continuation are superseded.
        """
        if len(tokens) < LEAST_TOKENS or len(tokens) - self.best(tokens)[1] < LEAST_TOKENS // 2:
            return False
        name = hashlib.sha256(array("i", tokens).tobytes()).hexdigest()[:16]
        path = self._folder / f"{name}.state"
        part = path.with_suffix(".part")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with past_page_cache(part):
                write(part)
                checksum = _checksum(part)
            path.with_suffix(".tokens").write_bytes(checksum + array("i", tokens).tobytes())
            for file in (part, path.with_suffix(".tokens")):
                file.chmod(0o600)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            return False
        self._drop([one for one in self._saved if shared(one.tokens, tokens) >= _SUPERSEDED * len(one.tokens)])
        self._saved.append(_Saved(path, array("i", tokens)))
        self._make_room(path)
        return True

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.state"))

    def _make_room(self, spared: Path) -> None:
        """Delete the states that were not used for longest, of any model, until the rest keeps to the limit."""
        files = []
        for path in self._root.glob("*/*.state"):
            with contextlib.suppress(OSError):
                found = path.stat()
                files.append((found.st_mtime_ns, found.st_size, path))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= self._limit:
                return
            if path != spared:
                total -= size
                _delete(path)
                self._saved = [saved for saved in self._saved if saved.path != path]

    def _drop(self, dropped: Sequence[_Saved]) -> None:
        for saved in dropped:
            _delete(saved.path)
        self._saved = [saved for saved in self._saved if saved not in dropped]


def shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two texts begin with in common."""
    for number, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return number
    return min(len(one), len(other))


@contextlib.contextmanager
def past_page_cache(path: Path) -> Iterator[None]:
    """While this lasts, what is written to a file or read from it does not stay in the page cache.

    The page cache of its files counts as memory of the model's process.
    """
    ended = threading.Event()

    def write_out() -> None:
        descriptor = -1
        while True:
            last = ended.wait(_WRITE_OUT_SECONDS)
            with contextlib.suppress(OSError):
                if descriptor < 0:
                    descriptor = os.open(path, os.O_RDONLY)
                os.fsync(descriptor)
                if hasattr(os, "posix_fadvise"):
                    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            if last:
                break
        if descriptor >= 0:
            os.close(descriptor)

    thread = threading.Thread(target=write_out, name="written out", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _tokens_of(path: Path) -> array[int] | None:
    tokens: array[int] = array("i")
    try:
        tokens.frombytes(path.with_suffix(".tokens").read_bytes()[_CHECKSUM_BYTES:])
    except (OSError, ValueError):
        return None
    return tokens


def _checksum(path: Path) -> bytes:
    """Of a file's bytes and their number."""
    checksum, size = 0, 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            checksum, size = zlib.crc32(block, checksum), size + len(block)
    return checksum.to_bytes(4, "little") + size.to_bytes(8, "little")


def _delete(path: Path) -> None:
    for file in (path, path.with_suffix(".tokens")):
        with contextlib.suppress(OSError):
            file.unlink()
