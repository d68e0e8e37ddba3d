"""Snapshots: everything that is truth in a single `.tar.zst`, the same bytes for the same store.

Members: `manifest.json` (sha256 and size of every other member), `tables/NAME.jsonl` with sorted rows,
`vectors/DIGEST.ids` and `vectors/DIGEST.f32` for each embedding model; on request `adapters/ID.json` and
`adapters/ID.gguf`. No Chroma files, no time or path of the export.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import zstandard

from secondme.adapters.travel import MEMBER, bring_adapters, check_adapters, write_adapters
from secondme.api import Progress
from secondme.errors import SecondMeError
from storage.faults import crash_point
from storage.store import Store
from storage.tables import TRUTH, Tables

FORMAT = "secondme-snapshot/1"
MANIFEST = "manifest.json"
LEVEL = 9
ADAPTERS = "adapters"
MANIFEST_LIMIT = 1_000_000
RATIO_LIMIT = 400
"""Text compresses up to some twenty times; what unpacks to more than this is a bomb."""
_NAME = re.compile(
    r"(?:tables/(?:" + "|".join(TRUTH) + r")\.jsonl|vectors/[0-9a-f]{16}\.(?:ids|f32)|" + MEMBER + r")\Z"
)


@dataclass(frozen=True)
class Manifest:
    """What a snapshot holds. `members`: (sha256, bytes) by name; `models`: model id by vector file digest."""

    members: dict[str, tuple[str, int]]
    models: dict[str, str]


def export_snapshot(store: Store, path: Path, *, adapters: bool = False) -> Iterator[Progress]:
    """Write the snapshot beside `path`, fsync it, then rename it into place. `adapters`: whether they go along. Raises
    SecondMeError."""
    path = path.expanduser().absolute()
    partial = path.with_name(path.name + ".part")
    try:
        with tempfile.TemporaryDirectory(prefix="export-", dir=store.folder) as staging:
            models = yield from _write_members(store, Path(staging))
            if adapters:
                write_adapters(store, Path(staging) / ADAPTERS)
            yield Progress("packing", 0, 1, "snapshot")
            _pack(Path(staging), models, partial)
            crash_point("snapshot.before_rename")
            partial.replace(path)
            crash_point("snapshot.after_rename")
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SecondMeError(
            f"The snapshot {path} cannot be written ({error.strerror}).", "Name a folder that is writable and has room."
        ) from error
    except GeneratorExit:
        partial.unlink(missing_ok=True)
        raise
    yield Progress("packing", 1, 1, "snapshot", detail=f"{path.stat().st_size:,} bytes")


def _write_members(store: Store, staging: Path) -> Generator[Progress, None, dict[str, str]]:
    models: dict[str, str] = {}
    with store.tables.read_transaction() as connection:
        for i, table in enumerate(TRUTH):
            member = staging / "tables" / f"{table}.jsonl"
            member.parent.mkdir(exist_ok=True)
            with member.open("w", encoding="utf-8") as out:
                for row in Tables.rows(connection, table):
                    out.write(json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n")
            yield Progress("exporting", i + 1, len(TRUTH) + 1, "tables")
        for model_id in Tables.models(connection):
            digest = hashlib.sha256(model_id.encode()).hexdigest()[:16]
            models[digest] = model_id
            (staging / "vectors").mkdir(exist_ok=True)
            with (
                (staging / "vectors" / f"{digest}.ids").open("w", encoding="utf-8") as ids,
                (staging / "vectors" / f"{digest}.f32").open("wb") as values,
            ):
                for span_id, vector in Tables.vectors(connection, model_id):
                    ids.write(span_id + "\n")
                    values.write(vector)
    yield Progress("exporting", len(TRUTH) + 1, len(TRUTH) + 1, "tables")
    return models


def _pack(staging: Path, models: dict[str, str], partial: Path) -> None:
    files = sorted(path for path in staging.rglob("*") if path.is_file())
    members = {}
    for file in files:
        with file.open("rb") as source:
            digest = hashlib.file_digest(source, "sha256").hexdigest()
        members[str(file.relative_to(staging))] = {"sha256": digest, "bytes": file.stat().st_size}
    manifest = json.dumps({"format": FORMAT, "members": members, "models": models}, sort_keys=True, indent=1).encode()
    descriptor = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        with (
            zstandard.ZstdCompressor(level=LEVEL).stream_writer(out, closefd=False) as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.USTAR_FORMAT) as tar,
        ):
            _add(tar, MANIFEST, len(manifest), io.BytesIO(manifest))
            for file in files:
                with file.open("rb") as source:
                    _add(tar, str(file.relative_to(staging)), file.stat().st_size, source)
        out.flush()
        crash_point("snapshot.before_fsync")
        os.fsync(out.fileno())


def _add(tar: tarfile.TarFile, name: str, size: int, source: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)  # time 0, owner 0: nothing of this machine
    info.size, info.mode = size, 0o600
    tar.addfile(info, source)


def verify_snapshot(path: Path) -> Manifest:
    """Check every member against the manifest; nothing is kept. Raises SecondMeError."""
    with tempfile.TemporaryDirectory(prefix="secondme-verify-") as staging:
        return _finish(unpack(path, Path(staging)))


def import_snapshot(store: Store, path: Path) -> Iterator[Progress]:
    """Check a snapshot whole, then bring it into this empty store in one transaction, and its adapters after it.
    Raises SecondMeError."""
    if not store.tables.empty():
        raise SecondMeError(
            "This memory is not empty; a snapshot needs an empty memory.",
            "Set SECONDME_HOME to a new folder and import it there.",
            "Nothing was changed.",
        )
    with tempfile.TemporaryDirectory(prefix="import-", dir=store.folder) as staging:
        yield Progress("checking", 0, 2, "steps")
        manifest = _finish(unpack(path, Path(staging)))
        yield Progress("importing", 1, 2, "steps")
        carried = Path(staging) / ADAPTERS
        try:
            check_adapters(carried)
            folder = Path(staging) / "tables"
            rows = {table: rows_of(folder / f"{table}.jsonl") for table in TRUTH}
            store.tables.insert(
                rows | {"verdicts": itertools.chain(rows["verdicts"], _older_verdicts(folder))},
                _vectors(Path(staging) / "vectors", manifest.models),
            )
            bring_adapters(store, carried)
        except ValueError as error:
            raise _refused(path, str(error)) from error
    yield Progress("importing", 2, 2, "steps")


def _finish(steps: Generator[int, None, Manifest]) -> Manifest:
    """Work through the steps, for their result."""
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            manifest: Manifest = ended.value
            return manifest


def unpack(path: Path, staging: Path) -> Generator[int, None, Manifest]:
    """Members into `staging` under names of ours, each checked; nothing is written anywhere else.

    Yields how many bytes of the file were read, after each member. Raises SecondMeError.
    """
    try:
        limit = path.stat().st_size * RATIO_LIMIT + 64_000_000
        with (
            path.open("rb") as file,
            zstandard.ZstdDecompressor().stream_reader(file) as plain,
            tarfile.open(fileobj=plain, mode="r|") as tar,
        ):
            manifest: Manifest | None = None
            seen: set[str] = set()
            for info in tar:
                if manifest is None:
                    manifest = _manifest(path, tar, info)
                    continue
                if not info.isreg() or not _NAME.match(info.name) or info.name not in manifest.members:
                    raise _refused(path, f"it holds a member that does not belong there ({info.name!r})")
                if info.name in seen or info.size != manifest.members[info.name][1]:
                    raise _refused(path, f"{info.name} comes twice or has another size than promised")
                seen.add(info.name)
                limit -= info.size
                if limit < 0:
                    raise _refused(path, "it unpacks to far more than its size")
                _unpack_member(path, tar, info, staging, manifest.members[info.name][0])
                yield file.tell()
    except FileNotFoundError as error:
        raise SecondMeError(f"There is no snapshot {path}.", "Check the path.") from error
    except (OSError, tarfile.TarError, zstandard.ZstdError, EOFError) as error:
        raise _refused(path, f"it cannot be unpacked ({error})") from error
    if manifest is None:
        raise _refused(path, "it is empty")
    missing = manifest.members.keys() - seen
    if missing:
        raise _refused(path, f"{sorted(missing)[0]} is missing")
    return manifest


def _manifest(path: Path, tar: tarfile.TarFile, info: tarfile.TarInfo) -> Manifest:
    source = tar.extractfile(info) if info.isreg() else None
    if info.name != MANIFEST or source is None or info.size > MANIFEST_LIMIT:
        raise _refused(path, "it does not begin with a manifest")
    try:
        data: dict[str, Any] = json.loads(source.read())
        if data["format"] != FORMAT:
            raise _refused(path, f"its format is {data['format']!r}, not {FORMAT}")
        members = {str(n): (str(m["sha256"]), int(m["bytes"])) for n, m in data["members"].items()}
        return Manifest(members, {str(key): str(value) for key, value in data["models"].items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused(path, "its manifest cannot be read") from error


def _unpack_member(path: Path, tar: tarfile.TarFile, info: tarfile.TarInfo, staging: Path, sha256: str) -> None:
    source = tar.extractfile(info)
    assert source is not None
    target = staging / info.name  # the pattern allows only names of ours
    target.parent.mkdir(exist_ok=True)
    digest = hashlib.sha256()
    with target.open("wb") as out:
        while block := source.read(1 << 20):
            digest.update(block)
            out.write(block)
    if digest.hexdigest() != sha256:
        raise _refused(path, f"{info.name} is damaged (its sha256 is another)")


def rows_of(file: Path) -> Iterator[dict[str, Any]]:
    """The rows of a table that was unpacked; none where there is no such file. Raises ValueError."""
    if not file.exists():
        return
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError(f"a row of {file.stem} is no object")
            yield row


def _older_verdicts(folder: Path) -> Iterator[dict[str, Any]]:
    """Snapshots of older releases kept a person's verdict with each statement."""
    found = {
        (row["subject"], row["relation"], row["object"]): row
        for row in rows_of(folder / "statements.jsonl")
        if row.get("verdict")
    }
    for row in found.values():
        yield {name: row[name] for name in ("subject", "relation", "object", "verdict")} | {"at": row["valid_from"]}


def _vectors(folder: Path, models: dict[str, str]) -> Iterator[tuple[str, str, bytes]]:
    for digest, model_id in models.items():
        ids = (folder / f"{digest}.ids").read_text(encoding="utf-8").split()
        values = (folder / f"{digest}.f32").read_bytes()
        if not ids or len(values) % len(ids):
            raise ValueError("vectors and ids differ in number")
        size = len(values) // len(ids)
        for i, span_id in enumerate(ids):
            yield span_id, model_id, values[i * size : (i + 1) * size]


def _refused(path: Path, why: str) -> SecondMeError:
    return SecondMeError(
        f"{path.name} is not a sound snapshot: {why}.", "Export it again, or use another copy.", "Nothing was imported."
    )
