"""The models on this computer: pulled from the hub, checked, pinned and removed.

    <folder>/<owner>/<name>@<commit>/<file>     whole, checked models
    <folder>/.records/<model>.json              what was pulled from where, and its digests
    <folder>/.partial/<owner>--<name>/<digest>  the first bytes of files that are not whole yet

A file gets its name, by a rename, only after its digest agreed with the hub's. The record is written after all files.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from models.hub.catalogue import Format
from models.hub.client import Hub, HubFile, Listing, NotOnHub, OddAnswer, Unreachable
from models.hub.fetch import Fetch, FetchProgress, Rate, WrongContent
from models.hub.local_pins import LocalPins, check_digest
from models.hub.record import PulledFile, PulledModel, place_of, read_record
from models.hub.reference import ModelReference
from models.hub.selection import Selection, quantization_of, select
from models.machine.atomic_file import replace_file, sync_folder
from models.machine.digests import check_file, git_blob_hasher, hash_into, record_digest, sha256_of
from models.protocol import ModelError

SPARE_BYTES = 500_000_000
"""Room on the disk that a pull leaves free."""
MOST_FILE_BYTES = 50_000_000_000
"""The hub's own limit for plain HTTP, as `huggingface_hub` 2.4 states it."""
LISTING_TRIES = 3
LONGEST_LISTING_WAIT = 10.0


@dataclass(frozen=True)
class PullPlan:
    """What a pull would bring: the files, with sizes and digests, at a pinned commit."""

    reference: ModelReference
    endpoint: str
    listing: Listing
    selection: Selection
    left: int
    """Bytes that are still to come."""


@dataclass(frozen=True)
class PullProgress:
    """How far a pull is, over all files. `seconds_left` is None until the rate is known."""

    stage: str
    file: str
    done: int
    """Bytes that are here."""
    total: int
    per_second: float
    """Bytes a second, lately."""
    seconds_left: float | None


