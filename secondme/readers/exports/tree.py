"""An export as names and streams, whether it is a file, a folder or a zip archive."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from secondme.readers.archives import open_zip
from secondme.readers.documents import Unread
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.clean import clean

UNPACKED = 20_000_000_000
"""Exports are large, and are read as a stream: only what a single chat holds is ever in memory."""
FILES = 200_000
SHOWN = 5
"""So many names of files that were not read are shown."""
_OF_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".directory"})
_FOLDERS_OF_SYSTEMS = frozenset({"__macosx", ".spotlight-v100", ".trashes", ".fseventsd", "@eadir"})


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

    def left_out(self, read: Iterable[str], known: Iterable[str] = ()) -> Iterator[Unread]:
        """A remark that names files which were not read. `known`: base names of files that hold nothing to remember."""
        done, silent = set(read), set(known)
        rest = [name for name in self.names if name not in done and name.rsplit("/", 1)[-1] not in silent]
        if rest:
            shown = clean(", ".join(rest[:SHOWN]), keep_newlines=False)
            more = f" and {len(rest) - SHOWN:,} more" if len(rest) > SHOWN else ""
            yield Unread(f"files of it that are no chats were not read: {shown}{more}", failed=False)

    def find(self, ending: str) -> list[str]:
        """Names that are `ending` or end with `/ending`, the shallowest first."""
        found = [name for name in self.names if name == ending or name.endswith(f"/{ending}")]
        return sorted(found, key=lambda name: (name.count("/"), name))


def of_the_system(name: str) -> bool:
    """Whether a file belongs to a computer's own bookkeeping and not to the export (a Mac adds such to each zip)."""
    *folders, base = name.lower().split("/")
    return base.startswith("._") or base in _OF_SYSTEMS or any(folder in _FOLDERS_OF_SYSTEMS for folder in folders)


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
                names = [name for name in names if not of_the_system(name)]
                yield ExportTree(title, names, _archive=archive)
        else:
            yield ExportTree(title, (path.name,), _file=file)


def _below(path: Path) -> list[str]:
    names: list[str] = []
    for folder, subfolders, files in os.walk(path, followlinks=False):
        subfolders.sort()
        inside = Path(folder).relative_to(path)
        names += [file for name in sorted(files) if not of_the_system(file := (inside / name).as_posix())]
        if len(names) > FILES:
            raise Unreadable(f"the folder holds more than {FILES:,} files")
    return names
