"""Taking files in: reader → documents → spans → one transaction. A file is acknowledged when that has returned."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal

from secondme.clock import Clock, instant
from secondme.ids import derived_id
from secondme.ingest.chat_identity import WITHOUT_IDS, Recognition, earlier_chat, recognise
from secondme.ingest.file_records import move_file, span_identity, span_of, title_of
from secondme.ingest.secrets import mask_document
from secondme.ingest.turns import turn_passages
from secondme.ingest.walk import FileEntry, Stamp, uri_of
from secondme.readers.documents import ParsedDocument, Recognised
from secondme.readers.reader import Unreadable
from secondme.readers.registry import Unsupported
from secondme.readers.sandbox import FileReader
from secondme.text.chunking import CountTokens, Passage, passages
from secondme.text.clean import clean
from secondme.text.language import language_of
from storage.records import Document, FileRecord, KnownFile, SheetRecord, Source, Span
from storage.removal import Target, content_key, path_key
from storage.store import Store

BATCH_FILES = 256
BATCH_SPANS = 4000
BATCH_SECONDS = 0.5
"""A batch is written after so long: whoever stops it waits no longer, and sees meanwhile how far it is."""
"""A transaction ends after so many files or spans, less than half a second: one fsync for each file would take most of
the time, and the word index merges what many small ones leave."""
READ_AGAIN = 3
NOTES = 20
"""Reasons that are kept of one file; the rest is counted."""
ERASED = "it was erased from memory; `secondme ingest` takes it in again when you name it"

Outcome = Literal["added", "updated", "unchanged", "moved", "removed", "skipped", "failed"]


@dataclass(frozen=True)
class FileResult:
    """What became of a file. `spans`: new ones. `reasons`: what was not taken in, and why; what was masked."""

    path: Path
    outcome: Outcome
    spans: int = 0
    reasons: tuple[str, ...] = ()


@dataclass
class _Step:
    """A file that was read: the writes of its transaction, still to be done, and the reasons to report."""

    entry: FileEntry
    stamp: Stamp
    outcome: Outcome
    reasons: tuple[str, ...] = ()
    writes: list[Callable[[], object]] = field(default_factory=list)
    spans: int = 0
    """New ones that the writes will add."""
    unlisted: bool = False
    """True when nothing may be kept about the file, not even its path."""


class Ingestion:
    """Takes files in. One at a time, by one thread."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        count_tokens: CountTokens | None,
        max_bytes: int,
        reading: FileReader | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._count_tokens = count_tokens
        self._max_bytes = max_bytes
        self._reading = reading or FileReader()
        self._claimed: set[str] = set()
        self.before_each: Callable[[], None] = lambda: None
        """Called before each file is read, to wait while somebody else needs the machine."""

    def take_file(self, path: Path, *, me: Iterable[str] = (), folder_id: str | None = None) -> FileResult:
        """Take in a file that a person named, even if it was purged before. Never raises for what is wrong with it."""
        path = path.absolute()
        entry = FileEntry(uri_of(str(path)), str(path), (0, 0, 0))
        return next(self.take_files([entry], me=me, folder_id=folder_id, asked=True))

    def take_files(
        self,
        files: Iterable[FileEntry],
        *,
        me: Iterable[str] = (),
        folder_id: str | None = None,
        asked: bool = False,
        gone: set[str] | None = None,
    ) -> Iterator[FileResult]:
        """Take in files that are new or changed, several in each transaction; a result means it is acknowledged.

        `asked`: a person named them, so that they come in even if they were purged. `gone`: paths whose files are
        missing; one that is found again by its content is moved, and leaves the set.
        """
        names = frozenset(name.casefold() for name in me if name)
        self._claimed.clear()
        # While one batch is written the next one is read: SQLite lets Python go on meanwhile.
        with ThreadPoolExecutor(1, "commit") as writer:
            writing: Future[list[FileResult]] | None = None
            for steps in self._batches(files, names, folder_id, asked, gone if gone is not None else set()):
                next_one = writer.submit(self._commit, steps, folder_id)
                if writing is not None:
                    yield from writing.result()
                writing = next_one
            if writing is not None:
                yield from writing.result()

    def _batches(
        self, files: Iterable[FileEntry], me: frozenset[str], folder_id: str | None, asked: bool, gone: set[str]
    ) -> Iterator[list[_Step]]:
        steps: list[_Step] = []
        begun = self._clock.monotonic()
        for entry in files:
            self.before_each()
            steps.append(self._step(entry, me, folder_id, asked, gone))
            full = len(steps) >= BATCH_FILES or sum(step.spans for step in steps) >= BATCH_SPANS
            if full or self._clock.monotonic() - begun >= BATCH_SECONDS:
                yield steps
                steps = []
                begun = self._clock.monotonic()
        if steps:
            yield steps

    def take_export(self, path: Path, *, named: str, size: int, me: Iterable[str]) -> Iterator[FileResult]:
        """Take in a chat export, one result for each chat. `named`: its platform, or empty to recognise it.

        `size`: all its bytes. Raises Unreadable when it is no export, or at its first damage; chats before it are kept.
        """
        path = path.absolute()
        names = frozenset(name.casefold() for name in me if name)
        info = path.stat()
        stamp = (info.st_size, info.st_mtime_ns, info.st_ino)
        for item in self._reading.read_export(path, named, size, names):
            if isinstance(item, Recognised):
                continue
            if not isinstance(item, ParsedDocument):
                yield FileResult(path, "failed" if item.failed else "skipped", reasons=(item.reason,))
                continue
            document, said = mask_document(item)
            step = _Step(FileEntry(uri_of(str(path)), str(path), stamp), stamp, "unchanged", tuple(said))
            self._add_chat(step, document, "", stamp, None, asked=True)
            with self._store.spans.batch():
                for write in step.writes:
                    write()
            if step.spans:
                self._store.vectors.forget_loaded()
            yield FileResult(Path(document.title), "added" if step.spans else "unchanged", step.spans, step.reasons)

    # --- reading ------------------------------------------------------------------------------------

    def _step(self, entry: FileEntry, me: frozenset[str], folder_id: str | None, asked: bool, gone: set[str]) -> _Step:
        if entry.reason:
            return _Step(entry, entry.stamp, "skipped", (entry.reason,))
        try:
            for _ in range(READ_AGAIN):
                step = self._read(entry, me, folder_id, asked, gone)
                if step is not None:
                    return step
            return _Step(entry, (0, -1, 0), "failed", ("it is being written; it is read again when it rests",))
        except Unsupported as error:
            return self._unreadable(entry, "skipped", str(error))
        except Unreadable as error:
            return self._unreadable(entry, "failed", str(error))
        except OSError as error:
            return _Step(entry, entry.stamp, "failed", (f"it cannot be read ({error.strerror})",))

    def _unreadable(self, entry: FileEntry, outcome: Outcome, why: str) -> _Step:
        """What a file held before is no longer in it; it comes back as soon as the file can be read again."""
        step = _Step(entry, entry.stamp if entry.stamp != (0, 0, 0) else _stamp(entry.path), outcome, (why,))
        known = self._store.spans.file(entry.uri)
        if known is not None and not known.archived:
            now = instant(self._clock.now())
            step.writes.append(partial(self._store.spans.archive_source, known.source_id, now))
        return step

    def _read(
        self, entry: FileEntry, me: frozenset[str], folder_id: str | None, asked: bool, gone: set[str]
    ) -> _Step | None:
        """What has to be written for a file; None when it changed while it was read."""
        # A person may name a link. A scan lists regular files only, and a file must not have become a link since.
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if asked else os.O_NOFOLLOW)
        with os.fdopen(os.open(entry.path, flags), "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise Unsupported("it is not a regular file")
            stamp = (before.st_size, before.st_mtime_ns, before.st_ino)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            known = self._store.spans.file(entry.uri)
            step = _Step(replace(entry, stamp=stamp), stamp, "updated" if known else "added")
            if not asked and (known is None or known.archived) and self._erased(entry.uri, known, sha256):
                return replace(step, outcome="skipped", reasons=(ERASED,), unlisted=True)
            if asked and known and known.hidden:
                step.writes.append(partial(self._store.removal.unhide, Target("source", known.source_id, "")))
            if known is None:
                known = self._moved_here(step, sha256, folder_id, gone)
            if known is not None and known.sha256 == sha256 and _same_kind(known.uri, entry.uri):
                if known.archived:
                    step.writes.append(
                        partial(self._store.spans.revive_source, known.source_id, known.document_id, folder_id)
                    )
                elif step.outcome == "updated":
                    step.outcome = "unchanged"
                    seen = self._store.files.one(entry.uri)
                    step.reasons = (seen.reason,) if seen is not None and seen.reason else ()
                return step
            self._parse(step, file, known, sha256, me, folder_id, asked)
            after = os.fstat(file.fileno())
        return step if (after.st_size, after.st_mtime_ns) == stamp[:2] else None

    def _parse(
        self,
        step: _Step,
        file: BinaryIO,
        known: KnownFile | None,
        sha256: str,
        me: frozenset[str],
        folder_id: str | None,
        asked: bool,
    ) -> None:
        said: list[str] = []
        chats = texts = words = False
        for item in self._reading.read(Path(step.entry.path), file, step.stamp[0], self._max_bytes, me):
            if not isinstance(item, ParsedDocument):
                said.append(item.reason)
                continue
            document, hidden = mask_document(item)
            said += hidden
            if document.turns:
                chats = True
                self._add_chat(step, document, sha256, step.stamp, folder_id, asked=asked)
            else:
                texts = True
                words = words or bool(document.text.strip())
                self._add_text(step, document, known, sha256, folder_id, asked)
        if not chats and not texts:
            raise Unreadable("; ".join(said[:NOTES]) or "it holds nothing to read")
        if texts and not words and not chats:
            if said:
                raise Unreadable("; ".join(said[:NOTES]))
            raise Unsupported("it holds no text" if step.stamp[0] else "it is empty")
        if chats and not step.spans:
            step.outcome = "unchanged"  # an export that brought nothing new
        step.reasons = tuple(shortened(said))

    def _erased(self, uri: str, known: KnownFile | None, sha256: str) -> bool:
        source_id = known.source_id if known else derived_id("file", uri)
        return bool(self._store.spans.tombstones([source_id, path_key(uri), content_key(sha256)]))

    def _moved_here(self, step: _Step, sha256: str, folder_id: str | None, gone: set[str]) -> KnownFile | None:
        """A file that went missing elsewhere and has the content of this one: it was moved here."""
        if not step.stamp[0]:
            return None
        for one in self._store.spans.files_with_content(sha256):
            free = (one.archived or one.uri in gone) and one.source_id not in self._claimed
            if free and not one.hidden and one.uri != step.entry.uri:
                gone.discard(one.uri)
                self._claimed.add(one.source_id)
                step.outcome = "moved"
                step.writes.append(partial(move_file, self._store, one.uri, step.entry, folder_id, one.source_id))
                return one
        return None

    # --- writing ------------------------------------------------------------------------------------

    def _commit(self, steps: Sequence[_Step], folder_id: str | None) -> list[FileResult]:
        now = instant(self._clock.now())
        with self._store.spans.batch():
            for step in steps:
                for write in step.writes:
                    write()
            self._store.files.put(
                [
                    FileRecord(
                        step.entry.uri, folder_id, *step.stamp, _state(step), clean("; ".join(step.reasons)), now
                    )
                    for step in steps
                    if not step.unlisted
                ]
            )
        if any(step.outcome != "added" for step in steps):
            self._store.vectors.forget_loaded()
        return [FileResult(Path(step.entry.path), step.outcome, step.spans, step.reasons) for step in steps]

    def _add_text(
        self,
        step: _Step,
        parsed: ParsedDocument,
        known: KnownFile | None,
        sha256: str,
        folder_id: str | None,
        asked: bool,
    ) -> None:
        now = instant(self._clock.now())
        uri = step.entry.uri
        source_id = known.source_id if known else self._new_source_id(uri)
        self._lift(asked, [source_id, path_key(uri), content_key(sha256)])
        version = known.version + 1 if known else 1
        modified = instant(datetime.fromtimestamp(step.stamp[1] / 1e9, UTC))
        document = Document(
            id=derived_id(source_id, sha256, version),
            source_id=source_id,
            version=version,
            sha256=sha256,
            bytes=step.stamp[0],
            mtime_ns=step.stamp[1],
            inode=step.stamp[2],
            media=parsed.media,
            title=parsed.title,
            happened_at=parsed.happened_at or modified,
            precision=parsed.precision or "mtime",
            recorded_at=now,
            author=parsed.author,
            language=parsed.language or language_of(parsed.text),
        )
        cut = passages(parsed.text, parsed.blocks, self._count_tokens)
        made = [
            span_of(document.id, i, one, derived_id(document.id, one.start, one.end), document)
            for i, one in enumerate(cut)
        ]
        kept, fresh = self._kept(source_id, made) if known else ([], made)
        source = Source(source_id, "file", title_of(uri), uri, now, folder_id)
        sheets = [
            SheetRecord(
                sheet.name, [(c.name, c.kind) for c in sheet.columns], list(zip(sheet.starts, sheet.rows, strict=True))
            )
            for sheet in parsed.sheets
        ]
        step.spans += len(fresh)
        step.writes.append(
            partial(self._store.spans.add_version, source, document, fresh, now, kept=kept, sheets=sheets)
        )

    def _new_source_id(self, uri: str) -> str:
        """An id made from the path, or where a file that was moved away has that one, from the path and a number."""
        source_id, number = derived_id("file", uri), 1
        while self._store.spans.is_taken(source_id, uri):
            number += 1
            source_id = derived_id("file", uri, number)
        return source_id

    def _kept(self, source_id: str, made: Sequence[Span]) -> tuple[list[Span], list[Span]]:
        """(kept, new) of a new version's spans. A span with the same words stays what it was, wherever it stands now.

        Those in recall are found first; then archived ones, as when an edit is taken back.
        """
        held: dict[tuple[str, str, str, str], deque[Span]] = defaultdict(deque)
        for span, _ in self._store.spans.of_source(source_id):
            held[span_identity(span)].append(span)
        kept: list[Span] = []
        fresh: list[Span] = []
        for span in made:
            same = held.get(span_identity(span))
            if same:
                kept.append(replace(span, id=same.popleft().id))
            else:
                fresh.append(span)
        return kept, fresh

    def _add_chat(
        self,
        step: _Step,
        parsed: ParsedDocument,
        sha256: str,
        stamp: Stamp,
        folder_id: str | None,
        *,
        asked: bool,
    ) -> None:
        """Add what is new of an exported chat. Its id comes from the chat, so a later export only adds."""
        now = instant(self._clock.now())
        source_id = derived_id("import", "chat", parsed.chat_key)
        stored = self._store.spans.of_source(source_id)
        same = Recognition(frozenset(), {})
        if parsed.chat_key.startswith(WITHOUT_IDS):
            if not stored and (earlier := earlier_chat(parsed.turns, self._store)):
                source_id, stored = earlier, self._store.spans.of_source(earlier)
            if stored:
                same = recognise(parsed.turns, stored, partial(derived_id, source_id))
        if not asked and self._store.spans.tombstones([source_id]):
            return
        self._lift(asked, [source_id])
        document_id = derived_id(source_id, "turns")
        held: dict[str, Span] = {}
        of_message: dict[str, list[Span]] = defaultdict(list)
        for span, archived in stored:
            held[span.id] = span
            if not archived:
                of_message[span.origin or span.id].append(span)
        cut = turn_passages(parsed.turns, self._count_tokens)
        by_message: dict[str, list[tuple[int, Passage]]] = defaultdict(list)
        for i, passage in enumerate(cut):
            if passage.key not in same.held:
                origin = same.origins.get(passage.key) or derived_id(source_id, passage.key)
                by_message[origin].append((i, passage))
        purged = set() if asked else self._store.spans.tombstones(list(by_message))
        spans: list[Span] = []
        gone: list[str] = []
        for origin, pieces in by_message.items():
            if origin in purged:
                continue
            present = of_message.get(origin, [])
            if [(one.text, one.happened_at) for one in present] == [(p.text, p.happened_at) for _, p in pieces]:
                continue
            for i, passage in pieces:
                # The first text of a message has the id of the message; an edit gets one of its own.
                single = len(pieces) == 1
                span_id = origin if single else derived_id(source_id, f"{passage.key}#{passage.piece}")
                if span_id in held and held[span_id].text != passage.text:
                    span_id = derived_id(origin, passage.piece, passage.text)
                if span_id in held and held[span_id].happened_at != passage.happened_at:
                    span_id = derived_id(origin, passage.piece, passage.text, passage.happened_at or "")
                spans.append(span_of(document_id, i, passage, span_id, None, origin=origin))
            again = {span.id for span in spans[-len(pieces) :]}
            gone += [one.id for one in present if one.id not in again]
        if held and not spans and not gone:
            return
        last = max((turn.happened_at for turn in parsed.turns if turn.happened_at), default=None)
        document = Document(
            id=document_id,
            source_id=source_id,
            version=1,
            sha256=sha256,
            bytes=stamp[0],
            mtime_ns=stamp[1],
            inode=stamp[2],
            media=parsed.media,
            title=parsed.title,
            happened_at=last,
            precision="second" if last else "",
            recorded_at=now,
            language=parsed.language,
        )
        source = Source(source_id, "import", parsed.title, step.entry.uri, now, folder_id)
        step.spans += len(spans)
        step.writes.append(partial(self._store.spans.add_messages, source, document, spans, gone, now))

    def _lift(self, asked: bool, keys: list[str]) -> None:
        if asked and self._store.spans.tombstones(keys):
            self._store.spans.lift_tombstones(keys)


def shortened(reasons: Sequence[str]) -> list[str]:
    """The first NOTES reasons, and how many more there are."""
    more = [f"and {len(reasons) - NOTES} more"] if len(reasons) > NOTES else []
    return [*reasons[:NOTES], *more]


def _stamp(path: str) -> Stamp:
    info = Path(path).stat()
    return info.st_size, info.st_mtime_ns, info.st_ino


def _same_kind(one: str, other: str) -> bool:
    return Path(one).suffix.lower() == Path(other).suffix.lower()


def _state(step: _Step) -> str:
    return step.outcome if step.outcome in ("skipped", "failed") else "indexed"
