"""Answers that a language model writes, from everything that is known or from the best passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.output.answer_stream import Ending
from models.protocol import Finished, GenerateRequest, LanguageModel, ModelError
from secondme.api import AskEvent, Citation, Delta, Passages, Thought
from secondme.chat.answer_check import AnswerCheck
from secondme.chat.answer_text import (
    Attributed,
    attribute_answer,
    attribute_quotes,
    closest,
    held_by_lead,
    lead_answer,
    with_quotes,
    without_speaker,
)
from secondme.chat.checked_answer import CheckedAnswer, Numbering, Shown, is_open
from secondme.chat.ended import ended_spans
from secondme.chat.prompt import Prompt, build, day_in_words
from secondme.chat.prompt_sentences import chosen_sentences, without_orders_to_it
from secondme.chat.reader.answer_types import holds
from secondme.chat.reader.reader import Reading
from secondme.chat.replies import NO_MODEL, Reply, made_from
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.chat.whole_memory import SPARE_TOKENS, Whole, rests_on
from secondme.chat.working_memory import earlier_lines, finished_stretches, thread
from secondme.clock import instant
from secondme.facts.profile import card, facts_of_me
from secondme.text.clean import clean
from secondme.text.sentences import stem_set, strip_citations
from secondme.text.terms import stem
from secondme.text.tongues import tongue

NOT_SAID = "Your memory does not say that."
SMALL_TOKENS = 32
"""A small model's first line is its best; what follows contradicts it."""
ANOTHER_TEMPERATURE = 0.7
"""For another version of an answer: the likeliest words are those that the person has read already."""
LEAST_TOKENS = 300
"""About eight sentences with what stands around them: with fewer, a slow machine would answer from a wrong one."""
DEFAULT_READ_RATES = {True: 350.0, False: 80.0}
"""Prompt tokens that a small model, and any other, reads in a second until the first answer measured it: two cores read
80 to 130 tokens with 1,500 million weights."""
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
            whole = self._whole.prompt(turn, model, self._writer.budget(small=turn.has_small_model))
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
        if not turn.is_small_talk and not turn.evidence.candidates:
            return self._replies.refuse(turn, NOT_SAID)  # a model would only invent
        try:
            context_tokens = model.context_tokens
            prompt = self._prompt(turn, model, context_tokens)
        except ModelError as error:
            return self._replies.fail(turn, error, model.name)
        return self._writer.write(turn, model, prompt, context_tokens, self._read(turn, prompt))

    def _prompt(self, turn: Turn, model: LanguageModel, context_tokens: int) -> Prompt:
        history = turn.history
        small, names = turn.has_small_model, self._names()
        return build(
            turn.full_question,
            [without_orders_to_it(candidate, names) for candidate in turn.candidates],
            history.spoken(),
            min(self._writer.budget(small=small), context_tokens - self._max_tokens() - SPARE_TOKENS),
            model.count_tokens,
            small=small,
            choose=lambda room: chosen_sentences(turn.evidence.candidates, turn.reading, room, names=names),
            me=next(iter(names), ""),
            today=day_in_words(turn.now),
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
        self._store = tools.store
        self._clock = tools.clock
        self._messages = tools.messages
        self._replies = tools.replies
        self._names = tools.names
        self._read_seconds = tools.read_seconds
        self._max_tokens = tools.max_tokens
        self._thinking_tokens = tools.thinking_tokens
        self._cache = tools.cache
        self._read_rate = 0.0

    def budget(self, *, small: bool) -> int:
        """How many tokens a model may read before it answers."""
        rate = self._read_rate or DEFAULT_READ_RATES[small]
        return max(int(rate * self._read_seconds()), LEAST_TOKENS)

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
        writing = Writing(turn, self._checked(turn, prompt, whole) if turn.has_large_model else None)
        try:
            yield from self._stream(writing, model, prompt)
        except ModelError as error:
            yield from self._replies.fail(turn, error, model.name)
            return
        self._measure(writing.usage)
        if whole is not None:
            self._note(writing.usage, whole, model.name, remember=turn.remember)
        final, said, by_model = self._final(writing, prompt, whole)
        if final.text.startswith(writing.shown) and final.text != writing.shown:
            yield Delta(final.text[len(writing.shown) :])
        usage = writing.usage
        if usage.reason == "length" and not by_model:
            usage = replace(usage, reason="stop")  # what was cut off is not what is shown
        reply = Reply(
            final,
            said,
            refused=writing.refuses,
            written=by_model,
            from_spans=rests_on(said, turn.full_question, whole) if whole else read,
            model=model.name,
            usage=usage,
            context_tokens=context_tokens,
            seconds_to_first_token=writing.first,
        )
        yield from self._replies.end(turn, reply)

    def _checked(self, turn: Turn, prompt: Prompt, whole: Whole | None) -> CheckedAnswer:
        """The check of a larger model's sentences against what it read."""
        hits = whole.hits if whole else {citation.number: citation.hit for citation in prompt.citations}
        names = self._names()
        check = AnswerCheck(
            turn.full_question,
            [(number, text, hits[number]) for number, text in prompt.passages],
            names=names,
            ended=ended_spans(self._store, names, instant(turn.now)[:10], [hit.id for hit in hits.values()]),
        )
        open_question = turn.is_small_talk or is_open(turn.full_question)
        return CheckedAnswer(check, Numbering(), lenient=open_question)

    def _stream(self, writing: Writing, model: LanguageModel, prompt: Prompt) -> Iterator[AskEvent]:
        """What may be shown while it comes. Raises ModelError."""
        turn, draft = writing.turn, writing.turn.draft
        small = turn.has_small_model
        reads = small and bool(prompt.passages) and not prompt.whole and in_english(turn) and asks_of_files(turn)
        request = GenerateRequest(
            prompt.turns,
            max_tokens=min(self._max_tokens(), SMALL_TOKENS) if small else self._max_tokens(),
            # The digits of a year are tokens, which repeat in a passage as they do.
            repeat_penalty=1.0 if reads else 1.1,
            reads=reads,
            temperature=ANOTHER_TEMPERATURE if turn.version else 0.0,
            seed=turn.version,
            stop=("\n",) if small else (),
            keep=turn.remember,
            thinking_tokens=0 if small else self._thinking_tokens(),
        )
        ending = Ending(turn.cancel)
        for piece in model.generate(request, ending):
            if isinstance(piece, Finished):
                writing.end(piece)
                break
            writing.first = writing.first or self._clock.monotonic() - turn.began
            text = clean(piece.text)
            if piece.thought or piece.retracts:
                if piece.retracts:
                    writing.written = ""
                    writing.checked = writing.checked and writing.checked.anew()
                yield Thought(text, round(self._clock.monotonic() - turn.began, 1))
                continue
            writing.written += text
            if writing.checked is None:
                continue  # its words are shown and kept only once they were compared with the passages
            draft.text = writing.written
            yield from writing.show(writing.checked.add(text))
            if writing.checked.ended:
                ending.set()
            elif turn.remember:
                self._messages.save_stream(draft, model.name)
        if writing.checked is not None:
            yield from writing.show(
                writing.checked.stopped() if writing.usage.reason == "cancelled" else writing.checked.rest()
            )

    def _final(self, writing: Writing, prompt: Prompt, whole: Whole | None) -> tuple[Attributed, str, bool]:
        """The final text, what of it are its own words, and whether a model wrote those."""
        turn, checked, draft = writing.turn, writing.checked, writing.turn.draft
        stopped = writing.usage.reason == "cancelled"
        if checked is None:
            text = without_speaker(writing.written, [citation.hit.speaker for citation in prompt.citations])
            if prompt.citations and held_by_lead(text, turn.reading):
                final = attribute_answer(text, prompt.passages, prompt.citations, turn.reading, quote=not stopped)
                if all(sentence.citations for sentence in final.sentences):
                    draft.text = text
                    return final, strip_citations(text).strip(), True
        elif checked.text or stopped:
            draft.text = checked.text
            citations = shown_citations(checked, prompt, whole, turn.reading)
            marked = tuple(checked.sentences)
            final = Attributed(checked.text, marked, citations)
            return (
                final if stopped else with_quotes(checked.text, marked, citations, turn.reading),
                checked.said.strip(),
                bool(checked.text),
            )
        reading = turn.reading
        unsure = checked is not None and not (reading.answers and answers(reading, doubtful=checked.invents))
        lead = "" if unsure else lead_answer(reading, turn.citations, reading.words)
        if lead:
            draft.text = lead.partition("\n")[0]
            return attribute_quotes(lead, turn.citations), strip_citations(draft.text).strip(), False
        writing.refuses, draft.text = True, NOT_SAID
        return with_quotes(NOT_SAID, (), turn.citations, turn.reading), NOT_SAID, False

    def _measure(self, usage: Finished) -> None:
        """A running mean of the tokens that the model reads in a second."""
        read = usage.prompt_tokens - usage.cached_tokens
        if usage.prompt_seconds > 0 and read > MEASURED_TOKENS:
            rate = read / usage.prompt_seconds
            mean = 0.7 * self._read_rate + 0.3 * rate if self._read_rate else rate
            self._read_rate = min(max(mean, 50.0), 2000.0)

    def _note(self, usage: Finished, whole: Whole, model: str, *, remember: bool) -> None:
        """What the model has read and kept need not be read again."""
        if usage.reason == "cancelled":
            return
        self._cache.compare(whole.kept, usage.cached_tokens)
        if remember:
            self._cache.note(model, whole.parts)


def shown_citations(
    checked: CheckedAnswer, prompt: Prompt, whole: Whole | None, reading: Reading
) -> tuple[Citation, ...]:
    """The passages that an answer uses, of those that were read, by the numbers that it shows."""
    read = whole.hits if whole else {citation.number: citation.hit for citation in prompt.citations}
    for number, _ in closest(reading, {citation.hit.id: citation.number for citation in prompt.citations}):
        checked.numbering(number)
    return tuple(Citation(shown, read[number]) for number, shown in checked.numbering.given.items())


def asks_of_files(turn: Turn) -> bool:
    """Whether a file or note answers, and not what somebody said: on unseen conversations the adapter for reading took
    .04 of the answers from the right (it was trained mostly on articles)."""
    return not any(found.hit.speaker for found in turn.reading.leading)


def in_english(turn: Turn) -> bool:
    """Whether question and leading sentence are in English, the language that the adapter for reading was trained in:
    in others it names any word of the sentence."""
    return all(tongue(text) == "en" for text in (turn.full_question, *(lead.text for lead in turn.reading.leading[:1])))


def answers(reading: Reading, *, doubtful: bool) -> bool:
    """Whether a leading sentence is an answer although a model found none: it holds the type of thing that was asked
    for, and where that is `doubtful` also a word of the question besides its names.

    A model that invents found nothing to read off; one that says that nothing is there often overlooked it.
    """
    form = reading.form
    asked = set(form.stems) - {stem(part) for name in form.names for part in name.split()}
    leading = [f"{found.hit.heading} {found.whole}" for found in reading.leading[:1]]
    return any(holds(form, lead) > 0 and (not doubtful or not asked or asked & stem_set(lead)) for lead in leading)


@dataclass
class Writing:
    """An answer while a model writes it. `checked` is None for a small model, whose words are shown in one piece."""

    turn: Turn
    checked: CheckedAnswer | None
    written: str = ""
    shown: str = ""
    first: float = 0.0
    """Seconds to the first token, thoughts included."""
    usage: Finished = NO_MODEL
    refuses: bool = False

    def show(self, pieces: Sequence[Shown]) -> Iterator[AskEvent]:
        """The events of what may be shown."""
        for piece in pieces:
            self.shown += piece.text
            yield Delta(piece.text, piece.unsupported)

    def end(self, usage: Finished) -> None:
        """Take the end of what the model writes; that the check ended it is no stop by the person."""
        ended = usage.reason == "cancelled" and not self.turn.cancel.is_set()
        self.usage = replace(usage, reason="stop") if ended else usage
