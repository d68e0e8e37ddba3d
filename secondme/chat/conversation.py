"""The chat loop: save, recall, prompt, stream while saving, attribute, save."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from models.protocol import Finished, GenerateRequest, LanguageModel, ModelError, Piece
from secondme.api import (
    Answer,
    AnswerSentence,
    AskEvent,
    Chat,
    ChatStretch,
    Citation,
    Delta,
    Done,
    Failed,
    Message,
    Passages,
    Started,
)
from secondme.chat.answer_text import attributed, attributed_quotes, dated_answer, is_question, quoted, without_speaker
from secondme.chat.evidence import CANDIDATES, EARLIER, NEAR_BEST, asks_before, standalone_question, stated_in_history
from secondme.chat.fact_answers import FactQuestions, acknowledged
from secondme.chat.messages import Draft, details_json, document_of, message_view, stored_details
from secondme.chat.off_record import OFF_RECORD_CHATS, OFF_RECORD_MESSAGES
from secondme.chat.prompt import Candidate, Prompt, build
from secondme.chat.prompt_cache import KeptReading
from secondme.chat.table_answers import TableQuestions
from secondme.chat.whole_memory import Question, Whole, WholeMemory, rests_on
from secondme.chat.working_memory import KEPT, finished, first_span, lines, thread
from secondme.clock import Clock, instant
from secondme.errors import NothingFound, UsageError
from secondme.facts.profile import card
from secondme.forgetting.reinforcement import reinforce
from secondme.ids import derived_id, new_id
from secondme.recall.hits import Found, Scored, hit
from secondme.recall.question import is_small_talk
from secondme.recall.search import Recall
from secondme.text.chunking import TARGET_CHARACTERS, Block, paragraphs, passages
from secondme.text.clean import clean
from secondme.text.sentences import without_citations
from secondme.text.timex.query import TimeQuery
from storage.records import Document, MessageRecord, Source, Span
from storage.store import Store

SAVE_SECONDS = 0.25
QUOTES = 3
SMALL_TOKENS = 32
"""A small model's first line is its best; what follows contradicts it."""
GREETING = "Ask me about anything that you have kept."
LEAST_TOKENS = 640
"""About three passages: with fewer, a slow machine would answer from the wrong one."""
DEFAULT_READ_RATE = 350.0
"""Prompt tokens a second until the first answer measured it."""
MEASURED_TOKENS = 64
"""So many have to be read for their speed to say anything."""

Finish = Literal["stop", "length", "cancelled", "error", "quoted"]