class ModelStore:
    """The models below `folder`, which is made on demand.

    `clock` counts seconds, `wait` sleeps for some seconds, `free` returns the free bytes of a folder's disk.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._folder = folder
        self._records = folder / ".records"
        self._partial = folder / ".partial"
        self._pins = LocalPins(self._records)
        self._clock = clock
        self._wait = wait
        self._free = free

    # --- pulling ----------------------------------------------------------------------------------

    def plan(self, reference: ModelReference, hub: Hub) -> PullPlan:
        """Ask the hub what a pull would bring. Raises ModelError (NotOnHub, Unreachable, OddAnswer)."""
        known = reference.known
        revision = reference.revision or (known.revision if known else "")
        listing = self.listing(reference.repository, revision, hub)
        quantization = reference.quantization or (known.default_quantization if known and not reference.path else "")
        selection = select(listing, quantization, reference.path)
        _refuse_unfit(selection.files)
        pinned = known.digests.get(selection.quantization) if known and not reference.revision else None
        if pinned and [file.sha256 for file in selection.files] != [pinned]:
            raise OddAnswer(
                f"The hub's file of {selection.quantization} in {reference.repository} is not the one the catalogue "
                "vouches for.",
                "Under its full name, owner/name:QUANTIZATION, it can be pulled all the same.",
            )
        return self._plan(reference, listing, selection, hub)

    def plan_files(self, reference: ModelReference, format: Format, digests: Mapping[str, str], hub: Hub) -> PullPlan:
        """Plan a pull of just these files, whose sha256 (hex) are known. Raises ModelError as `plan` does."""
        listing = self.listing(reference.repository, reference.revision, hub)
        offered = {file.path: file for file in listing.files}
        missing = [path for path in digests if path not in offered]
        if missing:
            raise NotOnHub(f"The hub has no {missing[0]} in {reference.repository}.", "Try again later.")
        # The hub keeps small files without a sha256: they are held to the one that is known here.
        files = tuple(replace(offered[path], sha256=sha256) for path, sha256 in digests.items())
        if any(offered[file.path].sha256 not in ("", file.sha256) for file in files):
            raise OddAnswer(
                f"The hub's files of {reference.repository} are not those that this program was tested with.",
                "Nothing was fetched; a newer version of this program may know them.",
            )
        _refuse_unfit(files)
        return self._plan(reference, listing, Selection(format, quantization_of(files[0].path), files), hub)

    def _plan(self, reference: ModelReference, listing: Listing, selection: Selection, hub: Hub) -> PullPlan:
        left = sum(
            file.size - _size_of(self._partial_of(listing, file))
            for file in selection.files
            if not self._target(listing, file).exists()
        )
        return PullPlan(reference, hub.endpoint, listing, selection, left)

    def listing(self, repository: str, revision: str, hub: Hub) -> Listing:
        """What the hub holds of a repository. A busy hub is asked again. Raises as `Hub.listing`."""
        for attempt in range(1, LISTING_TRIES + 1):
            try:
                return hub.listing(repository, revision)
            except Unreachable as error:
                if attempt == LISTING_TRIES or error.wait > LONGEST_LISTING_WAIT:
                    raise
                self._wait(error.wait or 1.0)
        raise AssertionError("the last attempt returns or raises")

    def pull(self, plan: PullPlan, hub: Hub) -> Generator[PullProgress | PulledModel]:
        """Pull what is planned: progress, then the model. After an interruption the next pull goes on from there.

        Raises ModelError: no room, another pull of this repository, a failure of the hub, wrong content twice.
        """
        with self._lock(plan.listing.repository):
            self._check_room(plan)
            done, fetched, rate = 0, 0, Rate(self._clock)
            files: list[PulledFile] = []
            for file in plan.selection.files:
                target = self._target(plan.listing, file)
                if not self._has(target, file):
                    came = 0
                    for step in self._fetch(plan, file, hub):
                        came = step.fetched
                        per_second = rate.per_second(fetched + came)
                        left = plan.selection.size - done - step.done
                        yield PullProgress(
                            step.stage,
                            file.path,
                            done + step.done,
                            plan.selection.size,
                            per_second,
                            left / per_second if per_second else None,
                        )
                    fetched += came
                    self._name(self._partial_of(plan.listing, file), target, file)
                done += file.size
                files.append(PulledFile(file.path, file.size, file.sha256 or sha256_of(target, self._records)))
            known = plan.reference.known
            model = PulledModel(
                plan.listing.repository,
                plan.listing.commit,
                plan.selection.format,
                plan.selection.quantization,
                tuple(files),
                known.name if known else "",
                known.kind if known else "chat",
                known.licence if known else plan.listing.licence,
                plan.endpoint,
                datetime.now(UTC).isoformat(timespec="seconds"),
            )
            replace_file(self._records / model.record_name, model.to_json())
            self._drop_partials(plan.listing)
        yield model

    def _fetch(self, plan: PullPlan, file: HubFile, hub: Hub) -> Iterator[FetchProgress]:
        partial = self._partial_of(plan.listing, file)
        _make(partial.parent)
        fetch = Fetch(hub, plan.listing.repository, plan.listing.commit, file, partial, self._wait)
        try:
            yield from fetch.run()
        except WrongContent:
            # The earlier part may be old or damaged; what comes now in one go may not be.
            partial.unlink(missing_ok=True)
            try:
                yield from fetch.run()
            except WrongContent as error:
                partial.unlink(missing_ok=True)
                raise OddAnswer(
                    f"What the hub sends as {file.path} is not what it describes: its digest is another, twice.",
                    "Nothing of it was kept; try again later, or choose another repository.",
                ) from error

    def _name(self, partial: Path, target: Path, file: HubFile) -> None:
        """Give a checked file its name, durably."""
        _make(target.parent)
        partial.replace(target)
        # The folder and its parent may be new: their names live in the folders above.
        for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
            sync_folder(folder)
        if file.sha256:
            record_digest(target, file.sha256, self._records)

    def _has(self, target: Path, file: HubFile) -> bool:
        """Whether the file is here already and right; a wrong file is deleted, to be pulled anew."""
        if not target.exists():
            return False
        if target.stat().st_size == file.size and self._is_right(target, file):
            return True
        target.unlink()
        return False

    def _is_right(self, target: Path, file: HubFile) -> bool:
        if file.sha256:
            return check_file(target, file.sha256, self._records)
        hasher = git_blob_hasher(file.size)
        hasher.update(target.read_bytes())  # small: the hub keeps files without a sha256 in git
        return hasher.hexdigest() == file.blob

    def _check_room(self, plan: PullPlan) -> None:
        _make(self._folder)
        free = self._free(self._folder)
        if plan.left and free < plan.left + SPARE_BYTES:
            raise ModelError(
                f"{plan.left / 1e9:.2f} GB are still to come and {free / 1e9:.2f} GB are free on the disk of "
                f"{self._folder}; {SPARE_BYTES / 1e9:.1f} GB have to stay free.",
                "Free some space, or choose a smaller quantization.",
            )

    @contextlib.contextmanager
    def _lock(self, repository: str) -> Iterator[None]:
        """Hold the repository's lock, which the kernel releases however the process ends. Raises ModelError."""
        _make(self._partial)
        from filelock import FileLock, Timeout

        lock = FileLock(self._partial / f"{_flat(repository)}.lock", mode=0o600)
        try:
            lock.acquire(blocking=False)
        except Timeout as error:
            raise ModelError(
                f"{repository} is being pulled or removed by another process.", "Wait until that one has ended."
            ) from error
        try:
            yield
        finally:
            lock.release()

    # --- what is here -----------------------------------------------------------------------------

    def models(self) -> list[PulledModel]:
        """The models that were pulled, the newest first."""
        records = sorted(self._records.glob("*.json"))
        found = [model for path in records if (model := read_record(path)) is not None]
        return sorted(found, key=lambda model: model.pulled_at, reverse=True)

    def find(self, text: str) -> list[PulledModel]:
        """The models that `text` may mean, the newest first."""
        return [model for model in self.models() if model.is_called(text)]

    def path(self, model: PulledModel) -> Path:
        """What a runtime opens: the first GGUF file, or the folder of an MLX model."""
        folder = self._folder / model.place
        return folder if model.is_folder else folder / model.files[0].path

    def unfinished_pulls(self) -> list[tuple[str, int]]:
        """Repositories whose pull was interrupted, with the bytes that came."""
        folders = sorted(path for path in self._partial.glob("*--*") if path.is_dir())
        found = [
            (folder.name.replace("--", "/", 1), sum(_size_of(file) for file in folder.iterdir())) for folder in folders
        ]
        return [(repository, size) for repository, size in found if size]

    def remove(self, model: PulledModel) -> int:
        """Delete a model's files and its record. Returns the bytes freed. Raises ModelError during a pull of it."""
        with self._lock(model.repository):
            folder = self._folder / model.place
            others = {
                self._folder / other.place / file.path
                for other in self.models()
                if other != model
                for file in other.files
            }
            freed = 0
            for file in model.files:
                path = folder / file.path
                if path not in others:
                    freed += _size_of(path)
                    path.unlink(missing_ok=True)
            # The record goes last: if this process dies before, the model is still listed and can be removed again.
            (self._records / model.record_name).unlink(missing_ok=True)
            for path in (*sorted(folder.rglob("*"), reverse=True), folder, folder.parent):
                with contextlib.suppress(OSError):  # not empty: something else is there
                    path.rmdir()
        return freed

    def remove_unfinished_pull(self, repository: str) -> int:
        """Delete what an interrupted pull left. Returns the bytes freed. Raises ModelError during a pull."""
        with self._lock(repository):
            folder = self._partial / _flat(repository)
            freed = sum(_size_of(file) for file in folder.glob("*"))
            shutil.rmtree(folder, ignore_errors=True)
        return freed

    # --- digests ----------------------------------------------------------------------------------

    def verify(self, model: PulledModel) -> Iterator[PullProgress | str]:
        """Hash every file anew, whatever its time says. Yields a text for each file that is gone or damaged."""
        from hashlib import sha256

        before, rate = 0, Rate(self._clock)
        for file in model.files:
            path, hasher = self._folder / model.place / file.path, sha256()
            try:
                for done in hash_into(hasher, path):
                    per_second = rate.per_second(before + done)
                    left = (model.size - before - done) / per_second if per_second else None
                    yield PullProgress("hashing", file.path, before + done, model.size, per_second, left)
            except OSError as error:
                yield f"{path} cannot be read ({error.strerror})."
            else:
                if hasher.hexdigest() == file.sha256:
                    record_digest(path, file.sha256, self._records)
                else:
                    yield f"{path} is damaged: its sha256 is not {file.sha256}."
            before += file.size

    def check(self, path: Path) -> Path:
        """Hold a file, or all files of its model, against their digests, and return its absolute path.

        A file is hashed again when its size or time changed. A file of the user's is pinned to the digest that it has
        when it is first seen here. Raises ModelError for a file that is gone, damaged or replaced.
        """
        path = path.expanduser().absolute()
        for model in self.models():
            if path == self.path(model):
                for file in model.files:
                    check_digest(
                        self._folder / model.place / file.path, file.sha256, self._records, f"pull {model.label}"
                    )
                return path
        self._pins.check(path)
        return path

    def adopt(self, path: Path) -> None:
        """Pin a file or folder of the user's to the digests it has now. Raises ModelError if it cannot be read."""
        self._pins.adopt(path.expanduser().absolute())

    # --- places -----------------------------------------------------------------------------------

    def _target(self, listing: Listing, file: HubFile) -> Path:
        return self._folder / place_of(listing.repository, listing.commit) / file.path

    def _partial_of(self, listing: Listing, file: HubFile) -> Path:
        # Named by the digest: a pull of a newer commit with the same file goes on from it.
        return self._partial / _flat(listing.repository) / file.digest

    def _drop_partials(self, listing: Listing) -> None:
        with contextlib.suppress(OSError):  # not empty: the pull of another quantization was interrupted
            (self._partial / _flat(listing.repository)).rmdir()


def _refuse_unfit(files: Iterable[HubFile]) -> None:
    """Raise ModelError for a file that cannot be checked, or that is too large for plain HTTP."""
    for file in files:
        if not file.checkable:
            raise OddAnswer(
                f"The hub vouches for no digest of {file.path}.",
                "Without one it cannot be checked; choose another.",
            )
        if file.size > MOST_FILE_BYTES:
            raise ModelError(
                f"{file.path} has {file.size / 1e9:.0f} GB, and the hub gives single files up to 50 GB over HTTP.",
                "Choose a smaller quantization, or a repository that splits it into parts.",
            )


def _size_of(path: Path) -> int:
    """Bytes of a file; 0 if it is not there."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _flat(repository: str) -> str:
    return repository.replace("/", "--")


def _make(folder: Path) -> None:
    """Make a folder and those above it, all 0700: `mkdir` gives parents the mode of the umask."""
    for level in (*reversed(folder.parents), folder):
        level.mkdir(mode=0o700, exist_ok=True)
