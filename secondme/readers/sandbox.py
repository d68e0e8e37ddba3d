"""Reading a file: plain text here, everything that could be a bomb in a process with limits on memory, CPU and time."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from secondme.readers.codec import unpacked
from secondme.readers.documents import ExportItem, ReadItem, Recognised, Unread
from secondme.readers.reader import SourceFile, Unreadable
from secondme.readers.registry import Kind, kind_of

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
CPU_SECONDS_PER_MB = 2
WALL_FACTOR = 3
"""So many times its CPU seconds a file may take by the clock."""
CONFINED_FACTOR = 10
"""So many times larger than text a file may be whose bytes are mostly not text."""


def size_limit(kind: Kind, max_bytes: int) -> int:
    """Bytes that a file of this kind may have; `max_bytes` holds for text."""
    return max_bytes * (CONFINED_FACTOR if kind.confined else 1)


class Reading:
    """Reads files. The limited process starts when first needed and stays for the next file; one caller at a time."""

    def __init__(self, *, memory_bytes: int = MEMORY_BYTES, cpu_seconds: int = CPU_SECONDS) -> None:
        self._memory = memory_bytes
        self._cpu = cpu_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    def read(self, path: Path, file: BinaryIO, size: int, max_bytes: int, me: frozenset[str]) -> Iterator[ReadItem]:
        """Documents of an open file, and what of it could not be read. Raises Unreadable with the reason.

        `max_bytes` holds for text; formats that pack it may be ten times as large.
        """
        head = file.read(4096)
        file.seek(0)
        kind = kind_of(path, head)
        limit = size_limit(kind, max_bytes)
        if size > limit:
            raise Unreadable(f"it is larger than {limit:,} bytes (setting ingest.max_bytes)")
        if kind.confined:
            request = {"path": os.fsencode(path.name).decode("utf-8", "replace")}
            for item in self._confined(request, me, size, file):
                if not isinstance(item, Recognised):
                    yield item
        else:
            yield from kind.load().read(SourceFile(path, file, me))

    def read_export(self, path: Path, named: str, size: int, me: frozenset[str]) -> Iterator[ExportItem]:
        """Chats of an export: a file, a folder or an archive. `named`: its platform, or empty to recognise it.

        Its platform comes first. Raises Unreadable.
        """
        return self._confined({"path": str(path), "export": named}, me, size, None)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if process is not None:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()

    def _confined(
        self, request: dict[str, Any], me: frozenset[str], size: int, file: BinaryIO | None
    ) -> Iterator[ExportItem]:
        cpu = self._cpu + CPU_SECONDS_PER_MB * (size >> 20)
        process = self._started()
        assert self._channel is not None
        line = json.dumps({**request, "me": sorted(me), "cpu": cpu}).encode() + b"\n"
        ended = False
        try:
            socket.send_fds(self._channel, [line], [file.fileno()] if file is not None else [])
            for reply in self._replies(process, WALL_FACTOR * cpu):
                if "document" in reply:
                    yield unpacked(reply["document"])
                elif "platform" in reply:
                    yield Recognised(str(reply["platform"]))
                elif "unread" in reply:
                    yield Unread(str(reply["unread"]))
                else:
                    ended = True
                    if "unreadable" in reply:
                        raise Unreadable(str(reply["unreadable"]))
                    return
            raise Unreadable(self._died(process, cpu))
        except (BrokenPipeError, ConnectionResetError) as error:
            raise Unreadable(self._died(process, cpu)) from error
        finally:
            if not ended:
                self.close()  # whatever it still says belongs to this file

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "secondme.readers.sandbox_child", str(theirs.fileno()), str(self._memory)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._channel = ours
        return self._process

    def _replies(self, process: subprocess.Popen[bytes], seconds: float) -> Iterator[dict[str, Any]]:
        """Lines of the process until it closes its end or says nothing for `seconds`."""
        assert process.stdout is not None
        descriptor = process.stdout.fileno()
        parts: list[bytes] = []
        until = time.monotonic() + seconds
        while True:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                process.send_signal(signal.SIGXCPU)
                return
            data = os.read(descriptor, 1 << 20)
            if not data:
                return
            *lines, rest = data.split(b"\n")
            for line in lines:
                yield json.loads(b"".join([*parts, line]))
                parts = []
                until = time.monotonic() + seconds
            parts.append(rest)

    def _died(self, process: subprocess.Popen[bytes], cpu: int) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=1)
        if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            return f"reading it takes more than {cpu} seconds"
        return f"its reader crashed ({process.returncode})"
