"""Reads that go past the page cache, into memory of this process."""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import sys
from collections.abc import Sequence
from pathlib import Path

PAGE = 4096
"""Offsets, lengths and addresses of direct reads are multiples of this (bytes)."""
_CHUNK = 8 << 20


class ReadFailed(Exception):
    """The disk did not give what was asked of it; the message says what happened."""


class Arena:
    """Anonymous memory that begins at a page. Its pages take memory only once they are written."""

    def __init__(self, size: int, *, huge: bool = False) -> None:
        """`size` in bytes, rounded up to pages.

        `huge`: in huge pages, where the system has them; reading into them and computing with them takes less time.
        """
        self.size = max(PAGE, -(-size // PAGE) * PAGE)
        if os.name == "posix":
            flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | getattr(mmap, "MAP_NORESERVE", 0)
            self._memory = mmap.mmap(-1, self.size, flags=flags)
        else:
            self._memory = mmap.mmap(-1, self.size)
        if huge and hasattr(mmap, "MADV_HUGEPAGE"):
            with contextlib.suppress(OSError):
                self._memory.madvise(mmap.MADV_HUGEPAGE)
        self.view = memoryview(self._memory)
        self.address = ctypes.addressof(ctypes.c_char.from_buffer(self._memory))

    def release(self, start: int, size: int) -> None:
        """Give pages back to the system; `start` and `size` in bytes, multiples of `PAGE`."""
        if size > 0 and hasattr(self._memory, "madvise"):
            self._memory.madvise(mmap.MADV_DONTNEED, start, size)


class DirectFile:
    """A file whose reads leave nothing in the page cache, where the system can do that.

    Linux: O_DIRECT. macOS: F_NOCACHE. Elsewhere, and on file systems that refuse, the pages of plain reads are
    given back afterwards.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError when the file cannot be opened."""
        self.path = path
        self.direct = False
        flags = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        if hasattr(os, "O_DIRECT"):
            try:
                self._descriptor = os.open(path, flags | os.O_DIRECT)
                self.direct = True
            except OSError:
                self._descriptor = os.open(path, flags)
        else:
            self._descriptor = os.open(path, flags)
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(self._descriptor, fcntl.F_NOCACHE, 1)
            self.direct = True
        self.size = os.fstat(self._descriptor).st_size

    def read(self, offset: int, into: memoryview) -> None:
        """Fill `into` from `offset`, in bytes, both at page boundaries. Raises ReadFailed.

        What lies beyond the end of the file stays as it is.
        """
        done, total = 0, min(len(into), self.size - offset)
        while done < total:
            try:
                got = self._read_at(offset + done, into[done : done + _CHUNK])
            except OSError as error:
                raise ReadFailed(f"{self.path} cannot be read ({error.strerror})") from error
            if got <= 0:
                raise ReadFailed(f"{self.path} is shorter than it was")
            done += got
            if done % PAGE and done < total:
                raise ReadFailed(f"{self.path} is shorter than it was")
        if not self.direct:
            self.drop(offset, len(into))

    def drop(self, offset: int = 0, size: int = 0) -> None:
        """Give back the pages of a range (size 0: to the end) in the page cache, unless a process has them mapped."""
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(self._descriptor, offset, size, os.POSIX_FADV_DONTNEED)

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)

    def _read_at(self, offset: int, into: memoryview) -> int:
        if hasattr(os, "preadv"):
            return os.preadv(self._descriptor, [into], offset)
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        data = os.read(self._descriptor, len(into))
        into[: len(data)] = data
        return len(data)


def extent(offset: int, size: int) -> tuple[int, int]:
    """The whole pages around a range of bytes: (offset, size)."""
    start = offset // PAGE * PAGE
    return start, -(-(offset + size) // PAGE) * PAGE - start


def merge_ranges(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The whole pages around ranges (offset, size), in order and joined where they touch."""
    joined: list[tuple[int, int]] = []
    for start, size in sorted(extent(*span) for span in ranges):
        if joined and start <= sum(joined[-1]):
            joined[-1] = (joined[-1][0], max(sum(joined[-1]), start + size) - joined[-1][0])
        else:
            joined.append((start, size))
    return joined