class Conversation:
    """Chats held here. `model` is asked at each question, so that it can change meanwhile."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        recall: Recall,
        model: Callable[[], LanguageModel | None],
        *,
        me: Callable[[], str],
        read_seconds: Callable[[], float],
        max_tokens: Callable[[], int],
        on_written: Callable[[], None],
        small: Callable[[], bool] = lambda: False,
        on_begin: Callable[[], None] = lambda: None,
        names: Callable[[], Sequence[str]] | None = None,
        whole: WholeMemory | None = None,
    ) -> None:
        """`small`: whether the model is too small to be asked for more than a few words. `on_begin` is called when an
        answer begins: background work leaves the model. `names`: all by which I am called. `whole`: to read everything
        where it fits; without it the best passages are always looked for."""
        self._on_begin = on_begin
        self._store = store
        self._clock = clock
        self._recall = recall
        self._model = model
        self._me = me
        self._read_seconds = read_seconds
        self._max_tokens = max_tokens
        self._on_written = on_written
        self._small = small
        self._whole = whole
        self._reading = whole.reading if whole else KeptReading()
        self._read_rate = DEFAULT_READ_RATE
        self._running: dict[str, threading.Event] = {}
        self._off_record: dict[str, list[Message]] = {}
        self._quiet = threading.Condition()
        self._tables = TableQuestions(store)
        self._names = names or (lambda: [me()])
        self._facts = FactQuestions(store, self._names)

    # --- answering ----------------------------------------------------------------------------------

    def ask(self, question: str, *, chat_id: str | None, remember: bool) -> Iterator[AskEvent]:
        """Answer a question. The question is saved before anything else, the answer while it comes.

        Closing the iterator stops the answer and keeps what came. With `remember` false the turn is off the record: it is
        held in this process only, for the next one off the record, and nothing of it is ever written.
        """
        question = clean(question).strip()
        if not question:
            raise UsageError("The question is empty.", "Type one.")
        erasures = self._reading.erasures
        stored = chat_id is not None and self._store.chats.exists(chat_id)
        if chat_id is not None and not stored and (remember or chat_id not in self._off_record):
            raise NothingFound(f"There is no chat {chat_id}.", "`secondme chats` lists them.")
        history = self._messages(chat_id) if chat_id and stored else ()
        chat = chat_id or new_id()
        if not remember:
            history = (*history, *self._off_record.get(chat, ()))
        asked_spans: list[str] = []
        if remember:
            self._start_chat(chat, question)
            asked_spans = self._save_user(chat, question)
        draft = Draft(self._record(chat, new_id(), "assistant", "", "streaming"))
        cancel = threading.Event()
        self._running[draft.record.id] = cancel
        self._on_begin()
        finished = False
        try:
            if remember:
                self._store.chats.save(draft.record, [])
            yield Started(chat, draft.record.id)
            for event in self._answer(question, history, chat, draft, cancel, asked_spans, remember):
                finished = isinstance(event, Done | Failed)
                yield event
        finally:
            cancel.set()
            if remember:
                self._reading.ended(erasures)
            with self._quiet:
                self._running.pop(draft.record.id, None)
                self._quiet.notify_all()
            if not remember:
                self._hold(chat, question, draft)
            elif not finished:
                # The reader went away: what came is kept, as with a stop.
                self._keep(draft, "stopped", [])

    def _hold(self, chat: str, question: str, draft: Draft) -> None:
        """Keep a turn off the record in mind, and of other chats the latest ones."""
        now = instant(self._clock.now())
        said = self._off_record.pop(chat, [])
        said += [
            Message(new_id(), "user", question, now, "complete"),
            Message(draft.record.id, "assistant", draft.text, now, "complete"),
        ]
        self._off_record[chat] = said[-OFF_RECORD_MESSAGES:]
        while len(self._off_record) > OFF_RECORD_CHATS:
            self._off_record.pop(next(iter(self._off_record)))

    def stop(self, message_id: str) -> None:
        """End an answer within one token; harmless when it is over."""
        event = self._running.get(message_id)
        if event is not None:
            event.set()

    def answering(self) -> bool:
        """Whether any answer is on its way."""
        return bool(self._running)

    def wait_quiet(self, seconds: float) -> bool:
        """Wait until no answer is on its way, so many seconds at most; whether none is."""
        if not self._running:
            return True
        with self._quiet:
            return self._quiet.wait_for(lambda: not self._running, seconds)

    def _answer(
        self,
        question: str,
        history: Sequence[Message],
        chat: str,
        draft: Draft,
        cancel: threading.Event,
        asked_spans: Sequence[str],
        remember: bool,
    ) -> Iterator[AskEvent]:
        begun = self._clock.monotonic()
        table = self._tables.answer(question, self._clock.now())
        if table is not None:
            query = f"\n\n```sql\n{table.sql}\n```"
            yield from self._told(table.text, table.span_ids, query, begun, chat, draft, asked_spans, remember)
            return
        fact = self._facts.answer(question, self._clock.now())
        if fact is not None:
            yield from self._told(fact.text, fact.span_ids, "", begun, chat, draft, asked_spans, remember)
            return
        model = self._model()
        small = model is not None and self._small()
        noted = acknowledged(question, self._me()) if asked_spans and (model is None or small) else ""
        if noted:
            yield from self._told(noted, asked_spans, "", begun, chat, draft, asked_spans, remember)
            return
        now = self._clock.now()
        found = self._found(question, history, chat, now)
        found = self._with_earlier(found, question, history, now)
        talk = is_small_talk(question)
        candidates = self._with_neighbours(found.hits, brief=small)
        refused = found.weak and not stated_in_history(question, history)
        dated = "" if refused or (model is not None and not small) else dated_answer(found)
        first_token = 0.0
        finish: Finish = "quoted"
        usage = Finished("stop", 0, 0, 0.0, 0.0)
        context = 0
        name = ""
        whole: Whole | None = None
        if refused or dated:
            # Nothing that a model could add: it would only invent.
            prompt = _without_model(candidates)
            yield Passages(prompt.citations, 0, 0)
            draft.text = dated or f"Your memory does not say: {found.reason}."
            yield Delta(draft.text)
            finish = "stop"
        elif model is None or (small and talk):
            prompt = _without_model(candidates)
            yield Passages(prompt.citations, 0, 0)
            draft.text = GREETING if talk else quoted(prompt.citations)
            yield Delta(draft.text)
        else:
            name = model.name
            try:
                context = model.context_tokens
                budget = max(int(self._read_rate * self._read_seconds()), LEAST_TOKENS)
                if self._whole is not None and not talk:
                    # What was found only told whether to answer at all, and is quoted: it does not choose what is read.
                    nearest = [hit(one) for one in found.hits[:QUOTES]]
                    asking = Question(question, history, asked_spans, nearest, now)
                    whole = self._whole.prompt(asking, model, budget)
                prompt = (
                    whole.prompt
                    if whole
                    else build(
                        question,
                        candidates,
                        history,
                        min(budget, context - self._max_tokens() - 16),
                        model.count_tokens,
                        small=small,
                        earlier=lambda room: lines(finished(self._store, chat, history), thread(history), room),
                        card=lambda room: card(self._store, now, self._names(), room),
                    )
                )
                yield Passages(prompt.citations, prompt.tokens, context, prompt.filling, prompt.whole)
                limit = min(self._max_tokens(), SMALL_TOKENS) if small else self._max_tokens()
                request = GenerateRequest(prompt.turns, max_tokens=limit, stop=("\n",) if small else (), keep=remember)
                for piece in model.generate(request, cancel):
                    if isinstance(piece, Finished):
                        usage = piece
                        break
                    first_token = first_token or self._clock.monotonic() - begun
                    yield from self._stream(draft, piece, name, remember)
            except ModelError as error:
                if remember:
                    draft.record = replace(draft.record, model=name)
                    self._keep(draft, "failed", [])
                yield Failed(error.what, error.remedy, "What came of the answer is kept." if draft.text else "")
                return
            finish = usage.reason
            self._read(usage, whole, name, remember)
            speakers = (
                [one.speaker for one in whole.hits.values()] if whole else [one.hit.speaker for one in candidates]
            )
            draft.text = without_speaker(draft.text, speakers)
        said = without_citations(draft.text).strip()
        if finish == "quoted":
            final = attributed_quotes(draft.text, prompt.citations)
        else:
            everything = whole.hits if whole else {}
            quote = finish != "cancelled"
            final = attributed(question, draft.text, prompt, self._recall, everything, quote=quote)
        answer = Answer(
            chat_id=chat,
            message_id=draft.record.id,
            text=final.text,
            citations=final.citations,
            sentences=final.sentences,
            finish=finish,
            model=name,
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
            context_tokens=context,
            seconds_to_first_token=round(first_token, 3),
            seconds=round(self._clock.monotonic() - begun, 3),
            refused=refused,
            said=said,
        )
        if remember:
            draft.text = final.text
            rested = [citation.hit.id for citation in final.citations] + (
                rests_on(said, question, whole) if whole else []
            )
            used = [(span_id, "passage") for span_id in rested]
            used += [(span_id, "question") for span_id in asked_spans]
            used += [(first_span(message.id), "history") for message in history]
            draft.record = replace(draft.record, model=name, details=details_json(final.citations, final.sentences))
            self._keep(draft, "stopped" if finish == "cancelled" else "complete", used)
            self._reinforce(final.citations, final.sentences, refused=refused)
        yield Done(answer)

    def _read(self, usage: Finished, whole: Whole | None, model: str, remember: bool) -> None:
        """What reading the prompt cost, and that it need not be read again."""
        read = usage.prompt_tokens - usage.cached_tokens
        if usage.prompt_seconds > 0 and read > MEASURED_TOKENS:
            self._read_rate = min(max(0.7 * self._read_rate + 0.3 * read / usage.prompt_seconds, 50.0), 2000.0)
        if whole is not None and usage.reason != "cancelled":
            self._reading.met(whole.kept, usage.cached_tokens)
            if remember:
                self._reading.note(model, whole.parts)

    def _reinforce(self, citations: Sequence[Citation], marked: Sequence[AnswerSentence], *, refused: bool) -> None:
        """What the answer cites was recalled: it is held more strongly, and comes back if it had faded."""
        cited = {number for sentence in marked for number in sentence.citations}
        if not refused:
            reinforce(self._store, [one.hit.id for one in citations if one.number in cited], self._clock.now())

    def _told(
        self,
        text: str,
        span_ids: Sequence[str],
        after: str,
        begun: float,
        chat: str,
        draft: Draft,
        asked_spans: Sequence[str],
        remember: bool,
    ) -> Iterator[AskEvent]:
        """An answer that a query or a fact gave: its sentence with the passages it rests on, then the query itself."""
        spans = self._store.spans.by_id(span_ids)
        citations = tuple(
            Citation(number, hit(Scored(spans[span_id], 1.0, ())))
            for number, span_id in enumerate((one for one in span_ids if one in spans), start=1)
        )
        yield Passages(citations, 0, 0)
        line = f"{text}{''.join(f' [{one.number}]' for one in citations)}"
        draft.text = line + after
        yield Delta(draft.text)
        marked = (AnswerSentence(0, len(line), tuple(one.number for one in citations), 1.0),)
        if remember:
            used = [(one.hit.id, "passage") for one in citations] + [(span_id, "question") for span_id in asked_spans]
            draft.record = replace(draft.record, details=details_json(citations, marked))
            self._keep(draft, "complete", used)
            self._reinforce(citations, marked, refused=False)
        seconds = round(self._clock.monotonic() - begun, 3)
        yield Done(Answer(chat, draft.record.id, draft.text, citations, marked, "stop", "", seconds=seconds, said=text))

    def _found(self, question: str, history: Sequence[Message], chat: str, now: datetime) -> Found:
        """What memory holds for a question; nothing is looked for when it is only small talk."""
        if is_small_talk(question):
            return Found(question, [], False, "", TimeQuery(None, "within", "", False))
        return self._recall.find(
            standalone_question(question, history),
            CANDIDATES,
            evidence_only=True,
            exclude_source=chat,
            asked_at=now,
        )

    def _with_earlier(self, found: Found, question: str, history: Sequence[Message], now: datetime) -> Found:
        """What was found, with what the person said earlier in this very chat: finished stretches, unfolded."""
        said = [first_span(message.id) for message in history[:-KEPT] if message.role == "user" and message.text]
        if not said or is_small_talk(question):
            return found
        of_chat = self._recall.find(
            standalone_question(question, history), EARLIER, evidence_only=True, asked_at=now, only=said
        )
        if of_chat.weak:
            return found
        held = {one.span.span.id for one in found.hits}
        best = found.hits[0].score if found.hits and not found.weak else 0.0
        fresh = [one for one in of_chat.hits if one.span.span.id not in held and one.score >= best - NEAR_BEST]
        hits = sorted([*found.hits, *fresh], key=lambda one: -one.score)[:CANDIDATES]
        return replace(found, hits=hits, weak=found.weak and not fresh)

    def _stream(self, draft: Draft, piece: Piece, model: str, remember: bool) -> Iterator[AskEvent]:
        text = clean(piece.text)
        draft.text += text
        yield Delta(text)
        now = self._clock.monotonic()
        if remember and now - draft.saved_at >= SAVE_SECONDS:
            draft.saved_at = now
            self._store.chats.save(replace(draft.record, text=draft.text, model=model), [])

    def _with_neighbours(self, found: Sequence[Scored], *, brief: bool = False) -> list[Candidate]:
        """Hits as passages; a turn of a chat is read with the turn before and after it.

        `brief`: only with the one before, and that only where it is a question that the turn answers.
        """
        candidates: list[Candidate] = []
        taken: set[str] = set()
        for scored in found:
            span = scored.span.span
            if span.id in taken:
                continue
            taken.add(span.id)
            text = f"{span.speaker}: {span.text}" if span.speaker else span.text
            if span.speaker and len(span.text) < TARGET_CHARACTERS:
                around = self._store.spans.of_document(span.document_id, span.ordinal - 1, span.ordinal + 1)
                near = [
                    n.span
                    for n in around
                    if n.live
                    and n.span.section == span.section
                    and n.span.role != "assistant"
                    and (not brief or n.span.ordinal == span.ordinal or asks_before(n.span, span))
                ]
                text = " / ".join(f"{n.speaker}: {n.text}" for n in near)
                taken.update(n.id for n in near)
            candidates.append(Candidate(hit(scored), text))
        return candidates

    # --- saving -------------------------------------------------------------------------------------

    def _start_chat(self, chat: str, question: str) -> None:
        if self._store.chats.exists(chat):
            return
        now = instant(self._clock.now())
        title = " ".join(question.split())[:60]
        self._store.chats.start(
            Source(chat, "chat", title, "", now),
            Document(document_of(chat), chat, 1, "", 0, 0, 0, "application/x-chat", title, now, "second", now),
        )

    def _save_user(self, chat: str, text: str) -> list[str]:
        record = self._record(chat, new_id(), "user", text, "complete")
        spans = self._spans(record, self._me() or "Me", "me", evidence=not is_question(text))
        self._store.chats.save(record, spans)
        self._on_written()
        return [span.id for span in spans]

    def _keep(self, draft: Draft, state: str, used: Sequence[tuple[str, str]]) -> None:
        """Save an answer for good: complete, stopped or failed, with spans by which it can be found."""
        record = replace(draft.record, text=draft.text, state=state)
        self._store.chats.save(record, self._spans(record, "Second Me", "assistant", evidence=False), used)
        self._on_written()

    def recover(self) -> int:
        """Answers that were streaming when the engine died become stopped ones; returns how many."""
        interrupted = self._store.chats.interrupted()
        for record in interrupted:
            self._keep(Draft(record, record.text), "stopped", [])
        return len(interrupted)

    def _record(self, chat: str, message_id: str, role: str, text: str, state: str) -> MessageRecord:
        return MessageRecord(message_id, chat, role, text, instant(self._clock.now()), state)

    def _spans(self, record: MessageRecord, speaker: str, role: str, *, evidence: bool) -> list[Span]:
        document_id = document_of(record.chat_id)
        blocks = [Block(start, end, "", 0) for start, end in paragraphs(record.text, 0, len(record.text))]
        first = self._store.chats.next_ordinal(document_id)
        return [
            Span(
                id=derived_id(record.id, piece.start),
                document_id=document_id,
                ordinal=first + i,
                section=0,
                start=piece.start,
                end=piece.end,
                line=piece.line,
                text=piece.text,
                speaker=speaker,
                role=role,
                evidence=evidence,
                happened_at=record.at,
                happened_offset=0,
                precision="second",
                message_id=record.id,
            )
            for i, piece in enumerate(passages(record.text, blocks, None))
        ]

    # --- reading ------------------------------------------------------------------------------------

    def open(self, chat_id: str) -> Chat:
        """A chat with its messages. Raises NothingFound."""
        titles = {record.id: record.title for record in self._store.chats.all()}
        if chat_id not in titles:
            raise NothingFound(f"There is no chat {chat_id}.", "`secondme chats` lists them.")
        messages = self._messages(chat_id)
        stretches = tuple(
            ChatStretch(one.first, one.last, one.summary, one.span_ids)
            for one in finished(self._store, chat_id, messages)
        )
        return Chat(chat_id, titles[chat_id], messages, stretches)

    def _messages(self, chat_id: str) -> tuple[Message, ...]:
        records = self._store.chats.messages(chat_id)
        wanted = {entry["span"] for record in records for entry in stored_details(record)["citations"]}
        spans = self._store.spans.by_id(sorted(wanted))
        return tuple(message_view(record, spans) for record in records)


def _without_model(candidates: Sequence[Candidate]) -> Prompt:
    chosen = candidates[:QUOTES]
    return Prompt((), tuple(Citation(i, c.hit) for i, c in enumerate(chosen, start=1)), (), 0)
