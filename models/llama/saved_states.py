"""States of prompts on disk: what a model has read need not be read again after a restart.

MemOS calls that activation memory. A state is a file in the runtime's own format, beside the tokens that it stands for.
States are a cache: any of them may be deleted at any time. They reveal what was read, so they are private, and a purge
deletes them all.
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
"""Reading a shorter prompt takes less time than loading its state."""
_SUPERSEDED = 0.9
"""A state of whose tokens a new state repeats this share is deleted."""
_CHECKSUM_BYTES = 12
_WRITE_OUT_SECONDS = 0.02


@dataclass
class _Saved:
    path: Path
    tokens: array[int]


class SavedStates:
    """The states of a model. When those of all models take too much room, the least recently used are deleted."""

    def __init__(self, folder: Path, identity: Sequence[object], limit: int) -> None:
        """`identity`: all that a state depends on besides its tokens. `limit`: bytes for all models of `folder`."""
        digest = hashlib.sha256("\0".join(map(str, identity)).encode()).hexdigest()[:16]
        self._root = folder
        self._folder = folder / digest
        self._limit = limit
        self._saved = [_Saved(path, tokens) for path in self._files() if (tokens := _tokens_of(path))]

    def best(self, prompt: Sequence[int]) -> tuple[Path | None, int]:
        """The state that shares the longest prefix with a prompt, and the length of that prefix in tokens."""
        found = max(self._saved, key=lambda saved: shared_length(saved.tokens, prompt), default=None)
        return (found.path, shared_length(found.tokens, prompt)) if found else (None, 0)

    def restore(self, path: Path, read: Callable[[Path], bool]) -> None:
        """Have `read` load a state, and delete the state if it is damaged. `read` returns whether it succeeded."""
        try:
            with past_page_cache(path):
                # llama.cpp aborts its process at a state that is cut short.
                sound = _checksum(path) == path.with_suffix(".tokens").read_bytes()[:_CHECKSUM_BYTES] and read(path)
            os.utime(path)
        except OSError:
            sound = False
        if not sound:
            self._drop([saved for saved in self._saved if saved.path == path])

    def save(self, tokens: Sequence[int], write: Callable[[Path], None]) -> bool:
        """Have `write` write the state of `tokens` to a path. False: that is not worth it, or it failed.

        Deletes the states that this one continues.
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
        self._drop([old for old in self._saved if shared_length(old.tokens, tokens) >= _SUPERSEDED * len(old.tokens)])
        self._saved.append(_Saved(path, array("i", tokens)))
        self._make_room(path)
        return True

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.state"))

    def _make_room(self, spared: Path) -> None:
        """Delete the least recently used states, of any model, until the rest keeps to the limit."""
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


def shared_length(tokens: Sequence[int], others: Sequence[int]) -> int:
    """Length of the prefix that two sequences of tokens share."""
    for number, (token, other) in enumerate(zip(tokens, others, strict=False)):
        if token != other:
            return number
    return min(len(tokens), len(others))


@contextlib.contextmanager
def past_page_cache(path: Path) -> Iterator[None]:
    """Within this context, what is written to a file or read from it does not stay in the page cache.

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

    thread = threading.Thread(target=write_out, name="page-cache", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _tokens_of(path: Path) -> array[int] | None:
    """The tokens of a state; None if they cannot be read."""
    tokens: array[int] = array("i")
    try:
        tokens.frombytes(path.with_suffix(".tokens").read_bytes()[_CHECKSUM_BYTES:])
    except (OSError, ValueError):
        return None
    return tokens


def _checksum(path: Path) -> bytes:
    """CRC-32 and length of a file. Raises OSError."""
    checksum, size = 0, 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            checksum, size = zlib.crc32(block, checksum), size + len(block)
    return checksum.to_bytes(4, "little") + size.to_bytes(8, "little")


def _delete(path: Path) -> None:
    for file in (path, path.with_suffix(".tokens")):
        with contextlib.suppress(OSError):
            file.unlink()
