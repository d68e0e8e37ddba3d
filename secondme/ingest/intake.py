"""Taking in what a person names: files, folders, chat exports; and what could not be taken in."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from secondme.api import Failed, FileTrouble, ImportSurvey, Ingested, IngestEvent, Progress, Skipped
from secondme.clock import Clock, instant
from secondme.errors import NothingFound, SecondMeError, UsageError
from secondme.ingest.ingestion import FileResult, Ingestion, shortened
from secondme.ingest.walk import FileEntry, files_below, path_of, uri_of
from secondme.readers.documents import ParsedDocument, Recognised
from secondme.readers.reader import Unreadable
from secondme.readers.sandbox import FileReader
from secondme.text.clean import clean
from storage.records import FileRecord
from storage.store import Store

SHOW_SECONDS = 0.1
SPEAKERS = 12


class Intake:
    """One thing is taken in at a time; it waits while a person is being answered."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        make: Callable[[FileReader], Ingestion],
        me: Callable[[], Sequence[str]],
        wait_quiet: Callable[[], None],
        on_written: Callable[[], None],
    ) -> None:
        """`wait_quiet` returns when no answer is being written; `on_written` is told of what is acknowledged."""
        self._store = store
        self._clock = clock
        self._make = make
        self._me = me
        self._wait_quiet = wait_quiet
        self._on_written = on_written
        self._reading = FileReader()
        self.writing = threading.Lock()
        """Held while files are read and written."""
        self.activity = ""
        """What is being taken in now, or empty."""

    def ingestion(self) -> Ingestion:
        """What takes files in. The caller holds `writing`."""
        made = self._make(self._reading)
        made.before_each = self._wait_quiet
        return made

    @contextlib.contextmanager
    def working(self, activity: str) -> Iterator[None]:
        """Show an activity while files are taken in; then end the process that reads risky formats. The caller holds
        `writing`."""
        self.activity = activity
        try:
            yield
        finally:
            self.activity = ""
            self._reading.close()
            self._on_written()

    def report(self, activity: str) -> None:
        """Show how far the work in hand is."""
        self.activity = activity
        self._on_written()

    def close(self) -> None:
        """End the process that reads risky formats. The caller holds `writing`."""
        self._reading.close()

    # --- files and folders --------------------------------------------------------------------------

    def files(self, paths: Sequence[Path], me: str | None) -> Iterator[IngestEvent]:
        """Take in files and folders, then an Ingested; a person named them, so erased ones come back."""
        begun = self._clock.monotonic()
        missing = [path for path in paths if not path.exists() and not path.is_symlink()]
        if missing:
            yield Failed(
                f"There is no file or folder {clean(str(missing[0]), keep_newlines=False)}.",
                "Check the path and try again.",
                "Nothing was taken in.",
            )
            return
        counts: Counter[str] = Counter()
        spans = 0
        with self.writing, self.working("looking for files"):
            files = [entry for path in paths for entry in _named(path.absolute())]
            if not files:
                yield Failed(
                    f"There are no files in {clean(str(paths[0]), keep_newlines=False)}.",
                    "Name a folder with documents, notes, tables, mail, source code or chats.",
                )
                return
            owners = {folder.path: folder.id for folder in self._store.folders.all()}
            names = [me] if me else self._me()
            shown = begun
            done = 0
            for folder_id, group in _by_folder(files, owners):
                for result in self.ingestion().take_files(group, me=names, folder_id=folder_id, asked=True):
                    done += 1
                    counts[result.outcome] += 1
                    spans += result.spans
                    yield from _skips(result)
                    now = self._clock.monotonic()
                    if now - shown > SHOW_SECONDS or done == len(files):
                        shown = now
                        self.report(f"reading files ({done:,} of {len(files):,})")
                        yield progress("reading", done, len(files), "files", now - begun)
        yield Ingested(
            counts["added"],
            counts["updated"] + counts["moved"],
            counts["unchanged"],
            counts["skipped"],
            spans=spans,
            seconds=round(self._clock.monotonic() - begun, 3),
            failed=counts["failed"],
        )

    # --- exports ------------------------------------------------------------------------------------

    def survey_export(self, path: Path, platform: str) -> ImportSurvey:
        """What an export holds and who speaks in it; nothing is taken in. Raises SecondMeError."""
        path = _existing(path)
        names = frozenset(name.casefold() for name in self._me())
        said: Counter[str] = Counter()
        chats = messages = 0
        mine = False
        found = ""
        with self.writing:
            try:
                for item in self._reading.read_export(path, platform, _size(path), names):
                    if isinstance(item, ParsedDocument):
                        chats += 1
                        messages += len(item.turns)
                        mine = mine or any(turn.role == "me" for turn in item.turns)
                        said.update(turn.speaker for turn in item.turns if turn.role == "other" and not turn.place)
                    elif isinstance(item, Recognised):
                        found = item.platform
            except Unreadable as error:
                self._keep_reasons(path, [str(error)], failed=True)
                raise _refused(path, error) from error
            finally:
                self._reading.close()
        return ImportSurvey(found, chats, messages, tuple(said.most_common(SPEAKERS)), mine)

    def export(self, path: Path, platform: str, me: str | None) -> Iterator[IngestEvent]:
        """Take in a chat export; a later export of the same chats adds only what is new.

        What could not be read is kept with the export's path, for the list of failures.
        """
        begun = shown = self._clock.monotonic()
        path = _existing(path)
        name = clean(str(path), keep_newlines=False)
        counts: Counter[str] = Counter()
        said: list[str] = []
        spans = 0
        names = [me] if me else self._me()
        with self.writing, self.working("importing chats"):
            try:
                for result in self.ingestion().take_export(path, named=platform, size=_size(path), me=names):
                    said += result.reasons
                    if result.outcome in ("skipped", "failed"):
                        failed = result.outcome == "failed"
                        yield Skipped(name, result.reasons[0], "failed" if failed else "note")
                        counts["failed"] += failed
                        continue
                    counts[result.outcome] += 1
                    spans += result.spans
                    yield from (Skipped(str(result.path), why, "note") for why in result.reasons)
                    now = self._clock.monotonic()
                    if now - shown > SHOW_SECONDS:
                        shown = now
                        done = counts["added"] + counts["unchanged"]
                        self._on_written()
                        yield Progress("importing", done, done, "chats", round(done / max(now - begun, 0.001), 1))
                    self._wait_quiet()
                if not counts["added"] and not counts["unchanged"]:
                    raise Unreadable("; ".join(said[:3]) or "no chat in it holds a message")
            except Unreadable as error:
                taken = bool(counts["added"] or counts["unchanged"])
                self._keep_reasons(path, [*said, str(error)] if taken else [str(error)], failed=not taken)
                if not taken:
                    raise _refused(path, error) from error
                yield Skipped(name, str(error), "failed")
                counts["failed"] += 1
            else:
                self._keep_reasons(path, said, failed=False)
        seconds = round(self._clock.monotonic() - begun, 3)
        yield Ingested(
            counts["added"], 0, counts["unchanged"], 0, spans=spans, seconds=seconds, failed=counts["failed"]
        )

    def _keep_reasons(self, path: Path, reasons: Sequence[str], *, failed: bool) -> None:
        """Keep what could not be read of an export with its path; nothing to say takes an earlier reason back."""
        uri = uri_of(str(path))
        seen = self._store.files.one(uri)
        info = path.stat()
        same = seen is not None and (seen.bytes, seen.mtime_ns) == (info.st_size, info.st_mtime_ns)
        if failed and seen is not None and same and seen.state == "indexed":
            return  # it was read as it is: that it is no export is no trouble with it
        record = seen or FileRecord(uri, None, info.st_size, info.st_mtime_ns, info.st_ino, "indexed", "")
        state = "failed" if failed else "indexed"
        reason = clean("; ".join(shortened(reasons)), keep_newlines=False)
        self._store.files.put([replace(record, state=state, reason=reason, seen_at=instant(self._clock.now()))])

    # --- what was not taken in ----------------------------------------------------------------------

    def failures(self, *, include_skipped: bool) -> list[FileTrouble]:
        """Files that could not be read, with `include_skipped` those that nobody reads too, and notes on others."""
        states = ("failed", "skipped") if include_skipped else ("failed",)
        records = [*self._store.files.troubles(states=states), *self._store.files.notes()]
        return [
            FileTrouble(
                record.path,
                record.state if record.state != "indexed" else "note",
                record.reason,
                record.folder_id or "",
            )
            for record in records
        ]

    def retry(self, paths: Sequence[Path]) -> tuple[list[str], list[Path], int]:
        """(folders to look at, single files to read, how many failed files that is): all, or these."""
        wanted = {uri_of(str(path.absolute())) for path in paths}
        records = [
            record for record in self._store.files.troubles(states=("failed",)) if not wanted or record.path in wanted
        ]
        if wanted and not records:
            raise NothingFound("None of these files failed.", "`secondme failures` lists those that did.")
        self._store.files.retry([record.path for record in records])
        folders = sorted({record.folder_id for record in records if record.folder_id})
        alone = [Path(path_of(record.path)) for record in records if not record.folder_id]
        self._store.files.drop([uri_of(str(path)) for path in alone if not path.exists()])
        return folders, [path for path in alone if path.exists()], len(records)


