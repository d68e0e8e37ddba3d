"""Adapters in a snapshot: each as its row and its file, taken along on request."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.gguf.adapter_file import read_adapter
from models.protocol import ModelError
from secondme.adapters.personal import ADAPTER, is_whole
from storage.adapters import AdapterRow
from storage.store import Store

MEMBER = r"adapters/[0-9a-f-]{36}\.(?:json|gguf)"
"""The names of an adapter's row and file in a snapshot."""


def takes_along(store: Store) -> list[AdapterRow]:
    """The adapters that a snapshot takes along: those that passed their trial, and whose passages are all there."""
    return [row for row in store.adapters.all() if row.state in ("ready", "used") and row.sound]


def write_adapters(store: Store, into: Path) -> None:
    """Write rows and files of adapters as members of a snapshot into a folder. Raises OSError."""
    into.mkdir(exist_ok=True)
    for row in takes_along(store):
        file = store.adapters.folder / row.id / ADAPTER
        if is_whole(file, row.figures):
            shutil.copyfile(file, into / f"{row.id}.gguf")
            (into / f"{row.id}.json").write_text(json.dumps(store.adapters.record(row.id), sort_keys=True))


def check_adapters(members: Path) -> None:
    """Raise ValueError unless each adapter that was unpacked is whole and is what its row says."""
    for record, file in _unpacked(members):
        try:
            found = read_adapter(file)
        except ModelError as error:
            raise ValueError(f"{file.name} is no adapter") from error
        figures = json.loads(record["figures"])
        if not is_whole(file, figures) or found.base_digest not in ("", record["base_digest"]):
            raise ValueError(f"{file.name} is not the adapter that its row tells of")


def bring_adapters(store: Store, members: Path) -> None:
    """Bring adapters that were checked into a store. One of another base stays off until that model answers. Raises
    OSError, ValueError, StoreError."""
    for record, file in _unpacked(members):
        own = store.adapters.folder / str(record["id"])
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(file, own / ADAPTER)
        store.adapters.bring(record)


def _unpacked(members: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    for path in sorted(members.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(record, dict) or record.get("id") != path.stem:
            raise ValueError(f"{path.name} is not the row of an adapter")
        yield record, path.with_suffix(".gguf")
