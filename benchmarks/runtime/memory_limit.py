"""Runs a process under a limit of memory that counts the page cache of its files, for the benchmarks."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FIRST = Path("/sys/fs/cgroup/memory")
_SECOND = Path("/sys/fs/cgroup")

# Enters the group before anything is loaded: memory is charged to the group that touches it first.
_ENTER = """
import os, sys
open(sys.argv[1], "w").write(str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-P", *sys.argv[2:]])
"""


@dataclass(frozen=True)
class Outcome:
    """How a process ended: its exit code (negative: the signal), what it printed as JSON, and memory in bytes."""

    code: int
    printed: dict[str, Any]
    most: int
    refused: int
    """How often the limit was hit."""


class NoLimits(Exception):
    """The memory of a process cannot be limited here; the message says why."""


def run(
    limit: int, arguments: Sequence[str], drop: Sequence[Path] = (), environment: dict[str, str] | None = None
) -> Outcome:
    """Run Python with `arguments` under a limit of so many bytes; the pages of `drop` leave the page cache before.

    Raises NoLimits.
    """
    for path in drop:
        descriptor = os.open(path, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)
    with _group(limit) as group:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _ENTER, str(group / "cgroup.procs"), *arguments],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **(environment or {})},
        )
        first = (group / "memory.max_usage_in_bytes").exists()
        most = _number(group / ("memory.max_usage_in_bytes" if first else "memory.peak"))
        refused = _number(group / "memory.failcnt") if first else _event(group, "max")
    lines = done.stdout.strip().splitlines()
    try:
        printed = json.loads(lines[-1]) if lines else {}
    except ValueError:
        printed = {}
    if done.returncode and not printed:
        printed = {"error": done.stderr.strip().splitlines()[-1:]}
    return Outcome(done.returncode, printed, most, refused)


@contextlib.contextmanager
def _group(limit: int) -> Iterator[Path]:
    first = _FIRST.is_dir()
    group = (_FIRST if first else _SECOND) / f"second-me-{os.getpid()}"
    try:
        group.mkdir()
        (group / ("memory.limit_in_bytes" if first else "memory.max")).write_text(str(limit))
        if not first:
            (group / "memory.swap.max").write_text("0")
    except OSError as error:
        with contextlib.suppress(OSError):
            group.rmdir()
        raise NoLimits(f"no memory control group can be made here ({error.strerror})") from error
    try:
        yield group
    finally:
        group.rmdir()


def _number(file: Path) -> int:
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return 0


def _event(group: Path, name: str) -> int:
    for line in (group / "memory.events").read_text().splitlines():
        if line.startswith(name + " "):
            return int(line.split()[1])
    return 0