def progress(stage: str, done: int, total: int, unit: str, seconds: float) -> Progress:
    """How far something is after so many seconds."""
    rate = done / seconds if seconds > 0 else 0.0
    left = (total - done) / rate if rate > 0 else None
    return Progress(stage, done, total, unit, round(rate, 1), None if left is None else round(left, 1))


def _named(path: Path) -> Iterator[FileEntry]:
    """Files that a person named: the very file, a link too, or everything below a folder."""
    if path.is_dir():
        yield from files_below(str(path))
    else:
        yield FileEntry(uri_of(str(path)), str(path), (0, 0, 0))


def _by_folder(files: Sequence[FileEntry], owners: dict[str, str]) -> Iterator[tuple[str | None, list[FileEntry]]]:
    """Files by the watched folder that they lie in, in order."""
    groups: dict[str | None, list[FileEntry]] = {}
    for entry in files:
        owner = next((owners[root] for root in owners if entry.path.startswith(f"{root.rstrip('/')}/")), None)
        groups.setdefault(owner, []).append(entry)
    yield from groups.items()


def _skips(result: FileResult) -> Iterator[Skipped]:
    state = result.outcome if result.outcome in ("skipped", "failed") else "note"
    path = clean(uri_of(str(result.path)), keep_newlines=False)
    if result.outcome != "unchanged":
        yield from (Skipped(path, why, state) for why in result.reasons)


def _existing(path: Path) -> Path:
    path = path.expanduser().absolute()
    if not path.exists():
        raise NothingFound(f"There is no file or folder {clean(str(path), keep_newlines=False)}.", "Check the path.")
    return path


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(file.lstat().st_size for file in path.rglob("*") if file.is_file())


def _refused(path: Path, error: Unreadable) -> SecondMeError:
    return UsageError(
        f"{clean(str(path), keep_newlines=False)} cannot be imported: {error}.",
        "Exports of ChatGPT, Claude, Telegram, WhatsApp, Slack and Discord are known; `--as` says which it is.",
        "Nothing was taken in.",
    )
