"""Checks of this memory and this installation. They only read, and give a remedy for each finding."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from secondme import __version__
from secondme.errors import SecondMeError
from secondme.places import Places

if TYPE_CHECKING:
    from secondme.api import FolderStatus
    from secondme.api.door import Door

LOW_DISK_BYTES = 500_000_000
LOW_WATCHES = 65_536
"""Folders that inotify can watch; with fewer, a large tree of folders is watched only in part."""


@dataclass(frozen=True)
class Finding:
    """One check: what it is about, what was found, and what to do if it is not ok."""

    about: str
    ok: bool
    what: str
    remedy: str = ""


def examine(where: Places, connect: Callable[[], Door]) -> list[Finding]:
    """Run every check. Never raises for what it finds."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("chromadb", "textual", "llama-cpp-python"))
    versions = f"secondme {__version__}, Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, {packages}"
    findings = [Finding("versions", True, versions), _disk(where.data), *_unwritable(where), _permissions(where)]
    findings.append(_watches())
    try:
        engine = connect()
        status = engine.status()
        problems = engine.problems()
    except SecondMeError as error:
        return [*findings, Finding("engine", False, error.what, error.remedy)]
    sound = "; ".join(problems) or "integrity, references and word index are sound"
    remedy = "Import your latest snapshot into an empty SECONDME_HOME." if problems else ""
    findings.append(Finding("database", not problems, sound, remedy))
    lag = "" if not status.pending else f", {status.pending} waiting"
    findings.append(Finding("index", True, f"{status.index}; {status.embedded} of {status.spans} spans embedded{lag}"))
    findings.append(Finding("model", bool(status.model), status.model or "none: answers are quotes"))
    findings.append(Finding("leaving", True, "; ".join(status.leaving) or "nothing leaves this machine"))
    findings += [Finding(problem.about, False, problem.what, problem.remedy) for problem in status.problems]
    findings += map(_folder, status.folders)
    return findings


def _folder(folder: FolderStatus) -> Finding:
    away = folder.state == "away"
    remedy = "Mount it again; its memories stay." if away else ""
    return Finding("folder", not away, f"{folder.state}: {folder.path}", remedy)


def _disk(folder: Path) -> Finding:
    here = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(here).free
    return Finding(
        "disk", free > LOW_DISK_BYTES, f"{free / 1e9:.1f} GB free", "" if free > LOW_DISK_BYTES else "Free some space."
    )


def _unwritable(where: Places) -> list[Finding]:
    """Folders and files of this memory that may not be written; the engine needs all of them but the log."""
    files = ("secondme.db", "secondme.db-wal", "secondme.db-shm", where.engine_lock.name)
    needed = [where.data, *(where.data / name for name in files), where.cache, where.config, where.runtime]
    refused = [path for path in needed if path.exists() and not os.access(path, os.W_OK)]
    logs = [path for path in (where.logs, where.engine_log) if path.exists() and not os.access(path, os.W_OK)]
    findings = [
        Finding("writing", False, f"{path} cannot be written;", f"{_way_to_write(path)} What is kept there is safe.")
        for path in refused[:1]
    ]
    what = "cannot be written: the engine runs, but keeps no log;"
    findings += [Finding("logs", False, f"{path} {what}", _way_to_write(path)) for path in logs[:1]]
    return findings


def _way_to_write(path: Path) -> str:
    try:
        read_only = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:
        read_only = False
    if read_only:
        return "Its disk is mounted read-only: mount it for writing, or name another place with SECONDME_HOME."
    return f"chmod -R u+rwX {path}, or name another place with SECONDME_HOME."


def _permissions(where: Places) -> Finding:
    try:
        wide = [
            str(path)
            for root in (where.data, where.config, where.logs)
            if root.exists()
            for path in (root, *root.rglob("*"))
            if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & 0o077
        ]
    except OSError as error:
        what = f"{error.filename} cannot be looked at ({error.strerror})"
        return Finding("permissions", False, what, f"chmod u+rwX {error.filename}")
    if wide:
        return Finding("permissions", False, f"others may read {wide[0]}", f"chmod -R go-rwx {where.data}")
    return Finding("permissions", True, "only you may read your memory")


def _watches() -> Finding:
    limit = Path("/proc/sys/fs/inotify/max_user_watches")
    if not limit.exists() or not os.access(limit, os.R_OK):
        return Finding("watches", True, "no limit known")
    number = int(limit.read_text())
    low = number < LOW_WATCHES
    return Finding(
        "watches",
        not low,
        f"{number} folders can be watched",
        "sysctl fs.inotify.max_user_watches=524288" if low else "",
    )
