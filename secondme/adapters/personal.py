"""The personal adapters of an engine: trained, tried, used, and taken back with what they were made from."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any, Literal, TypeAlias

from models.machine.digests import file_sha256
from models.protocol import Embedder, ModelError, SentenceScorer
from models.protocol.training import AdapterTrainer, Example, NotTrainable, TrainingEnd, TrainingProgress
from secondme.adapters.confirming import Confirming
from secondme.adapters.course import Course, Plan
from secondme.adapters.facts_course import FactsCourse
from secondme.adapters.learner import Base, Learner, by_heart, says
from secondme.adapters.lessons import Known, Lesson
from secondme.adapters.side_by_side import Trial
from secondme.adapters.stopping import AnyOf
from secondme.api import Progress
from secondme.clock import Clock, instant
from secondme.errors import SecondMeError, UsageError
from secondme.facts.intervals import Fact
from secondme.ids import new_id
from storage.adapters import AdapterRow, Kind
from storage.records import FoundSpan
from storage.runs import Step
from storage.store import Store

ADAPTER = "adapter.gguf"
FILE = "sha256"
"""The digest of an adapter's file, among its figures: a flipped byte would answer otherwise without a word."""
ORIGIN = "origin"
"""Who made an adapter, among its figures."""
Origin: TypeAlias = Literal["person", "night"]


