"""The wiring of an engine: which parts there are, who knows whom, and how they start, change embedders and close."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from models.adapters.process import TrainingProcess
from models.protocol import Embedder, LanguageModel
from secondme.adapters.night import NightTraining
from secondme.adapters.personal import PersonalAdapters
from secondme.chat.conversation import Conversation
from secondme.chat.messages import Messages
from secondme.chat.prompt_cache import PromptCache
from secondme.chat.whole_memory import WholeMemory
from secondme.clock import Clock
from secondme.engine.changes import Changes
from secondme.engine.edits import Edits
from secondme.engine.inbox import Inbox
from secondme.engine.job_list import job_list
from secondme.engine.knowledge import Knowledge
from secondme.engine.library import Library
from secondme.engine.live_settings import LiveSettings
from secondme.engine.models_in_use import ModelsInUse
from secondme.engine.program_calls import ProgramCalls
from secondme.engine.programs import Programs
from secondme.engine.run_log import RunLog
from secondme.engine.status import StatusReport
from secondme.engine.taking_in import TakingIn
from secondme.engine.timeline import Days
from secondme.engine.timetable import Timetable
from secondme.engine.why import Reasons
from secondme.folders.watched import WatchedFolders
from secondme.index.indexer import Indexer
from secondme.jobs.foreground import Foreground
from secondme.jobs.job import Job
from secondme.jobs.power import recent_battery_percent
from secondme.jobs.scheduler import JobScheduler
from secondme.places import Places
from secondme.recall.search import Recall
from secondme.runtimes.configured import ConfiguredModels
from secondme.runtimes.teachable import learner, teachable_model
from secondme.text.terms import index_terms
from secondme.voice.course import VoiceCourse
from secondme.voice.drafts import Drafts
from storage.store import Store


class Parts:
    """What an engine is made of: the parts, wired to each other, which start, change and close as one."""

    def __init__(
        self,
        places: Places,
        clock: Clock,
        *,
        embedder: Embedder | None = None,
        model: LanguageModel | None = None,
        runtimes: ConfiguredModels | None = None,
        max_pages: int | None = None,
        more_jobs: Sequence[Job] = (),
    ) -> None:
        """Open the store and wire the parts. `embedder` and `model` stand in for the configured ones.

        Raises StoreError, ModelError or SecondMeError with a remedy.
        """
        self._places, self._clock = places, clock
        self._changes = Changes()
        self._foreground = Foreground()
        self._reloading = threading.Lock()
        self._settings = settings = LiveSettings(places)
        self._models = models = ModelsInUse(settings, runtimes or ConfiguredModels(places), embedder, model)
        self._store = store = Store(
            places.data,
            model_id=models.embedder_id,
            dimension=models.dimension,
            sync_threshold=settings.now.index_sync_threshold,
            max_pages=max_pages,
            analyse=index_terms,
            words_above=settings.now.index_exact_below,
        )
        self._recall = Recall(
            store,
            models.embedder,
            exact_below=settings.now.index_exact_below,
            me=settings.me_names,
            promote=settings.promotes_facts,
        )
        whole = WholeMemory(
            store,
            PromptCache(settings.states_file, models.runtimes.forget_states),
            names=settings.me_names,
            model=models.model,
            allowed=models.may_read_everything,
            small=models.is_small,
            most_tokens=settings.context_tokens,
            max_tokens=settings.max_tokens,
        )
        self._adapters = PersonalAdapters(
            store,
            clock,
            store.adapters.folder,
            me=settings.me_names,
            base=lambda: teachable_model(settings.now, places),
            learner=lambda base: learner(base.path, base.name, places),
            trainer=TrainingProcess(places.logs / "adapter.log", may_run=self._may_train),
            embedder=lambda: models.embedder,
            scorer=models.sentence_scorer,
            courses=[VoiceCourse(store, clock, settings.me, settings.me_names)],
            on_change=self._changes.notify,
            give_way=self._wait_quiet,
        )
        self._drafts = Drafts(
            store,
            clock,
            self._recall,
            self._adapters,
            base=lambda: teachable_model(settings.now, places),
            learner=lambda base: learner(base.path, base.name, places),
            model=models.model,
            me=settings.me,
            names=settings.me_names,
            foreground=self._foreground,
        )
        self._conversation = Conversation(
            store,
            clock,
            self._recall,
            models.model,
            me=settings.me,
            read_seconds=settings.read_seconds,
            max_tokens=settings.max_tokens,
            thinking_tokens=settings.thinking_tokens,
            on_written=self._written,
            small=models.is_small,
            middling=models.is_middling,
            on_begin=self._begin_answer,
            names=settings.me_names,
            whole=whole,
            scorer=models.sentence_scorer,
            by_heart=self._adapters.recalled,
        )
        self._indexer = self._new_indexer()
        self._taking_in = TakingIn(
            store,
            clock,
            settings,
            models,
            self._changes,
            indexer=lambda: self._indexer,
            wait_quiet=self._wait_quiet,
            on_written=self._written,
        )
        self._folders = WatchedFolders(
            store, clock, self._taking_in.intake, me=settings.me_names, on_change=self._changes.notify
        )
        self._jobs = JobScheduler(
            store,
            clock,
            (
                *job_list(
                    lambda run: self._indexer.rebalance(run),
                    settings.policy,
                    settings.me_names,
                    whole,
                    NightTraining(self._adapters, settings.taught_at_night, _on_battery),
                    models.sentence_scorer,
                ),
                *more_jobs,
            ),
            settings=settings.current,
            model=models.model,
            give_way=self._wait_quiet,
            on_change=self._written,  # what fades or comes back leaves or enters the index
            small=models.is_small,
        )
        self._timetable = Timetable(clock, self._folders, self._jobs, self._taking_in.pending)
        self._days = Days(store)
        self._edits = Edits(store, clock, self._written)
        self._run_log = RunLog(store, clock, self._written)
        self._knowledge = Knowledge(store, clock, settings, self._taking_in)
        messages = Messages(store, clock, me=settings.me, on_written=lambda: None)
        self._reasons = Reasons(store, clock, self._recall, messages, me=settings.me_names, policy=settings.policy)
        self._library = Library(
            store,
            clock,
            settings,
            runtimes=models.runtimes,
            whole=whole,
            adapters=self._adapters,
            writing=self._taking_in.intake.writing,
            discard_index=lambda: self._indexer.discard_index(),
            on_written=self._written,
        )
        self._programs = Programs(store, clock, settings, models, self._foreground)
        self._inbox = Inbox(store, clock, self._taking_in.program_note)
        self._program_calls = ProgramCalls(
            store,
            clock,
            self._programs,
            self._inbox,
            models,
            settings,
            self._changes,
            foreground=self._foreground,
            conversation=lambda: self._conversation,
        )
        self._status = StatusReport(
            store,
            settings,
            models,
            self._changes,
            recall=self._recall,
            taking_in=self._taking_in,
            folders=self._folders,
            jobs=self._jobs,
            indexer=lambda: self._indexer,
            reading=self._program_calls.reading,
        )

    # --- running ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Recover what a crash left, then begin indexing and watching in the background."""
        self._conversation.recover()
        self._jobs.recover()
        self._library.hide_older_answers()
        self._adapters.sweep()
        self._store.outbox.unpark()
        self._enqueue_unembedded()
        self._indexer.start()
        threading.Thread(target=self._folders.start, name="watch-start", daemon=True).start()
        self._timetable.start()

    def close(self) -> None:
        """Stop everything after the step in hand, and close the index and the database cleanly."""
        self._changes.closing.set()
        self._timetable.close()
        self._jobs.close()
        self._folders.close()
        intake = self._taking_in.intake
        with intake.writing:
            intake.close()
            self._indexer.close()
            self._models.runtimes.close()
            self._programs.close()
            self._adapters.close()
            self._store.close()

    def busy(self) -> bool:
        """Whether work is pending that the engine must not leave."""
        return (
            self._conversation.answering()
            or self._program_calls.answering()
            or self._taking_in.intake.writing.locked()
            or self._folders.busy()
            or self._jobs.holds_engine
            or (self._taking_in.pending() > 0 and self._indexer.away is None)
        )

    def settle(self) -> None:
        """Do now what follows an answer: what was said is read for facts and indexed."""
        self._jobs.follow_chat()
        for _ in self._taking_in.wait_indexed():
            pass

    def run_due_jobs(self) -> None:
        """Run the jobs that are due, as the timetable does."""
        self._jobs.run_due()

    def _begin_answer(self) -> None:
        """A person asks: jobs and programs leave the model."""
        self._jobs.begin_answer()
        self._program_calls.give_way()

    def _wait_quiet(self) -> None:
        """Return when nobody waits for an answer or a search, or when everything ends."""
        while not self._changes.closing.is_set() and not (
            self._conversation.wait_quiet(1.0) and self._foreground.wait(1.0)
        ):
            pass

    def _may_train(self) -> bool:
        """Whether an adapter may be trained at this moment: nobody waits for an answer, and there is mains power."""
        return self._conversation.wait_quiet(0) and self._foreground.wait(0) and not _on_battery()

    def _written(self) -> None:
        self._indexer.wake()
        self._changes.notify()

    def _enqueue_unembedded(self) -> None:
        if self._models.embedder is not None:
            self._store.outbox.enqueue_unembedded(self._models.embedder_id)

    def _new_indexer(self) -> Indexer:
        return Indexer(self._store, self._models.embedder, on_change=self._changes.notify, wait_quiet=self._wait_quiet)

    def _change_embedder(self) -> None:
        """Embed anew with the embedder that is set now, in the background; words are found meanwhile.

        Vectors of the embedder before stay, so that going back takes no embedding.
        """
        with self._reloading:
            self._models.change_embedder()
            self._indexer.close()
            self._recall.use_embedder(None)
            self._store.use_embedder(self._models.embedder_id, self._models.dimension)
            self._recall.use_embedder(self._models.embedder)
            self._enqueue_unembedded()
            self._indexer = self._new_indexer()
            self._indexer.start()


def _on_battery() -> bool:
    """Whether the machine runs on its battery."""
    return recent_battery_percent() is not None
