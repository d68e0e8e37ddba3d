"""Where all that is known fits into the model's context, an answer is written from all of it.

Under about 150 conversations retrieval loses to reading everything (ConvoMem, Pakhomov et al. 2025). It is cheap
because all that is known stands at the beginning of the prompt, the oldest first: the model reads it once, keeps its
state, and at the next question reads only that question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.protocol import Finished, GenerateRequest, LanguageModel
from secondme.api import Citation, Hit, Progress
from secondme.chat.evidence import QUOTES
from secondme.chat.prompt import (
    CHARACTERS_PER_TOKEN,
    HISTORY_CHARACTERS,
    Candidate,
    Prompt,
    context,
    day_in_words,
    filling,
    instructions,
    lay_out,
    passage_line,
    request_for_answer,
    turns_of,
    who_asks,
    window,
    with_speaker,
)
from secondme.chat.prompt_cache import PromptCache
from secondme.chat.reader_orders import without_orders
from secondme.chat.turn import Turn
from secondme.facts.profile import card
from secondme.jobs.job import Job, Run
from secondme.recall.hits import hit, plain_hit
from secondme.text.terms import content_stems, stems
from storage.records import FoundSpan
from storage.store import Store

CARD_CHARACTERS = 300
"""Length of the line about who asks. It is fixed, because a prompt that begins differently is read anew."""
LINE_TOKENS = 6
"""The least that a passage takes as a line."""
MOST_CHARACTERS_PER_TOKEN = 4
"""A text with more characters for each token of room is too long: its tokens are not even counted."""
SPARE_TOKENS = 16
"""Left free beside the prompt and the longest answer."""
WORTH_TOKENS = 64
"""With fewer to read, no job reads beforehand: a question can wait for so little."""


@dataclass(frozen=True)
class Whole:
    """A prompt with all that is known. `hits` are its passages by number, those nearest to the question first.

    `parts` is the prompt in pieces from its beginning; the model is believed to have kept `kept` tokens of them.
    """

    prompt: Prompt
    hits: dict[int, Hit]
    parts: tuple[str, ...]
    kept: int


class WholeMemory:
    """All that is known, laid out for a model to read."""

    def __init__(
        self,
        store: Store,
        cache: PromptCache,
        *,
        names: Callable[[], Sequence[str]],
        model: Callable[[], LanguageModel | None],
        allowed: Callable[[], bool],
        small: Callable[[], bool],
        most_tokens: Callable[[], int],
        max_tokens: Callable[[], int],
    ) -> None:
        """`names` are those of the person. `allowed`: whether the model may be given everything, `small`: whether it is
        asked for a few words only. `most_tokens`: what the context holds at most, known without loading a model;
        `max_tokens` of it are the answer's."""
        self._store = store
        self.cache = cache
        self._names = names
        self._model = model
        self._allowed = allowed
        self._small = small
        self._most_tokens = most_tokens
        self._max_tokens = max_tokens
        self._lines: dict[FoundSpan, str] = {}

    def prompt(self, turn: Turn, model: LanguageModel, readable: int) -> Whole | None:
        """The prompt for a turn, if all fits and no more than `readable` tokens of it are still to be read.
        Raises ModelError."""
        if not self._allowed():
            return None
        room = model.context_tokens - self._max_tokens() - SPARE_TOKENS
        verbatim = window(turn.history.spoken(), room // 3)
        here = {message.id for message in verbatim if len(message.text) <= HISTORY_CHARACTERS}
        spans = [
            found
            for found in self._everything(room)
            # What the prompt holds word for word is not repeated; what was said earlier in the chat is part of memory.
            if found.span.id not in turn.asked_spans and found.span.message_id not in here
        ]
        if not spans:
            return None
        small = self._small()
        past = turns_of(verbatim)
        about, lines = self._who_asks(turn.now, small), self._passage_lines(spans)
        system = _system(about, lines, small)
        asked = request_for_answer(turn.full_question, small=small, today=day_in_words(turn.now))
        parts = (*system, *(message.content for message in past))
        new = self.cache.unread(model.name, parts) + len(asked)
        if new > readable * MOST_CHARACTERS_PER_TOKEN:
            return None
        turns = lay_out(system, past, asked)
        tokens = model.count_tokens(turns)
        unread = tokens * new / (sum(map(len, parts)) + len(asked))
        if tokens > room or unread > readable:
            return None
        near, others = _by_nearness(spans, [hit(scored) for scored in turn.evidence.found.hits[:QUOTES]])
        hits = dict(enumerate([*near, *others], start=1))
        as_read = {found.span.id: line for found, line in zip(spans, lines, strict=True)}
        prompt = Prompt(
            turns=tuple(turns),
            citations=tuple(Citation(number, passage) for number, passage in enumerate(near, start=1)),
            passages=tuple((number, as_read[passage.id]) for number, passage in hits.items()),
            tokens=tokens,
            filling=filling(turn.full_question, lines, past, about, (), small, tokens),
            whole=len(spans),
        )
        return Whole(prompt, hits, parts, round(tokens - unread))

    def to_read(self, model: LanguageModel, now: datetime) -> tuple[GenerateRequest, list[str], int] | None:
        """A request that has the model read everything, with its parts and the number of passages; None where that
        would not help. Raises ModelError."""
        if not self._allowed() or not self.cache.believed:
            return None
        # First without asking the model, which would be loaded for it.
        spans = self._everything(self._most_tokens() - self._max_tokens() - SPARE_TOKENS)
        if not spans:
            return None
        small = self._small()
        system = _system(self._who_asks(now, small), self._passage_lines(spans), small)
        unread = self.cache.unread(model.name, system)
        if unread < WORTH_TOKENS * CHARACTERS_PER_TOKEN:
            return None
        turns = lay_out(system, (), "Question:")
        if model.count_tokens(turns) > model.context_tokens - self._max_tokens() - SPARE_TOKENS:
            return None
        return GenerateRequest(turns, max_tokens=1, keep=True), system, len(spans)

    def model(self) -> LanguageModel | None:
        """The model that answers."""
        return self._model()

    def _everything(self, room: int) -> list[FoundSpan]:
        """All that may support an answer, in the order in which it came; nothing if it can't fit into `room` tokens.

        It holds what has faded too, as a second look of a search would.
        """
        spans, characters = self._store.spans.evidence_size(max(room, 0) // LINE_TOKENS)
        if spans > room // LINE_TOKENS or characters > room * MOST_CHARACTERS_PER_TOKEN:
            return []
        return self._store.spans.evidence()

    def _who_asks(self, now: datetime, small: bool) -> list[str]:
        """The line about the person, which a small model would stray from."""
        names = self._names()
        return [] if small else who_asks(card(self._store, now, names, CARD_CHARACTERS), next(iter(names), ""))

    def _passage_lines(self, spans: Sequence[FoundSpan]) -> list[str]:
        """A line for each passage."""
        # Dates in words are looked for in each line, which is most of the time that laying out takes.
        names = self._names()
        lines = {found: self._lines.get(found) or _line(found, names) for found in spans}
        self._lines = lines
        return list(lines.values())


class ReadAhead(Job):
    """The job that has the model read all that is known before the next question comes. It changes no memory."""

    name = "read"
    title = "Have the model read all you know, where it fits, so that it answers from all of it"
    every = timedelta(minutes=9)
    """What is known is read before it is asked; where nothing is new that costs some thousandths of a second."""

    def __init__(self, whole: WholeMemory) -> None:
        self._whole = whole

    def steps(self, run: Run) -> Iterator[Progress]:
        """Read once what is new. When a person asks meanwhile, the reading goes on afterwards from where it was."""
        run.model = run.model or self._whole.model()
        if run.model is None or run.dry:
            return
        cache, model = self._whole.cache, run.model
        done = False
        while not done:
            # In this order: a question before the pause is waited for, and a question after it ends the reading.
            run.cancel_model.clear()
            run.pause()
            erasures = cache.erasures
            found = self._whole.to_read(model, run.now)
            if found is None:
                return
            request, parts, count = found
            yield Progress("reading", 0, count, "passages")
            try:
                for piece in model.generate(request, run.cancel_model):
                    if isinstance(piece, Finished):
                        run.prompt_tokens += piece.prompt_tokens - piece.cached_tokens
                        run.model_seconds += piece.prompt_seconds + piece.completion_seconds
                        done = piece.reason != "cancelled"
            finally:
                cache.end(erasures)
            if done and erasures == cache.erasures:
                cache.note(model.name, parts)
                run.counts["passages read"] = count
                yield Progress("reading", count, count, "passages")


def rests_on(said: str, question: str, whole: Whole) -> list[str]:
    """Ids of the spans that an answer may have its words from: they hold a word of it that the question does not.

    The answer was written from everything, but erasing a passage that shares no word with it need not erase it.
    """
    words = set(content_stems(said)) - set(content_stems(question))
    return [whole.hits[number].id for number, body in whole.prompt.passages if words & set(stems(body))]


def _system(about: Sequence[str], lines: Sequence[str], small: bool) -> list[str]:
    """The lines that every prompt begins with: instructions, who asks, and all passages."""
    return [*instructions(about, small=small), *context(lines, small=small)]


def _line(found: FoundSpan, names: Sequence[str]) -> str:
    text = with_speaker(found.span)
    # What orders its reader about is no passage to answer from.
    return passage_line(Candidate(plain_hit(found), text if found.span.role == "me" else without_orders(text, names)))


def _by_nearness(spans: Sequence[FoundSpan], nearest: Sequence[Hit]) -> tuple[list[Hit], list[Hit]]:
    """The nearest of the spans, then all the others in their order."""
    everything = {found.span.id: plain_hit(found) for found in spans}
    near = [passage for passage in nearest if everything.pop(passage.id, None)]
    return near, list(everything.values())