def _is_of(row: AdapterRow, kind: Kind, plan: Plan) -> bool:
    """Whether an adapter is of this plan."""
    same = row.recipe == asdict(plan.options) and row.facts == plan.fact_ids and row.sound
    return row.kind == kind and same


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
        courses: Sequence[Course] = (),
        on_change: Callable[[], None] = lambda: None,
        give_way: Callable[[], None] = lambda: None,
    ) -> None:
        """`folder` holds a folder for each adapter. `base`: the file of the model that answers, None where it is none
        that can be taught. `learner` makes a process of it, which the caller closes. `courses`: what can be taught
        besides facts. `give_way` returns when nobody waits for an answer."""
        self._store, self._clock, self._folder = store, clock, folder
        self._base, self._learner, self._trainer = base, learner, trainer
        self.confirming = Confirming(embedder, scorer)
        self._known = FactsCourse(store, clock, me, self.confirming)
        self._courses: dict[Kind, Course] = {course.kind: course for course in (self._known, *courses)}
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
        facts = self._known.facts() if rows else []
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
        course = self._courses.get(row.kind)
        changed = 0
        if course is not None and row.facts:
            changed = course.untrue(row.facts, self._known.facts() if facts is None else facts)
        if changed:
            return f"{changed} of the facts it learnt no longer hold"
        base = self._base()
        if base is None or base.digest != row.base_digest:
            return f"it belongs to {row.base}, which is not the model in use"
        return "" if is_whole(self.file(row), row.figures) else "its file is missing or was changed"

    def in_use(self, kind: Kind = "facts") -> AdapterRow | None:
        """The adapter of a kind that is used: the chosen one, while nothing it was made from is forgotten or
        corrected."""
        row = self.chosen(kind)
        return None if row is None or self.why_off(row) else row

    def chosen(self, kind: Kind = "facts") -> AdapterRow | None:
        """The adapter of a kind that is to be used."""
        return next((row for row in self.all() if row.state == "used" and row.kind == kind), None)

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

    def off(self, number: int = 0) -> None:
        """Use an adapter no more; without a number, use none. Raises UsageError."""
        self._store.adapters.off(self.numbered(number).id if number else "")
        self._stop_asking()
        self._on_change()

    def remove(self, number: int) -> None:
        """Delete an adapter with its files. Raises UsageError."""
        self._delete(self.numbered(number))
        self._on_change()

    def use_in(self, step: Step, row: AdapterRow) -> None:
        """Use an adapter from the next question on, as a step of a job that can be undone."""
        self._store.adapters.use_in(step, row.id)

    def keep_latest(self, kind: Kind, origin: Origin, number: int) -> None:
        """Delete the older ones of a kind and origin, but the one that is used and the one that it replaced."""
        rows = self.all()
        used = [row for row in rows if row.state == "used"]
        needed = {row.id for row in used} | {row.parent for row in used}
        made = [row for row in rows if row.kind == kind and row.figures.get(ORIGIN) == origin]
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

    def train(self, stop: threading.Event, kind: Kind = "facts") -> Iterator[Progress]:
        """Make an adapter as `make` does, and use it if it passed. Raises SecondMeError, ModelError."""
        row = yield from self.make(stop, kind=kind)
        if row is not None and not self.why_off(row):
            self.use(row.number)

    def make(
        self, stop: threading.Event, origin: Origin = "person", kind: Kind = "facts"
    ) -> Generator[Progress, None, AdapterRow | None]:
        """Train an adapter on what memory holds now and try it. Returns its row, or None where it was stopped: then the
        next one goes on from there, as long as the same is to be learnt. Raises SecondMeError, ModelError."""
        if not self._training.acquire(blocking=False):
            raise SecondMeError("An adapter is being trained already.", "`secondme self list` shows how far it is.")
        try:
            base = self._teachable()
            plan = self._courses[kind].plan(base)
            with closing(self._learner(base)) as learner:
                return (yield from self._make(base, kind, plan, learner, stop, origin))
        finally:
            self._training.release()
            self._on_change()

    def made_already(self, kind: Kind = "facts") -> AdapterRow | None:
        """The adapter that a training would make again, because it learnt the same. Raises SecondMeError where there
        is nothing that could be learnt, or learn it."""
        plan = self._courses[kind].plan(self._teachable())
        return next((row for row in self.all() if row.state != "training" and _is_of(row, kind, plan)), None)

    def held_today(self) -> list[Known]:
        """What holds today, as an adapter may say it."""
        return self._known.held(self._known.facts())

    def held_out(self) -> tuple[Lesson, ...]:
        """The questions on facts that a training now would keep aside, to see what was learnt. Raises SecondMeError."""
        return self._known.plan(self._teachable()).taught.held_out

    def _teachable(self) -> Base:
        """The model that is taught. Raises SecondMeError where none can be."""
        base = self._base()
        if base is None:
            raise SecondMeError(
                "The model that answers can't be taught: it is no GGUF file on this machine.",
                "`secondme models use bundled` chooses one that can.",
            )
        return base

    def _make(
        self, base: Base, kind: Kind, plan: Plan, learner: Learner, stop: threading.Event, origin: Origin
    ) -> Generator[Progress, None, AdapterRow | None]:
        learnt: list[Example] = []
        yield Progress("preparing", 0, 0, "examples")
        for example in plan.examples(learner):
            self._give_way()
            if stop.is_set():
                return None
            learnt.append(example)
            yield Progress("preparing", len(learnt), len(learnt), "examples")
        row = self._begin(base, kind, plan)
        if not row.sound:  # something was forgotten since the plan was made
            self._delete(row)
            return None
        folder = self._folder / row.id
        # What is erased meanwhile takes this training with it.
        ends = AnyOf(stop.is_set, lambda: not self._store.adapters.exists(row.id))
        end: TrainingEnd | None = None
        began = time.monotonic()
        try:
            for event in self._trainer.train(base.path, learnt, plan.options, folder, ends):
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

    def _begin(self, base: Base, kind: Kind, plan: Plan) -> AdapterRow:
        """The row of this training: one that was stopped, if the same is to be learnt, or a new one."""
        for row in self.all():
            if row.state == "training" and row.kind == kind:
                if _is_of(row, kind, plan):
                    return row
                self._delete(row)
        new = new_id()
        replaced = self.chosen(kind)
        self._store.adapters.add(
            new,
            base=base.name,
            base_digest=base.digest,
            parent=replaced.id if replaced else "",
            made_at=instant(self._clock.now()),
            recipe=asdict(plan.options),
            span_ids=plan.span_ids,
            fact_ids=plan.fact_ids,
            kind=kind,
        )
        return next(row for row in self.all() if row.id == new)

    def _try(
        self, learner: Learner, adapter: Path, plan: Plan, stop: threading.Event
    ) -> Generator[Progress, None, Trial | None]:
        """The model without and with the adapter on what was kept aside; None where it was stopped."""
        trial = plan.trial(learner, adapter)
        for done in count():
            try:
                next(trial)
            except StopIteration as tried:
                found: Trial = tried.value
                return found
            self._give_way()
            if stop.is_set():
                return None
            yield Progress("trying", done, plan.questions, "questions")
        return None

    # --- answering ----------------------------------------------------------------------------------

    def recalled(self, question: str) -> Known | None:
        """What memory holds that the adapter in use named by heart; None where it names nothing that holds. Raises
        ModelError."""
        row = self.chosen()
        if row is None:
            return None
        facts, base = self._known.facts(), self._base()
        if base is None or self.why_off(row, facts):
            return None
        with self._asking:
            if self._by_heart is None or self._by_heart[0] != row.id:
                if self._by_heart is not None:
                    self._by_heart[1].close()
                learner = self._learner(base)
                learner.use_adapter(self.file(row))
                self._by_heart = (row.id, learner)
            said, _ = says(self._by_heart[1], by_heart(question))
        return self.confirming.confirmed(question, said, self._known.held(facts))

    def _stop_asking(self) -> None:
        with self._asking:
            if self._by_heart is not None:
                self._by_heart[1].close()
            self._by_heart = None

    def _delete(self, row: AdapterRow) -> None:
        self._stop_asking()
        shutil.rmtree(self._folder / row.id, ignore_errors=True)
        self._store.adapters.remove(row.id)

    def file(self, row: AdapterRow) -> Path:
        """The file of an adapter."""
        return self._folder / row.id / ADAPTER


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
