"""Model files of the user's, pinned to the digests that they have when they are chosen."""

from __future__ import annotations

from pathlib import Path

from models.machine.atomic_file import read_record, write_record
from models.machine.digests import check_file, sha256_of
from models.protocol import ModelError


class LocalPins:
    """Digests of local models, in `folder/local.pins`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "local.pins"

    def adopt(self, path: Path) -> None:
        """Pin a file, all parts of a split model, or a folder. Raises ModelError when it cannot be read."""
        try:
            found = {str(part): sha256_of(part, self._folder) for part in _parts(path)}
        except FileNotFoundError as error:
            raise missing_model(path) from error
        except OSError as error:
            raise ModelError(
                f"The model file {path} cannot be read ({error.strerror}).",
                "Choose another with `secondme models use FILE`.",
            ) from error
        others = {other: digest for other, digest in self._read().items() if Path(other).exists()}
        write_record(self._file, others | found)

    def check(self, path: Path) -> None:
        """Hold a model against its pins; a new model is pinned now. Raises ModelError as `check_digest` does."""
        known = self._read()
        parts = _parts(path)
        if any(str(part) not in known for part in parts):
            self.adopt(path)
            return
        for part in parts:
            check_digest(part, known[str(part)], self._folder, f"use {path}")

    def _read(self) -> dict[str, str]:
        """sha256 by path."""
        return {path: pin for path, pin in read_record(self._file).items() if isinstance(pin, str)}


def check_digest(path: Path, sha256: str, cache: Path, command: str) -> None:
    """Raise ModelError unless the file has this sha256; the remedy is `secondme models COMMAND`."""
    try:
        right = check_file(path, sha256, cache)
    except FileNotFoundError as error:
        raise missing_model(path, command) from error
    except OSError as error:
        raise ModelError(
            f"The model file {path} cannot be read ({error.strerror}).", f"Get it again: `secondme models {command}`."
        ) from error
    if not right:
        raise ModelError(
            f"The model file {path} has changed since it was chosen: its sha256 is another, and it is not loaded.",
            f"If it is damaged get it again; if you changed it yourself, `secondme models {command}` accepts it."
            if command.startswith("use ")
            else f"Get it again: `secondme models {command}`.",
        )


def missing_model(path: Path, command: str = "use") -> ModelError:
    """The error of a model's file that has gone. One that was pulled can be had again; any other only its owner has."""
    again = f"Get it again: `secondme models {command}`" if command.startswith("pull ") else "Put it back"
    return ModelError(
        f"The model file {path} is not there any more.",
        f"{again}, or let another model answer: `secondme models use bundled`, or one of `secondme models list`.",
    )


def _parts(path: Path) -> list[Path]:
    """The files of a local model: the file, all parts of a split model, or the files in a folder."""
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    if path.name.endswith(".gguf") and "-00001-of-" in path.name:
        stem, _, count = path.name.rpartition("-00001-of-")
        return sorted(path.parent.glob(f"{stem}-?????-of-{count}")) or [path]
    return [path]
