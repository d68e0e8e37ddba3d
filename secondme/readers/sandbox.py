"""Reading a file: plain text in this process, every other format in one with limits on memory, CPU and time."""

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

from secondme.readers.codec import document_from_json
from secondme.readers.documents import ExportItem, ReadItem, Recognised, Unread
from secondme.readers.reader import SourceFile, Unreadable
from secondme.readers.registry import Format, format_of

CHILD = "secondme.readers.sandbox_child"
"""The module that runs as the limited process."""
MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
CPU_SECONDS_PER_MB = 2
WALL_FACTOR = 3
"""A file may take so many times its CPU seconds by the clock."""
CONFINED_FACTOR = 10
"""A file whose bytes are mostly not text may be so many times larger than a text file."""


def size_limit(file_format: Format, max_bytes: int) -> int:
    """The most bytes that a file of this format may have; `max_bytes` holds for text."""
    return max_bytes * (CONFINED_FACTOR if file_format.confined else 1)


class FileReader:
    """Reads files and exports. The limited process starts when first needed and stays for the next file.

    Only one thread may use it at a time.
    """

    def __init__(self, *, memory_bytes: int = MEMORY_BYTES, cpu_seconds: int = CPU_SECONDS) -> None:
        self._memory = memory_bytes
        self._cpu = cpu_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    def read(self, path: Path, file: BinaryIO, size: int, max_bytes: int, me: frozenset[str]) -> Iterator[ReadItem]:
        """Documents of an open file, and what of it could not be read. Raises Unreadable with the reason.

        `max_bytes` is the limit for text; a confined format may be ten times as large.
        """
        head = file.read(4096)
        file.seek(0)
        file_format = format_of(path, head)
        limit = size_limit(file_format, max_bytes)
        if size > limit:
            raise Unreadable(f"it is larger than {limit:,} bytes (setting ingest.max_bytes)")
        if file_format.confined:
            request = {"path": os.fsencode(path.name).decode("utf-8", "replace")}
            for item in self._confined(request, me, size, file):
                if not isinstance(item, Recognised):
                    yield item
        else:
            source = SourceFile(path, file, me)
            yield from file_format.load().read(source)
            yield from map(Unread, source.notes)

    def read_export(self, path: Path, named: str, size: int, me: frozenset[str]) -> Iterator[ExportItem]:
        """First the platform of an export (a file, a folder or an archive), then its chats. Raises Unreadable.

        `named`: the platform that a person named, or empty to recognise it.
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
                    yield document_from_json(reply["document"])
                elif "platform" in reply:
                    yield Recognised(str(reply["platform"]))
                elif "unread" in reply:
                    yield Unread(str(reply["unread"]), bool(reply.get("failed", True)))
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
                self.close()  # what it still sends belongs to this file

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", CHILD, str(theirs.fileno()), str(self._memory)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._channel = ours
        return self._process

    def _replies(self, process: subprocess.Popen[bytes], seconds: float) -> Iterator[dict[str, Any]]:
        """Lines of the process until it closes its end or sends nothing for `seconds`."""
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
