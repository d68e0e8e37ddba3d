"""Answers that a language model writes, from everything that is known or from the best passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.protocol import Finished, GenerateRequest, LanguageModel, ModelError
from secondme.api import AskEvent, Delta, Passages
from secondme.chat.answer_text import (
    Attributed,
    attribute_answer,
    attribute_quotes,
    held_by_lead,
    lead_answer,
    without_speaker,
)
from secondme.chat.prompt import Prompt, build
from secondme.chat.replies import NO_MODEL, Reply, made_from
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.chat.whole_memory import SPARE_TOKENS, Whole, rests_on
from secondme.chat.working_memory import earlier_lines, finished_stretches, thread
from secondme.clock import instant
from secondme.facts.profile import card, facts_of_me
from secondme.text.clean import clean
from secondme.text.sentences import strip_citations

SMALL_TOKENS = 32
"""A small model's first line is its best; what follows contradicts it."""
LEAST_TOKENS = 640
"""About three passages: with fewer, a slow machine would answer from a wrong passage."""
DEFAULT_READ_RATE = 350.0
"""Prompt tokens a second until the first answer measured it."""
MEASURED_TOKENS = 64
"""The speed of reading fewer says nothing."""


class EverythingThatFits:
    """Has the model read all that is known."""

    def __init__(self, tools: Tools, writer: ModelWriter) -> None:
        self._whole = tools.whole
        self._replies = tools.replies
        self._writer = writer

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where that is not wanted, does not fit, or would take too long to read."""
        model = turn.model
        if self._whole is None or model is None or turn.is_small_talk:
            return None
        try:
            context_tokens = model.context_tokens
            whole = self._whole.prompt(turn, model, self._writer.budget())
        except ModelError as error:
            return self._replies.fail(turn, error, model.name)
        if whole is None:
            return None
        read = [passage.id for passage in whole.hits.values()]
        return self._writer.write(turn, model, whole.prompt, context_tokens, read, whole)


class ModelAnswer:
    """Has the model read the best passages, with the chat, its summary and who asks."""

    def __init__(self, tools: Tools, writer: ModelWriter) -> None:
        self._store = tools.store
        self._names = tools.names
        self._max_tokens = tools.max_tokens
        self._replies = tools.replies
        self._writer = writer

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where there is no model."""
        model = turn.model
        if model is None:
            return None
        try:
            context_tokens = model.context_tokens
            prompt = self._prompt(turn, model, context_tokens)
        except ModelError as error:
            return self._replies.fail(turn, error, model.name)
        return self._writer.write(turn, model, prompt, context_tokens, self._read(turn, prompt))

    def _prompt(self, turn: Turn, model: LanguageModel, context_tokens: int) -> Prompt:
        history = turn.history
        return build(
            turn.question,
            turn.candidates,
            history.messages,
            min(self._writer.budget(), context_tokens - self._max_tokens() - SPARE_TOKENS),
            model.count_tokens,
            small=turn.has_small_model,
            earlier=lambda room: earlier_lines(
                finished_stretches(self._store, turn.chat, history.messages), thread(history), room
            ),
            card=lambda room: card(self._store, turn.now, self._names(), room),
        )

    def _read(self, turn: Turn, prompt: Prompt) -> list[str]:
        """Ids of the spans whose words are in the prompt, besides the chat: passages, their neighbours, who asks."""
        cited = {citation.hit.id for citation in prompt.citations}
        beside = [
            span_id for passage in turn.evidence.candidates if passage.hit.id in cited for span_id in passage.beside
        ]
        about = [] if turn.has_small_model else facts_of_me(self._store, self._names(), instant(turn.now)[:10])
        stated = [row.span_id for fact in about if fact.kind.card for row in fact.statements]
        return [*cited, *beside, *stated]


class ModelWriter:
    """Streams what a model writes, saves it while it comes, and measures how fast the model reads."""

    def __init__(self, tools: Tools) -> None:
        self._clock = tools.clock
        self._recall = tools.recall
        self._messages = tools.messages
        self._replies = tools.replies
        self._read_seconds = tools.read_seconds
        self._max_tokens = tools.max_tokens
        self._cache = tools.cache
        self._read_rate = DEFAULT_READ_RATE

    def budget(self) -> int:
        """How many tokens a model may read before it answers."""
        return max(int(self._read_rate * self._read_seconds()), LEAST_TOKENS)

    def write(
        self,
        turn: Turn,
        model: LanguageModel,
        prompt: Prompt,
        context_tokens: int,
        read: Sequence[str],
        whole: Whole | None = None,
    ) -> Iterator[AskEvent]:
        """The events of an answer that `model` writes from `prompt`; `whole` where that holds all that is known.

        `read`: ids of the spans whose words are in the prompt.
        """
        if turn.remember:
            # An answer that breaks off is erased with all that it may have words of.
            self._messages.note_sources(turn.draft, made_from(turn, read))
        yield Passages(prompt.citations, prompt.tokens, context_tokens, prompt.filling, prompt.whole)
        small, draft = turn.has_small_model, turn.draft
        request = GenerateRequest(
            prompt.turns,
            max_tokens=min(self._max_tokens(), SMALL_TOKENS) if small else self._max_tokens(),
            stop=("\n",) if small else (),
            keep=turn.remember,
        )
        first, usage, written = 0.0, NO_MODEL, ""
        try:
            for piece in model.generate(request, turn.cancel):
                if isinstance(piece, Finished):
                    usage = piece
                    break
                first = first or self._clock.monotonic() - turn.began
                text = clean(piece.text)
                written += text
                if small:
                    continue  # its words are shown and kept only once they were compared with the passages
                draft.text = written
                yield Delta(text)
                if turn.remember:
                    self._messages.save_stream(draft, model.name)
        except ModelError as error:
            yield from self._replies.fail(turn, error, model.name)
            return
        self._measure(usage)
        if whole is not None:
            self._note(usage, whole, model.name, remember=turn.remember)
        passages = whole.hits.values() if whole else [candidate.hit for candidate in turn.evidence.candidates]
        draft.text = without_speaker(written, [hit.speaker for hit in passages])
        final: Attributed | None = None
        if small:
            lead = "" if held_by_lead(draft.text, turn.reading) else lead_answer(turn.reading, prompt.citations)
            final = attribute_quotes(lead, prompt.citations) if lead else None
            draft.text = lead.partition("\n")[0] or draft.text
            yield Delta(draft.text)
        said = strip_citations(draft.text).strip()
        final = final or attribute_answer(
            draft.text,
            prompt.passages,
            prompt.citations,
            turn.reading,
            everything=whole.hits if whole else {},
            quote=usage.reason != "cancelled",
        )
        reply = Reply(
            final,
            said,
            from_spans=rests_on(said, turn.question, whole) if whole else read,
            model=model.name,
            usage=usage,
            context_tokens=context_tokens,
            seconds_to_first_token=first,
        )
        yield from self._replies.end(turn, reply)

    def _measure(self, usage: Finished) -> None:
        """A running mean of the tokens that the model reads in a second."""
        read = usage.prompt_tokens - usage.cached_tokens
        if usage.prompt_seconds > 0 and read > MEASURED_TOKENS:
            self._read_rate = min(max(0.7 * self._read_rate + 0.3 * read / usage.prompt_seconds, 50.0), 2000.0)

    def _note(self, usage: Finished, whole: Whole, model: str, *, remember: bool) -> None:
        """What the model has read and kept need not be read again."""
        if usage.reason == "cancelled":
            return
        self._cache.compare(whole.kept, usage.cached_tokens)
        if remember:
            self._cache.note(model, whole.parts)
