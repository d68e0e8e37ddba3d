"""The record of a pulled model: a small JSON file beside the models."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.hub.client import is_safe_path


@dataclass(frozen=True)
class PulledFile:
    """A file at the moment when its digest agreed with the hub's."""

    path: str
    """In the repository, with slashes."""
    size: int
    """In bytes."""
    sha256: str
    """Hex; of a small file computed here, after its git object id agreed with the hub's."""


@dataclass(frozen=True)
class PulledModel:
    """A model that was pulled whole."""

    repository: str
    revision: str
    """The pinned commit."""
    format: str
    quantization: str
    files: tuple[PulledFile, ...]
    name: str = ""
    """Its name in the catalogue; empty if it is not there."""
    kind: str = "chat"
    licence: str = ""
    endpoint: str = ""
    pulled_at: str = ""
    """UTC, ISO 8601."""

    @property
    def label(self) -> str:
        """What the commands call the model, e.g. `qwen3-4b:Q4_K_M`."""
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
        """Folder of its files below the store: owner, a slash, name and commit."""
        return place_of(self.repository, self.revision)

    @property
    def record_name(self) -> str:
        """File name of the record: readable, and different for different models."""
        whole = "\n".join([self.repository, self.revision, *(file.path for file in self.files)])
        readable = re.sub(r"[^A-Za-z0-9.]+", "-", self.label)[:80]
        return f"{readable}-{hashlib.sha256(whole.encode()).hexdigest()[:12]}.json"

    def is_called(self, text: str) -> bool:
        """Whether `text` names this model: by its name in the catalogue or its repository, with or without a
        quantization or a file, and with or without `@` and the beginning of a commit."""
        text, _, commit = text.partition("@")
        names = {name.casefold() for name in (self.name, self.repository) if name}
        called = {self.label.casefold(), *names, *(f"{name}:{self.quantization}".casefold() for name in names)}
        called |= {f"{self.repository}/{file.path}".casefold() for file in self.files}
        return text.casefold() in called and self.revision.startswith(commit)

    def to_json(self) -> bytes:
        """The bytes of the record."""
        return json.dumps(dataclasses.asdict(self), indent=1).encode()


def place_of(repository: str, commit: str) -> str:
    """Folder of a repository at a commit. The name comes before the commit, because runtimes show it."""
    return f"{repository}@{commit[:12]}"


def read_record(path: Path) -> PulledModel | None:
    """The model of a record; None if the record is damaged or something else wrote it."""
    try:
        raw: Mapping[str, Any] = json.loads(path.read_bytes())
        files = tuple(PulledFile(**file) for file in raw["files"])
        model = PulledModel(**{**raw, "files": files})
        texts = [getattr(model, field.name) for field in dataclasses.fields(model) if field.name != "files"]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    sound = (
        files
        and all(isinstance(text, str) for text in texts)
        and all(
            isinstance(file.path, str)
            and is_safe_path(file.path)
            and isinstance(file.size, int)
            and isinstance(file.sha256, str)
            for file in files
        )
        and is_safe_path(model.place)
    )
    return model if sound else None
