"""Fetching a file from the hub into a partial file: resumed where it stopped, held to its size, hashed as it comes.

What a server may do wrong, and what happens then:
- It drops the line or stalls: the rest is asked for.
- It ignores ranges: the bytes that came before are skipped.
- It sends more than it said: the surplus is not written.
- It sends a login page or another range: nothing is written.
- It sends other content: the digest differs.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from models.hub.client import Content, Hub, HubFile, OddAnswer, Unreachable
from models.machine.digests import Hasher, git_blob_hasher, hash_into
from models.protocol import ModelError

Stage: TypeAlias = Literal["checking", "pulling", "waiting"]

MOST_FAILURES = 5
"""Attempts in a row that bring no new byte."""
MOST_ODD_ANSWERS = 2
LONGEST_WAIT = 60.0
"""Seconds; the fetch ends at a server that asks for a longer wait."""
RATE_SECONDS = 5.0


@dataclass(frozen=True)
class FetchProgress:
    """How far a file is: bytes that are here, and bytes that came in this run."""

    stage: Stage
    done: int
    fetched: int


class WrongContent(Exception):
    """All bytes came, and they are not the file that the hub vouches for."""


@dataclass
class Rate:
    """Bytes per second over the last `RATE_SECONDS`. `clock` counts seconds."""

    clock: Callable[[], float]
    _points: deque[tuple[float, int]] = field(default_factory=deque)

    def per_second(self, fetched: int) -> float:
        """Note that so many bytes came in all. Returns the rate, 0.0 until it is known."""
        now = self.clock()
        self._points.append((now, fetched))
        while len(self._points) > 2 and self._points[1][0] < now - RATE_SECONDS:
            self._points.popleft()
        since, before = self._points[0]
        return (fetched - before) / (now - since) if now - since > 0.2 else 0.0


class Fetch:
    """Fetches `file` of `repository` at `commit` into `partial`, after the bytes that are there.

    `wait` sleeps for so many seconds.
    """

    def __init__(
        self, hub: Hub, repository: str, commit: str, file: HubFile, partial: Path, wait: Callable[[float], None]
    ) -> None:
        self._hub = hub
        self._repository = repository
        self._commit = commit
        self._file = file
        self._partial = partial
        self._wait = wait
        self._fetched = 0
        self._have = 0
        self._hasher: Hasher = self._new_hasher()

    def run(self) -> Iterator[FetchProgress]:
        """Fetch the rest and check the whole. Afterwards the partial file is complete, right and on the disk.

        Raises WrongContent, and ModelError when the hub cannot or will not go on; what came stays in the partial file.
        """
        self._hasher = self._new_hasher()
        try:
            yield from self._check_partial()
            self._partial.touch(mode=0o600)
            # Unbuffered: what came is with the system at once, and survives the death of this process.
            with self._partial.open("ab", buffering=0) as out:
                yield from self._fetch_rest(out)
                os.fsync(out.fileno())
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise ModelError(
                    "The disk is full.", "Free some space; what was pulled is kept, the same command goes on."
                ) from error
            raise ModelError(
                f"{self._partial} cannot be written ({error.strerror or error}).", "Make its folder writable."
            ) from error
        if self._hasher.hexdigest() != self._file.digest:
            raise WrongContent

    def _new_hasher(self) -> Hasher:
        return hashlib.sha256() if self._file.sha256 else git_blob_hasher(self._file.size)

    def _check_partial(self) -> Iterator[FetchProgress]:
        self._have = 0
        if self._partial.exists():
            if self._partial.stat().st_size > self._file.size:
                raise WrongContent
            for done in hash_into(self._hasher, self._partial):
                self._have = done
                yield FetchProgress("checking", done, self._fetched)

    def _fetch_rest(self, out: BinaryIO) -> Iterator[FetchProgress]:
        failures = odd_answers = 0
        while self._have < self._file.size:
            before = self._have
            try:
                with self._hub.content(self._repository, self._commit, self._file, self._have) as content:
                    yield from self._take(content, out)
                problem = Unreachable(f"The hub ended {self._file.path} too early.", "Try again; what came is kept.")
            except Unreachable as error:
                problem = error
            except OddAnswer:
                odd_answers += 1
                if odd_answers >= MOST_ODD_ANSWERS:
                    raise
                continue
            if self._have >= self._file.size:
                return
            failures = 1 if self._have > before else failures + 1
            if failures > MOST_FAILURES or problem.wait > LONGEST_WAIT:
                raise problem
            yield FetchProgress("waiting", self._have, self._fetched)
            self._wait(problem.wait or min(2.0 ** (failures - 1), 8.0))

    def _take(self, content: Content, out: BinaryIO) -> Iterator[FetchProgress]:
        if content.total not in (None, self._file.size) or content.start not in (0, self._have):
            raise OddAnswer(
                f"The hub sends another {self._file.path} than the one of {self._file.size:,} bytes that it describes.",
                "It may be changing just now: try again later; what was pulled is kept.",
            )
        skip = self._have - content.start
        for chunk in content.chunks:
            new, skip = chunk[skip:], max(skip - len(chunk), 0)
            if new := new[: self._file.size - self._have]:
                self._write(new, out)
                yield FetchProgress("pulling", self._have, self._fetched)
            if self._have == self._file.size:
                return

    def _write(self, new: bytes, out: BinaryIO) -> None:
        rest = memoryview(new)
        while rest:
            written = out.write(rest)
            self._hasher.update(rest[:written])
            self._have += written
            self._fetched += written
            rest = rest[written:]
