"""An export as names and streams, whether it is a file, a folder or a zip archive."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from secondme.readers.archives import open_zip
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.clean import clean

UNPACKED = 20_000_000_000
"""Exports are large, and are read as a stream: only what a single chat holds is ever in memory."""
FILES = 200_000


@dataclass(frozen=True)
class ExportTree:
    """Relative names with `/`, and how to open them."""

    title: str
    names: Sequence[str]
    _file: BinaryIO | None = None
    _folder: Path | None = None
    _archive: zipfile.ZipFile | None = None

    @classmethod
    def of_file(cls, source: SourceFile) -> ExportTree:
        """A tree of one file."""
        return cls(source.name, (source.path.name,), _file=source.file)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """The bytes of one file. Raises Unreadable when it is not there or damaged."""
        try:
            if self._file is not None:
                self._file.seek(0)
                yield self._file
            elif self._archive is not None:
                with self._archive.open(name) as entry:
                    yield io.BufferedReader(cast(io.RawIOBase, entry))
            else:
                assert self._folder is not None
                descriptor = os.open(self._folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
                with os.fdopen(descriptor, "rb") as file:
                    yield file
        except (KeyError, FileNotFoundError) as error:
            raise Unreadable(f"its file {clean(name, keep_newlines=False)} is missing") from error
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise Unreadable(f"its file {clean(name, keep_newlines=False)} is damaged") from error

    def find(self, ending: str) -> list[str]:
        """Names that are `ending` or end with `/ending`, the shallowest first."""
        found = [name for name in self.names if name == ending or name.endswith(f"/{ending}")]
        return sorted(found, key=lambda name: (name.count("/"), name))


@contextmanager
def export_tree(path: Path) -> Iterator[ExportTree]:
    """The export at a path: a folder, a zip archive, or a single file. Raises Unreadable."""
    title = clean(path.stem if path.is_file() else path.name, keep_newlines=False)
    if path.is_dir():
        yield ExportTree(title, _below(path), _folder=path)
        return
    with path.open("rb") as file:
        if path.suffix.lower() == ".zip" and zipfile.is_zipfile(file):
            file.seek(0)
            with open_zip(file, unpacked=UNPACKED) as archive:
                names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
                yield ExportTree(title, names, _archive=archive)
        else:
            yield ExportTree(title, (path.name,), _file=file)


def _below(path: Path) -> list[str]:
    names: list[str] = []
    for folder, subfolders, files in os.walk(path, followlinks=False):
        subfolders.sort()
        inside = Path(folder).relative_to(path)
        names += [(inside / name).as_posix() for name in sorted(files)]
        if len(names) > FILES:
            raise Unreadable(f"the folder holds more than {FILES:,} files")
    return names
