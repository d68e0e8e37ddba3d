"""The engine at a glance, and what waits for the person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from secondme import __version__
from secondme.api import FolderStatus, Problem, Status
from secondme.engine.changes import Changes
from secondme.engine.live_settings import LiveSettings
from secondme.engine.models_in_use import ModelsInUse
from secondme.engine.taking_in import TakingIn
from secondme.folders.watched import WatchedFolders
from secondme.index.indexer import Indexer
from secondme.jobs.scheduler import JobScheduler
from secondme.recall.search import Recall
from secondme.text.clean import clean
from storage.store import Store


class StatusReport:
    """Puts the status together from the parts of the engine."""

    def __init__(
        self,
        store: Store,
        settings: LiveSettings,
        models: ModelsInUse,
        changes: Changes,
        *,
        recall: Recall,
        taking_in: TakingIn,
        folders: WatchedFolders,
        jobs: JobScheduler,
        indexer: Callable[[], Indexer],
        reading: Callable[[], Sequence[str]],
    ) -> None:
        """`indexer` gives the indexer that runs now; `reading` the programs that read now."""
        self._store = store
        self._settings = settings
        self._models = models
        self._changes = changes
        self._recall = recall
        self._taking_in = taking_in
        self._folders = folders
        self._jobs = jobs
        self._indexer = indexer
        self._reading = reading

    def status(self) -> Status:
        """The engine at a glance."""
        counts = self._store.outbox.counts()
        runtimes, settings = self._models.runtimes, self._settings.now
        model = None if runtimes.missing_file(settings) else self._models.model()
        embedder = self._models.embedder
        folders = tuple(self._folders.statuses())
        problems = [*self._model_problems(counts.parked), *folder_problems(folders, polling=self._folders.polling)]
        small = counts.embedded <= settings.index_exact_below
        index = {"closed": "exact", "ready": "exact" if small else "ready", "rebuilding": "rebuilding"}
        pending = self._taking_in.pending()
        failed, noted = self._store.files.trouble_counts()
        scanning = "looking at watched folders" if self._folders.busy() else ""
        return Status(
            version=__version__,
            rung="words-only" if embedder is None else "full" if model else "no-model",
            model=clean(model.name, keep_newlines=False) if model else "",
            embedder=clean(embedder.name, keep_newlines=False) if embedder else "",
            spans=counts.spans,
            embedded=counts.embedded if embedder else 0,
            pending=pending,
            sources=counts.sources,
            chats=counts.chats,
            notes=counts.notes,
            index=index[self._store.generations.state] if embedder else "off",
            folders=folders,
            activity=self._taking_in.intake.activity or scanning or ("embedding" if pending else ""),
            problems=tuple(problems),
            me=settings.me_name,
            faded=counts.faded,
            job=self._jobs.activity,
            welcomed=self._store.database.fact("welcomed") == "yes",
            leaving=tuple(runtimes.what_leaves(settings)),
            failed=failed,
            noted=noted,
            reading=tuple(self._reading()),
            waiting=sum(self._store.programs.waiting().values()),
        )

    def watch(self) -> Iterator[Status]:
        """The status now and after each change, at least every two seconds so that a closed door is noticed."""
        while not self._changes.closing.is_set():
            seen = self._changes.count
            yield self.status()
            self._changes.closing.wait(0.25)
            self._changes.wait(seen, 2)

    def _model_problems(self, parked: int) -> Iterator[Problem]:
        """What is wrong with the settings, the models and the index."""
        found = [Problem("settings", warning, "") for warning in self._settings.warnings]
        found += [Problem("models", error.what, error.remedy) for error in self._models.runtimes.problems()]
        missing = self._models.runtimes.missing_file(self._settings.now)
        found += [Problem("model", missing.what, missing.remedy)] if missing else []
        away = self._recall.away or self._indexer().away
        if away:
            found.append(Problem("embedder", f"{away.what} Recall finds words only.", away.remedy))
        if self._models.embedder is None and not found:
            found.append(Problem("embedder", "There is no embedder: recall finds words only.", ""))
        yield from found
        if parked:
            what = f"{parked} spans could not be embedded."
            yield Problem("index", what, "They are tried again at the next start.")


def folder_problems(folders: Sequence[FolderStatus], *, polling: bool) -> Iterator[Problem]:
    """What of the watched folders waits for the person."""
    if polling:
        yield Problem(
            "folders",
            "The system's file watches ran out; folders are looked at every few seconds instead.",
            "Raise fs.inotify.max_user_watches (`sudo sysctl fs.inotify.max_user_watches=524288`) and start again.",
        )
    for folder in folders:
        if folder.state == "asking":
            yield Problem(
                "folders",
                f"{folder.missing:,} files of {folder.path} are gone at once; their memories stay until you say so.",
                f"`secondme watch confirm {folder.path}` lets them fade; if they come back, nothing was lost.",
            )
        elif folder.state == "away":
            yield Problem(
                "folders",
                f"{folder.path} is away (unmounted, moved, or emptied); its memories stay.",
                "It is looked at again when it is back.",
            )
    failed = sum(folder.failed for folder in folders)
    if failed:
        yield Problem("files", f"{failed:,} files could not be read.", "`secondme failures` says why.")
