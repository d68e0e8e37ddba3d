"""Memory of this process and of the machine, in bytes, on each system."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path


def resident_bytes() -> int:
    """Memory of this process in RAM, mapped files included. 0 where the system does not say."""
    if sys.platform.startswith("linux"):
        return _linux_field(Path("/proc/self/status"), "VmRSS:")
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if sys.platform == "win32":
        return _windows_working_set()
    return 0


def return_freed_memory() -> None:
    """Give freed memory back to the system where glibc keeps it: each thread that ended leaves an arena behind, and
    the freed models in them would add up. Nothing happens with another C library."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def available_bytes() -> int:
    """Memory that a new process can have before the system swaps; limits of control groups count."""
    if sys.platform.startswith("linux"):
        free = _linux_field(Path("/proc/meminfo"), "MemAvailable:")
        return min([free, *_control_group_room()])
    if sys.platform == "darwin":
        # macOS compresses and purges, and what it calls free is always near nothing.
        return total_bytes() * 2 // 3
    if sys.platform == "win32":
        return _windows_memory()[1]
    return total_bytes() // 2


def total_bytes() -> int:
    """Memory of the machine. 0 where the system does not say."""
    if sys.platform == "win32":
        return _windows_memory()[0]
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return 0


def _linux_field(file: Path, name: str) -> int:
    """The value of a line such as `VmRSS:   123 kB`, in bytes; 0 if it is not there."""
    try:
        for line in file.read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    return 0


def _control_group_room() -> list[int]:
    """Bytes that the control groups of this process leave, a number for each group that has a limit."""
    found = []
    try:
        lines = Path("/proc/self/cgroup").read_text().splitlines()
    except OSError:
        return []
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            folder, limit, used = Path("/sys/fs/cgroup") / path.lstrip("/"), "memory.max", "memory.current"
        elif "memory" in controllers.split(","):
            folder = Path("/sys/fs/cgroup/memory") / path.lstrip("/")
            limit, used = "memory.limit_in_bytes", "memory.usage_in_bytes"
        else:
            continue
        try:
            room = int((folder / limit).read_text()) - int((folder / used).read_text())
        except (OSError, ValueError):
            continue
        if room < 1 << 60:
            found.append(max(0, room))
    return found


def _windows_memory() -> tuple[int, int]:
    """(installed, available) bytes by GlobalMemoryStatusEx."""

    class Status(ctypes.Structure):
        _fields_ = [
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "available", "f1", "f2", "f3", "f4", "f5")),
        ]

    status = Status(length=ctypes.sizeof(Status))
    getattr(ctypes, "windll").kernel32.GlobalMemoryStatusEx(ctypes.byref(status))  # noqa: B009
    return int(status.total), int(status.available)


def _windows_working_set() -> int:
    """Bytes of this process in memory by GetProcessMemoryInfo."""

    class Counters(ctypes.Structure):
        _fields_ = [
            ("size", ctypes.c_ulong),
            ("faults", ctypes.c_ulong),
            *((name, ctypes.c_size_t) for name in ("peak", "working_set", "p1", "p2", "p3", "p4", "page", "top")),
        ]

    counters = Counters(size=ctypes.sizeof(Counters))
    windows = getattr(ctypes, "windll")  # noqa: B009
    windows.psapi.GetProcessMemoryInfo(
        windows.kernel32.GetCurrentProcess(), ctypes.byref(counters), ctypes.sizeof(counters)
    )
    return int(counters.working_set)
