"""Zip archives, looked at before anything in them is unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from secondme.readers.reader import Unreadable

ENTRIES = 20_000
UNPACKED = 500_000_000
RATIO = 200
SMALL = 4_000_000
"""Up to so many bytes a high ratio is harmless (an empty spreadsheet packs very well)."""
PART = 200_000_000


@contextmanager
def open_zip(file: BinaryIO, *, unpacked: int = UNPACKED) -> Iterator[zipfile.ZipFile]:
    """The archive in a file after a look at its directory. Raises Unreadable for bombs, locked and broken ones."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check(archive, unpacked)
            yield archive
    except Unreadable:
        raise
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Unreadable("it is a damaged archive") from error
    except RuntimeError as error:
        raise Unreadable("it is protected by a password") from error


def _check(archive: zipfile.ZipFile, unpacked: int) -> None:
    entries = archive.infolist()
    if len(entries) > ENTRIES:
        raise Unreadable(f"it holds {len(entries):,} entries, more than {ENTRIES:,}")
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > unpacked or (total > SMALL and total > RATIO * max(packed, 1)):
        raise Unreadable(f"it would unpack to {total:,} bytes, far more than a document of its size")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("it is protected by a password")


def read_part(archive: zipfile.ZipFile, name: str, *, limit: int = PART) -> bytes:
    """One entry's bytes, counted while they unpack. Raises Unreadable when it is missing or larger than `limit`."""
    with _damage_named(name), archive.open(name) as entry:
        return read_limited(entry, limit)


@contextmanager
def _damage_named(name: str) -> Iterator[None]:
    """Turns what goes wrong while an entry unpacks into Unreadable."""
    try:
        yield
    except KeyError as error:
        raise Unreadable(f"its part {name!r} is missing") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"its part {name!r} is damaged") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise Unreadable(f"its part {name!r} is damaged") from error
        raise


def read_limited(stream: IO[bytes], limit: int) -> bytes:
    """All bytes of a stream. Raises Unreadable beyond `limit`."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(f"a part of it unpacks to more than {limit:,} bytes")
    return data


def refuse_entities(archive: zipfile.ZipFile) -> None:
    """Raise Unreadable when an XML part declares a document type: office files have none, XML bombs do."""
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            with _damage_named(entry.filename), archive.open(entry) as stream:
                head = stream.read(4096)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise Unreadable("its XML declares entities, as only bombs do")
