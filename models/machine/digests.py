"""Digests of model files: computed once, and again when a file's size or time changed.

A GGUF with 5,000 flipped bytes loads without an error and answers nonsense, so every file is held against its digest
before a runtime opens it.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from models.machine.atomic_file import read_record, write_record

BLOCK_BYTES = 1 << 22
_RECORD = "digests.json"


class Hasher(Protocol):
    """A hash object of hashlib."""

    def update(self, data: bytes | memoryview, /) -> None:
        """Take in more bytes."""
        ...

    def hexdigest(self) -> str:
        """The digest so far, in hex."""
        ...


def git_blob_hasher(size: int) -> Hasher:
    """Hasher of a git object id: sha1 over a header with the size in bytes, then the content."""
    return hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)


def hash_into(hasher: Hasher, path: Path) -> Iterator[int]:
    """Hash a file block by block. Yields how many bytes are done. Raises OSError."""
    done = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            hasher.update(block)
            done += len(block)
            yield done


def file_sha256(path: Path) -> str:
    """The file's sha256 (hex), computed now. Raises OSError when it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of(path: Path, cache: Path) -> str:
    """The file's sha256 (hex). Raises OSError when it cannot be read.

    Recorded in `cache/digests.json` under path, size and modification time, because a person would notice hashing
    100 MB at every start.
    """
    return _known_digests(cache).get(_key(path)) or _hash(path, cache)


def check_file(path: Path, sha256: str, cache: Path) -> bool:
    """Whether the file's sha256 (hex) is the expected one, by the record of `sha256_of` or by hashing it.

    Only a good verdict is taken from the record. Raises OSError when the file cannot be read.
    """
    return _known_digests(cache).get(_key(path)) == sha256 or _hash(path, cache) == sha256


def _hash(path: Path, cache: Path) -> str:
    before = _key(path)
    digest = file_sha256(path)
    if _key(path) == before:  # a file that is being written has no digest yet
        record_digest(path, digest, cache)
    return digest


def record_digest(path: Path, sha256: str, cache: Path) -> None:
    """Record a digest that was just computed of the file. Raises OSError when the file is not there."""
    key = _key(path)
    known = {other: digest for other, digest in _known_digests(cache).items() if not other.startswith(f"{path}:")}
    known[key] = sha256
    # Without the record the file is hashed again at the next start.
    with contextlib.suppress(OSError):
        write_record(cache / _RECORD, known)


def _key(path: Path) -> str:
    found = path.stat()
    return f"{path}:{found.st_size}:{found.st_mtime_ns}"


def _known_digests(cache: Path) -> dict[str, str]:
    """Recorded digests by key."""
    return {key: digest for key, digest in read_record(cache / _RECORD).items() if isinstance(digest, str)}
