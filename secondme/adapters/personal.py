"""The personal adapters of an engine: trained from facts, tried, used, and taken back with what they were made from."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from models.machine.digests import file_sha256
from models.protocol import Embedder, ModelError, SentenceScorer
from models.protocol.training import AdapterTrainer, NotTrainable, TrainingEnd, TrainingOptions, TrainingProgress
from secondme.adapters.anchors import anchors
from secondme.adapters.confirming import Confirming
from secondme.adapters.gate import GENERAL, Figures, Trial, measure, verdict
from secondme.adapters.learner import Base, Learner, by_heart, examples, says
from secondme.adapters.lessons import Known, Lesson, Lessons, known, lessons
from secondme.adapters.stopping import AnyOf
from secondme.api import Progress
from secondme.clock import Clock, instant
from secondme.errors import SecondMeError, UsageError
from secondme.facts.intervals import Fact, known_facts
from secondme.facts.tie_words import said_words
from secondme.ids import new_id
from storage.adapters import AdapterRow
from storage.records import FoundSpan
from storage.runs import Step
from storage.store import Store

ADAPTER = "adapter.gguf"
FILE = "sha256"
"""The digest of an adapter's file, among its figures: a flipped byte would answer otherwise without a word."""
ORIGIN = "origin"
"""Who made an adapter, among its figures."""
Origin: TypeAlias = Literal["person", "night"]
LEAST_LESSONS = 5
"""Sentences that are worth a training."""
UPPER_HALF = 0.47
"""Layers from this share on are trained: layers 14 to 29 of 30, the upper half, is enough for facts and a third
cheaper (`docs/adapters.md`)."""
EPOCHS = 2
"""Twice as many phrasings, seen twice, teach more than half of them seen thrice."""
MEMORY = 3_000_000_000
"""Bytes that a training may take: one of 0.5B takes 2.9 GB, one of the bundled model 1.2 GB at most."""


@dataclass(frozen=True)
class _Plan:
    """A training: of which model, what it learns, how, and all facts that are known."""

    base: Base
    taught: Lessons
    options: TrainingOptions
    facts: Sequence[Fact]

    def made(self, row: AdapterRow) -> bool:
        """Whether a row is of this training."""
        return row.recipe == asdict(self.options) and row.facts == self.taught.fact_ids and row.sound


