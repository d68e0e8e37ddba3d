"""What is known of a pulled model: its record, a small JSON file beside the models."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.hub.client import safe_path


@dataclass(frozen=True)
class PulledFile:
    """A file as it was when its digest agreed with the hub's."""

    path: str
    """In the repository, with slashes."""
    size: int
    """In bytes."""
    sha256: str
    """Hex; of small files counted here, after the hub's git object id agreed."""


@dataclass(frozen=True)
class PulledModel:
    """A model that is there whole."""

    repository: str
    revision: str
    """The commit, pinned."""
    format: str
    quantization: str
    files: tuple[PulledFile, ...]
    name: str = ""
    """In the catalogue; empty if it is not of it."""
    kind: str = "chat"
    licence: str = ""
    endpoint: str = ""
    pulled_at: str = ""
    """UTC, ISO 8601."""

    @property
    def label(self) -> str:
        """What the commands call it, e.g. `qwen3-4b:Q4_K_M`."""
        name = self.name or self.repository
        if self.quantization:
            return f"{name}:{self.quantization}"
        return name if self.is_folder else f"{name}/{self.files[0].path}"

    @property
    def is_folder(self) -> bool:
        """Whether a runtime opens the folder of the files, and not the first of them."""
        return self.format == "mlx"

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def place(self) -> str:
        """Folder of its files below the store, with a slash."""
        return place_of(self.repository, self.revision)

    @property
    def record_name(self) -> str:
        """File name of its record: readable, and different for different models."""
        whole = "\n".join([self.repository, self.revision, *(file.path for file in self.files)])
        readable = re.sub(r"[^A-Za-z0-9.]+", "-", self.label)[:80]
        return f"{readable}-{hashlib.sha256(whole.encode()).hexdigest()[:12]}.json"

    def is_called(self, text: str) -> bool:
        """Whether `text` names this model: by catalogue name or repository, with or without quantization or file,
        and `@` with the beginning of a commit."""
        text, _, commit = text.partition("@")
        names = {name.casefold() for name in (self.name, self.repository) if name}
        called = {self.label.casefold(), *names, *(f"{name}:{self.quantization}".casefold() for name in names)}
        called |= {f"{self.repository}/{file.path}".casefold() for file in self.files}
        return text.casefold() in called and self.revision.startswith(commit)

    def to_json(self) -> bytes:
        """The record."""
        return json.dumps(dataclasses.asdict(self), indent=1).encode()


def place_of(repository: str, commit: str) -> str:
    """Folder of a repository at a commit; the name that people know comes first, runtimes show it."""
    return f"{repository}@{commit[:12]}"


def read_record(path: Path) -> PulledModel | None:
    """The model of a record; None for one that is damaged or was written by something else."""
    try:
        raw: Mapping[str, Any] = json.loads(path.read_bytes())
        files = tuple(PulledFile(**one) for one in raw["files"])
        model = PulledModel(**{**raw, "files": files})
        texts = [getattr(model, field.name) for field in dataclasses.fields(model) if field.name != "files"]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    sound = (
        files
        and all(isinstance(text, str) for text in texts)
        and all(
            isinstance(file.path, str)
            and safe_path(file.path)
            and isinstance(file.size, int)
            and isinstance(file.sha256, str)
            for file in files
        )
        and safe_path(model.place)
    )
    return model if sound else None
