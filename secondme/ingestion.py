"""Taking files in: reader → document → spans → one transaction. When that returns, it is acknowledged."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from secondme.chunking import CountTokens
from secondme.clock import Clock, instant
from secondme.documents import ParsedDocument, Passage
from secondme.ids import derived_id
from secondme.readers.reader import Unreadable, read_file
from secondme.text import clean
from storage.records import Document, KnownFile, Source, Span
from storage.removal import Target
from storage.store import Store

IGNORED_FOLDERS = frozenset(
    {"node_modules", "__pycache__", "venv", "site-packages", "target", "dist", "build", "lost+found"}
)
SECRET_FILES = (".env", ".pem", ".key", ".p12", ".pfx", ".kdbx")
SECRET_NAMES = frozenset({"id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "credentials"})

Outcome = Literal["added", "updated", "unchanged", "skipped"]


@dataclass(frozen=True)
class FileResult:
    """What became of a file. `spans`: new ones. `reasons`: what was not taken in, and why."""

    path: Path
    outcome: Outcome
    spans: int = 0
    reasons: tuple[str, ...] = ()


def files_below(path: Path) -> Iterator[tuple[Path, str]]:
    """(file, reason to skip it or empty) for a file or everything below a folder, in a stable order.

    Hidden folders and those that hold no memories (node_modules, caches) are passed over; links are not followed.
    """
    if not path.is_dir():
        yield path, ""
        return
    for folder, subfolders, names in os.walk(path, followlinks=False):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and name not in IGNORED_FOLDERS)
        for name in sorted(names):
            file = Path(folder) / name
            if name.startswith(".") and not name.startswith(".env"):
                continue
            if name in SECRET_NAMES or name.startswith(".env") or file.suffix.lower() in SECRET_FILES:
                yield file, "it looks like a secret"
            elif file.is_symlink():
                yield file, "links are not followed"
            else:
                yield file, ""


class Ingestion:
    """Takes files in. One at a time, by one thread."""

    def __init__(self, store: Store, clock: Clock, *, count_tokens: CountTokens | None, max_bytes: int) -> None:
        self._store = store
        self._clock = clock
        self._count_tokens = count_tokens
        self._max_bytes = max_bytes

    def take_file(self, path: Path, *, me: str, folder_id: str | None = None, asked: bool = True) -> FileResult:
        """Take a file in if it is new or changed. Never raises for what is wrong with the file.

        `asked`: a person named it, so that it comes in even if it was purged before.
        """
        try:
            return self._take(path, me, folder_id, asked)
        except Unreadable as error:
            return FileResult(path, "skipped", reasons=(str(error),))
        except OSError as error:
            return FileResult(path, "skipped", reasons=(f"it cannot be read ({error.strerror})",))

    def _take(self, path: Path, me: str, folder_id: str | None, asked: bool) -> FileResult:
        path = path.absolute()
        uri = str(path)
        uri = uri.encode("utf-8", "backslashreplace").decode("utf-8")
        known = self._store.spans.known_file(uri)
        data, info = self._bytes(path)
        sha256 = hashlib.sha256(data).hexdigest()
        if known and known.hidden and asked:
            self._store.removal.unhide(Target("source", known.source_id, ""))
            self._store.vectors.forget_loaded()
        if known and known.sha256 == sha256:
            self._store.spans.seen_again(known.document_id, info.st_size, info.st_mtime_ns, info.st_ino)
            if known.archived:
                self._store.spans.revive_source(known.source_id, known.document_id)
                self._store.vectors.forget_loaded()
                return FileResult(path, "updated")
            return FileResult(path, "unchanged")
        parsed = read_file(path, data, me, self._count_tokens)
        added = 0
        for document in parsed.documents:
            if document.chat_key:
                added += self._take_chat(document, uri, sha256, info, folder_id, asked)
            else:
                added += self._take_text(document, known, uri, sha256, info, folder_id, asked)
        outcome: Outcome = "updated" if known else "added"
        if not known and not added:  # a chat export that brought nothing new
            outcome = "unchanged"
        return FileResult(path, outcome, added, tuple(parsed.skipped))

    def _bytes(self, path: Path) -> tuple[bytes, os.stat_result]:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(descriptor, "rb") as file:
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise Unreadable("it is not a regular file")
            if info.st_size > self._max_bytes:
                raise Unreadable(f"it is larger than {self._max_bytes:,} bytes (setting ingest.max_bytes)")
            return file.read(), info

    def _take_text(
        self,
        parsed: ParsedDocument,
        known: KnownFile | None,
        uri: str,
        sha256: str,
        info: os.stat_result,
        folder_id: str | None,
        asked: bool,
    ) -> int:
        now = instant(self._clock.now())
        source_id = derived_id("file", uri)
        if not self._welcome(source_id, asked):
            return 0
        version = known.version + 1 if known else 1
        modified = instant(datetime.fromtimestamp(info.st_mtime, UTC))
        title = clean(Path(uri).name, keep_newlines=False)
        document = Document(
            id=derived_id(source_id, sha256, version),
            source_id=source_id,
            version=version,
            sha256=sha256,
            bytes=info.st_size,
            mtime_ns=info.st_mtime_ns,
            inode=info.st_ino,
            media=parsed.media,
            title=title,
            happened_at=modified,
            precision="mtime",
            recorded_at=now,
        )
        spans = [
            span_of(document.id, i, passage, derived_id(document.id, passage.start, passage.end), document)
            for i, passage in enumerate(parsed.passages)
        ]
        source = Source(source_id, "file", title, clean(uri, keep_newlines=False), now, folder_id)
        self._store.spans.add_version(source, document, spans, now)
        if known:
            self._store.vectors.forget_loaded()
        return len(spans)

    def _take_chat(
        self,
        parsed: ParsedDocument,
        uri: str,
        sha256: str,
        info: os.stat_result,
        folder_id: str | None,
        asked: bool,
    ) -> int:
        """Add what is new of an exported chat. Its id comes from the chat, so a later export only adds."""
        now = instant(self._clock.now())
        source_id = derived_id("import", "chat", parsed.chat_key)
        if not self._welcome(source_id, asked):
            return 0
        document_id = derived_id(source_id, "turns")
        held = {span_id: text for span_id, text, _, _ in self._store.spans.ids_and_texts(document_id)}
        purged = (
            set() if asked else self._store.spans.tombstoned([derived_id(source_id, p.key) for p in parsed.passages])
        )
        spans: list[Span] = []
        gone: list[str] = []
        for i, passage in enumerate(parsed.passages):
            first = derived_id(source_id, passage.key)
            # The first text of a message has the id of the message; an edit gets one of its own.
            span_id = first if held.get(first, passage.text) == passage.text else derived_id(first, passage.text)
            if span_id in held or first in purged:
                continue
            if span_id != first:
                gone.append(first)
            spans.append(span_of(document_id, i, passage, span_id, None))
        last = max((p.happened_at for p in parsed.passages if p.happened_at), default=None)
        document = Document(
            id=document_id,
            source_id=source_id,
            version=1,
            sha256=sha256,
            bytes=info.st_size,
            mtime_ns=info.st_mtime_ns,
            inode=info.st_ino,
            media=parsed.media,
            title=parsed.title,
            happened_at=last,
            precision="second" if last else "",
            recorded_at=now,
        )
        source = Source(source_id, "import", parsed.title, clean(uri, keep_newlines=False), now, folder_id)
        if spans or not held:
            self._store.spans.add_messages(source, document, spans, gone, now)
        if gone:
            self._store.vectors.forget_loaded()
        return len(spans)

    def _welcome(self, source_id: str, asked: bool) -> bool:
        """Whether this source may come in: not if it was purged, unless a person asks for it by name."""
        if not self._store.spans.tombstoned([source_id]):
            return True
        if asked:
            self._store.spans.lift_tombstones([source_id])
        return asked


def span_of(document_id: str, ordinal: int, passage: Passage, span_id: str, file: Document | None) -> Span:
    """A passage as a span; an undated one of a file has the file's date, marked as such."""
    dated = passage.happened_at is not None or file is None
    return Span(
        id=span_id,
        document_id=document_id,
        ordinal=ordinal,
        section=passage.section,
        start=passage.start,
        end=passage.end,
        line=passage.line,
        text=passage.text,
        heading=clean(passage.heading, keep_newlines=False),
        speaker=passage.speaker,
        role=passage.role,
        evidence=passage.role != "assistant",
        happened_at=passage.happened_at if dated or file is None else file.happened_at,
        happened_offset=passage.happened_offset,
        precision=passage.precision if dated or file is None else file.precision,
    )


def total_size(files: Sequence[Path]) -> int:
    """Bytes of files that can be looked at."""
    size = 0
    for file in files:
        try:
            size += file.stat().st_size
        except OSError:
            continue
    return size