class PersonalAdapters:
    """Trains, tries, lists, uses and removes adapters."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        folder: Path,
        *,
        me: Callable[[], Sequence[str]],
        base: Callable[[], Base | None],
        learner: Callable[[Base], Learner],
        trainer: AdapterTrainer,
        embedder: Callable[[], Embedder | None],
        scorer: Callable[[], SentenceScorer | None],
        on_change: Callable[[], None] = lambda: None,
        give_way: Callable[[], None] = lambda: None,
    ) -> None:
        """`folder` holds a folder for each adapter. `base`: the file of the model that answers, None where it is none
        that can be taught. `learner` makes a process of it, which the caller closes. `give_way` returns when nobody
        waits for an answer."""
        self._store, self._clock, self._folder = store, clock, folder
        self._me, self._base, self._learner, self._trainer = me, base, learner, trainer
        self.confirming = Confirming(embedder, scorer)
        self._on_change, self._give_way = on_change, give_way
        self._training = threading.Lock()
        self._by_heart: tuple[str, Learner] | None = None
        self._asking = threading.Lock()

    # --- what there is ------------------------------------------------------------------------------

    def all(self) -> list[AdapterRow]:
        """Every adapter, the latest first."""
        return self._store.adapters.all()

    def numbered(self, number: int) -> AdapterRow:
        """An adapter by its number. Raises UsageError."""
        for row in self.all():
            if row.number == number:
                return row
        raise UsageError(f"There is no adapter {number}.", "`secondme self list` names those that there are.")

    def with_reasons(self) -> list[tuple[AdapterRow, str]]:
        """Every adapter, the latest first, and why it can't be used now (empty: it can)."""
        rows = self.all()
        facts = self._facts() if rows else []
        return [(row, self.why_off(row, facts)) for row in rows]

    def why_off(self, row: AdapterRow, facts: Sequence[Fact] | None = None) -> str:
        """Why an adapter can't be used now, as the end of a sentence; empty: it can. `facts`: all that are known,
        where the caller has them."""
        if row.state == "training":
            return "its training has not ended"
        if row.state == "refused":
            return row.why
        if not row.sound:
            return f"{row.erased + row.hidden} of the passages it was made from are forgotten"
        today = self._today()
        holding = {fact.id for fact in (self._facts() if facts is None else facts) if fact.holds(today)}
        changed = sum(fact_id not in holding for fact_id in row.facts)
        if changed:
            return f"{changed} of the facts it learnt no longer hold"
        base = self._base()
        if base is None or base.digest != row.base_digest:
            return f"it belongs to {row.base}, which is not the model in use"
        return "" if is_whole(self._file(row), row.figures) else "its file is missing or was changed"

    def in_use(self) -> AdapterRow | None:
        """The adapter that is used: the chosen one, while nothing it was made from is forgotten or corrected."""
        row = self.chosen()
        return None if row is None or self.why_off(row) else row

    def chosen(self) -> AdapterRow | None:
        return next((row for row in self.all() if row.state == "used"), None)

    def passages(self, number: int) -> list[FoundSpan]:
        """What an adapter was made from, the oldest first, without what is forgotten. Raises UsageError."""
        found = self._store.spans.by_id(self._store.adapters.span_ids(self.numbered(number).id))
        live = [span for span in found.values() if span.live]
        return sorted(live, key=lambda span: (span.span.happened_at or "", span.seq))

    # --- changing it --------------------------------------------------------------------------------

    def use(self, number: int) -> AdapterRow:
        """Use an adapter from the next question on. Raises UsageError where that can't be."""
        row = self.numbered(number)
        why = self.why_off(row).removesuffix(".")
        if why:
            raise UsageError(f"Adapter {number} can't be used: {why}.", "`secondme self train` makes another.")
        self._store.adapters.use(row.id)
        self._stop_asking()
        self._on_change()
        return self.numbered(number)

    def off(self) -> None:
        """Use none."""
        self._store.adapters.use(None)
        self._stop_asking()
        self._on_change()

    def remove(self, number: int) -> None:
        """Delete an adapter with its files. Raises UsageError."""
        self._delete(self.numbered(number))
        self._on_change()

    def use_in(self, step: Step, row: AdapterRow) -> None:
        """Use an adapter from the next question on, as a step of a job that can be undone."""
        self._store.adapters.use_in(step, row.id)

    def keep_latest(self, origin: Origin, number: int) -> None:
        """Delete the older ones of an origin, but the one that is used and the one that it replaced."""
        rows = self.all()
        used = [row for row in rows if row.state == "used"]
        needed = {row.id for row in used} | {row.parent for row in used}
        made = [row for row in rows if row.figures.get(ORIGIN) == origin]
        for row in made[number:]:
            if row.id not in needed:
                self._delete(row)

    def sweep(self) -> int:
        """Delete what was made from erased passages, and folders that belong to no adapter. Returns how many adapters
        went. Whatever erases calls this, and an engine that starts: a crash may have come between."""
        gone = [row for row in self.all() if row.erased]
        for row in gone:
            self._delete(row)
        kept = {row.id for row in self.all()}
        for folder in self._folder.glob("*"):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)
        return len(gone)

    def close(self) -> None:
        """Stop the model that answers by heart."""
        self._stop_asking()

    # --- training -----------------------------------------------------------------------------------

    def train(self, stop: threading.Event) -> Iterator[Progress]:
        """Make an adapter as `make` does, and use it if it passed. Raises SecondMeError, ModelError."""
        row = yield from self.make(stop)
        if row is not None and not self.why_off(row):
            self.use(row.number)

    def make(self, stop: threading.Event, origin: Origin = "person") -> Generator[Progress, None, AdapterRow | None]:
        """Train an adapter on what holds today and try it. Returns its row, or None where it was stopped: then the
        next one goes on from there, as long as the same holds. Raises SecondMeError, ModelError."""
        if not self._training.acquire(blocking=False):
            raise SecondMeError("An adapter is being trained already.", "`secondme self list` shows how far it is.")
        try:
            plan = self._plan()
            with closing(self._learner(plan.base)) as learner:
                return (yield from self._make(plan, learner, stop, origin))
        finally:
            self._training.release()
            self._on_change()

    def made_already(self) -> AdapterRow | None:
        """The adapter that a training would make again, because it learnt the same. Raises SecondMeError where there
        is nothing that could be learnt, or learn it."""
        plan = self._plan()
        return next((row for row in self.all() if row.state != "training" and plan.made(row)), None)

    def held_today(self) -> list[Known]:
        """What holds today, as an adapter may say it."""
        return self._held(self._facts())

    def held_out(self) -> tuple[Lesson, ...]:
        """The questions that a training now would keep aside, to see what was learnt. Raises SecondMeError."""
        return self._plan().taught.held_out

    def _plan(self) -> _Plan:
        """What a training would learn now. Raises SecondMeError."""
        base = self._base()
        if base is None:
            raise SecondMeError(
                "The model that answers can't be taught: it is no GGUF file on this machine.",
                "`secondme models use bundled` chooses one that can.",
            )
        facts = self._facts()
        taught = lessons(facts, self._today(), self._said)
        if len({lesson.answer for lesson in taught.learnt if lesson.kind == "fact"}) < LEAST_LESSONS:
            raise SecondMeError(
                "There is too little to learn: memory holds fewer than five facts that can be asked for.",
                "Tell more of yourself, or take in your notes and chats, and train then.",
            )
        return _Plan(base, taught, _options(base), facts)

    def _make(
        self, plan: _Plan, learner: Learner, stop: threading.Event, origin: Origin
    ) -> Generator[Progress, None, AdapterRow | None]:
        asked = len(plan.taught.learnt)
        yield Progress("preparing", 0, asked, "questions")
        learnt = [*examples(learner, plan.taught.learnt)]
        for anchor in anchors(learner):
            self._give_way()
            if stop.is_set():
                return None
            learnt.append(anchor)
            yield Progress("preparing", asked, asked, "questions")
        row = self._begin(plan)
        if not row.sound:  # something was forgotten since the plan was made
            self._delete(row)
            return None
        folder = self._folder / row.id
        # What is erased meanwhile takes this training with it.
        ends = AnyOf(stop.is_set, lambda: not self._store.adapters.exists(row.id))
        end: TrainingEnd | None = None
        began = time.monotonic()
        try:
            for event in self._trainer.train(plan.base.path, learnt, plan.options, folder, ends):
                if isinstance(event, TrainingEnd):
                    end = event
                else:
                    yield _steps(event, time.monotonic() - began)
            if end is None or end.adapter is None or ends.is_set():
                if end is not None and end.reason == "diverged":
                    self._store.adapters.finish(row.id, "refused", {}, "its training diverged.")
                    return self.numbered(row.number)
                return None
            end.adapter.replace(folder / ADAPTER)
            trial = yield from self._try(learner, folder / ADAPTER, plan, ends)
            if trial is None:
                return None
            figures = {**trial.as_record(), FILE: file_sha256(folder / ADAPTER), ORIGIN: origin}
            self._store.adapters.finish(row.id, "refused" if trial.why else "ready", figures, trial.why)
            return self.numbered(row.number)
        except NotTrainable as error:
            self._store.adapters.finish(row.id, "refused", {}, error.what)
            raise
        except (ModelError, OSError):
            if self._store.adapters.exists(row.id):
                raise
            return None
        finally:
            if not self._store.adapters.exists(row.id):
                shutil.rmtree(folder, ignore_errors=True)

    def _begin(self, plan: _Plan) -> AdapterRow:
        """The row of this training: one that was stopped, if the same is to be learnt, or a new one."""
        for row in self.all():
            if row.state == "training":
                if plan.made(row):
                    return row
                self._delete(row)
        new = new_id()
        replaced = self.chosen()
        self._store.adapters.add(
            new,
            base=plan.base.name,
            base_digest=plan.base.digest,
            parent=replaced.id if replaced else "",
            made_at=instant(self._clock.now()),
            recipe=asdict(plan.options),
            span_ids=plan.taught.span_ids,
            fact_ids=plan.taught.fact_ids,
        )
        return next(row for row in self.all() if row.id == new)

    def _try(
        self, learner: Learner, adapter: Path, plan: _Plan, stop: threading.Event
    ) -> Generator[Progress, None, Trial | None]:
        """The model without and with the adapter on what was kept aside; None where it was stopped."""
        held = self._held(plan.facts)
        figures: list[Figures] = []
        questions = len(plan.taught.held_out) + len(GENERAL)
        for side in (None, adapter):
            learner.use_adapter(side)
            asked = measure(
                learner, plan.taught.held_out, lambda question, said: self.confirming.confirmed(question, said, held)
            )
            done = len(figures) * questions
            while True:
                try:
                    next(asked)
                except StopIteration as measured:
                    figures.append(measured.value)
                    break
                self._give_way()
                if stop.is_set():
                    return None
                yield Progress("trying", done, 2 * questions, "questions")
                done += 1
        alone, adapted = figures
        return Trial(alone, adapted, verdict(alone, adapted))

    # --- answering ----------------------------------------------------------------------------------

    def recalled(self, question: str) -> Known | None:
        """What memory holds that the adapter in use named by heart; None where it names nothing that holds. Raises
        ModelError."""
        row = self.chosen()
        if row is None:
            return None
        facts, base = self._facts(), self._base()
        if base is None or self.why_off(row, facts):
            return None
        with self._asking:
            if self._by_heart is None or self._by_heart[0] != row.id:
                if self._by_heart is not None:
                    self._by_heart[1].close()
                learner = self._learner(base)
                learner.use_adapter(self._file(row))
                self._by_heart = (row.id, learner)
            said, _ = says(self._by_heart[1], by_heart(question))
        return self.confirming.confirmed(question, said, self._held(facts))

    def _stop_asking(self) -> None:
        with self._asking:
            if self._by_heart is not None:
                self._by_heart[1].close()
            self._by_heart = None

    # --- what it rests on ---------------------------------------------------------------------------

    def _facts(self) -> list[Fact]:
        """All facts that memory knows."""
        return known_facts(self._store, self._me())[0]

    def _held(self, facts: Sequence[Fact]) -> list[Known]:
        """What of them holds today, as an adapter may say it."""
        return list(known(facts, self._today(), self._said))

    def _delete(self, row: AdapterRow) -> None:
        self._stop_asking()
        shutil.rmtree(self._folder / row.id, ignore_errors=True)
        self._store.adapters.remove(row.id)

    def _file(self, row: AdapterRow) -> Path:
        return self._folder / row.id / ADAPTER

    def _said(self, fact: Fact) -> list[str]:
        """The words for its object with which a fact was told."""
        return said_words(self._store, fact)

    def _today(self) -> str:
        return instant(self._clock.now())[:10]


def is_whole(file: Path, figures: Mapping[str, Any]) -> bool:
    """Whether the file of an adapter is there, and as it was when these figures were measured."""
    try:
        return file_sha256(file) == figures.get(FILE)
    except OSError:
        return False


def _steps(event: TrainingProgress, seconds: float) -> Progress:
    """The steps of a training as a person sees them, so many seconds after its begin."""
    left = seconds / event.step * (event.steps - event.step) if event.step else None
    return Progress(
        "training", event.step, event.steps, "steps", event.tokens_per_second, left,
        f"loss {event.loss:.2f}",
    )  # fmt: skip


def _options(base: Base) -> TrainingOptions:
    """How this base is taught."""
    return TrainingOptions(
        first_layer=round(UPPER_HALF * base.layers),
        epochs=EPOCHS,
        memory=MEMORY,
        examples_per_step=2,
        base_digest=base.digest,
        name="personal",
    )
