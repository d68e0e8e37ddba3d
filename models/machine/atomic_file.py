"""Files that are either the old or the new file, whenever the power fails, and records in such files."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` by temporary file, fsync and rename; the file is readable by its owner only.

    Creates the folder if needed. Raises OSError; then `path` is as it was.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_record(path: Path, record: Mapping[str, Any]) -> None:
    """Replace the JSON object in a file, as `replace_file` does. Raises OSError."""
    replace_file(path, json.dumps(record, indent=1, sort_keys=True).encode())


def read_record(path: Path) -> dict[str, Any]:
    """The JSON object in a file; empty if the file is missing or damaged, for it is then written anew."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def sync_folder(folder: Path) -> None:
    """Put renames within a folder on the disk: a name lives in its folder, not in the file. Raises OSError."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
