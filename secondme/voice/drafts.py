"""Drafts: what a person orders, written by the model as the person writes, from what memory holds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass

from models.protocol import Finished, GenerateRequest, LanguageModel, ModelError
from secondme.adapters.learner import Base, Learner
from secondme.adapters.personal import PersonalAdapters
from secondme.api import Citation, Delta, Failed, Progress
from secondme.api.drafts import Draft, Drafted, DraftEvent
from secondme.chat.evidence import EvidenceSearch
from secondme.chat.prompt import Candidate
from secondme.chat.prompt_sentences import without_orders_to_it
from secondme.clock import Clock
from secondme.errors import SecondMeError, UsageError
from secondme.recall.search import Recall
from secondme.text.clean import clean
from secondme.voice.check import DraftCheck
from secondme.voice.lessons import note_line
from secondme.voice.orders import matter
from secondme.voice.prompt import DRAFT_TOKENS, draft_turns
from storage.store import Store

MOST_NOTES = 3
MOST_CHARACTERS = 1400
"""Of all notes: with order and draft they fit a context of 1,024 tokens."""
UNTRAINED = "no adapter has learnt how you write"
SAFE = "Your memory is as it was."


@dataclass(frozen=True)
class _Writer:
    """The model that writes: the number of the adapter with the voice, or 0 and why there is none."""

    model: LanguageModel
    voice: int
    why: str


class Drafts:
    """Writes drafts. Nothing of them is kept: they are no memories."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        recall: Recall,
        adapters: PersonalAdapters,
        *,
        base: Callable[[], Base | None],
        learner: Callable[[Base], Learner],
        model: Callable[[], LanguageModel | None],
        me: Callable[[], str],
        names: Callable[[], Sequence[str]],
        foreground: AbstractContextManager[None],
    ) -> None:
        """`learner` makes a process of the model's file `base`, onto which the voice is put; `model` answers without
        it. `me`: the owner's name; `names`: all of them. Background work waits for what is done in `foreground`."""
        self._store, self._clock, self._adapters = store, clock, adapters
        self._search = EvidenceSearch(store, recall)
        self._base, self._learner, self._model = base, learner, model
        self._me, self._names = me, names
        self._foreground = foreground

    def write(self, order: str) -> Iterator[DraftEvent]:
        """Write what is ordered ("a note to Lena that I come later"). Closing the iterator stops the model; what came
        was shown. Raises UsageError, SecondMeError."""
        order = " ".join(clean(order).split()).rstrip(".")
        if not order:
            raise UsageError("There is nothing to write.", 'Say what: `secondme draft "a note to Lena"`.')
        with self._foreground:
            yield Progress("searching your memory", 0, 1, "draft")
            notes = self._notes(order)
            with self._writer() as writer:
                yield Progress("writing", 0, DRAFT_TOKENS, "tokens", detail=writer.model.name)
                yield from self._written(order, notes, writer)

    def _written(self, order: str, notes: Sequence[Candidate], writer: _Writer) -> Iterator[DraftEvent]:
        lines = [note_line(note) for note in notes]
        request = GenerateRequest(
            draft_turns(order, lines, self._me()), max_tokens=DRAFT_TOKENS, repeat_penalty=1.05 if writer.voice else 1.1
        )
        check = DraftCheck(order, lines, me=self._names(), people=self._people())
        cancel = threading.Event()
        finish: Finished | None = None
        try:
            for piece in writer.model.generate(request, cancel):
                if isinstance(piece, Finished):
                    finish = piece
                elif not piece.thought and not piece.retracts:
                    shown = check.add(clean(piece.text))
                    if shown:
                        yield Delta(shown)
        except ModelError as error:
            yield Delta(check.rest())
            yield Failed(error.what, error.remedy, SAFE)
            return
        finally:
            cancel.set()
        rest = check.rest()
        if rest:
            yield Delta(rest)
        citations = tuple(Citation(number, note.hit) for number, note in enumerate(notes, start=1))
        yield Drafted(
            Draft(
                check.shown, citations, tuple(check.unknown), writer.model.name, writer.voice, writer.why,
                finish.reason if finish else "stop",
            )
        )  # fmt: skip

    def _notes(self, order: str) -> list[Candidate]:
        """What memory holds for an order, the best first, as far as there is room."""
        now = self._clock.now()
        found = (self._search.gather(asked, (), "", now, brief=True) for asked in dict.fromkeys((matter(order), order)))
        evidence = next((evidence for evidence in found if not evidence.weak), None)
        if evidence is None:
            return []
        chosen: list[Candidate] = []
        room = MOST_CHARACTERS
        for candidate in evidence.candidates[: 2 * MOST_NOTES]:
            note = without_orders_to_it(candidate, self._names())
            cost = len(note_line(note)) + 5
            if note.text.strip() and cost <= room and len(chosen) < MOST_NOTES:
                chosen.append(note)
                room -= cost
        return chosen

    def _people(self) -> set[str]:
        """First names of those with whom the owner writes."""
        return {name.split()[0] for name in self._store.spans.speakers()}

    @contextmanager
    def _writer(self) -> Iterator[_Writer]:
        """The model with the owner's voice, in a process of its own that ends with the draft: the model that answers
        never has it on. Without a voice it is that model. Raises SecondMeError, ModelError."""
        base, row = self._base(), self._adapters.in_use("voice")
        if base is not None and row is not None:
            with closing(self._learner(base)) as learner:
                learner.use_adapter(self._adapters.file(row))
                yield _Writer(learner, row.number, "")
            return
        model = self._model()
        if model is None:
            raise SecondMeError(
                "There is no language model that could write.",
                "`secondme setup` gets one, or name a GGUF file with `secondme config set model.path FILE`.",
            )
        chosen = self._adapters.chosen("voice")
        yield _Writer(model, 0, self._adapters.why_off(chosen) if chosen else UNTRAINED)
